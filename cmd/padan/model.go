package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"padan/internal/scratch"
	"padan/internal/store"
	"padan/match"

	"github.com/spf13/pflag"
)

// modelOptions choose the model of a run.
type modelOptions struct {
	file         string
	link, review float64 // probabilities; 0 = as the model has them
}

func (o *modelOptions) addFlags(flags *pflag.FlagSet) {
	flags.StringVar(&o.file, "model", "", "a model file of padan train (default: the model inside padan)")
	markPaths(flags, "model")
	flags.Var(&probabilityFlag{&o.link}, "link", "the probability from which on a pair is a link, between 0 and 1 (default: the model's)")
	flags.Var(&probabilityFlag{&o.review}, "review", "the probability from which on a pair is a case for a person; at most that of a link (default: the model's)")
}

// probabilityFlag is a flag that takes a number between 0 and 1, both left out.
type probabilityFlag struct{ value *float64 }

func (p *probabilityFlag) Type() string { return "probability" }

func (p *probabilityFlag) String() string {
	if p.value == nil || *p.value == 0 {
		return ""
	}
	return fmt.Sprint(*p.value)
}

func (p *probabilityFlag) Set(text string) error {
	var value float64
	if err := json.Unmarshal([]byte(text), &value); err != nil || value <= 0 || value >= 1 {
		return errors.New("must be a number above 0 and below 1")
	}
	*p.value = value
	return nil
}

// chosenModel is a model and the record of its training, nil if it has none.
type chosenModel struct {
	model    *match.Model
	training *match.Training
}

// choose reads the model of a run. All its errors are usage errors.
func (o *modelOptions) choose() (*chosenModel, error) {
	chosen := &chosenModel{model: match.DefaultModel()}
	if o.file != "" {
		var err error
		if chosen, err = readModel(o.file); err != nil {
			return nil, err
		}
	}
	return chosen, o.setThresholds(chosen.model)
}

// of is the model that a run has kept, unless the user wants another one or other
// thresholds.
func (o *modelOptions) of(run *store.Run) (*match.Model, error) {
	if o.file != "" {
		chosen, err := o.choose()
		if err != nil {
			return nil, err
		}
		return chosen.model, nil
	}
	model, err := modelOf(run)
	if err != nil {
		return nil, err
	}
	return model, o.setThresholds(model)
}

func (o *modelOptions) setThresholds(model *match.Model) error {
	link, review := model.Thresholds()
	if o.link == 0 && o.review == 0 {
		return nil
	}
	if o.link != 0 {
		link = o.link
	}
	if o.review != 0 {
		review = o.review
	}
	if err := model.SetThresholds(link, review); err != nil {
		return &usageError{
			err:  fmt.Errorf("--link %g --review %g: %w", link, review, err),
			hint: "a link needs at least the probability of a case for a person",
		}
	}
	return nil
}

func readModel(path string) (*chosenModel, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, &usageError{err: fmt.Errorf("--model %s: %w", path, errors.Unwrap(err)), hint: "padan train --out " + path}
	}
	model, training, err := match.ReadModel(file)
	if err = errors.Join(err, file.Close()); err != nil {
		return nil, &usageError{err: fmt.Errorf("%s: %w", path, err), hint: "padan train --out FILE writes a model"}
	}
	return &chosenModel{model, training}, nil
}

// text is the model as a run keeps it.
func (c *chosenModel) text() (json.RawMessage, error) {
	var text bytes.Buffer
	if err := match.WriteModel(&text, c.model, c.training); err != nil {
		return nil, err
	}
	return text.Bytes(), nil
}

// modelOf reads the model that a run has kept.
func modelOf(run *store.Run) (*match.Model, error) {
	model, _, err := match.ReadModel(bytes.NewReader(run.Model))
	if err != nil {
		return nil, fmt.Errorf("run %d: %w", run.ID, err)
	}
	return model, nil
}

// lastModel is the model of the last run, the one inside padan if there is none.
func lastModel(ctx context.Context, s *store.Store) (*match.Model, error) {
	run, err := s.LastRun(ctx)
	if errors.Is(err, store.ErrNoRun) {
		return match.DefaultModel(), nil
	}
	if err != nil {
		return nil, err
	}
	return modelOf(&run)
}

// writeWhole writes a file, readable by its owner only, that appears whole or
// not at all.
func writeWhole(path string, content []byte) error {
	return scratch.Beside(path, func(folder string) error {
		whole := filepath.Join(folder, filepath.Base(path))
		if err := writeDurably(whole, content); err != nil {
			return fmt.Errorf("%s: %w", path, err)
		}
		if err := os.Rename(whole, path); err != nil {
			return fmt.Errorf("%s: %w", path, err)
		}
		return nil
	})
}

// writeDurably writes a new file, readable by its owner only, so that it outlives the
// loss of power.
func writeDurably(path string, content []byte) error {
	file, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	if _, err = file.Write(content); err == nil {
		err = file.Sync()
	}
	return errors.Join(err, file.Close())
}
