package report

import "testing"

func TestBands(t *testing.T) {
	for percent, want := range map[float64]int8{0: 1, 19.99: 1, 20: 2, 39.99: 2, 40: 3, 59.99: 3, 60: 4, 79.99: 4, 80: 5, 100: 5} {
		if got := bandOf(percent); got != want {
			t.Errorf("%v %% is in band %d, want %d", percent, got, want)
		}
	}
	if got := bandLabels(Indonesian); got != [...]string{"", "< 20 %", "20 - 39,99 %", "40 - 59,99 %", "60 - 79,99 %", "≥ 80 %"} {
		t.Errorf("%q", got)
	}
}
