package normalize

// addressToken is a run of letters or a run of digits of an address.
type addressToken struct {
	text   string
	before byte // the strongest separator before it: ',' or '/' or '-' or '.' or ' ' or 0 (glued)
	number bool
}

// maxAddressTokens bounds the tokens of an address that are read; what follows
// is the province, the postcode and the like.
const maxAddressTokens = 40

// splitAddress cuts upper-case text into tokens. Letters beyond ASCII belong to
// words, apostrophes vanish from between them.
func splitAddress(text string, tokens []addressToken) []addressToken {
	before := byte(' ')
	for i := 0; i < len(text) && len(tokens) < maxAddressTokens; {
		c := text[i]
		kind := charKind(c)
		if kind == 0 {
			before = stronger(before, c)
			i++
			continue
		}
		from := i
		for i < len(text) && charKind(text[i]) == kind {
			i++
		}
		tokens = append(tokens, addressToken{text: text[from:i], before: before, number: kind == '9'})
		before = 0
	}
	return tokens
}

// charKind returns 'A' for a letter, '9' for a digit, 0 for anything else.
func charKind(c byte) byte {
	switch {
	case c >= 'A' && c <= 'Z', c >= 0x80, c >= 'a' && c <= 'z', c == '\'':
		return 'A'
	case c >= '0' && c <= '9':
		return '9'
	}
	return 0
}

func stronger(a, b byte) byte {
	switch {
	case a == ',' || b == ',' || b == '\n' || b == ';' || b == '(' || b == ')':
		return ','
	case a == '/' || b == '/':
		return '/'
	case a == '-' || b == '-':
		return '-'
	case a == '.' || b == '.' || b == ':':
		return '.'
	}
	return ' '
}

// addressRole is what a word of an address announces.
type addressRole uint8

const (
	plainWord  addressRole = iota
	roleStreet             // JL: dropped
	roleKeep               // GANG, KAMPUNG, KOMPLEK ...: kept in one spelling
	roleHouse              // NO
	roleBlock              // BLOK, KAVLING
	roleFloor              // LANTAI, UNIT, TOWER
	roleRT
	roleRW
	roleRTRW
	roleKelurahan
	roleKecamatan
	roleKota
	roleLandmark // DEPAN, BELAKANG ...
	roleNothing  // IDEM, SDA
)

// addressWord is the canonical spelling of a word and its role.
type addressWord struct {
	text string
	role addressRole
}

// addressWords are the words and abbreviations with a fixed reading (DOMAIN 5).
var addressWords = func() map[string]addressWord {
	words := map[string]addressWord{}
	add := func(role addressRole, text string, spellings ...string) {
		for _, s := range spellings {
			words[s] = addressWord{text, role}
		}
	}
	add(roleStreet, "", "JL", "JLN", "JALAN", "JLAN", "JALN", "JLM", "STREET")
	add(roleKeep, "GG", "GG", "GANG", "GNG")
	add(roleKeep, "KAMPUNG", "KP", "KPG", "KMP", "KAMP", "KAMPUNG", "KMPG", "KAMPONG", "KPUNG")
	add(roleKeep, "KOMPLEK", "KOMP", "KOMPL", "KOMPLEK", "KOMPLEKS", "KMPLK", "KPLX", "KOMPLX")
	add(roleKeep, "PERUMAHAN", "PERUM", "PERUMAHAN", "PERUMH", "PERUMNAS")
	add(roleKeep, "RUSUN", "RUSUN", "RUSUNAWA", "RUSUNAMI", "RSN", "FLAT")
	add(roleKeep, "APARTEMEN", "APT", "APART", "APARTEMEN", "APARTEMENT", "APARTMENT")
	add(roleKeep, "LINGKUNGAN", "LINGK", "LINGKUNGAN", "DUSUN", "DSN")
	add(roleHouse, "", "NO", "NOMOR", "NMR", "NR")
	add(roleBlock, "", "BLOK", "BLK", "BLOCK", "BLOG", "KAV", "KAVLING", "KAPLING")
	add(roleFloor, "", "LT", "LANTAI", "UNIT", "TOWER", "TWR")
	add(roleRT, "", "RT")
	add(roleRW, "", "RW")
	add(roleRTRW, "", "RTRW")
	add(roleKelurahan, "", "KEL", "KELURAHAN", "DESA", "DS")
	add(roleKecamatan, "", "KEC", "KECAMATAN")
	add(roleKota, "", "KOTA", "KODYA", "KOTAMADYA", "KAB", "KABUPATEN", "PROV", "PROVINSI", "DKI", "DAERAH")
	add(roleLandmark, "", "DEPAN", "BELAKANG", "BLKG", "SAMPING", "SEBELAH", "DEKAT", "DKT", "SEBERANG")
	add(roleNothing, "", "IDEM", "SDA", "NULL", "NIHIL")
	for text, spellings := range map[string][]string{
		"UTARA": {"UTR", "UT"}, "SELATAN": {"SEL", "SLT", "SLTN"}, "TIMUR": {"TIM", "TMR"}, "BARAT": {"BRT", "BAR"},
		"TENGAH": {"TGH", "TENG"}, "DALAM": {"DLM", "DALEM"}, "RAYA": {"RY"}, "BESAR": {"BSR", "GEDE"}, "KECIL": {"KCL"},
		"LAMA": {"LM"}, "BARU": {"BR"}, "PONDOK": {"PD", "PDK", "PNDK"}, "KEBON": {"KB", "KBN", "KEBUN"},
		"TANJUNG": {"TJ", "TJG", "TNJ"}, "KEBAYORAN": {"KBY", "KEB"}, "PASAR": {"PS", "PSR"}, "KELAPA": {"KLP"},
		"CEMPAKA": {"CEMP", "CMPK"}, "GUNUNG": {"GN"}, "LEBAK": {"LB"}, "BUKIT": {"BKT"}, "H": {"HAJI", "HJ"},
		"JENDERAL": {"JEND", "JENDRAL"}, "MASJID": {"MESJID", "MSJD"}, "PULO": {"PULAU"}, "SUNGAI": {"SEI"},
		"PRAPATAN": {"PRPT"}, "CIPINANG": {"CIP"},
	} {
		for _, s := range spellings {
			words[s] = addressWord{text, plainWord}
		}
	}
	return words
}()

// renamedStreets leads from the names before the decree of the governor of DKI
// Jakarta 565/2022 to the names since, both as Address.Street writes them.
var renamedStreets = map[string]string{
	"BUDAYA":                      "ENTONG GENDUT",
	"BEKASI TIMUR RAYA":           "H DARIP",
	"RAYA BAMBU APUS":             "MPOK NORI",
	"RAYA PONDOK GEDE":            "H BOKIR BIN DJIUN",
	"BANTARAN SETU BABAKAN BARAT": "H ROIM SAIH",
	"BANTARAN SETU BABAKAN TIMUR": "KH AHMAD SUHAIMI",
	"SRIKAYA":                     "MAHBUB DJUNAIDI",
	"WARUNG BUNCIT RAYA":          "H TUTTY ALAWIYAH",
	"SENEN RAYA":                  "H IMAM SAPIIE",
	"SMP 76":                      "ABDULLAH ALI",
	"CIKINI 7":                    "TINO SIDIN",
	"LINGKAR LUAR BARAT":          "SYEKH JUNAID AL BATAWI",
	"RAWA BUAYA":                  "GURU MAMUN",
	"TANAH TINGGI 1 GG 5":         "A HAMID ARIEF",
}
