package normalize

import "strconv"

// Codes of the issues of a date.
const (
	DateImpossible = "date_impossible"  // no such day
	DateMonthFirst = "date_month_first" // only possible as month/day, read so
	DateUnreadable = "date_unreadable"
	DateRange      = "date_range" // before 1900 or after the day the source speaks of
)

// DateOptions says how dates of a source are written.
type DateOptions struct {
	// MonthFirst reads 05/12/1987 as 12 May; the default is day first.
	MonthFirst bool
	// SwappedDays reads 1987-12-05 as 12 May; see Options.SwappedDays.
	SwappedDays bool
	// AsOf is the last possible day: a two-digit year after it is 19YY, a whole
	// date after it is wrong. 0 = no check.
	AsOf Date
}

// NewDate packs a date without checking it.
func NewDate(year, month, day int) Date {
	return Date(year*10_000 + month*100 + day)
}

// Year returns the year, 0 if the date is missing.
func (d Date) Year() int { return int(d / 10_000) }

// Month returns the month 1-12, 0 if it is unknown.
func (d Date) Month() int { return int(d / 100 % 100) }

// Day returns the day 1-31, 0 if it is unknown.
func (d Date) Day() int { return int(d % 100) }

// Valid reports whether the date exists in the calendar; unknown parts do.
func (d Date) Valid() bool {
	y, m, day := d.Year(), d.Month(), d.Day()
	if y == 0 || m > 12 || m == 0 && day != 0 {
		return false
	}
	return m == 0 || day <= daysIn(y, m)
}

func daysIn(year, month int) int {
	switch month {
	case 2:
		if year%4 == 0 && (year%100 != 0 || year%400 == 0) {
			return 29
		}
		return 28
	case 4, 6, 9, 11:
		return 30
	default:
		return 31
	}
}

// Heaped reports whether the day of the year is one that registries write for
// an unknown one: 1 January, 31 December, 1 and 30 of mid-year (DOMAIN 2).
func (d Date) Heaped() bool {
	switch d % 10_000 {
	case 101, 1231, 701, 630, 817:
		return true
	}
	return false
}

// String returns the date as 1987-12-31, 1987-12 or 1987, "" if missing.
func (d Date) String() string {
	if d == 0 {
		return ""
	}
	text := make([]byte, 0, 10)
	text = appendPadded(text, d.Year(), 4)
	if d.Month() != 0 {
		text = appendPadded(append(text, '-'), d.Month(), 2)
		if d.Day() != 0 {
			text = appendPadded(append(text, '-'), d.Day(), 2)
		}
	}
	return string(text)
}

func appendPadded(text []byte, n, width int) []byte {
	for limit := 10; width > 1; width-- {
		if n < limit {
			text = append(text, '0')
		}
		limit *= 10
	}
	return strconv.AppendInt(text, int64(n), 10)
}

// datePart is a number or a month word of a written date.
type datePart struct {
	value  int
	digits int // 0 for a month word
}

// dateText is a written date taken apart: at most six parts, the first three
// of which are the date and the rest a time.
type dateText struct {
	parts [6]datePart
	n     int
	other bool // letters that are no month
}

// ReadDate reads a birth date in any form that Indonesian offices write
// (DOMAIN 2): 31-12-1987, 1987-12-31, 31121987, 31 Desember 1987, 31-Des-87, a
// spreadsheet's day number, a year alone. code is "" or one of the Date codes;
// a date that cannot be used is 0.
func ReadDate(text string, o DateOptions) (d Date, code string) {
	t := splitDate(text)
	if t.n == 0 {
		if t.other && !isNothing(text) {
			return 0, DateUnreadable
		}
		return 0, ""
	}
	d, code = t.date(o)
	if d == 0 {
		return 0, code
	}
	if d.Year() < 1900 || o.AsOf != 0 && d > o.AsOf {
		return 0, DateRange
	}
	return d, code
}

// DateOrder tells how a date of three numbers is written.
type DateOrder uint8

// The values of DateOrder. An open date has a day that could be a month.
const (
	OrderNone       DateOrder = iota // not of this form
	OrderOpen                        // 03/04/1980
	OrderDayFirst                    // 13/04/1980
	OrderMonthFirst                  // 04/13/1980
	OrderISOOpen                     // 1980-04-03
	OrderISO                         // 1980-04-13
)

// OrderOf tells how a date is written, as far as it shows by itself.
func OrderOf(text string) DateOrder {
	t := splitDate(text)
	p := t.parts
	switch {
	case t.n < 3 || p[0].digits == 0 || p[1].digits == 0 || p[2].digits == 0:
		return OrderNone
	case p[0].digits == 4 && p[1].value <= 12 && p[2].value <= 12 && p[1].value != p[2].value:
		return OrderISOOpen
	case p[0].digits == 4:
		return OrderISO
	case p[0].digits > 2 || p[1].digits > 2:
		return OrderNone
	case p[0].value > 12 && p[0].value <= 31 && p[1].value <= 12:
		return OrderDayFirst
	case p[1].value > 12 && p[1].value <= 31 && p[0].value <= 12:
		return OrderMonthFirst
	case p[0].value <= 12 && p[1].value <= 12 && p[0].value != p[1].value:
		return OrderOpen
	}
	return OrderNone
}

// splitDate cuts a text into numbers and month words; what stands before the
// first of them ("JAKARTA, 12-05-1987", "Senin, ...") is passed over.
func splitDate(text string) (t dateText) {
	for i := 0; i < len(text) && t.n < len(t.parts); {
		switch c := text[i]; {
		case c >= '0' && c <= '9':
			p := datePart{}
			for ; i < len(text) && text[i] >= '0' && text[i] <= '9'; i++ {
				if p.digits < 9 {
					p.value = p.value*10 + int(text[i]-'0')
				}
				p.digits++
			}
			t.parts[t.n] = p
			t.n++
		case isLetter(c):
			from := i
			for i < len(text) && isLetter(text[i]) {
				i++
			}
			if m := monthWord(text[from:i]); m != 0 && t.n < 3 {
				t.parts[t.n] = datePart{value: m}
				t.n++
			} else {
				t.other = true
			}
		default:
			i++
		}
	}
	return t
}

func isLetter(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' }

// monthWord returns the month 1-12 that a word names, 0 if none. The first
// three letters decide; the words are Indonesian, old Indonesian and English.
func monthWord(word string) int {
	if len(word) < 3 || len(word) > 9 {
		return 0
	}
	switch string([]byte{word[0] &^ 0x20, word[1] &^ 0x20, word[2] &^ 0x20}) {
	case "JAN":
		return 1
	case "FEB", "PEB":
		return 2
	case "MAR", "MRT":
		return 3
	case "APR":
		return 4
	case "MEI", "MAY":
		return 5
	case "JUN":
		return 6
	case "JUL":
		return 7
	case "AGU", "AGT", "AGS", "AUG":
		return 8
	case "SEP":
		return 9
	case "OKT", "OCT":
		return 10
	case "NOV", "NOP":
		return 11
	case "DES", "DEC":
		return 12
	}
	return 0
}

// date puts the parts together.
func (t *dateText) date(o DateOptions) (Date, string) {
	p := t.parts
	switch {
	case t.n == 1:
		return singleNumber(p[0], o)
	case t.n == 2 && p[0].digits == 0 && p[1].digits == 4: // Mei 1987
		return NewDate(p[1].value, p[0].value, 0), ""
	case t.n == 2 && p[0].digits <= 2 && p[1].digits == 4: // 05/1987
		return checked(p[1].value, p[0].value, 0)
	case t.n == 2:
		return 0, DateUnreadable
	case p[0].digits == 4 && o.SwappedDays && p[2].value <= 12: // 1987-12-05
		return checked(p[0].value, p[2].value, p[1].value)
	case p[0].digits == 4: // 1987-12-31
		return checked(p[0].value, p[1].value, p[2].value)
	case p[0].digits == 0: // Mei 31, 1987
		return checked(century(p[2], o), p[0].value, p[1].value)
	case p[0].digits > 2 || p[2].digits == 0 || p[2].digits > 4:
		return 0, DateUnreadable
	case p[1].digits == 0: // 31 Desember 1987
		return checked(century(p[2], o), p[1].value, p[0].value)
	}
	return dayAndMonth(century(p[2], o), p[1].value, p[0].value, o.MonthFirst)
}

// dayAndMonth decides between 31/12 and 12/31.
func dayAndMonth(year, second, first int, monthFirst bool) (Date, string) {
	if monthFirst {
		first, second = second, first
	}
	if second > 12 && first <= 12 && first > 0 && second <= daysIn(year, first) {
		return NewDate(year, first, second), DateMonthFirst
	}
	return checked(year, second, first)
}

// singleNumber reads 31121987, 19871231, a day number of a spreadsheet (base 30
// December 1899) or a year.
func singleNumber(p datePart, o DateOptions) (Date, string) {
	v := p.value
	switch {
	case p.digits == 8:
		if y := v / 10_000; y >= 1900 && y < 2100 {
			if d := NewDate(y, v/100%100, v%100); d.Valid() {
				return d, ""
			}
		}
		return dayAndMonth(v%10_000, v/10_000%100, v/1_000_000, o.MonthFirst)
	case p.digits == 4 && v >= 1900 && v < 2100:
		return NewDate(v, 0, 0), ""
	case p.digits == 5 && v >= 1_000 && v <= 60_000:
		return serialDate(v), ""
	case p.digits == 6:
		return dayAndMonth(century(datePart{v % 100, 2}, o), v/100%100, v/10_000, o.MonthFirst)
	case v == 0:
		return 0, ""
	}
	return 0, DateUnreadable
}

// checked returns the date if it exists. A day or month of 00 is unknown; a
// year of 0, and the zero day of a spreadsheet, is missing.
func checked(year, month, day int) (Date, string) {
	if year == 0 || year == 1899 && month == 12 && day == 30 || year == 1900 && month <= 1 && day == 0 {
		return 0, ""
	}
	if month == 0 {
		day = 0
	}
	if d := NewDate(year, month, day); d.Valid() {
		return d, ""
	}
	return 0, DateImpossible
}

// century completes a two-digit year: the latest year not after AsOf.
func century(p datePart, o DateOptions) int {
	if p.digits != 2 {
		return p.value
	}
	if o.AsOf != 0 && p.value > o.AsOf.Year()%100 {
		return o.AsOf.Year()/100*100 - 100 + p.value
	}
	if o.AsOf != 0 {
		return o.AsOf.Year()/100*100 + p.value
	}
	if p.value < 30 {
		return 2000 + p.value
	}
	return 1900 + p.value
}

// serialDate turns a spreadsheet's day number into a date (civil-from-days;
// day 1 is 31 December 1899 in the reckoning that counts 29 February 1900).
func serialDate(serial int) Date {
	days := serial - 25_569 + 719_468 // since 1 March of year 0
	era := days / 146_097
	dayOfEra := days - era*146_097
	yearOfEra := (dayOfEra - dayOfEra/1_460 + dayOfEra/36_524 - dayOfEra/146_096) / 365
	dayOfYear := dayOfEra - (365*yearOfEra + yearOfEra/4 - yearOfEra/100)
	month := (5*dayOfYear + 2) / 153
	day := dayOfYear - (153*month+2)/5 + 1
	year := yearOfEra + era*400
	if month += 3; month > 12 {
		month -= 12
		year++
	}
	return NewDate(year, month, day)
}

// isNothing reports a text that offices write for "no value".
func isNothing(text string) bool {
	switch fold(text) {
	case "", "NULL", "NA", "NIHIL", "TIDAKADA", "TIDAKTAHU", "KOSONG", "NONE", "NAN", "IDEM", "SDA", "BELUMADA", "TDKADA":
		return true
	}
	return false
}
