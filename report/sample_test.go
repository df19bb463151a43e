package report

import (
	"iter"
	"maps"
	"path/filepath"
	"strings"
	"testing"

	"padan/match"
	"padan/normalize"
)

// seq yields items without an error.
func seq[T any](items ...T) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		for _, item := range items {
			if !yield(item, nil) {
				return
			}
		}
	}
}

func whole(value uint64) normalize.Number {
	return normalize.Number{Value: value, Digits: 16, Trust: normalize.TrustFull}
}

// awkward is a record whose texts a spreadsheet program, an XML file or a CSV
// file would trip over.
func awkward(side match.Side, row int) match.Record {
	r := match.Record{
		Side: side, Source: "data \"A\".csv", Row: row, Area: normalize.Area{Code: 3174011005},
		NIK: whole(3174015705809003), KK: whole(3174011201159004),
	}
	r.Raw[normalize.FieldNIK] = "3174015705809003"
	r.Raw[normalize.FieldKK] = "'3174011201159004"
	r.Raw[normalize.FieldName] = "=HYPERLINK(\"x\") & <SITI> 😀"
	r.Raw[normalize.FieldBirthPlace] = "@SUM(A1)"
	r.Raw[normalize.FieldAddress] = "JL \"MELATI\", NO 5\nRT 1"
	r.Raw[normalize.FieldBirthPlaceDate] = "JAKARTA, 17-05-1980"
	r.Raw[normalize.FieldRTRW] = "001/002"
	r.Raw[normalize.FieldMother] = strings.TrimSpace(strings.Repeat("PANJANG ", 20))
	r.Raw[normalize.FieldKelurahan] = "BUKIT;DURI"
	r.Raw[normalize.FieldKecamatan] = "\tTEBET"
	r.Raw[normalize.FieldCentralID] = "+62"
	r.Raw[normalize.FieldStatus] = "-"
	return r
}

// elsewhere is a record outside DKI Jakarta with hardly any text.
func elsewhere(side match.Side, row int) match.Record {
	r := match.Record{Side: side, Source: "b.xlsx", Sheet: "Data & <1>", Row: row, Area: normalize.Area{Place: "BOJONG GEDE"}}
	r.Raw[normalize.FieldName] = "-SRI"
	r.Raw[normalize.FieldNIK] = "327101570580900" // a digit is lost
	r.NIK = normalize.Number{Value: 327101570580900, Digits: 15, Trust: normalize.TrustDoubtful, Damage: normalize.DamageShort}
	r.Raw[normalize.FieldStatus] = "NIK lama 3174015705809003"
	return r
}

func sampleLinks() []match.LinkedPair {
	near := match.Link{Rule: 0, Weight: 41.256, Probability: 0.9999999}
	near.Vector[match.CompareNIK], near.Vector[match.CompareName] = match.NIKOneApart, match.NameSpelling
	regional := awkward(match.Regional, 9)
	regional.NIK.Value += 20
	regional.Raw[normalize.FieldNIK] = "3174015705809023"
	weak := match.Link{Rule: 4, Weight: -0.004, Probability: 0.5}
	weak.Vector[match.CompareSex], weak.Vector[match.CompareBirthDate] = match.SexSame, match.BirthNear
	return []match.LinkedPair{
		{Link: near, Central: awkward(match.Central, 2), Regional: regional},
		{Link: weak, Central: elsewhere(match.Central, 1_000_000), Regional: elsewhere(match.Regional, 3)},
	}
}

// sampleHouseholds has households of both sides, of one, and of one that is a
// number of somebody else's.
func sampleHouseholds() []match.HouseholdCase {
	none := [2]int32{match.NoRow, match.NoRow}
	moved := match.HouseholdCase{Household: match.HouseholdLink{
		Kinds: match.HouseholdGrown | match.HouseholdShrunk | match.HouseholdMoved, Members: [2]int32{4, 5}, Linked: 2,
		Elsewhere: [2]int32{1, 0}, Undecided: [2]int32{1, 1},
	}, First: [2]match.Record{awkward(match.Central, 2), awkward(match.Regional, 9)}}
	moved.Head = moved.First
	moved.First[match.Regional].Area.Code = 3171011001
	alone := match.HouseholdCase{Household: match.HouseholdLink{
		Kinds: match.HouseholdOnlyCentral, First: [2]int32{7, match.NoRow}, Head: none, Members: [2]int32{3, 0}, Elsewhere: [2]int32{2, 0},
	}, First: [2]match.Record{match.Central: awkward(match.Central, 8)}}
	short := elsewhere(match.Regional, 4)
	short.KK = normalize.Number{Value: 17401120115900, Digits: 15, Trust: normalize.TrustDoubtful, Damage: normalize.DamageShort}
	mistyped := match.HouseholdCase{Household: match.HouseholdLink{
		Kinds: match.HouseholdOnlyRegional | match.HouseholdCardMistyped, First: [2]int32{match.NoRow, 3}, Head: none, Members: [2]int32{0, 1}, Elsewhere: [2]int32{0, 1},
	}, First: [2]match.Record{match.Regional: short}}
	whole := moved
	whole.Household = match.HouseholdLink{Kinds: match.HouseholdWhole, Members: [2]int32{4, 4}, Linked: 4, Head: none}
	whole.Head = [2]match.Record{}
	return []match.HouseholdCase{moved, alone, whole, mistyped}
}

// samplePersons are persons of a master list with texts that a spreadsheet
// program would trip over: linked, in a conflict, unmatched on either side, and
// hardly known.
func samplePersons() []match.MasterPerson {
	linked := match.MasterPerson{Has: [2]bool{true, true}, Outcome: match.Matched, Link: match.Link{Rule: 0, Weight: 41.256}}
	linked.Records = [2]match.Record{awkward(match.Central, 2), awkward(match.Regional, 9)}
	linked.Records[match.Regional].Raw[normalize.FieldName] = "H. M. \"RIDWAN\" & <SITI> 😀"
	linked.Records[match.Regional].Raw[normalize.FieldAddress] = "-JL MAWAR\u00a0 5 "
	linked.Records[match.Regional].Raw[normalize.FieldIdentifier] = "@REG\t77"
	linked.Kinds.Add(match.Moved)
	linked.Kinds.Add(match.NIKNear)
	linked.Aside = []match.Place{{Source: "ganda;1.csv", Row: 4}, {Source: "b.xlsx", Sheet: "Data & <1>", Row: 7}}
	for side := range linked.Persons {
		linked.Persons[side] = known(&linked.Records[side])
	}
	other := &linked.Persons[match.Regional]
	other.NIK, other.BirthDate, other.Relation = normalize.Number{}, 19800000, normalize.RelationWife
	other.Address = normalize.Address{Street: "MAWAR", RT: 12, RW: 3}

	conflict := alonePerson(match.Conflicted, awkward(match.Central, 3))
	conflict.Kinds.Add(match.OneToMany)
	conflict.Kinds.Add(match.NIKBirthDateDiffers)
	central := alonePerson(match.Unmatched, elsewhere(match.Central, 1_000_000))
	central.Reason = match.ReasonNIKInvalid
	regional := alonePerson(match.Unmatched, awkward(match.Regional, 10))
	regional.Reason, regional.Persons[match.Regional].Status = match.ReasonNotFound, normalize.StatusDeceased
	empty := alonePerson(match.Unmatched, match.Record{Side: match.Regional, Source: "b.csv", Row: 3})
	empty.Reason, empty.Persons[match.Regional] = match.ReasonNameMissing, normalize.Person{}
	namesake := regional
	return []match.MasterPerson{linked, conflict, central, regional, empty, namesake}
}

func alonePerson(outcome match.Outcome, r match.Record) match.MasterPerson {
	p := match.MasterPerson{Outcome: outcome}
	p.Has[r.Side], p.Records[r.Side], p.Persons[r.Side] = true, r, known(&r)
	return p
}

// known is what the text of a record says, as far as the samples have any.
func known(r *match.Record) normalize.Person {
	name, _ := normalize.ReadName(r.Raw[normalize.FieldName])
	mother, _ := normalize.ReadName(r.Raw[normalize.FieldMother])
	p := normalize.Person{NIK: r.NIK, KK: r.KK, Area: r.Area, Name: name, Mother: mother, Sex: normalize.Female, Relation: normalize.RelationHead}
	if r.Raw[normalize.FieldBirthPlaceDate] != "" {
		p.BirthPlace, p.BirthDate = "JAKARTA", 19800517
		p.Address = normalize.Address{Street: "MELATI", RT: 1, RW: 2}
	}
	return p
}

// sampleMaster is the list of the samples, with a household that has a head, one
// that has none, and one that has nobody.
func sampleMaster() *match.MasterList {
	l := match.NewMasterList(match.DefaultPrecedence(), 6, 3)
	short := normalize.Number{Value: 17401120115900, Digits: 15, Trust: normalize.TrustDoubtful, Damage: normalize.DamageShort}
	card := match.Record{KK: whole(3174011201159004), Area: normalize.Area{Code: 3174011005}}
	l.Homes.Add(&match.HouseholdCase{
		Household: match.HouseholdLink{Kinds: match.HouseholdWhole | match.HouseholdMoved, Linked: 1}, First: [2]match.Record{card, card},
	})
	l.Homes.Add(&match.HouseholdCase{
		Household: match.HouseholdLink{Kinds: match.HouseholdOnlyRegional | match.HouseholdCardMistyped, First: [2]int32{match.NoRow, 4}},
		First:     [2]match.Record{match.Regional: {KK: short, Area: normalize.Area{Code: 3171011001}}},
	})
	l.Homes.Add(&match.HouseholdCase{
		Household: match.HouseholdLink{Kinds: match.HouseholdOnlyCentral, First: [2]int32{5, match.NoRow}}, First: [2]match.Record{{KK: whole(3174011201159009)}},
	})
	for _, p := range samplePersons() {
		l.Add(&p)
	}
	l.Finish()
	return l
}

// pointers yields pointers to items.
func pointers[T any](items []T) iter.Seq2[*T, error] {
	return func(yield func(*T, error) bool) {
		for i := range items {
			if !yield(&items[i], nil) {
				return
			}
		}
	}
}

// sampleLookup is a list of two sheets, one of which has no header, with rows of
// every status.
func sampleLookup() (*LookupLayout, []LookupRow) {
	layout := NewLookupLayout([]LookupSheet{
		{
			Header:  []string{"NIK", "Nama & <alias>", "Status", "", "Status", "=KET"},
			Columns: normalize.NewColumns(map[normalize.Field]int{normalize.FieldNIK: 0, normalize.FieldName: 1}),
		},
		{Columns: normalize.NewColumns(map[normalize.Field]int{normalize.FieldName: 0, normalize.FieldKK: 2})},
	})
	persons := samplePersons()
	nik := whole(3174015705809003)
	place := func(row int) match.Place {
		return match.Place{Source: "daftar \"A\".xlsx", Sheet: "Data & <1>", Row: row}
	}
	cells := []string{"3174015705809003", "=HYPERLINK(\"x\") & <SITI> 😀", "+62", "-SRI", "\tTEBET", strings.TrimSpace(strings.Repeat("PANJANG ", 20)), "luar"}
	in := LookupRow{Place: place(2), Cells: cells, NIK: nik, Person: persons[0], Hit: match.Hit{
		Status: match.LookupIn, Persons: []int32{0}, Of: match.NoRow, Weight: 30.256, Vector: match.Vector{match.CompareNIK: match.NIKSame, match.CompareName: match.NameSpelling},
	}}
	undecided := in
	undecided.Place, undecided.Person, undecided.Hit.Persons = place(3), persons[1], []int32{1}
	near := in
	near.Place, near.NIK.Value, near.Hit.Vector = place(4), 3174015705809023, match.Vector{match.CompareNIK: match.NIKOneApart}
	doubt := LookupRow{Place: place(5), Sheet: 1, Cells: []string{"@SUM(A1)", "x", "3174011201159004", "3174011201159004 di sel lain"}, KK: whole(3174011201159004), Hit: match.Hit{
		Status: match.LookupDoubt, Persons: []int32{1, 2}, Kind: match.ManyToOne, Of: match.NoRow, Weight: 3, Vector: match.Vector{match.CompareName: match.NameSame},
	}}
	taken := LookupRow{Place: place(6), Cells: cells[:2], NIK: nik, Hit: match.Hit{Status: match.LookupDoubt, Reason: match.ReasonNIKTaken, Of: match.NoRow}}
	absent := LookupRow{Place: place(7), Sheet: 1, Hit: match.Hit{Status: match.LookupNotIn, Reason: match.ReasonBelowThreshold, Of: match.NoRow}}
	duplicate := in
	duplicate.Place, duplicate.Of = place(8), place(2)
	duplicate.Hit.Status, duplicate.Hit.Kind, duplicate.Hit.Of = match.LookupDuplicate, match.DuplicateNIK, 0
	rejected := LookupRow{Place: place(9), Cells: []string{"=1+1", "", "3174015705809003"}, Rejected: "too_few_fields", Hit: match.Hit{Status: match.LookupRejected}}
	return layout, []LookupRow{in, undecided, near, doubt, taken, absent, duplicate, rejected}
}

func lookupListing(direction LookupDirection) listing {
	layout, rows := sampleLookup()
	return listing{
		func(o Options) []Column { return LookupColumns(layout, o) },
		func(t Table, o Options) (int, error) {
			return Lookup(t, seq(rows...), sampleMaster(), layout, direction, o)
		},
		len(rows), len(rows),
	}
}

// listing is one of the reports that are lists, filled with samples.
type listing struct {
	columns func(Options) []Column
	write   func(Table, Options) (int, error)
	rows    int
	count   int // what write returns
}

var listings = map[string]listing{
	"matched": {MatchedColumns, func(t Table, o Options) (int, error) { return Matched(t, seq(sampleLinks()...), o) }, 2, 2},
	"unmatched": {UnmatchedColumns, func(t Table, o Options) (int, error) {
		empty := match.Record{Side: match.Central, Source: "b.csv", Row: 3}
		return Unmatched(t, seq(
			match.RecordOutcome{Record: awkward(match.Central, 2), Reason: match.ReasonNotFound},
			match.RecordOutcome{Record: awkward(match.Central, 3), Outcome: match.Matched},
			match.RecordOutcome{Record: elsewhere(match.Central, 4), Reason: match.ReasonNIKInvalid},
			match.RecordOutcome{Record: empty, Reason: match.ReasonNameMissing},
		), o)
	}, 3, 3},
	"conflicts": {ConflictColumns, func(t Table, o Options) (int, error) {
		near := match.Conflict{Kind: match.NIKNear, Weight: 12, Proposed: "3174015705809003"}
		near.Vector[match.CompareKK], near.Vector[match.CompareNIK] = match.KKSame, match.NIKOneApart
		regional := awkward(match.Regional, 5)
		regional.NIK.Value = 3174015750809003
		return Conflicts(t, seq(
			match.ConflictCase{Conflict: near, Records: []match.Record{awkward(match.Central, 2), regional}},
			match.ConflictCase{Conflict: match.Conflict{Kind: match.KKSplit}, Records: []match.Record{
				elsewhere(match.Central, 3), elsewhere(match.Regional, 4), elsewhere(match.Regional, 6),
			}},
		), o)
	}, 5, 2},
	"duplicates": {DuplicateColumns, func(t Table, o Options) (int, error) {
		d := match.DuplicatePair{Duplicate: awkward(match.Regional, 5), Of: awkward(match.Regional, 2), Kind: match.DuplicateNIK, Weight: 30}
		d.Vector[match.CompareNIK] = match.NIKSame
		return Duplicates(t, seq(d), o)
	}, 1, 1},
	"households": {HouseholdColumns, func(t Table, o Options) (int, error) {
		return Households(t, seq(sampleHouseholds()...), o)
	}, 4, 4},
	"data_induk": {MasterColumns, func(t Table, o Options) (int, error) {
		return Master(t, pointers(samplePersons()), sampleMaster(), o)
	}, 6, 6},
	"data_induk_kk": {MasterHomeColumns, func(t Table, o Options) (int, error) {
		l := sampleMaster()
		shown, err := ShowHomes(pointers(samplePersons()), l, o)
		if err != nil {
			return 0, err
		}
		return MasterHomes(t, shown, l, o)
	}, 3, 3},

	"changes": {ChangeColumns, func(t Table, o Options) (int, error) {
		return Changes(t, seq(sampleChanges()...), o)
	}, 5, 5},
	"lookup":           lookupListing(LookupReference),
	"lookup_exclusion": lookupListing(LookupExclusion),
	"rejected": {RejectedColumns, func(t Table, o Options) (int, error) {
		return Rejected(t, seq(
			RejectedRow{Side: match.Regional, Source: "a.csv", Row: 4, Reason: "too_many_fields", Cells: []string{"=1+1", "B", "3174015705809003"}},
			RejectedRow{Side: match.Central, Source: "c.xlsx", Sheet: "Data", Row: 9, Reason: "a_later_code", Cells: nil},
		), o)
	}, 2, 2},
}

// tables are the listings and the recap.
func tables() map[string]listing {
	all := maps.Clone(listings)
	all["recap"] = listing{columns: RecapColumns, write: func(t Table, o Options) (int, error) { return 0, WriteRecap(t, sampleRecap(), o) }}
	return all
}

// memory is a Table that keeps its rows.
type memory struct{ rows [][]Cell }

func (m *memory) WriteRow(cells []Cell) error {
	m.rows = append(m.rows, append([]Cell(nil), cells...))
	return nil
}
func (m *memory) Close() error { return nil }
func (m *memory) Abort()       {}

// finish writes a listing into a table and closes it.
func (l listing) finish(t *testing.T, table Table, o Options) {
	t.Helper()
	if _, err := l.write(table, o); err != nil {
		t.Fatal(err)
	}
	if err := table.Close(); err != nil {
		t.Fatal(err)
	}
}

// fataler is a test, a benchmark or a property.
type fataler interface {
	Helper()
	Fatal(args ...any)
}

// created begins a file of a test.
func created(t fataler, path string) *File {
	t.Helper()
	f, err := Create(filepath.Dir(path), path)
	if err != nil {
		t.Fatal(err)
	}
	return f
}
