package stage

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"iceexplorer/app/inspect/probe"
	"iceexplorer/app/session"
	"iceexplorer/cache"
	"iceexplorer/cache/fault"
	"iceexplorer/cache/value"
	"iceexplorer/gfx"
)

// Tape is a measurement between two places.
type Tape struct{ Places []gfx.Vec3 } // two, or fewer until both are chosen

// Length is the distance, in world units, and the way along each axis; ok is false until both
// places are chosen.
func (t Tape) Length() (length float64, along gfx.Vec3, ok bool) {
	if len(t.Places) < 2 {
		return 0, along, false
	}
	along = t.Places[1].Sub(t.Places[0])
	return along.Len(), along, true
}

// Text is what is measured, in words.
func (t Tape) Text() string {
	length, d, ok := t.Length()
	if !ok {
		return ""
	}
	return fmt.Sprintf("%s units (x %s, y %s, z %s)", value.Short(length), value.Short(d[0]), value.Short(d[1]), value.Short(d[2]))
}

// Tape is what is being measured.
func (s *Stage) Tape() Tape { return s.tape }

// Lay measures between two places; with none it measures nothing any more.
func (s *Stage) Lay(places ...gfx.Vec3) {
	s.tape = Tape{places}
	s.opt.Wake()
}

// layOn takes the next place; the third begins anew.
func (s *Stage) layOn(at gfx.Vec3) {
	if len(s.tape.Places) >= 2 {
		s.tape.Places = nil
	}
	s.tape.Places = append(slices.Clone(s.tape.Places), at)
}

// spans are what the picture shows of it.
func (t Tape) spans() []gfx.Span {
	switch len(t.Places) {
	case 0:
		return nil
	case 1:
		return []gfx.Span{{A: t.Places[0], B: t.Places[0]}}
	}
	return []gfx.Span{{A: t.Places[0], B: t.Places[1], Text: t.Text()}}
}

// measured takes the point that was clicked.
func (s *Stage) measured(shown []shownFrame, hits []gfx.Hit) {
	if len(hits) == 0 {
		s.session.Tell(session.Info, "No point is seen there: click points to measure between them")
		return
	}
	at := hits[0].World
	for _, sh := range shown {
		if now := s.session.Shown(sh.layer); uint64(sh.layer.ID) == hits[0].Layer && now.Frame == sh.Frame {
			if p, ok := pointAt(sh.Frame, hits[0].Index); ok {
				at = p // of a ball the middle, not the place that was hit
			}
		}
	}
	s.layOn(at)
}

// pointAt is where a point of a frame is.
func pointAt(f *cache.Frame, row uint64) (at gfx.Vec3, ok bool) {
	if f == nil || row >= uint64(f.Header.Points) {
		return at, false
	}
	a := f.Attribute("PointPosition")
	if a == nil || a.Type != cache.TypeVector3 || a.Structure != cache.Single {
		return at, false
	}
	err := fault.Guard(func() {
		from, to := a.Row(row)
		pos := a.Float32s()
		if to != from+1 || 3*to > uint64(len(pos)) || !finite(pos[3*from:3*to]) {
			return
		}
		p := pos[3*from : 3*to]
		at, ok = gfx.Vec3{float64(p[0]), float64(p[1]), float64(p[2])}, true
	})
	return at, ok && err == nil
}

// Place is a place as scripts write it: 1,2.5,-3, or the point of the active sequence with an
// index, 12, or an ID, id:1234. The error is written for users.
func (s *Stage) Place(text string) (at gfx.Vec3, err error) {
	if words := strings.Split(text, ","); len(words) == 3 {
		for i, w := range words {
			v, err := strconv.ParseFloat(strings.TrimSpace(w), 64)
			if err != nil || v-v != 0 {
				return at, badPlace(text)
			}
			at[i] = v
		}
		return at, nil
	}
	number, byID := strings.CutPrefix(text, "id:")
	n, err := strconv.ParseInt(number, 10, 32)
	if err != nil || !byID && n < 0 {
		return at, badPlace(text)
	}
	l := s.session.Active()
	if l == nil {
		return at, errors.New("nothing is open")
	}
	f := s.session.Shown(l).Frame
	if f == nil {
		return at, fmt.Errorf("the sequence %s shows no frame", s.session.NameOf(l))
	}
	row, ok := int(n), true
	if byID {
		row, ok = rowOf(f, int32(n), 0)
	}
	if ok {
		at, ok = pointAt(f, uint64(row))
	}
	if !ok {
		return at, fmt.Errorf("this frame has no point %s with a place", strings.Replace(text, "id:", "with the ID ", 1))
	}
	return at, nil
}

// rowOf is the row of an ID in a frame.
func rowOf(f *cache.Frame, id int32, hint int) (row int, ok bool) {
	err := fault.Guard(func() { row, ok = probe.Find(probe.IDs(f), id, hint) })
	return row, ok && err == nil
}

func badPlace(text string) error {
	return fmt.Errorf("%q is no place: write x,y,z such as 1,2.5,-3, the index of a point, or id: and its ID", text)
}
