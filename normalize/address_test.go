package normalize

import (
	"testing"
	"unicode/utf8"
)

func TestReadAddress(t *testing.T) {
	tests := []struct {
		text string
		want Address
	}{
		{"Jln.Batu Ceper 7, No.21", Address{Street: "BATU CEPER 7", House: "21"}},
		{"Jalan Melati Wangi lll", Address{Street: "MELATI WANGI 3"}},
		{"JL MELATI WANGI III NO 39", Address{Street: "MELATI WANGI 3", House: "39"}},
		{"Jl. Kenanga III Gg. 12 No. 5-7", Address{Street: "KENANGA 3 GG 12", House: "5-7"}},
		{"KENANGA III GANG XII NO.5-7 RT 005 RW 012", Address{Street: "KENANGA 3 GG 12", House: "5-7", RT: 5, RW: 12}},
		{"Rt.10/01 No. 17", Address{House: "17", RT: 10, RW: 1}},
		{"Jl.Gudang angin no.36 Rt 5/2", Address{Street: "GUDANG ANGIN", House: "36", RT: 5, RW: 2}},
		{"JL DAHLIA Rt/Rw. 004/08", Address{Street: "DAHLIA", RT: 4, RW: 8}},
		{"JL DAHLIA RW/RT 08/04", Address{Street: "DAHLIA", RT: 4, RW: 8}},
		{"DEPAN POS RW, RT/RW : 005/007", Address{RT: 5, RW: 7}},
		{"JL DAHLIA, Nama Dusun : -, RT/RW : 003/001", Address{Street: "DAHLIA", RT: 3, RW: 1}},
		{"JL DAHLIA RW, RT 08/04", Address{Street: "DAHLIA", RT: 4, RW: 8}},
		{"GG KELINCI RT14 / RW6", Address{Street: "GG KELINCI", RT: 14, RW: 6}},
		{"Gang Kelinci R.T. 14 R.W. 6", Address{Street: "GG KELINCI", RT: 14, RW: 6}},
		{"KP. RAWA JATI RT. 004 / 08", Address{Street: "KAMPUNG RAWA JATI", RT: 4, RW: 8}},
		{"JL TEBET BRT DLM II 005/012", Address{Street: "TEBET BARAT DALAM 2", RT: 5, RW: 12}},
		{"RT.3/RW.10, Pd. Klp., Duren Sawit, Kota Jakarta Timur, Daerah Khusus Ibukota Jakarta 13440", Address{Street: "PONDOK KELAPA", RT: 3, RW: 10}},
		{"RUSUN MARUNDA BLOK B9/16 LT 3", Address{Street: "RUSUN MARUNDA", House: "B9/16"}},
		{"Perum Griya Asri Blok B IX no. 16", Address{Street: "PERUMAHAN GRIYA ASRI", House: "B9/16"}},
		{"JL HAJI SA'IH NO 012A", Address{Street: "H SAIH", House: "12A"}},
		{"JL CIKINI VII", Address{Street: "TINO SIDIN"}},
		{"JL TINO SIDIN", Address{Street: "TINO SIDIN"}},
		{"JL MAWAR DEPAN MASJID AL IKHLAS", Address{Street: "MAWAR"}},
		{"IDEM", Address{}},
		{"-", Address{}},
		{"", Address{}},
	}
	for _, tt := range tests {
		if got := ReadAddress(tt.text).Address; got != tt.want {
			t.Errorf("%q: %+v, want %+v", tt.text, got, tt.want)
		}
	}
}

func TestReadAddressFindsAreas(t *testing.T) {
	got := ReadAddress("Jl. Mawar No. 3 Kel. Bukit Duri Kec. Tebet, Kota Jakarta Selatan")
	if got.Kelurahan != "BUKIT DURI" || got.Kecamatan != "TEBET" || got.Kota != "JAKARTA SELATAN" {
		t.Errorf("%+v", got)
	}
}

func TestReadRTRW(t *testing.T) {
	tests := []struct {
		text   string
		rt, rw uint16
	}{
		{"005/012", 5, 12}, {"5/12", 5, 12}, {"RT 5 RW 12", 5, 12}, {"RT.05/RW.012", 5, 12}, {"005-012", 5, 12},
		{"RT/RW:005/012", 5, 12}, {"RW/RT 012/005", 5, 12}, {"2025-12-05", 5, 12}, {"05-Dec", 5, 12},
		{"", 0, 0}, {"-", 0, 0}, {"7", 7, 0},
	}
	for _, tt := range tests {
		if rt, rw := ReadRTRW(tt.text); rt != tt.rt || rw != tt.rw {
			t.Errorf("%q: %d/%d, want %d/%d", tt.text, rt, rw, tt.rt, tt.rw)
		}
	}
}

func TestReadUnit(t *testing.T) {
	for text, want := range map[string]uint16{"005": 5, "5": 5, "5.0": 5, "'007": 7, "RT 05": 5, "": 0, "-": 0, "12345": 0} {
		if got := ReadUnit(text); got != want {
			t.Errorf("%q: %d, want %d", text, got, want)
		}
	}
}

func FuzzReadAddress(f *testing.F) {
	for _, text := range []string{"JL. MAWAR III GG 5 NO 7 RT 01/02", "BLOK B9/16", "RT/RW", "Gg. H. Sa'ih \u00e9", "R.T. 5"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		got := ReadAddress(text)
		if !utf8.ValidString(got.Street) || !utf8.ValidString(got.House) {
			t.Fatalf("invalid UTF-8 from %q", text)
		}
	})
}

func BenchmarkReadAddress(b *testing.B) {
	b.ReportAllocs()
	for range b.N {
		ReadAddress("JL. KEBON JERUK III GG. MELATI NO. 12 RT 005 RW 012")
	}
}
