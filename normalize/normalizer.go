package normalize

// Options says how a source is to be read.
type Options struct {
	// AsOf is the day the source speaks of: two-digit years after it are 19YY,
	// dates after it are wrong. 0 = no check.
	AsOf Date
	// MonthFirst reads 05/12/1987 as 12 May.
	MonthFirst bool
	// Defaults is the area of rows that name none, from title rows or the
	// file's name.
	Defaults Area
	// BPSRelation reads relation codes in the coding of BPS instead of SIAK.
	BPSRelation bool
}

// Normalizer turns the rows of one source into Persons. It remembers words it
// has read, so one worker owns one Normalizer; its results depend on the cells
// alone.
type Normalizer struct {
	columns Columns
	options Options
	issues  []Issue
}

// New returns a Normalizer for a source with these columns.
func New(columns Columns, options Options) *Normalizer {
	return &Normalizer{columns: columns, options: options}
}

// Person reads one row. numeric[i] says that cell i was a numeric cell of a
// spreadsheet; nil means all text. The issues are valid until the next call.
func (n *Normalizer) Person(cells []string, numeric []bool) (Person, []Issue) {
	n.issues = n.issues[:0]
	values := n.columns.Values(cells)
	var p Person
	p.NIK = ReadNIK(values[FieldNIK], n.isNumeric(FieldNIK, numeric))
	p.KK = ReadKK(values[FieldKK], n.isNumeric(FieldKK, numeric))
	p.Name, _ = ReadName(values[FieldName])
	p.Mother, _ = ReadName(values[FieldMother])
	return p, n.issues
}

func (n *Normalizer) isNumeric(field Field, numeric []bool) bool {
	i := n.columns.Cell(field)
	return i >= 0 && i < len(numeric) && numeric[i]
}
