package icecache

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"iceexplorer/cache"
)

// gauge is a writer, and a context that notes how much was written between two looks at
// it, and ends after so many of them.
type gauge struct {
	context.Context
	since, most, looks, left int
}

func (g *gauge) Write(b []byte) (int, error) {
	g.since += len(b)
	g.most = max(g.most, g.since)
	return len(b), nil
}

func (g *gauge) Err() error {
	g.looks++
	g.since = 0
	if g.left--; g.left < 0 {
		return context.Canceled
	}
	return nil
}

// bulky frames have values of several MB, one for each way in which one is written.
func bulky(t *testing.T) map[string]*cache.Frame {
	t.Helper()
	const n = 3_000_000
	frames := map[string]*cache.Frame{}
	add := func(name string, rows int, fill func(b *cache.Builder)) {
		b := cache.NewBuilder(cache.Header{Version: 103, Points: uint32(rows)})
		fill(b)
		f, err := b.Frame()
		if err != nil {
			t.Fatal(name, err)
		}
		frames[name] = f
	}
	add("column", n, func(b *cache.Builder) { b.Float32s("Size", cache.TypeFloat, make([]float32, n)) })
	add("string", 1, func(b *cache.Builder) { b.Strings("Name", []string{strings.Repeat("long ", n)}) })
	add("blob", 1, func(b *cache.Builder) {
		b.Add(cache.Column{Name: "Where", Type: cache.TypeLocation, Structure: cache.Single, Context: cache.Context0D}, make([]byte, n), []uint64{0, n})
	})
	add("array", 1, func(b *cache.Builder) {
		b.Add(cache.Column{Name: "Weights", Type: cache.TypeFloat, Structure: cache.Array, Context: cache.Context0D}, make([]byte, 4*n), []uint64{0, n})
	})
	return frames
}

func TestEncodeLooksAtItsContextInSmallSteps(t *testing.T) {
	t.Parallel()
	const most = 2 * flushBytes
	for name, f := range bulky(t) {
		for _, storage := range []cache.Storage{cache.StoragePlain, cache.StorageText, cache.StorageGzip} {
			what := fmt.Sprintf("%s, %s", name, storage)
			whole := &gauge{Context: t.Context(), left: 1 << 30}
			if err := Encode(whole, whole, f, EncodeOptions{Storage: storage, Level: 1}); err != nil {
				t.Fatalf("%s: %v", what, err)
			}
			if whole.most > most || whole.looks < 10 {
				t.Errorf("%s: %d bytes between two of %d looks, want %d at most", what, whole.most, whole.looks, most)
			}
			half := &gauge{Context: t.Context(), left: whole.looks / 2}
			if err := Encode(half, half, f, EncodeOptions{Storage: storage, Level: 1}); !errors.Is(err, context.Canceled) || half.looks > whole.looks/2+2 {
				t.Errorf("%s: canceled after %d looks: %v after %d", what, whole.looks/2, err, half.looks)
			}
		}
	}
}

func TestCanceledWriteLeavesWhatWasThere(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "a_1.icecache")
	if err := os.WriteFile(path, []byte("old"), 0o600); err != nil {
		t.Fatal(err)
	}
	g := &gauge{Context: t.Context(), left: 3}
	if err := WriteFile(g, path, bulky(t)["column"], EncodeOptions{}); !errors.Is(err, context.Canceled) || !strings.HasSuffix(err.Error(), ": "+path) {
		t.Errorf("error %v", err)
	}
	if b, err := os.ReadFile(path); string(b) != "old" || err != nil {
		t.Errorf("%d bytes, %v", len(b), err)
	}
	if entries, err := os.ReadDir(filepath.Dir(path)); len(entries) != 1 || err != nil {
		t.Errorf("left behind: %v, %v", entries, err)
	}
}
