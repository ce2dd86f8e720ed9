package stage

import (
	"slices"

	"iceexplorer/app/inspect/probe"
	"iceexplorer/app/session"
	"iceexplorer/cache/fault"
	"iceexplorer/gfx"
)

// Trails keeps the trails of layers, which cost a walk over all points of all their
// frames. It belongs to the session's goroutine. The zero value is ready.
type Trails struct {
	layers map[int]*trail
	made   uint64 // keys given to trails
}

type trail struct {
	of      trailKey
	strands gfx.Strands
	asked   trailKey // being joined beside the loop
	joining bool
}

// trailKey names what trails were made from: the frame they end at and those before
// it that were there.
type trailKey struct {
	key    uint64
	before []int // which are loaded, as places in the sequence
}

func (k trailKey) same(o trailKey) bool { return k.key == o.key && slices.Equal(k.before, o.before) }

// atOnce is how many points are joined without leaving the loop, in some 10 ms.
const atOnce = 200_000

// Of is the trails of a layer's shown frame over at most the k frames before it,
// those of them that are loaded. Large ones are made in the background: there are
// none until post has run what brings them, and changed is called then.
func (t *Trails) Of(l *session.Layer, sh session.Shown, k int, post func(func()), changed func()) gfx.Strands {
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
	if tr.of.same(want) {
		return tr.strands
	}
	if tr.joining && tr.asked.same(want) {
		return gfx.Strands{}
	}
	frames, points, release := gather(l, end, k)
	join := func() (s gfx.Strands) {
		defer release()
		if fault.Guard(func() { s = gfx.Trails(frames) }) != nil {
			return gfx.Strands{} // drawing meets the fault too, and tells of it
		}
		return s
	}
	if points <= atOnce {
		t.keep(tr, want, join())
		return tr.strands
	}
	if tr.joining {
		release()
		return gfx.Strands{} // one at a time; asked for again when that is done
	}
	tr.asked, tr.joining = want, true
	go func() {
		s := join()
		post(func() {
			t.keep(tr, want, s)
			tr.joining = false
			changed()
		})
	}()
	return gfx.Strands{}
}

// keep gives the trails a key of their own: later ones may lie where these did.
func (t *Trails) keep(tr *trail, of trailKey, s gfx.Strands) {
	t.made++
	s.Key = t.made
	tr.of, tr.strands = of, s
}

// gather acquires the frames that trails lead through, oldest first.
func gather(l *session.Layer, end, k int) (frames []gfx.TrailFrame, points int, release func()) {
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
		points += len(ids)
	}
	return frames, points, func() {
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
