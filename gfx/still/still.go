// Package still makes pictures without a window: an off-screen context and a
// renderer in one. The verb that renders files and the tests use it.
package still

import (
	"image"

	"iceexplorer/gfx"
	"iceexplorer/gfx/offscreen"
)

// Studio holds the context and the renderer. It belongs to the goroutine that
// opened it, which is locked to its thread until Close.
type Studio struct {
	ctx *offscreen.Context
	r   *gfx.Renderer
}

// Open starts OpenGL off-screen. The error wraps offscreen.ErrUnavailable or
// gfx.ErrUnsupported and is one sentence for the user.
func Open(opt gfx.Options) (*Studio, error) {
	ctx, err := offscreen.Open(opt.Debug)
	if err != nil {
		return nil, err
	}
	r, err := gfx.New(ctx.Proc, opt)
	if err != nil {
		ctx.Close()
		return nil, err
	}
	return &Studio{ctx, r}, nil
}

// Render draws a picture of w x h pixels, with legend, texts and all the view
// asks for. The pixels are premultiplied, top row first.
func (s *Studio) Render(v *gfx.View, clouds []gfx.Cloud, w, h int) (*image.RGBA, error) {
	if err := s.r.Draw(v, clouds, w, h); err != nil {
		return nil, err
	}
	return s.r.Image(), nil
}

// Renderer is the renderer inside, for benchmarks and reports.
func (s *Studio) Renderer() *gfx.Renderer { return s.r }

// Close frees everything. It may be called twice.
func (s *Studio) Close() {
	if s.r != nil {
		s.r.Free()
		s.r = nil
	}
	s.ctx.Close()
}
