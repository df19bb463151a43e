package evaluate

import (
	"context"

	"padan/match"
)

// Point is precision and recall if links began at a threshold.
type Point struct {
	Threshold   float64 `json:"threshold"` // bits
	Probability float64 `json:"probability"`
	Links       int     `json:"links"`
	Precision   float64 `json:"precision"`
	Recall      float64 `json:"recall"` // of decidable links
}

// The thresholds of a curve, in bits.
const (
	lowestThreshold  = -2
	highestThreshold = 32
)

// curve measures the links at each threshold. What competes with a link hardly
// depends on the threshold, so that one run at the lowest serves for all.
func (p *population) curve(ctx context.Context, f *facts, o Options) ([]Point, error) {
	low := *o.Model
	low.Link, low.Review = lowestThreshold, lowestThreshold
	res, err := match.Run(ctx, p.tables[match.Central], p.tables[match.Regional], &low, match.Options{Workers: o.Workers})
	if err != nil {
		return nil, err
	}
	const points = highestThreshold - lowestThreshold + 1
	var links, right, found [points]int
	for i := range res.Links {
		at := min(points-1, max(0, int(res.Links[i].Weight-lowestThreshold)))
		links[at]++
		if l := f.link(res.Links[i].Central, res.Links[i].Regional); l != nil {
			right[at]++
			if !l.ambiguous {
				found[at]++
			}
		}
	}
	curve := make([]Point, points)
	n, r, d := 0, 0, 0
	for at := points - 1; at >= 0; at-- {
		n, r, d = n+links[at], r+right[at], d+found[at]
		threshold := float64(lowestThreshold + at)
		pair := match.WeighedPair{Weight: threshold}
		curve[at] = Point{threshold, pair.Probability(), n, share(r, n), share(d, f.decidable)}
	}
	return curve, nil
}
