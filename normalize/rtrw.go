package normalize

// maxUnit is the largest RT or RW number taken for one.
const maxUnit = 999

// ReadUnit reads the number of an RT or an RW from a column of its own: "005",
// "5", "RT 05", "5.0"; 0 if there is none. A spreadsheet that took "5/12" for a
// date gives a date, of which nothing can be read here: see ReadRTRW.
func ReadUnit(text string) uint16 {
	n, seen := 0, false
	for i := range len(text) {
		c := text[i]
		if c < '0' || c > '9' {
			if seen {
				break
			}
			continue
		}
		n, seen = n*10+int(c-'0'), true
		if n > maxUnit {
			return 0
		}
	}
	return uint16(n)
}

// ReadRTRW reads both numbers from one cell: "005/012", "RT 5 RW 12",
// "RW/RT: 012/005", and the date that a spreadsheet made of "5/12" (day 5,
// month 12).
func ReadRTRW(text string) (rt, rw uint16) {
	if d, isDate := unitDate(text); isDate {
		return uint16(d.Day()), uint16(d.Month())
	}
	var s unitScanner
	s.scan(text)
	return s.rt, s.rw
}

// unitDate recognises "2025-12-05", "05-Dec" and "5 Des".
func unitDate(text string) (Date, bool) {
	t := splitDate(text)
	if t.other {
		return 0, false
	}
	p := t.parts
	switch {
	case t.n >= 3 && p[0].digits == 4:
		d, code := checked(p[0].value, p[1].value, p[2].value)
		return d, code == "" && d != 0
	case t.n == 2 && p[1].digits == 0 && p[0].digits > 0 && p[0].digits <= 2:
		return NewDate(2000, p[1].value, p[0].value), true
	case t.n == 2 && p[0].digits == 0 && p[1].digits > 0 && p[1].digits <= 2:
		return NewDate(2000, p[0].value, p[1].value), true
	}
	return 0, false
}

// unitScanner reads RT and RW in a text, labelled or as a bare pair.
type unitScanner struct {
	rt, rw uint16
}

func (s *unitScanner) scan(text string) {
	var labels [2]byte // 'T' and 'W' in the order in which they stand
	var numbers [2]uint16
	nl, nn := 0, 0
	for i := 0; i < len(text); i++ {
		switch c := text[i]; {
		case c == 'R' || c == 'r':
			j := i + 1
			for j < len(text) && (text[j] == '.' || text[j] == ' ') {
				j++
			}
			if j < len(text) && nl < 2 {
				if unit := text[j] &^ 0x20; unit == 'T' || unit == 'W' {
					labels[nl] = unit
					nl++
					i = j
				}
			}
		case c >= '0' && c <= '9':
			n := 0
			for ; i < len(text) && text[i] >= '0' && text[i] <= '9'; i++ {
				n = min(n*10+int(text[i]-'0'), maxUnit+1)
			}
			i--
			if nn < 2 {
				if n > maxUnit {
					n = 0
				}
				numbers[nn] = uint16(n)
				nn++
			}
		}
	}
	first, second := &s.rt, &s.rw
	if labels[0] == 'W' {
		first, second = &s.rw, &s.rt
	}
	*first, *second = numbers[0], numbers[1]
}
