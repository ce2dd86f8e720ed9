package session

import (
	"maps"
	"slices"

	"iceexplorer/cache"
	"iceexplorer/jobs"
)

// reach is how far something is known to hold of frames, in steps of play from the head.
// What a result of the pool costs does not grow with the frames that are done with.
type reach int

// lower notes that it may not hold of a frame any more.
func (r *reach) lower(step int) { *r = min(*r, reach(step)) }

// follow moves with the head, by some steps of play, over a number of frames.
func (r *reach) follow(steps, frames int) {
	if int(*r) < frames { // of all it holds wherever the head is
		*r = max(*r-reach(steps), 0)
	}
}

// schedule is what pump and pumpMeasure need not look at again.
type schedule struct {
	done     reach // frames that are there, or have failed
	surveyed reach // frames that need not be measured, as far as it is known
	bare     reach // counted from the farthest on: frames that hold nothing
}

// follow brings the schedule up to a head that was moved by steps of play, or where play
// was turned around.
func (c *schedule) follow(steps, frames int, turned bool) {
	c.bare = 0
	if turned {
		steps = frames
	}
	c.done.follow(steps, frames)
	c.surveyed.follow(steps, frames)
}

// pump hands the pool the loads that should come next, takes back those that have
// become less urgent, and orders the rest.
func (s *Session) pump() {
	s.lookAtRoom()
	if len(s.Frames()) > 0 {
		s.prefetch()
	}
	if s.paused || len(s.Frames()) == 0 {
		return
	}
	s.takeBack(s.loadNext())
	at := map[cache.Number]int{}
	for _, l := range s.layers {
		for n := range l.queued {
			at[n] = s.ahead(s.indexOf(n))
		}
	}
	s.pool.Reprioritise(func(r *jobs.Request) int {
		if p, ok := at[r.Frame]; ok && r.Layer != borrower {
			return p
		}
		return r.Priority
	})
	s.pumpMeasure()
}

// loadNext asks for the frames that are wanted next, and returns the loads that are to
// be on their way.
func (s *Session) loadNext() map[jobs.ID]bool {
	wanted := map[jobs.ID]bool{}
	frames := s.Frames()
	for step := int(s.schedule.done); step < len(frames) && len(wanted) < s.opt.Window; step++ {
		done := true
		for _, l := range s.layers {
			i := l.Seq.Find(frames[s.at(step)])
			if i < 0 || l.slots[i].state.Done() {
				continue
			}
			done = false
			if l.slots[i].state == Absent {
				if !s.makeRoom(l, step) {
					return wanted // what is farther away finds no room either
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

// takeBack cancels the loads that no worker has begun and that are not wanted now.
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

// Cancel ends everything that is on its way; what is loaded stays. Loading goes on
// when the play head moves, something is opened, or by Resume.
func (s *Session) Cancel() {
	s.paused = true
	for _, l := range s.layers {
		s.pool.CancelLayer(l.ID)
	}
}

// Resume goes on loading after Cancel.
func (s *Session) Resume() {
	if s.paused {
		s.paused = false
		s.pump()
		s.changed(Drawn)
	}
}
