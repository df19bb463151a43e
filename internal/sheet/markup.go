package sheet

import (
	"bytes"
	"io"
	"slices"
	"strings"
)

// markupSniff is how much of the start of a file tells what it is as markup.
const markupSniff = 4096

// pageStarts are the first tags of web pages and of what programs write under
// their name.
var pageStarts = []string{
	"html", "head", "body", "meta", "title", "style", "script", "link", "table", "div", "p", "center", "font", "span", "b", "h1", "h2", "h3", "h4", "br", "form",
}

// openMarkup opens what is XML or HTML; known tells whether it is either.
func (b *Book) openMarkup(head []byte) (known bool, err error) {
	encoding := detectEncoding(head)
	start := markupStart(head, encoding)
	if start == "" {
		return false, nil
	}
	switch root := markupRoot(start); {
	case strings.HasPrefix(root, "document") && strings.Contains(start, "opendocument"):
		err = b.openTables(b.textStream(encoding))
	case root == "workbook" && strings.Contains(start, "urn:schemas-microsoft-com:office:spreadsheet"):
		err = b.openXMLWorkbook(b.textStream(encoding))
	default:
		return true, b.openHTML(head)
	}
	if err != nil {
		err = b.fail(err, hintFor(err))
	}
	return true, err
}

// markupStart returns the start of a file that is markup, in lower case; else "".
// A page that begins with text is known by the table on it.
func markupStart(head []byte, e textEncoding) string {
	sample, err := io.ReadAll(io.LimitReader(e.reader(bytes.NewReader(head)), markupSniff))
	if err != nil {
		return ""
	}
	start := strings.ToLower(strings.TrimLeft(strings.TrimPrefix(string(sample), byteOrderMark), " \t\r\n"))
	tabled := strings.Contains(start, "<table") && strings.Contains(start, "<tr")
	switch {
	case tabled, strings.HasPrefix(start, "<?xml"), strings.HasPrefix(start, "<!doctype"):
		return start
	case strings.HasPrefix(start, "<"):
		if root := markupRoot(start); slices.Contains(pageStarts, root) || root == "workbook" || strings.HasPrefix(root, "document") {
			return start
		}
	}
	return ""
}

// markupRoot returns the local name of the first element, in lower case; "" if
// there is none in the sample.
func markupRoot(start string) string {
	for {
		start = strings.TrimLeft(start, " \t\r\n")
		end := ">"
		switch {
		case strings.HasPrefix(start, "<!--"):
			end = "-->"
		case strings.HasPrefix(start, "<?"), strings.HasPrefix(start, "<!"):
		case strings.HasPrefix(start, "<"):
			name := start[1:]
			if i := strings.IndexAny(name, " \t\r\n/>"); i >= 0 {
				name = name[:i]
			}
			return name[strings.IndexByte(name, ':')+1:]
		default:
			return ""
		}
		_, rest, found := strings.Cut(start, end)
		if !found {
			return ""
		}
		start = rest
	}
}
