package report

import "padan/normalize"

// number shows a NIK or a KK as it stood in the source, or masked.
func (w *writer) number(text string, n normalize.Number) Cell {
	switch {
	case !w.options.Mask:
		return Code(text)
	case text == "":
		return Cell{Type: EmptyCell}
	case (n.Digits == longNumber || n.Hashed) && n.Masked() != "":
		return Code(n.Masked())
	}
	return Text(hidden)
}

// hidden stands for a value that a masked report leaves out.
const hidden = "***"

// longNumber is the number of digits of a NIK and of a KK number.
const longNumber = 16

// shortestMasked is the least run of digits that may be a damaged NIK.
const shortestMasked = 14

// maskNumbers hides the middle of every run of digits that may be a NIK and
// stands in another text, a remark or a name.
func maskNumbers(text string) string {
	var masked []byte
	for from := 0; from < len(text); {
		to := from
		for to < len(text) && text[to] >= '0' && text[to] <= '9' {
			to++
		}
		if to-from >= shortestMasked {
			if masked == nil {
				masked = []byte(text)
			}
			for i := from + 6; i < to-4; i++ {
				masked[i] = '*'
			}
		}
		from = to + 1
	}
	if masked == nil {
		return text
	}
	return string(masked)
}
