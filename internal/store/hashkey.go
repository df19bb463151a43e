package store

import (
	"context"
	"slices"

	"padan/normalize"

	"zombiezen.com/go/sqlite"
)

// HashKeys returns the names of the keys with which the numbers of the sources in
// use are hashed, each once and in order; "" stands for clear numbers. Sources
// without persons, and those excepted, have no say.
func (s *Store) HashKeys(ctx context.Context, except ...int64) ([]string, error) {
	var keys []string
	err := s.read(ctx, func(conn *sqlite.Conn) error {
		c, err := readCatalog(conn)
		if err != nil {
			return err
		}
		for _, sheet := range c.sheets {
			source := sheet.source
			if source.Withdrawn.IsZero() && source.Records > 0 && sheet.hasPersons() && !slices.Contains(except, source.ID) {
				keys = append(keys, sheet.hashKey())
			}
		}
		return nil
	})
	slices.Sort(keys)
	return slices.Compact(keys), err
}

// hasPersons reports whether persons are read from a sheet.
func (s *Sheet) hasPersons() bool {
	return s.Columns.Has(normalize.FieldNIK) || s.Columns.Has(normalize.FieldName)
}

// hashKey is the name of the key that the header of a sheet tells.
func (s *Sheet) hashKey() string {
	for _, title := range s.Header {
		if _, key, ok := normalize.HashedHeader(title); ok {
			return key
		}
	}
	return ""
}
