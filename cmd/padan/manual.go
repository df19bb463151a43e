package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

func newManualCommand(g *globals) *cobra.Command {
	out, date := "", ""
	cmd := &cobra.Command{
		Use: "man --out FOLDER", Short: "Write the manual pages", Args: cobra.NoArgs, Hidden: true,
		Long: `Write the manual pages of padan and all its commands, for man(1), into a folder.

EXIT STATUS
  0  done
  13 they cannot be written`,
		RunE: func(*cobra.Command, []string) error {
			if out == "" {
				return &usageError{err: errors.New("--out is missing: the folder for the pages"), hint: "padan man --out man1"}
			}
			if _, err := time.Parse(time.DateOnly, date); date != "" && err != nil {
				return &usageError{err: fmt.Errorf("--date %q: must be a date as 2026-01-31", date)}
			}
			g.started = true
			if err := os.MkdirAll(out, 0o755); err != nil { //nolint:gosec // for everybody to read
				return err
			}
			for name, page := range manual(date) {
				if err := os.WriteFile(filepath.Join(out, name), page, 0o644); err != nil { //nolint:gosec // for everybody to read
					return err
				}
			}
			return nil
		},
	}
	cmd.Flags().StringVar(&out, "out", "", "the folder for the pages")
	cmd.Flags().StringVar(&date, "date", "", "the date that the pages bear, as 2026-01-31")
	return cmd
}

// manual is all pages by file name. They do not depend on the language of the user.
func manual(date string) map[string][]byte {
	root := newRootCommand(newGlobals([]string{"--lang=id"}, nil, io.Discard, io.Discard))
	root.InitDefaultCompletionCmd()
	return manualPages(root, date)
}

// manualPages are the pages of a command and all below it, by file name.
func manualPages(cmd *cobra.Command, date string) map[string][]byte {
	pages := map[string][]byte{pageName(cmd) + ".1": manualPage(cmd, date)}
	for _, sub := range manualCommands(cmd) {
		for name, page := range manualPages(sub, date) {
			pages[name] = page
		}
	}
	return pages
}

// manualCommands are the commands below another that have a page.
func manualCommands(cmd *cobra.Command) []*cobra.Command {
	return slices.DeleteFunc(slices.Clone(cmd.Commands()), func(sub *cobra.Command) bool {
		return !sub.IsAvailableCommand() || sub.Name() == "help"
	})
}

func pageName(cmd *cobra.Command) string { return strings.ReplaceAll(cmd.CommandPath(), " ", "-") }

// manualFiles is what the page of padan says of files.
const manualFiles = `FILES
  padan.toml       what padan run does every night, and values for all flags
  padan.db         the database; --db names another one
  padan.db.audit   its audit trail
  padan.db.lock    names who writes to it`

// manualPage writes the page of one command.
func manualPage(cmd *cobra.Command, date string) []byte {
	page := &roff{}
	name := pageName(cmd)
	page.macro("TH", strings.ToUpper(name), "1", date, "padan "+version, "padan")
	page.section("NAME")
	page.line(name + " - " + cmd.Short)
	page.section("SYNOPSIS")
	page.line(synopsis(cmd))
	page.section("DESCRIPTION")
	description, status, _ := strings.Cut(cmd.Long, "EXIT STATUS\n")
	if description == "" {
		description = cmd.Short + "."
	}
	page.prose(description)
	if subs := manualCommands(cmd); len(subs) > 0 {
		page.section("COMMANDS")
		for _, sub := range subs {
			page.item(pageName(sub)+"(1)", sub.Short)
		}
	}
	if flags := cmd.NonInheritedFlags(); flags.HasAvailableFlags() {
		page.section("OPTIONS")
		page.flags(flags)
	}
	if cmd.HasParent() {
		page.macro("PP")
		page.line("The options of padan(1), as --db and --lang, hold for every command.")
	} else {
		page.prose(manualFiles)
	}
	if status != "" {
		page.prose("EXIT STATUS\n" + status)
	}
	if cmd.HasParent() {
		page.section("SEE ALSO")
		page.line(seeAlso(cmd.Parent(), cmd))
	}
	return []byte(page.text.String())
}

func synopsis(cmd *cobra.Command) string {
	if !cmd.HasParent() {
		return cmd.Name() + " COMMAND [flags]"
	}
	return cmd.UseLine()
}

// seeAlso names the page above that of a command, which has the list of all commands,
// or those beside it.
func seeAlso(above, cmd *cobra.Command) string {
	pages := []string{pageName(above) + "(1)"}
	if above.HasParent() {
		for _, other := range manualCommands(above) {
			if other != cmd {
				pages = append(pages, pageName(other)+"(1)")
			}
		}
	}
	return strings.Join(pages, ", ")
}

// roff is a manual page in the making.
type roff struct{ text strings.Builder }

// macro writes a request with its arguments.
func (r *roff) macro(name string, args ...string) {
	r.text.WriteString("." + name)
	for _, arg := range args {
		r.text.WriteString(` "` + roffText(arg) + `"`)
	}
	r.text.WriteByte('\n')
}

func (r *roff) section(title string) { r.macro("SH", title) }

// line writes one line of text.
func (r *roff) line(text string) {
	text = roffText(strings.TrimSpace(text))
	if strings.HasPrefix(text, ".") {
		text = `\&` + text
	}
	r.text.WriteString(text + "\n")
}

// item writes a term and what is said of it.
func (r *roff) item(term, text string) {
	r.macro("TP")
	r.macro("B", term)
	r.line(text)
}

var (
	heading  = regexp.MustCompile(`^[A-Z][A-Z ]+$`)
	listItem = regexp.MustCompile(`^  (\S+(?: \d+)*) +(.+)$`)
	besides  = regexp.MustCompile(` {3,}(\d+  )`) // two items in one line
)

// prose writes the text of a help: paragraphs, headings in capitals, lists set in by
// two spaces, and commands set in further.
func (r *roff) prose(text string) {
	text = besides.ReplaceAllString(strings.Trim(text, "\n"), "\n  $1")
	for i, paragraph := range strings.Split(text, "\n\n") {
		if i > 0 {
			r.macro("PP")
		}
		for line := range strings.Lines(paragraph) {
			line = strings.TrimRight(line, "\n")
			item := listItem.FindStringSubmatch(line)
			switch {
			case heading.MatchString(line):
				r.section(line)
			case item != nil:
				r.item(item[1], item[2])
			case strings.HasPrefix(line, "\t"):
				r.macro("RS", "4")
				r.line(line)
				r.macro("RE")
			default:
				r.line(line)
			}
		}
	}
}

// flags writes what each flag does.
func (r *roff) flags(flags *pflag.FlagSet) {
	flags.VisitAll(func(f *pflag.Flag) {
		if f.Hidden {
			return
		}
		kind, usage := pflag.UnquoteUsage(f)
		term := "--" + f.Name
		if f.Shorthand != "" {
			term = "-" + f.Shorthand + ", " + term
		}
		if kind != "" {
			term += " " + strings.TrimSuffix(kind, "Array")
		}
		if !slices.Contains([]string{"", "0", "0s", "false", "[]"}, f.DefValue) {
			usage += fmt.Sprintf(" (default %s)", strings.Trim(f.DefValue, "[]"))
		}
		r.item(term, usage)
	})
}

// roffText escapes what has a meaning to roff, and what it would set as another
// character than the one that is typed.
var roffText = strings.NewReplacer(
	`\`, `\e`, `-`, `\-`, `'`, `\(aq`, "`", `\(ga`, `"`, `\(dq`, `^`, `\(ha`, `~`, `\(ti`,
).Replace
