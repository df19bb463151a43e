package store

import (
	"fmt"

	"padan/match"
	"padan/normalize"

	"zombiezen.com/go/sqlite"
)

// openPersonPack is the persons of one row of person_pack.
type openPersonPack struct {
	first   int64 // record id
	sheet   *sheetEntry
	text    string // decompressed
	persons []packedPerson
}

// packedPerson says where the encoded person of a record stands in the text of
// its pack.
type packedPerson struct {
	row int32
	at  textSpan
}

func (p *openPersonPack) last() int64 { return p.first + int64(len(p.persons)) - 1 }

func (p *openPersonPack) holds(id int64) bool { return p.first <= id && id <= p.last() }

// personReader finds the persons of records in any order, with a statement of
// one connection.
type personReader struct {
	catalog      *catalog
	seek         *sqlite.Stmt
	block, plain []byte
}

func (c *catalog) newPersonReader(conn *sqlite.Conn) (*personReader, error) {
	seek, err := conn.Prepare("SELECT first_record, sheet_id, records, persons FROM person_pack WHERE first_record <= ? ORDER BY first_record DESC LIMIT 1")
	return &personReader{catalog: c, seek: seek}, err
}

// read reads the person of a record and where it stands.
func (r *personReader) read(id int64, person *normalize.Person) (sheet *sheetEntry, row int, err error) {
	pack, err := r.pack(id)
	if err != nil {
		return nil, 0, err
	}
	packed := &pack.persons[id-pack.first]
	if *person, err = normalize.DecodePerson(pack.text[packed.at.from:packed.at.to]); err != nil {
		return nil, 0, damaged(fmt.Sprintf("person of record %d", id), err)
	}
	return pack.sheet, int(packed.row), nil
}

// record reads a record without its cells.
func (r *personReader) record(id int64, record *match.Record) error {
	var person normalize.Person
	sheet, row, err := r.read(id, &person)
	if err == nil {
		*record = lean(sheet.source, sheet.Name, row, id, &person)
	}
	return err
}

// pack returns the pack that holds a record.
func (r *personReader) pack(id int64) (*openPersonPack, error) {
	if p := r.catalog.persons.get(id); p != nil && p.holds(id) {
		return p, nil
	}
	var p *openPersonPack
	r.seek.BindInt64(1, id)
	err := eachRow(r.seek, func() (err error) {
		p, err = r.open()
		return err
	})
	if err != nil {
		return nil, err
	}
	if p == nil || !p.holds(id) {
		return nil, damaged(fmt.Sprintf("person of record %d is lost", id), nil)
	}
	r.catalog.persons.keep(p, p.first, p.last())
	return p, nil
}

// open reads the current row of person_pack.
func (r *personReader) open() (*openPersonPack, error) {
	p := &openPersonPack{first: r.seek.ColumnInt64(0)}
	var err error
	if p.sheet, err = r.catalog.sheet(r.seek.ColumnInt64(1)); err != nil {
		return nil, err
	}
	r.block = columnBytes(r.seek, 3, r.block)
	var ok bool
	if r.plain, ok = inflate(r.plain, r.block, maxPackBytes); ok {
		p.text = string(r.plain)
		p.persons, ok = cutPersons(r.plain, r.seek.ColumnInt(2))
	}
	if !ok {
		return nil, damaged(fmt.Sprintf("persons from record %d on", p.first), nil)
	}
	return p, nil
}

// cutPersons finds the persons of a decompressed pack, which must be as many as
// stated; false if they are not.
func cutPersons(plain []byte, count int) ([]packedPerson, bool) {
	if count < 1 || count > personsPerPack {
		return nil, false
	}
	cut := packCutter{rest: plain}
	persons := make([]packedPerson, count)
	for i := range persons {
		persons[i] = packedPerson{row: int32(cut.nextRow()), at: cut.span(plain)}
	}
	return persons, cut.complete()
}
