package match

import (
	"testing"

	"padan/normalize"
)

// A name that half of one kota bears says less there than it does elsewhere.
func TestNamesAreCountedByKota(t *testing.T) {
	var persons []normalize.Person
	for i := range 400 {
		area, name := uint64(3174011001), testWords[i%8]
		if i%4 == 0 {
			area = 5171011001
			if i%8 == 0 {
				name = "WAYAN"
			}
		}
		persons = append(persons, normalize.Person{Name: normalize.Name{Words: name}, Area: normalize.Area{Code: area}})
	}
	c, r := tablesOf(persons, persons)
	countTexts(c, r)
	s := newRarity(c, r)
	bali, jakarta := &c.rows[0], &c.rows[1]
	wayan := c.nameWords(bali)[0]
	here, across := s.wordBits(bali, bali)[wayan], s.wordBits(bali, jakarta)[wayan]
	if here > 1.2 || across < 2.8 || across > 3.2 {
		t.Errorf("within the kota %.2f bits, want 1; across %.2f, want 3", here, across)
	}
}
