package match

import (
	"math"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

func edge(c, r int32, weight float64) candidate {
	return candidate{central: c, regional: r, verdict: accept, weight: weight}
}

func TestAssign(t *testing.T) {
	tests := []struct {
		name  string
		edges []candidate
		links []int
		ties  int
	}{
		{"one candidate is a link", []candidate{edge(0, 0, 10)}, []int{0}, 0},
		{"the heavier of two wins", []candidate{edge(0, 0, 20), edge(0, 1, 10)}, []int{0}, 0},
		{"equal claims are a tie", []candidate{edge(0, 0, 12), edge(0, 1, 12)}, nil, 1},
		{"a thin margin is a tie", []candidate{edge(0, 0, 12), edge(0, 1, 10)}, nil, 1},
		{
			"the best whole beats the best pair",
			[]candidate{edge(0, 0, 10), edge(0, 1, 12), edge(1, 1, 12.5)},
			[]int{0, 2}, 0,
		},
		{
			"a tie leaves the clear pair beside it alone",
			[]candidate{edge(0, 0, 30), edge(0, 1, 12), edge(1, 1, 12), edge(1, 2, 12)},
			[]int{0}, 1,
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := assign(tt.edges, 4, 4, 3)
			if !slices.Equal(got.links, tt.links) || len(got.ties) != tt.ties {
				t.Errorf("links %v, %d ties; want %v, %d", got.links, len(got.ties), tt.links, tt.ties)
			}
		})
	}
}

// bruteBest tries every one-to-one choice.
func bruteBest(edges []candidate, from int, usedC, usedR uint32) float64 {
	if from == len(edges) {
		return 0
	}
	e := &edges[from]
	best := bruteBest(edges, from+1, usedC, usedR)
	if usedC>>e.central&1 == 0 && usedR>>e.regional&1 == 0 {
		best = max(best, e.weight+bruteBest(edges, from+1, usedC|1<<e.central, usedR|1<<e.regional))
	}
	return best
}

func drawEdges(t *rapid.T, side, limit int) []candidate {
	var edges []candidate
	for c := range int32(side) {
		for r := range int32(side) {
			if rapid.IntRange(0, 2).Draw(t, "present") == 0 && len(edges) < limit {
				edges = append(edges, edge(c, r, float64(rapid.IntRange(1, 30).Draw(t, "weight"))))
			}
		}
	}
	return edges
}

func TestBestIsTheHeaviestAssignment(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		edges := drawEdges(t, rapid.IntRange(1, 5).Draw(t, "side"), 14)
		all := upTo(len(edges))
		chosen, total := newBipartite(edges, all, recordsOf(edges, all)).best(-1)
		if want := bruteBest(edges, 0, 0, 0); math.Abs(total-want) > 1e-9 {
			t.Fatalf("total %v, want %v", total, want)
		}
		var used [2]map[int32]bool
		used[0], used[1] = map[int32]bool{}, map[int32]bool{}
		for _, e := range chosen {
			for side, node := range nodesOf(&edges[e]) {
				if used[side][node[1]] {
					t.Fatalf("record %v used twice", node)
				}
				used[side][node[1]] = true
			}
		}
	})
}

func TestAssignIgnoresTheOrderOfCandidates(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		edges := drawEdges(t, rapid.IntRange(1, 6).Draw(t, "side"), 30)
		shuffled := rapid.Permutation(edges).Draw(t, "shuffled")
		if a, b := pairsOf(edges), pairsOf(shuffled); !slices.Equal(a, b) {
			t.Fatalf("%v, shuffled %v", a, b)
		}
	})
}

func pairsOf(edges []candidate) [][2]int32 {
	var pairs [][2]int32
	for _, e := range assign(edges, 8, 8, 3).links {
		pairs = append(pairs, [2]int32{edges[e].central, edges[e].regional})
	}
	slices.SortFunc(pairs, func(a, b [2]int32) int { return slices.Compare(a[:], b[:]) })
	return pairs
}

func TestAssignUsesEachRecordOnce(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		side := rapid.SampledFrom([]int{3, 20, 70}).Draw(t, "side")
		edges := drawEdges(t, side, 4*side)
		out := assign(edges, side, side, 3)
		used := map[[2]int32]bool{}
		for _, e := range out.links {
			for _, node := range nodesOf(&edges[e]) {
				if used[node] {
					t.Fatalf("record %v linked twice", node)
				}
				used[node] = true
			}
		}
		for _, tie := range out.ties {
			for _, e := range tie {
				for _, node := range nodesOf(&edges[e]) {
					if used[node] {
						t.Fatalf("record %v both linked and tied", node)
					}
				}
			}
		}
	})
}
