package fault

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
)

// preface says what the table is and how it is made.
const preface = "# What padan was made to survive\n\n" +
	"Each row is a fault, and a test that brings it about. The tests note how often they did and what they saw; this\n" +
	"page is made of their notes and of nothing else, and a test compares its rows with the tests there are. \"Nothing\" is\n" +
	"lost if the database passes `padan check`, what was finished before is there, nothing half-done is visible, and the same\n" +
	"command, given again, ends as it would have done undisturbed. A process that dies is not a computer that loses power:\n" +
	"what the storage had been given and not yet written is no subject of these tests. A bit that turns over outside the packs\n" +
	"of persons, records and links is found where it contradicts something else, and may not be found in a text.\n\n" +
	"```sh\n" +
	"export PADAN_FAULTS=$PWD/faults.jsonl PADAN_KILLS=200\n" +
	"go test -count=1 -timeout 3h ./...\n" +
	"go test ./internal/fault -update\n" +
	"```\n\n" +
	"Without `PADAN_KILLS` each command is killed a few times only, as part of `go test ./...`.\n\n"

// row is a line of the table.
type row struct {
	fault, provoked string
	tried           int
	seen, lost      string
	test            string
}

// columns are the titles of the table.
var columns = []string{"fault", "how it is provoked", "tried", "what was seen", "lost", "test"}

// nothing is what a row says to be lost.
const nothing = "nothing"

func (r *row) cells() []string {
	return []string{r.fault, r.provoked, strconv.Itoa(r.tried), r.seen, r.lost, "`" + r.test + "`"}
}

// root is the folder of the module, from which tests may have gone elsewhere.
var root = moduleRoot()

func moduleRoot() string {
	folder, err := os.Getwd()
	for err == nil {
		if _, failed := os.Stat(filepath.Join(folder, "go.mod")); failed == nil || folder == filepath.Dir(folder) {
			break
		}
		folder = filepath.Dir(folder)
	}
	return folder
}

func tablePath() string { return filepath.Join(root, "RELIABILITY.md") }

// readTable reads the rows of RELIABILITY.md.
func readTable() ([]row, error) {
	text, err := os.ReadFile(tablePath())
	if err != nil {
		return nil, err
	}
	var rows []row
	for line := range strings.Lines(string(text)) {
		cells := strings.Split(strings.Trim(strings.TrimSpace(line), "|"), "|")
		if len(cells) != len(columns) {
			continue
		}
		for i := range cells {
			cells[i] = strings.TrimSpace(cells[i])
		}
		tried, err := strconv.Atoi(cells[2])
		if err != nil {
			continue // titles
		}
		rows = append(rows, row{cells[0], cells[1], tried, cells[3], cells[4], strings.Trim(cells[5], "`")})
	}
	return rows, nil
}

// table writes rows as RELIABILITY.md.
func table(rows []row) []byte {
	var text bytes.Buffer
	text.WriteString(preface)
	fmt.Fprintf(&text, "Made with %s on %s/%s.\n\n", runtime.Version(), runtime.GOOS, runtime.GOARCH)
	text.WriteString("| " + strings.Join(columns, " | ") + " |\n" + strings.Repeat("|--", len(columns)) + "|\n")
	for i := range rows {
		text.WriteString("| " + strings.Join(rows[i].cells(), " | ") + " |\n")
	}
	return text.Bytes()
}

// readNotes reads a file of notes; of a test that ran twice, the later one counts.
func readNotes(path string) (map[[2]string]Note, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer file.Close() //nolint:errcheck // only read
	notes := map[[2]string]Note{}
	lines := bufio.NewScanner(file)
	for number := 1; lines.Scan(); number++ {
		var n Note
		if err := json.Unmarshal(lines.Bytes(), &n); err != nil {
			return nil, fmt.Errorf("%s: line %d: %w", path, number, err)
		}
		notes[[2]string{n.Fault, n.Test}] = n
	}
	return notes, lines.Err()
}
