package nightly

import (
	"fmt"
	"strings"
	"testing"

	"padan/internal/store"
	"padan/match"
)

func sourceAt(id int64, path, digest string) store.Source {
	return store.Source{ID: id, Side: match.Regional, Path: path, SHA256: digest}
}

func listAt(path, digest string) List { return List{Side: match.Regional, Path: path, SHA256: digest} }

// tell writes a plan in one line.
func tell(p *Plan) string {
	var parts []string
	for i := range p.Load {
		text := "load " + p.Load[i].Path
		for k := range p.Load[i].Replaces {
			text += fmt.Sprintf(" for %d", p.Load[i].Replaces[k].ID)
		}
		parts = append(parts, text)
	}
	for _, r := range p.Rename {
		parts = append(parts, fmt.Sprintf("rename %d %s", r.Source.ID, r.Path))
	}
	for _, c := range p.Copies {
		parts = append(parts, "copy "+c.Path)
	}
	for i := range p.Missing {
		parts = append(parts, fmt.Sprintf("missing %d", p.Missing[i].ID))
	}
	for i := range p.Replaced {
		parts = append(parts, fmt.Sprintf("replaced %d", p.Replaced[i].ID))
	}
	return fmt.Sprintf("same %d; %s", p.Same, strings.Join(parts, ", "))
}

func TestPlan(t *testing.T) {
	a, b := sourceAt(1, "/in/a.csv", "A"), sourceAt(2, "/in/b.csv", "B")
	for _, c := range []struct {
		name     string
		sources  []store.Source
		lists    []List
		replaced []string
		want     string
	}{
		{"the first night", nil, []List{listAt("/in/a.csv", "A"), listAt("/in/b.csv", "B")}, nil, "same 0; load /in/a.csv, load /in/b.csv"},
		{"nothing changed", []store.Source{a, b}, []List{listAt("/in/a.csv", "A"), listAt("/in/b.csv", "B")}, nil, "same 2; "},
		{"corrected", []store.Source{a, b}, []List{listAt("/in/a.csv", "A2"), listAt("/in/b.csv", "B")}, nil, "same 1; load /in/a.csv for 1"},
		{"gone", []store.Source{a, b}, []List{listAt("/in/a.csv", "A")}, nil, "same 1; missing 2"},
		{"renamed", []store.Source{a}, []List{listAt("/in/c.csv", "A")}, nil, "same 1; rename 1 /in/c.csv"},
		{"renamed, and another in its place", []store.Source{a}, []List{listAt("/in/a.csv", "X"), listAt("/in/c.csv", "A")}, nil, "same 1; load /in/a.csv, rename 1 /in/c.csv"},
		{"exchanged", []store.Source{a, b}, []List{listAt("/in/a.csv", "B"), listAt("/in/b.csv", "A")}, nil, "same 2; rename 2 /in/a.csv, rename 1 /in/b.csv"},
		{"copied", []store.Source{a}, []List{listAt("/in/0.csv", "A"), listAt("/in/a.csv", "A")}, nil, "same 1; rename 1 /in/0.csv, copy /in/a.csv"},
		{"two copies of a new one", nil, []List{listAt("/in/a.csv", "A"), listAt("/in/b.csv", "A")}, nil, "same 0; load /in/a.csv, copy /in/b.csv"},
		{"replaced by name", []store.Source{a}, []List{listAt("/in/v2.csv", "A2")}, []string{"in/a.csv"}, "same 0; load /in/v2.csv, replaced 1"},
		{"an end of a name is no name", []store.Source{a}, nil, []string{".csv"}, "same 0; missing 1"},
		{"cannot be read", []store.Source{a}, []List{listAt("/in/a.csv", "")}, nil, "same 0; missing 1"},
	} {
		got := tell(NewPlan(c.lists, [2][]store.Source{match.Regional: c.sources}, c.replaced))
		if got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

// The same bytes on the other side are another list.
func TestSidesAreApart(t *testing.T) {
	central := sourceAt(1, "/in/a.csv", "A")
	central.Side = match.Central
	got := tell(NewPlan([]List{listAt("/in/a.csv", "A")}, [2][]store.Source{match.Central: {central}}, nil))
	if want := "same 0; load /in/a.csv, missing 1"; got != want {
		t.Errorf("%q", got)
	}
}

func runWith(matched, records int64, areas map[string]int) *store.Run {
	run := &store.Run{}
	for side := range run.Totals {
		run.Totals[side] = store.Totals{Records: records, Matched: matched}
	}
	text := `{"areas":[{},{`
	for code, n := range areas {
		text += fmt.Sprintf(`"%s":%d,`, code, n)
	}
	run.Options = []byte(strings.TrimSuffix(text, ",") + `}]}`)
	return run
}

func TestAlarms(t *testing.T) {
	all := Limits{RateFalls: 2, RowsFall: 10, Rejected: 5, Vanished: true}
	before := runWith(90, 100, map[string]int{"3174011005": 7, "3174011006": 1})
	replaced := []Replaced{{store.Source{Rows: 100}, store.Source{Name: "a", Rows: 89}}, {store.Source{Rows: 100}, store.Source{Name: "b", Rows: 90}}}
	after := runWith(87, 100, map[string]int{"3174011006": 9})
	after.Sources[match.Central] = []store.Source{{Name: "c", Rows: 100, Rejected: 6}, {Name: "d", Rows: 100, Rejected: 5}, {Name: "e"}}
	var got []string
	for _, a := range Alarms(before, after, replaced, all) {
		got = append(got, string(a.Code)+" "+a.Subject)
	}
	want := "rows_fell a, rows_rejected c, match_rate_fell central, match_rate_fell regional, kelurahan_vanished 3174011005"
	if text := strings.Join(got, ", "); text != want {
		t.Errorf("%s", text)
	}
	if n := len(Alarms(before, after, replaced, Limits{})); n != 0 {
		t.Errorf("%d alarms without limits", n)
	}
	if n := len(Alarms(nil, runWith(1, 100, nil), nil, all)); n != 0 {
		t.Errorf("%d alarms on the first night", n)
	}
	if n := len(Alarms(before, before, nil, all)); n != 0 {
		t.Errorf("%d alarms where nothing changed", n)
	}
}
