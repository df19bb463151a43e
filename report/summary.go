package report

import (
	"time"

	"padan/match"
	"padan/normalize"
)

// Summary holds every figure that the reports of a run state about the run as a
// whole and about its areas. Whatever shows a figure takes it from here, so that
// all of them agree. The caller fills in what it knows of the run, then adds all
// records, in canonical order, all households and all weights.
type Summary struct {
	Run       RunInfo
	Grounds   Grounds
	Sources   [2][]SourceInfo // by side, canonical order
	Conflicts []CodeCount     // conflicts by kind, in report order
	Trend     []TrendPoint    // this run and those before it, the oldest first

	Recap   *Recap
	Reasons [2][]CodeCount // unmatched persons by reason, in the order of match.Reason
	Groups  []GroupCounts  // persons by who they are, see groupsOf
	Weights []WeightBin    // links and cases for review by weight, ascending

	sources [2]map[string]*Counts // persons of each source, by name
	groups  map[groupKey]*[2]Counts
	bins    map[int]*WeightBin
}

// Grounds are why an office may process the data, in its own words.
type Grounds struct {
	Purpose    string `json:"purpose,omitempty"`
	LegalBasis string `json:"legal_basis,omitempty"`
}

// RunInfo is what is known of a run before its records are counted.
type RunInfo struct {
	Number  int64
	Started time.Time
	Version string  // of padan
	Trained bool    // the model was learned from lists; else it is the one inside padan
	Link    float64 // threshold of a link, bits
	Review  float64 // threshold of a case for review, bits
	Links   int64
}

// SourceInfo is one source file of a run. Rows = Records + Rejected + the sum of
// Skipped.
type SourceInfo struct {
	Name     string
	SHA256   string
	Loaded   time.Time
	Rows     int64
	Records  int64
	Rejected int64
	Skipped  map[string]int64 // by reason
	Issues   map[string]int64 // by field and code: "nik:short"
	Warnings []string         // in words
	Outcomes Counts           // of its records; filled as they are added
}

// CodeCount is how often a stable code occurs.
type CodeCount struct {
	Code  string
	Count int64
}

// TrendPoint is one run in the series of runs.
type TrendPoint struct {
	Run     int64
	Started time.Time
	Persons [2]Counts
}

// GroupCounts are the persons of one group on each side, by outcome.
type GroupCounts struct {
	By      GroupBy
	Group   string // stable code
	Persons [2]Counts
}

// GroupBy names a property by which persons are grouped.
type GroupBy string

// The properties.
const (
	BySex  GroupBy = "sex"
	ByAge  GroupBy = "age"        // at the start of the run
	ByName GroupBy = "name_words" // words in the name
	ByNIK  GroupBy = "nik"        // what the NIK is worth
)

// groupOrder lists the groups of each property in report order.
var groupOrder = []struct {
	by     GroupBy
	groups []string
}{
	{BySex, []string{"male", "female", "unknown"}},
	{ByAge, []string{"0-4", "5-17", "18-59", "60+", "unknown"}},
	{ByName, []string{"1", "2", "3+", "unknown"}},
	{ByNIK, []string{"whole", "doubtful", "missing"}},
}

type groupKey struct {
	by    GroupBy
	group string
}

// WeightBin counts pairs whose weight lies in [From, From+WeightBinBits).
type WeightBin struct {
	From    float64 // bits
	Links   int64
	Reviews int64
}

// WeightBinBits is the width of a bin of weights.
const WeightBinBits = 2

// NewSummary returns the summary of a run whose records are still to be added.
func NewSummary(run RunInfo, sources [2][]SourceInfo) *Summary {
	s := &Summary{
		Run: run, Sources: sources, Recap: NewRecap(),
		groups: map[groupKey]*[2]Counts{}, bins: map[int]*WeightBin{},
	}
	for side := range sources {
		s.sources[side] = map[string]*Counts{}
		for i := range sources[side] {
			s.sources[side][sources[side][i].Name] = &sources[side][i].Outcomes
		}
		for _, r := range match.Reasons() {
			s.Reasons[side] = append(s.Reasons[side], CodeCount{Code: r.String()})
		}
	}
	return s
}

// Add counts one record. Records must come in canonical order.
func (s *Summary) Add(o *match.RecordOutcome) {
	s.Recap.Add(o)
	side := o.Record.Side
	if counts := s.sources[side][o.Record.Source]; counts != nil {
		counts[o.Outcome]++
	}
	if o.Reason != match.ReasonNone {
		s.Reasons[side][o.Reason-match.ReasonNameMissing].Count++
	}
	for _, key := range s.groupsOf(&o.Person) {
		counts := s.groups[key]
		if counts == nil {
			counts = &[2]Counts{}
			s.groups[key] = counts
		}
		counts[side][o.Outcome]++
	}
}

// AddLink counts the weight of a link, in bits.
func (s *Summary) AddLink(weight float64) { s.bin(weight).Links++ }

// AddReview counts the weight of a case for review, in bits.
func (s *Summary) AddReview(weight float64) { s.bin(weight).Reviews++ }

func (s *Summary) bin(weight float64) *WeightBin {
	i := binOf(weight)
	b := s.bins[i]
	if b == nil {
		b = &WeightBin{From: float64(i * WeightBinBits)}
		s.bins[i] = b
	}
	return b
}

// groupsOf lists the groups to which a person belongs, one for each property.
func (s *Summary) groupsOf(p *normalize.Person) [4]groupKey {
	return [...]groupKey{
		{BySex, p.Sex.String()}, {ByAge, s.ageGroup(p.BirthDate)}, {ByName, nameGroup(p.Name.Words)}, {ByNIK, nikGroup(p.NIK.Trust)},
	}
}
