package sih5

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"iceexplorer/cache"
	"iceexplorer/cache/measure"
)

func BenchmarkOpen(b *testing.B) {
	for _, n := range []int{1, 10, 30} {
		b.Run(fmt.Sprintf("attributes=%d", n), func(b *testing.B) {
			bl := cache.NewBuilder(cache.Header{Version: 103, Points: 1000, Substeps: 1})
			for i := range n {
				bl.Float32s(fmt.Sprintf("Attribute%d", i), cache.TypeVector3, make([]float32, 3000))
			}
			f, err := bl.Frame()
			if err != nil {
				b.Fatal(err)
			}
			path, _ := mustWrite(b, f, cache.Stamp{Size: 7, MTime: 9})
			b.Run("checked", func(b *testing.B) { openAgain(b, path, Options{}) })
			b.Run("unchecked", func(b *testing.B) { openAgain(b, path, Options{unchecked: true}) })
		})
	}
}

// BenchmarkCheck is what the check costs of BenchmarkOpen.
func BenchmarkCheck(b *testing.B) {
	bl := cache.NewBuilder(cache.Header{Version: 103, Points: 1000, Substeps: 1})
	for i := range 30 {
		bl.Float32s(fmt.Sprintf("Attribute%d", i), cache.TypeVector3, make([]float32, 3000))
	}
	f, err := bl.Frame()
	if err != nil {
		b.Fatal(err)
	}
	path, _ := mustWrite(b, f, cache.Stamp{Size: 7, MTime: 9})
	for b.Loop() {
		if _, err := probe(path); err != nil {
			b.Fatal(err)
		}
	}
}

func openAgain(b *testing.B, path string, opt Options) {
	for b.Loop() {
		got, err := Open(path, opt)
		if err != nil {
			b.Fatal(err)
		}
		if err := got.Close(); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkWrite compares writing frames with writing as many bytes to a plain file.
func BenchmarkWrite(b *testing.B) {
	for _, n := range []int{10_000, 1_000_000} {
		f := simpleFrame(b, n)
		for _, a := range f.Attributes { // a frame from icecache is measured already
			measure.Column(&a.Column, a.Bytes())
		}
		dir := b.TempDir()
		b.Run(fmt.Sprintf("sih5/points=%d", n), func(b *testing.B) {
			for b.Loop() {
				_, err := Write(context.Background(), filepath.Join(dir, "a.sih5"), f, cache.Stamp{}, WriteOptions{NoSync: true})
				if err != nil {
					b.Fatal(err)
				}
			}
		})
		b.Run(fmt.Sprintf("raw/points=%d", n), func(b *testing.B) {
			for b.Loop() {
				o, err := os.Create(filepath.Join(dir, "raw.tmp"))
				if err != nil {
					b.Fatal(err)
				}
				for _, a := range f.Attributes {
					if _, err := o.Write(a.Bytes()); err != nil {
						b.Fatal(err)
					}
				}
				if err := o.Close(); err != nil {
					b.Fatal(err)
				}
				if err := os.Rename(o.Name(), filepath.Join(dir, "raw")); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
