// Package scratch makes the mapped files that workers decode into.
//
// A file is reserved in full before anybody maps it (a full disk is an error here,
// not a SIGBUS later), in a memory-backed folder where there is one. Files are
// kept and reused by size class: touching fresh pages costs a fifth of a decode,
// and a worker that has a file mapped already gets it again.
//
// Nothing outlives the session. On Linux a file loses its name as soon as it is
// made; workers are handed its descriptor (Hand), so that even SIGKILL of every process at
// once leaves nothing: the kernel frees it with the last mapping. On Windows it keeps its name in the
// session's folder and is deleted with its last handle. In either case the folder
// is held by a lock, and every start removes the folders whose lock is free.
package scratch

import (
	"errors"
	"fmt"
	"os"
	"sync"

	"iceexplorer/cache/unit"
)

// ErrNoRoom says that files in use have used up the budget or another resource of which a
// process has only so many. It passes when a file is released.
var ErrNoRoom = errors.New("the memory for frames that are not converted is used up")

// ErrNoMapping says that this process has as many mappings as it may have. It passes
// when one goes, of a scratch file or another.
var ErrNoMapping = errors.New("the system allows no more files in memory at a time")

// ErrNobody says that the worker that a file was for has ended.
var ErrNobody = errors.New("the worker has ended")

// FullError says that the disk (or memory) behind the folders is full. The budget
// has been cut to what is in use.
type FullError struct {
	Bytes uint64
	Err   error
	Dir   string
}

func (e *FullError) Error() string {
	return fmt.Sprintf("there is no room for %s of scratch memory: %v: %s", unit.Bytes(e.Bytes), e.Err, e.Dir)
}

func (e *FullError) Unwrap() error { return e.Err }

// Store is the scratch memory of one session. It is safe for concurrent use: what
// takes long (making a file, and unmapping one) is done without its lock.
type Store struct {
	roots    []string // candidates, best first
	mappings *Mappings
	spare    int // descriptors

	mu      sync.Mutex
	budget  uint64
	used    uint64 // bytes of files in use or being made
	idle    uint64 // bytes of files kept for reuse
	free    []*File
	open    map[uint64]*File // in use, with a descriptor
	dropped []uint64         // IDs that workers may unmap
	maxFree int
	nextID  uint64
	closed  bool
	ending  int        // files being unmapped in the background
	ended   *sync.Cond // ending fell
	gone    int        // times it fell

	dirMu sync.Mutex
	dirs  map[string]*session // by root, made when first needed; nil once closed
}

type session struct {
	dir  string
	lock *os.File
}

// Options of a Store.
type Options struct {
	Roots   []string // folders to use, best first; nil: DefaultRoots
	Budget  uint64   // bytes in use at most; a single file may exceed it
	MaxFree int      // files kept for reuse at most

	Mappings    *Mappings // each file takes one; nil: a count of its own
	Descriptors int       // that stay free for others; 0: 64
}

const defaultSpare = 64

// Open reclaims what dead sessions left in the roots. Folders are made when the
// first file is.
func Open(opt Options) *Store {
	if opt.Roots == nil {
		opt.Roots = DefaultRoots()
	}
	for _, r := range opt.Roots {
		reclaim(r)
	}
	if opt.Mappings == nil {
		opt.Mappings = NewMappings(0)
	}
	if opt.Descriptors == 0 {
		opt.Descriptors = defaultSpare
	}
	s := &Store{
		roots: opt.Roots, mappings: opt.Mappings, spare: opt.Descriptors,
		budget: opt.Budget, maxFree: opt.MaxFree, open: map[uint64]*File{}, dirs: map[string]*session{},
	}
	s.ended = sync.NewCond(&s.mu)
	return s
}

// Dir is the session's folder in the best root that works, made if need be: a
// private place for pipes.
func (s *Store) Dir() (string, error) {
	var errs []error
	for _, r := range s.roots {
		d, err := s.session(r)
		if err == nil {
			return d.dir, nil
		}
		errs = append(errs, err)
	}
	return "", errors.Join(errs...)
}

// Class is the size of the file that a need of n bytes gets, so that frames of about
// the same size share files: rounded up to 64 KiB, and to an eighth of the size above
// half a MiB.
func Class(n uint64) uint64 {
	step := uint64(64 << 10)
	for step*16 <= n {
		step *= 2
	}
	return (max(n, 1) + step - 1) / step * step
}

// Reserve returns a file of at least n bytes with one reference, lent to a worker. Of
// the files that can be reused, one that prefer likes goes first; prefer may be nil. It
// takes milliseconds where the pages of a large file have to be made.
func (s *Store) Reserve(n uint64, prefer func(id uint64) bool) (*File, error) {
	if n > 1<<62 {
		return nil, &FullError{Bytes: n, Err: errors.New("more than there can be"), Dir: s.roots[0]}
	}
	size := Class(n)
	for try := 0; ; try++ {
		f, id, gone, err := s.claim(size, prefer)
		if f != nil || err != nil {
			return f, err
		}
		if f, err = s.create(id, size); err == nil {
			return s.keep(f)
		}
		s.mu.Lock()
		s.used -= size
		if try < maxTries && s.yield(err, gone) {
			continue
		}
		err = s.noRoom(err, size)
		s.mu.Unlock()
		return nil, err
	}
}

// maxTries is how often room is made for one file: another goroutine may take it.
const maxTries = 3

// yield frees unused resources of the kind whose lack the error of a failed file names, and
// then releases the lock, which is held; false: there is nothing to free, and nothing went
// in the background since the file was claimed.
func (s *Store) yield(err error, gone int) bool {
	if lacksDescriptor(err) && s.detach() > 0 {
		s.mu.Unlock()
		return true
	}
	var full *FullError
	if !errors.As(err, &full) && !errors.Is(err, ErrNoMapping) && !lacksDescriptor(err) {
		return false
	}
	if len(s.free) == 0 && s.ending == 0 && s.gone == gone {
		return false
	}
	// What is kept for reuse may be all that is missing.
	victims := s.evict(len(s.free))
	for s.ending > 0 {
		s.ended.Wait()
	}
	s.mu.Unlock()
	s.destroy(victims)
	return true
}

// noRoom is the error of a file for which no room can be made. The lock is held.
func (s *Store) noRoom(err error, size uint64) error {
	var full *FullError
	switch {
	case errors.As(err, &full):
		s.budget = min(s.budget, max(s.used, size/2))
		return full
	case lacksDescriptor(err) && s.used > 0:
		return fmt.Errorf("%w: %w", ErrNoRoom, err)
	}
	return err
}

// claim takes a free file, or counts one that is to be made under the returned ID; gone is
// how often files had gone in the background by then.
func (s *Store) claim(size uint64, prefer func(uint64) bool) (f *File, id uint64, gone int, err error) {
	s.mu.Lock()
	if s.closed {
		s.mu.Unlock()
		return nil, 0, 0, os.ErrClosed
	}
	if s.used > 0 && s.used+size > s.budget {
		s.mu.Unlock()
		return nil, 0, 0, ErrNoRoom
	}
	if f := s.takeFree(size, prefer); f != nil {
		s.mu.Unlock()
		return f, 0, 0, nil
	}
	surplus := 0
	for sum := s.used + s.idle + size; surplus < len(s.free) && sum > s.budget; surplus++ {
		sum -= s.free[surplus].Size
	}
	victims := s.evict(surplus)
	s.used += size
	s.nextID++
	id, gone = s.nextID, s.gone
	s.mu.Unlock()
	s.destroy(victims)
	return nil, id, gone, nil
}

// keep hands out a file that was made, unless the store was closed meanwhile.
func (s *Store) keep(f *File) (*File, error) {
	s.mu.Lock()
	closed := s.closed
	if closed {
		s.used -= f.Size
	} else {
		s.open[f.ID] = f
	}
	s.mu.Unlock()
	if closed {
		s.destroy([]*File{f})
		return nil, os.ErrClosed
	}
	return f, nil
}

func (s *Store) takeFree(size uint64, prefer func(uint64) bool) *File {
	best := -1
	for i, f := range s.free {
		if f.Size != size {
			continue
		}
		if best < 0 || prefer != nil && prefer(f.ID) {
			best = i
		}
		if prefer != nil && prefer(f.ID) {
			break
		}
	}
	if best < 0 {
		return nil
	}
	f := s.free[best]
	s.free = append(s.free[:best], s.free[best+1:]...)
	s.idle -= size
	s.used += size
	f.refs, f.lent = 1, 1
	s.open[f.ID] = f
	return f
}

func (s *Store) session(root string) (*session, error) {
	s.dirMu.Lock()
	defer s.dirMu.Unlock()
	if s.dirs == nil {
		return nil, os.ErrClosed
	}
	if d := s.dirs[root]; d != nil {
		if _, err := os.Stat(d.dir); err == nil {
			return d, nil
		}
		d.lock.Close() // a cleaner of temporary folders was here
		delete(s.dirs, root)
	}
	d, err := newSession(root)
	if err == nil {
		s.dirs[root] = d
	}
	return d, err
}

// Dropped is the IDs of the files dropped since the last call, which workers may
// have mapped.
func (s *Store) Dropped() []uint64 {
	s.mu.Lock()
	defer s.mu.Unlock()
	ids := s.dropped
	s.dropped = nil
	return ids
}

// SetBudget changes the budget; files in use stay.
func (s *Store) SetBudget(bytes uint64) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.budget = bytes
	s.shrink()
}

// Usage is bytes in use, kept for reuse, and the budget.
func (s *Store) Usage() (used, idle, budget uint64) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.used, s.idle, s.budget
}

// Close drops what is free and removes the folders; files in use go with their
// last reference.
func (s *Store) Close() error {
	s.mu.Lock()
	s.closed = true
	victims := s.evict(len(s.free))
	for s.ending > 0 {
		s.ended.Wait()
	}
	s.mu.Unlock()
	s.destroy(victims)

	s.dirMu.Lock()
	defer s.dirMu.Unlock()
	var errs []error
	for _, d := range s.dirs {
		errs = append(errs, d.remove())
	}
	s.dirs = nil
	return errors.Join(errs...)
}
