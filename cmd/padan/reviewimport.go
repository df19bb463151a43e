package main

import (
	"cmp"
	"context"
	"errors"

	"padan/internal/intake"
	"padan/internal/review"
	"padan/internal/sheet"
	"padan/internal/store"

	"github.com/spf13/cobra"
)

type reviewImportOptions struct {
	reviewer string
	replace  bool
	dryRun   bool
}

func newReviewImportCommand(g *globals) *cobra.Command {
	var o reviewImportOptions
	cmd := &cobra.Command{
		Use: "import FILE...", Short: "Keep the decisions of reviewed workbooks", Args: cobra.MinimumNArgs(1),
		Long: `Keep the decisions of reviewed workbooks, of any kind that padan reads (.xlsx, .ods, .csv
saved from them). Rows may be sorted, deleted or added, columns added or moved; YA, TIDAK
and the like are understood. If the meaning of one row is not certain, nothing is kept,
and each such row is named. A row is refused, and the others are kept, if one of its
records says something else by now or another reviewer decided otherwise.

EXIT STATUS
  0  done
  1  a row or a file cannot be understood; nothing is kept
  3  done, but some rows were refused
  10 11 12 13  no database, locked, damaged, storage failed; 64 usage; 130 interrupted`,
		RunE: func(cmd *cobra.Command, files []string) error {
			g.started = true
			mode := store.ModeWrite
			if o.dryRun {
				mode = store.ModeRead
			}
			return g.withStore(cmd.Context(), mode, func(s *store.Store) error {
				return runReviewImport(cmd.Context(), g, s, files, o)
			})
		},
	}
	cmd.Flags().StringVar(&o.reviewer, "reviewer", "", "who decided in rows that name nobody (default: the user of this computer)")
	cmd.Flags().BoolVar(&o.replace, "replace", false, "let these decisions replace those of other reviewers")
	cmd.Flags().BoolVar(&o.dryRun, "dry-run", false, "say what would be kept, and keep nothing")
	return cmd
}

func runReviewImport(ctx context.Context, g *globals, s *store.Store, files []string, o reviewImportOptions) error {
	answers, open, err := readAnswers(ctx, g, files)
	if err != nil {
		return err
	}
	plan, err := review.Prepare(ctx, s, answers, review.Import{Reviewer: cmp.Or(o.reviewer, thisUser()), At: g.now(), Replace: o.replace})
	if err != nil {
		return err
	}
	if !o.dryRun && len(plan.Keep) > 0 {
		if err := s.KeepDecisions(ctx, plan.Keep); err != nil {
			return err
		}
	}
	return g.reportImport(plan, open, o.dryRun)
}

// readAnswers reads all files and names every row that cannot be understood.
func readAnswers(ctx context.Context, g *globals, files []string) (answers []review.Answer, open int, err error) {
	failed := false
	for _, path := range files {
		found, err := readReview(ctx, g, path)
		wrong := rowErrors(err)
		if err != nil && len(wrong) == 0 {
			return nil, 0, err
		}
		for _, e := range wrong {
			g.printFailure("row_error", 0, g.describe(e))
			failed = true
		}
		if found != nil {
			answers = append(answers, found.Decided...)
			open += found.Open
		}
	}
	if failed {
		return nil, 0, errNotUnderstood
	}
	return answers, open, nil
}

// readReview reads one file, of which the trail keeps the digest; not if somebody writes
// to it meanwhile.
func readReview(ctx context.Context, g *globals, path string) (*review.Answers, error) {
	before, err := intake.Digest(ctx, path)
	if err != nil {
		return nil, err
	}
	g.trail.input(path, before)
	found, wrong := review.Read(ctx, path)
	after, err := intake.Digest(ctx, path)
	if err == nil && after != before {
		err = &sheet.Error{Path: path, Err: intake.ErrChanged}
	}
	if err != nil {
		return nil, err
	}
	return found, wrong
}

// rowErrors are the rows that an error of review.Read names; none if it is about
// the whole file.
func rowErrors(err error) []*review.RowError {
	var rows []*review.RowError
	if joined, ok := err.(interface{ Unwrap() []error }); ok {
		for _, e := range joined.Unwrap() {
			rows = append(rows, rowErrors(e)...)
		}
		return rows
	}
	var row *review.RowError
	if errors.As(err, &row) {
		rows = append(rows, row)
	}
	return rows
}

// errNotUnderstood says that rows of a reviewed file are not understood.
var errNotUnderstood = errors.New("rows of a reviewed file are not understood; nothing is kept")

// reportImport says what became of the answers.
func (g *globals) reportImport(plan *review.Plan, open int, dryRun bool) error {
	same, different, unsure := 0, 0, 0
	for i := range plan.Keep {
		switch plan.Keep[i].Verdict {
		case store.VerdictSame:
			same++
		case store.VerdictDifferent:
			different++
		case store.VerdictUnsure:
			unsure++
		}
	}
	for i := range plan.Refused {
		if err := g.reportRefusal(&plan.Refused[i]); err != nil {
			return err
		}
	}
	done := msgReviewKept
	if dryRun {
		done = msgReviewWouldKeep
	}
	g.result(done, len(plan.Keep), same, different, unsure, plan.Known, open, len(plan.Refused))
	err := g.emit("review_import", struct {
		Kept      int  `json:"kept"`
		Same      int  `json:"same"`
		Different int  `json:"different"`
		Unsure    int  `json:"unsure"`
		Known     int  `json:"known"`
		Open      int  `json:"open"`
		Refused   int  `json:"refused"`
		DryRun    bool `json:"dry_run"`
	}{len(plan.Keep), same, different, unsure, plan.Known, open, len(plan.Refused), dryRun})
	if err != nil {
		return err
	}
	if len(plan.Refused) > 0 {
		return said(errRejected)
	}
	if len(plan.Keep) > 0 && !dryRun {
		g.say(msgNextMatchAgain)
	}
	return nil
}

// reportRefusal says why a row is not taken.
func (g *globals) reportRefusal(r *review.Refusal) error {
	why := map[review.Reason]message{review.RecordChanged: msgRecordChanged, review.ReviewersDisagree: msgReviewersDisagree}[r.Reason]
	var args []any
	if r.Reason == review.ReviewersDisagree {
		args = append(args, r.Other)
	}
	g.say(msgRowRefused, g.text.place(r.File, r.Sheet, r.Row), g.text.format(why, args...))
	return g.emit("refused", struct {
		File   string        `json:"file"`
		Sheet  string        `json:"sheet,omitempty"`
		Row    int           `json:"row"`
		Reason review.Reason `json:"reason"`
		Other  string        `json:"other,omitempty"`
	}{r.File, r.Sheet, r.Row, r.Reason, r.Other})
}
