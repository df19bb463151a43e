package main

import (
	"io"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
)

// TestMessagesDoNotSteerTheTerminal gives titles, sheet names and file names that
// would clear the screen, set its title or write backwards.
func TestMessagesDoNotSteerTheTerminal(t *testing.T) {
	o := &office{t, t.TempDir()}
	const evil = "\x1b[2J\x1b]0;x\x07\u202Eabc\u2069\x9b\r\b"
	titles := "NAMA,\"" + evil + "\",X\nBUDI SANTOSO,x,y\n"
	book := excelize.NewFile()
	if err := book.SetSheetName("Sheet1", "\u202EDaftar\u2066"); err != nil {
		t.Fatal(err)
	}
	if err := book.SetSheetRow("\u202EDaftar\u2066", "A1", &[]string{"NAMA", "X"}); err != nil {
		t.Fatal(err)
	}
	if err := book.SaveAs(o.path("buku.xlsx")); err != nil {
		t.Fatal(err)
	}
	for _, args := range [][]string{
		{"load", "central", o.write("judul.csv", titles), o.path("buku.xlsx")},
		{"inspect", o.path("judul.csv"), "--without-nik"},
		{"load", "central", "tidak ada" + evil + ".csv"},
		{"load", "central", o.path("judul.csv"), "--column", "nik=" + evil},
		{"explain", "--source", evil, "--row", "2"},
		{evil},
		{"status", "--" + evil},
	} {
		for _, more := range []string{"--json", "--verbose", "--color=always"} {
			var stdout, stderr strings.Builder
			run(append(args, "--lang", "en", more, "--db", o.path("padan.db")), nil, &stdout, &stderr)
			shown := stdout.String() + stderr.String()
			for _, own := range ownColors {
				shown = strings.ReplaceAll(shown, own, "")
			}
			if at := strings.IndexFunc(shown, steers); at >= 0 && more != "--json" || strings.ContainsAny(shown, "\x1b\x07\r\b") {
				t.Errorf("%q: %q", args, shown)
			}
			if shown == "" {
				t.Errorf("%q says nothing", args)
			}
		}
	}
}

// What padan colours itself stays coloured, for nobody else.
func TestPrintable(t *testing.T) {
	painted, plain := &globals{color: "always"}, &globals{color: "never"}
	text := "\x1b[1mjudul\x1b[0m: \x1b[2Ja\tb\n\x1b"
	if got, want := painted.printable(io.Discard, text), "\x1b[1mjudul\x1b[0m: \uFFFD[2Ja\tb\n\uFFFD"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	if got, want := plain.printable(io.Discard, text), "\uFFFD[1mjudul\uFFFD[0m: \uFFFD[2Ja\tb\n\uFFFD"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}
