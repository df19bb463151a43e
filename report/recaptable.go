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

// RecapColumns are the headings of the recap.
func RecapColumns(o Options) []Column {
	l := o.Language
	columns := areaColumns(l)
	for _, side := range []match.Side{match.Central, match.Regional} {
		for _, unit := range []string{"recap.persons", "recap.cards"} {
			prefix := l.phrase("side."+side.String()) + " " + l.phrase(unit) + " "
			for _, key := range recapKeys {
				columns = append(columns, Column{prefix + l.phrase(key), 11})
			}
		}
	}
	return columns
}

// recapKeys are the columns of each side and unit, in order.
var recapKeys = [...]string{
	"recap.all", "recap.matched", "recap.conflict", "recap.unmatched", "recap.duplicate", "recap.percent",
}

// WriteRecap writes the rows of the recap, totals included.
func WriteRecap(t Table, r *Recap, o Options) error {
	w := writer{options: o}
	for _, row := range r.Rows() {
		w.reset()
		w.addRecapArea(&row)
		for side := range row.Persons {
			w.addCounts(row.Persons[side])
			w.addCounts(row.Cards[side])
		}
		if err := t.WriteRow(w.cells); err != nil {
			return err
		}
	}
	return nil
}

func (w *writer) addRecapArea(row *RecapRow) {
	l := w.options.Language
	kota, kecamatan, kelurahan := row.recapNames(l)
	w.add(Text(kota), Text(kecamatan), Text(kelurahan), Code(areaCode(row.Area.Code)))
}

// recapNames names the row: sums are called so in the column below their area.
func (row *RecapRow) recapNames(l Language) (kota, kecamatan, kelurahan string) {
	a := row.Area
	sum := l.phrase("recap.subtotal")
	switch row.Level {
	case RecapTotal:
		return l.phrase("recap.total"), "", ""
	case RecapKota:
		if a.Kota == "" {
			return l.phrase("recap.outside"), "", ""
		}
		return a.Kota, sum, ""
	case RecapKecamatan:
		return a.Kota, a.Kecamatan, sum
	case RecapKelurahan:
	}
	unknown := l.phrase("recap.unknown")
	if a.Kecamatan == "" {
		a.Kecamatan = unknown
	}
	if a.Kelurahan == "" {
		a.Kelurahan = unknown
	}
	return a.Kota, a.Kecamatan, a.Kelurahan
}

func (w *writer) addCounts(c Counts) {
	w.add(Integer(c.Total()))
	for _, o := range match.Outcomes {
		w.add(Integer(c[o]))
	}
	w.add(Decimal(c.Percent()))
}

// WriteText prints the sums of the kota and the total, persons and KK of both
// sides, aligned for a terminal.
func (r *Recap) WriteText(out io.Writer, o Options) error {
	l := o.Language
	tag := language.Indonesian
	if l == English {
		tag = language.English
	}
	p := message.NewPrinter(tag)
	t := tabwriter.NewWriter(out, 0, 0, 2, ' ', tabwriter.AlignRight)
	head := []string{"", ""}
	for _, key := range recapKeys {
		head = append(head, l.phrase(key))
	}
	if _, err := fmt.Fprintln(t, strings.Join(head, "\t")+"\t"); err != nil {
		return fmt.Errorf("recap: %w", err)
	}
	for _, row := range r.Rows() {
		if row.Level != RecapKota && row.Level != RecapTotal {
			continue
		}
		name, _, _ := row.recapNames(l)
		for _, line := range []struct {
			unit   string
			counts Counts
		}{
			{l.phrase("side.central") + " " + l.phrase("recap.persons"), row.Persons[match.Central]},
			{l.phrase("side.regional") + " " + l.phrase("recap.persons"), row.Persons[match.Regional]},
			{l.phrase("side.central") + " " + l.phrase("recap.cards"), row.Cards[match.Central]},
			{l.phrase("side.regional") + " " + l.phrase("recap.cards"), row.Cards[match.Regional]},
		} {
			if err := writeLine(t, p, name, line.unit, line.counts); err != nil {
				return err
			}
			name = ""
		}
	}
	if err := t.Flush(); err != nil {
		return fmt.Errorf("recap: %w", err)
	}
	return nil
}

func writeLine(t io.Writer, p *message.Printer, name, unit string, c Counts) error {
	text := p.Sprintf("%s\t%s\t%d\t", name, unit, c.Total())
	for _, o := range match.Outcomes {
		text += p.Sprintf("%d\t", c[o])
	}
	text += p.Sprintf("%.2f %%\t", c.Percent())
	if _, err := fmt.Fprintln(t, text); err != nil {
		return fmt.Errorf("recap: %w", err)
	}
	return nil
}
