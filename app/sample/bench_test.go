package sample

import (
	"io"
	"testing"

	"iceexplorer/cache/icecache"
)

func BenchmarkFrame(b *testing.B) {
	g, err := newGenerator(Options{})
	if err != nil {
		b.Fatal(err)
	}
	b.Run("compute", func(b *testing.B) {
		for b.Loop() {
			if _, err := g.Frame(24); err != nil {
				b.Fatal(err)
			}
		}
	})
	f, err := g.Frame(24)
	if err != nil {
		b.Fatal(err)
	}
	b.Run("encode", func(b *testing.B) {
		for b.Loop() {
			if err := icecache.Encode(b.Context(), io.Discard, f, icecache.EncodeOptions{Level: gzipLevel}); err != nil {
				b.Fatal(err)
			}
		}
	})
}
