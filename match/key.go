package match

import "padan/normalize"

// keyFunc appends the blocking keys of one row under one rule; none if the row
// lacks what the rule needs.
type keyFunc func(t *Table, i int32, keys []uint64) []uint64

// blockingRule makes candidate pairs of records that share a key.
type blockingRule struct {
	rule   uint8
	keys   keyFunc
	refine []keyFunc // further fields that split a block that is too big, in order
}

// firstRules are the rules whose firm pairs settle their records, one stage each.
// The last is for lists whose persons have a number other than the NIK.
func firstRules(identifiers bool) [][]blockingRule {
	stages := [][]blockingRule{
		{{ruleNIK, nikKeys, []keyFunc{nameKeys, birthKeys}}},
		{{ruleCardNameBirth, cardNameBirthKeys, nil}},
	}
	if identifiers {
		stages = append(stages, []blockingRule{{ruleIdentifier, identifierKeys, []keyFunc{nameKeys, birthKeys}}})
	}
	return stages
}

// rowRules are the rules for records that no exact key has settled. Each meets
// errors that the others do not: a wrong NIK, card, name, birth date or address
// leaves at least two rules that still hold.
func rowRules() []blockingRule {
	return []blockingRule{
		{ruleCard, cardKeys, []keyFunc{nameKeys, birthKeys}},
		{ruleNIKNear, nearKeys, []keyFunc{nameKeys, birthKeys}},
		{ruleNIKLength, lengthKeys, []keyFunc{nameKeys, birthKeys}},
		{ruleSwapped, swappedKeys, []keyFunc{nameKeys, birthKeys}},
		{ruleNameBirth, nameBirthKeys, []keyFunc{kelurahanKeys, rtKeys}},
		{ruleWordBirth, wordBirthKeys, []keyFunc{kelurahanKeys, rtKeys}},
		{ruleNameArea, nameAreaKeys, []keyFunc{birthKeys, rtKeys, houseKeys}},
		{ruleBirthArea, birthAreaKeys, []keyFunc{firstWordKeys, rtKeys}},
		{ruleWordStreet, wordRTKeys, []keyFunc{birthKeys, nameKeys}},
		{ruleNameYear, nameYearKeys, []keyFunc{kelurahanKeys, birthKeys}},
	}
}

// lastRules are the rules for records that the others leave without anybody:
// one field that is right is enough.
func lastRules() []blockingRule {
	return []blockingRule{
		{ruleName, nameKeys, []keyFunc{yearKeys, kelurahanKeys, rtKeys}},
		{ruleBirth, birthKeys, []keyFunc{wordKeys, kelurahanKeys, rtKeys}},
		{ruleWordArea, wordAreaKeys, []keyFunc{yearKeys, rtKeys, houseKeys}},
		{ruleStreet, streetKeys, []keyFunc{wordKeys, yearKeys}},
	}
}

func nikKeys(t *Table, i int32, keys []uint64) []uint64 {
	r := &t.rows[i]
	if !r.hasNIK() || r.digits != 16 || r.nikHurt == normalize.DamageScientific {
		return keys
	}
	return append(keys, mix(r.nik)|1)
}

// nearKeys has one key for each pair of neighbouring digits left out, so that
// two NIKs that differ by one digit, or by two neighbours swapped, share a key.
func nearKeys(t *Table, i int32, keys []uint64) []uint64 {
	r := &t.rows[i]
	if !r.hasNIK() || r.digits != 16 || r.nikHurt == normalize.DamageScientific {
		return keys
	}
	if r.hashed {
		return t.hashedNearKeys(i, keys)
	}
	for position, power := uint64(1), uint64(1); position < 16; position, power = position+1, power*10 {
		kept := r.nik - r.nik/power%100*power
		keys = append(keys, join(kept, position))
	}
	return keys
}

// lengthKeys lets a NIK of 15 or 17 digits meet the whole one of which it lost or
// doubled a digit: the shorter number is a key itself, the longer one has a key
// for each digit left out.
func lengthKeys(t *Table, i int32, keys []uint64) []uint64 {
	r := &t.rows[i]
	if !r.hasNIK() || r.digits < 15 || r.digits > 17 || r.nikHurt == normalize.DamageScientific {
		return keys
	}
	if r.hashed {
		return t.hashedLengthKeys(i, keys)
	}
	if r.digits < 17 {
		keys = append(keys, join(r.nik, uint64(r.digits)))
	}
	if r.digits > 15 {
		for place := uint64(1); place <= r.nik; place *= 10 {
			keys = append(keys, join(r.nik/place/10*place+r.nik%place, uint64(r.digits-1)))
		}
	}
	return keys
}

// swappedKeys has one key for NIK and KK in whichever columns they stand.
func swappedKeys(t *Table, i int32, keys []uint64) []uint64 {
	r := &t.rows[i]
	if !r.hasNIK() || r.kkTrust == normalize.TrustNone || r.kk == 0 {
		return keys
	}
	return append(keys, join(min(r.nik, r.kk), max(r.nik, r.kk)))
}

func cardKeys(t *Table, i int32, keys []uint64) []uint64 {
	r := &t.rows[i]
	if r.kkTrust == normalize.TrustNone || r.kk == 0 {
		return keys
	}
	return append(keys, mix(r.kk)|1)
}

func identifierKeys(t *Table, i int32, keys []uint64) []uint64 {
	if id := t.foreignOf(i).identifier; id != 0 {
		return append(keys, mix(uint64(id))|1)
	}
	return keys
}

func nameKeys(t *Table, i int32, keys []uint64) []uint64 {
	if h := t.wholeName(i); h != 0 {
		return append(keys, h)
	}
	return keys
}

// wholeName is wholeNameOf the name of a row.
func (t *Table) wholeName(i int32) uint64 {
	if t.names != nil {
		return t.names[i].whole
	}
	return wholeNameOf(t.dictionary.word, t.nameWords(&t.rows[i]))
}

// birthKeys holds the recorded birth date and, where it is another, the one
// inside the NIK, both without the century.
func birthKeys(t *Table, i int32, keys []uint64) []uint64 {
	r := &t.rows[i]
	recorded := uint32(0)
	if d := r.birth; d != 0 && d.Day() != 0 && d.Month() != 0 {
		recorded = uint32(d.Day()*10_000+d.Month()*100+d.Year()%100) + 1
		keys = append(keys, mix(uint64(recorded))|1)
	}
	if isDate(r.nikBirth) && r.nikBirth != recorded {
		keys = append(keys, mix(uint64(r.nikBirth))|1)
	}
	return keys
}

func yearKeys(t *Table, i int32, keys []uint64) []uint64 {
	r := &t.rows[i]
	if year := r.birth.Year(); year != 0 {
		return append(keys, mix(uint64(year%100)+1)|1)
	}
	if isDate(r.nikBirth) {
		return append(keys, mix(uint64((r.nikBirth-1)%100)+1)|1)
	}
	return keys
}

// wordKeys holds the loose spelling of each name word that is not a class word.
func wordKeys(t *Table, i int32, keys []uint64) []uint64 {
	words := t.dictionary.word
	for _, id := range t.nameWords(&t.rows[i]) {
		if w := &words[id]; !w.common && len(w.loose.text) > 1 {
			keys = append(keys, w.loose.hash|1)
		}
	}
	return keys
}

func firstWordKeys(t *Table, i int32, keys []uint64) []uint64 {
	n := len(keys)
	keys = wordKeys(t, i, keys)
	return keys[:min(n+1, len(keys))]
}

func kelurahanKeys(t *Table, i int32, keys []uint64) []uint64 {
	return appendKey(keys, t.areaKey(i, AreaKelurahan))
}

func rtKeys(t *Table, i int32, keys []uint64) []uint64 {
	return appendKey(keys, t.areaKey(i, AreaRT))
}

func houseKeys(t *Table, i int32, keys []uint64) []uint64 {
	r := &t.rows[i]
	if r.street == 0 || r.house == 0 {
		return keys
	}
	return append(keys, join(uint64(r.street), uint64(r.house)))
}

// addressKeys has one key for street, house number and kelurahan.
func addressKeys(t *Table, i int32, keys []uint64) []uint64 {
	r := &t.rows[i]
	if r.street == 0 || r.house == 0 {
		return keys
	}
	return append(keys, join(join(uint64(r.street), uint64(r.house)), t.areaKey(i, AreaKelurahan)))
}

func appendKey(keys []uint64, key uint64) []uint64 {
	if key == 0 {
		return keys
	}
	return append(keys, key)
}

func cardNameBirthKeys(t *Table, i int32, keys []uint64) []uint64 {
	r := &t.rows[i]
	if r.kkTrust != normalize.TrustFull || r.birth == 0 || r.wordsLen == 0 {
		return keys
	}
	return append(keys, join(join(r.kk, uint64(r.birth)), t.wholeName(i)))
}

func nameBirthKeys(t *Table, i int32, keys []uint64) []uint64 {
	return cross(t, i, keys, nameKeys, birthKeys)
}

func wordBirthKeys(t *Table, i int32, keys []uint64) []uint64 {
	return cross(t, i, keys, wordKeys, birthKeys)
}

func nameAreaKeys(t *Table, i int32, keys []uint64) []uint64 {
	return cross(t, i, keys, nameKeys, kelurahanKeys)
}

func birthAreaKeys(t *Table, i int32, keys []uint64) []uint64 {
	return cross(t, i, keys, birthKeys, kelurahanKeys)
}

func wordAreaKeys(t *Table, i int32, keys []uint64) []uint64 {
	return cross(t, i, keys, wordKeys, kelurahanKeys)
}

// streetKeys has one key for street and kelurahan, and one for street and house.
func streetKeys(t *Table, i int32, keys []uint64) []uint64 {
	r := &t.rows[i]
	if area := t.areaKey(i, AreaKelurahan); r.street != 0 && area != 0 {
		keys = append(keys, join(uint64(r.street), area))
	}
	return houseKeys(t, i, keys)
}

func wordRTKeys(t *Table, i int32, keys []uint64) []uint64 {
	return cross(t, i, keys, wordKeys, rtKeys)
}

func nameYearKeys(t *Table, i int32, keys []uint64) []uint64 {
	if t.rows[i].wordsLen < 2 {
		return keys
	}
	return cross(t, i, keys, nameKeys, yearKeys)
}

// cross appends every combination of two rules' keys.
func cross(t *Table, i int32, keys []uint64, first, second keyFunc) []uint64 {
	var a, b [2 * maxNameWords]uint64
	for _, x := range first(t, i, a[:0]) {
		for _, y := range second(t, i, b[:0]) {
			keys = append(keys, join(x, y))
		}
	}
	return keys
}
