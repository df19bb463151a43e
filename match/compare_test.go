package match

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"padan/normalize"
)

// TestTypingErrors compares with the plain table of optimal string alignment.
func TestTypingErrors(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		letters := rapid.SampledFrom([]string{"AB", "ABC", "AÉЖ"}).Draw(t, "letters")
		word := rapid.StringOfN(rapid.RuneFrom([]rune(letters)), 0, 9, -1)
		a, b, limit := word.Draw(t, "a"), word.Draw(t, "b"), rapid.IntRange(0, 4).Draw(t, "limit")
		want := min(alignmentDistance([]rune(a), []rune(b)), limit+1)
		if got := typingErrors(a, b, limit); got != want {
			t.Fatalf("%q and %q within %d: %d, want %d", a, b, limit, got, want)
		}
	})
}

// alignmentDistance is the optimal string alignment distance by its recurrence.
func alignmentDistance(a, b []rune) int {
	d := make([][]int, len(a)+1)
	for i := range d {
		d[i] = make([]int, len(b)+1)
		for j := range d[i] {
			switch {
			case i == 0 || j == 0:
				d[i][j] = i + j
			case a[i-1] == b[j-1]:
				d[i][j] = d[i-1][j-1]
			default:
				d[i][j] = 1 + min(d[i-1][j], d[i][j-1], d[i-1][j-1])
			}
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				d[i][j] = min(d[i][j], d[i-2][j-2]+1)
			}
		}
	}
	return d[len(a)][len(b)]
}

// namesTable returns a table of the given names and a rarity that knows them.
func namesTable(names ...string) (*Table, *rarity) {
	persons := make([]normalize.Person, len(names))
	for i, name := range names {
		persons[i].Name.Words = name
	}
	c, r := tablesOf(persons, persons)
	countTexts(c, r)
	return c, newRarity(c, r)
}

func TestCompareNames(t *testing.T) {
	tests := []struct {
		a, b string
		want uint8
	}{
		{"BUDI HIDAYAT", "BUDI HIDAYAT", NameSame},
		{"", "BUDI", Missing},
		{"NUR HAYATI", "NURHAYATI", NameSpelling},
		{"LESTARI DEWI", "DEWI LESTARI", NameSpelling},
		{"RIZKY MAULANA", "RIZQI MAULANA", NameSpelling},
		{"RIZKI MAULANA", "RISKI MAULANA", NameLoose},
		{"MUHAMMAD RIDWAN", "RIDWAN", NameCompatible},
		{"SUPARDI K", "SUPARDI KUSUMA", NameCompatible},
		{"DEWI AYU LESTARI", "DEWI LESTARI", NameCompatible},
		{"BAMBANG SUTRISNO", "BAMBANG SUTRIANO", NameSimilar},
		{"BAMBANG SUTRISNO", "BAMBANG GUNAWAN", NameWeak},
		{"BAMBANG SUTRISNO", "SITI AMINAH", NameDiffers},
		{"MUHAMMAD", "MUHAMMAD RIDWAN", NameCommon},
		{"SRI H", "SRI HANDAYANI", NameCommon},
		{"DEWI GUNAVAN", "DEWI GUNAWAN", NameSimilar},
		{"RAHMAT SYAHPUTRA", "RAHMAT SYAH", NameCompatible}, // the field was too short
		{"SYAH RAHMAT", "SYAHPUTRA RAHMAT", NameWeak},
		{"HASAN YUUF", "HASAN YUSUF", NameSimilar},
		{"SUPARNII", "SUAPRNI", NameSimilar},                 // an exchange and a letter more
		{"WIJAYA ANDIKA", "ANDIKAWIJAYA", NameLoose},         // exchanged, then joined
		{"SRI KARINI ARLINA", "ARLINAKARINI SRI", NameLoose}, // the same of three
		{"GHAIDAAYUNINGTYAS", "GHAIDA A", NameCompatible},    // an initial of what was joined
		{"MAEMUNAAFIFAH", "MAEMUNAH AFIAFH", NameSimilar},    // joined, and two slips
		{"DERIDAENNAH", "ENNAH", NameWeak},                   // the whole ends with it
		{"NUR", "NR", NameConfusable},
	}
	var names []string
	for _, tt := range tests {
		names = append(names, tt.a, tt.b)
	}
	table, scale := namesTable(names...)
	c := newComparer(table.dictionary)
	for i, tt := range tests {
		t.Run(tt.a+"/"+tt.b, func(t *testing.T) {
			got := c.compareNames(scale, table, int32(2*i), table, int32(2*i+1))
			if got.level != tt.want {
				t.Errorf("level %s, want %s", LevelCode(CompareName, got.level), LevelCode(CompareName, tt.want))
			}
		})
	}
}

// A twin's name is no typing error of the other twin's.
func TestNamesInUseAreNotTypingErrors(t *testing.T) {
	var names []string
	for range 50 {
		names = append(names, "RATNA RINANTI", "RATNA RINANTO")
	}
	table, scale := namesTable(names...)
	got := newComparer(table.dictionary).compareNames(scale, table, 0, table, 1)
	if got.level != NameConfusable {
		t.Errorf("level %s, want confusable", LevelCode(CompareName, got.level))
	}
}

func TestCompareBirth(t *testing.T) {
	tests := []struct {
		a, b normalize.Date
		want uint8
	}{
		{19800517, 19800517, BirthSame},
		{19800101, 19800101, BirthSameHeaped},
		{19800517, 0, Missing},
		{19800305, 19800503, BirthNear},
		{19800517, 19800511, BirthNear},
		{19800517, 19800571, BirthNear},
		{19800517, 19801209, BirthYear},
		{19800517, 19801017, BirthNear},
		{19800517, 19800529, BirthNear},
		{19800517, 19820517, BirthNear},
		{19800517, 19930517, BirthDiffers},
		{19800517, 19620903, BirthDiffers},
		{19800517, 19800101, BirthStandIn},
		{19801231, 19800517, BirthStandIn},
		{19800000, 19800517, BirthPartial},
		{19800500, 19800617, BirthDiffers},
	}
	for _, tt := range tests {
		a, b := &row{birth: tt.a}, &row{birth: tt.b}
		if got := compareBirth(a, b); got != tt.want {
			t.Errorf("%d %d: level %s, want %s", tt.a, tt.b, LevelCode(CompareBirthDate, got), LevelCode(CompareBirthDate, tt.want))
		}
	}
}

func TestCompareNIK(t *testing.T) {
	whole := number(3174011705809003)
	lost := normalize.Number{Value: 3174011705809000, Digits: 16, Trust: normalize.TrustDoubtful, Damage: normalize.DamageNumericCell}
	tests := []struct {
		name string
		a, b normalize.Number
		want uint8
	}{
		{"equal", whole, whole, NIKSame},
		{"missing", whole, normalize.Number{}, Missing},
		{"one digit", whole, number(3174011705809013), NIKOneApart},
		{"swapped neighbours", whole, number(3174011705890003), NIKOneApart},
		{"two persons", whole, number(3171042203919444), NIKDiffers},
		{"last digit lost in a spreadsheet", whole, lost, NIKLostDigit},
		{"both lost the last digit", lost, lost, NIKLostDigit},
		{"a damaged number differs", number(3171042203919444), lost, NIKUnsure},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			a := &row{nik: tt.a.Value, digits: tt.a.Digits, nikTrust: tt.a.Trust, nikHurt: tt.a.Damage}
			b := &row{nik: tt.b.Value, digits: tt.b.Digits, nikTrust: tt.b.Trust, nikHurt: tt.b.Damage}
			for _, got := range []uint8{compareNIK(a, b), compareNIK(b, a)} {
				if got != tt.want {
					t.Errorf("level %s, want %s", LevelCode(CompareNIK, got), LevelCode(CompareNIK, tt.want))
				}
			}
		})
	}
}

func TestCompareIsSymmetric(t *testing.T) {
	random := rand.New(rand.NewPCG(11, 11))
	central, regional, _ := randomSides(11, 300)
	c, r := tablesOf(central, regional)
	countTexts(c, r)
	scale := newRarity(c, r)
	weigher, comparer := newWeigher(DefaultModel(), scale), newComparer(c.dictionary)
	for range 20_000 {
		i, j := int32(random.IntN(c.Len())), int32(random.IntN(r.Len()))
		p, q := comparer.compare(scale, c, i, r, j), comparer.compare(scale, r, j, c, i)
		_, forth := weigher.weigh(&p)
		_, back := weigher.weigh(&q)
		if p.vector != q.vector || forth != back {
			t.Fatalf("%d %d: %v %v, back %v %v", i, j, p.vector, forth, q.vector, back)
		}
	}
}

func TestNearKeysFindOneApart(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a := rapid.Uint64Range(1_000_000_000_000_000, 9_999_999_999_999_999).Draw(t, "nik")
		power := uint64(1)
		for range rapid.IntRange(0, 14).Draw(t, "position") {
			power *= 10
		}
		low, high := a/power%10, a/power/10%10
		b := a - low*power + rapid.Uint64Range(0, 9).Draw(t, "digit")*power
		if rapid.Bool().Draw(t, "swap") {
			b = a - low*power - high*power*10 + high*power + low*power*10
		}
		table := &Table{rows: []row{
			{nik: a, digits: 16, nikTrust: normalize.TrustFull},
			{nik: b, digits: 16, nikTrust: normalize.TrustFull},
		}}
		for _, x := range nearKeys(table, 0, nil) {
			for _, y := range nearKeys(table, 1, nil) {
				if x == y {
					return
				}
			}
		}
		t.Fatalf("%d and %d share no key", a, b)
	})
}

// A NIK that its own record's birth date tells against proves nothing.
func TestNIKAgainstItsOwnBirthDate(t *testing.T) {
	one, other := person(1, "BUDI HIDAYAT", date(1980, 5, 17)), person(1, "BUDI HIDAYAT", date(1980, 5, 17))
	other.NIK = number(3171042105809444)
	c, r := tablesOf([]normalize.Person{one}, []normalize.Person{other})
	if got := compareNIK(&c.rows[0], &r.rows[0]); got != NIKUnsure {
		t.Errorf("level %s, want unsure", LevelCode(CompareNIK, got))
	}
	other.NIK = number(3171041705809444)
	c, r = tablesOf([]normalize.Person{one}, []normalize.Person{other})
	if got := compareNIK(&c.rows[0], &r.rows[0]); got != NIKDiffers {
		t.Errorf("level %s, want differs", LevelCode(CompareNIK, got))
	}
}

func TestLengthKeysFindALostOrDoubledDigit(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		long := rapid.Uint64Range(1_000_000_000_000_000, 99_999_999_999_999_999).Draw(t, "nik")
		digits := uint8(16)
		if long >= 10_000_000_000_000_000 {
			digits = 17
		}
		place := uint64(1)
		for range rapid.IntRange(0, 14).Draw(t, "place") {
			place *= 10
		}
		table := &Table{rows: []row{
			{nik: long, digits: digits, nikTrust: normalize.TrustDoubtful},
			{nik: long/place/10*place + long%place, digits: digits - 1, nikTrust: normalize.TrustDoubtful},
		}}
		if keys := lengthKeys(table, 0, nil); !slices.ContainsFunc(lengthKeys(table, 1, nil), func(k uint64) bool { return slices.Contains(keys, k) }) {
			t.Fatal("no key is shared")
		}
	})
}

// A NIK in the column of the KK, and the reverse, is found and compared as if
// they stood right.
func TestNIKAndKKSwapped(t *testing.T) {
	p := person(3, "RUBIATI", date(1963, 3, 8))
	for slip, level := range map[uint64]uint8{0: NIKSame, 30: NIKOneApart} {
		q := p
		q.NIK, q.KK = number(p.KK.Value+slip), p.NIK
		q.Address, q.Area = normalize.Address{}, normalize.Area{}
		res := mustRun(t, beside(p), beside(q), 1)
		if v := res.Links[0].Vector; res.Outcomes[Regional][0] != Matched || v[CompareNIK] != level || v[CompareKK] != KKSame {
			t.Errorf("slip %d: %v, %v", slip, res.Outcomes[Regional][0], v)
		}
		if !slices.ContainsFunc(res.Conflicts, func(c Conflict) bool {
			return c.Kind == ColumnsSwapped && len(c.Regional) == 1 && c.Regional[0] == 0
		}) {
			t.Errorf("slip %d: not reported", slip)
		}
	}
}

// Each missing level weighs nothing, and a higher level of the same field never
// weighs less than "differs".
func TestWeightsFollowTheLevels(t *testing.T) {
	central, regional, _ := randomSides(2, 500)
	c, r := tablesOf(central, regional)
	countTexts(c, r)
	w := newWeigher(DefaultModel(), newRarity(c, r))
	for comparison := range ComparisonCount {
		p := pair{a: c, b: r, ra: &c.rows[0], rb: &r.rows[0]}
		_, none := w.weigh(&p)
		if none != w.rarity.prior {
			t.Fatalf("missing everything weighs %v, want the prior %v", none, w.rarity.prior)
		}
		p.vector[comparison] = 1
		_, differs := w.weigh(&p)
		if differs >= none {
			t.Errorf("%v: disagreement adds weight", comparison)
		}
	}
}

func BenchmarkCompare(b *testing.B) {
	random := rand.New(rand.NewPCG(1, 2))
	persons := population(random, 20_000)
	c, r := tablesOf(persons, persons)
	countTexts(c, r)
	scale := newRarity(c, r)
	weigher, comparer := newWeigher(DefaultModel(), scale), newComparer(c.dictionary)
	b.ReportAllocs()
	for n := range b.N {
		i := int32(n % c.Len())
		p := comparer.compare(scale, c, i, r, (i*7+3)%int32(r.Len()))
		weigher.weigh(&p)
	}
}

// abroad is a record of another country.
func abroad(identifier, suburb, postcode, state string) normalize.Person {
	return normalize.Person{
		Name: normalize.Name{Words: "MARIBEL OAKHURST"}, Identifier: identifier,
		Area: normalize.Area{Place: suburb, Postcode: postcode, State: state},
	}
}

func TestComparePlacesAndIdentifiersAbroad(t *testing.T) {
	base := abroad("5310427", "SUNNY VALE", "4101", "QLD")
	for _, tt := range []struct {
		name             string
		other            normalize.Person
		identifier, area uint8
	}{
		{"the same", base, IdentifierSame, AreaKelurahan},
		{"neighbours exchanged, another suburb", abroad("5310472", "MARLOW", "4101", "QLD"), IdentifierNear, AreaKecamatan},
		{"a digit left out, another postal code", abroad("531042", "MARLOW", "2601", "QLD"), IdentifierNear, AreaKota},
		{"another number, another state", abroad("7712093", "MARLOW", "2601", "ACT"), IdentifierDiffers, AreaDiffers},
		{"nothing known", abroad("", "", "", ""), Missing, Missing},
		{"only the state is known, and another", abroad("", "", "", "ACT"), Missing, AreaDiffers},
	} {
		t.Run(tt.name, func(t *testing.T) {
			c, r := tablesOf([]normalize.Person{base}, []normalize.Person{tt.other, base})
			countTexts(c, r)
			scale, compare := newRarity(c, r), newComparer(c.dictionary)
			for _, p := range []pair{compare.compare(scale, c, 0, r, 0), compare.compare(scale, r, 0, c, 0)} {
				if p.vector[CompareIdentifier] != tt.identifier || p.vector[CompareArea] != tt.area {
					t.Errorf("%s and %s", LevelCode(CompareIdentifier, p.vector[CompareIdentifier]), LevelCode(CompareArea, p.vector[CompareArea]))
				}
			}
		})
	}
}

// Record numbers of two registries say nothing of who is who.
func TestNumbersOfTwoRegistriesAreNotCompared(t *testing.T) {
	var central, regional []normalize.Person
	for i := range 40 {
		central = append(central, abroad(fmt.Sprint("REG", 10_000+i), "MARLOW", "", ""))
		regional = append(regional, abroad(fmt.Sprint("DOC", 20_000+i), "MARLOW", "", ""))
	}
	regional[0].Identifier = central[3].Identifier
	c, r := tablesOf(central, regional)
	if newRarity(c, r).sharedIdentifiers {
		t.Error("one number in forty in common is enough")
	}
	regional[1].Identifier, regional[2].Identifier, regional[3].Identifier, regional[4].Identifier = "REG10011", "REG10012", "REG10013", "REG10014"
	if c, r = tablesOf(central, regional); !newRarity(c, r).sharedIdentifiers {
		t.Error("five numbers in forty in common are not enough")
	}
}
