// Package scratch makes the mapped files that workers decode into.
//
// A file is reserved in full before anybody maps it (a full disk is an error here,
// not a SIGBUS later), in a memory-backed folder where there is one. Files are
// kept and reused by size class: touching fresh pages costs a fifth of a decode,
// and a worker that has a file mapped already gets it again.
//
// Nothing outlives the session. On Linux a file loses its name as soon as it is
// made; workers open it through the descriptor of the window's process
// (/proc/PID/fd/N), so that even SIGKILL of every process at once leaves nothing:
// the kernel frees it with the last mapping. Elsewhere files keep their names in
// the session's folder (Windows: delete on close). In either case the folder is
// held by a lock, and every start removes the folders whose lock is free.
package scratch

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sync"

	"github.com/edsrzf/mmap-go"
)

// ErrNoRoom says that the budget is used up by files in use. It passes when one
// is released.
var ErrNoRoom = errors.New("scratch budget is used up")

// FullError says that the disk (or memory) behind the folders is full. The budget
// has been cut to what is in use.
type FullError struct {
	Bytes uint64
	Err   error
	Dir   string
}

func (e *FullError) Error() string {
	return fmt.Sprintf("reserve %d bytes of scratch memory: %v: %s", e.Bytes, e.Err, e.Dir)
}

func (e *FullError) Unwrap() error { return e.Err }

// Store is the scratch memory of one session. It is safe for concurrent use.
type Store struct {
	roots []string // candidates, best first

	mu      sync.Mutex
	dirs    map[string]*session // by root, made when first needed
	budget  uint64
	used    uint64 // bytes of files in use
	idle    uint64 // bytes of files kept for reuse
	free    []*File
	dropped []uint64 // IDs that workers may unmap
	maxFree int
	nextID  uint64
	closed  bool
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
}

// Open reclaims what dead sessions left in the roots. Folders are made when the
// first file is.
func Open(opt Options) *Store {
	if opt.Roots == nil {
		opt.Roots = DefaultRoots()
	}
	for _, r := range opt.Roots {
		reclaim(r)
	}
	return &Store{roots: opt.Roots, budget: opt.Budget, maxFree: opt.MaxFree, dirs: map[string]*session{}}
}

// File is one mapped scratch file. Its owner calls Release once.
type File struct {
	ID   uint64
	Size uint64 // bytes mapped
	Path string // what a worker opens

	store *Store
	file  *os.File
	mem   mmap.MMap
	refs  int // guarded by store.mu
}

// Bytes is the mapping.
func (f *File) Bytes() []byte { return f.mem }

// Dir is the session's folder in the best root that works, made if need be: a
// private place for pipes.
func (s *Store) Dir() (string, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
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

// class rounds a need up so that frames of about the same size share files: to
// 64 KiB, and to an eighth of the size above half a MiB.
func class(n uint64) uint64 {
	step := uint64(64 << 10)
	for step*16 <= n {
		step *= 2
	}
	return (max(n, 1) + step - 1) / step * step
}

// Reserve returns a file of at least n bytes with one reference. Of the files that
// can be reused, one that prefer likes goes first; prefer may be nil.
func (s *Store) Reserve(n uint64, prefer func(id uint64) bool) (*File, error) {
	if n > 1<<62 {
		return nil, &FullError{Bytes: n, Err: errors.New("more than there can be"), Dir: s.roots[0]}
	}
	size := class(n)
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed {
		return nil, os.ErrClosed
	}
	if f := s.takeFree(size, prefer); f != nil {
		return f, nil
	}
	if s.used > 0 && s.used+size > s.budget {
		return nil, ErrNoRoom
	}
	for len(s.free) > 0 && s.used+s.idle+size > s.budget {
		s.drop(0)
	}
	var last error
	for _, root := range s.roots {
		f, err := s.create(root, size)
		if err == nil {
			s.used += size
			return f, nil
		}
		last = err
	}
	s.budget = min(s.budget, max(s.used, size/2))
	var full *FullError
	if errors.As(last, &full) {
		return nil, full
	}
	return nil, last
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
	if best < 0 || s.used > 0 && s.used+size > s.budget {
		return nil
	}
	f := s.free[best]
	s.free = append(s.free[:best], s.free[best+1:]...)
	s.idle -= size
	s.used += size
	f.refs = 1
	return f
}

func (s *Store) session(root string) (*session, error) {
	if d := s.dirs[root]; d != nil {
		return d, nil
	}
	d, err := newSession(root)
	if err == nil {
		s.dirs[root] = d
	}
	return d, err
}

func (s *Store) create(root string, size uint64) (*File, error) {
	d, err := s.session(root)
	if err != nil {
		return nil, err
	}
	s.nextID++
	path := filepath.Join(d.dir, fmt.Sprintf("scratch%d", s.nextID))
	file, err := createFile(path)
	if err != nil {
		return nil, fmt.Errorf("make a scratch file: %w", err)
	}
	f := &File{ID: s.nextID, Size: size, store: s, file: file, refs: 1}
	if err := reserve(file, int64(size)); err != nil {
		return nil, errors.Join(&FullError{Bytes: size, Err: err, Dir: d.dir}, file.Close(), removeName(path))
	}
	if f.mem, err = mmap.Map(file, mmap.RDWR, 0); err != nil {
		return nil, errors.Join(fmt.Errorf("map a scratch file: %w: %s", err, path), file.Close(), removeName(path))
	}
	advise(f.mem)
	f.Path = publish(file, path)
	return f, nil
}

// Retain adds a reference.
func (f *File) Retain() {
	f.store.mu.Lock()
	f.refs++
	f.store.mu.Unlock()
}

// Release gives a reference back; with the last one the file is kept for reuse or
// dropped.
func (f *File) Release() {
	s := f.store
	s.mu.Lock()
	defer s.mu.Unlock()
	if f.refs--; f.refs > 0 {
		return
	}
	if f.refs < 0 {
		panic("scratch: file released more often than retained")
	}
	s.used -= f.Size
	if s.closed {
		f.destroy()
		return
	}
	s.idle += f.Size
	s.free = append(s.free, f)
	for len(s.free) > s.maxFree || len(s.free) > 0 && s.used+s.idle > s.budget {
		s.drop(0)
	}
}

// drop ends free file i.
func (s *Store) drop(i int) {
	f := s.free[i]
	s.free = append(s.free[:i], s.free[i+1:]...)
	s.idle -= f.Size
	s.dropped = append(s.dropped, f.ID)
	f.destroy()
}

// Dropped is the IDs of the files dropped since the last call: workers that have
// them mapped keep their memory alive until they unmap them.
func (s *Store) Dropped() []uint64 {
	s.mu.Lock()
	defer s.mu.Unlock()
	ids := s.dropped
	s.dropped = nil
	return ids
}

// destroy unmaps and closes; on errors there is nothing better to do than to go on.
func (f *File) destroy() {
	f.mem.Unmap()
	f.file.Close()
	removeName(f.file.Name())
}

// Trim drops the files kept for reuse.
func (s *Store) Trim() {
	s.mu.Lock()
	defer s.mu.Unlock()
	for len(s.free) > 0 {
		s.drop(0)
	}
}

// SetBudget changes the budget; files in use stay.
func (s *Store) SetBudget(bytes uint64) {
	s.mu.Lock()
	s.budget = bytes
	s.mu.Unlock()
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
	s.Trim()
	s.mu.Lock()
	defer s.mu.Unlock()
	s.closed = true
	var errs []error
	for root, d := range s.dirs {
		errs = append(errs, os.RemoveAll(d.dir), d.lock.Close())
		delete(s.dirs, root)
	}
	return errors.Join(errs...)
}

// Mapping is a worker's mapping of a scratch file.
type Mapping struct{ mem mmap.MMap }

// Map opens and maps a file by the Path and Size its owner told.
func Map(path string, size uint64) (*Mapping, error) {
	f, err := openFile(path)
	if err != nil {
		return nil, fmt.Errorf("open scratch file: %w", err)
	}
	defer f.Close()
	st, err := f.Stat()
	if err != nil {
		return nil, fmt.Errorf("open scratch file: %w", err)
	}
	if uint64(st.Size()) < size || size == 0 {
		return nil, fmt.Errorf("scratch file has %d bytes, not %d: %s", st.Size(), size, path)
	}
	m, err := mmap.MapRegion(f, int(size), mmap.RDWR, 0, 0)
	if err != nil {
		return nil, fmt.Errorf("map scratch file: %w: %s", err, path)
	}
	advise(m)
	return &Mapping{m}, nil
}

// Bytes is the mapping.
func (m *Mapping) Bytes() []byte { return m.mem }

// Close unmaps.
func (m *Mapping) Close() error { return m.mem.Unmap() }
