package bench

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"iceexplorer/cache"
	"iceexplorer/cache/atomicfile"
	"iceexplorer/cache/export"
	"iceexplorer/cache/export/names"
	"iceexplorer/cache/export/writers"
	"iceexplorer/cache/pathname"
	"iceexplorer/jobs"
)

const exports = "Exporting" // section of the results

// exportFrames is how many frames workers share.
const exportFrames = 4

// rawBytes is how much a raw write writes at a time: the system has more at once than it takes well.
const rawBytes = 1 << 20

// exportLimits are what writing may cost, in times of a raw write of the same bytes. Formats without one
// compress, or are text for people.
var exportLimits = map[string]float64{
	"sih5": 1.3, "hdf": 1.3, "vtp": 1.3, "ply": 1.3, "npz": 1.3, "parquet": 1.3, "bgeo": 1.3, "mc": 1.3,
	"csv": 12, "tsv": 12, "ndjson": 12,
}

// exporting compares writing a large frame in each format with writing the same bytes as they are, several
// workers with one, and the text with that of DuckDB.
func (b *bench) exporting(ctx context.Context) error {
	d := newDecoder()
	defer d.close()
	ix, mem, err := d.decode(ctx, b.frame(b.opt.Points, 1))
	if err != nil {
		return err
	}
	frame, err := cache.NewFrame(ix, mem, nil)
	if err != nil {
		return err
	}
	for _, f := range writers.All() {
		row, err := b.format(ctx, &f, frame)
		if err != nil {
			return fmt.Errorf("%s: %w", f.Name, err)
		}
		b.add(*row)
	}
	if err := b.exportWorkers(ctx); err != nil {
		return err
	}
	if err := b.exportMemory(ctx, columnBytes(ix)); err != nil {
		return err
	}
	return b.copyPeer(ctx, frame)
}

// exportJob is the job that writes a frame into a folder.
func exportJob(f *export.Format, frame *cache.Frame, dir string, chosen map[string]string) (export.Job, error) {
	v, err := f.Parse(chosen)
	j := export.Job{Number: 1, Path: filepath.Join(dir, "a"+f.Ext), Options: v, Program: "iceexplorer bench"}
	if f.Holds == export.OneFrame {
		j.Frame = frame
	} else {
		j.Frames = func(yield func(export.Numbered, error) bool) { yield(export.Numbered{Frame: frame, Number: 1}, nil) }
	}
	return j, err
}

// format measures a format. Folders are new each time: some files are not written where they are already.
func (b *bench) format(ctx context.Context, f *export.Format, frame *cache.Frame) (*Row, error) {
	dir, raw := filepath.Join(b.dir, "exported"), filepath.Join(b.dir, "raw")
	defer os.RemoveAll(dir)
	defer os.RemoveAll(raw)
	job, err := exportJob(f, frame, dir, nil)
	if err != nil {
		return nil, err
	}
	ready := func() error { return errors.Join(emptied(dir), emptied(raw)) }
	write := func() error { return f.Do(ctx, job) }
	if err := errors.Join(ready(), write()); err != nil {
		return nil, err
	}
	bytes, err := contents(dir)
	if err != nil {
		return nil, err
	}
	best, err := b.rounds(ctx, 3, 3*time.Second, ready, way{f.Name, write}, way{"raw", func() error {
		return atomicfile.Write(filepath.Join(raw, "raw"), atomicfile.Options{}, func(w io.Writer) error {
			for rest := bytes; len(rest) > 0; rest = rest[min(len(rest), rawBytes):] {
				if _, err := w.Write(rest[:min(len(rest), rawBytes)]); err != nil {
					return err
				}
			}
			return nil
		})
	}})
	if err != nil {
		return nil, err
	}
	row := &Row{ID: "export-" + f.Name, Section: exports, What: f.Name, Points: b.opt.Points, Seconds: best[0].Seconds(), Bytes: uint64(len(bytes)),
		Ratio: ratio(best[0], best[1]), Of: "a raw write of the same bytes"}
	if limit := exportLimits[f.Name]; limit > 0 {
		row.Goal = atMost(ofRatio, limit)
	}
	return row, nil
}

// emptied has dir be an empty folder: the same one if it is there, as a worker that may write to it may
// not to another one of its name, and would be replaced.
func emptied(dir string) error {
	if err := os.MkdirAll(dir, 0o777); err != nil {
		return err
	}
	inside, err := os.ReadDir(dir)
	for _, e := range inside {
		err = errors.Join(err, os.RemoveAll(filepath.Join(dir, e.Name())))
	}
	return err
}

// contents are the bytes of all files of a folder.
func contents(dir string) (all []byte, err error) {
	err = filepath.WalkDir(dir, func(path string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		data, err := os.ReadFile(path)
		all = append(all, data...)
		return err
	})
	return all, err
}

// exportRequest is what a worker is asked for.
func (b *bench) exportRequest(format, ext string, i int, dir string) jobs.Request {
	return jobs.Request{Task: jobs.Export, Source: b.frame(b.opt.Points, i), SourceOnly: true, Frame: cache.Number(i),
		Params: jobs.ExportParams{Target: pathname.Text(filepath.Join(dir, fmt.Sprint("a", i, ext))), Format: format, Number: float64(i)}}
}

// exportWorkers compares two workers with one.
func (b *bench) exportWorkers(ctx context.Context) error {
	dir := filepath.Join(b.dir, "exported")
	if err := emptied(dir); err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	one, two := b.pool(1), b.pool(2)
	defer one.Close()
	defer two.Close()
	for _, format := range []string{"ply", "csv"} {
		var requests []jobs.Request
		for i := 1; i <= min(exportFrames, b.distinct()); i++ {
			requests = append(requests, b.exportRequest(format, "."+format, i, dir))
		}
		best, err := b.rounds(ctx, 3, 8*time.Second, func() error { return emptied(dir) },
			way{"1 worker", func() error { return runJobs(one, requests...) }}, way{"2 workers", func() error { return runJobs(two, requests...) }})
		if err != nil {
			return err
		}
		b.add(Row{ID: "export-workers-" + format, Section: exports, What: fmt.Sprintf("%d frames to %s by 2 workers, decoding included", len(requests), format), Points: b.opt.Points,
			Seconds: best[1].Seconds(), Ratio: ratio(best[0], best[1]), Of: "the speed of 1 worker", Goal: atLeast(ofRatio, 1.8)})
	}
	return nil
}

// exportMemory finds the format for which a worker needs most memory, of frames that are mapped, and what decoding takes
// before any of them is written.
func (b *bench) exportMemory(ctx context.Context, frameBytes uint64) error {
	dir := filepath.Join(b.dir, "exported")
	defer os.RemoveAll(dir)
	source := b.frame(b.opt.Points, 1)
	convert := b.pool(1)
	err := runJobs(convert, jobs.Request{Task: jobs.Convert, Source: source, Converted: cache.ConvertedPath(source)})
	convert.Close()
	if err != nil {
		return err
	}
	mapped := Row{ID: "export-memory", Section: exports, Goal: atMost(ofRatio, 1.5)}
	decoded := Row{ID: "export-memory-decoding", Section: exports, What: "the same, decoding included: csv"}
	for _, f := range writers.All() {
		r := b.exportRequest(f.Name, f.Ext, 1, dir)
		if f.Name == "csv" {
			if decoded.Memory, err = b.exportPeak(ctx, r, dir); err != nil {
				return err
			}
		}
		r.SourceOnly, r.Converted = false, cache.ConvertedPath(source)
		peak, err := b.exportPeak(ctx, r, dir)
		if err != nil {
			return fmt.Errorf("%s: %w", f.Name, err)
		}
		if peak >= mapped.Memory {
			mapped.Memory, mapped.What = peak, "the most memory of a worker that exports a converted frame, of all formats: "+f.Name
		}
	}
	for _, r := range []Row{mapped, decoded} {
		r.Points, r.Of = b.opt.Points, "the frame's values"
		if r.Ratio = float64(r.Memory) / float64(max(frameBytes, 1)); r.Memory == 0 {
			r.Skipped = "the system does not tell the most memory of a process"
		}
		b.add(r)
	}
	return nil
}

// exportPeak is the most memory of a worker that has done a job, 0 if that is not known.
func (b *bench) exportPeak(ctx context.Context, r jobs.Request, dir string) (uint64, error) {
	if err := errors.Join(ctx.Err(), emptied(dir)); err != nil {
		return 0, err
	}
	pool := b.pool(1)
	defer pool.Close()
	if err := runJobs(pool, r); err != nil {
		return 0, err
	}
	return peakMemory(pool), nil
}

// peakMemory is the most that the worker of a pool has had in memory, with what it shares; 0 if that is not known.
func peakMemory(p *jobs.Pool) (bytes uint64) {
	for _, w := range p.Stats().Workers {
		text, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", w.PID))
		if err != nil {
			return 0
		}
		for line := range strings.Lines(string(text)) {
			var kB uint64
			if n, _ := fmt.Sscanf(line, "VmHWM: %d kB", &kB); n == 1 {
				bytes = max(bytes, kB*1024)
			}
		}
	}
	return bytes
}

// copyPeer compares csv with what DuckDB's COPY writes of the same table, which it reads from a .parquet
// whose columns are those of the .csv.
func (b *bench) copyPeer(ctx context.Context, frame *cache.Frame) error {
	dir := filepath.Join(b.dir, "copied")
	if err := emptied(dir); err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	var maps []string
	for i := range frame.Attributes {
		if c := &frame.Attributes[i].Column; c.Type.Components() > 1 {
			maps = append(maps, c.Name+"="+strings.Join(names.Components(c.Name, "_", c), " "))
		}
	}
	formats := writers.All()
	csv, _ := export.Find(formats, "csv")
	table, _ := export.Find(formats, "parquet")
	write, err := exportJob(csv, frame, dir, nil)
	if err != nil {
		return err
	}
	give, err := exportJob(table, frame, dir, map[string]string{"map": strings.Join(maps, ",")})
	if err != nil {
		return err
	}
	if err := table.Do(ctx, give); err != nil {
		return err
	}
	best, err := b.turns(ctx, 5*time.Second, way{"csv", func() error { return csv.Do(ctx, write) }})
	if err != nil {
		return err
	}
	var seconds map[string]float64
	if err = findDuckDB(ctx); err == nil {
		seconds, err = askPeer(ctx, "copy_duckdb.js", node, "-", give.Path, filepath.Join(dir, "copy.csv"))
	}
	for _, p := range []struct{ id, what string }{{"one", "duckdb: COPY to csv on one core"}, {"all", "duckdb: COPY to csv on all cores"}} {
		row := Row{ID: "export-duckdb-" + p.id, Section: exports, What: p.what, Points: b.opt.Points, Of: "our time, on one core", Goal: atLeast(ofRatio, 1)}
		if err != nil {
			row.Skipped = err.Error()
		} else {
			row.Seconds = seconds[p.id]
			row.Ratio = row.Seconds / max(best[0], 1).Seconds() // a clock may stand still meanwhile
		}
		b.add(row)
	}
	return nil
}
