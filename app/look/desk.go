package look

import (
	"errors"
	"fmt"
	"maps"
	"math"

	"iceexplorer/gfx/style"
)

// State is looks as they stand: the common one, and that of the layer in question.
type State struct {
	Common Look
	Layer  int  // 0: no layer is in question
	Has    bool // the layer has a look of its own
	Own    Look
}

// Change is what a command has changed.
type Change struct {
	// Label is what the user did, as a menu would show it: "Point scale". It is empty if the
	// change cannot be undone, such as an undo itself.
	Label string
	// Key joins successive changes, such as those of a slider being dragged, into one; a
	// change with "" stands alone.
	Key string

	From, To State
}

// Desk owns the looks in use: the common one, and those that layers have of their own. Commands
// change one of them: they clamp numbers to their bounds and report each change. It belongs to
// one goroutine.
type Desk struct {
	// Layer tells the active layer: if it has a look of its own, commands change that; nil:
	// they change the common one.
	Layer func() int

	common      Look
	own         map[int]Look
	sky         *Sky // of the window's theme; nil: there is none
	subscribers []func(Change)
}

// NewDesk begins with the look of a new window.
func NewDesk() *Desk { return &Desk{common: Default(), own: map[int]Look{}} }

// Edited is the layer whose own look commands change; 0: they change the common one.
func (d *Desk) Edited() int {
	if d.Layer == nil || !d.HasOwn(d.Layer()) {
		return 0
	}
	return d.Layer()
}

// Now is the look that commands change.
func (d *Desk) Now() Look { return d.Of(d.Edited()) }

// Common is the look of layers that have none of their own, and of the scene.
func (d *Desk) Common() Look { return d.common }

// Of is the look that a layer is drawn with.
func (d *Desk) Of(layer int) Look {
	if own, ok := d.own[layer]; ok {
		return own.In(&d.common)
	}
	return d.common
}

// HasOwn reports whether a layer has a look of its own.
func (d *Desk) HasOwn(layer int) bool {
	_, ok := d.own[layer]
	return ok
}

// Subscribe has f called after each change. f must not command the desk.
func (d *Desk) Subscribe(f func(Change)) { d.subscribers = append(d.subscribers, f) }

func (d *Desk) state(layer int) State {
	own, has := d.own[layer]
	return State{Common: d.common, Layer: layer, Has: has, Own: own}
}

// become goes to a state, and reports that if anything changes.
func (d *Desk) become(label, key string, to State) {
	from := d.state(to.Layer)
	if to == from {
		return
	}
	if d.common = to.Common; to.Has {
		d.own[to.Layer] = to.Own
	} else {
		delete(d.own, to.Layer)
	}
	for _, f := range d.subscribers {
		f(Change{Label: label, Key: key, From: from, To: to})
	}
}

// change carries out a command: on the common look, or on that of the active layer and what of
// the common one sets up the scene.
func (d *Desk) change(label, key string, do func(*Look)) {
	layer := d.Edited()
	to, now := d.state(layer), d.Of(layer)
	was := now
	if do(&now); now == was {
		return
	}
	if layer == 0 {
		to.Common = now
	} else {
		to.Common, to.Own = to.Common.In(&now), now
		if key != "" {
			key = fmt.Sprintf("%s of %d", key, layer)
		}
	}
	d.become(label, key, to)
}

// SetOwn gives a layer a look of its own, which begins as the common one, or takes it away.
func (d *Desk) SetOwn(layer int, on bool) {
	to := d.state(layer)
	if on == to.Has {
		return
	}
	if to.Has, to.Own = on, d.common; !on {
		to.Own = Look{}
	}
	d.become("Own look", "", to)
}

// PutOwn gives a layer a look of its own, such as one that was read from a file; this cannot be
// undone.
func (d *Desk) PutOwn(layer int, own Look) error {
	if err := own.Check(); err != nil {
		return err
	}
	to := d.state(layer)
	to.Has, to.Own = true, own
	d.become("", "", to)
	return nil
}

// Keep forgets the looks of layers that are no more.
func (d *Desk) Keep(open func(layer int) bool) {
	maps.DeleteFunc(d.own, func(layer int, _ Look) bool { return !open(layer) })
}

// Reset goes back to the look of a new window; that of a layer goes alone. The diameter of
// points without a Size is a preference and stays.
func (d *Desk) Reset() {
	own := d.Edited() != 0
	d.change("Reset display", "", func(l *Look) {
		to := Default()
		if own {
			to = to.In(l)
		}
		d.put(l, to)
	})
}

// Put takes over another look, such as one read from a file. The preference stays.
func (d *Desk) Put(other Look) error {
	if err := other.Check(); err != nil {
		return err
	}
	d.change("Display", "", func(l *Look) { d.put(l, other) })
	return nil
}

// PutCommon is Put of the look that layers without their own have, and of the scene.
func (d *Desk) PutCommon(other Look) error {
	if err := other.Check(); err != nil {
		return err
	}
	to := d.state(0)
	d.put(&to.Common, other)
	d.become("Display", "", to)
	return nil
}

// Restore goes to an earlier or later state, for undo and redo; this cannot itself be undone.
// The preference stays.
func (d *Desk) Restore(s State) {
	to := d.state(s.Layer)
	to.Has, to.Own = s.Has, s.Own
	d.put(&to.Common, s.Common)
	d.become("", "", to)
}

func (d *Desk) put(l *Look, other Look) {
	other.PointSize = l.PointSize
	*l = other
	d.under(l)
}

// Prefer sets the diameter of points without a Size, in pixels.
func (d *Desk) Prefer(diameter float64) {
	if finite(diameter) {
		d.change("", "", func(l *Look) { amounts[DefaultDiameter].set(l, diameter) })
	}
}

// Turn turns an option on or off.
func (d *Desk) Turn(o Option, on bool) {
	d.change(o.String(), "", func(l *Look) { *options[o].of(l) = on })
}

// Set sets a number.
func (d *Desk) Set(a Amount, v float64) {
	if finite(v) {
		d.change(a.String(), a.String(), func(l *Look) { amounts[a].set(l, v) })
	}
}

// Paint sets a colour, each component from 0 to 1.
func (d *Desk) Paint(t Tint, c [3]float32) {
	if colored(c) {
		d.change(t.String(), t.String(), func(l *Look) { *tints[t].of(l) = c })
	}
}

// ColorByAttribute uses the points' own colours.
func (d *Desk) ColorByAttribute() {
	d.change("Colour by", "", func(l *Look) { l.ColorMode = style.ColorAttribute })
}

// ColorByConstant gives all points one colour.
func (d *Desk) ColorByConstant() {
	d.change("Colour by", "", func(l *Look) { l.ColorMode = style.ColorConstant })
}

// ColorByScalar colours by numbers through a colormap.
func (d *Desk) ColorByScalar(s Scalar) {
	d.change("Colour by", "", func(l *Look) {
		l.ColorMode, l.Scalar, l.Component, l.ScalarTitle, l.Expression = style.ColorScalar, s.Attribute, s.Component, s.Title, ""
	})
}

// ColorByExpression colours by the numbers of an expression through a colormap.
func (d *Desk) ColorByExpression(text string) {
	d.change("Colour by", "", func(l *Look) {
		l.ColorMode, l.Scalar, l.Component, l.ScalarTitle, l.Expression = style.ColorScalar, "", 0, "", text
	})
}

// SetColormap chooses a colormap by its name, or by the stops of one's own. The error is
// written for users.
func (d *Desk) SetColormap(name string) error {
	if err := style.CheckColormap(name); err != nil {
		return err
	}
	key := ""
	if style.IsStops(name) {
		key = "stops" // one is dragged
	}
	d.change("Colormap", key, func(l *Look) { l.Colormap = name })
	return nil
}

// RangeOf uses the range of the frame, or of the sequence, for the ends of the colormap.
func (d *Desk) RangeOf(all bool) {
	d.change("Colour range", "", func(l *Look) {
		if l.RangeMode = RangeFrame; all {
			l.RangeMode = RangeSequence
		}
	})
}

// Fix sets the values at the ends of the colormap, which differ; lo may be greater than hi.
// The error is written for users.
func (d *Desk) Fix(lo, hi float64) error {
	if err := ends(lo, hi); err != nil {
		return err
	}
	d.change("Colour range", "range", func(l *Look) { l.RangeMode, l.Low, l.High = RangeFixed, lo, hi })
	return nil
}

func ends(lo, hi float64) error {
	switch {
	case !finite(lo, hi, hi-lo):
		return fmt.Errorf("the colours cannot range from %g to %g", lo, hi)
	case lo == hi:
		return fmt.Errorf("the colours cannot range from %g to %g: write two different values", lo, hi)
	}
	return nil
}

// Around is a range of the colours around a single value, which has none of its own.
func Around(v float64) (lo, hi float64) {
	d := math.Max(math.Abs(v)*0.5, 0.5)
	return v - d, v + d
}

// Percent takes percentiles of the frame's values for the colormap's ends, or of those of
// all frames. The error is written for users.
func (d *Desk) Percent(lo, hi float64, all bool) error {
	if err := percentiles(lo, hi); err != nil {
		return err
	}
	d.change("Colour range", "percent", func(l *Look) {
		if l.RangeMode, l.PercentLow, l.PercentHigh = RangePercent, lo, hi; all {
			l.RangeMode = RangePercentAll
		}
	})
	return nil
}

func percentiles(lo, hi float64) error {
	if !(0 <= lo && lo < hi && hi <= 100) {
		return fmt.Errorf("percentiles rise from 0 to 100: there are none from %g to %g", lo, hi)
	}
	return nil
}

// ShowValues writes the values of an attribute or expression beside points, "" for none.
func (d *Desk) ShowValues(text string) {
	d.change("Values", "", func(l *Look) { l.Values = text })
}

// Invert swaps the ends of a fixed range. The error is written for users.
func (d *Desk) Invert() error {
	if d.Now().RangeMode != RangeFixed {
		return errors.New("only a fixed range can be inverted")
	}
	d.change("Invert", "", func(l *Look) { l.Low, l.High = l.High, l.Low })
	return nil
}

// DrawVectors draws a vector attribute as lines, "" for none.
func (d *Desk) DrawVectors(name string) {
	d.change("Vectors", "", func(l *Look) { l.Vectors = name })
}
