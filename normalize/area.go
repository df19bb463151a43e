package normalize

import "strings"

// FindArea returns the administrative area that a row names. The names decide;
// a ten-digit code is used where it is known, in Kemendagri's or BPS's
// numbering (DOMAIN 1.3). A kelurahan name of DKI Jakarta identifies its
// kecamatan by itself unless the row names another kota or province.
func FindArea(kelurahan, kecamatan, kota, province, code string) Area {
	kel, kec := kelurahanKey(kelurahan), areaKey(kecamatan)
	kab := kotaKey(kota)
	outside := isOutside(kab, areaKey(province))
	if !outside {
		if found := findKelurahan(kel, kec, kab); found != 0 {
			return Area{Code: found}
		}
	}
	if found := codedArea(code, kel); found != 0 {
		return Area{Code: found}
	}
	area := Area{Code: findLarger(kec, kota, areaKey(province), outside)}
	if kel != "" {
		area.Place = strings.Join(areaWords(kelurahan), " ")
	}
	return area
}

// areaKey folds the name of an area without the words for its kind.
func areaKey(text string) string {
	if text == "" {
		return ""
	}
	for i := range len(text) {
		if c := text[i]; (c < 'A' || c > 'Z') && c != ' ' {
			return fold(withoutKind(plain(text)))
		}
	}
	return fold(withoutKind(text))
}

// kelurahanKey is areaKey, but keeps a kind word that is part of a name (Kota
// Bambu Utara) and writes abbreviations out (KB. JERUK, CIPINANG BSR. UTR).
func kelurahanKey(text string) string {
	names := kelurahanOf().byName
	if whole := fold(text); len(names[whole]) > 0 {
		return whole
	}
	key := areaKey(text)
	if len(names[key]) > 0 {
		return key
	}
	var written strings.Builder
	for _, word := range areaWords(text) {
		written.WriteString(canonicalWord(word, addressWords[word]))
	}
	if long := fold(written.String()); len(names[long]) > 0 {
		return long
	}
	return key
}

// withoutKind drops KELURAHAN, KEC., KOTA ADM. ... before the name.
func withoutKind(text string) string {
	for {
		text = strings.TrimLeft(text, " .:-/")
		cut := strings.IndexAny(text, " .:")
		if cut < 0 || !isAreaKind(text[:cut]) || strings.Trim(text[cut:], " .:") == "" {
			return text
		}
		text = text[cut+1:]
	}
}

func areaWords(text string) []string {
	return strings.FieldsFunc(withoutKind(plain(text)), func(r rune) bool { return !isWordRune(r) })
}

// kotaKey folds the name of a kota; the short names of the kota of Jakarta are
// written out.
func kotaKey(text string) string {
	key := areaKey(text)
	switch key {
	case "JAKSEL", "JS", "JAKARTASEL":
		return "JAKARTASELATAN"
	case "JAKTIM", "JT", "JAKARTATIM":
		return "JAKARTATIMUR"
	case "JAKPUS", "JP":
		return "JAKARTAPUSAT"
	case "JAKBAR", "JB", "JAKARTABAR":
		return "JAKARTABARAT"
	case "JAKUT", "JU":
		return "JAKARTAUTARA"
	case "PULAUSERIBU", "KEPSERIBU":
		return "KEPULAUANSERIBU"
	}
	return key
}

// isOutside reports whether a row names a kota or a province outside DKI Jakarta.
func isOutside(kota, province string) bool {
	inJakarta := strings.HasPrefix(kota, "JAKARTA") || kota == "KEPULAUANSERIBU" || kota == "DKIJAKARTA"
	if inJakarta {
		return false
	}
	if kota != "" && len(areaNames().byName[kota]) > 0 {
		return true
	}
	return province != "" && !strings.Contains(province, "JAKARTA") && len(areaNames().byName[province]) > 0
}

// findKelurahan returns the code of a kelurahan of DKI Jakarta, 0 if the name
// is none or contradicts the kecamatan or kota beside it.
func findKelurahan(kel, kec, kota string) uint64 {
	if kel == "" {
		return 0
	}
	x := kelurahanOf()
	codes := x.byName[kel]
	if len(codes) == 1 {
		return codes[0]
	}
	switch kel { // the parts of Kapuk as split in 2025 (Kepgub DKI 850/2025)
	case "KAPUKSELATAN", "KAPUKTIMUR":
		return x.byName["KAPUK"][0]
	}
	if found := nearKelurahan(kel, findKecamatan(kec, kota)); found != ambiguous {
		return found
	}
	return 0
}

// shortestTypo is the length of a name from which one wrong letter is looked
// past even where the kecamatan is unknown.
const shortestTypo = 7

// nearKelurahan finds a misspelled name inside a known kecamatan, or anywhere in
// DKI Jakarta if the name is long, if exactly one name there is one letter away.
func nearKelurahan(kel string, kecamatan uint64) uint64 {
	x := kelurahanOf()
	if kecamatan != 0 && len(kel) >= 4 {
		return onlyNear(kel, 0, x.inside[kecamatan/10_000])
	}
	if kecamatan != 0 || len(kel) < shortestTypo {
		return 0
	}
	found := uint64(0)
	for _, names := range x.inside {
		if found = onlyNear(kel, found, names); found == ambiguous {
			return 0
		}
	}
	return found
}

// ambiguous is no area's code: more than one name is near.
const ambiguous = 1

// onlyNear returns the code of the only name one letter away, found if there is
// none, ambiguous if there are several.
func onlyNear(kel string, found uint64, names map[string]uint64) uint64 {
	for name, code := range names {
		if oneLetterApart(name, kel) && code != found {
			if found != 0 {
				return ambiguous
			}
			found = code
		}
	}
	return found
}

// oneLetterApart reports whether one letter inserted, deleted or replaced, or
// two neighbours swapped, leads from s to t.
func oneLetterApart(s, t string) bool {
	if len(s) > len(t) {
		s, t = t, s
	}
	if len(t)-len(s) > 1 {
		return false
	}
	i := 0
	for i < len(s) && s[i] == t[i] {
		i++
	}
	if len(s) < len(t) {
		return s[i:] == t[i+1:]
	}
	if i+1 < len(s) && s[i] == t[i+1] && s[i+1] == t[i] && s[i+2:] == t[i+2:] {
		return true
	}
	return i < len(s) && s[i+1:] == t[i+1:]
}

// findKecamatan returns the ten-digit code of a kecamatan of DKI Jakarta.
func findKecamatan(kec, kota string) uint64 {
	for _, code := range areaNames().byName[kec] {
		if code >= 310000 && code < 320000 && (kota == "" || !strings.HasPrefix(kota, "JAKARTA") || areaKey(AreaLabel(code/100)) == kota) {
			return code * 10_000
		}
	}
	return 0
}

// codedArea reads a code of up to ten digits. BPS and Kemendagri number the
// kota of Jakarta differently, so a ten-digit code counts only where one
// numbering knows it, or where the name beside it agrees with one of the two.
func codedArea(code, kel string) uint64 {
	digits := onlyDigits(code)
	if len(digits) != 10 {
		return 0
	}
	x := kelurahanOf()
	number := parseCode(digits)
	home, isHome := x.byCode[number]
	bps, isBPS := x.byBPS[number]
	switch {
	case isHome && isBPS && home != bps:
		for _, i := range []int{home, bps} {
			if fold(x.all[i].Kelurahan) == kel {
				return x.all[i].Code
			}
		}
		return 0
	case isHome:
		return x.all[home].Code
	case isBPS:
		return x.all[bps].Code
	}
	return 0
}

// findLarger returns the code of the kecamatan, the kota or the province that a
// row names, padded to ten digits; 0 if it names none, or one of several.
func findLarger(kec, kota, province string, outside bool) uint64 {
	kab := kotaKey(kota)
	if !outside {
		if found := findKecamatan(kec, kab); found != 0 {
			return found
		}
	}
	names := areaNames().byName
	inside := uniqueCode(names[province], 0, 0, 100)
	regency := findRegency(names[kab], inside, kota)
	district := uint64(0)
	if regency != 0 {
		district = uniqueCode(names[kec], regency, 10_000, 1_000_000)
	}
	switch {
	case district != 0:
		return district * 10_000
	case regency != 0:
		return regency * 1_000_000
	case inside != 0:
		return inside * 100_000_000
	case !outside && strings.Contains(province+kab, "JAKARTA"):
		return 3_100_000_000
	}
	return 0
}

// findRegency tells a kota (numbered from 71) from the kabupaten of the same
// name by the kind word before it.
func findRegency(codes []uint64, province uint64, text string) uint64 {
	if found := uniqueCode(codes, province, 100, 10_000); found != 0 {
		return found
	}
	isKota := strings.Contains(plain(text), "KOTA")
	var same []uint64
	for _, code := range codes {
		if code >= 100 && code < 10_000 && (code%100 >= 71) == isKota {
			same = append(same, code)
		}
	}
	return uniqueCode(same, province, 100, 10_000)
}

// uniqueCode returns the only code from..to (exclusive) that lies in the larger
// area, if that is known; 0 if there is none or more than one.
func uniqueCode(codes []uint64, larger, from, to uint64) uint64 {
	found := uint64(0)
	for _, code := range codes {
		if code < from || code >= to || larger != 0 && code/100 != larger {
			continue
		}
		if found != 0 {
			return 0
		}
		found = code
	}
	return found
}
