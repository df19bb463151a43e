package normalize

import "strings"

// Options says how a source is to be read.
type Options struct {
	// AsOf is the day the source speaks of: two-digit years after it are 19YY,
	// dates after it are wrong. 0 = no check.
	AsOf Date
	// MonthFirst reads 05/12/1987 as 12 May.
	MonthFirst bool
	// SwappedDays says that a spreadsheet took day-first dates for month-first ones
	// where it could: an ISO date of a possible month as its day is read as
	// year-day-month (DOMAIN 2).
	SwappedDays bool
	// Defaults is the area of rows that name none, from title rows or the
	// file's name.
	Defaults Area
	// BPSRelation reads relation codes in the coding of BPS instead of SIAK.
	BPSRelation bool
	// SexReversed reads 1 as female and 2 as male.
	SexReversed bool
	// NIKTruncated and KKTruncated say that the numbers of the column lost their
	// last digit to a spreadsheet, which shows 0 in its place: a number that ends
	// in 0 is read as one of a numeric cell.
	NIKTruncated, KKTruncated bool
	// Exchange says that the rows are those of an exchange list; of the other
	// options only Near counts then.
	Exchange bool
	// Near is where the neighbourhoods of an exchange list stand.
	Near Near
}

// Codes of issues that are neither a Damage nor a Date code.
const (
	IssueUnknown = "unknown" // text that names no known value
	IssueDate    = "date"    // a spreadsheet made a date of the RT or RW
)

// Normalizer turns the rows of one source into Persons. It remembers what it
// has read of places, relations, areas and the last address, which come again
// and again, so one worker owns one Normalizer; its results depend on the cells
// alone.
type Normalizer struct {
	columns     Columns
	options     Options
	dates       DateOptions
	issues      []Issue
	places      memo[string]
	relations   memo[Relation]
	areas       map[areaText]Area
	kecamatan   string // of the defaults
	address     string // the last address, which the next member of a household shares
	addressRead AddressParts
}

// areaText is what a row says of its area.
type areaText struct{ kelurahan, kecamatan, kota, province, code string }

// maxAreas bounds the areas a Normalizer remembers.
const maxAreas = 1 << 14

// New returns a Normalizer for a source with these columns.
func New(columns Columns, options Options) *Normalizer {
	return &Normalizer{
		columns: columns, options: options,
		dates:  DateOptions{MonthFirst: options.MonthFirst, SwappedDays: options.SwappedDays, AsOf: options.AsOf},
		places: newMemo(ReadPlace),
		relations: newMemo(func(text string) Relation {
			return ReadRelation(text, options.BPSRelation)
		}),
		areas:     map[areaText]Area{},
		kecamatan: AreaLabel(options.Defaults.Code / 10_000),
	}
}

// Person reads one row. numeric[i] says that cell i was a numeric cell of a
// spreadsheet; nil means all text. The issues are valid until the next call.
func (n *Normalizer) Person(cells []string, numeric []bool) (Person, []Issue) {
	n.issues = n.issues[:0]
	if n.options.Exchange {
		return n.readExchange(cells), n.issues
	}
	v := n.columns.Values(cells)
	dropErrors(&v)
	var p Person
	p.NIK = ReadNIK(v[FieldNIK], n.options.NIKTruncated || n.isNumeric(FieldNIK, numeric))
	p.KK = ReadKK(v[FieldKK], n.options.KKTruncated || n.isNumeric(FieldKK, numeric))
	n.readName(&p, &v)
	n.readBirth(&p, &v)
	p.Sex = n.readSex(v[FieldSex])
	n.noteUnknown(FieldSex, v[FieldSex], p.Sex == SexMissing)
	p.Relation = n.relations.of(v[FieldRelation])
	if p.Relation == RelationWife && p.Sex == Male && isEitherSpouse(v[FieldRelation], n.options.BPSRelation) {
		p.Relation = RelationHusband
	}
	n.noteUnknown(FieldRelation, v[FieldRelation], p.Relation == RelationMissing)
	n.readHome(&p, &v)
	p.Identifier = ReadIdentifier(v[FieldIdentifier])
	uncross(&p)
	n.noteNumber(FieldNIK, p.NIK)
	if n.columns.Has(FieldKK) {
		n.noteNumber(FieldKK, p.KK)
	}
	return p, n.issues
}

// dropErrors takes away what a spreadsheet writes where a formula failed. NIK and
// KK keep it: it tells that there was something.
func dropErrors(v *Values) {
	for f := FieldName; f < FieldCount; f++ {
		if text := v[f]; len(text) > 3 && text[0] == '#' && isFormulaError(text) {
			v[f] = ""
		}
	}
}

func isFormulaError(text string) bool {
	switch text {
	case "#N/A", "#REF!", "#VALUE!", "#NAME?", "#DIV/0!", "#NUM!", "#NULL!", "#ERROR!":
		return true
	}
	return false
}

// readSex reads the sex; where the coding is reversed, words keep their meaning.
func (n *Normalizer) readSex(text string) Sex {
	sex := ReadSex(text)
	if n.options.SexReversed && sex != SexMissing && SexCode(text) {
		return Male + Female - sex
	}
	return sex
}

func (n *Normalizer) isNumeric(field Field, numeric []bool) bool {
	i := n.columns.Cell(field)
	return i >= 0 && i < len(numeric) && numeric[i]
}

func (n *Normalizer) note(field Field, code string) {
	if code != "" {
		n.issues = append(n.issues, Issue{field, code})
	}
}

func (n *Normalizer) noteUnknown(field Field, text string, missing bool) {
	if missing && text != "" && !isNothing(text) {
		n.note(field, IssueUnknown)
	}
}

func (n *Normalizer) noteNumber(field Field, number Number) { n.note(field, number.Damage.String()) }

func (n *Normalizer) readName(p *Person, v *Values) {
	var deceased bool
	p.Name, deceased = ReadName(v[FieldName])
	if p.Name.Words == "" {
		n.note(FieldName, DamageEmpty.String())
	}
	if v[FieldMother] != "" {
		p.Mother, _ = ReadName(v[FieldMother])
		p.Mother.Alias, p.Mother.Father = "", ""
	}
	if p.Name.Father == "" && v[FieldFather] != "" {
		father, _ := ReadName(v[FieldFather])
		p.Name.Father = father.Words
	}
	p.Status = ReadStatus(v[FieldStatus])
	if deceased {
		p.Status = StatusDeceased
	}
}

// readBirth reads birth date and place: columns of their own come before the
// one that holds both.
func (n *Normalizer) readBirth(p *Person, v *Values) {
	var code string
	switch {
	case v[FieldBirthDate] != "":
		p.BirthDate, code = ReadDate(v[FieldBirthDate], n.dates)
	case v[FieldBirthYear] != "":
		p.BirthDate, code = n.readDateParts(v[FieldBirthDay], v[FieldBirthMonth], v[FieldBirthYear])
	}
	p.BirthPlace = n.places.of(v[FieldBirthPlace])
	if text := v[FieldBirthPlaceDate]; text != "" {
		place, d, joint := ReadBirthPlaceDate(text, n.dates)
		if p.BirthDate == 0 {
			p.BirthDate, code = d, joint
		}
		if p.BirthPlace == "" {
			p.BirthPlace = place
		}
	}
	n.note(FieldBirthDate, code)
}

// readDateParts reads a date from columns for day, month and year. A day
// without a month says nothing.
func (n *Normalizer) readDateParts(day, month, year string) (Date, string) {
	text := year
	if month != "" {
		text = month + "-" + text
		if day != "" {
			text = day + "-" + text
		}
	}
	return ReadDate(text, DateOptions{AsOf: n.dates.AsOf})
}

// readHome reads address and area: columns of their own come before what stands
// in the address, and that before the defaults of the source.
func (n *Normalizer) readHome(p *Person, v *Values) {
	parts := n.readAddress(v[FieldAddress])
	p.Address = parts.Address
	if text := v[FieldRTRW]; text != "" {
		if rt, rw := ReadRTRW(text); rt != 0 || rw != 0 {
			p.Address.RT, p.Address.RW = rt, rw
		}
		if _, isDate := unitDate(text); isDate {
			n.note(FieldRTRW, IssueDate)
		}
	}
	if rt := n.readUnit(FieldRT, v); rt != 0 {
		p.Address.RT = rt
	}
	if rw := n.readUnit(FieldRW, v); rw != 0 {
		p.Address.RW = rw
	}
	text := areaText{v[FieldKelurahan], v[FieldKecamatan], v[FieldKota], v[FieldProvince], v[FieldAreaCode]}
	if text.kelurahan == "" {
		text.kelurahan = parts.Kelurahan
		if text.kota == "" {
			text.kota = parts.Kota
		}
	}
	if text.kecamatan == "" {
		text.kecamatan = parts.Kecamatan
	}
	p.Area = n.area(text)
	if text.kelurahan != "" && text.kecamatan == "" && text.kota == "" && p.Area.Code%10_000 == 0 && n.kecamatan != "" {
		text.kecamatan = n.kecamatan // a misspelled name may be clear inside the kecamatan of the list
		if inside := n.area(text); inside.Code%10_000 != 0 || p.Area.Code == 0 {
			p.Area = inside
		}
	}
	if p.Area.Code%10_000 == 0 && v[FieldKelurahan] == "" && parts.Kota == "" && n.options.Defaults.Code != 0 {
		// JL. KELURAHAN 7 names no kelurahan
		p.Area = n.area(areaText{"", v[FieldKecamatan], v[FieldKota], v[FieldProvince], v[FieldAreaCode]})
	} else if text.kelurahan != "" && p.Area.Code%10_000 == 0 {
		n.note(FieldKelurahan, IssueUnknown)
	}
	if d := n.options.Defaults; d.Code != 0 && (p.Area.Code == 0 && p.Area.Place == "" || contains(p.Area, d)) {
		p.Area = d
	}
	if p.Area.Code == 0 {
		n.readPlaceAbroad(&p.Area, v)
	}
}

// readPlaceAbroad reads what tells places of other countries apart.
func (n *Normalizer) readPlaceAbroad(area *Area, v *Values) {
	area.Postcode, area.State = ReadPostcode(v[FieldPostcode]), n.places.of(v[FieldProvince])
	for _, f := range [...]Field{FieldKecamatan, FieldKota} {
		if area.Place == "" {
			area.Place = n.places.of(v[f])
		}
	}
}

func (n *Normalizer) readUnit(field Field, v *Values) uint16 {
	if v[field] == "" {
		return 0
	}
	if len(v[field]) > len("005") {
		if _, isDate := unitDate(v[field]); isDate {
			n.note(field, IssueDate)
			return 0
		}
	}
	return ReadUnit(v[field])
}

func (n *Normalizer) readAddress(text string) AddressParts {
	if text != n.address {
		n.address, n.addressRead = strings.Clone(text), ReadAddress(text)
	}
	return n.addressRead
}

// contains reports whether the larger area holds the smaller one.
func contains(larger, smaller Area) bool {
	for _, level := range [...]uint64{10_000, 1_000_000, 100_000_000} {
		if larger.Place == "" && larger.Code%level == 0 && larger.Code/level == smaller.Code/level && larger.Code != 0 {
			return true
		}
	}
	return false
}

func (n *Normalizer) area(text areaText) Area {
	if text == (areaText{}) {
		return Area{}
	}
	if a, ok := n.areas[text]; ok {
		return a
	}
	a := FindArea(text.kelurahan, text.kecamatan, text.kota, text.province, text.code)
	if len(n.areas) >= maxAreas {
		clear(n.areas)
	}
	n.areas[areaText{
		strings.Clone(text.kelurahan), strings.Clone(text.kecamatan), strings.Clone(text.kota),
		strings.Clone(text.province), strings.Clone(text.code),
	}] = a
	return a
}

// uncross puts NIK and KK back where the number in the KK column is clearly the
// NIK and the other one is not (DOMAIN 1.4). Both must be whole and valid in
// their new places: digits that a spreadsheet lost stay doubtful.
func uncross(p *Person) {
	if p.NIK.Damage == DamageNumericCell || p.KK.Damage == DamageNumericCell || !isNIKOf(p.KK, p) || isNIKOf(p.NIK, p) {
		return
	}
	nik, kk := ReadNIK(p.KK.Text(), false), ReadKK(p.NIK.Text(), false)
	if p.KK.Digits != 16 || p.NIK.Digits != 16 || nik.Trust != TrustFull || kk.Trust != TrustFull {
		return
	}
	nik.Damage, kk.Damage = DamageSwapped, DamageSwapped
	p.NIK, p.KK = nik, kk
}

// isNIKOf reports whether a number states the person's birth date or, where
// none is recorded, that she is a woman: no KK has a day above 40.
func isNIKOf(number Number, p *Person) bool {
	if p.BirthDate != 0 {
		return number.MatchesBirth(p.BirthDate)
	}
	sex, ok := number.Sex()
	return ok && sex == Female && p.Sex == Female
}
