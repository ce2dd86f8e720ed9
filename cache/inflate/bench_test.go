package inflate

import (
	"bytes"
	"compress/gzip"
	"io"
	"slices"
	"testing"
	"time"
)

// TestPrintSpeeds decodes the same data by turns and prints MB/s of output and
// ratios, of the median of each. Run it with -v -run PrintSpeeds.
func TestPrintSpeeds(t *testing.T) {
	if !testing.Verbose() || testing.Short() {
		t.Skip("only with -v")
	}
	data := columns(500_000)
	src := pack(t, data, 6)
	buf := make([]byte, len(data))
	names := []string{Implementation, "pure", "compress/gzip"}
	runs := map[string]func() error{
		Implementation: func() error { _, err := Gunzip(t.Context(), buf, src, noLimit); return err },
		"pure":         func() error { _, err := Pure(t.Context(), buf, src, noLimit); return err },
		"compress/gzip": func() error {
			zr, err := gzip.NewReader(bytes.NewReader(src))
			if err == nil {
				_, err = io.ReadFull(zr, buf)
			}
			return err
		},
	}
	times := map[string][]time.Duration{}
	for range 7 {
		for _, name := range names {
			start := time.Now()
			if err := runs[name](); err != nil {
				t.Fatal(err)
			}
			times[name] = append(times[name], time.Since(start))
		}
	}
	median := func(name string) time.Duration {
		slices.Sort(times[name])
		return times[name][len(times[name])/2]
	}
	t.Logf("%d bytes to %d, ratio %.2f", len(src), len(data), float64(len(data))/float64(len(src)))
	for _, name := range names {
		m := median(name)
		t.Logf("%-14s %7.0f MB/s  %.2f of %s", name, float64(len(data))/1e6/m.Seconds(), float64(median(Implementation))/float64(m), Implementation)
	}
}

func BenchmarkGunzip(b *testing.B) {
	for name, data := range map[string][]byte{
		"columns": columns(200_000),
		"zeros":   make([]byte, 16<<20),
	} {
		src := pack(b, data, 6)
		buf := make([]byte, len(data))
		for _, which := range []string{"best", "pure"} {
			b.Run(name+"/"+which, func(b *testing.B) {
				b.SetBytes(int64(len(data)))
				for b.Loop() {
					if _, err := decoders[which](b.Context(), buf, src, noLimit); err != nil {
						b.Fatal(err)
					}
				}
			})
		}
		b.Run(name+"/gzip", func(b *testing.B) {
			b.SetBytes(int64(len(data)))
			for b.Loop() {
				zr, err := gzip.NewReader(bytes.NewReader(src))
				if err != nil {
					b.Fatal(err)
				}
				if _, err := io.ReadFull(zr, buf); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
