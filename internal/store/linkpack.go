package store

import (
	"encoding/binary"
	"math"

	"padan/match"
)

// linksPerPack is the number of links in a full pack. Links are read a pack at a
// time.
const linksPerPack = pairRecords

// maxLinkBytes is more than a pack of links holds, by far.
const maxLinkBytes = linksPerPack << 12

// packedLink is a link as its pack holds it.
type packedLink struct {
	central, regional   int64 // record ids
	rule                int64 // key of the table rule
	weight, probability float64
	evidence            []byte
}

// linkPack collects consecutive links of a run. The zero value is empty.
type linkPack struct {
	links       int
	first, last int64 // central records
	regional    int64 // of the last link
	plain       []byte
}

// takes reports whether a link of a central record can stand next in the pack:
// there is room, and the records of a pack ascend.
func (p *linkPack) takes(central int64) bool {
	return p.links == 0 || p.links < linksPerPack && central > p.last
}

// add appends a link that the pack takes.
func (p *linkPack) add(l *packedLink) {
	if p.links == 0 {
		p.first = l.central
	}
	stored := math.Float64bits(l.probability) != math.Float64bits(match.Probability(l.weight))
	rule := uint64(l.rule) << 1
	if stored {
		rule |= 1
	}
	b := binary.AppendUvarint(p.plain, uint64(l.central-p.last))
	b = binary.AppendVarint(b, l.regional-p.regional)
	b = binary.AppendUvarint(b, rule)
	b = binary.LittleEndian.AppendUint64(b, math.Float64bits(l.weight))
	if stored {
		b = binary.LittleEndian.AppendUint64(b, math.Float64bits(l.probability))
	}
	p.plain = appendSized(b, l.evidence)
	p.links++
	p.last, p.regional = l.central, l.regional
}

// reset empties the pack and keeps its memory.
func (p *linkPack) reset() { *p = linkPack{plain: p.plain[:0]} }

// linkCutter takes the links of a decompressed pack from its front.
type linkCutter struct {
	packCutter

	central, regional int64
}

func (c *linkCutter) next() packedLink {
	gap := c.uvarint()
	if gap == 0 || gap > uint64(keyMask-c.central) {
		c.bad = true
		return packedLink{}
	}
	c.central += int64(gap)
	c.regional += c.varint()
	rule := c.uvarint()
	l := packedLink{central: c.central, regional: c.regional, rule: int64(rule >> 1), weight: c.float()}
	if l.probability = match.Probability(l.weight); rule&1 != 0 {
		l.probability = c.float()
	}
	l.evidence = c.sized()
	return l
}

// cutLinks appends the links of a decompressed pack, which must be as many as
// stated, from one central record to another; false if they are not. Their
// evidence is part of plain.
func cutLinks(links []packedLink, plain []byte, count int, first, last int64) ([]packedLink, bool) {
	start := len(links)
	cut := linkCutter{packCutter: packCutter{rest: plain}}
	for i := 0; i < count && !cut.bad; i++ {
		links = append(links, cut.next())
	}
	sound := count > 0 && cut.complete() && links[start].central == first && cut.central == last
	return links, sound
}
