package evaluate

import "math"

// Rate compares what was claimed with what is true.
type Rate struct {
	Claimed   int     `json:"claimed"` // cases reported
	Right     int     `json:"right"`   // of these, true ones
	True      int     `json:"true"`    // true cases
	Found     int     `json:"found"`   // of these, reported ones
	Precision float64 `json:"precision"`
	Recall    float64 `json:"recall"`
	F1        float64 `json:"f1"` // harmonic mean of precision and recall
}

// newRate fills in the shares; a share of nothing is 1.
func newRate(claimed, right, trueCases, found int) Rate {
	r := Rate{Claimed: claimed, Right: right, True: trueCases, Found: found}
	r.Precision, r.Recall = share(right, claimed), share(found, trueCases)
	if sum := r.Precision + r.Recall; sum > 0 {
		r.F1 = 2 * r.Precision * r.Recall / sum
	}
	return r
}

func share(part, whole int) float64 {
	if whole == 0 {
		return 1
	}
	return float64(part) / float64(whole)
}

// normal95 is the 97.5 % quantile of the normal distribution.
const normal95 = 1.959963984540054

// Wilson returns the 95 % interval of a share of which right of n drawn cases
// are evidence (Wilson 1927, the score interval). n may be a fraction, as the
// effective size of a weighted sample is. Without any case it is 0 to 1.
func Wilson(right, n float64) (low, high float64) {
	if n <= 0 {
		return 0, 1
	}
	const z = normal95
	p := right / n
	centre := p + z*z/(2*n)
	spread := z * math.Sqrt(p*(1-p)/n+z*z/(4*n*n))
	scale := 1 + z*z/n
	return max(0, (centre-spread)/scale), min(1, (centre+spread)/scale)
}
