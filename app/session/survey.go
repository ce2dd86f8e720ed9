package session

import (
	"slices"

	"iceexplorer/app/inspect"
	"iceexplorer/cache"
	"iceexplorer/jobs"
)

// measureWindow is how many measurements the pool is given at a time.
const measureWindow = 16

// take notes what an index says about a layer's frame.
func (s *Session) take(l *Layer, i int, ix *cache.Index) {
	l.survey.Take(l.Seq.Frames[i].Number, ix)
	s.surveyed++
	if l.slots[i].unmeasured == "" {
		return
	}
	l.slots[i].unmeasured = ""
	s.settleFrames(l, i)
	if l.unmeasurable() == 0 {
		s.Settle(l.about(aboutUnmeasured))
	}
}

// takeShown is take for a frame that is about to be shown. Its file may know less than has
// been measured meanwhile.
func (s *Session) takeShown(l *Layer, i int, r jobs.Result) {
	ix := r.Frame.Index()
	lacks := slices.ContainsFunc(ix.Columns, func(c cache.Column) bool { return !c.Measured() })
	if lacks && r.Source == l.slots[i].source && l.survey.Known(l.Seq.Frames[i].Number) {
		return
	}
	s.take(l, i, ix)
}

// forgetFacts drops what is known of a layer's frame, whose files may have changed.
func (s *Session) forgetFacts(l *Layer, i int) {
	l.survey.Forget(l.Seq.Frames[i].Number)
	l.edition++
	s.setMeasure(l, i, 0)
	l.slots[i].unmeasured = ""
	s.surveyed++
	s.lackingFacts(l, i)
}

// lackingFacts notes a slot's frame for measuring if it should be measured and no load will
// do so.
func (s *Session) lackingFacts(l *Layer, i int) {
	if st := l.slots[i].state; st != Queued && st != Loading && l.lacksFacts(i) {
		s.schedule.surveyed.lower(s.stepsTo(l, i))
	}
}

// lacksFacts reports whether a slot's frame should be measured.
func (l *Layer) lacksFacts(i int) bool {
	sl := &l.slots[i]
	return sl.measure == 0 && sl.unmeasured == "" && sl.state != Failed && !l.survey.Known(l.Seq.Frames[i].Number)
}

// pumpMeasure asks the pool to measure frames that no load will measure: those there is no
// room for, and those in converted files that do not know everything. Unless somebody is
// waiting, it starts after loading and converting, which measure most frames; the frames
// under the play head are measured at once.
func (s *Session) pumpMeasure() {
	if s.paused || len(s.Frames()) == 0 {
		return
	}
	all := s.hurry || s.Settled(true)
	frames := s.Frames()
	for step := int(s.schedule.surveyed); step < len(frames) && s.measuring < measureWindow; step++ {
		if step > 0 && !all {
			return
		}
		lacking := false
		for _, l := range s.layers {
			i := l.slotAt(frames[s.at(step)])
			if i < 0 || !l.lacksFacts(i) || l.slots[i].state == Queued || l.slots[i].state == Loading {
				continue
			}
			if all || l.slots[i].state.Drawable() {
				s.measure(l, i, step)
			} else {
				lacking = true
			}
		}
		if !lacking && step == int(s.schedule.surveyed) {
			s.schedule.surveyed++
		}
	}
}

func (s *Session) measure(l *Layer, i, priority int) {
	f := l.Seq.Frames[i]
	s.setMeasure(l, i, s.pool.Submit(jobs.Request{
		Task: jobs.Measure, Layer: l.ID, Frame: f.Number, Priority: priority,
		Source: f.Source, Converted: f.Converted, SourceOnly: l.slots[i].sourceOnly,
		Done: func(r jobs.Result) { s.deliver(r, func(r jobs.Result) { s.measured(l, l.Seq.Find(f.Number), r) }) },
	}))
}

// measured takes the result of a measurement.
func (s *Session) measured(l *Layer, i int, r jobs.Result) {
	if i < 0 || l.slots[i].measure != r.ID {
		return // closed or reloaded meanwhile
	}
	sl := &l.slots[i]
	s.setMeasure(l, i, 0)
	switch code := jobs.CodeOf(r.Err); {
	case r.Err == nil:
		s.take(l, i, r.Index)
		if !l.survey.Known(l.Seq.Frames[i].Number) {
			sl.unmeasured = "the worker did not measure everything" // measuring again would change nothing
		}
	case code == jobs.CodeCanceled || code == jobs.CodeReplaced:
	default:
		sl.unmeasured = r.Err.Error()
		s.tellFrame(l, i, Warning, l.unmeasurable(), "Not measured: "+r.Err.Error(), aboutUnmeasured, "could not be measured", Remedy{Path: l.Seq.Frames[i].Path()})
	}
	s.lackingFacts(l, i)
	s.pumpMeasure()
	s.pumpVerify()
	s.changed(Drawn)
}

// unmeasurable counts the frames that could be neither measured nor loaded.
func (l *Layer) unmeasurable() int {
	n := 0
	for i := range l.slots {
		if sl := &l.slots[i]; (sl.unmeasured != "" || sl.state == Failed) && !l.survey.Known(l.Seq.Frames[i].Number) {
			n++
		}
	}
	return n
}

// Measured counts the frames of visible layers: those that are fully known, those that could
// not be measured, and all. Statements about "all frames" are true when done and failed
// make up all.
func (s *Session) Measured() (done, failed, total int) {
	for _, l := range s.layers {
		if !l.Visible {
			continue
		}
		n := l.survey.Count()
		done, total = done+n, total+len(l.slots)
		if n < len(l.slots) {
			failed += l.unmeasurable()
		}
	}
	return done, failed, total
}

// Measuring reports that frames are being measured.
func (s *Session) Measuring() bool { return s.measuring > 0 }

// Hurry has all frames measured as fast as the workers can beside loading, rather than when
// there is nothing else to do.
func (s *Session) Hurry(on bool) {
	if s.hurry = on; on {
		s.pumpMeasure()
	}
}

// Surveyed changes whenever what is known of frames does.
func (s *Session) Surveyed() uint64 { return s.surveyed }

// Bounds is the smallest box around the finite positions of one of the layer's frames, if it
// is measured.
func (l *Layer) Bounds(number cache.Number) (lo, hi [3]float64, ok bool) {
	return l.survey.FrameBounds(number)
}

// Attributes are all that any frame of any layer has, the active layer's first; those of one
// name and kind are listed once.
func (s *Session) Attributes() []inspect.Attribute {
	var out []inspect.Attribute
	for _, l := range s.activeFirst() {
	attributes:
		for _, a := range l.survey.Attributes() {
			for i := range out {
				if o := &out[i]; o.Type == a.Type && o.Structure == a.Structure && o.Context == a.Context && o.Same(a.Name) {
					o.Points = o.Points || a.Points
					continue attributes
				}
			}
			out = append(out, a)
		}
	}
	return out
}

// HasAttribute reports whether any frame of any layer is known to have an attribute
// that can be drawn.
func (s *Session) HasAttribute(name string) bool {
	for _, a := range s.Attributes() {
		if a.Points && a.Same(name) {
			return true
		}
	}
	return false
}
