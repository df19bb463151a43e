package report

import "sync"

// linesBuffer is how many bytes are collected before they are written.
const linesBuffer = 1 << 18

// lines collects the rows of a file of text and writes them in large pieces; if its
// Folder has a Guard, while it collects further ones.
type lines struct {
	file    *File
	buffer  []byte
	full    []byte         // the piece before it
	writing sync.WaitGroup // the full piece
	err     error          // of that
}

func newLines(f *File) lines {
	room := func() []byte { return make([]byte, 0, linesBuffer+1<<14) }
	return lines{file: f, buffer: room(), full: room()}
}

// end takes the buffer with a whole row added to it.
func (l *lines) end(buffer []byte) error {
	buffer = append(buffer, '\n')
	l.buffer = buffer
	l.file.info.Rows++
	if len(l.buffer) >= linesBuffer {
		return l.flush()
	}
	return nil
}

// flush has the buffer written; that it failed may be told by settle only.
func (l *lines) flush() error {
	if err := l.settle(); err != nil {
		return err
	}
	l.full, l.buffer = l.buffer, l.full[:0]
	write := func() { _, l.err = l.file.Write(l.full) }
	if l.file.guard == nil {
		write()
		return l.settle()
	}
	l.writing.Go(l.file.guard(write))
	return nil
}

// settle waits until the full piece is written.
func (l *lines) settle() error {
	l.writing.Wait()
	if l.err != nil {
		return failed(l.file.place, l.err)
	}
	return nil
}

// Close implements Table.
func (l *lines) Close() error {
	err := l.flush()
	if err == nil {
		err = l.settle()
	}
	if err != nil {
		l.Abort()
		return err
	}
	return l.file.publish()
}

// Abort implements Table.
func (l *lines) Abort() {
	l.writing.Wait()
	l.file.discard()
}
