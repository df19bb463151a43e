package main

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"padan/match"
	"padan/report"

	"github.com/spf13/pflag"
)

// The parts of a report that --only names.
const (
	partLists    = "lists"
	partRecap    = "recap"
	partPackages = "packages"
	partMaster   = "master"
	partPage     = "page"
)

var (
	reportParts   = []string{partLists, partRecap, partPackages, partMaster, partPage}
	reportFormats = []string{"csv", "xlsx", "jsonl", "parquet"}
)

type reportOptions struct {
	out        string
	formats    []string
	only       []string // empty = all parts
	packages   string   // of which areas, or none
	csv        csvDialect
	run        int64
	mask       bool
	precedence match.Precedence
}

func (o *reportOptions) addFlags(flags *pflag.FlagSet) {
	flags.StringVar(&o.out, "out", "", "the folder for the reports; it is made if need be")
	markPaths(flags, "out")
	o.addFormat(flags)
	flags.StringSliceVar(&o.only, "only", nil, "write only these parts: "+strings.Join(reportParts, ", "))
	flags.StringVar(&o.packages, "package", packageKecamatan, "one workbook, in the folder wilayah, for each "+strings.Join(packageWords, ", "))
	o.csv.addFlags(flags)
	flags.Int64Var(&o.run, "run", 0, "the number of a run (default the last one)")
	addPreferFlag(flags, &o.precedence)
	flags.BoolVar(&o.mask, "mask", false, "show NIK and KK as 317401******0001")
}

// addFormat adds the one flag that other commands have too.
func (o *reportOptions) addFormat(flags *pflag.FlagSet) {
	flags.StringSliceVar(&o.formats, "format", []string{"csv", "xlsx"}, "formats of the lists: "+strings.Join(reportFormats, ", "))
}

func (o *reportOptions) check() error {
	if o.out == "" {
		return &usageError{err: errors.New("--out is missing: the folder for the reports"), hint: "padan report --out reports"}
	}
	if err := settle("--format", &o.formats, reportFormats); err != nil {
		return err
	}
	if err := settle("--only", &o.only, reportParts); err != nil {
		return err
	}
	if !slices.Contains(packageWords, o.packages) {
		return &usageError{err: fmt.Errorf("--package %q: must be one of %s", o.packages, strings.Join(packageWords, ", "))}
	}
	if len(o.only) == 0 {
		o.only = slices.Clone(reportParts)
	}
	return o.csv.settle()
}

// settle checks the words of a flag and puts them in order, each once.
func settle(flag string, words *[]string, known []string) error {
	for _, word := range *words {
		if !slices.Contains(known, word) {
			return &usageError{err: fmt.Errorf("%s %q: must be one of %s", flag, word, strings.Join(known, ", "))}
		}
	}
	*words = slices.DeleteFunc(slices.Clone(known), func(word string) bool { return !slices.Contains(*words, word) })
	return nil
}

// wants reports whether a part is to be written.
func (o *reportOptions) wants(part string) bool { return slices.Contains(o.only, part) }

// wantsFigures reports whether a part is to be written for which all records must
// be counted first.
func (o *reportOptions) wantsFigures() bool {
	return o.wants(partRecap) || o.wants(partPackages) || o.wants(partPage)
}

// preferFlag is the flag --prefer, which may be repeated.
type preferFlag struct{ *match.Precedence }

func addPreferFlag(flags *pflag.FlagSet, p *match.Precedence) {
	var codes []string
	for _, f := range match.MasterFields() {
		codes = append(codes, f.String())
	}
	*p = match.DefaultPrecedence()
	flags.Var(preferFlag{p}, "prefer", "whose value the master list takes where both sides differ and no rule decides, FIELD=central|regional or one side for all; "+
		"may be repeated (default: regional for address and status, else central). Fields: "+strings.Join(codes, ", "))
	flags.Lookup("prefer").Annotations = map[string][]string{repeatedFlag: {"true"}}
}

func (p preferFlag) Type() string          { return "FIELD=SIDE" }
func (p preferFlag) Set(text string) error { return p.Prefer(text) }

// String lists what differs from the default.
func (p preferFlag) String() string {
	if p.Precedence == nil {
		return ""
	}
	var changed []string
	for f, side := range match.DefaultPrecedence() {
		if p.Precedence[f] != side {
			changed = append(changed, match.MasterField(f).String()+"="+p.Precedence[f].String())
		}
	}
	return strings.Join(changed, ",")
}

// manifest is what the files depend on beside the run.
func (o *reportOptions) manifest(t *texts, grounds report.Grounds) report.ManifestOptions {
	return report.ManifestOptions{
		Language: report.Language(t.code), Grounds: grounds, Mask: o.mask, Parts: o.only, Formats: o.formats, Package: o.packages,
		CSVDelimiter: string(o.csv.Delimiter), CSVBOM: o.csv.BOM, Prefer: o.precedence.Sides(),
	}
}
