package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"padan/internal/fault"
)

// nightFolder is a folder in which files come and go, with a padan.toml.
type nightFolder struct {
	*office
	toml string
}

func newNightFolder(t *testing.T, extra string) *nightFolder {
	t.Helper()
	o := &office{t, t.TempDir()}
	for _, folder := range []string{"pusat", "daerah"} {
		if err := os.Mkdir(o.path(folder), 0o700); err != nil {
			t.Fatal(err)
		}
	}
	toml := o.write("padan.toml", `db = "padan.db"
[report]
out = "laporan"
format = ["csv"]
only = ["lists", "recap"]
[run]
alarm-rate-falls = 0
alarm-rows-fall = 0
alarm-rejected = 0
alarm-vanished = false
`+extra+`
[[run.central]]
files = ["pusat/*"]
[[run.regional]]
files = ["daerah/*.csv"]
`)
	return &nightFolder{o, toml}
}

// night runs padan run, which must exit with one of the codes, and returns its
// summary.
func (n *nightFolder) night(codes ...int) (summary nightSummary) {
	n.t.Helper()
	var out, errors strings.Builder
	code := run([]string{"run", "--config", n.toml, "--lang", "en"}, nil, &out, &errors)
	if !slices.Contains(codes, code) {
		n.t.Fatalf("padan run exits with %d, want %v: %s%s", code, codes, out.String(), errors.String())
	}
	n.discreet([]string{"run"}, out.String()+errors.String())
	text, err := os.ReadFile(n.path("laporan/run.json"))
	if err != nil {
		n.t.Fatal(err)
	}
	if err := json.Unmarshal(text, &summary); err != nil {
		n.t.Fatal(err)
	}
	if summary.ExitCode != code {
		n.t.Fatalf("run.json says %d, the exit code is %d", summary.ExitCode, code)
	}
	return summary
}

type nightSummary struct {
	ExitCode int `json:"exit_code"`
	Stages   []struct {
		Name    string `json:"name"`
		Skipped bool   `json:"skipped"`
	} `json:"stages"`
	Files struct {
		Loaded, Replaced, Renamed, Withdrawn, Missing, Failed []string
		Same                                                  int
	} `json:"files"`
	Alarms []struct {
		Code    string `json:"code"`
		Subject string `json:"subject"`
	} `json:"alarms"`
}

// invented returns some invented people as a list; seed and size make it another.
func invented(seed uint64, size int) string {
	random := rand.New(rand.NewPCG(seed, 7))
	names := []string{"BUDI", "SITI", "RAHMAT", "WAHYUNI", "LESTARI", "SLAMET", "PERMATA", "GUNAWAN"}
	var text strings.Builder
	text.WriteString("NIK,NOKK,NAMA,TGL LAHIR,JK,ALAMAT,RT,RW,KELURAHAN\n")
	for range size {
		n := random.IntN(400)
		day, month, year := 1+n%28, 1+n%12, 50+n%50
		fmt.Fprintf(&text, "317401%02d%02d%02d%04d,31740101010%05d,%s %s,%02d-%02d-19%02d,L,JL MAWAR %d,1,2,BUKIT DURI\n",
			day, month, year, 9000+n, 10000+n/4, names[n%8], names[n/8%8], day, month, year, n/4)
	}
	return text.String()
}

// lists reads the CSV reports.
func (n *nightFolder) lists(folder string) map[string]string {
	n.t.Helper()
	found := map[string]string{}
	for _, name := range []string{"matched", "unmatched_central", "unmatched_regional", "conflicts", "duplicates", "households", "rejected", "recap"} {
		text, err := os.ReadFile(n.path(filepath.Join(folder, name+".csv")))
		if err != nil {
			n.t.Fatal(err)
		}
		found[name] = string(text)
	}
	return found
}

// Thirty nights of files that are added, corrected, renamed, taken away and
// damaged: each morning's reports are those of a new database with the files of
// that night.
func TestThirtyNights(t *testing.T) {
	n := newNightFolder(t, `missing = "withdraw"`+"\nkeep = 3")
	random := rand.New(rand.NewPCG(3, 3))
	n.write("pusat/pusat.csv", invented(1, 300))
	files := map[string]bool{}
	nights := 30
	if testing.Short() {
		nights = 5
	}
	var blows struct{ tried, hit int }
	for night := range nights {
		name := fmt.Sprintf("daerah/kel%02d.csv", random.IntN(12))
		switch action := random.IntN(6); {
		case action <= 1 || len(files) == 0:
			n.write(name, invented(uint64(night+10), 20+random.IntN(30)))
			files[name] = true
		case action == 2 && files[name]:
			if err := os.Remove(n.path(name)); err != nil {
				t.Fatal(err)
			}
			delete(files, name)
		case action == 3 && files[name]:
			to := fmt.Sprintf("daerah/baru%02d.csv", night)
			if err := os.Rename(n.path(name), n.path(to)); err != nil {
				t.Fatal(err)
			}
			delete(files, name)
			files[to] = true
		case action == 4:
			n.write("pusat/pusat.csv", invented(uint64(night+100), 280+night))
		default:
			n.write(name, "JUDUL TANPA KOLOM\nx\n")
			files[name] = true
		}
		if night%7 == 3 {
			blows.hit, blows.tried = blows.hit+n.killHalfWay(), blows.tried+1
		}
		n.night(exitDone, exitRejected, exitConflicts)
		fresh := n.fresh(files)
		for report, text := range n.lists("laporan") {
			if fresh[report] != text {
				t.Fatalf("night %d: %s differs from that of a new database:\n%s\n%s", night, report, text, fresh[report])
			}
		}
	}
	n.padan(exitDone, "check")
	if blows.hit == 0 {
		t.Error("no night was killed half-way")
	}
	fault.Tried(t, "kill_night", blows.tried, "of %d nights; %d were killed before they ended", nights, blows.hit)
}

// killHalfWay starts padan run as a process of its own and kills it once it says that
// its first stage is done; 1 if that was before its end. A night that is over sooner
// has written its report.
func (n *nightFolder) killHalfWay() int {
	n.t.Helper()
	command := exec.CommandContext(n.t.Context(), "padan", "run", "--config", n.toml, "--lang", "en", "--verbose")
	stderr, err := command.StderrPipe()
	if err != nil {
		n.t.Fatal(err)
	}
	if err := command.Start(); err != nil {
		n.t.Fatal(err)
	}
	for lines := bufio.NewScanner(stderr); lines.Scan(); {
		if strings.HasPrefix(lines.Text(), "load: ") {
			break
		}
	}
	if err := command.Process.Kill(); err != nil && !errors.Is(err, os.ErrProcessDone) {
		n.t.Fatal(err)
	}
	_ = command.Wait() // killed
	if command.ProcessState.Exited() {
		return 0
	}
	return 1
}

// fresh loads the files of the night into a new database and reports.
func (n *nightFolder) fresh(files map[string]bool) map[string]string {
	n.t.Helper()
	db := n.path("fresh.db")
	_ = os.Remove(db)
	padan := func(args ...string) {
		var out, errors strings.Builder
		code := run(append(args, "--db", db, "--lang", "en", "--config", ""), nil, &out, &errors)
		if !slices.Contains([]int{exitDone, exitRejected, exitFailed}, code) {
			n.t.Fatalf("%v: %d: %s%s", args, code, out.String(), errors.String())
		}
	}
	padan("load", "central", n.path("pusat/pusat.csv"))
	for name := range files {
		padan("load", "regional", n.path(name))
	}
	padan("match")
	padan("report", "--out", n.path("fresh"), "--format", "csv", "--only", "lists,recap")
	return n.lists("fresh")
}
