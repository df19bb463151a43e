package main

import (
	"bytes"
	"encoding/xml"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

const examples = "../../docs/examples"

func readExample(t *testing.T, name string) string {
	t.Helper()
	content, err := os.ReadFile(filepath.Join(examples, name))
	if err != nil {
		t.Fatal(err)
	}
	return string(content)
}

// checkNight wants a command line to be a padan run that waits for the lock.
func checkNight(t *testing.T, line string) {
	t.Helper()
	words := strings.Fields(line)
	if program := path.Base(words[0]); program != "padan" && program != "padan.exe" {
		t.Fatalf("%q runs %s", line, program)
	}
	g := newGlobals(nil, nil, &bytes.Buffer{}, &bytes.Buffer{})
	cmd, rest, err := newRootCommand(g).Find(words[1:])
	if err != nil || cmd.Name() != "run" {
		t.Fatalf("%q is no padan run: %v", line, err)
	}
	if err := cmd.ParseFlags(rest); err != nil || cmd.ValidateArgs(cmd.Flags().Args()) != nil {
		t.Errorf("%q: %v", line, err)
	}
	if g.waitLock == 0 || !g.quiet || g.progress != "none" {
		t.Errorf("%q does not wait for the lock, or says more than a log needs", line)
	}
}

// cronCommand is the command of the only line of a crontab that is due at some time.
func cronCommand(text string) (command string, ok bool) {
	field := `[0-9*,/-]+`
	due := regexp.MustCompile(`(?m)^`+strings.Repeat(field+`\s+`, 5)+`(\S.*)$`).FindAllStringSubmatch(text, -1)
	if len(due) != 1 {
		return "", false
	}
	return due[0][1], true
}

// cronLine FILE writes the command of docs/examples/padan.cron to a file, for the
// folder of the script instead of /srv/padan.
func cronLine(ts *testscript.TestScript, _ bool, args []string) {
	text, err := os.ReadFile(filepath.Join(examples, "padan.cron"))
	ts.Check(err)
	command, ok := cronCommand(string(text))
	if !ok {
		ts.Fatalf("padan.cron has not one line with five fields and a command")
	}
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), []byte(strings.ReplaceAll(command, "/srv/padan", ts.Getenv("WORK"))+"\n"), 0o600))
}

func TestCronExample(t *testing.T) {
	text := readExample(t, "padan.cron")
	for line := range strings.Lines(text) {
		if assignment := regexp.MustCompile(`^[A-Z]+=\S+$`); !strings.HasPrefix(line, "#") && strings.TrimSpace(line) != "" &&
			!assignment.MatchString(strings.TrimSpace(line)) && !strings.Contains(line, "padan run") {
			t.Errorf("cron does not understand %q", line)
		}
	}
	command, ok := cronCommand(text)
	if !ok || strings.Contains(command, "%") { // which ends the line for cron
		t.Fatalf("%q", command)
	}
	_, night, _ := strings.Cut(command, "&& ")
	night, _, _ = strings.Cut(night, " >>")
	checkNight(t, night)
}

// readUnit reads a unit of systemd: the values of each key, by section and key.
func readUnit(t *testing.T, text string) map[string][]string {
	t.Helper()
	unit := map[string][]string{}
	section := ""
	for line := range strings.Lines(text) {
		line = strings.TrimSpace(line)
		switch key, value, ok := strings.Cut(line, "="); {
		case line == "" || strings.HasPrefix(line, "#"):
		case strings.HasPrefix(line, "[") && strings.HasSuffix(line, "]"):
			section = strings.Trim(line, "[]")
		case ok && section != "":
			unit[section+"."+key] = append(unit[section+"."+key], value)
		default:
			t.Errorf("systemd does not understand %q", line)
		}
	}
	return unit
}

func TestSystemdExamples(t *testing.T) {
	service, timer := readExample(t, "padan.service"), readExample(t, "padan.timer")
	unit, clock := readUnit(t, service), readUnit(t, timer)
	for key, want := range map[string]string{
		"Service.Type": "oneshot", "Service.SuccessExitStatus": "3 4", "Service.UMask": "0077", "Service.PrivateNetwork": "yes",
		"Service.ProtectSystem": "strict", "Service.ReadWritePaths": "/srv/padan", "Service.WorkingDirectory": "/srv/padan",
		"Service.NoNewPrivileges": "yes", "Service.StandardOutput": "append:/srv/padan/padan.log",
	} {
		if got := unit[key]; !slices.Equal(got, []string{want}) {
			t.Errorf("padan.service: %s=%q, want %q", key, got, want)
		}
	}
	for key, want := range map[string]string{"Timer.Persistent": "true", "Timer.Unit": "padan.service", "Install.WantedBy": "timers.target"} {
		if got := clock[key]; !slices.Equal(got, []string{want}) {
			t.Errorf("padan.timer: %s=%q, want %q", key, got, want)
		}
	}
	if len(unit["Service.ExecStart"]) != 1 || len(clock["Timer.OnCalendar"]) != 1 {
		t.Fatalf("%q, %q", unit["Service.ExecStart"], clock["Timer.OnCalendar"])
	}
	checkNight(t, unit["Service.ExecStart"][0])
	verifyUnits(t, map[string]string{"padan.service": service, "padan.timer": timer})
}

// verifyUnits asks systemd itself, where it is installed; the units then run a program
// that exists.
func verifyUnits(t *testing.T, units map[string]string) {
	t.Helper()
	program, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	if _, err := exec.LookPath("systemd-analyze"); err != nil {
		return
	}
	args := []string{"verify", "--man=no", "--recursive-errors=no"}
	folder := t.TempDir()
	for name, text := range units {
		place := filepath.Join(folder, name)
		if err := os.WriteFile(place, []byte(strings.ReplaceAll(text, "/usr/local/bin/padan", program)), 0o600); err != nil {
			t.Fatal(err)
		}
		args = append(args, place)
	}
	check(t, "systemd-analyze", args...)
}

// windowsTask is what a task of the Windows Task Scheduler says.
type windowsTask struct {
	XMLName  xml.Name `xml:"http://schemas.microsoft.com/windows/2004/02/mit/task Task"`
	Start    string   `xml:"Triggers>CalendarTrigger>StartBoundary"`
	Days     int      `xml:"Triggers>CalendarTrigger>ScheduleByDay>DaysInterval"`
	Settings struct {
		MultipleInstancesPolicy string
		StartWhenAvailable      bool
		Enabled                 bool
	}
	Command          string `xml:"Actions>Exec>Command"`
	Arguments        string `xml:"Actions>Exec>Arguments"`
	WorkingDirectory string `xml:"Actions>Exec>WorkingDirectory"`
}

func TestWindowsExamples(t *testing.T) {
	var task windowsTask
	if err := xml.Unmarshal([]byte(readExample(t, "padan-task.xml")), &task); err != nil {
		t.Fatal(err)
	}
	if task.Days != 1 || !strings.HasSuffix(task.Start, "T02:15:00") || !task.Settings.StartWhenAvailable || !task.Settings.Enabled ||
		task.Settings.MultipleInstancesPolicy != "IgnoreNew" {
		t.Errorf("%+v", task)
	}
	if task.Command != `C:\padan\padan-night.cmd` || task.Arguments != "" || task.WorkingDirectory != `C:\padan` {
		t.Errorf("it runs %q %q in %q", task.Command, task.Arguments, task.WorkingDirectory)
	}
	script := readExample(t, "padan-night.cmd")
	if !strings.Contains(script, "cd /d "+task.WorkingDirectory) {
		t.Error("the script works in another folder than the task")
	}
	night := regexp.MustCompile(`(?m)^(padan\.exe .*) >>padan\.log 2>&1$`).FindStringSubmatch(script)
	if night == nil {
		t.Fatalf("no padan.exe in %q", script)
	}
	checkNight(t, night[1])
	_, after, _ := strings.Cut(script, night[0])
	if ends := regexp.MustCompile(`(?m)^(if|exit).*$`).FindAllString(after, -1); !slices.Equal(ends, []string{
		"if %errorlevel%==3 exit /b 0", "if %errorlevel%==4 exit /b 0", "exit /b %errorlevel%",
	}) {
		t.Errorf("it ends with %q", ends)
	}
}
