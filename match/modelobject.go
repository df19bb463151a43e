package match

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
)

// orderedObject is a JSON object whose members keep their order and stand in it
// once.
type orderedObject []objectMember

type objectMember struct {
	name  string
	value json.RawMessage
}

func (o *orderedObject) add(name string, value any) error {
	text, err := json.Marshal(value)
	if err != nil {
		return fmt.Errorf("model: %w", err)
	}
	*o = append(*o, objectMember{name, text})
	return nil
}

// MarshalJSON writes the members in their order.
func (o orderedObject) MarshalJSON() ([]byte, error) {
	text := []byte{'{'}
	for k, m := range o {
		if k > 0 {
			text = append(text, ',')
		}
		name, err := json.Marshal(m.name)
		if err != nil {
			return nil, err
		}
		text = append(append(append(text, name...), ':'), m.value...)
	}
	return append(text, '}'), nil
}

// UnmarshalJSON reads the members in their order. A name that stands there twice
// is a *ModelError.
func (o *orderedObject) UnmarshalJSON(text []byte) error {
	decoder := json.NewDecoder(bytes.NewReader(text))
	if start, err := decoder.Token(); err != nil || start != json.Delim('{') {
		return &ModelError{Reason: "an object is wanted here"}
	}
	for decoder.More() {
		token, err := decoder.Token()
		if err != nil {
			return err
		}
		name, _ := token.(string)
		if slices.ContainsFunc(*o, func(m objectMember) bool { return m.name == name }) {
			return &ModelError{Field: name, Reason: "stands there twice"}
		}
		var value json.RawMessage
		if err := decoder.Decode(&value); err != nil {
			return err
		}
		*o = append(*o, objectMember{name, value})
	}
	return nil
}

// inOrder returns the values of the wanted names, in that order. A name that is
// missing, and one that is not wanted, is a *ModelError.
func (o orderedObject) inOrder(field string, wanted []string) ([]json.RawMessage, error) {
	values := make([]json.RawMessage, len(wanted))
	for _, m := range o {
		k := slices.Index(wanted, m.name)
		if k < 0 {
			return nil, &ModelError{Field: field + "." + m.name, Reason: "unknown"}
		}
		values[k] = m.value
	}
	for k, name := range wanted {
		if values[k] == nil {
			return nil, &ModelError{Field: field + "." + name, Reason: "missing"}
		}
	}
	return values, nil
}
