package scratch

import (
	"errors"
	"os"
	"testing"

	"golang.org/x/sys/unix"
)

// newPair is both ends of a Hand, in this process.
func newPair(t *testing.T) (*Hand, Taker) {
	t.Helper()
	h, theirs, err := NewHand()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { h.Close(); theirs.Close() })
	return h, Taker{int(theirs.Fd())}
}

// mapAsWorker maps a file as a worker that is handed it does.
func mapAsWorker(t *testing.T, f *File) (*Mapping, error) {
	t.Helper()
	h, w := newPair(t)
	if err := h.Pass(f); err != nil {
		return nil, err
	}
	return w.Map(f.ID, f.Path, f.Size)
}

func descriptors(t *testing.T) int {
	t.Helper()
	entries, err := os.ReadDir("/proc/self/fd")
	if err != nil {
		t.Fatal(err)
	}
	return len(entries)
}

// A file that was handed over for a job that was canceled must neither be taken for the next
// one's nor stay open.
func TestFilesThatNobodyTookAreLetGo(t *testing.T) {
	s := openStore(t, 1<<30)
	h, w := newPair(t)
	files := []*File{reserveN(t, s, 5000), reserveN(t, s, 5000), reserveN(t, s, 5000)}
	before := descriptors(t)
	for _, f := range files {
		if err := h.Pass(f); err != nil {
			t.Fatal(err)
		}
	}
	m, err := w.Map(files[1].ID, "", files[1].Size)
	if err != nil {
		t.Fatal(err)
	}
	copy(m.Bytes(), "second")
	if string(files[1].Bytes()[:6]) != "second" || string(files[0].Bytes()[:6]) == "second" {
		t.Error("another file was mapped")
	}
	w.Drop()
	if _, err := w.Map(files[2].ID, "", files[2].Size); !errors.Is(err, unix.EAGAIN) {
		t.Errorf("after Drop: %v", err)
	}
	if err := m.Close(); err != nil {
		t.Error(err)
	}
	if n := descriptors(t); n != before {
		t.Errorf("%d descriptors, %d before", n, before)
	}
}

// The pool must not wait for a worker that takes nothing.
func TestAWorkerThatTakesNothingIsAnError(t *testing.T) {
	t.Parallel()
	s := openStore(t, 1<<30)
	h, _ := newPair(t)
	f := reserveN(t, s, 1)
	for range 100_000 {
		if err := h.Pass(f); err != nil {
			return
		}
	}
	t.Error("100,000 files lie there")
}

// A worker that was killed as it was given memory was said to have taken none.
func TestAWorkerThatHasEndedIsToldApart(t *testing.T) {
	t.Parallel()
	s := openStore(t, 1<<30)
	h, theirs, err := NewHand()
	if err != nil {
		t.Fatal(err)
	}
	defer h.Close()
	if err := theirs.Close(); err != nil {
		t.Fatal(err)
	}
	if err := h.Pass(reserveN(t, s, 1)); !errors.Is(err, ErrNobody) {
		t.Errorf("error %v", err)
	}
}

func TestAFileWithoutDescriptorIsNotPassed(t *testing.T) {
	t.Parallel()
	s := openStore(t, 1<<30)
	h, _ := newPair(t)
	f := reserveN(t, s, 1)
	f.Return()
	if !s.FreeDescriptors() {
		t.Fatal("the file kept its descriptor")
	}
	if err := h.Pass(f); !errors.Is(err, os.ErrClosed) {
		t.Errorf("error %v", err)
	}
}
