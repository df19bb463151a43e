package report

import (
	"bytes"
	"context"
	_ "embed" // the probe
	"encoding/json"
	"fmt"
	"html"
	"image/png"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"
)

// browserNames are the names under which the browser is looked for.
var browserNames = []string{"chromium", "chromium-browser", "google-chrome"}

// browser runs a real browser without a window.
type browser struct{ path, folder string }

// newBrowser skips the test where no browser is installed.
func newBrowser(t *testing.T) *browser {
	t.Helper()
	for _, name := range browserNames {
		if path, err := exec.LookPath(name); err == nil {
			return &browser{path, t.TempDir()}
		}
	}
	t.Skipf("no browser is installed: none of %s is in PATH", strings.Join(browserNames, ", "))
	return nil
}

// show opens a file and returns what the browser printed, and what it said on its
// console.
func (b *browser) show(t *testing.T, file string, flags ...string) (output []byte, console []string) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 2*time.Minute)
	defer cancel()
	flags = append(flags, "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--no-first-run", "--enable-logging=stderr",
		"--user-data-dir="+filepath.Join(b.folder, "profile"), "--virtual-time-budget=10000", "file://"+file)
	var out, said bytes.Buffer
	cmd := exec.CommandContext(ctx, b.path, flags...)
	cmd.Stdout, cmd.Stderr = &out, &said
	if err := cmd.Run(); err != nil {
		t.Fatalf("%s: %v\n%s", b.path, err, said.Bytes())
	}
	for line := range strings.Lines(said.String()) {
		if strings.Contains(line, "CONSOLE") {
			console = append(console, line)
		}
	}
	return out.Bytes(), console
}

// screens are the sizes of window in which the page must be good.
var screens = map[string][2]int{"phone": {360, 740}, "desktop": {1280, 900}}

// probePage measures the page in a frame and uses it.
//
//go:embed testdata/probe.html
var probePage string

// probed is what the probe found out about a page in a window of one width.
type probed struct {
	Problems           []string
	Scrolls            []int // width of the page and of the window: at first, and with all opened
	Folded, Opened     int   // rows of areas that show
	Rates              []string
	Sorted             string // aria-sort
	ParentsAreKept     bool
	Buttons, Reachable int
}

// TestPageInABrowser opens the page at the width of a phone and of a desktop, opens
// everything, sorts, and takes pictures.
func TestPageInABrowser(t *testing.T) {
	b := newBrowser(t)
	s := awkwardSummary()
	content := writtenPage(t, s, awkwardExamples(), Indonesian)
	page := filepath.Join(b.folder, "laporan.html")
	if err := os.WriteFile(page, content, 0o600); err != nil {
		t.Fatal(err)
	}
	for name, size := range screens {
		t.Run(name, func(t *testing.T) {
			p, console := b.probe(t, size, content, "")
			if len(console) > 0 {
				t.Errorf("the console says %q", console)
			}
			checkProbe(t, p, s)
			picture := filepath.Join(b.folder, name+".png")
			_, console = b.show(t, page, "--screenshot="+picture, fmt.Sprintf("--window-size=%d,%d", size[0], size[1]))
			if len(console) > 0 {
				t.Errorf("the console says %q", console)
			}
			checkPicture(t, picture)
		})
	}
}

// Without scripts all areas show, and no button that would do nothing.
func TestPageWithoutScripts(t *testing.T) {
	b := newBrowser(t)
	s := awkwardSummary()
	p, console := b.probe(t, screens["phone"], writtenPage(t, s, awkwardExamples(), English), `sandbox="allow-same-origin"`)
	for _, line := range console {
		if !strings.Contains(line, "Blocked script execution") {
			t.Errorf("the console says %q", line)
		}
	}
	checkWidths(t, p)
	if p.Folded != len(s.Recap.Rows())-1 || p.Buttons != 0 {
		t.Errorf("%d areas and %d buttons show", p.Folded, p.Buttons)
	}
}

// probe shows a page in a frame of a size and returns what was found out.
func (b *browser) probe(t *testing.T, size [2]int, page []byte, sandbox string) (p probed, console []string) {
	t.Helper()
	file := filepath.Join(b.folder, "probe.html")
	frame := strings.NewReplacer("WIDTH", fmt.Sprint(size[0]), "HEIGHT", fmt.Sprint(size[1]), "SANDBOX", sandbox, "PAGE", html.EscapeString(string(page)))
	if err := os.WriteFile(file, []byte(frame.Replace(probePage)), 0o600); err != nil {
		t.Fatal(err)
	}
	dom, console := b.show(t, file, "--dump-dom")
	found := regexp.MustCompile(`(?s)<pre id="result">(.+?)</pre>`).FindSubmatch(dom)
	if found == nil {
		t.Fatalf("the probe has not ended: %.300s", dom)
	}
	if err := json.Unmarshal([]byte(html.UnescapeString(string(found[1]))), &p); err != nil {
		t.Fatal(err)
	}
	return p, console
}

// checkWidths verifies that nothing is wider than the window.
func checkWidths(t *testing.T, p probed) {
	t.Helper()
	for _, problem := range p.Problems {
		t.Error(problem)
	}
	for i := 0; i+1 < len(p.Scrolls); i += 2 {
		if p.Scrolls[i] > p.Scrolls[i+1] {
			t.Errorf("the page is %d wide in a window of %d", p.Scrolls[i], p.Scrolls[i+1])
		}
	}
}

func checkProbe(t *testing.T, p probed, s *Summary) {
	t.Helper()
	checkWidths(t, p)
	rows, kota := s.Recap.Rows(), 0
	for i := range rows {
		if rows[i].Level == RecapKota {
			kota++
		}
	}
	if p.Folded != kota || p.Opened != len(rows)-1 {
		t.Errorf("%d areas show folded, %d opened; there are %d kota and %d areas", p.Folded, p.Opened, kota, len(rows)-1)
	}
	if p.Sorted != "descending" || !p.ParentsAreKept || len(p.Rates) != kota {
		t.Errorf("sorted %q, parents kept: %v, %d kota", p.Sorted, p.ParentsAreKept, len(p.Rates))
	}
	if p.Buttons == 0 || p.Reachable != p.Buttons {
		t.Errorf("%d of %d buttons can be reached with the keyboard", p.Reachable, p.Buttons)
	}
	last := 101.0
	for _, rate := range p.Rates {
		value := -1.0
		if rate != nothing {
			if _, err := fmt.Sscanf(strings.Replace(rate, ",", ".", 1), "%f", &value); err != nil {
				t.Fatal(err)
			}
		}
		if value > last {
			t.Errorf("%v is not sorted", p.Rates)
		}
		last = value
	}
}

// checkPicture verifies that a picture shows more than a blank page.
func checkPicture(t *testing.T, path string) {
	t.Helper()
	picture, err := png.Decode(bytes.NewReader(readFile(t, path)))
	if err != nil {
		t.Fatal(err)
	}
	colors := map[[3]uint32]bool{}
	bounds := picture.Bounds()
	for y := bounds.Min.Y; y < bounds.Max.Y; y += 3 {
		for x := bounds.Min.X; x < bounds.Max.X; x += 3 {
			r, g, b, _ := picture.At(x, y).RGBA()
			colors[[3]uint32{r, g, b}] = true
		}
	}
	if len(colors) < 20 {
		t.Errorf("%s shows %d colours", filepath.Base(path), len(colors))
	}
}
