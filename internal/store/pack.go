package store

import (
	"encoding/binary"
	"hash/crc32"
	"math"

	"github.com/klauspost/compress/s2"
)

// The number of records in a full pack. Persons are read one after the other;
// what is shown of a record is often wanted of that one alone.
const (
	personsPerPack = 256
	recordsPerPack = 16
)

// Packs holds the records of a batch in the form in which they are stored. The
// zero value is empty; its memory is reused.
type Packs struct {
	persons, shown packList
}

// packList is a number of packs of consecutive records.
type packList struct {
	packs []pack
	plain []byte
}

// pack is one row of person_pack or of record_pack.
type pack struct {
	records int
	block   []byte
}

// Fill packs the records among the entries of one batch.
func (p *Packs) Fill(entries []Entry) {
	p.persons.fill(entries, personsPerPack, func(b []byte, e *Entry) []byte {
		return appendSized(b, e.Person)
	})
	p.shown.fill(entries, recordsPerPack, func(b []byte, e *Entry) []byte {
		return appendSized(appendSized(b, e.Keys), e.Cells)
	})
}

// fill writes for each record the number of rows from the one before it in its
// pack and what add appends.
func (l *packList) fill(entries []Entry, size int, add func(b []byte, e *Entry) []byte) {
	l.packs, l.plain = l.packs[:0], l.plain[:0]
	records, row := 0, 0
	for i := range entries {
		e := &entries[i]
		if e.Kind != EntryRecord {
			continue
		}
		l.plain = add(binary.AppendVarint(l.plain, int64(e.Row-row)), e)
		row = e.Row
		if records++; records == size {
			l.cut(records)
			records, row = 0, 0
		}
	}
	if records > 0 {
		l.cut(records)
	}
}

// cut ends a pack, in the memory of an earlier one if there is any.
func (l *packList) cut(records int) {
	if len(l.packs) < cap(l.packs) {
		l.packs = l.packs[:len(l.packs)+1]
	} else {
		l.packs = append(l.packs, pack{})
	}
	p := &l.packs[len(l.packs)-1]
	p.records, p.block = records, deflate(p.block, l.plain)
	l.plain = l.plain[:0]
}

func appendSized(b, data []byte) []byte {
	return append(binary.AppendUvarint(b, uint64(len(data))), data...)
}

// maxPackBytes is more than a pack of the longest rows holds: a spreadsheet has
// 16,384 columns of 32,767 characters, and no list of persons comes near it.
const maxPackBytes = 1 << 30

// A block begins with a byte 0 and the CRC-32C of the rest, big-endian: SQLite does not
// see a bit that turned over in it, and a birth date would be another. A block of before
// the eighth schema has neither; it begins with its length, which is not 0.
const blockHead = 5

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

// deflate compresses a text that is not empty into a block, in the memory of an earlier
// one if there is enough.
func deflate(block, plain []byte) []byte {
	if size := blockHead + s2.MaxEncodedLen(len(plain)); cap(block) < size {
		block = make([]byte, size)
	}
	block = block[:cap(block)]
	block = block[:blockHead+len(s2.Encode(block[blockHead:], plain))]
	block[0] = 0
	binary.BigEndian.PutUint32(block[1:], crc32.Checksum(block[blockHead:], castagnoli))
	return block
}

// inflate decompresses a block of at most limit bytes into buffer; false if it is
// damaged.
func inflate(buffer, block []byte, limit int) ([]byte, bool) {
	if len(block) > 0 && block[0] == 0 {
		if len(block) <= blockHead {
			return nil, false
		}
		sum := binary.BigEndian.Uint32(block[1:])
		if block = block[blockHead:]; crc32.Checksum(block, castagnoli) != sum {
			return nil, false
		}
	}
	size, err := s2.DecodedLen(block)
	if err != nil || size > limit {
		return nil, false
	}
	plain, err := s2.Decode(buffer[:cap(buffer)], block)
	return plain, err == nil
}

// packCutter takes the parts of a decompressed pack from its front; after the
// first fault it is bad and gives nothing.
type packCutter struct {
	rest []byte
	row  int64
	bad  bool
}

// nextRow begins a record and returns its row.
func (c *packCutter) nextRow() int {
	if c.row += c.varint(); c.row < 0 || c.row > math.MaxInt32 {
		c.bad = true
		return 0
	}
	return int(c.row)
}

// varint returns what binary.AppendVarint wrote.
func (c *packCutter) varint() int64 {
	value, size := binary.Varint(c.rest)
	if c.skip(size) {
		return value
	}
	return 0
}

// uvarint returns what binary.AppendUvarint wrote.
func (c *packCutter) uvarint() uint64 {
	value, size := binary.Uvarint(c.rest)
	if c.skip(size) {
		return value
	}
	return 0
}

// float returns a number of eight bytes, little-endian.
func (c *packCutter) float() float64 {
	data := c.take(8)
	if c.bad {
		return 0
	}
	return math.Float64frombits(binary.LittleEndian.Uint64(data))
}

// sized returns what appendSized wrote.
func (c *packCutter) sized() []byte { return c.take(c.uvarint()) }

// take returns the next bytes.
func (c *packCutter) take(length uint64) []byte {
	if c.bad = c.bad || length > uint64(len(c.rest)); c.bad {
		return nil
	}
	data := c.rest[:length:length]
	c.rest = c.rest[length:]
	return data
}

// skip leaves out what was read, which is damaged unless it has a size; false if
// the pack is bad.
func (c *packCutter) skip(size int) bool {
	if c.bad = c.bad || size <= 0; c.bad {
		return false
	}
	c.rest = c.rest[size:]
	return true
}

// complete reports whether the pack held what was read and nothing more.
func (c *packCutter) complete() bool { return !c.bad && len(c.rest) == 0 }
