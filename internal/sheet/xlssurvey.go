package sheet

import (
	"context"
	"encoding/binary"
	"io"
	"slices"
)

// rowSet is a set of rows, counted from 0.
type rowSet [1 << 16 / 64]uint64

func (s *rowSet) add(row int) { s[row>>6&(len(s)-1)] |= 1 << (row & 63) }

func (s *rowSet) has(row int) bool { return s[row>>6&(len(s)-1)]&(1<<(row&63)) != 0 }

// groupBits tells how many rows a survey counts together.
const groupBits = 6

// xlsSurvey is what a look through the records of a sheet tells before its rows
// are read.
type xlsSurvey struct {
	layout  Layout
	hidden  *rowSet
	ordered bool  // each row begins behind the end of the one above
	groups  []int // bytes of the records of cells, by group of rows
}

func newXLSSurvey() *xlsSurvey {
	return &xlsSurvey{hidden: new(rowSet), ordered: true, groups: make([]int, 1<<16>>groupBits)}
}

// read looks through a sheet; it keeps what stands before an error.
func (s *xlsSurvey) read(ctx context.Context, r substream) error {
	last := 0
	for count := 0; ; count++ {
		if count%4096 == 0 && ctx.Err() != nil {
			return ctx.Err() //nolint:wrapcheck // that of the caller
		}
		switch err := r.next(); {
		case err == io.EOF: //nolint:errorlint // next returns it bare
			return nil
		case err != nil:
			return err
		}
		switch {
		case holdsCell(r.id):
			row := r.word(0)
			s.ordered = s.ordered && row >= last
			last = row
			s.groups[row>>groupBits] += len(r.data) + recordHeader
		case r.id == recordString:
			s.groups[last>>groupBits] += len(r.data) + recordHeader
		default:
			s.beside(r.recordReader)
		}
	}
}

// The flags that hide a row and a column.
const (
	hiddenRow    = 0x20
	hiddenColumn = 0x01
)

// beside takes in what stands beside the cells.
func (s *xlsSurvey) beside(r *recordReader) {
	switch r.id {
	case recordRow:
		if r.word(12)&hiddenRow != 0 {
			s.hidden.add(r.word(0))
		}
	case recordColInfo:
		first, last := r.word(0), min(r.word(2), xlsColumns-1)
		if r.word(8)&hiddenColumn != 0 && first <= last && len(s.layout.HiddenColumns) < maxRanges {
			s.layout.HiddenColumns = append(s.layout.HiddenColumns, Range{FirstColumn: first, LastColumn: last})
		}
	case recordMergeCells:
		for i := range r.word(0) {
			place := 2 + 8*i
			merged := Range{FirstRow: r.word(place) + 1, LastRow: r.word(place+2) + 1, FirstColumn: r.word(place + 4), LastColumn: r.word(place + 6)}
			if len(r.data) < place+8 || len(s.layout.Merged) >= maxRanges {
				return
			}
			if merged.LastRow >= merged.FirstRow && merged.LastColumn >= merged.FirstColumn {
				s.layout.Merged = append(s.layout.Merged, merged)
			}
		}
	}
}

// bandBytes bounds the records that are sorted at a time, unless a group of rows
// has more.
const bandBytes = 8 << 20

// band is a number of adjacent rows, the last one excluded.
type band struct{ from, to int }

// bands divides the rows of the sheet.
func (s *xlsSurvey) bands() []band {
	var bands []band
	from, size := 0, 0
	for group, bytes := range s.groups {
		if size > 0 && size+bytes > bandBytes {
			bands = append(bands, band{from << groupBits, group << groupBits})
			from, size = group, 0
		}
		size += bytes
	}
	if size > 0 {
		bands = append(bands, band{from << groupBits, len(s.groups) << groupBits})
	}
	return bands
}

// xlsSorter delivers the records of cells of a sheet in the order of their rows;
// those of one row stay in the order of the file. It reads the sheet once for
// each band.
type xlsSorter struct {
	sheet   *xlsSheet
	bands   []band
	end     error // how the sheet ends
	records []byte
	places  []recordPlace
	rest    []byte // of the record that is being delivered
	ended   bool
}

// recordPlace is where the records of a cell stand in xlsSorter.records.
type recordPlace struct{ row, from, to int }

// Read delivers records, and behind the last one an end, if the sheet has one.
func (s *xlsSorter) Read(p []byte) (int, error) {
	for len(s.rest) == 0 {
		switch {
		case len(s.places) > 0:
			s.rest = s.records[s.places[0].from:s.places[0].to]
			s.places = s.places[1:]
		case len(s.bands) > 0:
			if err := s.load(s.bands[0]); err != nil {
				return 0, err
			}
			s.bands = s.bands[1:]
		case s.end != nil:
			return 0, s.end
		case s.ended:
			return 0, io.EOF
		default:
			s.rest, s.ended = []byte{recordEOF, 0, 0, 0}, true
		}
	}
	n := copy(p, s.rest)
	s.rest = s.rest[n:]
	return n, nil
}

// load collects the records of a band and sorts them.
func (s *xlsSorter) load(rows band) error {
	r, err := s.sheet.records()
	if err != nil {
		return partError(err)
	}
	s.records, s.places = s.records[:0], s.places[:0]
	wanted, kept := false, uint16(0) // the cell read last is one of the band; what follows what
	for r.next() == nil {            // how it ends is known
		row := r.word(0)
		switch {
		case holdsCell(r.id):
			if wanted = row >= rows.from && row < rows.to; wanted {
				s.places = append(s.places, recordPlace{row: row, from: len(s.records), to: len(s.records)})
			}
		case r.id == recordString, r.id == recordContinue && kept != 0:
		default:
			kept = 0
			continue
		}
		if kept = 0; wanted {
			kept = r.id
			s.keep(r.recordReader)
		}
	}
	slices.SortStableFunc(s.places, func(a, b recordPlace) int { return a.row - b.row })
	return nil
}

// keep adds the record to those of the cell read last.
func (s *xlsSorter) keep(r *recordReader) {
	s.records = binary.LittleEndian.AppendUint16(s.records, r.id)
	s.records = binary.LittleEndian.AppendUint16(s.records, uint16(len(r.data)))
	s.records = append(s.records, r.data...)
	s.places[len(s.places)-1].to = len(s.records)
}
