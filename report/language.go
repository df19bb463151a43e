package report

import "padan/match"

// Language is the language of headings and sentences; codes are English in any.
type Language string

// The languages.
const (
	Indonesian Language = "id"
	English    Language = "en"
)

// Options tune the reports.
type Options struct {
	Language Language // "" = Indonesian
	Mask     bool     // show NIK and KK as 317401******0001
}

// catalogue holds every text of one language.
type catalogue struct {
	phrases [phraseCount]string
	codeWords
	bookWords
	page *pageTexts
}

// codeWords say the stable codes of all reports. Slices are indexed by the codes of
// package match.
type codeWords struct {
	reasons       []string // why a record is unmatched
	reasonActions []string // what to do about it
	kinds         []string // what a conflict kind means
	kindActions   []string

	households       map[match.HouseholdKinds]string // what a single kind of household means
	householdActions map[match.HouseholdKinds]string // what to do about it, if anything

	relations []string // to the head of the household, by normalize.Relation
	statuses  []string // by normalize.Status

	lookupReasons []string                                          // why a row of a list is nobody of the master list, by match.Reason
	lookupKinds   []string                                          // why a row of a list is in doubt, by match.ConflictKind
	lookups       map[LookupDirection]map[match.LookupStatus]string // what it means that a row is in, in doubt ...

	levels     [match.ComparisonCount][]string
	rejections map[string]string // by the stable code of the reason
	verdicts   map[Verdict]string

	changes    []string // how a person changed between two runs
	causes     []string // why, in short
	causeNotes []string // why, in a sentence
}

// bookWords say the stable codes that the recap workbook shows.
type bookWords struct {
	severities []string                      // of conflicts, 1 to 3
	properties map[GroupBy]string            // by which persons are grouped
	groups     map[GroupBy]map[string]string // the groups of each
	skips      map[string]string             // why a row was skipped
	fields     map[string]string             // what an issue is about
	issues     map[string]string             // what was found, by code or by field and code
}

// wordOf says a code in words; a code of a later version stays as it is.
func wordOf[C ~string](words map[C]string, code C) string {
	if word, ok := words[code]; ok {
		return word
	}
	return string(code)
}

func (l Language) catalogue() *catalogue {
	if l == English {
		return &english
	}
	return &indonesian
}

// phrase returns the text of a key in the language.
func (l Language) phrase(p phrase) string { return l.catalogue().phrases[p] }

// at returns texts[i], "" beyond the end.
func at[I ~uint8](texts []string, i I) string {
	if int(i) >= len(texts) {
		return ""
	}
	return texts[i]
}

// KindText says in words what a conflict kind means.
func KindText(l Language, k match.ConflictKind) string { return at(l.catalogue().kinds, k) }

// ReasonText says in words why a record is unmatched.
func ReasonText(l Language, r match.Reason) string { return at(l.catalogue().reasons, r) }
