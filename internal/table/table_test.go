package table

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"padan/internal/sheet"
	"padan/normalize"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// survey makes the Table of delimited text; its file has the name given.
func survey(tb testing.TB, name, content string, o Options) (*Table, []sheet.Row, error) {
	tb.Helper()
	path := filepath.Join(tb.TempDir(), name)
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		tb.Fatal(err)
	}
	book, err := sheet.Open(path)
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() {
		if err := book.Close(); err != nil {
			tb.Error(err)
		}
	})
	plan, err := Survey(tb.Context(), book, path, o)
	if err != nil {
		return nil, nil, err
	}
	rows, err := sample(tb.Context(), book.Sheets()[0])
	if err != nil {
		tb.Fatal(err)
	}
	return plan.Tables[0], rows, nil
}

func mustSurvey(tb testing.TB, content string, o Options) (*Table, []sheet.Row) {
	tb.Helper()
	t, rows, err := survey(tb, "a.csv", content, o)
	if err != nil {
		tb.Fatal(err)
	}
	return t, rows
}

// partsOf reads rows in batches of a size and returns the part of each.
func partsOf(t *Table, rows []sheet.Row, size int) []Line {
	lines := t.Lines()
	var all []Line
	for len(rows) > 0 {
		n := min(size, len(rows))
		all = append(all, lines.Read(rows[:n])...)
		rows = rows[n:]
	}
	return append(all, lines.End()...)
}

func describe(t *Table, lines []Line, fields ...normalize.Field) []string {
	var texts []string
	for i := range lines {
		l := &lines[i]
		text := fmt.Sprint(l.Number, " ", l.Skipped, l.Rejected)
		if l.Skipped == "" && l.Rejected == "" {
			v := t.Fields.Values(l.Cells)
			text = fmt.Sprint(l.Number)
			for _, f := range fields {
				text += " " + v[f]
			}
		}
		texts = append(texts, strings.TrimSpace(text))
	}
	return texts
}

// personsOf returns the fields of each person, parted by bars.
func personsOf(t *Table, lines []Line, fields []normalize.Field) string {
	var persons []string
	for i := range lines {
		if lines[i].Skipped != "" || lines[i].Rejected != "" {
			continue
		}
		v := t.Fields.Values(lines[i].Cells)
		var values []string
		for _, f := range fields {
			values = append(values, v[f])
		}
		persons = append(persons, strings.TrimSpace(strings.Join(values, " ")))
	}
	return strings.Join(persons, "|")
}

func TestParts(t *testing.T) {
	name := []normalize.Field{normalize.FieldName}
	for _, c := range []struct {
		name, content string
		fields        []normalize.Field
		want          []string
	}{
		{"titles, numbering, total, footer", `DAFTAR WARGA;;;
NO;NIK;NAMA;JK
(1);(2);(3);(4)
1;3174011205879001;BUDI;L
2;3174015205879002;SITI;P
JUMLAH;;2;
;;Jakarta, 2 Mei 2026;
;;Lurah Tebet Timur;
;;SUGENG;
;;NIP. 1900;
`, name, []string{"1 title", "2 header", "3 numbering", "4 BUDI", "5 SITI", "6 total", "7 footer", "8 footer", "9 footer", "10 footer"}},
		{"people behind a footer are people", `NO;NIK;NAMA;JK
1;3174011205879001;BUDI;L
Mengetahui,;;;
2;;TUTI;P
`, name, []string{"1 header", "2 BUDI", "3 footer", "4 TUTI"}},
		{"a person with a remark is no footer", "NAMA;NIK;JK;KET\nBUDI;;L;Catatan: pindah\nTUTI;;P;\n", name, []string{"1 header", "2 BUDI", "3 TUTI"}},
		{"a person without NIK in a list of combined cells", "NO;NAMA / NIK;TTL;JK\n1;BUDI / 3174011205879001;JAKARTA, 12-05-1987;L\n2;ROSIDAH;JAKARTA, 01-01-1975;P\n;;Jakarta, 2 Mei 2026;\n", name,
			[]string{"1 header", "2 BUDI", "3 ROSIDAH", "4 footer"}},
		{"a person with a label in the address is no group", "NAMA;NIK;ALAMAT\nBUDI;;RT : 003 RW : 05\n;;RT : 004 RW : 05\n", name, []string{"1 header", "2 BUDI", "3 group"}},
		{"a page again", `DATA WARGA;;;
NO;NIK;NAMA;JK
1;3174011205879001;BUDI;L
;;;
DATA WARGA;;;
NO;NIK;NAMA;JK
2;3174015205879002;SITI;P
`, name, []string{"1 title", "2 header", "3 BUDI", "4 blank", "5 title", "6 repeated_header", "7 SITI"}},
		{"a header of three rows again", `NO;IDENTITAS;;KELAHIRAN;
;NIK;NAMA;TEMPAT;TANGGAL
;;;;
1;3174011205879001;BUDI;BOGOR;12-05-1987
NO;IDENTITAS;;KELAHIRAN;
;NIK;NAMA;TEMPAT;TANGGAL
2;3174015205879002;SITI;BOGOR;12-05-1987
`, name, []string{"1 header", "2 header", "3 blank", "4 BUDI", "5 repeated_header", "6 repeated_header", "7 SITI"}},
		{"groups give their area to the rows below", `NO;NIK;NAMA;ALAMAT
KELURAHAN MENTENG;;;
RT 001 / RW 05;;;
1;3174011205879001;BUDI;JL A
RT 002;;;
2;3174015205879002;SITI;JL B
`, []normalize.Field{normalize.FieldName, normalize.FieldRT, normalize.FieldRW, normalize.FieldKelurahan}, []string{
			"1 header", "2 group", "3 group", "4 BUDI 001 05 MENTENG", "5 group", "6 SITI 002 05 MENTENG",
		}},
		{"the end mark", "NIK;NAMA\n3174011205879001;BUDI\n###;\n3174015205879002;CONTOH\n", name, []string{"1 header", "2 BUDI", "3 after_end", "4 after_end"}},
		{"a name that goes on below", `NO;NIK;NAMA;ALAMAT
1;3174011205879001;BUDI;JL A
;;SANTOSO;NO 3
2;3174015205879002;SITI;JL B
3;3174015205879003;TUTI;JL B
4;3174015205879004;RINA;JL B
`, []normalize.Field{normalize.FieldName, normalize.FieldAddress}, []string{
			"1 header", "2 BUDI SANTOSO JL A NO 3", "3 continuation", "4 SITI JL B", "5 TUTI JL B", "6 RINA JL B",
		}},
		{"without running numbers nothing is joined", "NIK;NAMA;JK;ALAMAT\n3174011205879001;BUDI;L;JL A\n;SANTOSO;L;JL B\n;SOLO;;\n", name, []string{
			"1 header", "2 BUDI", "3 SANTOSO", "4 lone_text",
		}},
		{"torn and joined lines", "NO;NIK;NAMA\n1;3174011205879001\n2;3174011205879002;SITI;x\n3;;\n", name, []string{
			"1 header", "2 too_few_fields", "3 too_many_fields", "4 no_name_no_nik",
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			table, rows := mustSurvey(t, c.content, Options{})
			for _, size := range []int{1, 3, 100} {
				if diff := cmp.Diff(c.want, describe(table, partsOf(table, rows, size), c.fields...)); diff != "" {
					t.Errorf("batches of %d: %s", size, diff)
				}
			}
		})
	}
}

// pieces are rows from which lists of any kind are made.
var pieces = []string{
	"NO;NO KK;NIK;NAMA;SHDK;ALAMAT;RT/RW", "(1);(2);(3);(4);(5);(6);(7)", ";;;;;;", "JUMLAH;;3;;;;", "RT 001 / RW 05;;;;;;", "KELURAHAN MENTENG;;;;;;",
	"No. KK : 3174011205879009;;;;;Alamat : JL X RT/RW : 003/001;", ";NO.KK;NAMA.KK;ALAMAT;;;", ";3174011205879010;BUDI;JL Y;;;", "Mengetahui,;;;;;;", ";;;SAMBUNGAN;;;",
	"1;3174011205879009;3174011205879001;BUDI;KEPALA KELUARGA;JL A;001/002", "2;;3174015205879002;SITI;ISTRI;;", "3;;;TUTI;ANAK;;", "4;;3174015205879003;RINA;KEPALA KELUARGA;;",
	"###;;;;;;", "x", "DAFTAR WARGA;;;;;;", `5;"3174011205879001;"A";B;C;D;E`,
}

// Whatever the rows are, each gets exactly one part, in its place, and how they
// are cut into batches does not matter.
func TestEveryRowHasOnePart(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		list := append([]string{pieces[0]}, rapid.SliceOfN(rapid.SampledFrom(pieces), 0, 40).Draw(r, "rows")...)
		table, rows, err := survey(t, "a.csv", strings.Join(list, "\n")+"\n", Options{})
		if err != nil {
			return
		}
		whole := partsOf(table, rows, len(rows)+1)
		if len(whole) != len(rows) {
			r.Fatalf("%d parts of %d rows", len(whole), len(rows))
		}
		for i := range whole {
			if whole[i].Number != rows[i].Number || whole[i].Skipped != "" && whole[i].Rejected != "" {
				r.Fatalf("row %d: %+v", rows[i].Number, whole[i])
			}
		}
		size := rapid.IntRange(1, 7).Draw(r, "batch")
		if diff := cmp.Diff(whole, partsOf(table, rows, size)); diff != "" {
			r.Fatalf("batches of %d: %s", size, diff)
		}
	})
}

func FuzzSurvey(f *testing.F) {
	f.Add(strings.Join(pieces, "\n"))
	f.Add("No. KK : 1\nNIK,NAMA\n3174011205879001,BUDI\n")
	f.Add("NAMA / NIK;NO KK\nBUDI / 3174011205879001;3174011205879009\n")
	f.Add("3174011205879001,BUDI SANTOSO\n3174015205879002,SITI AMINAH\n3174015205879003,RINA WATI\n")
	f.Fuzz(func(t *testing.T, content string) {
		path := filepath.Join(t.TempDir(), "a.csv")
		if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
		book, err := sheet.Open(path)
		if err != nil {
			t.Skip("not a table")
		}
		defer func() {
			if err := book.Close(); err != nil {
				t.Error(err)
			}
		}()
		plan, err := Survey(t.Context(), book, path, Options{WithoutNIK: true})
		if err != nil {
			return
		}
		rows, err := sample(t.Context(), book.Sheets()[0])
		if err != nil {
			t.Fatal(err)
		}
		if lines := partsOf(plan.Tables[0], rows, 5); len(lines) != len(rows) {
			t.Fatalf("%d parts of %d rows", len(lines), len(rows))
		}
		if m := plan.Tables[0].Mapping(); len(m.Columns) > 0 {
			if _, err := ReadMapping(strings.NewReader(m.Text())); err != nil {
				t.Fatalf("the mapping is not readable: %v", err)
			}
		}
	})
}
