package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"padan/internal/hashid"
	"padan/internal/intake"
	"padan/internal/reporting"
	"padan/internal/scratch"
	"padan/internal/store"
	"padan/normalize"
	"padan/report"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// hashIDsOptions are the flags of padan hash-ids, those for reading lists apart.
type hashIDsOptions struct {
	keyFile string
	newKey  string
	out     string
	format  string
	drop    []string
	onlyIDs bool
}

func (o *hashIDsOptions) addFlags(flags *pflag.FlagSet) {
	addKeyFileFlag(flags, &o.keyFile)
	flags.StringVar(&o.newKey, "new-key", "", "draw a key, write it to a file that only you can read, and do nothing else")
	flags.StringVar(&o.out, "out", "", "the folder for the hashed lists; it is made if need be")
	choiceVar(flags, &o.format, "format", "csv", []string{"csv", "xlsx"}, "format of the hashed lists")
	flags.StringSliceVar(&o.drop, "drop", nil, "fields to leave out: "+strings.Join(droppableCodes(), ", ")+" (address takes RT and RW along)")
	flags.BoolVar(&o.onlyIDs, "only-ids", false, "leave out all fields but NIK and KK")
	markPaths(flags, "new-key", "out")
}

func droppableCodes() []string {
	var codes []string
	for _, f := range hashid.Droppable() {
		codes = append(codes, f.String())
	}
	return codes
}

const hashIDsUsage = "padan hash-ids FILE... --key-file KEY --out FOLDER"

// dropped checks which fields are left out.
func (o *hashIDsOptions) dropped() ([]normalize.Field, error) {
	if o.onlyIDs && len(o.drop) > 0 {
		return nil, &usageError{err: errors.New("--only-ids drops all fields: it goes without --drop"), hint: hashIDsUsage + " --only-ids"}
	}
	if o.onlyIDs {
		return hashid.Droppable(), nil
	}
	var fields []normalize.Field
	for _, code := range o.drop {
		f, _ := normalize.ParseField(strings.ToLower(strings.TrimSpace(code)))
		if len(hashid.Dropped([]normalize.Field{f})) == 0 {
			return nil, &usageError{err: fmt.Errorf("--drop %q: no such field", code), hint: "fields: " + strings.Join(droppableCodes(), ", ")}
		}
		fields = append(fields, f)
	}
	return fields, nil
}

func newHashIDsCommand(g *globals) *cobra.Command {
	var read readOptions
	var o hashIDsOptions
	cmd := &cobra.Command{
		Use: "hash-ids FILE... --key-file KEY --out FOLDER", Short: "Write lists with keyed hashes in the place of NIK and KK", Args: cobra.ArbitraryArgs,
		Long: `Write lists with keyed hashes (HMAC-SHA256) in the place of NIK and KK, to be matched by
an office that must not see the numbers. Files are read as padan load reads them; each
gives FOLDER/NAME.hashed.csv, with the fields that are compared in their comparable form
and no other column. Load it with padan load --hashed: the same persons are linked as by
the clear numbers, slips of one digit included, for which each number carries hashes of
its neighbours.

The key is the protection. Birth date, sex and region are 12 of the 16 digits of a NIK, so
that whoever has the key finds a number by trying. It must be secret, of at least 32
bytes, the same for all lists that are matched, and best unknown to whoever matches them.
Draw one with --new-key, hand it over by another way than the lists, keep it while hashed
lists are in use. Lists of another key are told by their titles and refused.

What is not hashed stays readable: names, birth dates and addresses, unless dropped
(--drop, --only-ids). Of a NIK itself the list tells how damaged it was, whether it ends
in 0, the date in it where that is not the recorded one (unless dropped), and which
numbers are one slip apart. Another personal number (identifier) is hashed too, and found
only where it is the same.

EXIT STATUS
  0  done
  1  no file could be hashed
  3  done, but some rows or files were rejected; they are not in the hashed lists
  64 usage, or a key that is too short; 130 interrupted`,
		RunE: func(cmd *cobra.Command, files []string) error {
			if o.newKey != "" {
				return g.writeKey(&o, files)
			}
			drop, err := o.dropped()
			switch {
			case err != nil:
				return err
			case len(files) == 0:
				return &usageError{err: errors.New("hash-ids needs the lists"), hint: hashIDsUsage}
			case o.keyFile == "":
				return &usageError{err: errors.New("--key-file is missing: the secret key"), hint: newKeyUsage}
			case o.out == "":
				return &usageError{err: errors.New("--out is missing: the folder for the hashed lists"), hint: hashIDsUsage}
			}
			options, err := read.intake(g)
			if err != nil {
				return err
			}
			if options.HashKey, err = readKey(o.keyFile); err != nil {
				return err
			}
			g.started = true
			return (&listHasher{g: g, options: &o, drop: drop}).run(cmd.Context(), files, options)
		},
	}
	read.addListFlags(cmd.Flags())
	o.addFlags(cmd.Flags())
	return cmd
}

// writeKey draws a key.
func (g *globals) writeKey(o *hashIDsOptions, files []string) error {
	if len(files) > 0 || o.keyFile != "" || o.out != "" {
		return &usageError{err: errors.New("--new-key only draws a key: it goes without lists"), hint: newKeyUsage}
	}
	if err := hashid.WriteKey(o.newKey); err != nil {
		return &usageError{err: err, hint: newKeyUsage}
	}
	g.started = true
	g.result(msgKeyWritten, o.newKey)
	return g.emit("key", struct {
		File string `json:"file"`
	}{o.newKey})
}

// listHasher writes the hashed lists of one command.
type listHasher struct {
	g       *globals
	options *hashIDsOptions
	drop    []normalize.Field
	used    map[string]bool // names of the lists written
	sum     loadSummary
}

// run hashes the files. Where there is a database, it knows mappings and its audit
// trail keeps what was handed out.
func (h *listHasher) run(ctx context.Context, files []string, o intake.Options) error {
	found := false
	err := h.g.withStore(ctx, store.ModeRead, func(s *store.Store) error {
		found = true
		if err := recall(ctx, s, &o); err != nil {
			return err
		}
		return h.hashAll(ctx, files, o)
	})
	if !found && (errors.Is(err, store.ErrNoDatabase) || errors.Is(err, store.ErrSchema)) {
		return h.hashAll(ctx, files, o)
	}
	return err
}

// hashAll hashes the files; one that is bad does not stop the others.
func (h *listHasher) hashAll(ctx context.Context, files []string, o intake.Options) error {
	if err := os.MkdirAll(h.options.out, 0o700); err != nil {
		return fmt.Errorf("%s: %w", h.options.out, errors.Unwrap(err))
	}
	h.used = map[string]bool{}
	for _, path := range files {
		err := h.g.readFile(ctx, path, o, func(file string, o intake.Options) error { return h.hash(ctx, path, file, o) })
		if err != nil && !isAboutFile(err) {
			return err
		}
		if err != nil {
			h.sum.Failed++
			h.g.printFailure("file_error", 0, h.g.describe(err))
		}
	}
	if err := h.g.emit("summary", h.sum); err != nil {
		return err
	}
	return h.end()
}

func (h *listHasher) end() error {
	switch {
	case h.sum.Loaded == 0:
		return said(errors.New("no file could be hashed"))
	case h.sum.Failed > 0 || h.sum.Rejected > 0:
		h.g.say(msgHashedRejected, h.sum.Rejected, h.sum.Failed)
		return said(errRejected)
	}
	h.g.say(msgHashedNext)
	return nil
}

// place is where the hashed list of a file appears; no two files of a command
// have the same.
func (h *listHasher) place(path string) string {
	base := filepath.Base(path)
	if path == standardInput {
		base = "stdin"
	}
	base = strings.TrimSuffix(base, filepath.Ext(base))
	name := base
	for n := 2; h.used[strings.ToLower(name)]; n++ {
		name = base + "-" + itoa(n)
	}
	h.used[strings.ToLower(name)] = true
	return filepath.Join(h.options.out, name+".hashed."+h.options.format)
}

// hash writes the hashed list of the file that was given as path and is read from
// file.
func (h *listHasher) hash(ctx context.Context, path, file string, o intake.Options) error {
	place := h.place(path)
	var done intake.Exchanged
	err := scratch.Beside(place, func(folder string) (err error) {
		done, err = h.write(ctx, folder, place, file, o)
		return err
	})
	if err != nil {
		return err
	}
	h.g.trail.input(path, done.SHA256)
	h.g.trail.counts["persons"] += done.Records
	if err := h.g.trail.wrote(ctx, place); err != nil {
		return err
	}
	return h.told(path, place, &done, o.HashKey.Name())
}

// write writes the hashed list of a file to its place; it stays in folder until it is
// finished.
func (h *listHasher) write(ctx context.Context, folder, place, file string, o intake.Options) (done intake.Exchanged, err error) {
	var list report.Table
	defer func() {
		if err != nil && list != nil {
			list.Abort()
		}
	}()
	var row []report.Cell
	done, err = intake.Exchange(ctx, file, o, h.drop, func(cells []string) (err error) {
		if list == nil {
			list, err = h.create(folder, place, cells)
			return err
		}
		row = row[:0]
		for _, cell := range cells {
			row = append(row, report.Code(cell))
		}
		return list.WriteRow(row)
	})
	if err != nil {
		return done, err
	}
	return done, list.Close()
}

// create begins a list with its titles.
func (h *listHasher) create(folder, place string, titles []string) (report.Table, error) {
	f, err := report.Create(folder, place)
	if err != nil {
		return nil, err
	}
	columns := make([]report.Column, len(titles))
	for i, title := range titles {
		columns[i] = report.Column{Name: title, Title: title, Width: 18, Type: report.CodeCell}
	}
	return reporting.NewTable(f, filepath.Ext(place), "data", columns, report.CSVOptions{}, version)
}

// told says what became of one file.
func (h *listHasher) told(path, place string, done *intake.Exchanged, key string) error {
	skipped := int64(0)
	for _, n := range done.Skipped {
		skipped += n
	}
	h.sum.Loaded++
	h.sum.Records += done.Records
	h.sum.Rejected += done.Rejected
	h.g.result(msgHashedList, path, place, done.Rows, done.Records, done.Rejected, skipped, key)
	if len(done.Issues) > 0 {
		h.g.result(msgIssues, h.g.text.counts(done.Issues))
	}
	h.g.warn(done.Warnings)
	return h.g.emit("hashed", struct {
		File string `json:"file"`
		Out  string `json:"out"`
		Key  string `json:"key"`
		fileCounts
	}{path, place, key, fileCounts{done.Rows, done.Records, done.Rejected, done.Skipped, done.Issues, append([]string{}, done.Warnings...)}})
}
