package normalize

import (
	"cmp"
	_ "embed" // the tables of areas
	"slices"
	"strconv"
	"strings"
	"sync"
)

// AreaName names one kelurahan of DKI Jakarta.
type AreaName struct {
	Code      uint64 // ten-digit Kemendagri code
	Kota      string // "Kota Adm. Jakarta Selatan"
	Kecamatan string
	Kelurahan string
}

//go:embed data/dki.tsv
var kelurahanTable string

//go:embed data/areas.tsv
var areaNameTable string

// kelurahanIndex holds the 267 kelurahan of DKI Jakarta and the ways to find them.
type kelurahanIndex struct {
	all    []AreaName                   // Kemendagri order
	byCode map[uint64]int               // Kemendagri code to index in all
	byBPS  map[uint64]int               // BPS code to index in all
	byName map[string][]uint64          // folded kelurahan name or other spelling to code
	inside map[uint64]map[string]uint64 // kecamatan (six digits) to its folded names
}

var kelurahanOf = sync.OnceValue(func() *kelurahanIndex {
	index := &kelurahanIndex{
		byCode: map[uint64]int{}, byBPS: map[uint64]int{},
		byName: map[string][]uint64{}, inside: map[uint64]map[string]uint64{},
	}
	for line := range strings.Lines(kelurahanTable) {
		f := strings.Split(strings.TrimRight(line, "\n"), "\t")
		if strings.HasPrefix(line, "#") || len(f) < 6 {
			continue
		}
		index.add(AreaName{parseCode(f[0]), f[2], f[3], f[4]}, parseCode(f[1]), strings.Split(f[5], ";"))
	}
	return index
})

func (x *kelurahanIndex) add(a AreaName, bps uint64, spellings []string) {
	x.byCode[a.Code], x.byBPS[bps] = len(x.all), len(x.all)
	x.all = append(x.all, a)
	kecamatan := a.Code / 10_000
	if x.inside[kecamatan] == nil {
		x.inside[kecamatan] = map[string]uint64{}
	}
	for _, name := range append(spellings, a.Kelurahan) {
		key := fold(name)
		if key == "" || slices.Contains(x.byName[key], a.Code) {
			continue
		}
		x.byName[key] = append(x.byName[key], a.Code)
		x.inside[kecamatan][key] = a.Code
	}
}

// areaIndex finds provinces, kabupaten, kota and kecamatan by code and name.
type areaIndex struct {
	codes  map[uint64]string   // two, four or six digits to the name
	byName map[string][]uint64 // folded name without its kind to codes
}

var areaNames = sync.OnceValue(func() *areaIndex {
	index := &areaIndex{codes: map[uint64]string{}, byName: map[string][]uint64{}}
	for line := range strings.Lines(areaNameTable) {
		code, name, ok := strings.Cut(strings.TrimSpace(line), "\t")
		if !ok || strings.HasPrefix(line, "#") {
			continue
		}
		number := parseCode(code)
		index.codes[number] = name
		key := fold(withoutKind(plain(name)))
		index.byName[key] = append(index.byName[key], number)
	}
	return index
})

func parseCode(text string) uint64 {
	n, err := strconv.ParseUint(text, 10, 64)
	if err != nil {
		return 0
	}
	return n
}

// Kelurahan lists the 267 kelurahan of DKI Jakarta in Kemendagri order.
func Kelurahan() []AreaName { return slices.Clone(kelurahanOf().all) }

// AreaOf returns the names of a ten-digit code. For a code that stops at a
// kecamatan or kota of DKI Jakarta the finer names are empty.
func AreaOf(code uint64) (AreaName, bool) {
	x := kelurahanOf()
	if i, ok := x.byCode[code]; ok {
		return x.all[i], true
	}
	for _, level := range [...]uint64{10_000, 1_000_000} {
		if code%level != 0 {
			continue
		}
		i, found := slices.BinarySearchFunc(x.all, code, func(a AreaName, c uint64) int {
			return cmp.Compare(a.Code/level, c/level)
		})
		if !found {
			continue
		}
		a := AreaName{Code: code, Kota: x.all[i].Kota}
		if level == 10_000 {
			a.Kecamatan = x.all[i].Kecamatan
		}
		if level == 1_000_000 && code%1_000_000 != 0 {
			continue
		}
		return a, true
	}
	return AreaName{}, false
}

// AreaLabel returns the name of the area of a two-, four- or six-digit
// Kemendagri code, present or former; "" if there is none.
func AreaLabel(code uint64) string { return areaNames().codes[code] }
