package writers_test

import (
	"io"
	"os"
	"path/filepath"
	"testing"

	"iceexplorer/cache/atomicfile"
	"iceexplorer/cache/export"
	"iceexplorer/cache/export/exporttest"
	"iceexplorer/cache/export/writers"
)

// Of a million points: time over that of writing the same number of bytes as they are.
func BenchmarkFormats(b *testing.B) {
	frame := exporttest.Cloud(b, 1_000_000)
	for _, f := range writers.All() {
		v, err := f.Parse(nil)
		if err != nil {
			b.Fatal(err)
		}
		dir := b.TempDir()
		job := export.Job{Number: 1, Path: dir + "/a" + f.Ext, Options: v, Program: "iceexplorer bench"}
		if f.Holds == export.OneFrame {
			job.Frame = frame
		} else {
			job.Frames = func(yield func(export.Numbered, error) bool) { yield(export.Numbered{Frame: frame, Number: 1}, nil) }
		}
		b.Run(f.Name, func(b *testing.B) {
			for b.Loop() {
				if err := f.Do(b.Context(), job); err != nil {
					b.Fatal(err)
				}
			}
		})
		b.Run(f.Name+" raw", func(b *testing.B) { raw(b, dir) })
	}
}

// raw writes as many bytes as the files of a folder have.
func raw(b *testing.B, dir string) {
	var bytes []byte
	files, err := filepath.Glob(filepath.Join(dir, "*"))
	if err != nil {
		b.Fatal(err)
	}
	inside, err := filepath.Glob(filepath.Join(dir, "*", "*"))
	if err != nil {
		b.Fatal(err)
	}
	for _, path := range append(files, inside...) {
		if info, err := os.Stat(path); err != nil || info.IsDir() {
			continue
		}
		bytes = append(bytes, exporttest.Bytes(b, path)...)
	}
	path := filepath.Join(b.TempDir(), "raw")
	b.SetBytes(int64(len(bytes)))
	for b.Loop() {
		if err := atomicfile.Write(path, atomicfile.Options{}, func(w io.Writer) error {
			_, err := w.Write(bytes)
			return err
		}); err != nil {
			b.Fatal(err)
		}
	}
}
