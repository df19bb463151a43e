package sheet

import (
	"bytes"
	"math"
	"strconv"
	"strings"
)

// isNumber reports whether value consists of the characters of a number.
func isNumber(value []byte) bool {
	for _, c := range value {
		if (c < '0' || c > '9') && c != '.' && c != '-' && c != '+' && c != 'E' && c != 'e' {
			return false
		}
	}
	return true
}

// appendNumber appends a stored number as it is, with every digit. One in the
// form 3.17401010110900E+15 is written out if it is a whole number and no digit
// has to be made up for it.
func appendNumber(dst, value []byte) []byte {
	if bytes.IndexByte(value, 'E') < 0 && bytes.IndexByte(value, 'e') < 0 {
		return append(dst, value...)
	}
	if whole, ok := wholeNumber(string(value)); ok {
		return append(dst, whole...)
	}
	return append(dst, value...)
}

// maxWhole is the number up to which every whole number is a float64.
const maxWhole = 1 << 53

// maxDigits bounds the numbers that are written out.
const maxDigits = 18

// wholeNumber writes out a number in exponent form. Up to maxWhole the number
// counts, beyond it the digits that are written.
func wholeNumber(text string) (string, bool) {
	f, err := strconv.ParseFloat(text, 64)
	if err != nil || f != math.Trunc(f) {
		return "", false
	}
	if math.Abs(f) <= maxWhole {
		return strconv.FormatInt(int64(f), 10), true
	}
	mantissa, exponent, _ := strings.Cut(strings.ToLower(text), "e")
	sign := ""
	if strings.HasPrefix(mantissa, "-") {
		sign = "-"
	}
	whole, fraction, _ := strings.Cut(strings.TrimLeft(mantissa, "+-"), ".")
	fraction = strings.TrimRight(fraction, "0")
	shift, err := strconv.Atoi(exponent)
	if err != nil || shift < len(fraction) || len(whole)+shift > maxDigits {
		return "", false
	}
	digits := strings.TrimLeft(whole+fraction+strings.Repeat("0", shift-len(fraction)), "0")
	return sign + digits, true
}
