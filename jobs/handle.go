package jobs

import (
	"time"

	"iceexplorer/cache/owner"
	"iceexplorer/jobs/proto"
)

// assign gives a job to an idle worker. The lock is held.
func (p *Pool) assign(w *worker, j *job) {
	now := time.Now()
	w.state, w.job, w.turn = stateBusy, j, w.turn+1
	w.begun, w.alive, w.stepped = now, now, now
	w.asked, w.owed, w.progress, w.doing = 0, false, 0, ""
	r := &j.req
	msg := proto.Job{
		Task: r.Task.String(), Input: r.input(), SourceOnly: r.SourceOnly, Distrusted: p.distrusted[r.path()],
		MaxBytes: p.opt.MaxBytes, Threads: p.threads(), Params: j.params,
	}
	if w.turn == 1 {
		msg.Others = p.folders.told(p.queue.jobs)
		w.told = msg.Others.Next
	}
	p.forgetOldest(w)
	if h := j.held; h != nil && h.file.Lend() { // else it is decoded again
		w.lent = h.file
		msg.Held = &proto.Held{Grant: w.grant(h.file), Source: h.stamp, IndexAt: h.indexAt}
		if h.indexAt.Len == 0 {
			msg.Held.Index = h.index
		}
	}
	w.send(proto.KindJob, uint64(j.id), msg)
	if r.Started != nil {
		p.events.post(func() { r.Started(j.id) })
	}
}

// handle acts on one message. An error ends the worker.
func (p *Pool) handle(w *worker, m proto.Message) error {
	p.mu.Lock()
	j := w.job
	current := j != nil && uint64(j.id) == m.Job
	p.mu.Unlock()
	if !current {
		return proto.Errorf("%v for job %d, which is not this worker's", m.Kind, m.Job)
	}
	switch m.Kind {
	case proto.KindBeat:
		var b proto.Beat
		if err := m.Decode(&b); err != nil {
			return err
		}
		p.mu.Lock()
		p.folders.noteMade(j, w.told, b.Made)
		if b.Doing != "" {
			w.doing = b.Doing
		}
		if b.Progress != w.progress {
			w.progress, w.alive = b.Progress, time.Now()
			w.stepped = w.alive
		}
		p.mu.Unlock()
		if stepped := j.req.Stepped; stepped != nil && b.Frames > 0 {
			p.events.post(func() { stepped(b.Frames, b.Bytes) })
		}
		return nil
	case proto.KindAlloc:
		var a proto.Alloc
		if err := m.Decode(&a); err != nil {
			return err
		}
		if a.Bytes == 0 || a.Bytes-min(a.Bytes, proto.MaxIndex) > p.opt.MaxBytes {
			return proto.Errorf("alloc of %d bytes, allowed are up to %d", a.Bytes, p.opt.MaxBytes)
		}
		p.mu.Lock()
		defer p.mu.Unlock()
		if w.owed || w.asked == j.mayAsk() {
			return proto.Errorf("a %s alloc", map[int]string{1: "second", 2: "third"}[w.asked])
		}
		w.asked++
		w.owed = true
		go p.alloc(w, w.turn, j.req, a.Bytes)
		return nil
	case proto.KindAnswer:
		var a proto.Answer
		if err := m.Decode(&a); err != nil {
			return err
		}
		return p.answered(w, j, &a)
	case proto.KindFailed:
		var f proto.Failed
		if err := m.Decode(&f); err != nil {
			return err
		}
		if f.Code == proto.CodeFormat || f.Code == proto.CodeUnsupported || f.Code == proto.CodeInternal {
			p.mu.Lock()
			again := p.bypass(w, j, f.Text)
			p.mu.Unlock()
			if again {
				f.Code = codeBypass
			}
		}
		p.finish(w, j, Result{Err: &Error{Code: f.Code, Text: owner.WithNames(f.Text), Further: f.Further}})
		return nil
	}
	return proto.Errorf("a worker does not send %v", m.Kind)
}

// maxChanged is how often a file that was replaced while it was read is read again
// before that is an error.
const maxChanged = 3

// finish ends a worker's job and gives it the next.
func (p *Pool) finish(w *worker, j *job, r Result) {
	p.mu.Lock()
	defer p.mu.Unlock()
	r.Took = time.Since(w.begun)
	if r.Bytes > 0 && r.Took > 0 {
		w.rate = float64(r.Bytes) / r.Took.Seconds()
	}
	w.job, w.owed = nil, false
	p.takeBack(w)
	if w.state == stateBusy {
		w.state = stateIdle
	}
	switch {
	case r.Err != nil && j.canceled:
		r.Err = failure(CodeCanceled, "canceled: %s", j.req.path())
	case CodeOf(r.Err) == proto.CodeOutside && !j.outside && !p.closed && p.broken == nil:
		j.outside = true
		p.queue.jobs = append(p.queue.jobs, j)
		w.quit()
		p.dispatch()
		return
	case CodeOf(r.Err) == codeBypass && (p.closed || p.broken != nil):
		r.Err = j.bypassed
	case CodeOf(r.Err) == codeBypass:
		p.queue.jobs = append(p.queue.jobs, j)
		p.dispatch()
		return
	case CodeOf(r.Err) == proto.CodeChanged && j.changed < maxChanged && !p.closed && p.broken == nil:
		j.changed++
		p.queue.jobs = append(p.queue.jobs, j)
		p.dispatch()
		return
	}
	p.deliver(j, r)
	p.dispatch()
}
