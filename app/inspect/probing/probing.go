// Package probing follows points of the active layer over all its frames: which points,
// what of them, and how far that is. What takes time is done beside the session's
// goroutine, to which all of this belongs; it draws nothing.
package probing

import (
	"errors"
	"fmt"
	"slices"

	"iceexplorer/app/inspect"
	"iceexplorer/app/inspect/expr"
	"iceexplorer/app/inspect/frames"
	"iceexplorer/app/inspect/probe"
	"iceexplorer/app/session"
	"iceexplorer/cache/unit"
)

// Probe follows the selected points of the active layer, or those that were given for
// it.
type Probe struct {
	session  *session.Session
	pool     frames.Pool
	post     func(func())
	defaults func() []Column

	Seen bool // the panel is: what is selected is followed
	given
	chosen []*expr.Expr // nil: the default columns

	followed  followed
	ofLayer   *session.Layer // that followed is of
	ofVersion uint64

	run     *run
	version uint64
	copying int
}

// given are points that were asked for by their numbers.
type given struct {
	layer  *session.Layer // nil: none are
	points []int32
	byID   bool
}

// followed are the points that are followed.
type followed struct {
	points []int32
	byID   bool
	of     int // more were selected
}

// Options of New.
type Options struct {
	Session  *session.Session
	Pool     frames.Pool
	Post     func(func())    // runs a function on the session's goroutine, soon
	Wake     func()          // has the window drawn
	Defaults func() []Column // shown as long as none are chosen; what no frame has is left out
}

// Column is an expression; if of one attribute it is left out where no frame has that.
type Column struct{ Attribute, Text string }

// New makes a probe of nothing.
func New(opt Options) *Probe {
	return &Probe{session: opt.Session, pool: opt.Pool, defaults: opt.Defaults, post: func(f func()) {
		opt.Post(func() {
			f()
			opt.Wake()
		})
	}}
}

// Selection follows what is selected, also of the points that were given before.
func (p *Probe) Selection() error {
	was := p.Given()
	p.given = given{}
	l := p.session.Active()
	if l == nil {
		return errNothing
	}
	if points, _, _ := p.session.Followed(l, 1); len(points) == 0 && !was {
		return errors.New("nothing is selected: click points first")
	}
	p.again()
	return nil
}

// again begins anew where it was canceled.
func (p *Probe) again() {
	if p.run != nil && p.run.ctx.Err() != nil {
		p.stop()
	}
	p.update(true)
}

var errNothing = errors.New("nothing is open")

// Points follows points of the active layer by their numbers: IDs, or places in the file.
func (p *Probe) Points(points []int32, byID bool) error {
	l := p.session.Active()
	points = slices.Compact(slices.Sorted(slices.Values(points)))
	switch {
	case l == nil:
		return errNothing
	case len(points) > probe.Most:
		return fmt.Errorf("%s are followed at most", unit.Plural(probe.Most, "point"))
	case byID && p.shown().Frame != nil && !p.HasIDs():
		return errors.New("the points of this cache have no ID: follow them by index")
	case !byID && slices.Min(points) < 0:
		return fmt.Errorf("no point has the index %d", slices.Min(points))
	}
	p.given = given{l, points, byID}
	p.again()
	return nil
}

// HasIDs reports whether points of the active layer are known to have IDs.
func (p *Probe) HasIDs() bool {
	l := p.session.Active()
	if l == nil {
		return false
	}
	sh := p.shown()
	return sh.Frame != nil && probe.IDs(sh.Frame) != nil || l.Has("ID") > 0
}

// Given reports whether points are followed that were given, not what is selected.
func (p *Probe) Given() bool { return p.given.layer != nil && p.given.layer == p.session.Active() }

// SetColumns shows expressions; none: the default ones. The error is an *expr.Error.
func (p *Probe) SetColumns(text string) error {
	if text == "" {
		p.chosen = nil
		return nil
	}
	list, err := expr.ParseList(text)
	if err != nil {
		return err
	}
	if sh := p.shown(); sh.Frame != nil {
		for _, e := range list {
			if err := p.check(e, sh); err != nil {
				return err
			}
		}
	}
	p.chosen = list
	return nil
}

// shown is the frame of the active layer that there is now.
func (p *Probe) shown() (sh session.Shown) {
	if l := p.session.Active(); l != nil {
		sh, _ = p.session.Inspect(l)
	}
	return sh
}

// check says what is wrong with an expression. What the frame that is shown lacks is not
// wrong if others of the sequence have it.
func (p *Probe) check(e *expr.Expr, sh session.Shown) error {
	l := p.session.Active()
	f := expr.Frame{Frame: sh.Frame, Number: sh.Number, FPS: p.session.FPS()}
	return inspect.Anywhere(f, l.Attributes(), l.Measured(), len(l.Seq.Frames), func(f expr.Frame) error { return bindable(e, f) })
}

// Chosen reports whether the columns were chosen.
func (p *Probe) Chosen() bool { return p.chosen != nil }

// Columns are the expressions that are shown.
func (p *Probe) Columns() []string {
	var out []string
	for _, e := range p.expressions() {
		out = append(out, e.String())
	}
	return out
}

// expressions are the columns. Of the default ones those stay that the sequence has, as
// far as it is known.
func (p *Probe) expressions() []*expr.Expr {
	l := p.session.Active()
	if p.chosen != nil || l == nil {
		return p.chosen
	}
	var out []*expr.Expr
	unknown := len(l.Attributes()) == 0
	take := func(c Column) {
		e, err := expr.Parse(c.Text)
		if err == nil && (unknown || c.Attribute == "" || l.Has(c.Attribute) > 0) && !slices.ContainsFunc(out, func(o *expr.Expr) bool { return o.String() == e.String() }) {
			out = append(out, e)
		}
	}
	for _, c := range p.defaults() {
		take(c)
	}
	if len(out) == 0 {
		take(Column{inspect.Position, inspect.Position})
	}
	return out
}

// Update begins what is wanted and not done, and ends what is wanted no longer. It is
// called before each picture.
func (p *Probe) Update() { p.update(p.Seen) }

func (p *Probe) update(wanted bool) {
	l := p.session.Active()
	p.follow(l)
	if p.run == nil && !wanted {
		return
	}
	if l == nil || len(p.followed.points) == 0 {
		p.stop()
		return
	}
	k := p.key(l)
	if p.run != nil && p.run.key == k {
		p.step()
		return
	}
	p.stop()
	if wanted {
		p.begin(l, k)
	}
}

// follow finds which points are to be followed.
func (p *Probe) follow(l *session.Layer) {
	if l == nil {
		p.followed, p.ofLayer = followed{}, nil
		return
	}
	if p.Given() {
		p.followed, p.ofLayer = followed{p.given.points, p.given.byID, len(p.given.points)}, nil
		return
	}
	if v := l.SelectionVersion(); p.ofLayer != l || p.ofVersion != v {
		p.ofLayer, p.ofVersion = l, v
		p.followed.points, p.followed.byID, p.followed.of = p.session.Followed(l, probe.Most)
	}
}

// Cancel ends what is being done. What is found stays.
func (p *Probe) Cancel() {
	if r := p.run; r != nil && !r.over() {
		r.cancel()
		r.left = nil
	}
}

// Close ends what is being done.
func (p *Probe) Close() { p.stop() }

// Trace is what is found so far, nil if nothing is followed. It changes with Version.
func (p *Probe) Trace() *probe.Trace {
	if p.run == nil {
		return nil
	}
	return p.run.trace
}

// Version changes with what Trace tells.
func (p *Probe) Version() uint64 { return p.version }

// Selected is how many points are selected, of which Trace has the first.
func (p *Probe) Selected() int { return p.followed.of }

// Busy tells how many frames were looked at; waits tells that the others are looked at
// once they are loaded.
func (p *Probe) Busy() (done, total int, waits, busy bool) {
	r := p.run
	if r == nil {
		return 0, 0, false, false
	}
	total = len(r.trace.Moments)
	return total - r.open, total, !r.working, !r.over()
}

// Answered reports whether all that is wanted is found.
func (p *Probe) Answered() bool {
	p.Update()
	return p.copying == 0 && (p.run == nil || p.run.over())
}
