package store

import (
	"context"
	"math"
	"testing"

	"padan/match"
	"padan/normalize"

	"pgregory.net/rapid"
)

func TestEvidence(t *testing.T) {
	text, err := encodeLayout()
	if err != nil {
		t.Fatal(err)
	}
	layout, err := decodeLayout(text)
	if err != nil {
		t.Fatal(err)
	}
	rapid.Check(t, func(t *rapid.T) {
		var vector match.Vector
		var weights match.Weights
		for i := range vector {
			vector[i] = rapid.Uint8().Draw(t, "level")
			weights[i] = rapid.Float32Range(-327, 327).Draw(t, "weight")
		}
		b := appendEvidence(nil, vector, weights)
		if len(b) != evidenceSize {
			t.Fatalf("%d bytes", len(b))
		}
		gotVector, gotWeights, ok := layout.decode(b)
		if !ok || gotVector != vector {
			t.Fatalf("%v, %v", gotVector, ok)
		}
		for i := range weights {
			if math.Abs(float64(gotWeights[i]-weights[i])) > 0.00502 {
				t.Fatalf("%v became %v", weights[i], gotWeights[i])
			}
		}
	})
	if h := hundredths(float32(math.NaN())); h != 0 {
		t.Errorf("NaN became %d", h)
	}
	if h := hundredths(-1e9); h != math.MinInt16 {
		t.Errorf("-1e9 became %d", h)
	}
}

// TestEvidenceOfOtherVersion reads evidence whose comparisons were others.
func TestEvidenceOfOtherVersion(t *testing.T) {
	layout, err := decodeLayout([]byte(`["name","shoe_size","nik"]`))
	if err != nil {
		t.Fatal(err)
	}
	vector, weights, ok := layout.decode([]byte{3, 9, 5, 100, 0, 1, 1, 0x38, 0xFF})
	want := match.Vector{match.CompareName: 3, match.CompareNIK: 5}
	if !ok || vector != want || weights[match.CompareName] != 1 || weights[match.CompareNIK] != -2 {
		t.Errorf("%v %v %v", vector, weights, ok)
	}
	if _, _, ok := layout.decode([]byte{1, 2, 3}); ok {
		t.Error("short evidence accepted")
	}
}

// TestRuleOfOtherVersion reads a run whose rule this version does not know.
func TestRuleOfOtherVersion(t *testing.T) {
	s := twoSides(t, 20, 20)
	id := mustSave(t, s, sampleResult(20, 20))
	if err := spoilDatabase(s, "UPDATE rule SET code = 'old_rule' WHERE code = 'nik_near'"); err != nil {
		t.Fatal(err)
	}
	for _, pair := range collect(t, s.LinkedPairs(context.Background(), id)) {
		if match.RuleCode(pair.Link.Rule) != "" {
			t.Errorf("rule %s", match.RuleCode(pair.Link.Rule))
		}
	}
	mustSave(t, s, sampleResult(20, 20))
}

func TestColumnsRoundTrip(t *testing.T) {
	for f := normalize.FieldNIK; f < normalize.FieldCount; f++ {
		columns := normalize.NewColumns(map[normalize.Field]int{f: int(f) * 2, normalize.FieldNIK: 0})
		text, err := encodeColumns(columns)
		if err != nil {
			t.Fatal(err)
		}
		got, err := decodeColumns(text)
		if err != nil || got != columns {
			t.Errorf("%s: %v", text, err)
		}
	}
	if got, err := decodeColumns([]byte(`{"nik":1,"shoe_size":2}`)); err != nil || got != normalize.NewColumns(map[normalize.Field]int{normalize.FieldNIK: 1}) {
		t.Errorf("%v, %v", got, err)
	}
}
