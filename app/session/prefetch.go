package session

import (
	"iceexplorer/cache"
)

// aheadFrames is how many frames in the direction of play are brought into memory
// before the play head comes to them. The drawn columns of a frame of 1 M points are
// 32 MB: what a disk that keeps up with play reads in 1/24 s.
const aheadFrames = 3

// maxPrefetches is how many goroutines bring frames into memory at a time: each may
// have to wait for a disk.
const maxPrefetches = 2

// prefetch brings the drawn columns of the next frames into memory and into this process's
// page tables, beside the session's goroutine: the first touch of a frame then waits for no
// disk and takes no page fault every few pages. A frame is brought in again after the head
// has passed it, as the kernel may have dropped it meanwhile.
func (s *Session) prefetch() {
	frames := s.Frames()
	for step := range min(aheadFrames+1, len(frames)) {
		number := frames[s.at(step)]
		for _, l := range s.layers {
			i := l.slotAt(number)
			if i < 0 || !l.Visible || l.slots[i].shared == nil {
				continue
			}
			if h := l.slots[i].shared; step == 0 {
				h.fetched = 0
			} else if h.fetched != s.drawing && s.prefetches.Load() < maxPrefetches {
				h.fetched = s.drawing
				s.bringIn(l, h, l.Seq.Frames[i].Number)
			}
		}
	}
}

func (s *Session) bringIn(l *Layer, h *shared, number cache.Number) {
	columns, prepare := columnsOf(h.frame, s.opt.Drawn(l)), s.opt.Prepare(l, h.frame, number, h.key)
	h.refs.Add(1)
	s.prefetches.Add(1)
	go func() {
		for _, c := range columns {
			s.opt.Disk.Populate(c)
		}
		if prepare != nil {
			prepare()
		}
		h.release()
		s.prefetches.Add(-1)
	}()
}

// columnsOf are the values of those of some attributes that a frame has.
func columnsOf(f *cache.Frame, names []string) [][]byte {
	var out [][]byte
	for _, name := range names {
		if a := f.Attribute(name); a != nil && a.HasData() {
			out = append(out, a.Bytes())
		}
	}
	return out
}
