package charts

import (
	"context"
	"errors"
	"fmt"

	"github.com/bits-and-blooms/bitset"

	"iceexplorer/app/inspect/expr"
	"iceexplorer/app/session"
	"iceexplorer/cache"
	"iceexplorer/cache/fault"
	"iceexplorer/cache/unit"
)

// search goes through all frames for the points whose values lie in a range.
type search struct {
	layer  *session.Layer
	frames []cache.Number
	expr   *expr.Expr
	filter string
	chosen func(cache.Number, *cache.Frame) *bitset.BitSet // the points that count; nil: all
	lo, hi float64
	cancel context.CancelFunc
	ctx    context.Context
	lent   func() // takes back the frame that was asked for

	at      int
	found   session.Found
	answers int // frames that have the values
	why     error
}

// SelectAnywhere selects the points whose values lie from lo to hi in any frame, by their IDs,
// of those that are counted. Frames are looked at one after the other, in the background.
func (h *Histogram) SelectAnywhere(lo, hi float64) error {
	l := h.session.Active()
	switch {
	case l == nil || h.expr == nil:
		return errors.New("there is no histogram")
	case h.over == Selected && !l.SelectedSome():
		return errors.New("nothing is selected in this sequence")
	}
	h.stopSearch()
	s := &search{layer: l, expr: h.expr, lo: lo, hi: hi, lent: func() {}}
	for _, f := range l.Seq.Frames {
		s.frames = append(s.frames, f.Number)
	}
	switch h.over {
	case Filtered:
		s.filter = h.filterText()
	case Selected:
		s.chosen = l.SelectedIn()
	}
	s.ctx, s.cancel = context.WithCancel(context.Background())
	h.search = s
	h.session.Lend(true)
	h.searchNext(s)
	return nil
}

// Searching tells how many of the frames were searched; ok is false if none are.
func (h *Histogram) Searching() (part float64, ok bool) {
	if h.search == nil {
		return 0, false
	}
	return float64(h.search.at) / float64(len(h.search.frames)), true
}

func (h *Histogram) stopSearch() {
	if s := h.search; s != nil {
		s.cancel()
		s.lent()
		h.search = nil
		h.session.Lend(false)
	}
}

// CancelSearch ends a search for the points of a range; the selection stays as it was.
func (h *Histogram) CancelSearch() { h.stopSearch() }

// dropSearch ends a search in a layer that is active no more.
func (h *Histogram) dropSearch(l *session.Layer) {
	if h.search != nil && h.search.layer != l {
		h.stopSearch()
	}
}

// searchNext goes on with the next frame.
func (h *Histogram) searchNext(s *search) {
	if s.at == len(s.frames) {
		h.stopSearch()
		h.selectFound(s)
		return
	}
	number := s.frames[s.at]
	s.lent = h.session.Borrow(s.layer, number, func(f *cache.Frame, release func(), err error) {
		if h.search != s {
			if f != nil {
				release()
			}
			return
		}
		if err != nil {
			h.searched(s, err)
			return
		}
		frame := frameOf(h.session, f, number)
		go func() {
			defer release()
			err := s.visit(frame)
			h.post(func() { h.searched(s, err) })
		}()
	})
}

// visit looks for the points in a frame, beside the session's goroutine.
func (s *search) visit(f expr.Frame) error {
	rows, err := between(s.ctx, s.expr, s.filter, f, s.lo, s.hi)
	if err != nil {
		return err
	}
	lost := fault.Guard(func() {
		if s.chosen != nil {
			rows.InPlaceIntersection(s.chosen(f.Number, f.Frame))
		}
		err = s.found.Take(f.Frame, rows)
	})
	return errors.Join(err, lost)
}

func (h *Histogram) searched(s *search, err error) {
	if h.search != s {
		return
	}
	switch {
	case errors.Is(err, session.ErrNoIDs):
		h.stopSearch()
		h.session.Tell(session.Error, "The points of frame "+s.frames[s.at].String()+" have no IDs to be selected by in all frames: drag the range on the histogram of the frame")
		return
	case err == nil:
		s.answers++
	case s.why == nil:
		s.why = err
	}
	s.at++
	h.searchNext(s)
}

// selectFound selects what was found.
func (h *Histogram) selectFound(s *search) {
	if s.answers == 0 && s.why != nil {
		h.session.Tell(session.Error, s.why.Error())
		return
	}
	h.session.SelectFound(s.layer, &s.found)
	if left := len(s.frames) - s.answers; left > 0 {
		h.session.Tell(session.Info, fmt.Sprintf("%s left out of the search: %v", unit.Plural(uint64(left), "frame"), s.why))
	}
}
