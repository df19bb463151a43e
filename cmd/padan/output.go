package main

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"text/tabwriter"
	"time"
)

// say tells the user something on stderr, unless told to be quiet.
func (g *globals) say(m message, args ...any) {
	if g.quiet || g.json {
		return
	}
	g.write(g.text.format(m, args...) + "\n")
}

// stage begins a stage of the work; the function it returns tells, to those who
// want detail, how long the stage took.
func (g *globals) stage(name string) func() {
	started := time.Now()
	return func() {
		if g.verbose {
			g.say(msgTook, name, g.text.printer.Sprintf("%.2f", time.Since(started).Seconds()))
		}
	}
}

// result prints a line of the result on stdout; scripts get it by emit instead.
func (g *globals) result(m message, args ...any) {
	g.resultText(g.text.format(m, args...) + "\n")
}

// resultText prints text that is no message on stdout. A failure is remembered
// and decides on the exit code: a result that nobody can read is none.
func (g *globals) resultText(text string) {
	if g.json {
		return
	}
	g.print([]byte(g.printable(g.stdout, text)))
}

// print writes to stdout; what cannot be printed does not stop the work.
func (g *globals) print(text []byte) {
	if _, err := g.stdout.Write(text); err != nil && g.lost == nil {
		g.lost = fmt.Errorf("%w: %w", errOutput, err)
	}
}

// write prints on stderr. If that fails there is nothing left to say it on.
func (g *globals) write(text string) {
	if _, err := io.WriteString(g.stderr, g.printable(g.stderr, text)); err != nil {
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
	g.print(text)
	return nil
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
