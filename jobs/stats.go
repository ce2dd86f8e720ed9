package jobs

import (
	"slices"
	"time"

	"iceexplorer/cache"
)

// Stats is what the pool has done and is doing.
type Stats struct {
	Queued, Running        int
	Done, Failed, Canceled uint64
	Crashes                uint64 // workers that died at a job
	Decoded                uint64 // sources gunzipped and parsed
	Indexed                uint64 // frames opened from a .sih5 without decoding
	Converted              uint64 // .sih5 written
	Bytes                  uint64 // of columns delivered or measured
	Scratch, ScratchIdle   uint64 // bytes of scratch files in use, and kept for reuse
	ScratchBudget          uint64
	MostFrames             int // how many may be held at a time, as each takes a mapping
	Workers                []WorkerStats
	Trouble                Trouble // with starting workers
	Confined               bool    // workers are confined; false before the first has started
	Lacks                  string  // what they are not confined by
}

// WorkerStats is one worker process.
type WorkerStats struct {
	PID     int
	State   State
	File    string  // what it works on
	Task    string  // of that file
	Rate    float64 // decoded bytes per second of its last job
	Private uint64  // bytes of private memory

	Job   ID           // 0: none
	Frame cache.Number // of the job
	Begun time.Time    // of the job
}

// Waiting is a job that no worker has begun.
type Waiting struct {
	Job   ID
	Task  string
	File  string
	Frame cache.Number
}

// Waiting lists the jobs that go next, at most n of them.
func (p *Pool) Waiting(n int) []Waiting {
	p.mu.Lock()
	defer p.mu.Unlock()
	order := slices.Clone(p.queue.jobs)
	slices.SortStableFunc(order, func(a, b *job) int {
		switch {
		case p.queue.before(a, b):
			return -1
		case p.queue.before(b, a):
			return 1
		}
		return 0
	})
	next := make([]Waiting, min(n, len(order)))
	for i := range next {
		r := &order[i].req
		next[i] = Waiting{Job: order[i].id, Task: r.Task.String(), File: r.path(), Frame: r.Frame}
	}
	return next
}

type totals struct {
	done, failed, canceled, crashes, decoded, indexed, converted, bytes uint64
}

func (t *totals) count(r *Result) {
	switch CodeOf(r.Err) {
	case "":
		t.done++
	case CodeCanceled, CodeReplaced:
		t.canceled++
	default:
		t.failed++
	}
	if r.Err != nil {
		return
	}
	t.bytes += r.Bytes
	switch {
	case r.Decoded:
		t.decoded++
	case r.Mapped && !r.Written:
		t.indexed++
	}
	if r.Mapped && r.Written {
		t.converted++
	}
}

// Stats is a snapshot for display.
func (p *Pool) Stats() Stats {
	p.mu.Lock()
	defer p.mu.Unlock()
	t := p.totals
	s := Stats{
		Queued: len(p.queue.jobs), Done: t.done, Failed: t.failed, Canceled: t.canceled, Crashes: t.crashes,
		Decoded: t.decoded, Indexed: t.indexed, Converted: t.converted, Bytes: t.bytes, Trouble: p.trouble,
		Confined: p.confined, Lacks: p.lacks,
	}
	s.Scratch, s.ScratchIdle, s.ScratchBudget = p.store.Usage()
	s.MostFrames = p.mostFrames()
	for _, w := range p.workers {
		ws := WorkerStats{PID: w.pid, State: w.state, Rate: w.rate, Private: w.private}
		if w.job != nil {
			s.Running++
			ws.File, ws.Task = w.job.req.path(), w.job.req.Task.String()
			ws.Job, ws.Frame, ws.Begun = w.job.id, w.job.req.Frame, w.begun
		}
		s.Workers = append(s.Workers, ws)
	}
	return s
}
