//go:build cgo

package filemap

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"golang.org/x/sys/unix"

	"iceexplorer/cache/fault"
)

const size = 1<<20 + 5000

func file(t *testing.T) *os.File {
	t.Helper()
	path := filepath.Join(t.TempDir(), "a.bin")
	if err := os.WriteFile(path, bytes.Repeat([]byte("0123456"), size/7+1)[:size], 0o666); err != nil {
		t.Fatal(err)
	}
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { f.Close() })
	return f
}

func TestUseLendsTheContents(t *testing.T) {
	t.Parallel()
	f := file(t)
	want, err := os.ReadFile(f.Name())
	if err != nil {
		t.Fatal(err)
	}
	mine := errors.New("mine")
	err = Use(f, size, func(b []byte) error {
		if !bytes.Equal(b, want) {
			t.Error("other contents")
		}
		return mine
	})
	if !errors.Is(err, mine) {
		t.Errorf("error %v, want the reader's", err)
	}
}

func TestFileCutShortReadsAsZerosAndSaysSo(t *testing.T) {
	t.Parallel()
	for _, left := range []int64{0, 4096, 5000, size - 4096} {
		f := file(t)
		err := Use(f, size, func(b []byte) error {
			if err := f.Truncate(left); err != nil {
				t.Fatal(err)
			}
			if b[size-1] != 0 || left > 0 && b[0] != '0' {
				t.Errorf("cut to %d bytes: begins with %d, ends with %d", left, b[0], b[size-1])
			}
			bytes.Count(b, []byte{0})
			return errors.New("nonsense")
		})
		if !errors.Is(err, fault.Err) {
			t.Errorf("cut to %d bytes: error %v", left, err)
		}
	}
}

func TestShorterFileThanSaidIsLeftToBeRead(t *testing.T) {
	t.Parallel()
	f := file(t)
	for _, n := range []int64{0, -1, size + 8192} {
		err := Use(f, n, func([]byte) error { t.Error("used"); return nil })
		if !errors.Is(err, ErrUnavailable) {
			t.Errorf("%d bytes of %d: error %v", n, size, err)
		}
	}
}

// Go turns faults outside the guarded mappings into panics, as before.
func TestOtherMappingsStillFault(t *testing.T) {
	t.Parallel()
	if err := Use(file(t), size, func([]byte) error { return nil }); err != nil {
		t.Fatal(err)
	}
	f := file(t)
	mem, err := unix.Mmap(int(f.Fd()), 0, size, unix.PROT_READ, unix.MAP_SHARED)
	if err != nil {
		t.Fatal(err)
	}
	defer unix.Munmap(mem)
	if err := f.Truncate(0); err != nil {
		t.Fatal(err)
	}
	if err := fault.Guard(func() { _ = bytes.Count(mem, []byte{0}) }); !errors.Is(err, fault.Err) {
		t.Errorf("error %v", err)
	}
}

func TestManyFilesAtOnce(t *testing.T) {
	t.Parallel()
	var all sync.WaitGroup
	inside := make(chan error, 100)
	leave := make(chan struct{})
	files := make([]*os.File, 100)
	for i := range files {
		files[i] = file(t)
	}
	for i, f := range files {
		all.Go(func() {
			err := Use(f, size, func(b []byte) error {
				inside <- nil
				<-leave
				if i%2 == 0 {
					if err := f.Truncate(0); err != nil {
						t.Error(err)
					}
				}
				bytes.Count(b, []byte{0})
				return nil
			})
			switch {
			case errors.Is(err, ErrUnavailable):
				inside <- err
			case errors.Is(err, fault.Err) != (i%2 == 0):
				t.Errorf("file %d: error %v", i, err)
			}
		})
	}
	refused := 0
	for range files {
		if <-inside != nil {
			refused++
		}
	}
	close(leave)
	all.Wait()
	if refused == len(files) {
		t.Error("all were refused")
	}
	if err := Use(file(t), size, func([]byte) error { return nil }); err != nil {
		t.Errorf("afterwards: %v", err)
	}
}
