// Package scene shows the stage's picture and passes mouse and keys on to the stage.
package scene

import (
	"time"

	"github.com/AllenDang/cimgui-go/imgui"
	"github.com/AllenDang/giu"

	"iceexplorer/app/action"
	"iceexplorer/app/panel"
	"iceexplorer/app/stage"
)

// Picture is a texture of OpenGL with the stage's picture; 0: there is none yet.
type Picture func() uint32

// Panel is the scene.
type Panel struct {
	host    *panel.Host
	stage   *stage.Stage
	saver   *stage.Saver
	picture Picture

	// Restorable says which session can be restored; "" if none can.
	Restorable func() string
	// Gone reports whether a path that was opened lately leads nowhere now.
	Gone func(path string) bool

	texture uint32
	ref     *imgui.TextureRef
	at      imgui.Vec2 // of the picture on the screen, in ImGui's pixels
}

// New makes the panel. The saver steps from picture to picture as the window's frames
// are built.
func New(h *panel.Host, s *stage.Stage, saver *stage.Saver, picture Picture) *Panel {
	return &Panel{host: h, stage: s, saver: saver, picture: picture}
}

// Panel is the panel to register.
func (s *Panel) Panel() panel.Panel {
	return panel.Panel{
		Name: "Scene", Side: panel.Center, Least: [2]float32{240, 160}, Canvas: true, Fixed: true, Still: true,
		Layout: func() giu.Layout { return giu.Layout{s} }, Unseen: s.unseen, Due: s.due,
	}
}

// Free releases what belongs to the window's OpenGL context.
func (s *Panel) Free() {
	if s.ref != nil {
		s.ref.Destroy()
		s.ref = nil
	}
}

// Build implements giu.Widget: the scene fills all the room there is.
func (s *Panel) Build() {
	avail, at := imgui.ContentRegionAvail(), imgui.CursorScreenPos()
	s.at = at
	s.stage.SetSize(stage.Size{
		W: float64(avail.X), H: float64(avail.Y),
		Pixels: float64(imgui.CurrentIO().DisplayFramebufferScale().X), Scale: float64(s.host.Scale()),
	})
	s.stage.Hold(heldKeys())
	s.stage.Advance()
	s.saver.Step()
	empty := len(s.host.Session.Layers()) == 0
	if empty { // the buttons of the welcome lie over it
		// Otherwise not: a press would be lost that comes in one frame with the mouse.
		imgui.SetNextItemAllowOverlap()
	}
	imgui.InvisibleButtonV("##scene", avail,
		imgui.ButtonFlagsMouseButtonLeft|imgui.ButtonFlagsMouseButtonRight|imgui.ButtonFlagsMouseButtonMiddle)
	s.input(imgui.IsItemHovered())
	s.stage.Draw()
	if tex := s.picture(); s.ref == nil || tex != s.texture {
		s.Free() // each reference is a C++ object: made once per texture
		s.texture, s.ref = tex, imgui.NewTextureRefTextureID(imgui.TextureID(tex))
	}
	end := imgui.Vec2{X: at.X + avail.X, Y: at.Y + avail.Y}
	imgui.WindowDrawList().AddImageV(*s.ref, at, end, imgui.Vec2{X: 0, Y: 1}, imgui.Vec2{X: 1, Y: 0}, 0xffffffff)
	s.drawBand()
	s.drawPointer()
	s.menu()
	if empty {
		s.welcome(at, avail)
	}
}

// unseen is called instead of Build while another panel hides the scene: nothing moves and
// nothing is due, but saving pictures goes on.
func (s *Panel) unseen() {
	s.stage.Hide()
	if s.picture() != 0 {
		s.saver.Step()
	}
}

// due is when the scene must be built without input.
func (s *Panel) due(now time.Time) (time.Time, bool) {
	if s.saver.Due() {
		return now, true
	}
	return s.stage.Due()
}

// Captured reports that a key is used for flying, while the right button is held, or
// navigates while it is held.
func (s *Panel) Captured(k action.Shortcut) bool {
	held := map[action.Key]stage.HeldKey{action.KeyS: stage.KeyS, action.KeySpace: stage.KeySpace}
	if k.Mods == 0 && s.stage.HoldsKey(held[k.Key]) {
		return true
	}
	if !s.stage.Flies() {
		return false
	}
	switch k.Key {
	case action.KeyW, action.KeyA, action.KeyS, action.KeyD, action.KeyQ, action.KeyE:
		return k.Mods&^action.Shift == 0
	}
	return false
}
