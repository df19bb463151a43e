package report

import (
	"iter"
	"strings"

	"padan/match"
	"padan/normalize"
)

// HouseholdColumns are the headings of the household report.
func HouseholdColumns(o Options) []Column {
	l := o.Language
	columns := []Column{l.column("kind", phraseKind, 25), l.column("explanation", phraseExplanation, 44)}
	columns = append(columns, areaColumns(l)...)
	both := func(name string, p phrase, width int, t CellType) {
		for _, side := range besideSides {
			columns = append(columns, side.column(l, name, p, width).of(t))
		}
	}
	both("kk", phraseKK, 18, CodeCell)
	both("head", phraseHead, 28, TextCell)
	both("members", phraseMembers, 10, IntegerCell)
	columns = append(columns, l.column("members_linked", phraseMembersLinked, 10).of(IntegerCell))
	both("members_only", phraseMembersOnly, 14, IntegerCell)
	both("members_elsewhere", phraseMembersElsewhere, 16, IntegerCell)
	both("members_undecided", phraseMembersUndecided, 15, IntegerCell)
	both("area_name", phraseKelurahan, 22, TextCell)
	for _, side := range besideSides {
		columns = append(columns, sourceColumns(l, side)...)
	}
	return append(columns, l.column("action", phraseAction, 44))
}

// Households writes one row per pair of KK numbers that are one household and
// one per KK number that the other side lacks, with the area of the central
// household if there is one. It returns how many it wrote.
func Households(t Table, households iter.Seq2[match.HouseholdCase, error], o Options) (int, error) {
	w := newHouseholdWriter(o)
	n := 0
	for c, err := range households {
		if err != nil {
			return n, err
		}
		w.reset()
		w.addHousehold(&c)
		if err := t.WriteRow(w.cells); err != nil {
			return n, err
		}
		n++
	}
	return n, nil
}

// householdWriter remembers the sentences of each sort of household.
type householdWriter struct {
	writer
	sentences map[householdSort]*householdSentences
}

// householdSort is all that the sentences of a household depend on.
type householdSort struct {
	kinds     match.HouseholdKinds
	elsewhere bool // members are linked under another KK, and no kind says so
	alone     bool // no counterpart
}

type householdSentences struct{ explanation, action string }

func newHouseholdWriter(o Options) *householdWriter {
	return &householdWriter{writer: newWriter(o), sentences: map[householdSort]*householdSentences{}}
}

func (w *householdWriter) addHousehold(c *match.HouseholdCase) {
	h := &c.Household
	words := w.sentencesOf(h)
	w.add(Text(h.Kinds.String()), Text(words.explanation))
	at := match.Central
	if h.First[at] == match.NoRow {
		at = match.Regional
	}
	w.addArea(c.First[at].Area)
	for side := range c.First {
		w.add(w.number(digits(c.First[side].KK), c.First[side].KK))
	}
	for side := range c.Head {
		w.add(w.name(&c.Head[side]))
	}
	w.addMembers(h)
	for side := range c.First {
		w.add(Text(kelurahan(c.First[side].Area)))
	}
	for side := range c.First {
		if h.First[side] == match.NoRow {
			w.add(Cell{Type: EmptyCell}, Cell{Type: EmptyCell}, Cell{Type: EmptyCell})
			continue
		}
		w.addSource(&c.First[side])
	}
	w.add(Text(words.action))
}

func (w *householdWriter) addMembers(h *match.HouseholdLink) {
	both := func(counts [2]int32) { w.add(Integer(int64(counts[0])), Integer(int64(counts[1]))) }
	both(h.Members)
	w.add(Integer(int64(h.Linked)))
	both([2]int32{h.Only(match.Central), h.Only(match.Regional)})
	both(h.Elsewhere)
	both(h.Undecided)
}

// name shows the name of a record as it stood in the source.
func (w *writer) name(r *match.Record) Cell {
	text := r.Raw[normalize.FieldName]
	if w.options.Mask {
		text = maskNumbers(text)
	}
	return Text(text)
}

// kelurahan names the smallest area that is known of a place.
func kelurahan(a normalize.Area) string {
	if name, _ := normalize.AreaOf(a.Code); name.Kelurahan != "" {
		return name.Kelurahan
	}
	return a.Place
}

// sortOf tells the sort of a household.
func sortOf(h *match.HouseholdLink) householdSort {
	if h.Kinds.Has(match.HouseholdCardMistyped) { // that alone is said
		return householdSort{kinds: match.HouseholdCardMistyped}
	}
	told := h.Kinds&(match.HouseholdSplit|match.HouseholdMerged) != 0
	return householdSort{h.Kinds, !told && max(h.Elsewhere[match.Central], h.Elsewhere[match.Regional]) > 0, h.Linked == 0}
}

// sentencesOf joins what the catalogue says of each kind.
func (w *householdWriter) sentencesOf(h *match.HouseholdLink) *householdSentences {
	sort := sortOf(h)
	if found := w.sentences[sort]; found != nil {
		return found
	}
	var texts, actions []string
	for _, kind := range sort.kinds.Each() {
		texts = append(texts, w.words.households[kind])
		if action := w.words.householdActions[kind]; action != "" {
			actions = append(actions, action)
		}
	}
	if sort.elsewhere {
		texts = append(texts, w.words.phrases[phraseFoundElsewhere])
		if sort.alone {
			actions = nil
		}
		actions = append(actions, w.words.phrases[phraseFoundElsewhereAction])
	}
	made := &householdSentences{strings.Join(texts, "; "), strings.Join(actions, "; ")}
	w.sentences[sort] = made
	return made
}
