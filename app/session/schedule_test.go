package session

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"iceexplorer/cache"
	"iceexplorer/cache/fault"
	"iceexplorer/jobs"
)

// checkSchedule compares what the session keeps of its frames with the frames.
func checkSchedule(t *testing.T, s *Session) {
	t.Helper()
	loose, measuring := 0, 0
	for _, l := range s.layers {
		converting, queued := 0, 0
		for i, f := range l.Seq.Frames {
			sl := &l.slots[i]
			loose += sl.loose()
			measuring += count(sl.measure != 0)
			converting += count(sl.convert != 0)
			queued += count(sl.state == Queued)
			if _, ok := l.queued[f.Number]; ok != (sl.state == Queued) {
				t.Fatalf("frame %v is %v; among the queued: %v", f.Number, sl.state, ok)
			}
			step := reach(s.stepsTo(l, i))
			if step < s.schedule.done && !sl.state.Done() {
				t.Fatalf("frame %v, %d steps ahead, is %v; done are %d", f.Number, step, sl.state, s.schedule.done)
			}
			if waits := sl.state == Queued || sl.state == Loading; step < s.schedule.surveyed && !waits && l.lacksFacts(i) {
				t.Fatalf("frame %v, %d steps ahead, should be measured; surveyed are %d", f.Number, step, s.schedule.surveyed)
			}
			if back := reach(len(s.Frames())-1) - step; back < s.schedule.bare && sl.shared != nil {
				t.Fatalf("frame %v, %d steps from the farthest, is there; bare are %d", f.Number, back, s.schedule.bare)
			}
		}
		if converting != l.converting || queued != len(l.queued) {
			t.Fatalf("%d of %d conversions, %d of %d queued are known", l.converting, converting, len(l.queued), queued)
		}
	}
	if loose != s.loose || measuring != s.measuring {
		t.Fatalf("%d of %d frames that can give memory, %d of %d measurements are known", s.loose, loose, s.measuring, measuring)
	}
}

// sequence is one of count frames from first on, two numbers apart.
func sequence(name string, first, count int) cache.Sequence {
	seq := cache.Sequence{Name: name, Dir: name}
	for n := range count {
		number := cache.Number(first + 2*n)
		seq.Frames = append(seq.Frames, cache.FrameFile{Number: number, Source: fmt.Sprintf("%s/%s_%v.icecache", name, name, number)})
	}
	return seq
}

// answer gives any request an answer of any kind.
func (p *fakePool) answer(r *rand.Rand) {
	if len(p.waiting) == 0 {
		return
	}
	req, id := p.take(r.IntN(len(p.waiting)))
	if req.Started != nil && r.IntN(2) == 0 {
		req.Started(id)
	}
	res := jobs.Result{ID: id, Request: req}
	switch k := r.IntN(10); {
	case k == 0:
		res.Err = &jobs.Error{Code: jobs.CodeCanceled}
	case k == 1:
		res.Err = &jobs.Error{Code: "format", Text: "broken"}
	case k == 2:
		res.Err = &jobs.Error{Code: jobs.CodeBudget}
	case req.Task == jobs.Measure:
		res.Index = p.index(req.Frame)
	default:
		res.Frame = p.frame()
		res.Mapped = req.Task == jobs.Convert || r.IntN(3) == 0
	}
	req.Done(res)
}

func TestTheScheduleKnowsTheFramesWhateverHappens(t *testing.T) {
	t.Parallel()
	for seed := range uint64(40) {
		r := rand.New(rand.NewPCG(seed, 1))
		p := &fakePool{t: t, stats: jobs.Stats{MostFrames: 20 + 40*int(seed%2)}}
		s := New(p, func(f func()) { f() }, Options{Budget: 1 << 20, Window: 5, Convert: seed%3 == 0, Patience: patience})
		s.Add([]cache.Sequence{sequence("a", 1, 30), sequence("b", 10, 25)})
		for range 600 {
			l := s.layers[r.IntN(len(s.layers))]
			number := cache.Number(r.IntN(70))
			switch r.IntN(25) {
			case 24:
				if err := s.SetTiming(l, Timing{Offset: cache.Number(r.IntN(20)), Scale: []float64{0.3, 1, 2}[r.IntN(3)], Before: r.IntN(2) == 0}); err != nil {
					t.Fatal(err)
				}
			case 0:
				s.Seek(number)
			case 1:
				s.Step(1 - 2*r.IntN(2))
			case 2:
				moveHead(s, number, 1-2*r.IntN(2))
			case 3:
				s.Changed(l, number, cache.Stamp{Size: 1})
			case 4:
				s.Fault(l, number, fault.Err)
			case 5:
				s.MakeRoom(jobs.Need{Mapping: r.IntN(2) == 0, Bytes: 100}, jobs.Request{Layer: l.ID, Frame: number})
			case 6:
				s.SetConvert(r.IntN(2) == 0)
			case 7:
				s.Hurry(r.IntN(2) == 0)
			case 8:
				s.Cancel()
				checkSchedule(t, s)
				s.Resume()
			case 9:
				if r.IntN(10) == 0 {
					s.forgetAll(l)
					s.again()
				}
			case 10:
				s.Add([]cache.Sequence{sequence("a", 1+r.IntN(9), r.IntN(40)+1)})
			case 11:
				if len(s.layers) > 1 && r.IntN(5) == 0 {
					s.CloseLayer(l)
				}
			default:
				p.answer(r)
			}
			checkSchedule(t, s)
		}
		s.CloseAll()
		if s.measuring != 0 || s.loose != 0 || s.scratch != 0 {
			t.Errorf("seed %d: after all was closed %d are measured, %d loose, %d bytes held", seed, s.measuring, s.loose, s.scratch)
		}
	}
}

// A session that waits for what it never asked for would wait for ever.
func TestAllThatIsWantedIsAskedForInTheEnd(t *testing.T) {
	t.Parallel()
	for seed := range uint64(20) {
		r := rand.New(rand.NewPCG(seed, 2))
		p := &fakePool{t: t}
		s := New(p, func(f func()) { f() }, Options{Budget: 1 << 40, Window: 4, Convert: true, Patience: patience})
		layers := s.Add([]cache.Sequence{sequence("a", 1, 30), sequence("b", 10, 25)})
		for range 60 {
			moveHead(s, cache.Number(r.IntN(70)), 1-2*r.IntN(2))
			p.answer(r)
		}
		for len(p.waiting) > 0 {
			p.serve(false)
		}
		done, failed, total := s.Measured()
		for _, l := range layers {
			if n := l.Count(Mapped) + l.Count(Failed) + l.Count(Scratch); n != len(l.slots) || !s.Settled(true) || done+failed != total {
				t.Errorf("seed %d: %s: counts %v, %d and %d of %d measured", seed, l.Seq.Name, l.Counts(), done, failed, total)
			}
		}
	}
}
