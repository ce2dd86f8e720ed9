package writers_test

import (
	"io"
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
		if f.Holds != export.OneFrame {
			continue
		}
		v, err := f.Parse(nil)
		if err != nil {
			b.Fatal(err)
		}
		dir := b.TempDir()
		job := export.Job{Frame: frame, Number: 1, Path: dir + "/a" + f.Ext, Options: v, Program: "iceexplorer bench"}
		b.Run(f.Name, func(b *testing.B) {
			for b.Loop() {
				if err := f.Do(b.Context(), job); err != nil {
					b.Fatal(err)
				}
			}
		})
		b.Run(f.Name+" raw", func(b *testing.B) { raw(b, job.Path, dir+"/raw") })
	}
}

// raw writes as many bytes as a file has.
func raw(b *testing.B, like, path string) {
	bytes := exporttest.Bytes(b, like)
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
