package icecache

import (
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"iceexplorer/cache"
	"iceexplorer/cache/inflate"
)

// fountain is a frame of n points with 72 bytes each, which gzip makes about 1.5
// times smaller, as it does simulated ones.
func fountain(t testing.TB, n int) *cache.Frame {
	t.Helper()
	r := rand.New(rand.NewPCG(1, uint64(n)))
	floats := func(comps int, f func(i, c int) float64) []float32 {
		v := make([]float32, n*comps)
		for i := range n {
			for c := range comps {
				v[i*comps+c] = float32(f(i, c))
			}
		}
		return v
	}
	noise := func(int, int) float64 { return r.NormFloat64() }
	ids, resting := make([]int32, n), make([]byte, n)
	for i := range ids {
		ids[i], resting[i] = int32(3*i/2), byte(r.IntN(8)/7)
	}
	b := cache.NewBuilder(cache.Header{Version: 103, Points: uint32(n), Substeps: 1})
	b.Float32s("PointPosition", cache.TypeVector3, floats(3, noise))
	b.Float32s("PointVelocity", cache.TypeVector3, floats(3, noise))
	b.Float32s("Color", cache.TypeColor4, floats(4, func(i, c int) float64 {
		if c == 3 {
			return 1
		}
		return math.Round(r.Float64()*255) / 255
	}))
	b.Float32s("Size", cache.TypeFloat, floats(1, func(int, int) float64 { return 0.1 + 0.1*r.Float64() }))
	b.Int32s("ID", ids)
	b.Float32s("Orientation", cache.TypeRotation, floats(4, func(i, c int) float64 { return math.Sin(float64(i / 4 * (c + 1))) }))
	b.Float32s("Age", cache.TypeFloat, floats(1, func(i, _ int) float64 { return float64(n-i) / 24 }))
	b.Bools("Resting", resting)
	b.Float32s("Mass", cache.TypeFloat, []float32{1})
	f, err := b.Frame()
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// TestPrintSpeeds decodes a frame of a million points from a file and inflates the
// same file alone, by turns, and prints ratios of medians. Run it with -v -run
// PrintSpeeds.
func TestPrintSpeeds(t *testing.T) {
	if !testing.Verbose() || testing.Short() {
		t.Skip("only with -v")
	}
	for _, n := range []int{10_000, 100_000, 1_000_000} {
		path := filepath.Join(t.TempDir(), "a_1.icecache")
		if err := WriteFile(t.Context(), path, fountain(t, n), EncodeOptions{Level: 6}); err != nil {
			t.Fatal(err)
		}
		src, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		var d Decoder
		var mem, out []byte
		step := func(err error) {
			if err != nil {
				t.Fatal(err)
			}
		}
		decode := func(opt Options) func() {
			return func() {
				f, err := d.Open(t.Context(), path, opt)
				step(err)
				if mem == nil {
					mem = alignedBytes(f.Need())
				}
				_, err = f.Fill(t.Context(), mem)
				step(err)
			}
		}
		ways := []struct {
			name string
			run  func()
		}{
			{"inflate alone", func() {
				out, err = inflate.Gunzip(t.Context(), out, src, DefaultMaxBytes)
				step(err)
			}},
			{"decode", decode(Options{})},
			{"decode without ranges", decode(Options{NoRanges: true})},
			{"read", func() {
				step(d.contents(path, Options{}.withDefaults(), func([]byte, bool) error { return nil }))
			}},
			{"walk", func() {
				_, err := fit(t.Context(), out, true, Options{}.withDefaults())
				step(err)
			}},
			{"fill", func() {
				f, err := fit(t.Context(), out, true, Options{}.withDefaults())
				step(err)
				_, err = f.Fill(t.Context(), mem)
				step(err)
			}},
		}
		times := make([][]time.Duration, len(ways))
		for range max(9, min(101, 2_000_000/n)) {
			for i, w := range ways {
				start := time.Now()
				w.run()
				times[i] = append(times[i], time.Since(start))
			}
		}
		for i := range times {
			slices.Sort(times[i])
		}
		t.Logf("%d points, %d bytes to %d, ratio %.2f", n, len(src), len(out), float64(len(out))/float64(len(src)))
		for i, w := range ways {
			m, base := times[i][len(times[i])/2], times[0][len(times[0])/2]
			t.Logf("%-22s %8.2f ms  %.3f of inflate alone; best %.3f of best", w.name, m.Seconds()*1e3,
				float64(m)/float64(base), float64(times[i][0])/float64(times[0][0]))
		}
	}
}
