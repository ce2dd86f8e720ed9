package sih5

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"testing"
	"time"

	"iceexplorer/cache"
)

// onlyFile fails the test if dir holds anything but the named file.
func onlyFile(t *testing.T, dir, name string) {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if e.Name() != name {
			t.Errorf("%s was left behind", e.Name())
		}
	}
}

func TestFolderThatIsAFile(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, ".sih5"), nil, 0o666); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(dir, ".sih5", "a.sih5")
	_, err := Write(context.Background(), path, simpleFrame(t, 10), cache.Stamp{}, WriteOptions{})
	if !errors.Is(err, syscall.ENOTDIR) && runtime.GOOS != "windows" || !strings.HasSuffix(err.Error(), ": "+path) {
		t.Errorf("error %v", err)
	}
}

// watcher sees the folder whenever somebody looks at the context.
type watcher struct {
	context.Context
	look func()
}

func (w *watcher) Err() error {
	w.look()
	return nil
}

// countdown is cancelled after a number of looks at it.
type countdown struct {
	context.Context
	left int
}

func (c *countdown) Err() error {
	if c.left--; c.left < 0 {
		return context.Canceled
	}
	return nil
}

func (c *countdown) Deadline() (time.Time, bool) { return time.Time{}, false }

func TestCancelledWriteLeavesWhatWasThere(t *testing.T) {
	before := alive()
	f := simpleFrame(t, 1000)
	old := simpleFrame(t, 10)
	for looks := 0; ; looks++ {
		dir := t.TempDir()
		path := filepath.Join(dir, "a.sih5")
		if _, err := Write(context.Background(), path, old, cache.Stamp{}, WriteOptions{NoSync: true}); err != nil {
			t.Fatal(err)
		}
		_, err := Write(&countdown{context.Background(), looks}, path, f, cache.Stamp{}, WriteOptions{NoSync: true})
		onlyFile(t, dir, "a.sih5")
		if n := alive(); n != before {
			t.Fatalf("%d ids are open, %d before", n, before)
		}
		points := uint32(10)
		if err == nil {
			points = 1000
		} else if !errors.Is(err, context.Canceled) {
			t.Fatal(err)
		}
		got, openErr := Open(path, Options{})
		if openErr != nil {
			t.Fatal(openErr)
		}
		if got.Index().Header.Points != points {
			t.Errorf("after %d looks: %d points", looks, got.Index().Header.Points)
		}
		if err == nil {
			if looks < 10 {
				t.Errorf("only %d looks at the context", looks)
			}
			return
		}
	}
}

func TestNoIDsStayOpen(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "a.sih5")
	f := everything(t, 5)
	rounds := func() {
		ix, err := Write(context.Background(), path, f, cache.Stamp{Size: 1, MTime: 1}, WriteOptions{NoSync: true})
		if err != nil || ix == nil {
			t.Fatal(err)
		}
		got, err := Open(path, Options{})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := got.Fill(context.Background(), make([]byte, got.Need())); err != nil {
			t.Fatal(err)
		}
		if err := errors.Join(got.Close(), got.Close()); err != nil {
			t.Fatal(err)
		}
		Fresh(path, path)
		readLong(t, path)
		for _, bad := range badFiles(t) {
			if b, err := Open(bad.path, Options{}); err == nil {
				b.Close()
			}
		}
		if got, err := Open(path, Options{MaxBytes: 1}); err == nil {
			t.Errorf("opened %v past the limit", got.path)
		}
	}
	rounds()
	before := alive()
	for range 3 {
		rounds()
	}
	if n := alive(); n != before {
		t.Errorf("%d ids are open, %d before", n, before)
	}
}

func TestWrittenFilesHaveTheUsualMode(t *testing.T) {
	t.Parallel()
	path, _ := mustWrite(t, simpleFrame(t, 1), cache.Stamp{})
	plain := filepath.Join(t.TempDir(), "plain")
	if err := os.WriteFile(plain, nil, 0o666); err != nil {
		t.Fatal(err)
	}
	a, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	b, err := os.Stat(plain)
	if err != nil {
		t.Fatal(err)
	}
	if a.Mode() != b.Mode() {
		t.Errorf("mode %v, want %v", a.Mode(), b.Mode())
	}
}

func simpleFrame(t testing.TB, n int) *cache.Frame {
	t.Helper()
	b := cache.NewBuilder(cache.Header{Version: 103, Points: uint32(n), Substeps: 1})
	b.Add(cache.Column{Name: "PointPosition", Type: cache.TypeVector3}, repeated(cache.TypeVector3, n), nil)
	b.Add(cache.Column{Name: "Color", Type: cache.TypeColor4}, repeated(cache.TypeColor4, n), nil)
	b.Add(cache.Column{Name: "Size", Type: cache.TypeFloat}, repeated(cache.TypeFloat, n), nil)
	b.Add(cache.Column{Name: "ID", Type: cache.TypeLong}, repeated(cache.TypeLong, n), nil)
	b.Add(cache.Column{Name: "Flag", Type: cache.TypeBool}, repeated(cache.TypeBool, n), nil)
	b.Add(cache.Column{Name: "Mass", Type: cache.TypeFloat}, repeated(cache.TypeFloat, 1), nil)
	f, err := b.Frame()
	if err != nil {
		t.Fatal(err)
	}
	return f
}
