package match

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"padan/normalize"
)

// drawPerson invents a person of few values, so that two of them have much in
// common.
func drawPerson(t *rapid.T) normalize.Person {
	pick := func(label string, values ...string) string { return rapid.SampledFrom(values).Draw(t, label) }
	words := rapid.SliceOfN(rapid.SampledFrom([]string{
		"MUHAMMAD", "M", "A", "NUR", "HAYATI", "NURHAYATI", "FAJAR", "MAULANA", "FAJARMAULANA", "DEWI", "DEVI", "ANA", "ANI", "SLAMET", "SLAMAT", "NURHAYATY",
	}), 0, 3).Draw(t, "name")
	p := normalize.Person{
		Name:       normalize.Name{Words: strings.Join(words, " "), Alias: pick("alias", "", "", "", "DEWI SLAMET"), Father: pick("father", "", "", "", "FAJAR")},
		Mother:     normalize.Name{Words: pick("mother", "", "SITI", "SITI AMINAH", "SITIAMINAH")},
		BirthPlace: pick("place", "", "JAKARTA", "JAKARTE", "SUKA BUMI", "SUKABUMI"),
		BirthDate:  rapid.SampledFrom([]normalize.Date{0, date(1980, 1, 1), date(1980, 3, 7), date(1980, 7, 3), date(1951, 12, 30)}).Draw(t, "birth"),
		Sex:        normalize.Sex(rapid.IntRange(0, 2).Draw(t, "sex")),
		Relation:   normalize.Relation(rapid.IntRange(0, 2).Draw(t, "relation")),
		Address: normalize.Address{
			Street: pick("street", "", "MELATI", "MELATI RAYA", "KENANGA 4"), House: pick("house", "", "1", "2"),
			RT: uint16(rapid.IntRange(0, 1).Draw(t, "rt")), RW: uint16(rapid.IntRange(0, 1).Draw(t, "rw")),
		},
		Area: normalize.Area{
			Code:  rapid.SampledFrom([]uint64{0, 3174010000, 3174011001, 3174011002, 3174021001, 3171011001}).Draw(t, "area"),
			Place: pick("village", "", "SUKAMAJU", "SUKA MAJU", "CIKANYERE"),
		},
	}
	if rapid.Bool().Draw(t, "foreign") {
		p.Identifier = pick("identifier", "", "A123", "A124", "B999")
		p.Area.Postcode = pick("postcode", "", "2600", "2601")
	}
	if rapid.Bool().Draw(t, "nik") {
		p.NIK = number(uint64(3174010703809000) + rapid.SampledFrom([]uint64{0, 1, 2, 57}).Draw(t, "serial"))
	}
	if rapid.Bool().Draw(t, "kk") {
		p.KK = number(uint64(3174011201159000) + rapid.SampledFrom([]uint64{0, 1, 57}).Draw(t, "card"))
	}
	return p
}

// TestHopelessPairsWeighTooLittle compares the bound with the weight, where values
// are about as rare as among a million records.
func TestHopelessPairsWeighTooLittle(t *testing.T) {
	pairs, below := 0, 0
	rapid.Check(t, func(t *rapid.T) {
		central, regional := tablesOf(
			rapid.SliceOfN(rapid.Custom(drawPerson), 1, 12).Draw(t, "central"),
			rapid.SliceOfN(rapid.Custom(drawPerson), 1, 12).Draw(t, "regional"),
		)
		r, err := newRun(central, regional, DefaultModel(), Options{})
		if err != nil {
			t.Fatal(err)
		}
		r.rarity.prior -= 17
		for _, bits := range [][]float32{r.rarity.word, r.rarity.phrase} {
			for i := range bits {
				bits[i] += float32(rapid.IntRange(0, 9).Draw(t, "rarity"))
			}
		}
		for d := range r.rarity.birth {
			r.rarity.birth[d] += 8
		}
		r.rarity.sharedIdentifiers = rapid.Bool().Draw(t, "shared")
		r.weigher = newWeigher(r.model, r.rarity)
		b := r.newBounder()
		for i := range int32(central.Len()) {
			for j := range int32(regional.Len()) {
				p := b.comparer.compare(r.rarity, central, i, regional, j)
				_, weight := r.weigher.weigh(&p)
				pairs++
				if nik := p.vector[CompareNIK]; nik != NIKSame && b.isBelow(i, j, nik) {
					below++
					if weight > r.model.Review-nearMiss {
						t.Fatalf("%v weighs %v", p.vector, weight)
					}
				} else if want := nik != NIKSame && weight <= b.floor; b.hopeless(i, j) != want {
					t.Fatalf("%v of %v bits: hopeless is %v", p.vector, weight, !want)
				}
			}
		}
	})
	if below*4 < pairs {
		t.Errorf("the bound is below for %d of %d pairs only", below, pairs)
	}
}

// TestKeysThatNothingSharesAreSieved compares what is left with a plain count.
func TestKeysThatNothingSharesAreSieved(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		draw := func(label string) []keyed {
			keys := rapid.SliceOf(rapid.Uint64Range(0, 300)).Draw(t, label)
			items := make([]keyed, len(keys))
			for i, k := range keys {
				items[i] = keyed{mix(k), int32(i)}
			}
			return items
		}
		a, b := draw("a"), draw("b")
		count := map[uint64]int{}
		for _, k := range a {
			count[k.key]++
		}
		seen, twice := sieveOf(a), repeated(a)
		for _, k := range b {
			if count[k.key] > 0 && !seen.has(k.key) || count[k.key] > 1 && !twice.has(k.key) {
				t.Fatalf("key %x is lost", k.key)
			}
		}
		for _, k := range twice.sift(slices.Clone(a)) {
			if count[k.key] == 0 {
				t.Fatalf("key %x is new", k.key)
			}
		}
	})
	few := make([]keyed, 100_000)
	for i := range few {
		few[i] = keyed{mix(uint64(i)), int32(i)}
	}
	if twice := repeated(few); len(twice.sift(few)) > 20_000 {
		t.Error("keys that stand alone pass the sieve")
	}
}
