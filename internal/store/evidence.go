package store

import (
	"encoding/binary"
	"encoding/json"
	"math"

	"padan/match"
)

// The evidence of a pair is a level for each comparison, one byte each, then
// its weight for each comparison in hundredths of bits as little-endian int16.
// Which comparisons these are stands in run.comparisons.
const evidenceSize = int(match.ComparisonCount) * 3

func appendEvidence(b []byte, vector match.Vector, weights match.Weights) []byte {
	b = append(b, vector[:]...)
	for _, weight := range weights {
		b = binary.LittleEndian.AppendUint16(b, uint16(hundredths(weight)))
	}
	return b
}

// hundredths rounds and saturates; a weight beyond 327 bits does not occur.
func hundredths(weight float32) int16 {
	scaled := math.Round(float64(weight) * 100)
	if math.IsNaN(scaled) {
		return 0
	}
	return int16(max(math.MinInt16, min(math.MaxInt16, scaled)))
}

// layout says where this version's comparisons stand in the evidence of a run.
type layout struct {
	comparisons []match.Comparison // match.ComparisonCount = unknown to this version
}

func encodeLayout() ([]byte, error) {
	codes := make([]string, match.ComparisonCount)
	for c := range codes {
		codes[c] = match.Comparison(c).String()
	}
	return json.Marshal(codes)
}

func decodeLayout(text []byte) (layout, error) {
	var codes []string
	if err := json.Unmarshal(text, &codes); err != nil {
		return layout{}, err
	}
	known := map[string]match.Comparison{}
	for c := match.Comparison(0); c < match.ComparisonCount; c++ {
		known[c.String()] = c
	}
	l := layout{comparisons: make([]match.Comparison, len(codes))}
	for i, code := range codes {
		c, ok := known[code]
		if !ok {
			c = match.ComparisonCount
		}
		l.comparisons[i] = c
	}
	return l, nil
}

// decode is the inverse of appendEvidence for evidence of this layout.
func (l layout) decode(b []byte) (vector match.Vector, weights match.Weights, ok bool) {
	n := len(l.comparisons)
	if len(b) != 3*n {
		return vector, weights, false
	}
	for i, c := range l.comparisons {
		if c < match.ComparisonCount {
			vector[c] = b[i]
			weights[c] = float32(int16(binary.LittleEndian.Uint16(b[n+2*i:]))) / 100
		}
	}
	return vector, weights, true
}
