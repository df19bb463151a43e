package normalize

import (
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

func drawPerson(t *rapid.T) Person {
	number := rapid.Custom(func(t *rapid.T) Number {
		n := Number{
			Value:  rapid.Uint64().Draw(t, "value"),
			Digits: rapid.Uint8().Draw(t, "digits"),
			Trust:  Trust(rapid.Uint8Max(uint8(TrustFull)).Draw(t, "trust")),
			Damage: Damage(rapid.Uint8Max(uint8(DamageUnreadable)).Draw(t, "damage")),
			Hashed: rapid.Bool().Draw(t, "hashed"),
		}
		if n.Hashed {
			n.Stated = Stated(rapid.Uint32().Draw(t, "stated"))
		}
		return n
	})
	p := Person{
		NIK: number.Draw(t, "nik"), KK: number.Draw(t, "kk"),
		BirthDate: Date(rapid.Uint32().Draw(t, "birth")),
		Sex:       Sex(rapid.Uint8Max(uint8(Female)).Draw(t, "sex")),
		Relation:  Relation(rapid.Uint8Max(uint8(RelationOther)).Draw(t, "relation")),
		Status:    Status(rapid.Uint8Max(uint8(StatusMoved)).Draw(t, "status")),
		Area:      Area{Code: rapid.Uint64().Draw(t, "area")},
	}
	p.Address.RT = rapid.Uint16().Draw(t, "rt")
	p.Address.RW = rapid.Uint16().Draw(t, "rw")
	for _, text := range p.texts() {
		*text = rapid.String().Draw(t, "text")
	}
	near := NeighbourhoodOf(ReadNIK("3174010101909001", false), true, testHasher("a key"))
	p.NIKNear = rapid.SampledFrom([]Neighbourhood{"", near}).Draw(t, "nik near")
	p.KKNear = rapid.SampledFrom([]Neighbourhood{"", near[:near.beforeAt()]}).Draw(t, "kk near")
	return p
}

func TestCodecRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		want := drawPerson(t)
		encoded := want.AppendBinary([]byte("kept"))
		got, err := DecodePerson(string(encoded[len("kept"):]))
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Fatal(diff)
		}
		if string(encoded[:4]) != "kept" {
			t.Fatal("the prefix changed")
		}
		if _, err := DecodePerson(string(encoded[4 : len(encoded)-1])); !errors.Is(err, ErrCodec) {
			t.Fatalf("cut bytes decode with %v", err)
		}
		if _, err := DecodePerson(string(encoded[4:]) + "x"); !errors.Is(err, ErrCodec) {
			t.Fatalf("surplus bytes decode with %v", err)
		}
	})
}

// TestCodecHoldsEveryField fails when Person grows a text the codec forgets.
func TestCodecHoldsEveryField(t *testing.T) {
	p := samplePerson()
	p.NIK.Hashed, p.NIK.Stated = true, StatedZero
	p.NIKNear = NeighbourhoodOf(ReadNIK("3174010101909001", false), true, testHasher("a key"))
	p.KKNear = p.NIKNear[:p.NIKNear.beforeAt()]
	got, err := DecodePerson(string(p.AppendBinary(nil)))
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(p, got); diff != "" {
		t.Error(diff)
	}
	p.NIKNear = p.NIKNear[:20]
	if _, err := DecodePerson(string(p.AppendBinary(nil))); !errors.Is(err, ErrCodec) {
		t.Errorf("half a neighbourhood decodes with %v", err)
	}
}

func samplePerson() Person {
	name := Name{Words: "MUHAMMAD RIDWAN", Alias: "DODO", Father: "HASAN"}
	return Person{
		NIK: ReadNIK("3174010101909001", false), KK: ReadKK("3174010101159001", false), Name: name,
		Mother: Name{Words: "SITI ROHANI", Alias: "ANI", Father: "SALIM"}, BirthDate: 19900101, BirthPlace: "JAKARTA",
		Sex: Male, Relation: RelationChild, Status: StatusMoved,
		Address: Address{Street: "CEMPAKA WANGI 3", House: "21", RT: 5, RW: 12},
		Area:    Area{Code: 3174011001, Place: "TEBET"},
	}
}

func TestDecodePersonAllocatesNothing(t *testing.T) {
	p := samplePerson()
	encoded := string(p.AppendBinary(nil))
	allocs := testing.AllocsPerRun(100, func() {
		if _, err := DecodePerson(encoded); err != nil {
			t.Fatal(err)
		}
	})
	if allocs > 0 {
		t.Errorf("%v allocations", allocs)
	}
}

func FuzzDecodePerson(f *testing.F) {
	p := samplePerson()
	f.Add(p.AppendBinary(nil))
	f.Add((&Person{}).AppendBinary(nil))
	f.Add([]byte{personVersion, 0xff, 0xff, 0xff})
	f.Fuzz(func(t *testing.T, data []byte) {
		p, err := DecodePerson(string(data))
		if err != nil {
			if !errors.Is(err, ErrCodec) || p != (Person{}) {
				t.Fatalf("%v with %+v", err, p)
			}
			return
		}
		again, err := DecodePerson(string(p.AppendBinary(nil)))
		if err != nil || again != p {
			t.Fatalf("%+v became %+v (%v)", p, again, err)
		}
	})
}

func BenchmarkDecodePerson(b *testing.B) {
	p := samplePerson()
	encoded := string(p.AppendBinary(nil))
	b.ReportAllocs()
	b.ReportMetric(float64(len(encoded)), "bytes/person")
	for b.Loop() {
		if _, err := DecodePerson(encoded); err != nil {
			b.Fatal(err)
		}
	}
}
