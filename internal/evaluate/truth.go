package evaluate

import (
	"bufio"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"unique"

	"padan/match"
)

// The files that padan generate writes beside a population.
const (
	linksFile      = "truth.csv"
	duplicatesFile = "truth_duplicates.csv"
	conflictsFile  = "truth_conflicts.csv"
	householdsFile = "truth_households.csv"
)

// Errors of reading a truth.
var (
	ErrTruth   = errors.New("not a truth file")
	ErrUnknown = errors.New("rows that are not loaded")
)

// place is where a truth says a record stands: in a row of a list, or under an
// id. It is small, since there are millions.
type place struct {
	name unique.Handle[placeName]
	row  int32
	side match.Side
}

// placeName is a list, or an id.
type placeName struct {
	file  string // base name
	sheet string
	id    string
}

func placeOfRow(side match.Side, file, sheet string, row int) place {
	return place{unique.Make(placeName{file: file, sheet: sheet}), int32(row), side}
}

func placeOfID(side match.Side, id string) place {
	return place{name: unique.Make(placeName{id: id}), side: side}
}

type trueLink struct {
	places    [2]place // by side
	ambiguous bool     // the rows do not say enough for anybody to be sure
	faults    string   // codes joined with "+"
	line      int
}

type trueDuplicate struct {
	row, of place
	kind    string
}

type trueConflict struct {
	kind   string
	places []place
}

// cardPair is a central and a regional KK number.
type cardPair [2]uint64

// truth is what is known about two lists.
type truth struct {
	path       string
	byID       bool
	links      []trueLink
	duplicates []trueDuplicate
	conflicts  []trueConflict
	households map[cardPair]bool // true: ambiguous
	whole      bool              // duplicates and conflicts are known too
}

// readTruth reads the folder of padan generate, or one file of true links.
func readTruth(path string) (*truth, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, err //nolint:wrapcheck // names the file
	}
	t := &truth{path: path}
	if !info.IsDir() {
		return t, t.readLinks(path)
	}
	t.path = filepath.Join(path, linksFile)
	if err := t.readLinks(t.path); err != nil {
		return nil, err
	}
	t.whole = true
	for _, part := range []struct {
		name string
		read func(string) error
	}{{duplicatesFile, t.readDuplicates}, {conflictsFile, t.readConflicts}, {householdsFile, t.readHouseholds}} {
		switch err := part.read(filepath.Join(path, part.name)); {
		case errors.Is(err, fs.ErrNotExist):
			t.whole = t.whole && part.name == householdsFile
		case err != nil:
			return nil, err
		}
	}
	return t, nil
}

func (t *truth) readLinks(path string) error {
	return readTable(path, func(header []string) error {
		t.byID = slices.Contains(header, "central_id") && slices.Contains(header, "regional_id")
		if !t.byID && (!slices.Contains(header, "central_row") || !slices.Contains(header, "regional_row")) {
			return fmt.Errorf("%w: want the columns central_id and regional_id, or central_file, central_row, regional_file and regional_row", ErrTruth)
		}
		return nil
	}, func(r record) error {
		l := trueLink{ambiguous: r.text("ambiguous") == "1", faults: unique.Make(r.text("faults")).Value(), line: r.line}
		for side, prefix := range []string{"central_", "regional_"} {
			var err error
			if l.places[side], err = r.place(match.Side(side), prefix, t.byID); err != nil {
				return err
			}
		}
		t.links = append(t.links, l)
		return nil
	})
}

func (t *truth) readDuplicates(path string) error {
	return readTable(path, nil, func(r record) error {
		side := sideOf(r.text("side"))
		row, err1 := r.place(side, "", false)
		of, err2 := r.place(side, "of_", false)
		t.duplicates = append(t.duplicates, trueDuplicate{row, of, r.text("kind")})
		return errors.Join(err1, err2)
	})
}

func (t *truth) readConflicts(path string) error {
	last := ""
	return readTable(path, nil, func(r record) error {
		at, err := r.place(sideOf(r.text("side")), "", false)
		if number := r.text("conflict"); number != last {
			t.conflicts = append(t.conflicts, trueConflict{kind: r.text("kind")})
			last = number
		}
		if len(t.conflicts) > 0 {
			c := &t.conflicts[len(t.conflicts)-1]
			c.places = append(c.places, at)
		}
		return err
	})
}

func (t *truth) readHouseholds(path string) error {
	households := map[cardPair]bool{}
	err := readTable(path, nil, func(r record) error {
		central, err1 := strconv.ParseUint(r.text("central_kk"), 10, 64)
		regional, err2 := strconv.ParseUint(r.text("regional_kk"), 10, 64)
		if err1 != nil || err2 != nil {
			return fmt.Errorf("%w: no KK number", ErrTruth)
		}
		households[cardPair{central, regional}] = r.text("ambiguous") == "1"
		return nil
	})
	if err == nil {
		t.households = households
	}
	return err
}

func sideOf(code string) match.Side {
	if code == match.Regional.String() {
		return match.Regional
	}
	return match.Central
}

// record is one line of a table with a header.
type record struct {
	cells   []string
	columns map[string]int
	line    int
}

// text returns the cell of a column, "" where there is no such column.
func (r *record) text(column string) string {
	i, ok := r.columns[column]
	if !ok || i >= len(r.cells) {
		return ""
	}
	return strings.TrimSpace(r.cells[i])
}

func (r *record) place(side match.Side, prefix string, byID bool) (place, error) {
	if byID {
		return placeOfID(side, r.text(prefix+"id")), nil
	}
	row, err := strconv.ParseInt(r.text(prefix+"row"), 10, 32)
	if err != nil {
		return place{}, fmt.Errorf("%w: %srow is no number", ErrTruth, prefix)
	}
	file := filepath.Base(filepath.FromSlash(r.text(prefix + "file")))
	return placeOfRow(side, file, r.text(prefix+"sheet"), int(row)), nil
}

// readTable reads a delimited file with a header line. Its errors name file and
// line, and hold nothing of the cells.
func readTable(path string, check func(header []string) error, take func(record) error) (err error) {
	f, err := os.Open(path)
	if err != nil {
		return err //nolint:wrapcheck // names the file
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	reader := csv.NewReader(bufio.NewReaderSize(f, 1<<20))
	reader.FieldsPerRecord, reader.ReuseRecord = -1, true
	columns := map[string]int{}
	for line := 1; ; line++ {
		cells, err := reader.Read()
		if errors.Is(err, io.EOF) {
			if line == 1 {
				return fmt.Errorf("%s: %w: it is empty", path, ErrTruth)
			}
			return nil
		}
		switch {
		case err != nil:
		case line == 1:
			header := make([]string, len(cells))
			for i, title := range cells {
				header[i] = strings.ToLower(strings.TrimSpace(strings.TrimPrefix(title, "\ufeff")))
				columns[header[i]] = i
			}
			if check != nil {
				err = check(header)
			}
		default:
			err = take(record{cells, columns, line})
		}
		if err != nil {
			return fmt.Errorf("%s: line %d: %w", path, line, err)
		}
	}
}
