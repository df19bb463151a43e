package hashid

import "strings"

// longNumber is the number of digits from which a number in a text may be a NIK
// or a KK number.
const longNumber = 13

// withoutNumbers takes out of a text the numbers that are long enough for a NIK,
// with the signs between their digits ("31.7401.520690.9001").
func withoutNumbers(text string) string {
	from, digits, end := -1, 0, 0
	for i := 0; i <= len(text); i++ {
		switch {
		case i < len(text) && text[i] >= '0' && text[i] <= '9':
			if from < 0 {
				from, digits = i, 0
			}
			digits++
			end = i + 1
		case i < len(text) && strings.IndexByte(" .-/", text[i]) >= 0:
		default:
			if from >= 0 && digits >= longNumber {
				return strings.Join(strings.Fields(text[:from]+" "+withoutNumbers(text[end:])), " ")
			}
			from = -1
		}
	}
	return text
}
