package main

import (
	"errors"
	"fmt"
	"math"
	"runtime/debug"
	"runtime/metrics"
	"strconv"
	"strings"

	"github.com/KimMachineGun/automemlimit/memlimit"
	"github.com/dustin/go-humanize"
)

// memory is the flag --max-memory: bytes with a unit, or a share of what the
// machine or its container has.
type memory struct {
	text    string
	percent float64 // of what there is; 0 = bytes says it
	bytes   int64   // of a share known after resolve
}

// leastMemory is what padan needs for anything at all, in bytes.
const leastMemory = 64 << 20

func (m *memory) String() string { return m.text }
func (m *memory) Type() string   { return "size" }

// Set takes 60%, 2GB or 800MB.
func (m *memory) Set(text string) error {
	if share, ok := strings.CutSuffix(text, "%"); ok {
		percent, err := strconv.ParseFloat(share, 64)
		if err != nil || !(percent > 0 && percent <= 100) {
			return errors.New("must be more than 0 % and at most 100 %")
		}
		*m = memory{text: text, percent: percent}
		return nil
	}
	size, err := humanize.ParseBytes(text)
	if err != nil || size < leastMemory || size > math.MaxInt64 {
		return fmt.Errorf("must be a share (60%%) or a size (2GB) of at least %s", humanize.IBytes(leastMemory))
	}
	*m = memory{text: text, bytes: int64(size)}
	return nil
}

// resolve finds out how many bytes a share is. Where the system does not tell what
// it has, there is no limit.
func (m *memory) resolve() {
	if m.percent == 0 {
		return
	}
	total, err := memlimit.ApplyFallback(memlimit.FromCgroup, memlimit.FromSystem)()
	if err != nil || total > math.MaxInt64 {
		m.bytes = math.MaxInt64
		return
	}
	m.bytes = max(leastMemory, int64(float64(total)*m.percent/100))
}

// databaseMemory is how much of the limit SQLite may need for its page caches,
// which the collector does not know of.
const databaseMemory = 256 << 20

// apply makes the collector keep within the limit.
func (m *memory) apply() { debug.SetMemoryLimit(m.heap()) }

// heap is the part of the limit that the collector has for itself.
func (m *memory) heap() int64 { return m.bytes - min(m.bytes/4, databaseMemory) }

// exceeds reports whether so many bytes that are in use do not fit into the limit.
func (m *memory) exceeds(live uint64) bool { return live > uint64(m.heap()) }

// liveMemory is the number of bytes that the collector found in use the last time.
func liveMemory() uint64 {
	sample := []metrics.Sample{{Name: "/gc/heap/live:bytes"}}
	metrics.Read(sample)
	return sample[0].Value.Uint64()
}

// maxPairs is the number of candidate pairs that may be held at a time: a quarter
// of the memory, of which each takes 16 bytes while it is sorted.
func (m *memory) maxPairs() int { return int(m.bytes / 4 / 16) }

// thrifty makes the collector run earlier: a matching holds its tables to the end, a
// report its indexes, and the usual growth would take as much memory again. It
// returns how to undo it.
func thrifty() (undo func()) {
	before := debug.SetGCPercent(50)
	return func() { debug.SetGCPercent(before) }
}
