package main

import (
	_ "embed" // the example
	"errors"
	"fmt"
	"io/fs"
	"os"

	"github.com/spf13/cobra"
)

// The example of padan.toml, by language.
var (
	//go:embed padan_id.toml
	exampleIndonesian []byte
	//go:embed padan_en.toml
	exampleEnglish []byte
)

// errConfigExists: a file of the user's is not written over.
var errConfigExists = errors.New("the file exists")

func newInitCommand(g *globals) *cobra.Command {
	return &cobra.Command{
		Use: "init", Short: "Write an example of padan.toml, which padan run follows", Args: cobra.NoArgs,
		Long: `Write an example of padan.toml with every key explained, into the current folder or to
where --config says. A file that exists is left as it is.

EXIT STATUS
  0  done
  1  the file exists
  13 it cannot be written`,
		RunE: func(*cobra.Command, []string) error {
			g.started = true
			if _, err := os.Lstat(g.config); err == nil || !errors.Is(err, fs.ErrNotExist) {
				return fmt.Errorf("%s: %w", g.config, errConfigExists)
			}
			example := exampleIndonesian
			if g.text.code == "en" {
				example = exampleEnglish
			}
			if err := writeWhole(g.config, example); err != nil {
				return err
			}
			g.result(msgInitWritten, g.config)
			return nil
		},
	}
}
