package main

import (
	"archive/zip"
	"encoding/csv"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"padan/match"
)

// workbooks reads every workbook below a folder: its rows by code and sheet.
func workbooks(t *testing.T, folder string) map[string]map[string][][]string {
	t.Helper()
	books := map[string]map[string][][]string{}
	err := filepath.WalkDir(folder, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || filepath.Ext(path) != ".xlsx" {
			return err
		}
		f, err := excelize.OpenFile(path, excelize.Options{RawCellValue: true})
		if err != nil {
			return err
		}
		defer f.Close()
		code, _, _ := strings.Cut(entry.Name(), " ")
		books[code] = map[string][][]string{}
		for _, sheet := range f.GetSheetList() {
			if books[code][sheet], err = f.GetRows(sheet); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return books
}

// listHead is the number of rows above those of a list.
const listHead = 4

// places returns where the records of a list stand.
func places(rows [][]string) []string {
	at := slices.Index(rows[listHead-1], "Letak data")
	var cells []string
	for _, row := range rows[listHead:] {
		if len(row) > at && row[at] != "" {
			cells = append(cells, row[at])
		}
	}
	return cells
}

// recapOf reads recap.csv: the persons of the areas that have a workbook, by code,
// side and outcome.
func recapOf(t *testing.T, path string, kelurahan bool) map[string][2][4]int {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	counts := map[string][2][4]int{}
	for _, row := range rows[1 : len(rows)-1] { // neither heading nor total
		kecamatan, sum, code := row[1], row[2] == "Jumlah", row[3]
		if unknown := code == "" || code == "31"; unknown {
			code = max(code, "00")
		} else if kecamatan == "Jumlah" || kecamatan != "(tidak diketahui)" && sum == kelurahan {
			continue // the sum of a kota, or what is no workbook at this level
		}
		var n [2][4]int
		for side, from := range [2]int{4, 16} {
			for i, o := range match.Outcomes {
				if n[side][o], err = strconv.Atoi(row[from+1+i]); err != nil {
					t.Fatal(err)
				}
			}
		}
		if n != [2][4]int{} {
			counts[code] = n
		}
	}
	return counts
}

// checkArchives compares the archive of each kota with its workbooks.
func checkArchives(t *testing.T, folder string) {
	t.Helper()
	archives, err := filepath.Glob(filepath.Join(folder, "*.zip"))
	if err != nil || len(archives) < 5 {
		t.Fatalf("%d archives, %v", len(archives), err)
	}
	for _, path := range archives {
		z, err := zip.OpenReader(path)
		if err != nil {
			t.Fatal(err)
		}
		var names []string
		for _, f := range z.File {
			names = append(names, f.Name)
			from, err := f.Open()
			if err != nil {
				t.Fatal(err)
			}
			packed, err := io.ReadAll(from)
			file, reading := os.ReadFile(filepath.Join(strings.TrimSuffix(path, ".zip"), filepath.FromSlash(f.Name)))
			if err != nil || reading != nil || string(packed) != string(file) {
				t.Errorf("%s: %s differs: %v, %v", path, f.Name, err, reading)
			}
		}
		if files := tree(t, strings.TrimSuffix(path, ".zip")); len(files) != len(names) || !slices.IsSorted(names) {
			t.Errorf("%s holds %q of %d files", path, names, len(files))
		}
		if err := z.Close(); err != nil {
			t.Error(err)
		}
	}
}

// tree reads all files below a folder.
func tree(t *testing.T, folder string) map[string]string {
	t.Helper()
	files := map[string]string{}
	err := filepath.WalkDir(folder, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		content, err := os.ReadFile(path)
		name, _ := filepath.Rel(folder, path)
		files[name] = string(content)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}
