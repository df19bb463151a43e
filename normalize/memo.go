package normalize

import "strings"

// Bounds of what a Normalizer remembers.
const (
	maxMemo     = 1 << 14 // readings of one field; when full, all are forgotten
	longestMemo = 64      // bytes of a text worth remembering
)

// memo remembers the readings of texts that come again and again. It must only
// hold readings that depend on the text alone. It keeps no cell alive: keys are
// copies, and so must be the texts inside V.
type memo[V any] struct {
	read  func(text string) V
	known map[string]V
}

func newMemo[V any](read func(text string) V) memo[V] {
	return memo[V]{read: read, known: map[string]V{}}
}

// of returns read(text).
func (m *memo[V]) of(text string) V {
	if value, found := m.known[text]; found {
		return value
	}
	if len(text) > longestMemo {
		return m.read(text)
	}
	if len(m.known) >= maxMemo {
		clear(m.known)
	}
	text = strings.Clone(text)
	value := m.read(text)
	m.known[text] = value
	return value
}
