package normalize

import (
	"fmt"
	"strings"
	"testing"
)

// TestStrictWordFoldsSpellings: the words of a line are one name (the safe
// rules of DOMAIN 4.3 and the groups measured from them).
func TestStrictWordFoldsSpellings(t *testing.T) {
	for _, line := range []string{
		"RIZKY RIZKI RIZQI RIZQY RIEZKY RIZQIE RIDZKY",
		"MUHAMMAD MUHAMAD MUCHAMAD MUCHAMMAD MUKHAMMAD MUHAMMMAD MUHAMAT",
		"AHMAD ACHMAD AKHMAD AHMAT",
		"AISYAH AISAH", "AISHA AISYA AYSHA AISA",
		"ANNISA ANISA ANISSA ANISYA ANISHA ANNISAA", "ANISAH ANNISAH ANISYAH",
		"ADITYA ADITIYA ADITIA ADHITYA ADYTIA ADITHIA",
		"EFENDI EFFENDI EFFENDY EFENDY EVENDI EFFENDIE",
		"FITRIYANI FITRIANI FITRIANY", "HARIYANTO HARIANTO HARYANTO", "SETIAWAN SETYAWAN SETIYAWAN",
		"YUSUF YUSUP", "IRFAN IRVAN IRPAN", "SYAMSUL SAMSUL SJAMSUL", "SYAMSUDDIN SYAMSUDIN SAMSUDIN",
		"LUTFI LUTHFI LUTHFY", "SHINTA SINTA SINTHA", "RAMADHAN RAMADAN RHAMADHAN", "OCTAVIA OKTAVIA OKTAFIA",
		"ICHSAN IKHSAN IHSAN", "CHAIRUL KHAIRUL HAIRUL HAERUL KHAERUL", "FACHRI FAKHRI FAHRI", "TAUFIQ TAUFIK",
		"FAUZI FAUJI FAUZY", "NAZWA NAJWA", "RIZAL RIJAL", "ZAINAL ZAENAL JAINAL", "DZAKY ZAKI DZAKI ZAKKY",
		"HAFIDZ HAFIZ", "AZZAHRA AZAHRA", "ARIEF ARIF", "HABIBIE HABIBI", "AZRIEL AZRIL", "NAYLA NAILA",
		"ASTUTIK ASTUTI", "RAHMAD RACHMAD RAHMAT RACHMAT RAKHMAT", "GHANI GANI", "YOSEPH YOSEF YOSEP",
		"ALMEERA ALMIRA", "ALYAA ALYA ALIYA", "ANGGRAINI ANGRAINI ANGGRAENI", "BHAKTI BAKTI", "RICKY RIKY",
		"DJOKO JOKO", "TJANDRA CHANDRA CANDRA", "WIDJAJA WIDJAYA WIJAYA", "SOESANTO SUSANTO", "OETOMO UTOMO",
		"NOER NUR NOOR", "BENJAMIN BENYAMIN", "DESY DESI DESSY", "SUWARDI SUARDI", "RIDUAN RIDUWAN RIDWAN",
		"CHRISTINA KRISTINA CRISTINA", "MICHAEL MIKAEL MIKHAEL", "ABDURRAHMAN ABDURAHMAN ABDURACHMAN",
		"HASYIM HASIM HASHIM", "NURKHOLIS NURCHOLIS NURHOLIS", "ARKHAN ARKAN", "SAID SAYID SAYYID SYAID",
	} {
		words := strings.Fields(line)
		for _, word := range words[1:] {
			if StrictWord(word) != StrictWord(words[0]) {
				t.Errorf("%s is %s but %s is %s", words[0], StrictWord(words[0]), word, StrictWord(word))
			}
		}
	}
}

// TestLooseWordFoldsFurther: the words of a line differ in the strict form and
// agree in the loose one.
func TestLooseWordFoldsFurther(t *testing.T) {
	for _, line := range []string{
		"RIZKI RISKI", "RAHMAH RAHMA", "FADILAH FADILA", "RINI RENI", "NURHAYATI NORHAYATI", "MUHAMMAD MOHAMMAD",
		"AZIZ AZIS", "RIZKA RISKA", "AZMI ASMI", "SUHARDI SUARDI", "SUGIHARTO SUGIARTO", "HARITS HARIS", "NANIK NANI",
		"ZHAFIRA SHAFIRA", "ANGGRENI ANGGRINI",
	} {
		a, b, _ := strings.Cut(line, " ")
		a, b = StrictWord(a), StrictWord(b)
		if a == b {
			t.Errorf("%s: the strict forms are equal already", line)
		}
		if LooseWord(a) != LooseWord(b) {
			t.Errorf("%s: %s and %s", line, LooseWord(a), LooseWord(b))
		}
	}
}

// TestSpellingTraps: names that look alike and are other names stay apart,
// even in the loose form.
func TestSpellingTraps(t *testing.T) {
	for _, line := range []string{
		"DEWI DWI", "NUR NURUL", "SITI SATI", "YANI YANTI", "SRI SARI", "ROHMAN ROHMAH", "RAHMAN RAHMAH", "SETIAWATI SETIAWAN",
		"DARMAWATI DARMAWAN", "PUTRI PUTRA", "SAPUTRI SAPUTRA", "MUHAMMAD MAHMUD", "AMINAH AMIN", "HASAN HASANAH",
		"SUPRIADI SUPARDI", "ANA ANI", "HASAN HUSEN", "EKA DWI", "DWI TRI", "TRI CATUR", "CAHYO CAHYA", "RIDHO RIDHA",
		"RANI RONI", "ARIF ALIF", "ARYA ALYA", "JUMIATI SUMIATI", "AMANDA ANANDA", "ALAN ALANG", "RAJA RAYA",
		"KASIYEM KASIM", "WAGIYEM WAGIMAN", "IRWAN IRFAN", "ERIK ERI", "ALIK ALI", "ANIK ANI", "ARIK ARI", "ANDI ADI", "JIHAN JIAN",
		"YENI INI", "SULASTRI SULASTRA", "EDI ADI", "ADE EDE",
	} {
		a, b, _ := strings.Cut(line, " ")
		if StrictWord(a) == StrictWord(b) {
			t.Errorf("%s: both are strictly %s", line, StrictWord(a))
		}
		if LooseWord(StrictWord(a)) == LooseWord(StrictWord(b)) {
			t.Errorf("%s: both are loosely %s", line, LooseWord(StrictWord(a)))
		}
	}
}

// TestStrictWordKeepsApart: names the loose form may join and the strict form
// must not.
func TestStrictWordKeepsApart(t *testing.T) {
	for _, line := range []string{"ARYENI ARINI", "RAHMAH RAHMA", "RINI RENI", "NANI NANIK", "RIZKI RISKI", "DENI DINI"} {
		a, b, _ := strings.Cut(line, " ")
		if StrictWord(a) == StrictWord(b) {
			t.Errorf("%s: both are strictly %s", line, StrictWord(a))
		}
	}
}

// TestShortWordsKeepTheirLetters: up to three letters only doubles and Y fold.
func TestShortWordsKeepTheirLetters(t *testing.T) {
	for word, want := range map[string]string{
		"": "", "A": "A", "ZA": "ZA", "ADY": "ADI", "AYU": "AIU", "FIA": "FIA", "VIA": "VIA", "LEE": "LE", "EDO": "EDO", "NOR": "NOR",
		"YAN": "YAN", "IAN": "IAN",
	} {
		if got := StrictWord(word); got != want {
			t.Errorf("StrictWord(%s) = %s, want %s", word, got, want)
		}
		if got := LooseWord(want); got != want {
			t.Errorf("LooseWord(%s) = %s", want, got)
		}
	}
}

func TestForeignWordsStay(t *testing.T) {
	for _, word := range []string{"陳美玲", "فاطمة", "sitti", strings.Repeat("CH", 30)} {
		if got := StrictWord(word); got != word {
			t.Errorf("StrictWord(%s) = %s", word, got)
		}
	}
}

func FuzzStrictWord(f *testing.F) {
	for _, word := range []string{"WIDJAJA", "RIZQIE", "KHAIRUNNISSYAH", "DJAJADININGRAT", "IYEYIEM", "UWUAUWA", "ZZKHZKHH", "NJNJAJ"} {
		f.Add(word)
	}
	f.Fuzz(func(t *testing.T, word string) {
		strict := StrictWord(strings.ToUpper(word))
		if again := StrictWord(strict); again != strict {
			t.Fatalf("strict %q folds to %q", strict, again)
		}
		loose := LooseWord(strict)
		if LooseWord(loose) != loose || StrictWord(loose) != loose {
			t.Fatalf("loose %q folds to %q and %q", loose, LooseWord(loose), StrictWord(loose))
		}
		if strict == "" && word != "" {
			t.Fatalf("%q vanished", word)
		}
	})
}

func ExampleStrictWord() {
	fmt.Println(StrictWord("RIZQIE"), StrictWord("RIZKY"), StrictWord("RISKI"))
	fmt.Println(LooseWord(StrictWord("RIZKY")), LooseWord(StrictWord("RISKI")))
	// Output:
	// RIZKI RIZKI RISKI
	// RISKI RISKI
}

func BenchmarkStrictWord(b *testing.B) {
	words := strings.Fields("NURHAYATI BUDI MUHAMMAD RACHMAWATI SOESANTO")
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		StrictWord(words[i%len(words)])
	}
}
