package table

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"padan/normalize"
)

// listOf repeats a row with running NIKs: %d is the day of birth, the month
// is May 1987.
func listOf(header string, rows ...string) string {
	return header + "\n" + strings.Join(rows, "\n") + "\n"
}

func nik(day, month int, woman bool, serial int) string {
	if woman {
		day += 40
	}
	return fmt.Sprintf("317401%02d%02d87%d", day, month, 9000+serial)
}

func TestDateOrder(t *testing.T) {
	var dayFirst, monthFirst, openDay, openMonth, swapped []string
	for i := 1; i <= 12; i++ {
		id := nik(i+13, 5, false, i)
		dayFirst = append(dayFirst, fmt.Sprintf("%s;BUDI;%02d/05/1987", id, i+13))
		monthFirst = append(monthFirst, fmt.Sprintf("%s;BUDI;05/%02d/1987", id, i+13))
		open := nik(i, 7, false, i)
		if i == 7 {
			continue
		}
		openDay = append(openDay, fmt.Sprintf("%s;BUDI;%02d/07/1987", open, i))
		openMonth = append(openMonth, fmt.Sprintf("%s;BUDI;07/%02d/1987", open, i))
		swapped = append(swapped, fmt.Sprintf("%s;BUDI;1987-%02d-07", open, i))
	}
	for _, c := range []struct {
		name           string
		rows           []string
		month, swapped bool
		warning        string
	}{
		{"day first", dayFirst, false, false, ""},
		{"month first", monthFirst, true, false, WarnMonthFirst},
		{"day first by the NIKs", openDay, false, false, ""},
		{"month first by the NIKs", openMonth, true, false, WarnMonthFirst},
		{"both", slices.Concat(dayFirst, monthFirst), false, false, WarnDatesMixed},
		{"a spreadsheet of the wrong country", slices.Concat(dayFirst, swapped), false, true, WarnSwappedDays},
	} {
		t.Run(c.name, func(t *testing.T) {
			table, _ := mustSurvey(t, listOf("NIK;NAMA;TGL LAHIR", c.rows...), Options{})
			if o := table.Options; o.MonthFirst != c.month || o.SwappedDays != c.swapped {
				t.Errorf("month first %v, swapped %v", o.MonthFirst, o.SwappedDays)
			}
			warned := slices.ContainsFunc(table.Warnings, func(w Warning) bool { return w.Code == c.warning })
			if warned != (c.warning != "") {
				t.Errorf("warnings %v", table.Warnings)
			}
		})
	}
}

func TestSexCoding(t *testing.T) {
	rows := func(man, woman string, wrong int) []string {
		var list []string
		for i := range 40 {
			code, female := man, i%2 == 1
			if female {
				code = woman
			}
			if i < wrong {
				code = map[string]string{"1": "2", "2": "1"}[code]
			}
			list = append(list, nik(1+i%28, 5, female, i)+";BUDI;"+code)
		}
		return list
	}
	for _, c := range []struct {
		name     string
		rows     []string
		reversed bool
		warning  string
	}{
		{"1 is male", rows("1", "2", 0), false, ""},
		{"1 is female", rows("2", "1", 0), true, WarnSexReversed},
		{"neither", rows("1", "2", 20), false, WarnSexDoubtful},
		{"too few to tell", rows("2", "1", 0)[:10], false, ""},
		{"words are never reversed", rows("P", "L", 0), false, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			table, _ := mustSurvey(t, listOf("NIK;NAMA;JK", c.rows...), Options{})
			if table.Options.SexReversed != c.reversed || slices.ContainsFunc(table.Warnings, func(w Warning) bool { return w.Code == c.warning }) != (c.warning != "") {
				t.Errorf("reversed %v, warnings %v", table.Options.SexReversed, table.Warnings)
			}
		})
	}
}

func TestRelationCoding(t *testing.T) {
	family := func(codes ...string) []string {
		var list []string
		for i := range 6 {
			for k, code := range codes {
				woman := k == 1 || k > 1 && (i+k)%2 == 0
				list = append(list, nik(1+i, 5, woman, i*10+k)+";BUDI;"+code)
			}
		}
		return list
	}
	for _, c := range []struct {
		name    string
		rows    []string
		bps     bool
		warning string
	}{
		{"SIAK: head, wife 3, children 4", family("1", "3", "4", "4"), false, ""},
		{"BPS: head, wife 2, children 3", family("1", "2", "3", "3"), true, WarnBPSRelation},
		{"SIAK: other kin 9", family("1", "3", "9"), false, ""},
		{"words", family("KEPALA KELUARGA", "ISTRI", "ANAK"), false, ""},
		{"heads only", family("1"), false, ""},
		{"nothing shows it", family("5", "6"), false, WarnRelation},
	} {
		t.Run(c.name, func(t *testing.T) {
			table, _ := mustSurvey(t, listOf("NIK;NAMA;SHDK", c.rows...), Options{})
			if table.Options.BPSRelation != c.bps || slices.ContainsFunc(table.Warnings, func(w Warning) bool { return w.Code == c.warning }) != (c.warning != "") {
				t.Errorf("bps %v, warnings %v", table.Options.BPSRelation, table.Warnings)
			}
		})
	}
}

func TestLostDigits(t *testing.T) {
	var lost, whole, mangled []string
	for i := range 12 {
		id := nik(1+i, 5, false, i)
		whole = append(whole, id+";BUDI")
		lost = append(lost, id[:15]+"0;BUDI")
		mangled = append(mangled, "3,17401E+15;BUDI")
	}
	for _, c := range []struct {
		name      string
		rows      []string
		truncated bool
		warns     bool
	}{
		{"whole", whole, false, false}, {"the last digit is lost", lost, true, true}, {"written as powers of ten", mangled, false, true},
		{"a few of many", slices.Concat(whole, whole, whole, mangled[:2]), false, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			table, _ := mustSurvey(t, listOf("NIK;NAMA", c.rows...), Options{})
			warns := slices.ContainsFunc(table.Warnings, func(w Warning) bool { return w.Code == WarnNIKDamaged })
			if table.Options.NIKTruncated != c.truncated || warns != c.warns {
				t.Errorf("truncated %v, warnings %v", table.Options.NIKTruncated, table.Warnings)
			}
		})
	}
}

func TestAreaOfNames(t *testing.T) {
	for name, want := range map[string]uint64{
		"Kel. Tebet Timur": 3174011001, "TEBET TIMUR": 3174011001, "data warga tebet timur 2025": 3174011001,
		"31.74.01_tebet": 3174010000, "Kec. Menteng": 3171060000, "menteng": 3171060000, "Sheet1": 0, "RW 05": 0, "data jawa tengah": 0, "01_klender": 3175071003, "Klender (2)": 3175071003, "daftar klender": 0, "Data (2)": 0,
		"rekap jakarta selatan": 0, "KEL GONDANGDIA RW 05": 3171061004,
	} {
		if got := nameArea(name).Code; got != want {
			t.Errorf("%q: %d, want %d", name, got, want)
		}
	}
}

func TestAreaOfSheetName(t *testing.T) {
	for name, want := range map[string]uint64{
		"KEL. MENTENG.xlsx/Data": 3171061001, "data.xlsx/Kel. Menteng": 3171061001, "KEL MENTENG.csv": 3171061001, "Kel. Menteng": 3171061001, "Data": 0,
	} {
		if got := sheetArea(name).Code; got != want {
			t.Errorf("%q: %d, want %d", name, got, want)
		}
	}
}

func TestAreaOfSheet(t *testing.T) {
	for _, c := range []struct {
		name, content, from string
		area                uint64
		warns               bool
	}{
		{"a.csv", "KELURAHAN TEBET TIMUR\nNIK;NAMA\n3174015205879002;TUTI\n", AreaOfTitle, 3174011001, false},
		{"Kel. Tebet Timur.csv", "NIK;NAMA\n3174015205879002;TUTI\n", AreaOfFile, 3174011001, false},
		{"Kel. Tebet Timur.csv", "KECAMATAN TEBET\nNIK;NAMA\n3174015205879002;TUTI\n", AreaOfFile, 3174011001, false},
		{"Kel. Tebet Timur.csv", "KELURAHAN GONDANGDIA\nNIK;NAMA\n3174015205879002;TUTI\n", AreaOfTitle, 3171061004, true},
		{"a.csv", "KELURAHAN,:,KOTA BAMBU UTARA\nKECAMATAN,:,PAL MERAH\nNIK,NAMA\n3174015205879002,TUTI\n", AreaOfTitle, 3173071003, false},
		{"Kec. Tebet.csv", "KECAMATAN TEBET\nNIK;NAMA\n3174015205879002;TUTI\n", AreaOfTitle, 3174010000, false},
		{"Kec. Tebet.csv", "KELURAHAN TEBET TIMUR\nNIK;NAMA\n3174015205879002;TUTI\n", AreaOfTitle, 3174011001, false},
	} {
		table, _, err := survey(t, c.name, c.content, Options{})
		if err != nil {
			t.Fatal(err)
		}
		warns := slices.ContainsFunc(table.Warnings, func(w Warning) bool { return w.Code == WarnAreaDiffers })
		if table.Area != c.from || table.Options.Defaults.Code != c.area || warns != c.warns {
			t.Errorf("%s: area %d from %q, warnings %v", c.name, table.Options.Defaults.Code, table.Area, table.Warnings)
		}
	}
}

func TestUnitsOfFileName(t *testing.T) {
	table, rows, err := survey(t, "Kel. Tebet Timur RW 05.csv", "NIK;NAMA;RT\n3174015205879002;TUTI;003\n", Options{})
	if err != nil {
		t.Fatal(err)
	}
	fields := []normalize.Field{normalize.FieldRT, normalize.FieldRW}
	if got := personsOf(table, partsOf(table, rows, 9), fields); got != "003 05" {
		t.Errorf("RT and RW %q", got)
	}
}

func TestReadGroup(t *testing.T) {
	for text, want := range map[string]string{
		"RT 001 / RW 05": "001 05", "RW.05": " 05", "RT001/RW005": "001 005", "RT/RW 003/05": "003 05", "A. RT 03": "03 ", "RT : 003 RW : 05": "003 05",
		"KELURAHAN MENTENG": "  MENTENG", "Kel. Tebet Timur RW 05": " 05 TEBET TIMUR", "DESA/KELURAHAN : TEBET TIMUR": "  TEBET TIMUR",
		"KELURAHAN ENTAH BERANTAH": "-", "BUDI": "-", "RT": "-", "RT 003 BUDI": "-", "MENTENG": "-", "RW 1234": "-", "": "-",
	} {
		v, ok := readGroup(text)
		got := strings.TrimRight(v[normalize.FieldRT]+" "+v[normalize.FieldRW]+" "+v[normalize.FieldKelurahan], " ")
		if !ok {
			got = "-"
		}
		if got != strings.TrimRight(want, " ") {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

func TestReadLabels(t *testing.T) {
	for row, want := range map[string]string{
		"Kelurahan : Galur \u00a0 Kecamatan : Johar Baru":          "kelurahan=Galur kecamatan=Johar Baru",
		"No. KK : 3174011205879009|Alamat : JL A, RT/RW : 003/001": "kk=3174011205879009 address=JL A, RT/RW : 003/001",
		"NO. KK :|3174011205879009|NAMA. KK :|BUDI":                "kk=3174011205879009 head=BUDI",
		"KECAMATAN|:| TEBET|DESA/KELURAHAN|:|TEBET TIMUR":          "kelurahan=TEBET TIMUR kecamatan=TEBET",
		"DESA :||NO.RT/RW :|001/002":                               "rt_rw=001/002",
		"KELURAHAN||: DURI SELATAN":                                "kelurahan=DURI SELATAN",
		"RW : 05, RT : 003, Kodepos : 12345":                       "rt=003 rw=05",
		"Catatan : lihat lampiran":                                 "",
		"BUDI|3174011205879001":                                    "",
	} {
		l, ok := readLabels(strings.Split(row, "|"))
		var got []string
		for f := normalize.FieldNIK; f < normalize.FieldCount; f++ {
			if l.values[f] != "" {
				got = append(got, f.String()+"="+l.values[f])
			}
		}
		if strings.Join(got, " ") != want || ok != (want != "") {
			t.Errorf("%q: %v, want %q", row, got, want)
		}
	}
}
