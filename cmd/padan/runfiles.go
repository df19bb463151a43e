package main

import (
	"context"
	"path/filepath"
	"strings"

	"padan/internal/intake"
	"padan/internal/nightly"
	"padan/match"

	"github.com/bmatcuk/doublestar/v4"
	"github.com/spf13/pflag"
)

// fileGroup is files that are read in one way.
type fileGroup struct {
	side     match.Side
	patterns []string
	replaces []string // sources whose place they take, by an end of their path
	options  intake.Options
}

// fileGroups are the groups of padan.toml, before them the files of the flags.
func (g *globals) fileGroups(o *runOptions) ([]fileGroup, error) {
	var groups []fileGroup
	for side, patterns := range [][]string{match.Central: o.central, match.Regional: o.regional} {
		if len(patterns) == 0 {
			continue
		}
		var usual readOptions
		options, err := usual.intake(g)
		if err != nil {
			return nil, err
		}
		groups = append(groups, fileGroup{side: match.Side(side), patterns: patterns, options: options})
	}
	for _, side := range []match.Side{match.Central, match.Regional} {
		table := "run." + side.String()
		for number := 1; g.hasGroup(table, number); number++ {
			group, err := g.fileGroup(side, table, number)
			if err != nil {
				return nil, err
			}
			groups = append(groups, group)
		}
	}
	return groups, nil
}

func (g *globals) hasGroup(table string, number int) bool {
	if g.file == nil {
		return false
	}
	for i := range g.file.Settings {
		if s := &g.file.Settings[i]; s.Table == table && s.Group == number {
			return true
		}
	}
	return false
}

func (g *globals) fileGroup(side match.Side, table string, number int) (fileGroup, error) {
	group := fileGroup{side: side}
	var reading readOptions
	flags := pflag.NewFlagSet(table, pflag.ContinueOnError)
	reading.addFlags(flags)
	flags.StringSliceVar(&group.patterns, groupFiles, nil, "")
	flags.StringSliceVar(&group.replaces, groupReplaces, nil, "")
	markPaths(flags, groupFiles)
	if err := g.fill(flags, table, number); err != nil {
		return group, err
	}
	var err error
	group.options, err = reading.intake(g)
	return group, err
}

// lists finds the files of the night and what is in them. A pattern that no file
// fits and a file that cannot be read are alarms.
func (n *night) lists(ctx context.Context) ([]nightly.List, error) {
	var lists []nightly.List
	seen := map[string]bool{}
	for number := range n.groups {
		group := &n.groups[number]
		for _, pattern := range group.patterns {
			paths, err := filesOf(pattern)
			if err != nil {
				return nil, &usageError{err: err, hint: "a pattern as in pusat/*.csv or daerah/**/*.xlsx"}
			}
			if len(paths) == 0 {
				n.g.say(msgNoFileFits, pattern)
				n.alarm(nightly.Alarm{Code: nightly.NoFileForAPattern, Subject: pattern, Side: group.side.String()})
			}
			for _, path := range paths {
				if seen[path] {
					continue
				}
				seen[path] = true
				digest, err := intake.Digest(ctx, path)
				if ctx.Err() != nil {
					return nil, context.Cause(ctx)
				}
				if err != nil {
					n.failed(path, group.side, err)
				}
				lists = append(lists, nightly.List{Side: group.side, Path: path, SHA256: digest, Group: number})
			}
		}
	}
	return lists, nil
}

// filesOf are the files that fit a pattern, by their absolute paths and in their
// order, but for those that spreadsheet programs keep beside an open workbook and
// hidden ones.
func filesOf(pattern string) ([]string, error) {
	absolute, err := filepath.Abs(pattern)
	if err != nil {
		return nil, err
	}
	found, err := doublestar.FilepathGlob(absolute, doublestar.WithFilesOnly())
	if err != nil {
		return nil, err
	}
	var paths []string
	for _, path := range found {
		if name := filepath.Base(path); !strings.HasPrefix(name, "~$") && !strings.HasPrefix(name, ".") {
			paths = append(paths, path)
		}
	}
	return paths, nil
}

func (n *night) alarm(a nightly.Alarm) { n.summary.Alarms = append(n.summary.Alarms, a) }

// failed says that a file could not be loaded.
func (n *night) failed(path string, side match.Side, err error) {
	if err != nil {
		n.g.printFailure("file_error", 0, n.g.describe(err))
	}
	n.rejected = true
	n.summary.Files.Failed = append(n.summary.Files.Failed, path)
	n.alarm(nightly.Alarm{Code: nightly.FileFailed, Subject: path, Side: side.String()})
}

// replaces lists the sources that groups with files name as replaced.
func (n *night) replaces() []string {
	var names []string
	for i := range n.groups {
		names = append(names, n.groups[i].replaces...)
	}
	return names
}

// sayPlan says what a night would do.
func (n *night) sayPlan(plan *nightly.Plan) {
	for i := range plan.Load {
		step := &plan.Load[i]
		if len(step.Replaces) > 0 {
			n.g.result(msgWouldReplace, step.Path)
		} else {
			n.g.result(msgWouldLoad, step.Path)
		}
	}
	for _, r := range plan.Rename {
		n.g.result(msgFileRenamed, r.Source.Name, r.Path)
	}
	for i := range plan.Replaced {
		n.g.result(msgFileWithdrawn, plan.Replaced[i].Name)
	}
	for i := range plan.Missing {
		if n.options.missing == missingWithdraw {
			n.g.result(msgFileWithdrawn, plan.Missing[i].Name)
		} else {
			n.g.result(msgFileMissing, plan.Missing[i].Name)
		}
	}
	n.g.result(msgPlanned, len(plan.Load), plan.Same, len(plan.Missing))
}
