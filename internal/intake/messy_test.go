package intake

import (
	"fmt"
	"iter"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"padan/fixtures"
	"padan/internal/sheet"
	"padan/internal/store"
	"padan/internal/table"
	"padan/normalize"

	"github.com/google/go-cmp/cmp"
)

// TestMessyListsSayTheSame holds that the lists of a population say the same of
// everybody, set up as offices do it and as clean text. What stands once for a
// family may be left out where its rows do not show who belongs to it, and may
// be given to a member whose own is missing; but for few persons, and nobody who
// has a KK number gets that of another family.
func TestMessyListsSayTheSame(t *testing.T) {
	for seed := range uint64(3) {
		o := fixtures.Options{Persons: 8000, Seed: seed + 1}
		clean, messy := bothWays(t, o, describePerson)
		persons, blank := 0, 0
		for code, want := range clean {
			own := func(lines []string) []string {
				parts := make([]string, len(lines))
				for i, line := range lines {
					parts[i], _, _ = strings.Cut(line, familyMark)
				}
				slices.Sort(parts)
				return parts
			}
			if diff := cmp.Diff(own(want), own(messy[code])); diff != "" {
				t.Errorf("seed %d: %s: %s", seed+1, code, diff)
			}
			for _, line := range messy[code] {
				persons++
				if slices.Contains(want, line) {
					continue
				}
				blank++
				card := line[:strings.LastIndex(line, familyMark)+len(familyMark)]
				name := line[:strings.Index(line, familyMark)]
				isTheirs := func(other string) bool {
					return strings.HasPrefix(other, card) || strings.HasPrefix(other, name+familyMark+"{Value:0 ")
				}
				if !strings.Contains(line, familyMark+"{Value:0 ") && !slices.ContainsFunc(want, isTheirs) {
					t.Errorf("seed %d: %s: somebody has the KK number of another family", seed+1, code)
				}
			}
		}
		if blank*100 > persons {
			t.Errorf("seed %d: %d of %d persons have something else of what stands once for their family", seed+1, blank, persons)
		}
	}
}

// TestNobodyInheritsWrongly holds that, in lists with very many faults, nobody gets
// the KK number of another household from a list that leaves some out.
func TestNobodyInheritsWrongly(t *testing.T) {
	for seed := range uint64(4) {
		o := fixtures.Options{Persons: 6000, Seed: seed + 1, Preset: "hard"}
		clean, messy := bothWays(t, o, func(p *normalize.Person) string {
			return fmt.Sprint(p.Name.Words, p.BirthDate, p.NIK.Value, p.KK.Value)
		})
		for code, persons := range messy {
			for _, person := range persons {
				if !strings.HasSuffix(person, " 0") && !slices.Contains(clean[code], person) {
					t.Errorf("seed %d: %s: somebody has a KK number that is not theirs", seed+1, code)
				}
			}
		}
	}
}

// familyMark stands before what lists may say once for a family.
const familyMark = " | "

// describePerson says all that a list says of a person, whatever marks stood
// around the numbers; what may stand once for a family comes last.
func describePerson(p *normalize.Person) string {
	p.NIK.Damage, p.KK.Damage = normalize.DamageNone, normalize.DamageNone
	family := fmt.Sprintf("%+v%s%+v %+v", p.KK, familyMark, p.Address, p.Area)
	own := *p
	own.KK, own.Address, own.Area = normalize.Number{}, normalize.Address{}, normalize.Area{}
	return fmt.Sprintf("%+v", own) + familyMark + family
}

// bothWays generates a population with clean lists and with messy ones, and
// describes the persons of each kecamatan.
func bothWays(t *testing.T, o fixtures.Options, describe func(*normalize.Person) string) (clean, messy map[string][]string) {
	t.Helper()
	o.Regional = fixtures.RegionalCSV
	clean = regionalPersons(t, o, describe)
	o.Regional = fixtures.RegionalMessy
	messy = regionalPersons(t, o, describe)
	if len(clean) != len(messy) || len(clean) < 40 {
		t.Fatalf("seed %d: %d clean lists, %d messy ones", o.Seed, len(clean), len(messy))
	}
	return clean, messy
}

// regionalPersons returns the persons of each regional list, sorted.
func regionalPersons(t *testing.T, o fixtures.Options, describe func(*normalize.Person) string) map[string][]string {
	t.Helper()
	folder := t.TempDir()
	if _, err := fixtures.Generate(t.Context(), folder, o); err != nil {
		t.Fatal(err)
	}
	files, err := filepath.Glob(filepath.Join(folder, "regional", "*"))
	if err != nil {
		t.Fatal(err)
	}
	lists := map[string][]string{}
	for _, file := range files {
		code, _, _ := strings.Cut(filepath.Base(file), "_") // of the kecamatan
		lists[code] = append(lists[code], personsIn(t, file, describe)...)
	}
	for _, persons := range lists {
		slices.Sort(persons)
	}
	return lists
}

// personsIn reads a list and describes its persons.
func personsIn(t *testing.T, path string, describe func(*normalize.Person) string) []string {
	t.Helper()
	var persons []string
	for batch := range batchesOf(t, path, Options{Options: table.Options{AsOf: normalize.NewDate(2026, 11, 23)}}) {
		for _, e := range batch.Entries {
			if e.Kind != store.EntryRecord {
				continue
			}
			p, err := normalize.DecodePerson(string(e.Person))
			if err != nil {
				t.Fatal(err)
			}
			persons = append(persons, describe(&p))
		}
	}
	return persons
}

// batchesOf reads a list as load does.
func batchesOf(t *testing.T, path string, o Options) iter.Seq[store.Batch] {
	t.Helper()
	return func(yield func(store.Batch) bool) {
		book, err := sheet.Open(path)
		if err != nil {
			t.Fatal(err)
		}
		defer func() {
			if err := book.Close(); err != nil {
				t.Error(err)
			}
		}()
		plan, err := table.Survey(t.Context(), book, path, o.Options)
		if err != nil {
			t.Fatal(err)
		}
		for batch, err := range newPipeline(plan, &o).batches(t.Context()) {
			if err != nil {
				t.Fatal(err)
			}
			if !yield(batch) {
				return
			}
		}
	}
}
