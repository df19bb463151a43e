package report

// bandSteps are the percentages at which the colour of a match rate changes, as
// officials know them.
var bandSteps = [...]float64{20, 40, 60, 80}

// bandFills are the colours of the bands 1 to 5, from red to green, light enough
// for black text; 0 is no band.
var bandFills = [len(bandSteps) + 2]string{"", "F4B0A8", "FAD3A5", "FFF0B3", "DCEDC8", "A5D6A7"}

// bandOf is the band of a percentage: 1 below the first step, 5 from the last.
func bandOf(percent float64) int8 {
	band := int8(1)
	for _, step := range bandSteps {
		if percent >= step {
			band++
		}
	}
	return band
}

// bandLabels name the bands: "< 20 %", "20 - 39,99 %", "≥ 80 %".
func bandLabels(l Language) [len(bandFills)]string {
	numbers := numbersOf(l)
	last := len(bandSteps) - 1
	var labels [len(bandFills)]string
	labels[1] = numbers.Sprintf("< %.0f %%", bandSteps[0])
	for i, step := range bandSteps[:last] {
		labels[i+2] = numbers.Sprintf("%.0f - %.2f %%", step, bandSteps[i+1]-0.01)
	}
	labels[last+2] = numbers.Sprintf("≥ %.0f %%", bandSteps[last])
	return labels
}
