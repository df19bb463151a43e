package sheet

import (
	"errors"
	"slices"
	"strings"
	"testing"
)

func recogniseForTest(text string) (string, bool) {
	field, ok := map[string]string{
		"NIK": "nik", "NAMA": "name", "TGL LAHIR": "birth_date", "TEMPAT LAHIR": "birth_place", "TEMPAT DAN TANGGAL LAHIR": "place_and_date",
		"RT": "rt", "RW": "rw", "ALAMAT": "address", "ALAMAT JALAN": "address", "KELURAHAN": "kelurahan", "NO KK": "kk", "NOMOR KK": "kk",
	}[strings.ToUpper(strings.TrimSpace(text))]
	return field, ok
}

func TestFindHeader(t *testing.T) {
	tests := []struct {
		name        string
		rows        []string // cells set apart by |
		first, last int
		columns     map[string][]int
	}{
		{"on the first row", []string{"NIK|NAMA", "1|A"}, 0, 0, map[string][]int{"nik": {0}, "name": {1}}},
		{"below titles", []string{"DAFTAR", "KELURAHAN|TEBET", "", "NO|NIK|NAMA|RT", "1|2|A|1"}, 3, 3, map[string][]int{"nik": {1}, "name": {2}, "rt": {3}}},
		{"directly below a title that is a field", []string{"KELURAHAN|TEBET", "NIK|NAMA|RT"}, 1, 1, map[string][]int{"nik": {0}, "name": {1}, "rt": {2}}},
		{"two rows", []string{"DAFTAR", "NO|NIK|NAMA|DOMISILI||", "||| ALAMAT |RT|RW", "1|2|3|4|5|6"}, 1, 2, map[string][]int{"nik": {1}, "name": {2}, "address": {3}, "rt": {4}, "rw": {5}}},
		{"two rows, a group completes its columns", []string{"NIK|NAMA|ALAMAT||TEMPAT DAN TANGGAL LAHIR|", "||JALAN|RT|TEMPAT LAHIR|TGL LAHIR"}, 0, 1, map[string][]int{"nik": {0}, "name": {1}, "address": {2}, "rt": {3}, "birth_place": {4}, "birth_date": {5}}},
		{"three rows", []string{"NIK|NAMA|DOMISILI||", "||ALAMAT|LINGKUNGAN|", "|||RT|RW", "1|A|B|1|2"}, 0, 2, map[string][]int{"nik": {0}, "name": {1}, "address": {2}, "rt": {3}, "rw": {4}}},
		{"a row of data below is no part of it", []string{"NIK|NAMA|ALAMAT|X", "1|BUDI|RT|RW"}, 0, 0, map[string][]int{"nik": {0}, "name": {1}, "address": {2}}},
		{"the same field twice", []string{"NIK|NAMA|NIK", "1|A|1"}, 0, 0, map[string][]int{"nik": {0, 2}, "name": {1}}},
		{"the fullest of several", []string{"NIK|NAMA", "1|A", "NIK|NAMA|RT", "1|A|2"}, 2, 2, map[string][]int{"nik": {0}, "name": {1}, "rt": {2}}},
		{"none", []string{"DAFTAR", "KELURAHAN|TEBET", "A|B"}, -1, -1, nil},
		{"none in the first rows", append(slices.Repeat([]string{"X"}, HeaderRows), "NIK|NAMA"), -1, -1, nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var rows []Row
			for i, cells := range tt.rows {
				rows = append(rows, Row{Number: 2 * (i + 1), Cells: strings.Split(cells, "|")})
			}
			h, err := FindHeader(rows, recogniseForTest)
			if tt.first < 0 {
				if !errors.Is(err, ErrNoHeader) {
					t.Errorf("got %v", err)
				}
				return
			}
			must(t, err)
			if h.First != tt.first || h.Last != tt.last || h.Row != 2*(tt.last+1) {
				t.Errorf("rows %d-%d, number %d", h.First, h.Last, h.Row)
			}
			for field, want := range tt.columns {
				if !slices.Equal(h.Columns[field], want) {
					t.Errorf("%s: columns %v, want %v", field, h.Columns[field], want)
				}
			}
			if len(h.Columns) != len(tt.columns) {
				t.Errorf("columns %v", h.Columns)
			}
		})
	}
}

func TestHeaderNamesDuplicates(t *testing.T) {
	h, err := FindHeader([]Row{{Number: 1, Cells: []string{"NIK", "NO KK", "NIK", "RT", "NOMOR KK"}}}, recogniseForTest)
	must(t, err)
	if got := h.Duplicates(); !slices.Equal(got, []string{"kk", "nik"}) {
		t.Errorf("got %v", got)
	}
}

func TestIsNumbering(t *testing.T) {
	for cells, want := range map[string]bool{
		"(1)|(2)|(3)": true, "1|2|3|4": true, "-1|-2|-3": true, "|1||2|3": true, "KOLOM|2|3|4": true, "1|2|4|5": true, "[1]|[2]|[3]": true,
		"1.0|2.0|3.0": true, "1|2": false, "1|A|3": false, "3|2|1": false, "1|2|2": false, "1|20|300": false, "5|6|7": false, "": false,
		"BUDI SANTOSO|1|2|3": false, "3174015705809003|1|2|3": false, "1|3174015705809003|2": false,
	} {
		if got := IsNumbering(strings.Split(cells, "|")); got != want {
			t.Errorf("%q: %v", cells, got)
		}
	}
}

func TestIsBlank(t *testing.T) {
	if !IsBlank(nil) || !IsBlank([]string{"", " \t\u00A0"}) || IsBlank([]string{"", "0"}) {
		t.Error("blank rows")
	}
}
