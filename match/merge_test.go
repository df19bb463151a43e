package match

import (
	"errors"
	"testing"

	"padan/normalize"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// both is someone on either side, changed by f; the NIK is that of a woman born
// on 17 May 1980.
func both(f func(c, r *normalize.Person)) (c, r normalize.Person) {
	c, r = someone(), someone()
	for _, p := range []*normalize.Person{&c, &r} {
		p.NIK.Value, p.Sex = 3174015705809003, normalize.Female
		p.Area.Code = 3174011005
	}
	f(&c, &r)
	return c, r
}

// Each rule decides each field of which it says something; "-" stands for no
// value.
func TestMergeRules(t *testing.T) {
	doubtful := func(n *normalize.Number) { n.Trust, n.Damage = normalize.TrustDoubtful, normalize.DamageNumericCell }
	for name, c := range map[string]struct {
		change func(c, r *normalize.Person)
		field  MasterField
		want   Choice
	}{
		"same":                   {func(_, _ *normalize.Person) {}, MasterNIK, Choice{Central, MergeSame}},
		"nothing":                {func(_, _ *normalize.Person) {}, MasterMother, Choice{Central, MergeNothing}},
		"only":                   {func(_, r *normalize.Person) { r.Mother.Words = "ROHANA" }, MasterMother, Choice{Regional, MergeOnly}},
		"NIK that is no number":  {func(c, _ *normalize.Person) { c.NIK = normalize.Number{Digits: 16} }, MasterNIK, Choice{Regional, MergeOnly}},
		"whole NIK":              {func(c, _ *normalize.Person) { c.NIK.Value -= 3; doubtful(&c.NIK) }, MasterNIK, Choice{Regional, MergeValid}},
		"NIK of the date":        {func(c, _ *normalize.Person) { c.NIK.Value = 3174011705809003 }, MasterNIK, Choice{Regional, MergeValid}},
		"NIK of another day":     {func(_, r *normalize.Person) { r.NIK.Value = 3174015805809003 }, MasterNIK, Choice{Central, MergeValid}},
		"date of the other side": {func(c, _ *normalize.Person) { c.NIK.Value, c.BirthDate = 3174015805809003, 0 }, MasterNIK, Choice{Regional, MergeValid}},
		"two good NIKs":          {func(c, _ *normalize.Person) { c.NIK.Value++ }, MasterNIK, Choice{Central, MergePrecedence}},
		"whole but wrong over damaged": {func(c, r *normalize.Person) {
			c.NIK.Value = 3174015805809003
			r.NIK.Value -= 3
			doubtful(&r.NIK)
		}, MasterNIK, Choice{Central, MergeValid}},
		"whole KK": {func(c, r *normalize.Person) {
			c.KK, r.KK = number(3174011201159000), number(3174011201159004)
			doubtful(&c.KK)
		}, MasterKK, Choice{Regional, MergeValid}},
		"two good KK":         {func(c, r *normalize.Person) { c.KK, r.KK = number(3174011201159001), number(3174011201159004) }, MasterKK, Choice{Central, MergePrecedence}},
		"date of the NIK":     {func(c, _ *normalize.Person) { c.BirthDate = 19800715 }, MasterBirthDate, Choice{Regional, MergeValid}},
		"century of the NIK":  {func(c, _ *normalize.Person) { c.BirthDate = 18800517 }, MasterBirthDate, Choice{Central, MergePrecedence}},
		"date over year":      {func(c, _ *normalize.Person) { c.BirthDate, c.NIK.Value = 19810000, 3174015705809004 }, MasterBirthDate, Choice{Regional, MergeComplete}},
		"date over month":     {func(c, _ *normalize.Person) { c.BirthDate, c.NIK = 19800500, normalize.Number{} }, MasterBirthDate, Choice{Regional, MergeComplete}},
		"date over stand-in":  {func(c, _ *normalize.Person) { c.BirthDate, c.NIK = 19800101, normalize.Number{} }, MasterBirthDate, Choice{Regional, MergeComplete}},
		"stand-in elsewhere":  {func(c, _ *normalize.Person) { c.BirthDate, c.NIK = 19790101, normalize.Number{} }, MasterBirthDate, Choice{Central, MergePrecedence}},
		"sex of the NIK":      {func(c, _ *normalize.Person) { c.Sex = normalize.Male }, MasterSex, Choice{Regional, MergeValid}},
		"sex without a NIK":   {func(c, _ *normalize.Person) { c.Sex, c.NIK = normalize.Male, normalize.Number{} }, MasterSex, Choice{Central, MergePrecedence}},
		"initial":             {func(c, _ *normalize.Person) { c.Name.Words = "SITI A" }, MasterName, Choice{Regional, MergeComplete}},
		"word left out":       {func(_, r *normalize.Person) { r.Name.Words = "AMINAH" }, MasterName, Choice{Central, MergeComplete}},
		"abbreviated mother":  {func(c, r *normalize.Person) { c.Mother.Words, r.Mother.Words = "SR R", "SRI ROHANA" }, MasterMother, Choice{Central, MergePrecedence}},
		"mother in full":      {func(c, r *normalize.Person) { c.Mother.Words, r.Mother.Words = "S ROH", "SRI ROHANA" }, MasterMother, Choice{Regional, MergeComplete}},
		"another spelling":    {func(c, _ *normalize.Person) { c.Name.Words = "SITI AMINA" }, MasterName, Choice{Central, MergePrecedence}},
		"initials of both":    {func(c, r *normalize.Person) { c.Name.Words, r.Name.Words = "S AMINAH", "SITI A" }, MasterName, Choice{Central, MergePrecedence}},
		"another relation":    {func(c, r *normalize.Person) { c.Relation, r.Relation = normalize.RelationHead, normalize.RelationWife }, MasterRelation, Choice{Central, MergePrecedence}},
		"status":              {func(c, _ *normalize.Person) { c.Status = normalize.StatusDeceased }, MasterStatus, Choice{Central, MergeOnly}},
		"two statuses":        {func(c, r *normalize.Person) { c.Status, r.Status = normalize.StatusDeceased, normalize.StatusMoved }, MasterStatus, Choice{Regional, MergePrecedence}},
		"same home":           {func(_, _ *normalize.Person) {}, MasterAddress, Choice{Regional, MergeSame}},
		"home with RT":        {func(_, r *normalize.Person) { r.Address.RT, r.Address.Street = 0, "MAWAR" }, MasterAddress, Choice{Central, MergeComplete}},
		"home that says more": {func(c, _ *normalize.Person) { c.Address.House = "7" }, MasterAddress, Choice{Central, MergeComplete}},
		"smaller area":        {func(_, r *normalize.Person) { r.Area.Code = 3174010000 }, MasterAddress, Choice{Central, MergeComplete}},
		"another street":      {func(c, _ *normalize.Person) { c.Address.Street = "MAWAR" }, MasterAddress, Choice{Regional, MergePrecedence}},
		"moved":               {func(_, r *normalize.Person) { r.Area.Code, r.Address = 3174021001, normalize.Address{} }, MasterAddress, Choice{Regional, MergePrecedence}},
		"no home":             {func(_, r *normalize.Person) { r.Area, r.Address = normalize.Area{}, normalize.Address{} }, MasterAddress, Choice{Central, MergeOnly}},
		"other postcode": {func(c, r *normalize.Person) {
			c.Area, r.Area = normalize.Area{Place: "BANKSTOWN", Postcode: "2200"}, normalize.Area{Place: "BANKSTOWN", Postcode: "2201"}
			r.Address.RT = 0
		}, MasterAddress, Choice{Regional, MergePrecedence}},
	} {
		t.Run(name, func(t *testing.T) {
			c1, r1 := both(c.change)
			p := DefaultPrecedence()
			got := Merge(&c1, &r1, &p)
			if got.Choices[c.field] != c.want {
				t.Errorf("%s: %v by %q, want %v by %q", c.field, got.Choices[c.field].Side, got.Choices[c.field].Rule, c.want.Side, c.want.Rule)
			}
			if c.want.Rule >= MergeOnly { // the value is that of the chosen side
				chosen := []*normalize.Person{&c1, &r1}[c.want.Side]
				alone := Merge(chosen, chosen, &p).Person
				if diff := cmp.Diff(fieldOf(&alone, c.field), fieldOf(&got.Person, c.field)); diff != "" {
					t.Error(diff)
				}
			}
		})
	}
}

// fieldOf returns the value of a field.
func fieldOf(p *normalize.Person, f MasterField) any {
	return [...]any{
		p.NIK, p.KK, p.Name, p.BirthPlace, p.BirthDate, p.Sex, p.Relation, p.Mother, [2]any{p.Address, p.Area}, p.Status, p.Identifier,
	}[f]
}

// A number that one side read with less trust is taken from the other.
func TestMergeTakesTheBetterReading(t *testing.T) {
	c, r := both(func(c, _ *normalize.Person) {
		c.NIK.Trust, c.NIK.Damage = normalize.TrustDoubtful, normalize.DamageNumericCell
	})
	p := DefaultPrecedence()
	if got := Merge(&c, &r, &p); got.Person.NIK != r.NIK || got.Choices[MasterNIK] != (Choice{Central, MergeSame}) {
		t.Errorf("%+v", got.Person.NIK)
	}
}

// drawVariant draws a person out of few values, so that two of them often agree.
func drawVariant(t *rapid.T) normalize.Person {
	pick := func(label string, n int) int { return rapid.IntRange(0, n).Draw(t, label) }
	var p normalize.Person
	numbers := []normalize.Number{
		{}, {Digits: 16, Damage: normalize.DamagePlaceholder}, number(3174015705809003), number(3174011705809003), number(3174015705809004),
		{Value: 3174015705809000, Digits: 16, Trust: normalize.TrustDoubtful, Damage: normalize.DamageNumericCell},
		{Value: 3174015705809003, Digits: 16, Trust: normalize.TrustDoubtful, Damage: normalize.DamageNumericCell},
	}
	words := []string{"", "SITI AMINAH", "SITI A", "AMINAH", "SITI AMINA", "S AMINAH"}
	p.NIK, p.KK = numbers[pick("nik", 6)], numbers[pick("kk", 6)]
	p.Name.Words, p.Mother.Words = words[pick("name", 5)], words[pick("mother", 5)]
	if p.Name.Words != "" {
		p.Name.Father = []string{"", "AHMAD"}[pick("father", 1)]
	}
	p.BirthDate = []normalize.Date{0, 19800517, 19800000, 19800500, 19800101, 19790517}[pick("birth", 5)]
	p.BirthPlace = []string{"", "JAKARTA", "BOGOR"}[pick("place", 2)]
	p.Sex, p.Relation, p.Status = normalize.Sex(pick("sex", 2)), normalize.Relation(pick("relation", 2)), normalize.Status(pick("status", 2))
	p.Identifier = []string{"", "AB12345", "AB12346"}[pick("identifier", 2)]
	p.Address = normalize.Address{
		Street: []string{"", "MELATI", "MAWAR"}[pick("street", 2)], House: []string{"", "7"}[pick("house", 1)], RT: uint16(pick("rt", 1)), RW: uint16(pick("rw", 1)),
	}
	p.Area.Code = []uint64{0, 3174011005, 3174010000, 3174021001}[pick("area", 3)]
	if p.Area.Code == 0 {
		p.Area.Place, p.Area.Postcode = []string{"", "BANKSTOWN"}[pick("village", 1)], []string{"", "2200"}[pick("postcode", 1)]
	}
	return p
}

func drawPrecedence(t *rapid.T) (p Precedence) {
	for f := range p {
		p[f] = Side(rapid.IntRange(0, 1).Draw(t, "first"))
	}
	return p
}

func TestMergeOfEqualPersonsIsIdentity(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, p := drawVariant(t), drawPrecedence(t)
		for _, got := range []Merged{Merge(&a, &a, &p), Merge(&a, nil, &p), Merge(nil, &a, &p)} {
			if diff := cmp.Diff(a, got.Person); diff != "" {
				t.Fatal(diff)
			}
			for f, c := range got.Choices {
				if c.Differs() {
					t.Fatalf("%s differs from itself by %q", MasterField(f), c.Rule)
				}
			}
		}
	})
}

func TestMergeDoesNotDependOnWhichSideIsFirst(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b, p := drawVariant(t), drawVariant(t), drawPrecedence(t)
		var mirrored Precedence
		for f := range p {
			mirrored[f] = Regional - p[f]
		}
		one, other := Merge(&a, &b, &p), Merge(&b, &a, &mirrored)
		if diff := cmp.Diff(one.Person, other.Person); diff != "" {
			t.Fatal(diff)
		}
		for f := range one.Choices[:MasterCentralID] {
			if x, y := one.Choices[f], other.Choices[f]; x.Rule != y.Rule || x.Side == y.Side {
				t.Fatalf("%s: %v and %v", MasterField(f), x, y)
			}
		}
	})
}

// Every value of the merged person is one that a side said, address and area
// together, and nothing that was said is lost.
func TestMergeInventsNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b, p := drawVariant(t), drawVariant(t), drawPrecedence(t)
		got := Merge(&a, &b, &p)
		for f := range MasterCentralID {
			value := fieldOf(&got.Person, f)
			if !cmp.Equal(value, fieldOf(&a, f)) && !cmp.Equal(value, fieldOf(&b, f)) {
				t.Fatalf("%s is %v, of %v and %v", f, value, fieldOf(&a, f), fieldOf(&b, f))
			}
			if c := got.Choices[f]; c.Rule == MergeNothing && c.From() != "" || c.Rule == MergeSame && c.From() != "both" {
				t.Fatalf("%s: %v from %q", f, c, c.From())
			}
		}
	})
}

func TestPrefer(t *testing.T) {
	p := DefaultPrecedence()
	for _, text := range []string{"name=regional", " address = central"} {
		if err := p.Prefer(text); err != nil {
			t.Errorf("%q: %v", text, err)
		}
	}
	if p[MasterName] != Regional || p[MasterAddress] != Central || p[MasterNIK] != Central || p[MasterStatus] != Regional {
		t.Errorf("%v", p)
	}
	before := p
	for _, text := range []string{"", "name", "name=", "name=both", "rt=central", "=central", "Regional"} {
		if err := p.Prefer(text); !errors.Is(err, ErrPrecedence) || p != before {
			t.Errorf("%q is taken: %v", text, err)
		}
	}
	if err := p.Prefer("regional"); err != nil || p != everywhere(Regional) {
		t.Errorf("%v, %v", p, err)
	}
}

func TestChooseText(t *testing.T) {
	for _, c := range []struct {
		central, regional string
		want              Choice
	}{
		{"", "", Choice{Regional, MergeNothing}},
		{"a", "a", Choice{Regional, MergeSame}},
		{"a", "", Choice{Central, MergeOnly}},
		{"", "b", Choice{Regional, MergeOnly}},
		{"a", "b", Choice{Regional, MergePrecedence}},
	} {
		if got := ChooseText(c.central, c.regional, Regional); got != c.want {
			t.Errorf("%q, %q: %v", c.central, c.regional, got)
		}
	}
}
