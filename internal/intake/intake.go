package intake

import (
	"context"
	"errors"
	"iter"
	"os"
	"time"

	"padan/internal/hashid"
	"padan/internal/sheet"
	"padan/internal/store"
	"padan/internal/table"
	"padan/match"
)

// Options says how a file is to be loaded. The zero value is the usual way.
type Options struct {
	table.Options
	// Name stands for the path of a file that has none of its own, such as the
	// standard input; it is "" for others.
	Name string
	// Replaces are the ids of the sources that the file takes the place of.
	Replaces []int64
	// HashKey, if set, hashes the numbers of lists on their way in; lists that are
	// hashed already must be so with this key.
	HashKey *hashid.Key
	// Workers is the number of goroutines that normalise; 0 means one per CPU.
	Workers int
	// Version is the version of padan, kept with the source.
	Version string
	// Now tells the time, kept with the source; nil = time.Now.
	Now func() time.Time
	// OnProgress, if set, is called now and then with the rows read so far.
	OnProgress func(rows int64)
	// opened and hashed, if set, are called when the file is opened and hashed.
	opened, hashed func()
}

// Result is what became of a file.
type Result struct {
	Source store.Source
	// Known says that the same bytes were already loaded on the same side;
	// Source is then the one of that time and nothing was done.
	Known bool
	// Back says that the same bytes had been withdrawn and are in use again.
	Back bool
}

// Load reads one file into the store, whole or not at all. Its errors are
// *sheet.Error and *table.HeaderError for what is wrong with the file, those of
// store, and the cause of a cancelled context. None holds the content of a row.
func Load(ctx context.Context, s *store.Store, path string, side match.Side, o Options) (result Result, err error) {
	book, err := o.open(path)
	if err != nil {
		return Result{}, err
	}
	defer func() { err = errors.Join(err, book.Close()) }()
	call(o.opened)
	return o.load(ctx, s, book, path, side)
}

// load reads a file that is open.
func (o *Options) load(ctx context.Context, s *store.Store, book *sheet.Book, path string, side match.Side) (Result, error) {
	kept, err := o.kept(ctx, s, path)
	if err != nil {
		return Result{}, err
	}
	file, err := takeFingerprint(ctx, book, path)
	call(o.hashed)
	if err != nil {
		return Result{}, err
	}
	known, err := findSame(ctx, s, side, file.sha256)
	if err != nil || known.Known {
		return known, err
	}
	if back, found, err := s.Reinstate(ctx, side, file.sha256, o.nameOf(path), o.now(), o.Replaces...); err != nil || found {
		return Result{Source: back, Back: found}, err
	}
	src := store.Source{Side: side, Path: o.nameOf(path), SHA256: file.sha256, Size: file.size, Version: o.Version, LoadedAt: o.now()}
	if other, ok, err := s.HasSource(ctx, opposite(side), file.sha256); err != nil {
		return Result{}, err
	} else if ok {
		src.Warnings = append(src.Warnings, table.Warning{Code: WarnOtherSide, About: other.Name}.String())
	}
	plan, err := o.survey(ctx, book, path)
	if err != nil {
		return Result{}, file.blame(ctx, err)
	}
	if err := kept.admit(plan, o, path); err != nil {
		return Result{}, err
	}
	p := newPipeline(plan, o)
	p.pack = true
	if src, err = s.Load(ctx, src, verified(ctx, p.batches(ctx), file), o.Replaces...); err != nil {
		return Result{}, err
	}
	return Result{Source: src}, remember(ctx, s, plan, o.Mapping)
}

func (o *Options) now() time.Time {
	if o.Now == nil {
		return time.Now()
	}
	return o.Now()
}

func call(f func()) {
	if f != nil {
		f()
	}
}

// remember keeps a mapping that was given for all files with these headers.
func remember(ctx context.Context, s *store.Store, plan *table.Plan, m *table.Mapping) error {
	if m == nil {
		return nil
	}
	for _, t := range plan.Tables {
		if !t.Readable() {
			continue
		}
		if err := s.KeepMapping(ctx, t.Key(), m.Text()); err != nil {
			return err
		}
	}
	return nil
}

// survey looks at a book as the options want it.
func (o *Options) survey(ctx context.Context, book *sheet.Book, path string) (*table.Plan, error) {
	wanted := o.Options
	if o.HashKey != nil {
		wanted.Hashed = table.Hashed{Any: true, Clear: true, Key: o.HashKey.Name()}
	}
	return table.Survey(ctx, book, o.nameOf(path), wanted) //nolint:wrapcheck // names file, sheet and row
}

// nameOf is what a file is called in messages and in the database.
func (o *Options) nameOf(path string) string {
	if o.Name != "" {
		return o.Name
	}
	return path
}

// open opens a file under its name.
func (o *Options) open(path string) (*sheet.Book, error) {
	if o.Name == "" {
		return sheet.Open(path)
	}
	file, err := os.Open(path)
	if err != nil {
		return nil, &sheet.Error{Path: o.Name, Err: withoutPath(err)}
	}
	info, err := file.Stat()
	if err != nil {
		return nil, errors.Join(&sheet.Error{Path: o.Name, Err: withoutPath(err)}, file.Close())
	}
	book, err := sheet.OpenSource(o.Name, file, info.Size(), sheet.DefaultLimits())
	if err != nil {
		return nil, errors.Join(err, file.Close())
	}
	return book, nil
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
func verified(ctx context.Context, batches iter.Seq2[store.Batch, error], file *fingerprint) iter.Seq2[store.Batch, error] {
	return func(yield func(store.Batch, error) bool) {
		for batch, err := range batches {
			if err != nil {
				yield(store.Batch{}, file.blame(ctx, err))
				return
			}
			if !yield(batch, nil) {
				return
			}
		}
		if err := file.unchanged(ctx); err != nil {
			yield(store.Batch{}, err)
		}
	}
}
