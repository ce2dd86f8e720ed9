package session

import (
	"sync/atomic"

	"iceexplorer/app/inspect"
	"iceexplorer/cache"
	"iceexplorer/jobs"
)

// State of a frame, which is kept here and nowhere else. States are ordered by how close the
// frame is to being seen as it was meant, the farthest first.
type State uint8

const (
	Absent  State = iota // not in memory and not requested
	Queued               // requested
	Loading              // a worker is reading it
	Failed               // could not be read
	Partial              // drawable as far as it could be read: its file is damaged
	Scratch              // drawable, decoded into scratch memory
	Mapped               // drawable, in a mapped .sih5
	numStates
)

var stateNames = [numStates]string{"absent", "queued", "loading", "failed", "partial", "scratch", "mapped"}

func (s State) String() string { return stateNames[s] }

// Drawable reports whether there is a frame to show.
func (s State) Drawable() bool { return s == Partial || s == Scratch || s == Mapped }

// Done reports whether the state will not change of its own accord.
func (s State) Done() bool { return s.Drawable() || s == Failed }

// States lists all states.
func States() []State { return []State{Absent, Queued, Loading, Failed, Partial, Scratch, Mapped} }

// Layer is one sequence that is open.
type Layer struct {
	ID      int
	Seq     cache.Sequence
	Visible bool // it is shown: not hidden, nor is another shown alone

	title  string // as the user calls it; "": as its files are called
	hidden bool   // by the user
	solo   bool   // it is shown alone, with others that are
	locked bool

	place     uint64 // among the layers
	timing    Timing
	numbers   []cache.Number // the session's, of slots; nil: those of their frames
	slots     []slot
	noConvert string // why frames of this layer are no longer converted
	largest   uint64 // bytes of the largest frame met in scratch memory
	counts    [numStates]int

	queued     map[cache.Number]struct{} // frames in that state
	converting int                       // frames with a conversion under way
	unverified int                       // slots before it need not be verified

	survey  *inspect.Survey
	edition uint64 // counts changes of files

	selection selection

	last       *shared // shown last
	lastNumber cache.Number
	columns    []string // attributes of it that were brought into memory
	drawn      []string // attributes that are, since Redrawn
	pageIns    []*pageIn
	arrived    *pageIn // came into memory, too late to be shown at once
}

// slot is a frame of a layer.
type slot struct {
	state      State // where the frame is; not Partial
	told       State // what users are told: the state, or Partial
	shared     *shared
	job        jobs.ID // Load under way
	convert    jobs.ID // Convert under way
	measure    jobs.ID // Measure under way
	failure    string
	source     cache.Stamp
	bytes      uint64 // in scratch memory
	sourceOnly bool   // the converted file has failed and is not used

	unmeasured string // why the frame could not be measured
	verified   bool   // what is mapped was held against its checksums
}

// State of a layer's frame with the given number; ok is false if the layer has no
// such frame.
func (l *Layer) State(number cache.Number) (State, bool) {
	i := l.Seq.Find(number)
	if i < 0 {
		return Absent, false
	}
	return l.slots[i].told, true
}

// Counts is the number of frames in each state.
func (l *Layer) Counts() map[State]int {
	m := map[State]int{}
	for s, n := range l.counts {
		m[State(s)] = n
	}
	return m
}

// Count is how many frames are in one state.
func (l *Layer) Count(s State) int { return l.counts[s] }

// Failure says why a frame failed; "" if it did not.
func (l *Layer) Failure(number cache.Number) string {
	if i := l.Seq.Find(number); i >= 0 {
		return l.slots[i].failure
	}
	return ""
}

// Damage says what is wrong with a frame's file; nil if it is intact or not there.
func (l *Layer) Damage(number cache.Number) *cache.Damage {
	if f := l.Frame(number); f != nil {
		return f.Damage
	}
	return nil
}

// NoConvert is why frames of the layer are no longer converted; "" if they are.
func (l *Layer) NoConvert() string { return l.noConvert }

// Frame is the layer's frame with the given number, nil if it is not drawable. It
// may be used until the session's next call.
func (l *Layer) Frame(number cache.Number) *cache.Frame {
	if i := l.Seq.Find(number); i >= 0 && l.slots[i].shared != nil {
		return l.slots[i].shared.frame
	}
	return nil
}

// AcquireShown is Acquire of the frame that is shown of the layer, which may have gone from
// its place meanwhile.
func (l *Layer) AcquireShown() (f *cache.Frame, release func()) {
	h := l.last
	if h == nil {
		return nil, func() {}
	}
	h.refs.Add(1)
	return h.frame, h.release
}

// Edition is another number once files of the layer have changed.
func (l *Layer) Edition() uint64 { return l.edition }

// shared is a frame with its users: the slot that shows it, and whoever acquired it for work
// beside the session's goroutine.
type shared struct {
	frame *cache.Frame
	key   uint64 // never used for another frame
	refs  atomic.Int32

	fetched int // Session.drawing when it was brought into memory, since the head was there last; 0: it was not
}

func (h *shared) release() {
	if h.refs.Add(-1) == 0 {
		h.frame.Close() // this only unmaps; there is nobody to tell of an error
	}
}

// Acquire is Frame for use beside the session's goroutine: the frame stays open until release
// is called, once, from any goroutine.
func (l *Layer) Acquire(number cache.Number) (f *cache.Frame, release func()) {
	i := l.Seq.Find(number)
	if i < 0 || l.slots[i].shared == nil {
		return nil, func() {}
	}
	h := l.slots[i].shared
	h.refs.Add(1)
	return h.frame, h.release
}
