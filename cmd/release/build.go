package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"time"
)

// target is a platform.
type target struct{ system, architecture string }

// targets are the platforms of a release.
var targets = []target{
	{"linux", "amd64"}, {"linux", "arm64"}, {"windows", "amd64"}, {"windows", "arm64"}, {"darwin", "amd64"}, {"darwin", "arm64"},
}

func (t target) String() string { return t.system + "/" + t.architecture }

// program is the name of padan on the platform.
func (t target) program() string {
	if t.system == "windows" {
		return "padan.exe"
	}
	return "padan"
}

// environment makes the go command work for the platform, whatever the settings of
// who builds.
func (t target) environment() []string {
	return []string{
		"GOOS=" + t.system, "GOARCH=" + t.architecture, "CGO_ENABLED=0", "GOFLAGS=", "GOEXPERIMENT=", "GOAMD64=v1", "GOARM64=v8.0",
	}
}

func targetNames() []string {
	names := make([]string, len(targets))
	for i, t := range targets {
		names[i] = t.String()
	}
	return names
}

func parseTargets(list string) ([]target, error) {
	var chosen []target
	for name := range strings.SplitSeq(list, ",") {
		i := slices.Index(targetNames(), name)
		if i < 0 {
			return nil, fmt.Errorf("-targets %q: must be of %s", name, strings.Join(targetNames(), ","))
		}
		chosen = append(chosen, targets[i])
	}
	return chosen, nil
}

// release is one release in the making.
type release struct {
	root, out, work string
	wanted          string // the version to be built; "" = that of the source
	version         string // that the program says
	targets         []target
	date            time.Time // that everything bears
	common          []entry   // what every archive holds
}

// make builds all archives and their checksums.
func (r *release) make(ctx context.Context) error {
	var err error
	if r.date, err = releaseDate(ctx, r.root); err != nil {
		return err
	}
	host := target{runtime.GOOS, runtime.GOARCH}
	program, err := r.build(ctx, host)
	if err != nil {
		return err
	}
	if r.version, err = versionOf(ctx, program); err != nil {
		return err
	}
	if r.wanted != "" && r.version != r.wanted {
		return fmt.Errorf("the program says that its version is %s, not %s", r.version, r.wanted)
	}
	if err := r.gather(ctx, program); err != nil {
		return err
	}
	if err := os.MkdirAll(r.out, 0o755); err != nil { //nolint:gosec // for everybody to read
		return err
	}
	for _, t := range r.targets {
		if t != host {
			if program, err = r.build(ctx, t); err != nil {
				return err
			}
		} else {
			program = r.place(t)
		}
		if err := r.verify(program); err != nil {
			return fmt.Errorf("%s: %w", t, err)
		}
		if err := r.pack(t, program); err != nil {
			return fmt.Errorf("%s: %w", t, err)
		}
	}
	return writeSums(r.out)
}

// place is where the program of a platform is built.
func (r *release) place(t target) string {
	return filepath.Join(r.work, t.system+"-"+t.architecture, t.program())
}

// build compiles padan for a platform.
func (r *release) build(ctx context.Context, t target) (string, error) {
	link := "-s -w"
	if r.wanted != "" {
		link += " -X main.version=" + r.wanted
	}
	cmd := exec.CommandContext(ctx, "go", "build", "-trimpath", "-buildvcs=false", "-ldflags", link, "-o", r.place(t), "./cmd/padan") //nolint:gosec // the go command
	cmd.Dir, cmd.Stderr = r.root, os.Stderr
	cmd.Env = append(os.Environ(), t.environment()...)
	if err := cmd.Run(); err != nil {
		return "", fmt.Errorf("%s: go build: %w", t, err)
	}
	return r.place(t), nil
}

// releaseDate is SOURCE_DATE_EPOCH, or else when the commit was made.
func releaseDate(ctx context.Context, root string) (time.Time, error) {
	text := os.Getenv("SOURCE_DATE_EPOCH")
	if text == "" {
		var err error
		if text, err = output(ctx, root, "git", "log", "-1", "--format=%ct"); err != nil {
			return time.Time{}, fmt.Errorf("SOURCE_DATE_EPOCH is not set, and: %w", err)
		}
	}
	seconds, err := strconv.ParseInt(text, 10, 64)
	if err != nil {
		return time.Time{}, fmt.Errorf("SOURCE_DATE_EPOCH: %w", err)
	}
	return time.Unix(seconds, 0).UTC(), nil
}

// versionOf asks a program for its version.
func versionOf(ctx context.Context, program string) (string, error) {
	text, err := output(ctx, filepath.Dir(program), program, "version", "--json", "--quiet")
	if err != nil {
		return "", err
	}
	for line := range strings.Lines(text) {
		var said struct {
			Version string `json:"version"`
		}
		if json.Unmarshal([]byte(line), &said) == nil && said.Version != "" {
			return said.Version, nil
		}
	}
	return "", errors.New("padan does not tell its version")
}

// output runs a program in a folder and returns what it prints.
func output(ctx context.Context, folder, program string, args ...string) (string, error) {
	cmd := exec.CommandContext(ctx, program, args...) //nolint:gosec // go, git or the padan that was just built
	cmd.Dir, cmd.Stderr = folder, os.Stderr
	text, err := cmd.Output()
	if err != nil {
		return "", fmt.Errorf("%s %s: %w", filepath.Base(program), strings.Join(args, " "), err)
	}
	return strings.TrimSpace(string(text)), nil
}
