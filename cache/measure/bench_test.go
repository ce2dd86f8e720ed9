package measure

import (
	"slices"
	"testing"
	"time"
)

// TestPrintSpeeds copies columns of 48 MB in runs of 4000 values, by turns with
// and without measuring, and prints ratios of medians. Run it with -v -run
// PrintSpeeds.
func TestPrintSpeeds(t *testing.T) {
	if !testing.Verbose() || testing.Short() {
		t.Skip("only with -v")
	}
	const size = 48 << 20
	src, dst := make([]byte, size+1), make([]byte, size)
	seed := column(kindFloat32, 4000, 12, 0)
	for n := 0; n < size; {
		n += copy(src[1+n:], seed)
	}
	type way struct {
		name string
		run  func(dst, src []byte, acc *Acc)
	}
	for _, c := range []struct {
		k     kind
		name  string
		comps int
	}{{kindFloat32, "float32", 1}, {kindFloat32, "float32", 3}, {kindFloat32, "float32", 4}, {kindFloat32, "float32", 9}, {kindFloat32, "float32", 16}, {kindInt32, "int32", 1}, {kindUint8, "uint8", 1}} {
		acc := New(c.comps)
		ways := []way{
			{"copy alone", func(dst, src []byte, _ *Acc) { copy(dst, src) }},
			{Implementation + ", copy and measure", func(dst, src []byte, acc *Acc) { kernel(c.k, dst, src, false, acc) }},
			{Implementation + ", copy past the caches", func(dst, src []byte, acc *Acc) { kernel(c.k, dst, src, true, acc) }},
			{Implementation + ", measure", func(_, src []byte, acc *Acc) { kernel(c.k, nil, src, false, acc) }},
			{"go, copy and measure", func(dst, src []byte, acc *Acc) { kernelGo(c.k, dst, src, acc) }},
		}
		times := make([][]time.Duration, len(ways))
		step := 4000 * c.comps * c.k.size()
		for range 7 {
			for i, w := range ways {
				start := time.Now()
				for at := 0; at+step <= size; at += step {
					w.run(dst[at:at+step], src[1+at:1+at+step], acc)
				}
				times[i] = append(times[i], time.Since(start))
			}
		}
		for i := range times {
			slices.Sort(times[i])
		}
		for i, w := range ways {
			m, base := times[i][3], times[0][3]
			t.Logf("%s x %-2d  %-26s %6.1f GB/s  %.2f of copy alone", c.name, c.comps, w.name, float64(size)/1e9/m.Seconds(), float64(m)/float64(base))
		}
	}
}
