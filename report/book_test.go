package report

import (
	"testing"
	"time"
)

// The time is that of Jakarta, whatever the clock says.
func TestMoment(t *testing.T) {
	at := time.Date(2026, 12, 31, 17, 5, 0, 0, time.UTC)
	for l, want := range map[Language]string{"": "1 Januari 2027, 00.05 WIB", Indonesian: "1 Januari 2027, 00.05 WIB", English: "1 January 2027, 00:05 WIB"} {
		if got := l.moment(at); got != want {
			t.Errorf("%q: %q", l, got)
		}
		if got := l.moment(at.In(time.FixedZone("", -5*3600))); got != want {
			t.Errorf("%q, elsewhere: %q", l, got)
		}
		if got := l.moment(time.Time{}); got != "" {
			t.Errorf("no time is %q", got)
		}
	}
}

// The histogram has no gaps and shows the thresholds that are near.
func TestHistogram(t *testing.T) {
	for name, c := range map[string]struct {
		weights     []float64
		link        float64
		first, last float64
	}{
		"within":    {[]float64{-3, 9}, 8, -4, 8},
		"above":     {[]float64{1, 3}, 8, -2, 8},
		"far above": {[]float64{1, 3}, 1e300, -2, 2},
	} {
		s := NewSummary(RunInfo{Link: c.link, Review: -1}, [2][]SourceInfo{})
		for _, w := range c.weights {
			s.AddLink(w)
		}
		s.Finish()
		bins := newRecapBook(s, Options{}).histogram()
		links := int64(0)
		for i, bin := range bins {
			links += bin.Links
			if bin.From != c.first+float64(i*WeightBinBits) {
				t.Errorf("%s: bin %d begins at %v", name, i, bin.From)
			}
		}
		if last := bins[len(bins)-1].From; last != c.last || links != int64(len(c.weights)) {
			t.Errorf("%s: the last bin is %v, %d links", name, last, links)
		}
	}
	if bins := newRecapBook(emptySummary(), Options{}).histogram(); bins != nil {
		t.Errorf("%v of no weights", bins)
	}
}
