package report

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

// phrase returns the text of a key in the language; the key itself if there is
// none, which a test excludes.
func (l Language) phrase(key string) string {
	phrases := indonesian
	if l == English {
		phrases = english
	}
	if text, ok := phrases[key]; ok {
		return text
	}
	return key
}
