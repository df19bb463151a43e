package store

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"sync"

	"zombiezen.com/go/sqlite"
)

// Mode says what a Store is opened for.
type Mode uint8

// The modes.
const (
	ModeRead   Mode = iota // an existing database; nothing is created, no lock is taken
	ModeWrite              // an existing database, brought to the newest schema, under the writer lock
	ModeCreate             // the same; the database is created if there is none
)

// Store is an open database. Its methods may be called from several goroutines;
// writing methods wait for each other. Iterators must end before Close.
type Store struct {
	path    string
	lock    *writerLock  // nil in ModeRead
	writer  *sqlite.Conn // nil in ModeRead
	writing sync.Mutex   // held by the user of writer
	lender  *sqlite.Conn // of its page cache; nil but in ModeRead: else it is the writer

	mu   sync.Mutex
	idle []*sqlite.Conn // reading connections
}

// Open opens the database at path, which is a plain file name whatever
// characters it has. Its errors are ErrNoDatabase, ErrLocked, ErrSchema and
// ErrStorage.
func Open(ctx context.Context, path string, mode Mode) (*Store, error) {
	if err := ctx.Err(); err != nil {
		return nil, context.Cause(ctx)
	}
	path, exists, err := locate(path)
	if err != nil {
		return nil, classify(path, err)
	}
	if !exists && mode != ModeCreate {
		return nil, fmt.Errorf("%s: %w", path, ErrNoDatabase)
	}
	s := &Store{path: path}
	if mode == ModeRead {
		err = s.openRead(ctx)
	} else {
		err = s.openWrite(ctx, mode, exists)
	}
	if err != nil {
		return nil, classify(path, errors.Join(err, s.Close()))
	}
	return s, nil
}

// locate follows symbolic links, so that one database has one lock, and tells
// whether the file exists.
func locate(path string) (string, bool, error) {
	absolute, err := filepath.Abs(path)
	if err != nil {
		return path, false, err
	}
	resolved, err := filepath.EvalSymlinks(absolute)
	if errors.Is(err, fs.ErrNotExist) {
		return absolute, false, nil
	}
	if err != nil {
		return absolute, false, err
	}
	info, err := os.Stat(resolved)
	if err != nil {
		return resolved, false, err
	}
	if !info.Mode().IsRegular() {
		return resolved, false, &SchemaError{Path: resolved, Problem: "not a file"}
	}
	return resolved, true, nil
}

func (s *Store) openRead(ctx context.Context) error {
	scripts, err := migrationScripts()
	if err != nil {
		return err
	}
	var id identity
	err = s.read(ctx, func(conn *sqlite.Conn) (err error) {
		id, err = readIdentity(conn)
		return err
	})
	if err != nil {
		return err
	}
	if id.empty() {
		return fmt.Errorf("%s: %w: nothing was ever written to it", s.path, ErrNoDatabase)
	}
	if err := s.checkIdentity(id, len(scripts)); err != nil {
		return err
	}
	if id.version < int64(len(scripts)) {
		return &SchemaError{Path: s.path, Problem: "older schema; any command that writes updates it", Kind: ErrOlder, Version: id.version}
	}
	s.lender, err = connect(s.path, lentCache)
	return classify(s.path, err)
}

func (s *Store) openWrite(ctx context.Context, mode Mode, exists bool) (err error) {
	scripts, err := migrationScripts()
	if err != nil {
		return err
	}
	if s.lock, err = acquireLock(s.path); err != nil {
		return err
	}
	if !exists {
		if err := create(s.path); err != nil {
			return err
		}
		defer func() {
			if err != nil {
				err = errors.Join(err, s.discard())
			}
		}()
	}
	if s.writer, err = connectWriter(s.path); err != nil {
		return err
	}
	id, err := readIdentity(s.writer)
	if err != nil {
		return err
	}
	if !id.empty() {
		if err := s.checkIdentity(id, len(scripts)); err != nil {
			return err
		}
	} else if mode != ModeCreate {
		return fmt.Errorf("%s: %w: nothing was ever written to it", s.path, ErrNoDatabase)
	}
	return migrate(ctx, s.writer, id.version, scripts)
}

// checkIdentity refuses files of other programs and of newer versions.
func (s *Store) checkIdentity(id identity, newest int) error {
	switch {
	case id.application != applicationID:
		return &SchemaError{Path: s.path, Problem: "not a padan database", Kind: ErrForeign, Version: id.version}
	case id.version > int64(newest):
		return &SchemaError{Path: s.path, Problem: "newer schema; use the version of padan that wrote it", Kind: ErrNewer, Version: id.version}
	default:
		return nil
	}
}

// create makes an empty file that only its owner may read, whatever the umask.
// SQLite gives its journal the same permissions.
func create(path string) error {
	file, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_RDWR, 0o600)
	if err != nil {
		return err
	}
	return errors.Join(file.Chmod(0o600), file.Close())
}

// discard removes a file whose creation failed.
func (s *Store) discard() error {
	var err error
	if s.writer != nil {
		err = s.writer.Close()
		s.writer = nil
	}
	return errors.Join(err, os.Remove(s.path))
}

// Path returns the absolute path of the database, symbolic links resolved.
func (s *Store) Path() string { return s.path }

// Close closes the connections and gives the writer lock back.
func (s *Store) Close() error {
	var err error
	s.mu.Lock()
	for _, conn := range s.idle {
		err = errors.Join(err, conn.Close())
	}
	s.idle = nil
	s.mu.Unlock()
	if s.lender != nil {
		err = errors.Join(err, s.lender.Close())
		s.lender = nil
	}
	if s.writer != nil {
		err = errors.Join(err, s.writer.Close())
		s.writer = nil
	}
	if s.lock != nil {
		err = errors.Join(err, s.lock.release())
		s.lock = nil
	}
	return err
}
