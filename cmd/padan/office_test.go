package main

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
)

// office is a database with a padan to work on it.
type office struct {
	t      *testing.T
	folder string
}

// padan runs a command, which must exit with the given code, and returns what it
// printed.
func (o *office) padan(code int, args ...string) string {
	o.t.Helper()
	var stdout, stderr bytes.Buffer
	full := append(args, "--db", filepath.Join(o.folder, "padan.db"), "--lang", "en")
	if got := run(full, nil, &stdout, &stderr); got != code {
		o.t.Fatalf("%s exits with %d, want %d: %s%s", strings.Join(args, " "), got, code, stdout.String(), stderr.String())
	}
	return o.discreet(args, stdout.String()+stderr.String())
}

func (o *office) path(name string) string { return filepath.Join(o.folder, name) }

func (o *office) write(name, content string) string {
	o.t.Helper()
	if err := os.WriteFile(o.path(name), []byte(content), 0o600); err != nil {
		o.t.Fatal(err)
	}
	return o.path(name)
}

// edit opens the reviewed workbook and hands each row of its table to change,
// which returns what is to be written into its columns.
func (o *office) edit(name string, change func(row map[string]string) map[string]string) {
	o.t.Helper()
	book, err := excelize.OpenFile(o.path(name))
	if err != nil {
		o.t.Fatal(err)
	}
	defer func() { _ = book.Close() }()
	sheet := book.GetSheetName(0)
	rows, err := book.GetRows(sheet)
	if err != nil {
		o.t.Fatal(err)
	}
	var titles []string
	for i, cells := range rows {
		if titles == nil {
			if len(cells) > 1 && cells[1] == "KEPUTUSAN" {
				titles = cells
			}
			continue
		}
		row := map[string]string{}
		for k, text := range cells {
			row[titles[k]] = text
		}
		for title, text := range change(row) {
			for k := range titles {
				if titles[k] == title {
					place, _ := excelize.CoordinatesToCellName(k+1, i+1)
					if err := book.SetCellStr(sheet, place, text); err != nil {
						o.t.Fatal(err)
					}
				}
			}
		}
	}
	if err := book.Save(); err != nil {
		o.t.Fatal(err)
	}
}

// doubtful is who shares a NIK with somebody else.
const doubtful = "SITI RAHAYU"

// decide fills in one decision for the doubtful pair.
func decide(verdict, reviewer string) func(row map[string]string) map[string]string {
	return func(row map[string]string) map[string]string {
		if row["Name (Central)"] != doubtful {
			return nil
		}
		return map[string]string{"KEPUTUSAN": verdict, "REVIEWER": reviewer, "NOTE": "checked at home"}
	}
}

// The people: one NIK for a mother and her son; twice the same person under one
// name in the region; a clear match.
const (
	reviewCentral = `NIK,NOKK,NAMA,TGL LAHIR,JK,ALAMAT,RT,RW,KELURAHAN
3174015205879001,3174010101109001,SITI RAHAYU,12-05-1987,P,JL MELATI 1,1,2,BUKIT DURI
3174010203759004,3174010101109003,EKO PRASETYO,02-03-1975,L,JL MAWAR 3,4,5,BUKIT DURI
,3174010101109005,RINA,,P,,,,BUKIT DURI
`
	reviewRegional = `NIK,NOKK,NAMA,TGL LAHIR,JK,ALAMAT,RT,RW,KELURAHAN
3174015205879001,3174010101109001,BAGUS PERMANA,01-07-2011,L,JL MELATI 1,1,2,BUKIT DURI
3174010203759004,3174010101109003,EKO PRASETYO,02-03-1975,L,JL MAWAR 3,4,5,BUKIT DURI
`
)

func newOffice(t *testing.T) *office {
	o := &office{t, t.TempDir()}
	o.padan(exitDone, "load", "central", o.write("pusat.csv", reviewCentral))
	o.padan(exitDone, "load", "regional", o.write("daerah.csv", reviewRegional))
	o.padan(exitDone, "match")
	return o
}

// outcome is that of the doubtful person.
func (o *office) outcome() string {
	o.t.Helper()
	text := o.padan(exitDone, "explain", "--source", "pusat.csv", "--row", "2", "--json")
	var line struct {
		Outcome string `json:"outcome"`
	}
	if err := json.Unmarshal([]byte(strings.SplitN(text, "\n", 2)[0]), &line); err != nil {
		o.t.Fatal(err)
	}
	return line.Outcome
}

// table reads the first sheet of a workbook, all rows of one width.
func (o *office) table(name string) [][]string {
	o.t.Helper()
	book, err := excelize.OpenFile(o.path(name))
	if err != nil {
		o.t.Fatal(err)
	}
	defer func() { _ = book.Close() }()
	rows, err := book.GetRows(book.GetSheetName(0))
	if err != nil {
		o.t.Fatal(err)
	}
	width := 0
	for _, row := range rows {
		width = max(width, len(row))
	}
	for i := range rows {
		for len(rows[i]) < width {
			rows[i] = append(rows[i], "")
		}
	}
	return rows
}
