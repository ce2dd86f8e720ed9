package gfx

import (
	"os"
	"testing"
)

// BenchmarkTable prints what docs/performance.md explains.
func BenchmarkTable(b *testing.B) {
	r := newTestRenderer(b, Options{})
	for b.Loop() {
		rows, err := r.Bench([]int{10_000, 100_000, 1_000_000, 10_000_000}, 300_000)
		if err != nil {
			b.Fatal(err)
		}
		if err := PrintBench(os.Stdout, r.Driver(), rows); err != nil {
			b.Fatal(err)
		}
		b.ReportMetric(rows[len(rows)-1].Ratio(), "upload/memcpy")
	}
}

func BenchmarkDraw100k(b *testing.B) {
	r := newTestRenderer(b, Options{})
	f := newFountain(100_000)
	v := testView(f.box, 1280, 720)
	clouds := []Cloud{f.cloud()}
	for b.Loop() {
		if err := r.Draw(&v, clouds, 1280, 720); err != nil {
			b.Fatal(err)
		}
		r.Image()
	}
}
