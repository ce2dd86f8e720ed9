package widget

import (
	"github.com/AllenDang/cimgui-go/imgui"
)

// Sign is the shape of a Spot.
type Sign uint8

// The signs.
const (
	SignBegins Sign = iota // a ring
	SignEnds               // a cross
	SignWrong              // an exclamation mark above the place
)

// Spot is a sign on a Plot.
type Spot struct {
	X, Y  float64
	Sign  Sign
	Color imgui.Vec4
}

func (s *Spot) draw(list *imgui.DrawList, g *ground) {
	DrawSign(list, vec(g.x(s.X), g.y(s.Y)), s.Sign, s.Color)
}

// DrawSign draws a sign around a place of the screen.
func DrawSign(list *imgui.DrawList, at imgui.Vec2, sign Sign, c imgui.Vec4) {
	ink, r, width := color(c), scaled(4), max(scaled(1.5), 1)
	switch sign {
	case SignBegins:
		list.AddCircleV(at, r, ink, 0, width)
	case SignEnds:
		list.AddLineV(vec(at.X-r, at.Y-r), vec(at.X+r, at.Y+r), ink, width)
		list.AddLineV(vec(at.X-r, at.Y+r), vec(at.X+r, at.Y-r), ink, width)
	case SignWrong:
		list.AddLineV(vec(at.X, at.Y-2.5*r), vec(at.X, at.Y-r), ink, 1.5*width)
		list.AddCircleFilled(vec(at.X, at.Y-r/3), 0.8*width, ink)
	}
}
