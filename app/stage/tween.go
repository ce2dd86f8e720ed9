package stage

import (
	"fmt"
	"slices"
	"time"

	"iceexplorer/app/beside"
	"iceexplorer/app/inspect/between"
	"iceexplorer/app/inspect/derived"
	"iceexplorer/app/inspect/expr"
	"iceexplorer/app/look"
	"iceexplorer/app/session"
	"iceexplorer/cache"
	"iceexplorer/cache/fault"
)

// tweens are what is shown of layers where the play head is between frames. They are made
// beside the loop, one at a time of a layer, each in the memory of the one before the last:
// what comes late is left out, and the picture before is held.
type tweens struct {
	layers map[int]*tween
	made   uint64 // keys given to frames
}

type tween struct {
	of      pairOf
	pair    *between.Pair // nil: its points are not matched yet
	memory  *between.Memory
	release func() // of the pair's frames

	first, second *cache.Frame

	frame *cache.Frame // nil: none is made yet
	key   uint64
	at    session.Between // of frame
	busy  bool
	fault error
}

// pairOf names what frames are made from.
type pairOf struct {
	a, b  uint64 // keys
	names string // of attributes that are drawn
}

// tweenKeys are apart from those of frames.
const tweenKeys = 1 << 62

// tween is what a layer shows between two frames, nil if its frame is shown itself: because the
// head is on it, or until the first one is made. late reports that another is on its way.
func (s *Stage) tween(sh shownFrame, l *look.Look, until time.Time) (t *tween, late bool) {
	t = s.tweens.layers[sh.layer.ID]
	b, ok := s.session.Between(sh.layer, sh.Shown)
	if !ok {
		if t != nil && !t.busy {
			s.tweens.drop(sh.layer.ID)
		}
		return nil, false
	}
	names := l.Columns()
	of := pairOf{sh.Key, b.Key, fmt.Sprint(names)}
	if t == nil {
		t = &tween{memory: &between.Memory{}, release: func() {}}
		if s.tweens.layers == nil {
			s.tweens.layers = map[int]*tween{}
		}
		s.tweens.layers[sh.layer.ID] = t
	}
	fits := t.of == of
	if !t.busy && (!fits || t.frame == nil && t.fault == nil || t.at != b) {
		s.makeTween(t, of, sh, b, names, s.wished(l), until)
		fits = t.of == of
	}
	if !fits || t.frame == nil {
		return nil, t.busy
	}
	return t, t.busy || t.at != b && t.fault == nil
}

// wished is what is to be made of a frame in between for its colours; nil: nothing.
func (s *Stage) wished(l *look.Look) *derived.Wish {
	if w, ok := s.wish(l); ok {
		return &w
	}
	return nil
}

// makeTween makes the frame at a place between two.
func (s *Stage) makeTween(t *tween, of pairOf, sh shownFrame, b session.Between, names []string, wish *derived.Wish, until time.Time) {
	if t.of != of {
		first, releaseFirst := sh.layer.AcquireShown()
		second, releaseSecond := sh.layer.Acquire(b.To)
		if first != sh.Frame || second == nil {
			releaseFirst()
			releaseSecond()
			return
		}
		t.release()
		t.pair, t.frame, t.fault, t.of = nil, nil, nil, of
		t.release = func() {
			releaseFirst()
			releaseSecond()
		}
		t.first, t.second = first, second
	}
	s.tweens.made++
	key := s.tweens.made | tweenKeys
	t.busy = true
	var frame *cache.Frame
	var err error
	pair, first, second, memory := t.pair, t.first, t.second, t.memory
	done := func() {
		t.busy, t.pair, t.fault = false, pair, err
		if t.at = b; err == nil {
			t.frame, t.key = frame, key
		}
		if !slices.Contains(s.session.Layers(), sh.layer) {
			s.tweens.drop(sh.layer.ID)
		}
	}
	if beside.Do(until, func() {
		if gone := fault.Guard(func() {
			if pair == nil {
				for _, name := range append([]string{"PointVelocity", "ID"}, names...) {
					for _, f := range []*cache.Frame{first, second} {
						if a := f.Attribute(name); a != nil && a.HasData() {
							s.session.Populate(a.Bytes())
						}
					}
				}
				pair = between.NewPair(first, second, names)
				pair.Use(memory)
			}
			if frame, err = pair.Frame(b.Part, b.Seconds); err == nil && wish != nil {
				s.colors.cache.Make(key, expr.Frame{Frame: frame, Number: b.At, FPS: wish.FPS}, *wish)
			}
		}); gone != nil {
			err = gone
		}
	}, func() {
		s.opt.Post(func() {
			done()
			s.opt.Wake()
		})
	}) {
		done()
	}
}

// drop lets go of what a layer showed between frames.
func (t *tweens) drop(layer int) {
	if old := t.layers[layer]; old != nil {
		old.release()
		delete(t.layers, layer)
	}
}

// keep lets go of what closed and hidden layers showed.
func (t *tweens) keep(shown []shownFrame) {
	for id, old := range t.layers {
		if !old.busy && !slices.ContainsFunc(shown, func(sh shownFrame) bool { return sh.layer.ID == id }) {
			t.drop(id)
		}
	}
}

// put has a part show what is between frames.
func (t *tween) put(p *Part, s *Stage, wish *derived.Wish) {
	p.Frame, p.Key = t.frame, t.key
	if wish != nil {
		if col, _, there := s.colors.cache.Get(t.key, *wish); there && col != nil {
			p.Column = col
		}
	}
}

// text says between which frames the picture is.
func (t *tween) text() string { return fmt.Sprintf("between %v and %v", t.at.From, t.at.To) }
