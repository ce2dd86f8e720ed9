package session

import (
	"fmt"
	"slices"
	"strings"
	"sync/atomic"

	"iceexplorer/cache"
	"iceexplorer/jobs"
	"iceexplorer/jobs/scratch"
)

// shared is a frame with its users: the slot that shows it, and whoever acquired
// it for work beside the window's goroutine.
type shared struct {
	frame *cache.Frame
	key   uint64 // never used for another frame
	refs  atomic.Int32

	fetched bool // brought into memory since the head was there last
}

func (h *shared) release() {
	if h.refs.Add(-1) == 0 {
		h.frame.Close() // the mapping goes; there is nobody to tell of an error
	}
}

// Current is the layer's frame under the play head, nil if it is not there. It may
// be used until the session's next call.
func (s *Session) Current(l *Layer) *cache.Frame {
	number, ok := s.Number()
	if !ok {
		return nil
	}
	return l.Frame(number)
}

// Frame is the layer's frame with the given number, nil if it is not drawable. It
// may be used until the session's next call.
func (l *Layer) Frame(number cache.Number) *cache.Frame {
	if i := l.Seq.Find(number); i >= 0 && l.slots[i].shared != nil {
		return l.slots[i].shared.frame
	}
	return nil
}

// Shown is what a layer's picture is made of.
type Shown struct {
	Frame  *cache.Frame // nil: nothing
	Key    uint64       // of the frame's data: another frame has another
	Number cache.Number // of Frame
	Held   bool         // Frame is not the one under the play head, which is being loaded
	Why    string       // if Held, or Frame is nil: what keeps the right one away
}

// Shown is the layer's frame under the play head, and nothing that is not: only while
// that is being loaded, the one that was shown last is held. It may be used until the
// session's next call.
func (s *Session) Shown(l *Layer) Shown {
	number, ok := s.Number()
	if !ok {
		return Shown{}
	}
	i := l.Seq.Find(number)
	if i >= 0 && l.slots[i].shared != nil {
		return s.present(l, i, number)
	}
	why := ""
	switch first, last := l.Seq.Frames[0].Number, l.Seq.Frames[len(l.Seq.Frames)-1].Number; {
	case number < first || number > last: // the sequence has not begun, or is over
	case i < 0:
		why = fmt.Sprintf("%s has no frame %v", l.Seq.Name, number)
	case l.slots[i].state == Failed:
		why = fmt.Sprintf("%s: frame %v could not be read", l.Seq.Name, number)
	case l.slots[i].state == Absent && s.paused:
		why = fmt.Sprintf("%s: frame %v is not loaded, as loading was canceled", l.Seq.Name, number)
	case l.last == nil:
		why = fmt.Sprintf("%s: loading frame %v", l.Seq.Name, number)
	default:
		return s.held(l, number)
	}
	l.forget()
	return Shown{Why: why}
}

// held is the frame shown last, while another is being loaded.
func (s *Session) held(l *Layer, number cache.Number) Shown {
	sh := Shown{Frame: l.last.frame, Key: l.last.key, Number: l.lastNumber, Held: true}
	if number == l.lastNumber {
		sh.Why = fmt.Sprintf("%s: loading frame %v again", l.Seq.Name, number)
	} else {
		sh.Why = fmt.Sprintf("%s: loading frame %v, still showing frame %v", l.Seq.Name, number, l.lastNumber)
	}
	return sh
}

// present is a frame that is there.
func (s *Session) present(l *Layer, i int, number cache.Number) Shown {
	if h := l.slots[i].shared; h != l.last {
		l.forget()
		h.refs.Add(1)
		l.last, l.lastNumber = h, number
		for _, c := range s.drawnColumns(h.frame) {
			populate(c) // at once, rather than by a fault for every few pages
		}
	}
	return Shown{Frame: l.last.frame, Key: l.last.key, Number: number}
}

// forget lets go of the frame that was shown last.
func (l *Layer) forget() {
	if l.last != nil {
		l.last.release()
		l.last = nil
	}
}

// Acquire is Frame for use beside the session's goroutine: the frame stays open
// until release is called, once, from anywhere.
func (l *Layer) Acquire(number cache.Number) (f *cache.Frame, release func()) {
	i := l.Seq.Find(number)
	if i < 0 || l.slots[i].shared == nil {
		return nil, func() {}
	}
	h := l.slots[i].shared
	h.refs.Add(1)
	return h.frame, h.release
}

func (s *Session) setState(l *Layer, i int, st State) {
	sl := &l.slots[i]
	l.counts[sl.told]--
	sl.state, sl.told = st, st
	if st.Drawable() && sl.shared.frame.Damage != nil {
		sl.told = Partial
	}
	s.version++
	l.counts[sl.told]++
}

// free drops what a slot holds and gives it a new state.
func (s *Session) free(l *Layer, i int, st State) {
	sl := &l.slots[i]
	if sl.shared != nil {
		sl.shared.release()
		sl.shared = nil
	}
	s.hold(sl, 0)
	sl.job, sl.convert, sl.failure = 0, 0, ""
	s.setState(l, i, st)
}

// hold notes how many bytes of scratch memory a slot's frame takes.
func (s *Session) hold(sl *slot, bytes uint64) {
	s.scratch += bytes - sl.bytes
	sl.bytes = bytes
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

// load asks the pool for a frame.
func (s *Session) load(l *Layer, i, priority int) {
	f := l.Seq.Frames[i]
	sl := &l.slots[i]
	s.setState(l, i, Queued)
	sl.job = s.pool.Submit(jobs.Request{
		Task: jobs.Load, Layer: l.ID, Frame: f.Number, Priority: priority,
		Source: f.Source, Converted: f.Converted, Foreign: sl.foreign,
		Started: func(id jobs.ID) {
			s.post(func() {
				if i := l.Seq.Find(f.Number); i >= 0 && l.slots[i].job == id && l.slots[i].state == Queued {
					s.setState(l, i, Loading)
					s.changed(Drawn)
				}
			})
		},
		Done: func(r jobs.Result) { s.post(func() { s.loaded(l, l.Seq.Find(f.Number), r) }) },
	})
}

// loaded takes the result of a load.
func (s *Session) loaded(l *Layer, i int, r jobs.Result) {
	if i < 0 || l.slots[i].job != r.ID { // closed, reloaded or taken back meanwhile
		if r.Frame != nil {
			r.Frame.Close()
		}
		return
	}
	sl := &l.slots[i]
	sl.job = 0
	switch code := jobs.CodeOf(r.Err); {
	case r.Err == nil:
		if r.Bypassed != nil { // until it is converted anew
			s.TellOf(l.aboutFrame(aboutConvert, i), Warning, "the source is read, as the converted file cannot be: "+r.Bypassed.Error())
		}
		s.show(l, i, r)
	case code == jobs.CodeBudget && !s.lacksHead(l, i):
		// Asking again at once would find no room again.
		s.setState(l, i, Absent)
		s.pumpMeasure()
		s.changed(Drawn)
		return
	case code == jobs.CodeCanceled || code == jobs.CodeReplaced || code == jobs.CodeBudget:
		s.setState(l, i, Absent)
	default:
		sl.failure = r.Err.Error()
		s.setState(l, i, Failed)
		s.tellFrame(l, i, Error, l.counts[Failed], r.Err.Error(), aboutFailed, "could not be read")
	}
	s.pump()
	s.changed(Drawn)
}

// lacksHead reports whether a frame under the play head, of layer l's slot i or
// another, is neither there nor on its way.
func (s *Session) lacksHead(l *Layer, i int) bool {
	number := s.Frames()[s.player.Index()]
	if l.Seq.Frames[i].Number == number {
		return true
	}
	for _, o := range s.layers {
		if k := o.Seq.Find(number); k >= 0 && o.slots[k].state == Absent {
			return true
		}
	}
	return false
}

// tellFrame tells of a frame with which the same is wrong as with n of its layer: of the
// first few by themselves, of further ones in one line, about all.
func (s *Session) tellFrame(l *Layer, i int, level Level, n int, text, all, summary string) {
	const each = 3
	if n <= each {
		s.TellOf(l.aboutFrame(aboutFrame, i), level, text)
		return
	}
	summary = fmt.Sprintf("%s: %d frames %s; the first reasons are under Help > Messages", l.Seq.Name, n, summary)
	said := func(m Message) bool { return m.About == l.about(all) && !m.Past }
	if at := slices.IndexFunc(s.messages, said); at >= 0 {
		s.messages[at].Text = summary
		return
	}
	s.TellOf(l.about(all), level, summary)
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
	if r.Request.Task == jobs.Load || r.Frame.Damage == nil {
		s.settleFrames(l, i)
	}
	if r.Request.Task == jobs.Load {
		s.tellNotes(l, i)
	}
	s.wantConvert(l, i)
}

// tellNotes tells what is to be known of a frame that was loaded.
func (s *Session) tellNotes(l *Layer, i int) {
	sl, path := &l.slots[i], l.Seq.Frames[i].Path()
	f := sl.shared.frame
	if f.Damage != nil {
		s.tellFrame(l, i, Warning, l.counts[Partial], fmt.Sprintf("The file is damaged: %v: %s", f.Damage, path), aboutDamaged, "come from damaged files")
	}
	if sl.state == Scratch {
		for _, w := range f.Warnings {
			s.TellOf(l.aboutFrame(aboutNote, i), Warning, fmt.Sprintf("%s: %s", strings.TrimSuffix(w, "."), path))
		}
	}
}

// frameBytes is what a frame takes of scratch memory, in files as the pool makes them:
// a session that counted less would ask for frames that find no room, each of them
// decoded in vain.
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

// wantConvert asks the pool to convert a frame that lies in scratch memory.
func (s *Session) wantConvert(l *Layer, i int) {
	sl, f := &l.slots[i], l.Seq.Frames[i]
	if !s.opt.Convert || l.noConvert != "" || sl.state != Scratch || sl.convert != 0 || f.Source == "" {
		return
	}
	sl.convert = s.pool.Submit(jobs.Request{
		Task: jobs.Convert, Layer: l.ID, Frame: f.Number, Priority: s.ahead(s.indexOf(f.Number)),
		Source: f.Source, Converted: f.Converted, From: sl.shared.frame,
		Done: func(r jobs.Result) { s.post(func() { s.converted(l, l.Seq.Find(f.Number), r) }) },
	})
}

// converted takes the result of a conversion: from now on the frame is read from
// the mapped file, and the scratch memory is free.
func (s *Session) converted(l *Layer, i int, r jobs.Result) {
	if i < 0 || l.slots[i].convert != r.ID {
		if r.Frame != nil {
			r.Frame.Close()
		}
		return
	}
	sl := &l.slots[i]
	sl.convert = 0
	switch code := jobs.CodeOf(r.Err); {
	case r.Err == nil:
		if r.Written { // else another process has done it
			s.totals.Converted++
		}
		s.Settle(l.aboutFrame(aboutConvert, i))
		s.show(l, i, r)
	case code == jobs.CodeCanceled:
	case code == jobs.CodeBudget: // it is converted when it is loaded again
	case code == jobs.CodeReadOnly || code == jobs.CodeNoSpace:
		s.stopConverting(l, r.Err)
	default:
		s.TellOf(l.aboutFrame(aboutConvert, i), Warning, "frame stays unconverted: "+r.Err.Error())
	}
	s.pump()
	s.changed(Drawn)
}

// stopConverting leaves a layer's frames in scratch memory: what stopped one will
// stop all, and one message is enough.
func (s *Session) stopConverting(l *Layer, err error) {
	if l.noConvert != "" {
		return
	}
	l.noConvert = err.Error()
	s.TellOf(l.about(aboutConvert), Warning, fmt.Sprintf("%s is played without conversion: %v", l.Seq.Name, err))
	s.cancelConversions(l)
}

func (s *Session) cancelConversions(l *Layer) {
	for i := range l.slots {
		if id := l.slots[i].convert; id != 0 {
			l.slots[i].convert = 0
			s.pool.Cancel(id)
		}
	}
}

// Fault marks a frame whose mapping could not be read any more: its file was cut
// short or removed by another program. It is read again from its source once.
func (s *Session) Fault(l *Layer, number cache.Number, err error) {
	if l.lastNumber == number {
		l.forget()
	}
	i := l.Seq.Find(number)
	if i < 0 || !l.slots[i].state.Drawable() {
		return
	}
	f := l.Seq.Frames[i]
	again := l.slots[i].state == Mapped && f.Source != "" && !l.slots[i].foreign
	path := f.Converted
	if l.slots[i].state == Scratch {
		path = f.Path()
	}
	text := fmt.Sprintf("%v: %s", err, path)
	s.free(l, i, Absent)
	if again {
		l.slots[i].foreign = true
		s.TellOf(l.aboutFrame(aboutFrame, i), Warning, text+"; reading the source again")
	} else {
		l.slots[i].failure = text
		s.setState(l, i, Failed)
		s.TellOf(l.aboutFrame(aboutFrame, i), Error, text)
	}
	s.pump()
	s.changed(Drawn)
}

// Changed drops a frame whose source is not what it was when it was read, so that
// it is read again. now is the source's stamp.
func (s *Session) Changed(l *Layer, number cache.Number, now jobs.Stamp) {
	i := l.Seq.Find(number)
	if i < 0 || l.slots[i].source == now || l.slots[i].source == (jobs.Stamp{}) || !l.slots[i].state.Drawable() {
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
