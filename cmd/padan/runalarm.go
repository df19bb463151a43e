package main

import (
	"padan/internal/nightly"
	"padan/match"
)

// alarm says an alarm in the language of the user.
func (t *texts) alarm(a *nightly.Alarm) string {
	switch a.Code {
	case nightly.MatchRateFell:
		return t.format(msgAlarmRate, t.sideWord(a.Side), a.Before, a.After)
	case nightly.RowsFell:
		return t.format(msgAlarmRows, a.Subject, int(a.Before), int(a.After))
	case nightly.RowsRejected:
		return t.format(msgAlarmRejected, a.Subject, a.After)
	case nightly.KelurahanVanished:
		return t.format(msgAlarmVanished, a.Subject, t.sideWord(a.Side), int(a.Before))
	case nightly.NoFileForAPattern:
		return t.format(msgNoFileFits, a.Subject)
	case nightly.FileFailed:
	}
	return t.format(msgAlarmFailed, a.Subject)
}

func (t *texts) sideWord(code string) string {
	if code == match.Regional.String() {
		return t.format(msgRegional)
	}
	return t.format(msgCentral)
}
