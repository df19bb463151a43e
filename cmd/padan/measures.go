package main

import (
	"bytes"
	"context"
	"encoding/csv"
	"os"
	"path/filepath"
	"strconv"
	"text/tabwriter"

	"padan/internal/evaluate"
	"padan/internal/store"
	"padan/match"
	"padan/normalize"
)

// measures draws the tables of an evaluation. Codes are the same in every
// language; only the headings are messages.
func (t *texts) measures(m *evaluate.Measures) string {
	rate := t.format(msgRateHead)
	text := t.section(msgOverall, rate, t.overallRows(m))
	if len(m.Conflicts) > 0 {
		rows := make([][]string, 0, len(m.Conflicts))
		for _, k := range m.Conflicts {
			rows = append(rows, t.rateRow(k.Kind, k.Rate))
		}
		text += t.section(msgByKind, rate, rows)
	}
	rows := make([][]string, 0, len(m.Groups))
	for _, k := range m.Groups {
		rows = append(rows, t.rateRow(k.By+" "+k.Group, k.Rate))
	}
	text += t.section(msgByGroup, rate, rows)
	rows = nil
	for _, p := range m.Curve {
		if int(p.Threshold)%4 == 0 {
			rows = append(rows, []string{t.bits(p.Threshold), t.percent(p.Probability), t.number(int64(p.Links)), t.percent(p.Precision), t.percent(p.Recall)})
		}
	}
	text += t.section(msgByThreshold, t.format(msgThresholdHead), rows)
	rows = nil
	for _, b := range m.Reliability {
		rows = append(rows, []string{t.printer.Sprintf("%.1f-%.1f", b.From, b.To), t.number(int64(b.Pairs)), t.percent(b.Predicted), t.percent(b.True)})
	}
	text += t.section(msgReliability, t.format(msgReliabilityHead), rows) + t.format(msgCalibration, t.percent(m.Calibration)) + "\n"
	rows = nil
	for _, r := range m.Blocking {
		rows = append(rows, []string{r.Rule, t.number(r.Pairs), t.number(r.New), t.number(int64(r.Reaches)), t.percent(r.Recall), t.number(int64(r.Gain))})
	}
	text += t.section(msgByRule, t.format(msgByRuleHead), rows)
	return text + t.format(msgCandidates, t.percent(m.Candidates.Recall), t.printer.Sprintf("%.1f", m.Candidates.PairsPerCentral)) + "\n"
}

func (t *texts) overallRows(m *evaluate.Measures) [][]string {
	rows := [][]string{t.rateRow(t.format(msgLinksAll), m.Links), t.rateRow(t.format(msgLinksDecidable), m.Decidable)}
	if m.Households != nil {
		rows = append(rows, t.rateRow(t.format(msgRateHouseholds), *m.Households))
	}
	if m.Duplicates != nil {
		rows = append(rows, t.rateRow(t.format(msgRateDuplicates), *m.Duplicates))
	}
	return rows
}

func (t *texts) rateRow(name string, r evaluate.Rate) []string {
	return []string{
		name, t.number(int64(r.Claimed)), t.number(int64(r.Right)), t.number(int64(r.True)), t.number(int64(r.Found)),
		t.percent(r.Precision), t.percent(r.Recall), t.percent(r.F1),
	}
}

// section is a table under its title; head holds its headings, separated by "|".
func (t *texts) section(title message, head string, rows [][]string) string {
	heads := bytes.Split([]byte(head), []byte("|"))
	first := make([]string, 0, len(heads))
	for _, h := range heads {
		first = append(first, string(h))
	}
	rows = append([][]string{first}, rows...)
	for i := range rows {
		rows[i] = append(rows[i], "") // the writer aligns what a further cell ends
	}
	return "\n" + t.format(title) + "\n" + aligned(rows, tabwriter.AlignRight)
}

// writeMeasures writes the tables as CSV files and two plots into a folder.
func (g *globals) writeMeasures(m *evaluate.Measures, folder string) error {
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return err
	}
	files := map[string][][]string{
		"rates.csv": {{"of", "claimed", "right", "true", "found", "precision", "recall", "f1"}, csvRate("links", m.Links), csvRate("decidable", m.Decidable)},
	}
	if m.Households != nil {
		files["rates.csv"] = append(files["rates.csv"], csvRate("households", *m.Households))
	}
	if m.Duplicates != nil {
		files["rates.csv"] = append(files["rates.csv"], csvRate("duplicates", *m.Duplicates))
	}
	for _, k := range m.Conflicts {
		files["rates.csv"] = append(files["rates.csv"], csvRate("conflict "+k.Kind, k.Rate))
	}
	for _, k := range m.Groups {
		files["rates.csv"] = append(files["rates.csv"], csvRate(k.By+" "+k.Group, k.Rate))
	}
	files["thresholds.csv"] = [][]string{{"bits", "probability", "links", "precision", "recall"}}
	for _, p := range m.Curve {
		files["thresholds.csv"] = append(files["thresholds.csv"], []string{decimal(p.Threshold), decimal(p.Probability), strconv.Itoa(p.Links), decimal(p.Precision), decimal(p.Recall)})
	}
	files["reliability.csv"] = [][]string{{"from", "to", "pairs", "predicted", "true"}}
	for _, b := range m.Reliability {
		files["reliability.csv"] = append(files["reliability.csv"], []string{decimal(b.From), decimal(b.To), strconv.Itoa(b.Pairs), decimal(b.Predicted), decimal(b.True)})
	}
	files["blocking.csv"] = [][]string{{"rule", "pairs", "new", "reaches", "recall", "gain", "refined", "dropped"}}
	for _, r := range m.Blocking {
		files["blocking.csv"] = append(files["blocking.csv"], []string{
			r.Rule, strconv.FormatInt(r.Pairs, 10), strconv.FormatInt(r.New, 10), strconv.Itoa(r.Reaches), decimal(r.Recall), strconv.Itoa(r.Gain),
			strconv.FormatInt(r.Refined, 10), strconv.FormatInt(r.Dropped, 10),
		})
	}
	for name, rows := range files {
		var text bytes.Buffer
		w := csv.NewWriter(&text)
		if err := w.WriteAll(rows); err != nil {
			return err
		}
		if err := writeWhole(filepath.Join(folder, name), text.Bytes()); err != nil {
			return err
		}
	}
	t := g.text
	curve := m.CurveSVG(evaluate.Labels{Title: t.format(msgCurveTitle), Across: t.format(msgCurveAcross), Up: t.format(msgShareUp), Lines: []string{t.format(msgPrecision), t.format(msgRecall)}})
	if err := writeWhole(filepath.Join(folder, "thresholds.svg"), curve); err != nil {
		return err
	}
	reliability := m.ReliabilitySVG(evaluate.Labels{Title: t.format(msgReliabilityTitle), Across: t.format(msgPredictedAcross), Up: t.format(msgTrueUp)})
	return writeWhole(filepath.Join(folder, "reliability.svg"), reliability)
}

func csvRate(name string, r evaluate.Rate) []string {
	return []string{
		name, strconv.Itoa(r.Claimed), strconv.Itoa(r.Right), strconv.Itoa(r.True), strconv.Itoa(r.Found),
		decimal(r.Precision), decimal(r.Recall), decimal(r.F1),
	}
}

func decimal(x float64) string { return strconv.FormatFloat(x, 'g', 8, 64) }

// drawSample writes a workbook of links for a person to judge.
func (g *globals) drawSample(ctx context.Context, s *store.Store, run *store.Run, o evaluateOptions) error {
	sample, err := evaluate.Draw(ctx, s, run, o.sample, o.seed)
	if err != nil {
		return err
	}
	t := g.text
	var book bytes.Buffer
	err = sample.WriteSheet(&book, evaluate.SampleLabels{
		Number: t.format(msgSampleNumber), Note: t.format(msgSampleNote), Guide: t.format(msgSampleGuide),
		Fields: func(f normalize.Field) string { return t.word(f.String()) },
		Sides:  [2]string{match.Central: t.format(msgCentral), match.Regional: t.format(msgRegional)},
	})
	if err != nil {
		return err
	}
	if err := writeWhole(o.out, book.Bytes()); err != nil {
		return err
	}
	g.result(msgSampleWritten, o.sample, o.out, o.out)
	return g.emit("sample", map[string]any{"run": run.ID, "links": o.sample, "file": o.out})
}
