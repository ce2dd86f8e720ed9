package panel

import (
	"github.com/AllenDang/cimgui-go/imgui"
	"github.com/AllenDang/giu"

	"iceexplorer/app/widget"
)

// modal builds a dialog, which its close button and Escape close.
func (s *Set) modal(p *Panel) {
	vp := imgui.MainViewport()
	most := imgui.Vec2{X: vp.Size().X * 0.98, Y: vp.Size().Y * 0.98}
	high := min(max(p.Tall*imgui.FontSize(), s.tall[p.Name]), most.Y)
	cond := imgui.Cond(imgui.CondAppearing)
	if s.recenter > 0 || high > vp.WorkSize().Y { // ImGui would move its title to below the bars
		cond = imgui.CondAlways
	}
	imgui.SetNextWindowPosV(vp.Center(), cond, imgui.Vec2{X: 0.5, Y: 0.5})
	width := min(p.Width*imgui.FontSize(), most.X)
	if width > 0 {
		most.X = width // it is as high as its contents, but not as wide
	}
	imgui.SetNextWindowSizeConstraints(imgui.Vec2{X: width, Y: high}, most)
	open, built := true, false
	giu.PopupModal(p.Name).IsOpen(&open).Flags(giu.WindowFlagsNoSavedSettings | giu.WindowFlagsAlwaysAutoResize).Layout(giu.Custom(func() {
		built = true
		append(p.Layout(), widget.CloseOnEscape{}).Build()
		s.close()
		s.measure(p)
	})).Build()
	s.note(p, built)
}

// popup builds a popup in the upper part of the window; it decides itself what Escape
// does.
func (s *Set) popup(p *Panel) {
	vp := imgui.MainViewport()
	const top = 0.18 // of the window's height
	imgui.SetNextWindowPosV(imgui.Vec2{X: vp.Center().X, Y: vp.Pos().Y + vp.Size().Y*top}, imgui.CondAlways, imgui.Vec2{X: 0.5})
	most := imgui.Vec2{X: vp.Size().X * 0.98, Y: vp.Size().Y * (0.98 - top)}
	imgui.SetNextWindowSizeConstraints(imgui.Vec2{Y: min(s.tall[p.Name], most.Y)}, most)
	built := false
	giu.Popup(p.Name).Flags(giu.WindowFlagsNoSavedSettings).Layout(giu.Custom(func() {
		built = true
		p.Layout().Build()
		s.close()
		s.measure(p)
	})).Build()
	s.note(p, built)
}

// measure keeps how high a dialog would be: ImGui lets it have no more than the room between the bars.
// One that grows out of the window is put into its middle again.
func (s *Set) measure(p *Panel) {
	win, vp := imgui.InternalCurrentWindow(), imgui.MainViewport()
	high := win.ContentSizeIdeal().Y + 2*win.WindowPadding().Y + win.TitleBarHeight()
	if high > s.tall[p.Name] && imgui.WindowPos().Y+high > vp.Pos().Y+vp.Size().Y {
		s.recenter = 3
	}
	s.tall[p.Name] = high
}

// close closes the dialog that is being built, if that is asked for.
func (s *Set) close() {
	if s.closing {
		s.closing = false
		imgui.CloseCurrentPopup()
	}
}

// note tells a dialog that it was closed.
func (s *Set) note(p *Panel, shown bool) {
	if s.shown[p.Name] && !shown && p.Closed != nil {
		p.Closed()
	}
	s.shown[p.Name] = shown
}
