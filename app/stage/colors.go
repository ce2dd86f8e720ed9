package stage

import (
	"errors"
	"slices"

	"iceexplorer/app/inspect"
	"iceexplorer/app/inspect/derived"
	"iceexplorer/app/inspect/expr"
	"iceexplorer/app/inspect/frames"
	"iceexplorer/app/look"
	"iceexplorer/app/session"
	"iceexplorer/cache"
	"iceexplorer/gfx/style"
)

// colors makes what points are coloured by where that is no column of a frame: values of
// expressions, percentiles, and the range of an expression over all frames.
type colors struct {
	cache  derived.Cache
	ranges *derived.Ranges
	last   map[int]look.Look // of layers, whose colours were there last
	asked  map[asked]bool
	note   string // why others are shown; "" if they are not
	beside func(work func())
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

// PrepareFrame tells what has to be made of a layer's frame before it is shown, beside the
// loop; nil if that is nothing.
func (s *Stage) PrepareFrame(l *session.Layer, f *cache.Frame, number cache.Number, key uint64) func() {
	v := s.lookOf(l)
	w, ok := s.wish(&v)
	if !ok {
		return nil
	}
	s.want()
	if _, _, there := s.colors.cache.Get(key, w); there {
		return nil
	}
	of := expr.Frame{Frame: f, Number: number, FPS: w.FPS}
	return func() { s.colors.cache.Make(key, of, w) }
}

// want tells what is wished of frames from now on.
func (s *Stage) want() {
	var all []derived.Wish
	for _, l := range s.session.Layers() {
		v := s.lookOf(l)
		if w, ok := s.wish(&v); ok && !slices.Contains(all, w) {
			all = append(all, w)
		}
	}
	s.colors.cache.Want(all...)
}

// madeOf are the columns of the shown frames that looks need; missing tells which of them are
// not there.
func (s *Stage) madeOf(looks []look.Look, shown []shownFrame) (c columns, missing []int) {
	c = columns{make([]*derived.Column, len(shown)), make([]string, len(shown))}
	for i, sh := range shown {
		w, ok := s.wish(&looks[i])
		if !ok || sh.Frame == nil {
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
	return c, missing
}

// colored are the looks whose colours are drawn, with what they need: those given, or until
// that is made the ones before.
func (s *Stage) colored(now []look.Look, shown []shownFrame) ([]look.Look, columns) {
	c, missing := s.madeOf(now, shown)
	if s.colors.note = ""; len(missing) == 0 {
		s.colors.last = looksOf(now, shown)
		return now, c
	}
	s.want()
	for _, i := range missing {
		if w, ok := s.wish(&now[i]); ok {
			s.make(shown[i], w)
		}
	}
	s.colors.note = "Computing " + now[missing[0]].ColorBy()
	if held, ok := holdLooks(now, s.colors.last, shown, (*look.Look).Recolor); ok {
		old, lacks := s.madeOf(held, shown)
		if len(lacks) == 0 && !s.lacking(held, shown) {
			return held, old
		}
	}
	return now, c
}

// looksOf are looks by their layers.
func looksOf(looks []look.Look, shown []shownFrame) map[int]look.Look {
	out := map[int]look.Look{}
	for i, sh := range shown {
		out[sh.layer.ID] = looks[i]
	}
	return out
}

// holdLooks are looks with a part of the last ones; ok is false where a layer had none.
func holdLooks(now []look.Look, last map[int]look.Look, shown []shownFrame, with func(*look.Look, *look.Look) look.Look) (held []look.Look, ok bool) {
	held = make([]look.Look, len(now))
	for i, sh := range shown {
		was, ok := last[sh.layer.ID]
		if !ok {
			return nil, false
		}
		held[i] = with(&now[i], &was)
	}
	return held, true
}

// lacking reports whether attributes that looks draw are not in memory.
func (s *Stage) lacking(looks []look.Look, shown []shownFrame) bool {
	for i, sh := range shown {
		if len(s.session.Missing(sh.layer, looks[i].Columns())) > 0 {
			return true
		}
	}
	return false
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
	s.colors.beside(func() {
		s.colors.cache.Make(at.key, expr.Frame{Frame: f, Number: sh.Number, FPS: w.FPS}, w)
		release()
		s.opt.Post(func() {
			delete(s.colors.asked, at)
			s.opt.Wake()
		})
	})
}

// spans are the ranges of what the shown layers are coloured by, as their looks ask for, and
// what those lack to be what they are called.
func (s *Stage) spans(looks []look.Look, shown []shownFrame, c columns) (spans []derived.Extent, notes []string) {
	spans, notes = make([]derived.Extent, len(shown)), make([]string, len(shown))
	var measured []int // of which all frames are asked
	for i, sh := range shown {
		l, col := &looks[i], c.made[i]
		percentiles, overall := l.Overall()
		all := l.RangeMode == look.RangeSequence || percentiles
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
		switch {
		case l.ColorMode != style.ColorScalar || !all:
		case !overall || s.colorText(l) == "":
			notes[i] = s.session.MeasuredText()
		default:
			measured = append(measured, i)
		}
	}
	s.measureSpans(looks, shown, measured, spans, notes)
	return spans, notes
}

// measureSpans finds those that all frames are loaded for.
func (s *Stage) measureSpans(looks []look.Look, shown []shownFrame, of []int, spans []derived.Extent, notes []string) {
	if len(of) == 0 {
		s.ranges().None()
		return
	}
	known := s.ranges().Of(s.session.FPS(), s.sequences(looks, shown, of))
	for k, i := range of {
		var alike []*derived.Measured // layers that share a scale
		for o, at := range of {
			if looks[i].SameColors(&looks[at]) {
				alike = append(alike, known[o])
			}
		}
		percentiles, _ := looks[i].Overall()
		notes[i] = derived.Text(alike)
		switch {
		case !slices.ContainsFunc(alike, func(m *derived.Measured) bool { return !m.Complete() }):
			if spans[i].Span, spans[i].Odd = known[k].Span, spans[i].Odd || known[k].Odd; percentiles {
				spans[i].Span = known[k].Ends(looks[i].PercentLow, looks[i].PercentHigh)
			}
		case percentiles:
			notes[i] = "no percentiles yet: " + notes[i]
		default:
			notes[i] = "this frame's: " + notes[i]
		}
	}
}

// sequences are those of some of the shown layers, with what is asked of them.
func (s *Stage) sequences(looks []look.Look, shown []shownFrame, of []int) []derived.Sequence {
	out := make([]derived.Sequence, len(of))
	for k, i := range of {
		l := shown[i].layer
		percentiles, _ := looks[i].Overall()
		out[k] = derived.Sequence{Text: s.colorText(&looks[i]), Percentiles: percentiles, ID: l.ID, Edition: l.Edition(), Frames: len(l.Seq.Frames), Files: func() []frames.File { return frames.Of(&l.Seq) }}
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

// Scale is what the colormap stands for in the active layer, or where that is not shown in
// another one.
func (s *Stage) Scale() Scale {
	shown := s.visible()
	looks, _ := s.readable(shown)
	looks, c := s.colored(looks, shown)
	spans, notes := s.spans(looks, shown, c)
	scales := Scales(looks, spans, notes)
	for i, sh := range shown {
		if sh.layer == s.session.Active() || i == len(shown)-1 {
			return scales[i]
		}
	}
	return Scales([]look.Look{s.opt.Look.Now()}, []derived.Extent{derived.NoExtent()}, []string{""})[0]
}

// Why is why an expression that points are coloured by gives nothing in the active layer;
// "" if it does.
func (s *Stage) Why() string {
	shown := s.visible()
	c, _ := s.madeOf(s.looksNow(shown), shown)
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
