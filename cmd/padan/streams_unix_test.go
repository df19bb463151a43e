//go:build unix

package main

import (
	"bytes"
	"context"
	"os"
	"os/exec"
	"strings"
	"testing"

	"padan/internal/fault"
)

// shell runs a line of the shell in the folder that the test is in, and returns the exit
// code and what was printed.
func shell(line string) (int, string) {
	command := exec.CommandContext(context.Background(), "sh", "-c", line)
	command.Env = append(os.Environ(), "PADAN_LANG=en")
	output, err := command.CombinedOutput()
	return statusOf(err), string(output)
}

// streamOffice has the lists of an office in the folder that the test is in, and one
// more that is not loaded.
func streamOffice(t *testing.T) *office {
	t.Helper()
	o := newOffice(t)
	t.Chdir(o.folder)
	o.padan(exitDone, "match")
	o.write("lain.csv", invented(5, 30))
	return o
}

// A result that cannot be printed is told by the exit code; what was to be done is done.
func TestFullOutput(t *testing.T) {
	if _, err := os.Stat("/dev/full"); err != nil {
		t.Skip("there is no /dev/full")
	}
	o := streamOffice(t)
	commands := []string{
		"load regional lain.csv", "load regional daerah.csv", "match", "status", "check", "explain --source pusat.csv --row 2", "diff", "audit show", "audit verify",
		"review list", "inspect lain.csv", "version", "report --out laporan --format csv", "backup salinan.db", "forget --before 2020-01-01", "evaluate --estimate",
		"completion bash",
	}
	tried, runs := 0, 2
	for _, command := range commands {
		for _, form := range []string{"", " --json"} {
			if form != "" && (testing.Short() || strings.HasPrefix(command, "completion") || command == "review list") {
				continue // no decision, no line
			}
			tried++
			if command == "match" {
				runs++
			}
			if code, text := shell("exec padan " + command + form + " > /dev/full"); code != exitStorage {
				t.Errorf("%s%s exits with %d: %s", command, form, code, text)
			}
		}
	}
	if text := o.padan(exitDone, "status"); !strings.Contains(text, "lain.csv") || !strings.Contains(text, "Last run: "+itoa(runs)+" ") {
		t.Errorf("the work was not done: %s", text)
	}
	o.padan(exitDone, "check")
	fault.Tried(t, "full_output", tried, "exit code 13; the work itself is done")
}

// Without a standard input, or with one that is at its end, a command says that there is
// nothing, and does not wait.
func TestStandardInputClosed(t *testing.T) {
	o := streamOffice(t)
	tried := 0
	for _, from := range []string{"<&-", "</dev/null"} {
		for command, want := range map[string]int{
			"load regional -": exitFailed, "inspect -": exitFailed, "lookup - --direction reference --out hasil.csv": exitFailed,
			"status": exitDone, "match": exitDone, "check": exitDone, "review import -": exitFailed,
		} {
			tried++
			if code, text := shell("exec padan " + command + " " + from); code != want || want == exitFailed && !strings.Contains(text, "padan: ") {
				t.Errorf("%s %s exits with %d: %s", command, from, code, text)
			}
		}
	}
	// Nor does a file that is opened take the place of a stream that is closed.
	for _, closed := range []string{">&-", "2>&-", "<&- >&- 2>&-"} {
		tried++
		shell("exec padan load regional lain.csv " + closed)
		o.padan(exitDone, "check")
	}
	fault.Tried(t, "stdin_closed", tried, "said at once; no stream is mixed up with the database")
}

// Who stops reading what is printed does not stop the work: it is done to the end, and the
// exit code says that the result was not read.
func TestBrokenPipe(t *testing.T) {
	o := streamOffice(t)
	commands := []string{
		"status", "load regional lain.csv daerah.csv", "match", "report --out laporan --format csv", "explain --source pusat.csv --row 2", "diff", "audit show",
		"review export --out tinjau.xlsx",
	}
	tried := 0
	for _, command := range commands {
		for _, form := range []string{"", " --json"} {
			tried++
			// The reader is gone before the program begins.
			code, text := shell("mkfifo pipe; sleep 0 < pipe & exec 3> pipe; wait; rm pipe; exec padan " + command + form + " >&3")
			if code != exitStorage || strings.Contains(text, "pipe") {
				t.Errorf("%s%s exits with %d: %s", command, form, code, text)
			}
			for _, name := range leftovers(t) {
				t.Errorf("%s%s leaves %s", command, form, name)
			}
			o.padan(exitDone, "check")
		}
	}
	if text := o.padan(exitDone, "status"); !strings.Contains(text, "lain.csv") || !strings.Contains(text, "Last run: 4") {
		t.Errorf("the work was not done: %s", text)
	}
	if _, err := os.Stat("laporan/matched.csv"); err != nil {
		t.Error(err)
	}
	fault.Tried(t, "broken_pipe", tried, "the work is done to its end; exit code 13")
}

// Two processes that are started at the same moment: one writes, the other is told who
// does, or comes after it; both together leave what one after the other leaves.
func TestTwoWriters(t *testing.T) {
	o := streamOffice(t)
	o.write("lagi.csv", invented(6, 400))
	rounds := fault.Kills(t, 2)
	locked := 0
	for round := range rounds {
		if err := os.RemoveAll("dua.db"); err != nil {
			t.Fatal(err)
		}
		var processes [3]*exec.Cmd
		var said [3]bytes.Buffer
		for i, list := range []string{"lain.csv", "lagi.csv", "pusat.csv"} {
			processes[i] = exec.CommandContext(t.Context(), "padan", "load", "regional", list, "--db", "dua.db", "--lang", "en")
			processes[i].Stderr = &said[i]
		}
		for _, p := range processes {
			if err := p.Start(); err != nil {
				t.Fatal(err)
			}
		}
		for i, p := range processes {
			switch code := statusOf(p.Wait()); code {
			case exitDone:
			case exitLocked:
				locked++
			default:
				t.Errorf("round %d: exit code %d: %s", round, code, said[i].String())
			}
		}
		for _, list := range []string{"lain.csv", "lagi.csv", "pusat.csv"} {
			if code, text := shell("exec padan load regional " + list + " --db dua.db"); code != exitDone {
				t.Errorf("round %d: %s: %d: %s", round, list, code, text)
			}
		}
		if code, text := shell("exec padan check --db dua.db"); code != exitDone {
			t.Errorf("round %d: %s", round, text)
		}
		for _, name := range []string{"dua.db.audit", "dua.db.lock"} {
			if err := os.Remove(name); err != nil {
				t.Error(err)
			}
		}
	}
	fault.Tried(t, "two_writers", rounds, "three at once each time; %d were told that another writes, the others came after it", locked)
}
