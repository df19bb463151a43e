package intake

import (
	"errors"
	"os"
	"path/filepath"
	"testing"

	"padan/internal/sheet"
	"padan/internal/table"
	"padan/normalize"
)

// templates holds files of real offices. They are no part of padan.
const templates = "../../../shared/domain/templates"

// readTemplate is how a file of a real office is read.
type readTemplate struct {
	persons, niks, births, rejected int64
	err                             error // why none is read
}

// TestTemplates holds how each file of real offices is read, where they are at hand:
// how many persons it has, how many of them with a whole NIK and a birth date, or
// why it has none.
func TestTemplates(t *testing.T) {
	if _, err := os.Stat(templates); err != nil {
		t.Skip("the files of real offices are not at hand")
	}
	for file, want := range map[string]readTemplate{
		"fixtures/html_saved_as.xls":                     {persons: 1, niks: 1},
		"fixtures/messy_libreoffice.fods":                {persons: 6, niks: 5, births: 6},
		"fixtures/messy_libreoffice.ods":                 {persons: 6, niks: 5, births: 6},
		"fixtures/messy_libreoffice.xls":                 {persons: 6, niks: 5, births: 6},
		"fixtures/messy_libreoffice.xlsx":                {persons: 6, niks: 4, births: 6},
		"fixtures/messy_openpyxl.xlsx":                   {persons: 6, niks: 5, births: 6},
		"headers/bdt_udart.csv":                          {},
		"headers/bdt_udrt.csv":                           {err: table.ErrNoName},
		"headers/bsp_kpm.csv":                            {},
		"headers/dtsen_v3_anggota_keluarga.psv":          {},
		"headers/dtsen_v3_keluarga.psv":                  {err: table.ErrNoNIK},
		"headers/dukcapil_webservice.csv":                {},
		"headers/p3ke.csv":                               {},
		"headers/siks_ng_dtks_2022.psv":                  {},
		"opensid/FormatImporExcel.xlsm":                  {persons: 1, births: 1},
		"opensid/FormatImporRTM.xlsx":                    {err: table.ErrNoName},
		"opensid/FormatImportDDK.xls":                    {err: table.ErrNoNIK},
		"opensid/contoh-data-bdt2015.xls":                {persons: 7, niks: 7},
		"opensid/contoh-data-bdt2015.xlsx":               {persons: 7, niks: 7},
		"opensid/contoh_penduduk.xlsx":                   {persons: 39, niks: 39, births: 39},
		"opensid/format_bip_2012.xls":                    {persons: 8, niks: 8, births: 8},
		"opensid/format_bip_2016.xls":                    {persons: 3, niks: 3, births: 3},
		"opensid/format_bip_2016_luwutimur.xls":          {persons: 4, niks: 4, births: 4},
		"opensid/format_bip_ektp.xls":                    {persons: 17, niks: 17, births: 17},
		"opensid/format_impor_dtks_regsosek2022k.xlsx":   {persons: 10, niks: 10},
		"opensid/format_impor_program_bantuan.xlsx":      {persons: 2, niks: 2, births: 2},
		"opensid/format_impor_suplemen.xlsx":             {err: table.ErrNoHeader},
		"opensid/format_siak.xls":                        {persons: 18, niks: 18, births: 18},
		"wp-siks/contoh_anak_terlantar_lksa.xlsx":        {},
		"wp-siks/contoh_bunda_kasih.xlsx":                {persons: 5},
		"wp-siks/contoh_calon_penerima_p3ke_header.xlsx": {},
		"wp-siks/contoh_data_hibah.xlsx":                 {rejected: 1},
		"wp-siks/contoh_data_wrse.xlsx":                  {err: table.ErrNoNIK},
		"wp-siks/contoh_disabilitas.xlsx":                {},
		"wp-siks/contoh_lansia.xlsx":                     {},
		"wp-siks/contoh_odgj.xlsx":                       {},
	} {
		t.Run(file, func(t *testing.T) {
			if got := countTemplate(t, filepath.Join(templates, file)); got != want {
				t.Errorf("%+v, want %+v", got, want)
			}
		})
	}
}

func countTemplate(t *testing.T, path string) (got readTemplate) {
	t.Helper()
	o := Options{Options: table.Options{AsOf: normalize.NewDate(2026, 11, 23)}}
	found, err := Inspect(t.Context(), path, o)
	for _, known := range []error{table.ErrNoHeader, table.ErrNoNIK, table.ErrNoName, sheet.ErrUnsupported, sheet.ErrDamaged} {
		if errors.Is(err, known) {
			return readTemplate{err: known}
		}
	}
	if err != nil {
		t.Fatal(err)
	}
	got.persons = found.Persons
	for _, n := range found.Rejected {
		got.rejected += n
	}
	for _, s := range found.Sheets {
		for i, c := range s.Table.Columns {
			switch c.Field {
			case normalize.FieldNIK:
				got.niks += s.Columns[i].Valid
			case normalize.FieldBirthDate:
				got.births += s.Columns[i].Valid
			default:
			}
		}
	}
	return got
}
