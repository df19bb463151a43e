// Package crash makes a panic tell where the program failed, and nothing of what it
// worked on.
//
// The runtime prints the value of a panic, which may hold a name, and the arguments of
// the functions at work, which may be a NIK. Where goroutines are guarded it prints a
// Report instead.
package crash

import (
	"errors"
	"fmt"
	"path/filepath"
	"regexp"
	"runtime"
	"strings"
)

// Report is a panic as it may be shown to anybody.
type Report struct {
	what   string
	places []string
}

// head introduces a report in both languages.
const head = `padan berhenti karena kesalahan program; yang belum selesai tidak disimpan. Mohon
laporkan baris-baris ini, yang tidak memuat data pribadi.
padan stopped because of a fault of its own; nothing half-done is kept. Please report
these lines, which hold no personal data.`

// Error is what the runtime prints of it.
func (r *Report) Error() string {
	return head + "\n" + r.what + "\n  at " + strings.Join(r.places, "\n  at ")
}

// Guarded is work whose panic goes on as a Report, with which the program ends. Every
// goroutine that may have personal data at hand runs guarded.
func Guarded(work func()) func() {
	return func() {
		if r := caught(work); r != nil {
			panic(r)
		}
	}
}

// GuardedError is Guarded for work that may fail.
func GuardedError(work func() error) func() error {
	return func() (err error) {
		Guarded(func() { err = work() })()
		return err
	}
}

// caught does work and returns the report of its panic, nil if there is none.
func caught(work func()) (r *Report) {
	defer func() {
		if value := recover(); value != nil {
			r = newReport(value)
		}
	}()
	work()
	return nil
}

// carried is a panic that another goroutine has carried to where it is seen.
type carried interface {
	Value() any
	Callers() []uintptr // of the place where it happened
}

// mostPlaces bounds the places of a report.
const mostPlaces = 40

func newReport(value any) *Report {
	if known, ok := value.(*Report); ok {
		return known
	}
	callers := make([]uintptr, mostPlaces)
	callers = callers[:runtime.Callers(1, callers)]
	if c, ok := value.(carried); ok {
		value, callers = c.Value(), c.Callers()
	}
	r := &Report{what: describe(value)}
	frames := runtime.CallersFrames(callers)
	for more := len(callers) > 0; more; {
		var f runtime.Frame
		f, more = frames.Next()
		switch f.Function {
		case "runtime.gopanic": // what stands above it is the work of the panic
			r.places = nil
		case "":
		default:
			r.places = append(r.places, fmt.Sprintf("%s (%s:%d)", f.Function, filepath.Base(f.File), f.Line))
		}
	}
	return r
}

// longNumber is a number that is no count and no place.
var longNumber = regexp.MustCompile(`[0-9]{6,}`)

// describe says what a panic is about. Only the runtime's own words are fit to be
// shown, but for long numbers.
func describe(value any) string {
	if err, ok := value.(error); ok {
		var fault runtime.Error
		if errors.As(err, &fault) {
			return longNumber.ReplaceAllString(fault.Error(), "#")
		}
	}
	return fmt.Sprintf("a value of type %T", value)
}
