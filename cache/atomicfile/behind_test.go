package atomicfile

import (
	"bytes"
	"errors"
	"io"
	"testing"
)

// part fails once it has taken so many bytes.
type part struct {
	bytes.Buffer
	most int
}

var errFull = errors.New("full")

func (p *part) Write(b []byte) (int, error) {
	n, err := p.Buffer.Write(b[:min(len(b), max(p.most-p.Len(), 0))])
	if err == nil && n < len(b) {
		err = errFull
	}
	return n, err
}

func TestWhatIsWrittenBehindIsTheSame(t *testing.T) {
	t.Parallel()
	for _, threads := range []int{0, 1, 2, 8} {
		for _, size := range []int{0, 1, behindBytes - 1, behindBytes, behindBytes + 1, 5*behindBytes + 7} {
			for _, piece := range []int{1000, behindBytes, 3 * behindBytes} {
				var want []byte
				got := part{most: size}
				b := NewBehind(&got, threads)
				buf := make([]byte, 0, piece) // used again, as callers may
				for i := 0; i < size; i += len(buf) {
					buf = buf[:min(piece, size-i)]
					for k := range buf {
						buf[k] = byte((i + k) * 7)
					}
					want = append(want, buf...)
					if n, err := b.Write(buf); n != len(buf) || err != nil {
						t.Fatal(n, err)
					}
					clear(buf)
				}
				if err := b.Flush(); err != nil || !bytes.Equal(got.Bytes(), want) {
					t.Errorf("%d threads, %d bytes in pieces of %d: %v, or not the same", threads, size, piece, err)
				}
				if err := errors.Join(b.Close(), b.Close()); err != nil {
					t.Error(err)
				}
			}
		}
	}
}

func TestAnErrorBehindIsToldOfAtTheEndAtLatest(t *testing.T) {
	t.Parallel()
	for _, most := range []int{0, 1, behindBytes, 4 * behindBytes} {
		got := part{most: most}
		b := NewBehind(&got, 2)
		_, err := io.Copy(b, io.LimitReader(endless{}, 8*behindBytes))
		if err == nil {
			err = b.Flush()
		}
		if end := b.Close(); !errors.Is(err, errFull) || !errors.Is(end, errFull) {
			t.Errorf("after %d bytes: %v, and at the end %v", most, err, end)
		}
		if got.Len() != most {
			t.Errorf("%d bytes are written of %d", got.Len(), most)
		}
	}
}

type endless struct{}

func (endless) Read(b []byte) (int, error) { return len(b), nil }
