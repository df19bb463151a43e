package store

import (
	"bytes"
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"testing"

	"padan/match"

	"zombiezen.com/go/sqlite"
	"zombiezen.com/go/sqlite/sqlitex"
)

func TestOpenMissingDatabase(t *testing.T) {
	for _, mode := range []Mode{ModeRead, ModeWrite} {
		folder := t.TempDir()
		_, err := Open(context.Background(), filepath.Join(folder, "padan.db"), mode)
		if !errors.Is(err, ErrNoDatabase) {
			t.Errorf("mode %d: %v", mode, err)
		}
		if files, _ := os.ReadDir(folder); len(files) != 0 {
			t.Errorf("mode %d: left %d files", mode, len(files))
		}
	}
}

func TestOpenEmptyFileIsNoDatabase(t *testing.T) {
	for _, mode := range []Mode{ModeRead, ModeWrite} {
		path := filepath.Join(t.TempDir(), "padan.db")
		if err := os.WriteFile(path, nil, 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := Open(context.Background(), path, mode); !errors.Is(err, ErrNoDatabase) {
			t.Errorf("mode %d: %v", mode, err)
		}
	}
}

func TestOpenAdoptsEmptyFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "padan.db")
	if err := os.WriteFile(path, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	s := openStore(t, path, ModeCreate)
	mustLoad(t, s, match.Central, "a.csv", 0, 3)
}

// TestOpenAwkwardPath opens exactly the file that is named, whatever SQLite
// reads into a URI.
func TestOpenAwkwardPath(t *testing.T) {
	name := "data #2 50%41 a?b"
	if runtime.GOOS == "windows" {
		name = "data #2 50%41 ab"
	}
	folder := filepath.Join(t.TempDir(), name)
	if err := os.Mkdir(folder, 0o700); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(folder, "file#1 %20.db")
	s := openStore(t, path, ModeCreate)
	mustLoad(t, s, match.Central, "a.csv", 0, 3)
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	files, err := os.ReadDir(folder)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, file := range files {
		names = append(names, file.Name())
	}
	if len(names) != 2 || names[0] != "file#1 %20.db" || names[1] != "file#1 %20.db.lock" {
		t.Errorf("files %q", names)
	}
	sources, err := openStore(t, path, ModeRead).Sources(context.Background())
	if err != nil || len(sources[match.Central]) != 1 {
		t.Errorf("sources %v, %v", sources, err)
	}
}

func TestOpenRefusesStrangeFiles(t *testing.T) {
	folder := t.TempDir()
	valid := filepath.Join(folder, "valid.db")
	s := openStore(t, valid, ModeCreate)
	mustLoad(t, s, match.Central, "a.csv", 0, 500)
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	content, err := os.ReadFile(valid)
	if err != nil {
		t.Fatal(err)
	}
	truncated := content[:len(content)/2]
	scrambled := bytes.Clone(content)
	for i := 100; i < pageSize; i++ {
		scrambled[i] = 0xA5
	}
	for name, data := range map[string][]byte{
		"text":      []byte("NIK;NAMA\n1;2\n"),
		"garbage":   bytes.Repeat([]byte{0x13, 0x37, 0, 0xFF}, 5000),
		"scrambled": scrambled,
		"truncated": truncated,
	} {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "padan.db")
			if err := os.WriteFile(path, data, 0o600); err != nil {
				t.Fatal(err)
			}
			for _, mode := range []Mode{ModeRead, ModeWrite, ModeCreate} {
				s, err := Open(context.Background(), path, mode)
				if err == nil {
					// A cut file can still have a sound first page: then check must tell.
					problems, checkErr := s.Check(context.Background())
					if checkErr == nil && len(problems) == 0 {
						t.Errorf("mode %d: opened and checked", mode)
					}
					if err := s.Close(); err != nil {
						t.Error(err)
					}
				} else if !errors.Is(err, ErrSchema) {
					t.Errorf("mode %d: %v", mode, err)
				}
			}
			if after, err := os.ReadFile(path); err != nil || !bytes.Equal(after, data) {
				t.Error("the file was changed")
			}
		})
	}
}

func TestOpenRefusesOtherSchemas(t *testing.T) {
	for name, script := range map[string]string{
		"other program":  "CREATE TABLE t (a)",
		"other program2": "PRAGMA application_id = 7; PRAGMA user_version = 1; CREATE TABLE t (a)",
		"newer":          "PRAGMA application_id = 1885430894; PRAGMA user_version = 99; CREATE TABLE t (a)",
	} {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "padan.db")
			rawExec(t, path, script)
			for _, mode := range []Mode{ModeRead, ModeWrite, ModeCreate} {
				_, err := Open(context.Background(), path, mode)
				var schema *SchemaError
				if !errors.As(err, &schema) || !errors.Is(err, ErrSchema) {
					t.Errorf("mode %d: %v", mode, err)
				}
			}
		})
	}
}

func TestOpenReadRefusesOlderSchema(t *testing.T) {
	path := filepath.Join(t.TempDir(), "padan.db")
	rawExec(t, path, "PRAGMA application_id = 1885430894; PRAGMA user_version = 0; CREATE TABLE t (a)")
	if _, err := Open(context.Background(), path, ModeRead); !errors.Is(err, ErrSchema) {
		t.Error(err)
	}
}

func TestOpenFolder(t *testing.T) {
	if _, err := Open(context.Background(), t.TempDir(), ModeCreate); !errors.Is(err, ErrSchema) {
		t.Error(err)
	}
}

func TestOpenInMissingFolder(t *testing.T) {
	_, err := Open(context.Background(), filepath.Join(t.TempDir(), "no", "padan.db"), ModeCreate)
	if !errors.Is(err, fs.ErrNotExist) {
		t.Error(err)
	}
}

// rawExec changes a database behind the store's back.
func rawExec(t testing.TB, path, script string) {
	t.Helper()
	conn, err := sqlite.OpenConn(path, sqlite.OpenReadWrite, sqlite.OpenCreate)
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(sqlitex.ExecuteScript(conn, script, nil), conn.Close()); err != nil {
		t.Fatal(err)
	}
}

func TestFilesArePrivate(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("permissions are those of the folder")
	}
	s := newStore(t)
	seen := map[string]fs.FileMode{}
	_, err := s.Load(context.Background(), sampleSource(match.Central, "a.csv"), func(yield func(Batch, error) bool) {
		for batch := range sampleBatches(0, 3000, 1000) {
			if !yield(batch, nil) {
				return
			}
			files, _ := filepath.Glob(s.path + "*")
			for _, file := range files {
				if info, err := os.Stat(file); err == nil {
					seen[file[len(s.path):]] = info.Mode().Perm()
				}
			}
		}
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range []string{"", ".lock", "-journal"} {
		if mode, ok := seen[file]; !ok || mode != 0o600 {
			t.Errorf("file %q: mode %v, found %v", file, mode, ok)
		}
	}
}

// TestReadLeavesNoTrace reads everything and finds the folder byte for byte as
// it was.
func TestReadLeavesNoTrace(t *testing.T) {
	path := filepath.Join(t.TempDir(), "padan.db")
	s := openStore(t, path, ModeCreate)
	mustLoad(t, s, match.Central, "a.csv", 0, 300)
	mustLoad(t, s, match.Regional, "b.csv", 0, 300)
	run := mustSave(t, s, sampleResult(300, 300))
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if err := os.Remove(lockPath(path)); err != nil {
		t.Fatal(err)
	}
	before, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	r := openStore(t, path, ModeRead)
	collect(t, r.LinkedPairs(context.Background(), run))
	collect(t, r.Conflicts(context.Background(), run))
	if problems, err := r.Check(context.Background()); err != nil || len(problems) > 0 {
		t.Errorf("check: %v, %v", problems, err)
	}
	if _, err := r.Prune(context.Background(), 0); !errors.Is(err, ErrReadOnly) {
		t.Errorf("prune: %v", err)
	}
	after, err := os.ReadFile(path)
	if err != nil || !bytes.Equal(before, after) {
		t.Errorf("the file was changed (%v)", err)
	}
	if files, _ := filepath.Glob(path + "*"); len(files) != 1 {
		t.Errorf("files %q", files)
	}
}

func TestMigrations(t *testing.T) {
	path := filepath.Join(t.TempDir(), "padan.db")
	rawExec(t, path, "PRAGMA user_version = 0")
	conn, err := connectWriter(path)
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := conn.Close(); err != nil {
			t.Error(err)
		}
	}()
	version := func() int64 {
		id, err := readIdentity(conn)
		if err != nil {
			t.Fatal(err)
		}
		return id.version
	}
	scripts := []string{"CREATE TABLE a (x);", "CREATE TABLE b (x); INSERT INTO a VALUES (1);", "CREATE TABLE c (x); SELECT broken;"}
	if err := migrate(context.Background(), conn, 0, scripts[:1]); err != nil || version() != 1 {
		t.Fatalf("version %d: %v", version(), err)
	}
	// The third fails: the second stays, the third leaves nothing.
	if err := migrate(context.Background(), conn, 1, scripts); err == nil || version() != 2 {
		t.Errorf("version %d: %v", version(), err)
	}
	if n, err := queryInt(conn, "SELECT count(*) FROM sqlite_schema"); err != nil || n != 2 {
		t.Errorf("%d tables: %v", n, err)
	}
	if err := migrate(context.Background(), conn, 2, scripts[:2]); err != nil || version() != 2 {
		t.Errorf("repeated: version %d: %v", version(), err)
	}
}
