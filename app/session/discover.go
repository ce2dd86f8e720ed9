package session

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"time"

	"iceexplorer/app/disk"
	"iceexplorer/cache"
	"iceexplorer/cache/pathname"
	"iceexplorer/cache/unit"
)

// Reading is a search of folders and files under way beside the session's goroutine.
type Reading struct {
	Name  string // of what is being read, for people
	Since time.Time

	layer  *Layer // being reloaded; nil: paths are being opened
	place  uint64 // of the layers to come, relative to those of other calls
	cancel context.CancelFunc
	ended  func([]*Layer, error) // may be nil

	Remedy // where it comes to nothing
}

// errCanceled is given to those who wait for folders that are not read to the end.
var errCanceled = errors.New("canceled")

// Discover begins to find, beside the session's goroutine, the sequences that paths lead to.
// Each becomes a layer, in the order of the calls. Paths that lead nowhere become messages,
// as do files of a folder that are not opened. In the end ended, which may be nil, gets the
// layers, or why there are none.
func (s *Session) Discover(ended func([]*Layer, error), paths ...string) {
	s.place++
	r := &Reading{Name: nameOf(paths), place: s.place, ended: ended}
	if r.Retry = func() { s.Discover(ended, paths...) }; len(paths) == 1 {
		r.Path = paths[0]
	}
	s.read(r, paths...)
}

// nameOf is the name of paths while they are being read.
func nameOf(paths []string) string {
	switch {
	case len(paths) == 0:
		return ""
	case len(paths) > 1:
		return unit.Count(len(paths)) + " files and folders"
	case cache.IsCacheFile(paths[0]):
		return pathname.Display(filepath.Base(paths[0]))
	}
	return "folder " + pathname.Display(filepath.Base(paths[0]))
}

// Find looks for sequences in a way of the caller's, beside the session's goroutine: look does
// so. What it returns is called on that goroutine, unless somebody has canceled, and tells the
// sequences to open, in the order of their layers; they have their place among what other calls
// open. In the end ended gets the layers, or the error of look.
func (s *Session) Find(name string, look func(disk.Disk) (found func() []cache.Sequence, err error), ended func([]*Layer, error)) {
	s.place++
	r := &Reading{Name: name, place: s.place, ended: ended}
	s.begin(r, func(d disk.Disk) func() {
		found, err := look(d)
		return func() { s.foundTo(r, found, err) }
	})
}

// foundTo opens what was found, unless it is no longer wanted.
func (s *Session) foundTo(r *Reading, found func() []cache.Sequence, err error) {
	if !s.endReading(r) {
		return
	}
	if err != nil {
		r.ended(nil, err)
		return
	}
	r.ended(s.add(found(), r.place), nil)
}

// read looks at paths beside the session's goroutine, and brings back what it found.
func (s *Session) read(r *Reading, paths ...string) {
	s.begin(r, func(d disk.Disk) func() {
		finder := cache.Finder{Disk: d}
		found, err := finder.Discover(paths...)
		return func() { s.readTo(r, found, err) }
	})
}

// begin runs a search beside the session's goroutine, and there what it returns.
func (s *Session) begin(r *Reading, search func(disk.Disk) (then func())) {
	var ctx context.Context
	ctx, r.cancel = context.WithCancel(context.Background())
	r.Since = time.Now()
	s.readings = append(s.readings, r)
	go func() {
		then := search(disk.Until(ctx, s.opt.Disk))
		s.post(then)
	}()
	s.changed(Drawn)
}

// readTo takes the results, unless they are no longer wanted.
func (s *Session) readTo(r *Reading, found cache.Found, err error) {
	if !s.endReading(r) {
		return
	}
	var layers []*Layer
	if r.layer != nil {
		s.reloaded(r.layer, found)
	} else {
		layers, err = s.opened(found, err, r)
	}
	if r.ended != nil {
		r.ended(layers, err)
	}
}

// endReading takes a reading off the list; false: it was canceled.
func (s *Session) endReading(r *Reading) bool {
	i := slices.Index(s.readings, r)
	if i < 0 {
		return false
	}
	s.readings = slices.Delete(s.readings, i, i+1)
	r.cancel()
	s.changed(Drawn)
	return true
}

// opened adds the layers that paths have led to. The error is the last reason why there are
// none; all reasons become messages.
func (s *Session) opened(found cache.Found, err error, r *Reading) ([]*Layer, error) {
	if len(found.Sequences) > 0 {
		s.Settle(About("open"))
	}
	if err != nil {
		for _, e := range unjoin(err) {
			s.TellWith(About("open"), Error, e.Error(), r.Remedy)
			err = e
		}
	}
	s.tellLeft(found.Notes, Info)
	layers := s.add(found.Sequences, r.place)
	if len(layers) > 0 {
		err = nil
	}
	return layers, err
}

func unjoin(err error) []error {
	if j, ok := err.(interface{ Unwrap() []error }); ok {
		return j.Unwrap()
	}
	return []error{err}
}

// Readings are the searches under way, the oldest first.
func (s *Session) Readings() []*Reading { return s.readings }

// ReadingText says what is being read; "" if nothing is.
func (s *Session) ReadingText() string {
	switch n := len(s.readings); n {
	case 0:
		return ""
	case 1:
		return "Reading " + s.readings[0].Name + "..."
	default:
		return fmt.Sprintf("Reading %s and %d more...", s.readings[0].Name, n-1)
	}
}

// CancelReadings abandons everything being read: what is open stays as it is.
func (s *Session) CancelReadings() {
	for len(s.readings) > 0 {
		s.cancelReading(s.readings[0], true)
	}
}

// cancelReading ends a reading without a result. If the system does not answer, the
// goroutine stays until it does, and nobody waits for it.
func (s *Session) cancelReading(r *Reading, tell bool) {
	if !s.endReading(r) {
		return
	}
	if tell {
		s.Tell(Info, "Canceled reading "+r.Name)
	}
	if r.ended != nil {
		r.ended(nil, fmt.Errorf("read %s: %w", r.Name, errCanceled))
	}
}

// cancelReadingOf ends the reading of a layer that is reloaded again or closed.
func (s *Session) cancelReadingOf(l *Layer) {
	if i := slices.IndexFunc(s.readings, func(r *Reading) bool { return r.layer == l }); i >= 0 {
		s.cancelReading(s.readings[i], false)
	}
}
