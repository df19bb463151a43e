package main

import (
	"cmp"
	"context"
	"errors"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"padan/internal/intake"
	"padan/internal/sheet"
	"padan/internal/store"
	"padan/internal/table"
	"padan/match"

	"github.com/spf13/cobra"
)

func newLoadCommand(g *globals) *cobra.Command {
	cmd := &cobra.Command{
		Use: "load central|regional FILE...", Short: "Load lists of persons into the database", Args: cobra.ArbitraryArgs,
		Long: "Load lists of persons into the database, as the central or as the regional side.", RunE: needsSubcommand,
	}
	cmd.AddCommand(newLoadSideCommand(g, match.Central), newLoadSideCommand(g, match.Regional))
	return cmd
}

func newLoadSideCommand(g *globals, side match.Side) *cobra.Command {
	var o readOptions
	dryRun := false
	cmd := &cobra.Command{
		Use: side.String() + " [flags] FILE...", Short: "Load files of the " + side.String() + " side", Args: cobra.MinimumNArgs(1),
		Long: `Load spreadsheets (.xlsx, .xlsm, .xls, .ods, HTML tables), delimited text, archives of
them (.zip), and the standard input (-). What a file is, its content decides. Header
row, columns and codings are found by themselves (padan inspect shows how); each file
is loaded whole or not at all, and the same bytes are loaded once. A row that cannot
be used is kept as rejected, with the reason. A file that cannot be loaded does not
stop the others.

EXIT STATUS
  0  all files are loaded, or were already
  1  no file could be loaded
  3  loaded, but some rows or files were rejected
  11 12 13  the database is locked, damaged, or the storage failed; 64 usage; 130 interrupted`,
		RunE: func(cmd *cobra.Command, files []string) error {
			options, err := o.intake(g)
			if err != nil {
				return err
			}
			g.started = true
			if dryRun {
				return runInspect(cmd.Context(), g, files, options, &inspectOptions{brief: true})
			}
			return g.withStore(cmd.Context(), store.ModeCreate, func(s *store.Store) error {
				return runLoad(cmd.Context(), g, s, side, files, options)
			})
		},
	}
	o.addFlags(cmd.Flags())
	cmd.Flags().BoolVar(&dryRun, "dry-run", false, "say what would be loaded, and load nothing")
	return cmd
}

// open opens the database; while another padan writes, it waits as long as it may.
func (g *globals) open(ctx context.Context, mode store.Mode) (*store.Store, error) {
	told := false
	for deadline := time.Now().Add(g.waitLock); ; {
		s, err := store.Open(ctx, g.database, mode)
		var locked *store.LockedError
		if !errors.As(err, &locked) || time.Now().After(deadline) {
			return s, err
		}
		if !told {
			g.say(msgWaiting, cmp.Or(locked.Holder.Command, "?"))
			told = true
		}
		select {
		case <-ctx.Done():
			return nil, context.Cause(ctx)
		case <-time.After(200 * time.Millisecond):
		}
	}
}

// withStore opens the database for one command.
func (g *globals) withStore(ctx context.Context, mode store.Mode, work func(s *store.Store) error) (err error) {
	s, err := g.open(ctx, mode)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, s.Close()) }()
	err = work(s)
	return errors.Join(err, g.record(ctx, s, mode, err))
}

// runLoad loads the files and prints what became of each.
func runLoad(ctx context.Context, g *globals, s *store.Store, side match.Side, files []string, o intake.Options) error {
	if err := recall(ctx, s, &o); err != nil {
		return err
	}
	sum, err := loadFiles(ctx, g, s, side, files, o, g.reportSource)
	if err != nil {
		return err
	}
	if err := g.emit("summary", sum); err != nil {
		return err
	}
	return g.endLoad(&sum)
}

// loadFiles loads files one after the other; one that is bad does not stop the
// others, a database that is does.
func loadFiles(
	ctx context.Context, g *globals, s *store.Store, side match.Side, files []string, o intake.Options, loaded func(*intake.Result) error,
) (sum loadSummary, err error) {
	for _, path := range files {
		var result intake.Result
		err := g.readFile(ctx, path, o, func(path string, o intake.Options) (err error) {
			result, err = intake.Load(ctx, s, path, side, o)
			return err
		})
		if err != nil && !isAboutFile(err) {
			return sum, err
		}
		if err != nil {
			sum.Failed++
			g.printFailure("file_error", 0, g.describe(err))
			continue
		}
		sum.add(&result)
		g.trail.input(result.Source.Path, result.Source.SHA256)
		if err := loaded(&result); err != nil {
			return sum, err
		}
	}
	return sum, nil
}

// loadSummary counts what became of the files of one command.
type loadSummary struct {
	Loaded   int   `json:"loaded"`
	Known    int   `json:"already_loaded"`
	Failed   int   `json:"failed"`
	Records  int64 `json:"records"`
	Rejected int64 `json:"rejected"`
}

func (sum *loadSummary) add(r *intake.Result) {
	if r.Known {
		sum.Known++
		return
	}
	sum.Loaded++
	sum.Records += r.Source.Records
	sum.Rejected += r.Source.Rejected
}

// isAboutFile tells an error of one file from one that concerns all of them.
func isAboutFile(err error) bool {
	var file *sheet.Error
	var header *table.HeaderError
	return errors.As(err, &file) || errors.As(err, &header)
}

// endLoad says what comes next and decides on the exit code.
func (g *globals) endLoad(sum *loadSummary) error {
	switch {
	case sum.Failed > 0 && sum.Loaded+sum.Known == 0:
		return said(errors.New("no file could be loaded"))
	case sum.Failed > 0 || sum.Rejected > 0:
		g.say(msgLoadedWithRejects, sum.Rejected, sum.Failed)
		return said(errRejected)
	case sum.Loaded > 0:
		g.say(msgNextMatch)
	}
	return nil
}

// fileCounts is what became of the rows of a file as scripts read it.
type fileCounts struct {
	Rows     int64            `json:"rows"`
	Records  int64            `json:"records"`
	Rejected int64            `json:"rejected"`
	Skipped  map[string]int64 `json:"skipped"`
	Issues   map[string]int64 `json:"issues"`
	Warnings []string         `json:"warnings"`
}

// sourceLine is a loaded file as scripts read it.
type sourceLine struct {
	Side   string `json:"side"`
	File   string `json:"file"`
	SHA256 string `json:"sha256"`
	Known  bool   `json:"already_loaded"`
	fileCounts
}

func newSourceLine(s *store.Source, known bool) sourceLine {
	counts := fileCounts{s.Rows, s.Records, s.Rejected, s.Skipped, s.Issues, append([]string{}, s.Warnings...)}
	return sourceLine{s.Side.String(), s.Path, s.SHA256, known, counts}
}

// reportSource prints what became of one file.
func (g *globals) reportSource(r *intake.Result) error {
	s := &r.Source
	if r.Known {
		g.result(msgAlreadyLoaded, s.Path, s.Records)
		return g.emit("source", newSourceLine(s, true))
	}
	skipped := int64(0)
	for _, n := range s.Skipped {
		skipped += n
	}
	g.result(msgLoaded, s.Path, s.Rows, s.Records, s.Rejected, skipped)
	if len(s.Skipped) > 0 {
		g.result(msgSkippedBy, g.text.counts(s.Skipped))
	}
	if len(s.Issues) > 0 {
		g.result(msgIssues, g.text.counts(s.Issues))
	}
	g.warn(s.Warnings)
	return g.emit("source", newSourceLine(s, false))
}

// counts lists counted codes, the most frequent first.
func (t *texts) counts(byCode map[string]int64) string {
	codes := slices.SortedFunc(maps.Keys(byCode), func(a, b string) int {
		return cmp.Or(cmp.Compare(byCode[b], byCode[a]), strings.Compare(a, b))
	})
	parts := make([]string, len(codes))
	for i, code := range codes {
		parts[i] = code + " " + t.number(byCode[code])
	}
	return strings.Join(parts, ", ")
}

func itoa(n int) string { return strconv.Itoa(n) }

// parseNumber reads a number above 0; false if the text is none.
func parseNumber(text string) (int64, bool) {
	n, err := strconv.ParseInt(text, 10, 64)
	return n, err == nil && n > 0
}
