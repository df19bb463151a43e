package match_test

import (
	"context"
	"fmt"

	"padan/match"
	"padan/normalize"
)

// Two lists that write one person in two ways.
func Example() {
	person := func(nik uint64, name string, birth normalize.Date) *normalize.Person {
		return &normalize.Person{
			NIK:       normalize.Number{Value: nik, Digits: 16, Trust: normalize.TrustFull},
			Name:      readName(name),
			BirthDate: birth,
		}
	}
	words := match.NewDictionary()
	central := match.NewTable(match.Central, words, 2)
	central.Add(person(3174015705809003, "Siti Nur Hayati", 19800517), 0)
	central.Add(person(3174011203759004, "Bambang Sutrisno", 19750312), 0)
	regional := match.NewTable(match.Regional, words, 1)
	regional.Add(person(3174015705809003, "Hj. ST. NURHAYATI", 19800517), 0)

	result, err := match.Run(context.Background(), central, regional, match.DefaultModel(), match.Options{})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, l := range result.Links {
		fmt.Println(l.Central, l.Regional, match.LevelCode(match.CompareName, l.Vector[match.CompareName]))
	}
	for _, outcome := range result.Outcomes[match.Central] {
		fmt.Println(outcome)
	}
	// Output:
	// 0 0 spelling
	// matched
	// unmatched
}

func readName(text string) normalize.Name {
	name, _ := normalize.ReadName(text)
	return name
}
