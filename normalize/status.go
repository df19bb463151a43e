package normalize

import "strings"

// ReadStatus reads a status or remark that says that a person has died or
// moved away ("MENINGGAL", "Alm.", "PINDAH LUAR DKI"); anything else is
// StatusUnknown.
func ReadStatus(text string) Status {
	if text == "" {
		return StatusUnknown
	}
	key := fold(text)
	switch key {
	case "MATI", "MD", "ALM", "ALMH", "WAFAT":
		return StatusDeceased
	case "TIDAKMENINGGAL", "BELUMMENINGGAL", "TIDAKPINDAH":
		return StatusUnknown
	}
	switch {
	case strings.Contains(key, "MENINGGAL"), strings.Contains(key, "ALMARHUM"), strings.Contains(key, "WAFAT"):
		return StatusDeceased
	case strings.Contains(key, "PINDAHAN"):
		return StatusUnknown
	case strings.Contains(key, "PINDAH"), strings.Contains(key, "TIDAKDITEMUKAN"), strings.Contains(key, "TIDAKDIKENAL"):
		return StatusMoved
	}
	return StatusUnknown
}
