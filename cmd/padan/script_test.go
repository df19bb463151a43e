package main

import (
	"archive/zip"
	"bytes"
	"encoding/csv"
	"flag"
	"fmt"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
)

var update = flag.Bool("update", false, "rewrite the expected output of scripts")

// TestScripts runs the cases of testdata/script, one promise each.
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata/script",
		UpdateScripts:       *update,
		RequireExplicitExec: true,
		Setup: func(env *testscript.Env) error {
			env.Setenv("PADAN_LANG", "en")
			env.Setenv("GORACE", os.Getenv("GORACE"))
			return watch(env)
		},
		Cmds: map[string]func(ts *testscript.TestScript, neg bool, args []string){
			"exits":        exits,
			"workbook":     workbook,
			"archive":      archive,
			"encrypted":    encrypted,
			"cutoff":       cutoff,
			"encode":       encode,
			"garbage":      garbage,
			"lengthen":     lengthen,
			"same":         same,
			"private":      private,
			"locked":       locked,
			"interrupted":  interrupted,
			"shell-blocks": shellBlocks,
			"cron-line":    cronLine,
		},
	})
}

// exits CODE padan ARGS... runs padan and wants this exit code, and nothing said of
// persons.
func exits(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: exits CODE COMMAND ARGS...")
	}
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	got := 0
	if err := ts.Exec(args[1], args[2:]...); err != nil {
		got = exitStatus(ts, err)
	}
	if got != want {
		ts.Fatalf("%s exits with %d, want %d", strings.Join(args[1:], " "), got, want)
	}
	keepsSecrets(ts, args[1:])
}

func exitStatus(ts *testscript.TestScript, err error) int {
	status, ok := err.(interface{ ExitCode() int })
	if !ok {
		ts.Fatalf("not started: %v", err)
	}
	return status.ExitCode()
}

// workbook BOOK SHEET=CSV... writes an XLSX file with a sheet for each CSV file.
func workbook(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: workbook BOOK SHEET=CSV...")
	}
	book := newWorkbook(ts, args[1:])
	ts.Check(book.SaveAs(ts.MkAbs(args[0])))
}

func newWorkbook(ts *testscript.TestScript, sheets []string) *excelize.File {
	book := excelize.NewFile()
	for i, sheet := range sheets {
		name, file, _ := strings.Cut(sheet, "=")
		if i == 0 {
			ts.Check(book.SetSheetName("Sheet1", name))
		} else {
			_, err := book.NewSheet(name)
			ts.Check(err)
		}
		rows, err := csv.NewReader(strings.NewReader(ts.ReadFile(file))).ReadAll()
		ts.Check(err)
		for row, cells := range rows {
			ts.Check(book.SetSheetRow(name, fmt.Sprintf("A%d", row+1), &cells))
		}
	}
	return book
}

// archive ZIP FILE... packs files into one.
func archive(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: archive ZIP FILE...")
	}
	var packed bytes.Buffer
	w := zip.NewWriter(&packed)
	for _, name := range args[1:] {
		out, err := w.Create(name)
		ts.Check(err)
		_, err = out.Write([]byte(ts.ReadFile(name)))
		ts.Check(err)
	}
	ts.Check(w.Close())
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), packed.Bytes(), 0o600))
}

// encrypted BOOK SHEET=CSV... writes an XLSX file under a password.
func encrypted(ts *testscript.TestScript, _ bool, args []string) {
	book := newWorkbook(ts, args[1:])
	ts.Check(book.SaveAs(ts.MkAbs(args[0]), excelize.Options{Password: "rahasia"}))
}

// cutoff FILE takes the second half of a file away.
func cutoff(ts *testscript.TestScript, _ bool, args []string) {
	content := ts.ReadFile(args[0])
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), []byte(content[:len(content)/2]), 0o600))
}

// encode utf16|windows1252 FILE rewrites a text file in another encoding.
func encode(ts *testscript.TestScript, _ bool, args []string) {
	encodings := map[string]encoding.Encoding{
		"utf16":       unicode.UTF16(unicode.LittleEndian, unicode.UseBOM),
		"windows1252": charmap.Windows1252,
	}
	text, err := encodings[args[0]].NewEncoder().String(ts.ReadFile(args[1]))
	ts.Check(err)
	ts.Check(os.WriteFile(ts.MkAbs(args[1]), []byte(text), 0o600))
}

// garbage FILE writes bytes that are no text.
func garbage(ts *testscript.TestScript, _ bool, args []string) {
	content := make([]byte, 4096)
	state := uint32(1)
	for i := range content {
		state = state*1_664_525 + 1_013_904_223
		content[i] = byte(state >> 24)
	}
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), content, 0o600))
}

// lengthen FILE N repeats the last line of a file.
func lengthen(ts *testscript.TestScript, _ bool, args []string) {
	times, err := strconv.Atoi(args[1])
	ts.Check(err)
	content := ts.ReadFile(args[0])
	lines := strings.SplitAfter(content, "\n")
	content += strings.Repeat(lines[len(lines)-2], times)
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), []byte(content), 0o600))
}

// same FOLDER FOLDER... wants the same CSV files with the same bytes in each.
func same(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: same FOLDER FOLDER...")
	}
	first := csvFiles(ts, args[0])
	if len(first) == 0 {
		ts.Fatalf("%s has no CSV files", args[0])
	}
	for _, folder := range args[1:] {
		if !slices.Equal(csvFiles(ts, folder), first) {
			ts.Fatalf("%s and %s have other files", args[0], folder)
		}
		for _, name := range first {
			if ts.ReadFile(folder+"/"+name) != ts.ReadFile(args[0]+"/"+name) {
				ts.Fatalf("%s differs between %s and %s", name, args[0], folder)
			}
		}
	}
}

func csvFiles(ts *testscript.TestScript, folder string) []string {
	entries, err := os.ReadDir(ts.MkAbs(folder))
	ts.Check(err)
	var names []string
	for _, entry := range entries {
		if strings.HasSuffix(entry.Name(), ".csv") {
			names = append(names, entry.Name())
		}
	}
	return names
}

// private WORD... wants none of the words in the output of the last command.
func private(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) == 0 {
		ts.Fatalf("usage: private WORD...")
	}
	output := ts.ReadFile("stdout") + ts.ReadFile("stderr")
	for _, word := range args {
		if strings.Contains(output, word) {
			ts.Fatalf("the output holds %q", word)
		}
	}
}

// TestCatalogueIsWhole holds the languages together: every message in each, with
// the same verbs in the same order.
func TestCatalogueIsWhole(t *testing.T) {
	for m := msgNone + 1; m < messageCount; m++ {
		if indonesian[m] == "" || english[m] == "" {
			t.Errorf("message %d is missing: %q, %q", m, indonesian[m], english[m])
		}
		if got, want := verbs(indonesian[m]), verbs(english[m]); got != want {
			t.Errorf("message %d has verbs %q and %q: %q", m, got, want, english[m])
		}
	}
}

func verbs(text string) string {
	var found strings.Builder
	for i := 0; i < len(text)-1; i++ {
		if text[i] == '%' {
			found.WriteByte('%')
			for i++; i < len(text) && strings.IndexByte("-+ .0123456789", text[i]) >= 0; i++ {
				found.WriteByte(text[i])
			}
			found.WriteByte(text[i])
		}
	}
	return found.String()
}

// TestEveryCommandSaysItsExitStatus holds the help of every command to the
// contract with nightly jobs.
func TestEveryCommandSaysItsExitStatus(t *testing.T) {
	var stdout, stderr bytes.Buffer
	root := newRootCommand(newGlobals(nil, nil, &stdout, &stderr))
	for _, cmd := range root.Commands() {
		for _, sub := range append(cmd.Commands(), cmd) {
			if sub.HasSubCommands() || sub.Name() == "help" || sub.Parent().Name() == "completion" {
				continue
			}
			if !strings.Contains(sub.Long, "EXIT STATUS") {
				t.Errorf("%s says nothing of its exit status", sub.CommandPath())
			}
		}
	}
}
