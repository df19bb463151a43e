package intake

import (
	"encoding/csv"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"padan/internal/store"
	"padan/internal/table"
	"padan/normalize"

	"github.com/google/go-cmp/cmp"
)

// samples holds files laid out like those of real offices, each with the list of
// the persons that a human reader sees in it.
const samples = "../../fixtures/samples"

// TestSamples holds that padan sees in every sample what a person sees.
func TestSamples(t *testing.T) {
	lists, err := filepath.Glob(filepath.Join(samples, "*.expected.csv"))
	if err != nil || len(lists) == 0 {
		t.Fatalf("%d lists, %v", len(lists), err)
	}
	for _, list := range lists {
		name := strings.TrimSuffix(filepath.Base(list), ".expected.csv")
		want := expectedPersons(t, list)
		files, err := filepath.Glob(filepath.Join(samples, name+".*"))
		if err != nil {
			t.Fatal(err)
		}
		for _, file := range files {
			if file == list {
				continue
			}
			t.Run(filepath.Base(file), func(t *testing.T) {
				if diff := cmp.Diff(want, seenPersons(t, file)); diff != "" {
					t.Error(diff)
				}
			})
		}
	}
}

// expectedPersons reads what a human sees, each person as a line of fields in
// comparable form.
func expectedPersons(t *testing.T, path string) []string {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := f.Close(); err != nil {
			t.Error(err)
		}
	}()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var lines []string
	for _, row := range rows[1:] {
		v := map[string]string{}
		for i, title := range rows[0] {
			v[title] = row[i]
		}
		name, _ := normalize.ReadName(v["name"])
		mother, _ := normalize.ReadName(v["mother"])
		lines = append(lines, seenLine(v["sheet"], v["row"], v["nik"], v["kk"], name.Words, normalize.ReadPlace(v["birth_place"]), v["birth_date"],
			v["sex"], v["relation"], mother.Words, normalize.ReadAddress(v["address"]).Street, v["rt"], v["rw"], v["kelurahan"], v["kecamatan"], v["trust"]))
	}
	return lines
}

func seenLine(values ...string) string { return strings.Join(values, " | ") }

// seenPersons reads a file as load does.
func seenPersons(t *testing.T, path string) []string {
	t.Helper()
	o := Options{Options: table.Options{AsOf: normalize.NewDate(2026, 11, 23), WithoutNIK: true}}
	var lines []string
	for batch := range batchesOf(t, path, o) {
		for _, e := range batch.Entries {
			if e.Kind == store.EntryRecord {
				lines = append(lines, personLine(t, batch.Sheet.Name, e.Row, e.Person))
			} else if testing.Verbose() {
				t.Logf("%s row %d: %s %s %s", batch.Sheet.Name, e.Row, e.Kind, e.Reason, e.Cells)
			}
		}
		if len(batch.Warnings) > 0 {
			t.Log(batch.Warnings)
		}
	}
	return lines
}

func personLine(t *testing.T, sheetName string, row int, data []byte) string {
	t.Helper()
	p, err := normalize.DecodePerson(string(data))
	if err != nil {
		t.Fatal(err)
	}
	exact := func(n normalize.Number) string {
		if n.Trust != normalize.TrustFull {
			return ""
		}
		return n.Text()
	}
	trust := map[normalize.Trust]string{normalize.TrustFull: "ok", normalize.TrustDoubtful: "damaged", normalize.TrustNone: "missing"}[p.NIK.Trust]
	if p.NIK.Damage == normalize.DamageMasked || p.NIK.Damage == normalize.DamageScientific {
		trust = "damaged"
	}
	unit := func(n uint16) string {
		if n == 0 {
			return ""
		}
		return strconv.Itoa(int(n))
	}
	relation := ""
	if p.Relation != normalize.RelationMissing {
		relation = strconv.Itoa(int(p.Relation))
	}
	area, _ := normalize.AreaOf(p.Area.Code)
	return seenLine(sheetName, fmt.Sprint(row), exact(p.NIK), exact(p.KK), p.Name.Words, p.BirthPlace, p.BirthDate.String(),
		[...]string{"", "L", "P"}[p.Sex], relation, p.Mother.Words, p.Address.Street, unit(p.Address.RT), unit(p.Address.RW),
		strings.ToUpper(area.Kelurahan), strings.ToUpper(area.Kecamatan), trust)
}

// Hidden rows are read and told of, or passed over and counted.
func TestHiddenRows(t *testing.T) {
	path := filepath.Join(samples, "hidden.xlsx")
	warning := table.Warning{Code: table.WarnHiddenRows, About: "4"}.String()
	for _, skip := range []bool{false, true} {
		found, err := Inspect(t.Context(), path, Options{Options: table.Options{SkipHiddenRows: skip}})
		if err != nil {
			t.Fatal(err)
		}
		told := slices.Contains(found.Sheets[0].Warnings, warning)
		if told == skip || (found.Skipped[table.SkippedHidden] == 4) != skip {
			t.Errorf("skip %v: warnings %v, skipped %v", skip, found.Sheets[0].Warnings, found.Skipped)
		}
	}
}
