package report

import (
	"math"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode"

	"pgregory.net/rapid"

	"padan/match"
	"padan/normalize"
)

func TestMaskName(t *testing.T) {
	for name, want := range map[string]string{
		"":                         "",
		"SITI AMINAH":              "S*** A*****",
		"  siti\taminah ":          "s*** a*****",
		"MOH. ALI":                 "M*** A**",
		"S":                        "S",
		"=CMD 3174015705809003 X":  "**** ************ X",
		"😀 ÉLAN":                   "* É***",
		"A B C D E F G":            "A B C D E F …",
		"SUPERKALIFRAGILISTIK ADI": "S*********** A**",
	} {
		if got := maskName(name); got != want {
			t.Errorf("%q is shown as %q instead of %q", name, got, want)
		}
	}
}

// Of a name, whatever it holds, the first letters of its words are shown at most.
func TestMaskNameHidesTheRest(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		name := rapid.String().Draw(t, "name")
		words := strings.Fields(name)
		for i, word := range strings.Fields(maskName(name)) {
			first := []rune(word)[0]
			rest := strings.Trim(string([]rune(word)[1:]), "*")
			switch {
			case rest != "":
				t.Fatalf("word %d shows %q", i, rest)
			case first != '*' && first != '…' && (!unicode.IsLetter(first) || first != []rune(words[i])[0]):
				t.Fatalf("word %d begins with %q", i, first)
			}
		}
	})
}

// samplePageWriter writes about a run of these thresholds.
func samplePageWriter(link, review float64) *pageWriter {
	s := NewSummary(RunInfo{Link: link, Review: review}, [2][]SourceInfo{})
	s.Finish()
	return &pageWriter{summary: s, language: Indonesian, words: &indonesian, text: &indonesianPage, numbers: numbersOf(Indonesian)}
}

// parsedBits reads a weight as the page writes it, in hundredths.
func parsedBits(t *rapid.T, text string) int {
	n, err := strconv.Atoi(strings.NewReplacer(",", "", ".", "").Replace(text))
	if err != nil {
		t.Fatalf("%q: %v", text, err)
	}
	return n
}

// The weights of the lines add up to the sums beside them and to the total, as
// they stand, and every mark is inside the drawing.
func TestWaterfallAddsUp(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := samplePageWriter(rapid.Float64Range(-5, 20).Draw(t, "link"), rapid.Float64Range(-20, 5).Draw(t, "review"))
		e := Example{Weight: rapid.Float64Range(-300, 300).Draw(t, "weight")}
		compared := 0
		for c := range match.ComparisonCount {
			if rapid.Bool().Draw(t, "compared") {
				e.Vector[c], e.Weights[c] = 1, float32(rapid.IntRange(-3000, 3000).Draw(t, "hundredths"))/100
				compared++
			}
		}
		steps := w.waterfall(&e, normalize.Number{}, normalize.Number{})
		if compared == 0 {
			if steps != nil {
				t.Fatal("a pair that was not compared falls")
			}
			return
		}
		if len(steps) != compared+2 || !steps[len(steps)-1].Total {
			t.Fatalf("%d lines for %d comparisons", len(steps), compared)
		}
		sum := 0
		for _, step := range steps[:len(steps)-1] {
			sum += parsedBits(t, step.Bits)
			if got := parsedBits(t, step.Sum); got != sum || step.Total || step.Found == "" {
				t.Fatalf("%s: %d instead of %d", step.Found, got, sum)
			}
			checkMarks(t, step.Marks)
		}
		if last := steps[len(steps)-1]; parsedBits(t, last.Bits) != sum || sum != int(math.Round(e.Weight*100)) {
			t.Fatalf("total %s, sum %d", last.Bits, sum)
		}
	})
}

// checkMarks verifies that marks stay within their drawing.
func checkMarks(t interface{ Fatalf(string, ...any) }, marks []mark) {
	inside := func(text string) float64 {
		x, err := strconv.ParseFloat(strings.TrimSuffix(text, "%"), 64)
		if err != nil || x < 0 || x > 100 {
			t.Fatalf("at %q", text)
		}
		return x
	}
	for _, m := range marks {
		x := inside(m.X)
		if m.Shape == shapeLine {
			inside(m.X2)
		}
		if m.Shape == shapeBox && x+inside(m.Width) > 100.02 {
			t.Fatalf("a box from %s, %s wide", m.X, m.Width)
		}
	}
}

// Charts of any figures stay within their place.
func TestChartsStayInside(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := samplePageWriter(rapid.Float64Range(-30, 60).Draw(t, "link"), rapid.Float64Range(-60, 30).Draw(t, "review"))
		for range rapid.IntRange(0, 30).Draw(t, "weights") {
			w.summary.AddLink(rapid.Float64Range(-100, 200).Draw(t, "weight"))
			w.summary.AddReview(rapid.Float64Range(-10, 30).Draw(t, "weight"))
		}
		outcomes := randomOutcomes(t)
		for i := range outcomes {
			if outcomes[i].Outcome == match.Unmatched {
				outcomes[i].Reason = match.ReasonNotFound
			}
			w.summary.Add(&outcomes[i])
		}
		for i := range rapid.IntRange(0, 20).Draw(t, "runs") {
			p := TrendPoint{Run: int64(i)}
			p.Persons[match.Central][match.Matched] = rapid.Int64Range(0, 9).Draw(t, "matched")
			p.Persons[match.Central][match.Unmatched] = rapid.Int64Range(0, 9).Draw(t, "unmatched")
			w.summary.Trend = append(w.summary.Trend, p)
		}
		w.summary.Finish()
		for _, f := range append(w.rateFigures(w.areas()), w.reasonFigure(), w.kindFigure(), w.weightFigure(), w.trendFigure()) {
			checkMarks(t, f.Marks)
			if (len(f.Marks) == 0) != (f.Instead != "") || (f.Text == "") != (f.Instead != "") {
				t.Fatalf("%s: %d marks, text %q, instead %q", f.ID, len(f.Marks), f.Text, f.Instead)
			}
		}
	})
}

func TestWrappedLinesFit(t *testing.T) {
	for _, words := range [...]*catalogue{&indonesian, &english} {
		texts := append(append(slices.Clone(words.reasons), words.kinds...), words.severities[1:]...)
		for _, text := range texts {
			lines := wrapped(text)
			if strings.Join(lines, " ") != text {
				t.Errorf("%q became %q", text, lines)
			}
			for _, line := range lines {
				if len(line) > wrapWidth {
					t.Errorf("%q is too long", line)
				}
			}
		}
	}
}
