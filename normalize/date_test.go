package normalize

import (
	"testing"

	"pgregory.net/rapid"
)

func TestReadDate(t *testing.T) {
	tests := []struct {
		text string
		want Date
		code string
	}{
		{"31-12-1987", 19871231, ""}, {"31/12/1987", 19871231, ""}, {"31.12.1987", 19871231, ""},
		{"1987-12-31", 19871231, ""}, {"19871231", 19871231, ""}, {"31121987", 19871231, ""},
		{"1-Jan-80", 19800101, ""}, {"17 Agustus 1945", 19450817, ""}, {"1 Nopember 1980", 19801101, ""},
		{"3 Pebruari 1975", 19750203, ""}, {"12 Agt 1990", 19900812, ""}, {"5 Mei 2001", 20010505, ""},
		{"1987-05-12 00:00:00", 19870512, ""}, {"12/05/1987 0:00", 19870512, ""}, {"JAKARTA, 12-05-1987", 19870512, ""},
		{"29221", 19800101, ""}, {"1987", 19870000, ""}, {"Mei 1987", 19870500, ""}, {"00-00-1975", 19750000, ""},
		{"12/31/1987", 19871231, DateMonthFirst}, {"31-02-1987", 0, DateImpossible}, {"12-05-26", 20260512, ""},
		{"12-05-27", 19270512, ""}, {"01-01-2030", 0, DateRange}, {"01-01-1850", 0, DateRange},
		{"0000-00-00", 0, ""}, {"1900-01-00", 0, ""}, {"30/12/1899", 0, ""}, {"-", 0, ""}, {"", 0, ""},
		{"tidak jelas", 0, DateUnreadable}, {"NULL", 0, ""}, {"December 31, 1987", 19871231, ""},
	}
	for _, tt := range tests {
		got, code := ReadDate(tt.text, DateOptions{AsOf: 20261123})
		if got != tt.want || code != tt.code {
			t.Errorf("%q: %d %q, want %d %q", tt.text, got, code, tt.want, tt.code)
		}
	}
	if got, _ := ReadDate("05/12/1987", DateOptions{MonthFirst: true}); got != 19870512 {
		t.Errorf("month first: %d", got)
	}
}

func TestDatesRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := NewDate(rapid.IntRange(1900, 2099).Draw(t, "y"), rapid.IntRange(1, 12).Draw(t, "m"), rapid.IntRange(1, 28).Draw(t, "d"))
		if got, code := ReadDate(d.String(), DateOptions{}); got != d || code != "" {
			t.Fatalf("%v read as %v %q", d, got, code)
		}
	})
}

func FuzzReadDate(f *testing.F) {
	f.Add("31-12-1987")
	f.Add("17 Agustus 1945")
	f.Fuzz(func(t *testing.T, text string) {
		if d, _ := ReadDate(text, DateOptions{AsOf: 20261123}); d != 0 && !d.Valid() {
			t.Fatalf("%q gives %d", text, d)
		}
	})
}

func BenchmarkReadDate(b *testing.B) {
	for range b.N {
		ReadDate("17 Agustus 1945", DateOptions{AsOf: 20261123})
	}
}
