package reporting

import (
	"errors"
	"iter"
	"slices"
	"testing"
)

// reused yields batches that share one memory.
func reused(batches, size int, last error) iter.Seq2[[]int, error] {
	return func(yield func([]int, error) bool) {
		batch := make([]int, size)
		for b := range batches {
			for i := range batch {
				batch[i] = b*size + i
			}
			if !yield(batch, nil) {
				return
			}
		}
		if last != nil {
			yield(nil, last)
		}
	}
}

// all collects the items of a consumer until its end or its limit.
func all(items iter.Seq2[*int, error], got *[]int, limit int) error {
	for item, err := range items {
		if err != nil {
			return err
		}
		if *got = append(*got, *item); len(*got) == limit {
			return nil
		}
	}
	return nil
}

func TestBroadcastHandsEverythingToEverybody(t *testing.T) {
	const batches, size = 50, 7
	var want []int
	for i := range batches * size {
		want = append(want, i)
	}
	got := make([][]int, 3)
	var consumers []func(iter.Seq2[*int, error]) error
	for i, limit := range []int{0, 10, 0} { // the second one has soon enough
		consumers = append(consumers, func(items iter.Seq2[*int, error]) error { return all(items, &got[i], limit) })
	}
	if err := broadcast(reused(batches, size, nil), consumers); err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(got[0], want) || !slices.Equal(got[1], want[:10]) || !slices.Equal(got[2], want) {
		t.Errorf("%d, %d and %d items", len(got[0]), len(got[1]), len(got[2]))
	}
}

func TestBroadcastEndsWithTheFirstFailure(t *testing.T) {
	broken, full := errors.New("broken"), errors.New("disk full")
	var got [2][]int
	reader := func(items iter.Seq2[*int, error]) error { return all(items, &got[0], 0) }
	failing := func(items iter.Seq2[*int, error]) error {
		if err := all(items, &got[1], 3); err != nil {
			return err
		}
		return full
	}
	if err := broadcast(reused(1000, 5, broken), []func(iter.Seq2[*int, error]) error{reader, failing}); !errors.Is(err, full) || errors.Is(err, broken) || errors.Is(err, errOtherFailed) {
		t.Errorf("got %v", err)
	}
	if len(got[0]) >= 1000*5 {
		t.Error("the other consumer went on to the end")
	}
	got[0] = nil
	if err := broadcast(reused(3, 5, broken), []func(iter.Seq2[*int, error]) error{reader}); !errors.Is(err, broken) {
		t.Errorf("got %v", err)
	}
}

// In batches and as copies, items are what they were, and may be kept.
func TestInBatches(t *testing.T) {
	broken := errors.New("broken")
	for _, size := range []int{0, 1, batchSize - 1, batchSize, 2*batchSize + 3} {
		for _, last := range []error{nil, broken} {
			items := func(yield func(int, error) bool) {
				for i := range size {
					if !yield(i, nil) {
						return
					}
				}
				if last != nil {
					yield(0, last)
				}
			}
			var got []int
			err := broadcast(inBatches(items), []func(iter.Seq2[*int, error]) error{func(all iter.Seq2[*int, error]) error {
				for item, err := range values(all) {
					if err != nil {
						return err
					}
					got = append(got, item)
				}
				return nil
			}})
			whole := size
			if last != nil {
				whole -= size % batchSize
			}
			if !errors.Is(err, last) || len(got) != whole {
				t.Errorf("%d items of %d, %v", len(got), size, err)
			}
			for i := range got {
				if got[i] != i {
					t.Fatalf("item %d is %d", i, got[i])
				}
			}
		}
	}
}

func TestInBatchesEndsEarly(t *testing.T) {
	n := 0
	items := func(yield func(int, error) bool) {
		for yield(n, nil) {
			n++
		}
	}
	for range inBatches(items) {
		break
	}
	if n != batchSize-1 {
		t.Errorf("went on to item %d", n)
	}
}
