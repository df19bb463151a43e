package workbook

import (
	"hash/crc32"
	"math/rand/v2"
	"testing"
)

func TestJoinedSum(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	text := make([]byte, 70_000)
	for i := range text {
		text[i] = byte(random.UintN(256))
	}
	whole := crc32.ChecksumIEEE(text)
	for _, at := range []int{0, 1, 2, 7, 8, 255, 256, 65_535, 65_536, len(text) - 1, len(text)} {
		got := joinedSum(crc32.ChecksumIEEE(text[:at]), crc32.ChecksumIEEE(text[at:]), int64(len(text)-at))
		if got != whole {
			t.Errorf("cut at %d: %08x, want %08x", at, got, whole)
		}
	}
}

// A sum over bytes that no buffer holds: 5 GiB of zeros, halved again and again.
func TestJoinedSumOfLongTexts(t *testing.T) {
	zeros := func(n int64) uint32 {
		sum := crc32.ChecksumIEEE(nil)
		block := crc32.ChecksumIEEE(make([]byte, 1<<20))
		for range n >> 20 {
			sum = joinedSum(sum, block, 1<<20)
		}
		return sum
	}
	if got, want := joinedSum(zeros(2<<30), zeros(3<<30), 3<<30), zeros(5<<30); got != want {
		t.Errorf("%08x, want %08x", got, want)
	}
}
