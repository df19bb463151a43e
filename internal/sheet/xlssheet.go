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
		workbook: s.workbook, rowBuilder: rowBuilder{limits: limits}, columns: min(limits.Columns, xlsColumns),
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
	columns  int
	records  substream
	hidden   *rowSet
	held     bool // the record read last belongs to the next row
	ended    bool

	rowBuilder
	formula int // column of a formula whose text is to come, or noColumn
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
	r.start(number, r.hidden.has(number-1))
}

// endRow adds the row if it holds anything.
func (r *xlsReader) endRow(b *batch) bool {
	r.settle()
	if !r.complete() {
		return false
	}
	r.add(b)
	return true
}
