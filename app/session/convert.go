package session

import (
	"fmt"

	"iceexplorer/jobs"
)

// SetConvert turns conversion on or off. Turning it off cancels conversions under way.
func (s *Session) SetConvert(on bool) {
	if s.opt.Convert == on {
		return
	}
	s.opt.Convert = on
	for _, l := range s.layers {
		l.noConvert = ""
		s.Settle(l.about(aboutConvert))
		if !on {
			s.cancelConversions(l)
			continue
		}
		for i := range l.slots {
			s.wantConvert(l, i)
		}
	}
	s.pumpMeasure()
	s.changed(Drawn)
}

// SetConvertTo sets the folder that frames of what is opened from now on are converted to and
// read from; "": beside each source.
func (s *Session) SetConvertTo(folder string) { s.opt.ConvertTo = folder }

// wantConvert asks the pool to convert a frame that lies in scratch memory.
func (s *Session) wantConvert(l *Layer, i int) {
	sl, f := &l.slots[i], l.Seq.Frames[i]
	if !s.opt.Convert || l.noConvert != "" || sl.state != Scratch || sl.convert != 0 || f.Source == "" {
		return
	}
	s.setConvert(l, i, s.pool.Submit(jobs.Request{
		Task: jobs.Convert, Layer: l.ID, Frame: f.Number, Priority: s.stepsTo(l, i),
		Source: f.Source, Converted: f.Converted, From: sl.shared.frame,
		Done: func(r jobs.Result) { s.deliver(r, func(r jobs.Result) { s.converted(l, l.Seq.Find(f.Number), r) }) },
	}))
}

// converted takes the result of a conversion: from now on the frame is read from the mapped
// file, and its scratch memory is free.
func (s *Session) converted(l *Layer, i int, r jobs.Result) {
	if i < 0 || l.slots[i].convert != r.ID {
		if r.Frame != nil {
			r.Frame.Close()
		}
		return
	}
	s.setConvert(l, i, 0)
	switch code := jobs.CodeOf(r.Err); {
	case r.Err == nil:
		if r.Written { // otherwise another process has done it
			s.totals.Converted++
		}
		s.Settle(l.aboutFrame(aboutConvert, i))
		s.show(l, i, r)
	case code == jobs.CodeCanceled:
	case code == jobs.CodeBudget: // it will be converted when it is loaded again
	case code == jobs.CodeReadOnly || code == jobs.CodeNoSpace:
		s.stopConverting(l, r.Err)
	default:
		s.TellWith(l.aboutFrame(aboutConvert, i), Warning, "The frame was not converted: "+r.Err.Error(), Remedy{Path: l.Seq.Frames[i].Path()})
	}
	s.pump()
	s.changed(Drawn)
}

// stopConverting leaves a layer's frames in scratch memory: what stopped one conversion will
// stop them all, and one message is enough.
func (s *Session) stopConverting(l *Layer, err error) {
	if l.noConvert != "" {
		return
	}
	l.noConvert = err.Error()
	s.TellWith(l.about(aboutConvert), Warning, fmt.Sprintf("%s is played without conversion: %v", l.Seq.Name, err), Remedy{Path: l.Seq.Dir})
	s.cancelConversions(l)
}

func (s *Session) cancelConversions(l *Layer) {
	for i := range l.slots {
		if id := l.slots[i].convert; id != 0 {
			s.setConvert(l, i, 0)
			s.pool.Cancel(id)
		}
	}
}
