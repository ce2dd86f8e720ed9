package export

import (
	"context"
	"time"
)

// Doer makes files of one kind.
type Doer interface {
	// Do makes a job's file and calls done once, from any goroutine, also when ctx ends
	// first. It is called from the goroutine that the run belongs to, and returns at once.
	Do(ctx context.Context, j *Job, done func(Outcome))
}

// Outcome is what became of a job.
type Outcome struct {
	Err      error   // why there is no file, for people
	Further  []error // the same of more of its frames
	Alike    string  // not "": what Err has in common with others of the folder
	Stop     bool    // Err will be the same for all that follow
	Canceled bool    // Err is that the run was canceled
	Skip     string  // why nothing was written

	Bytes    uint64   // of values
	Damaged  bool     // what the file was made of was not whole
	Notes    []string // on what it was made of
	Bypassed error    // why the converted file was not read
	LeftOut  []Left   // what the file has no place for
	AsIs     []Left   // what is there, but not as it was asked for
}

// RunOptions of a Run.
type RunOptions struct {
	// Width is how many jobs may be begun and not yet reported; at least 1.
	Width int
	// Post has a function called on the goroutine that the run belongs to. nil: outcomes
	// come from that goroutine.
	Post func(func())
	// Stepped is called when more frames are written of a file that holds several.
	Stepped func()
	// Told is called with each outcome, in the order of the jobs, and with the report so far.
	Told func(r *Report, i int, j *Job, o *Outcome)
	// Finish, if there is one, makes of all that was done what it is for, or, unless ok, undoes
	// it; then nothing counts as written. It is called beside the run, when all is told.
	Finish func(ctx context.Context, ok bool) error
	// Ended is called once, when all is told, and finished.
	Ended func(*Report)
}

// Run is a plan being carried out. It belongs to the goroutine that starts it: the loop of
// the window, or the one that a Loop runs on.
type Run struct {
	plan   *Plan
	doer   Doer
	opt    RunOptions
	ctx    context.Context
	cancel context.CancelFunc
	start  time.Time

	outcomes []*Outcome // of the jobs begun; nil: on its way, or told
	steps    []step     // of the jobs begun
	told     int
	pumping  bool
	stopped  bool // begin no more
	canceled bool
	finish   finish
	ended    bool
	report   *Report
}

// step is how much of a job is done.
type step struct {
	frames int
	bytes  uint64 // of values, as long as the report does not count them
	idle   bool   // it took no work
}

// finish is how far Finish is.
type finish uint8

const (
	unfinished finish = iota
	finishing
	finished
)

// Start begins a plan's jobs.
func Start(ctx context.Context, p *Plan, d Doer, opt RunOptions) *Run {
	opt.Width = max(opt.Width, 1)
	if opt.Post == nil {
		opt.Post = func(f func()) { f() }
	}
	r := &Run{plan: p, doer: d, opt: opt, start: time.Now(), report: NewReport(p)}
	r.ctx, r.cancel = context.WithCancel(ctx)
	r.pump()
	return r
}

// pump begins and tells as much as it can.
func (r *Run) pump() {
	if r.pumping || r.ended {
		return // the one below goes on
	}
	r.pumping = true
	for r.tell() || r.begin() {
	}
	r.pumping = false
	if r.told < len(r.outcomes) || r.told < len(r.plan.Jobs) && !r.halted() {
		return
	}
	if r.opt.Finish != nil && r.finish != finished {
		r.close()
		return
	}
	r.ended = true
	r.report.Canceled = r.canceled || r.ctx.Err() != nil && !r.stopped
	r.report.Took = time.Since(r.start)
	r.cancel()
	if r.opt.Ended != nil {
		r.opt.Ended(r.report)
	}
}

// close has Finish do its part.
func (r *Run) close() {
	if r.finish == finishing {
		return
	}
	r.finish = finishing
	ok := !r.halted() && r.report.Written > 0
	go func() {
		err := r.opt.Finish(r.ctx, ok)
		r.opt.Post(func() {
			r.finish = finished
			if err != nil && r.ctx.Err() == nil {
				r.stopped, r.report.stopped = true, err
			}
			if err != nil || !ok {
				r.report.undo()
			}
			r.pump()
		})
	}()
}

// Finishing reports that all files are told of, and are being finished.
func (r *Run) Finishing() bool { return r.finish == finishing }

func (r *Run) halted() bool { return r.stopped || r.ctx.Err() != nil }

// begin begins the next job, if one may be.
func (r *Run) begin() bool {
	i := len(r.outcomes)
	if i == len(r.plan.Jobs) || i >= r.told+r.opt.Width || r.halted() {
		return false
	}
	j := &r.plan.Jobs[i]
	r.outcomes, r.steps = append(r.outcomes, nil), append(r.steps, step{})
	if !j.open() {
		r.outcomes[i] = &Outcome{Err: j.Err, Alike: j.Alike, Skip: j.Skip}
		return true
	}
	j.stepped = func(frames int, bytes uint64) {
		r.opt.Post(func() { r.step(i, frames, bytes) })
	}
	r.doer.Do(r.ctx, j, func(o Outcome) {
		r.opt.Post(func() {
			r.outcomes[i] = &o
			r.pump()
		})
	})
	return true
}

// step notes how much is written of a job's file.
func (r *Run) step(i, frames int, bytes uint64) {
	if i < r.told || r.outcomes[i] != nil || r.ended {
		return // all is known of it
	}
	r.steps[i] = step{frames: min(frames, r.plan.framesOf(&r.plan.Jobs[i])), bytes: bytes}
	if r.opt.Stepped != nil {
		r.opt.Stepped()
	}
}

// tell passes on the next outcome, if it is there.
func (r *Run) tell() bool {
	i := r.told
	if i == len(r.outcomes) || r.outcomes[i] == nil {
		return false
	}
	o := r.outcomes[i]
	r.outcomes[i] = nil
	r.told++
	r.steps[i] = step{frames: r.plan.framesOf(&r.plan.Jobs[i]), idle: o.Skip != ""}
	r.report.take(&r.plan.Jobs[i], o)
	if o.Stop && o.Err != nil {
		r.stopped = true
		r.cancel()
	}
	if r.opt.Told != nil {
		r.opt.Told(r.report, i, &r.plan.Jobs[i], o)
	}
	return true
}

// Cancel begins no further jobs and cancels those under way; the run ends when they have.
func (r *Run) Cancel() {
	r.canceled = !r.ended
	r.cancel()
	r.pump()
}

// Ended reports that all is told.
func (r *Run) Ended() bool { return r.ended }

// Report is what became of the jobs that are told of.
func (r *Run) Report() *Report { return r.report }

// Progress is how far the run is, in frames.
func (r *Run) Progress() Progress {
	p := Progress{Total: r.plan.Frames(), Bytes: r.report.Bytes, Took: time.Since(r.start)}
	for _, s := range r.steps {
		p.Done += s.frames
		p.Bytes += s.bytes
		if s.idle {
			p.Idle += s.frames
		}
	}
	return p
}
