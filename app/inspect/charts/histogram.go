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

// Over says which points of the frame a histogram is of.
type Over uint8

const (
	All Over = iota
	Filtered
	Selected
)

// Overs are the names of Over.
var Overs = []string{All: "frame", Filtered: "filter", Selected: "selection"}

func (o Over) String() string { return Overs[o] }

// Histogram is of the values of an expression over points of the active layer's frame,
// and over all of its frames.
type Histogram struct {
	session *session.Session
	post    func(func())
	filter  func() string

	text string // as it was given; "": nothing is shown
	expr *expr.Expr
	over Over

	// Log draws counts by their magnitude.
	Log bool
	// Seen is set while the histogram can be seen: otherwise nothing new is counted but
	// what was asked for since.
	Seen  bool
	asked bool

	job       *counting
	result    *Result
	selecting int // ranges that are being selected

	marked   [2]float64 // a range
	isMarked bool
	ofAll    bool // the range was marked on the histogram of all frames
	search   *search

	sequence sequence
}

// wish is what a Result is of.
type wish struct {
	layer     int
	key       uint64 // of the frame
	text      string
	over      Over
	filter    string
	selection uint64
}

// Result is a histogram of a frame.
type Result struct {
	wish
	Number      cache.Number
	Title       string // of the values
	Text        string // an expression that gives the values
	Fault       error  // why there is none
	Whole       bool   // the values are whole numbers
	Summary     stats.Summary
	Counts      stats.Histogram
	Percentiles []float64 // of distribution.Parts; nil until they are found
}

// Over is which points were counted.
func (r *Result) Over() Over { return r.over }

// counting makes a Result beside the session's goroutine.
type counting struct {
	wish   wish
	cancel context.CancelFunc
}

// Show has the histogram of an expression shown, "" none. The error is an *expr.Error; the
// histogram is then the one of before.
func (h *Histogram) Show(text string) error {
	if text == "" {
		h.stop()
		h.stopSequence()
		h.text, h.expr, h.result = "", nil, nil
		return nil
	}
	e, err := expr.Parse(text)
	if err != nil {
		return err
	}
	if text != h.text {
		h.isMarked = false
	}
	h.text, h.expr, h.asked = text, e, true
	return nil
}

// Text is the expression that is shown, "" if none is.
func (h *Histogram) Text() string { return h.text }

// Over is which points are counted.
func (h *Histogram) Over() Over { return h.over }

// SetOver says which points are counted.
func (h *Histogram) SetOver(o Over) { h.over, h.asked = o, true }

// Result is what was counted last; nil: nothing yet. It may be of an earlier frame while
// the next one is counted.
func (h *Histogram) Result() *Result { return h.result }

// Current reports whether the Result is of what is shown now.
func (h *Histogram) Current() bool { return h.job == nil && h.result != nil }

// Busy reports whether points are being counted, or selected.
func (h *Histogram) Busy() bool {
	return h.job != nil || h.asked || h.sequence.run != nil || h.selecting > 0 || h.search != nil
}

// source is the frame to be counted.
type source struct {
	session.Shown
	acquire func() (release func()) // keeps it open; until the session's next call
}

// wanted is what is to be counted; ok is false if there is nothing to count.
func (h *Histogram) wanted() (w wish, l *session.Layer, of source, ok bool) {
	if l = h.session.Active(); l == nil || h.expr == nil {
		return w, l, of, false
	}
	of.Shown, of.acquire = h.session.Inspect(l)
	sh := of.Shown
	if sh.Frame == nil {
		return w, l, of, false
	}
	w = wish{layer: l.ID, key: sh.Key, text: h.text, over: h.over}
	switch h.over {
	case Filtered:
		w.filter = h.filterText()
	case Selected:
		_, w.selection = h.session.Selected(l, sh)
	}
	return w, l, of, true
}

func (h *Histogram) filterText() string {
	if h.filter == nil {
		return ""
	}
	return h.filter()
}

func (h *Histogram) update() {
	w, l, of, ok := h.wanted()
	switch {
	case !ok:
		h.stop()
		h.result, h.asked = nil, false
		h.dropSequence(l)
		h.dropSearch(l)
		return
	case h.job != nil && h.job.wish == w:
	case h.result != nil && h.result.wish == w:
		h.stop()
		h.asked = false
	case !h.Seen && !h.asked:
	case h.job == nil:
		h.begin(w, l, of)
	case h.job.wish != w && !h.job.wish.otherFrame(w):
		h.stop()
		h.begin(w, l, of)
	}
	h.dropSequence(l)
	h.dropSearch(l)
	h.updateSequence(l)
}

// otherFrame reports whether o differs by the frame alone: that of the play head may run
// ahead of the counts, which are shown as they come.
func (w wish) otherFrame(o wish) bool {
	w.key, w.selection = o.key, o.selection
	return w == o
}

func (h *Histogram) stop() {
	if h.job != nil {
		h.job.cancel()
		h.job = nil
	}
}

func (h *Histogram) begin(w wish, l *session.Layer, of source) {
	var selected *bitset.BitSet
	if w.over == Selected {
		if selected, _ = h.session.Selected(l, of.Shown); selected == nil {
			selected = bitset.New(uint(of.Frame.Header.Points))
		}
		selected = selected.Clone()
	}
	ctx, cancel := context.WithCancel(context.Background())
	j := &counting{w, cancel}
	h.job = j
	frame, release, e := frameOf(h.session, of.Frame, of.Number), of.acquire(), h.expr
	go func() {
		defer release()
		count(ctx, w, e, frame, selected, func(r *Result, last bool) {
			h.post(func() {
				if h.job != j {
					return
				}
				if h.result = r; last {
					h.job, h.asked = nil, false
					cancel()
				}
			})
		})
	}()
}

// count counts, and tells of the counts before it finds the percentiles, which takes
// longer.
func count(ctx context.Context, w wish, e *expr.Expr, f expr.Frame, selected *bitset.BitSet, tell func(r *Result, last bool)) {
	r := &Result{wish: w, Number: f.Number, Title: w.text}
	fail := func(err error) {
		if !errors.Is(err, context.Canceled) {
			r.Fault = err
			tell(r, true)
		}
	}
	filter, err := parsed(w.filter)
	if err != nil {
		fail(err)
		return
	}
	v, err := distribution.Bind(ctx, e, filter, f)
	if err != nil {
		fail(err)
		return
	}
	if selected != nil {
		v.Mask = selected
	}
	r.Title, r.Text, r.Whole = v.Title, v.Text, v.Whole()
	if r.Summary, err = v.Sum(ctx); err != nil {
		fail(err)
		return
	}
	span := inspect.Span{Lo: r.Summary.Min, Hi: r.Summary.Max} // empty of NaN
	step, err := v.Step(ctx, span)
	if err == nil {
		r.Counts, err = v.Count(ctx, span, step)
	}
	if err != nil {
		fail(err)
		return
	}
	first := *r
	tell(&first, false)
	if r.Percentiles, err = v.Percentiles(ctx); err != nil {
		fail(err)
		return
	}
	tell(r, true)
}

// parsed is a text that may be empty.
func parsed(text string) (*expr.Expr, error) {
	if text == "" {
		return nil, nil
	}
	return expr.Parse(text)
}

// Select selects the points of the shown frame whose values lie from lo to hi, of those
// that are counted: of a selection those stay selected that the frame has in the range.
func (h *Histogram) Select(lo, hi float64) error {
	w, l, of, ok := h.wanted()
	switch {
	case !ok:
		return errors.New("there is no histogram")
	case w.over == Selected && !l.SelectedSome():
		return errors.New("nothing is selected in this sequence")
	}
	var chosen func(cache.Number, *cache.Frame) *bitset.BitSet
	if w.over == Selected {
		chosen = l.SelectedIn()
	}
	frame, release, e := frameOf(h.session, of.Frame, of.Number), of.acquire(), h.expr
	h.selecting++
	go func() {
		defer release()
		rows, err := between(context.Background(), e, w.filter, frame, lo, hi)
		if err == nil && chosen != nil {
			err = fault.Guard(func() { rows.InPlaceIntersection(chosen(frame.Number, frame.Frame)) })
		}
		h.post(func() {
			h.selecting--
			if err != nil {
				h.session.Tell(session.Error, err.Error())
				return
			}
			h.session.Select(session.SelectOnly, session.Picked{Layer: l.ID, Number: frame.Number, Rows: rows})
		})
	}()
	return nil
}

// between are the points whose values lie from lo to hi.
func between(ctx context.Context, e *expr.Expr, filter string, f expr.Frame, lo, hi float64) (*bitset.BitSet, error) {
	where, err := parsed(filter)
	if err != nil {
		return nil, err
	}
	v, err := distribution.Bind(ctx, e, where, f)
	if err != nil {
		return nil, err
	}
	in, err := expr.Parse(Within(v.Text, lo, hi))
	if err != nil {
		return nil, err
	}
	p, err := in.Bind(f)
	if err != nil {
		return nil, err
	}
	rows, err := p.Mask(ctx)
	if err == nil && v.Mask != nil {
		rows.InPlaceIntersection(v.Mask)
	}
	return rows, err
}
