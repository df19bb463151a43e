package store

import (
	"context"
	"errors"
	"fmt"
	"time"

	"zombiezen.com/go/sqlite"
	"zombiezen.com/go/sqlite/sqlitex"
)

const (
	// pageSize in bytes: of 4, 8 and 16 KiB the best for loading and for reading
	// single records alike.
	pageSize = 8192
	// Page caches in KiB. Larger ones do not make a load faster. SQLite counts the
	// pages of all connections together: one that needs a page takes the oldest of
	// any, and when there are as many as all caches together may have, whoever has
	// less than its own cache keeps none at all and reads the root of a table anew for
	// each row. So there is a connection that reads nothing and lends its cache to the
	// others, and those that are idle keep no pages.
	writeCache = 32 << 10
	readCache  = 1 << 10
	lentCache  = 16 << 10
	// busyWait is how long a reader waits for a writer, and a writer for a
	// foreign one, before it gives up with ErrLocked. It waits in steps, to see
	// that its context is done.
	busyWait = 15 * time.Second
	busyStep = 100 * time.Millisecond
)

// connect opens exactly the file at path: a plain path, not a URI, so that no
// character in it has a meaning.
func connect(path string, cache int) (*sqlite.Conn, error) {
	conn, err := sqlite.OpenConn(path, sqlite.OpenReadWrite)
	if err != nil {
		return nil, err
	}
	conn.SetBusyTimeout(busyStep)
	for _, pragma := range []string{
		fmt.Sprintf("PRAGMA cache_size = -%d", cache),
		"PRAGMA temp_store = MEMORY", // people's data never reaches a temporary file
		"PRAGMA trusted_schema = OFF",
	} {
		if err := sqlitex.ExecuteTransient(conn, pragma, nil); err != nil {
			return nil, errors.Join(err, conn.Close())
		}
	}
	return conn, nil
}

// connectWriter opens the connection of the one writer.
func connectWriter(path string) (*sqlite.Conn, error) {
	conn, err := connect(path, writeCache)
	if err != nil {
		return nil, err
	}
	for _, pragma := range []string{
		fmt.Sprintf("PRAGMA page_size = %d", pageSize),
		"PRAGMA journal_mode = DELETE",
		"PRAGMA synchronous = EXTRA",
		// Every reference is made inside the transaction that writes it; Check
		// verifies them, and a load does not pay for it row by row.
		"PRAGMA foreign_keys = OFF",
	} {
		if err := sqlitex.ExecuteTransient(conn, pragma, nil); err != nil {
			return nil, errors.Join(err, conn.Close())
		}
	}
	return conn, nil
}

// connectReader opens a connection that cannot change the database. It is not
// opened read-only: the journal of a killed writer must be rolled back first.
func connectReader(path string) (*sqlite.Conn, error) {
	conn, err := connect(path, readCache)
	if err != nil {
		return nil, err
	}
	if err := sqlitex.ExecuteTransient(conn, "PRAGMA query_only = ON", nil); err != nil {
		return nil, errors.Join(err, conn.Close())
	}
	return conn, nil
}

// reader takes an idle reading connection or opens one. Until it is given back
// to idle, ctx interrupts it.
func (s *Store) reader(ctx context.Context) (*sqlite.Conn, error) {
	if err := ctx.Err(); err != nil {
		return nil, context.Cause(ctx)
	}
	s.mu.Lock()
	var conn *sqlite.Conn
	if n := len(s.idle); n > 0 {
		conn, s.idle = s.idle[n-1], s.idle[:n-1]
	}
	s.mu.Unlock()
	if conn == nil {
		var err error
		if conn, err = connectReader(s.path); err != nil {
			return nil, classify(s.path, err)
		}
	}
	conn.SetInterrupt(ctx.Done())
	return conn, nil
}

// giveBack makes a reading connection idle again. It leaves its pages to the others.
func (s *Store) giveBack(conn *sqlite.Conn) {
	conn.SetInterrupt(nil)
	if err := sqlitex.ExecuteTransient(conn, "PRAGMA shrink_memory", nil); err != nil {
		_ = conn.Close() // another one is opened when it is needed
		return
	}
	s.mu.Lock()
	s.idle = append(s.idle, conn)
	s.mu.Unlock()
}

// read runs f in one snapshot and classifies its error.
func (s *Store) read(ctx context.Context, f func(conn *sqlite.Conn) error) error {
	conn, err := s.reader(ctx)
	if err != nil {
		return err
	}
	defer s.giveBack(conn)
	return s.snapshot(ctx, conn, func() error { return f(conn) })
}

// snapshot runs f while no writer can commit, and classifies its error. f must
// not call anything of the caller: whoever waits would hold up the writer.
func (s *Store) snapshot(ctx context.Context, conn *sqlite.Conn, f func() error) (err error) {
	defer func() {
		if !conn.AutocommitEnabled() {
			done := conn.SetInterrupt(nil)
			err = errors.Join(err, sqlitex.Execute(conn, "ROLLBACK", nil))
			conn.SetInterrupt(done)
		}
		err = s.classify(ctx, err)
	}()
	if err := sqlitex.Execute(conn, "BEGIN", nil); err != nil {
		return err
	}
	// The transaction begins with its first read; from then on nobody is in the way.
	err = patiently(ctx, func() error { return sqlitex.Execute(conn, "SELECT 1 FROM sqlite_schema LIMIT 1", nil) })
	if err != nil {
		return err
	}
	return f()
}

// patiently repeats f while the database is busy, for busyWait at most.
func patiently(ctx context.Context, f func() error) error {
	for deadline := time.Now().Add(busyWait); ; {
		err := f()
		if sqlite.ErrCode(err).ToPrimary() != sqlite.ResultBusy || time.Now().After(deadline) {
			return err
		}
		if ctx.Err() != nil {
			return context.Cause(ctx)
		}
	}
}

// write runs f inside one transaction of the writing connection. An error of f
// rolls back; nothing of the transaction was ever visible then.
func (s *Store) write(ctx context.Context, f func(conn *sqlite.Conn) error) error {
	if s.writer == nil {
		return ErrReadOnly
	}
	s.writing.Lock()
	defer s.writing.Unlock()
	if ctx.Err() != nil {
		return context.Cause(ctx)
	}
	s.writer.SetInterrupt(ctx.Done())
	defer s.writer.SetInterrupt(nil)
	err := transact(ctx, s.writer, f)
	return s.classify(ctx, err)
}

// transact commits what f did, or rolls it back if f or the commit fails.
func transact(ctx context.Context, conn *sqlite.Conn, f func(conn *sqlite.Conn) error) (err error) {
	err = patiently(ctx, func() error { return sqlitex.ExecuteTransient(conn, "BEGIN IMMEDIATE", nil) })
	if err != nil {
		return err
	}
	// From here on only readers can be in the way. They leave soon, and waiting
	// for them is better than throwing the work away.
	conn.SetBlockOnBusy()
	defer conn.SetBusyTimeout(busyStep)
	defer func() {
		// A commit, and some failures, have ended the transaction already.
		if !conn.AutocommitEnabled() {
			conn.SetInterrupt(nil)
			if failed := sqlitex.ExecuteTransient(conn, "ROLLBACK", nil); failed != nil {
				err = errors.Join(err, failed)
			}
		}
	}()
	if err := f(conn); err != nil {
		return err
	}
	return sqlitex.ExecuteTransient(conn, "COMMIT", nil)
}
