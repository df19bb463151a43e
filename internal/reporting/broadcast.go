package reporting

import (
	"errors"
	"iter"
	"sync"

	"padan/internal/crash"
)

// broadcast goes through the batches once and lets every consumer go through all
// of their items. All consumers are done with a batch before the next one is
// read, so that a batch may reuse the memory of the one before it. An error of the
// batches reaches every consumer; where one of them fails, the rest end early.
func broadcast[T any](batches iter.Seq2[[]T, error], consumers []func(iter.Seq2[*T, error]) error) error {
	b := broadcaster[T]{failed: make(chan struct{})}
	errs := make([]error, len(consumers))
	var running sync.WaitGroup
	for i, consume := range consumers {
		own := make(chan []T)
		b.receivers = append(b.receivers, own)
		running.Go(crash.Guarded(func() {
			if errs[i] = consume(b.items(own)); errs[i] != nil {
				b.fail()
			}
			for range own { // what the consumer did not want
				b.busy.Done()
			}
		}))
	}
	b.send(batches)
	for _, own := range b.receivers {
		close(own)
	}
	running.Wait()
	for i := range errs {
		if errors.Is(errs[i], errOtherFailed) {
			errs[i] = nil
		}
	}
	return errors.Join(errs...)
}

// batchSize is the number of items that inBatches hands out at a time.
const batchSize = 256

// inBatches gathers items into batches that share one memory.
func inBatches[T any](items iter.Seq2[T, error]) iter.Seq2[[]T, error] {
	return func(yield func([]T, error) bool) {
		batch := make([]T, 0, batchSize)
		for item, err := range items {
			if err != nil {
				yield(nil, err)
				return
			}
			if batch = append(batch, item); len(batch) < batchSize {
				continue
			}
			if !yield(batch, nil) {
				return
			}
			batch = batch[:0]
		}
		if len(batch) > 0 {
			yield(batch, nil)
		}
	}
}

// values yields copies of what it is handed.
func values[T any](items iter.Seq2[*T, error]) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		for item, err := range items {
			var value T
			if err == nil {
				value = *item
			}
			if !yield(value, err) {
				return
			}
		}
	}
}

// errOtherFailed ends a consumer where another one has failed.
var errOtherFailed = errors.New("another consumer failed")

// broadcaster hands batches to all receivers at a time.
type broadcaster[T any] struct {
	receivers []chan []T
	busy      sync.WaitGroup // with the batch that was handed out
	failed    chan struct{}  // closed when a consumer has failed
	failing   sync.Once
	err       error // why there are no more batches; set before the receivers are closed
}

func (b *broadcaster[T]) fail() { b.failing.Do(func() { close(b.failed) }) }

func (b *broadcaster[T]) send(batches iter.Seq2[[]T, error]) {
	for batch, err := range batches {
		select {
		case <-b.failed:
			err = errOtherFailed
		default:
		}
		if b.err = err; err != nil {
			return
		}
		b.busy.Add(len(b.receivers))
		for _, own := range b.receivers {
			own <- batch
		}
		b.busy.Wait()
	}
}

// items yields what a receiver is handed.
func (b *broadcaster[T]) items(own <-chan []T) iter.Seq2[*T, error] {
	return func(yield func(*T, error) bool) {
		for batch := range own {
			wanted := true
			for i := 0; i < len(batch) && wanted; i++ {
				wanted = yield(&batch[i], nil)
			}
			b.busy.Done()
			if !wanted {
				return
			}
		}
		if b.err != nil {
			yield(nil, b.err)
		}
	}
}
