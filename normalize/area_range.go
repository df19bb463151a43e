package normalize

import (
	"strconv"
	"strings"
)

// AreaRange holds the codes of an area and of all that lies in it, from From to
// To inclusive. The zero value holds none.
type AreaRange struct{ From, To uint64 }

// ParseAreaRange reads the code of a province, kota, kecamatan or kelurahan as
// Kemendagri writes it, with or without dots: 31, 31.74, 31.74.01, 31.74.01.1005.
// A code that is not in use, as far as padan knows, is refused.
func ParseAreaRange(text string) (AreaRange, bool) {
	digits := strings.ReplaceAll(strings.TrimSpace(text), ".", "")
	unit := uint64(1)
	switch len(digits) {
	case 2:
		unit = 100_000_000
	case 4:
		unit = 1_000_000
	case 6:
		unit = 10_000
	case 10:
	default:
		return AreaRange{}, false
	}
	code, err := strconv.ParseUint(digits, 10, 64)
	if err != nil || !isArea(code, unit) {
		return AreaRange{}, false
	}
	return AreaRange{From: code * unit, To: code*unit + unit - 1}, true
}

// isArea reports whether a code, which counts in a unit, is one of an area: of a
// kelurahan outside DKI Jakarta its kecamatan is known.
func isArea(code, unit uint64) bool {
	if unit > 1 {
		return AreaLabel(code) != ""
	}
	_, home := AreaOf(code)
	return home || code/100_000_000 != 31 && AreaLabel(code/10_000) != ""
}

// Holds reports whether an area lies in the range.
func (r AreaRange) Holds(code uint64) bool { return code != 0 && r.From <= code && code <= r.To }
