package table

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"padan/normalize"
)

func TestColumns(t *testing.T) {
	women := "3174015205879002;A\n3174015205879003;B\n"
	for _, c := range []struct {
		name, content string
		field         normalize.Field
		title         string
		reason        Reason
		warning       string
	}{
		{"a known title", "NIK;NAMA\n" + women, normalize.FieldNIK, "NIK", ByTitle, ""},
		{"a misspelled title", "NIK;NAMA;TEMPAT LAHRI\n3174015205879002;A;BOGOR\n", normalize.FieldBirthPlace, "TEMPAT LAHRI", ByNear, WarnNearTitle},
		{"NIK by its values", "NOMOR;NAMA;JK\n3174015205879002;TUTI;P\n3174015205879003;RINA;P\n3174011205879003;EKO;L\n", normalize.FieldNIK, "NOMOR", ByValues, WarnByValues},
		{"KK by its repeats", "NIK;NAMA;IDENTITAS\n3174015205879002;TUTI;3174011205879009\n3174015205879003;RINA;3174011205879009\n3174011205879003;EKO;3174011205879009\n", normalize.FieldKK, "IDENTITAS", ByValues, WarnByValues},
		{"birth date by the NIK", "NIK;NAMA;HARI\n3174015205879002;TUTI;12-05-1987\n3174015305879003;RINA;13-05-1987\n3174011405879003;EKO;14-05-1987\n", normalize.FieldBirthDate, "HARI", ByValues, WarnByValues},
		{"another date is none", "NIK;NAMA;ENTRI\n3174015205879002;TUTI;12-05-2020\n3174015305879003;RINA;13-05-2020\n3174011405879003;EKO;14-05-2020\n", normalize.FieldBirthDate, "", "", ""},
		{"sex by its words", "NIK;NAMA;X\n3174015205879002;TUTI;P\n3174015305879003;RINA;P\n3174011405879003;EKO;L\n", normalize.FieldSex, "X", ByValues, WarnByValues},
		{"codes are no words", "NIK;NAMA;X\n3174015205879002;TUTI;2\n3174015305879003;RINA;2\n3174011405879003;EKO;1\n", normalize.FieldSex, "", "", ""},
		{"RT and RW by their form", "NIK;NAMA;X\n3174015205879002;TUTI;001/002\n3174015305879003;RINA;003/002\n3174011405879003;EKO;1/2\n", normalize.FieldRTRW, "X", ByValues, WarnByValues},
		{"the titles of NIK and KK are crossed", "KK;NIK;NAMA;TGL LAHIR\n3174015205879002;3174011101109009;TUTI;12-05-1987\n3174015305879003;3174011101109009;RINA;13-05-1987\n3174011405879003;3174011101109009;EKO;14-05-1987\n",
			normalize.FieldNIK, "KK", ByValues, WarnSwappedColumns},
		{"the corrected column", "NIK;NAMA;NIK BENAR\n1;TUTI;3174015205879002\n", normalize.FieldNIK, "NIK BENAR", ByTitle, ""},
		{"two equal columns", "NIK;NAMA;NO KTP\n3174015205879002;TUTI;3174015205879002\n", normalize.FieldNIK, "NIK", ByTitle, ""},
		{"several fields in one cell", "NAMA / NIK;JK\nTUTI / 3174015205879002;P\n", normalize.FieldNIK, "NIK", BySplit, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			table, _ := mustSurvey(t, c.content, Options{})
			title, reason := "", Reason("")
			if i := table.Fields.Cell(c.field); i >= 0 {
				title, reason = table.Columns[i].Title, table.Columns[i].Reason
			}
			if title != c.title || reason != c.reason {
				t.Errorf("column %q by %q, want %q by %q", title, reason, c.title, c.reason)
			}
			if warned := slices.ContainsFunc(table.Warnings, func(w Warning) bool { return w.Code == c.warning }); warned != (c.warning != "") {
				t.Errorf("warnings %v", table.Warnings)
			}
		})
	}
}

func TestCombinedCells(t *testing.T) {
	for cell, want := range map[string]string{
		"TUTI WATI / 3174015205879002": "TUTI WATI 3174015205879002",
		"3174015205879002 - TUTI":      "TUTI 3174015205879002",
		"TUTI (NIK: 3174015205879002)": "TUTI 3174015205879002",
		"TUTI":                         "TUTI",
		"31740152":                     "31740152",
	} {
		table, rows := mustSurvey(t, "NAMA / NIK;JK\n"+cell+";P\n", Options{})
		fields := []normalize.Field{normalize.FieldName, normalize.FieldNIK}
		if got := personsOf(table, partsOf(table, rows, 9), fields); got != want {
			t.Errorf("%q: %q, want %q", cell, got, want)
		}
	}
}

func TestSpareColumns(t *testing.T) {
	table, rows := mustSurvey(t, "NIK;NIK BENAR;NAMA\n3174015205879002;;TUTI\n1;3174015205879003;RINA\n", Options{})
	want := "3174015205879002|3174015205879003"
	if got := personsOf(table, partsOf(table, rows, 9), []normalize.Field{normalize.FieldNIK}); got != want {
		t.Errorf("%q, want %q", got, want)
	}
}

func TestListWithoutHeader(t *testing.T) {
	list := "1;3174015205879002;TUTI WATI;BOGOR\n2;3174015305879003;RINA SARI;BOGOR\n3;3174011405879003;EKO PUTRA;DEPOK\n"
	table, rows := mustSurvey(t, list, Options{})
	want := "3174015205879002 TUTI WATI|3174015305879003 RINA SARI|3174011405879003 EKO PUTRA"
	if got := personsOf(table, partsOf(table, rows, 9), []normalize.Field{normalize.FieldNIK, normalize.FieldName}); got != want {
		t.Errorf("%q, want %q", got, want)
	}
	if _, _, err := survey(t, "a.csv", "1;ABC\n2;DEF\n", Options{}); !errors.Is(err, ErrNoHeader) {
		t.Errorf("error %v", err)
	}
}

func TestMappingDecides(t *testing.T) {
	m, err := ReadMapping(strings.NewReader("[columns]\nnik = \"#C\"\nname = \"Nama  lain\"\n[values]\nmonth_first = true\nrelation = \"bps\"\n"))
	if err != nil {
		t.Fatal(err)
	}
	content := "NIK;NAMA;NIK;NAMA LAIN;TGL LAHIR\n1;TUTI;3174015205879002;WATI;12-05-1987\n"
	for name, o := range map[string]Options{
		"given":      {Mapping: m},
		"remembered": {Remembered: func(string) *Mapping { return m }},
	} {
		table, rows := mustSurvey(t, content, o)
		fields := []normalize.Field{normalize.FieldNIK, normalize.FieldName, normalize.FieldBirthDate}
		if got, want := personsOf(table, partsOf(table, rows, 9), fields), "3174015205879002 WATI"; got != want {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
		if !table.Options.MonthFirst || !table.Options.BPSRelation {
			t.Errorf("%s: the codings are not those of the mapping", name)
		}
	}
}

func TestReadMappingSaysWhere(t *testing.T) {
	for text, want := range map[string]string{
		"[columns]\nnik = 1\n":              "line 2",
		"[columns]\nnik = \"A\"\n[value]\n": "unknown key value",
		"[columns]\nktp = \"A\"\n":          "no field",
		"[columns]\nnik = \" \"\n":          "no title",
		"":                                  "names no field",
		"[columns]\nnik=\"A\"\n[values]\nrelation=\"x\"": "siak or bps",
		"[columns\n": "line 1",
	} {
		if _, err := ReadMapping(strings.NewReader(text)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: error %v, want %q", text, err, want)
		}
	}
}

// A mapping that padan writes is the one it reads by.
func TestMappingIsReadAsWritten(t *testing.T) {
	content := "NO;No. \"KTP\";NAMA;NAMA;SHDK\n1;3174015205879002;TUTI;T;4\n"
	first, _ := mustSurvey(t, content, Options{Columns: map[normalize.Field]string{normalize.FieldNIK: `No. "KTP"`}})
	m, err := ReadMapping(strings.NewReader(first.Mapping().Text()))
	if err != nil {
		t.Fatal(err)
	}
	second, _ := mustSurvey(t, content, Options{Mapping: m})
	if first.Fields != second.Fields || first.Key() != second.Key() {
		t.Errorf("%v, want %v", second.Columns, first.Columns)
	}
}
