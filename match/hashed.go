package match

import (
	"strings"

	"padan/normalize"
)

// nearby is what the hashed numbers of a record tell of the numbers near to them.
type nearby struct{ nik, kk normalize.Neighbourhood }

// addNear keeps what the record with the number of the last row tells. Members of
// a household, who follow each other, share the memory of their KK.
func (t *Table) addNear(p *normalize.Person) {
	if t.near == nil && p.NIKNear == "" && p.KKNear == "" {
		return
	}
	if t.near == nil {
		t.near = make([]nearby, len(t.rows)-1, cap(t.rows))
	}
	n := nearby{nik: normalize.Neighbourhood(strings.Clone(string(p.NIKNear)))}
	if last := len(t.near) - 1; last >= 0 && t.near[last].kk == p.KKNear {
		n.kk = t.near[last].kk
	} else {
		n.kk = normalize.Neighbourhood(strings.Clone(string(p.KKNear)))
	}
	t.near = append(t.near, n)
}

// endsInZero reports whether a NIK ends in 0, clear or hashed.
func endsInZero(n normalize.Number) bool {
	if n.Hashed {
		return n.Stated&normalize.StatedZero != 0
	}
	return n.Value%10 == 0
}

// levelNIK grades two NIKs, clear or hashed.
func levelNIK(a *Table, i int32, b *Table, j int32) uint8 {
	if a.near == nil || b.near == nil {
		return compareNIK(&a.rows[i], &b.rows[j])
	}
	return hashedNIK(a, i, b, j)
}

// levelKK grades two KK numbers, clear or hashed.
func levelKK(a *Table, i int32, b *Table, j int32) uint8 {
	if a.near == nil || b.near == nil {
		return compareKK(&a.rows[i], &b.rows[j])
	}
	return hashedKK(a, i, b, j)
}

// hashedNIK is compareNIK for hashed numbers.
func hashedNIK(a *Table, i int32, b *Table, j int32) uint8 {
	ra, rb := &a.rows[i], &b.rows[j]
	x, y := a.near[i].nik, b.near[j].nik
	switch {
	case !ra.hasNIK() || !rb.hasNIK():
		return Missing
	case crossed(ra, rb):
		return NIKSame
	case ra.nik == rb.nik && ra.digits == rb.digits && ra.nikHurt != normalize.DamageScientific:
		if ra.lostDigit() && rb.lostDigit() {
			return NIKLostDigit
		}
		return NIKSame
	case (ra.lostDigit() || rb.lostDigit()) && (ra.nik == rb.nik || x.SameButLast(y)):
		return NIKLostDigit
	case normalize.HashedOneApart(ra.nikNumber(), rb.nikNumber(), x, y), nearlyCross(a, i, b, j):
		return NIKOneApart
	case ra.wholeNIK() && rb.wholeNIK() && !ra.contradictsNIK() && !rb.contradictsNIK():
		return NIKDiffers
	default:
		return NIKUnsure
	}
}

// hashedKK is compareKK for hashed numbers.
func hashedKK(a *Table, i int32, b *Table, j int32) uint8 {
	ra, rb := &a.rows[i], &b.rows[j]
	switch {
	case !ra.hasCard() || !rb.hasCard():
		return Missing
	case ra.kk == rb.kk, crossed(ra, rb), nearlyCross(a, i, b, j):
		return KKSame
	case slip(a.near[i].kk, b.near[j].kk):
		return KKNear
	default:
		return KKDiffer
	}
}

// slip reports whether two different hashed numbers are one slip apart.
func slip(x, y normalize.Neighbourhood) bool {
	_, ok := x.Slip(y)
	return ok
}

// nearlyCross is nearlyCrossed for clear or hashed numbers.
func nearlyCross(a *Table, i int32, b *Table, j int32) bool {
	ra, rb := &a.rows[i], &b.rows[j]
	if a.near == nil || b.near == nil {
		return nearlyCrossed(ra, rb)
	}
	if ra.nik == 0 || rb.nik == 0 || ra.kk == 0 || rb.kk == 0 || ra.nik == rb.nik {
		return false
	}
	return ra.nik == rb.kk && ra.kk != rb.nik && slip(a.near[i].kk, b.near[j].nik) ||
		ra.kk == rb.nik && ra.nik != rb.kk && slip(a.near[i].nik, b.near[j].kk)
}

// nearCards reports whether the KK numbers of two rows are one slip apart.
func nearCards(a *Table, i int32, b *Table, j int32) bool {
	ra, rb := &a.rows[i], &b.rows[j]
	if a.near == nil || b.near == nil {
		return normalize.OneApart(ra.kk, rb.kk)
	}
	return ra.kk != rb.kk && slip(a.near[i].kk, b.near[j].kk)
}

// sameButLast reports whether the KK numbers of two rows agree in all digits but
// the last.
func sameButLast(a *Table, i int32, b *Table, j int32) bool {
	if a.near == nil || b.near == nil {
		return a.rows[i].kk/10 == b.rows[j].kk/10
	}
	return a.near[i].kk.SameButLast(b.near[j].kk)
}

// serialPlaces is the number of digits of the serial, which end a NIK.
const serialPlaces = 4

// sameButSerial reports whether two NIKs that are one slip apart agree in all but
// their serial.
func (p *pair) sameButSerial() bool {
	if p.a.near == nil || p.b.near == nil {
		return p.ra.nik/10_000 == p.rb.nik/10_000
	}
	highest, ok := p.a.near[p.i].nik.Slip(p.b.near[p.j].nik)
	return ok && highest < serialPlaces
}

// follow reports whether one NIK follows the other, as those of twins do.
func (p *pair) follow() bool {
	if p.a.near == nil || p.b.near == nil {
		return p.ra.nik+1 == p.rb.nik || p.rb.nik+1 == p.ra.nik
	}
	return p.b.near[p.j].nik.Follows(p.ra.nik) || p.a.near[p.i].nik.Follows(p.rb.nik)
}

// hashedNearKeys is nearKeys for a hashed NIK.
func (t *Table) hashedNearKeys(i int32, keys []uint64) []uint64 {
	if t.near == nil || t.near[i].nik == "" {
		return keys
	}
	for position := 1; position < 16; position++ {
		keys = append(keys, join(t.near[i].nik.Blank(position), uint64(position)))
	}
	return keys
}

// hashedLengthKeys is lengthKeys for a hashed NIK.
func (t *Table) hashedLengthKeys(i int32, keys []uint64) []uint64 {
	if t.near == nil {
		return keys
	}
	from := len(keys)
	keys = t.near[i].nik.Lengths(keys)
	for k := range keys[from:] {
		keys[from+k] = mix(keys[from+k]) | 1
	}
	return keys
}
