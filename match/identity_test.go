package match

import (
	"testing"

	"padan/normalize"
)

func someone() normalize.Person {
	return normalize.Person{
		NIK:  normalize.Number{Value: 3174015705809003, Digits: 16, Trust: normalize.TrustFull},
		Name: normalize.Name{Words: "SITI AMINAH"}, BirthDate: 19800517, Address: normalize.Address{Street: "MELATI", RT: 3},
	}
}

// A new address makes no new person if the NIK is whole; a new name, birth date
// or NIK does, and so does the other side.
func TestIdentity(t *testing.T) {
	base := someone()
	for name, c := range map[string]struct {
		change func(p *normalize.Person)
		same   bool
	}{
		"address":             {func(p *normalize.Person) { p.Address.RT = 4 }, true},
		"card":                {func(p *normalize.Person) { p.KK.Value = 3174011201159004 }, true},
		"name":                {func(p *normalize.Person) { p.Name.Words = "SITI AMINA" }, false},
		"birth date":          {func(p *normalize.Person) { p.BirthDate++ }, false},
		"NIK":                 {func(p *normalize.Person) { p.NIK.Value++ }, false},
		"NIK no longer whole": {func(p *normalize.Person) { p.NIK.Trust = normalize.TrustDoubtful }, false},
	} {
		changed := someone()
		c.change(&changed)
		if same := IdentityOf(Central, &base) == IdentityOf(Central, &changed); same != c.same {
			t.Errorf("%s: the same identity: %v", name, same)
		}
		if ContentOf(Central, &base) == ContentOf(Central, &changed) {
			t.Errorf("%s: the same content", name)
		}
		weak := changed
		weak.NIK = normalize.Number{}
		other := weak
		other.Address.House = "9"
		if IdentityOf(Central, &weak) == IdentityOf(Central, &other) {
			t.Errorf("%s: without a NIK, two addresses are one person", name)
		}
	}
	if IdentityOf(Central, &base) == IdentityOf(Regional, &base) || ContentOf(Central, &base) == ContentOf(Regional, &base) {
		t.Error("the sides are one")
	}
}

func TestParseIdentity(t *testing.T) {
	base := someone()
	want := IdentityOf(Regional, &base)
	if got, err := ParseIdentity(want.String()); err != nil || got != want {
		t.Errorf("%v, %v", got, err)
	}
	for _, text := range []string{"", "zz", want.String() + "00", want.String()[1:]} {
		if _, err := ParseIdentity(text); err == nil {
			t.Errorf("%q is taken for an identity", text)
		}
	}
}
