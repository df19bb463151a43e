package normalize

// ReadSex reads a person's sex in words or in the codes 1 (male) and 2
// (female). "P" is perempuan, female; it is never "pria" (DOMAIN 2).
func ReadSex(text string) Sex {
	switch text {
	case "L", "1":
		return Male
	case "P", "2":
		return Female
	}
	switch fold(text) {
	case "L", "1", "LK", "LAKI", "LAKILAKI", "LAKI2", "PRIA", "COWOK", "M", "MALE", "1LAKILAKI", "TN", "01", "10", "LELAKI":
		return Male
	case "P", "2", "PR", "PEREMPUAN", "WANITA", "W", "WNT", "CEWEK", "F", "FEMALE", "2PEREMPUAN", "NY", "NN", "02", "20", "PRP", "PRM":
		return Female
	}
	return SexMissing
}

var sexCodes = [...]string{SexMissing: "unknown", Male: "male", Female: "female"}

// String returns the sex's stable code, "unknown" if it is missing.
func (s Sex) String() string { return sexCodes[s] }

// SexCode reports whether a text is the code 1 or 2 and not a word.
func SexCode(text string) bool {
	switch fold(text) {
	case "1", "2", "01", "02", "10", "20":
		return true
	}
	return false
}
