package main

import (
	"errors"
	"io/fs"
	"strings"
	"syscall"
	"time"

	"padan/internal/intake"
	"padan/internal/lockfile"
	"padan/internal/review"
	"padan/internal/sheet"
	"padan/internal/store"
	"padan/internal/table"
	"padan/match"
	"padan/report"
)

// failure is an error as the user reads it.
type failure struct {
	text string // where and what
	hint string // what to do about it; "" if nothing helps
}

// finish prints the error of a command, if it has one to print, and returns the
// exit code. Who has closed the pipe knows that nothing was printed.
func (g *globals) finish(err error) int {
	if err == nil {
		err = g.lost
	}
	code := exitCode(err, g.started)
	if err == nil || errors.Is(err, errSaid) || errors.Is(err, errOutput) && errors.Is(err, syscall.EPIPE) {
		return code
	}
	f := g.describe(err)
	if code == exitUsage && f.hint == "" {
		f.hint = "padan --help"
	}
	g.printFailure("exit_error", code, f)
	return code
}

// errSaid marks an error whose cause was printed already.
var errSaid = errors.New("already said")

// said makes finish keep its mouth shut about err.
func said(err error) error { return errors.Join(err, errSaid) }

// printFailure prints an error in its one shape.
func (g *globals) printFailure(messageType string, code int, f failure) {
	if g.json {
		text, err := withType(messageType, struct {
			Code    int    `json:"exit_code,omitempty"`
			Message string `json:"message"`
			Hint    string `json:"hint,omitempty"`
		}{code, f.text, f.hint})
		if err == nil {
			g.write(string(text))
		}
		return
	}
	text := g.paint(g.stderr, red, "padan:") + " " + f.text + "\n"
	if f.hint != "" {
		text += "  " + g.text.format(msgHint) + ": " + f.hint + "\n"
	}
	g.write(text)
}

// describe says an error in the language of the user: where, what, and what to do.
func (g *globals) describe(err error) failure {
	t := g.text
	var usage *usageError
	var header *table.HeaderError
	var file *sheet.Error
	var locked *store.LockedError
	var row *review.RowError
	switch {
	case errors.As(err, &usage):
		return failure{text: maskNumbers(firstLine(usage.Error())), hint: usage.hint} // a NIK may be typed anywhere
	case errors.As(err, &header):
		return t.describeHeader(header)
	case errors.As(err, &file):
		return t.describeFile(file)
	case errors.As(err, &row):
		return t.describeRow(row)
	case errors.As(err, &locked):
		return t.describeLock(locked)
	}
	if errors.Is(err, store.ErrNoDatabase) {
		return failure{text: g.database + ": " + t.format(msgNoDatabase), hint: t.format(msgNoDatabaseHint)}
	}
	if cause, ok := t.causeOf(err); ok {
		if cause.whole {
			return failure{text: t.format(cause.text), hint: t.optional(cause.hint)}
		}
		return failure{text: firstLine(err.Error()), hint: t.optional(cause.hint)}
	}
	if isStorageError(err) {
		return failure{text: firstLine(err.Error()), hint: t.format(msgStorageHint)}
	}
	return failure{text: firstLine(err.Error())}
}

// firstLine drops the suggestions that the command line parser adds below.
func firstLine(text string) string {
	line, _, _ := strings.Cut(text, "\n")
	return line
}

// cause says a sentinel error in the language of the user.
type cause struct {
	err   error
	text  message
	hint  message // msgNone if there is nothing to do
	whole bool    // text says it all; else the error itself is shown
}

// causes are looked through in order.
var causes = []cause{
	{err: sheet.ErrEmpty, text: msgEmptyFile, hint: msgEmptyFileHint},
	{err: sheet.ErrDirectory, text: msgDirectory, hint: msgDirectoryHint},
	{err: sheet.ErrBinary, text: msgBinary, hint: msgSaveAsHint},
	{err: sheet.ErrDamaged, text: msgDamagedBook, hint: msgDamagedBookHint},
	{err: sheet.ErrEncrypted, text: msgEncrypted, hint: msgEncryptedHint},
	{err: sheet.ErrUnsupported, text: msgUnsupported, hint: msgSaveAsHint},
	{err: sheet.ErrTooLarge, text: msgTooLarge, hint: msgTooLargeHint},
	{err: intake.ErrChanged, text: msgChanged, hint: msgChangedHint},
	{err: table.ErrNoHeader, text: msgNoHeader, hint: msgNoHeaderHint},
	{err: table.ErrNoNIK, text: msgNoNIK, hint: msgNoNIKHint},
	{err: table.ErrNoName, text: msgNoName, hint: msgNoNameHint},
	{err: table.ErrAmbiguous, text: msgAmbiguous, hint: msgAmbiguousHint},
	{err: table.ErrNoSuchTitle, text: msgNoSuchTitle, hint: msgNoSuchTitleHint},
	{err: table.ErrHashed, text: msgHashed, hint: msgHashedHint},
	{err: table.ErrClear, text: msgClear, hint: msgClearHint},
	{err: table.ErrOtherKey, text: msgOtherKey, hint: msgOtherKeyHint},
	{err: intake.ErrMixed, text: msgMixed, hint: msgMixedHint, whole: true},
	{err: errNoSuchRun, text: msgNoSuchRun, hint: msgNoSuchRunHint, whole: true},
	{err: errOneRun, text: msgOneRun, hint: msgOneRunHint, whole: true},
	{err: store.ErrNoRun, text: msgNoRun, hint: msgNoRunHint, whole: true},
	{err: store.ErrNoRecord, text: msgNoRecord, hint: msgNoRecordHint, whole: true},
	{err: store.ErrOlder, hint: msgOlderHint},
	{err: store.ErrNewer, hint: msgNewerHint},
	{err: store.ErrForeign, hint: msgForeignHint},
	{err: store.ErrSchema, hint: msgSchemaHint},
	{err: store.ErrStorage, hint: msgStorageHint},
	{err: report.ErrFolderBusy, text: msgFolderBusy, hint: msgLockedHint, whole: true},
	{err: report.ErrPlaceTaken, hint: msgPlaceTakenHint},
	{err: lockfile.ErrNoFile, hint: msgPlaceTakenHint},
	{err: errInterrupted, text: msgInterrupted, hint: msgInterruptedHint, whole: true},
	{err: errTotals, text: msgTotals, hint: msgTotalsHint, whole: true},
	{err: errDamagedTrail, hint: msgDamagedTrailHint},
	{err: errDamage, text: msgDamage, hint: msgDamageHint, whole: true},
	{err: errNoPersons, text: msgNoPersons, hint: msgNoPersonsHint, whole: true},
	{err: match.ErrNotTrained, text: msgNotTrained, hint: msgNotTrainedHint, whole: true},
	{err: match.ErrModel, hint: msgForeignModelHint},
	{err: errNotUnderstood, text: msgNotUnderstood, hint: msgNotUnderstoodHint, whole: true},
	{err: review.ErrNoReview, text: msgNoReview, hint: msgNoReviewHint},
	{err: review.ErrVerdict, text: msgVerdict, hint: msgVerdictHint},
	{err: review.ErrKey, text: msgKey, hint: msgKeyHint},
	{err: store.ErrNoDecision, text: msgNoDecision, hint: msgNoDecisionHint, whole: true},
	{err: errAlarm, text: msgAlarms, hint: msgAlarmsHint, whole: true},
	{err: errConfigExists, text: msgConfigExists, hint: msgConfigExistsHint},
	{err: errConflicts, text: msgConflictsLeft, hint: msgConflictsLeftHint, whole: true},
	{err: errOneSide, text: msgOneSide, hint: msgOneSideHint, whole: true},
	{err: errManyRecords, text: msgManyRecords, hint: msgManyRecordsHint, whole: true},
	{err: fs.ErrNotExist, text: msgNotExist, hint: msgNotExistHint},
	{err: fs.ErrPermission, text: msgPermission, hint: msgPermissionHint},
}

func (t *texts) causeOf(err error) (cause, bool) {
	for _, c := range causes {
		if errors.Is(err, c.err) {
			return c, true
		}
	}
	return cause{}, false
}

func (t *texts) optional(m message) string {
	if m == msgNone {
		return ""
	}
	return t.format(m)
}

// foreignTexts say what a file is that holds no table that can be read.
var foreignTexts = map[sheet.Foreign]struct{ text, hint message }{
	sheet.ForeignDocument: {msgForeignDocument, msgForeignDocumentHint},
	sheet.ForeignPicture:  {msgForeignPicture, msgForeignDocumentHint},
	sheet.ForeignArchive:  {msgForeignArchive, msgForeignArchiveHint},
	sheet.ForeignWorkbook: {msgUnsupported, msgSaveAsHint},
	sheet.ForeignPage:     {msgForeignPage, msgSaveAsHint},
	sheet.ForeignData:     {msgForeignData, msgForeignDocumentHint},
}

// describeFile says what is wrong with a file and where.
func (t *texts) describeFile(e *sheet.Error) failure {
	f := failure{text: t.place(e.Path, e.Sheet, e.Row) + ": " + e.Err.Error(), hint: e.Hint}
	var foreign *sheet.ForeignError
	if errors.As(e.Err, &foreign) {
		words := foreignTexts[foreign.What]
		return failure{text: t.place(e.Path, e.Sheet, e.Row) + ": " + t.format(words.text), hint: t.format(words.hint)}
	}
	if cause, ok := t.causeOf(e.Err); ok {
		f = failure{text: t.place(e.Path, e.Sheet, e.Row) + ": " + t.format(cause.text), hint: t.optional(cause.hint)}
	}
	return f
}

// describeRow says which row of a reviewed file is not understood.
func (t *texts) describeRow(e *review.RowError) failure {
	cause, _ := t.causeOf(e.Err)
	return failure{text: t.place(e.File, e.Sheet, e.Row) + ": " + t.format(msgColumn, e.Column) + ": " + t.format(cause.text), hint: t.optional(cause.hint)}
}

// place names a row of a sheet of a file, as far as they are known.
func (t *texts) place(path, sheetName string, row int) string {
	text := path
	if sheetName != "" {
		text += ": " + t.format(msgSheet, sheetName)
	}
	if row > 0 {
		text += ": " + t.format(msgRow, itoa(row))
	}
	return text
}

func (t *texts) describeHeader(e *table.HeaderError) failure {
	cause, _ := t.causeOf(e.Err)
	f := failure{text: t.place(e.Path, e.Sheet, e.Row) + ": " + t.format(cause.text)}
	switch {
	case errors.Is(e.Err, table.ErrNoHeader):
		f.hint = t.format(cause.hint)
	case errors.Is(e.Err, table.ErrAmbiguous):
		f.text += ": " + listedTitles(e.Titles)
		f.hint = t.format(cause.hint, e.Field, e.Field)
	case errors.Is(e.Err, table.ErrNoSuchTitle):
		f.text += ": " + listedTitles(e.Titles)
		f.hint = t.format(cause.hint, listedTitles(e.Seen))
	case errors.Is(e.Err, table.ErrHashed), errors.Is(e.Err, table.ErrClear), errors.Is(e.Err, table.ErrOtherKey):
		f.hint = t.format(cause.hint)
	default:
		f.hint = t.format(cause.hint, listedTitles(e.Seen))
	}
	return f
}

// The titles that a message lists, and the characters of one.
const (
	mostListed    = 30
	longestListed = 60
)

// listedTitles lists titles, of which a list may have any number and length.
func listedTitles(titles []string) string {
	shown := make([]string, 0, min(len(titles), mostListed)+1)
	for _, title := range titles[:min(len(titles), mostListed)] {
		if runes := []rune(title); len(runes) > longestListed {
			title = string(runes[:longestListed]) + "…"
		}
		shown = append(shown, title)
	}
	if more := len(titles) - mostListed; more > 0 {
		shown = append(shown, "… (+"+itoa(more)+")")
	}
	return strings.Join(shown, ", ")
}

func (t *texts) describeLock(e *store.LockedError) failure {
	if e.Holder.PID == 0 {
		return failure{text: e.Path + ": " + t.format(msgLocked), hint: t.format(msgLockedHint)}
	}
	return failure{
		text: e.Path + ": " + t.format(msgLockedBy, e.Holder.Command, itoa(e.Holder.PID), e.Holder.Host, e.Holder.Started.Format(time.DateTime)),
		hint: t.format(msgLockedHint),
	}
}
