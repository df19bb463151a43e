package reporting

import (
	"context"
	"iter"
	"sync/atomic"

	"padan/internal/crash"
	"padan/internal/store"
	"padan/match"
	"padan/report"

	"golang.org/x/sync/errgroup"
)

// AreaFolder is the folder of the workbooks of areas, in every language.
const AreaFolder = "wilayah"

var packageLevels = map[string]report.AreaLevel{PackageKecamatan: report.AreaKecamatan, PackageKelurahan: report.AreaKelurahan}

// newAreaIndex returns an empty index of areas; nil if no workbooks are wanted.
func (o *Options) newAreaIndex() *report.AreaIndex {
	if !o.wantsAreas() {
		return nil
	}
	return report.NewAreaIndex(packageLevels[o.Package])
}

// indexPerson hands each person of the master list to the index of areas; nil if
// there is none.
func (w *writer) indexPerson() func(*match.MasterPerson, *match.Merged) {
	if w.areas == nil {
		return nil
	}
	w.areas.ExpectPersons(w.run.Totals[match.Central].Records + w.run.Totals[match.Regional].Records - w.run.Links)
	return w.areas.AddPerson
}

// areaWriter writes the workbooks of all areas, and an archive of those of each kota.
type areaWriter struct {
	*writer
	picker  *store.Picker
	parts   []*report.AreaPart
	pending map[string]*atomic.Int32 // workbooks of a kota that are not written yet
}

// openAreas announces the workbooks of all areas, once all of the run is counted.
func (w *writer) openAreas(ctx context.Context) (*areaWriter, error) {
	a := &areaWriter{writer: w, pending: map[string]*atomic.Int32{}}
	if w.areas == nil {
		return a, nil
	}
	var err error
	if a.picker, err = w.store.Picker(ctx, w.run.ID); err != nil {
		return nil, err
	}
	a.parts = w.areas.Parts()
	for _, part := range a.parts {
		kota := part.Kota(w.format.Language)
		if a.pending[kota] == nil {
			a.pending[kota] = &atomic.Int32{}
		}
		a.pending[kota].Add(1)
	}
	w.written = append(w.written, &Written{Name: AreaFolder, Files: len(a.parts)})
	return a, w.folder.MakeFolder(AreaFolder)
}

// start writes each workbook as a piece of work of its own.
func (a *areaWriter) start(ctx context.Context, group *errgroup.Group) {
	for _, part := range a.parts {
		group.Go(crash.GuardedError(func() error { return a.write(ctx, part) }))
	}
}

// write writes the workbook of an area, and the archive of its kota if that was the
// last one.
func (a *areaWriter) write(ctx context.Context, part *report.AreaPart) error {
	name := part.Path(a.format.Language)
	defer a.options.Stage(name)()
	f, err := a.folder.Create(AreaFolder + "/" + name)
	if err != nil {
		return err
	}
	if err := report.WriteAreaBook(f, part, a.lists(ctx, part), a.summary, a.format); err != nil {
		return err
	}
	kota := part.Kota(a.format.Language)
	if a.pending[kota].Add(-1) > 0 {
		return nil
	}
	return a.folder.Zip(AreaFolder + "/" + kota)
}

// lists reads what the workbook of an area holds, in its order.
func (a *areaWriter) lists(ctx context.Context, part *report.AreaPart) report.AreaLists {
	links := func(positions []int32) iter.Seq2[match.LinkedPair, error] {
		return a.picker.Links(ctx, len(positions), func(i int) match.Link { return part.Link(positions[i]) })
	}
	lists := report.AreaLists{
		Matched: links(part.Matched), Elsewhere: links(part.Elsewhere),
		Conflicts: a.picker.Conflicts(ctx, len(part.Conflicts), func(i int) int64 { return int64(part.Conflicts[i]) }),
	}
	lists.MasterList = a.master.List
	lists.Master = a.master.PersonsOf(ctx, part.Persons(), part.Person)
	for _, side := range [...]match.Side{match.Central, match.Regional} {
		duplicates := part.Duplicates[side]
		lists.Unmatched[side] = a.unmatched(ctx, part, side)
		lists.Duplicates[side] = a.picker.Duplicates(ctx, side, len(duplicates), func(i int) int32 { return duplicates[i] })
	}
	return lists
}

func (a *areaWriter) unmatched(ctx context.Context, part *report.AreaPart, side match.Side) iter.Seq2[match.RecordOutcome, error] {
	rows := part.Unmatched[side]
	return func(yield func(match.RecordOutcome, error) bool) {
		i := 0
		for record, err := range a.picker.Records(ctx, side, len(rows), func(i int) int32 { return rows[i] }) {
			o := match.RecordOutcome{Record: record, Outcome: match.Unmatched}
			if err == nil {
				o.Reason = part.Reason(side, rows[i])
			}
			if !yield(o, err) {
				return
			}
			i++
		}
	}
}
