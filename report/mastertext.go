package report

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"padan/match"
	"padan/normalize"
)

// said returns what a side says of a field as it stood, with single spaces; a
// dash says nothing.
func (w *masterWriter) said(p *match.MasterPerson, side match.Side, f normalize.Field) string {
	text := singleSpaced(p.Records[side].Raw[f])
	if text == "-" {
		return ""
	}
	if w.options.Mask {
		return maskNumbers(text)
	}
	return text
}

// text shows a field by its canonical form, if it has one, or as it stood on the
// side that was chosen for it. Where nothing comparable was said, the text itself
// is chosen.
func (w *masterWriter) text(p *match.MasterPerson, f match.MasterField, field normalize.Field, canonical string) Cell {
	c := &w.merged.Choices[f]
	if c.Rule == match.MergeNothing {
		*c = match.ChooseText(w.said(p, match.Central, field), w.said(p, match.Regional, field), c.Side)
		return Text(w.said(p, c.Side, field))
	}
	if canonical != "" {
		return Text(canonical)
	}
	return Text(w.said(p, c.Side, field))
}

// personName shows a name as it stood on the side that was chosen for it. Of two
// that are the same in comparable form the one that is written out goes before
// one that abbreviates a word.
func (w *masterWriter) personName(p *match.MasterPerson, f match.MasterField, field normalize.Field, words string) Cell {
	c := &w.merged.Choices[f]
	name := w.said(p, c.Side, field)
	if c.Rule == match.MergeSame && abbreviates(name, words) {
		other := match.Regional - c.Side
		if whole := w.said(p, other, field); !abbreviates(whole, words) {
			*c = match.Choice{Side: other, Rule: match.MergeComplete}
			name = whole
		}
	}
	if name == "" {
		return w.text(p, f, field, words)
	}
	return Text(name)
}

// abbreviates reports whether a name has fewer letters than its words: M. or
// MOCH. for MUHAMMAD. One letter less is a spelling.
func abbreviates(name, words string) bool { return letters(name)+2 <= letters(words) }

func letters(text string) int {
	n := 0
	for _, r := range text {
		if unicode.IsLetter(r) {
			n++
		}
	}
	return n
}

// singleSpaced trims a text and writes every gap in it as one space.
func singleSpaced(text string) string {
	gap := true
	for i := range len(text) {
		switch c := text[i]; {
		case c > ' ' && c < utf8.RuneSelf:
			gap = false
		case c == ' ' && !gap:
			gap = true
		default:
			return strings.Join(strings.Fields(text), " ")
		}
	}
	return strings.TrimSuffix(text, " ")
}

// unit writes an RT or RW as offices do, 005; "" if it is unknown.
func unit(number uint16) string {
	switch {
	case number == 0:
		return ""
	case number < 1000:
		return strconv.Itoa(1000 + int(number))[1:]
	}
	return strconv.Itoa(int(number))
}

// sexCode is the code of Indonesian registries.
func sexCode(sex normalize.Sex) string {
	switch sex {
	case normalize.Male:
		return "L"
	case normalize.Female:
		return "P"
	case normalize.SexMissing:
	}
	return ""
}

// nikQuality says whether a NIK may be used as a key.
func nikQuality(nik normalize.Number) string {
	switch {
	case nik.Trust == normalize.TrustFull:
		return "whole"
	case nik.Trust == normalize.TrustDoubtful && nik.Value != 0:
		return "doubtful"
	default:
		return "missing"
	}
}

// placesText lists rows: "tebet.csv:12; gambir.xlsx!Data:7".
func placesText(places []match.Place) string {
	if len(places) == 0 {
		return ""
	}
	var text []byte
	for i := range places {
		if i > 0 {
			text = append(text, "; "...)
		}
		text = append(text, places[i].Source...)
		if places[i].Sheet != "" {
			text = append(append(text, '!'), places[i].Sheet...)
		}
		text = strconv.AppendInt(append(text, ':'), int64(places[i].Row), 10)
	}
	return string(text)
}

// explanation says in words what the outcome of a person means.
func (w *masterWriter) explanation(p *match.MasterPerson) string {
	sort := masterSort{outcome: p.Outcome, reason: p.Reason}
	if p.Outcome == match.Conflicted {
		sort.kinds = p.Kinds.Blocking()
	}
	text, ok := w.explanations[sort]
	if !ok {
		text = w.explain(sort)
		w.explanations[sort] = text
	}
	return text
}

func (w *masterWriter) explain(sort masterSort) string {
	switch sort.outcome {
	case match.Matched:
		return w.words.phrases[phraseOnBothSides]
	case match.Conflicted:
		var texts []string
		for _, kind := range sort.kinds.Each() {
			texts = append(texts, at(w.words.kinds, kind))
		}
		return strings.Join(append(texts, w.words.phrases[phraseMaybeAnotherRow]), "; ")
	case match.Unmatched, match.Duplicate:
	}
	return at(w.words.reasons, sort.reason)
}

// reason is the code of why a person has no link: the reason of an unmatched one,
// the kinds of the conflicts of one that is undecided.
func (w *masterWriter) reason(p *match.MasterPerson) string {
	if p.Outcome == match.Conflicted {
		return w.codes(p.Kinds.Blocking())
	}
	return p.Reason.String()
}

// toCorrect is the codes of what must be corrected at a source.
func (w *masterWriter) toCorrect(p *match.MasterPerson) string {
	kinds := p.Kinds
	if p.Outcome == match.Conflicted {
		kinds &^= kinds.Blocking()
	}
	return w.codes(kinds)
}

func (w *masterWriter) codes(kinds match.KindSet) string {
	text, ok := w.kinds[kinds]
	if !ok {
		text = kinds.String()
		w.kinds[kinds] = text
	}
	return text
}

// differing is the codes of the fields of which both sides say different things.
func (w *masterWriter) differing() string {
	bits := uint16(0)
	for f, c := range w.merged.Choices {
		if c.Differs() {
			bits |= 1 << f
		}
	}
	text, ok := w.differences[bits]
	if !ok {
		var codes []string
		for _, f := range match.MasterFields() {
			if bits>>f&1 != 0 {
				codes = append(codes, f.String())
			}
		}
		text = strings.Join(codes, "+")
		w.differences[bits] = text
	}
	return text
}
