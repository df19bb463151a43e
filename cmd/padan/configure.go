package main

import (
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"strings"

	"padan/internal/config"
	"padan/match"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// configName is the file that is read if there is one and no other is named.
const configName = "padan.toml"

// configure completes the flags of a command from padan.toml. Every key of the file
// is checked, also those of other commands. All its errors are usage errors.
func (g *globals) configure(cmd *cobra.Command) error {
	file, err := config.Read(g.config)
	switch {
	case cmd.Name() == "init" || g.config == "": // which writes it; none is wanted
		return nil
	case errors.Is(err, fs.ErrNotExist) && !cmd.Flags().Changed("config"):
		return nil
	case err != nil:
		return configError(err)
	}
	g.file = file
	this := strings.ReplaceAll(strings.TrimPrefix(cmd.CommandPath(), cmd.Root().Name()), " ", ".")
	for i := range file.Settings {
		s := &file.Settings[i]
		flag, err := flagOf(cmd.Root(), s)
		if err == nil && s.Group == 0 && (s.Table == "" || "."+s.Table == this) {
			err = apply(cmd.Flags().Lookup(flag.Name), s, filepath.Dir(file.Path))
		}
		if err != nil {
			return configError(&config.Error{Path: file.Path, Line: s.Line, Err: err})
		}
	}
	return nil
}

// configError makes a usage error of what is wrong with padan.toml.
func configError(err error) error {
	return &usageError{err: err, hint: "padan init writes an example; padan help COMMAND lists the keys"}
}

// flagOf returns the flag that a setting is about.
func flagOf(root *cobra.Command, s *config.Setting) (*pflag.Flag, error) {
	if s.Table == "" {
		if flag := root.PersistentFlags().Lookup(s.Key); flag != nil && s.Key != "config" {
			return flag, nil
		}
		return nil, unknownKey(s.Key, root.PersistentFlags())
	}
	words := strings.Split(s.Table, ".")
	if s.Group > 0 {
		return listFlag(root, s)
	}
	cmd, rest, err := root.Find(words)
	if err != nil || len(rest) > 0 || cmd == root {
		return nil, fmt.Errorf("[%s] is no command", s.Table)
	}
	if flag := cmd.LocalNonPersistentFlags().Lookup(s.Key); flag != nil && s.Key != "help" {
		return flag, nil
	}
	return nil, unknownKey(s.Key, cmd.LocalNonPersistentFlags())
}

// unknownKey names the key that was probably meant.
func unknownKey(key string, flags *pflag.FlagSet) error {
	if near := nearestFlag(key, flags); near != "" {
		return fmt.Errorf("unknown key %q; is it %q?", key, near)
	}
	return fmt.Errorf("unknown key %q", key)
}

// apply gives a flag the value of a setting unless the command line or the
// environment has given it one.
func apply(flag *pflag.Flag, s *config.Setting, folder string) error {
	if flag.Changed {
		return nil
	}
	values := s.Values
	if len(flag.Annotations[pathFlag]) > 0 {
		values = make([]string, len(s.Values))
		for i, path := range s.Values {
			values[i] = within(folder, path)
		}
	}
	var err error
	switch list, isList := flag.Value.(pflag.SliceValue); {
	case isList:
		err = list.Replace(values)
	case len(flag.Annotations[repeatedFlag]) > 0:
		for _, value := range values {
			err = errors.Join(err, flag.Value.Set(value))
		}
	case len(values) != 1:
		err = errors.New("takes one value, no list")
	default:
		err = flag.Value.Set(values[0])
	}
	if err != nil {
		return fmt.Errorf("%s: %w", s.Key, err)
	}
	flag.Changed = true
	return nil
}

// repeatedFlag annotates flags that take one value at a time and may be repeated.
const repeatedFlag = "repeated"

// pathFlag annotates flags whose values in padan.toml are relative to its folder.
const pathFlag = "path"

// markPaths annotates flags that name files.
func markPaths(flags *pflag.FlagSet, names ...string) {
	for _, name := range names {
		flag := flags.Lookup(name)
		flag.Annotations = map[string][]string{pathFlag: {"true"}}
	}
}

// within is a path as seen from the folder it is relative to.
func within(folder, path string) string {
	if path == "" || path == "-" || path == noMapping || filepath.IsAbs(path) {
		return path
	}
	return filepath.Join(folder, path)
}

// groupTables are the tables that may stand several times: each says how some files
// are read, with the flags of the command that loads them.
var groupTables = map[string]match.Side{"run.central": match.Central, "run.regional": match.Regional}

// The keys of a group that are no flags of load.
const (
	groupFiles    = "files"
	groupReplaces = "replaces"
)

// listFlag checks a key of one of groupTables.
func listFlag(root *cobra.Command, s *config.Setting) (*pflag.Flag, error) {
	side, ok := groupTables[s.Table]
	if !ok {
		return nil, fmt.Errorf("[[%s]] must be one of [[run.central]] and [[run.regional]]", s.Table)
	}
	load, _, err := root.Find([]string{"load", side.String()})
	if err != nil {
		return nil, err
	}
	flags := pflag.NewFlagSet("", pflag.ContinueOnError)
	load.LocalNonPersistentFlags().VisitAll(func(f *pflag.Flag) {
		if f.Name != "help" && f.Name != "dry-run" {
			flags.AddFlag(f)
		}
	})
	flags.StringSlice(groupFiles, nil, "")
	flags.StringSlice(groupReplaces, nil, "")
	if flag := flags.Lookup(s.Key); flag != nil {
		return flag, nil
	}
	return nil, unknownKey(s.Key, flags)
}

// fill gives flags that no command line speaks of their values from the environment
// and from a table of padan.toml.
func (g *globals) fill(flags *pflag.FlagSet, table string, group int) error {
	if group == 0 {
		if err := completeFromEnvironment(flags); err != nil {
			return err
		}
	}
	if g.file == nil {
		return nil
	}
	for i := range g.file.Settings {
		s := &g.file.Settings[i]
		if s.Table != table || s.Group != group {
			continue
		}
		if err := apply(flags.Lookup(s.Key), s, filepath.Dir(g.file.Path)); err != nil {
			return configError(&config.Error{Path: g.file.Path, Line: s.Line, Err: err})
		}
	}
	return nil
}
