package store

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// admittedSQL are the texts that are read, not written down.
var admittedSQL = map[string]string{
	"scripts[version]": "the migrations are files that are embedded in the program",
}

// TestSQLHoldsNoValues holds that no value is ever part of the text of a statement.
func TestSQLHoldsNoValues(t *testing.T) {
	fset := token.NewFileSet()
	var files []*ast.File
	paths, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range paths {
		if strings.HasSuffix(path, "_test.go") {
			continue
		}
		file, err := parser.ParseFile(fset, path, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		files = append(files, file)
	}
	s := newSQLText(fset, files, admittedSQL)
	s.check()
	for _, problem := range s.problems {
		t.Errorf("%s: the text of a statement must be fixed; bind values", problem)
	}
	if s.seen < 60 {
		t.Errorf("only %d statements were found", s.seen)
	}
	for text := range admittedSQL {
		if !s.used[text] {
			t.Errorf("%s is admitted and does not occur", text)
		}
	}
}

// TestSQLTextSees holds that values in a statement are found however they get there.
func TestSQLTextSees(t *testing.T) {
	const head = "package store\ntype S struct{}\ntype R struct{ Name string }\nconst columns = `id`\nvar table = []string{`a`, `b`}\n"
	for body, want := range map[string]int{
		"func f(name string) { sqlitex.Execute(c, `SELECT 1 WHERE a = ?`, name) }":                                                              0,
		"func f() { c.Prepare(`SELECT ` + columns); for _, t := range table { q := `DELETE FROM ` + t; sqlitex.Execute(c, q, nil) } }":          0,
		"func f(q string) { c.Prepare(q) }\nfunc g() { f(`SELECT 1`); f(columns) }":                                                             0,
		"func f() { for _, d := range []struct{ q string; a []any }{{`DELETE`, []any{x}}} { c.Prepare(d.q) } }":                                 0,
		"func f(n int) { c.Prepare(fmt.Sprintf(`PRAGMA x = %d`, n)) }":                                                                          0,
		"func f(name string) { c.Prepare(name) }":                                                                                               1,
		"func f(name string) { sqlitex.Execute(c, `SELECT 1 WHERE a = '` + name + `'`, nil) }\nfunc g(r *R) { f(r.Name) }":                      1,
		"func f(q string) { c.Prepare(q) }\nfunc g(names []string) { f(`SELECT 1`); f(names[0]) }":                                              1,
		"func f(n string) { c.Prepare(fmt.Sprintf(`SELECT %s`, n)) }\nfunc g() { f(os.Args[1]) }":                                               1,
		"func f(n any) { c.PrepareTransient(fmt.Sprintf(`SELECT %v`, n)) }":                                                                     1,
		"func f() { q := `SELECT`; q += read(); c.Prepare(q) }":                                                                                 1,
		"func f() { q := `SELECT`; if x { q = read() }; c.Prepare(q) }":                                                                         1,
		"func (s *S) f(q string) { sqlitex.ExecuteScript(c, q, nil) }\nfunc (s *S) g(row map[string]string) { s.f(row[`a`]); s.f(`SELECT 1`) }": 1,
	} {
		fset := token.NewFileSet()
		file, err := parser.ParseFile(fset, "x.go", head+body, 0)
		if err != nil {
			t.Fatalf("%s: %v", body, err)
		}
		s := newSQLText(fset, []*ast.File{file}, nil)
		s.check()
		if len(s.problems) != want {
			t.Errorf("%s\ngot %q, want %d problems", body, s.problems, want)
		}
	}
}

// TestOnlyTheStoreSpeaksSQL holds that no other package can hand statements to the
// engine.
func TestOnlyTheStoreSpeaksSQL(t *testing.T) {
	var others []string
	err := filepath.WalkDir("../..", func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return err
		}
		file, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.ImportsOnly)
		if err != nil {
			return err
		}
		isEngine := func(i *ast.ImportSpec) bool {
			return strings.Contains(i.Path.Value, "sqlite") || i.Path.Value == `"database/sql"`
		}
		if slices.ContainsFunc(file.Imports, isEngine) && filepath.ToSlash(filepath.Dir(path)) != "../../internal/store" {
			others = append(others, path)
		}
		return nil
	})
	if err != nil || len(others) > 0 {
		t.Errorf("%q, %v", others, err)
	}
}
