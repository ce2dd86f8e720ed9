package stage

import (
	"cmp"
	"context"
	"fmt"
	"image"
	"math/bits"
	"reflect"
	"slices"
	"strings"

	"iceexplorer/app/inspect/expr"
	"iceexplorer/cache/fault"
	"iceexplorer/cache/value"
	"iceexplorer/gfx"
)

// values are numbers and vectors as text beside points: beside the selected ones, or where
// there are none beside those that are seen nearest the mouse, or the middle of the scene.
type values struct {
	labels []gfx.Label
	of     []labelled // what they are of
	text   string
	making bool

	near   []labelled // found by the last pick
	seen   seen       // what that looked at
	around [2]float64
}

// labelled are points of a shown frame.
type labelled struct {
	layer uint64
	key   uint64 // of the frame
	rows  []uint32
}

// seen is a picture, as far as it says where points are.
type seen struct {
	cameras Cameras
	panes   []image.Rectangle
	clip    gfx.Clip
	keys    []uint64
}

const (
	// mostLabelled is how many points are asked for their values: of more than these not
	// all have room in the picture.
	mostLabelled = 600
	// mouseMoves is how far the mouse moves, in units of its own, before the points near it
	// are looked for again.
	mouseMoves = 24
)

// label has the values stand beside points in the next picture. What is not known yet is
// made beside the loop, and drawn when it is there.
func (s *Stage) label(sc *scene) {
	v := &s.values
	text := s.common().Values
	s.view.Labels = nil
	if text == "" {
		*v = values{making: v.making}
		return
	}
	wanted := s.selectedRows(sc)
	if wanted == nil && !s.session.Playing() {
		wanted = s.nearRows(sc)
	}
	if len(wanted) == 0 {
		return
	}
	if v.text == text && reflect.DeepEqual(v.of, wanted) {
		s.view.Labels = v.labels
		return
	}
	if v.text == text && sameFrames(v.of, wanted) {
		s.view.Labels = v.labels // until the others are there
	}
	if !v.making {
		s.readValues(sc, text, wanted)
	}
}

func sameFrames(a, b []labelled) bool {
	return slices.EqualFunc(a, b, func(a, b labelled) bool { return a.layer == b.layer && a.key == b.key })
}

// selectedRows are the selected points, evenly thinned where they are many; nil if none is.
func (s *Stage) selectedRows(sc *scene) (out []labelled) {
	total := 0
	for i := range sc.Parts {
		for _, w := range sc.Parts[i].Selected {
			total += bits.OnesCount64(w)
		}
	}
	if total == 0 {
		return nil
	}
	step := (total + mostLabelled - 1) / mostLabelled
	n := 0
	for i := range sc.Parts {
		p := &sc.Parts[i]
		l := labelled{layer: p.Layer, key: p.Key}
		for at, w := range p.Selected {
			for ; w != 0; w &= w - 1 {
				if n%step == 0 {
					l.rows = append(l.rows, uint32(at*64+bits.TrailingZeros64(w)))
				}
				n++
			}
		}
		if len(l.rows) > 0 {
			out = append(out, l)
		}
	}
	return out
}

// nearRows are the points seen near the mouse, as far as they are known of this picture.
func (s *Stage) nearRows(sc *scene) []labelled {
	v := &s.values
	now := s.seen(sc)
	if !reflect.DeepEqual(now, v.seen) {
		v.near = nil
	}
	out := slices.Clone(v.near)
	return slices.DeleteFunc(out, func(l labelled) bool {
		return !slices.ContainsFunc(sc.Parts, func(p Part) bool { return p.Layer == l.layer && p.Key == l.key })
	})
}

// seen is what the next picture shows.
func (s *Stage) seen(sc *scene) seen {
	out := seen{cameras: s.Cameras(), clip: s.view.Clip, keys: sc.keys}
	for i := range PaneCount {
		out.panes = append(out.panes, s.area(i))
	}
	return out
}

// lookNear asks which points are seen near the mouse, once a picture is drawn and nothing
// moves.
func (s *Stage) lookNear(sc *scene) {
	v := &s.values
	if s.common().Values == "" || s.session.Playing() || s.moving(s.now()) || s.drag.kind != dragNone || len(sc.Parts) == 0 || s.selectedRows(sc) != nil {
		return
	}
	r := s.here()
	around := [2]float64{r.x + r.w/2, r.y + r.h/2}
	if p := &s.picks; s.mouse.over && !p.since.IsZero() {
		if s.now().Sub(p.since) < hoverRest {
			return // the mouse moves
		}
		around = [2]float64{p.x, p.y}
	}
	now := s.seen(sc)
	dx, dy := around[0]-v.around[0], around[1]-v.around[1]
	if reflect.DeepEqual(now, v.seen) && dx*dx+dy*dy < mouseMoves*mouseMoves {
		return
	}
	if _, waits := s.picks.asked[tagValues]; waits {
		return
	}
	v.seen, v.around = now, around
	pane := s.paneAt(around[0], around[1])
	r = s.room(pane)
	reach := 0.35 * min(r.w, r.h)
	q := s.rectQuery(around[0]-reach, around[1]-reach, around[0]+reach, around[1]+reach)
	q.Rect = q.Rect.Intersect(s.area(pane))
	s.ask(tagValues, q)
}

// tookNear takes the points that are seen near the mouse, the nearest first.
func (s *Stage) tookNear(shown []shownFrame, hits []gfx.Hit) {
	x, y := s.values.around[0]*s.size.Pixels, s.values.around[1]*s.size.Pixels
	away := func(h gfx.Hit) float64 {
		dx, dy := float64(h.X)-x, float64(h.Y)-y
		return dx*dx + dy*dy
	}
	hits = slices.Clone(hits)
	slices.SortStableFunc(hits, func(a, b gfx.Hit) int { return cmp.Compare(away(a), away(b)) })
	// In a crowd the nearest alone would have room for a few labels: one of each small area.
	w, h := int(24*s.size.Scale)+1, int(14*s.size.Scale)+1
	taken := map[[2]int]bool{}
	hits = slices.DeleteFunc(hits, func(o gfx.Hit) bool {
		at := [2]int{o.X / w, o.Y / h}
		was := taken[at]
		taken[at] = true
		return was
	})
	s.values.near = nil
	for _, h := range hits[:min(len(hits), mostLabelled)] {
		at := slices.IndexFunc(s.values.near, func(l labelled) bool { return l.layer == h.Layer })
		if at < 0 {
			i := slices.IndexFunc(shown, func(sh shownFrame) bool { return uint64(sh.layer.ID) == h.Layer })
			if i < 0 {
				continue
			}
			at = len(s.values.near)
			s.values.near = append(s.values.near, labelled{layer: h.Layer, key: shown[i].Key})
		}
		s.values.near[at].rows = append(s.values.near[at].rows, uint32(h.Index))
	}
	s.opt.Wake()
}

// readValues makes the labels of points, beside the loop.
func (s *Stage) readValues(sc *scene, text string, wanted []labelled) {
	v := &s.values
	v.making = true
	var frames []expr.Frame
	var of []labelled
	var releases []func()
	for _, w := range wanted {
		i := slices.IndexFunc(sc.shown, func(sh shownFrame) bool { return uint64(sh.layer.ID) == w.layer && sh.Key == w.key })
		if i < 0 {
			continue
		}
		f, release := sc.shown[i].layer.AcquireShown()
		releases = append(releases, release)
		if f == sc.shown[i].Frame {
			frames = append(frames, expr.Frame{Frame: f, Number: sc.shown[i].Number, FPS: s.session.FPS()})
			of = append(of, w)
		}
	}
	go func() {
		var labels []gfx.Label
		for i, f := range frames {
			// What a frame cannot answer, or cannot be read, has no labels; a fault of its
			// file is met by drawing too, and told.
			more, _ := labelsOf(context.Background(), f, text, of[i].rows)
			labels = append(labels, more...)
		}
		for _, release := range releases {
			release()
		}
		s.opt.Post(func() {
			v.making, v.text, v.of, v.labels = false, text, wanted, labels
			s.opt.Wake()
		})
	}()
}

// labelsOf are what an expression gives at points, at their places.
func labelsOf(ctx context.Context, f expr.Frame, text string, rows []uint32) (out []gfx.Label, err error) {
	e, err := expr.Parse(text)
	if err != nil {
		return nil, err
	}
	p, err := e.Bind(f)
	if err != nil {
		return nil, err
	}
	pos, why := positions(f.Frame)
	if why != "" {
		return nil, fmt.Errorf("%s", why)
	}
	n := uint32(p.Rows())
	rows = slices.DeleteFunc(slices.Clone(rows), func(r uint32) bool { return r >= n })
	texts, err := textsOf(ctx, p, rows)
	if err != nil {
		return nil, err
	}
	err = fault.Guard(func() {
		for i, r := range rows {
			at := pos[:3]
			if len(pos) > 3 {
				at = pos[3*r : 3*r+3]
			}
			out = append(out, gfx.Label{At: gfx.Vec3{float64(at[0]), float64(at[1]), float64(at[2])}, Text: texts[i]})
		}
	})
	return out, err
}

// textsOf are an expression's values of rows, as people read them.
func textsOf(ctx context.Context, p *expr.Program, rows []uint32) ([]string, error) {
	out := make([]string, len(rows))
	if p.Type() == expr.String {
		return out, p.Strings(ctx, rows, out)
	}
	numbers := make([]float64, len(rows))
	for c := range p.Components() {
		if err := p.Float64s(ctx, c, rows, numbers); err != nil {
			return nil, err
		}
		for i, x := range numbers {
			t := value.Short(x)
			if p.Type() == expr.Bool {
				t = map[bool]string{false: "no", true: "yes"}[x != 0]
			}
			out[i] = strings.TrimPrefix(out[i]+"  "+t, "  ")
		}
	}
	return out, nil
}
