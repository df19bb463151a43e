package match

// How many members a household has at least: those of a family card have others
// even where a list names one of them only; in lists without family cards, what
// the lack of families can prove is bounded.
const (
	leastCardMembers    = 3.0
	leastAddressMembers = 1.0 / 64
)

// householdMembers returns among how many persons of one side a shared household
// leaves the choice: by family card or, in lists without any, by address. Below
// 1 it is the chance that anybody else of the household is listed at all.
func householdMembers(central, regional *Table) float64 {
	cardsC, cardsR := everyKey(central, cardKeys), everyKey(regional, cardKeys)
	if len(cardsC)*10 >= central.Len() || len(cardsR)*10 >= regional.Len() {
		return max(leastCardMembers, othersWithin(cardsC), othersWithin(cardsR))
	}
	homesC, homesR := everyKey(central, addressKeys), everyKey(regional, addressKeys)
	return max(leastAddressMembers, othersWithin(homesC), othersWithin(homesR), othersAcross(central, regional, homesC, homesR))
}

// everyKey returns the keys of all rows, sorted.
func everyKey(t *Table, keys keyFunc) []keyed { return keyedRows(t, everyRow(t), keys) }

func everyRow(t *Table) []int32 {
	rows := make([]int32, t.Len())
	for i := range rows {
		rows[i] = int32(i)
	}
	return rows
}

// othersWithin returns the mean number of further records of one side that have
// a record's key.
func othersWithin(keys []keyed) float64 {
	others := 0.0
	runs(keys, func(from, to int) { others += float64(to-from) * float64(to-from-1) })
	return others / max(1, float64(len(keys)))
}

// othersAcross returns the mean number of records of the other side that have a
// record's key and are clearly somebody else by name and birth date.
func othersAcross(central, regional *Table, c, r []keyed) float64 {
	others := 0
	joined(c, r, func(c, r []keyed) {
		if len(c)*len(r) > maxBlock {
			return
		}
		for _, i := range c {
			for _, j := range r {
				a, b := &central.rows[i.row], &regional.rows[j.row]
				if a.birth.Year() != b.birth.Year() && a.birth != 0 && b.birth != 0 && !shareWord(central, i.row, regional, j.row) {
					others++
				}
			}
		}
	})
	return float64(others) / max(1, float64(max(len(c), len(r))))
}

func shareWord(a *Table, i int32, b *Table, j int32) bool {
	var x, y [2 * maxNameWords]uint64
	for _, s := range wordKeys(a, i, x[:0]) {
		for _, t := range wordKeys(b, j, y[:0]) {
			if s == t {
				return true
			}
		}
	}
	return false
}
