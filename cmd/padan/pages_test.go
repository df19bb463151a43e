package main

import (
	"bytes"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

// pages are the pages for users, in the order in which their commands follow each
// other, with those that say the same in Indonesian.
var pages = []struct{ english, indonesian string }{
	{"README.md", "README.id.md"},
	{"docs/analyst.md", "docs/analyst.id.md"},
	{"docs/operator.md", "docs/operator.id.md"},
	{"docs/auditor.md", "docs/auditor.id.md"},
}

func readPage(name string) (string, error) {
	content, err := os.ReadFile(filepath.Join("../..", name))
	return string(content), err
}

func page(t *testing.T, name string) string {
	t.Helper()
	text, err := readPage(name)
	if err != nil {
		t.Fatal(err)
	}
	return text
}

// shellBlocksOf are the commands of a page.
func shellBlocksOf(text string) []string {
	var lines []string
	inside := false
	for line := range strings.Lines(text) {
		switch {
		case strings.HasPrefix(line, "```"):
			inside = strings.TrimSpace(line) == "```sh"
		case inside:
			lines = append(lines, strings.TrimRight(line, "\n"))
		}
	}
	return lines
}

// shellBlocks FILE writes the shell commands of all pages to a file, except those that
// .ci/run itself executes.
func shellBlocks(ts *testscript.TestScript, _ bool, args []string) {
	var script strings.Builder
	for _, p := range pages {
		text, err := readPage(p.english)
		ts.Check(err)
		for _, line := range shellBlocksOf(text) {
			if !strings.HasPrefix(line, "go ") {
				script.WriteString(line + "\n")
			}
		}
	}
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), []byte(script.String()), 0o600))
}

// TestPagesNameEveryCommand also holds .ci/run to the commands for a fresh machine.
func TestPagesNameEveryCommand(t *testing.T) {
	for _, text := range [...]string{page(t, "README.md"), page(t, "README.id.md")} {
		root := newRootCommand(newGlobals(nil, nil, &bytes.Buffer{}, &bytes.Buffer{}))
		for _, cmd := range root.Commands() {
			if !cmd.Hidden && !strings.Contains(text, "padan "+cmd.Name()) {
				t.Errorf("no padan %s in the page that begins %.40q", cmd.Name(), text)
			}
		}
	}
	ci := page(t, ".ci/run")
	for _, line := range shellBlocksOf(page(t, "README.md")) {
		if strings.HasPrefix(line, "go ") && !strings.Contains(ci, line) {
			t.Errorf(".ci/run does not execute %q", line)
		}
	}
}

// TestPagesNameEveryPackage holds the lists of packages to the folders.
func TestPagesNameEveryPackage(t *testing.T) {
	for _, pattern := range []string{"*/*.go", "*/*/*.go"} {
		files, err := filepath.Glob(filepath.Join("../..", pattern))
		if err != nil || len(files) == 0 {
			t.Fatalf("%s: %v", pattern, err)
		}
		for _, file := range files {
			name := filepath.ToSlash(strings.TrimPrefix(filepath.Dir(file), filepath.FromSlash("../../")))
			for _, readme := range []string{"README.md", "README.id.md"} {
				if !strings.Contains(page(t, readme), "\n"+name+" ") {
					t.Fatalf("%s does not say what %s is for", readme, name)
				}
			}
		}
	}
}

var (
	tableCode = regexp.MustCompile(`(?m)^\| (\d+) \|`)
	anchor    = regexp.MustCompile(`[^\p{L}\p{N} _-]`)
	pageLink  = regexp.MustCompile(`\]\(([^)\s]+)\)`)
	pageHead  = regexp.MustCompile(`(?m)^#+ (.+)$`)
)

// Both languages have the same commands, chapters and exit codes, so that what is
// tested in one holds in the other.
func TestPagesAgree(t *testing.T) {
	for _, p := range pages {
		english, indonesian := page(t, p.english), page(t, p.indonesian)
		if !slices.Equal(shellBlocksOf(english), shellBlocksOf(indonesian)) {
			t.Errorf("%s and %s have other commands", p.english, p.indonesian)
		}
		if a, b := len(pageHead.FindAllString(english, -1)), len(pageHead.FindAllString(indonesian, -1)); a != b {
			t.Errorf("%s has %d headings, %s %d", p.english, a, p.indonesian, b)
		}
		if a, b := strings.Count(english, "\n|"), strings.Count(indonesian, "\n|"); a != b {
			t.Errorf("%s has %d rows of tables, %s %d", p.english, a, p.indonesian, b)
		}
	}
	codes := map[int]bool{exitDone: true, exitFailed: true, exitUsage: true}
	for _, known := range exitCodes {
		codes[known.code] = true
	}
	codes[exitStorage] = true
	want := fmt.Sprint(slices.Sorted(maps.Keys(codes)))
	for _, name := range []string{"README.md", "README.id.md", "docs/operator.md", "docs/operator.id.md"} {
		var told []string
		for _, found := range tableCode.FindAllStringSubmatch(page(t, name), -1) {
			told = append(told, found[1])
		}
		if got := fmt.Sprint(told); got != want {
			t.Errorf("%s tells exit codes %s, there are %s", name, got, want)
		}
	}
}

// Every link within the tree leads to a file and a heading that exist.
func TestPagesLinkToWhatExists(t *testing.T) {
	for _, p := range pages {
		for _, name := range []string{p.english, p.indonesian} {
			for _, found := range pageLink.FindAllStringSubmatch(page(t, name), -1) {
				if strings.HasPrefix(found[1], "https://") {
					continue
				}
				target, section, _ := strings.Cut(found[1], "#")
				place := name
				if target != "" {
					place = filepath.Join(filepath.Dir(name), target)
				}
				if _, err := os.Stat(filepath.Join("../..", place)); err != nil {
					t.Errorf("%s links to %s: %v", name, found[1], err)
				} else if section != "" && !slices.Contains(anchorsOf(page(t, place)), section) {
					t.Errorf("%s links to a heading that %s does not have: %s", name, place, section)
				}
			}
		}
	}
}

// anchorsOf are the names by which links reach the headings of a page.
func anchorsOf(text string) []string {
	var names []string
	for _, found := range pageHead.FindAllStringSubmatch(text, -1) {
		name := anchor.ReplaceAllString(strings.ToLower(found[1]), "")
		names = append(names, strings.ReplaceAll(name, " ", "-"))
	}
	return names
}
