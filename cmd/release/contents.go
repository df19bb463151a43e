package main

import (
	"context"
	"debug/buildinfo"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"runtime/debug"
	"strings"
	"time"
)

// entry is one file of an archive.
type entry struct {
	name    string // with slashes
	content []byte
	program bool // may be executed
}

// documents are the files and folders of the tree that go into every archive.
var documents = []string{"LICENSE", thirdPartyName, "README.md", "README.id.md", "CHANGELOG.md", "docs"}

// completions are the files that make shells complete commands and flags, by shell.
var completions = []struct{ shell, name string }{
	{"bash", "padan.bash"}, {"zsh", "_padan"}, {"fish", "padan.fish"}, {"powershell", "padan.ps1"},
}

// gather collects what every archive holds. The program writes its own manual pages
// and completions.
func (r *release) gather(ctx context.Context, program string) error {
	for _, name := range documents {
		if err := r.add(r.root, name, ""); err != nil {
			return err
		}
	}
	pages := filepath.Join(r.work, "man1")
	if _, err := output(ctx, r.work, program, "man", "--out", pages, "--date", r.date.Format(time.DateOnly)); err != nil {
		return err
	}
	if err := r.add(r.work, "man1", "man"); err != nil {
		return err
	}
	for _, c := range completions {
		text, err := output(ctx, r.work, program, "completion", c.shell)
		if err != nil {
			return err
		}
		r.common = append(r.common, entry{name: "completions/" + c.name, content: []byte(text + "\n")})
	}
	return nil
}

// add collects a file, or all files below it, of a folder; their names begin with
// prefix.
func (r *release) add(folder, name, prefix string) error {
	files := os.DirFS(folder)
	return fs.WalkDir(files, name, func(file string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		content, err := fs.ReadFile(files, file)
		r.common = append(r.common, entry{name: path.Join(prefix, file), content: content})
		return err
	})
}

// verify holds a program to the list of the modules it may contain.
func (r *release) verify(program string) error {
	info, err := buildinfo.ReadFile(program)
	if err != nil {
		return err
	}
	listed, err := os.ReadFile(filepath.Join(r.root, thirdPartyName))
	if err != nil {
		return err
	}
	return unlisted(info.Deps, string(listed))
}

// unlisted is an error if a list leaves out a module.
func unlisted(modules []*debug.Module, list string) error {
	for _, m := range modules {
		if !strings.Contains(list, tableRow(m.Path, m.Version)) {
			return fmt.Errorf("%s does not list %s %s", thirdPartyName, m.Path, m.Version)
		}
	}
	return nil
}
