package normalize

import (
	"encoding/base64"
	"fmt"
	"strconv"
	"strings"
)

// The letters for the trust in a number.
const trustLetters = "ndf"

// Marks of what is stated of a number.
const (
	statedAsRecorded  = "="
	statedZero        = "z"
	statedNoRegion    = "r"
	statedContradicts = "x"
)

// nearCell writes what is known of a number beside its hash: trust and digits, the
// damage of its text, what it states, and its neighbourhood, with dots between.
func nearCell(n Number, near Neighbourhood, p *Person) string {
	return string(trustLetters[n.Trust]) + strconv.Itoa(int(n.Digits)) + "." + n.Damage.String() + "." + n.Stated.text(p) + "." +
		base64.RawURLEncoding.EncodeToString([]byte(near))
}

// text writes what is stated; the date part only where the record's own date and
// sex do not give it. p is nil for a KK number.
func (s Stated) text(p *Person) string {
	text := ""
	if date, ok := s.DatePart(); ok && p != nil {
		text = fmt.Sprintf("%06d", date)
		if recorded, known := p.recordedPart(); known && recorded == date {
			text = statedAsRecorded
		}
	}
	for _, m := range statedMarks {
		if s&m.stated != 0 {
			text += m.text
		}
	}
	return text
}

var statedMarks = [...]struct {
	stated Stated
	text   string
}{{StatedZero, statedZero}, {StatedNoRegion, statedNoRegion}, {StatedContradicts, statedContradicts}}

// recordedPart is the date part of the NIK that a person would have by the
// recorded birth date and sex.
func (p *Person) recordedPart() (date uint32, known bool) {
	d := p.BirthDate
	if d.Day() == 0 || d.Month() == 0 || p.Sex == SexMissing {
		return 0, false
	}
	date = uint32(d.Day()*10_000 + d.Month()*100 + d.Year()%100)
	if p.Sex == Female {
		date += 40 * e4
	}
	return date, true
}

// readNearCell completes a number of which the hash is read. What is not as
// nearCell writes it leaves a number that is doubted.
func readNearCell(n Number, cell string, p *Person) (Number, Neighbourhood) {
	parts := strings.SplitN(cell, ".", 4)
	if len(parts) < 4 || parts[0] == "" {
		if n.Hashed {
			n.Digits, n.Trust, n.Damage = 16, TrustDoubtful, DamageUnreadable
			return n, ""
		}
		return Number{Damage: DamageEmpty}, ""
	}
	trust := strings.IndexByte(trustLetters, parts[0][0])
	digits, ok := parseDigits(parts[0][1:])
	damage, known := parseDamage(parts[1])
	bytes, err := base64.RawURLEncoding.DecodeString(parts[3])
	near := Neighbourhood(bytes)
	if trust < 0 || !ok || digits > 99 || !known || err != nil || !near.Valid() || n.Hashed != (Trust(trust) != TrustNone) {
		if !n.Hashed {
			return Number{Damage: DamageUnreadable}, ""
		}
		n.Digits, n.Trust, n.Damage = 16, TrustDoubtful, DamageUnreadable
		return n, ""
	}
	n.Digits, n.Trust, n.Damage = uint8(digits), Trust(trust), damage
	if n.Hashed {
		n.Stated = readStated(parts[2], p)
	}
	return n, near
}

func parseDamage(code string) (Damage, bool) {
	for i, known := range damageCodes {
		if known == code {
			return Damage(i), true
		}
	}
	return DamageNone, false
}

func readStated(text string, p *Person) (s Stated) {
	switch {
	case p == nil:
	case strings.HasPrefix(text, statedAsRecorded):
		if date, known := p.recordedPart(); known {
			s = s.withDate(date)
		}
	case len(text) >= 6:
		if date, ok := parseDigits(text[:6]); ok {
			s = s.withDate(uint32(date))
		}
	}
	for _, m := range statedMarks {
		if strings.Contains(text, m.text) {
			s |= m.stated
		}
	}
	return s
}
