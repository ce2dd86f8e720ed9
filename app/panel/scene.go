package panel

import (
	"time"

	"github.com/AllenDang/cimgui-go/imgui"

	"iceexplorer/app/action"
	"iceexplorer/app/stage"
	"iceexplorer/app/widget"
	"iceexplorer/app/window"
	"iceexplorer/gfx"
)

// scenePanel shows the stage's picture and hands it the mouse and the keys.
type scenePanel struct {
	host     *Host
	stage    *stage.Stage
	window   *window.Window
	renderer *gfx.Renderer

	texture uint32
	ref     *imgui.TextureRef
	at      imgui.Vec2 // of the picture on the screen, in ImGui's pixels
}

func newScenePanel(h *Host) *scenePanel {
	return &scenePanel{host: h, stage: h.Stage}
}

func (s *scenePanel) free() {
	if s.ref != nil {
		s.ref.Destroy()
		s.ref = nil
	}
}

// draw draws the scene, for which there is room.
func (s *scenePanel) draw() {
	avail, at := imgui.ContentRegionAvail(), imgui.CursorScreenPos()
	s.at = at
	s.stage.SetSize(stage.Size{
		W: float64(avail.X), H: float64(avail.Y),
		Pixels: float64(imgui.CurrentIO().DisplayFramebufferScale().X), Scale: float64(s.window.Scale()),
	})
	s.stage.Hold(heldKeys())
	s.stage.Advance()
	s.host.Saver.Step()
	imgui.SetNextItemAllowOverlap()
	imgui.InvisibleButtonV("##scene", avail,
		imgui.ButtonFlagsMouseButtonLeft|imgui.ButtonFlagsMouseButtonRight|imgui.ButtonFlagsMouseButtonMiddle)
	s.input(imgui.IsItemHovered())
	s.stage.Draw()
	if tex := s.renderer.Texture(); s.ref == nil || tex != s.texture {
		s.free() // each reference is a C++ object: made once per texture
		s.texture, s.ref = tex, imgui.NewTextureRefTextureID(imgui.TextureID(tex))
	}
	end := imgui.Vec2{X: at.X + avail.X, Y: at.Y + avail.Y}
	imgui.WindowDrawList().AddImageV(*s.ref, at, end, imgui.Vec2{X: 0, Y: 1}, imgui.Vec2{X: 1, Y: 0}, 0xffffffff)
	s.drawBand()
	s.drawPointer()
	if len(s.host.Session.Layers()) == 0 {
		s.welcome(at, avail)
	}
}

// unseen is called instead of draw while another panel hides the scene: nothing
// moves and nothing is due, but pictures go on being saved.
func (s *scenePanel) unseen() {
	s.stage.Hide()
	if s.renderer.Texture() != 0 {
		s.host.Saver.Step()
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

// nextDue is when the scene must be drawn without input.
func (s *scenePanel) nextDue(now time.Time) (due time.Time, ok bool) {
	if s.host.Saver.Due() {
		return now, true
	}
	return s.stage.Due()
}

// captured reports that a key flies, while the right button is held.
func (s *scenePanel) captured(k action.Shortcut) bool {
	if !s.stage.Flies() {
		return false
	}
	switch k.Key {
	case action.KeyW, action.KeyA, action.KeyS, action.KeyD, action.KeyQ, action.KeyE:
		return k.Mods&^action.Shift == 0
	}
	return false
}
