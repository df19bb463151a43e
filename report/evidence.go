package report

import (
	"fmt"
	"strconv"
	"strings"

	"padan/match"
	"padan/normalize"
)

// Evidence says in words what a comparison vector found, field by field,
// missing fields left out: "NIK sama; nama sama; satu KK". For NIKs one digit
// apart it names where they differ, if both numbers are given and clear.
func Evidence(l Language, v match.Vector, central, regional normalize.Number) string {
	words := l.catalogue()
	var text strings.Builder
	for c := range match.ComparisonCount {
		if v[c] == match.Missing {
			continue
		}
		if text.Len() > 0 {
			text.WriteString("; ")
		}
		if c == match.CompareNIK && v[c] == match.NIKOneApart {
			text.WriteString(nearNIK(words, central, regional))
			continue
		}
		text.WriteString(at(words.levels[c], v[c]))
	}
	return text.String()
}

// nearNIK says how two NIKs that are one digit apart differ. Positions count
// from 1, in the longer number.
func nearNIK(words *catalogue, a, b normalize.Number) string {
	level := words.levels[match.CompareNIK][match.NIKOneApart]
	if a.Hashed || b.Hashed {
		return level
	}
	long, short := digits(a), digits(b)
	if len(long) < len(short) {
		long, short = short, long
	}
	i := 0
	for i < len(short) && long[i] == short[i] {
		i++
	}
	switch {
	case short == "" || long == short:
		return level
	case len(long) == len(short)+1 && long[i+1:] == short[i:]:
		return fmt.Sprintf(words.phrases[phraseNIKLost], i+1)
	case len(long) != len(short):
		return level
	case long[i+1:] == short[i+1:]:
		return level + fmt.Sprintf(words.phrases[phraseNIKPosition], i+1)
	case i+1 < len(long) && long[i] == short[i+1] && long[i+1] == short[i] && long[i+2:] == short[i+2:]:
		return fmt.Sprintf(words.phrases[phraseNIKSwapped], i+1, i+2)
	}
	return level
}

// digits returns the digits of a number as they were read, leading zeros
// included, or the letters of a hash; "" where there are none.
func digits(n normalize.Number) string {
	switch {
	case n.Value == 0:
		return ""
	case n.Hashed:
		return n.Text()
	}
	text := strconv.FormatUint(n.Value, 10)
	if missing := int(n.Digits) - len(text); missing > 0 {
		text = strings.Repeat("0", missing) + text
	}
	return text
}

// Verdict is what an explanation concludes.
type Verdict string

// The verdicts.
const (
	VerdictLink     Verdict = "link"
	VerdictReview   Verdict = "review"
	VerdictConflict Verdict = "conflict"
	VerdictNone     Verdict = "none"
)

// Sentence is the evidence with its conclusion and the weight in bits:
// "NIK sama; nama sama -> padan, bobot +18,4".
func Sentence(l Language, evidence string, verdict Verdict, weight float64) string {
	number := fmt.Sprintf("%+.1f", weight)
	if l != English {
		number = strings.Replace(number, ".", ",", 1)
	}
	return fmt.Sprintf(l.phrase(phraseSentence), evidence, l.catalogue().verdicts[verdict], number)
}
