package main

import (
	"bytes"
	"encoding/csv"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"padan/internal/store"
	"padan/match"
)

func TestReviewRoundTrip(t *testing.T) {
	o := newOffice(t)
	if got := o.outcome(); got != "conflict" {
		t.Fatalf("a poor test: %s", got)
	}
	o.padan(exitDone, "review", "export", "--out", o.path("tinjau.xlsx"))
	if info, err := os.Stat(o.path("tinjau.xlsx")); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("%v, %v", info.Mode(), err)
	}
	o.edit("tinjau.xlsx", decide("beda", "Sari"))
	if text := o.padan(exitDone, "review", "import", o.path("tinjau.xlsx"), "--dry-run"); !strings.Contains(text, "Would be kept: 1") {
		t.Error(text)
	}
	if text := o.padan(exitDone, "review", "list"); !strings.Contains(text, "no decisions") {
		t.Errorf("a dry run keeps decisions: %s", text)
	}
	o.padan(exitDone, "review", "import", o.path("tinjau.xlsx"))
	if text := o.padan(exitDone, "review", "import", o.path("tinjau.xlsx")); !strings.Contains(text, "kept: 0") || !strings.Contains(text, "already: 1") {
		t.Errorf("imported again: %s", text)
	}
	if text := o.padan(exitDone, "status"); !strings.Contains(text, "1 decisions since") {
		t.Errorf("status is silent: %s", text)
	}
	if text := o.padan(exitDone, "match"); !strings.Contains(text, "0 same, 1 different") {
		t.Error(text)
	}
	if got := o.outcome(); got != "unmatched" {
		t.Errorf("two persons by decision: %s", got)
	}
	if text := o.padan(exitDone, "explain", "--source", "pusat.csv", "--row", "2"); !strings.Contains(text, "BEDA by Sari") || !strings.Contains(text, "checked at home") {
		t.Errorf("explain is silent: %s", text)
	}
	if text := o.padan(exitDone, "review", "export", "--out", o.path("again.xlsx")); !strings.Contains(text, "Nothing waits") {
		t.Error(text)
	}
	o.padan(exitFailed, "review", "undo", "7")
	o.padan(exitDone, "review", "undo", "1", "--reviewer", "Tini")
	if text := o.padan(exitDone, "review", "list", "--all"); !strings.Contains(text, "undone by Tini") {
		t.Error(text)
	}
	o.padan(exitDone, "match")
	if got := o.outcome(); got != "conflict" {
		t.Errorf("an undone decision is followed: %s", got)
	}
	o.padan(exitDone, "check")
}

// A decision holds for the same two persons in newer files, and no longer once one
// of them says something else.
func TestDecisionsOutliveFiles(t *testing.T) {
	o := newOffice(t)
	o.padan(exitDone, "review", "export", "--out", o.path("tinjau.xlsx"))
	o.edit("tinjau.xlsx", decide("SAMA", "Sari"))
	o.padan(exitDone, "review", "import", o.path("tinjau.xlsx"))
	o.folder = filepath.Join(o.folder, "new")
	if err := os.Mkdir(o.folder, 0o700); err != nil {
		t.Fatal(err)
	}
	old := filepath.Join(filepath.Dir(o.folder), "padan.db")
	content, err := os.ReadFile(old)
	if err != nil {
		t.Fatal(err)
	}
	o.write("padan.db", string(content))
	// A newer list of the region: other order, other address of the same person.
	newer := strings.Replace(reviewRegional, "BAGUS PERMANA,01-07-2011,L,JL MELATI 1,1,2", "BAGUS PERMANA,01-07-2011,L,JL KENANGA 9,7,8", 1)
	o.padan(exitDone, "load", "regional", o.write("daerah2.csv", newer))
	if text := o.padan(exitDone, "match"); !strings.Contains(text, "1 same, 0 different; 0 do not apply") {
		t.Error(text)
	}
	if got := o.outcome(); got != "matched" {
		t.Errorf("one person by decision: %s", got)
	}
}

func TestReviewedSheetsInOtherForms(t *testing.T) {
	o := newOffice(t)
	o.padan(exitDone, "review", "export", "--out", o.path("tinjau.xlsx"))
	rows := o.table("tinjau.xlsx")
	head := 0
	for rows[head][1] != "KEPUTUSAN" {
		head++
	}
	at := map[string]int{}
	for i, title := range rows[head] {
		at[title] = i
	}
	write := func(name string, delimiter rune, change func(row []string) []string) string {
		var text bytes.Buffer
		w := csv.NewWriter(&text)
		w.Comma = delimiter
		for i, row := range rows {
			row = append([]string(nil), row...)
			if i >= head {
				row = change(row)
			}
			_ = w.Write(row)
		}
		w.Flush()
		return o.write(name, text.String())
	}
	judge := func(word string) func(row []string) []string {
		return func(row []string) []string {
			if row[1] == "" {
				row[1] = word
			}
			return row
		}
	}
	for word, want := range map[string]string{"YA": "1 same", "y": "1 same", " sama ": "1 same", "Tidak": "1 different", "ragu-ragu": "1 unsure", "": "not decided yet: 1"} {
		path := write("r.csv", ';', judge(word))
		if text := o.padan(exitDone, "review", "import", "--dry-run", path); !strings.Contains(text, want) {
			t.Errorf("%q: %s", word, text)
		}
	}
	added := write("added.csv", ',', func(row []string) []string { return append([]string{"extra"}, judge("SAMA")(row)...) })
	if text := o.padan(exitDone, "review", "import", "--dry-run", added); !strings.Contains(text, "1 same") {
		t.Errorf("an added column: %s", text)
	}
	for name, c := range map[string]struct {
		change func(row []string) []string
		want   string
		code   int
	}{
		"unclear word": {judge("mungkin"), "row 6: column KEPUTUSAN", exitFailed},
		"code gone": {func(row []string) []string {
			row = judge("SAMA")(row)
			if row[at["KODE"]] != "KODE" {
				row[at["KODE"]] = ""
			}
			return row
		}, "column KODE", exitFailed},
		"code of others": {func(row []string) []string {
			row = judge("SAMA")(row)
			if row[at["KODE"]] != "KODE" {
				row[at["KODE"]] = "P1-" + strings.Repeat("ab", 16) + "-" + strings.Repeat("cd", 16)
			}
			return row
		}, "row 6: refused: one of the records has changed", exitRejected},
		"column gone": {func(row []string) []string { return row[2:] }, "columns KEPUTUSAN and KODE", exitFailed},
	} {
		path := write("bad.csv", ',', c.change)
		if text := o.padan(c.code, "review", "import", path); !strings.Contains(text, c.want) {
			t.Errorf("%s: %s", name, text)
		}
	}
	if text := o.padan(exitDone, "review", "list"); !strings.Contains(text, "no decisions") {
		t.Errorf("something was kept: %s", text)
	}
}

// Two reviewers who disagree are told, in one file or in two.
func TestReviewersWhoDisagree(t *testing.T) {
	o := newOffice(t)
	for _, name := range []string{"a.xlsx", "b.xlsx"} {
		o.padan(exitDone, "review", "export", "--out", o.path(name))
	}
	o.edit("a.xlsx", decide("BEDA", "Sari"))
	o.edit("b.xlsx", decide("SAMA", "Budi"))
	text := o.padan(exitRejected, "review", "import", o.path("a.xlsx"), o.path("b.xlsx"))
	if !strings.Contains(text, "Budi decided otherwise") || !strings.Contains(text, "Sari decided otherwise") || !strings.Contains(text, "kept: 0") {
		t.Error(text)
	}
	o.padan(exitDone, "review", "import", o.path("a.xlsx"))
	if text := o.padan(exitRejected, "review", "import", o.path("b.xlsx")); !strings.Contains(text, "Sari decided otherwise") {
		t.Error(text)
	}
	o.padan(exitDone, "review", "import", o.path("b.xlsx"), "--replace")
	if text := o.padan(exitDone, "review", "list", "--all"); !strings.Contains(text, "replaced by Budi") {
		t.Error(text)
	}
}

// A conflict that is told beside a link waits for nobody.
func TestReviewAsksNothingOfWhatIsDecided(t *testing.T) {
	o := newOffice(t)
	mother := "\n,3174010101109001,SITI RAHAYU,12-05-1987,P,JL MELATI 1,1,2,BUKIT DURI\n"
	o.padan(exitDone, "load", "regional", o.write("daerah2.csv", strings.SplitN(reviewRegional, "\n", 2)[0]+mother))
	if text := o.padan(exitDone, "match"); !strings.Contains(text, "nik_same_person_differs 1") || o.outcome() != "matched" {
		t.Fatalf("a poor test: %s", text)
	}
	if text := o.padan(exitDone, "review", "export", "--out", o.path("tinjau.xlsx")); !strings.Contains(text, "Nothing waits") {
		t.Error(text)
	}
}

// Nobody is asked twice about one pair, in however many conflicts it stands.
func TestReviewAsksOnce(t *testing.T) {
	o := &office{t, t.TempDir()}
	people := o.path("people")
	o.padan(exitDone, "generate", "--persons", "4000", "--preset", "hard", "--seed", "7", "--out", people)
	for _, side := range []string{"central", "regional"} {
		files, err := filepath.Glob(filepath.Join(people, side, "*"))
		if err != nil {
			t.Fatal(err)
		}
		o.padan(exitDone, append([]string{"load", side}, files...)...)
	}
	o.padan(exitDone, "match")
	o.padan(exitDone, "review", "export", "--out", o.path("tinjau.xlsx"))
	keys, rows := map[string]bool{}, 0
	for _, row := range o.table("tinjau.xlsx") {
		if key := row[len(row)-1]; strings.HasPrefix(key, "P1-") {
			keys[key] = true
			rows++
		}
	}
	if rows < 50 || len(keys) != rows {
		t.Errorf("%d rows ask about %d pairs", rows, len(keys))
	}
}

// A record whose file was withdrawn since the run is weighed against nobody.
func TestRecordsNoLongerInUseAreNotWeighed(t *testing.T) {
	ctx := t.Context()
	o := newOffice(t)
	s, err := store.Open(ctx, o.path("padan.db"), store.ModeWrite)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = s.Close() }()
	runs, err := s.Runs(ctx)
	if err != nil {
		t.Fatal(err)
	}
	model, err := modelOf(&runs[0])
	if err != nil {
		t.Fatal(err)
	}
	var ids [2][]int64
	for row, err := range s.Everybody(ctx) {
		if err != nil {
			t.Fatal(err)
		}
		ids[row.Side] = append(ids[row.Side], row.ID)
	}
	central, regional := ids[match.Central][1], ids[match.Regional][1]
	before := &lateWeigher{store: s, model: model}
	if x, known, err := before.explain(ctx, central, regional); err != nil || !known || x.Weight <= 0 {
		t.Errorf("in use: %+v, %v, %v", x, known, err)
	}
	sources, err := s.Sources(ctx)
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Withdraw(ctx, []int64{sources[match.Regional][0].ID}, time.Now()); err != nil {
		t.Fatal(err)
	}
	after := &lateWeigher{store: s, model: model}
	if x, known, err := after.explain(ctx, central, regional); err != nil || known {
		t.Errorf("withdrawn: %+v, %v, %v", x, known, err)
	}
}
