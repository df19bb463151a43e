package workbook

import (
	"encoding/xml"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"unicode/utf16"
	"unicode/utf8"
)

func TestAppendCellText(t *testing.T) {
	for text, want := range map[string]string{
		"":                     "",
		"SITI AMINAH":          "SITI AMINAH",
		"R&B <i> \"x\" 'y'":    "R&amp;B &lt;i&gt; \"x\" 'y'",
		"a\tb\nc\rd":           "a&#x9;b\nc&#xD;d",
		"é 😀":                  "é 😀",
		"a\x00\x1b\x7f":        "a\ufffd\ufffd\x7f",
		"a\xff\xed\xa0\x80":    "a\ufffd\ufffd\ufffd\ufffd",
		"\ufffe\uffff":         "\ufffd\ufffd",
		"_x0041_":              "_x005F_x0041_",
		"_x005F_":              "_x005F_x005F_",
		"_x0041_x00fF_":        "_x005F_x0041_x005F_x00fF_",
		"_x004_ _x00G1_ _x004": "_x004_ _x00G1_ _x004",
		"a_b_":                 "a_b_",
	} {
		if got := string(appendCellText(nil, text)); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

// A text that is looked at by words is what it is character by character, whichever
// bytes it has and wherever they stand.
func TestCellTextByWords(t *testing.T) {
	for c := range 256 {
		for at := range 20 {
			text := []byte("ABCDEFGH01234567abcd")
			text[at] = byte(c)
			for _, text := range []string{string(text), string(text[:at+1]), string(text[at:])} {
				got, want := string(appendCellText(nil, text)), string(appendAnyText(nil, text))
				if got != want {
					t.Fatalf("%q gives %q, want %q", text, got, want)
				}
				if plainByte[c] && c != '\n' && !isPlain(text) {
					t.Fatalf("%q is not plain", text)
				}
			}
		}
	}
}

// A cell ends at 32,767 units of UTF-16, and never within a character.
func TestCellTextIsCutOff(t *testing.T) {
	for text, want := range map[string]int{
		strings.Repeat("a", 40_000):        32_767,
		strings.Repeat("é", 40_000):        32_767,
		strings.Repeat("😀", 20_000):        16_383,
		"a" + strings.Repeat("😀", 20_000):  16_384,
		strings.Repeat("&", 32_768):        32_767,
		strings.Repeat("_x0041_", 5_000):   32_767,
		strings.Repeat("a", 32_767):        32_767,
		strings.Repeat("a", 32_766) + "😀b": 32_766,
	} {
		if got := utf8.RuneCountInString(readCell(t, text)); got != want {
			t.Errorf("%.10q...: %d characters, want %d", text, got, want)
		}
	}
}

// FuzzCellText: what a reader of the format finds in a cell is the text, but for
// characters that XML does not have.
func FuzzCellText(f *testing.F) {
	for _, text := range []string{"", " a ", "_x0041_x0042_", "_x005F_x005F_", "a&b<c>\r\n\t", "__x_x00_x0000__", "\x00\xff\ufffe😀"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		want := strings.Map(func(r rune) rune {
			if r < ' ' && r != '\t' && r != '\n' && r != '\r' || r == 0xfffe || r == 0xffff {
				return utf8.RuneError
			}
			return r
		}, strings.ToValidUTF8(text, ""))
		if text != strings.ToValidUTF8(text, "") || len(utf16.Encode([]rune(text))) > 32_767 {
			readCell(t, text) // it is XML all the same
			return
		}
		if got := readCell(t, text); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
		if outerSpace(text) != (strings.Trim(text, " \t\r\n") != text) {
			t.Errorf("%q: outer space not seen", text)
		}
	})
}

var characterCode = regexp.MustCompile("_x[0-9a-fA-F]{4}_")

// readCell reads a text as it stands in a cell.
func readCell(t *testing.T, text string) string {
	t.Helper()
	var stored string
	if err := xml.Unmarshal([]byte("<t>"+string(appendCellText(nil, text))+"</t>"), &stored); err != nil {
		t.Fatalf("%q is no XML: %v", text, err)
	}
	return characterCode.ReplaceAllStringFunc(stored, func(code string) string {
		unit, err := strconv.ParseUint(code[2:6], 16, 16)
		if err != nil {
			t.Fatal(err)
		}
		return string(rune(unit))
	})
}
