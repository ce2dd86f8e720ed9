package panel

import (
	"fmt"
	"image/png"
	"os"
	"reflect"
	"time"

	"github.com/AllenDang/cimgui-go/imgui"

	"iceexplorer/app/scene"
	"iceexplorer/app/session"
	"iceexplorer/app/widget"
	"iceexplorer/app/window"
	"iceexplorer/gfx"
)

// Tool is what dragging with the left button does.
type Tool uint8

const (
	ToolOrbit Tool = iota
	ToolPan
	ToolZoom
)

var toolHelp = [...]string{
	ToolOrbit: "Drag: orbit   Middle: pan   Right or wheel: zoom",
	ToolPan:   "Drag: pan   Middle: pan   Right or wheel: zoom",
	ToolZoom:  "Drag: zoom   Middle: pan   Right or wheel: zoom",
}

// scenePanel shows the clouds under the play head.
type scenePanel struct {
	host     *Host
	window   *window.Window
	renderer *gfx.Renderer
	tool     Tool

	view    gfx.View
	bounds  gfx.Box // of all frames seen since the layers changed
	framed  bool    // the camera has been set to what was opened
	layers  int     // number of layers the bounds are of
	drawn   drawn   // what the picture was made from
	texture uint32
	ref     *imgui.TextureRef
	failed  string // why the last picture is incomplete

	dragging bool
	moved    time.Time
}

// drawn tells whether a picture must be made anew.
type drawn struct {
	view  gfx.View
	opts  session.View
	keys  []uint64
	w, h  int
	lo    []float64
	valid bool
}

func newScenePanel(h *Host) *scenePanel {
	s := &scenePanel{host: h, view: gfx.DefaultView(), bounds: gfx.EmptyBox()}
	s.view.Camera.ZUp = h.Settings.Preferences.ZUp
	return s
}

func (s *scenePanel) free() {
	if s.ref != nil {
		s.ref.Destroy()
		s.ref = nil
	}
}

func (s *scenePanel) draw() {
	avail, at := imgui.ContentRegionAvail(), imgui.CursorScreenPos()
	if avail.X < 16 || avail.Y < 16 {
		return
	}
	fb := imgui.CurrentIO().DisplayFramebufferScale()
	w, h := int(avail.X*fb.X), int(avail.Y*fb.Y)
	imgui.SetNextItemAllowOverlap()
	imgui.InvisibleButtonV("##scene", avail,
		imgui.ButtonFlagsMouseButtonLeft|imgui.ButtonFlagsMouseButtonRight|imgui.ButtonFlagsMouseButtonMiddle)
	s.input(at, avail)
	s.render(w, h)
	if tex := s.renderer.Texture(); s.ref == nil || tex != s.texture {
		s.free() // each reference is a C++ object: made once per texture
		s.texture, s.ref = tex, imgui.NewTextureRefTextureID(imgui.TextureID(tex))
	}
	end := imgui.Vec2{X: at.X + avail.X, Y: at.Y + avail.Y}
	imgui.WindowDrawList().AddImageV(*s.ref, at, end, imgui.Vec2{X: 0, Y: 1}, imgui.Vec2{X: 1, Y: 0}, 0xffffffff)
	if len(s.host.Session.Layers()) == 0 {
		s.welcome(at, avail)
	}
}

// welcome says what to do with an empty window.
func (s *scenePanel) welcome(at, avail imgui.Vec2) {
	k := s.window.Scale()
	title := "Drop a folder of .icecache or .sih5 files here"
	y := at.Y + avail.Y*0.4
	size := imgui.CalcTextSizeV(title, false, -1)
	x := at.X + (avail.X-size.X)/2
	imgui.WindowDrawList().AddTextVec2(imgui.Vec2{X: x, Y: y}, imgui.ColorU32Vec4(imgui.Vec4{X: 0.9, Y: 0.9, Z: 0.92, W: 1}), title)
	y += size.Y + 14*k
	width := 220 * k
	for _, id := range []string{"open-folder", "open-files", "open-sample"} {
		imgui.SetCursorScreenPos(imgui.Vec2{X: at.X + (avail.X-width)/2, Y: y})
		wideButton(s.host, id, width)
		y += imgui.FrameHeight() + 6*k
	}
}

// input turns the mouse into camera moves.
func (s *scenePanel) input(at, size imgui.Vec2) {
	io := imgui.CurrentIO()
	cam := &s.view.Camera
	w, h := float64(size.X), float64(size.Y)
	mouse := imgui.MousePos()
	x, y := float64(mouse.X-at.X), float64(mouse.Y-at.Y)
	s.dragging = false
	if imgui.IsItemActive() {
		d := io.MouseDelta()
		dx, dy := float64(d.X), float64(d.Y)
		tool := s.tool
		switch {
		case imgui.IsMouseDown(imgui.MouseButtonMiddle):
			tool = ToolPan
		case imgui.IsMouseDown(imgui.MouseButtonRight):
			tool = ToolZoom
		case io.KeyShift():
			tool = ToolPan
		}
		if dx != 0 || dy != 0 {
			s.moved = time.Now()
			switch tool {
			case ToolOrbit:
				cam.Orbit(dx, dy, h)
			case ToolPan:
				cam.Pan(dx, dy, h)
			case ToolZoom:
				cam.Dolly((dx - dy) / 40)
			}
		}
		s.dragging = true
	}
	s.view.GizmoHover = 0
	if !imgui.IsItemHovered() {
		return
	}
	if wheel := float64(io.MouseWheel()); wheel != 0 {
		cam.DollyTo(x, y, w, h, wheel)
		s.moved = time.Now()
	}
	if !s.dragging && s.view.Gizmo {
		s.view.GizmoHover = gfx.GizmoHit(*cam, h, float64(s.window.Scale()), x, y)
	}
	if p, ok := gfx.GizmoPreset(s.view.GizmoHover, cam.ZUp); ok && imgui.IsMouseClickedBool(imgui.MouseButtonLeft) {
		cam.SetPreset(p)
	}
}

// render makes the picture anew if anything it shows has changed.
func (s *scenePanel) render(w, h int) {
	ss := s.host.Session
	if n := len(ss.Layers()); n != s.layers {
		if n < s.layers || s.layers == 0 {
			s.bounds, s.framed = gfx.EmptyBox(), n > 0 && s.framed && s.layers > 0
		}
		s.layers = n
	}
	now := drawn{opts: ss.View, w: w, h: h, valid: true}
	var clouds []gfx.Cloud
	var shown []*session.Layer
	var notes []string
	for _, l := range ss.Layers() {
		if !l.Visible {
			continue
		}
		sh := ss.Shown(l)
		if sh.Why != "" {
			notes = append(notes, sh.Why)
		}
		if sh.Frame == nil {
			continue
		}
		lo, hi := ss.ScalarRange(l, sh)
		now.keys = append(now.keys, sh.Key)
		now.lo = append(now.lo, lo, hi)
		s.bounds = s.bounds.Union(scene.Bounds(sh.Frame))
		clouds = append(clouds, scene.Cloud(sh.Frame, uint64(l.ID), sh.Key, &ss.View, lo, hi))
		shown = append(shown, l)
	}
	s.view.Bounds, s.view.UIScale = s.bounds, float64(s.window.Scale())
	scene.Apply(&ss.View, &s.view)
	s.view.Camera.ZUp = s.host.Settings.Preferences.ZUp
	s.view.Detail.Moving = s.dragging || s.host.Player.Playing()
	s.view.Texts = s.texts(notes)
	if !s.framed && !s.bounds.Empty() {
		s.framed = true
		s.view.Camera.Frame(s.bounds, float64(w)/float64(max(h, 1)))
	}
	now.view = s.view
	if reflect.DeepEqual(now, s.drawn) {
		return
	}
	err := s.renderer.Draw(&s.view, clouds, w, h)
	s.drawn = now
	s.failed = ""
	if err != nil {
		s.failed = err.Error()
		s.fault(shown, err)
	}
}

// fault tells the session of layers whose columns could not be read, so that they
// are read again.
func (s *scenePanel) fault(shown []*session.Layer, err error) {
	s.drawn = drawn{}
	n, _ := s.host.Session.Number()
	for _, l := range shown {
		if fault := s.host.Session.Shown(l).Frame.Probe(); fault != nil {
			s.host.Session.Fault(l, n, fault)
			return
		}
	}
	s.host.Session.Tell(session.Error, err.Error())
}

func (s *scenePanel) texts(notes []string) []gfx.Text {
	ss := s.host.Session
	if len(ss.Layers()) == 0 {
		return nil
	}
	n, _ := ss.Number()
	texts := []gfx.Text{{Corner: gfx.TopLeft, Lines: []string{fmt.Sprintf("Frame %d", n), fmt.Sprintf("%s points", widget.Count(int64(ss.Points())))}}}
	if s.host.Player.Playing() && s.host.Player.Dropped() > 0 {
		texts[0].Lines = append(texts[0].Lines, fmt.Sprintf("%d frames dropped", s.host.Player.Dropped()))
	}
	if len(notes) > 0 && !s.host.Player.Playing() {
		texts = append(texts, gfx.Text{Corner: gfx.TopCenter, Lines: notes, Warn: true})
	}
	return texts
}

func (s *scenePanel) frameAll() {
	box := gfx.EmptyBox()
	for _, l := range s.host.Session.Layers() {
		if sh := s.host.Session.Shown(l); sh.Frame != nil && l.Visible {
			box = box.Union(scene.Bounds(sh.Frame))
		}
	}
	if box.Empty() {
		return
	}
	w, h := s.renderer.Size()
	s.view.Camera.Frame(box, float64(max(w, 1))/float64(max(h, 1)))
}

func (s *scenePanel) setPreset(p gfx.Preset) {
	s.view.Camera.SetPreset(p)
}

func (s *scenePanel) savePicture(path string) (err error) {
	f, err := os.Create(path)
	if err != nil {
		return fmt.Errorf("save picture: %w", err)
	}
	defer func() {
		if closed := f.Close(); err == nil && closed != nil {
			err = fmt.Errorf("save picture: %w", closed)
		}
	}()
	if err := png.Encode(f, s.renderer.Image()); err != nil {
		return fmt.Errorf("save picture: %w: %s", err, path)
	}
	s.host.Session.Tell(session.Info, "picture saved: "+path)
	return nil
}
