package main

import (
	"errors"
	"regexp"
	"slices"
	"strings"
)

// errLicence: a text is none of the licences under which padan takes code.
var errLicence = errors.New("not a licence that padan may ship under")

// licences tell the texts of licences by what only they say, the text in one line and
// in small letters.
var licences = []struct {
	name string
	says []string
	not  string
}{
	{name: "Apache-2.0", says: []string{"apache license", "version 2.0"}},
	{name: "MIT", says: []string{"permission is hereby granted, free of charge"}},
	{name: "BSD-3-Clause", says: []string{"redistribution and use in source and binary forms", "may be used to endorse"}},
	{name: "BSD-2-Clause", says: []string{"redistribution and use in source and binary forms"}, not: "may be used to endorse"},
	{name: "ISC", says: []string{"permission to use, copy, modify, and distribute this software for any purpose with or without fee is hereby granted"}},
	{name: "public domain", says: []string{"dedicated to the public domain"}},
}

// licencesOf names the licences of a text. Several may stand in one file.
func licencesOf(text string) ([]string, error) {
	plain := strings.ToLower(strings.Join(strings.Fields(text), " "))
	if strings.Contains(plain, "general public license") {
		return nil, errLicence
	}
	var names []string
	for _, l := range licences {
		holds := func(said string) bool { return strings.Contains(plain, said) }
		if !slices.ContainsFunc(l.says, func(said string) bool { return !holds(said) }) && (l.not == "" || !holds(l.not)) {
			names = append(names, l.name)
		}
	}
	if names == nil {
		return nil, errLicence
	}
	return names, nil
}

var (
	licenceFile   = regexp.MustCompile(`(?i)^(licen[cs]e|copying|notice)`)
	copyrightLine = regexp.MustCompile(`(?im)^\s*(copyright (?:\(c\)|©|\d{4}).*?)\s*$`)
)

// copyrightsOf are the copyright lines of a text, each once.
func copyrightsOf(text string) []string {
	var lines []string
	for _, found := range copyrightLine.FindAllStringSubmatch(text, -1) {
		if !slices.Contains(lines, found[1]) {
			lines = append(lines, found[1])
		}
	}
	return lines
}
