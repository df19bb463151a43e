package intake

import (
	"fmt"
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
// everybody, set up as offices do it and as clean text.
func TestMessyListsSayTheSame(t *testing.T) {
	for seed := range uint64(2) {
		clean := regionalPersons(t, fixtures.Options{Persons: 6000, Seed: seed + 1, Preset: "hard", Regional: fixtures.RegionalCSV})
		messy := regionalPersons(t, fixtures.Options{Persons: 6000, Seed: seed + 1, Preset: "hard", Regional: fixtures.RegionalMessy})
		if len(clean) != len(messy) || len(clean) < 40 {
			t.Fatalf("seed %d: %d clean lists, %d messy ones", seed+1, len(clean), len(messy))
		}
		for name, want := range clean {
			if diff := cmp.Diff(want, messy[name]); diff != "" {
				t.Errorf("seed %d: %s: %s", seed+1, name, diff)
			}
		}
	}
}

// regionalPersons returns the persons of each regional list, sorted.
func regionalPersons(t *testing.T, o fixtures.Options) map[string][]string {
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
		lists[code] = append(lists[code], personsIn(t, file)...)
	}
	for _, persons := range lists {
		slices.Sort(persons)
	}
	return lists
}

// personsIn reads a list and says what it says of each person, whatever marks
// stood around the numbers.
func personsIn(t *testing.T, path string) []string {
	t.Helper()
	book, err := sheet.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := book.Close(); err != nil {
			t.Error(err)
		}
	}()
	o := Options{Options: table.Options{AsOf: normalize.NewDate(2026, 11, 23)}}
	plan, err := table.Survey(t.Context(), book, path, o.Options)
	if err != nil {
		t.Fatal(err)
	}
	var persons []string
	for batch, err := range newPipeline(plan, &o).batches(t.Context()) {
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range batch.Entries {
			if e.Kind != store.EntryRecord {
				continue
			}
			p, err := normalize.DecodePerson(e.Person)
			if err != nil {
				t.Fatal(err)
			}
			p.NIK.Damage, p.KK.Damage = normalize.DamageNone, normalize.DamageNone
			persons = append(persons, fmt.Sprintf("%+v", p))
		}
	}
	return persons
}
