package cli

import (
	"context"
	"fmt"
	"io"
	"math"

	"iceexplorer/cache"
	"iceexplorer/cache/unit"
	"iceexplorer/jobs"
)

// poolFlags are the flags of every verb that reads caches.
func poolFlags(f *flags) {
	f.number("jobs", "N", 1, "worker processes, at most four per core (default one per core)")
	f.bytes("max-bytes", "N", "most memory one file may ask for, such as 500M or 16G\n(default 16GiB)")
	f.bool("stats", "at the end, print what the workers did")
}

// newPool starts workers for a number of files.
func newPool(f *flags, env Env, files int) *jobs.Pool { return newPoolIn(f, env, files, nil) }

// newPoolIn is newPool where frames are kept; room makes room for others.
func newPoolIn(f *flags, env Env, files int, room func(jobs.Need, jobs.Request) bool) *jobs.Pool {
	workers, note := jobs.Workers(int(min(f.num("jobs"), math.MaxInt32)))
	if note != "" {
		env.say("%s", note)
	}
	return jobs.New(jobs.Options{
		Command: env.WorkerCommand, Build: env.Build,
		Workers: max(min(workers, files), 1), MaxBytes: f.num("max-bytes"), MakeRoom: room,
	})
}

// expect tells workers of the files that jobs will be about.
func expect(pool *jobs.Pool, inputs ...input) {
	for i := range inputs {
		if path := inputs[i].Path(); path != "" {
			pool.Expect(path, "")
		}
	}
}

// ahead is how many results per worker may wait for an earlier one.
const ahead = 4

// forEach runs the jobs that request makes for 0 to n-1 and passes the results to done
// in order; at most window of them are under way or waiting at a time. Where request
// returns nil, done gets nil. When ctx ends, the jobs are canceled and no more begin.
func forEach(ctx context.Context, pool *jobs.Pool, n, window int, request func(i int) *jobs.Request, done func(i int, r *jobs.Result)) {
	stop := context.AfterFunc(ctx, pool.CancelAll)
	defer stop()
	window = max(window, 1)
	results := make(chan jobs.Result, window) // never full: Done must not block
	waiting := map[int]*jobs.Result{}
	begun, given := 0, 0
	for given < n {
		for begun < n && begun < given+window && ctx.Err() == nil {
			r := request(begun)
			if r == nil {
				waiting[begun] = nil
			} else {
				r.Frame = cache.Number(begun)
				r.Done = func(r jobs.Result) { results <- r }
				if id := pool.Submit(*r); ctx.Err() != nil {
					pool.Cancel(id)
				}
			}
			begun++
		}
		if given == begun {
			return
		}
		if r, ok := waiting[given]; ok {
			delete(waiting, given)
			done(given, r)
			given++
			continue
		}
		r := <-results
		waiting[int(r.Request.Frame)] = &r
	}
}

// idle is whether it was told that workers do not start.
type idle bool

// again reports that an error says so again, of another file.
func (i *idle) again(err error) bool {
	if jobs.CodeOf(err) != jobs.CodePool {
		return false
	}
	before := *i
	*i = true
	return bool(before)
}

// window is how many jobs forEach may have under way.
func window(pool *jobs.Pool) int { return ahead * max(len(pool.Stats().Workers), 1) }

// writeStats prints what a pool did.
func writeStats(w io.Writer, s jobs.Stats) {
	fmt.Fprintf(w, "jobs: %s queued, %s running, %s done, %s failed, %s canceled\n",
		unit.Count(uint64(s.Queued)), unit.Count(uint64(s.Running)), unit.Count(s.Done), unit.Count(s.Failed), unit.Count(s.Canceled))
	fmt.Fprintf(w, "files: %s decoded, %s indexed, %s converted, %s of values; %s crashed\n",
		unit.Count(s.Decoded), unit.Count(s.Indexed), unit.Count(s.Converted), unit.Bytes(s.Bytes), unit.Plural(s.Crashes, "worker"))
	fmt.Fprintf(w, "scratch memory: %s in use, %s kept, %s allowed\n", unit.Bytes(s.Scratch), unit.Bytes(s.ScratchIdle), unit.Bytes(s.ScratchBudget))
	for _, x := range s.Workers {
		line := fmt.Sprintf("worker %d: %s", x.PID, x.State)
		if x.File != "" {
			line += ", " + x.Task + " " + x.File
		}
		if x.Rate > 0 {
			line += ", " + unit.Rate(x.Rate, 1)
		}
		fmt.Fprintf(w, "%s, %s of memory\n", line, unit.Bytes(x.Private))
	}
}
