package sheet

import (
	"bytes"
	"strings"
	"unicode/utf8"
)

// odsParagraph is where the reader is in the text of a cell.
type odsParagraph struct {
	inside bool // of a <text:p>
	count  int  // paragraphs begun
	space  bool // the text so far ends with a space that others add nothing to
	from   int  // where the text of the cell begins
}

// content reads what a cell holds up to its end and appends its text if that is
// wanted; shown tells whether it has a paragraph.
func (r *odsReader) content(wanted bool) (shown bool, err error) {
	x := r.xml
	r.paragraph = odsParagraph{from: len(r.text), space: true}
	if r.plainContent(wanted) {
		return true, nil
	}
	x.keep = false
	for {
		if err := x.next(); err != nil {
			x.keep = false
			return false, unexpectedEnd(err)
		}
		if r.paragraph.inside {
			if wanted {
				r.appendText(x.text)
			}
			err = r.inParagraph(wanted)
		} else {
			if x.closing && (string(x.name) == "table-cell" || string(x.name) == "covered-table-cell") {
				return r.paragraph.count > 0, nil
			}
			err = r.besideParagraph(wanted)
		}
		if err != nil {
			return false, err
		}
	}
}

// The form that nearly all cells have, behind their first tag.
var (
	odsPlainStart = []byte("<text:p>")
	odsPlainEnd   = []byte("</text:p></table:table-cell>")
)

// plainContent reads what a cell of the plain form holds in one step. It does
// nothing if the cell has another form or is cut by the buffer.
func (r *odsReader) plainContent(wanted bool) bool {
	rest, ok := bytes.CutPrefix(r.xml.buffer[r.xml.from:r.xml.to], odsPlainStart)
	if !ok {
		return false
	}
	end := bytes.IndexByte(rest, '<')
	if end < 0 || !bytes.HasPrefix(rest[end:], odsPlainEnd) {
		return false
	}
	if wanted {
		r.appendText(rest[:end])
	}
	r.xml.from += len(odsPlainStart) + end + len(odsPlainEnd)
	return true
}

// besideParagraph looks for the paragraphs of a cell. Notes, drawings and tables
// inside a cell are no part of its text.
func (r *odsReader) besideParagraph(wanted bool) error {
	x := r.xml
	if x.closing {
		return nil
	}
	switch string(x.name) {
	case "p", "h":
		if r.paragraph.count++; r.paragraph.count > 1 && wanted {
			r.text = append(r.text, '\n')
		}
		r.paragraph.inside, r.paragraph.space = !x.empty, true
		x.keep = wanted && !x.empty
		return nil
	case "list", "list-item", "list-header", "section":
		return nil
	}
	return x.skip()
}

// inParagraph takes in a tag inside a paragraph.
func (r *odsReader) inParagraph(wanted bool) error {
	x := r.xml
	switch string(x.name) {
	case "p", "h":
		if x.closing {
			r.paragraph.inside, x.keep = false, false
		}
	case "s":
		if count := x.attribute("c"); !x.closing && wanted {
			spaces := min(repetition(count), r.limits.Cell)
			r.text = append(r.text, bytes.Repeat([]byte{' '}, spaces)...)
			r.paragraph.space = false
			r.cut()
		}
	case "tab":
		r.appendBreak('\t', wanted)
	case "line-break":
		r.appendBreak('\n', wanted)
	case "annotation", "note", "ruby-text", "table", "frame", "g", "custom-shape", "rect", "ellipse", "circle", "line", "polyline",
		"polygon", "path", "connector", "caption", "control", "measure", "regular-polygon", "page-thumbnail", "scene":
		return x.skip()
	}
	return nil
}

func (r *odsReader) appendBreak(c byte, wanted bool) {
	if !r.xml.closing && wanted {
		r.text = append(r.text, c)
		r.paragraph.space = false
		r.cut()
	}
}

// cut keeps the text of the cell within its limit.
func (r *odsReader) cut() {
	if limit := r.paragraph.from + r.limits.Cell + utf8.UTFMax; len(r.text) > limit {
		r.text = r.text[:limit]
	}
}

// appendText appends text of a paragraph, in which white space counts as one
// space and none at the start.
func (r *odsReader) appendText(raw []byte) {
	p := &r.paragraph
	if len(raw) == 0 {
		return
	}
	if isPlain(raw) {
		r.text = append(r.text, raw...)
		p.space = false
	} else {
		r.text = appendCollapsed(r.text, raw, &p.space)
	}
	r.cut()
}

// isPlain reports text without entities, line breaks and the like, and without
// white space that is to be collapsed.
func isPlain(raw []byte) bool {
	space := true
	for _, c := range raw {
		if c < ' ' || c == '&' || c == ' ' && space {
			return false
		}
		space = c == ' '
	}
	return !space
}

// appendCollapsed appends text with its entities decoded and its white space
// collapsed. space tells, before and after, whether a space adds nothing.
func appendCollapsed(dst, raw []byte, space *bool) []byte {
	for i := 0; i < len(raw); {
		switch c := raw[i]; c {
		case '&':
			r, size := entity(raw[i:])
			dst = appendCharacter(dst, r)
			*space = false
			i += size
		case ' ', '\t', '\n', '\r':
			if !*space {
				dst = append(dst, ' ')
			}
			*space = true
			i++
		case 0:
			i++
		default:
			dst = append(dst, c)
			*space = false
			i++
		}
	}
	return dst
}

// attributeText returns the text of an attribute, as valid UTF-8.
func attributeText(value []byte) string {
	return strings.ToValidUTF8(string(appendEntities(nil, value)), string(utf8.RuneError))
}

// appendEntities appends text with its entities decoded; zero bytes are left out.
func appendEntities(dst, raw []byte) []byte {
	if bytes.IndexByte(raw, '&') < 0 && bytes.IndexByte(raw, 0) < 0 {
		return append(dst, raw...)
	}
	for i := 0; i < len(raw); {
		switch c := raw[i]; c {
		case '&':
			r, size := entity(raw[i:])
			dst = appendCharacter(dst, r)
			i += size
		case 0:
			i++
		default:
			dst = append(dst, c)
			i++
		}
	}
	return dst
}
