package stage

import (
	"image"
	"reflect"
	"time"

	"iceexplorer/app/inspect/frames"
	"iceexplorer/app/look"
	"iceexplorer/app/session"
	"iceexplorer/cache/pathname"
	"iceexplorer/gfx"
)

// Renderer is what draws the scene and says which points are seen where. A *gfx.Renderer
// is one.
type Renderer interface {
	Draw(v *gfx.View, clouds []gfx.Cloud, w, h int) error
	Picture(v *gfx.View, clouds []gfx.Cloud, w, h int) (*image.RGBA, error)
	Layers(v *gfx.View, clouds []gfx.Cloud, w, h int) (*gfx.Layers, error)
	RequestPick(gfx.PickQuery)
	PollPick() (gfx.PickResult, bool)
	Software() bool
}

// Options of New.
type Options struct {
	Session *session.Session
	Look    *look.Desk
	Post    func(func()) // runs a function on the stage's goroutine, from any other
	Wake    func()       // asks for a Draw
	Now     func() time.Time
	Pool    frames.Pool // loads the frames whose values are measured; nil: none are

	// Only tells what is drawn of a layer's frame; nil: all of it.
	Only func(*session.Layer, session.Shown) Only
}

// Size is the room that the scene has.
type Size struct {
	W, H   float64 // in the units of the mouse
	Pixels float64 // of the picture per unit
	Scale  float64 // of text
}

// Stage is a scene with a camera and a tool, as a window shows it, but for the window: it
// takes the mouse's events, moves the camera, selects, and draws what the session shows.
// It belongs to one goroutine. Make one with New.
type Stage struct {
	opt      Options
	session  *session.Session
	renderer Renderer
	tool     Tool
	zUp      bool
	gridUnit string

	navigation Navigation

	view    gfx.View
	framing *Framing
	follow  follow
	drawn   drawn // what the picture was made from
	shown   []shownFrame
	trails  Trails
	tweens  tweens
	columns map[int]look.Look // of layers, what was drawn last as to Columns
	reading bool              // others are on their way into memory
	colors  colors
	values  values

	size Size
	w, h int // of the picture, in pixels

	mouse     mouse
	drag      drag
	keys      Keys
	fly       fly
	moved     time.Time // when the wheel last moved the camera
	glide     glide
	panes     panes
	steered   int // counts how often the user has moved the camera
	chase     chase
	tape      Tape
	turntable turntable
	picks     picks
	menu      menu
	through   through
	late      bool      // what is between frames is on its way
	waiting   bool      // for which points are drawn
	waits     time.Time // since when the picture is held for that
}

// shownFrame is what the picture shows of a layer.
type shownFrame struct {
	layer *session.Layer
	session.Shown
}

// drawn tells whether a picture must be made anew.
type drawn struct {
	view   gfx.View
	looks  []look.Look // of the scene and of the layers
	keys   []uint64    // of frames, selections and trails
	w, h   int
	colors []gfx.Coloring // with the legends' texts
	valid  bool
}

// New makes a stage; it draws after Attach.
func New(opt Options) *Stage {
	return &Stage{opt: opt, session: opt.Session, view: gfx.DefaultView(), framing: NewFraming(), follow: newFollow(), panes: newPanes(),
		trails: Trails{Session: opt.Session, Post: opt.Post, Changed: opt.Wake}, colors: colors{beside: func(work func()) { go work() }}}
}

// Attach gives the stage what draws it.
func (s *Stage) Attach(r Renderer) { s.renderer = r }

// SetSize tells how large the scene is from now on.
func (s *Stage) SetSize(size Size) {
	s.size = size
	s.w, s.h = int(size.W*size.Pixels), int(size.H*size.Pixels)
}

// SetGridUnit sets what stands behind the numbers of the grid: cm.
func (s *Stage) SetGridUnit(unit string) {
	s.gridUnit = unit
}

// SetZUp sets which axis of the scene points up.
func (s *Stage) SetZUp(on bool) { s.zUp = on }

// Bounds is the box of the points of all frames, without strays.
func (s *Stage) Bounds() gfx.Box { return s.view.Bounds }

// Redraw has the next Draw make the picture anew, whatever has changed.
func (s *Stage) Redraw() { s.drawn = drawn{} }

func (s *Stage) now() time.Time { return s.opt.Now() }

// aspect is that of the active pane.
func (s *Stage) aspect() float64 {
	a := s.area(s.panes.active)
	return float64(max(a.Dx(), 1)) / float64(max(a.Dy(), 1))
}

// common is the look of the scene.
func (s *Stage) common() *look.Look {
	l := s.opt.Look.Common()
	return &l
}

// lookOf is how a layer is drawn now.
func (s *Stage) lookOf(l *session.Layer) look.Look { return s.opt.Look.Of(l.ID) }

// looksNow are those of the shown layers.
func (s *Stage) looksNow(shown []shownFrame) []look.Look {
	out := make([]look.Look, len(shown))
	for i, sh := range shown {
		out[i] = s.lookOf(sh.layer)
	}
	return out
}

// scene is the scenery of what the session shows.
type scene struct {
	Scenery
	common  look.Look    // of the scene
	looks   []look.Look  // that the parts are drawn by
	shown   []shownFrame // of the parts
	reaches []Reach
	keys    []uint64
	waiting bool   // it is not known yet which points are drawn
	between string // which frames the picture is of, in words; "": of one
	late    bool   // what is between them is on its way
}

// view is the box of what is shown, with room for the points' sizes.
func (sc *scene) view() gfx.Box {
	box := gfx.EmptyBox()
	for i, r := range sc.reaches {
		box = box.Union(r.View(SizeScale(&sc.looks[i])))
	}
	return box
}

// scene makes clouds of what the session shows.
func (s *Stage) scene() scene {
	sc := scene{common: *s.common()}
	all := s.visible()
	drawn, notes := s.readable(all)
	until := s.session.Until()
	drawn, made := s.colored(drawn, all)
	spans, lacks := s.spans(drawn, all, made)
	scales := Scales(drawn, spans, lacks)
	sc.Notes = notes
	if s.colors.note != "" {
		sc.Notes = append(sc.Notes, s.colors.note)
	}
	for i, sh := range all {
		of := sh.layer
		tw, late := s.tween(sh, &drawn[i], until)
		sc.late = sc.late || late
		if sh.Why != "" && tw == nil {
			sc.Notes = append(sc.Notes, pathname.Display(sh.Why))
		}
		if sh.Frame == nil {
			continue
		}
		p := Part{
			Name: pathname.Display(s.session.Called(of)), Numbered: of.Seq.Numbered, Layer: uint64(of.ID), Number: sh.Number, Frame: sh.Frame, Key: sh.Key,
			Column: made.made[i], Why: made.why[i],
			Trails:  s.trails.Of(of, sh.Shown, drawn[i].Trails, until),
			Nowhere: nowhere(of, sh.Frame, &drawn[i]),
		}
		if rows, key := s.session.Selected(of, sh.Shown); rows != nil {
			p.Selected, p.SelectedKey = rows.Words(), key
		}
		s.some(&sc, &p, sh)
		if tw != nil {
			tw.put(&p, s, s.wished(&drawn[i]))
			if sc.between == "" {
				if sc.between = tw.text(); len(all) > 1 || !of.Timing().Plain() { // its numbers are not those of the scene
					sc.between = p.Name + " " + sc.between
				}
			}
		}
		sc.Add(p, &drawn[i], scales[i])
		c := &sc.Clouds[len(sc.Clouds)-1]
		c.Unpicked = of.Locked()
		sc.looks, sc.shown, sc.reaches = append(sc.looks, drawn[i]), append(sc.shown, sh), append(sc.reaches, s.framing.Shown(of, sh.Shown))
		lock := uint64(0)
		if c.Unpicked {
			lock = 1
		}
		sc.keys = append(sc.keys, p.Key, c.SelectedKey, c.Trails.Key, c.OnlyKey, c.ScalarKey, lock)
	}
	s.trails.Keep(s.session.Layers())
	s.tweens.keep(all)
	s.waiting, s.late = sc.waiting, sc.late
	return sc
}

const (
	// leastForAxes is the height of the scene, at scale 1, from which on there is room for
	// the axes below the text.
	leastForAxes = 190
	// SoftwareMoving is how many points are drawn while something moves, where the
	// processor draws: some 60 ms.
	SoftwareMoving = 300_000
	// paneShapes is how many shapes are drawn in each pane while something moves.
	paneShapes = 12_500
)

// Draw makes the picture anew if anything it shows has changed.
func (s *Stage) Draw() {
	sc := s.scene()
	if s.held(&sc) {
		return
	}
	s.shown = sc.shown
	s.keepUp(&sc)
	s.measure(&sc, s.now())
	s.view.UIScale = s.size.Scale
	sc.apply(&s.view, &sc.common)
	if float64(s.paneHeight()) < leastForAxes*s.size.Scale {
		s.view.Gizmo = false // they would lie over the text above
	}
	s.each(func() { s.view.Camera.ZUp = s.zUp }) // whichever camera it was set to
	s.view.GridUnit, s.view.Panes = s.gridUnit, s.drawnPanes()
	s.view.Detail.Moving = s.moving(s.now())
	s.view.Samples, s.view.Detail.MovingShape = 0, 0
	if len(s.view.Panes) > 0 {
		s.view.Detail.MovingShape = paneShapes
	}
	if s.renderer.Software() {
		// Here the processor draws: one sample a pixel, and fewer points on the move.
		s.view.Samples, s.view.Detail.MovingPoint = 1, SoftwareMoving/max(len(s.view.Panes), 1)
	}
	s.view.Texts = s.texts(&sc)
	s.view.Spans = s.tape.spans()
	s.label(&sc)
	defer s.lookNear(&sc)
	now := drawn{view: s.view, looks: append(sc.looks, sc.common), keys: sc.keys, w: s.w, h: s.h, colors: sc.colorings(), valid: true}
	// What was found under the mouse is there no longer when something else is drawn.
	now.view.Hover = s.drawn.view.Hover
	if !reflect.DeepEqual(now, s.drawn) {
		s.picks.lookAgain(s.now())
	}
	now.view.Hover = s.picks.mark()
	s.view.Hover = now.view.Hover
	if reflect.DeepEqual(now, s.drawn) {
		return
	}
	err := s.renderer.Draw(&s.view, sc.Clouds, s.w, s.h)
	s.drawn = now
	if err != nil {
		s.Fault(err)
		return
	}
	s.session.Settle(session.About("draw"))
}

// Hide is called instead of Draw while the scene cannot be seen: nothing moves and nothing
// is due, but answers are taken and the camera follows.
func (s *Stage) Hide() {
	s.answers()
	s.picks.leave()
	s.drag, s.fly, s.mouse.over, s.turntable.on = drag{}, fly{}, false, false
	s.each(func() { s.view.Camera, s.glide.on = s.Target(), false })
	s.drawn.view.Detail.Moving = false
	s.measure(&scene{}, s.now())
}

// Fault tells the session why a picture could not be made. Layers whose columns could not
// be read are read again.
func (s *Stage) Fault(err error) {
	s.drawn = drawn{}
	for _, sh := range s.scene().shown {
		if fault := sh.Frame.Probe(); fault != nil {
			s.session.Fault(sh.layer, sh.Number, fault)
			return
		}
	}
	s.session.TellOf(session.About("draw"), session.Error, err.Error())
}

// Due is when the scene must be drawn without input.
func (s *Stage) Due() (due time.Time, ok bool) {
	sooner := func(t time.Time) {
		if !ok || t.Before(due) {
			due, ok = t, true
		}
	}
	now := s.now()
	if s.session.Passing() || s.gliding() || s.fly.on || s.turntable.on && s.drag.kind == dragNone {
		sooner(now.Add(frameTime))
	}
	if !s.waits.IsZero() && now.Before(s.waits.Add(heldTime)) {
		sooner(s.waits.Add(heldTime))
	}
	if s.drawn.view.Detail.Moving && !s.session.Playing() && s.drag.kind == dragNone {
		sooner(s.moved.Add(restTime)) // then all points are drawn again
	}
	if t, waits := s.picks.due(now); waits {
		sooner(t)
	}
	if t, waits := s.framing.Due(); waits {
		sooner(t)
	}
	return due, ok
}

// Busy reports that the scene is not at rest: a camera on its way, a question without an
// answer.
func (s *Stage) Busy() bool {
	return s.gliding() || s.reading || s.late || s.chase.busy || s.session.Choosing() || s.picks.waiting() || s.through.cancel != nil || s.coloring() ||
		s.values.making || s.framing.Busy(s.session, s.sizes())
}
