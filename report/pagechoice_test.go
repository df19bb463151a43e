package report

import (
	"cmp"
	"math"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"padan/match"
)

// closest are the positions of the n smallest distances, the first of equal ones.
func closest(weights []float64, n int, distance func(float64) float64) []int64 {
	positions := make([]int64, len(weights))
	for i := range positions {
		positions[i] = int64(i)
	}
	slices.SortStableFunc(positions, func(a, b int64) int { return cmp.Compare(distance(weights[a]), distance(weights[b])) })
	return positions[:min(n, len(positions))]
}

func TestChoiceTakesTheNearestAndTheStrongest(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		weight := rapid.OneOf(rapid.Float64Range(-5, 60), rapid.SampledFrom([]float64{8, 9, 9.5, 30}))
		weights := rapid.SliceOf(weight).Draw(t, "weights")
		choice := NewChoice(RunInfo{Link: 8, Review: -1})
		for _, w := range weights {
			choice.AddLink(w)
		}
		links, conflicts := choice.Positions()
		want := append(closest(weights, nearExamples, func(w float64) float64 { return math.Abs(w - 8) }),
			closest(weights, strongExamples, func(w float64) float64 { return -w })...)
		if !slices.Equal(links, distinct(want)) || len(conflicts) != 0 {
			t.Fatalf("links %v instead of %v, conflicts %v", links, want, conflicts)
		}
	})
}

func TestChoiceOfConflicts(t *testing.T) {
	choice := NewChoice(RunInfo{Link: 8, Review: -1})
	for _, c := range []struct {
		kind   match.ConflictKind
		weight float64
	}{
		{match.Moved, 3}, {match.Review, 5}, {match.Contested, 1}, {match.Review, 7}, {match.Review, -1}, {match.Contested, 2},
		{match.NIKSamePersonDiffers, 0}, {match.Review, 7.5}, {match.DuplicateNIK, 0}, {match.Review, 7},
	} {
		choice.AddConflict(c.kind, c.weight)
	}
	links, conflicts := choice.Positions()
	if want := []int64{7, 3, 4, 6, 2}; !slices.Equal(conflicts, want) || len(links) != 0 {
		t.Errorf("conflicts %v instead of %v", conflicts, want)
	}
}
