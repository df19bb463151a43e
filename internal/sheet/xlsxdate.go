package sheet

import (
	"math"
	"strconv"
	"strings"
	"time"
)

// maxStyles is the number of cell styles that a spreadsheet program admits.
const maxStyles = 65_536

// readStyles tells, for each cell style, whether it shows a date.
func (w *workbook) readStyles(part string) error {
	custom := map[int]bool{}
	inside := false
	return w.tags(part, func(x *xmlScanner) {
		switch {
		case x.opens("numFmt") && len(custom) < maxStyles:
			custom[attributeInt(x, "numFmtId")] = isDateFormat(unescaped(x.attribute("formatCode")))
		case string(x.name) == "cellXfs":
			inside = !x.closing && !x.empty
		case inside && x.opens("xf") && len(w.dates) < maxStyles:
			id := attributeInt(x, "numFmtId")
			date, ok := custom[id]
			w.dates = append(w.dates, ok && date || !ok && isBuiltinDate(id))
		}
	})
}

// attributeInt returns a whole number, 0 if there is none.
func attributeInt(x *xmlScanner, name string) int {
	n, _ := leadingInt(x.attribute(name))
	return n
}

// isBuiltinDate names the built-in formats of dates and times (ECMA-376 part 1,
// 18.8.30; 27-36 and 50-58 are those of East Asian editions).
func isBuiltinDate(id int) bool {
	return id >= 14 && id <= 22 || id >= 27 && id <= 36 || id >= 45 && id <= 47 || id >= 50 && id <= 58
}

// isDateFormat reports whether a format code shows a part of a date or time.
// Letters in quotes, behind a backslash or in brackets do not count, except
// elapsed time such as [h].
func isDateFormat(code string) bool {
	for i := 0; i < len(code); i++ {
		switch code[i] {
		case '"':
			end := strings.IndexByte(code[i+1:], '"')
			if end < 0 {
				return false
			}
			i += end + 1
		case '[':
			end := strings.IndexByte(code[i:], ']')
			if end < 0 {
				return false
			}
			if isElapsed(strings.ToLower(code[i+1 : i+end])) {
				return true
			}
			i += end
		case '\\', '_', '*':
			i++
		case 'd', 'D', 'm', 'M', 'y', 'Y', 'h', 'H', 's', 'S':
			return true
		case ';': // what follows is for negative numbers, zero and text
			return false
		}
	}
	return false
}

// isElapsed recognises h, hh, m, s and so on, which stand in brackets for time
// that may exceed a day.
func isElapsed(inside string) bool {
	for _, unit := range [...]string{"h", "m", "s"} {
		if inside != "" && strings.Trim(inside, unit) == "" {
			return true
		}
	}
	return false
}

// days1904 is the number of days from 0 January 1900 to 0 January 1904, the
// starts of the two calendars of workbooks.
const days1904 = 1462

// serialDate turns a day number into ISO text: a date, a date and a time, or a
// time alone for a part of a day. base is 0 or days1904.
func serialDate(value string, base int) (string, bool) {
	serial, err := strconv.ParseFloat(value, 64)
	if err != nil || !(serial >= 0 && serial < 2_958_466) || serial == 0 && base == 0 {
		return "", false
	}
	day := int(serial)
	seconds := int(math.Round((serial - float64(day)) * 86_400))
	if day == 0 && base == 0 {
		return time.Date(1900, 1, 1, 0, 0, min(seconds, 86_399), 0, time.UTC).Format(time.TimeOnly), true
	}
	day += base
	if base == 0 && day < 60 {
		day++ // the calendar of 1900 counts a 29 February that was none
	}
	t := time.Date(1899, time.December, 30+day, 0, 0, seconds, 0, time.UTC)
	if seconds%86_400 == 0 {
		return t.Format(time.DateOnly), true
	}
	return t.Format(time.DateTime), true
}

// isoDate shortens the text of a date cell: no midnight, no zone, a blank for T.
func isoDate(text string) string {
	date, clock, ok := strings.Cut(text, "T")
	if !ok {
		return text
	}
	clock = strings.TrimSuffix(clock, "Z")
	if whole, fraction, ok := strings.Cut(clock, "."); ok && strings.Trim(fraction, "0") == "" {
		clock = whole
	}
	if strings.Trim(clock, "0:") == "" {
		return date
	}
	return date + " " + clock
}
