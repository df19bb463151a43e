package match

import (
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// Records of one identity are given out in the order in which they came, each
// once, with what they said.
func TestIdentityIndex(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		ids := rapid.SliceOf(rapid.ByteRange(0, 3)).Draw(t, "identities")
		x := NewIdentityIndex(1)
		left := map[byte][]int32{}
		for i, id := range ids {
			x.Add(int32(i), Identity{id}, Identity{id, byte(i)})
			left[id] = append(left[id], int32(i))
		}
		for _, id := range rapid.SliceOf(rapid.ByteRange(0, 4)).Draw(t, "wanted") {
			row, content, ok := x.Take(Identity{id})
			if ok != (len(left[id]) > 0) {
				t.Fatalf("identity %d: found %v, %d left", id, ok, len(left[id]))
			}
			if !ok {
				continue
			}
			if row != left[id][0] || content != (Identity{id, byte(row)}) {
				t.Fatalf("identity %d: row %d instead of %d, %v", id, row, left[id][0], content)
			}
			left[id] = left[id][1:]
		}
	})
}

func TestChangeCodes(t *testing.T) {
	codes := []string{Unchanged.String()}
	for _, k := range ChangeKinds() {
		codes = append(codes, k.String())
	}
	for _, c := range ChangeCauses() {
		codes = append(codes, c.String())
	}
	if len(codes) != 15 {
		t.Errorf("%d codes", len(codes))
	}
	slices.Sort(codes)
	if n := len(slices.Compact(codes)); n != 15 || codes[0] == "" {
		t.Errorf("codes are missing, or two are the same: %q", codes)
	}
}
