package main

import (
	"encoding/csv"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"padan/internal/hashid"
	"padan/internal/intake"
	"padan/internal/store"
	"padan/match"
	"padan/normalize"

	"github.com/google/go-cmp/cmp"
)

// hashedFolder holds one population in the clear and hashed.
type hashedFolder struct {
	t      *testing.T
	folder string
	lists  map[string][]string // clear, by side
}

func newHashedFolder(t *testing.T, persons int, population ...string) *hashedFolder {
	t.Helper()
	h := &hashedFolder{t: t, folder: t.TempDir(), lists: map[string][]string{}}
	mustPadan(t, append([]string{"generate", "--out", h.in("p"), "--persons", strconv.Itoa(persons)}, population...)...)
	mustPadan(t, "hash-ids", "--new-key", h.in("key"))
	for _, side := range []string{"central", "regional"} {
		h.lists[side] = h.glob("p/" + side + "/*")
		mustPadan(t, append([]string{"hash-ids", "--key-file", h.in("key"), "--out", h.in("h/" + side)}, h.lists[side]...)...)
	}
	return h
}

func (h *hashedFolder) in(name string) string { return filepath.Join(h.folder, name) }

func (h *hashedFolder) glob(pattern string) []string {
	h.t.Helper()
	files, err := filepath.Glob(h.in(pattern))
	if err != nil || len(files) == 0 {
		h.t.Fatal(pattern, files, err)
	}
	return files
}

// load loads both sides into a database: the lists as generated, with more flags.
func (h *hashedFolder) load(database string, flags ...string) *store.Store {
	h.t.Helper()
	for side, files := range h.lists {
		if len(flags) == 1 { // the hashed lists
			files = h.glob("h/" + side + "/*")
		}
		args := append([]string{"load", side, "--db", h.in(database)}, flags...)
		mustPadan(h.t, append(args, files...)...)
	}
	s, err := store.Open(h.t.Context(), h.in(database), store.ModeRead)
	if err != nil {
		h.t.Fatal(err)
	}
	h.t.Cleanup(func() {
		if err := s.Close(); err != nil {
			h.t.Error(err)
		}
	})
	return s
}

// matched runs the match of a database.
func matched(t *testing.T, s *store.Store) (*tables, *match.Result) {
	t.Helper()
	both, err := readTables(t.Context(), s, nil)
	if err != nil {
		t.Fatal(err)
	}
	result, err := match.Run(t.Context(), both.side[match.Central], both.side[match.Regional], match.DefaultModel(), match.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return both, result
}

// everybody returns the persons of a side with their files.
func everybody(t *testing.T, s *store.Store, side match.Side) (persons []normalize.Person, files []string) {
	t.Helper()
	sources, err := s.Sources(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for rows, err := range s.Persons(t.Context(), side) {
		if err != nil {
			t.Fatal(err)
		}
		for i := range rows {
			persons = append(persons, cloned(rows[i].Person))
			base := filepath.Base(sources[side][rows[i].Source].Path)
			files = append(files, strings.TrimSuffix(strings.TrimSuffix(base, filepath.Ext(base)), ".hashed"))
		}
	}
	return persons, files
}

// cloned takes a person out of memory that comes again.
func cloned(p normalize.Person) normalize.Person {
	copied, err := normalize.DecodePerson(string(p.AppendBinary(nil)))
	if err != nil {
		panic(err)
	}
	return copied
}

// opened gives hashed numbers of a result their clear ones back.
func opened(result *match.Result, numbers map[uint64]normalize.Number) {
	texts := map[string]string{"": ""}
	for value, n := range numbers {
		texts[normalize.HashText(value)] = n.Text()
	}
	for i := range result.Conflicts {
		result.Conflicts[i].Proposed = texts[result.Conflicts[i].Proposed]
	}
	for i := range result.Households {
		for side, card := range result.Households[i].Cards {
			result.Households[i].Cards[side] = numbers[card].Value
		}
	}
}

// ordered sorts what comes in the order of the numbers, and drops the count of
// the one rule that counts pairs twice in the clear (see match).
func ordered(result *match.Result) {
	slices.SortFunc(result.Conflicts, func(a, b match.Conflict) int {
		return slices.Compare(
			slices.Concat([]int32{int32(a.Kind)}, a.Central, []int32{-1}, a.Regional),
			slices.Concat([]int32{int32(b.Kind)}, b.Central, []int32{-1}, b.Regional))
	})
	for i := range result.Rules {
		if match.RuleCode(result.Rules[i].Rule) == "nik_length" {
			result.Rules[i].Pairs = 0
		}
	}
}

// TestHashedListsMatchAsClearOnes is the promise of hash-ids: an office that sees
// no number links the same persons with the same weights and finds the same
// conflicts, whether the lists were hashed before or on their way in.
func TestHashedListsMatchAsClearOnes(t *testing.T) {
	persons := 3000
	if testing.Short() {
		persons = 600
	}
	for name, population := range map[string][]string{
		"realistic": {"--preset", "realistic", "--seed", "21"},
		"hard":      {"--preset", "hard", "--seed", "22"},
		"messy":     {"--preset", "hard", "--seed", "23", "--messy"},
	} {
		t.Run(name, func(t *testing.T) {
			h := newHashedFolder(t, persons, population...)
			plain := h.load("clear.db")
			inward := h.load("inward.db", "--hashed", "--key-file", h.in("key"))
			received := h.load("received.db", "--hashed")
			numbers := map[uint64]normalize.Number{}
			for _, side := range []match.Side{match.Central, match.Regional} {
				h.compareLists(plain, inward, received, side, numbers)
			}
			_, want := matched(t, plain)
			ordered(want)
			for name, s := range map[string]*store.Store{"inward": inward, "received": received} {
				_, got := matched(t, s)
				opened(got, numbers)
				ordered(got)
				if diff := cmp.Diff(want, got); diff != "" {
					t.Errorf("%s (- clear, + hashed):\n%.3000s", name, diff)
				}
			}
			t.Logf("%d links, %d conflicts and remarks, %d households are the same", len(want.Links), len(want.Conflicts), len(want.Households))
		})
	}
}

// compareLists demands that hashed lists have the same persons as clear ones but
// for their numbers, and gathers the numbers by their hashes.
func (h *hashedFolder) compareLists(open, inward, received *store.Store, side match.Side, numbers map[uint64]normalize.Number) {
	t := h.t
	plain, files := everybody(t, open, side)
	hashed, _ := everybody(t, inward, side)
	again, filesAgain := everybody(t, received, side)
	if len(plain) != len(hashed) || len(plain) != len(again) {
		t.Fatalf("%s: %d persons, %d and %d hashed", side, len(plain), len(hashed), len(again))
	}
	if !slices.Equal(files, filesAgain) {
		t.Fatalf("%s: the lists come in another order", side)
	}
	for i := range plain {
		if hashed[i] != again[i] {
			t.Fatalf("%s: person %d reads back otherwise: %s", side, i, cmp.Diff(hashed[i], again[i]))
		}
		for _, pair := range [...][2]normalize.Number{{plain[i].NIK, hashed[i].NIK}, {plain[i].KK, hashed[i].KK}} {
			a, b := pair[0], pair[1]
			if (a.Value != 0) != b.Hashed || a.Digits != b.Digits || a.Trust != b.Trust || a.Damage != b.Damage {
				t.Fatalf("%s: a number of person %d is another one hashed", side, i)
			}
			if a.Value != 0 {
				numbers[b.Value] = a
			}
		}
		person := hashed[i]
		person.NIK, person.KK, person.NIKNear, person.KKNear = plain[i].NIK, plain[i].KK, "", ""
		if person.Identifier = plain[i].Identifier; person != plain[i] {
			t.Fatalf("%s: person %d is another one hashed", side, i)
		}
	}
}

// TestHashedListsAreLookedUpAsClearOnes: each row of a list gets the same status
// and is told the same person of the master list.
func TestHashedListsAreLookedUpAsClearOnes(t *testing.T) {
	h := newHashedFolder(t, 1500, "--preset", "hard", "--seed", "51")
	h.load("clear.db")
	h.load("inward.db", "--hashed", "--key-file", h.in("key"))
	statuses := map[string]int{}
	results := map[string][]map[string]string{}
	for _, name := range []string{"clear", "inward"} {
		mustPadan(t, "match", "--db", h.in(name+".db"))
		args := append([]string{"lookup", "--db", h.in(name + ".db"), "--direction", "reference", "--out", h.in(name + ".csv")}, h.lists["regional"]...)
		if name == "inward" {
			args = append(args, "--hashed", "--key-file", h.in("key"))
		}
		mustPadan(t, args...)
		results[name] = mustReadCSV(t, h.in(name+".csv"))
	}
	plain, hashed := results["clear"], results["inward"]
	if len(plain) != len(hashed) {
		t.Fatalf("%d rows, %d hashed", len(plain), len(hashed))
	}
	for i, row := range plain {
		for _, title := range []string{"Status", "Outcome (Master list)", "Birth date (Master list)", "Evidence", "Reason code", "File (Kept)", "Row (Kept)"} {
			if want, got := nearText(row[title]), hashed[i][title]; got != want {
				t.Errorf("row %d: %s is %q, hashed %q", i, title, want, got)
			}
		}
		statuses[row["Status"]]++
	}
	for _, status := range []string{"in", "doubt", "duplicate"} {
		if statuses[status] == 0 {
			t.Errorf("no row is %s: %v", status, statuses)
		}
	}
}

// nearText is an evidence as a hashed NIK gives it: which digits are near, it does
// not tell.
func nearText(evidence string) string {
	first, rest, more := strings.Cut(evidence, ";")
	for _, form := range []string{"NIK one digit apart", "NIK with two digits swapped", "NIK with one digit more or less"} {
		if strings.HasPrefix(first, form) {
			first = "NIK one digit apart"
		}
	}
	if more {
		return first + ";" + rest
	}
	return first
}

// TestHashedListsHoldNoNumber looks for every number of the lists, and for anything
// like one, in all that hash-ids writes and in the reports made of it.
func TestHashedListsHoldNoNumber(t *testing.T) {
	h := newHashedFolder(t, 1500, "--preset", "hard", "--seed", "31", "--messy")
	plain := h.load("clear.db")
	h.load("inward.db", "--hashed", "--key-file", h.in("key"))
	mustPadan(t, "match", "--db", h.in("inward.db"))
	mustPadan(t, "report", "--db", h.in("inward.db"), "--format", "csv", "--out", h.in("r"))
	planted := map[string]bool{}
	for _, side := range []match.Side{match.Central, match.Regional} {
		persons, _ := everybody(t, plain, side)
		for i := range persons {
			for _, n := range [...]normalize.Number{persons[i].NIK, persons[i].KK} {
				if n.Value != 0 {
					planted[strconv.FormatUint(n.Value, 10)] = true
				}
			}
		}
	}
	if len(planted) < 1500 {
		t.Fatalf("%d numbers are planted", len(planted))
	}
	found := 0
	for _, path := range h.lists["central"] {
		found += numbersIn(t, path, planted)
	}
	if found < 1000 {
		t.Fatalf("%d numbers are found where they stand", found)
	}
	for _, path := range slices.Concat(h.glob("h/*/*.csv"), h.glob("r/*.csv")) {
		if found := numbersIn(t, path, planted); found > 0 {
			t.Errorf("%s holds %d numbers", filepath.Base(path), found)
		}
	}
}

// numbersIn counts the cells of a CSV file that hold a planted number or thirteen
// digits, signs between them looked past.
func numbersIn(t *testing.T, path string, planted map[string]bool) (found int) {
	t.Helper()
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	r := csv.NewReader(strings.NewReader(string(content)))
	r.FieldsPerRecord, r.LazyQuotes = -1, true
	lines, err := r.ReadAll()
	if err != nil {
		t.Fatal(path, err)
	}
	for _, line := range lines {
		for _, cell := range line {
			bare := strings.NewReplacer(" ", "", ".", "", "-", "", "/", "").Replace(cell)
			for _, run := range strings.FieldsFunc(bare, func(r rune) bool { return r < '0' || r > '9' }) {
				if planted[strings.TrimLeft(run, "0")] || len(run) >= 13 {
					found++
				}
			}
		}
	}
	return found
}

// TestHashesOfTwoKeysHaveNothingInCommon hashes one list twice.
func TestHashesOfTwoKeysHaveNothingInCommon(t *testing.T) {
	h := newHashedFolder(t, 1000, "--seed", "41")
	mustPadan(t, "hash-ids", "--new-key", h.in("other"))
	mustPadan(t, append([]string{"hash-ids", "--key-file", h.in("other"), "--out", h.in("o")}, h.lists["central"]...)...)
	mustPadan(t, append([]string{"hash-ids", "--key-file", h.in("key"), "--out", h.in("same")}, h.lists["central"]...)...)
	one, other, same := hashesIn(t, h.in("h/central")), hashesIn(t, h.in("o")), hashesIn(t, h.in("same"))
	if len(one) < 1000 || len(other) != len(one) {
		t.Fatalf("%d and %d hashes", len(one), len(other))
	}
	for hash := range one {
		if other[hash] {
			t.Error("two keys make the same of a number")
		}
		if !same[hash] {
			t.Error("one key makes two of a number")
		}
	}
}

// hashesIn are the hashes, and the pieces of neighbourhoods, in the lists of a folder.
func hashesIn(t *testing.T, folder string) map[string]bool {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(folder, "*.csv"))
	if err != nil || len(files) == 0 {
		t.Fatal(files, err)
	}
	hashes := map[string]bool{}
	for _, path := range files {
		for _, row := range mustReadCSV(t, path) {
			for title, cell := range row {
				if _, _, ok := normalize.HashedHeader(title); ok && cell != "" {
					hashes[cell] = true
				}
			}
			if parts := strings.SplitN(row["nik_near"], ".", 4); len(parts) == 4 && len(parts[3]) > 100 {
				hashes[parts[3][10:40]], hashes[parts[3][60:90]] = true, true
			}
		}
	}
	return hashes
}

// A list that changes while its numbers are hashed leaves nothing in the folder.
func TestChangedListIsNotHashed(t *testing.T) {
	folder := t.TempDir()
	path, out := filepath.Join(folder, "a.csv"), filepath.Join(folder, "out")
	if err := errors.Join(os.Mkdir(out, 0o700), os.WriteFile(path, []byte("NIK,NAMA\n3174011205879001,BUDI\n"), 0o600)); err != nil {
		t.Fatal(err)
	}
	key, err := hashid.NewKey([]byte("0123456789abcdefghijklmnopqrstuv"))
	if err != nil {
		t.Fatal(err)
	}
	h := listHasher{options: &hashIDsOptions{out: out, format: "csv"}, used: map[string]bool{}}
	err = h.hash(t.Context(), path, path, intake.Options{HashKey: &key, OnProgress: func(int64) {
		if err := os.WriteFile(path, []byte("NIK,NAMA\n3174011205879002,SITI\n"), 0o600); err != nil {
			t.Error(err)
		}
	}})
	if !errors.Is(err, intake.ErrChanged) {
		t.Errorf("%v", err)
	}
	if left, err := os.ReadDir(out); err != nil || len(left) > 0 {
		t.Errorf("left: %v, %v", left, err)
	}
}
