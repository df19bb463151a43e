package sheet

// Limits bound what a file may cost, against files made to exhaust memory or
// time. A row beyond a limit is delivered cut and with its Broken code set; a
// workbook beyond one ends in ErrTooLarge.
type Limits struct {
	Unzipped    int64 // bytes that one part of a workbook may unpack to
	Ratio       int64 // unpacked bytes per packed byte, checked above Floor
	Floor       int64 // unpacked bytes up to which any ratio is admitted
	Strings     int64 // bytes of all shared strings of a workbook, held in memory
	Columns     int   // cells of a row
	Cell        int   // bytes of one cell
	Record      int   // bytes of one row
	QuotedLines int   // lines of one quoted cell; beyond it the quote is a stray one
	QuotedBytes int   // bytes of one quoted cell that holds line breaks
}

// DefaultLimits admit every file that a spreadsheet program can write.
func DefaultLimits() Limits {
	return Limits{
		Unzipped:    8 << 30,
		Ratio:       500,
		Floor:       64 << 20,
		Strings:     1 << 30,
		Columns:     16_384,
		Cell:        1 << 20,
		Record:      8 << 20,
		QuotedLines: 100,
		QuotedBytes: 64 << 10,
	}
}

// stringsPerByte bounds the bytes of shared strings per packed byte, above a
// quarter of Floor: texts that differ do not pack better.
const stringsPerByte = 40
