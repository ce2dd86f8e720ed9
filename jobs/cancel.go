package jobs

import (
	"fmt"
	"time"

	"iceexplorer/jobs/proto"
)

// Cancel ends one job, CancelLayer those of a layer, CancelAll every one. Queued
// jobs end at once; a running one within CancelGrace, or its worker is replaced.
// Frames that were delivered stay.
func (p *Pool) Cancel(id ID)          { p.cancel(func(j *job) bool { return j.id == id }) }
func (p *Pool) CancelLayer(layer int) { p.cancel(func(j *job) bool { return j.req.Layer == layer }) }
func (p *Pool) CancelAll()            { p.cancel(func(*job) bool { return true }) }

func (p *Pool) cancel(match func(*job) bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.drop(p.queue.remove(match), CodeCanceled, "canceled")
	for _, w := range p.workers {
		if w.job != nil && match(w.job) {
			p.cancelRunning(w)
		}
	}
}

// cancelRunning cancels the job of a worker. The lock is held.
func (p *Pool) cancelRunning(w *worker) {
	j := w.job
	if j.canceled {
		return
	}
	j.canceled = true
	w.send(proto.KindCancel, uint64(j.id), nil)
	p.room.Broadcast() // it may wait for memory
	time.AfterFunc(p.opt.CancelGrace, func() {
		p.mu.Lock()
		defer p.mu.Unlock()
		if w.job == j {
			w.kill(fmt.Sprintf("did not stop within %v", p.opt.CancelGrace))
		}
	})
}

// yield cancels what gives way to the jobs that wait, one for each. The lock is held.
func (p *Pool) yield() {
	waiting := 0
	for _, j := range p.queue.jobs {
		if !j.req.Task.Yields() {
			waiting++
		}
	}
	for _, w := range p.workers {
		if waiting == 0 {
			return
		}
		if w.job == nil || !w.job.req.Task.Yields() {
			continue
		}
		waiting--
		p.cancelRunning(w)
	}
}
