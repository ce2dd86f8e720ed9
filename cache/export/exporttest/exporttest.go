// Package exporttest has the rules that every format keeps, as a test.
package exporttest

import (
	"bytes"
	"context"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"iceexplorer/cache"
	"iceexplorer/cache/export"
	"iceexplorer/cache/regular"
)

// Run tries a format on frames of every kind. sides are patterns of names of files that it
// makes beside the one of its name, or of folders of such.
func Run(t *testing.T, f export.Format, sides ...string) {
	if f.Write == nil {
		t.Fatal("there is no Writer")
	}
	r := rig{format: f, sides: sides}
	frames := Frames(t)
	t.Run("the same bytes each time", func(t *testing.T) {
		first := map[string][]byte{}
		for name, frame := range frames {
			first[name] = r.written(t, frame)
		}
		nextSecond() // or a time in a file would not be noticed
		for _, name := range slices.Sorted(maps.Keys(frames)) {
			if again := r.written(t, frames[name]); !bytes.Equal(first[name], again) {
				t.Errorf("%s: %d bytes, then %d others", name, len(first[name]), len(again))
			}
		}
	})
	r.frame = frames["cloud"]
	t.Run("replaces as a whole", r.replaces)
	t.Run("canceled", r.canceled)
	t.Run("no place", r.noPlace)
	t.Run("full disk", r.fullDisk)
}

// Declared reports what is wrong with a list of formats: names that two have, options that
// are of one kind here and of another there, defaults that are no values.
func Declared(t *testing.T, list []export.Format) {
	t.Helper()
	names, kinds := map[string]bool{}, map[string]export.OptionKind{}
	for _, f := range list {
		if f.Name == "" || f.Label == "" || !strings.HasPrefix(f.Ext, ".") || names[f.Name] {
			t.Errorf("%q lacks a name of its own, a label or an extension", f.Name)
		}
		names[f.Name] = true
		for _, o := range f.Options {
			if kind, ok := kinds[o.Name]; ok && kind != o.Kind || o.Usage() == "" {
				t.Errorf("option %s of %s has no help, or is of another kind elsewhere", o.Name, f.Name)
			}
			kinds[o.Name] = o.Kind
		}
		if _, err := f.Parse(nil); err != nil {
			t.Errorf("defaults of %s: %v", f.Name, err)
		}
	}
}

// rig is a format and what it is to write.
type rig struct {
	format export.Format
	sides  []string
	frame  *cache.Frame
}

// job is a job with the defaults.
func job(t *testing.T, f *export.Format, frame *cache.Frame, path string) export.Job {
	t.Helper()
	v, err := f.Parse(nil)
	if err != nil {
		t.Fatal(err)
	}
	j := export.Job{Number: 1, Path: path, Options: v, Program: "iceexplorer test"}
	if f.Holds == export.OneFrame {
		j.Frame = frame
		return j
	}
	j.Frames = func(yield func(export.Numbered, error) bool) {
		for _, n := range []cache.Number{1, 1.25, 2} {
			if !yield(export.Numbered{Frame: frame, Number: n}, nil) {
				return
			}
		}
	}
	return j
}

// written is the file that a frame becomes, and behind it those beside it.
func (r *rig) written(t *testing.T, frame *cache.Frame) []byte {
	t.Helper()
	return r.writtenAs(t, frame, "grün 大"+r.format.Ext)
}

// writtenAs has the file of a name: those beside it may be named in it.
func (r *rig) writtenAs(t *testing.T, frame *cache.Frame, name string) []byte {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := r.format.Do(t.Context(), job(t, &r.format, frame, path)); err != nil {
		t.Fatal(err)
	}
	return r.whole(t, path)
}

// whole is a file and behind it those beside it.
func (r *rig) whole(t *testing.T, path string) []byte {
	t.Helper()
	entries, err := os.ReadDir(filepath.Dir(path))
	if err != nil {
		t.Fatal(err)
	}
	b := Bytes(t, path)
	for _, e := range entries {
		if e.Name() == filepath.Base(path) {
			continue
		}
		if !slices.ContainsFunc(r.sides, func(pattern string) bool { ok, _ := filepath.Match(pattern, e.Name()); return ok }) {
			t.Errorf("%s is left", e.Name())
		}
		beside := filepath.Join(filepath.Dir(path), e.Name())
		inside := []string{beside}
		if e.IsDir() {
			if inside, err = filepath.Glob(filepath.Join(beside, "*")); err != nil {
				t.Fatal(err)
			}
		}
		for _, path := range inside {
			b = append(b, Bytes(t, path)...)
		}
	}
	return b
}

// old is what is there before, and its place.
func (r *rig) old(t *testing.T) (path string, text []byte) {
	t.Helper()
	path, text = filepath.Join(t.TempDir(), "a"+r.format.Ext), []byte("what was there before")
	if err := os.WriteFile(path, text, 0o600); err != nil {
		t.Fatal(err)
	}
	return path, text
}

// nextSecond returns in another second than it is called in.
func nextSecond() {
	now := time.Now()
	time.Sleep(now.Truncate(time.Second).Add(time.Second).Sub(now))
}

// alone reports a fault unless a folder holds nothing but the file, with its content.
func alone(t *testing.T, path string, want []byte) {
	t.Helper()
	entries, err := os.ReadDir(filepath.Dir(path))
	if err != nil {
		t.Fatal(err)
	}
	if len(entries) != 1 {
		t.Errorf("the folder holds %v", entries)
	}
	if got, err := os.ReadFile(path); err != nil || !bytes.Equal(got, want) {
		t.Errorf("%d bytes, want %d: %v", len(got), len(want), err)
	}
}

// Whoever reads the old file reads it to its end.
func (r *rig) replaces(t *testing.T) {
	path, text := r.old(t)
	reader, err := regular.Open(path) // as our programs do, which lets Windows' others replace it
	if err != nil {
		t.Fatal(err)
	}
	defer reader.Close()
	if err := r.format.Do(t.Context(), job(t, &r.format, r.frame, path)); err != nil {
		t.Fatal(err)
	}
	if got, err := io.ReadAll(reader); err != nil || !bytes.Equal(got, text) {
		t.Errorf("whoever had it open read %q, %v", got, err)
	}
	reader.Close() // until then Wine has it under another name
	if got, want := r.whole(t, path), r.writtenAs(t, r.frame, filepath.Base(path)); !bytes.Equal(got, want) {
		t.Errorf("%d bytes, want %d", len(got), len(want))
	}
}

// endsAt is a context that ends when it is looked at for the n-th time.
type endsAt struct {
	context.Context
	end context.CancelFunc
	n   int
}

func (e *endsAt) Err() error {
	if e.n--; e.n <= 0 {
		e.end()
	}
	return e.Context.Err()
}

func (r *rig) canceled(t *testing.T) {
	path, text := r.old(t)
	looks := 0
	for n := 1; ; n += 1 + n/8 { // closely at first: some look thousands of times
		ctx, cancel := context.WithCancel(t.Context())
		e := endsAt{ctx, cancel, n}
		err := r.format.Do(&e, job(t, &r.format, r.frame, path))
		cancel()
		if err == nil {
			break
		}
		if ctx.Err() == nil {
			t.Fatal(err)
		}
		alone(t, path, text)
		looks = n
	}
	if looks < 2 {
		t.Errorf("it looked at its context %d times", looks)
	}
}

func (r *rig) noPlace(t *testing.T) {
	path, text := r.old(t)
	below := filepath.Join(path, "a"+r.format.Ext)
	r.fails(t, below)
	alone(t, path, text)
	dir := t.TempDir()
	r.fails(t, dir)
	if left, err := os.ReadDir(dir); len(left) > 0 || err != nil {
		t.Errorf("left are %v, %v", left, err)
	}
}

// fails reports a fault unless the format says in one sentence, with the path last and
// nowhere else, why there is no file.
func (r *rig) fails(t *testing.T, path string) error {
	t.Helper()
	err := r.format.Do(t.Context(), job(t, &r.format, r.frame, path))
	if err == nil {
		t.Fatalf("written: %s", path)
	}
	if text := err.Error(); strings.Contains(text, "\n") || !strings.HasSuffix(text, ": "+path) || strings.Count(text, filepath.Dir(path)) != 1 {
		t.Errorf("it says %q", text)
	}
	return err
}
