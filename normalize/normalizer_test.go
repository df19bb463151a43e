package normalize

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"
)

var testColumns = NewColumns(map[Field]int{
	FieldNIK: 0, FieldKK: 1, FieldName: 2, FieldBirthPlace: 3, FieldBirthDate: 4, FieldSex: 5, FieldRelation: 6,
	FieldMother: 7, FieldAddress: 8, FieldRT: 9, FieldRW: 10, FieldKelurahan: 11, FieldKecamatan: 12, FieldKota: 13,
	FieldStatus: 14,
})

func testRow() []string {
	return []string{
		"3174015705809003", "3174011201159004", "Hj. SITI NUR'AINI, S.Pd", "Jakarta", "17-05-1980", "P", "ISTRI",
		"ROHAYATI", "Jl. Melati III No. 5", "005", "012", "BUKIT DURI", "TEBET", "KOTA ADM. JAKARTA SELATAN", "",
	}
}

func TestPerson(t *testing.T) {
	p, issues := New(testColumns, Options{AsOf: 20261123}).Person(testRow(), nil)
	want := Person{
		NIK:        Number{Value: 3174015705809003, Digits: 16, Trust: TrustFull},
		KK:         Number{Value: 3174011201159004, Digits: 16, Trust: TrustFull},
		Name:       Name{Words: "SITI NURAINI"},
		Mother:     Name{Words: "ROHAYATI"},
		BirthPlace: "JAKARTA", BirthDate: 19800517, Sex: Female, Relation: RelationWife,
		Address: Address{Street: "MELATI 3", House: "5", RT: 5, RW: 12},
		Area:    Area{Code: 3174011005},
	}
	if p != want {
		t.Errorf("got  %+v\nwant %+v", p, want)
	}
	if len(issues) != 0 {
		t.Errorf("issues %v", issues)
	}
}

func TestPersonUncrossesNIKAndKK(t *testing.T) {
	row := testRow()
	row[0], row[1] = row[1], row[0]
	p, _ := New(testColumns, Options{}).Person(row, nil)
	if p.NIK.Value != 3174015705809003 || p.KK.Value != 3174011201159004 || p.NIK.Damage != DamageSwapped {
		t.Errorf("NIK %+v, KK %+v", p.NIK, p.KK)
	}
}

func TestPersonTakesDefaultsWhereTheRowIsSilent(t *testing.T) {
	n := New(testColumns, Options{Defaults: Area{Code: 3174011005}})
	row := testRow()
	row[11], row[12], row[13] = "", "", ""
	if p, _ := n.Person(row, nil); p.Area.Code != 3174011005 {
		t.Errorf("area %v", p.Area)
	}
	row[12] = "TEBET"
	if p, _ := n.Person(row, nil); p.Area.Code != 3174011005 {
		t.Errorf("inside the named kecamatan: area %v", p.Area)
	}
	row[12], row[13] = "", "KOTA BANDUNG"
	if p, _ := n.Person(row, nil); p.Area.Code != 3273000000 {
		t.Errorf("outside: area %v", p.Area)
	}
}

func TestPersonNotesIssues(t *testing.T) {
	row := testRow()
	row[0], row[4], row[5] = "123", "31-02-1980", "X"
	_, issues := New(testColumns, Options{}).Person(row, nil)
	want := map[Issue]bool{
		{FieldNIK, "short"}: true, {FieldBirthDate, DateImpossible}: true, {FieldSex, IssueUnknown}: true,
	}
	if len(issues) != len(want) {
		t.Fatalf("issues %v", issues)
	}
	for _, i := range issues {
		if !want[i] {
			t.Errorf("unexpected issue %v", i)
		}
	}
}

func TestPersonUncrossesByAWomansDay(t *testing.T) {
	row := testRow()
	row[0], row[1], row[4] = row[1], row[0], ""
	if p, _ := New(testColumns, Options{}).Person(row, nil); p.NIK.Damage != DamageSwapped || p.NIK.Trust != TrustFull {
		t.Errorf("a woman's NIK stays in the KK column: %+v", p.NIK)
	}
	row[5] = "L"
	if p, _ := New(testColumns, Options{}).Person(row, nil); p.NIK.Damage == DamageSwapped {
		t.Errorf("a man takes a woman's NIK")
	}
}

// TestPersonDoesNotTrustLostDigitsAfterUncrossing: a truncated number must not
// become an exact key by changing its column.
func TestPersonDoesNotTrustLostDigitsAfterUncrossing(t *testing.T) {
	row := testRow()
	row[0], row[1] = "3174011201159004", "3174015705809000"
	p, _ := New(testColumns, Options{}).Person(row, []bool{false, true})
	if p.NIK.Value == 3174015705809000 || p.KK.Trust == TrustFull {
		t.Errorf("NIK %+v, KK %+v", p.NIK, p.KK)
	}
}

func TestPersonKeepsNumbersOfTwoMembers(t *testing.T) {
	row := testRow()
	row[1] = row[0] // the NIK copied into the KK column
	if p, _ := New(testColumns, Options{}).Person(row, nil); p.NIK.Damage != DamageNone {
		t.Errorf("NIK %+v", p.NIK)
	}
}

func TestPersonJoinsDateColumns(t *testing.T) {
	columns := NewColumns(map[Field]int{FieldName: 0, FieldBirthDay: 1, FieldBirthMonth: 2, FieldBirthYear: 3})
	for _, c := range []struct {
		day, month, year string
		want             Date
	}{
		{"5", "12", "1987", 19871205},
		{"05", "Desember", "87", 19871205},
		{"", "12", "1987", 19871200},
		{"5", "", "1987", 19870000},
		{"", "", "1987", 19870000},
	} {
		n := New(columns, Options{AsOf: 20261123, MonthFirst: true})
		if p, _ := n.Person([]string{"BUDI", c.day, c.month, c.year}, nil); p.BirthDate != c.want {
			t.Errorf("%s, %s, %s is %d, want %d", c.day, c.month, c.year, p.BirthDate, c.want)
		}
	}
}

func TestPersonReadsPlaceAndDateOfOneCell(t *testing.T) {
	columns := NewColumns(map[Field]int{FieldName: 0, FieldBirthPlaceDate: 1, FieldRTRW: 2, FieldAddress: 3})
	row := []string{"ALM. BUDI", "Jakarta, 12-05-1987", "005/012", "JL MELATI RT 9"}
	p, issues := New(columns, Options{}).Person(row, nil)
	if p.BirthPlace != "JAKARTA" || p.BirthDate != 19870512 || p.Address.RT != 5 || p.Address.RW != 12 || p.Status != StatusDeceased {
		t.Errorf("%+v", p)
	}
	if len(issues) != 1 || issues[0] != (Issue{FieldNIK, DamageEmpty.String()}) {
		t.Errorf("issues %v", issues)
	}
}

// householdRows makes rows as a regional file has them: members of a household
// follow each other, a part of the cells is written carelessly.
func householdRows(count int) [][]string {
	firsts := []string{"BUDI", "Siti", "ACHMAD", "DEWI", "M.", "NUR'AINI", "SRI"}
	lasts := []string{"SANTOSO", "Lestari", "HIDAYAT", "RAHMAWATI", "SETIAWAN, S.Pd", "WIJAYA", "KUSUMA", "PERMATA", "UTOMO"}
	streets := []string{"JL. MELATI", "Jl Kenanga III", "GG. SAWO", "JL. PONDOK BAMBU RAYA", "KP. DUKUH"}
	areas := [][3]string{{"BUKIT DURI", "TEBET", "JAKARTA SELATAN"}, {"KLENDER", "DUREN SAWIT", "JAKARTA TIMUR"}, {"Kapuk", "Cengkareng", "Jakbar"}}
	relations := []string{"KEPALA KELUARGA", "ISTRI", "ANAK", "ANAK", "FAMILI LAIN"}
	rows := make([][]string, count)
	for i := range rows {
		home := i / len(relations)
		day, month, year := i%28+1, i*7%12+1, 1940+i*13%70
		area := areas[home%len(areas)]
		rows[i] = []string{
			fmt.Sprintf("317401%02d%02d%02d%04d", day, month, year%100, 9000+i%1000),
			fmt.Sprintf("317401%02d%02d15%04d", home%28+1, home%12+1, 9000+home%1000),
			firsts[i%len(firsts)] + " " + lasts[i*5%len(lasts)], "JAKARTA", fmt.Sprintf("%02d-%02d-%d", day, month, year),
			"L", relations[i%len(relations)], lasts[home%2] + " " + firsts[home%len(firsts)],
			fmt.Sprintf("%s NO. %d RT 00%d/01%d", streets[home%len(streets)], home%90+1, home%9+1, home%9), "005", "012",
			area[0], area[1], area[2], "",
		}
	}
	return rows
}

// TestPersonDependsOnItsCellsAlone: what a Normalizer remembers changes nothing.
func TestPersonDependsOnItsCellsAlone(t *testing.T) {
	rows := householdRows(300)
	used := New(testColumns, Options{AsOf: 20261123})
	for range 2 {
		for i, row := range rows {
			got, issues := used.Person(row, nil)
			want, wantIssues := New(testColumns, Options{AsOf: 20261123}).Person(row, nil)
			if got != want || !slices.Equal(issues, wantIssues) {
				t.Fatalf("row %d: got %+v %v, want %+v %v", i, got, issues, want, wantIssues)
			}
		}
	}
}

func TestMemoForgetsAndStillReads(t *testing.T) {
	reads := 0
	m := newMemo(func(text string) int {
		reads++
		return len(text)
	})
	for i := range maxMemo + 10 {
		text := strconv.Itoa(i)
		for range 2 {
			if m.of(text) != len(text) {
				t.Fatal("wrong reading")
			}
		}
	}
	if reads != maxMemo+10 || len(m.known) != 10 {
		t.Errorf("%d readings, %d known", reads, len(m.known))
	}
	if long := strings.Repeat("A", longestMemo+1); m.of(long) != len(long) || len(m.known) != 10 {
		t.Error("a long text was remembered")
	}
}

func FuzzPerson(f *testing.F) {
	f.Add("3174015705809003", "H. M. SALEH", "17-05-1980", "JL. MELATI III NO 5 RT 05/12", "TEBET")
	f.Fuzz(func(t *testing.T, nik, name, birth, address, area string) {
		row := []string{nik, nik, name, area, birth, name, name, name, address, area, nik, area, area, area, name}
		p, _ := New(testColumns, Options{AsOf: 20261123, Defaults: Area{Code: 3174000000}}).Person(row, nil)
		back, err := DecodePerson(string(p.AppendBinary(nil)))
		if err != nil || back != p {
			t.Fatalf("%+v became %+v (%v)", p, back, err)
		}
	})
}

func ExampleNormalizer_Person() {
	columns := NewColumns(map[Field]int{FieldNIK: 0, FieldName: 1, FieldBirthDate: 2, FieldAddress: 3, FieldKelurahan: 4})
	n := New(columns, Options{AsOf: 20261123})
	p, issues := n.Person([]string{"3174.0157.0580.9003", "Hj. St. Aminah, S.Pd", "31-02-1980", "Jl. Melati III No. 5 RT 05/12", "Bukit Duri"}, nil)
	fmt.Println(p.NIK.Masked(), p.Name.Words)
	fmt.Println(p.Address.Street, p.Address.House, p.Address.RT, p.Address.RW, p.Area.Code)
	for _, issue := range issues {
		fmt.Println(issue.Field, issue.Code)
	}
	// Output:
	// 317401******9003 SITI AMINAH
	// MELATI 3 5 5 12 3174011005
	// birth_date date_impossible
	// nik punctuation
}

func BenchmarkPerson(b *testing.B) {
	n := New(testColumns, Options{AsOf: 20261123})
	rows := householdRows(5000)
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		n.Person(rows[i%len(rows)], nil)
	}
}

func TestCombinedHeader(t *testing.T) {
	for text, want := range map[string][]Field{
		"NAMA / NIK": {FieldName, FieldNIK}, "NIK/NAMA": {FieldNIK, FieldName}, "NAMA DAN NIK": {FieldName, FieldNIK}, "NAMA_NIK_KETUA": {FieldName, FieldNIK},
		"NO KK / NIK": {FieldKK, FieldNIK}, "NIK\nNAMA": {FieldNIK, FieldName},
		"NIK": nil, "RT/RW": nil, "NAMA SESUAI NIK": nil, "NIK/NO KTP": nil, "NAMA / ALAMAT": nil, "": nil,
	} {
		if got := CombinedHeader(text); !slices.Equal(got, want) {
			t.Errorf("%q: %v, want %v", text, got, want)
		}
	}
}

func TestNearHeader(t *testing.T) {
	for text, want := range map[string]Field{
		"NAMA LENGKPA": FieldName, "TEMPAT LAHRI": FieldBirthPlace, "KECAMATN": FieldKecamatan, "JENIS KELAMINN": FieldSex,
		"TANGGAL LAPOR": FieldNone, "NIKK": FieldNone, "PEKERJAAN": FieldNone, "NAMA SUAMI": FieldNone,
	} {
		if got, ok := NearHeader(text); got != want || ok != (want != FieldNone) {
			t.Errorf("%q: %s, want %s", text, got, want)
		}
	}
}

// What a list says of itself decides how its values are read.
func TestCodingsOfAList(t *testing.T) {
	row := func(o Options, cells map[Field]string) Person {
		values := make([]string, 15)
		for f, text := range cells {
			values[testColumns.Cell(f)] = text
		}
		p, _ := New(testColumns, o).Person(values, nil)
		return p
	}
	if p := row(Options{SexReversed: true}, map[Field]string{FieldSex: "1"}); p.Sex != Female {
		t.Errorf("reversed code 1: %d", p.Sex)
	}
	if p := row(Options{SexReversed: true}, map[Field]string{FieldSex: "L"}); p.Sex != Male {
		t.Errorf("a word under reversed codes: %d", p.Sex)
	}
	if p := row(Options{SwappedDays: true}, map[Field]string{FieldBirthDate: "1987-05-12"}); p.BirthDate != NewDate(1987, 12, 5) {
		t.Errorf("swapped day: %s", p.BirthDate)
	}
	if p := row(Options{SwappedDays: true}, map[Field]string{FieldBirthDate: "1987-05-13"}); p.BirthDate != NewDate(1987, 5, 13) {
		t.Errorf("a day that is no month: %s", p.BirthDate)
	}
	if p := row(Options{NIKTruncated: true}, map[Field]string{FieldNIK: "3174011205879010"}); p.NIK.Trust != TrustDoubtful || p.NIK.Damage != DamageNumericCell {
		t.Errorf("a lost digit: %+v", p.NIK)
	}
	if p := row(Options{BPSRelation: true}, map[Field]string{FieldRelation: "2", FieldSex: "L"}); p.Relation != RelationHusband {
		t.Errorf("a man who is a spouse: %d", p.Relation)
	}
	if p := row(Options{}, map[Field]string{FieldMother: "#N/A", FieldAddress: "#REF!", FieldName: "#VALUE!"}); p.Mother.Words != "" || p.Address.Street != "" || p.Name.Words != "" {
		t.Errorf("failed formulas: %+v", p)
	}
}

// The area of a list stands for what a row does not say, and helps with what it
// misspells.
func TestAreaOfAList(t *testing.T) {
	list := Options{Defaults: Area{Code: 3174011001}} // Tebet Timur
	for _, c := range []struct {
		kelurahan, address string
		want               Area
	}{
		{"", "", Area{Code: 3174011001}},
		{"", "JL KELURAHAN VII", Area{Code: 3174011001}},
		{"", "JL A KEL MENTENG", Area{Code: 3171061001}},
		{"TEBT BARAT", "", Area{Code: 3174011002}},
		{"-", "", Area{Code: 3174011001}},
		{"ENTAH DI MANA", "", Area{Code: 3174010000, Place: "ENTAH DI MANA"}},
	} {
		cells := make([]string, 15)
		cells[testColumns.Cell(FieldKelurahan)], cells[testColumns.Cell(FieldAddress)] = c.kelurahan, c.address
		if p, _ := New(testColumns, list).Person(cells, nil); p.Area != c.want {
			t.Errorf("%q, %q: %+v, want %+v", c.kelurahan, c.address, p.Area, c.want)
		}
	}
}

// A spreadsheet that made dates of RT and RW is told of, in either form of columns.
func TestDatesInUnits(t *testing.T) {
	for field, text := range map[Field]string{FieldRT: "2001-03-01", FieldRW: "05-Dec", FieldRTRW: "2025-12-05"} {
		n := New(NewColumns(map[Field]int{FieldName: 0, field: 1}), Options{})
		if _, issues := n.Person([]string{"BUDI", text}, nil); !slices.Contains(issues, Issue{field, IssueDate}) {
			t.Errorf("%s: issues %v", field, issues)
		}
		if _, issues := n.Person([]string{"BUDI", "005/012"}, nil); slices.Contains(issues, Issue{field, IssueDate}) {
			t.Errorf("%s: issues %v", field, issues)
		}
	}
}
