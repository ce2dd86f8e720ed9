package stage

import (
	"errors"
	"slices"

	"iceexplorer/app/inspect"
	"iceexplorer/app/inspect/derived"
	"iceexplorer/app/inspect/expr"
	"iceexplorer/app/inspect/frames"
	"iceexplorer/app/look"
	"iceexplorer/cache"
	"iceexplorer/gfx/style"
)

// colors makes what points are coloured by where that is no column of a frame: values of
// expressions, percentiles, and the range of an expression over all frames.
type colors struct {
	cache  derived.Cache
	ranges *derived.Ranges
	last   *look.Look // whose colours were there last
	asked  map[asked]bool
	note   string // why others are shown; "" if they are not
}

// asked is what is being made of a frame.
type asked struct {
	key  uint64
	wish derived.Wish
}

// columns is what was made of the shown frames; nil where nothing is needed, or there.
type columns struct {
	made []*derived.Column
	why  []string // not, in words
}

// wish is what a look needs to be made of frames; ok is false if that is nothing.
func (s *Stage) wish(l *look.Look) (w derived.Wish, ok bool) {
	text, low, high, ok := l.Wished()
	if !ok {
		return w, false
	}
	w = derived.Wish{Text: s.colorText(l), FPS: s.session.FPS(), Low: low, High: high, Bare: text == ""}
	return w, w.Text != ""
}

// colorText is the expression of what points are coloured by, be it an attribute; "" if none
// of the sequences has that.
func (s *Stage) colorText(l *look.Look) string {
	if l.Expression != "" {
		return l.Expression
	}
	for _, a := range s.session.Attributes() {
		if a.Points && a.Same(l.Scalar) {
			return derived.OfAttribute(a.Name, a.Type, l.Component)
		}
	}
	return ""
}

// PrepareFrame tells what has to be made of a frame before it is shown, beside the loop;
// nil if that is nothing.
func (s *Stage) PrepareFrame(f *cache.Frame, number cache.Number, key uint64) func() {
	w, ok := s.wish(s.looks())
	if !ok {
		return nil
	}
	s.colors.cache.Want(w)
	if _, _, there := s.colors.cache.Get(key, w); there {
		return nil
	}
	of := expr.Frame{Frame: f, Number: number, FPS: w.FPS}
	return func() { s.colors.cache.Make(key, of, w) }
}

// madeOf are the columns of the shown frames that a look needs; missing tells which of them are
// not there.
func (s *Stage) madeOf(l *look.Look, shown []shownFrame) (c columns, w derived.Wish, missing []int) {
	c = columns{make([]*derived.Column, len(shown)), make([]string, len(shown))}
	w, ok := s.wish(l)
	if !ok {
		return c, w, nil
	}
	for i, sh := range shown {
		if sh.Frame == nil {
			continue
		}
		col, err, there := s.colors.cache.Get(sh.Key, w)
		if c.made[i] = col; !there {
			missing = append(missing, i)
		}
		if fault := (*expr.Error)(nil); errors.As(err, &fault) {
			c.why[i] = fault.Msg
		} else if err != nil {
			c.why[i] = "cannot be read"
		}
	}
	return c, w, missing
}

// colored is the look whose colours are drawn, with what they need: l, or until that is
// made the one before.
func (s *Stage) colored(l *look.Look, shown []shownFrame) (look.Look, columns) {
	now := *l
	c, w, missing := s.madeOf(&now, shown)
	if s.colors.note = ""; len(missing) == 0 {
		s.colors.last = &now
		return now, c
	}
	s.colors.cache.Want(w)
	for _, i := range missing {
		s.make(shown[i], w)
	}
	s.colors.note = "Computing " + now.ColorBy()
	if s.colors.last != nil {
		held := now.Recolor(s.colors.last)
		old, _, lacks := s.madeOf(&held, shown)
		if names := held.Columns(); len(lacks) == 0 && !slices.ContainsFunc(shown, func(sh shownFrame) bool { return len(s.session.Missing(sh.layer, names)) > 0 }) {
			return held, old
		}
	}
	return now, c
}

// make makes what is wished of a shown frame, beside the loop.
func (s *Stage) make(sh shownFrame, w derived.Wish) {
	at := asked{sh.Key, w}
	if s.colors.asked[at] {
		return
	}
	f, release := sh.layer.AcquireShown()
	if f != sh.Frame {
		release()
		return
	}
	if s.colors.asked == nil {
		s.colors.asked = map[asked]bool{}
	}
	s.colors.asked[at] = true
	go func() {
		s.colors.cache.Make(at.key, expr.Frame{Frame: f, Number: sh.Number, FPS: w.FPS}, w)
		release()
		s.opt.Post(func() {
			delete(s.colors.asked, at)
			s.opt.Wake()
		})
	}()
}

// spans are the ranges of what the shown layers are coloured by, as the look asks for.
func (s *Stage) spans(l *look.Look, shown []shownFrame, c columns) (spans []derived.Extent, note string) {
	spans = make([]derived.Extent, len(shown))
	percentiles, overall := l.Overall()
	all := l.RangeMode == look.RangeSequence || percentiles
	if !overall {
		s.ranges().None()
	}
	for i, sh := range shown {
		col := c.made[i]
		switch {
		case l.ColorMode != style.ColorScalar:
		case l.RangeMode == look.RangePercent && col != nil:
			spans[i].Span = col.Ends
		case l.RangeMode == look.RangePercent || l.Expression != "" && col == nil:
			spans[i].Span = inspect.NoSpan()
		case l.Expression != "":
			spans[i].Span = col.Span
		default:
			spans[i].Span = sh.layer.ValueRange(l.Scalar, l.Component, all)
		}
		spans[i].Odd = l.Expression == "" && sh.layer.Odd(l.Scalar) || l.Expression != "" && col != nil && col.Odd
	}
	text := s.colorText(l)
	switch {
	case l.ColorMode != style.ColorScalar || !all:
		return spans, ""
	case !overall || text == "":
		return spans, s.session.MeasuredText()
	}
	measured := s.ranges().Of(text, s.session.FPS(), percentiles, sequences(shown))
	for _, m := range measured {
		switch {
		case m.Complete():
		case percentiles:
			return spans, "no percentiles yet: " + derived.Text(measured)
		default:
			return spans, "this frame's: " + derived.Text(measured)
		}
	}
	for i, m := range measured {
		if spans[i].Span, spans[i].Odd = m.Span, spans[i].Odd || m.Odd; percentiles {
			spans[i].Span = m.Ends(l.PercentLow, l.PercentHigh)
		}
	}
	return spans, derived.Text(measured)
}

func sequences(shown []shownFrame) []derived.Sequence {
	out := make([]derived.Sequence, len(shown))
	for i, sh := range shown {
		out[i] = derived.Sequence{ID: sh.layer.ID, Edition: sh.layer.Edition(), Frames: len(sh.layer.Seq.Frames), Files: func() []frames.File { return frames.Of(&sh.layer.Seq) }}
	}
	return out
}

func (s *Stage) ranges() *derived.Ranges {
	if s.colors.ranges == nil {
		s.colors.ranges = derived.NewRanges(s.opt.Pool, s.opt.Post, s.opt.Wake)
	}
	return s.colors.ranges
}

// visible is what is shown of the visible layers, also of those of which nothing is there.
func (s *Stage) visible() (out []shownFrame) {
	for _, l := range s.session.Layers() {
		if l.Visible {
			out = append(out, shownFrame{l, s.session.Shown(l)})
		}
	}
	return out
}

// Scale is what the colormap stands for in the active layer, or in all.
func (s *Stage) Scale() Scale {
	shown := s.visible()
	l, _ := s.readable(shown)
	l, c := s.colored(&l, shown)
	spans, note := s.spans(&l, shown, c)
	scales := Scales(&l, spans, note)
	for i, sh := range shown {
		if sh.layer == s.session.Active() || i == len(shown)-1 {
			return scales[i]
		}
	}
	return Scales(&l, []derived.Extent{derived.NoExtent()}, note)[0]
}

// Why is why an expression that points are coloured by gives nothing in the active layer;
// "" if it does.
func (s *Stage) Why() string {
	shown := s.visible()
	c, _, _ := s.madeOf(s.looks(), shown)
	for i, sh := range shown {
		if sh.layer == s.session.Active() {
			return c.why[i]
		}
	}
	return ""
}

// Measuring reports that the range of an expression over all frames is being measured.
func (s *Stage) Measuring() bool { return s.ranges().Busy() }

// Measure goes on with measuring the range of an expression, or stops it.
func (s *Stage) Measure(on bool) {
	if on {
		s.ranges().Resume()
	} else {
		s.ranges().Stop()
	}
	s.opt.Wake()
}

// coloring reports that colours are being made.
func (s *Stage) coloring() bool {
	return len(s.colors.asked) > 0 || s.colors.ranges != nil && s.colors.ranges.Busy()
}
