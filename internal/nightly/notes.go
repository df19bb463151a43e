package nightly

import (
	"encoding/json"

	"padan/internal/store"
)

// Notes are what padan keeps with a run beside its result, as the JSON of its
// options.
type Notes struct {
	Decisions Decisions         `json:"decisions"`
	Areas     [2]map[string]int `json:"areas"` // by side: persons by code of the kelurahan
}

// Decisions tell which decisions of reviewers a run followed.
type Decisions struct {
	Same      int    `json:"same"`
	Different int    `json:"different"`
	Absent    int    `json:"absent"` // one of the two records is not loaded, or says something else now
	Digest    string `json:"digest"` // of all that were in force
}

// ReadNotes reads the notes of a run; those of a run that has none are empty.
func ReadNotes(run *store.Run) Notes {
	var notes Notes
	if err := json.Unmarshal(run.Options, &notes); err != nil {
		return Notes{}
	}
	return notes
}
