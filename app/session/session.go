// Package session is what is open: layers (one sequence each), the state of every
// frame, messages, selection and the way things are looked at. It drives the pool:
// the frame under the play head first, then ahead in the direction of play, then
// the rest; conversion in the background.
//
// A Session belongs to one goroutine, the window's. Results of the pool reach it
// through the post function given to New. It knows neither giu nor OpenGL.
package session

import (
	"cmp"
	"log/slog"
	"path/filepath"
	"slices"
	"sync/atomic"

	"iceexplorer/app/inspect"
	"iceexplorer/app/player"
	"iceexplorer/cache"
	"iceexplorer/cache/atomicfile"
	"iceexplorer/jobs"
)

// State of a frame. A frame has one place where its state is kept: here. The order is
// from what is farthest from being seen as it was meant.
type State uint8

const (
	Absent  State = iota // not in memory, nothing asked for
	Queued               // asked for
	Loading              // a worker is at it
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

// Done reports whether nothing more will come of its own accord.
func (s State) Done() bool { return s.Drawable() || s == Failed }

// States lists all states.
func States() []State { return []State{Absent, Queued, Loading, Failed, Partial, Scratch, Mapped} }

// Pool is what a session needs of jobs.Pool.
type Pool interface {
	Submit(jobs.Request) jobs.ID
	Cancel(jobs.ID)
	CancelLayer(layer int)
	Reprioritise(func(*jobs.Request) int)
	Forgive(path string)
	Retry()
	Stats() jobs.Stats
}

// Layer is one sequence that is open.
type Layer struct {
	ID      int
	Seq     cache.Sequence
	Visible bool

	slots     []slot
	noConvert string // why frames of this layer are not converted any more
	largest   uint64 // bytes of the largest frame met in scratch memory
	counts    [numStates]int

	survey *inspect.Survey

	selection selection

	last       *shared // shown last
	lastNumber cache.Number
}

// slot is a frame of a layer.
type slot struct {
	state   State // where the frame is; not Partial
	told    State // what users are told: the state, or Partial
	shared  *shared
	job     jobs.ID // Load that is on its way
	convert jobs.ID // Convert that is on its way
	measure jobs.ID // Measure that is on its way
	failure string
	source  jobs.Stamp
	bytes   uint64 // in scratch memory
	foreign bool   // the converted file is not to be used: it failed

	unmeasured string // why the frame could not be measured
}

// Options of a Session.
type Options struct {
	Convert bool   // write .sih5 files in the background
	Budget  uint64 // bytes of scratch memory frames may hold
	Window  int    // how many loads are handed to the pool at a time; default 32
	Log     *slog.Logger
}

// Session is what is open. See the package comment for who may call it.
type Session struct {
	View View

	pool   Pool
	post   func(func())
	opt    Options
	layers []*Layer
	nextID int

	player *player.Player // over the union of all layers' frames

	lastKey  uint64
	version  uint64
	scratch  uint64 // bytes of scratch memory that frames hold
	room     room
	messages []Message
	totals   Totals
	paused   bool // Cancel was called: nothing is asked for until the head moves

	surveyed uint64 // counts changes of what is known of frames
	hurry    bool   // all frames are to be measured at once

	selections uint64 // counts changes of selections, so that each has a key of its own

	prefetches atomic.Int32 // goroutines that bring frames into memory

	subscribers []func(Change)
}

// Totals count what happened since the start.
type Totals struct {
	Decoded   int // frames gunzipped in this run
	Indexed   int // frames opened from a .sih5
	Converted int // .sih5 written
}

// New makes an empty session. post must run a function on the session's goroutine, soon.
func New(pool Pool, post func(func()), opt Options) *Session {
	if opt.Window <= 0 {
		opt.Window = 32
	}
	if opt.Log == nil {
		opt.Log = slog.New(slog.DiscardHandler)
	}
	s := &Session{pool: pool, post: post, opt: opt, player: player.New(), View: DefaultView(), room: room{bytes: opt.Budget}}
	s.player.Ready = s.Ready
	return s
}

// Open adds the sequences that the paths lead to, each as a layer, and returns
// them. Paths that lead nowhere become messages, and so does what is not opened of a
// folder.
func (s *Session) Open(paths ...string) []*Layer {
	found, err := cache.Discover(paths...)
	if len(found.Sequences) > 0 {
		s.Settle(About("open"))
	}
	if err != nil {
		for _, e := range unjoin(err) {
			s.TellOf(About("open"), Error, e.Error())
		}
	}
	s.tellLeft(found.Notes, Info)
	return s.Add(found.Sequences)
}

// Add adds sequences as layers. One that is open already is not opened twice: the
// frames it has more than the open one are added to that.
func (s *Session) Add(seqs []cache.Sequence) []*Layer {
	var out []*Layer
	for _, seq := range seqs {
		if l := s.find(seq); l != nil {
			s.merge(l, seq)
			l.Seq.Whole = l.Seq.Whole || seq.Whole
			out = append(out, l)
			continue
		}
		s.nextID++
		l := &Layer{ID: s.nextID, Seq: seq, Visible: true, slots: make([]slot, len(seq.Frames)), survey: inspect.NewSurvey()}
		l.counts[Absent] = len(l.slots)
		s.layers = append(s.layers, l)
		out = append(out, l)
		go sweep(seq.Dir)
		if n := seq.Missing(); n > 0 {
			s.Tell(Info, seq.Name+": "+seq.Label())
		}
	}
	s.paused = false
	s.reindex()
	s.pump()
	s.changed(everything)
	return out
}

// sweep removes what a process that was killed has left of conversions and exports.
func sweep(dir string) {
	atomicfile.Sweep(filepath.Join(dir, cache.ConvertedDir))
	atomicfile.Sweep(dir)
}

func (s *Session) find(seq cache.Sequence) *Layer {
	for _, l := range s.layers {
		if l.Seq.Same(&seq) {
			return l
		}
	}
	return nil
}

// merge adds the frames that the layer does not have. One that was found as all of its
// folder becomes what the folder holds now. Jobs know their frame by its number, so
// that those on their way find its new place.
func (s *Session) merge(l *Layer, seq cache.Sequence) {
	all := slices.Clone(seq.Frames)
	if !seq.Whole {
		all = slices.Clone(l.Seq.Frames)
		for _, f := range seq.Frames {
			if l.Seq.Find(f.Number) < 0 {
				all = append(all, f)
			}
		}
		slices.SortFunc(all, func(a, b cache.FrameFile) int { return cmp.Compare(a.Number, b.Number) })
	}
	slots := make([]slot, len(all))
	kept := make([]bool, len(l.slots))
	for k, f := range all {
		if i := l.Seq.Find(f.Number); i >= 0 && l.Seq.Frames[i] == f {
			slots[k], kept[i] = l.slots[i], true
		}
	}
	for i := range l.slots {
		if !kept[i] {
			s.drop(l, i)
		}
	}
	l.Seq.Frames, l.slots, l.counts = all, slots, [numStates]int{}
	for i := range slots {
		l.counts[slots[i].told]++
	}
}

// drop lets go of all there is of a frame that is no more, or in other files.
func (s *Session) drop(l *Layer, i int) {
	for _, id := range []jobs.ID{l.slots[i].job, l.slots[i].convert, l.slots[i].measure} {
		if id != 0 {
			s.pool.Cancel(id)
		}
	}
	s.free(l, i, Absent)
	s.forgetFacts(l, i)
}

func unjoin(err error) []error {
	if j, ok := err.(interface{ Unwrap() []error }); ok {
		return j.Unwrap()
	}
	return []error{err}
}

// CloseLayer removes a layer and frees its frames.
func (s *Session) CloseLayer(l *Layer) {
	i := slices.Index(s.layers, l)
	if i < 0 {
		return
	}
	s.pool.CancelLayer(l.ID)
	for k := range l.slots {
		s.free(l, k, Absent)
		s.forgetFacts(l, k)
	}
	l.forget()
	s.settleLayer(l)
	s.Settle(aboutSelection)                               // a part of it may be gone
	s.layers = slices.Concat(s.layers[:i], s.layers[i+1:]) // a new slice: somebody may be ranging over the old one
	s.reindex()
	s.pump()
	s.changed(everything)
}

// CloseAll removes every layer.
func (s *Session) CloseAll() {
	for len(s.layers) > 0 {
		s.CloseLayer(s.layers[0])
	}
}

// Layers are the open layers in the order they were opened.
func (s *Session) Layers() []*Layer { return s.layers }

// Version changes whenever the frames or the state of one do.
func (s *Session) Version() uint64 { return s.version }

// Totals is what happened since the start.
func (s *Session) Totals() Totals { return s.totals }

// State of a layer's frame with the given number; ok is false if the layer has no
// such frame.
func (l *Layer) State(number cache.Number) (State, bool) {
	i := l.Seq.Find(number)
	if i < 0 {
		return Absent, false
	}
	return l.slots[i].told, true
}

// Counts is how many frames are in each state.
func (l *Layer) Counts() map[State]int {
	m := map[State]int{}
	for s, n := range l.counts {
		m[State(s)] = n
	}
	return m
}

// Count is how many frames are in one state.
func (l *Layer) Count(s State) int { return l.counts[s] }

// Failure says why a frame failed, "" if it did not.
func (l *Layer) Failure(number cache.Number) string {
	if i := l.Seq.Find(number); i >= 0 {
		return l.slots[i].failure
	}
	return ""
}

// Damage says what is wrong with a frame's file, nil if it is whole or not there.
func (l *Layer) Damage(number cache.Number) *cache.Damage {
	if f := l.Frame(number); f != nil {
		return f.Damage
	}
	return nil
}

// NoConvert is why frames of the layer are not converted any more, "" if they are.
func (l *Layer) NoConvert() string { return l.noConvert }

// StateAt is the state that describes a frame number over all visible layers: that of
// the one which is farthest from being seen as it was meant. ok is false where no layer
// has the frame.
func (s *Session) StateAt(number cache.Number) (state State, ok bool) {
	state = numStates
	for _, l := range s.layers {
		if st, has := l.State(number); has && l.Visible {
			state, ok = min(state, st), true
		}
	}
	if !ok {
		state = Absent
	}
	return state, ok
}

// Ready reports whether nothing more will come for a frame number: every visible
// layer that has it shows it or has failed to. It is true as well where a frame can
// only come when the play head is on it, as there is no room for it beside the one
// that is there now.
func (s *Session) Ready(number cache.Number) bool {
	st, ok := s.StateAt(number)
	return !ok || st.Done() || st == Absent && s.mustGive(number)
}

// mustGive reports that a frame finds no room while the one under the head is kept.
func (s *Session) mustGive(number cache.Number) bool {
	head, _ := s.Number()
	if st, ok := s.StateAt(head); s.paused || head == number || ok && !st.Done() {
		return false
	}
	room := false
	for _, l := range s.layers {
		if l.counts[Queued]+l.counts[Loading] > 0 || slices.ContainsFunc(l.slots, func(sl slot) bool { return sl.convert != 0 }) {
			return false // which will make room, or may
		}
		room = room || l.Seq.Find(number) >= 0 && s.roomFor(l)
	}
	far, _ := s.farthest(s.ahead(s.indexOf(number)), s.lacksMapping())
	return !room && far == nil
}

// Settled reports whether no load is wanted or on its way; converted also waits
// for conversions.
func (s *Session) Settled(converted bool) bool {
	for _, l := range s.layers {
		if l.counts[Queued]+l.counts[Loading] > 0 {
			return false
		}
		if !s.paused && l.counts[Absent] > 0 && s.roomFor(l) {
			return false
		}
		if converted && s.opt.Convert && l.noConvert == "" {
			for i := range l.slots {
				if l.slots[i].convert != 0 {
					return false
				}
			}
		}
	}
	return true
}

// Progress counts the frames that are drawable or failed, of all.
func (s *Session) Progress() (done, total int) {
	for _, l := range s.layers {
		done += l.counts[Partial] + l.counts[Scratch] + l.counts[Mapped] + l.counts[Failed]
		total += len(l.slots)
	}
	return done, total
}

// Points is the number of points of the frames under the play head.
func (s *Session) Points() uint64 {
	var n uint64
	for _, l := range s.layers {
		if f := s.Current(l); f != nil && l.Visible {
			n += uint64(f.Header.Points)
		}
	}
	return n
}

// SetConvert turns conversion on or off. Off takes back what is not yet converted.
func (s *Session) SetConvert(on bool) {
	if s.opt.Convert == on {
		return
	}
	s.opt.Convert = on
	for _, l := range s.layers {
		l.noConvert = ""
		s.Settle(l.about(aboutConvert))
		if !on {
			s.cancelConversions(l)
			continue
		}
		for i := range l.slots {
			s.wantConvert(l, i)
		}
	}
	s.pumpMeasure()
	s.changed(Drawn)
}

// SetVisible shows or hides a layer.
func (s *Session) SetVisible(l *Layer, on bool) {
	l.Visible = on
	s.version++ // what StateAt answers
	s.changed(Drawn)
}

// SetBudget changes how many bytes of scratch memory frames may hold.
func (s *Session) SetBudget(bytes uint64) {
	s.opt.Budget = bytes
	s.pump()
}

// Cancel ends everything that is on its way; what is loaded stays. Loading goes on
// when the play head moves, something is opened, or by Resume.
func (s *Session) Cancel() {
	s.paused = true
	for _, l := range s.layers {
		s.pool.CancelLayer(l.ID)
	}
}

// Resume goes on loading after Cancel.
func (s *Session) Resume() {
	if s.paused {
		s.paused = false
		s.pump()
		s.changed(Drawn)
	}
}
