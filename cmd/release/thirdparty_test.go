package main

import (
	"bytes"
	"errors"
	"flag"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "rewrite "+thirdPartyName)

// TestThirdParty holds the list to the modules that are linked on any platform.
func TestThirdParty(t *testing.T) {
	const root = "../.."
	modules, err := linkedModules(t.Context(), root)
	if err != nil {
		t.Fatal(err)
	}
	page, err := thirdParty(modules)
	if err != nil {
		t.Fatal(err)
	}
	place := filepath.Join(root, thirdPartyName)
	if *update {
		if err := os.WriteFile(place, page, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	kept, err := os.ReadFile(place)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(kept, page) {
		t.Errorf("%s is not what is linked; run go test ./cmd/release -run ThirdParty -update, and look at it", thirdPartyName)
	}
	for _, path := range []string{"modernc.org/sqlite", "github.com/spf13/cobra", "github.com/inconshreveable/mousetrap"} { // the last on Windows only
		if !slices.ContainsFunc(modules, func(m module) bool { return m.path == path }) {
			t.Errorf("%s is not found", path)
		}
	}
}

func TestLicencesOf(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"Permission is hereby granted, free\n of charge, to any person", "MIT"},
		{"Redistribution and use in source and binary forms, with or without modification", "BSD-2-Clause"},
		{"Redistribution and use in source and binary forms ... Neither the name of X\n may be used to endorse", "BSD-3-Clause"},
		{"Apache License\n  Version 2.0, January 2004 ... Permission is hereby granted, free of charge", "Apache-2.0,MIT"},
		{"GNU GENERAL PUBLIC\n LICENSE. Permission is hereby granted, free of charge", ""},
		{"All rights reserved.", ""},
	} {
		names, err := licencesOf(c.text)
		if got := strings.Join(names, ","); got != c.want || errors.Is(err, errLicence) != (c.want == "") {
			t.Errorf("%q: %q, %v", c.text, got, err)
		}
	}
}
