package intake

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"padan/internal/sheet"
	"padan/internal/store"
	"padan/internal/table"
	"padan/match"
	"padan/normalize"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"
	"go.uber.org/goleak"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

func mustOpen(tb testing.TB) *store.Store {
	tb.Helper()
	s, err := store.Open(tb.Context(), filepath.Join(tb.TempDir(), "padan.db"), store.ModeCreate)
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() {
		if err := s.Close(); err != nil {
			tb.Error(err)
		}
	})
	return s
}

func writeFile(tb testing.TB, name, content string) string {
	tb.Helper()
	path := filepath.Join(tb.TempDir(), name)
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		tb.Fatal(err)
	}
	return path
}

// writeBook writes a workbook; the rows of each sheet are cells parted by "|".
func writeBook(tb testing.TB, sheets map[string][]string, hidden string) string {
	tb.Helper()
	book := excelize.NewFile()
	for _, name := range slices.Sorted(func(yield func(string) bool) {
		for name := range sheets {
			if !yield(name) {
				return
			}
		}
	}) {
		if _, err := book.NewSheet(name); err != nil {
			tb.Fatal(err)
		}
		for i, line := range sheets[name] {
			cells := strings.Split(line, "|")
			if err := book.SetSheetRow(name, fmt.Sprintf("A%d", i+1), &cells); err != nil {
				tb.Fatal(err)
			}
		}
	}
	if err := book.DeleteSheet("Sheet1"); err != nil {
		tb.Fatal(err)
	}
	if hidden != "" {
		if err := book.SetSheetVisible(hidden, false); err != nil {
			tb.Fatal(err)
		}
	}
	path := filepath.Join(tb.TempDir(), "buku.xlsx")
	if err := book.SaveAs(path); err != nil {
		tb.Fatal(err)
	}
	return path
}

const plainCSV = `NO,NIK,NAMA,TGL LAHIR,JK
1,3174011205879001,BUDI SANTOSO,12-05-1987,L
2,3174015205879002,SITI RAHAYU,12-05-1987,P
`

func TestLoadGivesEveryRowOneFate(t *testing.T) {
	path := writeFile(t, "tebet.csv", `DAFTAR WARGA,,,,
KELURAHAN : TEBET TIMUR,,,,
,,,,
NO,NIK,NAMA,TGL LAHIR,JK
(1),(2),(3),(4),(5)
1,3174011205879001,BUDI SANTOSO,12-05-1987,L
,,,,
2,3174015205879002,SITI RAHAYU,12-05-1987,P
NO,NIK,NAMA,TGL LAHIR,JK
3,,JOKO,1990,L
4,3174011205879003
5,3174011205879004,RINA,1990,P,lebih
6,,,1990,L
7,3174,"EKO, S.H,1990,L
JUMLAH,,4,,
`)
	result, err := Load(t.Context(), mustOpen(t), path, match.Regional, Options{})
	if err != nil {
		t.Fatal(err)
	}
	s := result.Source
	want := map[string]int64{
		table.SkippedTitle: 2, table.SkippedBlank: 2, table.SkippedHeader: 1, table.SkippedNumbering: 1, table.SkippedRepeated: 1, table.SkippedTotal: 1,
	}
	if diff := cmp.Diff(want, s.Skipped); diff != "" {
		t.Error(diff)
	}
	if s.Rows != 15 || s.Records != 3 || s.Rejected != 4 {
		t.Errorf("rows %d, records %d, rejected %d", s.Rows, s.Records, s.Rejected)
	}
	for reason, n := range map[string]int64{table.RejectedTooFew: 1, table.RejectedTooMany: 1, table.RejectedNobody: 1, "stray_quote": 1} {
		if s.Issues["row:"+reason] != n {
			t.Errorf("%s: %d rows, want %d", reason, s.Issues["row:"+reason], n)
		}
	}
	if s.Issues["nik:empty"] != 1 {
		t.Errorf("issues %v", s.Issues)
	}
}

func TestLoadKeepsRejectedRowsWithTheirText(t *testing.T) {
	s := mustOpen(t)
	path := writeFile(t, "a.csv", plainCSV+"3,,,1990,L\n")
	if _, err := Load(t.Context(), s, path, match.Central, Options{}); err != nil {
		t.Fatal(err)
	}
	var rejected []store.RejectedRow
	for row, err := range s.Rejected(t.Context(), 0) {
		if err != nil {
			t.Fatal(err)
		}
		rejected = append(rejected, row)
	}
	want := []store.RejectedRow{{Side: match.Central, Source: "a.csv", Row: 4, Reason: table.RejectedNobody, Cells: []string{"3", "", "", "1990", "L"}}}
	if diff := cmp.Diff(want, rejected); diff != "" {
		t.Error(diff)
	}
}

func TestLoadTheSameBytesTwiceIsNothing(t *testing.T) {
	s := mustOpen(t)
	first := writeFile(t, "a.csv", plainCSV)
	second := writeFile(t, "b.csv", plainCSV)
	if _, err := Load(t.Context(), s, first, match.Central, Options{}); err != nil {
		t.Fatal(err)
	}
	result, err := Load(t.Context(), s, second, match.Central, Options{})
	if err != nil || !result.Known || result.Source.Path != first {
		t.Errorf("known %t, source %q, %v", result.Known, result.Source.Path, err)
	}
	other, err := Load(t.Context(), s, second, match.Regional, Options{})
	if err != nil || other.Known {
		t.Fatalf("known %t, %v", other.Known, err)
	}
	if want := []string{"other_side: a.csv"}; !slices.Equal(other.Source.Warnings, want) {
		t.Errorf("warnings %q, want %q", other.Source.Warnings, want)
	}
}

// persons reads the central side of a store.
func persons(t *testing.T, s *store.Store) []store.PersonRow {
	t.Helper()
	var all []store.PersonRow
	for rows, err := range s.Persons(t.Context(), match.Central) {
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, rows...)
	}
	return all
}

func manyRows(n int) string {
	var text strings.Builder
	text.WriteString("NIK,NAMA,TGL LAHIR,JK,KELURAHAN\n")
	names := []string{"BUDI", "SITI", "JOKO", "RINA", "EKO"}
	for i := range n {
		fmt.Fprintf(&text, "31740112%02d87%04d,%s %s,12-%02d-1987,L,TEBET TIMUR\n",
			i%12+1, 9000+i%1000, names[i%5], names[i/5%5], i%12+1)
	}
	return text.String()
}

func TestLoadDoesNotDependOnWorkers(t *testing.T) {
	path := writeFile(t, "a.csv", manyRows(3*batchRows+17))
	var all [2][]store.PersonRow
	for i, workers := range []int{1, 8} {
		s := mustOpen(t)
		if _, err := Load(t.Context(), s, path, match.Central, Options{Workers: workers}); err != nil {
			t.Fatal(err)
		}
		all[i] = persons(t, s)
	}
	if len(all[0]) != 3*batchRows+17 {
		t.Fatalf("%d persons", len(all[0]))
	}
	if diff := cmp.Diff(all[0], all[1]); diff != "" {
		t.Error(diff)
	}
}

// A list of another country needs no NIK, no KK and no area of Indonesia; family
// name and house number may stand in columns of their own.
func TestLoadForeignList(t *testing.T) {
	s := mustOpen(t)
	content := "rec_id,given_name,surname,street_number,address_1,suburb,postcode,state,date_of_birth\n" +
		"r-1,imogen,o'dowd-lee,12,jarrah street,coolum,4573,qld,19310924\nr-2,,fennimore,8,,coolum,4573,qld,1964-02-29\n"
	got, err := Load(t.Context(), s, writeFile(t, "a.csv", content), match.Central, Options{})
	if err != nil || got.Source.Records != 2 {
		t.Fatalf("%+v, %v", got, err)
	}
	if !slices.ContainsFunc(got.Source.Warnings, func(w string) bool { return strings.HasPrefix(w, table.WarnNoNIK) }) {
		t.Errorf("warnings %q", got.Source.Warnings)
	}
	var persons []normalize.Person
	for batch, err := range s.Persons(t.Context(), match.Central) {
		if err != nil {
			t.Fatal(err)
		}
		for i := range batch {
			persons = append(persons, batch[i].Person)
		}
	}
	first, second := persons[0], persons[1]
	if first.Name.Words == "" || !strings.HasPrefix(first.Name.Words, "IMOGEN ") || first.BirthDate != 19310924 ||
		first.Address.House != "12" || first.Area.Place != "COOLUM" {
		t.Errorf("%+v", first)
	}
	if second.Name.Words != "FENNIMORE" || second.BirthDate != 19640229 {
		t.Errorf("%+v", second)
	}
}

func TestLoadRefusesHeader(t *testing.T) {
	for name, c := range map[string]struct {
		content string
		options Options
		want    error
		message string
	}{
		"no header":      {content: "3174011205879001,BUDI\n3174015205879002,SITI\n", want: table.ErrNoHeader, message: "no header row found"},
		"no NIK":         {content: "NAMA,ALAMAT\nBUDI,JL MELATI\n", want: table.ErrNoNIK, message: "column NIK not found (nik)"},
		"no name":        {content: "NIK,TGL LAHIR\n3174011205879001,1987\n", want: table.ErrNoName, message: "no column holds names (name)"},
		"two NIK":        {content: "NIK,NAMA,NIK KTP\n1,BUDI,2\n", want: table.ErrAmbiguous, message: `(nik): A "NIK", C "NIK KTP"`},
		"no such letter": {content: plainCSV, options: Options{Options: table.Options{Columns: map[normalize.Field]string{normalize.FieldNIK: "#Z"}}}, want: table.ErrNoSuchTitle, message: "#Z"},
		"no such column": {content: plainCSV, options: Options{Options: table.Options{Columns: map[normalize.Field]string{normalize.FieldNIK: "NO KTP"}}}, want: table.ErrNoSuchTitle, message: "NO KTP"},
	} {
		t.Run(name, func(t *testing.T) {
			s := mustOpen(t)
			path := writeFile(t, "a.csv", c.content)
			_, err := Load(t.Context(), s, path, match.Central, c.options)
			var header *table.HeaderError
			if !errors.Is(err, c.want) || !errors.As(err, &header) || !strings.Contains(err.Error(), c.message) {
				t.Errorf("error %v, want %v with %q", err, c.want, c.message)
			}
			if strings.Contains(fmt.Sprint(err), "BUDI") {
				t.Errorf("the error holds a name")
			}
			if sources, err := s.Sources(t.Context()); err != nil || len(sources[match.Central]) > 0 {
				t.Errorf("sources %v, %v", sources, err)
			}
		})
	}
}

func TestLoadTakesTheCorrectedColumn(t *testing.T) {
	s := mustOpen(t)
	path := writeFile(t, "a.csv", "NIK,NAMA,NIK BENAR\n3174011205879001,BUDI,3174011205879002\n")
	if _, err := Load(t.Context(), s, path, match.Central, Options{}); err != nil {
		t.Fatal(err)
	}
	if got := persons(t, s)[0].Person.NIK.Value; got != 3174011205879002 {
		t.Errorf("NIK of the wrong column")
	}
}

func TestLoadTakesTheColumnTheUserNames(t *testing.T) {
	for title, column := range map[string]string{"Nomor  Kartu": "nomor kartu", "NIK": "#c"} {
		s := mustOpen(t)
		path := writeFile(t, "a.csv", "NIK,NAMA,"+title+"\n1,BUDI,3174011205879002\n")
		o := Options{Options: table.Options{Columns: map[normalize.Field]string{normalize.FieldNIK: column}}}
		if _, err := Load(t.Context(), s, path, match.Central, o); err != nil {
			t.Fatal(err)
		}
		if got := persons(t, s)[0].Person.NIK.Value; got != 3174011205879002 {
			t.Errorf("%s: NIK of the wrong column", column)
		}
	}
}

func TestLoadWithoutNIK(t *testing.T) {
	s := mustOpen(t)
	path := writeFile(t, "a.csv", "NAMA,TGL LAHIR\nBUDI,12-05-1987\n")
	result, err := Load(t.Context(), s, path, match.Central, Options{Options: table.Options{WithoutNIK: true}})
	if err != nil || result.Source.Records != 1 {
		t.Errorf("%d records, %v", result.Source.Records, err)
	}
}

func TestLoadReadsAreaFromTitle(t *testing.T) {
	for title, want := range map[string]uint64{
		"KELURAHAN : TEBET TIMUR,,":                           3174011001,
		"KELURAHAN,:,TEBET TIMUR":                             3174011001,
		"Data Warga Kel. Tebet Timur Kec. Tebet Tahun 2025,,": 3174011001,
		"REKAP KECAMATAN TEBET KOTA ADM. JAKARTA SELATAN,,":   3174010000,
		"LAPORAN BULAN MEI,,":                                 0,
		"KELURAHAN : TIDAK ADA DI MANA PUN,,":                 0,
	} {
		t.Run(title, func(t *testing.T) {
			s := mustOpen(t)
			path := writeFile(t, "a.csv", title+"\nNIK,NAMA,JK\n3174011205879001,BUDI,L\n")
			if _, err := Load(t.Context(), s, path, match.Central, Options{}); err != nil {
				t.Fatal(err)
			}
			area, _ := normalize.AreaOf(persons(t, s)[0].Person.Area.Code)
			if area.Code != want {
				t.Errorf("area %d (%s), want %d", area.Code, area.Kelurahan, want)
			}
		})
	}
}

func TestLoadPassesOverSheetsWithoutPersons(t *testing.T) {
	path := writeBook(t, map[string][]string{
		"Catatan": {"Diperbarui Mei", "oleh operator"},
		"Data":    {"NIK|NAMA", "3174011205879001|BUDI"},
		"Lama":    {"NIK|NAMA", "3174011205879002|SITI"},
	}, "Lama")
	s := mustOpen(t)
	result, err := Load(t.Context(), s, path, match.Regional, Options{})
	if err != nil {
		t.Fatal(err)
	}
	if s := result.Source; s.Records != 1 || s.Skipped[table.SkippedSheet] != 2 || s.Skipped[table.SkippedHiddenSheet] != 2 {
		t.Errorf("records %d, skipped %v", s.Records, s.Skipped)
	}
	want := []string{"sheet_skipped: Catatan", "hidden_sheet: Lama"}
	if diff := cmp.Diff(want, result.Source.Warnings); diff != "" {
		t.Error(diff)
	}
}

func TestLoadRefusesBookWithoutPersons(t *testing.T) {
	path := writeBook(t, map[string][]string{"A": {"Rekap"}, "B": {"KECAMATAN|KELURAHAN", "TEBET|TEBET TIMUR"}}, "")
	_, err := Load(t.Context(), mustOpen(t), path, match.Regional, Options{})
	if !errors.Is(err, table.ErrNoHeader) || !strings.Contains(err.Error(), `sheet "A"`) {
		t.Errorf("error %v", err)
	}
}

func TestLoadRefusesUnreadableFiles(t *testing.T) {
	folder := t.TempDir()
	for name, c := range map[string]struct {
		path string
		want error
	}{
		"empty":   {writeFile(t, "a.csv", ""), sheet.ErrEmpty},
		"folder":  {folder, sheet.ErrDirectory},
		"missing": {filepath.Join(folder, "a.csv"), os.ErrNotExist},
		"binary":  {writeFile(t, "a.csv", strings.Repeat("\x01\x02\x00\x7f", 500)), sheet.ErrBinary},
		"torn":    {writeFile(t, "a.xlsx", "PK\x03\x04 cut off"), sheet.ErrDamaged},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := Load(t.Context(), mustOpen(t), c.path, match.Central, Options{})
			var file *sheet.Error
			if !errors.Is(err, c.want) || !errors.As(err, &file) || file.Path != c.path {
				t.Errorf("error %v, want %v", err, c.want)
			}
		})
	}
}

func TestLoadStopsWhenCancelled(t *testing.T) {
	reason := errors.New("enough")
	ctx, cancel := context.WithCancelCause(t.Context())
	s := mustOpen(t)
	path := writeFile(t, "a.csv", manyRows(40*batchRows))
	_, err := Load(ctx, s, path, match.Central, Options{OnProgress: func(rows int64) {
		if rows >= 3*batchRows {
			cancel(reason)
		}
	}})
	if !errors.Is(err, reason) && !errors.Is(err, context.Canceled) {
		t.Errorf("error %v", err)
	}
	if sources, err := s.Sources(t.Context()); err != nil || len(sources[match.Central]) > 0 {
		t.Errorf("sources %v, %v", sources, err)
	}
}
