package match

import (
	"runtime"
	"sync"
)

// carrier carries the first panic of several goroutines to the one that waits for
// them, so that whoever calls this package sees it where it was called.
type carrier struct {
	once    sync.Once
	carried *carriedPanic
}

// carriedPanic is a panic of another goroutine.
type carriedPanic struct {
	value   any
	callers []uintptr
}

// Value returns what the panic was called with.
func (p *carriedPanic) Value() any { return p.value }

// Callers returns the place where it happened, as runtime.Callers does.
func (p *carriedPanic) Callers() []uintptr { return p.callers }

// guarded is work whose panic is carried.
func (c *carrier) guarded(work func()) func() {
	return func() {
		defer func() {
			value := recover()
			if value == nil {
				return
			}
			c.once.Do(func() {
				carried, ok := value.(*carriedPanic)
				if !ok {
					const most = 40
					callers := make([]uintptr, most)
					carried = &carriedPanic{value, callers[:runtime.Callers(1, callers)]}
				}
				c.carried = carried
			})
		}()
		work()
	}
}

// panic goes on with the panic that was carried, if there is one. All goroutines have
// ended.
func (c *carrier) panic() {
	if c.carried != nil {
		panic(c.carried)
	}
}
