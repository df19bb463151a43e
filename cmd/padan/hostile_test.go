package main

import (
	"encoding/json"
	"fmt"
	"io"
	"os"
	"strings"
	"testing"
	"time"
)

// alike is a list of persons of whom nothing tells one from the other but the row.
func alike(rows int, person string) string {
	return "NO,NAMA,TGL LAHIR,JK,ALAMAT,KELURAHAN\n" + strings.Repeat("1,"+person+"\n", rows)
}

// comparedPairs matches lists and returns how many pairs the rules kept.
func comparedPairs(t *testing.T, central, regional string) int64 {
	t.Helper()
	o := &office{t, t.TempDir()}
	o.padan(exitDone, "load", "central", o.write("pusat.csv", central), "--without-nik")
	o.padan(exitDone, "load", "regional", o.write("daerah.csv", regional), "--without-nik")
	compared := int64(0)
	for line := range strings.Lines(o.padan(exitDone, "match", "--json")) {
		var rule ruleLine
		if err := json.Unmarshal([]byte(line), &rule); err != nil {
			t.Fatal(err)
		}
		compared += rule.New
	}
	o.padan(exitDone, "check")
	return compared
}

// TestAlikePersonsAreNotAllCompared holds that blocks in which everybody is like
// everybody cost no more than in proportion to the persons: twice as many make twice
// as many pairs, not four times, and each of them still has its outcome.
func TestAlikePersonsAreNotAllCompared(t *testing.T) {
	few := 600
	if testing.Short() {
		few = 100
	}
	for name, person := range map[string]string{
		"same name, birth date and area": "BUDI SANTOSO,12-05-1987,L,JL MELATI,TEBET TIMUR",
		"same name and birth date":       "BUDI SANTOSO,12-05-1987,L,,",
		"a name of many words":           strings.Repeat("SATU DUA TIGA EMPAT LIMA ", 200) + ",12-05-1987,L,JL MELATI,TEBET TIMUR",
		"a very long word":               strings.Repeat("A", 20_000) + ",12-05-1987,L,JL MELATI,TEBET TIMUR",
	} {
		t.Run(name, func(t *testing.T) {
			persons := few
			if len(person) > 1000 {
				persons = few / 20
			}
			once := comparedPairs(t, alike(persons, person), alike(persons, person))
			twice := comparedPairs(t, alike(2*persons, person), alike(2*persons, person))
			if most := 3*once + int64(200*persons); twice > most {
				t.Errorf("%d persons make %d pairs, %d make %d", persons, once, 2*persons, twice)
			}
		})
	}
}

// hanging is far more than a slow machine takes for what is linear.
const hanging = 3 * time.Minute

// TestHostileListsEnd reads lists made to take long, or to be told at length.
func TestHostileListsEnd(t *testing.T) {
	o := &office{t, t.TempDir()}
	times := 50_000
	if testing.Short() {
		times = 5_000
	}
	many := strings.Repeat("NIK,", 16_000)
	for name, list := range map[string]string{
		"many titles":        strings.Repeat("JUDUL,", 20*times) + "\n1,2\n",
		"one title often":    "NAMA," + many + "\nBUDI,1\n",
		"long titles":        "NAMA," + strings.Repeat(strings.Repeat("X", 10_000)+",", 50) + "\nBUDI,1\n",
		"one line":           "NIK,NAMA\n" + strings.Repeat("BUDI SANTOSO ", 20*times),
		"groups":             "NIK,NAMA\n" + strings.Repeat("RT 001,\nRW 002,\n", times),
		"families":           "NIK,NAMA,NO KK,ALAMAT\n" + strings.Repeat("3174011205879001,BUDI,,\n", times),
		"a long address":     "NO KK,ALAMAT,NIK,NAMA\n3174010101109001," + strings.Repeat("X", 500_000) + ",3174011205879001,BUDI\n" + strings.Repeat(",,3174011205879002,SITI\n", 2000),
		"headings, repeated": strings.Repeat("NIK,NAMA\n", 2*times),
	} {
		t.Run(name, func(t *testing.T) {
			begun := time.Now()
			var stderr strings.Builder
			run([]string{"inspect", o.write("daftar.csv", list), "--lang", "en", "--db", o.path("padan.db")}, nil, io.Discard, &stderr)
			run([]string{"load", "central", o.path("daftar.csv"), "--lang", "en", "--db", o.path("padan.db")}, nil, io.Discard, &stderr)
			if took := time.Since(begun); took > hanging {
				t.Errorf("took %s", took)
			}
			if stderr.Len() > 20_000 {
				t.Errorf("messages of %d characters", stderr.Len())
			}
		})
	}
	info, err := os.Stat(o.path("padan.db"))
	if err != nil {
		t.Fatal(err)
	}
	if info.Size() > 64<<20 {
		t.Errorf("the database has %d MB", info.Size()>>20)
	}
}

// TestListedTitlesAreFew holds that a message lists titles as far as a person reads.
func TestListedTitlesAreFew(t *testing.T) {
	if got := listedTitles([]string{"NIK", "NAMA"}); got != "NIK, NAMA" {
		t.Errorf("got %q", got)
	}
	titles := []string{strings.Repeat("é", longestListed+1)}
	for i := range mostListed + 4 {
		titles = append(titles, fmt.Sprint(i))
	}
	want := strings.Repeat("é", longestListed) + "…, 0, 1"
	if got := listedTitles(titles); !strings.HasPrefix(got, want) || !strings.HasSuffix(got, "28, … (+5)") {
		t.Errorf("got %q", got)
	}
}
