package sheet

import (
	"encoding/binary"
	"math"
	"strconv"
)

// cellHeader is the size of row, column and style before the content of a cell.
const cellHeader = 6

// readCell reads the cells of a record.
func (r *xlsReader) readCell() error {
	r.settle()
	data := r.records.data
	if len(data) < cellHeader+xlsContent(r.records.id, r.workbook.unicode) {
		return partError(errShortRecord)
	}
	column, style := r.records.word(2), r.records.word(4)
	data = data[cellHeader:]
	switch r.records.id {
	case recordLabelSST:
		text, ok := r.workbook.strings.at(binary.LittleEndian.Uint32(data))
		if !ok {
			r.fault(BrokenReference)
		}
		r.put(column, cell{shared: text})
	case recordNumber:
		r.putNumber(column, style, math.Float64frombits(binary.LittleEndian.Uint64(data)))
	case recordRK:
		r.putNumber(column, style, rkNumber(binary.LittleEndian.Uint32(data)))
	case recordMulRK:
		r.readNumbers(column)
	case recordLabel, recordRString:
		r.putText(column, data)
	case recordBoolErr:
		r.putCode(column, data[0], data[1] != 0)
	case recordFormula:
		r.readFormula(column, style, data)
	}
	return nil
}

// xlsContent returns the least size of what follows the header of a cell.
func xlsContent(id uint16, unicode bool) int {
	switch id {
	case recordFormula:
		return 10
	case recordNumber:
		return 8
	case recordLabelSST, recordRK:
		return 4
	case recordLabel, recordRString:
		if unicode {
			return 3
		}
	}
	return 2
}

// readNumbers reads a record of adjacent numbers: the column of the first one, a
// style and a number for each, the column of the last one.
func (r *xlsReader) readNumbers(column int) {
	data := r.records.data
	for data = data[4 : len(data)-2]; len(data) >= 6; data = data[6:] {
		r.putNumber(column, int(binary.LittleEndian.Uint16(data)), rkNumber(binary.LittleEndian.Uint32(data[2:])))
		column++
	}
}

// rkNumber decodes a number of four bytes: a signed whole number of 30 bits or
// the first 30 bits of a float64, either of them in hundredths.
func rkNumber(rk uint32) float64 {
	number := math.Float64frombits(uint64(rk&^3) << 32)
	if rk&2 != 0 {
		number = float64(int32(rk) >> 2) // the sign is that of the bits
	}
	if rk&1 != 0 {
		number /= 100
	}
	return number
}

// The results of formulas that are no numbers: the last two bytes are 0xFFFF, the
// first one is the kind, the third one the value of a truth value or an error.
const (
	resultText  = 0
	resultBool  = 1
	resultError = 2
	resultEmpty = 3
)

// onLoad is the option of a formula that is to be computed when the workbook is
// opened: programs set it that do not compute themselves.
const onLoad = 0x02

// readFormula reads the stored result of a formula. A text follows in a record of
// its own.
func (r *xlsReader) readFormula(column, style int, data []byte) {
	result := binary.LittleEndian.Uint64(data)
	empty := result == 0
	if data[6] == 0xFF && data[7] == 0xFF {
		empty = data[0] == resultEmpty
		switch data[0] {
		case resultText:
			r.formula = column
			return
		case resultBool, resultError:
			r.putCode(column, data[2], data[0] == resultError)
			return
		}
		result = 0
	}
	switch {
	case result == 0 && r.readTokens(column, data):
	case empty && data[8]&onLoad != 0:
		r.row.Uncached++
	case data[6] != 0xFF || data[7] != 0xFF:
		r.putNumber(column, style, math.Float64frombits(result))
	}
}

// readResult reads the text of the formula before it.
func (r *xlsReader) readResult() {
	if r.formula != noColumn {
		r.putText(r.formula, r.records.data)
		r.formula = noColumn
	}
}

// settle counts a formula whose text did not come.
func (r *xlsReader) settle() {
	if r.formula != noColumn {
		r.row.Uncached++
		r.formula = noColumn
	}
}

// putText makes the text at the start of data the content of a cell.
func (r *xlsReader) putText(column int, data []byte) {
	from := len(r.text)
	rest := xlsText{records: r.records.recordReader, rest: data}
	var whole, sound, cut bool
	if r.workbook.unicode {
		r.text, whole = rest.append(r.text, 2)
		sound = true
	} else {
		r.text, whole, sound = rest.appendOld(r.text, r.workbook.codePage)
	}
	switch r.text, cut = validCell(r.text, from, r.limits.Cell); {
	case !whole:
		r.fault(BrokenReference)
	case cut:
		r.fault(BrokenLong)
	case !sound:
		r.fault(BrokenEncoding)
	}
	r.put(column, cell{from: from, to: len(r.text)})
}

// putNumber makes a number the content of a cell, or the date that its style
// shows.
func (r *xlsReader) putNumber(column, style int, number float64) {
	c := cell{from: len(r.text), numeric: true}
	r.text = appendFloat(r.text, number)
	if w := r.workbook; style < len(w.dates) && w.dates[style] {
		if date, ok := serialDate(string(r.text[c.from:]), w.base); ok {
			r.text, c.numeric = append(r.text[:c.from], date...), false
		}
	}
	c.numeric = c.numeric && !math.IsNaN(number) && !math.IsInf(number, 0)
	c.to = len(r.text)
	r.put(column, c)
}

// appendFloat writes a number with every digit that it has.
func appendFloat(dst []byte, number float64) []byte {
	size := math.Abs(number)
	switch {
	case size <= maxWhole && number == math.Trunc(number):
		return strconv.AppendInt(dst, int64(number), 10)
	case size >= 1e-5 && size < 1e18:
		return strconv.AppendFloat(dst, number, 'f', -1, 64)
	case math.IsNaN(number) || math.IsInf(number, 0):
		return append(dst, errorText(errorNumber)...)
	}
	return strconv.AppendFloat(dst, number, 'E', -1, 64)
}

// putCode makes a truth value or an error the content of a cell.
func (r *xlsReader) putCode(column int, code byte, isError bool) {
	text := "FALSE"
	switch {
	case isError:
		text = errorText(code)
	case code != 0:
		text = "TRUE"
	}
	r.put(column, cell{shared: text})
}

// errorNumber is the code of an error in a number.
const errorNumber = 0x24

// errorText returns the text of an error by its code ([MS-XLS] 2.5.10).
func errorText(code byte) string {
	switch code {
	case 0x00:
		return "#NULL!"
	case 0x07:
		return "#DIV/0!"
	case 0x0F:
		return "#VALUE!"
	case 0x17:
		return "#REF!"
	case 0x1D:
		return "#NAME?"
	case errorNumber:
		return "#NUM!"
	case 0x2A:
		return "#N/A"
	case 0x2B:
		return "#GETTING_DATA"
	}
	return "#ERROR!"
}

// put adds a cell to the row, unless it is empty.
func (r *xlsReader) put(column int, c cell) {
	switch {
	case c.to == c.from && c.shared == "":
		return
	case column >= r.columns:
		r.fault(BrokenWide)
	case r.spread > r.limits.Record:
		r.fault(BrokenLong)
	default:
		for len(r.cells) <= column {
			r.cells = append(r.cells, cell{})
		}
		r.cells[column] = c
		r.numbers = r.numbers || c.numeric
		r.spread += len(c.shared) + c.to - c.from
		return
	}
	if c.shared == "" {
		r.text = r.text[:c.from]
	}
}
