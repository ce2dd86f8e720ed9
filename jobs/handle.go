package jobs

import (
	"errors"
	"time"

	"iceexplorer/cache"
	"iceexplorer/jobs/proto"
	"iceexplorer/jobs/scratch"
)

// assign gives a job to an idle worker. The lock is held.
func (p *Pool) assign(w *worker, j *job) {
	now := time.Now()
	w.state, w.job, w.turn = stateBusy, j, w.turn+1
	w.begun, w.alive, w.stepped = now, now, now
	w.asked, w.owed, w.progress, w.doing = false, false, 0, ""
	r := &j.req
	msg := proto.Job{
		Task: r.Task, Source: r.Source, Converted: r.Converted, Target: r.Target, Format: r.Format, Version: r.Version,
		MaxBytes: p.opt.MaxBytes, Threads: p.threads(), Checksums: r.Checksums, Foreign: r.Foreign || p.distrusted[r.path()],
	}
	p.forgetOldest(w)
	if h := j.held; h != nil && h.file.Lend() { // else it is decoded again
		w.lent = h.file
		msg.Scratch = &proto.Grant{ID: h.file.ID, Path: h.file.Path, Size: h.file.Size}
		msg.Stamp = h.stamp
		if msg.IndexAt = h.indexAt; h.indexAt.Len == 0 {
			msg.Index = h.index
		}
		w.mapped[h.file.ID] = w.turn
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
		if b.Doing != "" {
			w.doing = b.Doing
		}
		if b.Progress != w.progress {
			w.progress, w.alive = b.Progress, time.Now()
			w.stepped = w.alive
		}
		p.mu.Unlock()
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
		if w.asked {
			return proto.Errorf("a second alloc")
		}
		w.asked, w.owed = true, true
		go p.alloc(w, w.turn, j.req, a.Bytes)
		return nil
	case proto.KindLoaded:
		var l proto.Loaded
		if err := m.Decode(&l); err != nil {
			return err
		}
		return p.loaded(w, j, &l)
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
		p.finish(w, j, Result{Err: &Error{Code: f.Code, Text: f.Text}})
		return nil
	}
	return proto.Errorf("a worker does not send %v", m.Kind)
}

// loaded checks a worker's answer and makes the frame.
func (p *Pool) loaded(w *worker, j *job, l *proto.Loaded) error {
	p.mu.Lock()
	grant := w.grant
	p.mu.Unlock()
	if l.IndexAt.Len > 0 && grant != nil {
		var err error
		if l.Index, err = proto.ReadIndex(grant.Bytes(), l.IndexAt); err != nil {
			return err
		}
	}
	if l.Index == nil {
		return proto.Errorf("loaded without an index")
	}
	r := Result{Index: l.Index, SHA256: l.SHA256, Decoded: l.Decoded, Written: l.Written, Source: l.Source, Bytes: l.Bytes}
	switch {
	case l.File != "":
		if l.File != j.req.Converted {
			return proto.Errorf("index of a file that was not asked for: %s", l.File)
		}
		frame, err := p.mapConverted(w, j, l)
		if err != nil {
			var format *cache.FormatError
			if errors.As(err, &format) {
				return proto.Errorf("index does not fit its file: %v", err)
			}
			r.Err = failure(mapCode(err), "%v: %s", err, l.File)
		}
		r.Frame, r.Mapped = frame, true
	case j.req.Task == Load || j.req.Task == Index:
		frame, err := p.scratchFrame(l, grant, r.Source)
		if err != nil {
			return proto.Errorf("index does not fit the scratch file: %v", err)
		}
		if frame == nil {
			return proto.Errorf("loaded %d columns without memory", len(l.Index.Columns))
		}
		r.Frame = frame
		p.mu.Lock()
		w.grant = nil // the frame's now
		p.mu.Unlock()
	case j.req.Task == Convert:
		return proto.Errorf("converted to no file")
	}
	p.finish(w, j, r)
	return nil
}

// scratchFrame makes a frame over the job's scratch file; one without columns needs
// none.
func (p *Pool) scratchFrame(l *proto.Loaded, file *scratch.File, stamp cache.Stamp) (*cache.Frame, error) {
	if file == nil {
		if err := l.Index.Check(0); err != nil {
			return nil, nil
		}
		return cache.NewFrame(l.Index, nil, nil)
	}
	var frame *cache.Frame
	frame, err := cache.NewFrame(l.Index, file.Bytes(), func() error {
		p.mu.Lock()
		defer p.mu.Unlock()
		delete(p.frames, frame)
		p.release(file)
		return nil
	})
	if err != nil {
		return nil, err
	}
	file.Return() // a worker needs it again for the conversion, if at all
	p.mu.Lock()
	p.frames[frame] = &held{file: file, index: l.Index, indexAt: l.IndexAt, stamp: stamp}
	p.mu.Unlock()
	return frame, nil
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
