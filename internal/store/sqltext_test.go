package store

import (
	"fmt"
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"
	"path/filepath"
	"regexp"
)

// sqlText follows the text of every SQL statement of a package back to where it
// comes from. Text is fixed if it is a constant, or put together of fixed text and
// whole numbers; values are bound, never written into it.
type sqlText struct {
	info  *types.Info
	files []*ast.File
	fset  *token.FileSet
	// admitted are texts that are fixed though it cannot be seen, with the reason.
	admitted map[string]string

	assigned map[types.Object][]ast.Expr // what a variable is given
	params   map[types.Object]param      // parameters, by their object
	checked  map[types.Object]bool
	problems []string
	seen     int // statements
	used     map[string]bool
}

// param is a parameter: its function and its place.
type param struct {
	function types.Object
	place    int
}

// sqlSinks are the calls that take SQL text, and at which place.
var sqlSinks = map[string]int{
	"sqlitex.Execute": 1, "sqlitex.ExecuteTransient": 1, "sqlitex.ExecuteScript": 1, "sqlitex.ExecScript": 1, "sqlitex.Exec": 1, "sqlitex.ExecTransient": 1,
	".Prepare": 0, ".PrepareTransient": 0, ".Prep": 0,
}

func newSQLText(fset *token.FileSet, files []*ast.File, admitted map[string]string) *sqlText {
	s := &sqlText{
		info:     &types.Info{Types: map[ast.Expr]types.TypeAndValue{}, Defs: map[*ast.Ident]types.Object{}, Uses: map[*ast.Ident]types.Object{}},
		files:    files,
		fset:     fset,
		admitted: admitted,
		assigned: map[types.Object][]ast.Expr{}, params: map[types.Object]param{}, checked: map[types.Object]bool{}, used: map[string]bool{},
	}
	// What other packages declare is not needed, so that their absence is no error.
	config := types.Config{Error: func(error) {}, Importer: noImports{}}
	_, _ = config.Check("store", fset, files, s.info)
	for _, file := range files {
		ast.Inspect(file, s.collect)
	}
	return s
}

// noImports imports nothing.
type noImports struct{}

func (noImports) Import(path string) (*types.Package, error) {
	return nil, fmt.Errorf("%s is not imported", path)
}

// collect notes what variables are given and which are parameters.
func (s *sqlText) collect(n ast.Node) bool {
	switch n := n.(type) {
	case *ast.AssignStmt:
		for i, left := range n.Lhs {
			if len(n.Rhs) == len(n.Lhs) {
				s.assign(left, n.Rhs[i])
			} else {
				s.assign(left, n.Rhs[0])
			}
		}
	case *ast.ValueSpec:
		for i, name := range n.Names {
			if i < len(n.Values) {
				s.assign(name, n.Values[i])
			}
		}
	case *ast.RangeStmt:
		for _, left := range []ast.Expr{n.Key, n.Value} {
			if left != nil {
				s.assign(left, n.X)
			}
		}
	case *ast.FuncDecl:
		place := 0
		for _, field := range n.Type.Params.List {
			for _, name := range field.Names {
				s.params[s.info.Defs[name]] = param{s.info.Defs[n.Name], place}
				place++
			}
		}
	}
	return true
}

func (s *sqlText) assign(left, value ast.Expr) {
	if name, ok := left.(*ast.Ident); ok {
		if object := s.object(name); object != nil {
			s.assigned[object] = append(s.assigned[object], value)
		}
	}
}

func (s *sqlText) object(name *ast.Ident) types.Object {
	if object := s.info.Defs[name]; object != nil {
		return object
	}
	return s.info.Uses[name]
}

// check follows the text of every statement.
func (s *sqlText) check() {
	for _, file := range s.files {
		ast.Inspect(file, func(n ast.Node) bool {
			call, ok := n.(*ast.CallExpr)
			if !ok {
				return true
			}
			if place, ok := sinkOf(call); ok && place < len(call.Args) {
				s.seen++
				s.want(call.Args[place])
			}
			return true
		})
	}
}

// sinkOf reports whether a call takes SQL text, and at which place.
func sinkOf(call *ast.CallExpr) (place int, ok bool) {
	selected, ok := call.Fun.(*ast.SelectorExpr)
	if !ok {
		return 0, false
	}
	if of, isName := selected.X.(*ast.Ident); isName {
		if place, ok = sqlSinks[of.Name+"."+selected.Sel.Name]; ok {
			return place, true
		}
	}
	place, ok = sqlSinks["."+selected.Sel.Name]
	return place, ok
}

// want notes a problem unless an expression is fixed text.
func (s *sqlText) want(e ast.Expr) {
	if !s.fixed(e) {
		at := s.fset.Position(e.Pos())
		s.problems = append(s.problems, fmt.Sprintf("%s:%d: %s", filepath.Base(at.Filename), at.Line, types.ExprString(e)))
	}
}

// fixed reports whether an expression is fixed text. That of a parameter is judged
// at all calls of its function.
func (s *sqlText) fixed(e ast.Expr) bool {
	if e == nil {
		return false
	}
	if s.info.Types[e].Value != nil {
		return true
	}
	if _, ok := s.admitted[types.ExprString(e)]; ok {
		s.used[types.ExprString(e)] = true
		return true
	}
	switch e := e.(type) {
	case *ast.BasicLit, *ast.FuncLit:
		return true
	case *ast.ParenExpr:
		return s.fixed(e.X)
	case *ast.BinaryExpr:
		return s.fixed(e.X) && s.fixed(e.Y)
	case *ast.UnaryExpr: // the address of what a result is put into
		return e.Op == token.AND
	case *ast.SelectorExpr:
		return s.fixedField(e)
	case *ast.CompositeLit:
		return s.fixedElements(e)
	case *ast.CallExpr:
		return s.fixedCall(e)
	case *ast.Ident:
		return s.fixedName(e)
	}
	return false
}

// fixedElements judges the elements of a literal; those of lists of values to be
// bound are no text.
func (s *sqlText) fixedElements(literal *ast.CompositeLit) bool {
	if list, ok := literal.Type.(*ast.ArrayType); ok && types.ExprString(list.Elt) == "any" {
		return true
	}
	for _, element := range literal.Elts {
		if pair, ok := element.(*ast.KeyValueExpr); ok {
			if _, isField := pair.Key.(*ast.Ident); !isField && !s.fixed(pair.Key) {
				return false
			}
			element = pair.Value
		}
		if !s.fixed(element) {
			return false
		}
	}
	return true
}

// fixedField judges a field of the elements of a literal list, over which a loop goes.
func (s *sqlText) fixedField(e *ast.SelectorExpr) bool {
	name, ok := e.X.(*ast.Ident)
	if !ok || s.object(name) == nil || len(s.assigned[s.object(name)]) == 0 {
		return false
	}
	for _, value := range s.assigned[s.object(name)] {
		list, ok := value.(*ast.CompositeLit)
		if !ok {
			return false
		}
		for _, element := range list.Elts {
			one, ok := element.(*ast.CompositeLit)
			if !ok || !s.fixed(fieldOf(list, one, e.Sel.Name)) {
				return false
			}
		}
	}
	return true
}

// fieldOf is what an element of a list has in a field; nil if that cannot be seen.
func fieldOf(list, element *ast.CompositeLit, field string) ast.Expr {
	place := 0
	if of, ok := list.Type.(*ast.ArrayType); ok {
		if structure, ok := of.Elt.(*ast.StructType); ok {
			for _, f := range structure.Fields.List {
				for _, name := range f.Names {
					if name.Name == field && place < len(element.Elts) {
						return element.Elts[place]
					}
					place++
				}
			}
		}
	}
	for _, e := range element.Elts {
		if pair, ok := e.(*ast.KeyValueExpr); ok && types.ExprString(pair.Key) == field {
			return pair.Value
		}
	}
	return nil
}

// numbers are formats that write nothing but whole numbers and fixed text.
var numbers = regexp.MustCompile(`^([^%]|%d|%s)*$`)

func (s *sqlText) fixedCall(call *ast.CallExpr) bool {
	switch types.ExprString(call.Fun) {
	case "strings.Repeat":
		return s.fixed(call.Args[0])
	case "fmt.Sprintf":
		format := s.info.Types[call.Args[0]].Value
		if format == nil || !numbers.MatchString(constant.StringVal(format)) {
			return false
		}
		for i, verb := range regexp.MustCompile(`%[ds]`).FindAllString(constant.StringVal(format), -1) {
			if verb == "%s" && !s.fixed(call.Args[i+1]) {
				return false
			}
		}
		return true
	}
	return false
}

func (s *sqlText) fixedName(name *ast.Ident) bool {
	object := s.object(name)
	if object == nil {
		return false
	}
	if s.checked[object] {
		return true // judged elsewhere
	}
	s.checked[object] = true
	for _, value := range s.assigned[object] {
		if !s.fixed(value) {
			return false
		}
	}
	p, isParam := s.params[object]
	if !isParam {
		return len(s.assigned[object]) > 0
	}
	calls := 0
	for _, file := range s.files {
		ast.Inspect(file, func(n ast.Node) bool {
			if call, ok := n.(*ast.CallExpr); ok && s.called(call) == p.function && p.place < len(call.Args) {
				calls++
				s.want(call.Args[p.place])
			}
			return true
		})
	}
	return calls > 0
}

// called is the function of this package that is called.
func (s *sqlText) called(call *ast.CallExpr) types.Object {
	var object types.Object
	switch f := call.Fun.(type) {
	case *ast.Ident:
		object = s.info.Uses[f]
	case *ast.SelectorExpr:
		object = s.info.Uses[f.Sel]
	case *ast.IndexExpr:
		if name, ok := f.X.(*ast.Ident); ok {
			object = s.info.Uses[name]
		}
	}
	if function, ok := object.(*types.Func); ok {
		return function.Origin()
	}
	return object
}
