package gfx

import (
	"math"

	"github.com/go-gl/gl/v3.3-core/gl"
)

// Layers is a picture for compositing: W*H values of each kind, top row first.
type Layers struct {
	W, H int
	// Color has red, green, blue and alpha of each pixel as half floats, premultiplied, as
	// Image has them in bytes. Colours of points that are brighter than white stay so.
	Color []uint16
	// Of the point that is seen in the middle of a pixel, of whatever can be picked or not. Lines,
	// grid and texts are not there.
	Cloud    []uint32  // 1 and more: of the clouds, by their place; 0: no point is seen
	Index    []uint32  // of the point in its cloud
	Distance []float32 // along the camera's axis, in units of the world
}

// Layers draws like Picture, with all that compositing needs. Picks find nothing until the next
// Draw.
func (r *Renderer) Layers(v *View, clouds []Cloud, w, h int) (l *Layers, err error) {
	err = r.apart(target{bright: true}, v, clouds, w, h, func() (err error) {
		l, err = r.readLayers(clouds, w, h)
		return err
	})
	return l, err
}

func (r *Renderer) readLayers(clouds []Cloud, w, h int) (*Layers, error) {
	s := saveState()
	defer s.restore()
	l := &Layers{W: w, H: h, Color: make([]uint16, 4*w*h), Cloud: make([]uint32, w*h), Index: make([]uint32, w*h), Distance: make([]float32, w*h)}
	gl.BindFramebuffer(gl.READ_FRAMEBUFFER, r.target.out)
	gl.ReadPixels(0, 0, int32(w), int32(h), gl.RGBA, gl.HALF_FLOAT, gl.Ptr(l.Color))
	turnOver(l.Color, h)
	p := &r.picker
	if err := r.drawIDs(true); err != nil {
		return nil, err
	}
	ids := make([]uint32, 4*w*h)
	gl.BindFramebuffer(gl.READ_FRAMEBUFFER, p.fb)
	gl.ReadPixels(0, 0, int32(w), int32(h), gl.RGBA_INTEGER, gl.UNSIGNED_INT, gl.Ptr(ids))
	turnOver(ids, h)
	place := map[uint64]uint32{}
	for i := range clouds {
		place[clouds[i].Layer] = uint32(i) + 1
	}
	first := make([]uint32, len(p.draws))
	for i, d := range p.draws {
		first[i] = place[d.layer]
	}
	unit := float32(1 / r.last[0].m.Unit) // a power of 2
	for i := range l.Cloud {
		id := ids[4*i : 4*i+4 : 4*i+4]
		if id[3] == 0 || int(id[0]) >= len(first) {
			continue
		}
		l.Cloud[i], l.Index[i] = first[id[0]], uint32(p.draws[id[0]].base)+id[1]
		l.Distance[i] = math.Float32frombits(id[2]) * unit
	}
	// It is of a picture that is shown nowhere, and may be large.
	p.stale, p.draws, p.seen = true, nil, nil
	p.freeTarget(r.dev)
	return l, r.dev.check("reading a picture back")
}

// turnOver has the top row first, where GL has the bottom one.
func turnOver[T any](pixels []T, h int) {
	row := len(pixels) / h
	for y := range h / 2 {
		a, b := pixels[y*row:(y+1)*row], pixels[(h-1-y)*row:(h-y)*row]
		for i := range a {
			a[i], b[i] = b[i], a[i]
		}
	}
}
