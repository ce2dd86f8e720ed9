package session

import (
	"errors"
	"slices"

	"iceexplorer/app/inspect"
	"iceexplorer/app/inspect/frames"
	"iceexplorer/app/inspect/profile"
	"iceexplorer/cache"
	"iceexplorer/jobs"
)

// borrower stands for a layer in requests for borrowed frames.
const borrower = -1

// borrowPriority is behind all frames to be shown.
const borrowPriority = 1 << 30

// Borrow lends one of the layer's frames for work beside the session's goroutine: at once if
// it is in memory, or else after it has been read for this work alone. done is called once,
// on the session's goroutine, with an error or with a frame that stays open until release
// is called, once, from any goroutine. It is not called after cancel, which may be called
// at any time.
func (s *Session) Borrow(l *Layer, number cache.Number, done func(f *cache.Frame, release func(), err error)) (cancel func()) {
	i := l.Seq.Find(number)
	switch {
	case i < 0:
		done(nil, nil, errors.New("the sequence has no such frame"))
	case l.slots[i].shared != nil:
		f, release := l.Acquire(number)
		done(f, release, nil)
	case l.slots[i].failure != "":
		done(nil, nil, errors.New(l.slots[i].failure))
	default:
		return s.borrow(l, i, done)
	}
	return func() {}
}

func (s *Session) borrow(l *Layer, i int, done func(f *cache.Frame, release func(), err error)) (cancel func()) {
	f := l.Seq.Frames[i]
	b := &borrowing{}
	b.request = jobs.Request{
		Task: jobs.Load, Layer: borrower, Frame: f.Number, Priority: borrowPriority,
		Source: f.Source, Converted: f.Converted, SourceOnly: l.slots[i].sourceOnly,
		Done: func(r jobs.Result) {
			s.post(func() {
				switch {
				case b.canceled && r.Frame != nil:
					r.Frame.Close()
				case b.canceled:
				case jobs.CodeOf(r.Err) == jobs.CodeBudget && s.loading():
					s.borrowings = append(s.borrowings, b) // one that comes can make room
				case r.Err != nil:
					done(nil, nil, r.Err)
				default:
					done(r.Frame, func() { r.Frame.Close() }, nil)
				}
			})
		},
	}
	b.id = s.pool.Submit(b.request)
	return func() {
		b.canceled = true
		s.pool.Cancel(b.id)
	}
}

// Lend is told when frames are going to be borrowed one after the other, and when that is
// over. Between the two only frames under the play head are loaded: what makes room for
// one that is borrowed would come back before the next.
func (s *Session) Lend(on bool) {
	if on {
		s.lending++
		return
	}
	s.lending--
	s.pump()
}

// borrowing is a frame that is read to be borrowed.
type borrowing struct {
	request  jobs.Request
	id       jobs.ID
	canceled bool
}

// lend asks again for frames to be borrowed that found no room.
func (s *Session) lend() {
	waiting := s.borrowings
	s.borrowings = nil
	for _, b := range waiting {
		if !b.canceled {
			b.id = s.pool.Submit(b.request)
		}
	}
}

// loading reports whether frames that are to be shown are on their way.
func (s *Session) loading() bool {
	return slices.ContainsFunc(s.layers, func(l *Layer) bool { return l.counts[Queued]+l.counts[Loading] > 0 })
}

// Profile is how something changes over all frames of the layer, as far as they are
// measured.
func (l *Layer) Profile(of profile.Of) *profile.Curve {
	numbers := make([]cache.Number, len(l.Seq.Frames))
	for i := range numbers {
		numbers[i] = l.Seq.Frames[i].Number
	}
	return profile.Make(l.survey, numbers, of)
}

// Range is the range of an attribute's component, or of its magnitude, in all frames of
// the layer that are measured.
func (l *Layer) Range(name string, component int) inspect.Span {
	return l.survey.Range(name, component)
}

// Has counts the layer's frames that are known to have an attribute for points.
func (l *Layer) Has(name string) int {
	have, _ := l.survey.Has(name)
	return have
}

// Measured counts the layer's frames that are fully known.
func (l *Layer) Measured() int { return l.survey.Count() }

// Generation changes when frames of the layer turn out to hold other values than before.
func (l *Layer) Generation() uint64 { return l.survey.Forgotten() }

// LoadedPoints is how many points the layer's frames have, and whether all of them are in
// memory.
func (l *Layer) LoadedPoints() (n uint64, all bool) {
	all = true
	for i := range l.slots {
		if h := l.slots[i].shared; h != nil {
			n += uint64(h.frame.Header.Points)
		} else {
			all = false
		}
	}
	return n, all
}

// Lookup tells the values of an attribute's component in frames of the layer. It may be
// used until the session's next call.
func (l *Layer) Lookup(name string, component int) func(cache.Number) (inspect.Values, inspect.Known) {
	return l.survey.Lookup(name, component)
}

// Files are the layer's frames as they can be loaded from any goroutine.
func (l *Layer) Files() []frames.File {
	files := frames.Of(&l.Seq)
	for i := range files {
		files[i].SourceOnly = l.slots[i].sourceOnly
	}
	return files
}
