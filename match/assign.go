package match

import (
	"math"
	"slices"
)

// assignment is the one-to-one choice among the candidates of a run.
type assignment struct {
	links []int   // indexes of the candidates chosen with a clear margin
	ties  [][]int // indexes of the candidates of each tie, records that compete for each other
}

// assign chooses, in each connected component of candidates, the one-to-one
// assignment of the greatest total weight. A chosen pair whose absence would
// cost less than margin bits is a tie: it is left open together with the
// candidates it competes with, and never broken by the order of records.
func assign(candidates []candidate, central, regional int, margin float64) assignment {
	var out assignment
	g := newGroups(central + regional)
	for i := range candidates {
		c := &candidates[i]
		g.unite(c.central, int32(central)+c.regional)
	}
	component := make([]keyed, len(candidates))
	for i := range candidates {
		component[i] = keyed{uint64(g.find(candidates[i].central)), int32(i)}
	}
	sortKeyed(component)
	runs(component, func(from, to int) {
		if to-from == 1 {
			out.links = append(out.links, int(component[from].row))
			return
		}
		edges := make([]int, 0, to-from)
		for _, k := range component[from:to] {
			edges = append(edges, int(k.row))
		}
		out.solve(candidates, edges, margin)
	})
	slices.Sort(out.links)
	return out
}

// maxExact is the number of records of a component up to which the exact
// assignment is computed; in larger ones clear pairs are taken first.
const maxExact = 48

func (out *assignment) solve(candidates []candidate, edges []int, margin float64) {
	for len(edges) > 0 {
		records := recordsOf(candidates, edges)
		if max(len(records[0]), len(records[1])) <= maxExact {
			out.settle(candidates, newBipartite(candidates, edges, records), margin)
			return
		}
		sure := mutualBest(candidates, edges, margin)
		if len(sure) == 0 {
			out.ties = append(out.ties, edges)
			return
		}
		out.links = append(out.links, sure...)
		edges = withoutRecordsOf(candidates, edges, sure)
	}
}

// recordsOf lists the distinct central and regional records of some candidates,
// in order.
func recordsOf(candidates []candidate, edges []int) [2][]int32 {
	var records [2][]int32
	for _, e := range edges {
		for side, node := range nodesOf(&candidates[e]) {
			records[side] = append(records[side], node[1])
		}
	}
	for side := range records {
		slices.Sort(records[side])
		records[side] = slices.Compact(records[side])
	}
	return records
}

// mutualBest lists the candidates that beat every other candidate of both their
// records by margin.
func mutualBest(candidates []candidate, edges []int, margin float64) []int {
	type rank struct {
		best          int
		first, second float64
	}
	ranks := map[[2]int32]rank{}
	for _, e := range edges {
		w := candidates[e].weight
		for _, node := range nodesOf(&candidates[e]) {
			r, ok := ranks[node]
			switch {
			case !ok:
				r = rank{e, w, 0}
			case w > r.first:
				r = rank{e, w, r.first}
			default:
				r.second = max(r.second, w)
			}
			ranks[node] = r
		}
	}
	var sure []int
	for _, e := range edges {
		nodes := nodesOf(&candidates[e])
		a, b := ranks[nodes[0]], ranks[nodes[1]]
		if a.best == e && b.best == e && a.first-max(a.second, b.second) >= margin {
			sure = append(sure, e)
		}
	}
	return sure
}

// settle takes the exact assignment of a component: clear pairs become links,
// the others ties with all that competes with them.
func (out *assignment) settle(candidates []candidate, b *bipartite, margin float64) {
	chosen, total := b.best(-1)
	var sure, thin []int
	for _, e := range chosen {
		if _, without := b.best(e); total-without < margin {
			thin = append(thin, e)
		} else {
			sure = append(sure, e)
		}
	}
	out.links = append(out.links, sure...)
	if len(thin) > 0 {
		out.ties = append(out.ties, tiesOf(candidates, withoutRecordsOf(candidates, b.edges, sure), thin)...)
	}
}

// tiesOf splits the open candidates into groups of competing records and keeps
// those that hold a thin choice.
func tiesOf(candidates []candidate, open, thin []int) [][]int {
	first := map[[2]int32]int32{} // the first candidate of each record
	g := newGroups(len(open))
	for k, e := range open {
		for _, node := range nodesOf(&candidates[e]) {
			if other, ok := first[node]; ok {
				g.unite(int32(k), other)
			} else {
				first[node] = int32(k)
			}
		}
	}
	groups := map[int32][]int{}
	var order []int32
	for k, e := range open {
		top := g.find(int32(k))
		if len(groups[top]) == 0 {
			order = append(order, top)
		}
		groups[top] = append(groups[top], e)
	}
	var ties [][]int
	for _, top := range order {
		if slices.ContainsFunc(groups[top], func(e int) bool { return slices.Contains(thin, e) }) {
			ties = append(ties, groups[top])
		}
	}
	return ties
}

func nodesOf(c *candidate) [2][2]int32 {
	return [2][2]int32{{0, c.central}, {1, c.regional}}
}

func withoutRecordsOf(candidates []candidate, edges, taken []int) []int {
	used := map[[2]int32]bool{}
	for _, e := range taken {
		for _, node := range nodesOf(&candidates[e]) {
			used[node] = true
		}
	}
	var left []int
	for _, e := range edges {
		nodes := nodesOf(&candidates[e])
		if !used[nodes[0]] && !used[nodes[1]] {
			left = append(left, e)
		}
	}
	return left
}

// bipartite is one component: its records and the candidates between them.
type bipartite struct {
	edges             []int
	central, regional []int32
	weight            [][]float64 // by position in central, then regional; 0 = no candidate
	edge              [][]int
}

func newBipartite(candidates []candidate, edges []int, records [2][]int32) *bipartite {
	b := &bipartite{edges: edges, central: records[0], regional: records[1]}
	b.weight = make([][]float64, len(b.central))
	b.edge = make([][]int, len(b.central))
	for i := range b.central {
		b.weight[i] = make([]float64, len(b.regional))
		b.edge[i] = make([]int, len(b.regional))
	}
	for _, e := range edges {
		i, _ := slices.BinarySearch(b.central, candidates[e].central)
		j, _ := slices.BinarySearch(b.regional, candidates[e].regional)
		b.weight[i][j] = max(candidates[e].weight, math.SmallestNonzeroFloat64)
		b.edge[i][j] = e
	}
	return b
}

// best returns the one-to-one choice of candidates of the greatest total
// weight, without the candidate "without" (-1: with all), and that total. It is
// the Hungarian method in the form of shortest augmenting paths, on costs
// -weight with every record free to stay alone at cost 0.
func (b *bipartite) best(without int) (chosen []int, total float64) {
	rows, columns := len(b.central), len(b.regional)+len(b.central)
	cost := func(i, j int) float64 {
		if j >= len(b.regional) || b.weight[i][j] == 0 || b.edge[i][j] == without {
			return 0
		}
		return -b.weight[i][j]
	}
	u, v := make([]float64, rows+1), make([]float64, columns+1)
	match := make([]int, columns+1) // row matched to a column, 1-based; 0 = free
	way := make([]int, columns+1)
	for i := 1; i <= rows; i++ {
		match[0] = i
		least := make([]float64, columns+1)
		used := make([]bool, columns+1)
		for j := range least {
			least[j] = math.Inf(1)
		}
		at := 0
		for match[at] != 0 {
			used[at] = true
			delta, next := math.Inf(1), 0
			for j := 1; j <= columns; j++ {
				if used[j] {
					continue
				}
				if d := cost(match[at]-1, j-1) - u[match[at]] - v[j]; d < least[j] {
					least[j], way[j] = d, at
				}
				if least[j] < delta {
					delta, next = least[j], j
				}
			}
			for j := range used {
				if used[j] {
					u[match[j]] += delta
					v[j] -= delta
				} else {
					least[j] -= delta
				}
			}
			at = next
		}
		for at != 0 {
			match[at] = match[way[at]]
			at = way[at]
		}
	}
	for j := 1; j <= len(b.regional); j++ {
		if i := match[j]; i != 0 && cost(i-1, j-1) < 0 {
			chosen = append(chosen, b.edge[i-1][j-1])
			total += b.weight[i-1][j-1]
		}
	}
	slices.Sort(chosen)
	return chosen, total
}
