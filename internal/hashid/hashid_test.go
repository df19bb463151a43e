package hashid

import (
	"bytes"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"padan/normalize"

	"pgregory.net/rapid"
)

const secret = "a key of thirty-two bytes or more"

func mustKey(t testing.TB) Key {
	t.Helper()
	key, err := NewKey([]byte(secret))
	if err != nil {
		t.Fatal(err)
	}
	return key
}

func TestKeyMustBeASecret(t *testing.T) {
	for _, c := range []struct {
		name, secret string
		want         error
	}{
		{"empty", "", ErrShortKey},
		{"31 bytes", secret[:31], ErrShortKey},
		{"31 bytes and a line end", secret[:31] + "\r\n", ErrShortKey},
		{"32 bytes", secret[:32], nil},
		{"repeated", strings.Repeat("abcdefg", 10), ErrWeakKey},
		{"8 different bytes", strings.Repeat("abcdefgh", 4), nil},
		{"endless", strings.Repeat(secret, 200), ErrLongKey},
	} {
		if _, err := NewKey([]byte(c.secret)); !errors.Is(err, c.want) {
			t.Errorf("%s: %v", c.name, err)
		}
	}
}

func TestKeyNeverShows(t *testing.T) {
	key := mustKey(t)
	for _, shown := range []string{fmt.Sprint(key), fmt.Sprintf("%+v", key), fmt.Sprintf("%#v", key)} {
		if shown != "key" {
			t.Errorf("a key shows as %q", shown)
		}
	}
}

func TestWrittenKeyIsRead(t *testing.T) {
	path := filepath.Join(t.TempDir(), "key")
	if err := WriteKey(path); err != nil {
		t.Fatal(err)
	}
	first, err := os.ReadFile(path)
	if err != nil || len(first) != 65 {
		t.Fatal(len(first), err)
	}
	key, err := ReadKey(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, append(bytes.TrimSpace(first), "\r\n"...), 0o600); err != nil {
		t.Fatal(err)
	}
	if again, err := ReadKey(path); err != nil || again.Name() != key.Name() {
		t.Error("an editor's line end makes another key", err)
	}
	if err := WriteKey(path); !errors.Is(err, os.ErrExist) {
		t.Errorf("a key that is there is overwritten: %v", err)
	}
	if runtime.GOOS == "windows" {
		return
	}
	if err := os.Chmod(path, 0o640); err != nil {
		t.Fatal(err)
	}
	if _, err := ReadKey(path); !errors.Is(err, ErrOpenKey) || strings.Contains(err.Error(), string(first[:8])) {
		t.Errorf("a key that others may read: %v", err)
	}
}

// TestHashIsHMACSHA256 holds the hashes to the standard: another program with the
// key makes the same ones.
func TestHashIsHMACSHA256(t *testing.T) {
	mac := hmac.New(sha256.New, []byte(secret))
	mac.Write([]byte{'x', 0})
	mac.Write(binary.BigEndian.AppendUint64(nil, 3174010101909001))
	want := binary.BigEndian.Uint64(mac.Sum(nil)) >> 1
	h := New(mustKey(t))
	for range 2 { // the second one after a Reset
		if got := h.Exact(3174010101909001); got != want {
			t.Errorf("%x, want %x", got, want)
		}
	}
}

func TestHashesOfPartsAndPlacesHaveNothingInCommon(t *testing.T) {
	h := New(mustKey(t))
	seen := map[uint64]bool{}
	for _, part := range []byte{normalize.PartBlank, normalize.PartSorted, normalize.PartBefore, normalize.PartLength, normalize.PartFiller, partExact} {
		for place := range byte(20) {
			seen[h.Hash(part, place, 3174010101909001)] = true
		}
	}
	if len(seen) != 6*20 {
		t.Errorf("%d different hashes of %d", len(seen), 6*20)
	}
}

func person(nik, kk string) normalize.Person {
	return normalize.Person{
		NIK: normalize.ReadNIK(nik, false), KK: normalize.ReadKK(kk, false), Name: normalize.Name{Words: "BUDI SANTOSO"},
		BirthDate: 19900101, Sex: normalize.Male, Identifier: "A1234567",
	}
}

// TestPersonKeepsWhatANumberIsWorth: damage, digits and trust stay, digits do not.
func TestPersonKeepsWhatANumberIsWorth(t *testing.T) {
	h := New(mustKey(t))
	for _, c := range []struct{ nik, kk string }{
		{"3174010101909001", "3174010101159001"},
		{"317401010190900", "31740101011590011"},
		{"3,17401E+15", "TIDAK ADA"},
		{"0000000000000000", ""},
		{"0317401100190001", "3174010101159001"},
		{"4174010101909001", "3174011301159001"},
	} {
		p := person(c.nik, c.kk)
		before := p
		h.Person(&p)
		for _, pair := range [...][2]normalize.Number{{before.NIK, p.NIK}, {before.KK, p.KK}} {
			a, b := pair[0], pair[1]
			if a.Trust != b.Trust || a.Damage != b.Damage || a.Digits != b.Digits || (a.Value != 0) != b.Hashed {
				t.Errorf("%s, %s: %+v became %+v", c.nik, c.kk, a, b)
			}
			if a.Value != 0 && a.Value == b.Value {
				t.Error("a number stays")
			}
		}
		if p.Identifier == before.Identifier || p.Identifier == "" {
			t.Error("another number stays")
		}
	}
}

// TestPersonHoldsNoNumber puts a number in every text that a person has.
func TestPersonHoldsNoNumber(t *testing.T) {
	const number = "X 3174010101909001"
	p := person("3174010101909001", "3174010101159001")
	p.Name = normalize.Name{Words: number, Alias: number, Father: number}
	p.Mother.Words, p.BirthPlace, p.Identifier = number, number, number
	p.Address = normalize.Address{Street: number, House: number}
	p.Area = normalize.Area{Place: number, Postcode: number, State: number}
	New(mustKey(t)).Person(&p)
	for i, cell := range p.AppendExchange(nil) {
		if strings.Contains(cell, "3174") {
			t.Errorf("the column %s holds a number", normalize.ExchangeTitles("k")[i])
		}
	}
}

// TestExchangeReadsBack writes hashed persons as cells and reads the same persons.
func TestExchangeReadsBack(t *testing.T) {
	h := New(mustKey(t))
	n := normalize.New(normalize.ExchangeColumns(), normalize.Options{Exchange: true, Near: normalize.ExchangeNear()})
	text := rapid.SampledFrom([]string{"", "BUDI", "SITI AMINAH", "-5", "=1+1", "'N", "@A", "B 9/16"})
	rapid.Check(t, func(t *rapid.T) {
		p := normalize.Person{
			NIK:       normalize.ReadNIK(rapid.SampledFrom([]string{"3174010101909001", "3174014101909001", "317401010190900", "", "-", "3,17401E+15", "31740101019090011"}).Draw(t, "nik"), rapid.Bool().Draw(t, "numeric")),
			KK:        normalize.ReadKK(rapid.SampledFrom([]string{"3174010101159001", "31740101011590", "", "X"}).Draw(t, "kk"), false),
			Name:      normalize.Name{Words: rapid.SampledFrom([]string{"BUDI SANTOSO", "N"}).Draw(t, "name"), Alias: text.Draw(t, "alias"), Father: text.Draw(t, "father")},
			Mother:    normalize.Name{Words: text.Draw(t, "mother")},
			BirthDate: rapid.SampledFrom([]normalize.Date{0, 19900101, 19900000, 19900500, 20000229}).Draw(t, "birth"),
			Sex:       normalize.Sex(rapid.IntRange(0, 2).Draw(t, "sex")),
			Relation:  normalize.Relation(rapid.IntRange(0, int(normalize.RelationOther)).Draw(t, "relation")),
			Status:    normalize.Status(rapid.IntRange(0, 2).Draw(t, "status")),
			Address:   normalize.Address{Street: text.Draw(t, "street"), House: text.Draw(t, "house"), RT: uint16(rapid.IntRange(0, 999).Draw(t, "rt")), RW: uint16(rapid.IntRange(0, 999).Draw(t, "rw"))},
			Area: rapid.SampledFrom([]normalize.Area{
				{}, {Code: 3174011001}, {Code: 3174010000, Place: "TEBET"}, {Place: "PARIS", Postcode: "75001", State: "FRANCE"},
			}).Draw(t, "area"),
			BirthPlace: text.Draw(t, "place"), Identifier: text.Draw(t, "identifier"),
		}
		h.Person(&p)
		cells := p.AppendExchange(nil)
		got, _ := n.Person(cells, nil)
		if got != p {
			t.Fatalf("%+v\nreads back as\n%+v", p, got)
		}
		decoded, err := normalize.DecodePerson(string(p.AppendBinary(nil)))
		if err != nil || decoded != p {
			t.Fatalf("%+v\nis decoded as\n%+v, %v", p, decoded, err)
		}
	})
}

func TestTextsHoldNoNumber(t *testing.T) {
	for text, want := range map[string]string{
		"":                                  "",
		"JL MELATI 3 NO 21":                 "JL MELATI 3 NO 21",
		"BUDI 3174010101909001":             "BUDI",
		"3174010101909001":                  "",
		"A 31.7401.010190.9001 B":           "A B",
		"A 3174 0101 0190 9001/3174 0101 B": "A B",
		"TELP 081234567890":                 "TELP 081234567890",
		"X 3174010101909001 Y 3174010101909002 Z": "X Y Z",
	} {
		if got := withoutNumbers(text); got != want {
			t.Errorf("%q becomes %q, want %q", text, got, want)
		}
	}
}

func BenchmarkPerson(b *testing.B) {
	h := New(mustKey(b))
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		p := person("3174010101909001", "3174010101159001")
		p.KK.Value += uint64(i / 7 % 9000) // seven persons to a household
		h.Person(&p)
	}
}
