// Package session is what is open: layers (one sequence each), the state of every
// frame, messages and selection. It drives the pool: the frame under the play head
// first, then ahead in the direction of play, then the rest; conversion in the background.
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
	"time"

	"iceexplorer/app/beside"
	"iceexplorer/app/disk"
	"iceexplorer/app/inspect"
	"iceexplorer/app/player"
	"iceexplorer/cache"
	"iceexplorer/cache/atomicfile"
	"iceexplorer/jobs"
)

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

// Options of a Session.
type Options struct {
	Convert   bool   // write .sih5 files in the background
	Verify    bool   // hold them against their checksums when there is nothing else to do
	ConvertTo string // the folder for them; "": beside each source
	Budget    uint64 // bytes of scratch memory that frames may hold
	Window    int    // how many loads are handed to the pool at a time; default 32
	Log       *slog.Logger
	Disk      disk.Disk // where folders and frames are read; nil: the machine's own

	// Patience is how long the session's goroutine waits for a frame's values to come into
	// memory before it goes on and shows the frame later. The default is beside.Patience.
	Patience time.Duration

	// Drawn names the attributes that a layer's pictures are made of now: those of the next
	// frames are brought into memory. Redrawn is called when they change. nil: what a plain
	// picture needs.
	Drawn func(*Layer) []string

	// Prepare tells what else a picture of a layer's frame needs to be made of its values. What it
	// returns is run beside the session's goroutine, before the frame is shown; nil: there
	// is nothing to make. The frame stays open until it returns.
	Prepare func(l *Layer, f *cache.Frame, number cache.Number, key uint64) func()
}

// Session is what is open. See the package comment for who may call it.
type Session struct {
	pool        Pool
	post        func(func())
	opt         Options
	layers      []*Layer
	active      *Layer // nil: none is open
	activePlace uint64 // of the call that opened it, or a layer beside it
	nextID      int

	readings []*Reading
	place    uint64 // of the layers that are opened next

	player *player.Player // over the union of all layers' frames
	gaps   Gaps

	shownTrack *player.Track // nil: to be made when asked for

	bookmarks []Bookmark // by rising number

	lastKey  uint64
	version  uint64
	scratch  uint64 // bytes of scratch memory that frames hold
	loose    int    // frames that can give such memory
	schedule schedule
	room     room
	messages []Message
	totals   Totals
	paused   bool // Cancel was called: nothing is asked for until the head moves

	surveyed  uint64 // counts changes of what is known of frames
	hurry     bool   // all frames are to be measured at once
	measuring int    // frames being measured
	verifying verifying

	lending    int          // who borrows frames, one after the other
	borrowings []*borrowing // that found no room while frames were on their way

	choices    []*choice // changes of the selection that are being made, the first now
	selections uint64    // counts changes of selections, so that each has a key of its own

	drawing   int       // counts, from 1, how often they have changed
	freed     []*shared // by freeing; nil: frames are closed at once
	unmapping int       // goroutines that close frames
	unmapped  []func()  // wait for them

	unseen     bool         // a frame has come into memory since the last picture
	prefetches atomic.Int32 // goroutines that bring frames into memory

	subscribers []func(Change)
	deliveries  deliveries
}

// Totals count what has happened since the start.
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
	if opt.Drawn == nil {
		opt.Drawn = func(*Layer) []string { return []string{"PointPosition", "Color", "Size"} }
	}
	if opt.Prepare == nil {
		opt.Prepare = func(*Layer, *cache.Frame, cache.Number, uint64) func() { return nil }
	}
	if opt.Log == nil {
		opt.Log = slog.New(slog.DiscardHandler)
	}
	if opt.Patience == 0 {
		opt.Patience = beside.Patience
	}
	if opt.Disk == nil {
		opt.Disk = disk.System{}
	}
	s := &Session{pool: pool, post: post, opt: opt, player: player.New(), drawing: 1, room: room{bytes: opt.Budget}}
	s.player.Ready = s.mayMoveTo
	return s
}

// Add adds sequences as layers. A sequence is not opened twice: frames that the open layer
// lacks are added to it.
func (s *Session) Add(seqs []cache.Sequence) []*Layer {
	s.place++
	return s.add(seqs, s.place)
}

// add puts new layers after those that were asked for earlier, however late they come.
func (s *Session) add(seqs []cache.Sequence, place uint64) []*Layer {
	var out []*Layer
	folders := map[string]bool{}
	for _, seq := range seqs {
		seq.ConvertTo(s.opt.ConvertTo)
		if l := s.find(seq); l != nil {
			s.merge(l, seq)
			l.Seq.Whole = l.Seq.Whole || seq.Whole
			out = append(out, l)
			continue
		}
		s.nextID++
		l := &Layer{ID: s.nextID, place: place, Seq: seq, Visible: true, timing: Timing{Scale: 1}, slots: make([]slot, len(seq.Frames)), queued: map[cache.Number]struct{}{}, survey: inspect.NewSurvey()}
		l.counts[Absent] = len(l.slots)
		i := slices.IndexFunc(s.layers, func(o *Layer) bool { return o.place > place })
		if i < 0 {
			i = len(s.layers)
		}
		s.layers = slices.Concat(s.layers[:i], []*Layer{l}, s.layers[i:]) // a new slice, as in CloseLayer
		out = append(out, l)
		folders[seq.Dir] = true
		if n := seq.Missing(); n > 0 {
			s.Tell(Info, seq.Name+": "+seq.Label())
		}
	}
	s.activateOpened(out, place)
	s.showLayers()
	to := s.opt.ConvertTo
	go func() {
		for dir := range folders {
			sweep(dir)
			if to != "" {
				atomicfile.Sweep(filepath.Dir(cache.ConvertedIn(to, filepath.Join(dir, "x"))))
			}
		}
	}()
	s.paused = false
	s.reindex()
	s.pump()
	s.changed(everything)
	return out
}

// sweep removes remains of conversions and exports of killed processes.
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

// merge adds the frames that the layer does not have. A layer that shows its whole folder
// becomes what the folder holds now. Jobs know their frame by its number, so that those
// under way find its new place.
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
		if i := l.Seq.Find(f.Number); i >= 0 && l.Seq.Frames[i].Same(f) {
			slots[k], kept[i] = l.slots[i], true
		}
	}
	for i := range l.slots {
		if !kept[i] {
			s.drop(l, i)
		}
	}
	l.Seq.Frames, l.slots, l.counts, l.unverified = all, slots, [numStates]int{}, 0
	for i := range slots {
		l.counts[slots[i].told]++
	}
}

// drop releases everything about a frame that no longer exists, or that other files hold now.
func (s *Session) drop(l *Layer, i int) {
	for _, id := range []jobs.ID{l.slots[i].job, l.slots[i].convert, l.slots[i].measure} {
		if id != 0 {
			s.pool.Cancel(id)
		}
	}
	s.free(l, i, Absent)
	s.forgetFacts(l, i)
}

// CloseLayer removes a layer and frees its frames.
func (s *Session) CloseLayer(l *Layer) {
	if slices.Contains(s.layers, l) {
		s.closeLayers([]*Layer{l})
	}
}

// CloseAll removes every layer, and those that were to come.
func (s *Session) CloseAll() {
	for len(s.readings) > 0 {
		s.cancelReading(s.readings[0], false)
	}
	s.bookmarks = nil
	if len(s.layers) > 0 {
		s.closeLayers(s.layers)
	}
}

// closeLayers removes open layers.
func (s *Session) closeLayers(layers []*Layer) {
	s.freeing(func() {
		for _, l := range layers {
			i := slices.Index(s.layers, l)
			s.cancelReadingOf(l)
			s.pool.CancelLayer(l.ID)
			for k := range l.slots {
				s.free(l, k, Absent)
				s.forgetFacts(l, k)
			}
			l.forget()
			s.settleLayer(l)
			s.layers = slices.Concat(s.layers[:i], s.layers[i+1:]) // a new slice: somebody may be ranging over the old one
			s.passOnActive(l, i)
		}
	})
	s.showLayers()
	s.Settle(aboutSelection) // a part of it may be gone
	s.reindex()
	s.pump()
	s.changed(everything)
}

// Layers are the open layers, in the order in which they were opened or moved to.
func (s *Session) Layers() []*Layer { return s.layers }

// Version changes whenever the frames or the state of one do.
func (s *Session) Version() uint64 { return s.version }

// Totals is what happened since the start.
func (s *Session) Totals() Totals { return s.totals }

// SetBudget changes how many bytes of scratch memory frames may hold.
func (s *Session) SetBudget(bytes uint64) {
	s.opt.Budget = bytes
	s.pump()
}
