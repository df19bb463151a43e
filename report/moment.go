package report

import (
	"fmt"
	"time"
)

// jakartaTime is the time of the offices that reports are for, whatever the
// clock of the computer is set to. It has no summer time.
var jakartaTime = time.FixedZone("WIB", 7*60*60)

// months are the names of the months.
func (l Language) months() *[12]string {
	if l == English {
		return &[...]string{
			"January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December",
		}
	}
	return &[...]string{
		"Januari", "Februari", "Maret", "April", "Mei", "Juni", "Juli", "Agustus", "September", "Oktober", "November", "Desember",
	}
}

// moment writes a time as people do in Jakarta: "5 Mei 2026, 07.08 WIB"; ""
// for none.
func (l Language) moment(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	t = t.In(jakartaTime)
	between := "."
	if l == English {
		between = ":"
	}
	return fmt.Sprintf("%d %s %d, %02d%s%02d WIB", t.Day(), l.months()[t.Month()-1], t.Year(), t.Hour(), between, t.Minute())
}
