package main

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
)

// thirdPartyName is the list of the modules inside padan with their licences.
const thirdPartyName = "THIRD_PARTY.md"

const thirdPartyIntroduction = `# Software inside padan

The program padan holds its own code (MIT licence, see LICENSE) and the modules below, in one
version for all platforms; some are on some platforms only. Their licences let everybody use,
change and pass them on as long as these notices go along. None of them is under the GPL.

This page is written from the modules themselves: ` + "`go test ./cmd/release -run ThirdParty -update`" + `.

| module | version | licence | copyright |
|--|--|--|--|
`

// module is one module that is linked into padan.
type module struct {
	path, version string
	notices       []notice
}

// notice is one licence file.
type notice struct {
	file string // within the module, with slashes
	text string
}

// elsewhere are licence files that say nothing of their own about what is linked.
var elsewhere = map[string][]string{
	// Of the modules listed here and of the parts of libc, which have their own files,
	// and of code that only tests need.
	"modernc.org/sqlite": {"LICENSE-3RD-PARTY.md", "LICENSE-SQLITE_VEC"},
	"modernc.org/memory": {"LICENSE-LOGO"}, // the picture of its page
}

// linkedPackage is what go list says of a package.
type linkedPackage struct {
	Dir    string
	Module *struct {
		Path, Version, Dir string
		Main               bool
	}
}

// linkedModules lists the modules inside padan on any platform, sorted by path.
func linkedModules(ctx context.Context, root string) ([]module, error) {
	found := map[string]*module{}
	seen := map[string]bool{}
	for _, t := range targets {
		packages, err := linkedPackages(ctx, root, t)
		if err != nil {
			return nil, err
		}
		for _, p := range packages {
			if p.Module == nil || p.Module.Main || seen[p.Dir] {
				continue
			}
			seen[p.Dir] = true
			m := found[p.Module.Path]
			if m == nil {
				m = &module{path: p.Module.Path, version: p.Module.Version}
				found[m.path] = m
			}
			if err := m.collect(p.Module.Dir, p.Dir); err != nil {
				return nil, fmt.Errorf("%s: %w", m.path, err)
			}
		}
	}
	modules := make([]module, 0, len(found))
	for _, m := range found {
		if len(m.notices) == 0 {
			return nil, fmt.Errorf("%s has no licence", m.path)
		}
		slices.SortFunc(m.notices, func(a, b notice) int { return cmp.Compare(a.file, b.file) })
		modules = append(modules, *m)
	}
	slices.SortFunc(modules, func(a, b module) int { return cmp.Compare(a.path, b.path) })
	return modules, nil
}

func linkedPackages(ctx context.Context, root string, t target) ([]linkedPackage, error) {
	cmd := exec.CommandContext(ctx, "go", "list", "-deps", "-json=Dir,Module", "./cmd/padan")
	cmd.Dir, cmd.Stderr = root, os.Stderr
	cmd.Env = append(os.Environ(), t.environment()...)
	text, err := cmd.Output()
	if err != nil {
		return nil, fmt.Errorf("%s: go list: %w", t, err)
	}
	var packages []linkedPackage
	for in := json.NewDecoder(bytes.NewReader(text)); ; {
		var p linkedPackage
		if err := in.Decode(&p); errors.Is(err, io.EOF) {
			return packages, nil
		} else if err != nil {
			return nil, err
		}
		packages = append(packages, p)
	}
}

// collect adds the licence files of a package and of all folders above it, up to that
// of its module.
func (m *module) collect(top, folder string) error {
	for ; ; folder = filepath.Dir(folder) {
		files, err := os.ReadDir(folder)
		if err != nil {
			return err
		}
		for _, file := range files {
			if file.IsDir() || !licenceFile.MatchString(file.Name()) || slices.Contains(elsewhere[m.path], file.Name()) {
				continue
			}
			path := filepath.Join(folder, file.Name())
			within, err := filepath.Rel(top, path)
			if err != nil {
				return err
			}
			name := filepath.ToSlash(within)
			if slices.ContainsFunc(m.notices, func(n notice) bool { return n.file == name }) {
				continue
			}
			text, err := os.ReadFile(path)
			if err != nil {
				return err
			}
			m.notices = append(m.notices, notice{name, strings.TrimSpace(strings.ReplaceAll(string(text), "\r\n", "\n"))})
		}
		if folder == top {
			return nil
		}
	}
}

// tableRow begins the row of a module.
func tableRow(path, version string) string { return "| " + path + " | " + version + " |" }

// thirdParty writes the page. The standard library is under the licence of the
// modules golang.org/x.
func thirdParty(modules []module) ([]byte, error) {
	var table, texts bytes.Buffer
	table.WriteString(thirdPartyIntroduction)
	fmt.Fprintf(&table, "%s BSD-3-Clause | Copyright 2009 The Go Authors. (the text of golang.org/x) |\n", tableRow("Go standard library", "see `padan version`"))
	users := map[string][]string{} // of a text
	var order []string
	for _, m := range modules {
		var names, copyrights []string
		for _, n := range m.notices {
			found, err := licencesOf(n.text)
			if err != nil {
				return nil, fmt.Errorf("%s: %s: %w", m.path, n.file, err)
			}
			names = append(names, found...)
			copyrights = append(copyrights, copyrightsOf(n.text)...)
			if users[n.text] == nil {
				order = append(order, n.text)
			}
			users[n.text] = append(users[n.text], m.path+" ("+n.file+")")
		}
		slices.Sort(names)
		fmt.Fprintf(&table, "%s %s | %s |\n", tableRow(m.path, m.version), strings.Join(slices.Compact(names), ", "), shorten(copyrights))
	}
	for _, text := range order {
		fmt.Fprintf(&texts, "\n## %s\n\n```text\n%s\n```\n", strings.Join(users[text], ", "), text)
	}
	return append(table.Bytes(), texts.Bytes()...), nil
}

// shorten names the first holder of a copyright; the texts below name all.
func shorten(copyrights []string) string {
	if len(copyrights) == 0 {
		return "in its source files"
	}
	text := strings.ReplaceAll(copyrights[0], "|", "/")
	if len(copyrights) > 1 {
		text += " and others"
	}
	return text
}
