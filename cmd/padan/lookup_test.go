package main

import (
	"bytes"
	"encoding/csv"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"padan/internal/intake"
	"padan/internal/scratch"
	"padan/internal/store"
	"padan/match"
)

// mustPadan runs a command that may reject rows.
func mustPadan(t *testing.T, args ...string) {
	t.Helper()
	var stdout, stderr bytes.Buffer
	if code := run(append(args, "--lang", "en", "-q"), nil, &stdout, &stderr); code != exitDone && code != exitRejected {
		t.Fatalf("%s exits with %d: %s%s", args[0], code, stdout.String(), stderr.String())
	}
}

// mustReadCSV reads a report by its headings.
func mustReadCSV(t *testing.T, path string) []map[string]string {
	t.Helper()
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	lines, err := csv.NewReader(bytes.NewReader(content)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	rows := make([]map[string]string, 0, len(lines))
	for _, line := range lines[1:] {
		row := map[string]string{}
		for i, cell := range line {
			row[lines[0][i]] = cell
		}
		rows = append(rows, row)
	}
	return rows
}

// TestLookupFindsThePersonsOfTheRun looks the lists of a side up in the master list
// that was made of them: nearly every row is found, and as the person to whom it
// belongs. The lists are of every kind of file.
func TestLookupFindsThePersonsOfTheRun(t *testing.T) {
	folder := t.TempDir()
	in := func(name string) string { return filepath.Join(folder, name) }
	mustPadan(t, "generate", "--persons", "3000", "--preset", "realistic", "--seed", "11", "--messy", "--out", in("p"))
	lists := map[string][]string{}
	for _, side := range []string{"central", "regional"} {
		files, err := filepath.Glob(in("p/" + side + "/*"))
		if err != nil || len(files) == 0 {
			t.Fatal(files, err)
		}
		lists[side] = files
		mustPadan(t, append([]string{"load", side, "--db", in("p.db")}, files...)...)
	}
	if !slices.ContainsFunc(lists["regional"], func(f string) bool { return strings.HasSuffix(f, ".ods") }) {
		t.Error("no list is an .ods")
	}
	mustPadan(t, "match", "--db", in("p.db"))
	mustPadan(t, "report", "--db", in("p.db"), "--only", "master", "--format", "csv", "--out", in("r"))
	for _, side := range []string{"central", "regional"} {
		person := personsByPlace(t, mustReadCSV(t, in("r/data_induk.csv")), strings.ToUpper(side[:1])+side[1:])
		mustPadan(t, append([]string{"lookup", "--db", in("p.db"), "--direction", "reference", "--out", in(side + ".csv")}, lists[side]...)...)
		rows := mustReadCSV(t, in(side+".csv"))
		found, wrong, persons := 0, 0, 0
		for _, row := range rows {
			if row["Status"] == "rejected" {
				continue
			}
			persons++
			own := person[row["File"]+"!"+row["Sheet"]+":"+row["Row"]]
			switch ids := strings.Split(row["Person ID (Master list)"], "; "); {
			case own == "":
				t.Errorf("%s!%s:%s stands nowhere in the master list", row["File"], row["Sheet"], row["Row"])
			case row["Status"] == "in" && ids[0] != own:
				wrong++
			case row["Status"] != "not_in" && slices.Contains(ids, own):
				found++
			}
		}
		if wrong > 0 || float64(found) < 0.995*float64(persons) {
			t.Errorf("%s: %d of %d rows are found, %d as somebody else", side, found, persons, wrong)
		}
	}
}

// personsByPlace maps the rows of a side, duplicates included, to the ids of their
// persons.
func personsByPlace(t *testing.T, master []map[string]string, side string) map[string]string {
	t.Helper()
	person := map[string]string{}
	for _, row := range master {
		if file := row["File ("+side+")"]; file != "" {
			person[file+"!"+row["Sheet ("+side+")"]+":"+row["Row ("+side+")"]] = row["Person ID"]
		}
		for _, place := range strings.Split(row["Duplicate rows merged"], "; ") {
			if !strings.Contains(place, "!") {
				place = strings.Replace(place, ":", "!:", 1)
			}
			person[place] = row["Person ID"]
		}
	}
	return person
}

// TestLookupTotalsMustAddUp loses a row and wants the exit code of totals that do
// not add up; the database of the lists goes with the command, whatever happens.
func TestLookupTotalsMustAddUp(t *testing.T) {
	folder := t.TempDir()
	list := filepath.Join(folder, "daftar.csv")
	if err := os.WriteFile(list, []byte("NIK,NAMA,TGL LAHIR\n3174011205879001,BUDI SANTOSO,12-05-1987\n3174015205899002,SITI RAHAYU,12-05-1989\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	err := scratch.Beside(filepath.Join(folder, "hasil.csv"), func(lists string) error {
		return withListStore(t.Context(), lists, func(s *store.Store) error {
			if _, err := intake.Load(t.Context(), s, list, match.Regional, intake.Options{}); err != nil {
				return err
			}
			l := &lookup{list: s, run: &store.Run{ID: 1}, options: &lookupOptions{}}
			if totals, err := l.totals(t.Context(), &lookupCounts{match.LookupIn: 1, match.LookupRejected: 1}); err != nil || totals.Rows != 3 || totals.Skipped != 1 {
				t.Errorf("%+v, %v", totals, err)
			}
			_, err := l.totals(t.Context(), &lookupCounts{match.LookupIn: 1})
			return err
		})
	})
	if !errors.Is(err, errTotals) || exitCode(err, true) != exitTotals {
		t.Errorf("got %v", err)
	}
	left, err := os.ReadDir(folder)
	if err != nil || len(left) != 1 {
		t.Errorf("%d files are left: %v", len(left), err)
	}
}
