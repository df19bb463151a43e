package nightly

import "time"

// Summary is what a night tells machines, as JSON.
type Summary struct {
	Version  string    `json:"padan"`
	Started  time.Time `json:"started_at"`
	Finished time.Time `json:"finished_at"`
	// Why the data are processed.
	Purpose    string `json:"purpose,omitempty"`
	LegalBasis string `json:"legal_basis,omitempty"`

	ExitCode int     `json:"exit_code"`
	Error    string  `json:"error,omitempty"`
	Stages   []Stage `json:"stages"`
	Files    Files   `json:"files"`
	Run      any     `json:"run,omitempty"`     // as padan status has it
	Changes  any     `json:"changes,omitempty"` // since the run before, as padan diff has them
	Alarms   []Alarm `json:"alarms"`
	Reports  string  `json:"reports,omitempty"` // the folder
	Pruned   int     `json:"pruned"`            // runs that are no longer kept
}

// Stage is a part of the work.
type Stage struct {
	Name    string  `json:"name"`
	Seconds float64 `json:"seconds"`
	Done    bool    `json:"done"` // false if it failed
	// Skipped says that its result was there already.
	Skipped bool `json:"skipped,omitempty"`
}

// Files are the files of the night by what became of them.
type Files struct {
	Loaded    []string `json:"loaded"`
	Replaced  []string `json:"replaced"` // the names of those that corrected files took the place of
	Renamed   []string `json:"renamed"`
	Withdrawn []string `json:"withdrawn"`
	Missing   []string `json:"missing"` // kept, though their files are gone
	Failed    []string `json:"failed"`
	Copies    []string `json:"copies"`
	Same      int      `json:"same"`
}

// Complete makes every list a list, so that programs find one.
func (s *Summary) Complete() {
	for _, list := range []*[]string{
		&s.Files.Loaded, &s.Files.Replaced, &s.Files.Renamed, &s.Files.Withdrawn, &s.Files.Missing, &s.Files.Failed, &s.Files.Copies,
	} {
		if *list == nil {
			*list = []string{}
		}
	}
	if s.Alarms == nil {
		s.Alarms = []Alarm{}
	}
	if s.Stages == nil {
		s.Stages = []Stage{}
	}
}
