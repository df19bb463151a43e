package report

// linesBuffer is how many bytes are collected before they are written.
const linesBuffer = 1 << 18

// lines collects the rows of a file of text and writes them in large pieces.
type lines struct {
	file   *File
	buffer []byte
}

func newLines(f *File) lines {
	return lines{file: f, buffer: make([]byte, 0, linesBuffer+1<<14)}
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

func (l *lines) flush() error {
	_, err := l.file.Write(l.buffer)
	l.buffer = l.buffer[:0]
	if err != nil {
		return failed(l.file.place, err)
	}
	return nil
}

// Close implements Table.
func (l *lines) Close() error {
	if err := l.flush(); err != nil {
		l.Abort()
		return err
	}
	return l.file.publish()
}

// Abort implements Table.
func (l *lines) Abort() { l.file.discard() }
