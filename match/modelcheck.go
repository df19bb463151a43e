package match

import (
	"encoding/json"
	"fmt"
	"math"
)

// Bounds of what a model may hold.
const (
	maxThreshold = 100  // bits; beyond it no pair is ever a link
	maxUFactor   = 1000 // on the frequency of a value
	sumTolerance = 0.05 // by which the m of a comparison may miss a sum of 1
)

// Check returns a *ModelError for the first field that makes a model useless:
// a probability outside (0,1], m that do not add up to about 1, thresholds that
// are no numbers or in the wrong order, a missing level.
func (m *Model) Check() error {
	if err := m.checkThresholds(); err != nil {
		return err
	}
	for c := range ComparisonCount {
		if err := m.checkLevels(c); err != nil {
			return err
		}
	}
	return nil
}

func (m *Model) checkThresholds() error {
	for _, bound := range []struct {
		field string
		value float64
	}{{"link", m.Link}, {"review", m.Review}, {"margin", m.Margin}} {
		if !finite(bound.value) || math.Abs(bound.value) > maxThreshold {
			return &ModelError{Field: bound.field, Reason: fmt.Sprintf("must be a weight in bits, -%d to %d", maxThreshold, maxThreshold)}
		}
	}
	if m.Review > m.Link {
		return &ModelError{Field: "review", Reason: "must not be above link"}
	}
	if m.Margin < 0 {
		return &ModelError{Field: "margin", Reason: "must not be negative"}
	}
	return nil
}

func (m *Model) checkLevels(c Comparison) error {
	field := "comparisons." + c.String()
	if len(m.M[c]) != LevelCount(c) || len(m.U[c]) != LevelCount(c) {
		return &ModelError{Field: field, Reason: fmt.Sprintf("%d levels are wanted", LevelCount(c)-1)}
	}
	sum := 0.0
	for level := uint8(1); int(level) < LevelCount(c); level++ {
		name := field + "." + LevelCode(c, level)
		if p := m.M[c][level]; !(p > 0 && p <= 1) {
			return &ModelError{Field: name + ".m", Reason: "must be above 0 and at most 1"}
		}
		u := m.U[c][level]
		switch {
		case byFrequency(c, level) && !(u > 0 && u <= maxUFactor):
			return &ModelError{Field: name + ".u_factor", Reason: fmt.Sprintf("must be above 0 and at most %d", maxUFactor)}
		case !byFrequency(c, level) && !(u > 0 && u <= 1):
			return &ModelError{Field: name + ".u", Reason: "must be above 0 and at most 1"}
		}
		sum += m.M[c][level]
	}
	if math.Abs(sum-1) > sumTolerance {
		return &ModelError{Field: field, Reason: fmt.Sprintf("its m add up to %.3f, not to about 1", sum)}
	}
	return nil
}

// SetThresholds sets from which probability on a pair is a link and from which a
// case for a person; both must be inside (0,1), review not above link.
func (m *Model) SetThresholds(link, review float64) error {
	for _, p := range []struct {
		field string
		value float64
	}{{"link", link}, {"review", review}} {
		if !(p.value > 0 && p.value < 1) {
			return &ModelError{Field: p.field, Reason: "must be a probability above 0 and below 1"}
		}
	}
	if review > link {
		return &ModelError{Field: "review", Reason: "must not be above link"}
	}
	m.Link, m.Review = logOdds(link), logOdds(review)
	return m.checkThresholds()
}

// Thresholds returns the probabilities from which on a pair is a link and a case
// for a person.
func (m *Model) Thresholds() (link, review float64) {
	return Probability(m.Link), Probability(m.Review)
}

// logOdds is the weight in bits of a probability.
func logOdds(p float64) float64 { return math.Log2(p / (1 - p)) }

// firstModel is a model as runs kept it before there were model files: without
// the names of its levels.
type firstModel struct {
	Version int         `json:"version"`
	Link    float64     `json:"link"`
	Review  float64     `json:"review"`
	Margin  float64     `json:"margin"`
	M       [][]float64 `json:"m"`
	U       [][]float64 `json:"u"`
}

// firstLevels names the levels of a firstModel in their order, "missing" left
// out.
var firstLevels = [...][]string{
	CompareNIK:        {"differs", "unsure", "lost_digit", "one_apart", "same"},
	CompareKK:         {"differs", "near", "linked", "same"},
	CompareName:       {"differs", "weak", "common", "confusable", "similar", "compatible", "loose", "spelling", "same"},
	CompareBirthDate:  {"differs", "year", "stand_in", "near", "partial", "same_heaped", "same"},
	CompareSex:        {"differs", "same"},
	CompareArea:       {"differs", "kota", "kecamatan", "kelurahan", "rw", "rt"},
	CompareStreet:     {"differs", "similar", "same", "same_house"},
	CompareMother:     {"differs", "similar", "same"},
	CompareBirthPlace: {"differs", "similar", "same"},
	CompareRelation:   {"differs", "same"},
}

// isFirstModel reports whether a text is a firstModel.
func isFirstModel(text []byte) bool {
	var head struct {
		Version int             `json:"version"`
		File    json.RawMessage `json:"padan_model"`
		M       json.RawMessage `json:"m"`
	}
	return json.Unmarshal(text, &head) == nil && head.Version == 1 && head.File == nil && head.M != nil
}

// readFirstModel reads a firstModel; levels that came later are worth what they
// are in the default model.
func readFirstModel(text []byte) (*Model, error) {
	var first firstModel
	if err := decodeStrictly(text, "", &first); err != nil {
		return nil, err
	}
	m := DefaultModel()
	m.Version, m.Link, m.Review, m.Margin = first.Version, first.Link, first.Review, first.Margin
	if len(first.M) != len(firstLevels) || len(first.U) != len(firstLevels) {
		return nil, &ModelError{Field: "m", Reason: fmt.Sprintf("%d comparisons are wanted", len(firstLevels))}
	}
	for c, codes := range firstLevels {
		if len(first.M[c]) != len(codes)+1 || len(first.U[c]) != len(codes)+1 {
			return nil, &ModelError{Field: "m." + Comparison(c).String(), Reason: fmt.Sprintf("%d levels are wanted", len(codes)+1)}
		}
		for k, code := range codes {
			if level := levelOf(Comparison(c), code); level != Missing {
				m.M[c][level], m.U[c][level] = first.M[c][k+1], first.U[c][k+1]
			}
		}
	}
	return m, m.Check()
}

// levelOf returns the level of a code, Missing if there is none.
func levelOf(c Comparison, code string) uint8 {
	for level := uint8(1); int(level) < LevelCount(c); level++ {
		if LevelCode(c, level) == code {
			return level
		}
	}
	return Missing
}

// Bits returns the weight log2(m/u) of a level, without what the frequency of
// the value adds.
func (m *Model) Bits(c Comparison, level uint8) float64 { return m.bits(c, level) }
