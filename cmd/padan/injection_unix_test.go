//go:build unix

package main

import (
	"encoding/csv"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
	"golang.org/x/net/html"
)

// payloads begin as a formula does, or are markup; alarm is what they would call.
const alarm = "alert(9001)"

var payloads = []string{
	"=" + alarm, "+" + alarm, "-" + alarm, "@" + alarm, "\t=" + alarm, "\r=" + alarm, "\n=" + alarm, "\uFF1D" + alarm,
	"<script>" + alarm + "</script>", "<img src=x onerror=" + alarm + ">", `"><svg onload=` + alarm + ">", "javascript:" + alarm, "{{" + alarm + "}}",
}

// hostileList is a list in which every text of a row is one of the payloads.
func hostileList(first, rows int) string {
	var text strings.Builder
	w := csv.NewWriter(&text)
	rest := []string{"NIK", "NOKK", "NAMA", "TGL LAHIR", "TEMPAT LAHIR", "ALAMAT", "KELURAHAN", "NAMA IBU KANDUNG", "=" + alarm, "<script>" + alarm + "</script>"}
	if err := w.Write(rest); err != nil {
		return err.Error()
	}
	for i := first; i < first+rows; i++ {
		p := payloads[i%len(payloads)]
		name := p + []string{" BUDI", " SITI", " EKO", " RINA", " JOKO"}[i%5] + " " + strings.Repeat(string(rune('A'+i%26)), 4)
		if err := w.Write([]string{
			fmt.Sprintf("31740112058%d%d", i%9+1, 9001+i), fmt.Sprintf("317401010110%d", 9001+i/3), name, fmt.Sprintf("12-05-198%d", i%9+1), p, p, p, p, p, p,
		}); err != nil {
			return err.Error()
		}
	}
	w.Flush()
	return text.String()
}

// hostileBook writes a workbook whose sheets have dangerous names.
func hostileBook(t *testing.T, path string, sheets map[string]string) {
	t.Helper()
	book := excelize.NewFile()
	for name, list := range sheets {
		if _, err := book.NewSheet(name); err != nil {
			t.Fatal(err)
		}
		rows, err := csv.NewReader(strings.NewReader(list)).ReadAll()
		if err != nil {
			t.Fatal(err)
		}
		for i, row := range rows {
			if err := book.SetSheetRow(name, fmt.Sprintf("A%d", i+1), &row); err != nil {
				t.Fatal(err)
			}
		}
	}
	if err := book.DeleteSheet("Sheet1"); err != nil {
		t.Fatal(err)
	}
	if err := book.SaveAs(path); err != nil {
		t.Fatal(err)
	}
}

// TestOutputsRunNothing gives every writer texts that would run as formulas or as
// scripts, in names, addresses, titles, sheet names and file names.
func TestOutputsRunNothing(t *testing.T) {
	t.Chdir(t.TempDir())
	o := &office{t, "."}
	images := "<img src=x onerror=" + alarm + ">" // as long as the name of a sheet may be
	o.write("="+alarm+".csv", hostileList(0, 40))
	hostileBook(t, "+"+alarm+".xlsx", map[string]string{"=" + alarm: hostileList(5, 15), "@" + alarm: hostileList(20, 10), images[:29]: hostileList(60, 6)})
	o.write("@"+alarm+".csv", strings.ReplaceAll(hostileList(30, 12), "BUDI", "MARIA MAGDALENA")+"=torn,"+alarm+"\n")
	o.write(images+".csv", hostileList(80, 6))
	for _, c := range []struct {
		code int
		args []string
	}{
		{exitDone, []string{"load", "central", "=" + alarm + ".csv"}},
		{exitDone, []string{"load", "regional", "+" + alarm + ".xlsx"}},
		{exitDone, []string{"match"}},
		{exitRejected, []string{"load", "regional", "@" + alarm + ".csv"}},
		{exitDone, []string{"load", "regional", images + ".csv"}},
		{exitDone, []string{"match", "--review", "0.001", "--link", "0.9999"}},
		{exitDone, []string{"report", "--out", "laporan", "--format", "csv,xlsx"}},
		{exitDone, []string{"report", "--out", "samar", "--format", "csv", "--only", "lists,master", "--mask", "--csv-delimiter", "semicolon"}},
		{exitDone, []string{"review", "export", "--out", "telaah.xlsx"}},
		{exitDone, []string{"diff", "--out", "perubahan.csv"}},
		{exitDone, []string{"diff", "--out", "perubahan.xlsx"}},
		{exitDone, []string{"lookup", "+" + alarm + ".xlsx", "--direction", "exclusion", "--out", "hasil.csv"}},
		{exitDone, []string{"lookup", "+" + alarm + ".xlsx", "--direction", "exclusion", "--out", "hasil.xlsx"}},
		{exitDone, []string{"evaluate", "--sample", "5", "--out", "sampel.xlsx"}},
		{exitDone, []string{"inspect", "=" + alarm + ".csv", "--write-mapping", "peta.toml"}},
	} {
		var stderr strings.Builder
		if code := run(append(c.args, "--lang", "en"), nil, &strings.Builder{}, &stderr); code != c.code {
			t.Fatalf("%q exits with %d, want %d: %s", c.args, code, c.code, stderr.String())
		}
	}
	if code := run([]string{"load", "central", images + ".csv", "--mapping", "peta.toml"}, nil, io.Discard, io.Discard); code != exitDone {
		t.Errorf("a mapping with such titles is not read back: exit code %d", code)
	}
	texts := 0
	for name, content := range tree(t, ".") {
		switch {
		case strings.Contains(name, alarm): // an input
		case strings.HasSuffix(name, ".csv"):
			texts += safeCSV(t, name, content)
		case strings.HasSuffix(name, ".xlsx"):
			texts += safeBook(t, name)
		case strings.HasSuffix(name, ".html"):
			safePage(t, name, content)
		}
	}
	for _, name := range []string{"laporan/laporan.html", "telaah.xlsx", "perubahan.xlsx", "hasil.xlsx", "sampel.xlsx", "laporan/rejected.csv"} {
		if _, err := os.Stat(name); err != nil {
			t.Error(err)
		}
	}
	if texts < 2000 {
		t.Errorf("only %d dangerous texts came out", texts)
	}
}

// isFormula reports whether a spreadsheet program runs what it is given to read.
func isFormula(text string) bool {
	if _, err := strconv.ParseFloat(strings.Replace(text, ",", ".", 1), 64); err == nil || text == "-" {
		return false
	}
	return strings.HasPrefix(text, "\uFF1D") || text != "" && strings.ContainsRune("=+-@\t\r\n", rune(text[0]))
}

// safeCSV wants no cell that runs, and counts those that would have.
func safeCSV(t *testing.T, name, content string) (dangerous int) {
	t.Helper()
	in := csv.NewReader(strings.NewReader(content))
	if strings.HasPrefix(filepath.ToSlash(name), "samar/") {
		in.Comma = ';'
	}
	rows, err := in.ReadAll()
	if err != nil {
		t.Errorf("%s: %v", name, err)
	}
	for i, row := range rows {
		for _, cell := range row {
			if isFormula(cell) {
				t.Errorf("%s: row %d: %q runs as a formula", name, i+1, cell)
			}
			if strings.HasPrefix(cell, "'") && isFormula(cell[1:]) {
				dangerous++
			}
		}
	}
	return dangerous
}

// safeBook wants no formula in a workbook, and every text that would become one when
// somebody edits its cell formatted as text. It counts those.
func safeBook(t *testing.T, name string) (dangerous int) {
	t.Helper()
	book, err := excelize.OpenFile(name)
	if err != nil {
		t.Fatal(err)
	}
	defer book.Close()
	for _, sheet := range book.GetSheetList() {
		rows, err := book.GetRows(sheet, excelize.Options{RawCellValue: true})
		if err != nil {
			t.Fatal(err)
		}
		for i, row := range rows {
			for j, text := range row {
				cell, _ := excelize.CoordinatesToCellName(j+1, i+1)
				if formula, err := book.GetCellFormula(sheet, cell); err != nil || strings.Contains(formula, alarm) {
					t.Errorf("%s: %s!%s: formula %q, %v", name, sheet, cell, formula, err)
				}
				if !isFormula(text) || !strings.Contains(text, alarm) { // padan's own are no harm
					continue
				}
				dangerous++
				if id, err := book.GetCellStyle(sheet, cell); err != nil || !isTextStyle(book, id) {
					t.Errorf("%s: %s!%s: %q becomes a formula when the cell is edited", name, sheet, cell, text)
				}
			}
		}
	}
	return dangerous
}

func isTextStyle(book *excelize.File, id int) bool {
	const asText = 49
	style, err := book.GetStyle(id)
	return err == nil && (style.NumFmt == asText || style.CustomNumFmt != nil && *style.CustomNumFmt == "@")
}

// safePage wants one script, that of the page, and nothing that calls another.
func safePage(t *testing.T, name, content string) {
	t.Helper()
	root, err := html.Parse(strings.NewReader(content))
	if err != nil {
		t.Fatal(err)
	}
	scripts := 0
	for n := range root.Descendants() {
		if n.Type != html.ElementNode {
			continue
		}
		if n.Data == "script" {
			scripts++
			if n.FirstChild == nil || strings.Contains(n.FirstChild.Data, alarm) {
				t.Errorf("%s: a script that is not the page's", name)
			}
		}
		for _, a := range n.Attr {
			if strings.HasPrefix(a.Key, "on") || strings.HasPrefix(strings.ToLower(a.Val), "javascript:") {
				t.Errorf("%s: <%s %s=%q>", name, n.Data, a.Key, a.Val)
			}
		}
	}
	if scripts != 1 {
		t.Errorf("%s: %d scripts", name, scripts)
	}
}
