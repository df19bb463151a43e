package match

import (
	"math/rand/v2"
	"slices"
	"testing"

	"padan/normalize"
)

// family returns four members of one household under one card.
func family() []normalize.Person {
	names := []string{"BUDI HIDAYAT", "LESTARI NINGSIH", "RAHMAT HIDAYAT", "WAHYUNI PERMATA"}
	members := make([]normalize.Person, len(names))
	for i, name := range names {
		members[i] = person(i, name, date(1970+7*i, 2+i, 11+i))
		members[i].KK = number(3174011201209777)
		members[i].Address.Street = "ANGGREK 5"
		members[i].Relation = normalize.RelationChild
	}
	members[0].Relation = normalize.RelationHead
	return members
}

func TestRemarksOnHouseholdsAndSides(t *testing.T) {
	tests := []struct {
		name    string
		prepare func(central, regional []normalize.Person) ([]normalize.Person, []normalize.Person)
		kind    ConflictKind
		records [2]int
	}{
		{"half of a household under another card", func(c, r []normalize.Person) ([]normalize.Person, []normalize.Person) {
			r[2].KK, r[3].KK = number(3174012504209888), number(3174012504209888)
			return c, r
		}, KKSplit, [2]int{4, 4}},
		{"two heads on one card", func(c, r []normalize.Person) ([]normalize.Person, []normalize.Person) {
			r[1].Relation = normalize.RelationHead
			return c, r
		}, KKManyHeads, [2]int{0, 2}},
		{"one NIK on two persons of a side", func(c, r []normalize.Person) ([]normalize.Person, []normalize.Person) {
			r[2].NIK = r[0].NIK
			return c, r
		}, DuplicateNIK, [2]int{0, 2}},
		{"somebody unlinked who contradicts their NIK", func(c, r []normalize.Person) ([]normalize.Person, []normalize.Person) {
			stranger := person(77, "GUNAWAN SITORUS", date(1966, 3, 4))
			stranger.BirthDate = date(1969, 9, 9)
			return c, append(r, stranger)
		}, NIKBirthDateDiffers, [2]int{0, 1}},
	}
	crowd := population(rand.New(rand.NewPCG(9, 9)), 2000)
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			central, regional := tt.prepare(family(), family())
			res := mustRun(t, append(central, crowd...), append(regional, crowd...), 2)
			for _, c := range res.Conflicts {
				if c.Kind == tt.kind && len(c.Central) == tt.records[Central] && len(c.Regional) == tt.records[Regional] {
					return
				}
			}
			t.Errorf("no %v with %v records", tt.kind, tt.records)
		})
	}
	t.Run("one member under another card is no split", func(t *testing.T) {
		central, regional := family(), family()
		regional[3].KK = number(3174012504209888)
		res := mustRun(t, append(central, crowd...), append(regional, crowd...), 2)
		if slices.ContainsFunc(res.Conflicts, func(c Conflict) bool { return c.Kind == KKSplit }) {
			t.Error("a split is reported")
		}
	})
}

func TestDuplicates(t *testing.T) {
	base := person(1, "SUKARDI WIJOYO", date(1980, 5, 17))
	tests := []struct {
		name   string
		second func(p *normalize.Person)
		source int
		kind   ConflictKind
	}{
		{"the same row twice", func(*normalize.Person) {}, 0, DuplicateNIK},
		{"again without a NIK", func(p *normalize.Person) { p.NIK = normalize.Number{} }, 0, DuplicatePerson},
		{"again in the list of another kota", func(p *normalize.Person) { p.Area.Code = 3171011001 }, 1, ClaimedByTwoRegions},
	}
	crowd := population(rand.New(rand.NewPCG(4, 4)), 2000)
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			second := base
			tt.second(&second)
			c, r := tablesOf(append([]normalize.Person{base}, crowd...), append([]normalize.Person{base}, crowd...))
			r.Add(&second, tt.source)
			res, err := Run(t.Context(), c, r, DefaultModel(), Options{})
			if err != nil {
				t.Fatal(err)
			}
			d := res.Duplicates[Regional]
			if len(d) != 1 || d[0].Of != 0 || d[0].Kind != tt.kind || res.Outcomes[Regional][0] != Matched {
				t.Errorf("duplicates %+v, first record %v", d, res.Outcomes[Regional][0])
			}
		})
	}
}
