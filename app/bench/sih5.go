package bench

import (
	"context"
	"errors"
	"os"
	"time"

	"github.com/edsrzf/mmap-go"

	"iceexplorer/cache"
	"iceexplorer/cache/inflate"
	"iceexplorer/cache/sih5"
	"iceexplorer/jobs"
)

// drawn are the attributes that a picture of points is made of.
var drawn = [...]string{"PointPosition", "Color", "Size"}

// drawnBytes are the columns of drawn that a frame has.
func drawnBytes(f *cache.Frame) [][]byte {
	var out [][]byte
	for _, name := range drawn {
		if a := f.Attribute(name); a != nil && a.HasData() {
			out = append(out, a.Bytes())
		}
	}
	return out
}

// ring is memory that drawn columns are copied to, as the renderer's buffers are:
// large pages, made when a frame first needs them.
type ring struct {
	slots [3][]byte
	turn  int
}

// copy copies the columns to the next slot and returns how many bytes they have.
func (r *ring) copy(columns [][]byte) int {
	r.turn = (r.turn + 1) % len(r.slots)
	total := 0
	for _, c := range columns {
		total += len(c)
	}
	if len(r.slots[r.turn]) < total {
		r.slots[r.turn] = inflate.Buffer(uint64(total))
	}
	n := 0
	for _, c := range columns {
		n += copy(r.slots[r.turn][n:], c)
	}
	return n
}

// mapFrame maps a .sih5 whose index is known.
func mapFrame(path string, ix *cache.Index) (*cache.Frame, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	mem, err := mmap.Map(f, mmap.RDONLY, 0)
	if err != nil {
		return nil, err
	}
	frame, err := cache.NewFrame(ix, mem, mem.Unmap)
	if err != nil {
		return nil, errors.Join(err, mem.Unmap())
	}
	return frame, nil
}

// wholeFrame opens and maps a .sih5.
func (b *bench) wholeFrame(path string) (*cache.Frame, error) {
	f, err := sih5.Open(path, sih5.Options{})
	if err != nil {
		return nil, err
	}
	frame, err := mapFrame(path, f.Index())
	return frame, errors.Join(err, f.Close())
}

// converted measures opening frames that were converted before.
func (b *bench) converted(ctx context.Context) error {
	pool := b.pool(1)
	defer pool.Close()
	for _, n := range b.sizes() {
		source := b.frame(n, 1)
		job := jobs.Request{Task: jobs.Convert, Source: source, Converted: cache.ConvertedPath(source)}
		if err := runJobs(pool, job); err != nil {
			return err
		}
		job.Task = jobs.Index
		if err := b.convertedOne(ctx, pool, job, n); err != nil {
			return err
		}
	}
	return nil
}

func (b *bench) convertedOne(ctx context.Context, pool *jobs.Pool, job jobs.Request, n int) error {
	kept, err := b.wholeFrame(job.Converted)
	if err != nil {
		return err
	}
	defer kept.Close()
	ix := kept.Index()
	heap := [][]byte{}
	total := 0
	for _, c := range drawnBytes(kept) {
		heap = append(heap, append([]byte{}, c...))
		total += len(c)
	}
	var r ring
	var sum byte
	best, err := b.turns(ctx, 5*time.Second,
		way{"memcpy", func() error { r.copy(heap); return nil }},
		way{"switch", func() error { r.copy(drawnBytes(kept)); return nil }},
		way{"map", func() error {
			f, err := mapFrame(job.Converted, ix)
			if err != nil {
				return err
			}
			r.copy(drawnBytes(f))
			return f.Close()
		}},
		way{"touch", func() error {
			f, err := mapFrame(job.Converted, ix)
			if err != nil {
				return err
			}
			for _, c := range drawnBytes(f) {
				for i := 0; i < len(c); i += 4096 {
					sum += c[i]
				}
			}
			return f.Close()
		}},
		way{"open", func() error {
			f, err := sih5.Open(job.Converted, sih5.Options{})
			if err != nil {
				return err
			}
			return f.Close()
		}},
		way{"index", func() error { return runJobs(pool, job) }})
	if err != nil {
		return err
	}
	row := func(id, what string, i int, bytes int) Row {
		r := Row{ID: id, Section: "Converted frames, in the page cache", What: what, Points: n, Seconds: best[i].Seconds(), Bytes: uint64(bytes)}
		if bytes > 0 && i > 0 {
			r.Ratio, r.Of = ratio(best[i], best[0]), "the memcpy"
		}
		return r
	}
	rows := []Row{
		row("sih5-open", "opening and checking, without data", 4, 0),
		row("sih5-index", "the same by a worker, and mapping it here", 5, 0),
		row("memcpy", "memcpy of positions, colours and sizes", 0, total),
		row("switch", "the same out of a frame that was shown before", 1, total),
		row("switch-map", "the same with mapping and unmapping around it", 2, total),
		row("touch", "mapping, touching each page of them, unmapping", 3, 0),
	}
	if n == b.opt.Points {
		rows[4].Goal = atMost(ofSeconds, 1.0/24)
	}
	b.add(rows...)
	return nil
}
