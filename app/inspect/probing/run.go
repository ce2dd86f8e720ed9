package probing

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"iceexplorer/app/inspect/column"
	"iceexplorer/app/inspect/expr"
	"iceexplorer/app/inspect/frames"
	"iceexplorer/app/inspect/probe"
	"iceexplorer/app/session"
	"iceexplorer/cache"
)

// key is all that a trace depends on.
type key struct {
	layer      int
	frames     int
	generation uint64 // of the layer's values
	points     string
	byID       bool
	columns    string
	fps        float64
}

func (p *Probe) key(l *session.Layer) key {
	return key{
		l.ID, len(l.Seq.Frames), l.Generation(), fmt.Sprint(p.followed.points), p.followed.byID,
		strings.Join(p.Columns(), ","), p.session.FPS(),
	}
}

func bindable(e *expr.Expr, f expr.Frame) error {
	_, err := column.Bind(e, f)
	return err
}

// run looks at the frames of a layer: those in memory first, then those that come into
// it, and in the end it loads the rest.
type run struct {
	key     key
	layer   *session.Layer
	query   probe.Query
	finder  *probe.Finder // of the goroutine that is working
	trace   *probe.Trace
	left    []int // places that nobody looks at yet
	open    int   // places of which nothing is known
	working bool
	ctx     context.Context
	cancel  context.CancelFunc
}

func (r *run) over() bool { return r.open == 0 || !r.working && r.ctx.Err() != nil }

// visit is a frame that is looked at.
type visit struct {
	place   int
	number  cache.Number
	frame   *cache.Frame
	release func()
}

// atATime is how many frames are looked at before what is found is shown.
const atATime = 64

func (p *Probe) stop() {
	if p.run != nil {
		p.run.cancel()
		p.run = nil
		p.version++
	}
}

func (p *Probe) begin(l *session.Layer, k key) {
	ctx, cancel := context.WithCancel(context.Background())
	q := probe.Query{Points: p.followed.points, ByID: p.followed.byID, Columns: p.expressions(), FPS: p.session.FPS()}
	numbers := make([]cache.Number, len(l.Seq.Frames))
	r := &run{key: k, layer: l, query: q, finder: probe.NewFinder(q), ctx: ctx, cancel: cancel, open: len(numbers)}
	for i, f := range l.Seq.Frames {
		numbers[i] = f.Number
		r.left = append(r.left, i)
	}
	r.trace, p.run = probe.NewTrace(q, numbers), r
	p.version++
	p.step()
}

// step goes on with the frames that are there, or loads those that will not come by
// themselves.
func (p *Probe) step() {
	r := p.run
	if r == nil || r.working || len(r.left) == 0 {
		return
	}
	if in := p.inMemory(r); len(in) > 0 {
		r.working = true
		go p.look(r, in)
		return
	}
	if len(r.left) > 0 && p.session.Settled(false) {
		places := r.left[:min(atATime, len(r.left))]
		r.left = r.left[len(places):]
		r.working = true
		go p.load(r, places, r.layer.Files())
	}
}

// inMemory takes frames that are in memory, and those that could not be read, off the
// list.
func (p *Probe) inMemory(r *run) (in []visit) {
	var left []int
	for _, i := range r.left {
		v := visit{place: i, number: r.trace.Moments[i].Number}
		if len(in) < atATime {
			v.frame, v.release = r.layer.Acquire(v.number)
		}
		failure := r.layer.Failure(v.number)
		switch {
		case v.frame != nil:
			in = append(in, v)
		case failure != "":
			p.take(r, i, probe.Moment{Number: v.number, Err: errors.New(failure)})
		default:
			left = append(left, i)
		}
	}
	r.left = left
	return in
}

func (p *Probe) take(r *run, i int, m probe.Moment) {
	r.trace.Take(i, m)
	r.open--
	p.version++
}

// look looks at frames in memory, beside the session's goroutine.
func (p *Probe) look(r *run, in []visit) {
	found := make([]probe.Moment, len(in))
	for i, v := range in {
		if r.ctx.Err() == nil {
			found[i] = r.finder.Look(expr.Frame{Frame: v.frame, Number: v.number, FPS: r.query.FPS})
		}
		v.release()
	}
	ended := r.ctx.Err() != nil
	p.post(func() {
		for i, v := range in {
			if !ended {
				p.take(r, v.place, found[i])
			}
		}
		p.worked(r)
	})
}

// load loads frames for this alone, beside the session's goroutine.
func (p *Probe) load(r *run, places []int, all []frames.File) {
	files := make([]frames.File, len(places))
	for i, at := range places {
		files[i] = all[at]
	}
	r.query.Restrict(files)
	// The error is that of the context: what was found until then is told.
	_ = frames.Each(r.ctx, p.pool, files, 4*expr.Workers(), func(i int, f *cache.Frame, err error) bool {
		m := probe.Moment{Number: files[i].Number, Err: err}
		if err == nil {
			m = r.finder.Look(expr.Frame{Frame: f, Number: m.Number, FPS: r.query.FPS})
		}
		p.post(func() { p.take(r, places[i], m) })
		return true
	})
	p.post(func() { p.worked(r) })
}

// worked goes on after a part.
func (p *Probe) worked(r *run) {
	r.working = false
	if p.run == r {
		p.Update()
	}
}
