package main

import (
	"context"
	"fmt"
	"strings"

	"padan/internal/intake"
	"padan/internal/store"
	"padan/match"
	"padan/normalize"
	"padan/report"
)

// pairEvidence is what is known of a pair of records.
type pairEvidence struct {
	first, second *match.Record
	vector        match.Vector
	weights       match.Weights
	weight        float64 // bits
	probability   float64
	verdict       report.Verdict
}

func verdictOf(x *match.Explanation) report.Verdict {
	switch {
	case x.Accepted:
		return report.VerdictLink
	case x.Kind == match.Review:
		return report.VerdictReview
	case x.Kind != match.KindNone:
		return report.VerdictConflict
	default:
		return report.VerdictNone
	}
}

// recordLine names a record for scripts.
type recordLine struct {
	Side  string `json:"side"`
	File  string `json:"file"`
	Sheet string `json:"sheet,omitempty"`
	Row   int    `json:"row"`
}

type outcomeLine struct {
	Record  recordLine `json:"record"`
	Outcome string     `json:"outcome"`
	Reason  string     `json:"reason,omitempty"`
}

type comparisonLine struct {
	Comparison string  `json:"comparison"`
	Level      string  `json:"level"`
	Weight     float64 `json:"weight"`
	First      string  `json:"first"`
	Second     string  `json:"second"`
}

type pairLine struct {
	First       recordLine       `json:"first"`
	Second      recordLine       `json:"second"`
	Verdict     report.Verdict   `json:"verdict"`
	Weight      float64          `json:"weight"`
	Probability float64          `json:"probability,omitempty"`
	Prior       float64          `json:"prior,omitempty"`
	Comparisons []comparisonLine `json:"comparisons"`
	Sentence    string           `json:"sentence"`
}

func newRecordLine(r *match.Record) recordLine {
	return recordLine{Side: r.Side.String(), File: r.Source, Sheet: r.Sheet, Row: r.Row}
}

// name says where a record stands.
func (e *explainer) name(r *match.Record) string {
	side := msgCentral
	if r.Side == match.Regional {
		side = msgRegional
	}
	return fmt.Sprintf("%s %s", e.g.text.format(side), e.g.text.place(r.Source, r.Sheet, r.Row))
}

func (e *explainer) language() report.Language { return report.Language(e.g.text.code) }

func (e *explainer) showOutcome(r *match.Record, outcome match.Outcome, reason match.Reason) error {
	e.g.result(msgOutcome, e.name(r), e.g.paint(e.g.stdout, bold, e.g.text.outcome(outcome)))
	if reason != match.ReasonNone {
		e.g.resultText("  " + report.ReasonText(e.language(), reason) + "\n")
	}
	return e.g.emit("outcome", outcomeLine{newRecordLine(r), outcome.String(), reason.String()})
}

func (e *explainer) showLink(ctx context.Context, run *store.Run, r *match.Record) error {
	pair, found, err := e.store.LinkOf(ctx, run.ID, r.ID)
	if err != nil || !found {
		return err
	}
	l := &pair.Link
	return e.showPair(&pairEvidence{
		first: &pair.Central, second: &pair.Regional, vector: l.Vector, weights: l.Weights,
		weight: l.Weight, probability: l.Probability, verdict: report.VerdictLink,
	})
}

func (e *explainer) showDuplicate(ctx context.Context, run *store.Run, r *match.Record) error {
	pair, found, err := e.store.DuplicateOf(ctx, run.ID, r.ID)
	if err != nil || !found {
		return err
	}
	e.g.resultText("  " + report.KindText(e.language(), pair.Kind) + "\n")
	return e.showPair(&pairEvidence{
		first: &pair.Duplicate, second: &pair.Of, vector: pair.Vector, weight: pair.Weight, verdict: report.VerdictLink,
	})
}

// showCase shows a conflict in which a record stands. One that blocks a match
// blocks this record if it has no other outcome.
func (e *explainer) showCase(c *match.ConflictCase, r *match.Record, outcome match.Outcome) error {
	kind := c.Conflict.Kind
	blocks := kind.Blocks() && outcome == match.Conflicted
	e.g.result(msgConflictCase, kind.String(), report.KindText(e.language(), kind))
	line := struct {
		Kind     string       `json:"kind"`
		Blocks   bool         `json:"blocks"`
		Severity int          `json:"severity"`
		Records  []recordLine `json:"records"`
	}{Kind: kind.String(), Blocks: blocks, Severity: kind.Severity()}
	for i := range c.Records {
		line.Records = append(line.Records, newRecordLine(&c.Records[i]))
		if c.Records[i].ID != r.ID {
			e.g.resultText("    " + e.name(&c.Records[i]) + "\n")
		}
	}
	if err := e.g.emit("conflict", line); err != nil {
		return err
	}
	if !blocks || len(c.Records) != 2 {
		return nil
	}
	verdict := report.VerdictConflict
	if kind == match.Review {
		verdict = report.VerdictReview
	}
	return e.showPair(&pairEvidence{
		first: &c.Records[0], second: &c.Records[1], vector: c.Conflict.Vector, weights: c.Conflict.Weights,
		weight: c.Conflict.Weight, verdict: verdict,
	})
}

// showPair prints each comparison of a pair and the sentence that sums them up.
func (e *explainer) showPair(p *pairEvidence) error {
	l := e.language()
	line := pairLine{
		First: newRecordLine(p.first), Second: newRecordLine(p.second), Verdict: p.verdict, Weight: p.weight, Probability: p.probability,
		Sentence: report.Sentence(l, report.Evidence(l, p.vector, p.first.NIK, p.second.NIK), p.verdict, p.weight),
	}
	rows := [][]string{{"  ", e.name(p.first), e.name(p.second), "", e.g.text.format(msgBits)}}
	prior := p.weight
	for c := range match.ComparisonCount {
		found := comparisonLine{
			Comparison: c.String(), Level: match.LevelCode(c, p.vector[c]), Weight: float64(p.weights[c]),
			First: e.value(p.first, c), Second: e.value(p.second, c),
		}
		line.Comparisons = append(line.Comparisons, found)
		prior -= found.Weight
		if found.First == "" && found.Second == "" {
			continue
		}
		var only match.Vector
		only[c] = p.vector[c]
		words := report.Evidence(l, only, p.first.NIK, p.second.NIK)
		rows = append(rows, []string{"  " + c.String(), found.First, found.Second, words, e.g.text.bits(found.Weight)})
	}
	if p.weights != (match.Weights{}) {
		line.Prior = prior
		rows = append(rows, []string{"  prior", "", "", e.g.text.format(msgPrior), e.g.text.bits(prior)})
	}
	e.g.resultText(aligned(rows, 0) + "  " + line.Sentence + "\n")
	return e.g.emit("pair", line)
}

// comparedFields are the raw values that a comparison looks at.
var comparedFields = [match.ComparisonCount][]normalize.Field{
	match.CompareNIK:  {normalize.FieldNIK},
	match.CompareKK:   {normalize.FieldKK},
	match.CompareName: {normalize.FieldName},
	match.CompareBirthDate: {
		normalize.FieldBirthDate, normalize.FieldBirthPlaceDate, normalize.FieldBirthDay, normalize.FieldBirthMonth, normalize.FieldBirthYear,
	},
	match.CompareSex:        {normalize.FieldSex},
	match.CompareArea:       {normalize.FieldKelurahan, normalize.FieldRT, normalize.FieldRW, normalize.FieldRTRW},
	match.CompareStreet:     {normalize.FieldAddress},
	match.CompareMother:     {normalize.FieldMother},
	match.CompareBirthPlace: {normalize.FieldBirthPlace, normalize.FieldBirthPlaceDate},
	match.CompareRelation:   {normalize.FieldRelation},
	match.CompareIdentifier: {normalize.FieldIdentifier},
}

// value returns the raw text of a record that a comparison looks at. Long
// numbers are masked wherever they stand, unless the user wants them.
func (e *explainer) value(r *match.Record, c match.Comparison) string {
	var parts []string
	for _, field := range comparedFields[c] {
		if text := strings.Join(strings.Fields(r.Raw[field]), " "); text != "" {
			parts = append(parts, text)
		}
	}
	text := strings.Join(parts, " / ")
	switch {
	case e.unmask || text == "":
		return text
	case c == match.CompareNIK:
		return masked(r.NIK)
	case c == match.CompareKK:
		return masked(r.KK)
	case c == match.CompareIdentifier:
		return intake.Mask(normalize.FieldIdentifier, text)
	default:
		return maskNumbers(text)
	}
}

func masked(n normalize.Number) string {
	if text := n.Masked(); text != "" {
		return text
	}
	return "***"
}

// longNumber is the number of digits from which a number may be a NIK.
const longNumber = 10

// maskNumbers hides numbers that are as long as a NIK in other text.
func maskNumbers(text string) string {
	var out strings.Builder
	for text != "" {
		digits := 0
		for digits < len(text) && text[digits] >= '0' && text[digits] <= '9' {
			digits++
		}
		switch {
		case digits >= longNumber:
			out.WriteString("***")
			text = text[digits:]
		case digits > 0:
			out.WriteString(text[:digits])
			text = text[digits:]
		default:
			out.WriteByte(text[0])
			text = text[1:]
		}
	}
	return out.String()
}
