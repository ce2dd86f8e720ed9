package jobs

import (
	"fmt"
	"time"

	"iceexplorer/cache/unit"
)

// signOfLife is the amount of work by which a worker without steps counts as alive: its
// heartbeat alone takes less in any HangTimeout.
const signOfLife = 50 * time.Millisecond

// watchEvery is how often a busy worker is checked.
const watchEvery = 200 * time.Millisecond

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
		switch {
		case w.state == stateStarting && time.Since(w.started) > w.patience:
			w.kill(fmt.Sprintf("said nothing for %v after its start", w.patience))
		case w.state == stateBusy && time.Since(w.alive) > p.opt.HangTimeout:
			w.kill(fmt.Sprintf("made no progress for %v", p.opt.HangTimeout))
		case w.state == stateBusy && time.Since(w.stepped) > p.opt.SpinTimeout:
			w.kill(fmt.Sprintf("worked for %v without progress", p.opt.SpinTimeout))
		case w.dismissed && time.Since(w.leaving) > p.opt.CloseGrace:
			w.kill(fmt.Sprintf("did not end within %v", p.opt.CloseGrace))
		case private > p.opt.WorkerMemory:
			w.kill(fmt.Sprintf("took %s of memory, over its limit of %s", unit.Bytes(private), unit.Bytes(p.opt.WorkerMemory)))
		}
		p.mu.Unlock()
	}
}
