package nightly

import (
	"path/filepath"
	"slices"

	"padan/internal/store"
	"padan/match"
)

// List is a file that is to be loaded.
type List struct {
	Side   match.Side
	Path   string // absolute
	SHA256 string // hexadecimal; "" = the file cannot be read
	Group  int    // which group of files says how it is read
}

// Step is a file to be loaded in place of others.
type Step struct {
	List
	Replaces []store.Source // in use now; none if the file is new
}

// Rename is a source whose bytes stand under another path now.
type Rename struct {
	Source store.Source
	Path   string
}

// Plan is what has to be done so that the sources in use are the files of the day.
type Plan struct {
	Load     []Step
	Rename   []Rename
	Same     int            // files that are loaded already
	Copies   []List         // files with the bytes of one before them
	Missing  []store.Source // in use, but no file is there any more, or none that can be read
	Replaced []store.Source // by name: another file takes their place
}

// Idle reports whether there is nothing to do but to say what is missing.
func (p *Plan) Idle() bool { return len(p.Load)+len(p.Rename)+len(p.Replaced) == 0 }

// NewPlan compares the files of the day with the sources in use. A file replaces the
// source that was loaded from its path, unless the bytes of that source have only
// moved elsewhere. replaced names, by an end of their path, sources whose place other
// files take.
func NewPlan(lists []List, sources [2][]store.Source, replaced []string) *Plan {
	p := &planner{plan: &Plan{}, byDigest: map[key]*store.Source{}, byPath: map[key]*store.Source{}, present: map[int64]bool{}}
	for side := range sources {
		for i := range sources[side] {
			s := &sources[side][i]
			p.byDigest[key{s.Side, s.SHA256}] = s
			p.byPath[key{s.Side, absolute(s.Path)}] = s
		}
	}
	files := p.match(lists)
	for _, list := range files {
		p.add(list)
	}
	for side := range sources {
		for i := range sources[side] {
			p.remain(&sources[side][i], replaced)
		}
	}
	return p.plan
}

// key is a digest or a path of one side.
type key struct {
	side match.Side
	text string
}

type planner struct {
	plan     *Plan
	byDigest map[key]*store.Source
	byPath   map[key]*store.Source
	present  map[int64]bool // sources whose bytes are there, or that are replaced
}

// match parts the files whose bytes are loaded from the others, and returns those. Of
// files with the same bytes the first is the source, as it would be in a new database.
func (p *planner) match(lists []List) (others []List) {
	seen := map[key]bool{}
	for _, list := range lists {
		digest := key{list.Side, list.SHA256}
		source := p.byDigest[digest]
		switch {
		case list.SHA256 == "":
			continue
		case seen[digest]:
			p.plan.Copies = append(p.plan.Copies, list)
		case source != nil:
			p.plan.Same++
			p.present[source.ID] = true
			if absolute(source.Path) != list.Path {
				p.plan.Rename = append(p.plan.Rename, Rename{*source, list.Path})
			}
		default:
			others = append(others, list)
		}
		seen[digest] = true
	}
	return others
}

// add plans the loading of a file whose bytes are not loaded.
func (p *planner) add(list List) {
	step := Step{List: list}
	if old := p.byPath[key{list.Side, list.Path}]; old != nil && !p.present[old.ID] {
		p.present[old.ID] = true
		step.Replaces = append(step.Replaces, *old)
	}
	p.plan.Load = append(p.plan.Load, step)
}

// remain says what becomes of a source of which no file is there.
func (p *planner) remain(s *store.Source, replaced []string) {
	if p.present[s.ID] {
		return
	}
	placed := *s // a name may be longer than the path as it was given
	placed.Path = absolute(s.Path)
	if slices.ContainsFunc(replaced, placed.Named) {
		p.plan.Replaced = append(p.plan.Replaced, *s)
		return
	}
	p.plan.Missing = append(p.plan.Missing, *s)
}

func absolute(path string) string {
	full, err := filepath.Abs(path)
	if err != nil {
		return path
	}
	return full
}
