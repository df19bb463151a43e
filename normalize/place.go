package normalize

import "strings"

// ReadPlace reads a birthplace: upper case, single spaces, the kind of area
// (KOTA, KABUPATEN) dropped, the parts of Jakarta folded into one, since
// registries write one or the other.
func ReadPlace(text string) string {
	if text == "" {
		return ""
	}
	if simplePlace(text) {
		return text
	}
	if isNothing(text) {
		return ""
	}
	words := strings.FieldsFunc(plain(text), func(r rune) bool { return r != '\'' && !isWordRune(r) })
	for len(words) > 1 && isAreaKind(words[0]) {
		words = words[1:]
	}
	if len(words) == 0 || words[0] == "JKT" || words[0] == "JAKARTA" || words[0] == "DKI" || fold(words[0]) == "JAKPUS" {
		if len(words) == 0 {
			return ""
		}
		return "JAKARTA"
	}
	return strings.Join(words, " ")
}

// simplePlace reports one upper-case word that needs no work.
func simplePlace(text string) bool {
	if len(text) < 5 {
		return false
	}
	for i := range len(text) {
		if text[i] < 'A' || text[i] > 'Z' {
			return false
		}
	}
	return !isAreaKind(text) && text != "NIHIL" && text != "KOSONG"
}

func isAreaKind(word string) bool {
	switch word {
	case "KOTA", "KAB", "KABUPATEN", "KODYA", "KOTAMADYA", "ADM", "ADMINISTRASI", "KEC", "KECAMATAN", "KEL",
		"KELURAHAN", "DESA", "PROV", "PROVINSI", "KOTIF", "DS":
		return true
	}
	return false
}

// ReadBirthPlaceDate reads a birthplace and a birth date from one cell:
// "JAKARTA, 12-05-1987".
func ReadBirthPlaceDate(text string, o DateOptions) (place string, d Date, code string) {
	cut := strings.IndexAny(text, "0123456789")
	if cut < 0 {
		return ReadPlace(text), 0, ""
	}
	d, code = ReadDate(text[cut:], o)
	return ReadPlace(strings.TrimRight(text[:cut], " ,./-")), d, code
}
