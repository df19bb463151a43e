package sheet

import (
	"bytes"
	"errors"
	"fmt"
	"io"
)

// xmlScanner walks over the tags of an XML part without building a tree. Names
// are local: a prefix ("x:row") is cut off. It checks no grammar; a part that is
// no XML ends in an error or without the tags that are looked for.
type xmlScanner struct {
	source io.Reader
	buffer []byte
	from   int // unread part of buffer
	to     int
	passed int64 // bytes of the part before buffer
	limit  int   // bytes of one text or tag

	// The tag at which the scanner is, valid until the following call.
	name       []byte
	qualified  []byte // the name with its prefix
	attributes []byte
	closing    bool // </row>
	empty      bool // <row/>

	keep bool   // collect the text before the next tag
	text []byte // that text, with its entities
	more []byte // text before a comment or a CDATA section
}

var errMarkup = errors.New("not well-formed")

// markupLimit bounds the text between two tags, and a tag.
const markupLimit = 8 << 20

func newXMLScanner(r io.Reader) *xmlScanner {
	return &xmlScanner{source: r, buffer: make([]byte, 128<<10), limit: markupLimit}
}

// fill reads more behind the unread bytes.
func (x *xmlScanner) fill() error {
	if x.from > 0 {
		copy(x.buffer, x.buffer[x.from:x.to])
		x.to -= x.from
		x.passed += int64(x.from)
		x.from = 0
	}
	if x.to == len(x.buffer) {
		if len(x.buffer) >= x.limit {
			return fmt.Errorf("%w: a text without end", errMarkup)
		}
		x.buffer = append(x.buffer, make([]byte, len(x.buffer))...)
	}
	for range 100 {
		n, err := x.source.Read(x.buffer[x.to:])
		x.to += n
		if n > 0 {
			return nil
		}
		if err != nil {
			return err //nolint:wrapcheck // the caller knows the part
		}
	}
	return io.ErrNoProgress
}

// find returns where c stands, counted from x.from, at or after offset.
func (x *xmlScanner) find(offset int, c byte) (int, error) {
	for {
		if i := bytes.IndexByte(x.buffer[x.from+offset:x.to], c); i >= 0 {
			return offset + i, nil
		}
		offset = x.to - x.from
		if err := x.fill(); err != nil {
			return 0, err
		}
	}
}

// next moves to the next tag; io.EOF at the end of the part.
func (x *xmlScanner) next() error {
	x.more = x.more[:0]
	for {
		open, err := x.textEnd()
		if err != nil {
			return err
		}
		end, err := x.find(open+1, '>')
		if err != nil {
			return unexpectedEnd(err)
		}
		tag := x.buffer[x.from+open+1 : x.from+end]
		if len(tag) == 0 {
			return errMarkup
		}
		switch tag[0] {
		case '?':
			x.hold(open)
			x.from += end + 1
		case '!':
			x.hold(open)
			x.from += open
			if err := x.declaration(); err != nil {
				return err
			}
		default:
			if len(tag) > 3 && bytes.Count(tag, quotationMark)&1 != 0 {
				if end, err = x.tagEnd(end); err != nil {
					return err
				}
				tag = x.buffer[x.from+open+1 : x.from+end]
			}
			x.text = x.buffer[x.from : x.from+open]
			if len(x.more) > 0 {
				x.more = append(x.more, x.text...)
				x.text = x.more
			}
			x.from += end + 1
			x.parse(tag)
			return nil
		}
	}
}

var quotationMark = []byte{'"'}

// textEnd returns where the next tag begins. Text that nobody wants is dropped
// on the way.
func (x *xmlScanner) textEnd() (int, error) {
	if x.keep {
		return x.find(0, '<')
	}
	for {
		if i := bytes.IndexByte(x.buffer[x.from:x.to], '<'); i >= 0 {
			x.from += i
			return 0, nil
		}
		x.from = x.to
		if err := x.fill(); err != nil {
			return 0, err
		}
	}
}

// tagEnd moves the end of a tag on to the first > outside quotes.
func (x *xmlScanner) tagEnd(end int) (int, error) {
	for {
		from := end + 1
		var err error
		if end, err = x.find(from, '>'); err != nil {
			return 0, unexpectedEnd(err)
		}
		if bytes.Count(x.buffer[x.from+from:x.from+end], quotationMark)&1 != 0 {
			return end, nil
		}
	}
}

// hold keeps the text before a comment or another thing inside of it.
func (x *xmlScanner) hold(open int) {
	if x.keep {
		x.more = append(x.more, x.buffer[x.from:x.from+open]...)
	}
}

// parse takes a tag apart.
func (x *xmlScanner) parse(tag []byte) {
	x.closing = tag[0] == '/'
	if x.closing {
		tag = tag[1:]
	}
	x.empty = len(tag) > 0 && tag[len(tag)-1] == '/'
	if x.empty {
		tag = tag[:len(tag)-1]
	}
	from := 0
	for i, c := range tag {
		if c <= ' ' {
			x.name, x.qualified, x.attributes = tag[from:i], tag[:i], tag[i+1:]
			return
		}
		if c == ':' {
			from = i + 1
		}
	}
	x.name, x.qualified, x.attributes = tag[from:], tag, nil
}

// declaration passes over a comment, and takes a CDATA section as text. A
// document type, which no spreadsheet program writes, is refused.
func (x *xmlScanner) declaration() error {
	switch {
	case x.starts("<!--"):
		return x.skipTo("-->", false)
	case x.starts("<![CDATA["):
		x.from += len("<![CDATA[")
		return x.skipTo("]]>", true)
	}
	return fmt.Errorf("%w: a document type", errMarkup)
}

func (x *xmlScanner) starts(text string) bool {
	for x.to-x.from < len(text) {
		if x.fill() != nil {
			return false
		}
	}
	return string(x.buffer[x.from:x.from+len(text)]) == text
}

// skipTo moves behind the next end mark. What stands before it is text if it is
// wanted as such.
func (x *xmlScanner) skipTo(mark string, text bool) error {
	for {
		i := bytes.Index(x.buffer[x.from:x.to], []byte(mark))
		pass := i
		if i < 0 {
			pass = max(0, x.to-x.from-len(mark)+1)
		}
		if text && x.keep {
			for _, c := range x.buffer[x.from : x.from+pass] {
				x.more = appendEscaped(x.more, c)
			}
			if len(x.more) > x.limit {
				return fmt.Errorf("%w: a text without end", errMarkup)
			}
		}
		x.from += pass
		if i >= 0 {
			x.from += len(mark)
			return nil
		}
		if err := x.fill(); err != nil {
			return unexpectedEnd(err)
		}
	}
}

// place returns where the part goes on behind the tag.
func (x *xmlScanner) place() int64 { return x.passed + int64(x.from) }

// skip passes over what the element at which the scanner is holds, and its end.
func (x *xmlScanner) skip() error {
	if x.empty || x.closing {
		return nil
	}
	wanted := x.keep
	x.keep = false
	for depth := 1; depth > 0; {
		if err := x.next(); err != nil {
			return unexpectedEnd(err)
		}
		switch {
		case x.closing:
			depth--
		case !x.empty:
			depth++
		}
	}
	x.keep = wanted
	return nil
}

// skipLarge is skip for an element that holds much: only tags of its own name
// are taken apart.
func (x *xmlScanner) skipLarge() error {
	if x.empty || x.closing {
		return nil
	}
	name := bytes.Clone(x.qualified)
	for depth := 1; depth > 0; {
		if err := x.seek(name); err != nil {
			return unexpectedEnd(err)
		}
		switch {
		case x.closing:
			depth--
		case !x.empty:
			depth++
		}
	}
	return nil
}

// seek moves to the next tag of a name, with its prefix.
func (x *xmlScanner) seek(name []byte) error {
	for {
		if _, err := x.textEnd(); err != nil {
			return err
		}
		for x.to-x.from < len(name)+3 {
			if err := x.fill(); err != nil {
				return err
			}
		}
		tag := x.buffer[x.from+1 : x.to]
		if tag[0] == '/' {
			tag = tag[1:]
		}
		if bytes.HasPrefix(tag, name) && (tag[len(name)] <= ' ' || tag[len(name)] == '>' || tag[len(name)] == '/') {
			return x.next()
		}
		x.from++
	}
}

// appendEscaped writes a byte such that appendUnescaped gives it back.
func appendEscaped(dst []byte, c byte) []byte {
	if c == '&' {
		return append(dst, "&amp;"...)
	}
	return append(dst, c)
}

func unexpectedEnd(err error) error {
	if errors.Is(err, io.EOF) {
		return io.ErrUnexpectedEOF
	}
	return err
}

// opens reports whether the tag opens (or is) an element of this local name.
func (x *xmlScanner) opens(name string) bool { return !x.closing && string(x.name) == name }

// ends reports whether an element of this local name is complete.
func (x *xmlScanner) ends(name string) bool {
	return (x.closing || x.empty) && string(x.name) == name
}

// attribute returns the raw value of an attribute by its local name, nil if it
// is absent.
func (x *xmlScanner) attribute(name string) []byte {
	rest := x.attributes
	for {
		var key, value []byte
		if key, value, rest = nextAttribute(rest); key == nil {
			return nil
		}
		if string(key) == name {
			return value
		}
	}
}

// nextAttribute takes the first attribute off; a nil key ends it.
func nextAttribute(attributes []byte) (key, value, rest []byte) {
	from := 0
	for from < len(attributes) && attributes[from] <= ' ' {
		from++
	}
	at := from
	for at < len(attributes) && attributes[at] != '=' {
		if attributes[at] == ':' {
			from = at + 1
		}
		at++
	}
	end := at
	for end > from && attributes[end-1] <= ' ' {
		end--
	}
	for at++; at < len(attributes) && attributes[at] <= ' '; {
		at++
	}
	if at >= len(attributes) || end == from {
		return nil, nil, nil
	}
	mark := attributes[at]
	if mark != '"' && mark != '\'' {
		return nil, nil, nil
	}
	size := bytes.IndexByte(attributes[at+1:], mark)
	if size < 0 {
		return nil, nil, nil
	}
	return attributes[from:end], attributes[at+1 : at+1+size], attributes[at+2+size:]
}
