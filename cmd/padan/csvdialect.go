package main

import (
	"fmt"

	"padan/report"

	"github.com/spf13/pflag"
)

// csvDialect is how CSV files are written.
type csvDialect struct {
	report.CSVOptions

	word string // for the delimiter
}

func (d *csvDialect) addFlags(flags *pflag.FlagSet) {
	flags.BoolVar(&d.BOM, "csv-bom", false, "begin CSV files with a byte order mark, by which Excel knows that they are UTF-8")
	flags.StringVar(&d.word, "csv-delimiter", "comma", "what separates the columns of CSV files: comma, semicolon (as Indonesian Excel expects it; decimals then have a comma) or tab")
}

// csvDelimiters are the words for what separates the columns of a CSV file.
var csvDelimiters = map[string]byte{",": ',', "comma": ',', ";": ';', "semicolon": ';', "\t": '\t', "tab": '\t'}

// settle takes the delimiter from its word.
func (d *csvDialect) settle() error {
	var ok bool
	if d.Delimiter, ok = csvDelimiters[d.word]; !ok {
		return &usageError{err: fmt.Errorf("--csv-delimiter %q: must be one of comma, semicolon, tab", d.word), hint: "--csv-delimiter semicolon"}
	}
	return nil
}
