package match

import "padan/normalize"

// pair is a candidate pair while it is compared. a is the table of the first
// record; for pairs within one side both tables are the same.
type pair struct {
	a, b   *Table
	i, j   int32
	ra, rb *row
	vector Vector
	agreed float64 // rarity of the agreeing name words, bits
}

// compare fills the comparison vector of two records. It is symmetric.
func (c *comparer) compare(s *rarity, a *Table, i int32, b *Table, j int32) pair {
	p := pair{a: a, b: b, i: i, j: j, ra: &a.rows[i], rb: &b.rows[j]}
	name := c.compareNames(s, a, i, b, j)
	p.agreed = name.agreed
	p.vector = Vector{
		CompareNIK:        levelNIK(a, i, b, j),
		CompareKK:         levelKK(a, i, b, j),
		CompareName:       name.level,
		CompareBirthDate:  compareBirth(p.ra, p.rb),
		CompareSex:        compareSex(p.ra.sex, p.rb.sex),
		CompareArea:       c.compareArea(&p),
		CompareStreet:     c.compareStreet(p.ra, p.rb),
		CompareMother:     c.phraseLevel(p.ra.mother, p.rb.mother),
		CompareBirthPlace: c.phraseLevel(p.ra.place, p.rb.place),
		CompareRelation:   compareRelation(p.ra.relation, p.rb.relation),
	}
	if s.sharedIdentifiers {
		p.vector[CompareIdentifier] = c.compareIdentifier(a.foreignOf(i).identifier, b.foreignOf(j).identifier)
	}
	return p
}

func (r *row) nikNumber() normalize.Number {
	return normalize.Number{Value: r.nik, Digits: r.digits, Trust: r.nikTrust, Damage: r.nikHurt, Hashed: r.hashed}
}

func (r *row) hasNIK() bool { return r.nikTrust != normalize.TrustNone && r.nik != 0 }

// wholeNIK reports whether a row's NIK may serve as an exact key.
func (r *row) wholeNIK() bool { return r.nikTrust == normalize.TrustFull && !r.shared }

func compareNIK(a, b *row) uint8 {
	switch {
	case !a.hasNIK() || !b.hasNIK():
		return Missing
	case crossed(a, b):
		return NIKSame
	case a.nik == b.nik && a.digits == b.digits && a.nikHurt != normalize.DamageScientific:
		if a.lostDigit() && b.lostDigit() {
			return NIKLostDigit
		}
		return NIKSame
	case (a.lostDigit() || b.lostDigit()) && a.nik/10 == b.nik/10:
		return NIKLostDigit
	case a.nikNumber().OneApart(b.nikNumber()), nearlyCrossed(a, b):
		return NIKOneApart
	case a.wholeNIK() && b.wholeNIK() && !a.contradictsNIK() && !b.contradictsNIK():
		return NIKDiffers
	default:
		return NIKUnsure
	}
}

// crossed reports whether the NIK of each row stands as the KK of the other.
func crossed(a, b *row) bool {
	return a.nik == b.kk && a.kk == b.nik && a.nik != b.nik && a.nik != 0 && b.nik != 0
}

// nearlyCrossed reports the same where one of the numbers has a slip besides.
func nearlyCrossed(a, b *row) bool {
	if a.nik == 0 || b.nik == 0 || a.kk == 0 || b.kk == 0 || a.nik == b.nik {
		return false
	}
	return a.nik == b.kk && normalize.OneApart(a.kk, b.nik) || a.kk == b.nik && normalize.OneApart(a.nik, b.kk)
}

// lostDigit reports whether a spreadsheet may have replaced the last digit.
func (r *row) lostDigit() bool {
	return r.nikHurt == normalize.DamageNumericCell && r.digits == 16
}

func compareKK(a, b *row) uint8 {
	switch {
	case a.kkTrust == normalize.TrustNone || b.kkTrust == normalize.TrustNone || a.kk == 0 || b.kk == 0:
		return Missing
	case a.kk == b.kk, crossed(a, b), nearlyCrossed(a, b):
		return KKSame
	case normalize.OneApart(a.kk, b.kk):
		return KKNear
	default:
		return KKDiffer
	}
}

func compareBirth(a, b *row) uint8 {
	x, y := a.birth, b.birth
	switch {
	case x == 0 || y == 0:
		return Missing
	case x == y && x.Day() != 0 && x.Month() != 0:
		if x.Heaped() {
			return BirthSameHeaped
		}
		return BirthSame
	case x.Day() == 0 || y.Day() == 0 || x.Month() == 0 || y.Month() == 0:
		return comparePartialBirth(x, y)
	case nearDates(x, y):
		return BirthNear
	case x.Year() == y.Year() && (x.Heaped() || y.Heaped()):
		return BirthStandIn
	case x.Year() == y.Year():
		return BirthYear
	default:
		return BirthDiffers
	}
}

func comparePartialBirth(x, y normalize.Date) uint8 {
	monthClash := x.Month() != 0 && y.Month() != 0 && x.Month() != y.Month()
	if x.Year() != y.Year() || monthClash {
		return BirthDiffers
	}
	return BirthPartial
}

// nearYears is how far apart two years may be that stand for one.
const nearYears = 10

// nearDates reports whether two dates differ by one digit, by two neighbouring
// digits swapped, by day and month swapped, or in one of day, month and year.
func nearDates(x, y normalize.Date) bool {
	day, month, year := x.Day() == y.Day(), x.Month() == y.Month(), x.Year() == y.Year()
	gap := x.Year() - y.Year()
	switch {
	case year && (day || month || x.Day() == y.Month() && x.Month() == y.Day()):
		return !x.Heaped() && !y.Heaped() || normalize.OneApart(uint64(x), uint64(y))
	case day && month && max(gap, -gap) <= nearYears:
		return true
	}
	return normalize.OneApart(uint64(x), uint64(y))
}

func compareSex(a, b normalize.Sex) uint8 {
	switch {
	case a == normalize.SexMissing || b == normalize.SexMissing:
		return Missing
	case a == b:
		return SexSame
	default:
		return SexDiffer
	}
}

func compareRelation(a, b normalize.Relation) uint8 {
	switch {
	case a == normalize.RelationMissing || b == normalize.RelationMissing:
		return Missing
	case a == b:
		return RelationSame
	default:
		return RelationDiffers
	}
}

// compareArea grades two areas by the smallest area they share. RT and RW count
// only inside one kelurahan (DOMAIN 5).
func (c *comparer) compareArea(p *pair) uint8 {
	a, b := p.ra, p.rb
	level, known := areaLevel(a, b)
	switch {
	case known:
		return level
	case a.area == 0:
		return c.comparePlace(p)
	default:
		return max(AreaKecamatan, c.compareVillage(a, b))
	}
}

// areaLevel is compareArea as far as codes tell; known is false where it is for
// texts to say whether two areas are one.
func areaLevel(a, b *row) (level uint8, known bool) {
	switch {
	case a.area == 0 && b.area == 0:
		return Missing, false
	case a.area == 0 || b.area == 0:
		return Missing, true
	case a.area/1_000_000 != b.area/1_000_000:
		return AreaDiffers, true
	case a.area/10_000%100 == 0 || b.area/10_000%100 == 0 || a.area/10_000 != b.area/10_000:
		return AreaKota, true
	case a.area%10_000 == 0 && b.area%10_000 == 0 && a.village != 0 && b.village != 0:
		return AreaKecamatan, false
	case a.area%10_000 == 0 || a.area != b.area:
		return AreaKecamatan, true
	default:
		return withinKelurahan(a, b), true
	}
}

// comparePlace grades two places that are not of Indonesia: a postal code stands
// for a kecamatan, a state for a kota.
func (c *comparer) comparePlace(p *pair) uint8 {
	village := c.compareVillage(p.ra, p.rb)
	a, b := p.a.foreignOf(p.i), p.b.foreignOf(p.j)
	code, state := c.phraseLevel(a.postcode, b.postcode), c.phraseLevel(a.state, b.state)
	switch {
	case village >= AreaKelurahan:
		return village
	case code == TextSame:
		return AreaKecamatan
	case state == TextSame:
		return AreaKota
	}
	return max(village, min(code, AreaDiffers), min(state, AreaDiffers))
}

func (c *comparer) compareIdentifier(a, b uint32) uint8 {
	switch {
	case a == 0 || b == 0:
		return Missing
	case a == b:
		return IdentifierSame
	case typingErrors(c.dictionary.phrase[a].text, c.dictionary.phrase[b].text, 1) == 1:
		return IdentifierNear
	default:
		return IdentifierDiffers
	}
}

func (c *comparer) compareVillage(a, b *row) uint8 {
	switch c.phraseLevel(a.village, b.village) {
	case Missing:
		return Missing
	case TextDiffers:
		return AreaDiffers
	case TextSimilar:
		return AreaKelurahan
	default:
		return withinKelurahan(a, b)
	}
}

func withinKelurahan(a, b *row) uint8 {
	switch {
	case a.rw == 0 || a.rw != b.rw:
		return AreaKelurahan
	case a.rt == 0 || a.rt != b.rt:
		return AreaRW
	default:
		return AreaRT
	}
}

func (c *comparer) compareStreet(a, b *row) uint8 {
	level := c.phraseLevel(a.street, b.street)
	if level == TextSame {
		return sameStreet(a, b)
	}
	return level
}

// sameStreet grades two addresses in one street.
func sameStreet(a, b *row) uint8 {
	if a.house != 0 && a.house == b.house {
		return StreetHouse
	}
	return StreetSame
}
