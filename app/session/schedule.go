package session

import (
	"iceexplorer/cache"
	"iceexplorer/jobs"
)

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
	wanted := map[jobs.ID]bool{}
	open := 0
walk:
	for step := range len(s.Frames()) {
		if open >= s.opt.Window {
			break
		}
		number := s.Frames()[s.at(step)]
		for _, l := range s.layers {
			i := l.Seq.Find(number)
			if i < 0 {
				continue
			}
			switch sl := &l.slots[i]; sl.state {
			case Queued, Loading:
				wanted[sl.job] = true
				open++
			case Absent:
				if !s.makeRoom(l, step) {
					break walk // what is farther away finds no room either
				}
				s.load(l, i, step)
				wanted[sl.job] = true
				open++
			}
		}
	}
	for _, l := range s.layers {
		if l.counts[Queued] == 0 {
			continue
		}
		for i := range l.slots {
			if sl := &l.slots[i]; sl.state == Queued && !wanted[sl.job] {
				id := sl.job
				sl.job = 0
				s.setState(l, i, Absent)
				s.pool.Cancel(id)
			}
		}
	}
	at := make(map[cache.Number]int, open)
	for _, l := range s.layers {
		for i := range l.slots {
			if l.slots[i].state == Queued {
				n := l.Seq.Frames[i].Number
				at[n] = s.ahead(s.indexOf(n))
			}
		}
	}
	s.pool.Reprioritise(func(r *jobs.Request) int {
		if p, ok := at[r.Frame]; ok {
			return p
		}
		return r.Priority
	})
	s.pumpMeasure()
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
