package bench

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"time"

	"iceexplorer/cache"
	"iceexplorer/jobs"
)

// pool has a core for each worker; 0 is as many as the machine has.
func (b *bench) pool(workers int) *jobs.Pool {
	return jobs.New(jobs.Options{Command: b.opt.Worker, Build: b.opt.Build, Workers: workers, Cores: workers})
}

// runJobs hands the requests to a pool and waits for the results. Frames are closed
// at once, so that their memory is used again.
func runJobs(p *jobs.Pool, requests ...jobs.Request) error {
	results := make(chan error, len(requests))
	for _, r := range requests {
		r.Done = func(r jobs.Result) {
			if r.Frame != nil {
				r.Frame.Close()
			}
			results <- r.Err
		}
		p.Submit(r)
	}
	var errs []error
	for range requests {
		errs = append(errs, <-results)
	}
	return errors.Join(errs...)
}

// loads are jobs that decode each of the large frames.
func (b *bench) loads() []jobs.Request {
	var out []jobs.Request
	for i := 1; i <= b.distinct(); i++ {
		path := b.frame(b.opt.Points, i)
		out = append(out, jobs.Request{Task: jobs.Load, Frame: cache.Number(i), Source: path, Converted: cache.ConvertedPath(path), SourceOnly: true})
	}
	return out
}

// workers compares one worker process with several, and with no process at all.
func (b *bench) workers(ctx context.Context) error {
	loads := b.loads()
	d := newDecoder()
	defer d.close()
	var bytes uint64
	for _, r := range loads {
		ix, _, err := d.decode(ctx, r.Source)
		if err != nil {
			return err
		}
		bytes += columnBytes(ix)
	}
	ways := []way{{"in this process", func() error {
		for _, r := range loads {
			if _, _, err := d.decode(ctx, r.Source); err != nil {
				return err
			}
		}
		return nil
	}}}
	cores := max(runtime.NumCPU(), 2)
	counts := []int{1, 2}
	if cores > 2 {
		counts = append(counts, cores)
	}
	for _, n := range counts {
		p := b.pool(n)
		defer p.Close()
		ways = append(ways, way{fmt.Sprintf("%d workers", n), func() error { return runJobs(p, loads...) }})
	}
	best, err := b.turns(ctx, 30*time.Second, ways...)
	if err != nil {
		return err
	}
	const section = "Workers, through pipes and scratch memory"
	frames := len(loads)
	b.add(
		Row{ID: "frames-inprocess", Section: section, What: fmt.Sprintf("%d frames decoded in one process", frames),
			Points: b.opt.Points, Seconds: best[0].Seconds(), Bytes: bytes},
		Row{ID: "pool-cost", Section: section, What: fmt.Sprintf("%d frames by 1 worker", frames), Points: b.opt.Points,
			Seconds: best[1].Seconds(), Bytes: bytes, Ratio: ratio(best[1], best[0]), Of: "the time without a pool"})
	for i, n := range counts[1:] {
		r := Row{ID: fmt.Sprintf("workers-%d", n), Section: section, What: fmt.Sprintf("%d frames by %d workers", frames, n),
			Points: b.opt.Points, Seconds: best[i+2].Seconds(), Bytes: bytes, Ratio: ratio(best[1], best[i+2]), Of: "the speed of 1 worker"}
		if n == 2 {
			r.Goal = atLeast(ofRatio, 1.85)
		}
		b.add(r)
	}
	return nil
}
