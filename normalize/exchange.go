package normalize

import (
	"fmt"
	"strconv"
	"strings"
)

// An exchange list is how padan hands persons with hashed numbers from one office
// to another: one row a person, each field in its comparable form, and nothing
// else of the list it was made from. It reads back as the same Person, whatever
// the reading of the first list rested on.

// exchangeFields are the columns of an exchange list in their order.
var exchangeFields = [...]Field{
	FieldNIK, FieldKK, FieldName, FieldBirthDate, FieldBirthPlace, FieldSex, FieldRelation, FieldMother, FieldFather,
	FieldAddress, FieldHouse, FieldRT, FieldRW, FieldKelurahan, FieldProvince, FieldAreaCode, FieldPostcode, FieldIdentifier, FieldStatus,
}

// The titles of the columns behind those of the fields.
const (
	nikNearTitle = "nik_near"
	kkNearTitle  = "kk_near"
)

// Near says in which cells of an exchange list the neighbourhoods stand, as the
// zero-based index plus one; 0 = not there.
type Near struct{ NIK, KK int }

// ExchangeTitles returns the titles of an exchange list whose numbers were hashed
// with the key of this name.
func ExchangeTitles(key string) []string {
	titles := make([]string, 0, len(exchangeFields)+2)
	for _, f := range exchangeFields {
		title := f.String()
		if f == FieldNIK || f == FieldKK {
			title += hashedTitle + key
		}
		titles = append(titles, title)
	}
	return append(titles, nikNearTitle, kkNearTitle)
}

// ExchangeFields returns the field of each column under ExchangeTitles, FieldNone
// for the neighbourhoods.
func ExchangeFields() []Field {
	return append(exchangeFields[:len(exchangeFields):len(exchangeFields)], FieldNone, FieldNone)
}

// ExchangeColumns returns what the columns of ExchangeTitles hold.
func ExchangeColumns() Columns {
	cells := map[Field]int{}
	for i, f := range exchangeFields {
		cells[f] = i
	}
	return NewColumns(cells)
}

// ReadExchangeHeader reads the titles of an exchange list, in any order. Where
// they are those of one, it returns the field of each column, the cells of the
// neighbourhoods and the name of the key; key is "" if they are not, or if NIK
// and KK are of two keys.
func ReadExchangeHeader(titles []string) (fields []Field, near Near, key string) {
	fields = make([]Field, len(titles))
	for i, title := range titles {
		title = strings.ToLower(strings.TrimSpace(title))
		switch title {
		case nikNearTitle:
			near.NIK = i + 1
			continue
		case kkNearTitle:
			near.KK = i + 1
			continue
		}
		field, name, hashed := HashedHeader(title)
		switch {
		case hashed && key != "" && name != key:
			return nil, Near{}, ""
		case hashed:
			key, fields[i] = name, field
		default:
			if field, _ = ParseField(title); field != FieldNIK && field != FieldKK {
				fields[i] = field
			}
		}
	}
	return fields, near, key
}

// The words of an exchange list. Those of relations and states are read by
// ReadRelation and ReadStatus too.
var (
	exchangeSexes     = [...]string{SexMissing: "", Male: "L", Female: "P"}
	exchangeRelations = [...]string{
		"", "KEPALA KELUARGA", "SUAMI", "ISTRI", "ANAK", "MENANTU", "CUCU", "ORANG TUA", "MERTUA", "FAMILI LAIN", "PEMBANTU", "LAINNYA",
	}
	exchangeStates = [...]string{StatusUnknown: "", StatusDeceased: "MENINGGAL", StatusMoved: "PINDAH"}
)

// aliasMark stands between a name and a second one; no name in comparable form
// has it.
const aliasMark = " / "

// AppendExchange appends the cells of a person's row, in the order of
// ExchangeTitles, to cells. The numbers must be hashed.
func (p *Person) AppendExchange(cells []string) []string {
	for _, f := range exchangeFields {
		cells = append(cells, neutral(p.exchangeText(f)))
	}
	return append(cells, nearCell(p.NIK, p.NIKNear, p), nearCell(p.KK, p.KKNear, nil))
}

func (p *Person) exchangeText(f Field) string {
	switch f {
	case FieldNIK:
		return p.NIK.Text()
	case FieldKK:
		return p.KK.Text()
	case FieldName:
		if p.Name.Alias != "" {
			return p.Name.Words + aliasMark + p.Name.Alias
		}
		return p.Name.Words
	case FieldBirthDate:
		if p.BirthDate == 0 {
			return ""
		}
		return fmt.Sprintf("%04d-%02d-%02d", p.BirthDate.Year(), p.BirthDate.Month(), p.BirthDate.Day())
	case FieldSex:
		return exchangeSexes[p.Sex]
	case FieldRelation:
		return exchangeRelations[p.Relation]
	case FieldStatus:
		return exchangeStates[p.Status]
	case FieldRT:
		return unitText(uint64(p.Address.RT))
	case FieldRW:
		return unitText(uint64(p.Address.RW))
	case FieldKelurahan:
		if p.Area.Code%10_000 != 0 {
			return AreaLabel(p.Area.Code)
		}
		return p.Area.Place
	case FieldAreaCode:
		return unitText(p.Area.Code)
	default:
		return *p.exchangeField(f)
	}
}

func unitText(n uint64) string {
	if n == 0 {
		return ""
	}
	return strconv.FormatUint(n, 10)
}

// exchangeField returns the text of a person that a column holds as it is.
func (p *Person) exchangeField(f Field) *string {
	switch f {
	case FieldBirthPlace:
		return &p.BirthPlace
	case FieldMother:
		return &p.Mother.Words
	case FieldFather:
		return &p.Name.Father
	case FieldAddress:
		return &p.Address.Street
	case FieldHouse:
		return &p.Address.House
	case FieldProvince:
		return &p.Area.State
	case FieldPostcode:
		return &p.Area.Postcode
	default:
		return &p.Identifier
	}
}

// neutral puts an apostrophe before a text that a spreadsheet program would run as
// a formula; the reader takes it away.
func neutral(text string) string {
	if text != "" && strings.IndexByte("=+-@'", text[0]) >= 0 {
		return "'" + text
	}
	return text
}

// readExchange reads a row of an exchange list.
func (n *Normalizer) readExchange(cells []string) Person {
	var p Person
	for _, f := range exchangeFields {
		if i := n.columns.Cell(f); i >= 0 && i < len(cells) {
			p.takeExchange(f, strings.TrimPrefix(strings.TrimSpace(cells[i]), "'"))
		}
	}
	if p.Area.Code%10_000 != 0 {
		p.Area.Place = "" // the name of the kelurahan, for people to read
	}
	near := n.options.Near
	p.NIK, p.NIKNear = readNearCell(p.NIK, cellOf(cells, near.NIK), &p)
	p.KK, p.KKNear = readNearCell(p.KK, cellOf(cells, near.KK), nil)
	if p.Name.Words == "" {
		n.note(FieldName, DamageEmpty.String())
	}
	n.noteNumber(FieldNIK, p.NIK)
	n.noteNumber(FieldKK, p.KK)
	return p
}

func cellOf(cells []string, number int) string {
	if number == 0 || number > len(cells) {
		return ""
	}
	return strings.TrimSpace(cells[number-1])
}

// takeExchange takes one text into the person.
func (p *Person) takeExchange(f Field, text string) {
	switch f {
	case FieldNIK, FieldKK:
		number := &p.NIK
		if f == FieldKK {
			number = &p.KK
		}
		number.Value, number.Hashed = ParseHash(text)
	case FieldName:
		p.Name.Words, p.Name.Alias, _ = strings.Cut(text, aliasMark)
	case FieldBirthDate:
		p.BirthDate = readExchangeDate(text)
	case FieldSex:
		p.Sex = ReadSex(text)
	case FieldRelation:
		p.Relation = ReadRelation(text, false)
	case FieldStatus:
		p.Status = ReadStatus(text)
	case FieldRT:
		p.Address.RT = ReadUnit(text)
	case FieldRW:
		p.Address.RW = ReadUnit(text)
	case FieldKelurahan:
		p.Area.Place = text
	case FieldAreaCode:
		p.Area.Code, _ = parseDigits(text)
	default:
		*p.exchangeField(f) = text
	}
}

// readExchangeDate reads 1987-12-31, and 1987-00-00 of a date known in part.
func readExchangeDate(text string) Date {
	if len(text) == len("1987-12-31") && text[4] == '-' && text[7] == '-' {
		packed, ok := parseDigits(text[:4] + text[5:7] + text[8:])
		if month, day := packed/100%100, packed%100; ok && month <= 12 && day <= monthDays[month]+31*isZero(month) {
			return Date(packed)
		}
	}
	d, _ := ReadDate(text, DateOptions{})
	return d
}

func isZero(n uint64) uint64 {
	if n == 0 {
		return 1
	}
	return 0
}

// ExchangeNear returns where the neighbourhoods stand under ExchangeTitles.
func ExchangeNear() Near { return Near{len(exchangeFields) + 1, len(exchangeFields) + 2} }
