// Package audit keeps a trail of what was done with a database: an append-only file
// beside it, a JSON object a line, each with the hash of the one before. UU PDP
// 27/2022 asks for a record of all processing (article 31).
//
// A line that is changed, added or taken out breaks the chain. Lines cut off at the
// end do not; therefore the database keeps an anchor, the number and hash of an
// entry that the trail must hold.
package audit

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"time"

	"padan/internal/lockfile"
)

// Entry is one command that was run. It holds no personal data.
type Entry struct {
	Number   int64             `json:"n"` // from 1
	Time     time.Time         `json:"time"`
	User     string            `json:"user"`
	Host     string            `json:"host"`
	Command  string            `json:"command"`
	Options  map[string]string `json:"options,omitempty"`
	Inputs   []File            `json:"inputs,omitempty"`
	Outputs  []File            `json:"outputs,omitempty"`
	Counts   map[string]int64  `json:"counts,omitempty"`
	Version  string            `json:"padan"`
	ExitCode int               `json:"exit_code"`
	Previous string            `json:"previous"` // hash of the entry before, "" of the first
}

// File is a file that a command read or wrote.
type File struct {
	Name   string `json:"name"`
	SHA256 string `json:"sha256"`
}

// Anchor names an entry that the trail must hold. The zero value names none.
type Anchor struct {
	Number int64
	Hash   string
}

// line is an entry as it stands in the file.
type line struct {
	Entry json.RawMessage `json:"entry"`
	Hash  string          `json:"hash"` // SHA-256 of the bytes of entry, in hexadecimal
}

// PathOf is the path of the trail of a database.
func PathOf(database string) string { return database + ".audit" }

// Errors of a trail.
var (
	ErrBroken = errors.New("the audit trail was changed")
	ErrBusy   = errors.New("the audit trail is held by another process")
)

// waiting is how long Append waits for others.
const waiting = 10 * time.Second

// Append adds an entry to the trail at path, durably, and returns its anchor. Number
// and Previous are filled in. A last line that was cut off by a crash is taken away
// first; another fault is an ErrBroken.
func Append(path string, e Entry) (anchor Anchor, err error) {
	file, err := lockfile.Open(path)
	if err != nil {
		return Anchor{}, err
	}
	defer func() { err = errors.Join(err, file.Close()) }()
	if err := lock(file); err != nil {
		return Anchor{}, err
	}
	defer func() { err = errors.Join(err, lockfile.Unlock(file)) }()
	if err := file.Chmod(0o600); err != nil {
		return Anchor{}, err
	}
	last, end, err := lastOf(file)
	if err != nil {
		return Anchor{}, err
	}
	e.Number, e.Previous = last.Number+1, last.Hash
	text, err := json.Marshal(e)
	if err != nil {
		return Anchor{}, err
	}
	anchor = Anchor{e.Number, hashOf(text)}
	whole, err := json.Marshal(line{text, anchor.Hash})
	if err != nil {
		return Anchor{}, err
	}
	if err := file.Truncate(end); err != nil {
		return Anchor{}, err
	}
	if _, err := file.WriteAt(append(whole, '\n'), end); err != nil {
		return Anchor{}, errors.Join(err, file.Truncate(end))
	}
	return anchor, file.Sync()
}

// lock waits for the right to append.
func lock(file *os.File) error {
	for deadline := time.Now().Add(waiting); ; time.Sleep(20 * time.Millisecond) {
		err := lockfile.Lock(file)
		if !errors.Is(err, lockfile.ErrHeld) {
			return err
		}
		if time.Now().After(deadline) {
			return ErrBusy
		}
	}
}

func hashOf(entry []byte) string {
	sum := sha256.Sum256(entry)
	return hex.EncodeToString(sum[:])
}

// longestLine bounds what is read back for the last line; entries are far shorter.
const longestLine = 16 << 20

// lastOf returns the anchor of the last whole entry and where the next one begins.
func lastOf(file *os.File) (Anchor, int64, error) {
	info, err := file.Stat()
	if err != nil {
		return Anchor{}, 0, err
	}
	from := max(0, info.Size()-longestLine)
	tail := make([]byte, info.Size()-from)
	if _, err := file.ReadAt(tail, from); err != nil && !errors.Is(err, io.EOF) {
		return Anchor{}, 0, err
	}
	whole := tail[:bytes.LastIndexByte(tail, '\n')+1]
	end := from + int64(len(whole))
	if len(whole) == 0 {
		if from > 0 {
			return Anchor{}, 0, ErrBroken
		}
		return Anchor{}, 0, nil
	}
	text := whole[:len(whole)-1]
	e, hash, err := parse(text[bytes.LastIndexByte(text, '\n')+1:])
	return Anchor{e.Number, hash}, end, err
}

// parse reads a line and verifies its hash.
func parse(text []byte) (Entry, string, error) {
	var l line
	var e Entry
	if err := json.Unmarshal(text, &l); err != nil {
		return e, "", fmt.Errorf("%w: no JSON", ErrBroken)
	}
	if hashOf(l.Entry) != l.Hash {
		return e, "", fmt.Errorf("%w: its hash is another", ErrBroken)
	}
	if err := json.Unmarshal(l.Entry, &e); err != nil {
		return e, "", fmt.Errorf("%w: no entry", ErrBroken)
	}
	return e, l.Hash, nil
}

// Read calls f with every entry of the trail at path in order, and verifies the
// chain and the anchor. A trail that does not exist is empty. Its error is an
// ErrBroken with the number of the line, that of f, or of the system. A last line
// without its end, which a crash leaves, is passed over.
func Read(path string, anchor Anchor, f func(Entry) error) error {
	file, err := os.Open(path)
	if errors.Is(err, os.ErrNotExist) {
		if anchor.Number > 0 {
			return fmt.Errorf("%w: it is gone, and had %d entries at least", ErrBroken, anchor.Number)
		}
		return nil
	}
	if err != nil {
		return err
	}
	defer file.Close() //nolint:errcheck // only read
	return verify(file, anchor, f)
}

func verify(file io.Reader, anchor Anchor, f func(Entry) error) error {
	in := bufio.NewReader(file)
	last := Anchor{}
	anchored := anchor.Number == 0
	for number := int64(1); ; number++ {
		text, err := in.ReadBytes('\n')
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return err
		}
		e, hash, err := parse(bytes.TrimSuffix(text, []byte("\n")))
		switch {
		case err != nil:
			return fmt.Errorf("line %d: %w", number, err)
		case e.Number != number || e.Previous != last.Hash:
			return fmt.Errorf("line %d: %w: it does not follow the one before", number, ErrBroken)
		case number == anchor.Number && hash != anchor.Hash:
			return fmt.Errorf("line %d: %w: it is not the one that the database knows", number, ErrBroken)
		}
		anchored = anchored || number == anchor.Number
		last = Anchor{number, hash}
		if err := f(e); err != nil {
			return err
		}
	}
	if !anchored {
		return fmt.Errorf("%w: it ends at line %d, and had %d entries at least", ErrBroken, last.Number, anchor.Number)
	}
	return nil
}
