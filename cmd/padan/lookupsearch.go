package main

import (
	"context"

	"padan/internal/crash"
	"padan/internal/reporting"
	"padan/internal/store"
	"padan/match"

	"golang.org/x/sync/errgroup"
)

// lookup is one lookup of lists in the master list of a run.
type lookup struct {
	g       *globals
	store   *store.Store
	list    *store.Store // holds the lists as its regional side
	run     *store.Run
	model   *match.Model
	options *lookupOptions
	folder  string // for what is not finished

	master *reporting.Master
	keys   []match.MasterKey // by position in the master list
	hits   *match.Hits
	places []match.Place // by row of the lists
}

// search matches the lists with the master list.
func (l *lookup) search(ctx context.Context) error {
	took := l.g.stage("read")
	persons, rows, err := l.tables(ctx)
	if err != nil {
		return err
	}
	took()
	l.g.say(msgLookupPersons, rows.Len(), persons.Len(), itoa(int(l.run.ID)))
	took = l.g.stage("match")
	shown := l.g.newProgress(l.g.text.format(msgComparing))
	defer shown.end()
	result, err := match.Run(ctx, persons, rows, l.model, match.Options{
		Workers: l.g.workers, MaxPairs: l.g.memory.maxPairs(), Lookup: true,
		OnProgress: func(done, total int) { shown.at(int64(done), int64(total)) },
	})
	if err != nil {
		return err
	}
	took()
	l.hits = match.NewHits(result, l.model)
	return nil
}

// tables reads the persons of the master list and those of the lists, both at the
// same time.
func (l *lookup) tables(ctx context.Context) (persons, rows *match.Table, err error) {
	dictionary := match.NewDictionary()
	group, ctx := errgroup.WithContext(ctx)
	group.Go(crash.GuardedError(func() (err error) {
		persons, err = l.readPersons(ctx, dictionary)
		return err
	}))
	group.Go(crash.GuardedError(func() (err error) {
		rows, err = l.readRows(ctx, dictionary)
		return err
	}))
	err = group.Wait()
	return persons, rows, err
}

func (l *lookup) readPersons(ctx context.Context, dictionary *match.Dictionary) (table *match.Table, err error) {
	if l.master, err = reporting.OpenMaster(ctx, l.store, l.run, l.options.precedence); err != nil {
		return nil, err
	}
	size := int(l.master.Len())
	table = match.NewTable(match.Central, dictionary, size)
	l.keys = make([]match.MasterKey, 0, size)
	sources := map[string]int{}
	return table, l.master.ReadPersons(ctx, func(p *match.MasterPerson, merged *match.Merged) {
		name := p.Records[p.Leading()].Source
		source, known := sources[name]
		if !known {
			source = len(sources)
			sources[name] = source
		}
		table.Add(&merged.Person, source)
		l.keys = append(l.keys, p.Key())
	})
}

func (l *lookup) readRows(ctx context.Context, dictionary *match.Dictionary) (*match.Table, error) {
	sources, err := l.list.Sources(ctx)
	if err != nil {
		return nil, err
	}
	table := match.NewTable(match.Regional, dictionary, 0)
	for rows, err := range l.list.Persons(ctx, match.Regional) {
		if err != nil {
			return nil, err
		}
		for i := range rows {
			r := &rows[i]
			table.Add(&r.Person, r.Source)
			l.places = append(l.places, match.Place{Source: sources[match.Regional][r.Source].Name, Sheet: r.Sheet, Row: r.Row})
		}
	}
	return table, nil
}
