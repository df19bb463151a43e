package report

import (
	"path"
	"strings"

	"padan/normalize"
)

// unknownArea is the code of what lies outside DKI Jakarta or nowhere known.
const unknownArea = "00"

// Path is where the workbook of an area stands among those of all areas, with
// slashes: "31.74 Kota Adm. Jakarta Selatan/31.74.01 Tebet.xlsx". Its first part is
// the folder of the kota.
func (p *AreaPart) Path(l Language) string {
	name, _ := normalize.AreaOf(p.Code)
	folder := p.Kota(l)
	if p.Level == AreaKelurahan && name.Kecamatan != "" {
		folder = path.Join(folder, fileName(areaCode(p.Code/10_000*10_000), name.Kecamatan))
	}
	return path.Join(folder, p.file(name, l)+".xlsx")
}

// Kota names the folder of the kota of the area.
func (p *AreaPart) Kota(l Language) string {
	name, _ := normalize.AreaOf(p.Code)
	switch {
	case name.Kota != "":
		return fileName(areaCode(p.Code/1_000_000*1_000_000), name.Kota)
	case p.Code == jakarta:
		return fileName(areaCode(p.Code), l.phrase(phraseAreaNoKota))
	}
	return fileName(unknownArea, l.phrase(phraseAreaOutside))
}

// file names the workbook, without its ending.
func (p *AreaPart) file(name normalize.AreaName, l Language) string {
	switch {
	case name.Kota == "":
		return p.Kota(l)
	case name.Kecamatan == "":
		return fileName(areaCode(p.Code), l.phrase(phraseAreaNoKecamatan))
	case name.Kelurahan != "":
		return fileName(areaCode(p.Code), name.Kelurahan)
	case p.Level == AreaKelurahan:
		return fileName(areaCode(p.Code), l.phrase(phraseAreaNoKelurahan))
	}
	return fileName(areaCode(p.Code), name.Kecamatan)
}

// title names the area for the head of a sheet: "Kecamatan Tebet, Kota Adm. Jakarta
// Selatan".
func (p *AreaPart) title(l Language) string {
	name, _ := normalize.AreaOf(p.Code)
	var parts []string
	switch {
	case name.Kota == "" && p.Code == jakarta:
		return l.phrase(phraseAreaNoKota)
	case name.Kota == "":
		return l.phrase(phraseAreaOutside)
	case name.Kecamatan == "":
		parts = append(parts, l.phrase(phraseAreaNoKecamatan))
	case name.Kelurahan != "":
		parts = append(parts, l.phrase(phraseKelurahan)+" "+name.Kelurahan)
	case p.Level == AreaKelurahan:
		parts = append(parts, l.phrase(phraseAreaNoKelurahan))
	}
	if name.Kecamatan != "" {
		parts = append(parts, l.phrase(phraseKecamatan)+" "+name.Kecamatan)
	}
	return strings.Join(append(parts, name.Kota), ", ")
}

// fileName joins a code and a name to the name of a file or folder that every
// system takes: those of Windows do not have some characters and do not end in a
// dot. The code in front keeps it from being the name of a device.
func fileName(code, name string) string {
	safe := strings.Map(func(r rune) rune {
		if r < ' ' || strings.ContainsRune(`/\:*?"<>|`, r) {
			return '-'
		}
		return r
	}, code+" "+name)
	return strings.TrimRight(safe, " .")
}
