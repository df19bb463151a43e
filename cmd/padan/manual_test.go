package main

import (
	"bytes"
	"io"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

const manualDate = "2026-01-31"

func TestManualTellsEveryCommandAndFlag(t *testing.T) {
	pages := manual(manualDate)
	var visit func(cmd *cobra.Command)
	visit = func(cmd *cobra.Command) {
		if !cmd.IsAvailableCommand() && cmd.HasParent() || cmd.Name() == "help" {
			return
		}
		page := string(pages[pageName(cmd)+".1"])
		for _, section := range []string{"NAME", "SYNOPSIS", "DESCRIPTION"} {
			if !strings.Contains(page, `.SH "`+section+`"`) {
				t.Errorf("the page of %s has no section %s", cmd.CommandPath(), section)
			}
		}
		if strings.Contains(cmd.Long, "EXIT STATUS") && !strings.Contains(page, `.SH "EXIT STATUS"`) {
			t.Errorf("the page of %s says nothing of its exit status", cmd.CommandPath())
		}
		cmd.NonInheritedFlags().VisitAll(func(f *pflag.Flag) {
			if !strings.Contains(page, roffText("--"+f.Name)) {
				t.Errorf("the page of %s says nothing of --%s", cmd.CommandPath(), f.Name)
			}
		})
		for _, sub := range cmd.Commands() {
			visit(sub)
		}
	}
	visit(newRootCommand(newGlobals(nil, nil, &bytes.Buffer{}, &bytes.Buffer{})))
}

func TestManualDependsOnNothing(t *testing.T) {
	t.Setenv("PADAN_LANG", "id")
	first := manual(manualDate)
	t.Setenv("PADAN_LANG", "en")
	t.Setenv("PADAN_DB", "elsewhere.db")
	if !maps.EqualFunc(first, manual(manualDate), bytes.Equal) {
		t.Error("the pages depend on who writes them")
	}
}

// TestManualRenders has the pages set by the programs that show them, where there are
// any.
func TestManualRenders(t *testing.T) {
	folder := t.TempDir()
	for name, page := range manual(manualDate) {
		path := filepath.Join(folder, name)
		if err := os.WriteFile(path, page, 0o600); err != nil {
			t.Fatal(err)
		}
		check(t, "man", "--warnings", "-E", "UTF-8", "-Tutf8", "-Z", "-l", path)
		check(t, "mandoc", "-T", "lint", "-W", "warning", path)
	}
}

// TestCompletionsAreScripts has each shell read its completions, where it is installed.
func TestCompletionsAreScripts(t *testing.T) {
	for _, shell := range []string{"bash", "zsh", "fish", "powershell"} {
		var script bytes.Buffer
		if code := run([]string{"completion", shell}, nil, &script, io.Discard); code != exitDone || script.Len() == 0 {
			t.Errorf("padan completion %s: code %d, %d bytes", shell, code, script.Len())
		}
		path := filepath.Join(t.TempDir(), "script")
		if err := os.WriteFile(path, script.Bytes(), 0o600); err != nil {
			t.Fatal(err)
		}
		if shell != "powershell" {
			check(t, shell, "-n", path)
		}
	}
}

// check wants a program, if it is installed, to succeed and to have nothing to say on
// its standard error.
func check(t *testing.T, program string, args ...string) {
	t.Helper()
	if _, err := exec.LookPath(program); err != nil {
		return
	}
	cmd := exec.CommandContext(t.Context(), program, args...)
	cmd.Env = append(os.Environ(), "LC_ALL=C.UTF-8", "MANWIDTH=80", "MANROFFSEQ=")
	var complaints bytes.Buffer
	cmd.Stderr = &complaints
	if err := cmd.Run(); err != nil || complaints.Len() > 0 {
		t.Errorf("%s %s: %v %s", program, filepath.Base(args[len(args)-1]), err, complaints.String())
	}
}
