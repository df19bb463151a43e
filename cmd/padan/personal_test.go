package main

import (
	"encoding/csv"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"time"
	"unicode"
	"unicode/utf8"

	"padan/normalize"
)

// The kinds of values that say who somebody is.
const (
	secretNumber  = "a NIK, a KK or another number of a person"
	secretName    = "a word of a name"
	secretBirth   = "a date of birth"
	secretAddress = "an address"
)

// secretTitles tell what a column holds by its title; the first that fits counts.
var secretTitles = []struct {
	title *regexp.Regexp
	kind  string
}{
	{regexp.MustCompile(`(?i)kelurahan|kecamatan|kabupaten|kota|provinsi|tempat|tmpt|file|sheet|row|side`), ""},
	{regexp.MustCompile(`(?i)nik|\bkk\b|nokk|kartu|identitas|id warga|soc_sec|alternate`), secretNumber},
	{regexp.MustCompile(`(?i)lahir|birth|born`), secretBirth},
	{regexp.MustCompile(`(?i)alamat|address|line (one|two)`), secretAddress},
	{regexp.MustCompile(`(?i)nama|name|first|second|third`), secretName},
}

// personal is what lists say of persons: values and their kind.
type personal struct {
	words   map[string]string    // of names, and numbers; in lower case
	phrases map[string][]phrase  // dates of birth as they may be printed, names, addresses; by their first word
	read    map[string]bool      // the files that were read
	clean   map[string]time.Time // the files that were found to say nothing, and when they were written
}

// phrase is a value of several words, in lower case.
type phrase struct{ text, kind string }

func newPersonal() *personal {
	return &personal{words: map[string]string{}, phrases: map[string][]phrase{}, read: map[string]bool{}, clean: map[string]time.Time{}}
}

// keepPhrase notes a value of several words.
func (p *personal) keepPhrase(text, kind string) {
	text = strings.ToLower(text)
	words := wordsOf(text)
	if len(words) == 0 || !strings.HasPrefix(text, words[0]) {
		return
	}
	if one := (phrase{text, kind}); !slices.Contains(p.phrases[words[0]], one) {
		p.phrases[words[0]] = append(p.phrases[words[0]], one)
	}
}

// addFolder takes in the lists directly in a folder.
func (p *personal) addFolder(folder string) error {
	entries, err := os.ReadDir(folder)
	for _, entry := range entries {
		if err == nil && entry.Type().IsRegular() {
			err = p.addFile(filepath.Join(folder, entry.Name()))
		}
	}
	return err
}

// addFile takes in a list once.
func (p *personal) addFile(path string) error {
	if ext := filepath.Ext(path); p.read[path] || ext != ".csv" && ext != ".psv" {
		return nil
	}
	p.read[path] = true
	content, err := os.ReadFile(path)
	if err == nil && !strings.ContainsRune(string(content), 0) {
		p.add(string(content))
	}
	return err
}

// add takes in the rows of a list below one with titles.
func (p *personal) add(content string) {
	var kinds []string
	for line := range strings.Lines(content) {
		cells := cellsOfLine(line)
		if found := kindsOf(cells); found != nil {
			kinds = found
			continue
		}
		for i, cell := range cells {
			if i < len(kinds) {
				p.keep(kinds[i], strings.TrimSpace(cell))
			}
		}
	}
}

// cellsOfLine splits a line at the delimiter that it has most of.
func cellsOfLine(line string) []string {
	delimiter := ','
	for _, r := range ";|\t" {
		if strings.Count(line, string(r)) > strings.Count(line, string(delimiter)) {
			delimiter = r
		}
	}
	in := csv.NewReader(strings.NewReader(line))
	in.Comma, in.LazyQuotes = delimiter, true
	cells, err := in.Read()
	if err != nil {
		return nil
	}
	return cells
}

// kindsOf tells what the columns under titles hold; nil if these are no titles.
func kindsOf(titles []string) []string {
	kinds, known := make([]string, len(titles)), 0
	for i, title := range titles {
		if strings.ContainsAny(title, "0123456789") && !strings.Contains(title, "_") {
			return nil
		}
		for _, t := range secretTitles {
			if t.title.MatchString(title) {
				kinds[i] = t.kind
				known++
				break
			}
		}
	}
	if known < 2 && len(titles) > 1 || known == 0 {
		return nil
	}
	return kinds
}

// keep notes a value in the forms in which it may come to light.
func (p *personal) keep(kind, value string) {
	switch kind {
	case secretNumber:
		if digits := strings.Trim(value, "'"); len(digits) >= 7 {
			p.words[strings.ToLower(digits)] = kind
		}
	case secretName:
		for _, word := range wordsOf(value) {
			if len(word) >= 4 && (word[0] < '0' || word[0] > '9') && !isAreaWord(word) {
				p.words[word] = kind
			}
		}
		if strings.Contains(value, " ") && slices.ContainsFunc(wordsOf(value), func(word string) bool { return !isAreaWord(word) }) {
			p.keepPhrase(value, kind)
		}
	case secretAddress:
		if len(value) >= 6 && !isAreaWord(strings.ToLower(value)) {
			p.keepPhrase(value, kind)
		}
	case secretBirth:
		for _, form := range birthForms {
			day, err := time.Parse(form, value)
			if err != nil {
				continue
			}
			for _, form := range birthForms {
				p.keepPhrase(day.Format(form), kind)
			}
		}
	}
}

// birthForms are the forms in which lists and reports write a date of birth.
var birthForms = []string{"02-01-2006", "02/01/2006", "2006-01-02", "20060102", "2-1-2006", "2/1/2006", "2 Jan 2006", "2 January 2006"}

// wordsOf are the words of a text in lower case; a run of digits is one too.
func wordsOf(text string) []string {
	return strings.FieldsFunc(strings.ToLower(text), func(r rune) bool { return !isOfWord(r) })
}

func isOfWord(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }

// isAreaWord reports whether a word may name an area, which messages do, or is one
// of theirs though it may stand in a name.
func isAreaWord(word string) bool { return areaWords()[word] || word == "alias" || word == "meta" }

var areaWords = sync.OnceValue(func() map[string]bool {
	words := map[string]bool{}
	for _, area := range normalize.Kelurahan() {
		for _, word := range wordsOf(area.Kota + " " + area.Kecamatan + " " + area.Kelurahan) {
			words[word] = true
		}
	}
	return words
})

// longDigits is a number that nobody but a person has.
var longDigits = regexp.MustCompile(`(?:^|[^0-9A-Za-z.])([0-9]{15,17})(?:[^0-9A-Za-z]|$)`)

// in finds what a text says of persons, but for kinds that it may say.
func (p *personal) in(text string, may ...string) (value, kind string) {
	lower := strings.ToLower(text)
	for from := 0; from < len(lower); {
		to := from
		for r, size := utf8.DecodeRuneInString(lower[to:]); size > 0 && isOfWord(r); r, size = utf8.DecodeRuneInString(lower[to:]) {
			to += size
		}
		word := lower[from:to]
		if kind := p.words[word]; kind != "" && !slices.Contains(may, kind) {
			return word, kind
		}
		for _, value := range p.phrases[word] {
			if !slices.Contains(may, value.kind) && strings.HasPrefix(lower[from:], value.text) {
				return value.text, value.kind
			}
		}
		_, size := utf8.DecodeRuneInString(lower[to:])
		from = to + size
	}
	if number := longDigits.FindStringSubmatch(text); number != nil && !slices.Contains(may, secretNumber) {
		return number[1], secretNumber
	}
	return "", ""
}
