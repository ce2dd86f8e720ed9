package gfx

import (
	"errors"
	"fmt"
	"image"
	"math"
	"unsafe"

	"github.com/go-gl/gl/v3.3-core/gl"
)

var inf = math.Inf(1)

func clampF(v float64) float32 { return float32(math.Min(math.Max(v, -3e38), 3e38)) }

// Options are fixed for a Renderer's life.
type Options struct {
	Debug       bool   // report every GL error through KHR_debug
	Font        []byte // TTF or OTF for text in the picture; nil is Go Regular
	ChunkPoints int    // points per GL buffer; 0: 16 Mi. Larger clouds are drawn in several
	NoPersist   bool   // do not map buffers persistently, for tests
}

// Renderer draws views. It belongs to the thread of the context it was made in.
type Renderer struct {
	dev    *device
	opt    Options
	ring   int // slots of a column in use
	batch  int // points drawn at once; 0: all
	serial uint64
	fences []drawFence
	layers map[uint64]*layer
	stats  Stats
	count  uint64 // of pictures

	target  target
	vao     uint32
	enabled uint32 // bit i: attribute array i is on
	empty   uint32 // a small buffer for attributes that must have one

	progs  programs
	maps   map[string]*mapTexture
	canvas *canvas
	lines  lineBatch
	meshes *meshes
	picker picker
	drawn  []*cloudDraw // of the last Draw
	last   []*frame     // of the last Draw
}

type programs struct {
	point, density, ring, pickPoint    *program
	line, vector, strand               *program
	canvas, resolve                    *program
	mesh, sphere, pickMesh, pickSphere *program
}

// layer is what GL holds of one sequence.
type layer struct {
	columns map[role]*column
	strands [2]*strandBuffers
	only    uint32 // view of the bits of roleOnly
	shapes  shapeSet
	serial  uint64 // of the last Draw it was part of
}

type role int

const (
	rolePosition role = iota
	roleColor
	roleSize
	roleShape
	roleOrientation
	roleScale
	roleScalar
	roleVector
	roleSelected
	roleOnly
)

// New makes a renderer in the context that is current on this thread. proc looks
// up GL functions; GLFW's and EGL's GetProcAddress will do. The error wraps
// ErrUnsupported where the driver lacks something, in one sentence for the user.
func New(proc func(name string) unsafe.Pointer, opt Options) (*Renderer, error) {
	dev, err := newDevice(proc, opt.Debug)
	if err != nil {
		return nil, err
	}
	if opt.NoPersist {
		dev.persistent = false
	}
	if opt.ChunkPoints <= 0 {
		opt.ChunkPoints = 16 << 20
	}
	r := &Renderer{dev: dev, opt: opt, ring: ringSlots, layers: map[uint64]*layer{}, maps: map[string]*mapTexture{}}
	if dev.software {
		r.ring, r.batch = 1, softwareBatch
	}
	s := saveState()
	defer s.restore()
	if err := r.build(); err != nil {
		r.Free()
		return nil, err
	}
	return r, nil
}

func (r *Renderer) build() error {
	d := r.dev
	r.vao = d.vertexArray()
	gl.BindVertexArray(r.vao)
	r.empty = d.buffer()
	gl.BindBuffer(gl.ARRAY_BUFFER, r.empty)
	corners := []float32{-1, -1, 0, 1, -1, 0, -1, 1, 0, 1, 1, 0}
	gl.BufferData(gl.ARRAY_BUFFER, len(corners)*4, gl.Ptr(corners), gl.STATIC_DRAW)
	var err error
	for _, p := range []struct {
		to         **program
		vert, frag string
		cloud      bool
		defines    []string
	}{
		{&r.progs.point, "point", "point", true, nil},
		{&r.progs.density, "point", "point", true, []string{"DENSITY"}},
		{&r.progs.ring, "point", "point", true, []string{"RING"}},
		{&r.progs.pickPoint, "point", "point", true, []string{"PICK"}},
		{&r.progs.line, "line", "line", true, []string{"PLAIN"}},
		{&r.progs.vector, "line", "line", true, []string{"VECTORS"}},
		{&r.progs.strand, "line", "line", true, []string{"STRANDS"}},
		{&r.progs.canvas, "canvas", "canvas", false, nil},
		{&r.progs.resolve, "density", "density", false, nil},
		{&r.progs.mesh, "mesh", "mesh", true, nil},
		{&r.progs.pickMesh, "mesh", "mesh", true, []string{"PICK"}},
		{&r.progs.sphere, "sphere", "sphere", true, nil},
		{&r.progs.pickSphere, "sphere", "sphere", true, []string{"PICK"}},
	} {
		if *p.to, err = d.newProgram(p.vert, p.frag, p.cloud, p.defines...); err != nil {
			return err
		}
	}
	if r.canvas, err = newCanvas(d, r.opt.Font); err != nil {
		return err
	}
	r.meshes = newMeshes(d)
	return d.check("preparing the renderer")
}

// Free deletes all GL objects. The context must be current. It may be called twice.
func (r *Renderer) Free() {
	if r.dev == nil {
		return
	}
	d := r.dev
	for i := range r.fences {
		d.freeFence(&r.fences[i].fence)
	}
	r.fences = nil
	for id := range r.layers {
		r.freeLayer(id)
	}
	for _, m := range r.maps {
		d.freeTexture(&m.tex)
	}
	clear(r.maps)
	p := &r.progs
	for _, q := range []*program{p.point, p.density, p.ring, p.pickPoint, p.line, p.vector, p.strand, p.canvas, p.resolve,
		p.mesh, p.pickMesh, p.sphere, p.pickSphere} {
		d.freeProgram(q)
	}
	if r.canvas != nil {
		r.canvas.free(d)
	}
	if r.meshes != nil {
		r.meshes.free(d)
	}
	r.picker.free(d)
	r.lines.free(d)
	r.target.free(d)
	d.freeBuffer(&r.empty)
	d.freeVertexArray(&r.vao)
	d.closeFences()
	d.close()
}

// Live counts the GL objects that exist, by kind. After Free it is empty.
func (r *Renderer) Live() map[string]int {
	m := map[string]int{}
	for k, v := range r.dev.live {
		if v != 0 {
			m[k] = v
		}
	}
	return m
}

// Driver names the GL version and the graphics card, for reports.
func (r *Renderer) Driver() string { return r.dev.version + ", " + r.dev.renderer }

// Software is true if the processor draws, as Mesa's llvmpipe does: a host then
// does well to use one sample a pixel and limits while moving.
func (r *Renderer) Software() bool { return r.dev.software }

// Stats are of the last Draw.
func (r *Renderer) Stats() Stats { return r.stats }

// Pictures counts the pictures drawn so far, those that picks look at too.
func (r *Renderer) Pictures() uint64 { return r.count }

// Texture is the picture of the last Draw: RGBA, premultiplied, bottom row
// first. The name changes when the size does.
func (r *Renderer) Texture() uint32 { return r.target.color }

// Size is the size of the last picture in pixels.
func (r *Renderer) Size() (w, h int) { return r.target.w, r.target.h }

// frame is what one camera sees on its way through the passes: the picture or a pane of it.
type frame struct {
	v       *View
	m       Matrices
	area    image.Rectangle // of the picture, in pixels with y down
	pane    *Pane           // nil: the whole picture
	clouds  []Cloud
	scale   float64 // UIScale
	samples int
	notes   []string // what was left out
}

// how is how a cloud is drawn.
func (f *frame) how(c *Cloud) *Drawing {
	if c.Drawing != nil {
		return c.Drawing
	}
	return &f.v.Drawing
}

// Draw makes the picture of w x h pixels. On an error the picture is incomplete:
// a column could not be read (the file behind it was cut short) or the graphics
// card ran out of memory. The renderer stays usable.
func (r *Renderer) Draw(v *View, clouds []Cloud, w, h int) error {
	if w < 1 || h < 1 || w > r.dev.maxTexture || h > r.dev.maxTexture {
		return fmt.Errorf("drawing %d x %d pixels: the graphics card draws 1 to %d a side", w, h, r.dev.maxTexture)
	}
	s := saveState()
	defer s.restore()
	r.serial++
	r.count++
	r.stats = Stats{}
	r.picker.stale = true
	r.drawn, r.last = nil, r.frames(v, clouds, w, h)
	if err := r.target.resize(r.dev, w, h, r.last[0].samples, v.Density.On); err != nil {
		return err
	}
	err := r.drawAll(r.last)
	for _, f := range r.last {
		f.clouds = nil
	}
	r.sweepLayers()
	r.endDraw()
	r.stats.Objects = r.dev.total()
	return errors.Join(err, r.dev.check("drawing"))
}

// frames are what the cameras of a view see, of which it keeps a copy.
func (r *Renderer) frames(v *View, clouds []Cloud, w, h int) []*frame {
	own := *v
	f := &frame{v: &own, clouds: clouds, scale: v.UIScale, samples: v.Samples, area: image.Rect(0, 0, w, h)}
	if f.scale <= 0 {
		f.scale = 1
	}
	if f.samples == 0 {
		f.samples = 4
	}
	f.samples = min(f.samples, r.dev.maxSamples)
	f.m = v.Camera.Matrices(sceneBounds(v, v.Bounds), float64(w), float64(h))
	if panes := f.panes(v); len(panes) > 0 {
		return panes
	}
	return []*frame{f}
}

// drawAll draws frames, which are looked at the same way but for their cameras: what lies in
// depth, then what lies flat over it.
func (r *Renderer) drawAll(frames []*frame) error {
	gl.BindVertexArray(r.vao)
	r.target.bind()
	if frames[0].samples > 1 {
		gl.Enable(gl.MULTISAMPLE)
	}
	if r.canvas.text.full {
		r.canvas.text.reset()
	}
	errs := r.prepareClouds(frames[0])
	if frames[0].pane != nil {
		r.drawGaps(frames[0])
	}
	for _, f := range frames {
		errs = append(errs, r.drawFrame(f))
	}
	gl.Disable(gl.SCISSOR_TEST)
	r.target.resolve(r.dev)
	for _, f := range frames {
		r.enter(f)
		r.drawOverlay(f)
	}
	gl.Disable(gl.SCISSOR_TEST)
	r.drawAllTexts(frames[0])
	return errors.Join(errs...)
}

// prepareClouds makes the clouds ready to be drawn, as often as there are frames.
func (r *Renderer) prepareClouds(f *frame) (errs []error) {
	for _, through := range []bool{false, true} { // what others are seen through comes last
		for i := range f.clouds {
			c := &f.clouds[i]
			if (f.how(c).Transparency > 0) != through {
				continue
			}
			if err := r.prepareCloud(f, c); err != nil {
				errs = append(errs, err)
			}
		}
	}
	return errs
}

// enter has what follows drawn into the frame's part of the picture.
func (r *Renderer) enter(f *frame) {
	x, y := r.origin(f)
	gl.Viewport(x, y, int32(f.area.Dx()), int32(f.area.Dy()))
	if f.pane != nil {
		gl.Enable(gl.SCISSOR_TEST)
		gl.Scissor(x, y, int32(f.area.Dx()), int32(f.area.Dy()))
	}
}

// origin is the lower left corner of a frame, as GL counts.
func (r *Renderer) origin(f *frame) (x, y int32) {
	return int32(f.area.Min.X), int32(r.target.h - f.area.Max.Y)
}

// drawFrame draws what lies in depth.
func (r *Renderer) drawFrame(f *frame) error {
	r.enter(f)
	r.drawBackground(f)
	gl.DepthMask(true)
	gl.DepthFunc(gl.LEQUAL)
	gl.Enable(gl.DEPTH_TEST)
	gl.Enable(gl.DEPTH_CLAMP) // points beyond the planes are drawn all the same

	var errs []error
	if f.v.Density.On {
		r.clearDensity()
	}
	for _, cd := range r.drawn {
		if err := r.drawCloud(f, cd); err != nil {
			errs = append(errs, err)
		}
	}
	if f.v.Density.On {
		r.showDensity(f)
	}
	r.drawScene(f)
	for _, cd := range r.drawn {
		if err := r.drawMarks(f, cd); err != nil {
			errs = append(errs, err)
		}
	}
	gl.Disable(gl.DEPTH_TEST)
	gl.Disable(gl.DEPTH_CLAMP)
	return errors.Join(errs...)
}

// layerOf finds or makes what GL holds for the cloud.
func (r *Renderer) layerOf(c *Cloud) *layer {
	l := r.layers[c.Layer]
	if l == nil {
		l = &layer{columns: map[role]*column{}}
		r.layers[c.Layer] = l
	}
	l.serial = r.serial
	return l
}

func (r *Renderer) freeLayer(id uint64) {
	l := r.layers[id]
	for _, c := range l.columns {
		r.dev.freeColumn(c)
	}
	for _, s := range l.strands {
		s.free(r.dev)
	}
	r.dev.freeTexture(&l.only)
	delete(r.layers, id)
}

// sweepLayers gives back the memory of layers that are no longer shown.
func (r *Renderer) sweepLayers() {
	for id, l := range r.layers {
		if l.serial != r.serial {
			r.waitFor(l.serial)
			r.freeLayer(id)
		}
	}
}

// Image reads the picture of the last Draw back, top row first.
func (r *Renderer) Image() *image.RGBA {
	w, h := r.target.w, r.target.h
	img := image.NewRGBA(image.Rect(0, 0, w, h))
	if w == 0 || h == 0 {
		return img
	}
	s := saveState()
	defer s.restore()
	buf := make([]byte, len(img.Pix))
	gl.BindFramebuffer(gl.READ_FRAMEBUFFER, r.target.out)
	gl.ReadPixels(0, 0, int32(w), int32(h), gl.RGBA, gl.UNSIGNED_BYTE, gl.Ptr(buf))
	for y := range h {
		copy(img.Pix[y*img.Stride:(y+1)*img.Stride], buf[(h-1-y)*w*4:])
	}
	// Some drivers leave the coverage of edges in the alpha of transparent
	// pictures; a premultiplied colour is never above its alpha.
	for i := 0; i < len(img.Pix); i += 4 {
		p := img.Pix[i : i+4 : i+4]
		p[3] = max(p[0], p[1], p[2], p[3])
	}
	return img
}
