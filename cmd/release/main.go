// Command release builds what a release of padan consists of: for each platform an
// archive with the static program, the manual pages, the completions for shells, the
// documentation and the licences, and the checksums of all archives.
//
//	go run ./cmd/release -out dist
//
// The same commit and the same release of Go give the same bytes on every machine.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"log"
	"os"
	"os/signal"
	"path/filepath"
	"strings"
)

func main() {
	log.SetFlags(0)
	log.SetPrefix("release: ")
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	err := run(ctx, os.Args[1:], os.Stdout)
	stop()
	if err != nil && !errors.Is(err, flag.ErrHelp) {
		log.Fatal(err)
	}
}

// run builds a release as the flags say, from the module of the current folder.
func run(ctx context.Context, args []string, stdout io.Writer) error {
	flags := flag.NewFlagSet("release", flag.ContinueOnError)
	out := flags.String("out", "dist", "the folder for the archives; it must be empty or not exist")
	version := flags.String("version", "", "the version (default that of the source)")
	wanted := flags.String("targets", strings.Join(targetNames(), ","), "the platforms")
	if err := flags.Parse(args); err != nil {
		return err
	}
	chosen, err := parseTargets(*wanted)
	if err != nil {
		return err
	}
	root, err := output(ctx, ".", "go", "list", "-m", "-f", "{{.Dir}}")
	if err != nil {
		return err
	}
	if entries, err := os.ReadDir(*out); err == nil && len(entries) > 0 {
		return fmt.Errorf("%s is not empty", *out)
	}
	work, err := os.MkdirTemp("", "release")
	if err != nil {
		return err
	}
	defer os.RemoveAll(work) //nolint:errcheck // a temporary folder
	r := &release{root: root, out: *out, work: work, wanted: *version, targets: chosen}
	if err := r.make(ctx); err != nil {
		return err
	}
	sums, err := os.ReadFile(filepath.Join(*out, sumsName))
	if err != nil {
		return err
	}
	_, err = stdout.Write(sums)
	return err
}
