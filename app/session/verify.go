package session

import (
	"fmt"
	"time"

	"iceexplorer/cache"
	"iceexplorer/jobs"
)

// restVerify is how long verifying waits once something else was wanted.
const restVerify = 2 * time.Second

// verifying is what the session verifies of converted frames when it has nothing else to do.
type verifying struct {
	job    jobs.ID // under way; 0: none
	layer  *Layer
	number cache.Number
	rests  bool // something else was wanted a moment ago
}

// SetVerify has converted frames held against their checksums while nothing is loaded, converted,
// measured or played.
func (s *Session) SetVerify(on bool) {
	s.opt.Verify = on
	s.pumpVerify()
}

// idle reports that the session asks nothing of the pool, and will not unless somebody does
// something.
func (s *Session) idle() bool {
	return !s.paused && !s.player.Playing() && s.measuring == 0 && s.lending == 0 && s.Settled(true)
}

// pumpVerify asks the pool to verify the next frame if there is nothing else to do, and takes
// that back if there is. One is verified at a time.
func (s *Session) pumpVerify() {
	v := &s.verifying
	if !s.opt.Verify || !s.idle() {
		if v.job != 0 {
			s.pool.Cancel(v.job)
		}
		return
	}
	if v.job != 0 || v.rests {
		return
	}
	for _, l := range s.layers {
		for ; l.unverified < len(l.slots); l.unverified++ {
			if sl := &l.slots[l.unverified]; sl.state == Mapped && !sl.verified {
				s.verify(l, l.unverified)
				return
			}
		}
	}
}

func (s *Session) verify(l *Layer, i int) {
	f := l.Seq.Frames[i]
	s.verifying.layer, s.verifying.number = l, f.Number
	s.verifying.job = s.pool.Submit(jobs.Request{
		Task: jobs.Verify, Layer: l.ID, Frame: f.Number, Priority: len(l.slots),
		Source: f.Source, Converted: f.Converted,
		Done: func(r jobs.Result) { s.deliver(r, s.verified) },
	})
}

// verified takes the result of a verification.
func (s *Session) verified(r jobs.Result) {
	v := &s.verifying
	if v.job != r.ID {
		return
	}
	l, i := v.layer, v.layer.Seq.Find(v.number)
	*v = verifying{rests: v.rests}
	code := jobs.CodeOf(r.Err)
	switch {
	case code == jobs.CodeCanceled || code == jobs.CodePool:
		v.rests = true
		time.AfterFunc(restVerify, func() {
			s.post(func() {
				v.rests = false
				s.pumpVerify()
			})
		})
		return
	case i < 0 || l.slots[i].state != Mapped: // closed or reloaded meanwhile
	default:
		l.slots[i].verified = true
		if code == jobs.CodeFormat || code == jobs.CodeUnknown {
			s.TellWith(l.aboutFrame(aboutConvert, i), Error, "The converted frame no longer is what was written: "+r.Err.Error(), Remedy{Path: l.Seq.Frames[i].Path()})
		} else if r.Bypassed != nil {
			s.readAnew(l, i, r.Bypassed)
		}
	}
	s.pumpVerify()
}

// readAnew drops a frame whose converted file is damaged, so that it is read from its source and
// converted anew.
func (s *Session) readAnew(l *Layer, i int, why error) {
	s.TellWith(l.aboutFrame(aboutConvert, i), Warning, fmt.Sprintf("The converted frame no longer is what was written; the source is read, and it is converted anew: %v", why), Remedy{Path: l.Seq.Frames[i].Path()})
	s.free(l, i, Absent)
	s.forgetFacts(l, i)
	s.pump()
	s.changed(Drawn)
}

// toVerify notes that a slot's file is another than was verified, if any was.
func (l *Layer) toVerify(i int) {
	l.slots[i].verified = false
	l.unverified = min(l.unverified, i)
}
