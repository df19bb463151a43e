package report

import (
	"encoding/json"
	"os"
	"path/filepath"
	"reflect"
)

// IsReportOf reports whether a folder holds, by its manifest, the report that a
// program of a version writes of a run with the given options, and all its files
// are there in their sizes.
func IsReportOf(folder string, run int64, version string, o ManifestOptions) bool {
	text, err := os.ReadFile(filepath.Join(folder, manifestName))
	if err != nil {
		return false
	}
	var m manifest
	if err := json.Unmarshal(text, &m); err != nil {
		return false
	}
	if m.Run.Number != run || m.Version != version || !reflect.DeepEqual(m.Options, o) || len(m.Files) == 0 {
		return false
	}
	for _, file := range m.Files {
		info, err := os.Stat(filepath.Join(folder, filepath.FromSlash(file.Name)))
		if err != nil || info.Size() != file.Size {
			return false
		}
	}
	return true
}
