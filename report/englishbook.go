package report

// englishBookWords say the codes of the recap workbook in English.
var englishBookWords = bookWords{
	severities: []string{1: "1: for information", 2: "2: correct it at the source", 3: "3: may give or take aid"},
	properties: map[GroupBy]string{BySex: "Sex", ByAge: "Age", ByName: "Name", ByNIK: "NIK"},
	groups: map[GroupBy]map[string]string{
		BySex:  {"male": "male", "female": "female", "unknown": "unknown"},
		ByAge:  {"0-4": "0 to 4 years", "5-17": "5 to 17 years", "18-59": "18 to 59 years", "60+": "60 years and over", "unknown": "unknown"},
		ByName: {"1": "one word", "2": "two words", "3+": "three words or more", "unknown": "empty"},
		ByNIK:  {"whole": "whole", "doubtful": "doubtful (damaged or temporary)", "missing": "none"},
	},
	skips: map[string]string{
		"title": "title above the table", "header": "column titles", "repeated_header": "column titles repeated", "numbering": "column numbers (1) (2) (3)",
		"total": "total", "blank": "blank", "group": "area of the rows below", "family": "household of the rows below",
		"footer": "date, signatures, footnotes", "continuation": "the rest of the row above", "after_end": "below the end mark ###",
		"hidden_row": "hidden row", "other_sheet": "sheet that lists no persons", "hidden_sheet": "hidden sheet",
	},
	fields: map[string]string{
		rowSubject: "row", "nik": "NIK", "kk": "KK", "name": "name", "birth_date": "birth date", "birth_place": "birthplace",
		"birth_place_date": "birthplace and date", "birth_day": "day of birth", "birth_month": "month of birth", "birth_year": "year of birth", "sex": "sex",
		"relation": "relation", "mother": "mother", "father": "father", "head": "head of household", "address": "address", "hamlet": "hamlet",
		"rt": "RT", "rw": "RW", "rt_rw": "RT/RW", "kelurahan": "kelurahan", "kecamatan": "kecamatan", "kota": "kota", "province": "province",
		"area_code": "area code", "central_id": "central ID", "marital": "marital status", "status": "remark", "number": "running number",
		"surname": "surname", "house": "house number", "middle_name": "middle name", "address2": "second address line", "postcode": "postcode",
		"identifier": "other number",
	},
	issues: map[string]string{
		"empty": "empty", "placeholder": "stand-in (0, 1111..., TIDAK ADA)", "temporary": "temporary number", "masked": "masked",
		"scientific": "written 3.17401E+15, digits lost", "numeric_cell": "numeric cell, the last digit may be lost", "short": "fewer than 16 digits",
		"long": "more than 16 digits", "region": "unknown area code", "date": "with an impossible date", "swapped": "NIK and KK swapped",
		"punctuation": "punctuation, removed", "float_text": "ends in .0, removed", "letters": "letters among the digits, read as digits",
		"unreadable": "unreadable", "unknown": "not known", "date_impossible": "not in the calendar", "date_month_first": "month before day, read so",
		"date_unreadable": "unreadable", "date_range": "out of range", "completed": "completed from the row above",
		"rt:date": "made a date by a spreadsheet program", "rw:date": "made a date by a spreadsheet program", "rt_rw:date": "made a date by a spreadsheet program",
	},
}
