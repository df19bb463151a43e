package match

import (
	"runtime"
	"strings"
	"testing"
)

// TestPanicsReachTheCaller holds that a panic of a worker is one of whoever started
// the work, and still tells where it happened.
func TestPanicsReachTheCaller(t *testing.T) {
	fail := func() { panic("a fault") }
	for name, work := range map[string]func(){
		"together, the first":  func() { together(fail, func() {}) },
		"together, the second": func() { together(func() {}, fail) },
		"one inside another":   func() { together(func() {}, func() { together(func() {}, fail) }) },
		"in chunks": func() {
			_, _ = inChunks(t.Context(), 10*chunkPairs, 4, func() func(int, int) int {
				return func(int, int) int { fail(); return 0 }
			}, nil)
		},
		"the progress": func() {
			_, _ = inChunks(t.Context(), 10*chunkPairs, 4, func() func(int, int) int { return func(int, int) int { return 0 } }, func(int) { fail() })
		},
	} {
		t.Run(name, func(t *testing.T) {
			defer func() {
				carried, ok := recover().(*carriedPanic)
				if !ok || carried.Value() != "a fault" {
					t.Fatalf("got %v", carried)
				}
				where, frames := "", runtime.CallersFrames(carried.Callers())
				for more := true; more; {
					var f runtime.Frame
					f, more = frames.Next()
					where += f.Function + "\n"
				}
				if !strings.Contains(where, "runtime.gopanic\npadan/match.TestPanicsReachTheCaller.func1\n") {
					t.Errorf("it says that this failed: %s", where)
				}
			}()
			work()
		})
	}
}
