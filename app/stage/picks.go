package stage

import (
	"fmt"
	"image"
	"slices"
	"time"

	"github.com/bits-and-blooms/bitset"

	"iceexplorer/app/beside"
	"iceexplorer/app/session"
	"iceexplorer/cache/pathname"
	"iceexplorer/cache/unit"
	"iceexplorer/gfx"
)

// What picks are asked for. A newer question replaces an older one of its kind.
const (
	tagHover  = "hover"
	tagFocus  = "focus"
	tagSelect = "select"
	tagActive = "active"
	tagValues = "values"
	tagTape   = "tape"
	tagMenu   = "menu"
)

// hoverRest is how long the mouse rests before the point below is looked for.
const hoverRest = 250 * time.Millisecond

// patience is how long an answer is waited for. What a driver has not answered by
// then it never will, and the window must come to rest.
const patience = 5 * time.Second

// picks are questions to the renderer on their way, and the point under the mouse.
type picks struct {
	mode  session.SelectMode  // of tagSelect
	asked map[string]question // by tag

	x, y   float64 // where the mouse rests
	since  time.Time
	sought bool // the point there

	hit   *gfx.Hit
	facts [][2]string
}

// question is one whose answer has not come.
type question struct {
	at    time.Time
	shown []shownFrame // in the picture that it is about
}

// ask puts a question about the last picture. One whose frames have been let go of since,
// and may be mapped no longer, is made anew first.
func (s *Stage) ask(tag string, q gfx.PickQuery) {
	if !s.stands() {
		if s.Draw(); !s.stands() { // the picture is held
			return
		}
	}
	q.Tag = tag
	s.picks.note(tag, s.shown, s.now())
	s.renderer.RequestPick(q)
}

// stands reports whether the frames of the last picture are those that are shown, which
// the session keeps.
func (s *Stage) stands() bool {
	for _, sh := range s.shown {
		if !slices.Contains(s.session.Layers(), sh.layer) || s.session.Shown(sh.layer).Frame != sh.Frame {
			return false
		}
	}
	return true
}

func (p *picks) note(tag string, shown []shownFrame, now time.Time) {
	if p.asked == nil {
		p.asked = map[string]question{}
	}
	p.asked[tag] = question{now, slices.Clone(shown)}
}

// asks reports that a question waits for its answer.
func (p *picks) asks(tag string) bool {
	_, ok := p.asked[tag]
	return ok
}

// waiting reports that answers will come.
func (p *picks) waiting() bool { return len(p.asked) > 0 }

// giveUp forgets the questions that were asked too long ago, and returns their tags.
func (p *picks) giveUp(now time.Time) (tags []string) {
	for tag, q := range p.asked {
		if now.Sub(q.at) >= patience {
			tags = append(tags, tag)
			delete(p.asked, tag)
		}
	}
	return tags
}

// due is when to look for an answer, the less often the longer it takes, or for the
// point under the mouse.
func (p *picks) due(now time.Time) (due time.Time, ok bool) {
	for _, q := range p.asked {
		look := now.Add(min(max(now.Sub(q.at)/4, 2*time.Millisecond), patience/10))
		if !ok || look.Before(due) {
			due, ok = look, true
		}
	}
	if ok {
		return due, true
	}
	if !p.since.IsZero() && !p.sought {
		return p.since.Add(hoverRest), true
	}
	return time.Time{}, false
}

// leave forgets the point under the mouse.
func (p *picks) leave() {
	p.since, p.hit, p.facts = time.Time{}, nil, nil
}

// lookAgain forgets the point under the mouse, and looks for it after another rest.
func (p *picks) lookAgain(now time.Time) {
	p.hit, p.facts, p.sought = nil, nil, false
	if !p.since.IsZero() {
		p.since = now
	}
}

func (p *picks) mark() *gfx.Mark {
	if p.hit == nil {
		return nil
	}
	return &gfx.Mark{Layer: p.hit.Layer, Index: p.hit.Index}
}

// Facts are what there is to say of the point under the mouse, as names and values; none
// if there is no point or the mouse does not rest.
func (s *Stage) Facts() [][2]string { return s.picks.facts }

// rest looks for the point under the mouse once it rests there.
func (s *Stage) rest(x, y float64) {
	p := &s.picks
	if s.drag.kind != dragNone || s.session.Playing() || s.gliding() || len(s.shown) == 0 {
		p.leave()
		return
	}
	now := s.now()
	if p.since.IsZero() || x != p.x || y != p.y {
		p.leave()
		p.x, p.y, p.since, p.sought = x, y, now, false
		return
	}
	if !p.sought && now.Sub(p.since) >= hoverRest {
		p.sought = true
		s.ask(tagHover, s.pointQuery(x, y))
	}
}

func (s *Stage) pointQuery(x, y float64) gfx.PickQuery {
	return gfx.PickQuery{X: int(x * s.size.Pixels), Y: int(y * s.size.Pixels), Radius: int(5 * s.view.UIScale)}
}

// rectQuery asks for what is seen between two corners.
func (s *Stage) rectQuery(x0, y0, x1, y1 float64) gfx.PickQuery {
	k := s.size.Pixels
	r := image.Rect(int(x0*k), int(y0*k), int(x1*k)+1, int(y1*k)+1)
	return gfx.PickQuery{Rect: r.Intersect(image.Rect(0, 0, s.w, s.h))}
}

// SelectRect selects the points in a rectangle, given in fractions of the scene's width and
// height from its top left corner, or those of the active pane.
func (s *Stage) SelectRect(mode session.SelectMode, x0, y0, x1, y1 float64) {
	r := s.here()
	q := s.rectQuery(r.x+x0*r.w, r.y+y0*r.h, r.x+x1*r.w, r.y+y1*r.h)
	q.Rect = q.Rect.Intersect(s.area(s.panes.active))
	s.selectArea(mode, q)
	s.opt.Wake()
}

// SelectLasso selects the points in a polygon, whose corners are given as those of
// SelectRect.
func (s *Stage) SelectLasso(mode session.SelectMode, corners [][2]float64) {
	var q gfx.PickQuery
	a := s.area(s.panes.active)
	for _, c := range corners {
		q.Lasso = append(q.Lasso, [2]float64{float64(a.Min.X) + c[0]*float64(a.Dx()), float64(a.Min.Y) + c[1]*float64(a.Dy())})
	}
	s.selectArea(mode, q)
	s.opt.Wake()
}

// SelectAt selects the point seen at a place, given as a corner of SelectRect.
func (s *Stage) SelectAt(mode session.SelectMode, x, y float64) {
	r := s.here()
	s.selectArea(mode, s.pointQuery(r.x+x*r.w, r.y+y*r.h))
	s.opt.Wake()
}

// isArea reports whether a question is for what an area holds, not for the point at a
// place.
func isArea(q *gfx.PickQuery) bool { return !q.Rect.Empty() || len(q.Lasso) > 0 }

// answers takes the renderer's answers.
func (s *Stage) answers() {
	p := &s.picks
	for {
		res, ok := s.renderer.PollPick()
		if !ok {
			break
		}
		tag := res.Query.Tag
		q, ok := p.asked[tag]
		if !ok {
			continue
		}
		delete(p.asked, tag)
		switch tag {
		case tagSelect:
			s.selected(q.shown, &res)
		case tagActive:
			s.activate(q.shown, res.Hits)
		case tagFocus:
			if len(res.Hits) > 0 {
				to := s.Target()
				to.Focus(res.Hits[0].World)
				s.glideTo(to)
			}
		case tagTape:
			s.measured(q.shown, res.Hits)
		case tagMenu:
			s.clicked(q.shown, res.Hits)
		case tagValues:
			s.tookNear(q.shown, res.Hits)
		case tagHover:
			if len(res.Hits) > 0 && p.sought && !p.since.IsZero() {
				s.hover(q.shown, res.Hits[0])
			}
		}
	}
	gaveUp := p.giveUp(s.now())
	if slices.Contains(gaveUp, tagMenu) {
		s.menu.looking = false
	}
	if slices.Contains(gaveUp, tagSelect) {
		s.session.TellOf(session.About(tagSelect), session.Warning, "nothing was selected: the graphics driver does not say which points are there")
	}
}

// selected takes the points that were found in an area, or the one that was clicked.
func (s *Stage) selected(shown []shownFrame, res *gfx.PickResult) {
	s.session.Settle(session.About(tagSelect))
	s.selectHits(shown, res.Hits)
	if isArea(&res.Query) {
		s.session.TellSelection(areaText(s.picks.mode, len(res.Hits)))
		return
	}
	s.activate(shown, res.Hits)
}

// activate makes the layer active whose point was clicked.
func (s *Stage) activate(shown []shownFrame, hits []gfx.Hit) {
	if len(hits) == 0 {
		return
	}
	if i := slices.IndexFunc(shown, func(sh shownFrame) bool { return uint64(sh.layer.ID) == hits[0].Layer }); i >= 0 {
		s.session.SetActive(shown[i].layer) // which may be closed meanwhile
	}
}

func (s *Stage) selectHits(shown []shownFrame, hits []gfx.Hit) {
	picked := make([]session.Picked, len(shown))
	for i, sh := range shown {
		picked[i] = session.Picked{Layer: sh.layer.ID, Number: sh.Number, Rows: bitset.New(0)}
	}
	for _, h := range hits {
		if i := slices.IndexFunc(picked, func(p session.Picked) bool { return uint64(p.Layer) == h.Layer }); i >= 0 {
			picked[i].Rows.Set(uint(h.Index))
		}
	}
	s.session.Select(s.picks.mode, picked...)
}

// areaText says what came of n points picked in an area, and which were not.
func areaText(mode session.SelectMode, n int) string {
	points := unit.Plural(n, "visible point")
	switch mode {
	case session.SelectAdd:
		return points + " added to the selection; points hidden behind others were not"
	case session.SelectRemove:
		return points + " taken out of the selection; points hidden behind others stay"
	}
	return points + " selected; points hidden behind others are not"
}

// hover takes the point under the mouse.
func (s *Stage) hover(shown []shownFrame, hit gfx.Hit) {
	for _, was := range shown {
		l := was.layer
		if uint64(l.ID) != hit.Layer || !l.Visible || !slices.Contains(s.session.Layers(), l) {
			continue
		}
		sh := s.session.Shown(l) // what the picture showed may be closed
		if sh.Frame == nil || sh.Key != was.Key {
			continue
		}
		s.picks.hit = &hit
		s.tellHit(l, sh, &hit)
	}
}

// tellHit finds what there is to say of the point under the mouse, in attributes of which most
// are not drawn: beside the loop.
func (s *Stage) tellHit(l *session.Layer, sh session.Shown, hit *gfx.Hit) {
	_, acquire := s.session.Inspect(l)
	release, v, name, several := acquire(), s.lookOf(l), pathname.Display(s.session.Called(l)), len(s.shown) > 1
	b, passing := s.session.Between(l, sh)
	var facts [][2]string
	tell := func() {
		if s.picks.hit == hit {
			s.picks.facts = facts
		}
	}
	if beside.Do(s.session.Until(), func() {
		defer release()
		facts = PointFacts(sh.Frame, hit.Index, &v)
		if several {
			facts = append([][2]string{{"sequence", name}}, facts...)
		}
		if sh.Held {
			facts = append(facts, [2]string{"frame", fmt.Sprint(sh.Number)})
		}
		if passing {
			facts = append(facts, [2]string{"frame", fmt.Sprintf("%v (shown between %v and %v)", sh.Number, b.From, b.To)})
		}
	}, func() {
		s.opt.Post(func() {
			tell()
			s.opt.Wake()
		})
	}) {
		tell()
	}
}
