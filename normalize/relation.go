package normalize

import "strings"

// siakRelations are the codes of SIAK (Status Hubungan Dalam Keluarga).
var siakRelations = [...]Relation{
	RelationMissing, RelationHead, RelationHusband, RelationWife, RelationChild, RelationInLawChild,
	RelationGrandchild, RelationParent, RelationInLawParent, RelationOtherKin, RelationServant, RelationOther,
}

// bpsRelations are the codes of BPS and Kemensos (BDT, Regsosek); 2 is either
// spouse, 6 parents of either.
var bpsRelations = [...]Relation{
	RelationMissing, RelationHead, RelationWife, RelationChild, RelationInLawChild, RelationGrandchild,
	RelationParent, RelationServant, RelationOther,
}

// ReadRelation reads the relation to the head of the household in words or as a
// code; bps says which coding the source uses, since the same code means
// different relations (DOMAIN 2).
func ReadRelation(text string, bps bool) Relation {
	code, word := splitRelation(text)
	if word != "" {
		return relationWord(word)
	}
	codes := siakRelations[:]
	if bps {
		codes = bpsRelations[:]
	}
	if code >= len(codes) {
		return RelationMissing
	}
	return codes[code]
}

// isEitherSpouse reports a word or code that stands for wife and husband alike.
func isEitherSpouse(text string, bps bool) bool {
	code, word := splitRelation(text)
	switch word {
	case "":
		return bps && code == 2
	case "ISTRISUAMI", "SUAMIISTRI", "PASANGAN":
		return true
	}
	return false
}

// RelationCode returns the code of a relation that is written as a number, 0 if
// it is written in words or not at all.
func RelationCode(text string) int {
	code, word := splitRelation(text)
	if word != "" {
		return 0
	}
	return code
}

// splitRelation parts "3. ANAK" into 3 and ANAK.
func splitRelation(text string) (code int, word string) {
	key := fold(text)
	digits := 0
	for digits < len(key) && key[digits] >= '0' && key[digits] <= '9' && digits < 3 {
		code = code*10 + int(key[digits]-'0')
		digits++
	}
	return code, key[digits:]
}

func relationWord(word string) Relation {
	switch word {
	case "KEPALAKELUARGA", "KEPKELUARGA", "KEPKEL", "KK", "KRT", "KEPALARUMAHTANGGA", "KEPALART", "KKELUARGA", "KEPALA", "KEPALAKLG":
		return RelationHead
	case "SUAMI":
		return RelationHusband
	case "ISTRI", "ISTERI", "ISTRISUAMI", "SUAMIISTRI", "PASANGAN":
		return RelationWife
	case "AK", "ANAK", "ANAKKANDUNG", "ANAKTIRI", "ANAKANGKAT":
		return RelationChild
	case "MENANTU":
		return RelationInLawChild
	case "CUCU":
		return RelationGrandchild
	case "ORANGTUA", "ORTU", "ORANGTUAMERTUA", "AYAH", "IBU":
		return RelationParent
	case "MERTUA":
		return RelationInLawParent
	case "FAMILILAIN", "FAMILI", "FAMILILAINNYA", "SAUDARA", "KEPONAKAN", "KERABAT":
		return RelationOtherKin
	case "PEMBANTU", "PEMBANTURUMAHTANGGA", "SOPIR", "PEMBANTUSOPIR":
		return RelationServant
	case "LAINNYA", "LAIN", "LAINLAIN":
		return RelationOther
	}
	if strings.HasPrefix(word, "ANAK") {
		return RelationChild
	}
	return RelationMissing
}
