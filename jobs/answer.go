package jobs

import (
	"errors"
	"path/filepath"

	"iceexplorer/cache"
	"iceexplorer/cache/owner"
	"iceexplorer/jobs/proto"
	"iceexplorer/jobs/scratch"
	"iceexplorer/jobs/task"
)

// mayAsk is how often a job may ask for scratch memory: for columns, and for the rows
// that it answers with.
func (j *job) mayAsk() int {
	if j.req.Task.Result() == task.Rows {
		return 2
	}
	return 1
}

// answered checks a worker's answer and turns it into the task's kind of result. An answer of
// another kind breaks the protocol.
func (p *Pool) answered(w *worker, j *job, a *proto.Answer) error {
	if a.IndexAt.Len > 0 {
		file, err := w.granted(a.IndexAt)
		if err != nil {
			return err
		}
		if a.Index, err = proto.ReadIndex(file.Bytes(), a.IndexAt.Span); err != nil {
			return err
		}
	}
	if err := fits(j, a); err != nil {
		return err
	}
	own, err := j.req.Task.DecodeAnswer(a.Own)
	if err != nil {
		return proto.Errorf("answer of %v: %v", j.req.Task, err)
	}
	r := Result{Index: a.Index, Decoded: a.Decoded, Written: a.Written, Source: a.Source, Bytes: a.Bytes, Answer: own}
	switch {
	case a.File != nil:
		r.Frame, err = p.mapConverted(w, j, a)
		var format *cache.FormatError
		if errors.As(err, &format) {
			return proto.Errorf("index does not fit its file: %v", err)
		}
		if err != nil {
			r.Err = failure(mapCode(err), "%v: %s", err, a.File.Path)
		}
		r.Mapped = true
	case j.req.Task.Result() == task.Frame:
		if r.Frame, err = p.scratchFrame(w, a); err != nil {
			return err
		}
	case a.Rows != nil:
		if r.Rows, err = p.rows(w, a.Rows); err != nil {
			return err
		}
	}
	if a.Doubt != "" {
		r.Bypassed = p.doubt(j, a.Doubt)
	}
	p.finish(w, j, r)
	return nil
}

// doubt is what to tell of a converted file that was not believed: nothing if another one of
// its folder was told of.
func (p *Pool) doubt(j *job, why string) error {
	folder := filepath.Dir(j.req.Converted)
	p.mu.Lock()
	told := j.req.Task == Measure || p.doubted[folder] // of measurements nobody is told
	p.doubted[folder] = p.doubted[folder] || !told
	p.mu.Unlock()
	if told {
		return nil
	}
	return &Doubted{Path: j.req.Converted, Why: owner.WithNames(why)}
}

// fits refuses an answer of another kind than the task's result.
func fits(j *job, a *proto.Answer) error {
	t := j.req.Task
	is := t.Result()
	switch {
	case a.Index == nil && (is == task.Frame || is == task.Facts):
		return proto.Errorf("%v ended without an index", t)
	case a.File != nil && is != task.Frame:
		return proto.Errorf("%v ended with a file to map", t)
	case a.File != nil && a.File.Path != j.req.Converted:
		return proto.Errorf("index of a file that was not asked for: %s", a.File.Path)
	case is == task.Frame && j.writes != "" && a.File == nil:
		return proto.Errorf("%v wrote no file", t)
	case a.Written && j.writes == "":
		return proto.Errorf("%v wrote a file that was not asked for", t)
	case is == task.File && !a.Written:
		return proto.Errorf("%v ended without its file", t)
	case (a.Rows != nil) != (is == task.Rows):
		return proto.Errorf("%v ended with other rows than it was asked for", t)
	}
	return nil
}

// scratchFrame makes a frame over the job's scratch memory; one without columns needs
// none.
func (p *Pool) scratchFrame(w *worker, a *proto.Answer) (*cache.Frame, error) {
	p.mu.Lock()
	var file *scratch.File
	if len(w.grants) > 0 {
		file = w.grants[0]
	}
	p.mu.Unlock()
	if file == nil {
		if err := a.Index.Check(0); err != nil {
			return nil, proto.Errorf("%d columns without memory", len(a.Index.Columns))
		}
		return cache.NewFrame(a.Index, nil, nil)
	}
	var frame *cache.Frame
	frame, err := cache.NewFrame(a.Index, file.Bytes(), func() error {
		p.mu.Lock()
		defer p.mu.Unlock()
		delete(p.frames, frame)
		p.release(file)
		return nil
	})
	if err != nil {
		return nil, proto.Errorf("index does not fit the scratch file: %v", err)
	}
	file.Return() // a worker needs it again for the conversion, if at all
	p.mu.Lock()
	p.frames[frame] = &held{file: file, index: a.Index, indexAt: a.IndexAt.Span, stamp: a.Source}
	w.keep(file) // the frame's now
	p.mu.Unlock()
	return frame, nil
}
