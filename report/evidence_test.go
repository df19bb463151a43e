package report

import (
	"strings"
	"testing"

	"padan/match"
	"padan/normalize"
)

func TestEvidenceSaysWhereNIKsDiffer(t *testing.T) {
	full := whole(3174015705809003)
	short := func(value uint64, digits uint8) normalize.Number {
		return normalize.Number{Value: value, Digits: digits}
	}
	for name, c := range map[string]struct {
		a, b normalize.Number
		want string
	}{
		"one digit":         {full, whole(3174015705809023), "NIK beda 1 angka di posisi 15"},
		"the first digit":   {full, whole(1174015705809003), "NIK beda 1 angka di posisi 1"},
		"the last digit":    {full, whole(3174015705809009), "NIK beda 1 angka di posisi 16"},
		"two swapped":       {full, whole(3174015750809003), "NIK tertukar 2 angka di posisi 9 dan 10"},
		"the last two":      {full, whole(3174015705809030), "NIK tertukar 2 angka di posisi 15 dan 16"},
		"one lost":          {full, short(317401575809003, 15), "NIK kurang atau lebih 1 angka di posisi 9"},
		"the last one lost": {full, short(317401570580900, 15), "NIK kurang atau lebih 1 angka di posisi 16"},
		"one doubled":       {short(31174015705809003, 17), full, "NIK kurang atau lebih 1 angka di posisi 3"},
		"a leading zero":    {whole(951036711859001), whole(951036711459001), "NIK beda 1 angka di posisi 11"},
		"unknown":           {full, normalize.Number{}, "NIK beda 1 angka"},
		"equal":             {full, full, "NIK beda 1 angka"},
		"far apart":         {full, whole(3174019905809099), "NIK beda 1 angka"},
		"far shorter":       {full, short(31740157, 8), "NIK beda 1 angka"},
	} {
		var v match.Vector
		v[match.CompareNIK], v[match.CompareKK] = match.NIKOneApart, match.KKSame
		if got := Evidence(Indonesian, v, c.a, c.b); got != c.want+"; satu KK" {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
		if got := Evidence(Indonesian, v, c.b, c.a); got != c.want+"; satu KK" {
			t.Errorf("%s, sides exchanged: %q", name, got)
		}
	}
}

func TestEvidenceLeavesMissingFieldsOut(t *testing.T) {
	if got := Evidence(English, match.Vector{}, normalize.Number{}, normalize.Number{}); got != "" {
		t.Errorf("evidence of nothing: %q", got)
	}
	var v match.Vector
	v[match.CompareNIK], v[match.CompareName], v[match.CompareBirthDate], v[match.CompareKK] =
		match.NIKSame, match.NameSpelling, match.BirthSame, match.KKSame
	if got, want := Evidence("", v, normalize.Number{}, normalize.Number{}), "NIK sama; satu KK; nama sama, beda ejaan; tanggal lahir sama"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
}

func TestSentence(t *testing.T) {
	if got, want := Sentence(Indonesian, "NIK sama", VerdictLink, 18.44), "NIK sama -> padan, bobot +18,4"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	if got, want := Sentence(English, "NIK differs", VerdictNone, -3.25), "NIK differs -> not linked, weight -3.2"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

// Both languages have every phrase, with the same verbs.
func TestEveryPhraseIsInBothLanguages(t *testing.T) {
	languages := map[Language]*catalogue{Indonesian: &indonesian, English: &english}
	for l, words := range languages {
		for p, text := range words.phrases {
			if text == "" || strings.Count(text, "%d") != strings.Count(english.phrases[p], "%d") ||
				strings.Count(text, "%s") != strings.Count(english.phrases[p], "%s") {
				t.Errorf("%s: phrase %d is %q", l, p, text)
			}
		}
		for _, k := range match.ConflictKinds() {
			if KindText(l, k) == "" || at(words.kindActions, k) == "" {
				t.Errorf("%s: kind %s has no words", l, k)
			}
		}
		for _, kind := range match.HouseholdKinds(1<<16 - 1).Each() {
			if words.households[kind] == "" || words.householdActions[kind] == "" && kind != match.HouseholdWhole {
				t.Errorf("%s: household %s has no words", l, kind)
			}
		}
		for r := match.ReasonNameMissing; r <= match.ReasonNotFound; r++ {
			if ReasonText(l, r) == "" || at(words.reasonActions, r) == "" {
				t.Errorf("%s: reason %s has no words", l, r)
			}
		}
		for c := range match.ComparisonCount {
			for level := 1; level < match.LevelCount(c); level++ {
				if at(words.levels[c], uint8(level)) == "" {
					t.Errorf("%s: %s %s has no words", l, c, match.LevelCode(c, uint8(level)))
				}
			}
		}
		for code := range english.rejections {
			if words.rejections[code] == "" || len(words.rejections) != len(english.rejections) {
				t.Errorf("%s: rejection %s has no words", l, code)
			}
		}
		for _, v := range []Verdict{VerdictLink, VerdictReview, VerdictConflict, VerdictNone} {
			if words.verdicts[v] == "" {
				t.Errorf("%s: verdict %s has no words", l, v)
			}
		}
	}
	checkBookWords(t)
	if KindText(English, match.ConflictKind(200)) != "" || english.rejections["a_later_code"] != "" {
		t.Error("an unknown code has words")
	}
}
