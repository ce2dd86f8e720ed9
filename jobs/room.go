package jobs

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"time"

	"iceexplorer/cache"
	"iceexplorer/cache/refusal"
	"iceexplorer/jobs/proto"
	"iceexplorer/jobs/scratch"
)

// Need is the kind of room that a request lacks.
type Need struct {
	// Bytes of scratch memory: a frame that lies there has to go.
	Bytes uint64
	// Mapping: the process has as many as it may, so that a frame has to go, wherever
	// it lies.
	Mapping bool
}

// alloc reserves scratch memory for a worker's turn and tells the worker. It has a
// goroutine of its own: making room may take long, and the job may end meanwhile.
func (p *Pool) alloc(w *worker, turn uint64, r Request, n uint64) {
	file, err := p.reserve(w, turn, r, n)
	p.mu.Lock()
	defer p.mu.Unlock()
	p.forget()
	if !w.at(turn) {
		if file != nil {
			p.release(file)
		}
		return
	}
	w.settled()
	if err != nil {
		code := proto.CodeInternal
		var full *scratch.FullError
		switch {
		case noRoom(err):
			code = CodeBudget
		case errors.As(err, &full):
			code = proto.CodeNoSpace
		case w.job.canceled:
			code = CodeCanceled
		}
		w.send(proto.KindGrant, uint64(w.job.id), proto.Grant{Deny: err.Error(), Code: code})
		return
	}
	w.grants = append(w.grants, file)
	w.send(proto.KindGrant, uint64(w.job.id), w.grant(file))
}

// grant hands the worker a scratch file that is lent to it. The lock is held.
func (w *worker) grant(file *scratch.File) proto.Grant {
	if err := w.hand.Pass(file); err != nil && !errors.Is(err, scratch.ErrNobody) {
		w.kill(fmt.Sprintf("does not take its scratch memory: %v", err))
	}
	w.mapped[file.ID] = w.turn
	return proto.Grant{ID: file.ID, Path: file.Path, Size: file.Size}
}

// at reports whether the worker is still at the job of a turn. The lock is held.
func (w *worker) at(turn uint64) bool { return w.job != nil && w.turn == turn }

// settled notes that the worker no longer waits for the pool. The lock is held.
func (w *worker) settled() {
	w.owed = false
	w.alive = time.Now()
	w.stepped = w.alive
}

// takeBack takes the worker's scratch files back after a job. The lock is held.
func (p *Pool) takeBack(w *worker) {
	if w.lent != nil {
		w.lent.Return()
		w.lent = nil
	}
	for _, f := range w.grants {
		p.release(f)
	}
	w.grants = nil
}

// keep takes a file that was granted away from the worker, without giving it back. The
// lock is held.
func (w *worker) keep(file *scratch.File) {
	w.grants = slices.DeleteFunc(w.grants, func(f *scratch.File) bool { return f == file })
}

var errUnwanted = errors.New("canceled")

// reserve takes scratch memory, after making room if need be.
func (p *Pool) reserve(w *worker, turn uint64, r Request, n uint64) (file *scratch.File, err error) {
	p.mu.Lock()
	mapped := maps.Clone(w.mapped)
	p.mu.Unlock()
	err = p.withRoom(w, turn, r, n, func() error {
		file, err = p.store.Reserve(n, func(id uint64) bool { return mapped[id] > 0 })
		return err
	})
	return file, err
}

// withRoom tries something that may find no room, makes room and tries again. n is how
// much scratch memory MakeRoom is asked for, if that is what is lacking.
func (p *Pool) withRoom(w *worker, turn uint64, r Request, n uint64, try func() error) error {
	unwanted := func() bool { return p.closed || !w.at(turn) || w.job.canceled }
	deadline := time.Now().Add(p.opt.RoomTimeout)
	wake := time.AfterFunc(p.opt.RoomTimeout, func() {
		p.mu.Lock()
		p.room.Broadcast()
		p.mu.Unlock()
	})
	defer wake.Stop()
	for {
		p.mu.Lock()
		seen, stop := p.released, unwanted()
		p.mu.Unlock()
		if stop {
			return errUnwanted
		}
		err := try()
		if err == nil || !p.passes(err) {
			return err
		}
		if p.opt.MakeRoom != nil {
			need := Need{Bytes: n}
			if errors.Is(err, scratch.ErrNoMapping) {
				need = Need{Mapping: true}
			}
			if !p.opt.MakeRoom(need, r) {
				return err
			}
			continue
		}
		p.mu.Lock()
		for p.released == seen && !unwanted() && time.Now().Before(deadline) {
			p.room.Wait()
		}
		p.mu.Unlock()
		if !time.Now().Before(deadline) {
			return err
		}
	}
}

// noRoom reports whether an error would not come again once a frame is closed.
func noRoom(err error) bool {
	return errors.Is(err, scratch.ErrNoRoom) || errors.Is(err, scratch.ErrNoMapping)
}

// passes reports whether making room can help after an error. A full disk counts as a used-up
// budget as long as frames hold some of it.
func (p *Pool) passes(err error) bool {
	var full *scratch.FullError
	if errors.As(err, &full) {
		used, _, _ := p.store.Usage()
		return used > 0
	}
	return noRoom(err)
}

// mostFrames is how many frames may be held: mappings are left for scratch files that
// are kept for reuse, and for frames on their way. The lock is held.
func (p *Pool) mostFrames() int {
	_, most := p.mappings.Usage()
	return max(most-p.opt.Scratch.MaxFree-2*p.want, 1)
}

// mapConverted maps the file that a worker names, after making room if need be.
func (p *Pool) mapConverted(w *worker, j *job, a *proto.Answer) (frame *cache.Frame, err error) {
	p.mu.Lock()
	turn := w.turn
	w.owed = true // meanwhile the worker is idle, not stuck
	p.mu.Unlock()
	err = p.withRoom(w, turn, j.req, 1, func() error {
		frame, err = p.mapOnce(a)
		return err
	})
	p.mu.Lock()
	w.settled()
	p.mu.Unlock()
	return frame, err
}

func (p *Pool) mapOnce(a *proto.Answer) (*cache.Frame, error) {
	if !p.mappings.Take() {
		return nil, scratch.ErrNoMapping
	}
	frame, err := a.Map(p.unmapped)
	if refusal.NoDescriptor(err) && p.store.FreeDescriptors() {
		frame, err = a.Map(p.unmapped)
	}
	if err == nil {
		return frame, nil
	}
	p.mappings.Give()
	switch {
	case refusal.NoMemory(err):
		return nil, scratch.ErrNoMapping
	case refusal.NoDescriptor(err):
		return nil, fmt.Errorf("%w: %w", scratch.ErrNoRoom, err)
	}
	return nil, err
}

// unmapped counts a frame that was mapped and was closed.
func (p *Pool) unmapped() {
	p.mappings.Give()
	p.mu.Lock()
	p.released++
	p.room.Broadcast()
	p.mu.Unlock()
}

// mapCode is the code of a converted file that could not be mapped.
func mapCode(err error) proto.Code {
	switch {
	case noRoom(err):
		return CodeBudget
	case errors.Is(err, errUnwanted):
		return CodeCanceled
	}
	return proto.CodeChanged
}

// maxMapped is how many scratch files a worker keeps mapped beside that of its job:
// those used last may be used again.
const maxMapped = 1024

// forgetOldest has a worker unmap its least recently used files beyond those it may keep. The
// lock is held.
func (p *Pool) forgetOldest(w *worker) {
	for len(w.mapped) > maxMapped {
		var oldest, at uint64
		for id, turn := range w.mapped {
			if at == 0 || turn < at {
				oldest, at = id, turn
			}
		}
		w.forget(oldest)
	}
}

// forget tells the workers which files are gone. The lock is held.
func (p *Pool) forget() {
	for _, id := range p.store.Dropped() {
		for _, w := range p.workers {
			if w.mapped[id] > 0 {
				w.forget(id)
			}
		}
	}
}

// forget has the worker unmap a file. Files forgotten while a message waits go with it:
// thousands of frames may be closed at once. The lock is held.
func (w *worker) forget(id uint64) {
	delete(w.mapped, id)
	if w.forgets = append(w.forgets, id); len(w.forgets) == 1 {
		w.send(proto.KindForget, 0, nil)
	}
}

// forgotten is the message with all files to unmap.
func (w *worker) forgotten() proto.Forget {
	w.p.mu.Lock()
	defer w.p.mu.Unlock()
	f := proto.Forget{IDs: w.forgets}
	w.forgets = nil
	return f
}
