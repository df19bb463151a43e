package match

// Missing is the level of a comparison in which at least one side has no value.
const Missing uint8 = 0

// Levels of CompareNIK.
const (
	NIKDiffers   uint8 = iota + 1
	NIKUnsure          // they differ, and at least one of them is damaged or contradicts its own record
	NIKLostDigit       // the first 15 digits agree and one side is known to have lost the 16th
	NIKOneApart        // one digit substituted, inserted, deleted, or two neighbours swapped
	NIKSame
)

// Levels of CompareKK.
const (
	KKDiffer uint8 = iota + 1
	KKNear
	KKLinked // the cards differ, but another member of the one is likely a member of the other
	KKSame
)

// Levels of CompareName, by the best of names and aliases.
const (
	NameDiffers    uint8 = iota + 1
	NameWeak             // a word agrees and another contradicts: no more than chance gives relatives
	NameCommon           // nothing contradicts, but only class words or initials agree (SITI, M)
	NameConfusable       // but for a letter that makes another name in use (DEWI, DEVI)
	NameSimilar          // a typing error or two
	NameCompatible       // a word, an initial or a class word (MUHAMMAD) more on one side
	NameLoose            // the same in loose spelling
	NameSpelling         // the same in strict spelling, or joined and split
	NameSame
)

// Levels of CompareBirthDate.
const (
	BirthDiffers    uint8 = iota + 1
	BirthYear             // only the year agrees
	BirthStandIn          // only the year agrees, and one day stands for "unknown" (1 January ...)
	BirthNear             // one digit or one part wrong, two digits or day and month swapped
	BirthPartial          // a date without day or month agrees as far as it goes
	BirthSameHeaped       // the same, on a day that stands for "unknown" (1 January ...)
	BirthSame
)

// Levels of CompareSex.
const (
	SexDiffer uint8 = iota + 1
	SexSame
)

// Levels of CompareArea.
const (
	AreaDiffers uint8 = iota + 1
	AreaKota
	AreaKecamatan
	AreaKelurahan
	AreaRW
	AreaRT // kelurahan, RT and RW
)

// Levels of CompareStreet.
const (
	StreetDiffers uint8 = iota + 1
	StreetSimilar
	StreetSame
	StreetHouse // street and house number
)

// Levels of CompareMother and CompareBirthPlace.
const (
	TextDiffers uint8 = iota + 1
	TextSimilar
	TextSame
)

// Levels of CompareRelation.
const (
	RelationDiffers uint8 = iota + 1
	RelationSame
)

// Levels of CompareIdentifier.
const (
	IdentifierDiffers uint8 = iota + 1
	IdentifierNear          // one letter or digit wrong, left out or put in, or two neighbours exchanged
	IdentifierSame
)

var levelCodes = [ComparisonCount][]string{
	CompareNIK:        {"missing", "differs", "unsure", "lost_digit", "one_apart", "same"},
	CompareKK:         {"missing", "differs", "near", "linked", "same"},
	CompareName:       {"missing", "differs", "weak", "common", "confusable", "similar", "compatible", "loose", "spelling", "same"},
	CompareBirthDate:  {"missing", "differs", "year", "stand_in", "near", "partial", "same_heaped", "same"},
	CompareSex:        {"missing", "differs", "same"},
	CompareArea:       {"missing", "differs", "kota", "kecamatan", "kelurahan", "rw", "rt"},
	CompareStreet:     {"missing", "differs", "similar", "same", "same_house"},
	CompareMother:     {"missing", "differs", "similar", "same"},
	CompareBirthPlace: {"missing", "differs", "similar", "same"},
	CompareRelation:   {"missing", "differs", "same"},
	CompareIdentifier: {"missing", "differs", "near", "same"},
}

// LevelCode returns the stable code of a level of c, "" if c has no such level.
func LevelCode(c Comparison, level uint8) string {
	if int(level) >= len(levelCodes[c]) {
		return ""
	}
	return levelCodes[c][level]
}

// LevelCount returns the number of levels of c, "missing" included.
func LevelCount(c Comparison) int { return len(levelCodes[c]) }
