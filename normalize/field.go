package normalize

import "strings"

// Field names what one column of a source means. Its text form (String) is a
// stable English code used in flags, JSON and the database.
type Field uint8

// The fields padan understands. A column that is none of them is kept as raw
// text and takes no part in matching.
const (
	FieldNone Field = iota
	FieldNIK
	FieldKK
	FieldName
	FieldBirthDate
	FieldBirthPlace
	FieldBirthPlaceDate // birthplace and birth date in one cell ("JAKARTA, 12-05-1987")
	FieldBirthDay
	FieldBirthMonth
	FieldBirthYear
	FieldSex
	FieldRelation
	FieldMother
	FieldFather
	FieldHead // name of the head of the household
	FieldAddress
	FieldHamlet // dusun, lingkungan
	FieldRT
	FieldRW
	FieldRTRW // both in one cell ("005/012")
	FieldKelurahan
	FieldKecamatan
	FieldKota
	FieldProvince
	FieldAreaCode
	FieldCentralID // id given by the central registry (IDBDT, ID DTKS, IDSEMESTA ...)
	FieldMarital
	FieldStatus     // alive, deceased, moved; free remarks
	FieldNumber     // running number of the row
	FieldSurname    // family name in a column of its own, beside FieldName
	FieldHouse      // number of the house in a column of its own, beside FieldAddress
	FieldMiddleName // middle name or initial in a column of its own, beside FieldName
	FieldAddress2   // second line of an address, beside FieldAddress
	FieldPostcode
	FieldIdentifier // a personal number other than NIK and KK: social security, passport, member number
	FieldCount      // number of fields, not a field
)

var fieldCodes = [FieldCount]string{
	"", "nik", "kk", "name", "birth_date", "birth_place", "birth_place_date",
	"birth_day", "birth_month", "birth_year", "sex", "relation", "mother",
	"father", "head", "address", "hamlet", "rt", "rw", "rt_rw", "kelurahan",
	"kecamatan", "kota", "province", "area_code", "central_id", "marital",
	"status", "number", "surname", "house", "middle_name", "address2", "postcode", "identifier",
}

// String returns the field's stable code ("birth_date"), "" for FieldNone.
func (f Field) String() string {
	if f >= FieldCount {
		return ""
	}
	return fieldCodes[f]
}

// ParseField is the inverse of String.
func ParseField(code string) (Field, bool) {
	for f := FieldNIK; f < FieldCount; f++ {
		if fieldCodes[f] == code {
			return f, true
		}
	}
	return FieldNone, false
}

// Values holds the raw text of one row by field; "" where the source has none.
type Values [FieldCount]string

// Columns says which cell of a row holds which field. The zero value maps nothing.
type Columns struct {
	cell [FieldCount]int16 // index of the cell plus one; 0 = absent
}

// NewColumns maps each field to the zero-based index of its cell.
func NewColumns(cells map[Field]int) Columns {
	var c Columns
	for f, i := range cells {
		if f > FieldNone && f < FieldCount && i >= 0 {
			c.cell[f] = int16(min(i, 1<<15-2)) + 1
		}
	}
	return c
}

// Cell returns the zero-based index of the cell that holds f, or -1.
func (c *Columns) Cell(f Field) int { return int(c.cell[f]) - 1 }

// Has reports whether the source has a column for f.
func (c *Columns) Has(f Field) bool { return c.cell[f] > 0 }

// Values picks the mapped cells of a row; a short row gives "" for the cells it
// lacks. Parts of a name and of an address in columns of their own are joined to
// the name and the address they belong to.
func (c *Columns) Values(cells []string) Values {
	var v Values
	for f := FieldNIK; f < FieldCount; f++ {
		if i := int(c.cell[f]) - 1; i >= 0 && i < len(cells) {
			v[f] = cells[i]
		}
	}
	v.join(FieldName, FieldMiddleName, " ")
	v.join(FieldName, FieldSurname, " ")
	v.join(FieldAddress, FieldHouse, " NO ")
	v.join(FieldAddress, FieldAddress2, ", ")
	return v
}

// join moves the text of a part to the end of the whole.
func (v *Values) join(whole, part Field, between string) {
	if text := strings.TrimSpace(v[part]); text != "" {
		v[whole], v[part] = strings.TrimLeft(strings.TrimSpace(v[whole])+between+text, " ,"), ""
	}
}
