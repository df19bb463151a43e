package normalize

import (
	"testing"
	"unicode/utf8"
)

func TestFindArea(t *testing.T) {
	tests := []struct {
		kelurahan, kecamatan, kota, province, code string
		want                                       Area
	}{
		{"BUKIT DURI", "TEBET", "KOTA ADM. JAKARTA SELATAN", "DKI JAKARTA", "", Area{Code: 3174011005}},
		{"Kel. Bukit  Duri", "", "", "", "", Area{Code: 3174011005}},
		{"BUKITDURI", "", "JAKSEL", "", "", Area{Code: 3174011005}},
		{"BUKIT DURY", "TEBET", "", "", "", Area{Code: 3174011005}},
		{"BUKIT DURY", "", "", "", "", Area{Code: 3174011005}},
		{"KB. JERUK", "", "", "", "", Area{Code: 3173051001}},
		{"Cipinang Bsr. Utr", "", "", "", "", Area{Code: 3175031008}},
		{"Pal Meriem", "Matraman", "", "", "", Area{Code: 3175011004}},
		{"KAPUK TIMUR", "CENGKARENG", "", "", "", Area{Code: 3173011005}},
		{"BUKIT DURI", "", "KOTA BANDUNG", "JAWA BARAT", "", Area{Code: 3273000000, Place: "BUKIT DURI"}},
		{"", "TEBET", "JAKARTA SELATAN", "", "", Area{Code: 3174010000}},
		{"", "", "JAKARTA SELATAN", "", "", Area{Code: 3174000000}},
		{"", "", "", "DKI JAKARTA", "", Area{Code: 3100000000}},
		{"", "", "", "", "31.74.01.1005", Area{Code: 3174011005}},
		{"Springfield", "", "", "", "", Area{Place: "SPRINGFIELD"}},
		{"", "", "", "", "", Area{}},
	}
	for _, tt := range tests {
		if got := FindArea(tt.kelurahan, tt.kecamatan, tt.kota, tt.province, tt.code); got != tt.want {
			t.Errorf("%+v: %+v", tt, got)
		}
	}
}

func TestEveryKelurahanIsFoundByItsName(t *testing.T) {
	all := Kelurahan()
	if len(all) != 267 {
		t.Fatalf("%d kelurahan, want 267", len(all))
	}
	for i, a := range all {
		if got := FindArea(a.Kelurahan, "", "", "", ""); got.Code != a.Code {
			t.Errorf("%s: %d, want %d", a.Kelurahan, got.Code, a.Code)
		}
		if i > 0 && all[i-1].Code >= a.Code {
			t.Errorf("%s is out of order", a.Kelurahan)
		}
		if named, ok := AreaOf(a.Code); !ok || named != a {
			t.Errorf("AreaOf(%d) = %+v", a.Code, named)
		}
	}
}

func TestAreaOfLargerAreas(t *testing.T) {
	if a, ok := AreaOf(3174010000); !ok || a.Kecamatan != "Tebet" || a.Kelurahan != "" {
		t.Errorf("%+v %v", a, ok)
	}
	if a, ok := AreaOf(3174000000); !ok || a.Kota != "Kota Adm. Jakarta Selatan" || a.Kecamatan != "" {
		t.Errorf("%+v %v", a, ok)
	}
	if _, ok := AreaOf(3273010000); ok {
		t.Error("an area outside Jakarta is named")
	}
}

func TestRecogniseHeader(t *testing.T) {
	for text, want := range map[string]Field{
		"NIK": FieldNIK, "N I K": FieldNIK, "No. KTP": FieldNIK, "NIK (3)": FieldNIK, "nomor_kartu_keluarga": FieldKK,
		"TGL\nLAHIR": FieldBirthDate, "Nama  Ibu": FieldMother, "RT/RW": FieldRTRW, "DESA/KELUARAHAN": FieldKelurahan,
		"Tempat, Tanggal Lahir": FieldBirthPlaceDate, "Kepala Keluarga": FieldHead, "SHDK": FieldRelation,
		"Jenis Kelamin": FieldSex, "L/P": FieldSex, "NO": FieldNumber, "KETERANGAN": FieldStatus, "KAB/KOTA": FieldKota,
	} {
		if got, ok := RecogniseHeader(text); !ok || got != want {
			t.Errorf("%q: %v, want %v", text, got, want)
		}
	}
	for _, text := range []string{"", "UMUR", "DESIL", "3174", "BUDI"} {
		if got, ok := RecogniseHeader(text); ok {
			t.Errorf("%q: %v, want none", text, got)
		}
	}
}

func TestReadSexRelationStatusPlace(t *testing.T) {
	for text, want := range map[string]Sex{"L": Male, "Lk.": Male, "laki-laki": Male, "1": Male, "P": Female, "Pr": Female, "2. Perempuan": Female, "": 0, "?": 0} {
		if got := ReadSex(text); got != want {
			t.Errorf("sex %q: %v, want %v", text, got, want)
		}
	}
	if ReadRelation("3", false) != RelationWife || ReadRelation("3", true) != RelationChild || ReadRelation("4. Anak Kandung", false) != RelationChild {
		t.Error("relation codes")
	}
	for text, want := range map[string]Status{"Meninggal Dunia": StatusDeceased, "PINDAH LUAR DKI": StatusMoved, "layak": 0, "": 0} {
		if got := ReadStatus(text); got != want {
			t.Errorf("status %q: %v, want %v", text, got, want)
		}
	}
	for text, want := range map[string]string{"KAB. BOGOR": "BOGOR", "Bogor": "BOGOR", "JAKARTA SELATAN": "JAKARTA", "jkt": "JAKARTA", "-": "", "": ""} {
		if got := ReadPlace(text); got != want {
			t.Errorf("place %q: %q, want %q", text, got, want)
		}
	}
}

func FuzzFindArea(f *testing.F) {
	f.Add("Kel. Bukit Duri", "Tebet", "Jaksel", "DKI", "31.74.01.1005")
	f.Fuzz(func(t *testing.T, kelurahan, kecamatan, kota, province, code string) {
		if got := FindArea(kelurahan, kecamatan, kota, province, code); !utf8.ValidString(got.Place) {
			t.Fatal("invalid UTF-8")
		}
	})
}

func BenchmarkFindArea(b *testing.B) {
	b.ReportAllocs()
	for range b.N {
		FindArea("BUKIT DURI", "TEBET", "KOTA ADM. JAKARTA SELATAN", "DKI JAKARTA", "")
	}
}
