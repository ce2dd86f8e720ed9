package bench

import (
	"bytes"
	"compress/gzip"
	"context"
	"io"
	"os"
	"os/exec"
	"runtime"
	"runtime/debug"
	"time"

	"iceexplorer/cache"
	"iceexplorer/cache/icecache"
	"iceexplorer/cache/inflate"
	"iceexplorer/jobs/scratch"
)

// decoder decodes in this process as a worker does: with its buffers reused, into
// scratch memory that was used before.
type decoder struct {
	dec   icecache.Decoder
	store *scratch.Store
	mem   *scratch.File

	threads int // for one frame; 0 is 1
}

func newDecoder() *decoder {
	return &decoder{store: scratch.Open(scratch.Options{Budget: 1 << 40})}
}

func (d *decoder) close() {
	if d.mem != nil {
		d.mem.Release()
	}
	d.store.Close() // nothing is left to lose
}

func (d *decoder) decode(ctx context.Context, path string) (*cache.Index, []byte, error) {
	f, err := d.dec.Open(ctx, path, icecache.Options{Threads: d.threads})
	if err != nil {
		return nil, nil, err
	}
	if d.mem == nil || d.mem.Size < f.Need() {
		if d.mem != nil {
			d.mem.Release()
		}
		if d.mem, err = d.store.Reserve(f.Need(), nil); err != nil {
			return nil, nil, err
		}
	}
	ix, err := f.Fill(ctx, d.mem.Bytes())
	return ix, d.mem.Bytes(), err
}

// columnBytes is how many bytes of values a frame has.
func columnBytes(ix *cache.Index) uint64 {
	var n uint64
	for i := range ix.Columns {
		n += ix.Columns[i].Data.Len
	}
	return n
}

// verb runs this program to its end. Its processes keep one core busy, or all of
// them.
func (b *bench) verb(ctx context.Context, cores string, args ...string) error {
	argv := append(append([]string{}, b.opt.Self...), args...)
	cmd := exec.CommandContext(ctx, argv[0], argv[1:]...)
	if cores == oneCore {
		cmd.Env = append(os.Environ(), "GOMAXPROCS=1")
	}
	cmd.Stderr = os.Stderr
	return cmd.Run()
}

const (
	oneCore  = "one core"
	allCores = "all cores"
)

// decoding compares ways to read one file on one core.
func (b *bench) decoding(ctx context.Context) error {
	for _, n := range b.sizes() {
		if err := b.decodingOne(ctx, n); err != nil {
			return err
		}
	}
	return nil
}

func (b *bench) decodingOne(ctx context.Context, n int) error {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
	path := b.frame(n, 1)
	packed, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	// The peer gets the same kind of memory as our decoder: huge pages.
	src := inflate.Buffer(uint64(len(packed)))
	copy(src, packed)
	d := newDecoder()
	defer d.close()
	ix, _, err := d.decode(ctx, path)
	if err != nil {
		return err
	}
	var out []byte
	ways := d.ways(ctx, path, src, &out)
	best, err := b.turns(ctx, 20*time.Second, ways...)
	if err != nil {
		return err
	}
	cold, err := b.turns(ctx, 5*time.Second,
		way{"inflate", ways[0].run},
		way{"info", func() error { return b.verb(ctx, oneCore, "info", path) }},
		way{"info on all cores", func() error { return b.verb(ctx, allCores, "info", path) }})
	if err != nil {
		return err
	}
	b.add(b.decodingRows(n, best, cold, len(src), len(out), columnBytes(ix))...)
	return nil
}

// ways are the ways to read the file at path, whose bytes are src; those that only
// inflate leave the bytes in out.
func (d *decoder) ways(ctx context.Context, path string, src []byte, out *[]byte) []way {
	gunzip := func(f func(context.Context, []byte, []byte, uint64) ([]byte, error)) func() error {
		return func() (err error) {
			*out, err = f(ctx, *out, src, icecache.DefaultMaxBytes)
			return err
		}
	}
	var zr *gzip.Reader
	return []way{
		{"inflate", gunzip(inflate.Gunzip)},
		{"decode", func() error { _, _, err := d.decode(ctx, path); return err }},
		{"pure", gunzip(inflate.Pure)},
		{"gzip", func() (err error) {
			if zr == nil {
				zr, err = gzip.NewReader(bytes.NewReader(src))
			} else {
				err = zr.Reset(bytes.NewReader(src))
			}
			if err == nil {
				_, err = io.ReadFull(zr, *out)
			}
			return err
		}},
		{"read", func() error { return readFile(path, src) }},
	}
}

// decodingRows are the results for n points: best of the ways, in their order, and cold of
// fresh processes, which read columns of values bytes.
func (b *bench) decodingRows(n int, best, cold []time.Duration, packed, inflated int, values uint64) []Row {
	fresh := freshMemory(uint64(inflated))
	row := func(id, what string, took, of time.Duration, bytes uint64) Row {
		return Row{ID: id, Section: "Decoding one file on one core", What: what, Points: n, Seconds: took.Seconds(), Bytes: bytes,
			Ratio: ratio(took, of), Of: "the time of inflating"}
	}
	rows := []Row{
		row("inflate", inflate.Implementation+" inflates into a reused buffer, nothing else", best[0], best[0], uint64(inflated)),
		row("decode", "decode: file to columns in scratch memory, with ranges", best[1], best[0], uint64(inflated)),
		row("pure", "the decoder in Go inflates, nothing else", best[2], best[0], uint64(inflated)),
		row("gzip", "compress/gzip inflates, nothing else", best[3], best[0], uint64(inflated)),
		row("read", "reading the compressed file, nothing else", best[4], best[0], uint64(packed)),
		row("cold", "a fresh process: info FILE, with the worker it starts", cold[1], cold[0], values),
		row("cold-all", "the same, on all cores", cold[2], cold[0], values),
		row("fresh", "first touch of the memory that a fresh process decodes in", fresh, best[0], uint64(inflated)),
	}
	rows[0].Ratio, rows[0].Of = 0, ""
	if n == b.opt.Points {
		rows[1].Goal = atMost(ofRatio, 1.10)
		rows[2].Goal = atMost(ofRatio, 1/0.85)
		rows[5].Goal = atMost(ofRatio, 1.4)
	}
	return rows
}

// freshMemory is the least time that the first touch of n bytes took: the system
// finds and clears their pages.
func freshMemory(n uint64) time.Duration {
	var best time.Duration
	for i := range 5 {
		debug.FreeOSMemory()
		start := time.Now()
		buf := inflate.Buffer(n)
		for at := 0; at < len(buf); at += 4096 {
			buf[at] = 1
		}
		if d := time.Since(start); i == 0 || d < best {
			best = d
		}
	}
	return best
}

func readFile(path string, buf []byte) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	_, err = io.ReadFull(f, buf)
	return err
}
