package sheet

import (
	"context"
	"fmt"
	"io"
	"strings"
)

// textTable is the one table of a delimited file.
type textTable struct {
	book     *Book
	encoding textEncoding
	dialect  dialect
}

// openText prepares the one sheet of a delimited file.
func (b *Book) openText(head []byte) error {
	if looksBinary(head) {
		return b.fail(ErrBinary, hintSave)
	}
	t := textTable{book: b, encoding: detectEncoding(head)}
	whole := int64(len(head)) == b.size
	sample, err := io.ReadAll(t.encoding.reader(strings.NewReader(string(head))))
	if err != nil {
		return b.fail(fmt.Errorf("cannot be decoded: %w", err), "save the file as UTF-8")
	}
	text := strings.TrimPrefix(strings.ReplaceAll(string(sample), "\x00", ""), "\uFEFF")
	if whole && strings.Trim(text, " \t\r\n\x1A") == "" {
		return b.fail(ErrEmpty, hintEmpty)
	}
	t.dialect = detectDialect(text, whole, &b.limits)
	b.kind = KindText
	b.sheets = []*Sheet{{book: b, text: true, table: t}}
	return nil
}

func (t textTable) rows() (rowReader, error) {
	return newTextReader(t.encoding.reader(t.book.content()), t.encoding, t.dialect, &t.book.limits), nil
}

func (t textTable) layout(context.Context) (Layout, error) { return Layout{}, nil }
