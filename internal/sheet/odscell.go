package sheet

import (
	"bytes"
	"strconv"
	"strings"
	"time"
)

// odsAttributes are the attributes of a cell.
type odsAttributes struct {
	key, value []byte // the attribute that holds the value, e.g. date-value
	text       bool   // the value is what the cell shows: a text or an error
	typed      bool
	failed     bool // the value is an error
	formula    bool
	repeated   int
	columns    int // that a merged cell covers
	rows       int
}

func odsAttributesOf(attributes []byte) odsAttributes {
	a := odsAttributes{repeated: 1, columns: 1, rows: 1}
	for {
		var key, value []byte
		if key, value, attributes = nextAttribute(attributes); key == nil {
			if a.failed { // only the text tells which error
				a.key = nil
			}
			return a
		}
		switch string(key) {
		case "value-type": // of ODF, and beside it one of LibreOffice that knows errors
			a.typed = true
			a.failed = a.failed || string(value) == "error"
			a.text = a.text || a.failed || string(value) == "string"
		case "value", "date-value", "time-value", "boolean-value", "string-value":
			a.key, a.value = key, value
		case "formula":
			a.formula = true
		case "number-columns-repeated":
			a.repeated = repetition(value)
		case "number-columns-spanned":
			a.columns = repetition(value)
		case "number-rows-spanned":
			a.rows = repetition(value)
		}
	}
}

// readCell reads a cell with what it holds.
func (r *odsReader) readCell() error {
	a := odsAttributesOf(r.xml.attributes)
	column := r.column
	r.column = min(r.column+a.repeated, maxRepeat)
	if r.shape {
		r.merge(column, &a)
		return r.xml.skip()
	}
	from := len(r.text)
	numeric, valued := r.value(&a)
	if !r.xml.empty {
		shown, err := r.content(!valued)
		if err != nil {
			return err
		}
		valued = valued || shown && (a.text || !a.typed)
	}
	if !valued && a.formula {
		r.row.Uncached += min(a.repeated, r.limits.Columns)
	}
	r.put(column, a.repeated, from, numeric)
	return nil
}

// merge takes in a merged cell.
func (r *odsReader) merge(column int, a *odsAttributes) {
	if (a.columns > 1 || a.rows > 1) && column < r.limits.Columns && len(r.found.Merged) < maxRanges {
		last := min(column+a.columns, r.limits.Columns) - 1
		r.found.Merged = append(r.found.Merged, Range{r.row.Number, r.row.Number + a.rows - 1, column, last})
	}
}

// value appends the value of a cell if an attribute holds it.
func (r *odsReader) value(a *odsAttributes) (numeric, valued bool) {
	switch string(a.key) {
	case "value":
		value := bytes.TrimSpace(a.value)
		if len(value) == 0 {
			return false, false
		}
		if !isNumber(value) {
			r.text = appendEntities(r.text, value)
			return false, true
		}
		r.text = appendNumber(r.text, value)
		return true, true
	case "date-value":
		r.text = append(r.text, odsDate(attributeText(a.value))...)
	case "time-value":
		r.text = append(r.text, odsTime(attributeText(a.value))...)
	case "boolean-value":
		r.text = append(r.text, boolText(a.value)...)
	case "string-value":
		r.text = appendEntities(r.text, a.value)
	default:
		return false, false
	}
	return false, true
}

// odsDate writes a date such as 1980-05-17T10:30:00.000000 without midnight and
// parts of a second.
func odsDate(text string) string {
	text = isoDate(text)
	if whole, _, ok := strings.Cut(text, "."); ok {
		if t, err := time.Parse(time.DateTime, text); err == nil {
			return isoDate(t.Round(time.Second).Format("2006-01-02T15:04:05"))
		}
		return whole
	}
	return text
}

// odsTime writes a duration such as PT13H45M00S as a time; hours may exceed a
// day. What is none stays as it is.
func odsTime(text string) string {
	rest, ok := strings.CutPrefix(text, "PT")
	if !ok {
		return text
	}
	var parts [3]float64
	for i, unit := range [...]string{"H", "M", "S"} {
		number, after, found := strings.Cut(rest, unit)
		if !found {
			continue
		}
		n, err := strconv.ParseFloat(number, 64)
		if err != nil || !(n >= 0 && n < 1e6) {
			return text
		}
		parts[i], rest = n, after
	}
	if rest != "" {
		return text
	}
	seconds := int(parts[0]*3600 + parts[1]*60 + parts[2] + 0.5)
	clock := time.Unix(int64(seconds%3600), 0).UTC().Format(":04:05")
	if hours := strconv.Itoa(seconds / 3600); len(hours) > 1 {
		return hours + clock
	}
	return "0" + strconv.Itoa(seconds/3600) + clock
}
