package session

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"iceexplorer/cache"
	"iceexplorer/jobs"
	"iceexplorer/jobs/scratch"
)

// load asks the pool for a frame.
func (s *Session) load(l *Layer, i, priority int) {
	f := l.Seq.Frames[i]
	sl := &l.slots[i]
	s.setState(l, i, Queued)
	sl.job = s.pool.Submit(jobs.Request{
		Task: jobs.Load, Layer: l.ID, Frame: f.Number, Priority: priority,
		Source: f.Source, Converted: f.Converted, SourceOnly: sl.sourceOnly,
		Started: func(id jobs.ID) {
			s.post(func() {
				if i := l.Seq.Find(f.Number); i >= 0 && l.slots[i].job == id && l.slots[i].state == Queued {
					s.setState(l, i, Loading)
					s.changed(Drawn)
				}
			})
		},
		Done: func(r jobs.Result) { s.deliver(r, func(r jobs.Result) { s.loaded(l, l.Seq.Find(f.Number), r) }) },
	})
}

// loaded takes the result of a load.
func (s *Session) loaded(l *Layer, i int, r jobs.Result) {
	defer s.lend()
	if i < 0 || l.slots[i].job != r.ID { // closed, reloaded or canceled meanwhile
		if r.Frame != nil {
			r.Frame.Close()
		}
		return
	}
	sl := &l.slots[i]
	sl.job = 0
	switch code := jobs.CodeOf(r.Err); {
	case r.Err == nil:
		var doubted *jobs.Doubted
		if errors.As(r.Bypassed, &doubted) {
			s.TellWith(Subject{}, Warning, fmt.Sprintf("%s: %v", l.Seq.Name, doubted), Remedy{Path: l.Seq.Dir})
		} else if r.Bypassed != nil { // until it is converted again
			s.TellWith(l.aboutFrame(aboutConvert, i), Warning, "The source is read instead, as the converted file cannot be: "+r.Bypassed.Error(), Remedy{Path: l.Seq.Frames[i].Converted})
		}
		s.show(l, i, r)
	case code == jobs.CodeBudget && !s.lacksHead(l, i):
		// Asking again at once would find no room either, unless what was under way has left some.
		s.setState(l, i, Absent)
		if s.roomFor(l) && s.schedule.again < mostAgain {
			s.schedule.again++
			s.pump()
		} else {
			s.pumpMeasure()
		}
		s.changed(Drawn)
		return
	case code == jobs.CodeCanceled || code == jobs.CodeReplaced || code == jobs.CodeBudget:
		s.setState(l, i, Absent)
	default:
		sl.failure = r.Err.Error()
		s.setState(l, i, Failed)
		s.tellFrame(l, i, Error, l.counts[Failed], fmt.Sprintf("Frame %v of %s: %v", l.Seq.Frames[i].Number, s.Called(l), r.Err), aboutFailed, "could not be read", s.ofFailed(l, l.Seq.Frames[i].Path()))
	}
	s.pump()
	s.changed(Drawn)
}

// lacksHead reports whether a frame under the play head, in slot i of layer l or in another
// layer, is neither there nor under way.
func (s *Session) lacksHead(l *Layer, i int) bool {
	if s.atHead(l) == i {
		return true
	}
	for _, o := range s.layers {
		if k := s.atHead(o); k >= 0 && o.slots[k].state == Absent {
			return true
		}
	}
	return false
}

// tellFrame reports a frame that has the same problem as n frames of its layer: the first few
// get messages of their own, further ones share one.
func (s *Session) tellFrame(l *Layer, i int, level Level, n int, text, all, summary string, r Remedy) {
	const each = 3
	if n <= each {
		s.TellWith(l.aboutFrame(aboutFrame, i), level, text, r)
		return
	}
	summary = fmt.Sprintf("%s: %d frames %s; the first reasons are under Help > Messages", l.Seq.Name, n, summary)
	said := func(m Message) bool { return m.About == l.about(all) && !m.Past }
	if at := slices.IndexFunc(s.messages, said); at >= 0 {
		s.messages[at].Text = summary
		return
	}
	s.TellWith(l.about(all), level, summary, r)
}

// show gives a slot its frame.
func (s *Session) show(l *Layer, i int, r jobs.Result) {
	sl := &l.slots[i]
	if sl.shared != nil {
		sl.shared.release()
	}
	s.lastKey++
	sl.shared = &shared{frame: r.Frame, key: s.lastKey}
	sl.shared.refs.Store(1)
	s.takeShown(l, i, r)
	sl.source, sl.failure = r.Source, ""
	if r.Decoded && r.Request.Task == jobs.Load {
		s.totals.Decoded++
	} else if r.Request.Task == jobs.Load {
		s.totals.Indexed++
	}
	state, bytes := Mapped, uint64(0)
	if !r.Mapped {
		state, bytes = Scratch, frameBytes(r.Frame)
	}
	s.hold(sl, bytes)
	l.largest = max(l.largest, bytes)
	s.setState(l, i, state)
	l.toVerify(i)
	if r.Request.Task == jobs.Load || r.Frame.Damage == nil {
		s.settleFrames(l, i)
	}
	if r.Request.Task == jobs.Load {
		s.tellNotes(l, i)
	}
	s.wantConvert(l, i)
}

// tellNotes reports what users should know about a loaded frame.
func (s *Session) tellNotes(l *Layer, i int) {
	sl, path := &l.slots[i], l.Seq.Frames[i].Path()
	f := sl.shared.frame
	if f.Damage != nil {
		s.tellFrame(l, i, Warning, l.counts[Partial], fmt.Sprintf("%s: %s", f.Damage.Sentence(), path), aboutDamaged, "could be read only in part", Remedy{Path: path})
	}
	if sl.state == Scratch {
		for _, w := range f.Warnings {
			s.TellWith(l.aboutFrame(aboutNote, i), Warning, fmt.Sprintf("%s: %s", strings.TrimSuffix(w, "."), path), Remedy{Path: path})
		}
	}
}

// frameBytes is the scratch memory that a frame takes, in files as the pool makes them. A
// session that counted less would request frames that find no room, each decoded in vain.
func frameBytes(f *cache.Frame) uint64 {
	var n uint64
	for _, a := range f.Attributes {
		for _, sp := range a.Spans() {
			n = max(n, sp.End())
		}
	}
	if n == 0 {
		return 0
	}
	return scratch.Class(n)
}

// Fault marks a frame whose mapping can no longer be read, as another program has truncated or
// removed its file. It is read again from its source, once.
func (s *Session) Fault(l *Layer, number cache.Number, err error) {
	if l.lastNumber == number {
		l.forget()
	}
	i := l.Seq.Find(number)
	if i < 0 || !l.slots[i].state.Drawable() {
		return
	}
	f := l.Seq.Frames[i]
	again := l.slots[i].state == Mapped && f.Source != "" && !l.slots[i].sourceOnly
	path := f.Converted
	if l.slots[i].state == Scratch {
		path = f.Path()
	}
	text := fmt.Sprintf("%v: %s", err, path)
	s.free(l, i, Absent)
	if again {
		l.slots[i].sourceOnly = true
		s.TellWith(l.aboutFrame(aboutFrame, i), Warning, text+"; reading the source again", Remedy{Path: path})
	} else {
		l.slots[i].failure = text
		s.setState(l, i, Failed)
		s.TellWith(l.aboutFrame(aboutFrame, i), Error, text, s.ofFailed(l, path))
	}
	s.pump()
	s.changed(Drawn)
}

// Changed drops a frame whose source has changed since it was read, so that it is read again.
// now is the source's stamp.
func (s *Session) Changed(l *Layer, number cache.Number, now cache.Stamp) {
	i := l.Seq.Find(number)
	if i < 0 || l.slots[i].source == now || l.slots[i].source == (cache.Stamp{}) || !l.slots[i].state.Drawable() {
		return
	}
	if id := l.slots[i].convert; id != 0 {
		s.pool.Cancel(id)
	}
	s.free(l, i, Absent)
	s.forgetFacts(l, i)
	s.pump()
	s.changed(Drawn)
}
