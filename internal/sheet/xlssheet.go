package sheet

import (
	"context"
	"io"
)

// xlsColumns is the number of columns that a sheet of an .xls workbook has.
const xlsColumns = 256

// xlsSheet is one sheet: a part of the stream of its workbook.
type xlsSheet struct {
	workbook *xlsWorkbook
	from, to int64
}

// records begins behind the first record, which says that this is a sheet.
func (s *xlsSheet) records() (substream, error) {
	r, err := s.workbook.records(s.from, s.to)
	if err != nil {
		return substream{}, err
	}
	return substream{r}, unexpectedEnd(r.next())
}

func (s *xlsSheet) rows() (rowReader, error) {
	if err := s.workbook.strings.load(); err != nil {
		return nil, err
	}
	survey := newXLSSurvey()
	records, err := s.begin(survey)
	if err != nil {
		return nil, partError(err)
	}
	limits := &s.workbook.book.limits
	return &xlsReader{
		workbook: s.workbook, limits: limits, columns: min(limits.Columns, xlsColumns),
		records: records, hidden: survey.hidden, formula: noColumn,
	}, nil
}

// begin looks through the sheet and begins to read it, in the order of its rows.
// What ends the look ends the reading at the same place.
func (s *xlsSheet) begin(survey *xlsSurvey) (substream, error) {
	first, err := s.records()
	if err != nil {
		return first, err
	}
	end := survey.read(context.Background(), first)
	if survey.ordered {
		return s.records()
	}
	sorter := &xlsSorter{sheet: s, bands: survey.bands(), end: end}
	return substream{&recordReader{source: sorter, buffer: make([]byte, recordBuffer)}}, nil
}

// layout looks through the sheet.
func (s *xlsSheet) layout(ctx context.Context) (Layout, error) {
	records, err := s.records()
	if err != nil {
		return Layout{}, partError(err)
	}
	survey := newXLSSurvey()
	if err := survey.read(ctx, records); err != nil {
		return Layout{}, err
	}
	return survey.layout, nil
}

// xlsReader turns the records of a sheet into rows. Those of one row stand
// together.
type xlsReader struct {
	workbook *xlsWorkbook
	limits   *Limits
	columns  int
	records  substream
	hidden   *rowSet
	held     bool // the record read last belongs to the next row
	ended    bool

	row     Row
	cells   []cell
	text    []byte // of the cells whose text is not shared
	formula int    // column of a formula whose text is to come, or noColumn
	numbers bool   // the row has a number
}

const noColumn = -1

func (r *xlsReader) at() int { return r.row.Number }

func (r *xlsReader) close() {}

// next adds the next row that holds anything.
func (r *xlsReader) next(b *batch) error {
	for !r.ended {
		if !r.held {
			switch err := r.records.next(); {
			case err == io.EOF: //nolint:errorlint // next returns it bare
				r.ended = true
			case err != nil:
				return err
			}
		}
		r.held = false
		switch {
		case r.ended:
		case r.records.id == recordString:
			r.readResult()
			continue
		case !holdsCell(r.records.id):
			continue
		}
		number := r.records.word(0) + 1
		if !r.ended && number == r.row.Number {
			if err := r.readCell(); err != nil {
				return err
			}
			continue
		}
		added := r.endRow(b)
		if !r.ended {
			r.startRow(number)
			r.held = true
		}
		if added {
			return nil
		}
	}
	return io.EOF
}

func (r *xlsReader) startRow(number int) {
	r.row = Row{Number: number, Hidden: r.hidden.has(number - 1)}
	r.cells, r.text, r.numbers = r.cells[:0], r.text[:0], false
}

// endRow adds the row if it holds anything.
func (r *xlsReader) endRow(b *batch) bool {
	r.settle()
	if len(r.cells) == 0 && r.row.Uncached == 0 && r.row.Broken == "" {
		return false
	}
	text := string(r.text)
	for i := range r.cells {
		c := &r.cells[i]
		if c.to > c.from {
			b.cells = append(b.cells, text[c.from:c.to])
		} else {
			b.cells = append(b.cells, c.shared)
		}
	}
	if r.numbers {
		r.row.Numeric = b.flags(len(r.cells))
		for i := range r.row.Numeric {
			r.row.Numeric[i] = r.cells[i].numeric
		}
	}
	b.end(r.row, len(text))
	return true
}

// breakRow marks the row; its first fault counts.
func (r *xlsReader) breakRow(code string) {
	if r.row.Broken == "" {
		r.row.Broken = code
	}
}
