package sheet

import (
	"bytes"
	"io"
	"unicode/utf8"

	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"
)

// textEncoding is how a text file is encoded.
type textEncoding uint8

const (
	encodingUTF8   textEncoding = iota // bytes that are not UTF-8 are windows-1252
	encoding1252                       // windows-1252 throughout
	encodingUTF16L                     // little endian
	encodingUTF16B                     // big endian
)

// detectEncoding goes by the byte order mark; else by where zero bytes stand;
// else by whether lines beyond ASCII are mostly UTF-8.
func detectEncoding(head []byte) textEncoding {
	switch {
	case bytes.HasPrefix(head, []byte("\xEF\xBB\xBF")):
		return encodingUTF8
	case bytes.HasPrefix(head, []byte{0xFF, 0xFE}):
		return encodingUTF16L
	case bytes.HasPrefix(head, []byte{0xFE, 0xFF}):
		return encodingUTF16B
	}
	even, odd := zeroBytes(head)
	switch half := len(head) / 2; {
	case odd*10 > half*7 && even*10 < half:
		return encodingUTF16L
	case even*10 > half*7 && odd*10 < half:
		return encodingUTF16B
	}
	if good, bad := countUTF8(head); bad > good {
		return encoding1252
	}
	return encodingUTF8
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

// countUTF8 counts the characters beyond ASCII and the bytes that are part of
// none. A character cut off by the end counts as neither, and so does a rare one
// of two bytes, which two letters of windows-1252 make up by chance.
func countUTF8(text []byte) (good, bad int) {
	for len(text) > 0 {
		if text[0] < utf8.RuneSelf {
			text = text[1:]
			continue
		}
		r, size := utf8.DecodeRune(text)
		switch {
		case r < 0x100 || r >= 0x800 && size > 1:
			good++
		case size > 1:
		case utf8.FullRune(text):
			bad++
		}
		text = text[size:]
	}
	return good, bad
}

// reader decodes UTF-16; 8-bit text passes as it is.
func (e textEncoding) reader(r io.Reader) io.Reader {
	switch e {
	case encodingUTF16L:
		return transform.NewReader(r, unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewDecoder())
	case encodingUTF16B:
		return transform.NewReader(r, unicode.UTF16(unicode.BigEndian, unicode.UseBOM).NewDecoder())
	case encodingUTF8, encoding1252:
	}
	return r
}

// looksBinary reports content that is no text in any encoding: too many control
// bytes other than those of text files, unless zero bytes show UTF-16. Zero bytes
// alone may be the padding of fixed fields.
func looksBinary(head []byte) bool {
	if e := detectEncoding(head); e == encodingUTF16L || e == encodingUTF16B {
		return false
	}
	control, zero := 0, 0
	for _, c := range head {
		switch {
		case c == 0:
			zero++
		case c < 0x20 && c != '\t' && c != '\n' && c != '\r' && c != '\f' && c != 0x1A:
			control++
		}
	}
	return control*100 > len(head)*2 || zero*4 > len(head)
}

// windows1252High holds the characters of windows-1252 from 0x80 to 0x9F. Five
// bytes have none.
var windows1252High = [32]rune{
	'€', utf8.RuneError, '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', utf8.RuneError, 'Ž', utf8.RuneError,
	utf8.RuneError, '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', utf8.RuneError, 'ž', 'Ÿ',
}

func windows1252(c byte) rune {
	if c >= 0x80 && c < 0xA0 {
		return windows1252High[c-0x80]
	}
	return rune(c)
}

// decode8 turns 8-bit text into UTF-8. Under encodingUTF8 the characters that
// are UTF-8 stay and the other bytes are taken as windows-1252, so that a line
// pasted from another file keeps its text. sound is false if a byte is neither.
func decode8(text string, e textEncoding) (decoded string, sound bool) {
	out := make([]byte, 0, len(text)+len(text)/2)
	sound = true
	for len(text) > 0 {
		r, size := utf8.DecodeRuneInString(text)
		if (r == utf8.RuneError && size == 1) || (e == encoding1252 && r >= utf8.RuneSelf) {
			r, size = windows1252(text[0]), 1
			sound = sound && r != utf8.RuneError
		}
		out = utf8.AppendRune(out, r)
		text = text[size:]
	}
	return string(out), sound
}

// Encoding names the encoding of delimited text, "" for other sheets. Lines in
// windows-1252 inside UTF-8 are decoded too.
func (s *Sheet) Encoding() string {
	t, ok := s.table.(textTable)
	if !ok {
		return ""
	}
	switch t.encoding {
	case encoding1252:
		return "windows-1252"
	case encodingUTF16L, encodingUTF16B:
		return "utf-16"
	case encodingUTF8:
	}
	return "utf-8"
}
