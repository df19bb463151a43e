package main

import (
	"runtime"
	"testing"
)

func TestMemoryIsASizeOrAShare(t *testing.T) {
	for text, ok := range map[string]bool{
		"2GB": true, "64MiB": true, "60%": true, "0.5%": true, "100%": true,
		"63MiB": false, "0%": false, "101%": false, "-1GB": false, "much": false, "": false, "NaN%": false,
	} {
		var m memory
		if err := m.Set(text); (err == nil) != ok {
			t.Errorf("%q: %v", text, err)
		}
	}
}

func TestMemoryTellsWhatDoesNotFit(t *testing.T) {
	var m memory
	if err := m.Set("1GiB"); err != nil {
		t.Fatal(err)
	}
	m.resolve()
	for live, want := range map[uint64]bool{100 << 20: false, 768 << 20: false, 769 << 20: true, 2 << 30: true} {
		if got := m.exceeds(live); got != want {
			t.Errorf("%d MiB: %v", live>>20, got)
		}
	}
	held := make([]byte, 32<<20)
	runtime.GC()
	if live := liveMemory(); live < uint64(len(held)) || live > 1<<30 {
		t.Errorf("%d bytes in use", live)
	}
	runtime.KeepAlive(held)
}
