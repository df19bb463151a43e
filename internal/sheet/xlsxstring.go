package sheet

import (
	"archive/zip"
	"errors"
	"fmt"
	"io"
	"sync"
)

// stringTable holds the shared strings of a workbook in one piece of memory. It
// is read when the first sheet is.
type stringTable struct {
	file *zip.File
	once sync.Once
	err  error
	text string
	ends []uint32 // end of each string in text
}

// load reads the table; the answer is the same for every call.
func (t *stringTable) load() error {
	t.once.Do(func() {
		if t.file != nil {
			if t.err = t.read(); t.err != nil {
				t.err = fmt.Errorf("shared strings: %w", t.err)
			}
		}
	})
	return t.err
}

func (t *stringTable) read() error {
	part, err := t.file.Open()
	if err != nil {
		return fmt.Errorf("cannot be unpacked: %w", err)
	}
	defer part.Close() //nolint:errcheck // only read
	x := newXMLScanner(&limited{source: part, left: maxStrings})
	var all, item, scratch []byte
	take, phonetic := false, false
	for {
		x.keepText = take
		err := x.next()
		if errors.Is(err, io.EOF) && !errors.Is(err, io.ErrUnexpectedEOF) {
			break
		}
		if err != nil {
			return err
		}
		if take {
			item = append(item, x.text...)
			take = false
		}
		switch {
		case x.is("si"):
			item = item[:0]
			if x.selfClosed {
				t.ends = append(t.ends, uint32(len(all)))
			}
		case x.ends("si"):
			scratch = unescape(scratch, item)
			all = append(all, scratch...)
			t.ends = append(t.ends, uint32(len(all)))
		case x.is("rPh"):
			phonetic = !x.selfClosed
		case x.ends("rPh"):
			phonetic = false
		case x.is("t") && !phonetic:
			take = !x.selfClosed
		}
	}
	t.text = string(all)
	return nil
}

// at returns a shared string, "" if there is none of this number.
func (t *stringTable) at(i int) string {
	if i < 0 || i >= len(t.ends) {
		return ""
	}
	from := uint32(0)
	if i > 0 {
		from = t.ends[i-1]
	}
	return t.text[from:t.ends[i]]
}
