package normalize

import "strings"

// AddressParts is an address taken apart: what lies below the kelurahan, and
// the names of larger areas that stood in the same text.
type AddressParts struct {
	Address
	Kelurahan string
	Kecamatan string
	Kota      string
}

// ReadAddress takes an address as typed apart (DOMAIN 5): street, gang or
// complex in canonical words, house number or block, RT and RW in any of their
// forms. Reading Street again gives the same Street.
func ReadAddress(text string) AddressParts {
	if text == "" || text == "-" {
		return AddressParts{}
	}
	var buffer [maxAddressTokens]addressToken
	r := addressReader{tokens: splitAddress(plain(text), buffer[:0])}
	for r.at < len(r.tokens) {
		r.next()
	}
	return r.finish()
}

// addressReader walks over the tokens of one address.
type addressReader struct {
	tokens  []addressToken
	at      int
	parts   AddressParts
	street  [96]byte // the street so far
	length  int
	words   int
	numeral bool // the last word of the street may be a Roman numeral
	last    int  // where the last word of the street begins
	skip    bool // the rest of this section is not the street
}

func (r *addressReader) next() {
	t := &r.tokens[r.at]
	if t.before == ',' {
		r.endWord()
		r.skip = r.words > 0
	}
	if t.number {
		r.readNumber()
		return
	}
	word, known := addressWords[t.text]
	if !known {
		if r.spelledUnit() {
			return
		}
		r.at++
		r.addWord(t.text)
		return
	}
	r.readKnown(word)
}

func (r *addressReader) readKnown(word addressWord) {
	switch r.at++; word.role {
	case plainWord:
		r.addWord(word.text)
	case roleStreet:
		r.skip = r.skip && r.words > 0
	case roleKeep:
		r.endWord()
		if r.words > 0 && !r.named() {
			return
		}
		r.skip = false
		r.addWord(word.text)
	case roleHouse:
		r.endWord()
		r.readHouse()
	case roleBlock:
		r.endWord()
		r.readHouse()
	case roleFloor:
		r.endWord()
		if r.at < len(r.tokens) && addressWords[r.tokens[r.at].text].role == plainWord {
			r.at++
		}
	case roleRT, roleRW, roleRTRW:
		r.endWord()
		r.at--
		r.readUnits()
	case roleKelurahan:
		r.parts.Kelurahan = r.areaName()
	case roleKecamatan:
		r.parts.Kecamatan = r.areaName()
	case roleKota:
		r.parts.Kota = r.areaName()
	case roleLandmark, roleNothing:
		r.endWord()
		r.skip = true
	}
}

// named reports whether a name follows a word for a kind of place: "DUSUN : -"
// names none.
func (r *addressReader) named() bool {
	if r.at >= len(r.tokens) {
		return false
	}
	t := &r.tokens[r.at]
	return t.before != ',' && (t.number || addressWords[t.text].role == plainWord || addressWords[t.text].role == roleKeep)
}

// areaName reads the words up to the next comma, number or announced part.
func (r *addressReader) areaName() string {
	r.endWord()
	r.skip = true
	var name strings.Builder
	for r.at < len(r.tokens) {
		t := &r.tokens[r.at]
		word := addressWords[t.text]
		if t.number || word.role != plainWord || t.before == ',' && name.Len() > 0 {
			break
		}
		if name.Len() > 0 {
			name.WriteByte(' ')
		}
		name.WriteString(canonicalWord(t.text, word))
		r.at++
	}
	return name.String()
}

func canonicalWord(text string, word addressWord) string {
	if word.text != "" {
		return word.text
	}
	return strings.ReplaceAll(text, "'", "")
}

// spelledUnit reads "R.T." and "R W".
func (r *addressReader) spelledUnit() bool {
	if r.tokens[r.at].text != "R" || r.at+1 >= len(r.tokens) {
		return false
	}
	if next := r.tokens[r.at+1].text; next != "T" && next != "W" {
		return false
	}
	if r.at+2 >= len(r.tokens) || !r.tokens[r.at+2].number {
		return false
	}
	r.endWord()
	unit := ReadUnit(r.tokens[r.at+2].text)
	if r.tokens[r.at+1].text == "T" {
		r.parts.RT = unit
	} else {
		r.parts.RW = unit
	}
	r.at += 3
	return true
}

// readUnits reads a label or two and one or two numbers: RT 5 RW 12, RT/RW
// 005/012, RW/RT 12/5, RT 10/01.
func (r *addressReader) readUnits() {
	first, second := &r.parts.RT, &r.parts.RW
	labels := 0
	for r.at < len(r.tokens) && !r.tokens[r.at].number {
		role := addressWords[r.tokens[r.at].text].role
		if role != roleRT && role != roleRW && role != roleRTRW {
			break
		}
		if labels == 0 && role == roleRW {
			first, second = second, first
		}
		if labels == 1 && role == roleRT && r.pairFollows() { // POS RW, RT/RW 005/007
			first, second, labels = &r.parts.RT, &r.parts.RW, 0
		}
		if role == roleRTRW {
			labels++
		}
		labels++
		r.at++
	}
	if r.at >= len(r.tokens) || !r.tokens[r.at].number {
		return
	}
	*first = ReadUnit(r.tokens[r.at].text)
	r.at++
	if r.at >= len(r.tokens) || !r.tokens[r.at].number {
		return
	}
	if glue := r.tokens[r.at].before; labels > 1 || glue == '/' || glue == '-' {
		*second = ReadUnit(r.tokens[r.at].text)
		r.at++
	}
}

// pairFollows reports whether the token is the first of RT/RW.
func (r *addressReader) pairFollows() bool {
	if r.at+1 >= len(r.tokens) {
		return false
	}
	t := &r.tokens[r.at+1]
	return t.before == '/' && addressWords[t.text].role == roleRW
}

// readNumber reads a number that nothing announces: a bare RT/RW pair of three
// digits each, the number of a street, or a house number.
func (r *addressReader) readNumber() {
	t := &r.tokens[r.at]
	if r.at+1 < len(r.tokens) && len(t.text) == 3 {
		if n := &r.tokens[r.at+1]; n.number && len(n.text) == 3 && (n.before == '/' || n.before == '-') {
			r.endWord()
			r.parts.RT, r.parts.RW = ReadUnit(t.text), ReadUnit(n.text)
			r.at += 2
			return
		}
	}
	r.at++
	if len(t.text) == 5 || r.skip && r.words > 0 { // a postcode, or part of no street
		return
	}
	r.addWord(strings.TrimLeft(t.text, "0"))
	r.numeral = false
}

// readHouse reads what follows NO or BLOK: numbers and single letters, joined
// as written: 5-7, 12A, B9/16.
func (r *addressReader) readHouse() {
	var house [24]byte
	n := copy(house[:], r.parts.House)
	for k := 0; r.at < len(r.tokens); k++ {
		t := &r.tokens[r.at]
		roman := romanNumbers[t.text]
		if !t.number && len(t.text) > 2 && roman == "" || !t.number && addressWords[t.text].role != plainWord {
			break
		}
		if k > 0 && t.before == ',' || k > 0 && t.before == ' ' && t.number && len(t.text) > 2 {
			break
		}
		text := strings.TrimLeft(t.text, "0")
		if roman != "" && k > 0 {
			text = roman
		}
		if n+len(text)+1 > len(house) {
			break
		}
		switch {
		case k == 0 && n > 0:
			house[n] = '/'
			n++
		case k > 0 && (t.before == '/' || t.before == '-') && n > 0:
			house[n] = t.before
			n++
		}
		n += copy(house[n:], text)
		r.at++
	}
	r.parts.House = string(house[:n])
	r.skip = r.words > 0
}

// addWord appends a word to the street.
func (r *addressReader) addWord(text string) {
	if strings.IndexByte(text, '\'') >= 0 {
		text = strings.ReplaceAll(text, "'", "")
	}
	if r.skip || text == "" || r.length+len(text)+1 > len(r.street) {
		return
	}
	if r.length > 0 {
		r.street[r.length] = ' '
		r.length++
	}
	r.last = r.length
	r.length += copy(r.street[r.length:], text)
	r.words++
	r.numeral = r.words > 1
}

// endWord writes a Roman numeral at the end of a name as a number.
func (r *addressReader) endWord() {
	if !r.numeral {
		return
	}
	r.numeral = false
	if number, ok := romanNumbers[string(r.street[r.last:r.length])]; ok {
		r.length = r.last + copy(r.street[r.last:], number)
	}
}

func (r *addressReader) finish() AddressParts {
	r.endWord()
	street := string(r.street[:r.length])
	if renamed, ok := renamedStreets[street]; ok {
		street = renamed
	}
	r.parts.Street = street
	return r.parts
}
