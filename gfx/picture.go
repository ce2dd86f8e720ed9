package gfx

import (
	"fmt"
	"image"
)

// Picture draws like Draw, but into a target of its own, and returns the result:
// for saving pictures from the window without touching what it shows. Picks
// find nothing until the next Draw.
func (r *Renderer) Picture(v *View, clouds []Cloud, w, h int) (img *image.RGBA, err error) {
	err = r.apart(target{}, v, clouds, w, h, func() error {
		img = r.Image()
		return nil
	})
	return img, err
}

// apart draws into a target of its own, which read reads back.
func (r *Renderer) apart(own target, v *View, clouds []Cloud, w, h int, read func() error) error {
	shown := r.target
	r.target = own
	err := r.Draw(v, clouds, w, h)
	if err == nil {
		err = read()
	}
	s := saveState()
	r.target.free(r.dev)
	s.restore()
	r.target = shown
	r.last, r.drawn = nil, nil
	if err != nil {
		return fmt.Errorf("drawing a picture of %d x %d pixels: %w", w, h, err)
	}
	return nil
}

// Caption is text for a picture that stands alone: what it shows and how much.
func Caption(name, frame string, points int, more ...string) []Text {
	one := "points"
	if points == 1 {
		one = "point"
	}
	lines := append([]string{name, "frame " + frame}, more...)
	return []Text{
		{Corner: TopLeft, Lines: lines},
		{Corner: BottomRight, Lines: []string{count(points) + " " + one}},
	}
}
