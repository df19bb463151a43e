package report

import (
	"path/filepath"
	"strings"
	"testing"
	"unicode"

	"padan/match"
	"padan/normalize"

	"pgregory.net/rapid"
)

// masterRow writes one person and returns the cells by the names of the columns.
func masterRow(t *testing.T, p *match.MasterPerson, precedence match.Precedence) map[string]string {
	t.Helper()
	l := match.NewMasterList(precedence, 1, 0)
	l.Add(p)
	l.Finish()
	var m memory
	if _, err := Master(&m, pointers([]match.MasterPerson{*p}), l, Options{}); err != nil {
		t.Fatal(err)
	}
	row := map[string]string{}
	for i, c := range MasterColumns(Options{}) {
		row[c.Name] = m.rows[0][i].Text
	}
	return row
}

// linkedPerson has a record on each side, of which f says what is known.
func linkedPerson(f func(raw [2]*normalize.Values, persons [2]*normalize.Person)) *match.MasterPerson {
	p := &match.MasterPerson{Has: [2]bool{true, true}, Outcome: match.Matched}
	f([2]*normalize.Values{&p.Records[0].Raw, &p.Records[1].Raw}, [2]*normalize.Person{&p.Persons[0], &p.Persons[1]})
	return p
}

// Of names that are the same in comparable form the one that is written out is
// shown, whoever comes first, and a title abbreviates nothing.
func TestMasterShowsNamesInFull(t *testing.T) {
	for _, c := range []struct{ central, regional, want, from, rule string }{
		{"M. RIDWAN", "MUHAMMAD RIDWAN", "MUHAMMAD RIDWAN", "regional", "complete"},
		{"Moch. Ridwan", "MUHAMMAD RIDWAN", "MUHAMMAD RIDWAN", "regional", "complete"},
		{"MUHAMMAD RIDWAN", "M RIDWAN", "MUHAMMAD RIDWAN", "both", "same"},
		{"MOHAMAD RIDWAN", "MUHAMMAD RIDWAN", "MOHAMAD RIDWAN", "both", "same"},
		{"H. M. RIDWAN", "M. RIDWAN", "H. M. RIDWAN", "both", "same"},
		{"  SITI \n AMINAH ", "SITI AMINAH", "SITI AMINAH", "both", "same"},
	} {
		row := masterRow(t, linkedPerson(func(raw [2]*normalize.Values, persons [2]*normalize.Person) {
			for side, name := range []string{c.central, c.regional} {
				raw[side][normalize.FieldName] = name
				persons[side].Name, _ = normalize.ReadName(name)
			}
		}), match.DefaultPrecedence())
		if row["name"] != c.want || row["name_from"] != c.from || row["name_rule"] != c.rule {
			t.Errorf("%q, %q: %q from %s by %s", c.central, c.regional, row["name"], row["name_from"], row["name_rule"])
		}
	}
}

// What is no known value is still shown, by the text alone.
func TestMasterKeepsTextsWithoutComparableForm(t *testing.T) {
	p := linkedPerson(func(raw [2]*normalize.Values, persons [2]*normalize.Person) {
		raw[0][normalize.FieldStatus], raw[1][normalize.FieldStatus] = "LAYAK", "TIDAK LAYAK"
		raw[0][normalize.FieldRelation] = "TETANGGA"
		raw[1][normalize.FieldMother], persons[1].Mother.Words = "", "ROHANA"
		raw[0][normalize.FieldCentralID], raw[1][normalize.FieldCentralID] = " 17 ", "-"
		raw[1][normalize.FieldIdentifier] = "R-1"
		raw[0][normalize.FieldBirthPlaceDate], persons[0].BirthPlace = "BOGOR, 1980", "BOGOR"
	})
	row := masterRow(t, p, match.DefaultPrecedence())
	for column, want := range map[string]string{
		"status": "TIDAK LAYAK", "status_from": "regional", "status_rule": "precedence",
		"relation": "TETANGGA", "relation_from": "central", "relation_rule": "only",
		"mother": "ROHANA", "mother_from": "regional", "mother_rule": "only",
		"central_id": "17", "central_id_from": "central", "central_id_rule": "only",
		"identifier": "R-1", "central_source_id": "17", "regional_source_id": "R-1",
		"birth_place": "BOGOR", "nik": "", "nik_quality": "missing", "nik_from": "", "nik_rule": "", "address": "",
		"differences": "status",
	} {
		if row[column] != want {
			t.Errorf("%s is %q, want %q", column, row[column], want)
		}
	}
}

// The street, the RT and the area of a row are those of one side.
func TestMasterAddressIsOfOneSide(t *testing.T) {
	p := linkedPerson(func(raw [2]*normalize.Values, persons [2]*normalize.Person) {
		for side, street := range []string{"MELATI", "MAWAR"} {
			raw[side][normalize.FieldAddress] = "JL " + street
			persons[side].Address = normalize.Address{Street: street, RT: uint16(side + 1), RW: uint16(side + 3)}
			persons[side].Area.Code = 3174011001 + uint64(side)*4
		}
	})
	for prefer, want := range map[string]string{
		"regional": "JL MAWAR 002 004 Bukit Duri 31.74.01.1005", "central": "JL MELATI 001 003 Tebet Timur 31.74.01.1001",
	} {
		precedence := match.DefaultPrecedence()
		if err := precedence.Prefer("address=" + prefer); err != nil {
			t.Fatal(err)
		}
		row := masterRow(t, p, precedence)
		got := strings.Join([]string{row["address"], row["rt"], row["rw"], row["area_kelurahan"], row["area_code"]}, " ")
		if got != want || row["address_from"] != prefer {
			t.Errorf("%s: %s", prefer, got)
		}
	}
}

func TestSingleSpaced(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringOf(rapid.RuneFrom([]rune("ab \t\n\u00a0é"))).Draw(t, "text")
		got := singleSpaced(text)
		if want := strings.Join(strings.Fields(text), " "); got != want {
			t.Fatalf("%q: %q, want %q", text, got, want)
		}
		if strings.IndexFunc(got, func(r rune) bool { return unicode.IsSpace(r) && r != ' ' }) >= 0 {
			t.Fatalf("%q has gaps", got)
		}
	})
}

// RT and RW have three digits, as offices write them.
func TestMasterUnits(t *testing.T) {
	for number, want := range map[uint16]string{0: "", 5: "005", 12: "012", 123: "123", 1234: "1234"} {
		if got := unit(number); got != want {
			t.Errorf("%d: %q", number, got)
		}
	}
}

func BenchmarkMasterCSV(b *testing.B) {
	const persons = 1000 // of an operation
	table := NewCSV(created(b, filepath.Join(b.TempDir(), "out.csv")), MasterColumns(Options{}), CSVOptions{})
	p := ordinaryPerson()
	all := make([]match.MasterPerson, persons)
	l := match.NewMasterList(match.DefaultPrecedence(), persons, 0)
	for i := range all {
		all[i] = *p
		l.Add(p)
	}
	l.Finish()
	b.ReportAllocs()
	for b.Loop() {
		if n, err := Master(table, pointers(all), l, Options{}); err != nil || n != persons {
			b.Fatal(n, err)
		}
	}
	table.Abort()
}

// ordinaryPerson is a linked person like most are.
func ordinaryPerson() *match.MasterPerson {
	link := ordinaryLink()
	p := &match.MasterPerson{Has: [2]bool{true, true}, Outcome: match.Matched, Link: link.Link, Records: [2]match.Record{link.Central, link.Regional}}
	for side := range p.Persons {
		p.Persons[side] = known(&p.Records[side])
		p.Persons[side].BirthPlace, p.Persons[side].BirthDate = "JAKARTA", 19800517
		p.Persons[side].Address = normalize.Address{Street: "MELATI RAYA 3", House: "25", RT: 1, RW: 2}
	}
	return p
}
