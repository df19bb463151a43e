package table

// Warning tells of something in a sheet that the user should look at.
type Warning struct {
	Code  string // one of the Warn codes
	About string // sheet, columns or counts; never the content of a row
}

// String returns the code, a colon and what it speaks of.
func (w Warning) String() string { return w.Code + ": " + w.About }

// Codes of warnings.
const (
	WarnTwoColumns     = "two_columns"     // two columns for one field; the first is used
	WarnNearTitle      = "near_title"      // a misspelled title was taken for a known one
	WarnByValues       = "by_values"       // a column was recognised by its values
	WarnSwappedColumns = "columns_swapped" // the titles NIK and KK stand over each other's numbers
	WarnNoHeader       = "no_header"       // the sheet has no header; its columns go by their values
	WarnNoNIK          = "no_nik"          // the list has no column for the NIK
	WarnSheetSkipped   = "sheet_skipped"   // a sheet of the workbook holds no table of persons
	WarnSheetRefused   = "sheet_refused"   // a sheet has persons but its columns are not clear; its rows are rejected
	WarnSheetDamaged   = "sheet_damaged"   // a sheet cannot be read, or not to its end
	WarnHiddenSheet    = "hidden_sheet"    // a hidden sheet was not read
	WarnSheetHidden    = "sheet_hidden"    // a hidden sheet was read
	WarnHiddenRows     = "hidden_rows"     // rows that a spreadsheet program does not show
	WarnHiddenColumns  = "hidden_columns"  // hidden columns were read
	WarnFormulas       = "formulas"        // cells whose formula has no stored result are empty
	WarnNIKDamaged     = "nik_damaged"     // a spreadsheet took the last digits of the NIK column
	WarnKKDamaged      = "kk_damaged"      // the same of the KK column
	WarnMonthFirst     = "month_first"     // dates are read month first
	WarnDatesMixed     = "dates_mixed"     // day-first and month-first dates stand in one column
	WarnSwappedDays    = "days_swapped"    // a spreadsheet swapped day and month of some dates
	WarnSexReversed    = "sex_reversed"    // 1 is female and 2 male
	WarnSexDoubtful    = "sex_doubtful"    // the sex column contradicts many NIKs
	WarnBPSRelation    = "relation_bps"    // relation codes are read in the coding of BPS
	WarnRelation       = "relation_unsure" // nothing shows which coding the relation codes have
	WarnFamilies       = "families"        // household values were filled down inside families
	WarnFamilyUnclear  = "family_unclear"  // rows without a KK number may belong to the family above
	WarnAreaDiffers    = "area_differs"    // title rows, sheet and file name tell different areas
	WarnMapping        = "mapping"         // a remembered mapping was used
)
