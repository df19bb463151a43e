package reporting

import (
	"slices"

	"padan/match"
	"padan/report"
)

// The parts of the reports.
const (
	PartLists    = "lists"
	PartRecap    = "recap"
	PartPackages = "packages" // workbooks of areas, if XLSX is among the formats
	PartMaster   = "master"
	PartPage     = "page"
)

// The areas of which there may be workbooks.
const (
	PackageKecamatan = "kecamatan"
	PackageKelurahan = "kelurahan"
	PackageNone      = "none"
)

// Parts are all parts, in their order.
func Parts() []string { return []string{PartLists, PartRecap, PartPackages, PartMaster, PartPage} }

// Formats are all formats of lists, by the end of their names.
func Formats() []string { return []string{"csv", "xlsx", "jsonl", "parquet"} }

// Packages are the words for whose workbooks there are.
func Packages() []string { return []string{PackageKecamatan, PackageKelurahan, PackageNone} }

// Options say what is written, and how.
type Options struct {
	Language   report.Language
	Grounds    report.Grounds
	Parts      []string // some of Parts, in their order
	Formats    []string // some of Formats, in their order
	Package    string   // one of Packages
	CSV        report.CSVOptions
	Mask       bool
	Precedence match.Precedence
	Version    string // of padan
	Workers    int    // how many files are written at a time; above 0

	Sheets   map[string]string                   // what workbooks call the sheet of a list, by the name of the list
	Warnings func(warnings []string) []string    // puts those of a source into words
	Stage    func(name string) (finished func()) // told when the work on a file begins
}

// wantsAreas reports whether workbooks of areas are to be written.
func (o *Options) wantsAreas() bool {
	_, some := packageLevels[o.Package]
	return some && o.wants(PartPackages) && slices.Contains(o.Formats, "xlsx")
}

// wants reports whether a part is to be written.
func (o *Options) wants(part string) bool { return slices.Contains(o.Parts, part) }

// wantsFigures reports whether a part is to be written for which all records must
// be counted first.
func (o *Options) wantsFigures() bool {
	return o.wants(PartRecap) || o.wants(PartPackages) || o.wants(PartPage)
}

// Manifest is what the files depend on beside the run.
func (o *Options) Manifest() report.ManifestOptions {
	return report.ManifestOptions{
		Language: o.Language, Grounds: o.Grounds, Mask: o.Mask, Parts: o.Parts, Formats: o.Formats, Package: o.Package,
		CSVDelimiter: string(o.CSV.Delimiter), CSVBOM: o.CSV.BOM, Prefer: o.Precedence.Sides(),
	}
}
