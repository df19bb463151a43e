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
	labels := [len(bandFills)]string{1: numbers.Sprintf("< %.0f %%", bandSteps[0])}
	for i := 1; i < len(bandSteps); i++ {
		labels[i+1] = numbers.Sprintf("%.0f - %.2f %%", bandSteps[i-1], bandSteps[i]-0.01)
	}
	labels[len(labels)-1] = numbers.Sprintf("≥ %.0f %%", bandSteps[len(bandSteps)-1])
	return labels
}
