package main

import (
	"fmt"
	"runtime"

	"github.com/spf13/cobra"
)

// version is the version of padan; it is kept with sources and runs. A release is
// built with another by -ldflags "-X main.version=...".
var version = "0.1.0"

func newVersionCommand(g *globals) *cobra.Command {
	return &cobra.Command{
		Use: "version", Short: "Print the version", Args: cobra.NoArgs,
		Long: "Print the version of padan and of the Go release it was built with.\n\nEXIT STATUS\n  0",
		RunE: func(*cobra.Command, []string) error {
			g.started = true
			g.resultText(fmt.Sprintf("padan %s (%s %s/%s)\n", version, runtime.Version(), runtime.GOOS, runtime.GOARCH))
			return g.emit("version", struct {
				Version string `json:"version"`
				Go      string `json:"go"`
				OS      string `json:"os"`
				Arch    string `json:"arch"`
			}{version, runtime.Version(), runtime.GOOS, runtime.GOARCH})
		},
	}
}
