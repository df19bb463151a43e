package report

import "padan/match"

// pageTexts are the texts of the page that no other report has. Those with verbs
// say in a comment what they are given.
type pageTexts struct {
	Title, Skip, Contents      string
	Summary, Recap, Areas, Why string // headings of the sections
	Weights, Trend, Examples   string
	Intro                      string // what the page is and what it hides
	PrintHint                  string
	Footer                     string // version

	Outcome         string
	Holds, Broken   string // whether the totals add up
	Account         string // side; rows, rejected, skipped, persons
	Division        string // persons; matched, conflict, unmatched, duplicate
	Threshold       string // bits; percent
	Sources, Digest string // files of both sides; the start of a SHA-256

	RecapPersons, RecapCards string
	OpenLevels, SortHint     string
	Area                     string

	Figures                            string // opens the table beside a chart
	RateNote                           string
	RateTitle, RateDesc                string // area; area, central and regional rate
	AllAreas, NoAreas                  string
	ReasonTitle, ReasonDesc, NoReasons string // the most frequent reason with its count on both sides
	KindTitle, KindDesc, NoKinds       string // number of kinds, sum
	WeightTitle, WeightDesc, NoWeights string // links, reviews, lowest and highest weight
	WeightAxis                         string
	WeightLinks, WeightReviews         string
	LinkLine, ReviewLine               string // bits
	TrendTitle, TrendDesc, TrendAxis   string // runs; first and last rate, central and regional

	ExamplesNote, NoExamples      string
	LinkPairs, Reviews, Conflicts string
	PairHead                      string // kind or verdict, bits
	Records, BirthYear            string
	StrongestPair                 string // records, shown
	Waterfall                     string
	Found, Bits, Sum              string
	Prior, Total                  string
	Missing                       string // comparisons
	Comparisons                   [match.ComparisonCount]string
}
