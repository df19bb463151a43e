package crash

import (
	"errors"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"strings"
	"sync"
	"testing"
)

// nik is what must not come to light, as digits or as the runtime prints arguments.
const nik = 3174011205879001

// compare panics with personal data at hand.
//
//go:noinline
func compare(name string, number uint64, how string) int {
	switch how {
	case "text":
		panic("cannot compare " + name)
	case "error":
		panic(fmt.Errorf("compare %s %d: %w", name, number, errors.ErrUnsupported))
	case "number":
		panic(number)
	case "index":
		return int([]byte(name)[number%(1<<40)+1<<40])
	case "carried":
		panic(handedOver{name})
	}
	none := maps.Clone(map[string]int(nil))
	none[name] = 1
	return int(number)
}

type handedOver struct{ value any }

func (h handedOver) Value() any       { return h.value }
func (handedOver) Callers() []uintptr { return nil }

// TestMain lets the test program crash if it is told to.
func TestMain(m *testing.M) {
	how := os.Getenv("CRASH")
	if how == "" {
		m.Run()
		return
	}
	fail := func() { compare("BUDI SANTOSO", nik, strings.TrimPrefix(how, "inside ")) }
	if strings.HasPrefix(how, "inside ") {
		var running sync.WaitGroup
		running.Go(Guarded(fail))
		running.Wait()
	}
	if how == "unguarded" {
		fail()
	}
	_ = GuardedError(func() error { fail(); return nil })()
}

// crash runs the test program so that it crashes, and returns what it prints.
func crash(t *testing.T, how string) string {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), os.Args[0])
	cmd.Env = append(os.Environ(), "CRASH="+how, "GOTRACEBACK=")
	output, err := cmd.CombinedOutput()
	var status *exec.ExitError
	if !errors.As(err, &status) || status.ExitCode() != 2 {
		t.Errorf("%s: ends with %v", how, err)
	}
	return string(output)
}

// TestACrashSaysNothingOfPersons crashes in every way, and looks for the values that
// were at hand in all that is printed.
func TestACrashSaysNothingOfPersons(t *testing.T) {
	leaks := func(output string) string {
		for _, secret := range []string{"BUDI", "SANTOSO", fmt.Sprint(nik), fmt.Sprintf("%x", nik)} {
			if strings.Contains(output, secret) {
				return secret
			}
		}
		return ""
	}
	for _, how := range []string{"text", "error", "number", "index", "map", "carried"} {
		for _, where := range []string{"", "inside "} {
			output := crash(t, where+how)
			if secret := leaks(output); secret != "" {
				t.Errorf("%s%s: the output holds %q:\n%s", where, how, secret, output)
			}
			if !strings.Contains(output, "which hold no personal data") || how != "carried" && !strings.Contains(output, "crash.compare (crash_test.go:") {
				t.Errorf("%s%s: it does not say where:\n%s", where, how, output)
			}
		}
	}
	if leaks(crash(t, "unguarded")) == "" {
		t.Error("nothing would leak without a guard")
	}
	if output := crash(t, "map"); !strings.Contains(output, "assignment to entry in nil map") {
		t.Errorf("it does not say what:\n%s", output)
	}
}

// Work that ends well is left alone.
func TestGuardedWork(t *testing.T) {
	want := errors.New("done")
	if err := GuardedError(func() error { return want })(); !errors.Is(err, want) {
		t.Errorf("got %v", err)
	}
}
