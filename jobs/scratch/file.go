package scratch

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"syscall"

	"github.com/edsrzf/mmap-go"

	"iceexplorer/cache/refusal"
)

// File is one mapped scratch file. Its owner calls Release once.
type File struct {
	ID   uint64
	Size uint64 // bytes mapped
	Path string // what a worker opens, while the file is lent; "" where it is handed over

	store *Store
	mem   mmap.MMap
	// Guarded by store.mu while the file is in use.
	file *os.File // nil: its descriptor was needed elsewhere
	refs int
	lent int // to workers that may open it
}

// Bytes is the mapping.
func (f *File) Bytes() []byte { return f.mem }

// create makes a file in the best root that takes it.
func (s *Store) create(id, size uint64) (f *File, err error) {
	if !s.mappings.Take() {
		return nil, ErrNoMapping
	}
	for _, root := range s.roots {
		if f, err = s.createIn(root, id, size); err == nil {
			return f, nil
		}
		if lacksDescriptor(err) || errors.Is(err, ErrNoMapping) {
			break // another root lacks it too
		}
	}
	s.mappings.Give()
	return nil, err
}

func (s *Store) createIn(root string, id, size uint64) (*File, error) {
	d, err := s.session(root)
	if err != nil {
		return nil, err
	}
	path := filepath.Join(d.dir, fmt.Sprintf("scratch%d", id))
	file, err := createFile(path)
	if err != nil {
		return nil, fmt.Errorf("make a scratch file: %w", err)
	}
	if scarce(file, s.spare) {
		return nil, errors.Join(fmt.Errorf("make a scratch file: %w", syscall.EMFILE), file.Close())
	}
	f := &File{ID: id, Size: size, store: s, file: file, refs: 1, lent: 1}
	if err := reserve(file, int64(size)); err != nil {
		return nil, errors.Join(&FullError{Bytes: size, Err: err, Dir: d.dir}, file.Close())
	}
	if f.mem, err = mmap.Map(file, mmap.RDWR, 0); err != nil {
		if refusal.NoMemory(err) {
			err = ErrNoMapping
		}
		return nil, errors.Join(fmt.Errorf("map a scratch file: %w: %s", err, path), file.Close())
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
// dropped. It does not wait for memory to be unmapped, unless the store is closed.
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
	delete(s.open, f.ID)
	switch {
	case s.closed:
		s.destroy([]*File{f})
		f.leave()
	case f.file == nil: // no worker could open it
		s.dropped = append(s.dropped, f.ID)
		s.end([]*File{f})
	default:
		s.idle += f.Size
		s.free = append(s.free, f)
		s.shrink()
	}
}

// shrink drops the oldest files beyond what may be kept for reuse, in the background.
// The lock is held.
func (s *Store) shrink() {
	surplus := max(len(s.free)-s.maxFree, 0)
	sum := s.used + s.idle
	for i, f := range s.free {
		if i >= surplus && sum <= s.budget {
			break
		}
		sum -= f.Size
		surplus = max(surplus, i+1)
	}
	if victims := s.evict(surplus); len(victims) > 0 {
		s.end(victims)
	}
}

// end destroys files in the background. The lock is held.
func (s *Store) end(victims []*File) {
	s.ending++
	go func() {
		s.destroy(victims)
		s.mu.Lock()
		s.ending--
		s.gone++
		s.ended.Broadcast()
		s.mu.Unlock()
	}()
}

// evict takes out the n files that have been free for longest; the caller destroys
// them. The lock is held.
func (s *Store) evict(n int) []*File {
	victims := slices.Clone(s.free[:n])
	s.free = slices.Delete(s.free, 0, n)
	for _, f := range victims {
		s.idle -= f.Size
		s.dropped = append(s.dropped, f.ID)
	}
	return victims
}

// destroy unmaps and closes; on errors there is nothing better to do than to go on.
// The memory is free at once, also where a worker has it mapped still.
func (s *Store) destroy(files []*File) {
	for _, f := range files {
		if f.file == nil {
			discard(f.mem)
			f.mem.Unmap()
		} else {
			f.mem.Unmap()
			empty(f.file)
			f.file.Close()
		}
		s.mappings.Give()
	}
}
