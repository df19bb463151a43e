package match

import (
	"slices"
	"strings"
)

// nameMatch is what the comparison of two names found.
type nameMatch struct {
	level uint8
	// agreed holds, for a level below NameSpelling, the bits of the words that
	// agree: the rarer they are, the more their agreement says.
	agreed float64
}

// compareNames grades the names of two rows by the best of their forms (name,
// alias, name with the father's name). Missing if either has no name.
func (c *comparer) compareNames(s *rarity, a *Table, i int32, b *Table, j int32) nameMatch {
	return c.bestForms(s, a, i, b, j, c.compareForms)
}

// bestForms grades the forms of two names by compare and returns the best.
func (c *comparer) bestForms(s *rarity, a *Table, i int32, b *Table, j int32, compare func(words []float32, x, y nameForm) nameMatch) nameMatch {
	ra, rb := &a.rows[i], &b.rows[j]
	words := s.wordBits(ra, rb)
	best := compare(words, a.nameForm(i), b.nameForm(j))
	if !ra.extra && !rb.extra || best.level == NameSame {
		return best
	}
	formsA, formsB := a.nameForms(i), b.nameForms(j)
	for _, x := range formsA {
		for _, y := range formsB {
			if m := compare(words, x, y); m.level > best.level {
				best = m
			}
		}
	}
	return best
}

// nameForm is one way to write a name.
type nameForm struct {
	words  []uint32
	joined uint64 // see joinedText
	whole  uint64 // see wholeNameOf
}

// nameForm returns the name of a row itself.
func (t *Table) nameForm(i int32) nameForm {
	words := t.nameWords(&t.rows[i])
	if t.names == nil {
		return t.dictionary.newNameForm(words)
	}
	return nameForm{words, t.names[i].joined, t.names[i].whole}
}

func (d *Dictionary) newNameForm(words []uint32) nameForm {
	return nameForm{words, joinedText(d.word, words), wholeNameOf(d.word, words)}
}

// nameForms lists the ways a row's name may stand in another list.
func (t *Table) nameForms(i int32) []nameForm {
	name := t.nameForm(i)
	forms := []nameForm{name}
	if alias := t.alias[i]; len(alias) > 0 {
		forms = append(forms, t.dictionary.newNameForm(alias))
	}
	if father := t.father[i]; len(father) > 0 && len(name.words) > 0 {
		forms = append(forms, t.dictionary.newNameForm(slices.Concat(name.words, father)))
	}
	return forms
}

// compareForms grades two lists of words; rarity holds the bits of each word. It
// is symmetric.
func (c *comparer) compareForms(rarity []float32, first, second nameForm) nameMatch {
	m := c.compareWords(rarity, first, second)
	if m.level == NameDiffers {
		if joined := c.joinedNames(first.words, second.words); joined.resemble() {
			m.level = NameWeak
		}
	}
	return m
}

// compareWords is compareForms but for names that share no word and still
// resemble each other as a whole: these differ.
func (c *comparer) compareWords(rarity []float32, first, second nameForm) nameMatch {
	x, y := first.words, second.words
	switch {
	case len(x) == 0 || len(y) == 0:
		return nameMatch{level: Missing}
	case first.joined == second.joined && slices.Equal(x, y):
		return nameMatch{level: NameSame}
	case first.joined == second.joined:
		return nameMatch{level: NameSpelling}
	case first.joined > second.joined: // one order of the two, so that the answer is symmetric
		x, y = y, x
	}
	found := c.align(x, y)
	level := found.level(c.dictionary, x, y)
	agreed := agreedBits(&found, x, y, rarity)
	if level >= NameLoose {
		return nameMatch{level: level, agreed: agreed}
	}
	joined := c.joinedNames(x, y)
	switch {
	case first.whole == second.whole, joined.rearranged():
		level = NameLoose
	case level <= NameWeak && joined.mistyped():
		level = NameSimilar
		agreed = min(bitsOfWords(x, rarity), bitsOfWords(y, rarity)) - 1
	case level <= NameWeak && joined.initial():
		level = NameCompatible
		agreed = min(bitsOfWords(x, rarity), bitsOfWords(y, rarity)) - 1
	}
	return nameMatch{level: level, agreed: agreed}
}

// joinedText hashes a name without its spaces, so that NUR HAYATI and NURHAYATI
// are one name.
func joinedText(words []word, ids []uint32) uint64 {
	h := uint64(0)
	for _, id := range ids {
		w := &words[id].text
		h = h*w.power + w.value
	}
	return h
}

// wholeNameOf is the key of a whole name in crude spelling without spaces, 0 of
// none.
func wholeNameOf(words []word, ids []uint32) uint64 {
	if len(ids) == 0 {
		return 0
	}
	return mix(joinedCrude(words, ids)) | 1
}

// joinedCrude does the same as joinedText in crude spelling.
func joinedCrude(words []word, ids []uint32) uint64 {
	h := uint64(0)
	for _, id := range ids {
		w := &words[id].crude
		h = h*w.power + w.value
	}
	return h
}

// bitsOfWords sums the rarity of a name's words.
func bitsOfWords(ids []uint32, rarity []float32) float64 {
	bits := 0.0
	for _, id := range ids {
		bits += float64(rarity[id])
	}
	return bits
}

// alignment pairs the words of two names, each word at most once.
type alignment struct {
	partner [maxNameWords]int8 // index in y of the partner of x[k], -1 = none
	grade   [maxNameWords]likeness
	taken   uint32 // bits of the words of y that have a partner
	crossed bool   // partners are not in the same order
}

// align pairs words greedily, best likeness first; among equals the pairs
// nearest in position.
func (c *comparer) align(x, y []uint32) alignment {
	var found alignment
	x, y = x[:min(len(x), maxNameWords)], y[:min(len(y), maxNameWords)]
	alike, best := c.likenesses(x, y)
	for k := range found.partner {
		found.partner[k] = -1
	}
	for want := best; want > unlike; want-- {
		for shift := range max(len(x), len(y)) {
			found.alignAt(&alike, len(x), len(y), want, shift)
		}
	}
	last := int8(-1)
	for k := range x {
		if p := found.partner[k]; p >= 0 {
			found.crossed = found.crossed || p < last
			last = p
		}
	}
	return found
}

// likenesses grades each word of x against each of y, and names the best grade. A
// word that was cut off counts as an initial.
func (c *comparer) likenesses(x, y []uint32) (alike [maxNameWords][maxNameWords]likeness, best likeness) {
	for k := range x {
		for p := range y {
			l := c.likeness(x[k], y[p])
			if l < initial && c.cutOff(x, k, y, p) {
				l = initial
			}
			alike[k][p] = l
			best = max(best, l)
		}
	}
	return alike, best
}

// alignAt pairs free words that are shift places apart and exactly as alike as
// wanted; sizeX and sizeY are the words of each name.
func (f *alignment) alignAt(alike *[maxNameWords][maxNameWords]likeness, sizeX, sizeY int, want likeness, shift int) {
	for k := range sizeX {
		if f.partner[k] >= 0 {
			continue
		}
		for _, p := range [2]int{k - shift, k + shift} {
			if p >= 0 && p < sizeY && f.taken>>p&1 == 0 && alike[k][p] == want {
				f.partner[k], f.grade[k] = int8(p), want
				f.taken |= 1 << p
				break
			}
		}
	}
}

// cutOff reports whether the last word of one name is the beginning of a word of
// the other, as where a field was too short for the name.
func (c *comparer) cutOff(x []uint32, k int, y []uint32, p int) bool {
	if k == 0 || p == 0 {
		return false
	}
	a, b := &c.dictionary.sketch[x[k]], &c.dictionary.sketch[y[p]]
	if a.set[0]&^b.set[0] != 0 && b.set[0]&^a.set[0] != 0 {
		return false
	}
	s, t := c.dictionary.word[x[k]].text.text, c.dictionary.word[y[p]].text.text
	return k == len(x)-1 && len(x) <= len(y) && strings.HasPrefix(t, s) ||
		p == len(y)-1 && len(y) <= len(x) && strings.HasPrefix(s, t)
}

// level grades an alignment as a whole.
func (f *alignment) level(d *Dictionary, x, y []uint32) uint8 {
	var grades [spelled + 1]int
	solid := 0 // partners that identify by themselves: whole, uncommon words
	for k := range min(len(x), maxNameWords) {
		if f.partner[k] < 0 {
			continue
		}
		grades[f.grade[k]]++
		if f.grade[k] >= mistyped && !d.sketch[x[k]].common {
			solid++
		}
	}
	firm := grades[spelled] + grades[sounding]
	paired := firm + grades[mistyped] + grades[initial] + grades[confusing]
	extra := max(len(x), len(y)) - paired
	missing := min(len(x), len(y)) - paired
	switch {
	case missing > 0 && !f.onlyCommonLeft(d, x, y):
		if firm+grades[mistyped] > 0 && solid > 0 {
			return NameWeak
		}
		return NameDiffers
	case paired == 0:
		return NameDiffers
	case grades[confusing] > 1:
		return NameWeak
	case grades[confusing] == 1:
		return NameConfusable
	case solid == 0:
		return NameCommon
	case extra == 0 && missing == 0 && firm == paired:
		if grades[sounding] == 0 {
			return NameSpelling // the same words in another order
		}
		return NameLoose
	case grades[mistyped] > 0:
		return NameSimilar
	default:
		return NameCompatible
	}
}

// onlyCommonLeft reports whether every word without a partner, on the side that
// has fewer words, is a class word that people leave out.
func (f *alignment) onlyCommonLeft(d *Dictionary, x, y []uint32) bool {
	leftX, leftY := 0, 0
	for k := range min(len(x), maxNameWords) {
		if f.partner[k] < 0 && !d.sketch[x[k]].common {
			leftX++
		}
	}
	for p := range min(len(y), maxNameWords) {
		if f.taken>>p&1 == 0 && !d.sketch[y[p]].common {
			leftY++
		}
	}
	return leftX == 0 || leftY == 0
}
