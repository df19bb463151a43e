package normalize

import (
	"fmt"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
)

func TestReadName(t *testing.T) {
	cases := []struct {
		text     string
		want     Name
		deceased bool
	}{
		{text: "", want: Name{}},
		{text: "BUDI SANTOSO", want: Name{Words: "BUDI SANTOSO"}},
		{text: "  budi   santoso ", want: Name{Words: "BUDI SANTOSO"}},
		{text: "Nur'aini", want: Name{Words: "NURAINI"}},
		{text: "NUR’AINI", want: Name{Words: "NURAINI"}},
		{text: "SA`IH", want: Name{Words: "SAIH"}},
		{text: "José Pérez", want: Name{Words: "JOSE PEREZ"}},
		{text: "SITI-AMINAH", want: Name{Words: "SITI AMINAH"}},
		{text: "SIT1 AMINAH", want: Name{Words: "SITI AMINAH"}},
		{text: "SUSANT0", want: Name{Words: "SUSANTO"}},
		{text: "BUDI 2", want: Name{Words: "BUDI"}},
		{text: "H. MARDANI", want: Name{Words: "MARDANI"}},
		{text: "H.MARDANI", want: Name{Words: "MARDANI"}},
		{text: "Hj. Siti Rohani", want: Name{Words: "SITI ROHANI"}},
		{text: "DRS. H. ABD. ROHIM, M.PD", want: Name{Words: "ABDUL ROHIM"}},
		{text: "K.H. NAMIN", want: Name{Words: "NAMIN"}},
		{text: "K.H.NAMIN", want: Name{Words: "NAMIN"}},
		{text: "H.M. SALEH", want: Name{Words: "MUHAMMAD SALEH"}},
		{text: "HM SALEH", want: Name{Words: "MUHAMMAD SALEH"}},
		{text: "R. SOEPRAPTO", want: Name{Words: "SOEPRAPTO"}},
		{text: "TB. HASAN", want: Name{Words: "HASAN"}},
		{text: "NY. DEWI", want: Name{Words: "DEWI"}},
		{text: "IBU", want: Name{Words: "IBU"}},
		{text: "RINI LESTARI S.PD", want: Name{Words: "RINI LESTARI"}},
		{text: "RINI LESTARI S.PD.I., M.SI.", want: Name{Words: "RINI LESTARI"}},
		{text: "RINI LESTARI S. PD", want: Name{Words: "RINI LESTARI"}},
		{text: "RINI LESTARI SE", want: Name{Words: "RINI LESTARI"}},
		{text: "RINI LESTARI, S.XYZ", want: Name{Words: "RINI LESTARI"}},
		{text: "RINI S E", want: Name{Words: "RINI S E"}},
		{text: "LESTARI, DEWI", want: Name{Words: "LESTARI DEWI"}},
		{text: "SE", want: Name{Words: "SE"}},
		{text: "SUPARDI K", want: Name{Words: "SUPARDI K"}},
		{text: "M. RIDWAN", want: Name{Words: "MUHAMMAD RIDWAN"}},
		{text: "M RIDWAN", want: Name{Words: "MUHAMMAD RIDWAN"}},
		{text: "MOCH. RIDWAN", want: Name{Words: "MUHAMMAD RIDWAN"}},
		{text: "RIDWAN M", want: Name{Words: "RIDWAN M"}},
		{text: "M", want: Name{Words: "M"}},
		{text: "NUR MUHAMAD", want: Name{Words: "NUR MUHAMMAD"}},
		{text: "ACHMAD FAUZI", want: Name{Words: "AHMAD FAUZI"}},
		{text: "ACH. FAUZI", want: Name{Words: "AHMAD FAUZI"}},
		{text: "ABD GANI", want: Name{Words: "ABDUL GANI"}},
		{text: "ST. AMINAH", want: Name{Words: "SITI AMINAH"}},
		{text: "ST", want: Name{Words: "SITI"}},
		{text: "M", want: Name{Words: "M"}},
		{text: "AMINAH ST", want: Name{Words: "AMINAH"}},
		{text: "AL FARIZI", want: Name{Words: "AL FARIZI"}},
		{text: "BUDI ALM", want: Name{Words: "BUDI"}, deceased: true},
		{text: "(ALMH) SITI ROHANI", want: Name{Words: "SITI ROHANI"}, deceased: true},
		{text: "SITI ROHANI (ALMH.)", want: Name{Words: "SITI ROHANI"}, deceased: true},
		{text: "BUDI ALIAS DODO", want: Name{Words: "BUDI", Alias: "DODO"}},
		{text: "BUDI (DODO)", want: Name{Words: "BUDI", Alias: "DODO"}},
		{text: "TAN MEI LIN / MELINDA", want: Name{Words: "TAN MEI LIN", Alias: "MELINDA"}},
		{text: "BUDI A.K.A. DODO", want: Name{Words: "BUDI", Alias: "DODO"}},
		{text: "BUDI AL. DODO", want: Name{Words: "BUDI", Alias: "DODO"}},
		{text: "BUDI D/H DODO", want: Name{Words: "BUDI", Alias: "DODO"}},
		{text: "ALI BIN HASAN", want: Name{Words: "ALI", Father: "HASAN"}},
		{text: "ALI, BIN ADI", want: Name{Words: "ALI", Father: "ADI"}},
		{text: "SITI BT. H. HASAN, SE", want: Name{Words: "SITI", Father: "HASAN"}},
		{text: "ALI B. HASAN", want: Name{Words: "ALI", Father: "HASAN"}},
		{text: "RAJU A/L KUMAR", want: Name{Words: "RAJU", Father: "KUMAR"}},
		{text: "ALI BIN", want: Name{Words: "ALI"}},
		{text: "MARIA BR SITORUS", want: Name{Words: "MARIA SITORUS"}},
		{text: "-", want: Name{}},
		{text: "NN", want: Name{}},
		{text: "TIDAK ADA", want: Name{}},
		{text: "Belum diberi nama", want: Name{}},
		{text: "12345", want: Name{}},
		{text: "ＢＵＤＩ", want: Name{Words: "BUDI"}},
		{text: "陳美玲", want: Name{Words: "陳美玲"}},
		{text: "BUDI\u200b\u00a0SANTOSO", want: Name{Words: "BUDI SANTOSO"}},
		{text: "BUDI / 3174010101909001", want: Name{Words: "BUDI"}},
	}
	for _, c := range cases {
		t.Run(c.text, func(t *testing.T) {
			got, deceased := ReadName(c.text)
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Error(diff)
			}
			if deceased != c.deceased {
				t.Errorf("deceased = %v", deceased)
			}
		})
	}
}

func FuzzReadName(f *testing.F) {
	for _, text := range []string{
		"H. M. SALEH, S.PD.I", "ALI BIN HASAN ALIAS DODO", "TAN / (LIM) A/L X", "ß ŉ İ ﬁ", "A2\u0360O", "X ALIAS A ALS", "\xff\xfe", "S.BR.PD", "A S BR PD", "1A0 |X",
	} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		n, _ := ReadName(text)
		for _, part := range []string{n.Words, n.Alias, n.Father} {
			if !utf8.ValidString(part) || part != strings.Join(strings.Fields(part), " ") {
				t.Fatalf("%q is not clean", part)
			}
			again, deceased := ReadName(part)
			if again.Words != part || deceased {
				t.Fatalf("%q reads as %q", part, again.Words)
			}
		}
		if n.Words == "" && n.Alias != "" {
			t.Fatal("an alias without a name")
		}
	})
}

func ExampleReadName() {
	name, deceased := ReadName("DRS. H. MOCH. RIDWAN BIN HASAN, M.SI (ALM)")
	fmt.Printf("%s, child of %s, deceased %v\n", name.Words, name.Father, deceased)
	// Output: MUHAMMAD RIDWAN, child of HASAN, deceased true
}

func BenchmarkReadName(b *testing.B) {
	names := []string{"BUDI SANTOSO", "SITI NURHAYATI", "H. M. SALEH", "Dewi Lestari, S.Pd"}
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		ReadName(names[i%len(names)])
	}
}
