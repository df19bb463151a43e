package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"text/tabwriter"
)

// say tells the user something on stderr, unless told to be quiet.
func (g *globals) say(m message, args ...any) {
	if g.quiet || g.json {
		return
	}
	g.write(g.stderr, g.text.format(m, args...)+"\n")
}

// result prints a line of the result on stdout; scripts get it by emit instead.
func (g *globals) result(m message, args ...any) {
	if !g.json {
		g.write(g.stdout, g.text.format(m, args...)+"\n")
	}
}

// resultText prints text that is no message on stdout.
func (g *globals) resultText(text string) {
	if !g.json {
		g.write(g.stdout, text)
	}
}

// write ignores a failing stream: nothing is left to say it on, and no data is
// written here.
func (g *globals) write(w io.Writer, text string) {
	if _, err := io.WriteString(w, text); err != nil && !errors.Is(err, os.ErrClosed) {
		return
	}
}

// emit prints one JSON object on a line of stdout if --json is given.
func (g *globals) emit(messageType string, value any) error {
	if !g.json {
		return nil
	}
	text, err := withType(messageType, value)
	if err != nil {
		return err
	}
	_, err = g.stdout.Write(text)
	return err
}

// withType encodes a struct as JSON with message_type as its first key.
func withType(messageType string, value any) ([]byte, error) {
	text, err := json.Marshal(value)
	if err != nil {
		return nil, err
	}
	head := fmt.Sprintf(`{"message_type":%q`, messageType)
	if string(text) != "{}" {
		head += ","
	}
	return []byte(head + strings.TrimPrefix(string(text), "{") + "\n"), nil
}

// aligned lays rows out in columns, to the right if they are numbers.
func aligned(rows [][]string, flags uint) string {
	var text strings.Builder
	table := tabwriter.NewWriter(&text, 0, 0, 2, ' ', flags)
	for _, row := range rows {
		if _, err := io.WriteString(table, strings.Join(row, "\t")+"\n"); err != nil {
			return ""
		}
	}
	if err := table.Flush(); err != nil {
		return ""
	}
	return text.String()
}
