package report

import (
	"fmt"
	"io"
	"strings"
	"text/tabwriter"

	"golang.org/x/text/language"
	"golang.org/x/text/message"

	"padan/match"
)

// WriteText prints the sums of the kota and the total, persons and KK of both
// sides, and the total of KK by composition, aligned for a terminal.
func (r *Recap) WriteText(out io.Writer, o Options) error {
	l := o.Language
	t := recapText{table: tabwriter.NewWriter(out, 0, 0, 2, ' ', tabwriter.AlignRight), numbers: numbersOf(l)}
	head := []string{"", ""}
	for _, p := range recapPhrases {
		head = append(head, l.phrase(p))
	}
	t.line(head...)
	rows := r.Rows()
	for _, row := range rows {
		if row.Level != RecapKota && row.Level != RecapTotal {
			continue
		}
		name, _, _ := l.areaNames(row.Level, row.Area)
		for _, unit := range [...]struct {
			name   phrase
			counts [2]Counts
		}{{phrasePersons, row.Persons}, {phraseCards, row.Cards}} {
			for side, counts := range unit.counts {
				t.counts(name, l.phrase(sidePhrases[side])+" "+l.phrase(unit.name), counts)
				name = ""
			}
		}
	}
	if err := t.table.Flush(); err != nil {
		return fmt.Errorf("recap: %w", err)
	}
	return r.writeHouseholds(out, l, &rows[len(rows)-1])
}

// numbersOf formats numbers as the language does: 1.600.000 and 97,25.
func numbersOf(l Language) *message.Printer {
	if l == English {
		return message.NewPrinter(language.English)
	}
	return message.NewPrinter(language.Indonesian)
}

// recapText is the recap as aligned text. The table keeps all until it is
// flushed, which is when an error of the terminal shows.
type recapText struct {
	table   *tabwriter.Writer
	numbers *message.Printer
}

func (t *recapText) line(cells ...string) {
	_, _ = io.WriteString(t.table, strings.Join(cells, "\t")+"\t\n")
}

func (t *recapText) counts(area, unit string, c Counts) {
	cells := []string{area, unit, t.numbers.Sprintf("%d", c.Total())}
	for _, o := range match.Outcomes {
		cells = append(cells, t.numbers.Sprintf("%d", c[o]))
	}
	percent := "-"
	if c.Total() > 0 {
		percent = t.numbers.Sprintf("%.2f %%", c.Percent())
	}
	t.line(append(cells, percent)...)
}
