package store

import (
	"fmt"

	"padan/match"
	"padan/normalize"

	"zombiezen.com/go/sqlite"
)

// packedPerson says where the encoded person of a record stands in the text of its
// pack.
type packedPerson struct {
	row int32
	at  textSpan
}

// personReader finds the persons of records in any order.
type personReader struct{ packs packSeeker[packedPerson] }

func (c *catalog) newPersonReader(conn *sqlite.Conn) (*personReader, error) {
	r := &personReader{packSeeker[packedPerson]{catalog: c, cache: &c.persons, cut: cutPersons, what: "person"}}
	return r, r.packs.prepare(conn, "person_pack", "persons")
}

// read reads the person of a record and where it stands.
func (r *personReader) read(id int64, person *normalize.Person) (sheet *sheetEntry, row int, err error) {
	pack, err := r.packs.pack(id)
	if err != nil {
		return nil, 0, err
	}
	packed := pack.entry(id)
	if *person, err = normalize.DecodePerson(pack.part(packed.at)); err != nil {
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

// cutPersons finds the persons of a decompressed pack.
func cutPersons(plain []byte, count int) ([]packedPerson, bool) {
	return cutEntries(plain, count, personsPerPack, func(cut *packCutter) packedPerson {
		return packedPerson{row: int32(cut.nextRow()), at: cut.span(plain)}
	})
}
