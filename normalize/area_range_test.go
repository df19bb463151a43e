package normalize

import "testing"

func TestAreaRange(t *testing.T) {
	for text, want := range map[string]struct{ inside, outside uint64 }{
		"31": {3174011005, 3201011001}, "31.74": {3174000000, 3175011001}, "3174": {3174011005, 3173999999},
		" 31.74.01 ": {3174011005, 3174021001}, "31.74.01.1005": {3174011005, 3174011006},
		"32.01.01.2001": {3201012001, 3201012002},
	} {
		if r, ok := ParseAreaRange(text); !ok || !r.Holds(want.inside) || r.Holds(want.outside) || r.Holds(0) {
			t.Errorf("%q: %+v, %v", text, r, ok)
		}
	}
	for _, text := range []string{"", "0", "00", "3", "31.7", "tebet", "31.74.01.10055", "-1", "31.74.01.100x", "31.99", "99", "31.74.99", "31.74.01.1999", "32.99.01.2001"} {
		if r, ok := ParseAreaRange(text); ok || r.Holds(3174011005) {
			t.Errorf("%q is read as %+v", text, r)
		}
	}
}
