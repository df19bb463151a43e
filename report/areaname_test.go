package report

import (
	"regexp"
	"strings"
	"testing"

	"padan/normalize"
)

func TestAreaPaths(t *testing.T) {
	for _, c := range []struct {
		level AreaLevel
		code  uint64
		path  string
		title string
	}{
		{AreaKecamatan, 3174010000, "31.74 Kota Adm. Jakarta Selatan/31.74.01 Tebet.xlsx", "Kecamatan Tebet, Kota Adm. Jakarta Selatan"},
		{AreaKecamatan, 3101010000, "31.01 Kab. Adm. Kepulauan Seribu/31.01.01 Kepulauan Seribu Utara.xlsx", "Kecamatan Kepulauan Seribu Utara, Kab. Adm. Kepulauan Seribu"},
		{AreaKecamatan, 3174000000, "31.74 Kota Adm. Jakarta Selatan/31.74 Kecamatan tidak diketahui.xlsx", "Kecamatan tidak diketahui, Kota Adm. Jakarta Selatan"},
		{AreaKecamatan, 3100000000, "31 DKI Jakarta, kota tidak diketahui/31 DKI Jakarta, kota tidak diketahui.xlsx", "DKI Jakarta, kota tidak diketahui"},
		{AreaKecamatan, 0, "00 Luar DKI atau tidak diketahui/00 Luar DKI atau tidak diketahui.xlsx", "Luar DKI atau tidak diketahui"},
		{
			AreaKelurahan, 3174011005, "31.74 Kota Adm. Jakarta Selatan/31.74.01 Tebet/31.74.01.1005 Bukit Duri.xlsx",
			"Kelurahan Bukit Duri, Kecamatan Tebet, Kota Adm. Jakarta Selatan",
		},
		{
			AreaKelurahan, 3174010000, "31.74 Kota Adm. Jakarta Selatan/31.74.01 Tebet/31.74.01 Kelurahan tidak diketahui.xlsx",
			"Kelurahan tidak diketahui, Kecamatan Tebet, Kota Adm. Jakarta Selatan",
		},
		{AreaKelurahan, 0, "00 Luar DKI atau tidak diketahui/00 Luar DKI atau tidak diketahui.xlsx", "Luar DKI atau tidak diketahui"},
	} {
		p := &AreaPart{Code: c.code, Level: c.level}
		if got := p.Path(Indonesian); got != c.path {
			t.Errorf("%d: %q, want %q", c.code, got, c.path)
		}
		if got := p.title(Indonesian); got != c.title {
			t.Errorf("%d: title %q, want %q", c.code, got, c.title)
		}
		if !strings.HasPrefix(c.path, p.Kota(Indonesian)+"/") {
			t.Errorf("%d does not stand in its kota %q", c.code, p.Kota(Indonesian))
		}
	}
}

// unsafe is what Windows does not take in a name.
var unsafe = regexp.MustCompile(`[\x00-\x1f\\:*?"<>|]|[. ](/|$)|(?i)(^|/)(con|prn|aux|nul|com.|lpt.)(\.|/|$)`)

// Every area has a file of its own, under a name that every system takes.
func TestAreaPathsAreSafeAndUnique(t *testing.T) {
	for _, l := range []Language{Indonesian, English} {
		for _, level := range []AreaLevel{AreaKecamatan, AreaKelurahan} {
			paths := map[string]uint64{}
			for _, k := range normalize.Kelurahan() {
				for _, unit := range []uint64{1, 10_000, 1_000_000, 100_000_000, 10_000_000_000} {
					code := level.of(k.Code / unit * unit)
					path := (&AreaPart{Code: code, Level: level}).Path(l)
					if other, ok := paths[strings.ToLower(path)]; ok && other != code || unsafe.MatchString(path) {
						t.Errorf("%d has the path %q", code, path)
					}
					paths[strings.ToLower(path)] = code
				}
			}
			if want := map[AreaLevel]int{AreaKecamatan: 44 + 6 + 2, AreaKelurahan: 267 + 44 + 6 + 2}[level]; len(paths) != want {
				t.Errorf("%d workbooks, want %d", len(paths), want)
			}
		}
	}
	for name, want := range map[string]string{
		`a/b\c:d*e?f"g<h>i|j`: "00 a-b-c-d-e-f-g-h-i-j", "Tebet.": "00 Tebet", "Tebet . ": "00 Tebet", "a\tb": "00 a-b", "CON": "00 CON", "": "00",
	} {
		if got := fileName("00", name); got != want || unsafe.MatchString(got) {
			t.Errorf("%q becomes %q, want %q", name, got, want)
		}
	}
}
