package jobs

import (
	"errors"
	"fmt"
	"strings"
	"time"
)

// Trouble says that workers do not start. The zero Trouble means that they do.
type Trouble struct {
	Reason string    // of the latest failure
	Again  time.Time // when the next try is due
	Fails  int       // tries in a row
}

const (
	// maxStartPause bounds the pause between two tries: each takes as long as all
	// before it together.
	maxStartPause = 30 * time.Second
	// maxStartTimeout bounds how long a worker's hello is waited for on a machine
	// where earlier ones were late.
	maxStartTimeout = time.Minute
	// leastLife is how long a worker that never got a job must have lived to count as
	// started: one that dies at once would be replaced at once, without end.
	leastLife = time.Second
)

// mayStart reports whether a worker may be started now. After a failure there is one
// try at a time, when a job waits for it and its pause is over. The lock is held.
func (p *Pool) mayStart() bool {
	if p.trouble.Fails == 0 {
		return true
	}
	if len(p.queue.jobs) == 0 || p.starting() {
		return false
	}
	pause := time.Until(p.trouble.Again)
	if pause <= 0 {
		return true
	}
	if p.retry == nil {
		p.retry = time.AfterFunc(pause, func() {
			p.mu.Lock()
			defer p.mu.Unlock()
			p.retry = nil
			p.dispatch()
		})
	}
	return false
}

// starting reports whether a worker is on its way. The lock is held.
func (p *Pool) starting() bool {
	for _, w := range p.workers {
		if w.state == stateStarting {
			return true
		}
	}
	return false
}

// alive reports whether a worker can be given jobs now or later. The lock is held.
func (p *Pool) alive() bool {
	for _, w := range p.workers {
		if w.state.Living() && w.why == "" {
			return true
		}
	}
	return false
}

// startTimeout is how long the next worker's hello is waited for.
func (p *Pool) startTimeout() time.Duration {
	return doubled(p.opt.StartTimeout, p.trouble.Fails, maxStartTimeout)
}

// doubled doubles d a number of times, or until it has reached most.
func doubled(d time.Duration, times int, most time.Duration) time.Duration {
	for ; times > 0 && d < most; times-- {
		d = min(2*d, most)
	}
	return d
}

// useless reports whether a worker ended before it was of any use, without being asked to. The
// lock is held.
func (w *worker) useless() bool {
	return !w.dismissed && (!w.ready || w.turn == 0 && time.Since(w.started) < leastLife)
}

// notStarted counts a worker that died before it was of any use; those started together count
// once. The lock is held.
func (p *Pool) notStarted(w *worker, err error) {
	p.events.post(func() { p.opt.Log.Warn("worker did not start", "reason", err) })
	if w.started.Before(p.failedAt) {
		return
	}
	p.failedAt = time.Now()
	pause := doubled(p.opt.StartPause, p.trouble.Fails, maxStartPause)
	reason, _, _ := strings.Cut(err.Error(), "\n") // the rest is of cleaning up
	p.trouble = Trouble{Reason: reason, Again: p.failedAt.Add(pause), Fails: p.trouble.Fails + 1}
	p.tellTrouble()
	if p.opt.StartTries > 0 && p.trouble.Fails >= p.opt.StartTries && !p.alive() {
		p.giveUp()
	}
}

// startedWell ends the trouble. The lock is held.
func (p *Pool) startedWell() {
	if p.trouble.Fails > 0 {
		p.trouble = Trouble{}
		p.stopRetry()
		p.tellTrouble()
	}
}

func (p *Pool) stopRetry() {
	if p.retry != nil {
		p.retry.Stop()
		p.retry = nil
	}
}

func (p *Pool) tellTrouble() {
	if p.opt.TroubleChanged != nil {
		p.events.post(p.opt.TroubleChanged)
	}
}

// giveUp ends a pool that was to try only a few times: every job fails for the same reason
// until Retry. The lock is held.
func (p *Pool) giveUp() {
	p.broken = failure(CodePool, "workers do not start: %s", p.trouble.Reason)
	for _, j := range p.queue.remove(func(*job) bool { return true }) {
		p.deliver(j, Result{Err: p.broken})
	}
}

// Retry starts workers at once, though they did not start before, and takes jobs
// again where the pool had given up.
func (p *Pool) Retry() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.startedWell()
	p.broken = nil
	p.dispatch()
}

// Broken says why no job can finish: workers do not start, after several tries, and none is
// alive. It is nil while the pool works.
func (p *Pool) Broken() error {
	p.mu.Lock()
	defer p.mu.Unlock()
	switch {
	case p.broken != nil:
		return errors.New(p.broken.Text)
	case p.trouble.Fails >= defaultStartTries && !p.alive():
		return fmt.Errorf("workers do not start: %s", p.trouble.Reason)
	}
	return nil
}
