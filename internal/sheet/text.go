package sheet

import (
	"bytes"
	"context"
	"io"
	"iter"
	"unicode/utf8"

	"golang.org/x/text/encoding/unicode"
)

// openText prepares the one sheet of a delimited file.
func (b *Book) openText(head []byte) error {
	encoding := detectEncoding(head)
	sample, err := decodeSample(head, encoding)
	if err != nil {
		return b.fail(err, "save the file as UTF-8")
	}
	dialect := detectDialect(sample)
	s := &Sheet{book: b}
	s.read = func(ctx context.Context, size int) iter.Seq2[[]Row, error] {
		return func(yield func([]Row, error) bool) {
			if _, err := b.file.Seek(0, io.SeekStart); err != nil {
				yield(nil, b.fail(err, "copy the file to a local disk and try again"))
				return
			}
			r := newTextReader(encoding.reader(b.file), dialect)
			readText(ctx, r, size, func(rows []Row, err error) bool {
				if err != nil {
					err = &Error{Path: b.path, Row: r.line, Err: err, Hint: "the file cannot be read to its end"}
				}
				return yield(rows, err)
			})
		}
	}
	b.sheets = []*Sheet{s}
	return nil
}

func readText(ctx context.Context, r *textReader, size int, yield func([]Row, error) bool) {
	batch := newBatcher(size)
	for {
		row, err := r.next()
		if err == nil {
			batch.add(row)
			if !batch.full() {
				continue
			}
		}
		if len(batch.rows) > 0 && !yield(batch.take(), nil) {
			return
		}
		if err == io.EOF { //nolint:errorlint // next returns it bare
			return
		}
		if err == nil {
			err = ctx.Err()
		}
		if err != nil {
			yield(nil, err)
			return
		}
	}
}

// textEncoding is how a text file is encoded; 8-bit text is taken line by line.
type textEncoding uint8

const (
	encoding8 textEncoding = iota // UTF-8, windows-1252 where a line is not UTF-8
	encodingUTF16LE
	encodingUTF16BE
)

// detectEncoding goes by the byte order mark, else by where zero bytes stand.
func detectEncoding(head []byte) textEncoding {
	switch {
	case bytes.HasPrefix(head, []byte{0xFF, 0xFE}):
		return encodingUTF16LE
	case bytes.HasPrefix(head, []byte{0xFE, 0xFF}):
		return encodingUTF16BE
	}
	even, odd := zeroBytes(head)
	switch half := len(head) / 2; {
	case half > 0 && odd*10 > half*7 && even*10 < half:
		return encodingUTF16LE
	case half > 0 && even*10 > half*7 && odd*10 < half:
		return encodingUTF16BE
	}
	return encoding8
}

func zeroBytes(head []byte) (even, odd int) {
	for i, c := range head {
		if c == 0 && i&1 == 0 {
			even++
		} else if c == 0 {
			odd++
		}
	}
	return even, odd
}

// reader decodes UTF-16 to UTF-8; 8-bit text passes as it is.
func (e textEncoding) reader(r io.Reader) io.Reader {
	switch e {
	case encodingUTF16LE:
		return unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewDecoder().Reader(r)
	case encodingUTF16BE:
		return unicode.UTF16(unicode.BigEndian, unicode.UseBOM).NewDecoder().Reader(r)
	case encoding8:
	}
	return r
}

func decodeSample(head []byte, e textEncoding) ([]byte, error) {
	if e == encoding8 {
		return head, nil
	}
	return io.ReadAll(e.reader(bytes.NewReader(head[:len(head)&^1])))
}

// looksBinary reports content that is no text in any encoding: control bytes
// other than those of text files in more than a few places, unless zero bytes
// show UTF-16.
func looksBinary(head []byte) bool {
	if detectEncoding(head) != encoding8 {
		return false
	}
	control := 0
	for _, c := range head {
		if c < 0x20 && c != '\t' && c != '\n' && c != '\r' && c != '\f' && c != 0x1A {
			control++
		}
	}
	return control > 8+len(head)/50
}

// validText returns b as valid UTF-8: as it is, or decoded from windows-1252.
func validText(b []byte) string {
	if utf8.Valid(b) {
		return string(b)
	}
	return decodeWindows1252(b)
}

// windows1252High holds the characters of windows-1252 from 0x80 to 0x9F; the
// five bytes without a character become U+FFFD.
var windows1252High = [32]rune{
	'€', 0xFFFD, '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', 0xFFFD, 'Ž', 0xFFFD,
	0xFFFD, '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', 0xFFFD, 'ž', 'Ÿ',
}

func decodeWindows1252(b []byte) string {
	text := make([]byte, 0, len(b)+8)
	for _, c := range b {
		switch {
		case c < 0x80:
			text = append(text, c)
		case c < 0xA0:
			text = utf8.AppendRune(text, windows1252High[c-0x80])
		default:
			text = utf8.AppendRune(text, rune(c))
		}
	}
	return string(text)
}
