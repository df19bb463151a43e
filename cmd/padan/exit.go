package main

import (
	"context"
	"errors"

	"padan/internal/store"
	"padan/report"
)

// The exit codes are a contract with nightly jobs; README.md explains them.
const (
	exitDone        = 0
	exitFailed      = 1
	exitRejected    = 3
	exitConflicts   = 4
	exitTotals      = 5
	exitNoDatabase  = 10
	exitLocked      = 11
	exitSchema      = 12
	exitStorage     = 13
	exitUsage       = 64
	exitInterrupted = 130
)

// Results of commands that did their work and still have bad news.
var (
	errRejected    = errors.New("some rows or files were rejected")
	errConflicts   = errors.New("undecided conflicts exist")
	errTotals      = errors.New("the totals do not add up")
	errDamage      = errors.New("the database has problems")
	errInterrupted = errors.New("interrupted")
	errOutput      = errors.New("the result could not be printed")
)

// usageError is a mistake on the command line; nothing was read.
type usageError struct {
	err  error
	hint string
}

func (e *usageError) Error() string { return e.err.Error() }
func (e *usageError) Unwrap() error { return e.err }

// exitCodes maps errors to codes; the first that fits counts.
var exitCodes = []struct {
	err  error
	code int
}{
	{errInterrupted, exitInterrupted},
	{context.Canceled, exitInterrupted},
	{errTotals, exitTotals},
	{errDamage, exitTotals},
	{errDamagedTrail, exitTotals},
	{store.ErrResult, exitTotals},
	{store.ErrNoDatabase, exitNoDatabase},
	{store.ErrLocked, exitLocked},
	{store.ErrSchema, exitSchema},
	{store.ErrStorage, exitStorage},
	{errOutput, exitStorage},
	{report.ErrFolderBusy, exitLocked},
	{errRejected, exitRejected},
	{errConflicts, exitConflicts},
	{errAlarm, exitConflicts},
}

// exitCode returns the code for the outcome of a command. An error from before
// a command started is a usage error, whatever it says.
func exitCode(err error, started bool) int {
	if err == nil {
		return exitDone
	}
	var usage *usageError
	if errors.As(err, &usage) {
		return exitUsage
	}
	for _, known := range exitCodes {
		if errors.Is(err, known.err) {
			return known.code
		}
	}
	if isStorageError(err) {
		return exitStorage
	}
	if !started {
		return exitUsage
	}
	return exitFailed
}
