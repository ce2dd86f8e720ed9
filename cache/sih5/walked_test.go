package sih5

import (
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"testing"

	"iceexplorer/cache"
)

// sighted reports whether a file was opened by what the walk has seen.
func (f *File) sighted() bool { return f.raw.seen }

// agrees is an error unless libhdf5 says of a file that was opened without it what the walk has seen.
func agrees(f *File) error {
	if !f.sighted() {
		return nil
	}
	asked, err := Open(f.path, Options{MaxBytes: 1 << 24, asked: true})
	if err != nil {
		return fmt.Errorf("what libhdf5 refuses was opened: %w", err)
	}
	defer asked.Close()
	type pair struct {
		what      string
		seen, was any
	}
	var columns []pair
	if n := len(f.checked.raws); n == len(asked.checked.raws) {
		for i := range n {
			columns = append(columns, pair{"column", *f.checked.raws[i], *asked.checked.raws[i]})
		}
	}
	for _, c := range append(columns, []pair{
		{"header", f.raw.header, asked.raw.header}, {"columns", len(f.checked.raws), len(asked.checked.raws)}, {"links", f.raw.links, asked.raw.links},
		{"index", f.checked.index, asked.checked.index}, {"need", f.checked.need, asked.checked.need},
		{"lacks", f.Lacks(), asked.Lacks()}, {"storage", f.SourceStorage(), asked.SourceStorage()},
	}...) {
		if !reflect.DeepEqual(c.seen, c.was) {
			return fmt.Errorf("%s: seen %.2000s, libhdf5 says %.2000s", c.what, fmt.Sprint(c.seen), fmt.Sprint(c.was))
		}
	}
	return nil
}

func TestFilesOfThisProgramAreOpenedWithoutTheLibrary(t *testing.T) {
	t.Parallel()
	many := cache.NewBuilder(cache.Header{Version: 103, Points: 3, Substeps: 1})
	for i := range 400 {
		many.Float32s(fmt.Sprintf("%c%d", 'a'+i%26, i), cache.TypeVector3, make([]float32, 9))
	}
	odd := cache.NewBuilder(cache.Header{Version: 103, Points: 2})
	for _, name := range []string{"a/b", "", "%", "Age", "Age", "a\x00b", "\xff"} {
		odd.Float32s(name, cache.TypeFloat, []float32{1, 2})
	}
	for name, f := range map[string]*cache.Frame{
		"everything": everything(t, 7), "simple": simpleFrame(t, 5000), "no points": everything(t, 0),
		"many attributes": frame(t, many), "odd names": frame(t, odd), "no attributes": frame(t, cache.NewBuilder(cache.Header{Version: 103})),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			path, _ := mustWrite(t, f, cache.Stamp{Size: 1, MTime: 2})
			got, err := Open(path, Options{})
			if err != nil {
				t.Fatal(err)
			}
			defer got.Close()
			if !got.sighted() {
				t.Fatal("libhdf5 was asked")
			}
			if err := agrees(got); err != nil {
				t.Error(err)
			}
			only, err := Open(path, Options{Only: []string{"age"}})
			if err != nil {
				t.Fatal(err)
			}
			defer only.Close()
			for _, c := range only.Index().Columns {
				if c.Name != "Age" {
					t.Errorf("only Age was wanted, and %q is there", c.Name)
				}
			}
		})
	}
}

func frame(t *testing.T, b *cache.Builder) *cache.Frame {
	t.Helper()
	f, err := b.Frame()
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// Of other programs' files, and of ours that were changed, libhdf5 knows more.
func TestTheLibraryIsAskedAboutFilesOfOthers(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	python(t, "make.py", dir)
	paths, err := filepath.Glob(filepath.Join(dir, "*.h5"))
	if err != nil || len(paths) == 0 {
		t.Fatal(paths, err)
	}
	for _, path := range append(paths, filepath.Join("..", "..", "testdata", "foreign", "plain_1.sih5")) {
		f, err := Open(path, Options{})
		if err != nil {
			continue // which files can be read is tested elsewhere
		}
		if f.sighted() {
			t.Errorf("opened without libhdf5: %s", path)
		}
		f.Close()
	}
}

// A header with a flipped bit was once noticed by libhdf5 alone.
func TestAFlippedBitOfTheStructureIsSeen(t *testing.T) {
	t.Parallel()
	path, _ := mustWrite(t, simpleFrame(t, 50), cache.Stamp{Size: 1, MTime: 2})
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	whole, err := Open(path, Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer whole.Close()
	first := uint64(len(b))
	for _, c := range whole.Index().Columns {
		first = min(first, c.Data.Offset)
	}
	changed := filepath.Join(t.TempDir(), "changed.sih5")
	seen := 0
	for at := uint64(0); at < first; at += 5 {
		damaged := append([]byte(nil), b...)
		damaged[at] ^= 1 << (at % 8)
		if err := os.WriteFile(changed, damaged, 0o666); err != nil {
			t.Fatal(err)
		}
		f, err := Open(changed, Options{Whole: true})
		if err != nil {
			seen++
			continue
		}
		if err := agrees(f); err != nil {
			t.Errorf("bit of byte %d: %v", at, err)
		}
		f.Close()
	}
	if seen == 0 {
		t.Error("no flipped bit was noticed")
	}
	t.Logf("%d flipped bits were noticed in %d bytes of structure", seen, first)
}
