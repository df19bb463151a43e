package main

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"padan/internal/reporting"
	"padan/match"
	"padan/report"

	"github.com/spf13/pflag"
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
	flags.StringSliceVar(&o.only, "only", nil, "write only these parts: "+strings.Join(reporting.Parts(), ", "))
	flags.StringVar(&o.packages, "package", reporting.PackageKecamatan, "one workbook, in the folder wilayah, for each "+strings.Join(reporting.Packages(), ", "))
	o.csv.addFlags(flags)
	flags.Int64Var(&o.run, "run", 0, "the number of a run (default the last one)")
	addPreferFlag(flags, &o.precedence)
	flags.BoolVar(&o.mask, "mask", false, "show NIK and KK as 317401******0001")
}

// addFormat adds the one flag that other commands have too.
func (o *reportOptions) addFormat(flags *pflag.FlagSet) {
	flags.StringSliceVar(&o.formats, "format", []string{"csv", "xlsx"}, "formats of the lists: "+strings.Join(reporting.Formats(), ", "))
}

func (o *reportOptions) check() error {
	if o.out == "" {
		return &usageError{err: errors.New("--out is missing: the folder for the reports"), hint: "padan report --out reports"}
	}
	if err := settle("--format", &o.formats, reporting.Formats()); err != nil {
		return err
	}
	if err := settle("--only", &o.only, reporting.Parts()); err != nil {
		return err
	}
	if !slices.Contains(reporting.Packages(), o.packages) {
		return &usageError{err: fmt.Errorf("--package %q: must be one of %s", o.packages, strings.Join(reporting.Packages(), ", "))}
	}
	if len(o.only) == 0 {
		o.only = reporting.Parts()
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

// reporting are the options as they go into the work.
func (o *reportOptions) reporting(g *globals) reporting.Options {
	return reporting.Options{
		Language: report.Language(g.text.code), Grounds: g.grounds, Parts: o.only, Formats: o.formats, Package: o.packages,
		CSV: o.csv.CSVOptions, Mask: o.mask, Precedence: o.precedence, Version: version, Workers: g.workers,
		Sheets: g.text.sheets(), Warnings: g.text.warnings, Stage: g.stage,
	}
}

// sheets are what workbooks call the sheet of a list.
func (t *texts) sheets() map[string]string {
	return map[string]string{
		"matched": t.format(msgSheetMatched), "conflicts": t.format(msgSheetConflicts), "duplicates": t.format(msgSheetDuplicates),
		"unmatched_central": t.format(msgSheetUnmatchedCentral), "unmatched_regional": t.format(msgSheetUnmatchedRegional),
		"rejected": t.format(msgSheetRejected), "households": t.format(msgSheetHouseholds),
		"data_induk": t.format(msgSheetMaster), "data_induk_kk": t.format(msgSheetMasterHomes),
	}
}
