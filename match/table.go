package match

import (
	"strings"

	"padan/normalize"
)

// Table holds the records of one side in the form that is compared: one
// fixed-size row per record, in canonical order, with all texts replaced by ids
// of the Dictionary both tables share.
type Table struct {
	side       Side
	dictionary *Dictionary
	rows       []row
	words      []uint32           // name words of all rows, one after the other
	alias      map[int32][]uint32 // rows that have a second name
	father     map[int32][]uint32 // rows that name the father
	foreign    []foreign          // by row; nil where no record has any of it
	near       []nearby           // by row; nil where no record has hashed numbers with neighbourhoods
	names      []nameHashes       // by row; set by Run
	wordIDs    map[string]uint32  // this table's share of the dictionary, free of locks
	texts      phraseColumns
}

// row is one record: 80 bytes, pinned by a test, so that a comparison touches
// at most two cache lines a side.
type row struct {
	nik, kk  uint64
	area     uint64 // Kemendagri code, see normalize.Area
	names    uint32 // index in Table.words of the first name word
	birth    normalize.Date
	street   uint32 // phrase ids; 0 = missing
	house    uint32
	place    uint32 // birthplace
	village  uint32 // kelurahan as text, where it has no code
	mother   uint32 // phrase id of the mother's words
	source   uint32
	rt, rw   uint16
	nikTrust normalize.Trust
	kkTrust  normalize.Trust
	nikHurt  normalize.Damage
	digits   uint8 // of the NIK
	wordsLen uint8
	sex      normalize.Sex
	relation normalize.Relation
	status   normalize.Status
	nikBirth uint32 // birth date inside the NIK as ddmmyy + 1; 0 = unknown, noDate = not a date
	nikSex   normalize.Sex
	extra    bool // has an alias or a father's name
	crossed  bool // NIK and KK stood in each other's column
	hashed   bool // NIK and KK are keyed hashes
	endsIn0  bool // the NIK does
	shared   bool // its NIK stands on another person too; set by Run
	twin     bool // another person of its side has its family card and birth date; set by Run
}

// nameHashes are the parts of a nameForm that are computed once for each row.
type nameHashes struct{ joined, whole uint64 }

// rememberNames computes them for all rows.
func (t *Table) rememberNames() {
	names := make([]nameHashes, t.Len())
	for i := range names {
		form := t.dictionary.newNameForm(t.nameWords(&t.rows[i]))
		names[i] = nameHashes{form.joined, form.whole}
	}
	t.names = names
}

// foreign is what lists of other countries say of a person: phrase ids, 0 =
// missing.
type foreign struct {
	identifier uint32 // a personal number other than NIK and KK
	postcode   uint32
	state      uint32
}

// foreignOf returns what a row says of it.
func (t *Table) foreignOf(i int32) foreign {
	if t.foreign == nil {
		return foreign{}
	}
	return t.foreign[i]
}

// addForeign keeps what the record with the number of the last row says.
func (t *Table) addForeign(p *normalize.Person) {
	f := foreign{
		identifier: t.texts.identifier.idOf(t.dictionary, p.Identifier),
		postcode:   t.texts.postcode.idOf(t.dictionary, p.Area.Postcode),
		state:      t.texts.state.idOf(t.dictionary, p.Area.State),
	}
	if t.foreign == nil && f == (foreign{}) {
		return
	}
	if t.foreign == nil {
		t.foreign = make([]foreign, len(t.rows)-1, cap(t.rows))
	}
	t.foreign = append(t.foreign, f)
}

// maxNameWords bounds the words of a name that are compared; no name of the
// civil registry (60 characters, Permendagri 73/2022) comes near it.
const maxNameWords = 12

// NewTable returns an empty table for about capacity records.
func NewTable(side Side, d *Dictionary, capacity int) *Table {
	return &Table{
		side: side, dictionary: d,
		rows:    make([]row, 0, capacity),
		words:   make([]uint32, 0, capacity*5/2),
		alias:   map[int32][]uint32{},
		father:  map[int32][]uint32{},
		wordIDs: map[string]uint32{},
	}
}

// Len returns the number of records.
func (t *Table) Len() int { return len(t.rows) }

// Add appends one record. source is any number that is the same for all
// records of one file. Records must be added in canonical order.
func (t *Table) Add(p *normalize.Person, source int) {
	r := row{
		nik: p.NIK.Value, nikTrust: p.NIK.Trust, nikHurt: p.NIK.Damage, digits: p.NIK.Digits,
		kk: p.KK.Value, kkTrust: p.KK.Trust,
		area:  p.Area.Code,
		birth: p.BirthDate,
		rt:    p.Address.RT, rw: p.Address.RW,
		sex: p.Sex, relation: p.Relation, status: p.Status,
		street:  t.texts.street.idOf(t.dictionary, p.Address.Street),
		house:   t.texts.house.idOf(t.dictionary, p.Address.House),
		place:   t.texts.place.idOf(t.dictionary, p.BirthPlace),
		village: t.texts.village.idOf(t.dictionary, p.Area.Place),
		mother:  t.texts.mother.idOf(t.dictionary, p.Mother.Words),
		source:  uint32(source),
		crossed: p.NIK.Damage == normalize.DamageSwapped,
		hashed:  p.NIK.Hashed || p.KK.Hashed,
		endsIn0: endsInZero(p.NIK),
	}
	r.nikBirth, r.nikSex = insideNIK(p.NIK)
	r.names = uint32(len(t.words))
	t.words = t.appendWords(t.words, p.Name.Words)
	r.wordsLen = uint8(len(t.words) - int(r.names))
	id := int32(len(t.rows))
	if p.Name.Alias != "" {
		t.alias[id] = t.appendWords(nil, p.Name.Alias)
	}
	if p.Name.Father != "" {
		t.father[id] = t.appendWords(nil, p.Name.Father)
	}
	r.extra = p.Name.Alias != "" || p.Name.Father != ""
	t.rows = append(t.rows, r)
	t.addForeign(p)
	t.addNear(p)
}

// Areas counts the records by the code of their area.
func (t *Table) Areas() map[uint64]int {
	counts := map[uint64]int{}
	for i := range t.rows {
		counts[t.rows[i].area]++
	}
	return counts
}

// What stands for the birth date inside a NIK that holds none, and inside a hashed
// one of which nothing is told but that it contradicts its record.
const (
	noDate       = ^uint32(0)
	contradicted = noDate - 1
)

// isDate reports whether the birth date inside a NIK is known.
func isDate(inside uint32) bool { return inside != 0 && inside < contradicted }

// insideNIK reads the birth date (ddmmyy + 1) and the sex that a NIK states.
func insideNIK(n normalize.Number) (birth uint32, sex normalize.Sex) {
	if n.Trust == normalize.TrustNone || n.Digits != 16 || n.Damage == normalize.DamageScientific || n.Damage == normalize.DamageTemporary {
		return 0, normalize.SexMissing
	}
	date := uint32(n.Value / 10_000 % 1_000_000)
	if n.Hashed {
		if n.Stated&normalize.StatedContradicts != 0 {
			return contradicted, normalize.SexMissing
		}
		var told bool
		if date, told = n.Stated.DatePart(); !told {
			return 0, normalize.SexMissing
		}
	}
	day, month := date/10_000, date/100%100
	sex = normalize.Male
	if day > 40 {
		day, sex = day-40, normalize.Female
	}
	if day < 1 || day > 31 || month < 1 || month > 12 {
		return noDate, normalize.SexMissing
	}
	return day*10_000 + month*100 + date%100 + 1, sex
}

func (t *Table) appendWords(ids []uint32, name string) []uint32 {
	for n := 0; name != "" && n < maxNameWords; n++ {
		text, rest, _ := strings.Cut(name, " ")
		name = rest
		if text == "" {
			continue
		}
		id, ok := t.wordIDs[text]
		if !ok {
			id = t.dictionary.wordID(text)
			t.wordIDs[strings.Clone(text)] = id
		}
		ids = append(ids, id)
	}
	return ids
}

// phraseColumns are the texts of each field of a table.
type phraseColumns struct {
	street, house, place, village, mother, identifier, postcode, state phraseColumn
}

// phraseColumn is the texts of one field: its share of the dictionary, free of
// locks, and the text of the record before, since members of a household follow
// each other in most lists and share it.
type phraseColumn struct {
	ids  map[string]uint32
	text string
	id   uint32
}

// idOf returns the dictionary's id of a text.
func (c *phraseColumn) idOf(d *Dictionary, text string) uint32 {
	switch text {
	case "":
		return 0
	case c.text:
		return c.id
	}
	id, ok := c.ids[text]
	if !ok {
		if c.ids == nil {
			c.ids = map[string]uint32{}
		}
		id = d.phraseID(text)
		c.ids[strings.Clone(text)] = id
	}
	c.text, c.id = text, id
	return id
}

// nameWords returns the word ids of a row's name.
func (t *Table) nameWords(r *row) []uint32 {
	return t.words[r.names : r.names+uint32(r.wordsLen)]
}
