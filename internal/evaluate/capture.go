package evaluate

import (
	"context"

	"padan/internal/store"
	"padan/match"
)

// Capture is an estimate of recall without any truth, from how far blocking
// rules that look at different fields find the same links. It is optimistic:
// links that are hard for one rule tend to be hard for all (heterogeneity).
type Capture struct {
	Links     int     `json:"links"`
	ByGroups  []int   `json:"by_groups"` // links reached by exactly 0, 1, 2 ... groups of rules
	Estimate  float64 `json:"estimated_true_links"`
	Recall    float64 `json:"estimated_recall"`
	Available bool    `json:"available"` // false: too few groups of rules see anything
}

// captureGroups are groups of rules that hang on different fields: the NIK, the
// family card, name with birth date, the area.
var captureGroups = [...][]string{
	{"nik", "nik_near", "nik_length"},
	{"kk", "kk_name_birth"},
	{"name_birth", "word_birth"},
	{"name_area", "birth_area", "word_rt", "word_area", "street"},
}

// EstimateRecall matches what is loaded again with the model and estimates how
// many true links all rules together miss.
func EstimateRecall(ctx context.Context, s *store.Store, run *store.Run, model *match.Model, workers int) (*Capture, error) {
	p, err := readPopulation(ctx, s, run, "")
	if err != nil {
		return nil, err
	}
	res, err := match.Run(ctx, p.tables[match.Central], p.tables[match.Regional], model, match.Options{Workers: workers})
	if err != nil {
		return nil, err
	}
	if int64(len(res.Links)) != run.Links {
		return nil, errMoved
	}
	masks := captureMasks()
	by := make([]int, len(masks)+1)
	for i := range res.Links {
		found := match.RulesOf(p.tables[match.Central], p.tables[match.Regional], res.Links[i].Central, res.Links[i].Regional)
		groups := 0
		for _, mask := range masks {
			if found&mask != 0 {
				groups++
			}
		}
		by[groups]++
	}
	return newCapture(by), nil
}

// captureMasks turns rule codes into bits.
func captureMasks() [len(captureGroups)]uint32 {
	var masks [len(captureGroups)]uint32
	for g, codes := range captureGroups {
		for _, code := range codes {
			for rule := range match.CountRules() {
				if match.RuleCode(uint8(rule)) == code {
					masks[g] |= 1 << rule
				}
			}
		}
	}
	return masks
}

// newCapture estimates the number of links from those reached by one group of
// rules and by two: n + f1*f1/(2*f2), a lower bound (Chao 1987), with the
// bias-corrected form where f2 is 0.
func newCapture(by []int) *Capture {
	c := &Capture{ByGroups: by}
	groups := 0
	for k, n := range by {
		c.Links += n
		if k > 1 && n > 0 {
			groups++
		}
	}
	c.Available = groups > 0
	f1, f2 := float64(by[1]), float64(by[2])
	missed := f1 * (f1 - 1) / 2
	if f2 > 0 {
		missed = f1 * f1 / (2 * f2)
	}
	c.Estimate = float64(c.Links) + missed
	c.Recall = 1.0
	if c.Estimate > 0 {
		c.Recall = float64(c.Links) / c.Estimate
	}
	return c
}
