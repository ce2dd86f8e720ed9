// Package gfx is the renderer: points, shapes, lines, grid, legend and picking,
// drawn by OpenGL 3.3 into a target of its own. It knows a camera, float slices
// and options; it knows neither caches nor windows. The host makes the context.
//
//	r, err := gfx.New(proc, gfx.Options{})
//	view := gfx.DefaultView()
//	view.Bounds = box
//	view.Camera.Frame(box, float64(w)/float64(h))
//	err = r.Draw(&view, clouds, w, h)
//	tex := r.Texture() // bottom row first
//
// A Renderer belongs to the thread of its context. Draw leaves the GL state it
// found. Everything that needs no GL (Camera, Box, Matrices, GizmoHit, the clip
// handles, colour tables) may be used anywhere.
package gfx
