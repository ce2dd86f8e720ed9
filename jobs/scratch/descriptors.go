package scratch

import (
	"cmp"
	"slices"

	"iceexplorer/cache/refusal"
)

// Workers open a file through its descriptor. A process has a limited number of descriptors,
// on Linux sometimes only 1,024, and needs others for pipes, dialogs and pictures; the
// mapping of a frame needs none. So the store leaves some free: when they run short it
// closes those of files that no worker is about to open.

func lacksDescriptor(err error) bool { return refusal.NoDescriptor(err) }

// Lend says that a worker is about to open the file; false: it no longer can. Each Lend, and
// the one of Reserve, is followed by a Return or the last Release.
func (f *File) Lend() bool {
	f.store.mu.Lock()
	defer f.store.mu.Unlock()
	if f.file == nil {
		return false
	}
	f.lent++
	return true
}

// Return says that the worker is done with the file.
func (f *File) Return() {
	f.store.mu.Lock()
	f.lent--
	f.store.mu.Unlock()
}

// FreeDescriptors closes some that no worker needs, and reports whether there were any.
func (s *Store) FreeDescriptors() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.detach() > 0
}

// detachBatch is how many descriptors are closed at a time.
const detachBatch = 32

// detach closes descriptors of files that are lent to nobody, and returns how many. The
// files of frames that wait for their conversion have more than one reference: they go
// last, those that will be converted first, the oldest, at the very end. The lock is held.
func (s *Store) detach() int {
	var files []*File
	for _, f := range s.open {
		if f.lent == 0 {
			files = append(files, f)
		}
	}
	slices.SortFunc(files, func(a, b *File) int {
		return cmp.Or(cmp.Compare(a.refs, b.refs), cmp.Compare(b.ID, a.ID))
	})
	files = files[:min(len(files), detachBatch)]
	for _, f := range files {
		f.file.Close() // the mapping holds the memory
		f.file = nil
		delete(s.open, f.ID)
	}
	return len(files)
}
