package report

import (
	"strconv"
	"strings"

	"padan/match"
	"padan/normalize"
)

// The lists of an area are read by persons: each shows a few values as they stood
// in the source, and of a second record only what differs. What programs need
// stands in the reports of the whole run.

// personColumns head what addPerson writes.
func personColumns(l Language) []Column {
	return []Column{
		l.column("kk", phraseKK, 14), l.column("nik", phraseNIK, 14), l.column("name", phraseName, 20), l.column("sex", phraseSex, 3),
		l.column("birth_date", phraseBirthDate, 8), l.column("relation", phraseRelation, 9), l.column("address", phraseAddress, 22),
		l.column("rt_rw", phraseRTRW, 6), l.column("kelurahan", phraseKelurahan, 12),
	}
}

// addPerson writes who a record is and where the person lives.
func (w *writer) addPerson(r *match.Record) {
	w.add(
		w.number(r.Raw[normalize.FieldKK], r.KK), w.number(r.Raw[normalize.FieldNIK], r.NIK),
		w.text(fullName(r)), w.text(r.Raw[normalize.FieldSex]), w.text(birthDate(r)),
		w.text(r.Raw[normalize.FieldRelation]), w.text(address(r)), w.text(rtrw(r)), w.text(kelurahan(r.Area)),
	)
}

// text shows a text as it stood in the source; numbers in it may be masked.
func (w *writer) text(text string) Cell { return Text(w.masked(text)) }

func (w *writer) masked(text string) string {
	if w.options.Mask {
		return maskNumbers(text)
	}
	return text
}

// fullName is the name as the source has it, in one column or in parts.
func fullName(r *match.Record) string {
	return joined(" ", r.Raw[normalize.FieldName], r.Raw[normalize.FieldMiddleName], r.Raw[normalize.FieldSurname])
}

// address is the address as the source has it, in one column or in parts.
func address(r *match.Record) string {
	street := joined(" ", r.Raw[normalize.FieldAddress], r.Raw[normalize.FieldHouse])
	return joined(", ", street, r.Raw[normalize.FieldAddress2], r.Raw[normalize.FieldHamlet])
}

// birthDate is the birth date as the source has it: in one column, with the
// birthplace, or in parts.
func birthDate(r *match.Record) string {
	for _, field := range [...]normalize.Field{normalize.FieldBirthDate, normalize.FieldBirthPlaceDate} {
		if text := r.Raw[field]; text != "" {
			return text
		}
	}
	return joined("-", r.Raw[normalize.FieldBirthDay], r.Raw[normalize.FieldBirthMonth], r.Raw[normalize.FieldBirthYear])
}

// rtrw is the RT and the RW as the source has them.
func rtrw(r *match.Record) string {
	if text := joined("/", r.Raw[normalize.FieldRT], r.Raw[normalize.FieldRW]); text != "" {
		return text
	}
	return r.Raw[normalize.FieldRTRW]
}

// joined joins the texts that are not empty.
func joined(separator string, texts ...string) string {
	text := ""
	for _, t := range texts {
		switch {
		case t == "":
		case text == "":
			text = t
		default:
			text += separator + t
		}
	}
	return text
}

// place says where a record stands: "tebet.xlsx, Data, baris 5".
func (w *writer) place(r *match.Record) string {
	place := r.Source
	if r.Sheet != "" {
		place += ", " + r.Sheet
	}
	return w.masked(place) + ", " + w.words.phrases[phraseAtRow] + strconv.Itoa(r.Row)
}

// places says where two records stand, a line each.
func (w *writer) places(a, b *match.Record) Cell { return Text(w.place(a) + "\n" + w.place(b)) }

// contrasts are the values in which two records may differ, in the order of the
// columns.
var contrasts = [...]struct {
	field normalize.Field // tells the comparison that finds whether they mean the same
	title phrase
	value func(r *match.Record) string
}{
	{normalize.FieldKK, phraseKK, raw(normalize.FieldKK)},
	{normalize.FieldNIK, phraseNIK, raw(normalize.FieldNIK)},
	{normalize.FieldName, phraseName, fullName},
	{normalize.FieldSex, phraseSex, raw(normalize.FieldSex)},
	{normalize.FieldBirthDate, phraseBirthDate, birthDate},
	{normalize.FieldRelation, phraseRelation, raw(normalize.FieldRelation)},
	{normalize.FieldAddress, phraseAddress, address},
	{normalize.FieldRT, phraseRTRW, rtrw},
}

func raw(f normalize.Field) func(*match.Record) string {
	return func(r *match.Record) string { return r.Raw[f] }
}

// contrast lists the values of a record that differ visibly from those of another
// one of the same person, a line each, and where it lies if not in the same
// kelurahan.
func (w *writer) contrast(other, shown *match.Record, v *match.Vector) Cell {
	var lines []string
	for i := range contrasts {
		c := &contrasts[i]
		text := c.value(other)
		if text == "" || foundSame(c.field, v) || sameText(text, c.value(shown)) {
			continue
		}
		switch c.field {
		case normalize.FieldKK:
			text = w.number(text, other.KK).Text
		case normalize.FieldNIK:
			text = w.number(text, other.NIK).Text
		default:
			text = w.masked(text)
		}
		lines = append(lines, w.words.phrases[c.title]+": "+text)
	}
	if text := w.masked(w.whereabouts(other.Area, shown.Area)); text != "" {
		lines = append(lines, w.words.phrases[phraseWhere]+": "+text)
	}
	return Text(strings.Join(lines, "\n"))
}

// whereabouts names an area as far as it differs from another; "" if it does not.
func (w *writer) whereabouts(a, from normalize.Area) string {
	text := kelurahan(a)
	if a.Code == from.Code && sameText(text, kelurahan(from)) {
		return ""
	}
	name, _ := normalize.AreaOf(a.Code)
	if other, _ := normalize.AreaOf(from.Code); other.Kecamatan != name.Kecamatan || text == "" {
		if name.Kecamatan != "" {
			text = joined(", ", text, w.words.phrases[phraseKecamatanShort]+" "+name.Kecamatan)
		}
		if other.Kota != name.Kota {
			text = joined(", ", text, name.Kota)
		}
	}
	return text
}

// sameText reports whether two texts have the same letters and digits, whatever
// stands between them.
func sameText(a, b string) bool {
	for {
		a, b = toWord(a), toWord(b)
		if a == "" || b == "" {
			return a == b
		}
		if lower(a[0]) != lower(b[0]) {
			return false
		}
		a, b = a[1:], b[1:]
	}
}

// toWord drops what stands before the first letter or digit.
func toWord(text string) string {
	for i := range len(text) {
		if c := lower(text[i]); c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c >= 0x80 {
			return text[i:]
		}
	}
	return ""
}

func lower(c byte) byte {
	if c >= 'A' && c <= 'Z' {
		return c + 'a' - 'A'
	}
	return c
}
