package inflate

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"hash/crc32"
	"math/rand/v2"
	"slices"
	"testing"
	"time"
)

// parallel decodes with several goroutines however small src is.
func parallel(threads, size int) gunzipFunc {
	return func(ctx context.Context, buf, src []byte, limit uint64) ([]byte, error) {
		return gunzip(ctx, buf, src, limit, plan{threads: threads, chunkSize: size})
	}
}

// sameAsPure checks that parallel decoding gives the same bytes and the same
// error.
func sameAsPure(t *testing.T, what string, src []byte, limit uint64) {
	t.Helper()
	want, wantErr := Pure(t.Context(), nil, src, limit)
	for threads, size := range map[int]int{2: 50_000, 3: 15_000} {
		got, err := parallel(threads, size)(t.Context(), nil, src, limit)
		if !bytes.Equal(got, want) || fmt.Sprint(err) != fmt.Sprint(wantErr) {
			t.Fatalf("%s, %d threads, chunks of %d: %d bytes, %v; want %d, %v", what, threads, size, len(got), err, len(want), wantErr)
		}
	}
}

// alternating is data whose blocks are of all kinds, with matches that reach
// through many of them.
func alternating() []byte {
	var out []byte
	all := shapes()
	for _, name := range []string{"columns", "random", "runs", "zeros", "skewed", "columns"} {
		out = append(out, all[name]...)
	}
	return out
}

func TestParallelMatchesPure(t *testing.T) {
	t.Parallel()
	data := alternating()
	for _, level := range []int{gzip.NoCompression, gzip.BestSpeed, gzip.DefaultCompression, gzip.HuffmanOnly} {
		src := pack(t, data, level)
		sameAsPure(t, fmt.Sprintf("level %d", level), src, noLimit)
		sameAsPure(t, fmt.Sprintf("level %d twice", level), append(bytes.Clone(src), src...), noLimit)
		sameAsPure(t, fmt.Sprintf("level %d limited", level), src, uint64(len(data)/3))
		sameAsPure(t, fmt.Sprintf("level %d cut", level), src[:len(src)*2/3], noLimit)
	}
}

func TestParallelReportsDamageAsPure(t *testing.T) {
	t.Parallel()
	src := pack(t, columns(8_000), 6)
	rnd := rand.New(rand.NewPCG(7, 8))
	for range 20 {
		bad := bytes.Clone(src)
		at := headerSize + rnd.IntN(len(src)-headerSize)
		bad[at] ^= 1 << rnd.IntN(8)
		sameAsPure(t, fmt.Sprintf("bit flipped at %d", at), bad, noLimit)
	}
}

func TestParallelIsNotMisledByBlocksInStoredData(t *testing.T) {
	t.Parallel()
	// The compressed data, stored as they are, are full of what looks like
	// blocks and even decodes.
	inner := pack(t, columns(10_000), 6)
	sameAsPure(t, "stored", pack(t, inner, gzip.NoCompression), noLimit)
}

func TestParallelDecodesChunksWithoutKnowingWhatWasBefore(t *testing.T) {
	t.Parallel()
	// Else the tests above could pass with every chunk given up.
	data := columns(12_000)
	src := pack(t, data, 6)
	body := src[headerSize : len(src)-trailerSize]
	const size = 60_000
	joined := 0
	for i := 1; i < len(body)/size; i++ {
		c := &chunk{buf: newChunkBuf(size)}
		c.decode(t.Context(), body, i*size*8, (i+1)*size*8)
		if !c.ok {
			continue
		}
		if c.start < i*size*8 || c.end < c.start {
			t.Fatalf("chunk %d is from bit %d to %d", i, c.start, c.end)
		}
		// What is before, to join it to.
		d := decoder{src: body, limit: noLimit}
		d.begin(0)
		if err := d.stretch(t.Context(), c.start); err != nil || d.bit() != c.start {
			continue
		}
		before := d.out
		d.join(c)
		if d.out != before+len(c.marked)+len(c.plain) || d.bit() != c.end {
			t.Fatalf("chunk %d wasn't joined", i)
		}
		if !bytes.Equal(d.dst[:d.out], data[:d.out]) || d.sum != crc32.ChecksumIEEE(data[:d.out]) {
			t.Fatalf("chunk %d is wrong", i)
		}
		joined++
	}
	if joined < 3 {
		t.Errorf("%d chunks of %d joined", joined, len(body)/size)
	}
}

// looked is a context that is canceled right after it has been looked at once.
type looked struct {
	context.Context
	cancel context.CancelFunc
}

func (c looked) Err() error {
	defer c.cancel()
	return c.Context.Err()
}

// The first look is before the work is divided, so that those who share it meet the end.
func TestParallelIsCancelled(t *testing.T) {
	t.Parallel()
	src := pack(t, columns(100_000), 1)
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	if _, err := parallel(2, 50_000)(looked{ctx, cancel}, nil, src, noLimit); !errors.Is(err, context.Canceled) {
		t.Errorf("%v", err)
	}
}

func TestCRCOfJoinedStretches(t *testing.T) {
	t.Parallel()
	data := shapes()["random"]
	for _, n := range []int{0, 1, 7, 8, 1000, len(data)} {
		a, b := crc32.ChecksumIEEE(data[:len(data)-n]), crc32.ChecksumIEEE(data[len(data)-n:])
		if got, want := crcJoin(a, b, n), crc32.ChecksumIEEE(data); got != want {
			t.Errorf("%d bytes: %08x, want %08x", n, got, want)
		}
	}
}

func FuzzParallel(f *testing.F) {
	src := pack(f, columns(1500), 6)
	f.Add(src, 10_000)
	f.Add(pack(f, src, gzip.NoCompression), 3000)
	f.Fuzz(func(t *testing.T, src []byte, size int) {
		size = min(max(size, 100), 100_000)
		want, wantErr := Pure(t.Context(), nil, src, 8<<20)
		got, err := parallel(2, size)(t.Context(), nil, src, 8<<20)
		if !bytes.Equal(got, want) || fmt.Sprint(err) != fmt.Sprint(wantErr) {
			t.Fatalf("%d bytes, %v; want %d, %v", len(got), err, len(want), wantErr)
		}
	})
}

// TestPrintParallelSpeeds decodes one member of more than 100 MB by turns and
// prints ratios. Run it with -v -run PrintParallelSpeeds; it takes half a minute.
func TestPrintParallelSpeeds(t *testing.T) {
	if !testing.Verbose() || testing.Short() {
		t.Skip("only with -v")
	}
	data := columns(3_200_000)
	src := pack(t, data, 6)
	buf := make([]byte, len(data))
	ways := []struct {
		name string
		run  gunzipFunc
	}{
		{Implementation + ", 1 thread", func(ctx context.Context, buf, src []byte, limit uint64) ([]byte, error) {
			return gunzip(ctx, buf, src, limit, best(1))
		}},
		{"pure, 1 thread", Pure},
		{"parallel, 2 threads", func(ctx context.Context, buf, src []byte, limit uint64) ([]byte, error) {
			return gunzip(ctx, buf, src, limit, best(2))
		}},
	}
	times := make([][]time.Duration, len(ways))
	for range 15 {
		for i, w := range ways {
			clear(buf)
			start := time.Now()
			out, err := w.run(t.Context(), buf, src, noLimit)
			times[i] = append(times[i], time.Since(start))
			if err != nil || !bytes.Equal(out, data) {
				t.Fatalf("%s: %d bytes, %v", w.name, len(out), err)
			}
		}
	}
	t.Logf("%d bytes to %d, ratio %.2f", len(src), len(data), float64(len(data))/float64(len(src)))
	for i, w := range ways {
		slices.Sort(times[i])
		t.Logf("%-24s median %v (%.2f of the first's speed), best %v (%.2f)", w.name,
			times[i][7].Round(time.Millisecond), float64(times[0][7])/float64(times[i][7]),
			times[i][0].Round(time.Millisecond), float64(times[0][0])/float64(times[i][0]))
	}
}
