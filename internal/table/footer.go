package table

import (
	"slices"
	"strings"

	"padan/normalize"
)

// footerWords begin the lines below a list: who signs, where the data come from,
// remarks (DOMAIN 3).
var footerWords = []string{
	"MENGETAHUI", "DIKETAHUI", "PENDATA,", "KEPALA KELUARGA,", "MENYETUJUI", "DISETUJUI", "DIBUAT", "DIPERIKSA", "LURAH", "CAMAT", "KEPALA DESA", "KEPALA KELURAHAN", "KEPALA SUKU DINAS",
	"KEPALA SEKSI", "KEPALA DINAS", "KASI ", "KETUA RT", "KETUA RW", "PETUGAS", "PENDAMPING", "OPERATOR", "NIP", "CATATAN", "KET :", "KET:", "KET.",
	"KETERANGAN:", "KETERANGAN :", "SUMBER", "A.N.", "AN. ", "TTD", "PLT", "SEKRETARIS",
}

// isFooterMark reports whether a text begins the part below a list.
func isFooterMark(text string) bool {
	text = strings.ToUpper(strings.TrimSpace(text))
	if strings.Trim(text, "-_=. ") == "" && len(text) >= 5 {
		return true // a line to sign on
	}
	return slices.ContainsFunc(footerWords, func(word string) bool { return beginsWith(text, word) }) || isPlaceAndDate(text)
}

// beginsWith reports whether text begins with a word, and not with a longer one.
func beginsWith(text, word string) bool {
	rest, ok := strings.CutPrefix(text, word)
	if !ok || rest == "" {
		return ok
	}
	last := word[len(word)-1]
	return last < 'A' || last > 'Z' || rest[0] < 'A' || rest[0] > 'Z'
}

// isPlaceAndDate recognises "Jakarta, 1 Januari 2026" and "Jakarta, ... 2026".
func isPlaceAndDate(text string) bool {
	place, date, ok := strings.Cut(text, ",")
	if !ok || len(place) > 30 || len(date) > 30 || strings.ContainsAny(place, "0123456789/:") || normalize.ReadPlace(place) == "" {
		return false
	}
	if d, code := normalize.ReadDate(date, normalize.DateOptions{}); code == "" && d.Month() != 0 {
		return true
	}
	return strings.Contains(date, "...") || strings.Contains(date, "___")
}

// footerIn reports whether a row of few cells begins the part below a list: its
// first text is such a mark, or another is and no name stands beside it.
func footerIn(cells []string, name int) bool {
	filled, first, mark := 0, false, false
	for _, cell := range cells {
		if cell = strings.TrimSpace(cell); cell != "" {
			filled++
			isMark := isFooterMark(cell)
			first = first || isMark && filled == 1
			mark = mark || isMark
		}
	}
	text := cellAt(cells, name)
	return filled <= 4 && (first || mark && (text == "" || isFooterMark(text)))
}

// endMark ends the data of a sheet (OpenSID).
const endMark = "###"
