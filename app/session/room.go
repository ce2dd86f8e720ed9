package session

import (
	"context"

	"iceexplorer/jobs"
	"iceexplorer/jobs/scratch"
)

// room is the room for frames, as the pool knows it.
type room struct {
	bytes  uint64 // of scratch memory
	frames int    // each takes a mapping; 0: not known
}

// lookAtRoom asks the pool, which learns of full disks and the system's limits.
func (s *Session) lookAtRoom() {
	stats := s.pool.Stats()
	s.room = room{bytes: s.opt.Budget, frames: stats.MostFrames}
	if stats.ScratchBudget > 0 {
		s.room.bytes = min(s.room.bytes, stats.ScratchBudget)
	}
}

// scratchHeld is the scratch memory that frames hold, plus what loads under way will take.
func (s *Session) scratchHeld() uint64 {
	n := s.scratch
	for _, l := range s.layers {
		n += uint64(l.counts[Queued]+l.counts[Loading]) * l.largest
	}
	return n
}

// framesHeld is how many frames are there or under way.
func (s *Session) framesHeld() int {
	n := 0
	for _, l := range s.layers {
		n += l.counts[Queued] + l.counts[Loading] + l.counts[Partial] + l.counts[Scratch] + l.counts[Mapped]
	}
	return n
}

// lacksBytes reports that one more frame of the layer does not fit the budget.
func (s *Session) lacksBytes(l *Layer) bool {
	held := s.scratchHeld()
	return held > 0 && held+l.largest > s.room.bytes
}

// lacksMapping reports that no more frames can be mapped.
func (s *Session) lacksMapping() bool {
	return s.room.frames > 0 && s.framesHeld() >= s.room.frames
}

// roomFor reports whether there is room for one more frame of the layer.
func (s *Session) roomFor(l *Layer) bool { return !s.lacksBytes(l) && !s.lacksMapping() }

// makeRoom drops frames that are farther from the play head than step, the farthest
// first, until one of the layer fits.
func (s *Session) makeRoom(l *Layer, step int) bool {
	for !s.roomFor(l) {
		if !s.dropFarthest(step, s.lacksMapping()) {
			return false
		}
	}
	return true
}

// dropFarthest drops the frame that is farthest from the play head, more than step:
// one in scratch memory, or any.
func (s *Session) dropFarthest(step int, anywhere bool) bool {
	l, i := s.farthest(step, anywhere)
	if l == nil {
		return false
	}
	s.free(l, i, Absent)
	return true
}

// farthest is the frame for dropFarthest, nil if there is none. Frames being converted stay:
// they will soon be out of the way. So do those held under the play head.
func (s *Session) farthest(step int, anywhere bool) (*Layer, int) {
	if !anywhere && s.loose == 0 {
		return nil, 0
	}
	frames := s.Frames()
	for back := int(s.schedule.bare); len(frames)-1-back > step; back++ {
		bare := true
		for _, l := range s.layers {
			i := l.slotAt(frames[s.at(len(frames)-1-back)])
			if i < 0 || l.slots[i].shared == nil {
				continue
			}
			bare = false
			if sl := &l.slots[i]; sl.convert == 0 && (sl.bytes > 0 || anywhere) && i != s.atHead(l) {
				return l, i
			}
		}
		if bare && back == int(s.schedule.bare) {
			s.schedule.bare++
		}
	}
	return nil, 0
}

// AskRoom is MakeRoom for the pool's goroutines. It waits until the session's goroutine has
// time for it, or until ctx ends, as it does with the window.
func (s *Session) AskRoom(ctx context.Context, need jobs.Need, r jobs.Request) bool {
	answer := make(chan bool, 1)
	s.post(func() {
		if s.unmapping > 0 { // which makes room
			s.unmapped = append(s.unmapped, func() { answer <- true })
			return
		}
		answer <- s.MakeRoom(need, r)
	})
	select {
	case made := <-answer:
		return made
	case <-ctx.Done():
		return false
	}
}

// MakeRoom drops frames for a request that found no room, and reports whether it dropped any.
// The pool knows better than the session what is free, so a frame goes whatever the budget
// says.
func (s *Session) MakeRoom(need jobs.Need, r jobs.Request) bool {
	if r.Task == jobs.Measure {
		return false // no frame is dropped for a mere range
	}
	s.noteSize(need, r)
	if r.Layer == borrower {
		return s.dropFarthest(0, need.Mapping)
	}
	step := s.urgencyOf(r)
	if s.dropFarthest(step, need.Mapping) {
		for !need.Mapping && s.scratchHeld()+need.Bytes > s.room.bytes && s.dropFarthest(step, false) {
			continue
		}
		return true
	}
	// The frame wanted now replaces the one held on the screen.
	dropped := false
	for _, l := range s.layers {
		if step == 0 && l.last != nil && l.Frame(l.lastNumber) != l.last.frame {
			l.forget()
			dropped = true
		}
	}
	return dropped
}

// noteSize notes how large a frame is that found no room: frames that are smaller may be all that
// was seen of its layer, and then it would count as one that still fits, and be waited for.
func (s *Session) noteSize(need jobs.Need, r jobs.Request) {
	for _, l := range s.layers {
		if l.ID == r.Layer && !need.Mapping && r.Task == jobs.Load {
			l.largest = max(l.largest, scratch.Class(need.Bytes))
		}
	}
}
