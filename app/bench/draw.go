package bench

import (
	"context"
	"fmt"

	scene "iceexplorer/app/stage"
	"iceexplorer/gfx"
	"iceexplorer/gfx/offscreen"
)

// drawing measures the renderer, off screen.
func (b *bench) drawing(context.Context) error {
	c, err := offscreen.Open(false)
	if err != nil {
		b.add(Row{ID: "upload", Section: "Drawing", What: "uploading positions to OpenGL", Skipped: err.Error()})
		return nil
	}
	defer c.Close()
	r, err := gfx.New(c.Proc, gfx.Options{})
	if err != nil {
		return err
	}
	defer r.Free()
	section := fmt.Sprintf("Drawing, 1280x720, %s", r.Driver())
	rows, err := r.Bench(b.sizes(), scene.SoftwareMoving)
	if err != nil {
		return err
	}
	for _, g := range rows {
		bytes := uint64(12 * g.Points)
		b.add(
			Row{ID: "upload", Section: section, What: "uploading positions to OpenGL", Points: g.Points, Seconds: g.Upload, Bytes: bytes,
				Ratio: g.Ratio(), Of: "a memcpy of them"},
			Row{ID: "recolor", Section: section, What: "uploading another attribute to colour by to OpenGL", Points: g.Points, Seconds: g.Color, Bytes: bytes / 3},
			Row{ID: "draw", Section: section, What: "a picture with nothing to upload", Points: g.Points, Seconds: g.Draw},
			Row{ID: "quad", Section: section, What: "the same in four panes", Points: g.Points, Seconds: g.Quad, Ratio: g.Quad / g.Draw, Of: "a picture"},
			Row{ID: "quad-moving", Section: section, What: "the same in four panes while a camera moves, as the window draws it", Points: g.Points, Seconds: g.Moving, Ratio: g.Moving / g.Draw, Of: "a picture"})
	}
	return nil
}
