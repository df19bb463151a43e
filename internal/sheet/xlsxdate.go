package sheet

import (
	"math"
	"strconv"
	"strings"
	"time"
)

// stylePart is the part of xl/styles.xml that leads from cell styles to number
// formats.
type stylePart struct {
	Formats []struct {
		ID   int    `xml:"numFmtId,attr"`
		Code string `xml:"formatCode,attr"`
	} `xml:"numFmts>numFmt"`
	Cells []struct {
		Format int `xml:"numFmtId,attr"`
	} `xml:"cellXfs>xf"`
}

// readStyles tells, for each cell style, whether it shows a date.
func (w *workbook) readStyles(name string) ([]bool, error) {
	if w.files[strings.ToLower(name)] == nil {
		return nil, nil
	}
	var part stylePart
	if err := w.decode(name, &part); err != nil {
		return nil, err
	}
	custom := map[int]bool{}
	for _, f := range part.Formats {
		custom[f.ID] = isDateFormat(f.Code)
	}
	dates := make([]bool, len(part.Cells))
	for i, c := range part.Cells {
		if is, ok := custom[c.Format]; ok {
			dates[i] = is
		} else {
			dates[i] = isBuiltinDate(c.Format)
		}
	}
	return dates, nil
}

// isBuiltinDate names the built-in date formats (ECMA-376 part 1, 18.8.30; 27-36
// and 50-58 in East Asian editions).
func isBuiltinDate(id int) bool {
	return id >= 14 && id <= 17 || id == 22 || id >= 27 && id <= 36 || id >= 50 && id <= 58
}

// isDateFormat reports whether a format code shows a day or a year; letters in
// quotes, behind a backslash or in brackets do not count.
func isDateFormat(code string) bool {
	for i := 0; i < len(code); i++ {
		switch c := code[i]; c {
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
			i += end
		case '\\', '_', '*':
			i++
		case 'd', 'D', 'y', 'Y':
			return true
		case ';': // the formats of negative numbers, zero and text
			return false
		}
	}
	return false
}

// serialDate turns a day number into ISO text, with a time if it has one. base
// is 0 for the calendar that starts in 1900, 1462 for the one of 1904.
func serialDate(value string, base int) (string, bool) {
	serial, err := strconv.ParseFloat(value, 64)
	if err != nil || serial < 1 || serial > 2_958_465 {
		return "", false
	}
	day := int(serial) + base
	if base == 0 && day < 60 {
		day++ // the calendar of 1900 counts a 29 February that was none
	}
	seconds := int(math.Round((serial - math.Floor(serial)) * 86_400))
	t := time.Date(1899, time.December, 30+day, 0, 0, seconds, 0, time.UTC)
	if seconds == 0 {
		return t.Format(time.DateOnly), true
	}
	return t.Format(time.DateTime), true
}
