package normalize

// romanNumbers are the Roman numerals I to XX, as they end the names of
// streets, and the forms in which a typist writes the I as a small L.
var romanNumbers = map[string]string{
	"I": "1", "II": "2", "III": "3", "IV": "4", "V": "5", "VI": "6", "VII": "7", "VIII": "8", "IX": "9", "X": "10",
	"XI": "11", "XII": "12", "XIII": "13", "XIV": "14", "XV": "15", "XVI": "16", "XVII": "17", "XVIII": "18",
	"XIX": "19", "XX": "20", "L": "1", "LL": "2", "LLL": "3", "LV": "4",
	"SATU": "1", "DUA": "2", "TIGA": "3", "EMPAT": "4", "LIMA": "5",
}
