package sheet

import (
	"archive/zip"
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"path"
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
)

// What the user can do about an archive.
const (
	hintArchive = "this is an archive; unpack it and load the files in it"
	hintNested  = "this is an archive in an archive; unpack it and load the files in it"
	hintNoFiles = "this is an archive without files; pack it again"
)

// maxMembers bounds the files of one archive.
const maxMembers = 1000

// member is a file in an archive.
type member struct {
	name     string // with its folders; only shown, never a path
	packed   int64
	unpacked uint64 // as the archive says; 0 = unknown
	locked   bool
	open     func() (io.ReadCloser, error)
	content  *io.SectionReader
}

// membersOf lists the files of an archive by name, without those that operating
// systems and programs add.
func membersOf(archive *zip.Reader) []*member {
	var members []*member
	for _, f := range archive.File {
		name := memberName(f.Name)
		if name == "" || strings.HasSuffix(name, "/") || isDebris(name) {
			continue
		}
		members = append(members, &member{
			name: name, packed: int64(min(f.CompressedSize64, 1<<40)), unpacked: f.UncompressedSize64, locked: f.Flags&1 != 0, open: f.Open,
		})
	}
	slices.SortStableFunc(members, func(a, b *member) int { return strings.Compare(a.name, b.name) })
	return members
}

// memberName makes a name of an archive fit to be shown. One that is no UTF-8 is
// that of an old program, which writes code page 437.
func memberName(name string) string {
	if !utf8.ValidString(name) {
		decoded, err := charmap.CodePage437.NewDecoder().String(name)
		if err != nil {
			decoded = strings.ToValidUTF8(name, string(utf8.RuneError))
		}
		name = decoded
	}
	name = strings.Map(func(r rune) rune {
		switch {
		case r == '\\':
			return '/'
		case unicode.IsControl(r):
			return -1
		}
		return r
	}, name)
	return strings.TrimLeft(name, "/")
}

// isDebris recognises files that nobody put into an archive on purpose.
func isDebris(name string) bool {
	folder, base := path.Split(name)
	switch strings.ToLower(base) {
	case "thumbs.db", "desktop.ini":
		return true
	}
	return strings.HasPrefix(base, ".") || strings.HasPrefix(base, "~$") || strings.HasPrefix(folder, "__MACOSX/") || strings.Contains(folder, "/__MACOSX/")
}

// archive is a packed file whose members are books of their own. One that was
// read last stays open, so that its sheets need not find it out again.
type archive struct {
	book  *Book
	left  int64 // bytes that the members may still unpack to
	spool spool

	mutex  sync.Mutex
	recent *openMember
}

// openMember is a member as a book.
type openMember struct {
	of      *member
	book    *Book
	users   int
	retired bool // to be closed by its last user
}

// openGzip reads a packed file as an archive of one member.
func (b *Book) openGzip() error {
	if b.member {
		return b.refuse(ForeignArchive, hintNested)
	}
	r, err := gzip.NewReader(b.content())
	if err != nil {
		return b.fail(fmt.Errorf("%w: %w", ErrDamaged, err), hintDamaged)
	}
	name := memberName(r.Name)
	if name == "" {
		name = strings.TrimSuffix(path.Base(memberName(b.path)), ".gz")
	}
	return b.openArchive([]*member{{name: name, packed: b.size, open: func() (io.ReadCloser, error) { return r, nil }}})
}

// openArchive makes the sheets of all members the sheets of the book. A member
// that cannot be read is a sheet that tells why.
func (b *Book) openArchive(members []*member) error {
	switch {
	case b.member:
		return b.refuse(ForeignArchive, hintNested)
	case len(members) == 0:
		return b.refuse(ForeignArchive, hintNoFiles)
	case len(members) > maxMembers:
		return b.fail(fmt.Errorf("%w: %d files", ErrTooLarge, len(members)), hintArchive)
	}
	b.kind = KindZIP
	a := &archive{book: b, left: unpackedLimit(&b.limits, b.size)}
	b.extra = append(b.extra, a)
	var first error
	readable := false
	for _, m := range members {
		err := a.add(m)
		readable = readable || err == nil
		if err != nil {
			b.sheets = append(b.sheets, &Sheet{book: b, name: m.name, table: lost{err: err}})
			if first == nil {
				first = err
			}
		}
	}
	if !readable {
		return first
	}
	return nil
}

// add unpacks a member and adds its sheets to the book.
func (a *archive) add(m *member) error {
	used := a.spool.memory
	err := a.unpack(m)
	var inner *Book
	if err == nil {
		inner, err = a.open(m)
	}
	if err == nil && len(a.book.sheets)+len(inner.sheets) > maxSheets {
		err = errors.Join(ErrTooLarge, inner.Close())
	}
	if err != nil {
		a.spool.memory = used // nothing refers to it
		m.content = nil
		return a.locate(m, err)
	}
	for i, s := range inner.sheets {
		name := m.name
		if s.name != "" {
			name += "/" + s.name
		}
		a.book.sheets = append(a.book.sheets, &Sheet{
			book: a.book, name: name, hidden: s.hidden, text: s.text, table: &memberTable{archive: a, of: m, sheet: i},
		})
	}
	_ = inner.Close() // it was only read
	return nil
}

// locate says of an error in which member it is.
func (a *archive) locate(m *member, err error) error {
	located := &Error{Path: a.book.path, Sheet: m.name, Err: err, Hint: hintFor(err)}
	var inner *Error
	if errors.As(err, &inner) {
		located.Err, located.Hint = inner.Err, inner.Hint
	}
	return located
}

func (a *archive) open(m *member) (*Book, error) {
	if m.content.Size() == 0 {
		return nil, ErrEmpty
	}
	inner := &Book{path: m.name, source: &watched{source: unclosed{m.content}}, size: m.content.Size(), limits: a.book.limits, member: true}
	return inner.begin()
}

// unpack keeps the content of a member, up to the limits.
func (a *archive) unpack(m *member) error {
	if m.locked {
		return ErrEncrypted
	}
	limit := min(a.left, unpackedLimit(&a.book.limits, m.packed))
	if m.unpacked > uint64(limit) {
		return ErrTooLarge
	}
	source, err := m.open()
	switch {
	case errors.Is(err, zip.ErrAlgorithm):
		return fmt.Errorf("%w: packed by an unusual method", ErrUnsupported)
	case err != nil:
		return fmt.Errorf("%w: %w", ErrDamaged, err)
	}
	part := &zipPart{source: source, limit: limit}
	defer part.close()
	m.content, err = a.spool.add(part)
	a.left -= part.read
	if err != nil {
		return partError(err)
	}
	return nil
}

// Close gives back what was unpacked.
func (a *archive) Close() error {
	a.mutex.Lock()
	defer a.mutex.Unlock()
	a.keep(nil)
	return a.spool.Close()
}

// acquire opens a member, unless it is open.
func (a *archive) acquire(m *member) (*openMember, error) {
	a.mutex.Lock()
	defer a.mutex.Unlock()
	if a.recent == nil || a.recent.of != m {
		book, err := a.open(m)
		if err != nil {
			return nil, a.locate(m, err)
		}
		a.keep(&openMember{of: m, book: book})
	}
	a.recent.users++
	return a.recent, nil
}

// keep makes a member the one that stays open.
func (a *archive) keep(m *openMember) {
	if a.recent != nil {
		a.recent.retired = true
		a.recent.closeUnused()
	}
	a.recent = m
}

// closeUnused closes a member that is neither used nor kept; it was only read.
func (m *openMember) closeUnused() {
	if m.retired && m.users == 0 {
		_ = m.book.Close()
	}
}

func (a *archive) release(m *openMember) {
	a.mutex.Lock()
	defer a.mutex.Unlock()
	m.users--
	m.closeUnused()
}

// memberTable is a sheet of a member.
type memberTable struct {
	archive *archive
	of      *member
	sheet   int
}

func (t *memberTable) rows() (rowReader, error) {
	m, err := t.archive.acquire(t.of)
	if err != nil {
		return nil, err
	}
	r, err := m.book.sheets[t.sheet].table.rows()
	if err != nil {
		t.archive.release(m)
		return nil, err
	}
	return &memberReader{rowReader: r, release: func() { t.archive.release(m) }}, nil
}

func (t *memberTable) layout(ctx context.Context) (Layout, error) {
	m, err := t.archive.acquire(t.of)
	if err != nil {
		return Layout{}, err
	}
	defer t.archive.release(m)
	return m.book.sheets[t.sheet].table.layout(ctx)
}

// memberReader gives its member back when it is closed.
type memberReader struct {
	rowReader
	release func()
}

func (r *memberReader) close() {
	r.rowReader.close()
	r.release()
}

// isTar recognises an archive that keeps its files as they are.
func isTar(head []byte) bool { return len(head) > 262 && bytes.Equal(head[257:262], []byte("ustar")) }
