package panel

import (
	"slices"

	"github.com/AllenDang/cimgui-go/imgui"

	"iceexplorer/gfx"
)

// click is a press of the left button that may turn out to be no drag.
type click struct {
	begun bool
	way   float64 // that the mouse went since, in ImGui's pixels
}

func (c *click) done() bool { return c.begun && c.way <= clickSlop }

// seekActive asks whose point was clicked, with a tool that does not select.
func (s *scenePanel) seekActive() {
	if len(s.host.Session.Layers()) < 2 {
		return
	}
	m := imgui.MousePos()
	s.picks.ask(s, tagActive, s.pointQuery(float64(m.X-s.at.X), float64(m.Y-s.at.Y)))
}

// activate makes the layer active whose point was clicked.
func (s *scenePanel) activate(shown []shownFrame, hits []gfx.Hit) {
	if len(hits) == 0 {
		return
	}
	if i := slices.IndexFunc(shown, func(sh shownFrame) bool { return uint64(sh.layer.ID) == hits[0].Layer }); i >= 0 {
		s.host.Session.SetActive(shown[i].layer) // which may be closed meanwhile
	}
}
