package report

import (
	"testing"

	"padan/match"
	"padan/normalize"
)

func TestValuesInOneColumnOrInParts(t *testing.T) {
	var r match.Record
	set := func(f normalize.Field, text string) { r.Raw[f] = text }
	check := func(name, got, want string) {
		if got != want {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
	}
	check("nothing", fullName(&r)+address(&r)+birthDate(&r)+rtrw(&r), "")
	set(normalize.FieldName, "BUDI")
	set(normalize.FieldSurname, "SANTOSO")
	check("name", fullName(&r), "BUDI SANTOSO")
	set(normalize.FieldMiddleName, "A")
	check("name of three parts", fullName(&r), "BUDI A SANTOSO")
	set(normalize.FieldBirthYear, "1987")
	check("year", birthDate(&r), "1987")
	set(normalize.FieldBirthDay, "12")
	set(normalize.FieldBirthMonth, "5")
	check("date in parts", birthDate(&r), "12-5-1987")
	set(normalize.FieldBirthPlaceDate, "JAKARTA, 12-05-1987")
	check("place and date", birthDate(&r), "JAKARTA, 12-05-1987")
	set(normalize.FieldBirthDate, "1987-05-12")
	check("date", birthDate(&r), "1987-05-12")
	set(normalize.FieldRTRW, "001/002")
	check("RT and RW in one", rtrw(&r), "001/002")
	set(normalize.FieldRW, "002")
	check("RW", rtrw(&r), "002")
	set(normalize.FieldRT, "001")
	check("RT and RW", rtrw(&r), "001/002")
	set(normalize.FieldHamlet, "DUSUN 2")
	check("hamlet", address(&r), "DUSUN 2")
	set(normalize.FieldAddress, "JL MELATI")
	set(normalize.FieldHouse, "5")
	set(normalize.FieldAddress2, "LT 2")
	check("address", address(&r), "JL MELATI 5, LT 2, DUSUN 2")
}

func TestSameText(t *testing.T) {
	for _, c := range []struct {
		a, b string
		same bool
	}{
		{"", "", true}, {"", "-", true}, {"BUDI", "budi ", true}, {"JL. MELATI NO.5", "jl melati no 5", true}, {"RAHAYU", "RAHAYU S", false},
		{"3174.01.120587.9001", "3174011205879001", true}, {"BUDI", "BUDY", false}, {"é", "e", false}, {"É", "É", true}, {"001/002", "001002", true},
	} {
		if sameText(c.a, c.b) != c.same || sameText(c.b, c.a) != c.same {
			t.Errorf("%q and %q: same is %v", c.a, c.b, !c.same)
		}
	}
}

// An area is named as far as it is another: the kelurahan, then what it lies in.
func TestWhereabouts(t *testing.T) {
	w := newWriter(Options{})
	inside := normalize.Area{Code: bukitDuri}
	for _, c := range []struct {
		area normalize.Area
		want string
	}{
		{inside, ""},
		{normalize.Area{Code: 3174011001}, "Tebet Timur"},
		{normalize.Area{Code: tebet}, "Kec. Tebet"},
		{normalize.Area{Code: 3174021001}, "Setia Budi, Kec. Setiabudi"},
		{normalize.Area{Code: gambir}, "Gambir, Kec. Gambir, Kota Adm. Jakarta Pusat"},
		{normalize.Area{Code: 3174000000}, ""},
		{normalize.Area{Place: "BOJONG GEDE"}, "BOJONG GEDE"},
		{normalize.Area{Code: 3201131004, Place: "BOJONG GEDE"}, "BOJONG GEDE"},
		{normalize.Area{}, ""},
	} {
		if got := w.whereabouts(c.area, inside); got != c.want {
			t.Errorf("%+v: %q, want %q", c.area, got, c.want)
		}
	}
}
