package report

import (
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/net/html"

	"padan/match"
)

// tableIn is the first table below an element.
func tableIn(t *testing.T, root *html.Node, id string) *html.Node {
	t.Helper()
	tables := each(byID(t, root, id), "table")
	if len(tables) == 0 {
		t.Fatalf("%s has no table", id)
	}
	return tables[0]
}

// Every area of the recap is on the page with the figures of the summary.
func TestPageShowsTheRecap(t *testing.T) {
	s := awkwardSummary()
	for _, l := range pageLanguages {
		root := parsedPage(t, writtenPage(t, s, nil, l))
		for id, counts := range map[string]func(*RecapRow) [2]Counts{
			"persons": func(r *RecapRow) [2]Counts { return r.Persons }, "cards": func(r *RecapRow) [2]Counts { return r.Cards },
		} {
			var want [][]string
			rows := s.Recap.Rows()
			for i := range rows {
				var cells []string
				for _, c := range counts(&rows[i]) {
					cells = append(cells, shownCount(l, c.Total()))
					for _, o := range match.Outcomes {
						cells = append(cells, shownCount(l, c[o]))
					}
					cells = append(cells, shownRate(l, c))
				}
				want = append(want, cells)
			}
			var got [][]string
			for _, row := range rowsOf(t, byID(t, root, id)) {
				got = append(got, row[1:])
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("%s: %s", id, diff)
			}
		}
	}
}

// The headlines are the totals of the recap, and the account adds up to them.
func TestPageShowsTheTotals(t *testing.T) {
	s := awkwardSummary()
	total := s.Total()
	root := parsedPage(t, writtenPage(t, s, nil, Indonesian))
	cards := 0
	for _, n := range each(root, "div") {
		if attribute(n, "class") != "card" {
			continue
		}
		persons, kk := total.Persons[cards], total.Cards[cards]
		var want [][]string
		for _, o := range match.Outcomes {
			want = append(want, []string{shownCount(Indonesian, persons[o]), shownCount(Indonesian, kk[o])})
		}
		want = append(want, []string{shownCount(Indonesian, persons.Total()), shownCount(Indonesian, kk.Total())},
			[]string{shownRate(Indonesian, persons), shownRate(Indonesian, kk)})
		var got [][]string
		for _, row := range rowsOf(t, each(n, "table")[0]) {
			got = append(got, row[1:])
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Error(diff)
		}
		division := numbersOf(Indonesian).Sprintf("%d jiwa = %d padan + %d konflik + %d tidak padan + %d ganda.",
			persons.Total(), persons[match.Matched], persons[match.Conflicted], persons[match.Unmatched], persons[match.Duplicate])
		if !strings.Contains(textOf(byID(t, root, "summary")), division) {
			t.Errorf("not there: %s", division)
		}
		headline := shownCount(Indonesian, persons.Total()) + " jiwa (" + shownCount(Indonesian, kk.Total()) + " KK)"
		if text := textOf(n); !strings.Contains(text, headline) {
			t.Errorf("%s lacks %s", text, headline)
		}
		cards++
	}
	text := textOf(byID(t, root, "summary"))
	for _, sentence := range []string{
		"Pusat: 1.250 baris = 2 ditolak + 8 dilewati + 1.240 jiwa.", "Daerah: 1.280 baris = 4 ditolak + 36 dilewati + 1.240 jiwa.",
		"8,00 bit (peluang 99,61 %)", "-1,00 bit (peluang 33,33 %)",
		"Sumber: 1 berkas pusat, 2 berkas daerah", indonesianPage.Holds, "bawaan padan",
	} {
		if !strings.Contains(text, sentence) {
			t.Errorf("not there: %s", sentence)
		}
	}
	if cards != 2 {
		t.Errorf("%d sides", cards)
	}
}

// The tables beside the charts hold the figures of the summary.
func TestPageShowsWhatTheChartsDraw(t *testing.T) {
	s := awkwardSummary()
	l := English
	root := parsedPage(t, writtenPage(t, s, nil, l))

	want := map[string]map[string][]string{"reasons": {}, "kinds": {}, "weights": {}, "trend": {}}
	for i, r := range match.Reasons() {
		central, regional := s.Reasons[match.Central][i], s.Reasons[match.Regional][i]
		if central.Code != r.String() {
			t.Fatalf("reason %s stands for %s", central.Code, r)
		}
		if central.Count+regional.Count == 0 {
			continue
		}
		want["reasons"][ReasonText(l, r)] = []string{shownCount(l, central.Count), shownCount(l, regional.Count)}
	}
	byCode := map[string]int64{}
	for _, c := range s.Conflicts {
		byCode[c.Code] = c.Count
	}
	for _, k := range match.ConflictKinds() {
		if n := byCode[k.String()]; n > 0 {
			want["kinds"][KindText(l, k)] = []string{strconv.Itoa(k.Severity()), shownCount(l, n)}
		}
	}
	for _, b := range s.Weights {
		name := strconv.Itoa(int(b.From)) + " – " + strconv.Itoa(int(b.From)+WeightBinBits)
		want["weights"][name] = []string{shownCount(l, b.Links), shownCount(l, b.Reviews)}
	}
	for _, p := range s.Trend[len(s.Trend)-trendRuns:] {
		row := []string{l.moment(p.Started)}
		for _, c := range p.Persons {
			row = append(row, shownCount(l, c.Total()), shownRate(l, c))
		}
		want["trend"][strconv.FormatInt(p.Run, 10)] = row
	}
	for id, rows := range want {
		got := map[string][]string{}
		for _, row := range rowsOf(t, tableIn(t, root, id)) {
			got[row[0]] = row[1:]
		}
		if diff := cmp.Diff(rows, got); diff != "" {
			t.Errorf("%s: %s", id, diff)
		}
	}
}

// The charts write the numbers of their tables.
func TestChartsAndTablesAgree(t *testing.T) {
	root := parsedPage(t, writtenPage(t, awkwardSummary(), nil, Indonesian))
	for _, id := range []string{"reasons", "kinds"} {
		figure := byID(t, root, id)
		drawn := map[string]bool{}
		for _, n := range each(figure, "text") {
			drawn[textOf(n)] = true
		}
		for _, row := range rowsOf(t, each(figure, "table")[0]) {
			for _, cell := range row[len(row)-1:] {
				if !drawn[cell] {
					t.Errorf("%s: %s is not drawn", id, cell)
				}
			}
		}
	}
}

// Persons of whom only the kota is known stand beside its kecamatan, not in one.
func TestAreasHangWhereTheyBelong(t *testing.T) {
	w := pageWriter{summary: awkwardSummary(), language: Indonesian, words: &indonesian, text: &indonesianPage, numbers: numbersOf(Indonesian)}
	var path [3]string
	found := map[string]bool{}
	rows := w.areas()
	for i := range rows[:len(rows)-1] {
		r := &rows[i]
		if r.depth > 0 && path[r.depth-1] == "" {
			t.Fatalf("%s hangs on nothing", r.name)
		}
		path[r.depth] = r.name
		found[strings.Join(path[:r.depth+1], "/")] = true
		var sum, parts AreaCounts
		if i+1 < len(rows) && rows[i+1].depth == r.depth+1 {
			sum = r.AreaCounts
			for _, part := range rows[i+1 : len(rows)-1] {
				if part.depth <= r.depth {
					break
				}
				if part.depth == r.depth+1 {
					parts.add(&part.AreaCounts)
				}
			}
		}
		if sum != parts {
			t.Errorf("%s is not the sum of what hangs on it", r.name)
		}
	}
	for _, place := range []string{
		"Kota Adm. Jakarta Selatan/Tebet/Tebet Timur", "Kota Adm. Jakarta Selatan/Tebet/(tidak diketahui)",
		"Kota Adm. Jakarta Selatan/(tidak diketahui)", "(DKI Jakarta, kota tidak diketahui)", "(luar DKI atau tidak diketahui)",
	} {
		if !found[place] {
			t.Errorf("not there: %s", place)
		}
	}
}

// Rates have the colours of the recap workbook.
func TestRatesHaveTheColorsOfTheWorkbook(t *testing.T) {
	for i, fill := range bandFills {
		color := "." + bandClasses[i] + " { background: var(--band" + strconv.Itoa(i) + "); }"
		value := "--band" + strconv.Itoa(i) + ": #" + strings.ToLower(fill) + ";"
		if i > 0 && (!strings.Contains(string(pageStyle), color) || !strings.Contains(string(pageStyle), value)) {
			t.Errorf("band %d: the style lacks %s or %s", i, color, value)
		}
	}
	if got := bandClass(Counts{match.Matched: 1, match.Unmatched: 4}); got != "b2" {
		t.Errorf("20 %%: %s", got)
	}
	if got := bandClass(Counts{}); got != "" {
		t.Errorf("an empty area: %s", got)
	}
}
