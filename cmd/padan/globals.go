package main

import (
	"fmt"
	"io"
	"os"
	"runtime"
	"slices"
	"strings"
	"sync/atomic"
	"time"
	"unicode"
	"unicode/utf8"

	"padan/internal/config"
	"padan/report"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
	"golang.org/x/term"
)

// globals is what every command shares: the streams and the global flags.
type globals struct {
	stdin          io.Reader
	stdout, stderr io.Writer
	text           *texts
	now            func() time.Time // what the clock says; it may jump
	clockTold      bool             // that it is wrong

	config   string       // path of padan.toml
	file     *config.File // what stands in it; nil if there is none
	database string
	lang     string
	json     bool
	quiet    bool
	verbose  bool
	progress string
	workers  int
	waitLock time.Duration // how long to wait for another writer
	memory   memory
	color    string
	grounds  report.Grounds // why the data are processed

	prepared atomic.Bool // the flags are complete; others may read them

	trail trail // what the audit trail keeps of this command

	started bool  // the command line was understood
	lost    error // why a part of the result could not be printed
}

func newGlobals(args []string, stdin io.Reader, stdout, stderr io.Writer) *globals {
	return &globals{stdin: stdin, stdout: stdout, stderr: stderr, text: newTexts(wantedLanguage(args)), now: time.Now}
}

func (g *globals) addFlags(flags *pflag.FlagSet) {
	flags.StringVar(&g.config, "config", configName, "a file that gives flags their values, if there is one (padan init)")
	flags.StringVar(&g.database, "db", "padan.db", "the database file")
	markPaths(flags, "db")
	choiceVar(flags, &g.lang, "lang", g.text.code, []string{"id", "en"}, "language of messages and reports")
	flags.BoolVar(&g.json, "json", false, "results as one JSON object per line")
	flags.BoolVarP(&g.quiet, "quiet", "q", false, "only results and errors")
	flags.BoolVarP(&g.verbose, "verbose", "v", false, "tell how long each stage took")
	choiceVar(flags, &g.progress, "progress", "auto", []string{"auto", "bar", "log", "none"}, "how progress is shown")
	flags.IntVar(&g.workers, "workers", 0, "goroutines at work (0 = one per CPU); results do not depend on it")
	flags.DurationVar(&g.waitLock, "wait-lock", 0, "how long to wait while another padan writes, as 10m (default: not at all)")
	g.memory = memory{text: "60%", percent: 60}
	flags.Var(&g.memory, "max-memory", "memory to keep within: a share of what there is, or a size (2GB); results do not depend on it")
	choiceVar(flags, &g.color, "color", "auto", []string{"auto", "always", "never"}, "colours on the terminal")
	flags.StringVar(&g.grounds.Purpose, "purpose", "", "why the data are processed, for the audit trail and the reports; never about a person")
	flags.StringVar(&g.grounds.LegalBasis, "legal-basis", "", "by which law, decree or agreement, for the same")
}

// prepare completes the flags from the environment and padan.toml, before a command
// starts.
func (g *globals) prepare(cmd *cobra.Command) error {
	flags := cmd.Flags()
	if err := completeFromEnvironment(flags); err != nil {
		return err
	}
	if err := g.configure(cmd); err != nil {
		return err
	}
	if err := checkGrounds(g.grounds); err != nil {
		return err
	}
	g.trail.begin(cmd)
	if g.workers < 0 {
		return &usageError{err: fmt.Errorf("--workers %d: must not be negative", g.workers)}
	}
	if g.workers == 0 {
		g.workers = runtime.GOMAXPROCS(0)
	}
	g.memory.resolve()
	g.memory.apply()
	g.text = newTexts(g.lang)
	g.prepared.Store(true)
	return nil
}

// checkGrounds holds them to one line each, as the trail and the cover show them.
func checkGrounds(grounds report.Grounds) error {
	const longest = 300
	for _, flag := range [...]struct{ name, text string }{{"--purpose", grounds.Purpose}, {"--legal-basis", grounds.LegalBasis}} {
		if strings.ContainsFunc(flag.text, unicode.IsControl) || utf8.RuneCountInString(flag.text) > longest {
			return &usageError{err: fmt.Errorf("%s: must be one line of at most %d characters", flag.name, longest)}
		}
	}
	return nil
}

// released is a day before which no padan has run.
var released = time.Date(2026, 11, 1, 0, 0, 0, 0, time.UTC)

// today is the day that lists speak of if nobody says another. A clock that went back to
// 1970 is not believed: all who live were born after it.
func (g *globals) today() time.Time {
	now := g.now()
	if now.Before(released) {
		if !g.clockTold {
			g.say(msgClockWrong, now.Format(time.DateTime))
			g.clockTold = true
		}
		return released
	}
	return now
}

// completeFromEnvironment gives flags that the command line leaves out the values
// of their variables.
func completeFromEnvironment(flags *pflag.FlagSet) (err error) {
	flags.VisitAll(func(f *pflag.Flag) {
		name := "PADAN_" + strings.ToUpper(strings.ReplaceAll(f.Name, "-", "_"))
		value := os.Getenv(name)
		if value == "" || f.Changed || err != nil || f.Name == "help" {
			return
		}
		if failed := flags.Set(f.Name, value); failed != nil {
			err = &usageError{err: fmt.Errorf("%s: %w", name, failed), hint: "unset " + name}
		}
	})
	return err
}

// choice is a flag that takes one of a few words.
type choice struct {
	value *string
	words []string
}

func choiceVar(flags *pflag.FlagSet, p *string, name, value string, words []string, usage string) {
	*p = value
	flags.Var(&choice{p, words}, name, usage+" ("+strings.Join(words, ", ")+")")
}

func (c *choice) String() string { return *c.value }
func (c *choice) Type() string   { return "word" }
func (c *choice) Set(word string) error {
	if !slices.Contains(c.words, word) {
		return fmt.Errorf("must be one of %s", strings.Join(c.words, ", "))
	}
	*c.value = word
	return nil
}

// isTerminal reports whether a stream is shown to a person.
func isTerminal(stream any) bool {
	file, ok := stream.(*os.File)
	return ok && term.IsTerminal(int(file.Fd()))
}

// colored reports whether a stream may be coloured.
func (g *globals) colored(stream io.Writer) bool {
	switch g.color {
	case "always":
		return true
	case "never":
		return false
	}
	return isTerminal(stream) && os.Getenv("NO_COLOR") == "" && os.Getenv("TERM") != "dumb"
}

// The colours in use.
const (
	red  = "31"
	bold = "1"
)

func (g *globals) paint(stream io.Writer, color, text string) string {
	if !g.colored(stream) {
		return text
	}
	return "\x1b[" + color + "m" + text + "\x1b[0m"
}
