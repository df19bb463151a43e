package sheet

import (
	"bytes"
	"errors"
	"io"
	"unicode/utf8"
)

// htmlScanner splits a web page into tags and the text between them. It takes
// whatever comes: what is no tag is text.
type htmlScanner struct {
	source io.Reader
	buffer []byte
	from   int // unread part of buffer
	to     int
	passed int64 // bytes of the page before buffer
	ended  bool  // the source is
	raw    []byte

	// The tag or text at which the scanner is, valid until the following call.
	name       []byte // in lower case; nil at a text
	attributes []byte
	closing    bool // </td>
	text       []byte
}

// Bounds on one tag, and on the text that is taken at once.
const (
	htmlTag  = 64 << 10
	htmlText = 32 << 10
)

func newHTMLScanner(r io.Reader) *htmlScanner {
	return &htmlScanner{source: r, buffer: make([]byte, 2*htmlTag)}
}

// place returns where the page goes on behind the tag.
func (h *htmlScanner) place() int64 { return h.passed + int64(h.from) }

// fill reads more behind the unread bytes, of which there are at most htmlTag.
func (h *htmlScanner) fill() error {
	if h.ended {
		return io.EOF
	}
	copy(h.buffer, h.buffer[h.from:h.to])
	h.passed += int64(h.from)
	h.to -= h.from
	h.from = 0
	n, err := io.ReadAtLeast(h.source, h.buffer[h.to:], 1)
	h.to += n
	if errors.Is(err, io.EOF) {
		h.ended = true
		return io.EOF
	}
	return err //nolint:wrapcheck // the caller knows the page
}

// next moves to the next tag or text; io.EOF at the end.
func (h *htmlScanner) next() error {
	h.name, h.text = nil, nil
	for {
		open := bytes.IndexByte(h.buffer[h.from:h.to], '<')
		switch {
		case h.raw != nil:
			if err := h.skipRaw(); err != nil {
				return err
			}
			continue
		case open > 0:
			h.takeText(open)
			return nil
		case open < 0:
			if h.ended || h.to-h.from >= htmlText {
				if h.from == h.to {
					return io.EOF
				}
				h.takeText(h.textEnd())
				return nil
			}
			if err := h.fill(); err != nil && !errors.Is(err, io.EOF) {
				return err
			}
			continue
		}
		if err := h.markup(); err != nil {
			return err
		}
		if h.name != nil || h.text != nil {
			return nil
		}
	}
}

func (h *htmlScanner) takeText(size int) {
	h.text = h.buffer[h.from : h.from+size]
	h.from += size
}

// textEnd returns how much text there is before a character or an entity that
// the buffer cuts.
func (h *htmlScanner) textEnd() int {
	text := h.buffer[h.from:h.to]
	if h.ended {
		return len(text)
	}
	end := len(text)
	for back := 1; back < utf8.UTFMax && back < len(text); back++ {
		if utf8.RuneStart(text[len(text)-back]) {
			if !utf8.FullRune(text[len(text)-back:]) {
				end -= back
			}
			break
		}
	}
	if i := bytes.LastIndexByte(text[:end], '&'); i > 0 && end-i < 64 && bytes.IndexByte(text[i:end], ';') < 0 {
		end = i
	}
	return end
}

// markup reads what begins with the < at which the scanner is. Comments and the
// like leave neither name nor text.
func (h *htmlScanner) markup() error {
	for h.to-h.from < len("<!--") {
		if h.fill() != nil { // an error is met again where the page goes on
			break
		}
	}
	rest := h.buffer[h.from:h.to]
	switch {
	case bytes.HasPrefix(rest, []byte("<!--")):
		h.from += len("<!")
		return h.skipTo([]byte("-->"))
	case len(rest) > 1 && (rest[1] == '!' || rest[1] == '?'):
		return h.skipTo([]byte(">"))
	case len(rest) > 1 && isLetter(rest[1]), len(rest) > 2 && rest[1] == '/' && isLetter(rest[2]):
		return h.tag()
	}
	h.takeText(1)
	return nil
}

func isLetter(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' }

// skipTo moves behind a mark, or to the end.
func (h *htmlScanner) skipTo(mark []byte) error {
	for {
		if i := bytes.Index(h.buffer[h.from:h.to], mark); i >= 0 {
			h.from += i + len(mark)
			return nil
		}
		h.from = max(h.from, h.to-len(mark)+1)
		if err := h.fill(); err != nil {
			if h.ended {
				h.from = h.to
			}
			return err
		}
	}
}

// skipRaw passes over a script or a style, in which < means nothing.
func (h *htmlScanner) skipRaw() error {
	for {
		if err := h.skipTo([]byte("</")); err != nil {
			return err
		}
		for h.to-h.from < len(h.raw) {
			if err := h.fill(); err != nil {
				return err
			}
		}
		if bytes.EqualFold(h.buffer[h.from:h.from+len(h.raw)], h.raw) {
			h.raw = nil
			return h.skipTo([]byte(">"))
		}
	}
}

// tag takes a tag apart. One without end is dropped as far as the buffer goes.
func (h *htmlScanner) tag() error {
	end, err := h.tagEnd()
	if err != nil {
		return err
	}
	tag := h.buffer[h.from+1 : h.from+end]
	h.from = min(h.from+end+1, h.to)
	if h.closing = tag[0] == '/'; h.closing {
		tag = tag[1:]
	}
	size := 0
	for size < len(tag) && tag[size] > ' ' && tag[size] != '/' {
		if tag[size] >= 'A' && tag[size] <= 'Z' {
			tag[size] |= 0x20
		}
		size++
	}
	h.name, h.attributes = tag[:size], tag[size:]
	if !h.closing && isHiddenElement(h.name) && !bytes.HasSuffix(tag, []byte("/")) {
		h.raw = bytes.Clone(h.name)
	}
	return nil
}

// tagEnd returns where the tag ends: at the first > that is not in the quotes of
// an attribute. If a quote does not close within a tag's bound, it counts as none.
func (h *htmlScanner) tagEnd() (int, error) {
	quote, value := byte(0), false
	for at := 1; ; at++ {
		if h.from+at == h.to {
			if at >= htmlTag || h.ended {
				break
			}
			if err := h.fill(); err != nil && !errors.Is(err, io.EOF) {
				return 0, err
			}
			at--
			continue
		}
		switch c := h.buffer[h.from+at]; {
		case quote != 0:
			if c == quote {
				quote = 0
			}
		case c == '>':
			return at, nil
		case c == '=':
			value = true
		case (c == '"' || c == '\'') && value:
			quote, value = c, false
		case c > ' ':
			value = false
		}
	}
	if end := bytes.IndexByte(h.buffer[h.from:h.to], '>'); end > 0 {
		return end, nil
	}
	return h.to - h.from, nil
}

// nextHTMLAttribute takes the first attribute off: a name without its prefix, and
// a value that may stand without quotes or not at all. A nil key ends it.
func nextHTMLAttribute(attributes []byte) (key, value, rest []byte) {
	at := 0
	for at < len(attributes) && (attributes[at] <= ' ' || attributes[at] == '/' || attributes[at] == '=') {
		at++
	}
	from := at
	for at < len(attributes) && attributes[at] > ' ' && attributes[at] != '=' && attributes[at] != '/' {
		at++
	}
	if from == at {
		return nil, nil, nil
	}
	key = attributes[from:at]
	if i := bytes.LastIndexByte(key, ':'); i >= 0 {
		key = key[i+1:]
	}
	rest = bytes.TrimLeft(attributes[at:], " \t\r\n\f")
	if len(rest) == 0 || rest[0] != '=' {
		return key, nil, rest
	}
	rest = bytes.TrimLeft(rest[1:], " \t\r\n\f")
	if len(rest) > 0 && (rest[0] == '"' || rest[0] == '\'') {
		if end := bytes.IndexByte(rest[1:], rest[0]); end >= 0 {
			return key, rest[1 : 1+end], rest[2+end:]
		}
	}
	end := bytes.IndexAny(rest, " \t\r\n\f")
	if end < 0 {
		end = len(rest)
	}
	return key, rest[:end], rest[end:]
}

// isHiddenElement names the elements whose content is not shown. LibreOffice
// writes the notes of cells as <comment>.
func isHiddenElement(name []byte) bool {
	return string(name) == "script" || string(name) == "style" || string(name) == "comment"
}
