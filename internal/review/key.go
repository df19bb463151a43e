package review

import (
	"strings"

	"padan/match"
)

// keyMark begins a key and names its form.
const keyMark = "P1"

// Key names the two records of a row by all that they say.
type Key [2]match.Identity

// String is the key as it stands in a sheet.
func (k Key) String() string { return keyMark + "-" + k[0].String() + "-" + k[1].String() }

// ParseKey is the inverse of String; false if the text is no key.
func ParseKey(text string) (Key, bool) {
	var k Key
	parts := strings.Split(strings.ToLower(strings.TrimSpace(text)), "-")
	if len(parts) != 3 || parts[0] != strings.ToLower(keyMark) {
		return k, false
	}
	for i := range k {
		var err error
		if k[i], err = match.ParseIdentity(parts[1+i]); err != nil {
			return k, false
		}
	}
	return k, true
}
