package normalize

import (
	"fmt"
	"testing"

	"pgregory.net/rapid"
)

func TestReadNIK(t *testing.T) {
	const value = 3174010101909001
	full := func(damage Damage) Number { return Number{Value: value, Digits: 16, Trust: TrustFull, Damage: damage} }
	doubtful := func(value uint64, digits uint8, damage Damage) Number {
		return Number{Value: value, Digits: digits, Trust: TrustDoubtful, Damage: damage}
	}
	none := func(digits uint8, damage Damage) Number { return Number{Digits: digits, Damage: damage} }
	cases := []struct {
		name, text string
		numeric    bool
		want       Number
	}{
		{"plain", "3174010101909001", false, full(DamageNone)},
		{"woman", "3174014101909001", false, Number{Value: 3174014101909001, Digits: 16, Trust: TrustFull}},
		{"blanks around", "  3174010101909001\t", false, full(DamageNone)},
		{"NBSP at the end", "3174010101909001\u00a0", false, full(DamageNone)},
		{"zero width inside", "31740101\u200b01909001", false, full(DamagePunctuation)},
		{"text mark", "'3174010101909001", false, full(DamagePunctuation)},
		{"backtick", "`3174010101909001", false, full(DamagePunctuation)},
		{"quotes", `"3174010101909001"`, false, full(DamagePunctuation)},
		{"dots", "31.7401.010190.9001", false, full(DamagePunctuation)},
		{"spaces", "3174 0101 0190 9001", false, full(DamagePunctuation)},
		{"label", "NIK: 3174010101909001", false, full(DamagePunctuation)},
		{"label and dots", "NIK : 31.7401.010190.9001", false, full(DamagePunctuation)},
		{"full width", "３１７４０１０１０１９０９００１", false, full(DamagePunctuation)},
		{"nested", "BUDI / 3174010101909001", false, full(DamagePunctuation)},
		{"same number twice", "3174010101909001 3174010101909001", false, full(DamagePunctuation)},
		{"two numbers", "3174010101909001 / 3174010101909002", false, none(0, DamageLong)},
		{"float text", "3174010101909001.0", false, full(DamageFloatText)},
		{"float text with comma", "3174010101909001,00", false, full(DamageFloatText)},
		{"thousands", "3.174.010.101.909.001,00", false, full(DamageFloatText)},
		{"letter O", "317401O1O1909OO1", false, full(DamageLetters)},
		{"letters", "3I74OlO1O19o9OO|", false, full(DamageLetters)},
		{"exponent", "3.17401E+15", false, doubtful(3174010000000000, 6, DamageScientific)},
		{"exponent with comma", "3,17401E+15", false, doubtful(3174010000000000, 6, DamageScientific)},
		{"exponent in a numeric cell", "3.17401e15", true, doubtful(3174010000000000, 6, DamageScientific)},
		{"exponent with all digits", "3.174010101909001E+15", true, full(DamageFloatText)},
		{"exponent with 15 digits", "3.17401010190900E+15", true, doubtful(3174010101909000, 16, DamageNumericCell)},
		{"numeric cell with all digits", "3174010101909001", true, full(DamageNone)},
		{"numeric cell, last digit lost", "3174010101909000", true, doubtful(3174010101909000, 16, DamageNumericCell)},
		{"numeric cell, serial lost", "3174010101900000", true, doubtful(3174010101900000, 16, DamageNumericCell)},
		{"numeric cell beyond 2^53", "9171010101909002", true, doubtful(9171010101909002, 16, DamageNumericCell)},
		{"Papua as text", "9171010101909001", false, Number{Value: 9171010101909001, Digits: 16, Trust: TrustFull}},
		{"Jakarta before 2004", "0953010101609001", false, Number{Value: 953010101609001, Digits: 16, Trust: TrustFull}},
		{"leading zero lost", "953010101609001", true, doubtful(953010101609001, 15, DamageShort)},
		{"former province", "2401010101609001", false, Number{Value: 2401010101609001, Digits: 16, Trust: TrustFull}},
		{"one digit lost and a 0 put in front", "0317401010190901", false, doubtful(317401010190901, 15, DamageShort)},
		{"one digit lost", "317401010190901", false, doubtful(317401010190901, 15, DamageShort)},
		{"one digit too many", "31740101019090011", false, doubtful(31740101019090011, 17, DamageLong)},
		{"far too long", "317401010190900131740101019", false, none(0, DamageLong)},
		{"far too short", "31740101", false, none(8, DamageShort)},
		{"masked", "317401******9001", false, none(10, DamageMasked)},
		{"masked with X", "3174XXXXXXXX9001", false, none(8, DamageMasked)},
		{"empty", "", false, none(0, DamageEmpty)},
		{"blank", " \u00a0 ", false, none(0, DamageEmpty)},
		{"dash", "-", false, none(0, DamagePlaceholder)},
		{"zero", "0", false, none(1, DamagePlaceholder)},
		{"zero in a numeric cell", "0", true, none(1, DamagePlaceholder)},
		{"zeros", "0000000000000000", false, none(16, DamagePlaceholder)},
		{"ones", "1111111111111111", false, none(16, DamagePlaceholder)},
		{"nines", "9999999999999999", false, none(16, DamagePlaceholder)},
		{"begins with nines", "9999010101909001", false, none(16, DamagePlaceholder)},
		{"counting", "1234567890123456", false, none(16, DamagePlaceholder)},
		{"serial zero", "3174010101900000", false, none(16, DamagePlaceholder)},
		{"words for none", "Tidak ada", false, none(0, DamagePlaceholder)},
		{"not available", "#N/A", false, none(0, DamagePlaceholder)},
		{"words", "MENYUSUL", false, none(0, DamageUnreadable)},
		{"temporary by village", "0317401100190001", false, doubtful(317401100190001, 16, DamageTemporary)},
		{"temporary by office", "9901010101909001", false, doubtful(9901010101909001, 16, DamageTemporary)},
		{"unknown province", "4174010101909001", false, doubtful(4174010101909001, 16, DamageRegion)},
		{"no kecamatan", "3174000101909001", false, doubtful(3174000101909001, 16, DamageRegion)},
		{"day 32", "3174013201909001", false, doubtful(3174013201909001, 16, DamageDate)},
		{"day 80", "3174018001909001", false, doubtful(3174018001909001, 16, DamageDate)},
		{"month 13", "3174010113909001", false, doubtful(3174010113909001, 16, DamageDate)},
		{"31 April", "3174013104909001", false, doubtful(3174013104909001, 16, DamageDate)},
		{"29 February of no leap year", "3174012902919001", false, doubtful(3174012902919001, 16, DamageDate)},
		{"29 February 2000", "3174012902009001", false, Number{Value: 3174012902009001, Digits: 16, Trust: TrustFull}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			if got := ReadNIK(c.text, c.numeric); got != c.want {
				t.Errorf("ReadNIK(%q) = %+v (%s), want %+v (%s)", c.text, got, got.Damage, c.want, c.want.Damage)
			}
		})
	}
}

func TestReadKKHasNoWomansDay(t *testing.T) {
	if got := ReadKK("3174014101159001", false); got.Damage != DamageDate || got.Trust != TrustDoubtful {
		t.Errorf("day 41 is %+v", got)
	}
	if got := ReadKK("3174010101159001", false); got.Trust != TrustFull {
		t.Errorf("day 1 is %+v", got)
	}
}

func TestNumberBirth(t *testing.T) {
	cases := []struct {
		text  string
		asOf  Date
		want  Date
		known bool
	}{
		{"3174010101909001", 20250101, 19900101, true},
		{"3174014101909001", 20250101, 19900101, true},
		{"3174010101109001", 20250101, 0, false}, // 1910 or 2010
		{"3174010101909001", 0, 0, false},
		{"3174012902009001", 0, 20000229, true},
		{"953010101609001", 20250101, 19600101, true},
		{"317401010190901", 20250101, 0, false},
		{"3.17401E+15", 20250101, 0, false},
	}
	for _, c := range cases {
		got, known := ReadNIK(c.text, false).Birth(c.asOf)
		if got != c.want || known != c.known {
			t.Errorf("Birth of case %s as of %d = %d, %v", c.text, c.asOf, got, known)
		}
	}
}

func TestNumberMatchesBirth(t *testing.T) {
	n := ReadNIK("3174015206109001", false)
	for date, want := range map[Date]bool{20100612: true, 19100612: true, 20100613: false, 20100600: false, 0: false} {
		if n.MatchesBirth(date) != want {
			t.Errorf("MatchesBirth(%d) = %v", date, !want)
		}
	}
	if sex, ok := n.Sex(); sex != Female || !ok {
		t.Errorf("Sex = %v, %v", sex, ok)
	}
	if sex, ok := ReadNIK("3174011206109001", false).Sex(); sex != Male || !ok {
		t.Errorf("Sex = %v, %v", sex, ok)
	}
	if _, ok := ReadNIK("3174011306", false).Sex(); ok {
		t.Error("a sex out of ten digits")
	}
}

func TestNumberText(t *testing.T) {
	n := ReadNIK("0953010101609001", false)
	if n.Text() != "0953010101609001" || n.Masked() != "095301******9001" || n.Region() != 95301 {
		t.Errorf("text %s, masked %s, region %d", n.Text(), n.Masked(), n.Region())
	}
	if none := (Number{}); none.Text() != "" || none.Masked() != "" || none.Region() != 0 {
		t.Error("no number has a text")
	}
}

// TestFullNumbersAreTheirText: what may be an exact key reads back the same.
func TestFullNumbersAreTheirText(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := fmt.Sprintf("%016d", rapid.Uint64Range(0, e16-1).Draw(t, "value"))
		n := ReadNIK(text, false)
		if n.Trust == TrustFull && n.Text() != text {
			t.Fatalf("%s reads as %s", text, n.Text())
		}
		if (n.Trust == TrustNone) != (n.Value == 0) {
			t.Fatalf("trust %d with value %d", n.Trust, n.Value)
		}
	})
}

func FuzzReadNIK(f *testing.F) {
	for _, text := range []string{"3,17401E+15", "31.7401.010190.9001", "NIK: 3174010101909001", "317401******9001", "0", "1E18", "3174O10101909001,00"} {
		f.Add(text, false)
		f.Add(text, true)
	}
	f.Fuzz(func(t *testing.T, text string, numeric bool) {
		n := ReadNIK(text, numeric)
		if (n.Trust == TrustNone) != (n.Value == 0) {
			t.Fatalf("%+v", n)
		}
		if n.Trust != TrustFull {
			if n.Damage == DamageNone {
				t.Fatalf("%+v is doubted without a damage", n)
			}
			return
		}
		if again := ReadNIK(n.Text(), false); again.Value != n.Value || again.Trust != TrustFull || n.Digits != 16 {
			t.Fatalf("%+v reads again as %+v", n, again)
		}
	})
}

func ExampleReadNIK() {
	for _, text := range []string{"'31.7401.520690.9001", "3,17401E+15", "TIDAK ADA"} {
		n := ReadNIK(text, false)
		fmt.Printf("%q %q trust %d\n", n.Masked(), n.Damage, n.Trust)
	}
	// Output:
	// "317401******9001" "punctuation" trust 2
	// "317401******0000" "scientific" trust 1
	// "" "placeholder" trust 0
}

func BenchmarkReadNIK(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		ReadNIK("3174010101909001", false)
	}
}
