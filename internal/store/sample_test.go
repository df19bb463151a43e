package store

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"iter"
	"path/filepath"
	"testing"
	"time"

	"padan/match"
	"padan/normalize"

	"go.uber.org/goleak"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// sampleHeader and sampleColumns are those of every invented source.
var sampleHeader = []string{"NO", "NIK", "NO KK", "NAMA", "TGL LAHIR", "JK", "ALAMAT", "RT/RW", "KELURAHAN", "IBU", "KET"}

func sampleColumns() normalize.Columns {
	return normalize.NewColumns(map[normalize.Field]int{
		normalize.FieldNumber: 0, normalize.FieldNIK: 1, normalize.FieldKK: 2, normalize.FieldName: 3,
		normalize.FieldBirthDate: 4, normalize.FieldSex: 5, normalize.FieldAddress: 6, normalize.FieldRTRW: 7,
		normalize.FieldKelurahan: 8, normalize.FieldMother: 9,
	})
}

// invented returns the number-th person of an invented source, serial >= 9000.
func invented(number int) (normalize.Person, []string) {
	nik := uint64(3174_0112_0587_0000 + 9000 + number%1000 + number/1000*1_0000_0000)
	kk := uint64(3174_0101_0110_0000 + 9000 + number/5%1000)
	words := []string{"ANDI", "BUDI", "CITRA", "DEWI", "EKO", "FAJAR", "GITA"}
	name := words[number%7] + " " + words[number/7%7] + " CONTOH"
	p := normalize.Person{
		NIK:       normalize.Number{Value: nik, Digits: 16, Trust: normalize.TrustFull},
		KK:        normalize.Number{Value: kk, Digits: 16, Trust: normalize.TrustFull},
		Name:      normalize.Name{Words: name},
		Mother:    normalize.Name{Words: "IBU CONTOH"},
		BirthDate: 19870512, BirthPlace: "JAKARTA", Sex: normalize.Male, Relation: normalize.RelationChild,
		Address: normalize.Address{Street: "CEMPAKA CONTOH", House: "21", RT: 5, RW: 12},
		Area:    normalize.Area{Code: 3174011001},
	}
	cells := []string{
		fmt.Sprint(number + 1), fmt.Sprint(nik), fmt.Sprint(kk), name, "12-05-1987", "L",
		"JL. CEMPAKA CONTOH 3 NO. 21", "005/012", "TEBET TIMUR", "IBU CONTOH", "catatan \"lama\"",
	}
	return p, cells
}

// sampleEntry is the number-th row of an invented source as a record.
func sampleEntry(number int) Entry {
	p, cells := invented(number)
	return recordEntry(number+2, &p, cells)
}

func recordEntry(row int, p *normalize.Person, cells []string) Entry {
	keys := p.Keys()
	return Entry{Kind: EntryRecord, Row: row, Cells: EncodeCells(nil, cells), Person: p.AppendBinary(nil), Keys: keys.AppendBinary(nil)}
}

// sampleSource describes an invented file; its digest is that of its path.
func sampleSource(side match.Side, path string) Source {
	digest := sha256.Sum256([]byte(side.String() + path))
	return Source{
		Side: side, Path: path, SHA256: hex.EncodeToString(digest[:]), Size: 1234, Version: "test",
		LoadedAt: time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC),
	}
}

// sampleBatches yields count records from first on in batches of one sheet.
func sampleBatches(first, count, size int) iter.Seq2[Batch, error] {
	return func(yield func(Batch, error) bool) {
		sheet := &Sheet{HeaderRow: 1, Header: sampleHeader, Columns: sampleColumns()}
		for done := 0; done < count; done += size {
			entries := make([]Entry, 0, size)
			for i := done; i < min(done+size, count); i++ {
				entries = append(entries, sampleEntry(first+i))
			}
			if !yield(Batch{Sheet: sheet, Entries: entries}, nil) {
				return
			}
		}
	}
}

// newStore creates a database in a folder of the test and checks it at the end.
func newStore(t testing.TB) *Store {
	t.Helper()
	return openStore(t, filepath.Join(t.TempDir(), "padan.db"), ModeCreate)
}

func openStore(t testing.TB, path string, mode Mode) *Store {
	t.Helper()
	s, err := Open(context.Background(), path, mode)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if s.writer == nil && s.idle == nil {
			return // closed by the test
		}
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

// mustLoad loads count invented records under a path.
func mustLoad(t testing.TB, s *Store, side match.Side, path string, first, count int) Source {
	t.Helper()
	source, err := s.Load(context.Background(), sampleSource(side, path), sampleBatches(first, count, 1000))
	if err != nil {
		t.Fatal(err)
	}
	return source
}

// rowIDs returns the record ids of both sides by row index.
func rowIDs(t testing.TB, s *Store) [2][]int64 {
	t.Helper()
	var ids [2][]int64
	for _, side := range bothSides {
		for rows, err := range s.Persons(context.Background(), side) {
			if err != nil {
				t.Fatal(err)
			}
			for i := range rows {
				ids[side] = append(ids[side], rows[i].ID)
			}
		}
	}
	return ids
}

// sampleResult links row i with row i as far as both sides reach, except that
// every tenth pair is a conflict and every eleventh central record a duplicate.
func sampleResult(central, regional int) *match.Result {
	res := &match.Result{Rules: []match.RuleCount{{Rule: 0, Pairs: 12, New: 11, Refined: 1, Dropped: 2}}}
	for side, n := range [2]int{central, regional} {
		res.Outcomes[side] = make([]match.Outcome, n)
		res.Reasons[side] = make([]match.Reason, n)
		for row := range n {
			res.Reasons[side][row] = match.ReasonNotFound
		}
	}
	set := func(side match.Side, row int, outcome match.Outcome) {
		res.Outcomes[side][row], res.Reasons[side][row] = outcome, match.ReasonNone
	}
	vector := match.Vector{match.CompareNIK: match.NIKSame, match.CompareName: match.NameSpelling}
	weights := match.Weights{match.CompareNIK: 14.25, match.CompareName: -0.75}
	for row := range int32(min(central, regional)) {
		switch {
		case row%10 == 9:
			set(match.Central, int(row), match.Conflicted)
			set(match.Regional, int(row), match.Conflicted)
			res.Conflicts = append(res.Conflicts, match.Conflict{
				Kind: match.Review, Central: []int32{row}, Regional: []int32{row}, Rule: 4,
				Vector: vector, Weights: weights, Weight: 3.5, Proposed: "usul",
			})
		case row%11 == 10:
			set(match.Central, int(row), match.Duplicate)
			res.Duplicates[match.Central] = append(res.Duplicates[match.Central], match.DuplicateOf{
				Record: row, Of: row - 1, Kind: match.DuplicateNIK, Vector: vector, Weight: 20.5,
			})
		default:
			set(match.Central, int(row), match.Matched)
			set(match.Regional, int(row), match.Matched)
			link := match.Link{Central: row, Regional: row, Rule: 3, Vector: vector, Weights: weights, Weight: 13.5 + float64(row)/1000}
			if link.Probability = match.Probability(link.Weight); row%50 == 0 {
				link.Probability = 0.999 // as another version computes it
			}
			res.Links = append(res.Links, link)
		}
	}
	addHouseholds(res)
	return res
}

// addHouseholds makes a household of each five rows, as the KK numbers of the
// invented persons do for the first 5000; the head is the second member.
func addHouseholds(res *match.Result) {
	rows := max(len(res.Outcomes[match.Central]), len(res.Outcomes[match.Regional]))
	for from := 0; from < rows; from += 5 {
		h := match.HouseholdLink{
			Kinds: match.HouseholdWhole | match.HouseholdMoved, First: [2]int32{match.NoRow, match.NoRow}, Head: [2]int32{match.NoRow, match.NoRow},
		}
		for _, side := range bothSides {
			for row := from; row < min(from+5, len(res.Outcomes[side])); row++ {
				addMember(&h, side, int32(row), res.Outcomes[side][row])
			}
		}
		switch match.NoRow {
		case h.First[match.Regional]:
			h.Kinds, h.Linked = match.HouseholdOnlyCentral, 0
		case h.First[match.Central]:
			h.Kinds, h.Linked = match.HouseholdOnlyRegional, 0
		}
		res.Households = append(res.Households, h)
	}
}

func addMember(h *match.HouseholdLink, side match.Side, row int32, outcome match.Outcome) {
	switch outcome {
	case match.Duplicate:
		return
	case match.Conflicted:
		h.Undecided[side]++
	case match.Matched:
		if side == match.Central {
			h.Linked++
		}
	case match.Unmatched:
	}
	if h.Members[side]++; h.Members[side] == 1 {
		p, _ := invented(int(row))
		h.First[side], h.Cards[side] = row, p.KK.Value
	} else if h.Members[side] == 2 {
		h.Head[side] = row
	}
}

func mustSave(t testing.TB, s *Store, res *match.Result) RunID {
	t.Helper()
	at := time.Date(2026, 1, 2, 3, 4, 5, 600, time.UTC)
	id, err := s.SaveRun(context.Background(), Run{StartedAt: at, FinishedAt: at.Add(time.Minute), Version: "test"}, rowIDs(t, s), res)
	if err != nil {
		t.Fatal(err)
	}
	return id
}

// copies yields what is valid until the next one, to be kept.
func copies[T any](rows iter.Seq2[*T, error]) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		for row, err := range rows {
			if err != nil {
				row = new(T)
			}
			if !yield(*row, err) {
				return
			}
		}
	}
}

// collect drains an iterator.
func collect[T any](t testing.TB, rows iter.Seq2[T, error]) []T {
	t.Helper()
	var all []T
	for row, err := range rows {
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, row)
	}
	return all
}
