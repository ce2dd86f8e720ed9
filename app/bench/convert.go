package bench

import (
	"context"
	"io"
	"os"
	"path/filepath"
	"time"

	"iceexplorer/cache"
	"iceexplorer/cache/atomicfile"
	"iceexplorer/cache/sih5"
	"iceexplorer/jobs"
)

// converting compares making a .sih5 with decoding and writing the same bytes to a
// plain file.
func (b *bench) converting(ctx context.Context) error {
	d := newDecoder()
	defer d.close()
	source := b.frame(b.opt.Points, 1)
	dir := filepath.Join(b.dir, "written")
	if err := os.MkdirAll(dir, 0o777); err != nil {
		return err
	}
	decoded := func() (*cache.Frame, error) {
		ix, mem, err := d.decode(ctx, source)
		if err != nil {
			return nil, err
		}
		return cache.NewFrame(ix, mem, nil)
	}
	plain := func(sync bool) func() error {
		return func() error {
			f, err := decoded()
			if err != nil {
				return err
			}
			return writePlain(filepath.Join(dir, "plain"), f, sync)
		}
	}
	convert := func(sync bool) func() error {
		return func() error {
			f, err := decoded()
			if err != nil {
				return err
			}
			_, err = sih5.Write(ctx, filepath.Join(dir, "converted.sih5"), f, cache.Stamp{}, sih5.WriteOptions{NoSync: !sync})
			return err
		}
	}
	pool := b.pool(1)
	defer pool.Close()
	job := jobs.Request{Task: jobs.Convert, Source: source, Converted: filepath.Join(dir, "pool.sih5"), Params: jobs.ConvertParams{Again: true}}
	var sum uint64
	written := filepath.Join(dir, "converted.sih5")
	kept, err := decoded()
	if err != nil {
		return err
	}
	if err := convert(false)(); err != nil {
		return err
	}
	best, err := b.turns(ctx, 30*time.Second,
		way{"decode", func() error { _, err := decoded(); return err }},
		way{"plain", plain(false)}, way{"convert", convert(false)},
		way{"plain, synced", plain(true)}, way{"convert, synced", convert(true)},
		way{"convert by a worker", func() error { return runJobs(pool, job) }},
		way{"sum", func() error { sum ^= sumUp(kept); return nil }},
		way{"verify", func() error { return verify(ctx, written) }},
		way{"read", func() error { return readAll(written) }})
	if err != nil {
		return err
	}
	bytes := columnBytes(kept.Index())
	row := func(id, what string, i, of int, ofText string) Row {
		r := Row{ID: id, Section: "Converting", What: what, Points: b.opt.Points, Seconds: best[i].Seconds(), Bytes: bytes}
		if of >= 0 {
			r.Ratio, r.Of = ratio(best[i], best[of]), ofText
		}
		return r
	}
	rows := []Row{
		row("plain", "decode, and write the columns to a plain file", 1, -1, ""),
		row("convert", "decode, and write a .sih5", 2, 1, "decode + plain write"),
		row("plain-synced", "decode, and write the columns to a plain file, on the disk", 3, -1, ""),
		row("convert-synced", "decode, and write a .sih5, on the disk", 4, 3, "decode + plain write, on the disk"),
		row("convert-worker", "the same by a worker", 5, 3, "decode + plain write, on the disk"),
		row("checksums", "the checksums of its columns alone, of this", 6, 2, "decode, and write a .sih5"),
		row("sih5-read", "reading a .sih5 in the page cache, nothing else", 8, -1, ""),
		row("sih5-verify", "reading it and holding it against its checksums", 7, 8, "the time of reading"),
	}
	rows[5].Goal, rows[7].Goal = atMost(ofRatio, 0.03), atMost(ofRatio, 2)
	rows[1].Goal, rows[3].Goal, rows[4].Goal = atMost(ofRatio, 1.3), atMost(ofRatio, 1.3), atMost(ofRatio, 1.3)
	b.add(rows...)
	return os.RemoveAll(dir)
}

// writePlain writes a frame's columns one after the other, the way a .sih5 is written:
// beside the file that it replaces.
func writePlain(path string, f *cache.Frame, sync bool) error {
	return atomicfile.Write(path, atomicfile.Options{NoSync: !sync}, func(w io.Writer) error {
		for _, a := range f.Attributes {
			for _, part := range a.Parts() {
				if _, err := w.Write(part); err != nil {
					return err
				}
			}
		}
		return nil
	})
}
