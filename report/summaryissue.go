package report

import (
	"cmp"
	"slices"
	"strings"

	"padan/match"
)

// SourceCount is how often something happened in the files of each side, and in
// how many of them.
type SourceCount struct {
	Code  string
	Count [2]int64 // by side
	Files [2]int64
}

// Issues adds up the issues of the values of all files, by field and code
// ("nik:short"), the most frequent first.
func (s *Summary) Issues() []SourceCount {
	return s.countSources(func(from *SourceInfo) map[string]int64 { return from.Issues })
}

// Skips adds up the skipped rows of all files by reason, the most frequent first.
func (s *Summary) Skips() []SourceCount {
	return s.countSources(func(from *SourceInfo) map[string]int64 { return from.Skipped })
}

func (s *Summary) countSources(of func(*SourceInfo) map[string]int64) []SourceCount {
	byCode := map[string]*SourceCount{}
	for side := range s.Sources {
		for i := range s.Sources[side] {
			for code, n := range of(&s.Sources[side][i]) {
				if n == 0 {
					continue
				}
				if byCode[code] == nil {
					byCode[code] = &SourceCount{Code: code}
				}
				byCode[code].Count[side] += n
				byCode[code].Files[side]++
			}
		}
	}
	counts := make([]SourceCount, 0, len(byCode))
	for _, c := range byCode {
		counts = append(counts, *c)
	}
	slices.SortFunc(counts, func(a, b SourceCount) int {
		return cmp.Or(cmp.Compare(b.both(), a.both()), strings.Compare(a.Code, b.Code))
	})
	return counts
}

func (c *SourceCount) both() int64 { return c.Count[match.Central] + c.Count[match.Regional] }
