package store

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"

	"padan/internal/lockfile"
)

// Holder says who has the writer lock.
type Holder struct {
	PID     int       `json:"pid"`
	Host    string    `json:"host"`
	Command string    `json:"command"` // program and subcommand, without arguments
	Started time.Time `json:"started"`
}

// LockedError says that another program writes the database. It is an ErrLocked.
type LockedError struct {
	Path   string
	Holder Holder // zero if the holder is unknown, as when it is not padan
	Err    error  // the engine's error, or nil
}

// Error implements error.
func (e *LockedError) Error() string {
	if e.Holder.PID == 0 {
		return e.Path + ": locked by another program"
	}
	return fmt.Sprintf("%s: locked by %s (process %d on %s, since %s)",
		e.Path, e.Holder.Command, e.Holder.PID, e.Holder.Host, e.Holder.Started.Format(time.RFC3339))
}

// Is reports whether target is ErrLocked.
func (e *LockedError) Is(target error) bool { return target == ErrLocked }

// Unwrap returns the engine's error.
func (e *LockedError) Unwrap() error { return e.Err }

// lockPath names the lock file of a database.
func lockPath(path string) string { return path + ".lock" }

// writerLock is the exclusive right to write a database. The operating system
// takes it back when the process dies, so no lock is ever stale.
type writerLock struct{ file *os.File }

// acquireLock takes the writer lock of the database at path or says who has it.
func acquireLock(path string) (*writerLock, error) {
	file, err := lockfile.Open(lockPath(path))
	if err != nil {
		return nil, fmt.Errorf("open the lock file: %w", err)
	}
	if err := lockfile.Lock(file); err != nil {
		if closeErr := file.Close(); closeErr != nil {
			err = errors.Join(err, closeErr)
		}
		if errors.Is(err, lockfile.ErrHeld) {
			return nil, &LockedError{Path: path, Holder: readHolder(lockPath(path))}
		}
		return nil, fmt.Errorf("lock %s: %w", lockPath(path), err)
	}
	lock := &writerLock{file: file}
	if err := lock.sign(); err != nil {
		return nil, errors.Join(fmt.Errorf("write the lock file: %w", err), lock.release())
	}
	return lock, nil
}

// sign writes into the lock file who holds it.
func (l *writerLock) sign() error {
	if err := l.file.Chmod(0o600); err != nil {
		return err
	}
	host, err := os.Hostname()
	if err != nil {
		host = "unknown host"
	}
	text, err := json.Marshal(Holder{PID: os.Getpid(), Host: host, Command: command(os.Args), Started: time.Now().UTC().Truncate(time.Second)})
	if err != nil {
		return err
	}
	if err := l.file.Truncate(0); err != nil {
		return err
	}
	_, err = l.file.WriteAt(append(text, '\n'), 0)
	return err
}

// command names the program and its subcommand; further arguments may name
// people and stay out of the lock file.
func command(args []string) string {
	name := filepath.Base(args[0])
	for _, arg := range args[1:] {
		if !strings.HasPrefix(arg, "-") {
			return name + " " + arg
		}
	}
	return name
}

// release gives the lock back. The file stays: removing it would race with the
// next holder.
func (l *writerLock) release() error {
	return errors.Join(l.file.Truncate(0), lockfile.Unlock(l.file), l.file.Close())
}

// readHolder reads the lock file; the zero Holder means that nobody is named.
func readHolder(path string) Holder {
	file, err := os.Open(path)
	if err != nil {
		return Holder{}
	}
	text, err := io.ReadAll(io.LimitReader(file, 4096))
	if err = errors.Join(err, file.Close()); err != nil {
		return Holder{}
	}
	var h Holder
	if err := json.Unmarshal(text, &h); err != nil {
		return Holder{}
	}
	return h
}
