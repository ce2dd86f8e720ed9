package derived

import (
	"errors"
	"math"
	"slices"
	"sync"
	"testing"

	"iceexplorer/app/inspect"
	"iceexplorer/app/inspect/frames"
	"iceexplorer/cache"
	"iceexplorer/jobs"
)

// heatPool loads frames whose Heat is their number, beside the caller, when it may.
type heatPool struct {
	t    *testing.T
	may  chan struct{} // the frames from 3 on wait until it is closed; nil: none does
	mu   sync.Mutex
	seen []cache.Number
}

func (p *heatPool) Submit(r jobs.Request) jobs.ID {
	p.mu.Lock()
	p.seen = append(p.seen, r.Frame)
	id := jobs.ID(len(p.seen))
	p.mu.Unlock()
	go func() {
		if p.may != nil && r.Frame > 2 {
			<-p.may
		}
		if r.Source == "broken" {
			r.Done(jobs.Result{ID: id, Request: r, Err: errors.New("broken")})
			return
		}
		r.Done(jobs.Result{ID: id, Request: r, Frame: frameOf(p.t, float32(r.Frame), -1).Frame})
	}()
	return id
}
func (p *heatPool) Cancel(jobs.ID) {}

func sequence(id int, files []frames.File) Sequence {
	return Sequence{ID: id, Frames: len(files), Files: func() []frames.File { return files }}
}

func files(n int) (out []frames.File) {
	for i := range n {
		out = append(out, frames.File{Number: cache.Number(i + 1)})
	}
	return out
}

// rig runs what is posted.
func rig(t *testing.T, p *heatPool) (r *Ranges, until func(func() bool)) {
	posted := make(chan func(), 1000)
	r = NewRanges(p, func(f func()) { posted <- f }, func() {})
	return r, func(met func() bool) {
		t.Helper()
		for !met() {
			(<-posted)()
		}
	}
}

func TestARangeIsThatOfAllFrames(t *testing.T) {
	t.Parallel()
	p := &heatPool{t: t}
	r, until := rig(t, p)
	seqs := []Sequence{sequence(1, files(9)), sequence(2, append(files(3), frames.File{Number: 4, Source: "broken"}))}
	m := r.Of(24, about("Heat * 2", false, seqs))
	if m[0].Complete() || Text(m) != "0 of 13 frames measured" {
		t.Errorf("%+v", m[0])
	}
	until(func() bool { return r.Of(24, about("Heat * 2", false, seqs))[1].Complete() && !r.Busy() })
	if m[0].Span != (inspect.Span{Lo: -2, Hi: 18}) || m[1].Span != (inspect.Span{Lo: -2, Hi: 6}) || Text(m) != "12 of 13 frames measured, the rest could not be" {
		t.Errorf("%+v, %+v, %q", m[0].Span, m[1].Span, Text(m))
	}
	loads := len(p.seen)
	if again := r.Of(24, about("Heat * 2", false, seqs)); again[0] != m[0] || r.Busy() || len(p.seen) != loads {
		t.Error("measured again")
	}
	seqs[0].Edition++ // its files have changed
	if again := r.Of(24, about("Heat * 2", false, seqs[:1])); again[0].Complete() {
		t.Error("what other files held is taken for what these do")
	}
	r.None()
}

func TestFramesWithoutTheAttributeAreMeasured(t *testing.T) {
	t.Parallel()
	r, until := rig(t, &heatPool{t: t})
	seqs := []Sequence{sequence(1, files(2))}
	m := r.Of(24, about("Cold", false, seqs))
	until(func() bool { return m[0].Complete() })
	if m[0].Failed > 0 || !m[0].Span.Empty() || Text(m) != "" {
		t.Errorf("%+v", m[0])
	}
}

// Measuring that is stopped keeps what it knows and goes on with the rest.
func TestMeasuringIsStoppedAndGoesOn(t *testing.T) {
	t.Parallel()
	p := &heatPool{t: t, may: make(chan struct{})}
	r, until := rig(t, p)
	seqs := []Sequence{sequence(1, files(6))}
	m := r.Of(24, about("Heat", false, seqs))
	until(func() bool { return m[0].Done == 2 })
	r.Stop()
	close(p.may)
	if r.Of(24, about("Heat", false, seqs)); r.Busy() || !r.Stopped() || Text(m) == "" {
		t.Error("measures on")
	}
	r.Resume()
	r.Of(24, about("Heat", false, seqs))
	until(func() bool { return m[0].Complete() })
	if m[0].Span.Hi != 6 || m[0].Done != 6 {
		t.Errorf("%+v", m[0])
	}
}

// Percentiles are those of the values of all frames, whichever are asked for.
func TestPercentilesAreThoseOfAllFrames(t *testing.T) {
	t.Parallel()
	p := &heatPool{t: t}
	r, until := rig(t, p)
	seqs := []Sequence{sequence(1, files(101))} // each has -1 and its number
	m := r.Of(24, about("Heat", true, seqs))[0]
	until(m.Complete)
	loads := len(p.seen)
	for _, c := range []struct{ low, high, lo, hi float64 }{{0, 100, -1, 101}, {50, 75, 0, 50.75}, {25, 99, -1, 98.99}} {
		if got := r.Of(24, about("Heat", true, seqs))[0].Ends(c.low, c.high); math.Abs(got.Lo-c.lo) > 1e-9 || math.Abs(got.Hi-c.hi) > 1e-9 {
			t.Errorf("%g to %g %%: %v, want %g to %g", c.low, c.high, got, c.lo, c.hi)
		}
	}
	if len(p.seen) != loads {
		t.Error("other percentiles are measured again")
	}
	if none := r.Of(24, about("Cold", true, seqs))[0]; !none.Ends(0, 100).Empty() {
		t.Errorf("%v of nothing", none.Ends(0, 100))
	}
	r.None()
}

// about are sequences in which an expression is asked for.
func about(text string, percentiles bool, all []Sequence) []Sequence {
	all = slices.Clone(all)
	for i := range all {
		all[i].Text, all[i].Percentiles = text, percentiles
	}
	return all
}
