package main

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"padan/internal/store"
	"padan/match"

	"pgregory.net/rapid"
)

// drawList draws a list of persons in which numbers, names and dates collide
// often, with rows that are torn, blank or nobody's.
func drawList(t *rapid.T) string {
	names := rapid.SampledFrom([]string{"BUDI SANTOSO", "BUDY SANTOSO", "SITI RAHAYU", "ST. RAHAYU", "EKO", "MUHAMMAD EKO", ""})
	dates := rapid.SampledFrom([]string{"12-05-1987", "05-12-1987", "31/12/1970", "1970", "", "bukan tanggal"})
	niks := rapid.SampledFrom([]string{
		"3174011205879001", "3174011205879002", "3174015205879003", "3174013112709004", "3174013112709005", "31740112058790", "0", "",
	})
	cards := rapid.SampledFrom([]string{"3174010101109001", "3174010101109002", "-", ""})
	odd := rapid.SampledFrom([]string{"", ",,,,", "3174011205879001", "JUMLAH,,3,,", "a,b,c,d,e,f", "NIK,NO KK,NAMA,TGL LAHIR,JK"})
	rows := rapid.SliceOfN(rapid.Custom(func(t *rapid.T) string {
		if rapid.IntRange(0, 9).Draw(t, "odd") == 0 {
			return odd.Draw(t, "row")
		}
		return strings.Join([]string{niks.Draw(t, "nik"), cards.Draw(t, "kk"), names.Draw(t, "name"), dates.Draw(t, "date"), "L"}, ",")
	}), 1, 40).Draw(t, "rows")
	return "NIK,NO KK,NAMA,TGL LAHIR,JK\n" + strings.Join(rows, "\n") + "\n3174014105889009,,RINA,01-05-1988,P\n"
}

// populations is the number of random populations that are tried.
const populations = 20

// TestReportsDoNotDependOnOrderOrWorkers loads random lists in two orders and
// matches them with one and with eight workers: the totals add up, and the
// reports have the same bytes.
func TestReportsDoNotDependOnOrderOrWorkers(t *testing.T) {
	lists := rapid.Custom(drawList)
	count := populations
	if testing.Short() {
		count = 4
	}
	for population := range count {
		folder := t.TempDir()
		files := map[string][]string{}
		for i, side := range []string{"central", "central", "regional", "regional"} {
			path := filepath.Join(folder, fmt.Sprintf("%s%d.csv", side, i))
			if err := os.WriteFile(path, []byte(lists.Example(4*population+i)), 0o600); err != nil {
				t.Fatal(err)
			}
			files[side] = append(files[side], path)
		}
		runRoad(t, folder, "a", files, "1")
		slices.Reverse(files["central"])
		slices.Reverse(files["regional"])
		runRoad(t, folder, "b", files, "8")
		for _, name := range []string{"matched", "unmatched_central", "unmatched_regional", "conflicts", "duplicates", "rejected", "recap", "data_induk", "data_induk_kk"} {
			a, b := mustRead(t, folder, "a", name), mustRead(t, folder, "b", name)
			if a != b {
				t.Errorf("population %d: %s.csv differs:\n%s\n%s", population, name, a, b)
			}
			if _, err := csv.NewReader(strings.NewReader(a)).ReadAll(); err != nil {
				t.Errorf("population %d: %s.csv: %v", population, name, err)
			}
		}
		checkMaster(t, folder, population)
	}
}

// checkMaster holds the master list to its promises: every record of the run
// stands in one row, and every household has the persons that name it.
func checkMaster(t *testing.T, folder string, population int) {
	t.Helper()
	persons, homes := mustReadCSV(t, filepath.Join(folder, "a/data_induk.csv")), mustReadCSV(t, filepath.Join(folder, "a/data_induk_kk.csv"))
	seen, households, ids := map[string]int{}, map[string]int{}, map[string]bool{}
	for _, row := range persons {
		places := strings.Split(row["Baris ganda yang disatukan"], "; ")
		for _, side := range []string{"Pusat", "Daerah"} {
			places = append(places, strings.TrimPrefix(row["Berkas ("+side+")"]+":"+row["Baris ("+side+")"], ":"))
		}
		records := 0
		for _, place := range places {
			if place != "" {
				seen[place]++
				records++
			}
		}
		if row["Jumlah data"] != strconv.Itoa(records) || ids[row["ID orang"]] {
			t.Errorf("population %d: %d records in %v", population, records, row)
		}
		ids[row["ID orang"]] = true
		households[row["No. keluarga"]]++
		if (row["No. keluarga"] == "") != (row["No. KK"] == "") {
			t.Errorf("population %d: a household without KK, or the reverse: %v", population, row)
		}
	}
	for place, times := range seen {
		if times != 1 {
			t.Errorf("population %d: %s stands %d times", population, place, times)
		}
	}
	s, err := store.Open(t.Context(), filepath.Join(folder, "a.db"), store.ModeRead)
	if err != nil {
		t.Fatal(err)
	}
	run, err := s.LastRun(t.Context())
	if err := errors.Join(err, s.Close()); err != nil {
		t.Fatal(err)
	}
	if total := run.Totals[match.Central].Records + run.Totals[match.Regional].Records; int64(len(seen)) != total {
		t.Errorf("population %d: %d records of %d", population, len(seen), total)
	}
	for _, row := range homes {
		number := row["No. keluarga"]
		if row["Jumlah orang"] != strconv.Itoa(households[number]) {
			t.Errorf("population %d: household %s has %d persons: %v", population, number, households[number], row)
		}
		delete(households, number)
	}
	delete(households, "")
	if len(households) > 0 {
		t.Errorf("population %d: no row for households %v", population, households)
	}
}

func mustRead(t *testing.T, folder, name, report string) string {
	t.Helper()
	content, err := os.ReadFile(filepath.Join(folder, name, report+".csv"))
	if err != nil {
		t.Fatal(err)
	}
	return string(content)
}

// runRoad loads, matches, reports and checks; match and check fail where totals
// do not add up.
func runRoad(t *testing.T, folder, name string, files map[string][]string, workers string) {
	t.Helper()
	padan := func(accepted []int, args ...string) {
		var stdout, stderr bytes.Buffer
		args = append(args, "--db", filepath.Join(folder, name+".db"), "--workers", workers)
		if code := run(args, nil, &stdout, &stderr); !slices.Contains(accepted, code) {
			t.Fatalf("%s exits with %d: %s%s", args[0], code, stdout.String(), stderr.String())
		}
	}
	loaded := []int{exitDone, exitRejected}
	padan(loaded, append([]string{"load", "regional"}, files["regional"]...)...)
	padan(loaded, append([]string{"load", "central"}, files["central"]...)...)
	padan([]int{exitDone}, "match")
	padan([]int{exitDone}, "report", "--out", filepath.Join(folder, name), "--format", "csv", "--only", "lists,recap,master")
	padan([]int{exitDone}, "check")
	padan([]int{exitDone}, "status")
}
