package main

import (
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"io/fs"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// guards make work whose panic says nothing of persons. In match, which may not
// know of package crash, it is carried to the caller; report, which may not either, is
// handed a guard.
var guards = []string{"crash.Guarded", "crash.GuardedError", "failure.guarded", "l.file.guard"}

// TestEveryGoroutineIsGuarded holds that no goroutine of the program can end it with
// the values it has at hand on the screen.
func TestEveryGoroutineIsGuarded(t *testing.T) {
	found := 0
	err := filepath.WalkDir("../..", func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return err
		}
		fset := token.NewFileSet()
		file, err := parser.ParseFile(fset, path, nil, 0)
		if err != nil {
			return err
		}
		ast.Inspect(file, func(n ast.Node) bool {
			work, starts := startedBy(n)
			if starts {
				found++
				if !isGuarded(work) {
					t.Errorf("%s: a goroutine without a guard", fset.Position(n.Pos()))
				}
			}
			return true
		})
		return nil
	})
	if err != nil || found < 15 {
		t.Errorf("%d goroutines were found, %v", found, err)
	}
}

// startedBy is the work of a goroutine that a statement or a call starts.
func startedBy(n ast.Node) (work ast.Expr, starts bool) {
	switch n := n.(type) {
	case *ast.GoStmt:
		return n.Call.Fun, true
	case *ast.CallExpr:
		if f, ok := n.Fun.(*ast.SelectorExpr); ok && (f.Sel.Name == "Go" || f.Sel.Name == "TryGo") && len(n.Args) == 1 {
			return n.Args[0], true
		}
	}
	return nil, false
}

func isGuarded(work ast.Expr) bool {
	call, ok := work.(*ast.CallExpr)
	return ok && slices.Contains(guards, types.ExprString(call.Fun))
}
