package main

import (
	"math"
	"os"
	"strings"

	"golang.org/x/text/language"
	xmessage "golang.org/x/text/message"
)

// texts speaks one language. Numbers have its separators; what must not be
// grouped, such as a row or a year, is passed as text.
type texts struct {
	code    string // "id" or "en"
	catalog *[messageCount]string
	printer *xmessage.Printer
}

func newTexts(code string) *texts {
	if code == "en" {
		return &texts{code: code, catalog: &english, printer: xmessage.NewPrinter(language.English)}
	}
	return &texts{code: "id", catalog: &indonesian, printer: xmessage.NewPrinter(language.Indonesian)}
}

// format fills a message of the catalogue.
func (t *texts) format(m message, args ...any) string {
	return t.printer.Sprintf(t.catalog[m], args...)
}

// number writes a count with the separators of the language.
func (t *texts) number(n int64) string { return t.printer.Sprint(n) }

// bits writes a weight.
func (t *texts) bits(weight float64) string { return t.printer.Sprintf("%+.1f", weight) }

// percent writes a share of 0 to 1.
func (t *texts) percent(share float64) string {
	return t.printer.Sprintf("%.3f %%", math.Floor(share*1e5)/1e3)
}

// wantedLanguage finds the language before the flags are parsed, since errors
// of parsing are messages too.
func wantedLanguage(args []string) string {
	for i, arg := range args {
		if value, ok := strings.CutPrefix(arg, "--lang="); ok {
			return value
		}
		if arg == "--lang" && i+1 < len(args) {
			return args[i+1]
		}
	}
	if value := os.Getenv("PADAN_LANG"); value != "" {
		return value
	}
	for _, name := range []string{"LC_ALL", "LC_MESSAGES", "LANG"} {
		if value := os.Getenv(name); value != "" {
			if strings.HasPrefix(value, "en") {
				return "en"
			}
			break
		}
	}
	return "id"
}
