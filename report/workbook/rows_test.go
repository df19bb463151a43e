package workbook

import (
	"math"
	"strconv"
	"testing"

	"pgregory.net/rapid"
)

// A number is written as strconv does, whole or not.
func TestNumbersOfCells(t *testing.T) {
	check := func(t rapid.TB, value float64) {
		got, want := string(appendNumber(nil, value)), strconv.FormatFloat(value, 'f', -1, 64)
		if got != want {
			t.Fatalf("%s, want %s", got, want)
		}
	}
	for _, value := range []float64{0, math.Copysign(0, -1), 1, -1, 0.5, 41.26, maxExact - 1, maxExact, maxExact + 2, 1 << 60, 1 << 63, 1e300, math.MaxFloat64} {
		check(t, value)
	}
	rapid.Check(t, func(t *rapid.T) {
		check(t, rapid.Float64().Draw(t, "number"))
		check(t, float64(rapid.Int64().Draw(t, "count")))
	})
}
