package stage

import (
	"slices"
	"time"

	"iceexplorer/app/beside"
	"iceexplorer/app/inspect/probe"
	"iceexplorer/app/session"
	"iceexplorer/cache/fault"
	"iceexplorer/gfx"
)

// Trails keeps the trails of layers, which cost a walk over all points of all their
// frames. It belongs to the session's goroutine, beside which they are joined.
type Trails struct {
	Session *session.Session
	Post    func(func()) // runs a function on the session's goroutine
	Changed func()       // is called when trails have come that were late

	layers map[int]*trail
	made   uint64 // keys given to trails
}

type trail struct {
	of      trailKey
	strands gfx.Strands
	joining bool // others are being joined beside the loop
}

// trailKey names what trails were made from: the frame they end at and those before
// it that were there.
type trailKey struct {
	key    uint64
	before []int // which are loaded, as places in the sequence
}

func (k trailKey) same(o trailKey) bool { return k.key == o.key && slices.Equal(k.before, o.before) }

// Of is the trails of a layer's shown frame over at most the k frames before it, those of
// them that are loaded. Those that are not joined by a time come later: until then the
// layer's last ones are there.
func (t *Trails) Of(l *session.Layer, sh session.Shown, k int, until time.Time) gfx.Strands {
	if k <= 0 {
		delete(t.layers, l.ID)
		return gfx.Strands{}
	}
	if sh.Frame == nil || probe.IDs(sh.Frame) == nil {
		return gfx.Strands{}
	}
	end := l.Seq.Find(sh.Number)
	if end < 0 {
		return gfx.Strands{}
	}
	if t.layers == nil {
		t.layers = map[int]*trail{}
	}
	tr := t.layers[l.ID]
	if tr == nil {
		tr = &trail{}
		t.layers[l.ID] = tr
	}
	want := trailKey{key: sh.Key}
	for i := max(end-k, 0); i < end; i++ {
		if st, _ := l.State(l.Seq.Frames[i].Number); st.Drawable() {
			want.before = append(want.before, i)
		}
	}
	if !tr.of.same(want) && !tr.joining { // one at a time; asked for again when that is done
		t.join(tr, want, until, l, end, k)
	}
	return tr.strands
}

// join joins trails beside the loop.
func (t *Trails) join(tr *trail, want trailKey, until time.Time, l *session.Layer, end, k int) {
	frames, columns, release := gather(l, end, k)
	var strands gfx.Strands
	tr.joining = true
	done := func() {
		t.keep(tr, want, strands)
		tr.joining = false
	}
	if beside.Do(until, func() {
		defer release()
		for _, c := range columns {
			t.Session.Populate(c)
		}
		// Where a fault is met there are none; drawing meets it too, and tells of it.
		_ = fault.Guard(func() { strands = gfx.Trails(frames) })
	}, func() {
		t.Post(func() {
			done()
			t.Changed()
		})
	}) {
		done()
	}
}

// keep gives the trails a key of their own: later ones may lie where these did.
func (t *Trails) keep(tr *trail, of trailKey, s gfx.Strands) {
	t.made++
	s.Key = t.made
	tr.of, tr.strands = of, s
}

// gather acquires the frames that trails lead through, oldest first, and their columns.
func gather(l *session.Layer, end, k int) (frames []gfx.TrailFrame, columns [][]byte, release func()) {
	var releases []func()
	for i := max(end-k, 0); i <= end; i++ {
		f, done := l.Acquire(l.Seq.Frames[i].Number)
		releases = append(releases, done)
		if f == nil {
			continue
		}
		ids, pos := probe.IDs(f), f.Attribute("PointPosition")
		if ids == nil || pos == nil || pos.Constant {
			if i == end {
				frames = nil
			}
			continue
		}
		frames = append(frames, gfx.TrailFrame{ID: ids, Position: pos.Float32s()})
		columns = append(columns, f.Attribute("ID").Bytes(), pos.Bytes())
	}
	return frames, columns, func() {
		for _, done := range slices.Backward(releases) {
			done()
		}
	}
}

// Keep lets go of the trails of all other layers.
func (t *Trails) Keep(layers []*session.Layer) {
	for id, tr := range t.layers {
		if !tr.joining && !slices.ContainsFunc(layers, func(l *session.Layer) bool { return l.ID == id }) {
			delete(t.layers, id)
		}
	}
}

// Busy reports that trails are being made in the background.
func (t *Trails) Busy() bool {
	for _, tr := range t.layers {
		if tr.joining {
			return true
		}
	}
	return false
}
