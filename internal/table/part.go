package table

// Reasons of skipped rows: nobody was meant by them.
const (
	SkippedTitle        = "title"           // above the header, or such a row again on a new page
	SkippedHeader       = "header"          // the header itself
	SkippedRepeated     = "repeated_header" // the header again, as on a new page
	SkippedNumbering    = "numbering"       // (1) (2) (3)
	SkippedTotal        = "total"
	SkippedBlank        = "blank"
	SkippedGroup        = "group"        // names the area of the rows below: "RT 003 / RW 05"
	SkippedFamily       = "family"       // names the household of the rows below
	SkippedFooter       = "footer"       // place and date, signatures, notes
	SkippedContinuation = "continuation" // the rest of the row above, to which it was joined
	SkippedAfterEnd     = "after_end"    // the mark ### and what stands below it
	SkippedHidden       = "hidden_row"   // as the user wished
	SkippedSheet        = "other_sheet"  // of a sheet that holds no persons
	SkippedHiddenSheet  = "hidden_sheet" // of a hidden sheet
)

// Reasons of rejected rows: somebody may have been meant, but the row cannot be
// used. The codes of sheet.Row.Broken are reasons too.
const (
	RejectedTooMany = "too_many_fields"
	RejectedTooFew  = "too_few_fields"
	RejectedNobody  = "no_name_no_nik"
	RejectedLone    = "lone_text"     // one cell of text in a table of many columns
	RejectedSheet   = "sheet_refused" // of a sheet whose columns are not clear
	RejectedDamaged = "sheet_damaged" // here the reading of the sheet ended
)
