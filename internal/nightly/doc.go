// Package nightly tells what one night changes: which files are new, corrected or
// gone since the night before, and whether what came out gives cause for alarm.
package nightly
