package store

import (
	"bufio"
	"context"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"padan/match"

	"zombiezen.com/go/sqlite"
	"zombiezen.com/go/sqlite/sqlitex"
)

func TestLockSameProcess(t *testing.T) {
	s := newStore(t)
	_, err := Open(context.Background(), s.path, ModeCreate)
	var locked *LockedError
	if !errors.As(err, &locked) || !errors.Is(err, ErrLocked) {
		t.Fatalf("got %v", err)
	}
	if locked.Holder.PID != os.Getpid() || locked.Holder.Command == "" || locked.Holder.Started.IsZero() {
		t.Errorf("holder %+v", locked.Holder)
	}
	if !strings.Contains(err.Error(), "process") {
		t.Errorf("message %q", err)
	}
	openStore(t, s.path, ModeRead) // readers take no lock
}

func TestLockIsGivenBack(t *testing.T) {
	path := filepath.Join(t.TempDir(), "padan.db")
	for range 3 {
		s, err := Open(context.Background(), path, ModeCreate)
		if err != nil {
			t.Fatal(err)
		}
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
	}
	if h := readHolder(lockPath(path)); h != (Holder{}) {
		t.Errorf("holder %+v", h)
	}
}

func TestLockFollowsLinks(t *testing.T) {
	s := newStore(t)
	link := filepath.Join(t.TempDir(), "link.db")
	if err := os.Symlink(s.path, link); err != nil {
		t.Skip(err)
	}
	if _, err := Open(context.Background(), link, ModeWrite); !errors.Is(err, ErrLocked) {
		t.Errorf("got %v", err)
	}
}

// TestForeignWriter meets a program that is not padan and takes no lock file.
func TestForeignWriter(t *testing.T) {
	s := newStore(t)
	foreign, err := sqlite.OpenConn(s.path, sqlite.OpenReadWrite)
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := foreign.Close(); err != nil {
			t.Error(err)
		}
	}()
	if err := sqlitex.ExecuteTransient(foreign, "BEGIN IMMEDIATE", nil); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(context.Background(), 300*time.Millisecond)
	defer cancel()
	if _, err := s.Prune(ctx, 0); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("got %v", err)
	}
	code := sqlitex.ExecuteTransient(s.writer, "BEGIN IMMEDIATE", nil)
	if err := classify(s.path, code); !errors.Is(err, ErrLocked) {
		t.Errorf("got %v", err)
	}
	if err := sqlitex.ExecuteTransient(foreign, "COMMIT", nil); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Prune(context.Background(), 0); err != nil {
		t.Error(err)
	}
}

// TestReadDuringSpill reads while a load has written to the file before its
// commit: the reader waits, and sees nothing of the load.
func TestReadDuringSpill(t *testing.T) {
	s := newStore(t)
	mustLoad(t, s, match.Central, "a.csv", 0, 100)
	if err := sqlitex.ExecuteTransient(s.writer, "PRAGMA cache_size = 10", nil); err != nil {
		t.Fatal(err)
	}
	r := openStore(t, s.path, ModeRead)
	_, err := s.Load(context.Background(), sampleSource(match.Regional, "b.csv"), func(yield func(Batch, error) bool) {
		for batch, err := range sampleBatches(0, 5000, 1000) {
			if !yield(batch, err) {
				return
			}
		}
		ctx, cancel := context.WithTimeout(context.Background(), 300*time.Millisecond)
		defer cancel()
		if _, err := r.Sources(ctx); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("got %v", err)
		}
	})
	if err != nil {
		t.Fatal(err)
	}
	expectOnly(t, r, 1, 1)
}

// helperEnv makes the test binary run helperMain instead of the tests.
const helperEnv = "PADAN_STORE_TEST_LOAD"

// TestHelperLoad is not a test: another test runs it in a process of its own.
// It loads without end and says so after some batches.
func TestHelperLoad(t *testing.T) {
	path := os.Getenv(helperEnv)
	if path == "" {
		t.Skip("only in a process of its own")
	}
	s, err := Open(context.Background(), path, ModeCreate)
	if err != nil {
		t.Fatal(err)
	}
	_, err = s.Load(context.Background(), sampleSource(match.Regional, "endless.csv"), func(yield func(Batch, error) bool) {
		for n := 0; ; n++ {
			for batch, err := range sampleBatches(0, 2000, 2000) {
				if !yield(batch, err) {
					return
				}
			}
			if n == 1500 {
				if _, err := os.Stdout.WriteString("loading\n"); err != nil {
					return
				}
			}
		}
	})
	t.Fatal(err)
}

// TestKilledLoad kills a process in the middle of a load that has outgrown its
// page cache: the lock is free, and nothing of the load is visible.
func TestKilledLoad(t *testing.T) {
	path := filepath.Join(t.TempDir(), "padan.db")
	s := openStore(t, path, ModeCreate)
	mustLoad(t, s, match.Central, "a.csv", 0, 1000)
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	before, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	pid := killWhileLoading(t, path)
	if info, err := os.Stat(path); err != nil || info.Size() <= before.Size() {
		t.Fatalf("the load was killed before it wrote to the database (%v)", err)
	}
	if h := readHolder(lockPath(path)); h.PID != pid {
		t.Errorf("the lock file names process %d instead of %d", h.PID, pid)
	}
	r := openStore(t, path, ModeRead)
	expectOnly(t, r, 1, 0)
	if err := r.Close(); err != nil {
		t.Fatal(err)
	}
	if info, err := os.Stat(path); err != nil || info.Size() != before.Size() {
		t.Errorf("size %d instead of %d (%v)", info.Size(), before.Size(), err)
	}
	w := openStore(t, path, ModeWrite)
	mustLoad(t, w, match.Regional, "b.csv", 0, 1000)
	expectOnly(t, w, 1, 1)
}

func killWhileLoading(t *testing.T, path string) int {
	t.Helper()
	command := exec.Command(os.Args[0], "-test.run=^TestHelperLoad$") //nolint:noctx // this test binary
	command.Env = append(os.Environ(), helperEnv+"="+path)
	output, err := command.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := command.Start(); err != nil {
		t.Fatal(err)
	}
	line, err := bufio.NewReader(output).ReadString('\n')
	if line != "loading\n" {
		t.Errorf("helper says %q, %v", line, err)
	}
	if _, err := Open(context.Background(), path, ModeWrite); !errors.Is(err, ErrLocked) {
		t.Errorf("while another process loads: %v", err)
	}
	if err := command.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = command.Wait() // killed
	return command.Process.Pid
}
