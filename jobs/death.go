package jobs

import (
	"errors"
	"fmt"
	"strings"

	"iceexplorer/cache/unit"
	"iceexplorer/jobs/proto"
)

// reason says in one sentence why a worker ended; nil if it was asked to.
func (w *worker) reason(readErr, waitErr error) error {
	w.p.mu.Lock()
	defer w.p.mu.Unlock()
	switch {
	case w.why != "":
		return fmt.Errorf("worker %d %s", w.pid, w.why)
	case readErr != nil && (!errors.Is(readErr, errNoHello) || w.cmd == nil || w.cmd.ProcessState == nil):
		return fmt.Errorf("worker %d: %w", w.pid, readErr)
	}
	text := exitText(w.cmd.ProcessState, waitErr)
	last, sig := w.tail.last()
	switch {
	case strings.HasPrefix(last, "fatal error: ") && (strings.Contains(last, "out of memory") || strings.Contains(last, "cannot allocate memory")):
		return fmt.Errorf("worker %d wanted more memory than its limit of %s", w.pid, unit.Bytes(w.p.opt.WorkerMemory))
	case sig != "":
		return fmt.Errorf("worker %d ended by signal %s", w.pid, sig)
	case text == "signal SIGSYS":
		return fmt.Errorf("worker %d tried something that it may not do and was ended", w.pid)
	case strings.HasPrefix(text, "signal "):
		return fmt.Errorf("worker %d ended by %s", w.pid, text)
	case last != "":
		text += ": " + last
	}
	return fmt.Errorf("worker %d ended (%s)", w.pid, text)
}

// workerGone takes a dead worker out, and decides about its job. It is called once
// per worker.
func (p *Pool) workerGone(w *worker, err error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	for i, o := range p.workers {
		if o == w {
			p.workers = append(p.workers[:i], p.workers[i+1:]...)
			break
		}
	}
	p.takeBack(w)
	j := w.job
	w.job = nil
	p.room.Broadcast() // nobody needs the memory it waited for
	if j != nil {
		p.crashed(w, j, err)
	}
	if p.closed {
		return
	}
	if w.useless() {
		p.notStarted(w, err)
	}
	p.dispatch()
}

// crashed decides what becomes of a job whose worker died. The lock is held.
func (p *Pool) crashed(w *worker, j *job, err error) {
	switch {
	case j.canceled:
		p.deliver(j, Result{Err: failure(CodeCanceled, "canceled: %s", j.req.path())})
		return
	case p.closed:
		p.deliver(j, Result{Err: failure(CodePool, "the pool is closed: %s", j.req.path())})
		return
	case p.broken != nil:
		p.deliver(j, Result{Err: p.broken})
		return
	}
	j.attempts++
	p.totals.crashes++
	text := fmt.Sprintf("%v while %s", err, w.activity(j))
	allowed := quarantineAfter
	if j.bypassed != nil {
		allowed++ // the first was not the source's fault
	}
	if p.bypass(w, j, text) || j.attempts < allowed {
		p.queue.jobs = append(p.queue.jobs, j)
		return
	}
	fail := failure(CodeCrash, "twice in a row: %s", text)
	p.quarantined[grave{j.req.Task, j.req.path()}] = fail
	p.deliver(j, Result{Err: fail})
}

// activity is what a worker was doing, with the file's path.
func (w *worker) activity(j *job) string {
	switch {
	case w.doing == proto.ReadingConverted:
		return "reading " + j.req.Converted
	case w.doing == proto.Writing:
		return "writing " + j.writes
	}
	return "reading " + j.req.path()
}

// bypass reports that a job is to be tried again with its source, because its converted file
// was at fault; text says how. The lock is held.
func (p *Pool) bypass(w *worker, j *job, text string) bool {
	if w.doing != proto.ReadingConverted || j.req.Source == "" || j.bypassed != nil {
		return false
	}
	j.bypassed = failure(CodeCrash, "%s", text)
	p.distrusted[j.req.path()] = true
	p.events.post(func() { p.opt.Log.Warn("converted file is not used", "reason", text) })
	return true
}
