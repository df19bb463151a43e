package report

import (
	"math"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// luminance is the relative luminance of a colour (#rrggbb), as WCAG 2 defines it.
func luminance(t *testing.T, color string) float64 {
	t.Helper()
	value, err := strconv.ParseUint(strings.TrimPrefix(color, "#"), 16, 32)
	if err != nil || len(color) != 7 {
		t.Fatalf("color %q: %v", color, err)
	}
	sum := 0.0
	for shift, share := range map[int]float64{16: 0.2126, 8: 0.7152, 0: 0.0722} {
		part := float64(value>>shift&0xff) / 255
		if part <= 0.04045 {
			part /= 12.92
		} else {
			part = math.Pow((part+0.055)/1.055, 2.4)
		}
		sum += share * part
	}
	return sum
}

// contrast is the contrast ratio of two colours, from 1 to 21.
func contrast(t *testing.T, a, b string) float64 {
	t.Helper()
	x, y := luminance(t, a), luminance(t, b)
	return (max(x, y) + 0.05) / (min(x, y) + 0.05)
}

func TestContrastIsThatOfTheStandard(t *testing.T) {
	for pair, want := range map[[2]string]float64{
		{"#000000", "#ffffff"}: 21, {"#ffffff", "#ffffff"}: 1, {"#767676", "#ffffff"}: 4.54, {"#ff0000", "#ffffff"}: 4.0,
	} {
		if got := contrast(t, pair[0], pair[1]); math.Abs(got-want) > 0.005 {
			t.Errorf("%v: %.3f instead of %.3f", pair, got, want)
		}
	}
}

// Texts reach 4.5 on every ground on which they stand, what is drawn reaches 3 (WCAG
// 2.2, level AA), and there is no colour that this test does not know.
func TestColorsCanBeTold(t *testing.T) {
	style := string(pageStyle)
	colors := map[string]string{}
	for _, found := range regexp.MustCompile(`--([a-z0-9-]+): (#[0-9a-f]{6});`).FindAllStringSubmatch(style, -1) {
		colors[found[1]] = found[2]
	}
	if n := len(regexp.MustCompile(`#[0-9a-fA-F]{3,8}\b|\brgb|\bhsl`).FindAllString(style, -1)); n != len(colors) {
		t.Errorf("%d colours are written, %d have a name", n, len(colors))
	}
	known := map[string]bool{"rule": true} // draws lines that carry no meaning
	check := func(least float64, on string, over ...string) {
		for _, name := range over {
			known[name], known[on] = true, true
			if got := contrast(t, colors[name], colors[on]); got < least {
				t.Errorf("%s on %s: %.2f", name, on, got)
			}
		}
	}
	for _, ground := range []string{"paper", "ground", "accent-pale", "band1", "band2", "band3", "band4", "band5"} {
		check(4.5, ground, "text")
	}
	check(4.5, "paper", "quiet", "accent", "loss")
	check(4.5, "ground", "quiet", "accent", "loss")
	check(3, "paper", "central", "regional", "matched", "conflict", "unmatched", "duplicate",
		"severity1", "severity2", "severity3", "gain", "loss", "control", "accent")
	check(3, "ground", "matched", "loss")
	for name := range colors {
		if !known[name] {
			t.Errorf("nobody has looked at %s", name)
		}
	}
}
