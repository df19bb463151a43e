package report

import (
	"errors"
	"os"
	"path/filepath"
	"strconv"
	"testing"

	"padan/internal/fault"
	"padan/match"
	"padan/normalize"
)

var errFull = errors.New("no space left")

// failAfter is a writer that has room for so many writes.
type failAfter struct {
	file   *os.File
	writes int
}

func (w *failAfter) Write(p []byte) (int, error) {
	if w.writes == 0 {
		return 0, errFull
	}
	w.writes--
	return w.file.Write(p)
}

// writers are the ways to fill a file. The lists are longer than a buffer.
func writers() map[string]func(*File) error {
	list := func(table Table, err error) error {
		if err != nil {
			return err
		}
		for range 400 {
			if _, err := Matched(table, seq(sampleLinks()...), Options{}); err != nil {
				table.Abort()
				return err
			}
		}
		return table.Close()
	}
	return map[string]func(*File) error{
		"matched.csv": func(f *File) error { return list(NewCSV(f, MatchedColumns(Options{}), CSVOptions{}), nil) },
		"matched.xlsx": func(f *File) error {
			table, err := newXLSX(f, "Padan", MatchedColumns(Options{}))
			if err == nil {
				table.stream.limit = 150 // several sheets
			}
			return list(table, err)
		},
		"rekap.xlsx":    func(f *File) error { return WriteRecapBook(f, sampleSummary(), Options{}) },
		"laporan.html":  func(f *File) error { return WritePage(f, awkwardSummary(), awkwardExamples(), Options{}) },
		"matched.jsonl": func(f *File) error { return list(NewJSONL(f, MatchedColumns(Options{})), nil) },
		"codes.parquet": func(f *File) error {
			table := newParquet(f, []Column{{Name: "nik", Type: CodeCell}}, "0.1.0")
			table.limit = 1 << 18 // several row groups
			for i := range 20_000 {
				if err := table.WriteRow([]Cell{Code(strconv.Itoa(i * i * 7919))}); err != nil {
					table.Abort()
					return err
				}
			}
			return table.Close()
		},
		"perubahan.xlsx": func(f *File) error {
			table, err := NewDiffBook(f, sampleDiff(sampleInfo("", bothSidesOf()...)), Options{})
			if err != nil {
				return err
			}
			if _, err := Changes(table, seq(sampleChanges()...), Options{}); err != nil {
				table.Abort()
				return err
			}
			return table.Close()
		},
		"tebet.xlsx": func(f *File) error {
			s := newAreaSample()
			p := s.index(AreaKecamatan).Parts()[1]
			return WriteAreaBook(f, p, s.lists(p), s.summary(), Options{})
		},
	}
}

// Every single write that fails is an error, leaves the old file and leaves
// nothing beside it.
func TestEveryFailedWriteSurfaces(t *testing.T) {
	tried := 0
	for name, write := range writers() {
		folder := t.TempDir()
		path := filepath.Join(folder, name)
		if err := os.WriteFile(path, []byte("old"), 0o600); err != nil {
			t.Fatal(err)
		}
		for writes := 0; ; writes++ {
			tried++
			f := created(t, path)
			room := &failAfter{f.temporary, writes}
			f.out = room
			err := write(f)
			if err == nil {
				if writes < 2 {
					t.Errorf("%s needs %d writes: the test proves little", name, writes)
				}
				break
			}
			if !errors.Is(err, errFull) {
				t.Fatalf("%s, %d writes: %v", name, writes, err)
			}
			entries, err := os.ReadDir(folder)
			if err != nil || len(entries) != 1 || string(readFile(t, path)) != "old" {
				t.Fatalf("%s, %d writes: %d files, %v", name, writes, len(entries), err)
			}
		}
		if string(readFile(t, path)) == "old" {
			t.Errorf("%s was not replaced", name)
		}
	}
	fault.Tried(t, "full_writes", tried, "every kind of file: told, the old one untouched, nothing beside it")
}

func TestAReportWithoutAPlaceIsAnError(t *testing.T) {
	folder := t.TempDir()
	if _, err := Create(filepath.Join(folder, "none"), filepath.Join(folder, "none", "out.csv")); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("no folder: %v", err)
	}
	taken := filepath.Join(folder, "taken.csv")
	if err := os.MkdirAll(filepath.Join(taken, "full"), 0o700); err != nil {
		t.Fatal(err)
	}
	table := NewCSV(created(t, taken), MatchedColumns(Options{}), CSVOptions{})
	if err := table.Close(); err == nil {
		t.Error("a folder was replaced by a report")
	}
	if entries, err := os.ReadDir(folder); err != nil || len(entries) != 1 {
		t.Errorf("%d files left, %v", len(entries), err)
	}
}

// An error of the source of rows leaves the old report.
func TestABrokenSourceKeepsTheOldFile(t *testing.T) {
	folder := t.TempDir()
	path := filepath.Join(folder, "out.csv")
	if err := os.WriteFile(path, []byte("old"), 0o600); err != nil {
		t.Fatal(err)
	}
	gone := errors.New("gone")
	for name, write := range map[string]func(Table) (int, error){
		"matched":    func(t Table) (int, error) { return Matched(t, broken[match.LinkedPair](gone), Options{}) },
		"unmatched":  func(t Table) (int, error) { return Unmatched(t, broken[match.RecordOutcome](gone), Options{}) },
		"conflicts":  func(t Table) (int, error) { return Conflicts(t, broken[match.ConflictCase](gone), Options{}) },
		"duplicates": func(t Table) (int, error) { return Duplicates(t, broken[match.DuplicatePair](gone), Options{}) },
		"rejected":   func(t Table) (int, error) { return Rejected(t, broken[RejectedRow](gone), Options{}) },
	} {
		table := NewCSV(created(t, path), RejectedColumns(Options{}), CSVOptions{})
		if _, err := write(table); !errors.Is(err, gone) {
			t.Errorf("%s: %v", name, err)
		}
		table.Abort()
		entries, err := os.ReadDir(folder)
		if err != nil || len(entries) != 1 || string(readFile(t, path)) != "old" {
			t.Errorf("%s: %d files, %v", name, len(entries), err)
		}
	}
}

func broken[T any](err error) func(func(T, error) bool) {
	return func(yield func(T, error) bool) {
		var none T
		yield(none, err)
	}
}

// ordinaryLink is a link like most are.
func ordinaryLink() match.LinkedPair {
	record := func(side match.Side, source string) match.Record {
		r := match.Record{
			Side: side, Source: source, Row: 123_456, Area: normalize.Area{Code: 3174011005},
			NIK: whole(3174015705809003), KK: whole(3174011201159004),
		}
		for field, text := range map[normalize.Field]string{
			normalize.FieldNIK: "3174015705809003", normalize.FieldKK: "3174011201159004", normalize.FieldName: "SITI RAHAYU NINGSIH",
			normalize.FieldBirthPlace: "JAKARTA", normalize.FieldBirthDate: "17-05-1980", normalize.FieldSex: "P", normalize.FieldRelation: "ISTRI",
			normalize.FieldMother: "SUMIATI", normalize.FieldAddress: "JL. MELATI RAYA GG. 3 NO 25", normalize.FieldRT: "001", normalize.FieldRW: "002",
			normalize.FieldKelurahan: "BUKIT DURI", normalize.FieldKecamatan: "TEBET", normalize.FieldCentralID: "310000000001",
		} {
			r.Raw[field] = text
		}
		return r
	}
	link := match.Link{Weight: 41.25, Probability: 0.999999}
	for c := range link.Vector {
		link.Vector[c] = uint8(match.LevelCount(match.Comparison(c)) - 1)
	}
	return match.LinkedPair{Link: link, Central: record(match.Central, "central.csv"), Regional: record(match.Regional, "317401_tebet.xlsx")}
}
