package review

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"padan/internal/store"
	"padan/match"
)

func TestParseVerdict(t *testing.T) {
	for text, want := range map[string]store.Verdict{
		"SAMA": "same", " sama ": "same", "Ya.": "same", "y": "same", "orang  sama": "same",
		"beda": "different", "TIDAK": "different", "tidak padan": "different", "n": "different",
		"Ragu": "unsure", "?": "unsure", "tidak tahu": "unsure", "": "", " \t": "",
	} {
		if got, ok := ParseVerdict(text); !ok || got != want {
			t.Errorf("%q: %q, %v", text, got, ok)
		}
	}
	for _, text := range []string{"mungkin", "1", "0", "S", "SAMA / BEDA", "SAMA?", "x", "bukan sama"} {
		if got, ok := ParseVerdict(text); ok {
			t.Errorf("%q is taken for %q", text, got)
		}
	}
	for _, v := range []store.Verdict{store.VerdictSame, store.VerdictDifferent, store.VerdictUnsure} {
		if got, ok := ParseVerdict(Word(v)); !ok || got != v {
			t.Errorf("%s comes back as %q", v, got)
		}
	}
}

func FuzzParseKey(f *testing.F) {
	f.Add(Key{{1}, {2}}.String())
	f.Add("P1--")
	f.Fuzz(func(t *testing.T, text string) {
		if key, ok := ParseKey(text); ok {
			if again, ok := ParseKey(key.String()); !ok || again != key {
				t.Errorf("%q comes back as %v", text, again)
			}
		}
	})
}

func TestKey(t *testing.T) {
	want := Key{match.Identity{1, 2}, match.Identity{3, 255}}
	for _, text := range []string{want.String(), " " + strings.ToLower(want.String()) + "\n"} {
		if got, ok := ParseKey(text); !ok || got != want {
			t.Errorf("%q: %v", text, got)
		}
	}
	for _, text := range []string{"", "P1", want.String() + "0", want.String()[2:], "P2" + want.String()[2:], strings.Replace(want.String(), "-", "", 1)} {
		if _, ok := ParseKey(text); ok {
			t.Errorf("%q is taken for a key", text)
		}
	}
}

// The table may stand anywhere, with columns in any order and rows without a
// pair among them.
func TestReadFindsTheTable(t *testing.T) {
	key := Key{{1}, {2}}.String()
	path := filepath.Join(t.TempDir(), "t.csv")
	content := strings.Join([]string{
		"title;;;;", ";;;;", "Kode;extra;keputusan;Pemeriksa;CATATAN", key + ";;SAMA;Sari;'sudah  dicek", ";;;;", ";jumlah;;;", key + ";;;;", key + ";;BEDA",
	}, "\n")
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	got, err := Read(context.Background(), path)
	if err != nil || got.Rows != 3 || got.Open != 1 || len(got.Decided) != 2 {
		t.Fatalf("%+v, %v", got, err)
	}
	if a := got.Decided[0]; a.Verdict != store.VerdictSame || a.Reviewer != "Sari" || a.Note != "sudah dicek" || a.Row != 4 || a.File != "t.csv" {
		t.Errorf("%+v", a)
	}
}

func plannerWith(before ...store.Decision) *planner {
	p := &planner{inForce: map[store.Pair]*store.Decision{}, position: map[store.Pair]int{}}
	p.Reviewer = "kantor"
	for i := range before {
		p.inForce[before[i].Pair] = &before[i]
	}
	return p
}

// Each case is what rows and the decision in force say of one pair.
func TestPlan(t *testing.T) {
	pair := store.NewPair(match.Central, match.Identity{1}, match.Regional, match.Identity{2})
	say := func(v store.Verdict, who string) Answer { return Answer{Verdict: v, Reviewer: who} }
	force := func(v store.Verdict, who string) []store.Decision {
		return []store.Decision{{Pair: pair, Verdict: v, Reviewer: who}}
	}
	const same, different, unsure = store.VerdictSame, store.VerdictDifferent, store.VerdictUnsure
	for _, c := range []struct {
		name    string
		before  []store.Decision
		rows    []Answer
		replace bool
		keep    store.Verdict // "" = nothing
		by      string
		known   int
		refused int
	}{
		{"one row", nil, []Answer{say(same, "Sari")}, false, same, "Sari", 0, 0},
		{"nobody named", nil, []Answer{say(same, "")}, false, same, "kantor", 0, 0},
		{"two rows agree", nil, []Answer{say(same, "Sari"), say(same, "Budi")}, false, same, "Sari", 1, 0},
		{"two rows disagree", nil, []Answer{say(same, "Sari"), say(different, "Budi")}, false, "", "", 0, 2},
		{"doubt gives way", nil, []Answer{say(unsure, "Sari"), say(different, "Budi")}, false, different, "Budi", 1, 0},
		{"doubt and disagreement", nil, []Answer{say(unsure, "Tini"), say(same, "Sari"), say(different, "Budi")}, false, "", "", 0, 3},
		{"known", force(same, "Sari"), []Answer{say(same, "Budi")}, false, "", "", 1, 0},
		{"another mind of the same reviewer", force(same, "Sari"), []Answer{say(different, "SARI")}, false, different, "SARI", 0, 0},
		{"another reviewer", force(same, "Sari"), []Answer{say(different, "Budi")}, false, "", "", 0, 1},
		{"another reviewer who may", force(same, "Sari"), []Answer{say(different, "Budi")}, true, different, "Budi", 0, 0},
		{"doubt of another reviewer", force(same, "Sari"), []Answer{say(unsure, "Budi")}, false, "", "", 0, 1},
		{"doubt in force", force(unsure, "Sari"), []Answer{say(same, "Budi")}, false, same, "Budi", 0, 0},
	} {
		p := plannerWith(c.before...)
		p.Replace = c.replace
		for i := range c.rows {
			p.add(&c.rows[i], pair)
		}
		plan := p.plan()
		var kept store.Verdict
		by := ""
		if len(plan.Keep) > 0 {
			kept, by = plan.Keep[0].Verdict, plan.Keep[0].Reviewer
		}
		if kept != c.keep || by != c.by || plan.Known != c.known || len(plan.Refused) != c.refused || len(plan.Keep) > 1 {
			t.Errorf("%s: kept %q by %q, known %d, refused %+v", c.name, kept, by, plan.Known, plan.Refused)
		}
	}
}

func TestOrderPutsWhatMattersFirst(t *testing.T) {
	pairs := []Pair{
		{Case: 1, Kind: match.Review, Weight: 0.5},
		{Case: 2, Kind: match.OneToMany, Weight: 20}, {Case: 2, Kind: match.OneToMany, Weight: 18},
		{Case: 3, Kind: match.Contested, Weight: -3},
		{Case: 4, Kind: match.Review, Weight: -0.1},
	}
	order(pairs)
	var got []int
	for i := range pairs {
		got = append(got, pairs[i].Case)
	}
	if want := []int{3, 2, 2, 4, 1}; len(got) != 5 || got[0] != want[0] || got[1] != want[1] || got[2] != want[2] || got[3] != want[3] || pairs[1].Weight != 20 {
		t.Errorf("order %v", got)
	}
}
