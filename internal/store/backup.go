package store

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"time"

	"padan/internal/scratch"

	"zombiezen.com/go/sqlite"
	"zombiezen.com/go/sqlite/sqlitex"
)

// Backup writes a copy of the database, as it is at one moment, to path, which
// appears whole or not at all and replaces what is there. Others may read and write
// meanwhile; the copy is readable by its owner only. Errors name path.
func (s *Store) Backup(ctx context.Context, path string) error {
	err := scratch.Beside(path, func(folder string) error {
		copied := filepath.Join(folder, filepath.Base(path))
		if err := create(copied); err != nil {
			return err
		}
		if err := s.copyInto(ctx, copied); err != nil {
			return err
		}
		if err := makeDurable(copied); err != nil {
			return err
		}
		return os.Rename(copied, path)
	})
	return classify(path, err)
}

// copyInto copies the database into an empty file.
func (s *Store) copyInto(ctx context.Context, path string) error {
	conn, err := connect(s.path, readCache)
	if err != nil {
		return err
	}
	conn.SetInterrupt(ctx.Done())
	err = patiently(ctx, func() error {
		return sqlitex.ExecuteTransient(conn, "VACUUM INTO ?", &sqlitex.ExecOptions{Args: []any{path}})
	})
	if ctx.Err() != nil {
		err = context.Cause(ctx)
	}
	return errors.Join(err, conn.Close())
}

// makeDurable makes a file outlive the loss of power.
func makeDurable(path string) error {
	file, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		return err
	}
	return errors.Join(file.Sync(), file.Close())
}

// Forgotten counts what Forget deleted.
type Forgotten struct {
	Runs      int `json:"runs"`
	Sources   int `json:"sources"`
	Decisions int `json:"decisions"`
}

// Forget deletes the runs that began before a time, but for the last run, the sources
// that were withdrawn before it and of which no run speaks any more, and the
// decisions that ended before it. What is deleted is overwritten.
func (s *Store) Forget(ctx context.Context, before time.Time) (Forgotten, error) {
	var f Forgotten
	at := before.UTC().Format(time.RFC3339Nano)
	err := s.write(ctx, func(conn *sqlite.Conn) error {
		if err := sqlitex.ExecuteTransient(conn, "PRAGMA secure_delete = ON", nil); err != nil {
			return err
		}
		ids, err := queryInts(conn, "SELECT id FROM run WHERE julianday(started_at) < julianday(?) AND id < (SELECT max(id) FROM run)", at)
		if err != nil {
			return err
		}
		for _, id := range ids {
			if err := deleteRun(conn, RunID(id)); err != nil {
				return err
			}
		}
		f.Runs = len(ids)
		sources, err := forgotten(conn)
		if err != nil {
			return err
		}
		sources = slices.DeleteFunc(sources, func(s Source) bool { return !s.Withdrawn.Before(before) })
		if err := purge(conn, sources); err != nil {
			return err
		}
		f.Sources = len(sources)
		err = sqlitex.Execute(conn, "DELETE FROM decision WHERE ended_at IS NOT NULL AND julianday(ended_at) < julianday(?)", &sqlitex.ExecOptions{Args: []any{at}})
		f.Decisions = conn.Changes()
		return err
	})
	if err != nil {
		return Forgotten{}, err
	}
	return f, s.vacuum(ctx)
}

// vacuum gives the space of what was deleted back.
func (s *Store) vacuum(ctx context.Context) error {
	s.writing.Lock()
	defer s.writing.Unlock()
	s.writer.SetInterrupt(ctx.Done())
	defer s.writer.SetInterrupt(nil)
	return s.classify(ctx, patiently(ctx, func() error { return sqlitex.ExecuteTransient(s.writer, "VACUUM", nil) }))
}

// queryInts runs a query that gives integers.
func queryInts(conn *sqlite.Conn, query string, args ...any) ([]int64, error) {
	var values []int64
	err := sqlitex.ExecuteTransient(conn, query, &sqlitex.ExecOptions{
		Args: args,
		ResultFunc: func(stmt *sqlite.Stmt) error {
			values = append(values, stmt.ColumnInt64(0))
			return nil
		},
	})
	return values, err
}

// Restore puts a copy of the database at from in place of the one at path, which
// nobody may use meanwhile. The copy is verified first. What stood at path is kept
// beside it under the name that is returned, "" if there was nothing.
func Restore(ctx context.Context, from, path string) (old string, err error) {
	backup, err := Open(ctx, from, ModeRead)
	if err != nil {
		return "", err
	}
	defer func() { err = errors.Join(err, backup.Close()) }()
	problems, err := backup.Check(ctx)
	if err != nil {
		return "", err
	}
	if len(problems) > 0 {
		return "", &SchemaError{Path: from, Problem: "damaged database: " + problems[0]}
	}
	path, exists, err := locate(path)
	if err != nil {
		return "", classify(path, err)
	}
	lock, err := acquireLock(path)
	if err != nil {
		return "", err
	}
	defer func() { err = errors.Join(err, lock.release()) }()
	err = scratch.Beside(path, func(folder string) error {
		whole := filepath.Join(folder, filepath.Base(path))
		if err := backup.Backup(ctx, whole); err != nil {
			return err
		}
		if exists {
			if old, err = keepAside(path); err != nil {
				return err
			}
		}
		return os.Rename(whole, path)
	})
	return old, classify(path, err)
}

// keepAside renames a database after the hour, to a name that nothing has yet: the hour
// may have been before.
func keepAside(path string) (old string, err error) {
	name := fmt.Sprintf("%s.%s", path, time.Now().UTC().Format("20060102T150405Z"))
	old = name
	for n := 2; ; n++ {
		if _, err := os.Lstat(old); errors.Is(err, fs.ErrNotExist) {
			return old, os.Rename(path, old)
		} else if err != nil {
			return "", err
		}
		old = fmt.Sprintf("%s.%d", name, n)
	}
}
