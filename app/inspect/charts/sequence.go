package charts

import (
	"context"
	"errors"

	"github.com/bits-and-blooms/bitset"

	"iceexplorer/app/inspect"
	"iceexplorer/app/inspect/distribution"
	"iceexplorer/app/inspect/expr"
	"iceexplorer/app/inspect/stats"
	"iceexplorer/app/session"
	"iceexplorer/cache"
	"iceexplorer/cache/fault"
)

// Sequence is a histogram over all frames of a layer.
type Sequence struct {
	key     sequenceKey
	Range   inspect.Span // of the values; where nothing was counted, as far as the indexes know it
	Counted bool
	Title   string // of the values; "" where no frame has them
	Counts  stats.Histogram
	Frames  int    // that were counted
	Skipped int    // that could not be read, or do not have the values
	Why     string // the first of them was skipped
}

// sequenceKey is what a Sequence is of.
type sequenceKey struct {
	layer, frames int
	generation    uint64 // of the layer's values
	text, filter  string
	selected      bool
	selection     uint64 // its version, if selected points are counted
}

type sequence struct {
	result   *Sequence
	run      *run
	canceled *sequenceKey // is not begun again by itself
}

// cheapPoints is how many points are counted without being asked for.
const cheapPoints = 20_000_000

// run counts frame after frame.
type run struct {
	key    sequenceKey
	layer  *session.Layer
	frames []cache.Number
	expr   *expr.Expr
	filter *expr.Expr
	chosen func(cache.Number, *cache.Frame) *bitset.BitSet // the points that count; nil: all
	ctx    context.Context
	cancel context.CancelFunc
	lent   func() // takes back the frame that was asked for

	at     int
	ranged bool    // the range is known, and frames are counted
	steps  int     // that are done
	apart  float64 // how far values stand apart, as the first frame that is counted has them
	out    Sequence
}

func (h *Histogram) sequenceKey(l *session.Layer) sequenceKey {
	k := sequenceKey{layer: l.ID, frames: len(l.Seq.Frames), generation: l.Generation(), text: h.text}
	switch h.over {
	case Filtered:
		k.filter = h.filterText()
	case Selected:
		k.selected, k.selection = true, l.SelectionVersion()
	}
	return k
}

// Sequence is the histogram over all frames. Where it was not counted only its range is
// known, if that. Of a selection it is of the points that are selected in each frame: by ID,
// or without IDs those that were picked there. nil: there is one frame, or nothing is
// selected.
func (h *Histogram) Sequence() *Sequence {
	l := h.session.Active()
	if l == nil || h.expr == nil || len(l.Seq.Frames) < 2 || h.over == Selected && !l.SelectedSome() {
		return nil
	}
	key := h.sequenceKey(l)
	if r := h.sequence.result; r != nil && r.key == key {
		return r
	}
	out := &Sequence{key: key, Range: inspect.NoSpan()}
	if key.filter == "" && !key.selected {
		out.Range, _ = indexed(l, h.expr)
	}
	return out
}

// Counting tells how much of the sequence is counted; ok is false if it is not being
// counted.
func (h *Histogram) Counting() (part float64, ok bool) {
	r := h.sequence.run
	if r == nil {
		return 0, false
	}
	total := len(r.frames)
	if !r.ranged || r.steps > r.at {
		total *= 2
	}
	return float64(r.steps) / float64(max(total, 1)), true
}

// indexed is the range that the indexes tell of an expression that names an attribute, and
// whether they tell it of all frames.
func indexed(l *session.Layer, e *expr.Expr) (span inspect.Span, all bool) {
	name := e.Name()
	if name == "" {
		return inspect.NoSpan(), false
	}
	a, c, ok := inspect.ParseComponent(l.Attributes(), name)
	if !ok || !a.Points || a.Structure != cache.Single {
		return inspect.NoSpan(), false
	}
	return l.Range(a.Name, c), l.Measured() == len(l.Seq.Frames)
}

// dropSequence ends the counting of what is wanted no longer. l may be nil.
func (h *Histogram) dropSequence(l *session.Layer) {
	if r := h.sequence.run; r != nil && (l == nil || r.key != h.sequenceKey(l)) {
		h.stopSequence()
	}
}

// updateSequence counts the sequence by itself where that costs little.
func (h *Histogram) updateSequence(l *session.Layer) {
	q := &h.sequence
	wanted := h.expr != nil && len(l.Seq.Frames) > 1 && (h.over != Selected || l.SelectedSome())
	key := h.sequenceKey(l)
	done := q.result != nil && q.result.key == key || q.canceled != nil && *q.canceled == key
	if !wanted || done || q.run != nil || h.job != nil || h.result == nil || !othersMay(h.result.Fault) || !h.Seen && !h.asked || h.session.Playing() {
		return
	}
	if n, all := l.LoadedPoints(); all && n <= cheapPoints {
		h.beginSequence(l, key)
	}
}

// othersMay reports whether other frames can have a histogram where one has a fault, or none.
func othersMay(err error) bool {
	var fault *expr.Error
	return err == nil || errors.As(err, &fault) && fault.Lacks
}

// CountSequence counts all frames of the active layer.
func (h *Histogram) CountSequence() error {
	l := h.session.Active()
	switch {
	case l == nil || h.expr == nil:
		return errors.New("there is no histogram")
	case h.over == Selected && !l.SelectedSome():
		return errors.New("nothing is selected in this sequence")
	}
	h.stopSequence()
	h.sequence.result = nil
	h.beginSequence(l, h.sequenceKey(l))
	return nil
}

// CancelSequence ends the counting of all frames.
func (h *Histogram) CancelSequence() {
	if r := h.sequence.run; r != nil {
		h.sequence.canceled = &r.key
		h.stopSequence()
	}
}

func (h *Histogram) stopSequence() {
	if r := h.sequence.run; r != nil {
		r.cancel()
		r.lent()
		h.sequence.run = nil
		h.session.Lend(false)
	}
}

func (h *Histogram) beginSequence(l *session.Layer, key sequenceKey) {
	filter, err := parsed(key.filter)
	if err != nil {
		return // the frame's histogram says so
	}
	ctx, cancel := context.WithCancel(context.Background())
	r := &run{key: key, layer: l, expr: h.expr, filter: filter, ctx: ctx, cancel: cancel, lent: func() {}}
	for _, f := range l.Seq.Frames {
		r.frames = append(r.frames, f.Number)
	}
	if key.selected {
		r.chosen = l.SelectedIn()
	}
	r.out = Sequence{key: key, Range: inspect.NoSpan(), Counted: true}
	h.sequence.canceled, h.sequence.run = nil, r
	if filter == nil && r.chosen == nil {
		if span, all := indexed(l, h.expr); all {
			r.out.Range, r.ranged = span, true
		}
	}
	h.session.Lend(true)
	h.step(r)
}

// step goes on with the next frame.
func (h *Histogram) step(r *run) {
	if r.at == len(r.frames) {
		if r.ranged {
			h.sequence.result = &r.out
			h.stopSequence()
			return
		}
		r.ranged, r.at = true, 0
		r.out.Skipped, r.out.Why = 0, ""
	}
	number := r.frames[r.at]
	r.lent = h.session.Borrow(r.layer, number, func(f *cache.Frame, release func(), err error) {
		if h.sequence.run != r {
			if f != nil {
				release()
			}
			return
		}
		if err != nil {
			h.took(r, nil, err)
			return
		}
		frame := frameOf(h.session, f, number)
		go func() {
			defer release()
			take, err := r.visit(frame)
			h.post(func() { h.took(r, take, err) })
		}()
	})
}

// took takes what was found in a frame.
func (h *Histogram) took(r *run, take func(), err error) {
	if h.sequence.run != r {
		return
	}
	if err != nil {
		if r.out.Skipped++; r.out.Why == "" {
			r.out.Why = err.Error()
		}
	} else {
		take()
	}
	r.at++
	r.steps++
	h.step(r)
}

// visit looks at a frame, beside the session's goroutine, and returns what has its result
// taken there.
func (r *run) visit(f expr.Frame) (take func(), err error) {
	v, err := distribution.Bind(r.ctx, r.expr, r.filter, f)
	if err == nil && r.chosen != nil {
		err = fault.Guard(func() { v.Mask = r.chosen(f.Number, f.Frame) })
	}
	if err != nil {
		return nil, err
	}
	if !r.ranged {
		sum, err := v.Sum(r.ctx)
		if err != nil {
			return nil, err
		}
		return func() {
			if span := (inspect.Span{Lo: sum.Min, Hi: sum.Max}); !span.Empty() {
				r.out.Range = r.out.Range.Union(span)
			}
		}, nil
	}
	apart := r.apart
	if r.out.Frames == 0 {
		if apart, err = v.Step(r.ctx, r.out.Range); err != nil {
			return nil, err
		}
	}
	counts, err := v.Count(r.ctx, r.out.Range, apart)
	if err != nil {
		return nil, err
	}
	return func() {
		if r.out.Frames++; r.out.Frames == 1 {
			r.out.Title, r.out.Counts, r.apart = v.Title, counts, apart
			return
		}
		distribution.Add(&r.out.Counts, &counts)
	}, nil
}
