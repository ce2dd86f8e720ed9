package gfx

// TrailFrame is one frame of a sequence for Trails.
type TrailFrame struct {
	ID       []int32   // one per point
	Position []float32 // xyz
}

// Trails joins each point of the last frame with where its ID was in the frames
// before, which are in order of time. A trail begins after the last frame that
// lacks the ID; of IDs that come twice in a frame the last one counts. It walks
// all points of all frames: call it where a frame is prepared, not where it is drawn.
func Trails(frames []TrailFrame) Strands {
	if len(frames) == 0 {
		return Strands{}
	}
	now := frames[len(frames)-1]
	n := min(len(now.ID), len(now.Position)/3)
	where := make([]map[int32]int32, len(frames)-1)
	for i, f := range frames[:len(frames)-1] {
		m := make(map[int32]int32, len(f.ID))
		for k, id := range f.ID[:min(len(f.ID), len(f.Position)/3)] {
			m[id] = int32(k)
		}
		where[i] = m
	}
	s := Strands{Offsets: make([]uint64, 1, n+1)}
	for k, id := range now.ID[:n] {
		first := len(where)
		for first > 0 {
			if _, ok := where[first-1][id]; !ok {
				break
			}
			first--
		}
		for i := first; i < len(where); i++ {
			at := int(where[i][id]) * 3
			s.Points = append(s.Points, frames[i].Position[at:at+3]...)
		}
		s.Points = append(s.Points, now.Position[3*k:3*k+3]...)
		s.Offsets = append(s.Offsets, uint64(len(s.Points)/3))
	}
	return s
}
