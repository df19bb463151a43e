package report

import (
	"cmp"
	"math"
	"slices"

	"padan/match"
)

// Choice chooses, by weight alone, the links and conflicts that the page shows as
// examples: links near their threshold and the strongest ones, cases for review
// near both thresholds, and the first conflict of each other kind that keeps
// records from a link. Of equal weights the first is taken.
type Choice struct {
	link, review float64 // thresholds, bits

	links, conflicts int64 // seen so far
	near, strong     nearest
	high, low        nearest // for review
	first            map[match.ConflictKind]int64
}

// How many examples the page shows of each sort.
const (
	nearExamples   = 4
	strongExamples = 2
	highExamples   = 2
	lowExamples    = 1
)

// NewChoice returns the choice for a run that has these thresholds.
func NewChoice(run RunInfo) *Choice {
	return &Choice{
		link: run.Link, review: run.Review,
		near: nearest{most: nearExamples}, strong: nearest{most: strongExamples},
		high: nearest{most: highExamples}, low: nearest{most: lowExamples},
		first: map[match.ConflictKind]int64{},
	}
}

// AddLink takes the next link with its weight in bits.
func (c *Choice) AddLink(weight float64) {
	c.near.add(c.links, math.Abs(weight-c.link))
	c.strong.add(c.links, -weight)
	c.links++
}

// AddConflict takes the next conflict with its weight in bits.
func (c *Choice) AddConflict(kind match.ConflictKind, weight float64) {
	switch _, seen := c.first[kind]; {
	case kind == match.Review:
		c.high.add(c.conflicts, math.Abs(weight-c.link))
		c.low.add(c.conflicts, math.Abs(weight-c.review))
	case kind.Blocks() && !seen:
		c.first[kind] = c.conflicts
	}
	c.conflicts++
}

// Positions returns the positions of the chosen links and conflicts, counted from
// 0 in the order in which they were added, each once and in the order in which the
// page shows them.
func (c *Choice) Positions() (links, conflicts []int64) {
	links = append(c.near.positions(), c.strong.positions()...)
	conflicts = append(c.high.positions(), c.low.positions()...)
	for _, kind := range match.ConflictKinds() {
		if position, ok := c.first[kind]; ok {
			conflicts = append(conflicts, position)
		}
	}
	return distinct(links), distinct(conflicts)
}

// distinct keeps the first of each position.
func distinct(positions []int64) []int64 {
	seen := map[int64]bool{}
	return slices.DeleteFunc(positions, func(p int64) bool {
		again := seen[p]
		seen[p] = true
		return again
	})
}

// nearest keeps the positions of the smallest distances.
type nearest struct {
	most int
	kept []placed // ascending
}

type placed struct {
	position int64
	distance float64
}

func (n *nearest) add(position int64, distance float64) {
	if len(n.kept) == n.most && distance >= n.kept[n.most-1].distance {
		return
	}
	at, _ := slices.BinarySearchFunc(n.kept, placed{position, distance}, func(a, b placed) int {
		return cmp.Or(cmp.Compare(a.distance, b.distance), cmp.Compare(a.position, b.position))
	})
	n.kept = slices.Insert(n.kept, at, placed{position, distance})
	n.kept = n.kept[:min(len(n.kept), n.most)]
}

func (n *nearest) positions() []int64 {
	var positions []int64
	for _, p := range n.kept {
		positions = append(positions, p.position)
	}
	return positions
}
