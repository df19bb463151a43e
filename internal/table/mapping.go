package table

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"

	"padan/internal/sheet"
	"padan/normalize"

	"github.com/pelletier/go-toml/v2"
)

// Mapping says which columns of a table are read and how their values are coded.
// Only the fields it names are read.
type Mapping struct {
	// Columns gives the title of each field, or the letters of its column: "#C".
	Columns map[normalize.Field]string
	// MonthFirst, BPSRelation and SexReversed state a coding; nil leaves it to the
	// values.
	MonthFirst, BPSRelation, SexReversed *bool
	// FillHouseholds states whether household values stand only in the first row
	// of each household; nil leaves it to the values.
	FillHouseholds *bool
}

// The words for the codings of relations.
const (
	codingSIAK = "siak"
	codingBPS  = "bps"
)

// mappingFile is the text form of a Mapping.
type mappingFile struct {
	Columns map[string]string `toml:"columns"`
	Values  struct {
		MonthFirst     *bool   `toml:"month_first"`
		Relation       *string `toml:"relation"`
		SexReversed    *bool   `toml:"sex_reversed"`
		FillHouseholds *bool   `toml:"fill_households"`
	} `toml:"values"`
}

// ReadMapping reads the text of a mapping. An unknown key or field is an error
// that names its line.
func ReadMapping(r io.Reader) (*Mapping, error) {
	var file mappingFile
	if err := toml.NewDecoder(r).DisallowUnknownFields().Decode(&file); err != nil {
		return nil, mappingError(err)
	}
	m := &Mapping{
		Columns: map[normalize.Field]string{}, MonthFirst: file.Values.MonthFirst,
		SexReversed: file.Values.SexReversed, FillHouseholds: file.Values.FillHouseholds,
	}
	for code, title := range file.Columns {
		field, ok := normalize.ParseField(code)
		switch {
		case !ok:
			return nil, fmt.Errorf("[columns]: %q is no field", code)
		case strings.TrimSpace(title) == "":
			return nil, fmt.Errorf("[columns]: %s has no title", code)
		}
		m.Columns[field] = title
	}
	if len(m.Columns) == 0 {
		return nil, errors.New("[columns] names no field")
	}
	if coding := file.Values.Relation; coding != nil {
		bps := *coding == codingBPS
		if !bps && *coding != codingSIAK {
			return nil, fmt.Errorf("[values]: relation %q: must be %s or %s", *coding, codingSIAK, codingBPS)
		}
		m.BPSRelation = &bps
	}
	return m, nil
}

// mappingError says where a text is wrong.
func mappingError(err error) error {
	var strict *toml.StrictMissingError
	var syntax *toml.DecodeError
	switch {
	case errors.As(err, &strict) && len(strict.Errors) > 0:
		line, _ := strict.Errors[0].Position()
		return fmt.Errorf("line %d: unknown key %s", line, strings.Join(strict.Errors[0].Key(), "."))
	case errors.As(err, &syntax):
		line, _ := syntax.Position()
		return fmt.Errorf("line %d: %s", line, strings.TrimPrefix(syntax.Error(), "toml: "))
	}
	return err
}

// Text returns the mapping as ReadMapping reads it, with a word on each part.
func (m *Mapping) Text() string {
	var b bytes.Buffer
	b.WriteString("# How padan reads the lists with this header. A column without a line here is\n" +
		"# not read. A column is given by its title, or by its letters: \"#C\".\n[columns]\n")
	for field := normalize.FieldNIK; field < normalize.FieldCount; field++ {
		if title, ok := m.Columns[field]; ok {
			fmt.Fprintf(&b, "%s = %s\n", field, quoted(title))
		}
	}
	b.WriteString("\n# How the values are coded. Without a line the values of each file decide.\n[values]\n")
	for _, v := range []struct {
		key, about string
		value      *bool
	}{
		{"month_first", "05/12/1987 is 12 May", m.MonthFirst},
		{"sex_reversed", "1 is female and 2 male", m.SexReversed},
		{"fill_households", "KK and address stand only in the first row of each household", m.FillHouseholds},
	} {
		if v.value != nil {
			fmt.Fprintf(&b, "%s = %v # %s\n", v.key, *v.value, v.about)
		}
	}
	if m.BPSRelation != nil {
		coding := codingSIAK
		if *m.BPSRelation {
			coding = codingBPS
		}
		fmt.Fprintf(&b, "relation = %q # siak: 3 wife, 4 child; bps: 2 wife or husband, 3 child\n", coding)
	}
	return b.String()
}

// quoted writes a title as a TOML string.
func quoted(title string) string {
	var b strings.Builder
	b.WriteByte('"')
	for _, r := range title {
		switch {
		case r == '"' || r == '\\':
			b.WriteByte('\\')
			b.WriteRune(r)
		case r < 0x20 || r == 0x7F:
			b.WriteString(`\u00` + string("0123456789ABCDEF"[r>>4]) + string("0123456789ABCDEF"[r&15]))
		default:
			b.WriteRune(r)
		}
	}
	b.WriteByte('"')
	return b.String()
}

// apply sets the codings that a mapping states.
func (m *Mapping) apply(o *normalize.Options) {
	if m == nil {
		return
	}
	for _, v := range []struct {
		from *bool
		to   *bool
	}{{m.MonthFirst, &o.MonthFirst}, {m.BPSRelation, &o.BPSRelation}, {m.SexReversed, &o.SexReversed}} {
		if v.from != nil {
			*v.to = *v.from
		}
	}
}

// Mapping returns the mapping by which the table is read, to be edited and kept.
func (t *Table) Mapping() *Mapping {
	monthFirst, bps, reversed, fill := t.Options.MonthFirst, t.Options.BPSRelation, t.Options.SexReversed, t.family.fill
	m := &Mapping{Columns: map[normalize.Field]string{}, MonthFirst: &monthFirst, SexReversed: &reversed}
	if t.Fields.Has(normalize.FieldRelation) {
		m.BPSRelation = &bps
	}
	if t.Fields.Has(normalize.FieldKK) {
		m.FillHouseholds = &fill
	}
	count := map[string]int{}
	for _, title := range t.Header[:t.own] {
		count[foldTitle(title)]++
	}
	for i, c := range t.Columns[:min(t.own, len(t.Columns))] {
		if c.Field == normalize.FieldNone {
			continue
		}
		m.Columns[c.Field] = c.Title
		if title := foldTitle(c.Title); title == "" || count[title] > 1 || strings.HasPrefix(title, "#") {
			m.Columns[c.Field] = "#" + sheet.ColumnName(i)
		}
	}
	return m
}

// HeaderKey identifies a header: the same titles in the same order, whatever
// their case and spaces, have the same key.
func HeaderKey(titles []string) string {
	digest := sha256.New()
	for i, title := range titles {
		_, _ = digest.Write([]byte(strconv.Itoa(i) + foldTitle(title) + "\n")) // never fails
	}
	return hex.EncodeToString(digest.Sum(nil)[:16])
}

// Key identifies the header of the table; see HeaderKey.
func (t *Table) Key() string { return HeaderKey(t.Header[:t.own]) }

// shape states how households are written, where the mapping does.
func (m *Mapping) shape(family *familyShape) {
	switch {
	case m == nil || m.FillHouseholds == nil:
	case !*m.FillHouseholds:
		*family = familyShape{}
	case !family.fill:
		*family = familyShape{fill: true, by: EndBlank}
	}
}
