package intake

import (
	"fmt"
	"hash/maphash"
	"slices"
	"strings"

	"padan/internal/store"
	"padan/normalize"
)

// tally counts the values of one sheet.
type tally struct {
	found    SheetInspection
	distinct []distinct
	seed     maphash.Seed
	cells    []string
}

// samplesShown is the number of values of a column that are shown.
const samplesShown = 3

func newTally(p *part) *tally {
	return &tally{
		seed:     maphash.MakeSeed(),
		distinct: make([]distinct, len(p.table.Columns)),
		found: SheetInspection{
			Table: p.table, Rejected: map[string]int64{}, Skipped: map[string]int64{},
			Columns: make([]ColumnInspection, len(p.table.Columns)),
		},
	}
}

func (t *tally) add(entries []store.Entry) error {
	for i := range entries {
		e := &entries[i]
		t.found.Rows++
		switch e.Kind {
		case store.EntrySkipped:
			t.found.Skipped[e.Reason]++
		case store.EntryRejected:
			t.found.Rejected[e.Reason]++
		case store.EntryRecord:
			if err := t.addPerson(e); err != nil {
				return err
			}
		}
	}
	return nil
}

func (t *tally) addPerson(e *store.Entry) (err error) {
	t.found.Persons++
	if t.cells, err = store.DecodeCells(e.Cells, t.cells); err != nil {
		return fmt.Errorf("row %d: %w", e.Row, err)
	}
	p, err := normalize.DecodePerson(string(e.Person))
	if err != nil {
		return fmt.Errorf("row %d: %w", e.Row, err)
	}
	for i := range t.found.Columns {
		text := ""
		if i < len(t.cells) {
			text = strings.TrimSpace(t.cells[i])
		}
		if text == "" {
			continue
		}
		column := &t.found.Columns[i]
		field := t.found.Table.Columns[i].Field
		column.Filled++
		if understood := readings[field]; understood == nil || understood(&p) {
			column.Valid++
		}
		t.distinct[i].add(maphash.String(t.seed, text))
		if len(column.Samples) < samplesShown {
			if masked := Mask(field, text); !slices.Contains(column.Samples, masked) {
				column.Samples = append(column.Samples, masked)
			}
		}
	}
	return nil
}

// readings tell, for the fields whose values may not be understood, whether a
// person has one.
var readings = map[normalize.Field]func(p *normalize.Person) bool{
	normalize.FieldNIK:            func(p *normalize.Person) bool { return p.NIK.Trust == normalize.TrustFull },
	normalize.FieldKK:             func(p *normalize.Person) bool { return p.KK.Trust == normalize.TrustFull },
	normalize.FieldName:           func(p *normalize.Person) bool { return p.Name.Words != "" },
	normalize.FieldMother:         func(p *normalize.Person) bool { return p.Mother.Words != "" },
	normalize.FieldBirthDate:      hasBirthDate,
	normalize.FieldBirthPlaceDate: hasBirthDate,
	normalize.FieldBirthDay:       hasBirthDate,
	normalize.FieldBirthMonth:     hasBirthDate,
	normalize.FieldBirthYear:      hasBirthDate,
	normalize.FieldBirthPlace:     func(p *normalize.Person) bool { return p.BirthPlace != "" },
	normalize.FieldSex:            func(p *normalize.Person) bool { return p.Sex != normalize.SexMissing },
	normalize.FieldRelation:       func(p *normalize.Person) bool { return p.Relation != normalize.RelationMissing },
	normalize.FieldAddress:        func(p *normalize.Person) bool { return p.Address.Street != "" || p.Address.RT != 0 },
	normalize.FieldRT:             func(p *normalize.Person) bool { return p.Address.RT != 0 },
	normalize.FieldRW:             func(p *normalize.Person) bool { return p.Address.RW != 0 },
	normalize.FieldRTRW:           func(p *normalize.Person) bool { return p.Address.RT != 0 && p.Address.RW != 0 },
	normalize.FieldKelurahan:      func(p *normalize.Person) bool { return p.Area.Code%10_000 != 0 },
	normalize.FieldKecamatan:      hasArea,
	normalize.FieldKota:           hasArea,
	normalize.FieldProvince:       hasArea,
	normalize.FieldAreaCode:       hasArea,
}

func hasBirthDate(p *normalize.Person) bool { return p.BirthDate != 0 }
func hasArea(p *normalize.Person) bool      { return p.Area.Code != 0 }

func (t *tally) result() SheetInspection {
	for i := range t.distinct {
		t.found.Columns[i].Distinct = t.distinct[i].count()
	}
	return t.found
}

// distinct counts different values by their hashes.
type distinct struct {
	hashes []uint64
	sorted int // the first ones are sorted and different
}

func (d *distinct) add(hash uint64) {
	d.hashes = append(d.hashes, hash)
	if len(d.hashes) >= 4096 && len(d.hashes) >= 2*d.sorted {
		d.compact()
	}
}

func (d *distinct) compact() {
	slices.Sort(d.hashes)
	d.hashes = slices.Compact(d.hashes)
	d.sorted = len(d.hashes)
}

func (d *distinct) count() int64 {
	d.compact()
	return int64(len(d.hashes))
}
