package stage

import (
	"time"

	"iceexplorer/cache/pathname"
)

// Only is what is drawn of a layer's frame.
type Only struct {
	Some    bool     // not all
	Words   []uint64 // one bit per point
	Count   int
	Key     uint64 // changes with the words
	Waiting bool   // they are being looked for
	Why     string // what keeps them from being known: none is drawn
}

// noneKey is that of no points.
const noneKey = 1 << 63

// some gives a part the points that are drawn of it.
func (s *Stage) some(sc *scene, p *Part, sh shownFrame) {
	if s.opt.Only == nil {
		return
	}
	o := s.opt.Only(sh.layer, sh.Shown)
	if !o.Some {
		return
	}
	if p.Only, p.OnlyKey, p.OnlyCount = o.Words, o.Key, o.Count; o.Waiting || o.Why != "" {
		p.Only, p.OnlyKey, p.OnlyCount = []uint64{}, noneKey, 0
	}
	if sc.waiting = sc.waiting || o.Waiting; o.Why != "" {
		sc.Notes = append(sc.Notes, pathname.Display(p.Name+": filter, "+o.Why))
	}
}

// only are the points of a frame that are drawn, for work beside the loop; nil: all.
func (s *Stage) only(sh shownFrame) []uint64 {
	var p Part
	s.some(&scene{}, &p, sh)
	return p.Only
}

// heldTime is how long the last picture is held while it is not known which points are
// drawn; then none are.
const heldTime = 500 * time.Millisecond

// held reports whether the last picture is held, so that a film does not flicker.
func (s *Stage) held(sc *scene) bool {
	if !sc.waiting || !s.drawn.valid || s.drawn.w != s.w || s.drawn.h != s.h {
		s.waits = time.Time{}
		return false
	}
	if s.waits.IsZero() {
		s.waits = s.now()
	}
	return s.now().Before(s.waits.Add(heldTime))
}
