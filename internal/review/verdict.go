package review

import (
	"strings"

	"padan/internal/store"
)

// words are what reviewers write for a decision, where it can mean nothing else.
var words = map[string]store.Verdict{
	"SAMA": store.VerdictSame, "ORANG SAMA": store.VerdictSame, "PADAN": store.VerdictSame, "COCOK": store.VerdictSame,
	"YA": store.VerdictSame, "Y": store.VerdictSame, "SAME": store.VerdictSame, "YES": store.VerdictSame,

	"BEDA": store.VerdictDifferent, "BERBEDA": store.VerdictDifferent, "BEDA ORANG": store.VerdictDifferent, "ORANG BEDA": store.VerdictDifferent,
	"TIDAK SAMA": store.VerdictDifferent, "TIDAK PADAN": store.VerdictDifferent, "TIDAK COCOK": store.VerdictDifferent, "BUKAN": store.VerdictDifferent,
	"TIDAK": store.VerdictDifferent, "TDK": store.VerdictDifferent, "T": store.VerdictDifferent,
	"DIFFERENT": store.VerdictDifferent, "NO": store.VerdictDifferent, "N": store.VerdictDifferent,

	"RAGU": store.VerdictUnsure, "RAGU-RAGU": store.VerdictUnsure, "RAGU RAGU": store.VerdictUnsure, "?": store.VerdictUnsure,
	"TIDAK TAHU": store.VerdictUnsure, "TIDAK YAKIN": store.VerdictUnsure, "BELUM YAKIN": store.VerdictUnsure, "BELUM TAHU": store.VerdictUnsure,
	"BELUM PASTI": store.VerdictUnsure, "UNSURE": store.VerdictUnsure, "NOT SURE": store.VerdictUnsure,
}

// ParseVerdict reads a decision as a reviewer wrote it, in whatever case; false if
// its meaning is not certain. A blank text is no decision, "".
func ParseVerdict(text string) (store.Verdict, bool) {
	text = strings.ToUpper(strings.Join(strings.Fields(text), " "))
	if text = strings.Trim(text, ".!"); text == "" {
		return "", true
	}
	verdict, ok := words[text]
	return verdict, ok
}

// Word is the word for a verdict in a sheet, the same in every language.
func Word(v store.Verdict) string {
	switch v {
	case store.VerdictSame:
		return "SAMA"
	case store.VerdictDifferent:
		return "BEDA"
	case store.VerdictUnsure:
		return "RAGU"
	}
	return ""
}
