package session

import (
	"slices"

	"iceexplorer/app/beside"
	"iceexplorer/cache"
	"iceexplorer/cache/unit"
	"iceexplorer/jobs"
)

// StateAt is the state of a frame number over all visible layers: that of the layer whose
// frame is farthest from being seen as it was meant. ok is false if no layer has the frame.
func (s *Session) StateAt(number cache.Number) (state State, ok bool) {
	state = numStates
	for _, l := range s.layers {
		if i := l.slotAt(number); i >= 0 && l.Visible {
			state, ok = min(state, l.slots[i].told), true
		}
	}
	if !ok {
		state = Absent
	}
	return state, ok
}

// Ready reports whether nothing more will come for a number: every visible layer that shows a
// frame there has it or has failed to. It is also true if a frame can come only when the play
// head is on it, for lack of room beside the one that is there now.
func (s *Session) Ready(number cache.Number) bool {
	if head, _ := s.Number(); number == head && s.anyLate() {
		return false
	}
	st, ok := s.stateAt(number)
	return !ok || st.Done() || st == Absent && s.mustGive(number)
}

// mustGive reports that a frame finds no room while the one under the head is kept.
func (s *Session) mustGive(number cache.Number) bool {
	head, _ := s.Number()
	if st, ok := s.stateAt(head); s.paused || head == number || ok && !st.Done() {
		return false
	}
	room := false
	for _, l := range s.layers {
		if l.counts[Queued]+l.counts[Loading]+l.converting > 0 {
			return false // which will make room, or may
		}
		room = room || s.drawnAt(l, number) >= 0 && s.roomFor(l)
	}
	far, _ := s.farthest(s.ahead(s.indexOf(number)), s.lacksMapping())
	return !room && far == nil
}

// Settled reports whether no load is wanted or under way; with converted, no conversion
// either.
func (s *Session) Settled(converted bool) bool {
	for _, l := range s.layers {
		if l.counts[Queued]+l.counts[Loading] > 0 || s.late(l) {
			return false
		}
		if !s.paused && l.counts[Absent] > 0 && s.roomFor(l) && s.schedule.again < mostAgain {
			return false
		}
		if converted && s.opt.Convert && l.noConvert == "" && l.converting > 0 {
			return false
		}
	}
	return true
}

// Progress counts the frames that are drawable or have failed, and all frames.
func (s *Session) Progress() (done, total int) {
	for _, l := range s.layers {
		done += l.counts[Partial] + l.counts[Scratch] + l.counts[Mapped] + l.counts[Failed]
		total += len(l.slots)
	}
	return done, total
}

// Points is the number of points of the frames under the play head.
func (s *Session) Points() uint64 {
	var n uint64
	for _, l := range s.layers {
		if f := s.Current(l); f != nil && l.Visible {
			n += uint64(f.Header.Points)
		}
	}
	return n
}

// PointsText is Points in words, "" where nothing is known of them: the frame is not there
// yet, and one of before is shown.
func (s *Session) PointsText() string {
	n := s.Points()
	if n == 0 && slices.ContainsFunc(s.layers, func(l *Layer) bool { return l.Visible && s.Shown(l).Held }) {
		return ""
	}
	return unit.Plural(n, "point")
}

func (s *Session) setState(l *Layer, i int, st State) {
	sl, number := &l.slots[i], l.Seq.Frames[i].Number
	l.counts[sl.told]--
	delete(l.queued, number)
	sl.state, sl.told = st, st
	if st.Drawable() && sl.shared.frame.Damage != nil {
		sl.told = Partial
	}
	s.version++
	l.counts[sl.told]++
	if st == Queued {
		l.queued[number] = struct{}{}
	}
	if step := s.stepsTo(l, i); !st.Done() {
		s.schedule.done.lower(step)
	} else if st.Drawable() {
		s.schedule.bare.lower(len(s.Frames()) - 1 - step)
	}
	s.lackingFacts(l, i)
}

// free drops what a slot holds and gives it a new state.
func (s *Session) free(l *Layer, i int, st State) {
	sl := &l.slots[i]
	switch {
	case sl.shared == nil:
	case s.freed != nil:
		s.freed = append(s.freed, sl.shared)
	default:
		sl.shared.release()
	}
	sl.shared = nil
	s.hold(sl, 0)
	s.setConvert(l, i, 0)
	sl.job, sl.failure = 0, ""
	s.setState(l, i, st)
}

// freeing has the frames that f frees closed beside the session's goroutine: to unmap one
// takes up to milliseconds, and there may be thousands.
func (s *Session) freeing(f func()) {
	s.freed = []*shared{}
	f()
	freed := s.freed
	s.freed = nil
	s.unmapping++
	over := func() {
		s.unmapping--
		for s.unmapping == 0 && len(s.unmapped) > 0 {
			next := s.unmapped[0]
			s.unmapped = s.unmapped[1:]
			next()
		}
	}
	if beside.Do(s.Until(), func() {
		for _, h := range freed {
			h.release()
		}
	}, func() { s.post(over) }) {
		over()
	}
}

// hold notes how many bytes of scratch memory a slot's frame takes.
func (s *Session) hold(sl *slot, bytes uint64) {
	s.scratch += bytes - sl.bytes
	s.loose -= sl.loose()
	sl.bytes = bytes
	s.loose += sl.loose()
}

// setConvert notes the conversion of a slot's frame that is under way; 0 means none.
func (s *Session) setConvert(l *Layer, i int, id jobs.ID) {
	sl := &l.slots[i]
	l.converting -= count(sl.convert != 0)
	s.loose -= sl.loose()
	sl.convert = id
	s.loose += sl.loose()
	l.converting += count(id != 0)
}

// setMeasure notes the measurement of a slot's frame that is under way; 0 means none.
func (s *Session) setMeasure(l *Layer, i int, id jobs.ID) {
	sl := &l.slots[i]
	s.measuring -= count(sl.measure != 0)
	sl.measure = id
	s.measuring += count(id != 0)
}

// loose is 1 if the frame holds scratch memory that can be freed at once.
func (sl *slot) loose() int { return count(sl.bytes > 0 && sl.convert == 0) }

func count(is bool) int {
	if is {
		return 1
	}
	return 0
}
