package sheet

import (
	"bytes"
	"html"
	"strings"
	"unicode/utf8"
)

// htmlContent is what is known of the cell at which the reader is.
type htmlContent struct {
	from     int    // where its text begins
	space    bool   // the text ends such that a space adds nothing
	number   string // the number that a spreadsheet program put beside the text
	isNumber bool
	isDate   bool // and the format of that number shows a date
}

func (c *htmlContent) start(from int) { *c = htmlContent{from: from, space: true} }

// takeNumber takes in an attribute such as x:num="3174014101809001". One without
// a value says that the text is the number.
func (c *htmlContent) takeNumber(value []byte) {
	c.isNumber = true
	if value = bytes.TrimSpace(value); len(value) < 64 && isNumber(value) {
		c.number = string(value)
	}
}

// takeFormat takes in the format of a number as LibreOffice writes it:
// "1033;1033;DD/MM/YYYY".
func (c *htmlContent) takeFormat(value []byte) {
	parts := strings.SplitN(string(value), ";", 3)
	c.isDate = len(parts) == 3 && isDateFormat(html.UnescapeString(parts[2]))
}

// finish trims the text of the cell, and puts the number beside it in its place
// if that has more digits. A cell of nothing but spaces is empty.
func (c *htmlContent) finish(text []byte) (trimmed []byte, numeric bool) {
	shown := bytes.Trim(text[c.from:], " \n")
	if isBlankHTML(shown) {
		shown = nil
	}
	text = append(text[:c.from], shown...)
	if !c.isNumber {
		return text, false
	}
	shown = text[c.from:]
	if c.number == "" {
		return text, len(shown) > 0 && isNumber(shown)
	}
	if date, ok := serialDate(c.number, 0); c.isDate && ok {
		return append(text[:c.from], date...), false
	}
	if !isShownNumber(shown) {
		return text, false
	}
	exponent := bytes.ContainsAny(shown, "eE")
	if countDigits([]byte(c.number)) < countDigits(shown) && !exponent {
		return text, false
	}
	return appendNumber(text[:c.from], []byte(c.number)), true
}

// isShownNumber reports whether a shown text can be a number in some format, and
// no date.
func isShownNumber(shown []byte) bool {
	shown = bytes.TrimPrefix(bytes.TrimSpace(shown), []byte("Rp"))
	for i, c := range shown {
		switch {
		case c >= '0' && c <= '9', c == '.', c == ',', c == '+', c == '%', c == '(', c == ')', c == ' ':
		case c == 'e' || c == 'E':
		case c == '-' && (i == 0 || shown[i-1] <= ' ' || shown[i-1]|0x20 == 'e' || shown[i-1] == '('):
		default:
			return false
		}
	}
	return countDigits(shown) > 0
}

func countDigits(text []byte) int {
	n := 0
	for _, c := range text {
		if c >= '0' && c <= '9' {
			n++
		}
	}
	return n
}

// appendText appends text of the cell, in which white space counts as one space
// and none at the start of a line. A space that may not break (&nbsp;) stays.
func (r *htmlReader) appendText(raw []byte) {
	if r.shape || r.overlong() {
		return
	}
	if !r.isUTF8(raw) {
		decoded, sound := decode8(string(raw), r.encoding)
		if !sound {
			r.fault(BrokenEncoding)
		}
		raw = []byte(decoded)
	}
	if bytes.IndexByte(raw, '&') >= 0 {
		raw = []byte(html.UnescapeString(string(raw)))
	}
	for _, c := range raw {
		switch c {
		case ' ', '\t', '\n', '\r', '\f':
			r.appendSpace()
		case 0:
		default:
			r.text = append(r.text, c)
			r.content.space = false
		}
	}
}

func (r *htmlReader) isUTF8(raw []byte) bool {
	if r.encoding != encoding1252 {
		return utf8.Valid(raw)
	}
	for _, c := range raw {
		if c >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// overlong reports that the cell has reached its limit; put will cut it.
func (r *htmlReader) overlong() bool { return len(r.text)-r.content.from > r.limits.Cell }

func (r *htmlReader) appendSpace() {
	if r.inCell && !r.content.space && !r.shape {
		r.text = append(r.text, ' ')
		r.content.space = true
	}
}

// breakText begins a new line of text in the cell where a page does.
func (r *htmlReader) breakText(name string) {
	switch name {
	case "br", "p", "div", "li", "ul", "ol", "dl", "dt", "dd", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "pre", "blockquote", "center", "table", "tr":
	default:
		return
	}
	if !r.inCell || r.shape || r.overlong() {
		return
	}
	end := len(r.text)
	for end > r.content.from && r.text[end-1] == ' ' {
		end--
	}
	r.text = r.text[:end]
	if end > r.content.from && (r.text[end-1] != '\n' || name == "br") {
		r.text = append(r.text, '\n')
	}
	r.content.space = true
}
