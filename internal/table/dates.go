package table

import (
	"strings"

	"padan/normalize"
)

// dateEvidence counts the forms of the birth dates, and which order the NIKs
// beside them confirm.
type dateEvidence struct {
	dayFirst, monthFirst   int // written so that only one order is possible
	open                   int // both are
	nikDay, nikMonth       int // of open, with a NIK that decides
	isoWhole, isoOpen      int // cells of a spreadsheet's dates, or ISO text
	nikStraight, nikTurned int // of isoOpen, with a NIK that decides
}

// add adds what another sheet of the book shows.
func (e *dateEvidence) add(other *dateEvidence) {
	e.dayFirst += other.dayFirst
	e.monthFirst += other.monthFirst
	e.open += other.open
	e.nikDay += other.nikDay
	e.nikMonth += other.nikMonth
	e.isoWhole += other.isoWhole
	e.isoOpen += other.isoOpen
	e.nikStraight += other.nikStraight
	e.nikTurned += other.nikTurned
}

// enough reports whether the dates show their order by themselves.
func (e *dateEvidence) enough() bool {
	return e.dayFirst+e.monthFirst+e.nikDay+e.nikMonth+e.nikStraight+e.nikTurned >= fewest
}

func (e *dateEvidence) count(v *normalize.Values, number normalize.Number) {
	text := v[normalize.FieldBirthDate]
	if text == "" {
		text = v[normalize.FieldBirthPlaceDate]
		if _, date, ok := strings.Cut(text, ","); ok {
			text = date
		}
	}
	if text == "" {
		return
	}
	order := normalize.OrderOf(text)
	switch order {
	case normalize.OrderDayFirst:
		e.dayFirst++
	case normalize.OrderMonthFirst:
		e.monthFirst++
	case normalize.OrderISO:
		e.isoWhole++
	case normalize.OrderOpen:
		e.open++
	case normalize.OrderISOOpen:
		e.isoOpen++
	case normalize.OrderNone:
		return
	}
	if order != normalize.OrderOpen && order != normalize.OrderISOOpen || number.Trust != normalize.TrustFull {
		return
	}
	straight, _ := normalize.ReadDate(text, normalize.DateOptions{})
	turned, _ := normalize.ReadDate(text, normalize.DateOptions{MonthFirst: true, SwappedDays: true})
	e.confirm(order, number.MatchesBirth(straight), number.MatchesBirth(turned))
}

func (e *dateEvidence) confirm(order normalize.DateOrder, straight, turned bool) {
	switch {
	case straight == turned:
	case order == normalize.OrderOpen && straight:
		e.nikDay++
	case order == normalize.OrderOpen:
		e.nikMonth++
	case straight:
		e.nikStraight++
	default:
		e.nikTurned++
	}
}

// decide tells the order of a book's dates. Day first is the rule; a file is
// month first if nine of ten dates that show an order show that one. A file in
// which a spreadsheet of the wrong country took day-first texts for month-first
// dates keeps as text what it could not take: then no date cell has a day above
// 12, and the NIKs confirm the turned ones (DOMAIN 2).
func (e *dateEvidence) decide() (monthFirst, swapped bool, warnings []Warning) {
	day, month := e.dayFirst+e.nikDay, e.monthFirst+e.nikMonth
	switch {
	case month > 0 && month >= 9*day:
		monthFirst = true
		warnings = append(warnings, Warning{WarnMonthFirst, ratio(month, day+month)})
	case month*10 >= day && month > 1:
		warnings = append(warnings, Warning{WarnDatesMixed, ratio(month, day+month)})
	}
	structural := e.dayFirst >= 5 && e.open == 0 && e.isoOpen >= 5
	if e.isoWhole == 0 && e.nikTurned >= 9*e.nikStraight && (e.nikTurned >= fewest || structural) {
		swapped = true
		warnings = append(warnings, Warning{WarnSwappedDays, ratio(e.isoOpen, e.isoOpen+e.dayFirst+e.open)})
	}
	return monthFirst, swapped, warnings
}
