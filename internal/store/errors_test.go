package store

import (
	"errors"
	"fmt"
	"io/fs"
	"strings"
	"syscall"
	"testing"

	"zombiezen.com/go/sqlite"
)

func TestClassify(t *testing.T) {
	kinds := []error{ErrNoDatabase, ErrLocked, ErrSchema, ErrStorage}
	plain := errors.New("plain")
	for name, c := range map[string]struct {
		err  error
		want error // nil = none of the kinds
	}{
		"full":             {sqlite.ResultFull.ToError(), ErrStorage},
		"write":            {sqlite.ResultIOErrWrite.ToError(), ErrStorage},
		"sync":             {fmt.Errorf("wrapped: %w", sqlite.ResultIOErrFsync.ToError()), ErrStorage},
		"read only":        {sqlite.ResultReadOnly.ToError(), ErrStorage},
		"cannot open":      {sqlite.ResultCantOpen.ToError(), ErrStorage},
		"no space":         {&fs.PathError{Op: "write", Path: "x", Err: syscall.ENOSPC}, ErrStorage},
		"permission":       {&fs.PathError{Op: "open", Path: "x", Err: fs.ErrPermission}, ErrStorage},
		"busy":             {sqlite.ResultBusy.ToError(), ErrLocked},
		"corrupt":          {sqlite.ResultCorrupt.ToError(), ErrSchema},
		"not a database":   {sqlite.ResultNotADB.ToError(), ErrSchema},
		"constraint":       {sqlite.ResultConstraintUnique.ToError(), nil},
		"plain":            {plain, nil},
		"of the caller":    {&callerError{sqlite.ResultFull.ToError()}, nil},
		"classified twice": {classify("p", sqlite.ResultFull.ToError()), ErrStorage},
		"damaged":          {damaged("x", plain), ErrSchema},
	} {
		t.Run(name, func(t *testing.T) {
			got := classify("p.db", c.err)
			for _, kind := range kinds {
				if errors.Is(got, kind) != errors.Is(kind, c.want) {
					t.Errorf("%v is %v", got, kind)
				}
			}
			if !errors.Is(got, c.err) {
				t.Errorf("%v does not wrap %v", got, c.err)
			}
			if c.want != nil && !strings.HasPrefix(got.Error(), "p") {
				t.Errorf("%v does not name the database", got)
			}
		})
	}
	if err := classify("p.db", nil); err != nil {
		t.Error(err)
	}
}

func TestCommandKeepsArgumentsOut(t *testing.T) {
	for want, args := range map[string][]string{
		"padan":       {"/usr/bin/padan"},
		"padan load":  {"/usr/bin/padan", "--quiet", "load", "central", "file.csv"},
		"padan match": {"padan", "match"},
	} {
		if got := command(args); got != want {
			t.Errorf("%q", got)
		}
	}
}
