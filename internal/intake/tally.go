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
	p, err := normalize.DecodePerson(e.Person)
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
		if understood(&p, field) {
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

// understood reports whether a person has a value for a field.
func understood(p *normalize.Person, field normalize.Field) bool {
	switch field {
	case normalize.FieldNIK:
		return p.NIK.Trust == normalize.TrustFull
	case normalize.FieldKK:
		return p.KK.Trust == normalize.TrustFull
	case normalize.FieldName:
		return p.Name.Words != ""
	case normalize.FieldMother:
		return p.Mother.Words != ""
	case normalize.FieldBirthDate, normalize.FieldBirthPlaceDate, normalize.FieldBirthDay, normalize.FieldBirthMonth, normalize.FieldBirthYear:
		return p.BirthDate != 0
	case normalize.FieldBirthPlace:
		return p.BirthPlace != ""
	case normalize.FieldSex:
		return p.Sex != normalize.SexMissing
	case normalize.FieldRelation:
		return p.Relation != normalize.RelationMissing
	case normalize.FieldAddress:
		return p.Address.Street != "" || p.Address.RT != 0
	case normalize.FieldRT:
		return p.Address.RT != 0
	case normalize.FieldRW:
		return p.Address.RW != 0
	case normalize.FieldRTRW:
		return p.Address.RT != 0 && p.Address.RW != 0
	case normalize.FieldKelurahan:
		return p.Area.Code%10_000 != 0
	case normalize.FieldKecamatan, normalize.FieldKota, normalize.FieldProvince, normalize.FieldAreaCode:
		return p.Area.Code != 0
	}
	return true
}

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
