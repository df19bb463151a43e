package intake

import (
	"context"
	"errors"
	"iter"
	"runtime"

	"padan/internal/sheet"
	"padan/internal/store"
	"padan/match"
	"padan/normalize"
)

// Options says how a file is to be read. The zero value is the usual way.
type Options struct {
	// Columns gives fields to columns, against what padan would find: by the title
	// ("NO. KTP"), or by the letters of a spreadsheet ("#C") where titles are alike.
	Columns map[normalize.Field]string
	// WithoutNIK accepts a list of persons that has no column for the NIK.
	WithoutNIK bool
	// AsOf is the day the file speaks of; see normalize.Options.
	AsOf normalize.Date
	// MonthFirst reads 05/12/1987 as 12 May.
	MonthFirst bool
	// Defaults is the area of rows that name none, where the title rows name none either.
	Defaults normalize.Area
	// Workers is the number of goroutines that normalise; 0 means one per CPU.
	Workers int
	// Version is the version of padan, kept with the source.
	Version string
	// OnProgress, if set, is called now and then with the rows read so far.
	OnProgress func(rows int64)
}

// Result is what became of a file.
type Result struct {
	Source store.Source
	// Known says that the same bytes were already loaded on the same side;
	// Source is then the one of that time and nothing was done.
	Known bool
}

// Load reads one file into the store, whole or not at all. Its errors are
// *sheet.Error and *HeaderError for what is wrong with the file, those of store,
// and the cause of a cancelled context. None holds the content of a row.
func Load(ctx context.Context, s *store.Store, path string, side match.Side, o Options) (result Result, err error) {
	book, err := sheet.Open(path)
	if err != nil {
		return Result{}, err
	}
	defer func() { err = errors.Join(err, book.Close()) }()
	file, err := hash(ctx, path)
	if err != nil {
		return Result{}, err
	}
	known, err := findSame(ctx, s, side, file.sha256)
	if err != nil || known.Known {
		return known, err
	}
	src := store.Source{Side: side, Path: path, SHA256: file.sha256, Size: file.size, Version: o.Version}
	if other, ok, err := s.HasSource(ctx, opposite(side), file.sha256); err != nil {
		return Result{}, err
	} else if ok {
		src.Warnings = append(src.Warnings, warning(WarnOtherSide, other.Name))
	}
	if o.Workers <= 0 {
		o.Workers = runtime.GOMAXPROCS(0)
	}
	p := &pipeline{path: path, book: book, options: o, finder: newHeaderFinder(path, &o)}
	src, err = s.Load(ctx, src, verified(p.batches(ctx), path, &file))
	return Result{Source: src}, err
}

func findSame(ctx context.Context, s *store.Store, side match.Side, sha256 string) (Result, error) {
	source, known, err := s.HasSource(ctx, side, sha256)
	return Result{Source: source, Known: known}, err
}

func opposite(side match.Side) match.Side {
	if side == match.Central {
		return match.Regional
	}
	return match.Central
}

// verified adds the last word: the file is still the one that was hashed.
func verified(batches iter.Seq2[store.Batch, error], path string, file *fingerprint) iter.Seq2[store.Batch, error] {
	return func(yield func(store.Batch, error) bool) {
		for batch, err := range batches {
			if !yield(batch, err) || err != nil {
				return
			}
		}
		if err := file.unchanged(path); err != nil {
			yield(store.Batch{}, err)
		}
	}
}
