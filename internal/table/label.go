package table

import (
	"strings"
	"unicode"

	"padan/normalize"
)

// isFamilyField tells the fields that only a household's line gives from those
// that a line about an area gives too.
func isFamilyField(field normalize.Field) bool {
	return field == normalize.FieldKK || field == normalize.FieldHead || field == normalize.FieldAddress
}

// labelField returns the field that a word before a colon announces. FieldNone
// with ok ends the value before it and is not kept.
func labelField(label string) (field normalize.Field, ok bool) {
	label = strings.Trim(label, " .:-,;")
	if label == "" || len(label) > 40 {
		return normalize.FieldNone, false
	}
	field, known := normalize.RecogniseHeader(label)
	if known && carriedTitles[field] != "" {
		return field, true
	}
	switch strings.ToUpper(strings.ReplaceAll(label, " ", "")) {
	case "KODEPOS", "TELP", "TELEPON", "TELPON", "HP", "NO.BLANGKOKK", "TGLCETAKKK", "PERIODE/TANGGAL", "TANGGAL", "PERIODE", "TAHUN", "BULAN":
		return normalize.FieldNone, true
	}
	return normalize.FieldNone, false
}

// labels is what a row of labels and values says.
type labels struct {
	values carriedValues
	used   []bool // by column: part of a label or its value
	any    bool   // a value was found
	family bool   // of the kind that only a household's line gives
}

// readLabels reads a row such as "No. KK : 3174...", with the value in the same
// cell or in the ones behind it. A cell counts from the label at its start.
func readLabels(cells []string) (l labels, ok bool) {
	if !hasColon(cells) {
		return l, false
	}
	l.used = make([]bool, len(cells))
	for i := 0; i < len(cells); i++ {
		text := strings.TrimSpace(cells[i])
		label, rest, colon := strings.Cut(text, ":")
		if !colon && colonBehind(cells, i) {
			label, colon = text, true
		}
		field, known := labelField(label)
		if !colon || !known {
			continue
		}
		l.used[i] = true
		last := i
		if rest = strings.TrimSpace(rest); rest == "" {
			rest, last = valueBehind(cells, i)
		}
		for ; i < last; i++ {
			l.used[i+1] = true
		}
		l.take(field, rest)
	}
	return l, l.any
}

func hasColon(cells []string) bool {
	for _, cell := range cells {
		if strings.IndexByte(cell, ':') >= 0 {
			return true
		}
	}
	return false
}

// colonBehind reports whether the next text behind a cell begins with a colon.
func colonBehind(cells []string, column int) bool {
	return strings.HasPrefix(firstText(cells[column+1:]), ":")
}

// valueBehind returns the first text behind a label's cell and its column; "" if
// the next text is a label of its own.
func valueBehind(cells []string, column int) (value string, last int) {
	for i := column + 1; i < len(cells); i++ {
		text := strings.TrimSpace(cells[i])
		if text == "" || text == ":" {
			continue
		}
		value = strings.TrimSpace(strings.TrimPrefix(text, ":"))
		label, _, colon := strings.Cut(value, ":")
		if _, known := labelField(label); known && (colon || colonBehind(cells, i)) {
			return "", column
		}
		return value, i
	}
	return "", column
}

// take keeps a value; the labels inside it ("..., RT/RW : 003/001") begin values
// of their own, except in an address, which is read as a whole.
func (l *labels) take(field normalize.Field, value string) {
	value = strings.TrimSpace(value)
	if isFamilyField(field) {
		l.family = true
	}
	if field != normalize.FieldAddress {
		value = l.takeInner(value)
	}
	if value == "" || field == normalize.FieldNone {
		return
	}
	if l.values[field] == "" {
		l.values[field] = value
	}
	l.any = true
}

// takeInner takes the labels inside a value ("Tebet Timur  Kecamatan : Tebet") and
// returns what stands before the first of them. A label has three words at most.
func (l *labels) takeInner(value string) string {
	before, inner, colon := strings.Cut(value, ":")
	if !colon {
		return value
	}
	start := len(before)
	for range 3 {
		start = strings.LastIndexFunc(strings.TrimRightFunc(before[:start], isLabelGap), isLabelGap) + 1
		if field, known := labelField(before[start:]); known && start > 0 {
			l.take(field, inner)
			return strings.TrimFunc(before[:start], isLabelGap)
		}
		if start == 0 {
			break
		}
	}
	return value
}

// isLabelGap tells what stands between words.
func isLabelGap(r rune) bool { return unicode.IsSpace(r) || r == ',' || r == ';' }

// miniHeader is a row of titles of household values, with the values in the row
// below it: NO.KK | NAMA.KK | ALAMAT.
type miniHeader struct {
	columns map[normalize.Field]int
	pending bool // the row below is the next one
}

// readMiniHeader recognises such a row: every cell is a title, one of them the
// KK number, and no cell holds a value.
func readMiniHeader(cells []string) (columns map[normalize.Field]int, ok bool) {
	columns = map[normalize.Field]int{}
	for i, cell := range cells {
		text := strings.TrimSpace(cell)
		if text == "" {
			continue
		}
		field, known := labelField(text)
		if !known && !strings.HasSuffix(text, ":") {
			return nil, false
		}
		if _, has := columns[field]; field != normalize.FieldNone && !has {
			columns[field] = i
		}
	}
	_, hasKK := columns[normalize.FieldKK]
	return columns, hasKK && len(columns) >= 2
}

// values reads the row of values under a mini header.
func (m *miniHeader) values(cells []string) carriedValues {
	var v carriedValues
	for field, column := range m.columns {
		v[field] = cellAt(cells, column)
	}
	return v
}
