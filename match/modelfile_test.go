package match

import (
	"bytes"
	"encoding/json"
	"errors"
	"math"
	"reflect"
	"strings"
	"testing"
)

func TestModelFileRoundTrip(t *testing.T) {
	model := DefaultModel()
	model.Version = modelFileVersion
	training := &Training{Seed: 7, Central: 3, Matches: 2.5, Sessions: []TrainingSession{{Rule: "nik", Trained: []string{"name"}}}}
	for _, record := range []*Training{nil, training} {
		var text bytes.Buffer
		if err := WriteModel(&text, model, record); err != nil {
			t.Fatal(err)
		}
		got, gotRecord, err := ReadModel(bytes.NewReader(text.Bytes()))
		if err != nil {
			t.Fatal(err)
		}
		if !reflect.DeepEqual(got, model) || !reflect.DeepEqual(gotRecord, record) {
			t.Errorf("read %+v %+v, wrote %+v %+v", got, gotRecord, model, record)
		}
	}
}

// Runs that were kept before there were model files stay readable.
func TestReadFirstModel(t *testing.T) {
	model := DefaultModel()
	model.Link, model.M[CompareSex][SexSame], model.M[CompareSex][SexDiffer] = 9, .97, .03
	text, err := json.Marshal(firstModel{1, model.Link, model.Review, model.Margin, model.M[:CompareIdentifier], model.U[:CompareIdentifier]})
	if err != nil {
		t.Fatal(err)
	}
	got, _, err := ReadModel(bytes.NewReader(text))
	if err != nil || !reflect.DeepEqual(got, model) {
		t.Errorf("read %+v, %v", got, err)
	}
	short := strings.Replace(string(text), `"m":[[0,`, `"m":[[`, 1)
	if _, _, err := ReadModel(strings.NewReader(short)); !errors.Is(err, ErrModel) {
		t.Errorf("a level less: %v", err)
	}
}

// A model file of version 2 has no identifiers; those of the default model stand.
func TestReadModelWithoutIdentifiers(t *testing.T) {
	model := DefaultModel()
	model.Link = 9
	var text bytes.Buffer
	if err := WriteModel(&text, model, nil); err != nil {
		t.Fatal(err)
	}
	before, after, _ := strings.Cut(text.String(), `,
    "identifier": {`)
	_, after, _ = strings.Cut(after, `
    }`)
	for version, ok := range map[string]bool{"2": true, "3": false} {
		old := strings.Replace(before+after, `"padan_model": 3`, `"padan_model": `+version, 1)
		got, _, err := ReadModel(strings.NewReader(old))
		switch {
		case ok && (err != nil || got.Link != 9 || !reflect.DeepEqual(got.M, model.M)):
			t.Errorf("version %s: %v, %v", version, got, err)
		case !ok && !errors.Is(err, ErrModel):
			t.Errorf("version %s: %v", version, err)
		}
	}
}

func TestReadModelRefuses(t *testing.T) {
	var text bytes.Buffer
	if err := WriteModel(&text, DefaultModel(), nil); err != nil {
		t.Fatal(err)
	}
	whole := text.String()
	for _, c := range []struct{ name, old, replacement, field string }{
		{"another version", `"padan_model": 3`, `"padan_model": 4`, "padan_model"},
		{"no version", `"padan_model": 3,`, ``, "padan_model"},
		{"version as text", `"padan_model": 3`, `"padan_model": "3"`, "padan_model"},
		{"unknown member", `"link": 8`, `"lnik": 8`, "lnik"},
		{"no threshold", `"link": 8,`, ``, "link"},
		{"threshold too great", `"link": 8`, `"link": 800`, "link"},
		{"thresholds crossed", `"review": -1`, `"review": 9`, "review"},
		{"negative margin", `"margin": 3`, `"margin": -3`, "margin"},
		{"number as text", `"margin": 3`, `"margin": "NaN"`, "margin"},
		{"unknown comparison", `"kk": {`, `"card": {`, "comparisons.card"},
		{"missing comparison", `"sex": {
      "differs": {
        "m": 0.01,
        "u": 0.5
      },
      "same": {
        "m": 0.99,
        "u": 0.5
      }
    },`, ``, "comparisons.sex"},
		{"comparison twice", `"kk": {`, `"nik": {`, "comparisons.nik"},
		{"unknown level", `"lost_digit"`, `"lost"`, "comparisons.nik.lost"},
		{"level twice", `"lost_digit"`, `"one_apart"`, "comparisons.nik.one_apart"},
		{"m of zero", `"m": 0.9,`, `"m": 0,`, "comparisons.nik.same.m"},
		{"m above one", `"m": 0.9,`, `"m": 1.9,`, "comparisons.nik.same.m"},
		{"m missing", `"m": 0.9,`, ``, "comparisons.nik.same.m"},
		{"m negative", `"m": 0.9,`, `"m": -0.9,`, "comparisons.nik.same.m"},
		{"m as text", `"m": 0.9,`, `"m": "0.9",`, "comparisons.nik.same.m"},
		{"m of another sum", `"m": 0.9,`, `"m": 0.5,`, "comparisons.nik"},
		{"u above one", `"u": 0.000001`, `"u": 1.5`, "comparisons.nik.same.u"},
		{"u missing", `,
        "u": 0.000001`, ``, "comparisons.nik.same.u"},
		{"factor for u", `"u": 0.000001`, `"u_factor": 0.000001`, "comparisons.nik.same.u_factor"},
		{"u for factor", `"u_factor": 4`, `"u": 0.4`, "comparisons.name.compatible.u"},
		{"factor of zero", `"u_factor": 4`, `"u_factor": 0`, "comparisons.name.compatible.u_factor"},
		{"NaN", `"m": 0.9,`, `"m": NaN,`, ""},
		{"cut off", whole[len(whole)/2:], ``, ""},
		{"something behind", "\n  }\n}\n", "\n  }\n}\n{}", ""},
		{"no object", whole, `[1]`, ""},
		{"nothing", whole, ``, ""},
		{"an empty object", whole, `{}`, "padan_model"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if !strings.Contains(whole, c.old) {
				t.Fatalf("the model file has no %q", c.old)
			}
			_, _, err := ReadModel(strings.NewReader(strings.Replace(whole, c.old, c.replacement, 1)))
			var wrong *ModelError
			if !errors.As(err, &wrong) || !errors.Is(err, ErrModel) {
				t.Fatalf("got %v, want a *ModelError", err)
			}
			if c.field != "" && wrong.Field != c.field && !strings.Contains(wrong.Reason, c.field) {
				t.Errorf("error %q does not name %q", err, c.field)
			}
		})
	}
}

func TestWriteModelRefuses(t *testing.T) {
	for name, spoil := range map[string]func(m *Model){
		"not a number":  func(m *Model) { m.M[CompareSex][SexSame] = math.NaN() },
		"no weight":     func(m *Model) { m.Link = math.Inf(1) },
		"a level less":  func(m *Model) { m.U[CompareKK] = m.U[CompareKK][:2] },
		"an impossible": func(m *Model) { m.U[CompareNIK][NIKSame] = 0 },
	} {
		m := DefaultModel()
		spoil(m)
		var text bytes.Buffer
		if err := WriteModel(&text, m, nil); !errors.Is(err, ErrModel) || text.Len() > 0 {
			t.Errorf("%s: %v, %d bytes written", name, err, text.Len())
		}
	}
}

func TestSetThresholds(t *testing.T) {
	for _, c := range []struct {
		link, review float64
		ok           bool
	}{
		{.99, .5, true}, {.9, .9, true}, {.5, .9, false}, {1, .5, false}, {.9, 0, false},
		{math.NaN(), .5, false}, {.9, math.NaN(), false}, {2, .5, false}, {-1, -2, false},
	} {
		m := DefaultModel()
		err := m.SetThresholds(c.link, c.review)
		if (err == nil) != c.ok {
			t.Errorf("link %g review %g: %v", c.link, c.review, err)
		}
		if link, review := m.Thresholds(); c.ok && (math.Abs(link-c.link) > 1e-12 || math.Abs(review-c.review) > 1e-12) {
			t.Errorf("set %g %g, got %g %g", c.link, c.review, link, review)
		}
	}
}

// The levels whose u is a factor are those to which the frequency of the value is
// added.
func TestByFrequencyIsWhatTheWeigherAdds(t *testing.T) {
	central, regional, _ := randomSides(5, 40)
	for i := range central {
		central[i].BirthPlace, central[i].Mother.Words = "KUPANG", "RATNA JUWITA"
	}
	for i := range regional {
		regional[i].BirthPlace, regional[i].Mother.Words = "KUPANG", "RATNA JUWITA"
	}
	c, r := tablesOf(central, regional)
	countTexts(c, r)
	w := newWeigher(DefaultModel(), newRarity(c, r))
	p := newComparer(c.dictionary).compare(w.rarity, c, 0, r, 0)
	p.agreed = 5
	for comparison := range ComparisonCount {
		for level := 1; level < LevelCount(comparison); level++ {
			p.vector = Vector{}
			p.vector[comparison] = uint8(level)
			var parts [ComparisonCount]float64
			w.addRarity(&p, &parts)
			if added := parts[comparison] != 0; added != byFrequency(comparison, uint8(level)) {
				t.Errorf("%s %s: frequency added %v, factor %v", comparison, LevelCode(comparison, uint8(level)), added, !added)
			}
		}
	}
}

func FuzzReadModel(f *testing.F) {
	var text bytes.Buffer
	if err := WriteModel(&text, DefaultModel(), &Training{}); err != nil {
		f.Fatal(err)
	}
	f.Add(text.Bytes())
	first, err := json.Marshal(DefaultModel())
	if err != nil {
		f.Fatal(err)
	}
	f.Add(first)
	f.Add([]byte(`{"padan_model":3,"comparisons":{"nik":{"nik":1}}}`))
	f.Fuzz(func(t *testing.T, text []byte) {
		m, training, err := ReadModel(bytes.NewReader(text))
		if err != nil {
			return
		}
		var again bytes.Buffer
		if err := WriteModel(&again, m, training); err != nil {
			t.Fatalf("a model that was read cannot be written: %v", err)
		}
	})
}
