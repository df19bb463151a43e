package reporting

import (
	"context"

	"padan/match"
	"padan/report"
)

// writePage writes the page. Its rows are those of the recap.
func (w *writer) writePage(ctx context.Context, file *Written) error {
	took := w.options.Stage(file.Name)
	defer took()
	examples, err := w.examples(ctx)
	if err != nil {
		return err
	}
	file.Rows = len(w.summary.Recap.Rows())
	f, err := w.folder.Create(file.Name)
	if err != nil {
		return err
	}
	return report.WritePage(f, w.summary, examples, w.format)
}

// examples reads the chosen links and conflicts.
func (w *writer) examples(ctx context.Context) ([]report.Example, error) {
	links, conflicts := w.choice.Positions()
	pairs, err := w.store.LinksAt(ctx, w.run.ID, links...)
	if err != nil {
		return nil, err
	}
	cases, err := w.store.ConflictsAt(ctx, w.run.ID, conflicts...)
	if err != nil {
		return nil, err
	}
	examples := make([]report.Example, 0, len(pairs)+len(cases))
	for i := range pairs {
		l := &pairs[i].Link
		records, err := w.withBirthDates(ctx, pairs[i].Central, pairs[i].Regional)
		if err != nil {
			return nil, err
		}
		examples = append(examples, report.Example{Records: records, Vector: l.Vector, Weights: l.Weights, Weight: l.Weight})
	}
	for i := range cases {
		c := &cases[i].Conflict
		records, err := w.withBirthDates(ctx, cases[i].Records...)
		if err != nil {
			return nil, err
		}
		examples = append(examples, report.Example{Kind: c.Kind, Records: records, Vector: c.Vector, Weights: c.Weights, Weight: c.Weight})
	}
	return examples, nil
}

func (w *writer) withBirthDates(ctx context.Context, records ...match.Record) ([]report.ExampleRecord, error) {
	ids := make([]int64, len(records))
	for i := range records {
		ids[i] = records[i].ID
	}
	persons, err := w.store.PersonsOf(ctx, ids...)
	if err != nil {
		return nil, err
	}
	dated := make([]report.ExampleRecord, len(records))
	for i := range records {
		dated[i] = report.ExampleRecord{Record: records[i], BirthDate: persons[i].BirthDate}
	}
	return dated, nil
}
