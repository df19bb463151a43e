package normalize

import (
	"strings"
	"sync"
)

// nameRole is what a word may be in a written name, by its form alone; its
// place decides whether it is. A word may have several roles (ST: a degree at
// the end, SITI at the start).
type nameRole uint16

const (
	roleTitle    nameRole = 1 << iota // before a name: H, HJ, DRS, IBU
	roleDegree                        // after a name: SPD, MSI
	roleDeceased                      // ALM
	roleAlias                         // ALIAS: a second name follows
	roleFather                        // BIN, BINTI: the father's name follows
	roleClan                          // BR, BORU: the clan follows; says nothing itself
	roleStart                         // short for a frequent word at the start only: M, ST
	roleWord                          // another spelling of a frequent word, anywhere
	roleNoName                        // part of "no name": TIDAK, BELUM, TANPA
)

// nameToken is what is known about one word.
type nameToken struct {
	roles     nameRole
	canonical string // for roleStart and roleWord: MUHAMMAD, AHMAD, ABDUL, SITI
}

// nameTokenLists gives the words of each role, dots removed.
var nameTokenLists = map[nameRole]string{
	roleTitle: `H HJ HAJI HAJJAH HAJAH KH KIAI KYAI NYAI USTAD USTADZ USTADZAH USTAZ USTAZAH UST USTZ USTH SYEKH
		DR DRG DRH DRS DRA IR PROF RADEN R RD RDN RR RORO RA RNG TB TUBAGUS TUB TBG RT NYI KI NY TN NN NYONYA TUAN
		NONA SDR SDRI SAUDARA SAUDARI BP BPK BAPAK PAK BU IBU MBAH MBOK KEL KELUARGA SERDA SERTU SERKA SERMA PRATU
		KOPDA KOPTU PELDA PELTU BRIPDA BRIPTU BRIPKA AIPDA AIPTU IPDA IPTU KOMPOL PDT PENDETA PASTOR SR ROMO`,
	roleDegree: `SE SH SPD SPDI SAG SSOS SSOSI SKOM ST SIP SSI SKM SKEP NERS NS SFARM APT SPSI SSN SHUT SP SPT SKED STP
		SIK SAP SST SSTP STR STRKEB STRKEP SHI SEI SSY SHUM SPI SKG SGZ SIKOM SPAR LC MA MM MSI MPD MPDI MH MHUM MKN
		MKOM MT MBA MSC MAP MIP MKES MAG MED MAK MPSI MIKOM PHD AMD AMDKEB AMDKEP AMK AMKEB AMA AMAPD BA BSC SPOG SPA
		SPPD AKP`,
	roleDeceased: `ALM ALMH ALMN ALMARHUM ALMARHUMAH`,
	roleAlias:    `ALIAS ALS AKA PANGGILAN DAHULU`,
	roleFather:   `BIN BINTI BINTE BTE BTI BT BNT`,
	roleClan:     `BR BORU`,
	roleNoName:   `NN NONAME NO NAME TIDAK TDK BELUM BLM TANPA KOSONG NIHIL NULL NONE NAN UNKNOWN X XX XXX XXXX`,
}

// nameStarts and nameWords give the spellings of the four classes.
var (
	nameStarts = map[string]string{
		"MUHAMMAD": `M MD HM MUHAM MOHAM MCH`,
		"AHMAD":    `AH AHM`,
		"SITI":     `ST STI`,
	}
	nameWords = map[string]string{
		"MUHAMMAD": `MUHAMAD MUHAMMMAD MUHAMED MUHAMMED MUHAMAT MUHAMMAT MUHAMAAD MOHAMMAD MOHAMAD MOHAMMED MOHAMED MOHAMMAT
			MOHAMAT MUCHAMMAD MUCHAMAD MOCHAMMAD MOCHAMAD MOKHAMMAD MOKHAMAD MUKHAMMAD MUKHAMAD MOEHAMMAD MOEHAMAD
			MUH MUHD MHD MOH MOHD MOCH MOCHD MUCH MUCHD`,
		"AHMAD": `ACHMAD AKHMAD AHMED ACHMED AHMAT ACHMAT AKHMAT ACH AKH`,
		"ABDUL": `ABD ABDOEL ABDU ABDL`,
		"SITI":  `SITTI SYTI SITY`,
	}
)

// nameTokens maps a word to its roles; read-only.
var nameTokens = sync.OnceValue(func() map[string]nameToken {
	tokens := make(map[string]nameToken, 512)
	for role, list := range nameTokenLists {
		for word := range strings.FieldsSeq(list) {
			token := tokens[word]
			token.roles |= role
			tokens[word] = token
		}
	}
	addSpellings := func(lists map[string]string, role nameRole) {
		for canonical, list := range lists {
			for word := range strings.FieldsSeq(list) {
				token := tokens[word]
				token.roles |= role
				token.canonical = canonical
				tokens[word] = token
			}
		}
	}
	addSpellings(nameStarts, roleStart)
	addSpellings(nameWords, roleWord)
	return tokens
})

// noNames are whole cells that say there is no name. Words of roleNoName alone
// are no name either.
var noNames = map[string]bool{
	"TIDAK ADA": true, "TDK ADA": true, "TIDAK ADA NAMA": true, "BELUM ADA": true, "BELUM ADA NAMA": true,
	"BELUM DIBERI NAMA": true, "BELUM DI BERI NAMA": true, "BELUM BERNAMA": true, "TANPA NAMA": true,
	"TIDAK TAHU": true, "TIDAK DIKETAHUI": true, "TDK DIKETAHUI": true, "TIDAK JELAS": true, "N A": true,
	"TIDAK DIISI": true, "BELUM DIISI": true, "BELUM DIKETAHUI": true, "TIDAK TERCANTUM": true,
}

// longestToken bounds the words worth looking up.
const longestToken = 10
