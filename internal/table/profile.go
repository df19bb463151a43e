package table

import (
	"strings"

	"padan/internal/sheet"
	"padan/normalize"
)

// profile counts what the values of one column look like (DOMAIN 2).
type profile struct {
	filled  int
	numbers int // sixteen digits of a known region with a possible date
	women   int // of these, with a day above 40: only a NIK has one
	repeats int // of these, equal to the one above: the KK number of a family
	sexes   int // words or letters for the sex, no code
	pairs   int // RT and RW: 001/012
	places  int // kelurahan of DKI Jakarta
	dates   int // whole dates
	births  int // dates that the NIK of the same row states
	names   int // one to five words of letters
	blanks  int // of these, with a blank between words
	kinds   int // different texts
}

// share returns n of the filled cells.
func (p *profile) share(n int) float64 {
	if p.filled == 0 {
		return 0
	}
	return float64(n) / float64(p.filled)
}

// mostly is the share of a column's values that must have a form.
const mostly = 0.8

// fewest is the number of values below which nothing is read from them.
const fewest = 3

func profileOf(rows []sheet.Row, column int) profile {
	var p profile
	last := uint64(0)
	seen := map[string]bool{}
	for i := range rows {
		text := cellAt(rows[i].Cells, column)
		if text == "" {
			continue
		}
		p.filled++
		if !seen[text] {
			seen[text] = true
			p.kinds++
		}
		if number := normalize.ReadNIK(text, false); number.Trust == normalize.TrustFull {
			p.countNumber(number, last)
			last = number.Value
			continue
		}
		p.countText(text)
	}
	return p
}

func (p *profile) countNumber(number normalize.Number, last uint64) {
	p.numbers++
	if sex, _ := number.Sex(); sex == normalize.Female {
		p.women++
	}
	if number.Value == last {
		p.repeats++
	}
}

func (p *profile) countText(text string) {
	switch {
	case normalize.ReadSex(text) != normalize.SexMissing:
		if !normalize.SexCode(text) {
			p.sexes++
		}
	case isPair(text):
		p.pairs++
	case isDate(text):
		p.dates++
	case isName(text):
		p.names++
		if strings.Contains(text, " ") {
			p.blanks++
		}
		if len(text) >= 4 && isKelurahan(text) {
			p.places++
		}
	}
}

func isDate(text string) bool {
	if len(text) < 6 {
		return false
	}
	d, code := normalize.ReadDate(text, normalize.DateOptions{})
	return code == "" && d.Day() != 0
}

// isPair recognises 001/012 and 5/12.
func isPair(text string) bool {
	first, second, ok := strings.Cut(text, "/")
	return ok && isShortNumber(strings.TrimSpace(first)) && isShortNumber(strings.TrimSpace(second))
}

func isShortNumber(text string) bool { return len(text) >= 1 && len(text) <= 3 && isDigits(text) }

func isDigits(text string) bool {
	for i := range len(text) {
		if text[i] < '0' || text[i] > '9' {
			return false
		}
	}
	return text != ""
}

// isName recognises one to five words of letters, with what stands in names.
func isName(text string) bool {
	words := strings.Fields(text)
	if len(words) == 0 || len(words) > 5 || len(text) < 3 {
		return false
	}
	for i := range len(text) {
		c := text[i]
		if c >= '0' && c <= '9' || strings.IndexByte(":;/()[]=#@%*_+", c) >= 0 {
			return false
		}
	}
	return true
}

// isKelurahan recognises the name of a kelurahan of DKI Jakarta.
func isKelurahan(text string) bool {
	return normalize.FindArea(text, "", "", "", "").Code%10_000 != 0
}

// matchesBirth reports whether a number is the NIK of somebody born on the day.
func matchesBirth(number, birth string, o normalize.DateOptions) (known, matches bool) {
	n := normalize.ReadNIK(number, false)
	if n.Trust != normalize.TrustFull {
		return false, false
	}
	d, _ := normalize.ReadDate(birth, o)
	if d.Day() == 0 {
		return false, false
	}
	if n.MatchesBirth(d) {
		return true, true
	}
	o.MonthFirst = !o.MonthFirst
	d, _ = normalize.ReadDate(birth, o)
	return true, n.MatchesBirth(d)
}

// births counts the rows in which a column of numbers states the date of another.
func births(rows []sheet.Row, numbers, dates int) (known, matches int) {
	for i := range rows {
		ok, same := matchesBirth(cellAt(rows[i].Cells, numbers), cellAt(rows[i].Cells, dates), normalize.DateOptions{})
		if ok {
			known++
		}
		if same {
			matches++
		}
	}
	return known, matches
}
