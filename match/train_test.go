package match

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"reflect"
	"testing"
	"time"

	"padan/normalize"
)

func mustTrain(t *testing.T, central, regional []normalize.Person, options TrainOptions) (*Model, *Training) {
	t.Helper()
	c, r := tablesOf(central, regional)
	m, record, err := Train(context.Background(), c, r, DefaultModel(), options)
	if err != nil {
		t.Fatal(err)
	}
	return m, record
}

// mixedSides returns two lists of persons, most of whom stand in both, in several
// kelurahan.
func mixedSides(seed uint64, n int) (central, regional []normalize.Person) {
	central, regional, _ = randomSides(seed, n)
	for _, side := range [][]normalize.Person{central, regional} {
		for i := range side {
			side[i].Area.Code = 3174011001 + side[i].KK.Value%7000%9
			side[i].Relation = normalize.RelationChild
		}
	}
	return central, regional
}

// The order of the records, the number of workers and what ran before leave no
// trace in a model.
func TestTrainDependsOnTheRecordsOnly(t *testing.T) {
	central, regional := mixedSides(3, 3000)
	options := TrainOptions{Seed: 5, Workers: 1, SamplePairs: 40_000}
	want, wantRecord := mustTrain(t, central, regional, options)
	random := rand.New(rand.NewPCG(1, 1))
	for _, side := range [][]normalize.Person{central, regional} {
		random.Shuffle(len(side), func(i, j int) { side[i], side[j] = side[j], side[i] })
	}
	for _, workers := range []int{1, 2, 7} {
		options.Workers = workers
		got, gotRecord := mustTrain(t, central, regional, options)
		if !reflect.DeepEqual(got, want) || !reflect.DeepEqual(gotRecord, wantRecord) {
			t.Errorf("%d workers, shuffled: another model", workers)
		}
	}
	c, r := tablesOf(central, regional)
	for range 2 { // on the same tables
		got, _, err := Train(context.Background(), c, r, DefaultModel(), options)
		if err != nil || !reflect.DeepEqual(got, want) {
			t.Errorf("again: another model, %v", err)
		}
	}
	options.Seed++
	if other, _ := mustTrain(t, central, regional, options); reflect.DeepEqual(other, want) {
		t.Error("another seed makes the same model")
	}
}

// A sample of the pairs of a session teaches nearly the same as all of them.
func TestTrainOnASample(t *testing.T) {
	central, regional := mixedSides(4, 4000)
	whole, _ := mustTrain(t, central, regional, TrainOptions{SamplePairs: 50_000})
	part, record := mustTrain(t, central, regional, TrainOptions{SamplePairs: 1000})
	sampled := false
	for _, s := range record.Sessions {
		sampled = sampled || s.Pairs > 0 && s.Pairs < s.Usable
	}
	if !sampled {
		t.Fatal("no session was sampled")
	}
	if got, want := part.M[CompareName][NameSame], whole.M[CompareName][NameSame]; got < want-.02 || got > want+.02 {
		t.Errorf("m of the same name is %.3f from a sample, %.3f from all", got, want)
	}
}

// No rule teaches what it holds fixed or what depends on that.
func TestSessionsDoNotTeachTheirOwnFields(t *testing.T) {
	for _, rule := range sessionRules() {
		for _, c := range rule.teaches {
			if rule.leavesOut(c) {
				t.Errorf("rule %s teaches %s and holds it", rule.name, c)
			}
		}
	}
}

func TestTrainFindsTheErrors(t *testing.T) {
	central, regional := mixedSides(6, 6000)
	model, record := mustTrain(t, central, regional, TrainOptions{SamplePairs: 100_000})
	// damage changes the NIK's last digit in one record of twelve, on each side.
	if got := model.M[CompareNIK][NIKOneApart]; got < .12 || got > .20 {
		t.Errorf("m of one wrong digit is %.3f, want about 0.16", got)
	}
	if got := model.M[CompareName][NameSame]; got < .98 {
		t.Errorf("m of the same name is %.3f; no name was changed", got)
	}
	if record.Matches < 4600 || record.Matches > 5300 {
		t.Errorf("%.0f matches estimated, want about 4,860", record.Matches)
	}
	for _, s := range record.Sessions {
		if s.Skipped == "" && (!s.Converged || s.LogLikelihood < s.FirstLog) {
			t.Errorf("rule %s: converged %v, log-likelihood %v -> %v", s.Rule, s.Converged, s.FirstLog, s.LogLikelihood)
		}
	}
	var text bytes.Buffer
	if err := WriteModel(&text, model, record); err != nil {
		t.Fatal(err)
	}
	again, againRecord, err := ReadModel(&text)
	if err != nil || !reflect.DeepEqual(again, model) || !reflect.DeepEqual(againRecord, record) {
		t.Errorf("read back another model, %v", err)
	}
}

// Lists that lack NIK, KK and area still teach what they have.
func TestTrainOnForeignLists(t *testing.T) {
	central, regional := mixedSides(8, 3000)
	for _, side := range [][]normalize.Person{central, regional} {
		for i := range side {
			side[i].NIK, side[i].KK = normalize.Number{}, normalize.Number{}
			side[i].Area = normalize.Area{}
			side[i].Address.RT, side[i].Address.RW = 0, 0
		}
	}
	model, record := mustTrain(t, central, regional, TrainOptions{SamplePairs: 50_000})
	if !reflect.DeepEqual(model.M[CompareNIK], DefaultModel().M[CompareNIK]) {
		t.Error("m of the NIK changed where there is none")
	}
	if model.M[CompareStreet][StreetSame] < .9 {
		t.Errorf("m of the same street is %.3f; none was changed", model.M[CompareStreet][StreetSame])
	}
	for _, s := range record.Sessions {
		if (s.Rule == "nik" || s.Rule == "kk") && s.Skipped != SkipFewPairs {
			t.Errorf("rule %s without its field: %q", s.Rule, s.Skipped)
		}
	}
}

// Namesakes born on one day, without a NIK or KK, teach no comparison that
// different streets are what matches look like.
func TestTrainDoesNotLearnNamesakes(t *testing.T) {
	central, regional := mixedSides(9, 3000)
	for k := range 2000 {
		twin := person(5000+k, "BUDI RAHMAT", date(1980, 1+k%12, 1+k%20))
		other := twin
		twin.Address.Street, other.Address.Street = fmt.Sprintf("MAWAR %d", k), fmt.Sprintf("KENANGA %d", k)
		twin.KK, twin.NIK, other.KK, other.NIK = normalize.Number{}, normalize.Number{}, normalize.Number{}, normalize.Number{}
		twin.Area.Code, other.Area.Code = 3174011001, 3174011005
		central, regional = append(central, twin), append(regional, other)
	}
	model, _ := mustTrain(t, central, regional, TrainOptions{SamplePairs: 50_000})
	if got := model.M[CompareStreet][StreetDiffers]; got > .05 {
		t.Errorf("m of different streets is %.3f; no person has two", got)
	}
}

func TestTrainRefuses(t *testing.T) {
	central, regional := mixedSides(2, 60)
	one := central[:1]
	same := make([]normalize.Person, 3000)
	for i := range same {
		same[i] = central[0]
	}
	few := same[:20]
	spoiled := DefaultModel()
	spoiled.M[CompareSex][SexSame] = 0
	for _, c := range []struct {
		name              string
		central, regional []normalize.Person
		from              *Model
		options           TrainOptions
		want              error
	}{
		{"an empty side", central, nil, DefaultModel(), TrainOptions{}, ErrEmptySide},
		{"two empty sides", nil, nil, DefaultModel(), TrainOptions{}, ErrEmptySide},
		{"one record each", one, one, DefaultModel(), TrainOptions{SamplePairs: 1000}, ErrNotTrained},
		{"few records", central, regional, DefaultModel(), TrainOptions{SamplePairs: 1000}, ErrNotTrained},
		{"few records, all identical", few, few, DefaultModel(), TrainOptions{SamplePairs: 1000}, ErrNotTrained},
		{"all identical", same, same, DefaultModel(), TrainOptions{SamplePairs: 1000}, ErrNotTrained},
		{"a model that is none", central, regional, spoiled, TrainOptions{}, ErrModel},
		{"a negative sample", central, regional, DefaultModel(), TrainOptions{SamplePairs: -1}, ErrTrainAmount},
	} {
		started := time.Now()
		c1, r1 := tablesOf(c.central, c.regional)
		if _, _, err := Train(context.Background(), c1, r1, c.from, c.options); !errors.Is(err, c.want) {
			t.Errorf("%s: %v, want %v", c.name, err, c.want)
		}
		if took := time.Since(started); took > 20*time.Second {
			t.Errorf("%s took %v", c.name, took)
		}
	}
}

func TestTrainStops(t *testing.T) {
	central, regional := mixedSides(2, 2000)
	c, r := tablesOf(central, regional)
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, _, err := Train(ctx, c, r, DefaultModel(), TrainOptions{}); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
}

func BenchmarkTrain(b *testing.B) {
	central, regional := mixedSides(1, 5000)
	c, r := tablesOf(central, regional)
	for b.Loop() {
		if _, _, err := Train(context.Background(), c, r, DefaultModel(), TrainOptions{SamplePairs: 100_000}); err != nil {
			b.Fatal(err)
		}
	}
}
