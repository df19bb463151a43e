package normalize

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// readDamaged reads a number that is not simply 16 digits: each fault of
// DOMAIN 1.4 in turn, from the one that explains the whole text to the one that
// explains least.
func readDamaged(text string, numeric bool, kind numberKind) Number {
	clean := cleanNumber(text)
	if clean == "" {
		if strings.TrimSpace(text) == "" {
			return Number{Damage: DamageEmpty}
		}
		return Number{Damage: DamagePlaceholder}
	}
	if digits, ok := parseDigits(clean); ok && len(clean) == 16 {
		return judge(digits, numeric, kind, touched(text, clean, DamagePunctuation))
	}
	if n, ok := readExponent(clean, kind); ok {
		return n
	}
	if whole, ok := cutZeroFraction(clean); ok {
		return readPlain(onlyDigits(whole), numeric, kind, DamageFloatText)
	}
	if visible, ok := maskedDigits(clean); ok {
		return Number{Digits: visible, Damage: DamageMasked}
	}
	if n, ok := readLetters(clean, kind); ok {
		return n
	}
	if run, ok := nestedNumber(clean); ok {
		return judge(run, numeric, kind, DamagePunctuation)
	}
	digits := onlyDigits(clean)
	if digits == "" {
		return Number{Damage: wordsDamage(clean)}
	}
	return readPlain(digits, numeric, kind, touched(text, digits, DamagePunctuation))
}

// touched returns damage where digits were taken out of more than blanks.
func touched(text, digits string, damage Damage) Damage {
	if strings.TrimSpace(text) == digits {
		return DamageNone
	}
	return damage
}

// cleanNumber folds compatibility forms, drops what does not show (control,
// zero-width, NBSP) and quotes, and cuts blanks and bare dashes at both ends.
func cleanNumber(text string) string {
	folded := norm.NFKC.String(text)
	shown := strings.Map(func(r rune) rune {
		switch {
		case strings.ContainsRune("'\"`´‘’“”", r), unicode.Is(unicode.Cf, r):
			return -1
		case unicode.IsSpace(r), unicode.IsControl(r):
			return ' '
		case unicode.Is(unicode.Pd, r):
			return '-'
		}
		return unicode.ToUpper(r)
	}, folded)
	return strings.Trim(shown, " -_.,;:=?/\\()[]{}")
}

func onlyDigits(text string) string {
	return strings.Map(func(r rune) rune {
		if r < '0' || r > '9' {
			return -1
		}
		return r
	}, text)
}

// readPlain grades digits of any count.
func readPlain(digits string, numeric bool, kind numberKind, repaired Damage) Number {
	value, fits := parseDigits(digits)
	if !fits {
		return Number{Damage: DamageLong}
	}
	count := uint8(len(digits))
	switch {
	case count == 16:
		return judge(value, numeric, kind, repaired)
	case isFiller(value, len(digits)):
		return Number{Digits: count, Damage: DamagePlaceholder}
	case count > 16:
		return Number{Value: value, Digits: count, Trust: TrustDoubtful, Damage: DamageLong}
	case count < shortestUsable:
		return Number{Digits: count, Damage: DamageShort}
	}
	return Number{Value: value, Digits: count, Trust: TrustDoubtful, Damage: DamageShort}
}

// shortestUsable is the least digits that still say something about a person:
// region, date and part of the serial.
const shortestUsable = 13

// readExponent reads "3,17401E+15": only the digits of the mantissa are known;
// a program's "3.1740101011090009E+15" holds them all.
func readExponent(clean string, kind numberKind) (Number, bool) {
	mantissa, exponent, found := strings.Cut(clean, "E")
	exponent = strings.TrimPrefix(exponent, "+")
	power, ok := parseDigits(exponent)
	if !found || !ok || power < 12 || power > 18 {
		return Number{}, false
	}
	whole, fraction, _ := strings.Cut(strings.Replace(mantissa, ",", ".", 1), ".")
	digits := whole + fraction
	value, ok := parseDigits(digits)
	if !ok || len(whole) != 1 || value == 0 {
		return Number{}, false
	}
	if len(digits) == int(power)+1 {
		return readPlain(digits, true, kind, DamageFloatText), true
	}
	known := min(len(digits), 16)
	for size := len(digits); size > 16; size-- {
		value /= 10
	}
	for size := len(digits); size < 16; size++ {
		value *= 10
	}
	damage := DamageScientific
	if power == 15 && known >= 15 {
		damage, known = DamageNumericCell, 16
	}
	return Number{Value: value, Digits: uint8(known), Trust: TrustDoubtful, Damage: damage}, true
}

// cutZeroFraction cuts ".0" or ",00" off a number that had passed through a
// program as a fraction. Grouped digits ("3174.0101.0190.0000") are none.
func cutZeroFraction(clean string) (string, bool) {
	at := strings.LastIndexAny(clean, ".,")
	if at < 0 || at == len(clean)-1 {
		return "", false
	}
	whole, fraction := clean[:at], clean[at+1:]
	if strings.Trim(fraction, "0") != "" || onlyDigits(whole) != strings.NewReplacer(".", "", ",", "", " ", "").Replace(whole) {
		return "", false
	}
	count := len(onlyDigits(whole))
	single := !strings.ContainsAny(whole, "., ")
	return whole, count == 16 || single && count >= shortestUsable || len(fraction) <= 2 && count > 16
}

// longestMasked is the most places of a masked number, digits lost or doubled included.
const longestMasked = 20

// maskedDigits counts the digits left visible in "317401******9001".
func maskedDigits(clean string) (visible uint8, ok bool) {
	hidden := uint8(0)
	if len(clean) > 3*longestMasked {
		return 0, false
	}
	for _, r := range clean {
		switch {
		case r >= '0' && r <= '9':
			visible++
		case strings.ContainsRune("*X#•●", r):
			hidden++
		case r != ' ' && r != '-' && r != '.':
			return 0, false
		}
	}
	return visible, hidden >= 3 && visible+hidden <= longestMasked
}

// readLetters reads O, I, L, |, S, B, Z and G as the digits they resemble, only
// where that gives 16 digits that are a possible number.
func readLetters(clean string, kind numberKind) (Number, bool) {
	letters := false
	digits := strings.Map(func(r rune) rune {
		if at := strings.IndexRune("OIL|SBZG", r); at >= 0 {
			letters = true
			return rune("01115826"[at])
		}
		if r == ' ' || r == '.' || r == '-' || r == '/' {
			return -1
		}
		return r
	}, clean)
	value, ok := parseDigits(digits)
	if !letters || !ok || len(digits) != 16 {
		return Number{}, false
	}
	n := judge(value, false, kind, DamageLetters)
	return n, n.Trust == TrustFull
}

// nestedNumber finds the only run of 16 digits in a cell that holds more
// ("BUDI / 3174010101909001").
func nestedNumber(clean string) (value uint64, ok bool) {
	for rest := clean; rest != ""; {
		start := strings.IndexAny(rest, "0123456789")
		if start < 0 {
			break
		}
		rest = rest[start:]
		size := 0
		for size < len(rest) && rest[size] >= '0' && rest[size] <= '9' {
			size++
		}
		if size == 16 {
			run, _ := parseDigits(rest[:16])
			if ok && run != value {
				return 0, false
			}
			value, ok = run, true
		}
		rest = rest[size:]
	}
	return value, ok
}

// wordsDamage tells words for "none" from text that is no number at all.
func wordsDamage(clean string) Damage {
	for word := range strings.FieldsSeq(clean) {
		switch strings.Trim(word, "./#-") {
		case "TIDAK", "TDK", "BELUM", "BLM", "NIHIL", "NULL", "NONE", "KOSONG", "N/A", "NA", "N", "NAN", "":
			return DamagePlaceholder
		}
	}
	return DamageUnreadable
}
