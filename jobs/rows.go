package jobs

import (
	"sync"

	"iceexplorer/jobs/proto"
	"iceexplorer/jobs/scratch"
)

// Rows are rows of data in scratch memory: a task's answer.
type Rows struct {
	Count int
	Size  int // bytes of a row

	data  []byte
	close func()
}

// Row is row i. It must not be used once the rows are closed.
func (r *Rows) Row(i int) []byte { return r.data[i*r.Size : (i+1)*r.Size : (i+1)*r.Size] }

// Bytes is all rows, one after the other.
func (r *Rows) Bytes() []byte { return r.data }

// Close gives the memory back. It may be called twice.
func (r *Rows) Close() { r.close() }

// rows checks the place that a worker gives for its rows, and takes the memory over from it.
func (p *Pool) rows(w *worker, told *proto.Rows) (*Rows, error) {
	if told.Size > 0 && told.Count > told.At.Len/told.Size || told.Count*told.Size != told.At.Len {
		return nil, proto.Errorf("%d rows of %d bytes in %d bytes", told.Count, told.Size, told.At.Len)
	}
	r := &Rows{Count: int(told.Count), Size: int(told.Size), close: func() {}}
	if told.At.Len == 0 {
		return r, nil
	}
	file, err := w.granted(told.At)
	if err != nil {
		return nil, err
	}
	r.data = file.Bytes()[told.At.Offset:told.At.End():told.At.End()]
	p.mu.Lock()
	defer p.mu.Unlock()
	w.keep(file)
	file.Return() // the worker no longer needs it
	r.close = sync.OnceFunc(func() {
		p.mu.Lock()
		defer p.mu.Unlock()
		p.release(file)
	})
	return r, nil
}

// granted is the scratch file of a place that the worker names.
func (w *worker) granted(at proto.Place) (*scratch.File, error) {
	w.p.mu.Lock()
	defer w.p.mu.Unlock()
	for _, f := range w.grants {
		if f.ID == at.Scratch {
			if at.Offset > f.Size || at.Len > f.Size-at.Offset {
				return nil, proto.Errorf("bytes %d+%d of a scratch file of %d", at.Offset, at.Len, f.Size)
			}
			return f, nil
		}
	}
	return nil, proto.Errorf("scratch file %d, which the job was not granted", at.Scratch)
}
