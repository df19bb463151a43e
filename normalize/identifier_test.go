package normalize

import (
	"strings"
	"testing"
	"unicode/utf8"
)

func TestReadIdentifier(t *testing.T) {
	for _, tt := range []struct{ text, want string }{
		{"", ""},
		{"5304218", "5304218"},
		{" 078-05-1120 ", "078051120"},
		{"c 1234567", "C1234567"},
		{"０７８０５１１２０", "078051120"}, // digits of full width
		{"1234", ""},
		{"12345678", ""},
		{"000000000", ""},
		{"99999", ""},
		{"unknown", ""},
		{"-", ""},
		{"12\ufffd45678", "1245678"},
	} {
		if got := ReadIdentifier(tt.text); got != tt.want {
			t.Errorf("%q: %q, want %q", tt.text, got, tt.want)
		}
	}
}

func TestReadPostcode(t *testing.T) {
	for _, tt := range []struct{ text, want string }{
		{"", ""},
		{"2614", "2614"},
		{"12810.0", "12810"},
		{"27713-4512", "27713"},
		{"sw1a 1aa", "SW1A1AA"},
		{"0000", ""},
		{"12", ""},
		{"12345678901", ""},
	} {
		if got := ReadPostcode(tt.text); got != tt.want {
			t.Errorf("%q: %q, want %q", tt.text, got, tt.want)
		}
	}
}

func FuzzReadIdentifier(f *testing.F) {
	for _, seed := range []string{"078-05-1120", "C1234567", "００", "\xff12345", "ß12345"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		for _, read := range []func(string) string{ReadIdentifier, ReadPostcode} {
			once := read(text)
			if again := read(once); again != once {
				t.Errorf("%q: %q, then %q", text, once, again)
			}
			if !utf8.ValidString(once) || strings.ContainsAny(once, " -\n\x00") {
				t.Errorf("%q: %q", text, once)
			}
		}
	})
}
