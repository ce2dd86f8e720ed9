package jobs

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
}

// WorkerStats is one worker process.
type WorkerStats struct {
	PID     int
	State   State
	File    string  // what it works on
	Task    string  // of that file
	Rate    float64 // decoded bytes per second of its last job
	Private uint64  // bytes of private memory
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
	}
	s.Scratch, s.ScratchIdle, s.ScratchBudget = p.store.Usage()
	s.MostFrames = p.mostFrames()
	for _, w := range p.workers {
		ws := WorkerStats{PID: w.pid, State: w.state, Rate: w.rate, Private: w.private}
		if w.job != nil {
			s.Running++
			ws.File, ws.Task = w.job.req.path(), w.job.req.Task.String()
		}
		s.Workers = append(s.Workers, ws)
	}
	return s
}
