package store

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"syscall"

	"zombiezen.com/go/sqlite"
)

// The kinds of failure a caller tells apart; every error of this package wraps
// one of them, the error of a context, or the error of a caller's iterator.
var (
	// ErrNoDatabase: there is no database at the path, or nothing was ever written to it.
	ErrNoDatabase = errors.New("no database")
	// ErrLocked: another program writes the database. A *LockedError names it.
	ErrLocked = errors.New("database is locked")
	// ErrSchema: the file is damaged, not padan's, or of another version. A *SchemaError says which.
	ErrSchema = errors.New("database cannot be used")
	// ErrOlder, ErrNewer and ErrForeign: an ErrSchema whose file is sound, but of an older
	// version, a newer one, or another program.
	ErrOlder   = errors.New("older schema")
	ErrNewer   = errors.New("newer schema")
	ErrForeign = errors.New("not a padan database")
	// ErrStorage: the storage is full, not writable or failing.
	ErrStorage = errors.New("storage failed")
	// ErrNoRun: there is no such run.
	ErrNoRun = errors.New("no such run")
	// ErrNoRecord: there is no such record.
	ErrNoRecord = errors.New("no such record")
	// ErrNoDecision: there is no such decision, or it has ended.
	ErrNoDecision = errors.New("no such decision in force")
	// ErrSourceLoaded: the same bytes are already loaded on the same side.
	ErrSourceLoaded = errors.New("source is already loaded")
	// ErrReadOnly: the store was opened for reading.
	ErrReadOnly = errors.New("database is open for reading only")
	// ErrResult: a run's result contradicts itself or the sources.
	ErrResult = errors.New("result does not add up")
	// ErrCells: not a JSON array of strings.
	ErrCells = errors.New("damaged cells")
)

// SchemaError says why a file cannot be used as a database. It is an ErrSchema.
type SchemaError struct {
	Path    string
	Problem string // "damaged", "not a padan database", ...
	Kind    error  // ErrOlder, ErrNewer, ErrForeign, or nil
	Version int64  // of the file; 0 if it has none
	Err     error  // the engine's error, or nil
}

// Error implements error.
func (e *SchemaError) Error() string {
	text := fmt.Sprintf("%s: %s", e.Path, e.Problem)
	if e.Err != nil {
		text += ": " + e.Err.Error()
	}
	return text
}

// Is reports whether target is ErrSchema or the kind.
func (e *SchemaError) Is(target error) bool {
	return target == ErrSchema || e.Kind != nil && target == e.Kind
}

// Unwrap returns the engine's error.
func (e *SchemaError) Unwrap() error { return e.Err }

// damaged is a SchemaError whose path classify fills in.
func damaged(what string, err error) error {
	return &SchemaError{Problem: "damaged database: " + what, Err: err}
}

// kindError gives an error of the engine or the system one of the kinds.
type kindError struct {
	path string
	kind error
	err  error
}

func (e *kindError) Error() string   { return fmt.Sprintf("%s: %v: %v", e.path, e.kind, e.err) }
func (e *kindError) Unwrap() []error { return []error{e.kind, e.err} }

// callerError is an error of a caller's iterator; it passes classify untouched.
type callerError struct{ err error }

func (e *callerError) Error() string { return e.err.Error() }
func (e *callerError) Unwrap() error { return e.err }

// classify turns an error of the engine or the system into one of this
// package's. An error that has a kind already, or comes from a caller, passes.
func (s *Store) classify(ctx context.Context, err error) error {
	if err == nil {
		return nil
	}
	if ctx.Err() != nil && sqlite.ErrCode(err) == sqlite.ResultInterrupt {
		return context.Cause(ctx)
	}
	return classify(s.path, err)
}

func classify(path string, err error) error {
	var known *kindError
	var caller *callerError
	var schema *SchemaError
	if errors.As(err, &schema) && schema.Path == "" {
		schema.Path = path
	}
	if schema != nil || errors.Is(err, ErrLocked) || errors.As(err, &known) || errors.As(err, &caller) {
		return err
	}
	if code := sqlite.ErrCode(err); code != sqlite.ResultError && code != sqlite.ResultOK {
		return classifyCode(path, code, err)
	}
	if errors.Is(err, syscall.ENOSPC) || errors.Is(err, syscall.EIO) || errors.Is(err, fs.ErrPermission) {
		return &kindError{path: path, kind: ErrStorage, err: err}
	}
	return err
}

func classifyCode(path string, code sqlite.ResultCode, err error) error {
	switch primary := code.ToPrimary(); {
	case primary == sqlite.ResultBusy || primary == sqlite.ResultLocked:
		return &LockedError{Path: path, Holder: readHolder(lockPath(path)), Err: err}
	case primary == sqlite.ResultNotADB:
		return &SchemaError{Path: path, Problem: "not a padan database", Kind: ErrForeign, Err: err}
	case primary == sqlite.ResultCorrupt:
		return &SchemaError{Path: path, Problem: "damaged database", Err: err}
	case slices.Contains(storageCodes[:], primary):
		return &kindError{path: path, kind: ErrStorage, err: err}
	default:
		return fmt.Errorf("%s: %w", path, err)
	}
}

// storageCodes are the engine's codes for storage that is full, failing or not
// to be written. A full file system gives one or the other.
var storageCodes = [...]sqlite.ResultCode{
	sqlite.ResultFull, sqlite.ResultIOErr, sqlite.ResultCantOpen, sqlite.ResultReadOnly, sqlite.ResultPerm,
}
