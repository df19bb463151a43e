package report

import "padan/match"

// englishPage holds the texts of the page in English.
var englishPage = pageTexts{
	Title: "Data matching report", Skip: "Skip to the content", Contents: "Contents",
	Summary: "Summary", Recap: "Recap by area", Areas: "Match rate by area",
	Why: "Why persons are unmatched, and what is to be decided", Weights: "Distribution of weights", Trend: "From run to run",
	Examples: "Example pairs",
	Intro: "This page stands alone and opens without a network. It shows aggregate figures; in the example pairs " +
		"NIK, KK numbers and names are masked, birth dates are cut to the year, and addresses are left out.",
	PrintHint: "What is open on the screen is what is printed.",

	Outcome:      "Outcome",
	Holds:        "All totals add up: no row is lost.",
	Broken:       "THE TOTALS DO NOT ADD UP: do not use this report; run padan check.",
	Account:      "%s: %d rows = %d rejected + %d skipped + %d persons.",
	Division:     "%d persons = %d matched + %d conflict + %d unmatched + %d duplicate.",
	Threshold:    "%.2f bits (probability %s)",
	Sources:      "Sources (files): %d central, %d regional",
	Digest:       "SHA-256 (start)",
	RecapPersons: "Persons by area and outcome", RecapCards: "KK by area and outcome",
	OpenLevels: "Open down to", SortHint: "Choose a column heading to sort, the name of an area to open it.",
	Area:      "Area",
	Figures:   "The figures as a table",
	RateTitle: "%s: %% matched",
	RateDesc:  "%s: central %s, regional %s.",
	RateNote: "Each area is a line from 0 to 100 %. The figures: central, then regional. The lowest kecamatan stand on top; " +
		"how many persons they have is in the recap.",
	PairHead: "%s · %s bits",
	AllAreas: "All kota", NoAreas: "There are no persons on either side.",
	ReasonTitle: "Reasons for being unmatched",
	ReasonDesc:  "Unmatched persons by reason, central and regional. Most frequent: %s (central %d, regional %d).",
	NoReasons:   "No person is unmatched.",
	KindTitle:   "Conflicts and remarks",
	KindDesc:    "Cases by kind, the most important first: %d kinds, %d cases. One person may stand in several cases.",
	NoKinds:     "There are no conflicts and no remarks.",
	WeightTitle: "Weights of linked pairs and of pairs for review",
	WeightDesc: "Pairs by weight in bits: %d linked and %d for review, weights from %.0f to %.0f. " +
		"The vertical scale is logarithmic: each line is ten times the one below. The further right, the stronger the evidence.",
	WeightAxis: "weight (bits)", WeightLinks: "linked", WeightReviews: "for review",
	NoWeights: "There are no pairs.",
	LinkLine:  "link threshold %.2f", ReviewLine: "review threshold %.2f",
	TrendTitle: "% matched in the last runs",
	TrendDesc:  "Share of persons matched in the last %d runs. Central: from %s to %s. Regional: from %s to %s.",
	TrendAxis:  "number of the run",

	ExamplesNote: "The prior (the chance of a random pair) and the weight of each comparison add up to the weight of the pair. " +
		"One bit more means twice as likely the same person. Dashed lines: the review and the link threshold.",
	NoExamples: "There are no pairs to show.",
	LinkPairs:  "Linked pairs: those near the threshold first, then the strongest", Reviews: "For review", Conflicts: "Conflicts",
	Records: "Records compared", Waterfall: "Where the weight comes from", BirthYear: "Birth year",
	Found: "Finding", Bits: "Bits", Sum: "Sum", Prior: "prior chance of a random pair", Total: "Weight",
	Missing:       "Not compared, because one side lacks it: %s.",
	StrongestPair: "This case has %d records, of which %d are shown. The weight is that of the strongest pair.",

	Comparisons: [match.ComparisonCount]string{
		match.CompareNIK: "NIK", match.CompareKK: "KK", match.CompareName: "Name", match.CompareBirthDate: "Birth date",
		match.CompareSex: "Sex", match.CompareArea: "Area", match.CompareStreet: "Street", match.CompareMother: "Mother",
		match.CompareBirthPlace: "Birthplace", match.CompareRelation: "Relation", match.CompareIdentifier: "Other number",
	},
	Footer: "Made with padan %s. Contains masked personal data; keep and share it as Law 27 of 2022 asks.",
}
