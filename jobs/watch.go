package jobs

import (
	"fmt"
	"os"
	"time"

	"iceexplorer/cache/unit"
	"iceexplorer/jobs/proto"
)

// signOfLife is the amount of work by which a worker without steps counts as alive: its
// heartbeat alone takes less in any HangTimeout.
const signOfLife = 50 * time.Millisecond

// watchEvery is how often a busy worker is checked.
const watchEvery = 200 * time.Millisecond

// effort is what a worker has computed since its last step.
type effort struct {
	turn, progress uint64
	doing          proto.Doing
	begun          time.Duration // work done at the step
	file           string        // that it is about
	most           time.Duration // allowed; 0: it has not come to that
}

// computes notes how much work is done, and reports whether the worker has computed for longer
// without a step than a file can make it. Writing has no bound of this kind: it is one step,
// however much is written. The lock is held.
func (w *worker) computes(work time.Duration) bool {
	e := &w.effort
	if w.state != stateBusy || w.job == nil || w.owed || w.doing == proto.Writing || e.turn != w.turn || e.progress != w.progress || e.doing != w.doing {
		*e = effort{turn: w.turn, progress: w.progress, doing: w.doing, begun: work}
		return false
	}
	if e.file == "" && work-e.begun > w.p.opt.SpinWork {
		e.file = w.job.req.path()
		if w.doing == proto.ReadingConverted {
			e.file = w.job.req.Converted
		}
	}
	return e.most > 0 && work-e.begun > e.most
}

// sized allows for the size of the file that a worker has computed long about. Looking at it may
// take long, so that the caller holds no lock.
func (w *worker) sized() {
	w.p.mu.Lock()
	at := w.effort
	w.p.mu.Unlock()
	if at.file == "" || at.most > 0 {
		return
	}
	most := w.p.opt.SpinWork
	if st, err := os.Stat(at.file); err == nil {
		most += time.Duration(st.Size()) * (2 * time.Second / 1_000_000)
	}
	w.p.mu.Lock()
	if w.effort == at {
		w.effort.most = most
	}
	w.p.mu.Unlock()
}

// watch ends a worker that does not start, makes no progress or takes too much memory. An idle
// worker is left alone: a program at rest must not wake up for nothing.
func (w *worker) watch(stop chan struct{}) {
	tick := time.NewTicker(watchEvery)
	defer tick.Stop()
	for {
		select {
		case <-stop:
			return
		case <-w.stir:
			tick.Reset(watchEvery)
			continue
		case <-tick.C:
		}
		w.p.mu.Lock()
		if w.state == stateIdle { // after one more check, so that its memory is shown as it is now
			tick.Stop()
		}
		w.p.mu.Unlock()
		w.sized()
		private, work := privateMemory(w.cmd.Process.Pid), workDone(w.cmd.Process.Pid)
		p := w.p
		p.mu.Lock()
		w.private = private
		if w.owed { // it is waiting for the pool
			w.alive = time.Now()
			w.stepped = w.alive
		}
		if work-w.work >= signOfLife {
			w.work, w.alive = work, time.Now()
		}
		spins := w.computes(work)
		switch {
		case w.state == stateStarting && time.Since(w.started) > w.patience:
			w.kill(fmt.Sprintf("said nothing for %v after its start", w.patience))
		case w.state == stateBusy && time.Since(w.alive) > p.opt.HangTimeout:
			w.kill(fmt.Sprintf("made no progress for %v", p.opt.HangTimeout))
		case w.state == stateBusy && time.Since(w.stepped) > p.opt.SpinTimeout:
			w.kill(fmt.Sprintf("worked for %v without progress", p.opt.SpinTimeout))
		case spins:
			w.kill(fmt.Sprintf("computed for %v without progress", (work - w.effort.begun).Round(100*time.Millisecond)))
		case w.dismissed && time.Since(w.leaving) > p.opt.CloseGrace:
			w.kill(fmt.Sprintf("did not end within %v", p.opt.CloseGrace))
		case private > p.opt.WorkerMemory:
			w.kill(fmt.Sprintf("took %s of memory, over its limit of %s", unit.Bytes(private), unit.Bytes(p.opt.WorkerMemory)))
		}
		p.mu.Unlock()
	}
}
