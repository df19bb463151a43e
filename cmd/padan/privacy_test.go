package main

import (
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

// shows lists the commands that show persons, and what of them: explain is asked
// about one person, and shows numbers only unmasked, and so are the pages of the
// documentation. No other command shows any.
func shows(args []string) []string {
	command := strings.Join(args, " ")
	explains := strings.Contains(command, "padan") && strings.Contains(command, "explain ") || strings.HasSuffix(command, "sh -ex pages.sh")
	if !explains {
		return nil
	}
	if strings.Contains(command, "--unmask") {
		return []string{secretName, secretBirth, secretAddress, secretNumber}
	}
	return []string{secretName, secretBirth, secretAddress}
}

// personalKey is where a script keeps what its lists say of persons.
type personalKey struct{}

// watch makes a script remember what its lists say of persons.
func watch(env *testscript.Env) error {
	p := newPersonal()
	env.Values[personalKey{}] = p
	return filepath.WalkDir(env.WorkDir, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		return p.addFile(path)
	})
}

// keepsSecrets fails a script whose last command said something of a person that it
// must not, or left it in a file that is no report.
func keepsSecrets(ts *testscript.TestScript, args []string) {
	p := ts.Value(personalKey{}).(*personal)
	ts.Check(p.addGenerated(ts.MkAbs(".")))
	for _, stream := range []string{"stdout", "stderr"} {
		if value, kind := p.in(ts.ReadFile(stream), shows(args)...); value != "" {
			ts.Fatalf("%s: %s holds %s: %q", strings.Join(args, " "), stream, kind, value)
		}
	}
	name, value, kind, err := p.inFiles(ts.MkAbs("."))
	ts.Check(err)
	if value != "" {
		ts.Fatalf("%s: %s holds %s: %q", strings.Join(args, " "), name, kind, value)
	}
}

// addGenerated takes in the lists that padan generate and padan demo write.
func (p *personal) addGenerated(folder string) error {
	for _, pattern := range []string{"central", "regional", "*/central", "*/regional"} {
		folders, err := filepath.Glob(filepath.Join(folder, pattern))
		for _, found := range folders {
			if err == nil {
				err = p.addFolder(found)
			}
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// speechless are the files that must say nothing of persons: whoever keeps a
// machine running reads them, and so do those who are handed the figures.
var speechless = []string{"*.json", "*.audit", "*.lock", "*.toml", "*.svg", "recap.csv", "laporan.html"}

// inFiles finds what the files that are no lists of persons say of them.
func (p *personal) inFiles(folder string) (name, value, kind string, err error) {
	err = filepath.WalkDir(folder, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || !entry.Type().IsRegular() || value != "" {
			return err
		}
		isOne := func(pattern string) bool {
			fits, err := filepath.Match(pattern, entry.Name())
			return err == nil && fits
		}
		info, err := entry.Info()
		if err != nil || !slices.ContainsFunc(speechless, isOne) || p.clean[path].Equal(info.ModTime()) {
			return err
		}
		content, err := os.ReadFile(path)
		name, p.clean[path] = path, info.ModTime()
		var may []string
		if filepath.Ext(path) == ".toml" { // a comment explains how to read 05/12/1987
			may = []string{secretBirth}
		}
		value, kind = p.in(string(content), may...)
		return err
	})
	return name, value, kind, err
}

// discreet returns the output of a command, which must say nothing of the persons in
// the lists of the office, no more than its files that are no reports.
func (o *office) discreet(args []string, output string) string {
	o.t.Helper()
	p := newPersonal()
	for _, folder := range []string{"", "pusat", "daerah"} {
		if err := p.addFolder(o.path(folder)); err != nil && !os.IsNotExist(err) {
			o.t.Fatal(err)
		}
	}
	if value, kind := p.in(output, shows(append([]string{"padan"}, args...))...); value != "" {
		o.t.Errorf("padan %s says %s: %q", strings.Join(args, " "), kind, value)
	}
	name, value, kind, err := p.inFiles(o.folder)
	if err != nil || value != "" {
		o.t.Errorf("padan %s: %s holds %s: %q, %v", strings.Join(args, " "), name, kind, value, err)
	}
	return output
}

// TestSecretsAreFound plants values in outputs and files and wants each found, or
// the watch over all scripts would watch nothing.
func TestSecretsAreFound(t *testing.T) {
	p := newPersonal()
	p.add("DAFTAR WARGA\nNO,NIK,NO KK,NAMA LENGKAP,TMPT LAHIR,TGL LAHIR,JK,ALAMAT,KELURAHAN\n" +
		"1,3174011205879001,3174010101109001,\"BUDI SANTOSO, S.H.\",Jakarta,12/05/1987,L,JL MELATI NO 7,Tebet Timur\n")
	p.add("rec_id;given_name;surname;date_of_birth;soc_sec_id\na1;maribel;oakhurst;19700314;5310427\n")
	for text, want := range map[string]string{
		"row 2: 3174011205879001": secretNumber, `{"kk":"3174010101109001"}`: secretNumber, "x 3172222222222222 y": secretNumber,
		"no such person: Santoso": secretName, "Budi Santoso, S.H. is": secretName, "a SANTOSO'S": secretName, "born 1987-05-12": secretBirth, "12-05-1987": secretBirth, "lives in Jl Melati No 7.": secretAddress,
		"maribel": secretName, "1970-03-14": secretBirth, "number 5310427 twice": secretNumber,
		"317401******9001 B*** S****** in Tebet Timur, Jakarta: 1 of 317401 rows; 2026-05-12; jl melati": "",
		"sha256 3174011205879001aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa":                        "",
	} {
		if value, kind := p.in(text); kind != want {
			t.Errorf("%q: got %q (%s), want %q", text, kind, value, want)
		}
	}
	if value, _ := p.in("SANTOSO 1987-05-12 JL MELATI NO 7", shows([]string{"padan", "explain", "--row 2"})...); value != "" {
		t.Errorf("explain must not show %s", value)
	}
	for _, command := range []string{"padan load central a.csv", "padan explain --row 2", "padan audit show", "sh -c padan match"} {
		if value, _ := p.in("3174011205879001", shows(strings.Fields(command))...); value == "" {
			t.Errorf("%s may show a NIK", command)
		}
	}
	for _, name := range []string{"run.json", "padan.db.audit", "padan.db.lock", "padan.toml", "laporan.html", "recap.csv", "model.json"} {
		folder := t.TempDir()
		if err := os.WriteFile(filepath.Join(folder, name), []byte("SANTOSO"), 0o600); err != nil {
			t.Fatal(err)
		}
		if _, value, _, err := p.inFiles(folder); err != nil || value == "" {
			t.Errorf("%s: %q, %v", name, value, err)
		}
	}
}

// TestScriptsAreWatched holds every command of the scripts to the watch: one that is
// started otherwise than by exits would not be looked at.
func TestScriptsAreWatched(t *testing.T) {
	scripts, err := filepath.Glob("testdata/script/*.txtar")
	if err != nil || len(scripts) == 0 {
		t.Fatal(err)
	}
	for _, script := range scripts {
		content, err := os.ReadFile(script)
		if err != nil {
			t.Fatal(err)
		}
		commands, _, _ := strings.Cut(string(content), "\n-- ")
		for line := range strings.Lines(commands) {
			if fields := strings.Fields(line); slices.Contains(fields, "exec") && slices.Contains(fields, "padan") && !slices.Contains(fields, "exits") {
				t.Errorf("%s: %q: must be started by exits", script, strings.TrimSpace(line))
			}
		}
	}
}
