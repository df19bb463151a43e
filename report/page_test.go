package report

import (
	"bytes"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"padan/match"
)

// pageLanguages are those in which the page is tested.
var pageLanguages = map[string]Language{"": Indonesian, "_en": English}

// writtenPage writes a page and returns its text.
func writtenPage(t *testing.T, s *Summary, examples []Example, l Language) []byte {
	t.Helper()
	path := filepath.Join(t.TempDir(), "laporan.html")
	f, err := Create(filepath.Dir(path), path)
	if err != nil {
		t.Fatal(err)
	}
	if err := WritePage(f, s, examples, Options{Language: l}); err != nil {
		t.Fatal(err)
	}
	info, err := os.Stat(path)
	if err != nil || runtime.GOOS != "windows" && info.Mode().Perm()&0o077 != 0 {
		t.Errorf("others may read the page: %v, %v", info.Mode(), err)
	}
	return readFile(t, path)
}

func TestGoldenPage(t *testing.T) {
	for suffix, l := range pageLanguages {
		compareGolden(t, writtenPage(t, awkwardSummary(), awkwardExamples(), l), "page"+suffix+".html")
	}
}

func TestPagesAreWellFormed(t *testing.T) {
	for _, l := range pageLanguages {
		for name, content := range map[string][]byte{
			"awkward": writtenPage(t, awkwardSummary(), awkwardExamples(), l), "empty": writtenPage(t, emptySummary(), nil, l),
		} {
			checkNesting(t, name, content)
			if len(content) > 400_000 {
				t.Errorf("%s: %d bytes are heavy for a phone", name, len(content))
			}
		}
	}
}

// voidElements have no end tag.
var voidElements = []string{"meta", "br", "hr", "input", "link", "img"}

// checkNesting verifies that every element that begins ends, in order, and that no
// two have one id.
func checkNesting(t *testing.T, name string, content []byte) {
	t.Helper()
	var open []string
	ids := map[string]bool{}
	for z := html.NewTokenizer(bytes.NewReader(content)); ; {
		kind := z.Next()
		token := z.Token()
		for _, a := range token.Attr {
			if a.Key == "id" && ids[a.Val] {
				t.Errorf("%s: two elements have the id %s", name, a.Val)
			}
			ids[a.Val] = ids[a.Val] || a.Key == "id"
		}
		switch {
		case kind == html.ErrorToken:
			if len(open) > 0 {
				t.Errorf("%s: %v did not end", name, open)
			}
			return
		case kind == html.StartTagToken && !slices.Contains(voidElements, token.Data):
			open = append(open, token.Data)
		case kind == html.EndTagToken:
			if len(open) == 0 || open[len(open)-1] != token.Data {
				t.Fatalf("%s: </%s> within %v", name, token.Data, open)
			}
			open = open[:len(open)-1]
		}
	}
}

// parsedPage is the tree of a page.
func parsedPage(t *testing.T, content []byte) *html.Node {
	t.Helper()
	root, err := html.Parse(bytes.NewReader(content))
	if err != nil {
		t.Fatal(err)
	}
	return root
}

// each yields the elements below a node that have a name, in order; "" = any.
func each(root *html.Node, name string) []*html.Node {
	var found []*html.Node
	for n := range root.Descendants() {
		if n.Type == html.ElementNode && (name == "" || n.Data == name) {
			found = append(found, n)
		}
	}
	return found
}

func attribute(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}

func byID(t *testing.T, root *html.Node, id string) *html.Node {
	t.Helper()
	for _, n := range each(root, "") {
		if attribute(n, "id") == id {
			return n
		}
	}
	t.Fatalf("nothing has the id %s", id)
	return nil
}

// textOf is the text below a node, in single spaces.
func textOf(n *html.Node) string {
	var text strings.Builder
	for d := range n.Descendants() {
		if d.Type == html.TextNode {
			text.WriteString(d.Data)
		}
	}
	return strings.Join(strings.Fields(text.String()), " ")
}

// rowsOf are the texts of the cells of each row of the body of a table.
func rowsOf(t *testing.T, table *html.Node) [][]string {
	t.Helper()
	var rows [][]string
	for _, body := range append(each(table, "tbody"), each(table, "tfoot")...) {
		for _, row := range each(body, "tr") {
			var cells []string
			for _, cell := range each(row, "") {
				if cell.Data == "th" || cell.Data == "td" {
					cells = append(cells, textOf(cell))
				}
			}
			rows = append(rows, cells)
		}
	}
	return rows
}

// The page reaches for nothing outside itself, and its policy allows exactly the
// style and the script that it holds.
func TestPageStandsAlone(t *testing.T) {
	outside := regexp.MustCompile(`(?i)https?:|//[a-z]|url\(|@import|\bsrc\s*=|<(img|link|iframe|object|embed|base|form)\b|\son[a-z]+=|\sstyle=|javascript:`)
	for _, l := range pageLanguages {
		content := writtenPage(t, awkwardSummary(), awkwardExamples(), l)
		if found := outside.Find(content); found != nil {
			t.Errorf("%s: the page holds %q", l, found)
		}
		root := parsedPage(t, content)
		policy := ""
		for _, n := range each(root, "meta") {
			if attribute(n, "http-equiv") == "Content-Security-Policy" {
				policy = attribute(n, "content")
			}
		}
		styles, scripts := each(root, "style"), each(root, "script")
		if len(styles) != 1 || len(scripts) != 1 {
			t.Fatalf("%d styles, %d scripts", len(styles), len(scripts))
		}
		want := "default-src 'none'; style-src '" + digestOf(styles[0].FirstChild.Data) + "'; script-src '" + digestOf(scripts[0].FirstChild.Data) +
			"'; base-uri 'none'; form-action 'none'"
		if policy != want {
			t.Errorf("policy %s\ninstead of %s", policy, want)
		}
	}
}

// Whatever names of files, sheets and persons hold, it is text, and nobody is named.
func TestPageNamesNobody(t *testing.T) {
	for _, l := range pageLanguages {
		content := writtenPage(t, awkwardSummary(), awkwardExamples(), l)
		if found := longRun.Find(content); found != nil {
			t.Errorf("a long number: %s", found)
		}
		text := textOf(parsedPage(t, content))
		for _, hidden := range []string{"SITI", "PANJANG", "MELATI", "17-05", "1980-", "BUKIT", "TEBET", "TIMUR", "JAKARTA,", "SRI", "Siti", "AMINAH"} {
			if strings.Contains(strings.ReplaceAll(text, "Jakarta Timur", ""), hidden) {
				t.Errorf("the page shows %s", hidden)
			}
		}
		for _, shown := range []string{"317401******9003", "<script>alert(1)</script> 😀", "data 317401******9003.csv", "************ * ****** *", "S*** A***** b**** H* A**** D***** …", "1980", "Data & <1>"} {
			if !strings.Contains(text, shown) {
				t.Errorf("the page lacks %q", shown)
			}
		}
	}
}

// Every phrase is there in both languages, and takes what it is given.
func TestPageHasEveryText(t *testing.T) {
	for _, l := range pageLanguages {
		for name, content := range map[string][]byte{
			"awkward": writtenPage(t, awkwardSummary(), awkwardExamples(), l), "empty": writtenPage(t, emptySummary(), nil, l),
		} {
			if found := regexp.MustCompile(`%!|\(MISSING\)|\(EXTRA|NaN|Inf\b|&lt;nil`).Find(content); found != nil {
				t.Errorf("%s %s: %s", l, name, found)
			}
			root := parsedPage(t, content)
			if attribute(each(root, "html")[0], "lang") != string(l) {
				t.Errorf("%s: language %q", l, attribute(each(root, "html")[0], "lang"))
			}
			for _, tag := range []string{"h1", "h2", "h3", "th", "caption", "summary", "figcaption", "button", "a", "title", "desc", "dt", "dd"} {
				for _, n := range each(root, tag) {
					if textOf(n) == "" {
						t.Errorf("%s %s: an empty %s", l, name, tag)
					}
				}
			}
		}
	}
}

// What is needed to read the page without seeing it.
func TestPageCanBeHeard(t *testing.T) {
	root := parsedPage(t, writtenPage(t, awkwardSummary(), awkwardExamples(), Indonesian))
	for _, n := range each(root, "th") {
		if !slices.Contains([]string{"col", "row", "colgroup"}, attribute(n, "scope")) {
			t.Errorf("heading %q has no scope", textOf(n))
		}
	}
	charts := 0
	for _, n := range each(root, "svg") {
		if attribute(n, "aria-hidden") == "true" {
			continue
		}
		charts++
		for _, id := range strings.Fields(attribute(n, "aria-labelledby")) {
			if textOf(byID(t, root, id)) == "" {
				t.Errorf("chart %s: nothing is said", id)
			}
		}
		if attribute(n, "role") != "img" || len(each(n, "title")) != 1 || len(each(n, "desc")) != 1 {
			t.Errorf("chart %s: no title or text", attribute(n, "aria-labelledby"))
		}
	}
	if charts < 6 {
		t.Errorf("only %d charts", charts)
	}
	for _, n := range each(root, "div") {
		if strings.HasPrefix(attribute(n, "class"), "scroll") && (attribute(n, "tabindex") != "0" || attribute(n, "role") != "region" || attribute(n, "aria-label") == "") {
			t.Error("a region that scrolls cannot be reached or has no name")
		}
	}
	for _, n := range each(root, "a") {
		byID(t, root, strings.TrimPrefix(attribute(n, "href"), "#"))
	}
}

// A run whose totals do not add up says so on top.
func TestPageSaysThatTotalsAreWrong(t *testing.T) {
	s := awkwardSummary()
	good := writtenPage(t, s, nil, English)
	s.Sources[match.Central][0].Rows++
	bad := writtenPage(t, s, nil, English)
	for name, content := range map[string][]byte{englishPage.Holds: good, englishPage.Broken: bad} {
		if n := strings.Count(textOf(parsedPage(t, content)), name); n != 1 {
			t.Errorf("%q stands %d times", name, n)
		}
	}
	if bytes.Contains(bad, []byte(englishPage.Holds)) {
		t.Error("wrong totals are said to hold")
	}
}
