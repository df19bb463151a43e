package report

import (
	"encoding/json"
	"time"

	"padan/match"
)

// manifestName is the file that lists the files of a folder of reports.
const manifestName = "manifest.json"

// ManifestOptions are what the files of a report depend on beside its run.
type ManifestOptions struct {
	Language     Language `json:"lang"`
	Mask         bool     `json:"mask"`
	Parts        []string `json:"only"`
	Formats      []string `json:"format"`
	Package      string   `json:"package"`
	CSVDelimiter string   `json:"csv_delimiter"`
	CSVBOM       bool     `json:"csv_bom"`
	// Prefer is the side that comes first for each field of the master list.
	Prefer map[string]string `json:"prefer,omitempty"`
	Grounds
}

// manifest is what manifest.json holds.
type manifest struct {
	Version string           `json:"padan"`
	Run     manifestRun      `json:"run"`
	Options ManifestOptions  `json:"options"`
	Sources []manifestSource `json:"sources"`
	Files   []FileInfo       `json:"files"`
}

type manifestRun struct {
	Number  int64     `json:"id"`
	Started time.Time `json:"started_at"`
	Version string    `json:"padan"`
}

type manifestSource struct {
	Side   string `json:"side"`
	Name   string `json:"name"`
	Rows   int64  `json:"rows"`
	SHA256 string `json:"sha256"`
}

// WriteManifest adds to a folder the list of its finished files with their
// SHA-256, and what they were made from: by it anybody can tell later whether
// they are what padan wrote. Version is that of the program that writes. The same
// files give the same bytes.
func WriteManifest(folder *Folder, s *Summary, version string, o ManifestOptions) error {
	m := manifest{
		Version: version, Options: o, Sources: []manifestSource{}, Files: folder.Files(),
		Run: manifestRun{Number: s.Run.Number, Started: s.Run.Started.UTC(), Version: s.Run.Version},
	}
	for side := range s.Sources {
		for i := range s.Sources[side] {
			source := &s.Sources[side][i]
			m.Sources = append(m.Sources, manifestSource{match.Side(side).String(), source.Name, source.Rows, source.SHA256})
		}
	}
	f, err := folder.Create(manifestName)
	if err != nil {
		return err
	}
	encoder := json.NewEncoder(f)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	if err := encoder.Encode(m); err != nil {
		f.discard()
		return failed(f.place, err)
	}
	return f.publish()
}
