package match

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"strings"
)

// modelFileVersion is the version of the model file that this program writes.
// One of version 2 knows no identifiers; they are worth what they are in the
// default model.
const (
	modelFileVersion           = 3
	modelFileWithoutIdentifier = 2
)

// maxModelFile bounds the bytes of a model file; a real one has a few thousand.
const maxModelFile = 1 << 20

// ErrModel is behind every error about the content of a model.
var ErrModel = errors.New("not a valid model")

// ModelError says which field of a model file is wrong, and how.
type ModelError struct {
	Field  string // as in "comparisons.nik.same.m"; "" for the file as a whole
	Reason string
}

// Error names the field and the reason.
func (e *ModelError) Error() string {
	if e.Field == "" {
		return "model: " + e.Reason
	}
	return "model: " + e.Field + ": " + e.Reason
}

// Unwrap returns ErrModel.
func (e *ModelError) Unwrap() error { return ErrModel }

// modelFile is a model file. Members stand in the order of the program's own
// tables, so that a person can read it and two of them can be compared line by
// line.
type modelFile struct {
	Version     *int            `json:"padan_model"`
	Link        *float64        `json:"link"`
	Review      *float64        `json:"review"`
	Margin      *float64        `json:"margin"`
	Comparisons json.RawMessage `json:"comparisons"`
	Training    *Training       `json:"training,omitempty"`
}

// modelLevel is one level of a comparison. Levels whose u is the frequency of
// the agreeing value among the records of the run have a factor on it instead.
type modelLevel struct {
	M       *float64 `json:"m"`
	U       *float64 `json:"u,omitempty"`
	UFactor *float64 `json:"u_factor,omitempty"`
}

// byFrequency reports whether the u of a level is the frequency of the agreeing
// value among the records of the run, and Model.U a factor on it.
func byFrequency(c Comparison, level uint8) bool {
	switch c {
	case CompareName:
		return level >= NameCommon
	case CompareBirthDate:
		return level == BirthSame || level == BirthSameHeaped
	case CompareArea:
		return level != Missing
	case CompareMother, CompareBirthPlace:
		return level == TextSame
	case CompareIdentifier:
		return level == IdentifierSame
	default:
		return false
	}
}

// WriteModel writes a model as a file that ReadModel reads; t, the record of its
// training, may be nil. It refuses a model that ReadModel would refuse.
func WriteModel(w io.Writer, m *Model, t *Training) error {
	if err := m.Check(); err != nil {
		return err
	}
	version, comparisons := modelFileVersion, orderedObject{}
	file := modelFile{Version: &version, Link: &m.Link, Review: &m.Review, Margin: &m.Margin, Training: t}
	for c := range ComparisonCount {
		levels := orderedObject{}
		for level := uint8(1); int(level) < LevelCount(c); level++ {
			entry := modelLevel{M: &m.M[c][level]}
			if byFrequency(c, level) {
				entry.UFactor = &m.U[c][level]
			} else {
				entry.U = &m.U[c][level]
			}
			if err := levels.add(LevelCode(c, level), entry); err != nil {
				return err
			}
		}
		if err := comparisons.add(c.String(), levels); err != nil {
			return err
		}
	}
	var err error
	if file.Comparisons, err = json.Marshal(comparisons); err != nil {
		return fmt.Errorf("model: %w", err)
	}
	text, err := json.Marshal(file)
	if err != nil {
		return fmt.Errorf("model: %w", err)
	}
	var indented bytes.Buffer
	if err := json.Indent(&indented, text, "", "  "); err != nil {
		return fmt.Errorf("model: %w", err)
	}
	indented.WriteByte('\n')
	if _, err := w.Write(indented.Bytes()); err != nil {
		return fmt.Errorf("model: %w", err)
	}
	return nil
}

// ReadModel reads a model file, or a model in the form in which runs kept it
// before there were such files, and checks it. The record of the training is nil
// if the file has none. What is wrong with the file is a *ModelError.
func ReadModel(r io.Reader) (*Model, *Training, error) {
	text, err := io.ReadAll(io.LimitReader(r, maxModelFile+1))
	if err != nil {
		return nil, nil, fmt.Errorf("model: %w", err)
	}
	if len(text) > maxModelFile {
		return nil, nil, &ModelError{Reason: "too long for a model file"}
	}
	if isFirstModel(text) {
		m, err := readFirstModel(text)
		return m, nil, err
	}
	var file modelFile
	if err := decodeStrictly(text, "", &file); err != nil {
		return nil, nil, err
	}
	switch {
	case file.Version == nil:
		return nil, nil, &ModelError{Field: "padan_model", Reason: "missing; this is no model file"}
	case *file.Version != modelFileVersion && *file.Version != modelFileWithoutIdentifier:
		return nil, nil, &ModelError{Field: "padan_model", Reason: fmt.Sprintf("version %d, this program knows %d", *file.Version, modelFileVersion)}
	}
	m, err := file.model()
	if err != nil {
		return nil, nil, err
	}
	return m, file.Training, m.Check()
}

// model turns the members of a file into the program's tables. Every comparison
// and level must be there once, and no other.
func (f *modelFile) model() (*Model, error) {
	m := &Model{Version: modelFileVersion}
	for _, bound := range []struct {
		field string
		from  *float64
		to    *float64
	}{{"link", f.Link, &m.Link}, {"review", f.Review, &m.Review}, {"margin", f.Margin, &m.Margin}} {
		if bound.from == nil {
			return nil, &ModelError{Field: bound.field, Reason: "missing"}
		}
		*bound.to = *bound.from
	}
	count := ComparisonCount
	if *f.Version == modelFileWithoutIdentifier {
		count = CompareIdentifier
	}
	codes := make([]string, count)
	for c := range count {
		codes[c] = c.String()
	}
	if f.Comparisons == nil {
		return nil, &ModelError{Field: "comparisons", Reason: "missing"}
	}
	var comparisons orderedObject
	if err := decodeStrictly(f.Comparisons, "comparisons", &comparisons); err != nil {
		return nil, err
	}
	found, err := comparisons.inOrder("comparisons", codes)
	if err != nil {
		return nil, err
	}
	for c := range count {
		if err := m.readLevels(c, found[c]); err != nil {
			return nil, err
		}
	}
	for c := count; c < ComparisonCount; c++ {
		m.M[c], m.U[c] = DefaultModel().M[c], DefaultModel().U[c]
	}
	return m, nil
}

func (m *Model) readLevels(c Comparison, text json.RawMessage) error {
	field := "comparisons." + c.String()
	var levels orderedObject
	if err := decodeStrictly(text, field, &levels); err != nil {
		return err
	}
	found, err := levels.inOrder(field, levelCodes[c][1:])
	if err != nil {
		return err
	}
	m.M[c], m.U[c] = make([]float64, LevelCount(c)), make([]float64, LevelCount(c))
	for k, text := range found {
		level, field := uint8(k+1), field+"."+levelCodes[c][k+1]
		var entry modelLevel
		if err := decodeStrictly(text, field, &entry); err != nil {
			return err
		}
		u, other, name, otherName := entry.U, entry.UFactor, "u", "u_factor"
		if byFrequency(c, level) {
			u, other, name, otherName = other, u, otherName, name
		}
		switch {
		case entry.M == nil:
			return &ModelError{Field: field + ".m", Reason: "missing"}
		case other != nil:
			return &ModelError{Field: field + "." + otherName, Reason: "this level has " + name}
		case u == nil:
			return &ModelError{Field: field + "." + name, Reason: "missing"}
		}
		m.M[c][level], m.U[c][level] = *entry.M, *u
	}
	return nil
}

// decodeStrictly decodes one JSON value and refuses unknown members and
// whatever follows it.
func decodeStrictly(text []byte, field string, into any) error {
	decoder := json.NewDecoder(bytes.NewReader(text))
	decoder.DisallowUnknownFields()
	err := decoder.Decode(into)
	var wrong *ModelError
	var kind *json.UnmarshalTypeError
	switch {
	case errors.As(err, &wrong):
		return &ModelError{Field: strings.TrimPrefix(field+"."+wrong.Field, "."), Reason: wrong.Reason}
	case errors.As(err, &kind):
		name := strings.Trim(field+"."+kind.Field, ".")
		return &ModelError{Field: name, Reason: "a " + kind.Value + " does not belong here"}
	case err != nil:
		return &ModelError{Field: field, Reason: strings.TrimPrefix(err.Error(), "json: ")}
	}
	if _, err := decoder.Token(); !errors.Is(err, io.EOF) {
		return &ModelError{Field: field, Reason: "something follows the model"}
	}
	return nil
}

// finite reports whether x is a number.
func finite(x float64) bool { return !math.IsNaN(x) && !math.IsInf(x, 0) }
