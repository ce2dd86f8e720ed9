package atomicfile

import "io"

// Behind writes on a goroutine of its own what it is handed, of which it keeps a copy, so that more is made while the
// system takes it. Close must be called.
type Behind struct {
	w      io.Writer
	alone  bool // there is no thread for it: nothing is written behind
	now    []byte
	full   chan []byte
	spare  chan spare
	flying int // buffers that the goroutine has
	err    error
}

// spare is a buffer that can be filled, and what came of writing it.
type spare struct {
	buf []byte
	err error
}

// Of a Behind: how large its buffers are, and how many of them may be on their way.
const (
	behindBytes = 256 << 10
	behindMost  = 2
)

// NewBehind is a Behind that writes to w, which nobody else does until it is flushed. Where no more than one thread may be
// busy it hands on what it gets.
func NewBehind(w io.Writer, threads int) *Behind { return &Behind{w: w, alone: threads < 2} }

func (b *Behind) Write(p []byte) (int, error) {
	if b.alone {
		return b.w.Write(p)
	}
	n := len(p)
	for len(p) > 0 && b.err == nil {
		if b.now == nil {
			b.now = make([]byte, 0, behindBytes)
		}
		m := min(len(p), cap(b.now)-len(b.now))
		b.now, p = append(b.now, p[:m]...), p[m:]
		if len(b.now) == cap(b.now) {
			b.send()
		}
	}
	if b.err != nil {
		return 0, b.err
	}
	return n, nil
}

// send has the buffer written, and takes another one.
func (b *Behind) send() {
	if b.full == nil {
		b.full, b.spare = make(chan []byte, behindMost), make(chan spare, behindMost)
		go func() {
			var err error
			for p := range b.full {
				if err == nil {
					_, err = b.w.Write(p)
				}
				b.spare <- spare{p[:0], err}
			}
			close(b.spare)
		}()
	}
	b.full <- b.now
	b.now = nil
	if b.flying++; b.flying == behindMost {
		b.take()
	}
}

// take waits for a buffer that is on its way.
func (b *Behind) take() {
	s := <-b.spare
	b.now = s.buf
	b.flying--
	if b.err == nil {
		b.err = s.err
	}
}

// Flush waits until all is written.
func (b *Behind) Flush() error {
	rest := b.now
	if b.flying > 0 && len(rest) > 0 {
		b.send()
		rest = nil
	}
	for b.flying > 0 {
		b.take()
	}
	if len(rest) > 0 && b.err == nil {
		_, b.err = b.w.Write(rest)
		b.now = rest[:0]
	}
	return b.err
}

// Close ends the goroutine, and flushes before.
func (b *Behind) Close() error {
	err := b.Flush()
	if b.full != nil {
		close(b.full)
		b.full = nil
	}
	return err
}
