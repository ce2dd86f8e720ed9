package panel

import (
	"fmt"
	"reflect"
	"time"

	"github.com/AllenDang/cimgui-go/imgui"

	"iceexplorer/app/look"
	"iceexplorer/app/session"
	"iceexplorer/app/stage"
	"iceexplorer/app/widget"
	"iceexplorer/app/window"
	"iceexplorer/cache/pathname"
	"iceexplorer/cache/unit"
	"iceexplorer/gfx"
)

// scenePanel shows the clouds under the play head.
type scenePanel struct {
	host     *Host
	window   *window.Window
	renderer *gfx.Renderer
	tool     Tool

	view    gfx.View
	framing *stage.Framing
	follow  follow
	drawn   drawn // what the picture was made from
	shown   []shownFrame
	texture uint32
	ref     *imgui.TextureRef
	trails  stage.Trails

	at, size imgui.Vec2 // of the picture on the screen, in ImGui's pixels
	pixels   float64    // of the picture per ImGui's
	w, h     int        // of the picture
	hovered  bool

	drag    drag
	fly     fly
	moved   time.Time // when the wheel last moved the camera
	glide   glide
	steered int // counts how often the user has moved the camera
	picks   picks
	through through
	saver   saver
}

// shownFrame is what the picture shows of a layer.
type shownFrame struct {
	layer *session.Layer
	session.Shown
}

// drawn tells whether a picture must be made anew.
type drawn struct {
	view   gfx.View
	opts   look.Look
	keys   []uint64 // of frames, selections and trails
	w, h   int
	colors []gfx.Coloring // with the legends' texts
	valid  bool
}

func newScenePanel(h *Host) *scenePanel {
	s := &scenePanel{host: h, view: gfx.DefaultView(), framing: stage.NewFraming(), follow: newFollow()}
	s.view.Camera.ZUp = h.Settings.Preferences.ZUp
	s.saver.scene = s
	return s
}

func (s *scenePanel) free() {
	if s.ref != nil {
		s.ref.Destroy()
		s.ref = nil
	}
}

// draw draws the scene where there is room for it, and reports whether there is.
func (s *scenePanel) draw() (seen bool) {
	avail, at := imgui.ContentRegionAvail(), imgui.CursorScreenPos()
	if avail.X < 16 || avail.Y < 16 {
		return false
	}
	fb := imgui.CurrentIO().DisplayFramebufferScale()
	s.at, s.size, s.pixels = at, avail, float64(fb.X)
	s.w, s.h = int(avail.X*fb.X), int(avail.Y*fb.Y)
	s.answers()
	s.saver.step()
	imgui.SetNextItemAllowOverlap()
	imgui.InvisibleButtonV("##scene", avail,
		imgui.ButtonFlagsMouseButtonLeft|imgui.ButtonFlagsMouseButtonRight|imgui.ButtonFlagsMouseButtonMiddle)
	s.hovered = imgui.IsItemHovered()
	s.move(time.Now()) // first: in the frame in which the camera arrives, the mouse begins to rest
	s.input()
	s.render()
	if tex := s.renderer.Texture(); s.ref == nil || tex != s.texture {
		s.free() // each reference is a C++ object: made once per texture
		s.texture, s.ref = tex, imgui.NewTextureRefTextureID(imgui.TextureID(tex))
	}
	end := imgui.Vec2{X: at.X + avail.X, Y: at.Y + avail.Y}
	imgui.WindowDrawList().AddImageV(*s.ref, at, end, imgui.Vec2{X: 0, Y: 1}, imgui.Vec2{X: 1, Y: 0}, 0xffffffff)
	s.drawDrag()
	if len(s.host.Session.Layers()) == 0 {
		s.welcome(at, avail)
	}
	return true
}

// unseen is called instead of draw while another panel hides the scene: nothing
// moves and nothing is due, but pictures go on being saved.
func (s *scenePanel) unseen() {
	s.answers()
	s.picks.leave()
	s.drag, s.fly, s.hovered = drag{}, fly{}, false
	if s.glide.on {
		s.view.Camera, s.glide.on = s.glide.to, false
	}
	s.drawn.view.Detail.Moving = false
	s.measure(&scenery{}, time.Now())
	if s.renderer.Texture() != 0 {
		s.saver.step()
	}
}

// welcome says what to do with an empty window, or what it waits for.
func (s *scenePanel) welcome(at, avail imgui.Vec2) {
	k := s.window.Scale()
	title, buttons := "Drop a folder of .icecache or .sih5 files here", []string{"open-folder", "open-files", "open-sample"}
	if text := s.host.Session.ReadingText(); text != "" {
		title, buttons = widget.Ellipsis(text, avail.X*0.9), []string{"cancel"}
	}
	y := at.Y + avail.Y*0.4
	size := imgui.CalcTextSizeV(title, false, -1)
	x := at.X + (avail.X-size.X)/2
	imgui.WindowDrawList().AddTextVec2(imgui.Vec2{X: x, Y: y}, imgui.ColorU32Vec4(imgui.Vec4{X: 0.9, Y: 0.9, Z: 0.92, W: 1}), title)
	y += size.Y + 14*k
	width := 220 * k
	for _, id := range buttons {
		imgui.SetCursorScreenPos(imgui.Vec2{X: at.X + (avail.X-width)/2, Y: y})
		widget.WideAction{Action: s.host.Actions.Find(id), Width: width, Failed: s.host.Failed}.Build()
		y += imgui.FrameHeight() + 6*k
	}
}

// scenery is what is to be drawn now.
type scenery struct {
	clouds  []gfx.Cloud
	shown   []shownFrame
	reaches []stage.Reach // of what is shown
	keys    []uint64
	notes   []string
}

// scenery makes clouds of what the session shows.
func (s *scenePanel) scenery() scenery {
	ss := s.host.Session
	var sc scenery
	for _, l := range ss.Layers() {
		if !l.Visible {
			continue
		}
		sh := ss.Shown(l)
		if sh.Why != "" {
			sc.notes = append(sc.notes, pathname.Display(sh.Why))
		}
		if sh.Frame == nil {
			continue
		}
		sc.notes = append(sc.notes, stage.Trouble(pathname.Display(l.Seq.Name), sh.Number, sh.Frame)...)
		sc.shown = append(sc.shown, shownFrame{l, sh})
	}
	scale := stage.ScaleOf(ss) // of all that is shown
	var names []string
	for _, sh := range sc.shown {
		l := sh.layer
		c := stage.Cloud(sh.Frame, uint64(l.ID), sh.Key, &ss.View, scale)
		if rows, key := ss.Selected(l, sh.Shown); rows != nil {
			c.Selected, c.SelectedKey = rows.Words(), key
		}
		c.Trails = s.trails.Of(l, sh.Shown, ss.View.Trails, func(f func()) { s.window.Post(f) }, s.window.Wake)
		if len(c.Trails.Offsets) != c.N+1 {
			c.Trails = gfx.Strands{}
		}
		sc.clouds, names = append(sc.clouds, c), append(names, pathname.Display(l.Seq.Name))
		sc.reaches = append(sc.reaches, s.framing.Shown(l, sh.Shown))
		sc.keys = append(sc.keys, sh.Key, c.SelectedKey, c.Trails.Key)
	}
	stage.NameLegends(sc.clouds, names)
	s.trails.Keep(ss.Layers())
	return sc
}

func colorings(clouds []gfx.Cloud) []gfx.Coloring {
	var out []gfx.Coloring
	for i := range clouds {
		out = append(out, clouds[i].Coloring)
	}
	return out
}

// render makes the picture anew if anything it shows has changed.
func (s *scenePanel) render() {
	ss := s.host.Session
	sc := s.scenery()
	s.shown = sc.shown
	s.measure(&sc, time.Now())
	s.view.UIScale = float64(s.window.Scale())
	stage.Apply(&ss.View, &s.view, sc.clouds)
	if float32(s.h) < leastForAxes*s.window.Scale() {
		s.view.Gizmo = false // they would lie over the text above
	}
	s.view.Camera.ZUp = s.host.Settings.Preferences.ZUp
	s.view.Detail.Moving = s.moving(time.Now())
	s.view.Samples = 0
	if s.renderer.Software() {
		// Here the processor draws: one sample a pixel, and fewer points on the move.
		s.view.Samples, s.view.Detail.MovingPoint = 1, softwareMoving
	}
	s.view.Texts = s.texts(&sc)
	now := drawn{view: s.view, opts: ss.View, keys: sc.keys, w: s.w, h: s.h, colors: colorings(sc.clouds), valid: true}
	// What was found under the mouse is there no longer when something else is drawn.
	now.view.Hover = s.drawn.view.Hover
	if !reflect.DeepEqual(now, s.drawn) {
		s.picks.lookAgain()
	}
	now.view.Hover = s.picks.mark()
	s.view.Hover = now.view.Hover
	if reflect.DeepEqual(now, s.drawn) {
		return
	}
	err := s.renderer.Draw(&s.view, sc.clouds, s.w, s.h)
	s.drawn = now
	if err != nil {
		s.fault(err)
		return
	}
	ss.Settle(session.About("draw"))
}

// leastForAxes is the height of the scene, at scale 1, from which on there is room for
// the axes below the text.
const leastForAxes = 190

// softwareMoving is how many points are drawn while something moves, where the
// processor draws: some 60 ms.
const softwareMoving = 300_000

func (s *scenePanel) aspect() float64 { return float64(max(s.w, 1)) / float64(max(s.h, 1)) }

// fault tells the session of layers whose columns could not be read, so that they
// are read again.
func (s *scenePanel) fault(err error) {
	s.drawn = drawn{}
	for _, sh := range s.scenery().shown {
		if fault := sh.Frame.Probe(); fault != nil {
			s.host.Session.Fault(sh.layer, sh.Number, fault)
			return
		}
	}
	s.host.Session.TellOf(session.About("draw"), session.Error, err.Error())
}

func (s *scenePanel) texts(sc *scenery) []gfx.Text {
	ss := s.host.Session
	if len(ss.Layers()) == 0 {
		return nil
	}
	n, _ := ss.Number()
	texts := []gfx.Text{{Corner: gfx.TopLeft, Lines: append([]string{fmt.Sprintf("Frame %v", n)}, sc.pointsText(ss.Points())...)}}
	texts[0].Lines = append(texts[0].Lines, s.unseenPoints(sc)...)
	if k := ss.SelectionSize(); k > 0 {
		texts[0].Lines = append(texts[0].Lines, fmt.Sprintf("%s selected", unit.Count(k)))
	}
	if s.host.Session.Playing() && s.host.Session.Dropped() > 0 {
		texts[0].Lines = append(texts[0].Lines, unit.Plural(s.host.Session.Dropped(), "frame")+" dropped")
	}
	if len(sc.notes) > 0 {
		texts = append(texts, stage.Warning(sc.notes))
	}
	if k := s.window.Scale(); ss.View.Help && float32(s.w) >= 620*k && float32(s.h) >= 300*k {
		texts = append(texts, gfx.Text{Corner: gfx.BottomRight, Lines: s.help()})
	}
	return texts
}

// pointsText says how many points the frame under the play head has, and whether they
// can be drawn. Of one that is not there yet nothing is known; the notes say so.
func (sc *scenery) pointsText(points uint64) []string {
	drawn, held := uint64(0), false
	for i, sh := range sc.shown {
		if held = held || sh.Held; !sh.Held {
			drawn += uint64(sc.clouds[i].N)
		}
	}
	switch {
	case drawn < points:
		return []string{fmt.Sprintf("%s of %s can be drawn", unit.Count(int64(drawn)), unit.Plural(int64(points), "point"))}
	case points > 0 || !held:
		return []string{unit.Plural(int64(points), "point")}
	}
	return nil
}

// nextDue is when the scene must be drawn without input.
func (s *scenePanel) nextDue(now time.Time) (due time.Time, ok bool) {
	sooner := func(t time.Time) {
		if !ok || t.Before(due) {
			due, ok = t, true
		}
	}
	if s.glide.on || s.fly.on {
		sooner(now.Add(frameTime))
	}
	if s.drawn.view.Detail.Moving && !s.host.Session.Playing() && s.drag.kind == dragNone {
		sooner(s.moved.Add(restTime)) // then all points are drawn again
	}
	if t, waits := s.picks.nextDue(now); waits {
		sooner(t)
	}
	if s.saver.ready() {
		sooner(now)
	}
	if t, waits := s.framing.Due(); waits {
		sooner(t)
	}
	return due, ok
}

// busy reports that the scene is not at rest: a camera on its way, a question
// without an answer, pictures to be saved.
func (s *scenePanel) busy() bool {
	return s.glide.on || s.picks.waiting() || s.saver.on() || s.through.cancel != nil || s.framing.Busy(s.host.Session)
}
