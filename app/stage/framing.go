package stage

import (
	"fmt"
	"slices"
	"time"

	"iceexplorer/app/session"
	"iceexplorer/cache"
	"iceexplorer/gfx"
)

// Framing is how far the points of the open sequences go, which the camera follows. It
// belongs to the session's goroutine. Make one with NewFraming.
//
// Of most frames the ranges are enough, which are known without a look at points. Of
// those that are shown, and of those that go much farther than others, the points are
// looked at: a few of them may be strays.
type Framing struct {
	Bounds gfx.Box // of all frames, without strays
	View   gfx.Box // Bounds with room for the points' sizes
	Extent gfx.Box // of all points

	looked  map[frameID]looks
	asked   *far // is shown, and was only glanced at
	looking bool // beside the loop
	of      framingOf
	next    time.Time // not gathered anew before
	late    bool      // something has changed since
}

type frameID struct {
	layer  int
	number cache.Number
}

type looks struct {
	reach Reach
	key   uint64  // of the frame's data; 0: there may be more to know
	box   gfx.Box // what was known of it before
}

// framingOf is what the boxes were gathered from.
type framingOf struct {
	version, surveyed uint64
	sizes             string
}

// Sizes are what the sizes of points are multiplied by where they are drawn.
type Sizes struct {
	Common float64
	Own    map[int]float64 // of layers with a look of their own
}

func (z Sizes) of(l *session.Layer) float64 {
	if own, ok := z.Own[l.ID]; ok {
		return own
	}
	return z.Common
}

// sizes are those of the looks in use.
func (s *Stage) sizes() Sizes {
	z := Sizes{Common: SizeScale(s.common())}
	for _, l := range s.session.Layers() {
		if s.opt.Look.HasOwn(l.ID) {
			v := s.lookOf(l)
			if z.Own == nil {
				z.Own = map[int]float64{}
			}
			z.Own[l.ID] = SizeScale(&v)
		}
	}
	return z
}

// sure is how many times as far as most frames a frame may go, for its ranges to be
// believed.
const sure = 10

// gatherEvery is how often, at most, the boxes of all frames are gathered.
const gatherEvery = 100 * time.Millisecond

// NewFraming knows of nothing.
func NewFraming() *Framing {
	e := gfx.EmptyBox()
	return &Framing{Bounds: e, View: e, Extent: e, looked: map[frameID]looks{}}
}

// Shown measures a frame that is shown: at a glance, and where that does not tell all,
// beside the loop.
func (f *Framing) Shown(l *session.Layer, sh session.Shown) Reach {
	id := frameID{l.ID, sh.Number}
	if m, ok := f.looked[id]; ok && m.key == sh.Key {
		return m.reach
	}
	r, sure := Glance(sh.Frame)
	m := looks{reach: r, key: sh.Key, box: known(l, sh.Number)}
	if !sure {
		f.asked = &far{l: l, number: sh.Number, box: m.box, key: sh.Key}
		m.key = 0
	}
	f.looked[id] = m
	f.late = true
	return r
}

// Update gathers what is known by now of all frames; post runs a function on the session's goroutine.
func (f *Framing) Update(now time.Time, s *session.Session, sizes Sizes, post func(func())) {
	of := gatheredOf(s, sizes)
	f.late = f.late || of != f.of
	if !f.late || now.Before(f.next) {
		return
	}
	f.of, f.late = of, false
	began := time.Now()
	f.gather(s, sizes, post)
	// Of hundreds of sequences it takes a while, in which nothing is drawn.
	f.next = now.Add(max(gatherEvery, 20*time.Since(began)))
}

func gatheredOf(s *session.Session, sizes Sizes) framingOf {
	return framingOf{s.Version(), s.Surveyed(), fmt.Sprint(sizes)}
}

// Due is when Update has something to do.
func (f *Framing) Due() (time.Time, bool) { return f.next, f.late }

// Busy reports that more will be known in a moment.
func (f *Framing) Busy(s *session.Session, sizes Sizes) bool {
	return f.late || f.looking || f.of != gatheredOf(s, sizes)
}

// far is a frame whose ranges are not believed.
type far struct {
	l      *session.Layer
	number cache.Number
	box    gfx.Box
	away   float64
	key    uint64 // as of looks
}

func (f *Framing) gather(s *session.Session, sizes Sizes, post func(func())) {
	layers := s.Layers()
	for id := range f.looked {
		if !slices.ContainsFunc(layers, func(l *session.Layer) bool { return l.ID == id.layer }) {
			delete(f.looked, id)
		}
	}
	var seen, rest []Reach
	var frames []far
	size := 0.0
	f.Extent = gfx.EmptyBox()
	for _, l := range layers {
		if !l.Visible {
			continue
		}
		for i := range l.Seq.Frames {
			n := l.Seq.Frames[i].Number
			box := known(l, n)
			m, ok := f.looked[frameID{l.ID, n}]
			if ok && (box.Empty() || box == m.box || box == m.reach.All) {
				f.Extent = f.Extent.Union(m.reach.All)
				size = max(size, m.reach.Size)
				m.reach.Size *= sizes.of(l)
				seen = append(seen, m.reach)
			} else if !box.Empty() {
				f.Extent = f.Extent.Union(box)
				frames = append(frames, far{l: l, number: n, box: box})
			}
		}
	}
	mid, most := spread(seen, 1)
	near, _ := Overall(seen, 1)
	var worst *far
	for i := range frames {
		k := &frames[i]
		k.away = farthest(k.box, mid)
		if k.away > most*sure {
			if st, _ := k.l.State(k.number); st.Drawable() {
				if worst == nil || k.away > worst.away {
					worst = k
				}
				continue // until it was looked at
			}
		}
		if r := ReachOfBox(k.box, size); r.Beside(near) {
			r.Size *= sizes.of(k.l)
			rest = append(rest, r)
		}
	}
	f.Bounds, f.View = Overall(append(seen, rest...), 1)
	switch {
	case f.looking:
	case f.asked != nil:
		f.look(f.asked, post)
		f.asked = nil
	case worst != nil:
		f.look(worst, post)
	}
}

// known is the box of a frame that its ranges tell; empty if they are not known.
func known(l *session.Layer, number cache.Number) gfx.Box {
	if lo, hi, ok := l.Bounds(number); ok {
		return gfx.Box{Min: lo, Max: hi}
	}
	return gfx.EmptyBox()
}

// look looks at a frame's points beside the loop.
func (f *Framing) look(k *far, post func(func())) {
	frame, release := k.l.Acquire(k.number)
	if frame == nil {
		release()
		return
	}
	f.looking = true
	id, m := frameID{k.l.ID, k.number}, looks{key: k.key, box: k.box}
	go func() {
		m.reach = ReachOf(frame)
		release()
		post(func() {
			f.looking = false
			f.looked[id] = m
			f.late = true
		})
	}()
}
