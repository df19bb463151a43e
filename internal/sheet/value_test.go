package sheet

import (
	"fmt"
	"math/big"
	"strconv"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestAppendNumber(t *testing.T) {
	for text, want := range map[string]string{
		"3174010101109003": "3174010101109003", "007": "007", "1.50": "1.50", "3.17401010110900E+15": "3174010101109000", "3.174010101109003e15": "3174010101109003",
		"9.1710101011090019E+15": "9.1710101011090019E+15", "9.171010101109002E+15": "9171010101109002", "3.1740101011090030001E+17": "3.1740101011090030001E+17",
		"3.17401010110900312E+17": "317401010110900312", "-1E2": "-100", "1E-3": "1E-3", "0E0": "0", "-0E0": "0", "1E300": "1E300", "1.25E1": "1.25E1", "E": "E", "1E": "1E", "1E5E": "1E5E",
	} {
		if got := string(appendNumber(nil, []byte(text))); got != want {
			t.Errorf("%s: got %s, want %s", text, got, want)
		}
	}
}

// A whole number in exponent form keeps its value exactly.
func TestExponentsKeepTheValue(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		n := rapid.Int64Range(-1e18+1, 1e18-1).Draw(rt, "number")
		if n > maxWhole || n < -maxWhole {
			n -= n % 128 // a float64, as in a workbook
		}
		text := strconv.FormatFloat(float64(n), 'E', -1, 64)
		got, ok := new(big.Int).SetString(string(appendNumber(nil, []byte(text))), 10)
		exact, _, err := big.ParseFloat(text, 10, 200, big.ToNearestEven)
		must(t, err)
		want, _ := exact.Int(nil)
		if !ok || got.Cmp(want) != 0 {
			rt.Fatalf("%s: got %v, want %v", text, got, want)
		}
	})
}

func TestDateFormats(t *testing.T) {
	for code, want := range map[string]bool{
		"General": false, "0": false, "@": false, "#,##0.00": false, "0.00E+00": false, `0 "hari"`: false, `[Red]0`: false, `[$-421]0`: false, `\d0`: false, "_d0": false, "0;dd": false,
		"dd/mm/yyyy": true, "mmm-yy": true, "[$-421]dd mmmm yyyy": true, `dd\ mmmm\ yyyy;@`: true, "h:mm:ss": true, "[h]:mm": true, "[hh]": true, "YYYY": true, `"tgl "d`: true, `"d`: false, "[d": false, "": false,
	} {
		if got := isDateFormat(code); got != want {
			t.Errorf("%s: %v", code, got)
		}
	}
	dates := []string{}
	for id := range 60 {
		if isBuiltinDate(id) {
			dates = append(dates, strconv.Itoa(id))
		}
	}
	if want := "14 15 16 17 18 19 20 21 22 27 28 29 30 31 32 33 34 35 36 45 46 47 50 51 52 53 54 55 56 57 58"; strings.Join(dates, " ") != want {
		t.Errorf("built-in formats of dates: %v", dates)
	}
}

func TestSerialDates(t *testing.T) {
	for _, tt := range []struct {
		value string
		base  int
		want  string
	}{
		{"1", 0, "1900-01-01"}, {"59", 0, "1900-02-28"}, {"61", 0, "1900-03-01"}, {"29358", 0, "1980-05-17"}, {"29358.75", 0, "1980-05-17 18:00:00"}, {"2958465", 0, "9999-12-31"},
		{"0.5", 0, "12:00:00"}, {"29358.999999", 0, "1980-05-18"}, {"0", days1904, "1904-01-01"}, {"27896", days1904, "1980-05-17"}, {"2.9358E4", 0, "1980-05-17"},
		{"0", 0, ""}, {"-1", 0, ""}, {"2958466", 0, ""}, {"3174010101109003", 0, ""}, {"NaN", 0, ""}, {"x", 0, ""},
	} {
		if got, ok := serialDate(tt.value, tt.base); got != tt.want || ok != (tt.want != "") {
			t.Errorf("%s from %d: got %q, want %q", tt.value, tt.base, got, tt.want)
		}
	}
}

func TestUnescape(t *testing.T) {
	for text, want := range map[string]string{
		"A&amp;B&lt;&gt;&quot;&apos;": `A&B<>"'`, "&#233;&#xE9;&#XE9;": "ééé", "a_x000D_b": "a\rb", "a_x005F_x000D_b": "a_x000D_b", "_x00e9_": "é", "_xD83D__xDE00_": "😀",
		"_xD83D_": "\uFFFD", "_x12": "_x12", "_xGGGG_": "_xGGGG_", "a_b": "a_b", "a\r\nb\rc": "a\nb\nc", "& &x; &#; &#x; &#9999999999;": "& &x; &#; &#x; &#9999999999;",
		"a\x00b&#0;_x0000_": "ab", "\xFF": "\uFFFD", "": "",
	} {
		if got := unescaped([]byte(text)); got != want {
			t.Errorf("%q: got %q, want %q", text, got, want)
		}
	}
}

func TestPlaces(t *testing.T) {
	for index, want := range map[int]string{0: "A", 25: "Z", 26: "AA", 27: "AB", 701: "ZZ", 702: "AAA", 16383: "XFD"} {
		if got := ColumnName(index); got != want {
			t.Errorf("%d: got %s, want %s", index, got, want)
		}
		if got, letters := columnOf([]byte(want + "7")); got != index || letters != len(want) {
			t.Errorf("%s: got %d", want, got)
		}
	}
	for text, want := range map[string]string{"A1:C3": "{1 3 0 2} true", "B2": "{2 2 1 1} true", "C3:A1": "{3 1 2 0} false", "A": "{0 0 0 0} false", "1": "{0 0 0 0} false", "A1:": "{1 0 0 0} false", "A1x": "{1 1 0 0} false"} {
		r, ok := rangeOf([]byte(text))
		if got := fmt.Sprint(r, ok); got != want {
			t.Errorf("%s: got %s, want %s", text, got, want)
		}
	}
}

func TestWindows1252(t *testing.T) {
	got, sound := decode8("\x80\x93A\x94\xC9\xFF É", encodingUTF8)
	if got != "€“A”Éÿ É" || !sound {
		t.Errorf("%q", got)
	}
	if got, sound = decode8("É\x81", encoding1252); got != "Ã‰\uFFFD" || sound {
		t.Errorf("%q", got)
	}
}
