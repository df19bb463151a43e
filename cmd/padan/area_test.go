package main

import (
	"context"
	"fmt"
	"maps"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"padan/internal/reporting"
	"padan/internal/store"
	"padan/match"
	"padan/normalize"
)

// areaRun is a matched population with what the store knows of it.
type areaRun struct {
	folder  string
	records map[string]*knownRecord // by place, as workbooks name it
}

// knownRecord is a record with what became of it and whoever may be named with it.
type knownRecord struct {
	match.RecordOutcome

	other *knownRecord // the other record of its link, or the one that stands for it
}

// newAreaRun loads an invented population, in reverse order if asked, and matches it.
func newAreaRun(t *testing.T, people, name, workers string, reverse bool) *areaRun {
	t.Helper()
	files := map[string][]string{}
	for _, side := range []string{"central", "regional"} {
		found, err := filepath.Glob(filepath.Join(people, side, "*"))
		if err != nil || len(found) == 0 {
			t.Fatal(found, err)
		}
		if files[side] = found; reverse {
			slices.Reverse(files[side])
		}
	}
	r := &areaRun{folder: t.TempDir(), records: map[string]*knownRecord{}}
	runRoad(t, r.folder, name, files, workers)
	r.know(t, name)
	return r
}

// know reads from the store what is to be expected.
func (r *areaRun) know(t *testing.T, name string) {
	t.Helper()
	ctx := context.Background()
	s, err := store.Open(ctx, filepath.Join(r.folder, name+".db"), store.ModeRead)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	for _, side := range []match.Side{match.Central, match.Regional} {
		for o, err := range s.RecordOutcomes(ctx, 1, side) {
			if err != nil {
				t.Fatal(err)
			}
			r.records[placeOf(&o.Record)] = &knownRecord{RecordOutcome: *o}
		}
	}
	for pair, err := range s.LinkedPairs(ctx, 1) {
		if err != nil {
			t.Fatal(err)
		}
		a, b := r.records[placeOf(&pair.Central)], r.records[placeOf(&pair.Regional)]
		a.Record, b.Record, a.other, b.other = pair.Central, pair.Regional, b, a
	}
	for pair, err := range s.Duplicates(ctx, 1) {
		if err != nil {
			t.Fatal(err)
		}
		r.records[placeOf(&pair.Duplicate)].other = r.records[placeOf(&pair.Of)]
	}
}

func placeOf(r *match.Record) string {
	if r.Sheet == "" {
		return fmt.Sprintf("%s, baris %d", r.Source, r.Row)
	}
	return fmt.Sprintf("%s, %s, baris %d", r.Source, r.Sheet, r.Row)
}

// packageOf is the code of the workbook in which a record stands.
func packageOf(r *match.Record, kelurahan bool) string {
	units := []uint64{10_000, 1_000_000}
	if kelurahan {
		units = []uint64{1, 10_000, 1_000_000}
	}
	for _, unit := range units {
		code := r.Area.Code / unit * unit
		if name, ok := normalize.AreaOf(code); ok && name.Kota != "" {
			return dotted(code)
		}
	}
	if r.Area.Code/100_000_000 == 31 {
		return "31"
	}
	return "00"
}

// dotted writes a code as offices do: 31.74.01.1005.
func dotted(code uint64) string {
	digits := fmt.Sprintf("%010d", code)
	return strings.TrimSuffix(strings.TrimSuffix(digits[:2]+"."+digits[2:4]+"."+digits[4:6]+"."+digits[6:], ".0000"), ".00")
}

// addUp counts the records of the workbook of an area by side and outcome, as its
// lists show them, and remembers which records stand in any.
func (r *areaRun) addUp(t *testing.T, code string, book map[string][][]string, kelurahan bool, seen map[string]bool) (counts [2][4]int) {
	t.Helper()
	note := func(place string, outcome match.Outcome) *knownRecord {
		k := r.records[place]
		if k == nil || k.Outcome != outcome {
			t.Fatalf("%s: %q is not %s", code, place, outcome)
		}
		if packageOf(&k.Record, kelurahan) == code {
			counts[k.Record.Side][outcome]++
			seen[place] = true
		}
		return k
	}
	for _, sheet := range []string{"Padan", "Terdaftar di wilayah lain"} {
		for _, both := range places(book[sheet]) {
			central, regional, _ := strings.Cut(both, "\n")
			if a, b := note(central, match.Matched), note(regional, match.Matched); a.other != b {
				t.Errorf("%s: %q and %q are not linked", code, central, regional)
			}
		}
	}
	for side, sheet := range []string{"Tidak padan pusat", "Tidak padan daerah"} {
		for _, place := range places(book[sheet]) {
			if k := note(place, match.Unmatched); int(k.Record.Side) != side {
				t.Errorf("%s: %s is of the other side", code, place)
			}
		}
	}
	for _, both := range places(book["Ganda"]) {
		duplicate, of, _ := strings.Cut(both, "\n")
		if k := note(duplicate, match.Duplicate); k.other != r.records[of] {
			t.Errorf("%s: %q does not stand for %q", code, of, duplicate)
		}
	}
	undecided := map[string]bool{}
	for _, place := range places(book["Konflik"]) {
		if r.records[place] == nil {
			t.Errorf("%s: no record %q", code, place)
		} else if r.records[place].Outcome == match.Conflicted && !undecided[place] {
			undecided[place] = true
			note(place, match.Conflicted)
		}
	}
	return counts
}

// TestAreaPackages adds up the workbooks of all areas and finds the recap; nobody is
// missing, and nobody of another area is shown in full.
func TestAreaPackages(t *testing.T) {
	people := invent(t)
	r := newAreaRun(t, people, "a", "2", false)
	for _, level := range []string{"kecamatan", "kelurahan"} {
		kelurahan := level == "kelurahan"
		out := filepath.Join(r.folder, level)
		padan(t, "report", "--db", filepath.Join(r.folder, "a.db"), "--out", out, "--package", level, "--only", "recap,packages")
		want := recapOf(t, filepath.Join(out, "recap.csv"), kelurahan)
		seen, persons := map[string]bool{}, map[string]int{}
		books := workbooks(t, filepath.Join(out, reporting.AreaFolder))
		for code, book := range books {
			if got := r.addUp(t, code, book, kelurahan, seen); got != want[code] {
				t.Errorf("%s %s: %v, the recap has %v", level, code, got, want[code])
			}
			r.checkStrangers(t, code, book, kelurahan)
			for _, row := range book["Data induk"] {
				if len(row) > 1 && personID.MatchString(row[1]) {
					persons[row[1]]++
				}
			}
		}
		r.checkPersons(t, level, persons)
		for code := range want {
			if books[code] == nil {
				t.Errorf("%s %s has no workbook", level, code)
			}
		}
		if len(seen) != len(r.records) {
			t.Errorf("%d records in the workbooks of each %s, of %d", len(seen), level, len(r.records))
		}
		checkArchives(t, filepath.Join(out, reporting.AreaFolder))
	}
}

var personID = regexp.MustCompile(`^[0-9a-f]{12}(-[0-9]+)?$`)

// checkPersons wants every person of the master list once.
func (r *areaRun) checkPersons(t *testing.T, level string, persons map[string]int) {
	t.Helper()
	want := 0
	for _, k := range r.records {
		if k.Outcome != match.Duplicate && (k.Outcome != match.Matched || k.Record.Side == match.Central) {
			want++
		}
	}
	if len(persons) != want {
		t.Errorf("%d persons in the workbooks of each %s, of %d", len(persons), level, want)
	}
	for id, n := range persons {
		if n != 1 {
			t.Errorf("%s: %s stands %d times", level, id, n)
		}
	}
}

// invent makes a small population and returns its folder.
func invent(t *testing.T) string {
	t.Helper()
	people := filepath.Join(t.TempDir(), "people")
	padan(t, "generate", "--persons", "1500", "--preset", "realistic", "--seed", "11", "--out", people)
	return people
}

// padan runs a command that must succeed.
func padan(t testing.TB, args ...string) {
	t.Helper()
	var stdout, stderr strings.Builder
	if code := run(args, nil, &stdout, &stderr); code != exitDone {
		t.Fatalf("%s exits with %d: %s%s", args[0], code, stdout.String(), stderr.String())
	}
}

var longNumbers = regexp.MustCompile(`[0-9]{14,}`)

// checkStrangers looks for NIKs of people who neither live in the area nor are the
// other record of somebody who does.
func (r *areaRun) checkStrangers(t *testing.T, code string, book map[string][][]string, kelurahan bool) {
	t.Helper()
	known, strangers := map[string]bool{}, map[string]bool{}
	for _, k := range r.records {
		nik := k.Record.NIK.Text()
		if packageOf(&k.Record, kelurahan) != code {
			strangers[nik] = true
			continue
		}
		known[nik], known[k.Record.KK.Text()] = true, true
		if k.other != nil {
			known[k.other.Record.NIK.Text()], known[k.other.Record.KK.Text()] = true, true
		}
	}
	numbers := 0
	for sheet, rows := range book {
		for _, row := range rows {
			for _, number := range longNumbers.FindAllString(strings.Join(row, "\n"), -1) {
				numbers++
				if strangers[number] && !known[number] {
					t.Errorf("%s, %s: %s lives in another area", code, sheet, number)
				}
			}
		}
	}
	if numbers == 0 {
		t.Errorf("%s shows nobody", code)
	}
}

// The same run gives the same bytes with any number of workers, and the same lists
// in another order give the same workbooks but for the time of the run; a masked one
// shows no number.
func TestAreaPackagesDoNotDependOnOrderOrWorkers(t *testing.T) {
	people := invent(t)
	write := func(r *areaRun, workers string) string {
		out := filepath.Join(r.folder, "out"+workers)
		padan(t, "report", "--db", filepath.Join(r.folder, "run.db"), "--out", out, "--only", "packages", "--mask", "--workers", workers)
		return filepath.Join(out, reporting.AreaFolder)
	}
	r := newAreaRun(t, people, "run", "1", false)
	folder := write(r, "1")
	if a, b := tree(t, folder), tree(t, write(r, "4")); len(a) < 45 || !maps.Equal(a, b) {
		t.Errorf("four workers write %d files, one worker %d others", len(b), len(a))
	}
	books := workbooks(t, folder)
	others := workbooks(t, write(newAreaRun(t, people, "run", "4", true), "4"))
	if len(books) != len(others) {
		t.Errorf("%d workbooks, in another order %d", len(books), len(others))
	}
	for code, book := range books {
		for sheet, rows := range book {
			other := others[code][sheet]
			if len(other) != len(rows) {
				t.Fatalf("%s, %s: %d rows, in another order %d", code, sheet, len(rows), len(other))
			}
			for i, row := range rows {
				if text := strings.Join(row, "\n"); longNumbers.MatchString(text) {
					t.Errorf("%s, %s: row %d shows a number though masked", code, sheet, i+1)
				}
				if i != 1 && !slices.Equal(row, other[i]) { // the second tells the time
					t.Errorf("%s, %s: row %d is %q, in another order %q", code, sheet, i+1, row, other[i])
				}
			}
		}
	}
}
