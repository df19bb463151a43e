package review

import (
	"context"
	"strings"
	"time"

	"padan/internal/store"
	"padan/match"
)

// Reason says why an answer is not taken.
type Reason string

// The reasons.
const (
	// RecordChanged: a record says something else now, or is not loaded.
	RecordChanged Reason = "record_changed"
	// ReviewersDisagree: another row, or a decision in force, says otherwise.
	ReviewersDisagree Reason = "reviewers_disagree"
)

// Refusal is an answer that is not taken.
type Refusal struct {
	Answer
	Reason Reason
	Other  string // who says otherwise, "" if nobody
}

// Plan is what becomes of the answers.
type Plan struct {
	Keep    []store.Decision
	Known   int // answers that say what was known already
	Refused []Refusal
}

// Import says who decided and when.
type Import struct {
	Reviewer string // of rows that name nobody
	At       time.Time
	Replace  bool // a decision in force gives way to another reviewer's
}

// located is what the database says of a record that a key names.
type located struct {
	side     match.Side
	identity match.Identity
}

// Prepare turns answers into decisions. Nothing is written.
func Prepare(ctx context.Context, s *store.Store, answers []Answer, im Import) (*Plan, error) {
	records, err := locate(ctx, s, answers)
	if err != nil {
		return nil, err
	}
	decisions, err := s.Decisions(ctx)
	if err != nil {
		return nil, err
	}
	p := &planner{Import: im, inForce: map[store.Pair]*store.Decision{}, position: map[store.Pair]int{}}
	for i := range decisions {
		if decisions[i].InForce() {
			p.inForce[decisions[i].Pair] = &decisions[i]
		}
	}
	for i := range answers {
		a := &answers[i]
		first, known := records[a.Key[0]]
		second, alsoKnown := records[a.Key[1]]
		if !known || !alsoKnown {
			p.refuse(a, RecordChanged, "")
			continue
		}
		p.add(a, store.NewPair(first.side, first.identity, second.side, second.identity))
	}
	return p.plan(), nil
}

// locate finds the records that answers name.
func locate(ctx context.Context, s *store.Store, answers []Answer) (map[match.Identity]located, error) {
	wanted := map[match.Identity]bool{}
	for i := range answers {
		for _, content := range answers[i].Key {
			wanted[content] = true
		}
	}
	found := map[match.Identity]located{}
	for row, err := range s.Everybody(ctx) {
		if err != nil {
			return nil, err
		}
		if content := match.ContentOf(row.Side, &row.Person); wanted[content] {
			found[content] = located{row.Side, match.IdentityOf(row.Side, &row.Person)}
		}
	}
	return found, nil
}

// planner weighs answers against each other and against what is in force.
type planner struct {
	Import
	inForce  map[store.Pair]*store.Decision
	position map[store.Pair]int // in pairs
	pairs    []answered
	refused  []Refusal
}

// answered is a pair with the answers about it.
type answered struct {
	pair    store.Pair
	answers []*Answer
}

func (p *planner) refuse(a *Answer, why Reason, other string) {
	p.refused = append(p.refused, Refusal{*a, why, other})
}

func (p *planner) add(a *Answer, pair store.Pair) {
	at, ok := p.position[pair]
	if !ok {
		at = len(p.pairs)
		p.position[pair] = at
		p.pairs = append(p.pairs, answered{pair: pair})
	}
	p.pairs[at].answers = append(p.pairs[at].answers, a)
}

func (p *planner) plan() *Plan {
	plan := &Plan{}
	for i := range p.pairs {
		p.decide(plan, &p.pairs[i])
	}
	plan.Refused = p.refused
	return plan
}

// decide takes the answers about one pair, if they agree with each other and with
// what is in force. Doubt gives way to a decision.
func (p *planner) decide(plan *Plan, a *answered) {
	chosen := a.answers[0]
	for _, other := range a.answers[1:] {
		if chosen.Verdict == store.VerdictUnsure {
			chosen = other
		}
	}
	for _, other := range a.answers {
		if other.Verdict != chosen.Verdict && other.Verdict != store.VerdictUnsure {
			p.refuseAll(a)
			return
		}
	}
	plan.Known += len(a.answers) - 1
	reviewer := p.reviewerOf(chosen)
	switch before := p.inForce[a.pair]; {
	case before == nil:
	case before.Verdict == chosen.Verdict:
		plan.Known++
		return
	case before.Verdict != store.VerdictUnsure && !strings.EqualFold(before.Reviewer, reviewer) && !p.Replace:
		p.refuse(chosen, ReviewersDisagree, before.Reviewer)
		return
	}
	plan.Keep = append(plan.Keep, store.Decision{
		Pair: a.pair, Verdict: chosen.Verdict, Kind: chosen.Kind, Reviewer: reviewer, Note: chosen.Note,
		Decided: p.At, File: chosen.File, Row: chosen.Row,
	})
}

// refuseAll refuses answers that contradict each other, each with the name of one
// who says otherwise.
func (p *planner) refuseAll(a *answered) {
	for _, answer := range a.answers {
		for _, other := range a.answers {
			if other.Verdict != answer.Verdict {
				p.refuse(answer, ReviewersDisagree, p.reviewerOf(other))
				break
			}
		}
	}
}

func (p *planner) reviewerOf(a *Answer) string {
	if a.Reviewer != "" {
		return a.Reviewer
	}
	return p.Reviewer
}
