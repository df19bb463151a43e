package sheet

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"strconv"
	"unicode/utf8"
)

// xmlScanner walks over the tags of an XML part without building a tree. Names
// are local: a prefix ("x:row") is cut off. It checks no grammar; a part that
// is no XML ends in an error or without the tags that are looked for.
type xmlScanner struct {
	source     *bufio.Reader
	text       []byte // raw text before the tag
	tag        []byte // the tag between < and >, without / at either end
	long       []byte // room for a text or tag longer than the buffer
	closing    bool   // </row>
	selfClosed bool   // <row/>
	keepText   bool   // collect text; else it is passed over
}

var errMarkup = errors.New("not well-formed")

func newXMLScanner(r io.Reader) *xmlScanner {
	return &xmlScanner{source: bufio.NewReaderSize(r, 256<<10)}
}

// next moves to the next tag; io.EOF at the end. The texts of the scanner are
// valid until the following call.
func (x *xmlScanner) next() error {
	for {
		if err := x.readText(); err != nil {
			return err
		}
		tag, err := x.readTag()
		if err != nil {
			return err
		}
		if len(tag) == 0 {
			return errMarkup
		}
		switch tag[0] {
		case '?':
			continue
		case '!':
			if err := x.skipDeclaration(tag); err != nil {
				return err
			}
			continue
		case '/':
			x.closing, x.selfClosed, x.tag = true, false, tag[1:]
		default:
			x.closing = false
			x.selfClosed = tag[len(tag)-1] == '/'
			if x.selfClosed {
				tag = tag[:len(tag)-1]
			}
			x.tag = tag
		}
		return nil
	}
}

// readText reads up to the next '<'.
func (x *xmlScanner) readText() error {
	x.text = x.text[:0]
	for {
		part, err := x.source.ReadSlice('<')
		if x.keepText && len(x.text)+len(part) <= maxCell {
			x.text = append(x.text, part...)
		}
		switch {
		case err == nil:
			if n := len(x.text); n > 0 && x.text[n-1] == '<' {
				x.text = x.text[:n-1]
			}
			return nil
		case errors.Is(err, bufio.ErrBufferFull):
		default:
			return err
		}
	}
}

// readTag reads up to the '>' that ends the tag; one inside quotes does not.
func (x *xmlScanner) readTag() ([]byte, error) {
	tag, err := x.source.ReadSlice('>')
	if err == nil && bytes.Count(tag, quote)%2 == 0 {
		return tag[:len(tag)-1], nil
	}
	x.long = x.long[:0]
	for {
		x.long = append(x.long, tag...)
		switch {
		case len(x.long) > maxCell:
			return nil, errMarkup
		case err == nil && bytes.Count(x.long, quote)%2 == 0:
			return x.long[:len(x.long)-1], nil
		case err != nil && !errors.Is(err, bufio.ErrBufferFull):
			return nil, unexpectedEnd(err)
		}
		tag, err = x.source.ReadSlice('>')
	}
}

var quote = []byte{'"'}

func unexpectedEnd(err error) error {
	if errors.Is(err, io.EOF) {
		return io.ErrUnexpectedEOF
	}
	return err
}

// skipDeclaration passes over comments; a CDATA section or a DTD, which no
// spreadsheet program writes, is refused.
func (x *xmlScanner) skipDeclaration(tag []byte) error {
	if !bytes.HasPrefix(tag, []byte("!--")) {
		return fmt.Errorf("%w: a document type or CDATA section", errMarkup)
	}
	for !bytes.HasSuffix(tag, []byte("--")) || len(tag) < 5 {
		part, err := x.source.ReadSlice('>')
		if err != nil && !errors.Is(err, bufio.ErrBufferFull) {
			return unexpectedEnd(err)
		}
		tag = append(tag[:0:0], bytes.TrimSuffix(part, []byte(">"))...)
		if len(tag) >= 2 && bytes.HasSuffix(tag, []byte("--")) {
			return nil
		}
	}
	return nil
}

// name returns the local name of the tag.
func (x *xmlScanner) name() []byte {
	end := 0
	for end < len(x.tag) && x.tag[end] > ' ' {
		end++
	}
	name := x.tag[:end]
	if colon := bytes.IndexByte(name, ':'); colon >= 0 {
		name = name[colon+1:]
	}
	return name
}

// is reports whether the tag opens (or is) an element of this local name.
func (x *xmlScanner) is(name string) bool { return !x.closing && string(x.name()) == name }

// ends reports whether the tag closes an element of this local name.
func (x *xmlScanner) ends(name string) bool { return x.closing && string(x.name()) == name }

// attribute returns the raw value of an attribute, nil if it is absent.
func (x *xmlScanner) attribute(name string) []byte {
	tag := x.tag
	for {
		at := bytes.IndexByte(tag, '=')
		if at < 0 {
			return nil
		}
		key := bytes.TrimRight(tag[:at], " \t\r\n")
		if cut := bytes.LastIndexAny(key, " \t\r\n"); cut >= 0 {
			key = key[cut+1:]
		}
		rest := bytes.TrimLeft(tag[at+1:], " \t\r\n")
		if len(rest) < 2 || rest[0] != '"' && rest[0] != '\'' {
			return nil
		}
		end := bytes.IndexByte(rest[1:], rest[0])
		if end < 0 {
			return nil
		}
		if string(key) == name {
			return rest[1 : 1+end]
		}
		tag = rest[end+2:]
	}
}

// unescape decodes entities and the _x000D_ form of characters that XML cannot
// hold; the result is valid UTF-8. dst is room to work in.
func unescape(dst, text []byte) []byte {
	dst = dst[:0]
	for i := 0; i < len(text); i++ {
		switch c := text[i]; {
		case c == '&':
			r, size := entity(text[i:])
			dst = utf8.AppendRune(dst, r)
			i += size - 1
		case c == '_' && isEscape(text[i:]):
			n, err := strconv.ParseUint(string(text[i+2:i+6]), 16, 32)
			if err == nil && n >= ' ' {
				dst = utf8.AppendRune(dst, rune(n))
			} else if err == nil {
				dst = append(dst, ' ')
			}
			i += 6
		default:
			dst = append(dst, c)
		}
	}
	if !utf8.Valid(dst) {
		dst = bytes.ToValidUTF8(dst, []byte("\uFFFD"))
	}
	return dst
}

// isEscape recognises _xHHHH_.
func isEscape(text []byte) bool {
	if len(text) < 7 || text[1] != 'x' || text[6] != '_' {
		return false
	}
	for _, c := range text[2:6] {
		if (c < '0' || c > '9') && (c|0x20 < 'a' || c|0x20 > 'f') {
			return false
		}
	}
	return true
}

// entity decodes the entity at the start of text and returns its length; what
// is none stands for itself.
func entity(text []byte) (rune, int) {
	end := bytes.IndexByte(text[:min(len(text), 12)], ';')
	if end < 2 {
		return '&', 1
	}
	switch name := string(text[1:end]); {
	case name == "amp":
		return '&', end + 1
	case name == "lt":
		return '<', end + 1
	case name == "gt":
		return '>', end + 1
	case name == "quot":
		return '"', end + 1
	case name == "apos":
		return '\'', end + 1
	case name[0] == '#':
		base, digits := 10, name[1:]
		if len(digits) > 0 && digits[0]|0x20 == 'x' {
			base, digits = 16, digits[1:]
		}
		if n, err := strconv.ParseUint(digits, base, 32); err == nil && n <= utf8.MaxRune {
			return rune(n), end + 1
		}
	}
	return '&', 1
}
