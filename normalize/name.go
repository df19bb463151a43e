package normalize

import "strings"

// ReadName reads a person's name as typed (DOMAIN 4.2): titles and degrees are
// dropped, but never the whole name; an alias and the father's name after BIN
// or BINTI are kept apart; the very frequent words get one form. deceased tells
// that ALM or ALMH stood with the name. ReadName(n.Words).Words == n.Words.
func ReadName(text string) (n Name, deceased bool) {
	if isPlainName(text) {
		return Name{Words: text}, false
	}
	var s nameSplitter
	words := s.split(text)
	main, alias := cutAlias(readSlashes(words))
	alias, _ = cutAlias(alias)
	n.Words, n.Father = buildName(main)
	n.Alias, _ = buildName(alias)
	if n.Words == "" {
		n.Words, n.Alias = n.Alias, ""
	}
	if n.Alias == n.Words {
		n.Alias = ""
	}
	return n, s.deceased
}

// isPlainName reports names that are their own comparable form: upper-case
// ASCII letters, single spaces, no word with a role.
func isPlainName(text string) bool {
	tokens := nameTokens()
	start := 0
	for i := 0; i <= len(text); i++ {
		if i < len(text) && text[i] >= 'A' && text[i] <= 'Z' {
			continue
		}
		if i < len(text) && text[i] != ' ' || i == start {
			return false
		}
		if size := i - start; size <= longestToken {
			if _, found := tokens[text[start:i]]; found {
				return false
			}
		}
		start = i + 1
	}
	return true
}

// buildName joins the words of one name after taking off what is not the name.
func buildName(words []nameWord) (name, father string) {
	words, fathers := cutFather(words)
	words = dropTitles(dropDegrees(dropClan(words)))
	if len(words) == 0 {
		return "", ""
	}
	name = joinClasses(words)
	if isNoName(name) {
		return "", ""
	}
	if len(fathers) > 0 {
		father, _ = buildName(fathers)
	}
	return name, father
}

// readSlashes reads A/L and A/P (son, daughter of) as BIN and D/H (formerly)
// as ALIAS.
func readSlashes(words []nameWord) []nameWord {
	for i := 1; i < len(words)-1; i++ {
		if !words[i+1].alias {
			continue
		}
		var sign string
		switch words[i].text + "/" + words[i+1].text {
		case "A/L", "A/P":
			sign = "BIN"
		case "D/H":
			sign = "ALIAS"
		default:
			continue
		}
		words[i] = newNameWord(sign)
		words = append(words[:i+1], words[i+2:]...)
	}
	return words
}

// cutAlias splits at the first word or mark that announces a second name.
func cutAlias(words []nameWord) (main, alias []nameWord) {
	for i, word := range words {
		switch {
		case i == 0:
		case word.has(roleAlias), word.dotted && (word.text == "AL" || word.text == "DH") && i < len(words)-1:
			return words[:i], words[i+1:]
		case word.alias:
			return words[:i], words[i:]
		}
	}
	return words, nil
}

// cutFather splits at BIN or BINTI inside a name, and at "B." between words;
// at the end they are dropped.
func cutFather(words []nameWord) (name, father []nameWord) {
	for i := 1; i < len(words); i++ {
		word := words[i]
		short := word.text == "B" && word.dotted && i < len(words)-1 && len(words[i+1].text) > 1
		if word.has(roleFather) || short {
			return words[:i], words[i+1:]
		}
	}
	return words, nil
}

// dropTitles takes titles off the front while a name remains.
func dropTitles(words []nameWord) []nameWord {
	for len(words) > 1 && words[0].has(roleTitle) {
		words = words[1:]
	}
	return words
}

// dropDegrees takes degrees off the end while a name remains; a degree may be
// written in two words ("S PD").
func dropDegrees(words []nameWord) []nameWord {
	for len(words) > 1 {
		last := len(words) - 1
		switch {
		case words[last].has(roleDegree):
			words = words[:last]
		case last > 1 && splitDegree(words[last-1].text, words[last].text):
			words = words[:last-1]
		default:
			return words
		}
	}
	return words
}

// splitDegree reports degrees like "S PD" and "M SI"; "S E" could be initials.
func splitDegree(first, second string) bool {
	if len(first) > 2 || len(second) < 2 || len(second) > 4 {
		return false
	}
	switch first {
	case "S", "M", "A", "SP":
		return nameTokens()[first+second].roles&roleDegree != 0
	}
	return false
}

// dropClan takes out BR (boru) inside a name, before a clan's name.
func dropClan(words []nameWord) []nameWord {
	for i := len(words) - 2; i > 0; i-- {
		if words[i].has(roleClan) {
			words = append(words[:i:i], words[i+1:]...)
		}
	}
	return words
}

// joinClasses joins words with single spaces, frequent words in one form.
func joinClasses(words []nameWord) string {
	size := 0
	for i := range words {
		words[i].text = classForm(words, i)
		size += len(words[i].text) + 1
	}
	if len(words) == 1 {
		return words[0].text
	}
	name := make([]byte, 0, size)
	for i, word := range words {
		if i > 0 {
			name = append(name, ' ')
		}
		name = append(name, word.text...)
	}
	return string(name)
}

// classForm returns the one form of a frequent word; a single letter needs a
// second word beside it, since alone it is all there is of the name.
func classForm(words []nameWord, at int) string {
	word := words[at]
	switch {
	case word.token.canonical == "":
	case word.has(roleWord):
		return word.token.canonical
	case word.has(roleStart) && at == 0 && (len(words) > 1 || len(word.text) > 1):
		return word.token.canonical
	}
	return word.text
}

// isNoName reports text that says there is no name.
func isNoName(name string) bool {
	if name == "" || noNames[name] {
		return true
	}
	if len(name) > 24 {
		return false
	}
	tokens := nameTokens()
	for word := range strings.SplitSeq(name, " ") {
		if tokens[word].roles&roleNoName == 0 {
			return false
		}
	}
	return true
}
