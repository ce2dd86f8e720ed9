package derived

import (
	"context"
	"errors"
	"fmt"

	"iceexplorer/app/inspect"
	"iceexplorer/app/inspect/expr"
	"iceexplorer/app/inspect/frames"
	"iceexplorer/app/inspect/stats"
	"iceexplorer/cache"
)

// Sequence is a sequence whose frames are measured.
type Sequence struct {
	Text        string // the expression
	Percentiles bool   // are asked for too

	ID      int
	Edition uint64 // another one: its files are others
	Frames  int
	Files   func() []frames.File
}

// Ranges are what expressions range over in all frames of sequences, and their percentiles
// where those are wanted: measured once, by loading one frame after the other beside the loop. It belongs to one goroutine.
type Ranges struct {
	pool    frames.Pool
	post    func(func())
	changed func()

	known   map[subject]*Measured
	running *Measured
	runs    int  // counts what was begun
	stopped bool // by the user, until something else is asked for or Resume
}

// subject is what is measured.
type subject struct {
	text     string
	fps      float64
	sketched bool // for percentiles
	sequence int
	edition  uint64
	frames   int
}

// Measured is how far an expression is measured over a sequence.
type Measured struct {
	Done, Failed, Total int // frames
	Extent
	sketch stats.Sketch

	of     subject
	files  []frames.File
	seen   []bool
	cancel context.CancelFunc
}

// Complete reports that no more will be known.
func (m *Measured) Complete() bool { return m.Done+m.Failed == m.Total }

// Ends are percentiles of the values of all frames, 0 to 100, where those were asked for.
func (m *Measured) Ends(low, high float64) inspect.Span {
	q := m.sketch.Quantiles(low/100, high/100)
	if q[0] != q[0] {
		return inspect.NoSpan()
	}
	return inspect.Span{Lo: max(q[0], m.Lo), Hi: min(q[1], m.Hi)} // a sketch rounds
}

// NewRanges makes the ranges; post runs a function on the caller's goroutine, changed is
// called there when more is known.
func NewRanges(pool frames.Pool, post func(func()), changed func()) *Ranges {
	return &Ranges{pool: pool, post: post, changed: changed, known: map[subject]*Measured{}}
}

// Of is what is known of expressions over some sequences, which are all that is wanted now:
// what is not known yet is measured, one after the other.
func (r *Ranges) Of(fps float64, sequences []Sequence) []*Measured {
	out := make([]*Measured, len(sequences))
	fresh := false
	for i, s := range sequences {
		key := subject{s.Text, fps, s.Percentiles, s.ID, s.Edition, s.Frames}
		m := r.known[key]
		if m == nil {
			m = &Measured{Total: s.Frames, Extent: NoExtent(), of: key, files: s.Files(), seen: make([]bool, s.Frames)}
			r.known[key] = m
			fresh = true
		}
		out[i] = m
	}
	if fresh {
		r.stopped = false
	}
	wanted := false
	for _, m := range out {
		wanted = wanted || m == r.running
	}
	if !wanted {
		r.halt()
	}
	r.next(out)
	return out
}

// next measures the first that is not known.
func (r *Ranges) next(wanted []*Measured) {
	if r.running != nil || r.stopped || r.pool == nil {
		return
	}
	for _, m := range wanted {
		if !m.Complete() {
			r.run(m)
			return
		}
	}
}

// None tells that nothing is wanted.
func (r *Ranges) None() { r.halt() }

// Stop ends measuring until it is resumed; what was measured is kept.
func (r *Ranges) Stop() {
	r.stopped = true
	r.halt()
}

// Resume goes on where Stop has ended it.
func (r *Ranges) Resume() { r.stopped = false }

// Stopped reports that measuring was stopped.
func (r *Ranges) Stopped() bool { return r.stopped }

// Busy reports that frames are being measured.
func (r *Ranges) Busy() bool { return r.running != nil }

func (r *Ranges) halt() {
	if r.running != nil {
		r.running.cancel()
		r.running = nil
	}
}

// ahead is how many frames are loaded at a time: enough for two workers to be busy.
const ahead = 3

// run measures the frames of m that were not.
func (r *Ranges) run(m *Measured) {
	ctx, cancel := context.WithCancel(context.Background())
	r.runs++
	m.cancel, r.running = cancel, m
	run := r.runs
	var files []frames.File
	var at []int
	for i, f := range m.files {
		if !m.seen[i] {
			files, at = append(files, f), append(at, i)
		}
	}
	go func() {
		defer cancel()
		_ = frames.Each(ctx, r.pool, files, ahead, func(i int, f *cache.Frame, err error) bool {
			found, counts := NoExtent(), (*stats.Sketch)(nil)
			if err == nil {
				found, counts, err = m.of.look(ctx, expr.Frame{Frame: f, Number: files[i].Number, FPS: m.of.fps})
			}
			if ctx.Err() != nil {
				return false
			}
			if errors.As(err, new(*expr.Error)) {
				err = nil // a frame without the attribute has no values
			}
			r.post(func() { r.take(m, at[i], found, counts, err) })
			return true
		})
		r.post(func() {
			if r.running == m && r.runs == run {
				r.running = nil
			}
			r.changed()
		})
	}()
}

// look measures a frame.
func (s *subject) look(ctx context.Context, f expr.Frame) (e Extent, counts *stats.Sketch, err error) {
	if e, err = ExtentOf(ctx, f, s.text); err == nil && s.sketched {
		counts, err = SketchOf(ctx, f, s.text)
	}
	return e, counts, err
}

func (r *Ranges) take(m *Measured, i int, found Extent, counts *stats.Sketch, err error) {
	if m.seen[i] {
		return
	}
	m.seen[i] = true
	if err != nil {
		m.Failed++
	} else {
		m.Done++
		m.Extent = m.Extent.Union(found)
		if counts != nil {
			m.sketch.Add(counts)
		}
	}
	r.changed()
}

// Text is how far some are measured, in words; "" when all is known.
func Text(measured []*Measured) string {
	var done, failed, total int
	for _, m := range measured {
		done, failed, total = done+m.Done, failed+m.Failed, total+m.Total
	}
	switch {
	case done == total:
		return ""
	case done+failed == total:
		return fmt.Sprintf("%d of %d frames measured, the rest could not be", done, total)
	}
	return fmt.Sprintf("%d of %d frames measured", done, total)
}
