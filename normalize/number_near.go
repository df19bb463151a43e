package normalize

// OneApart reports whether two numbers of 16 digits differ by one digit or by
// two neighbouring digits exchanged. Equal numbers are not one apart.
func OneApart(a, b uint64) bool {
	if a < b {
		a, b = b, a
	}
	gap := a - b
	if gap == 0 {
		return false
	}
	// One digit wrong: the gap is 1..9 times a power of ten and nothing is
	// carried. Two exchanged: 9 times (1..9) times a power of ten.
	place := uint64(1)
	for gap%10 == 0 {
		gap /= 10
		place *= 10
	}
	high, low := a/place/10, b/place/10
	if gap < 10 && high == low {
		return true
	}
	exchanged := high%10 == b/place%10 && low%10 == a/place%10
	return gap <= 81 && gap%9 == 0 && exchanged && high/10 == low/10
}

// OneApart reports whether m is n with one digit wrong, lost or doubled, or
// two neighbouring digits exchanged. Numbers with digits unknown (masked,
// scientific) or with counts other than 15 to 17 are never one apart.
func (n Number) OneApart(m Number) bool {
	if n.Value == 0 || m.Value == 0 || n.Damage == DamageScientific || m.Damage == DamageScientific {
		return false
	}
	if n.Digits < m.Digits {
		n, m = m, n
	}
	switch {
	case n.Digits > 17 || m.Digits < 15:
		return false
	case n.Digits == m.Digits:
		return OneApart(n.Value, m.Value)
	case n.Digits-m.Digits > 1:
		return false
	}
	return oneDropped(n.Value, m.Value)
}

// oneDropped reports whether taking one digit out of long gives short.
func oneDropped(long, short uint64) bool {
	for place := uint64(1); place <= e16; place *= 10 {
		if long/place/10*place+long%place == short {
			return true
		}
	}
	return false
}
