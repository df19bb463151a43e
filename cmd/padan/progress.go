package main

import (
	"sync"
	"time"

	"github.com/schollz/progressbar/v3"
)

// logInterval is the time between two lines of progress where there is no terminal.
const logInterval = 30 * time.Second

// progress shows how far one stage of work is. Its methods may be called from
// several goroutines.
type progress interface {
	// at tells how much is done, and of how much (0 = unknown).
	at(done, total int64)
	// clear makes room for a line of output; the next at draws again.
	clear()
	end()
}

// newProgress begins a stage with a name for the user.
func (g *globals) newProgress(name string) progress {
	mode := g.progress
	if mode == "auto" {
		switch {
		case g.quiet:
			mode = "none"
		case !g.json && isTerminal(g.stderr):
			mode = "bar"
		default:
			mode = "log"
		}
	}
	switch mode {
	case "bar":
		return &bar{g: g, name: name}
	case "log":
		return &progressLog{g: g, name: name, last: time.Now()}
	default:
		return silence{}
	}
}

type silence struct{}

func (silence) at(int64, int64) {}
func (silence) clear()          {}
func (silence) end()            {}

// bar draws a progress bar on the terminal and takes it away at the end.
type bar struct {
	g    *globals
	name string

	mu     sync.Mutex
	bar    *progressbar.ProgressBar
	broken bool // the terminal is gone; the work goes on
}

func (b *bar) at(done, total int64) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.bar == nil {
		if total <= 0 {
			total = -1
		}
		b.bar = progressbar.NewOptions64(total,
			progressbar.OptionSetWriter(b.g.stderr), progressbar.OptionSetDescription(b.g.printable(b.g.stderr, b.name)),
			progressbar.OptionShowCount(), progressbar.OptionThrottle(100*time.Millisecond),
			progressbar.OptionSetWidth(30), progressbar.OptionClearOnFinish())
	}
	if !b.broken {
		b.broken = b.bar.Set64(done) != nil
	}
}

func (b *bar) clear() {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.bar != nil && !b.broken {
		b.broken = b.bar.Clear() != nil
	}
}

func (b *bar) end() {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.bar != nil && !b.broken {
		b.broken = b.bar.Finish() != nil
	}
}

// progressLog writes a line now and then.
type progressLog struct {
	g    *globals
	name string

	mu   sync.Mutex
	last time.Time
}

func (l *progressLog) at(done, total int64) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if time.Since(l.last) < logInterval {
		return
	}
	l.last = time.Now()
	m, args := msgProgress, []any{l.name, done}
	if total > 0 {
		m, args = msgProgressOf, append(args, total)
	}
	l.g.write(l.g.text.format(m, args...) + "\n")
}

func (l *progressLog) clear() {}
func (l *progressLog) end()   {}
