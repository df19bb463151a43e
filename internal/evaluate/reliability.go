package evaluate

import "math"

// Bin is one tenth of the probabilities: what was predicted, and what is true.
type Bin struct {
	From      float64 `json:"from"`
	To        float64 `json:"to"`
	Pairs     int     `json:"pairs"`
	Predicted float64 `json:"predicted"` // mean probability
	True      float64 `json:"true"`      // share of true links
}

const binCount = 10

// bins is a reliability table in the making.
type bins struct {
	pairs, right [binCount]int
	sum          [binCount]float64
}

func newBins() *bins { return &bins{} }

func (b *bins) add(probability float64, right bool) {
	i := min(binCount-1, int(probability*binCount))
	b.pairs[i]++
	b.sum[i] += probability
	if right {
		b.right[i]++
	}
}

func (b *bins) list() []Bin {
	list := make([]Bin, binCount)
	for i := range list {
		list[i] = Bin{From: float64(i) / binCount, To: float64(i+1) / binCount, Pairs: b.pairs[i]}
		if n := float64(b.pairs[i]); n > 0 {
			list[i].Predicted, list[i].True = b.sum[i]/n, float64(b.right[i])/n
		}
	}
	return list
}

// error is the expected calibration error: the mean distance between predicted
// and true share over the bins, weighted by pairs (Naeini et al. 2015).
func (b *bins) error() float64 {
	sum, n := 0.0, 0
	for i := range b.pairs {
		sum += math.Abs(b.sum[i] - float64(b.right[i]))
		n += b.pairs[i]
	}
	return sum / max(1, float64(n))
}
