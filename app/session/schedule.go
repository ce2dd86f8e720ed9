package session

import (
	"maps"
	"slices"

	"iceexplorer/cache"
	"iceexplorer/jobs"
)

// reach is how far from the head, in steps of play, something is known to be true of all
// frames. So the cost of a result of the pool does not grow with the frames that are done.
type reach int

// lower notes that it may no longer be true of a frame.
func (r *reach) lower(step int) { *r = min(*r, reach(step)) }

// follow moves with the head by some steps of play, over a number of frames.
func (r *reach) follow(steps, frames int) {
	if int(*r) < frames { // if it is true of all, it is so wherever the head is
		*r = max(*r-reach(steps), 0)
	}
}

// schedule says which frames pump and pumpMeasure need not look at again.
type schedule struct {
	done     reach // frames that are there, or have failed
	surveyed reach // frames that need not be measured, as far as it is known
	bare     reach // counted from the farthest on: frames that hold nothing
	again    int   // how often frames were asked for again that had found no room, wherever the head is
}

// mostAgain bounds how often the pool is asked again for room that it has not, as far as the
// session knows: each time a frame is decoded in vain.
const mostAgain = 3

// follow updates the schedule after the head was moved by steps of play, or after play has
// changed direction.
func (c *schedule) follow(steps, frames int, turned bool) {
	c.bare, c.again = 0, 0
	if turned {
		steps = frames
	}
	c.done.follow(steps, frames)
	c.surveyed.follow(steps, frames)
}

// pump gives the pool the loads that should come next, cancels those that have become less
// urgent, and reorders the rest.
func (s *Session) pump() {
	defer s.pumpVerify()
	s.lookAtRoom()
	if len(s.Frames()) > 0 {
		s.prefetch()
	}
	if s.paused || len(s.Frames()) == 0 {
		return
	}
	s.takeBack(s.loadNext())
	type frame struct {
		layer  int
		number cache.Number
	}
	at := map[frame]int{}
	for _, l := range s.layers {
		head := s.atHead(l)
		for n := range l.queued {
			if i := l.Seq.Find(n); i != head {
				at[frame{l.ID, n}] = s.stepsTo(l, i)
			} else {
				at[frame{l.ID, n}] = 0
			}
		}
	}
	s.pool.Reprioritise(func(r *jobs.Request) int {
		if p, ok := at[frame{r.Layer, r.Frame}]; ok {
			return p
		}
		return r.Priority
	})
	s.pumpMeasure()
}

// loadNext requests the frames wanted next, and returns the loads that should be under way.
func (s *Session) loadNext() map[jobs.ID]bool {
	wanted := map[jobs.ID]bool{}
	frames := s.Frames()
	for _, l := range s.layers { // what is held under the head may lie far behind it
		i := s.atHead(l)
		if i < 0 || l.slots[i].state.Done() {
			continue
		}
		if l.slots[i].state == Absent {
			if !s.makeRoom(l, 0) {
				return wanted
			}
			s.load(l, i, 0)
		}
		wanted[l.slots[i].job] = true
	}
	for step := int(s.schedule.done); step < len(frames) && len(wanted) < s.opt.Window; step++ {
		if step > 0 && s.lending > 0 {
			return wanted
		}
		done := true
		for _, l := range s.layers {
			i := l.slotAt(frames[s.at(step)])
			if i < 0 || l.slots[i].state.Done() {
				continue
			}
			done = false
			if l.slots[i].state == Absent {
				if !s.makeRoom(l, step) {
					return wanted // frames farther away find no room either
				}
				s.load(l, i, step)
			}
			wanted[l.slots[i].job] = true
		}
		if done && step == int(s.schedule.done) {
			s.schedule.done++
		}
	}
	return wanted
}

// takeBack cancels loads that no worker has begun and that are no longer wanted.
func (s *Session) takeBack(wanted map[jobs.ID]bool) {
	for _, l := range s.layers {
		for _, number := range slices.Sorted(maps.Keys(l.queued)) {
			i := l.Seq.Find(number)
			if id := l.slots[i].job; !wanted[id] {
				l.slots[i].job = 0
				s.setState(l, i, Absent)
				s.pool.Cancel(id)
			}
		}
	}
}

// Cancel ends everything under way; loaded frames stay. Loading goes on when the play head
// moves, when something is opened, or after Resume.
func (s *Session) Cancel() {
	s.paused = true
	for _, l := range s.layers {
		s.pool.CancelLayer(l.ID)
	}
}

// canceledByHand is why a frame is not there that was canceled alone.
const canceledByHand = "reading was canceled; File > Reload reads it again"

// CancelJob ends one job. A frame whose load or measurement is canceled so is left alone until
// its sequence is reloaded: else it would be asked for again at once.
func (s *Session) CancelJob(id jobs.ID) {
	if id == 0 {
		return
	}
	for _, l := range s.layers {
		for i := range l.slots {
			switch sl := &l.slots[i]; id {
			case sl.job:
				sl.job, sl.failure = 0, canceledByHand
				s.setState(l, i, Failed)
			case sl.measure:
				sl.unmeasured = canceledByHand
			}
		}
	}
	s.pool.Cancel(id)
	s.pump()
	s.changed(Drawn)
}

// Resume continues loading after Cancel.
func (s *Session) Resume() {
	if s.paused {
		s.paused = false
		s.pump()
		s.changed(Drawn)
	}
}
