package report

import (
	"fmt"
	"strings"

	"padan/match"
	"padan/normalize"
)

// Evidence says in words what a comparison vector found, field by field,
// missing fields left out: "NIK sama; nama sama; satu KK". For NIKs one digit
// apart it names the position, if both numbers are given.
func Evidence(l Language, v match.Vector, central, regional normalize.Number) string {
	var text strings.Builder
	for c := range match.ComparisonCount {
		if v[c] == match.Missing {
			continue
		}
		if text.Len() > 0 {
			text.WriteString("; ")
		}
		text.WriteString(l.phrase(c.String() + "." + match.LevelCode(c, v[c])))
		if c == match.CompareNIK && v[c] == match.NIKOneApart {
			if at := firstDifference(central.Text(), regional.Text()); at > 0 {
				fmt.Fprintf(&text, l.phrase("nik.position"), at)
			}
		}
	}
	return text.String()
}

// firstDifference returns the 1-based position of the first character in which
// two numbers differ, 0 if there is none or one is missing.
func firstDifference(a, b string) int {
	if a == "" || b == "" {
		return 0
	}
	for i := range min(len(a), len(b)) {
		if a[i] != b[i] {
			return i + 1
		}
	}
	return 0
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
	return fmt.Sprintf(l.phrase("sentence"), evidence, l.phrase("verdict."+string(verdict)), number)
}

// KindText says in words what a conflict kind means.
func KindText(l Language, k match.ConflictKind) string { return l.phrase("kind." + k.String()) }

// ReasonText says in words why a record is unmatched.
func ReasonText(l Language, r match.Reason) string { return l.phrase("reason." + r.String()) }
