package match

import (
	"context"
	"slices"
	"sync"
	"sync/atomic"
)

// chunkPairs is the number of pairs a worker takes at a time.
const chunkPairs = 1 << 14

// inChunks calls work for each chunk of n items on the given number of workers
// and hands the results back in order of the chunks, so that they do not depend
// on the scheduling. Each worker keeps its own comparer.
func inChunks[T any](ctx context.Context, n, workers int, newWorker func() func(from, to int) T, progress func(done int)) ([]T, error) {
	chunks := (n + chunkPairs - 1) / chunkPairs
	results := make([]T, chunks)
	var next, done atomic.Int64
	var wait sync.WaitGroup
	var report sync.Mutex
	var failure carrier
	for range max(1, min(workers, chunks)) {
		wait.Go(failure.guarded(func() {
			work := newWorker()
			for ctx.Err() == nil {
				chunk := int(next.Add(1)) - 1
				if chunk >= chunks {
					return
				}
				from := chunk * chunkPairs
				to := min(n, from+chunkPairs)
				results[chunk] = work(from, to)
				if total := done.Add(int64(to - from)); progress != nil {
					func() {
						report.Lock()
						defer report.Unlock()
						progress(int(total))
					}()
				}
			}
		}))
	}
	wait.Wait()
	failure.panic()
	return results, ctx.Err()
}

// together runs independent steps at the same time and waits for all.
func together(steps ...func()) {
	var wait sync.WaitGroup
	var failure carrier
	for _, step := range steps[1:] {
		wait.Go(failure.guarded(step))
	}
	failure.guarded(steps[0])()
	wait.Wait()
	failure.panic()
}

// gather runs steps at the same time and returns what they give, in their order.
func gather[T any](steps []func() []T) []T {
	parts, kept := make([][]T, len(steps)), make([]func(), len(steps))
	for i, step := range steps {
		kept[i] = func() { parts[i] = step() }
	}
	together(kept...)
	return slices.Concat(parts...)
}
