// Package config reads padan.toml.
//
// A key is the name of a flag, a table the name of the command it belongs to, so
// that whatever a command line can say, the file can say for every night:
//
//	db = "padan.db"
//	[match]
//	link = 0.996
//	[[run.regional]]
//	files = ["daerah/*.xlsx"]
//	without-nik = true
package config

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"strings"

	"github.com/pelletier/go-toml/v2"
	"github.com/pelletier/go-toml/v2/unstable"
)

// Setting is one key of the file with its values.
type Setting struct {
	Table  string // names joined with ".", "" above the first table
	Group  int    // 1-based, of a table that may stand several times ([[table]]); 0 for another
	Key    string
	Values []string // as a flag takes them; several only if the file has a list
	Line   int
}

// File is a file that was read.
type File struct {
	Path     string
	Settings []Setting // in their order
}

// Error says where in the file something is wrong.
type Error struct {
	Path string
	Line int // 0 = unknown
	Err  error
}

// Error names file and line.
func (e *Error) Error() string {
	if e.Line == 0 {
		return fmt.Sprintf("%s: %v", e.Path, e.Err)
	}
	return fmt.Sprintf("%s:%d: %v", e.Path, e.Line, e.Err)
}

// Unwrap returns the cause.
func (e *Error) Unwrap() error { return e.Err }

// Errors of a file.
var (
	ErrNested = errors.New("a value must be a text, a number, true or false, or a list of these")
	ErrDotted = errors.New("a key with dots: write a [table] above it")
)

// Read reads a file. Its errors are *Error, or of the system.
func Read(path string) (*File, error) {
	content, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	return Parse(path, content)
}

// Parse reads the content of a file at path.
func Parse(path string, content []byte) (*File, error) {
	content = bytes.TrimPrefix(content, []byte("\xEF\xBB\xBF")) // as Notepad writes it
	var whole map[string]any
	if err := toml.Unmarshal(content, &whole); err != nil {
		var decode *toml.DecodeError
		if errors.As(err, &decode) {
			line, _ := decode.Position()
			return nil, &Error{path, line, errors.New(strings.TrimPrefix(decode.Error(), "toml: "))}
		}
		return nil, &Error{Path: path, Err: err}
	}
	r := reader{file: &File{Path: path}, content: content, groups: map[string]int{}}
	r.parser.Reset(content)
	for r.parser.NextExpression() {
		if err := r.expression(r.parser.Expression()); err != nil {
			return nil, err
		}
	}
	if err := r.parser.Error(); err != nil {
		return nil, &Error{Path: path, Err: err}
	}
	return r.file, nil
}

// reader goes through the expressions of a file.
type reader struct {
	file    *File
	content []byte
	parser  unstable.Parser
	table   string
	group   int
	groups  map[string]int // how often a table has stood so far
}

func (r *reader) expression(e *unstable.Node) error {
	names, line := r.names(e)
	switch e.Kind {
	case unstable.Table:
		r.table, r.group = strings.Join(names, "."), 0
	case unstable.ArrayTable:
		r.table = strings.Join(names, ".")
		r.groups[r.table]++
		r.group = r.groups[r.table]
	case unstable.KeyValue:
		if len(names) != 1 {
			return &Error{r.file.Path, line, ErrDotted}
		}
		values, ok := valuesOf(e.Value())
		if !ok {
			return &Error{r.file.Path, line, ErrNested}
		}
		r.file.Settings = append(r.file.Settings, Setting{r.table, r.group, names[0], values, line})
	default: // a comment
	}
	return nil
}

// names are the parts of the key of an expression, and the line on which it stands.
func (r *reader) names(e *unstable.Node) (names []string, line int) {
	keys := e.Key()
	for keys.Next() {
		key := keys.Node()
		if line == 0 {
			line = 1 + bytes.Count(r.content[:key.Raw.Offset], []byte("\n"))
		}
		names = append(names, string(key.Data))
	}
	return names, line
}

// valuesOf are the texts of a value; false for tables and lists of lists.
func valuesOf(n *unstable.Node) ([]string, bool) {
	switch n.Kind {
	case unstable.String, unstable.Bool, unstable.Integer, unstable.Float, unstable.LocalDate:
		return []string{string(n.Data)}, true
	case unstable.Array:
		values := []string{}
		items := n.Children()
		for items.Next() {
			if items.Node().Kind == unstable.Array {
				return nil, false
			}
			value, ok := valuesOf(items.Node())
			if !ok {
				return nil, false
			}
			values = append(values, value...)
		}
		return values, true
	default:
		return nil, false
	}
}
