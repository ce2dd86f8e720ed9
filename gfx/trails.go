package gfx

import "math"

// TrailFrame is one frame of a sequence for Trails.
type TrailFrame struct {
	ID       []int32   // one per point
	Position []float32 // xyz
}

// Trails joins each point of the last frame with where its ID was in the frames
// before, which are in order of time. A trail begins after the last frame that
// lacks the ID; of IDs that come twice in a frame one counts. It walks all points
// of all frames: call it where a frame is prepared, not where it is drawn.
func Trails(frames []TrailFrame) Strands {
	if len(frames) == 0 {
		return Strands{}
	}
	now := frames[len(frames)-1]
	n := min(len(now.ID), len(now.Position)/3)
	where := make([]idFinder, len(frames)-1)
	for i, f := range frames[:len(frames)-1] {
		where[i] = newIDFinder(f.ID[:min(len(f.ID), len(f.Position)/3)])
	}
	s := Strands{Offsets: make([]uint64, 1, n+1), Points: make([]float32, 0, 3*n*len(frames))}
	at := make([]int, len(where))
	for k, id := range now.ID[:n] {
		first := len(where)
		for first > 0 {
			i, ok := where[first-1].find(id)
			if !ok {
				break
			}
			first--
			at[first] = 3 * i
		}
		for i := first; i < len(where); i++ {
			s.Points = append(s.Points, frames[i].Position[at[i]:at[i]+3]...)
		}
		s.Points = append(s.Points, now.Position[3*k:3*k+3]...)
		s.Offsets = append(s.Offsets, uint64(len(s.Points)/3))
	}
	return s
}

// idFinder finds IDs in a frame. Points mostly keep their order from frame to
// frame, so it looks behind the last one found before it makes a table of all.
type idFinder struct {
	ids    []int32
	lo, hi int32
	next   int
	table  map[int32]int32
}

// lookAhead is how many points may have vanished between two neighbours.
const lookAhead = 16

func newIDFinder(ids []int32) idFinder {
	f := idFinder{ids: ids, lo: math.MaxInt32, hi: math.MinInt32}
	for _, id := range ids {
		f.lo, f.hi = min(f.lo, id), max(f.hi, id)
	}
	return f
}

func (f *idFinder) find(id int32) (int, bool) {
	if id < f.lo || id > f.hi {
		return 0, false
	}
	for i := f.next; i < min(f.next+lookAhead, len(f.ids)); i++ {
		if f.ids[i] == id {
			f.next = i + 1
			return i, true
		}
	}
	if f.table == nil {
		f.table = make(map[int32]int32, len(f.ids))
		for i, id := range f.ids {
			f.table[id] = int32(i)
		}
	}
	i, ok := f.table[id]
	if ok {
		f.next = int(i) + 1
	}
	return int(i), ok
}
