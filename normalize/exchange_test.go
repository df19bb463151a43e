package normalize

import (
	"slices"
	"strings"
	"testing"
)

func TestReadExchangeHeader(t *testing.T) {
	fields, near, key := ReadExchangeHeader(ExchangeTitles("bcdf"))
	if key != "bcdf" || near != ExchangeNear() || !slices.Equal(fields, ExchangeFields()) {
		t.Errorf("%v, %v, %q", fields, near, key)
	}
	for name, c := range map[string]struct {
		titles []string
		key    string
	}{
		"in capitals and another order": {[]string{"NAME", "KK_NEAR", "NIK_HMAC_BCDF ", "other"}, "bcdf"},
		"clear":                         {[]string{"nik", "kk", "name"}, ""},
		"two keys":                      {[]string{"nik_hmac_bcdf", "kk_hmac_bcdg"}, ""},
		"no key":                        {[]string{"nik_hmac_", "name"}, ""},
		"another field":                 {[]string{"name_hmac_bcdf"}, ""},
		"a clear NIK beside":            {[]string{"kk_hmac_bcdf", "nik"}, "bcdf"},
	} {
		fields, _, key := ReadExchangeHeader(c.titles)
		if key != c.key {
			t.Errorf("%s: key %q", name, key)
		}
		for i, f := range fields {
			if clearNumber := !strings.Contains(strings.ToLower(c.titles[i]), "hmac") && (f == FieldNIK || f == FieldKK); clearNumber && key != "" {
				t.Errorf("%s: a clear number is read", name)
			}
		}
	}
}

func TestParseHash(t *testing.T) {
	for _, value := range []uint64{1, 1 << 62, 1<<63 - 1} {
		if got, ok := ParseHash(strings.ToUpper(HashText(value))); !ok || got != value {
			t.Errorf("%d reads as %d", value, got)
		}
	}
	for _, text := range []string{"", "3174010101909001", "bcdfghjklmnpqrs", "bcdfghjklmnpqrstt", "bbbbbbbbbbbbbbbb", "tbbbbbbbbbbbbbbb", "acdfghjklmnpqrst"} {
		if _, ok := ParseHash(text); ok {
			t.Errorf("%q is a hash", text)
		}
	}
}

// TestHashIsNoDamagedNumber: a hash is never taken for digits, whoever reads it.
func TestHashIsNoDamagedNumber(t *testing.T) {
	text := HashText(1<<62 + 12345)
	if n := ReadNIK(text, false); n.Value != 0 || n.Digits != 0 {
		t.Errorf("%q reads as %+v", text, n)
	}
	n := Number{Value: 1<<62 + 12345, Digits: 16, Trust: TrustFull, Hashed: true}
	if n.Text() != text || n.Masked() != text[:6]+"******"+text[12:] || n.Region() != 0 {
		t.Errorf("%s, %s, %d", n.Text(), n.Masked(), n.Region())
	}
	if _, ok := n.Sex(); ok || n.MatchesBirth(19900101) {
		t.Error("a hash states something by itself")
	}
}

func TestHashedNumberStatesWhatItsDigitsDid(t *testing.T) {
	for _, text := range []string{"3174015206109001", "3174011206109000", "4174011206109001", "953010101609001", "3174013201909001", "0317401100190001"} {
		plain := ReadNIK(text, false)
		hashed := plain
		hashed.Value, hashed.Hashed, hashed.Stated = 1<<62, true, StateOf(plain)
		sex, known := plain.Sex()
		hashedSex, hashedKnown := hashed.Sex()
		if sex != hashedSex || known != hashedKnown {
			t.Errorf("%s: sex %v, %v", text, hashedSex, hashedKnown)
		}
		for _, d := range []Date{20100612, 19600101, 20100600, 0} {
			if plain.MatchesBirth(d) != hashed.MatchesBirth(d) {
				t.Errorf("%s: birth %d", text, d)
			}
			a, b := Person{NIK: plain, BirthDate: d, Sex: Male}, Person{NIK: hashed, BirthDate: d, Sex: Male}
			if a.ContradictsNIK() != b.ContradictsNIK() {
				t.Errorf("%s: contradicts %d", text, d)
			}
		}
		if (hashed.Stated&StatedZero != 0) != (plain.Value%10 == 0) {
			t.Errorf("%s: the last digit", text)
		}
	}
}

// TestExchangeCellsOfStrangersAreDoubted: what padan did not write is no whole number.
func TestExchangeCellsOfStrangersAreDoubted(t *testing.T) {
	n := New(ExchangeColumns(), Options{Exchange: true, Near: ExchangeNear()})
	hash := HashText(1 << 62)
	for _, near := range []string{"", "f16", "f16..=", "q16..=.", "f16.nonsense.=.", "f16..=.AAAA", "n16..=.", "f999..=.", "f16..=.!!!!"} {
		cells := make([]string, len(ExchangeFields()))
		cells[0], cells[len(cells)-2] = hash, near
		p, _ := n.Person(cells, nil)
		if p.NIK.Trust != TrustDoubtful || p.NIKNear != "" {
			t.Errorf("%q gives %+v", near, p.NIK)
		}
	}
	p, issues := n.Person([]string{"3174010101909001", "", "BUDI"}, nil)
	if p.NIK.Value != 0 || !slices.Contains(issues, Issue{FieldNIK, DamageEmpty.String()}) {
		t.Errorf("a clear number is read: %+v, %v", p.NIK, issues)
	}
}

func FuzzExchangeCells(f *testing.F) {
	h := testHasher("a key")
	nik, near := h.hashed(ReadNIK("3174010101909001", false))
	p := Person{NIK: nik, NIKNear: near, BirthDate: 19900101, Sex: Male}
	cells := p.AppendExchange(nil)
	f.Add(cells[0], "1987-00-00", "0", cells[len(cells)-2], cells[len(cells)-1])
	f.Add("", "31/12/1987", "3174011001", "d15.short.120687zrx.", "n0.empty..")
	n := New(ExchangeColumns(), Options{Exchange: true, Near: ExchangeNear()})
	f.Fuzz(func(t *testing.T, nik, birth, area, nikNear, kkNear string) {
		cells := make([]string, len(ExchangeFields()))
		cells[0], cells[1], cells[3], cells[15] = nik, nik, birth, area
		cells[len(cells)-2], cells[len(cells)-1] = nikNear, kkNear
		p, _ := n.Person(cells, nil)
		if (p.NIK.Trust == TrustNone) != (p.NIK.Value == 0) {
			t.Fatalf("%+v", p.NIK)
		}
		HashedOneApart(p.NIK, p.NIK, p.NIKNear, near)
		p.NIKNear.Slip(p.KKNear)
		if p.KKNear.Follows(p.NIK.Value) && len(p.KKNear) < len(near)/2 {
			t.Fatal("half a neighbourhood follows a number")
		}
		p.KKNear.Lengths(nil)
		again, _ := n.Person(p.AppendExchange(nil), nil)
		if again.NIK != p.NIK || again.NIKNear != p.NIKNear || again.BirthDate != p.BirthDate {
			t.Fatalf("%+v reads again as %+v", p, again)
		}
	})
}
