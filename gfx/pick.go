package gfx

import (
	"image"
	"math"
	"slices"
	"time"

	"github.com/go-gl/gl/v3.3-core/gl"
)

// PickQuery asks which particles are seen somewhere in the last picture. Pixels
// have y down. Without Rect and Lasso it is the particle nearest to X, Y.
type PickQuery struct {
	Tag    string // a newer query with the same tag replaces an older one
	X, Y   int
	Radius int             // pixels around X, Y to look in; 0: 5
	Rect   image.Rectangle // all particles seen in it
	Lasso  [][2]float64    // or in this polygon
}

// Hit is a particle found.
type Hit struct {
	Layer uint64
	Index uint64
	X, Y  int  // a pixel where it is seen, y down
	World Vec3 // the place seen there
}

// PickResult answers a query: one hit or none for a point; for an area every
// particle seen in it, by layer in drawing order and by index.
type PickResult struct {
	Query PickQuery
	Hits  []Hit
}

// picker holds the integer picture: draw, index, bits of the distance along the camera's axis in camera
// units, 1.
type picker struct {
	fb, tex, depth uint32
	w, h           int
	stale          bool // drawn for an older picture
	draws          []pickDraw
	seen           []*frame
	reads          []pickRead
}

type pickDraw struct {
	layer uint64
	base  uint64
}

type pickRead struct {
	q     PickQuery
	area  image.Rectangle // y down
	pbo   uint32
	fence fence
	draws []pickDraw
	seen  []*frame
}

func (p *picker) free(d *device) {
	for i := range p.reads {
		d.freeBuffer(&p.reads[i].pbo)
		d.freeFence(&p.reads[i].fence)
	}
	p.freeTarget(d)
	*p = picker{}
}

func (p *picker) freeTarget(d *device) {
	d.freeFramebuffer(&p.fb)
	d.freeTexture(&p.tex)
	d.freeRenderbuffer(&p.depth)
}

// RequestPick starts a query on the last picture; PollPick brings its answer
// some frames later, without waiting for the graphics card.
func (r *Renderer) RequestPick(q PickQuery) {
	area := q.area(r.target.w, r.target.h)
	for _, f := range r.last {
		if !q.wide() && image.Pt(q.X, q.Y).In(f.area) {
			area = area.Intersect(f.area) // what is near in another pane is not near
		}
	}
	p := &r.picker
	// Replace what is not yet answered under this tag.
	p.reads = slices.DeleteFunc(p.reads, func(o pickRead) bool {
		if o.q.Tag != q.Tag {
			return false
		}
		r.dev.freeBuffer(&o.pbo)
		r.dev.freeFence(&o.fence)
		return true
	})
	if area.Empty() || len(r.last) == 0 {
		p.reads = append(p.reads, pickRead{q: q})
		return
	}
	s := saveState()
	defer s.restore()
	if p.stale || p.w != r.target.w || p.h != r.target.h {
		if err := r.drawIDs(false); err != nil {
			p.reads = append(p.reads, pickRead{q: q})
			return
		}
	}
	read := pickRead{q: q, area: area, pbo: r.dev.buffer(), draws: p.draws, seen: p.seen}
	gl.BindFramebuffer(gl.READ_FRAMEBUFFER, p.fb)
	gl.BindBuffer(gl.PIXEL_PACK_BUFFER, read.pbo)
	gl.BufferData(gl.PIXEL_PACK_BUFFER, area.Dx()*area.Dy()*16, nil, gl.STREAM_READ)
	gl.ReadPixels(int32(area.Min.X), int32(p.h-area.Max.Y), int32(area.Dx()), int32(area.Dy()), gl.RGBA_INTEGER, gl.UNSIGNED_INT, nil)
	read.fence = r.dev.fence()
	gl.Flush()
	p.reads = append(p.reads, read)
}

// PollPick returns the next finished answer.
func (r *Renderer) PollPick() (PickResult, bool) { return r.poll(0) }

func (r *Renderer) poll(wait time.Duration) (PickResult, bool) {
	p := &r.picker
	for i := range p.reads {
		rd := &p.reads[i]
		if rd.fence.sync != 0 && !r.dev.wait(rd.fence, wait) {
			continue
		}
		res := PickResult{Query: rd.q}
		if rd.pbo != 0 {
			res.Hits = r.readHits(rd)
		}
		r.dev.freeBuffer(&rd.pbo)
		r.dev.freeFence(&rd.fence)
		p.reads = slices.Delete(p.reads, i, i+1)
		return res, true
	}
	return PickResult{}, false
}

// Pick is RequestPick and a wait for its answer, for tests and tools.
func (r *Renderer) Pick(q PickQuery) []Hit {
	const tag = "\x00now"
	user := q.Tag
	q.Tag = tag
	r.RequestPick(q)
	p := &r.picker
	// The others' answers stay for PollPick.
	rest := p.reads[:len(p.reads)-1]
	p.reads = []pickRead{p.reads[len(p.reads)-1]}
	var res PickResult
	for ok := false; !ok; {
		res, ok = r.poll(time.Second)
	}
	p.reads = rest
	res.Query.Tag = user
	return res.Hits
}

// wide reports whether a query is for what an area holds.
func (q *PickQuery) wide() bool { return len(q.Lasso) > 0 || !q.Rect.Empty() }

func (q *PickQuery) area(w, h int) image.Rectangle {
	full := image.Rect(0, 0, w, h)
	switch {
	case len(q.Lasso) > 0:
		lo, hi := [2]float64{inf, inf}, [2]float64{-inf, -inf}
		for _, p := range q.Lasso {
			for i := range 2 {
				lo[i], hi[i] = math.Min(lo[i], p[i]), math.Max(hi[i], p[i])
			}
		}
		if !(hi[0] >= lo[0] && hi[1] >= lo[1]) {
			return image.Rectangle{}
		}
		c := func(v float64) int { return int(math.Min(math.Max(v, -1), 1e6)) }
		return image.Rect(c(lo[0]), c(lo[1]), c(hi[0])+1, c(hi[1])+1).Intersect(full)
	case !q.Rect.Empty():
		return q.Rect.Canon().Intersect(full)
	}
	n := q.Radius
	if n <= 0 {
		n = 5
	}
	return image.Rect(q.X-n, q.Y-n, q.X+n+1, q.Y+n+1).Intersect(full)
}

// inPolygon counts crossings to the right of x, y.
func inPolygon(poly [][2]float64, x, y float64) bool {
	in := false
	for i, a := range poly {
		b := poly[(i+1)%len(poly)]
		if (a[1] > y) != (b[1] > y) && x < (b[0]-a[0])*(y-a[1])/(b[1]-a[1])+a[0] {
			in = !in
		}
	}
	return in
}

func (r *Renderer) readHits(rd *pickRead) []Hit {
	s := saveState()
	defer s.restore()
	n := rd.area.Dx() * rd.area.Dy()
	gl.BindBuffer(gl.PIXEL_PACK_BUFFER, rd.pbo)
	ptr := gl.MapBufferRange(gl.PIXEL_PACK_BUFFER, 0, n*16, gl.MAP_READ_BIT)
	if ptr == nil {
		return nil
	}
	ids := mappedIDs(ptr, n)
	hits := findHits(rd, ids)
	gl.UnmapBuffer(gl.PIXEL_PACK_BUFFER)
	return hits
}

// findHits reads ids (bottom row first) of the read's area.
func findHits(rd *pickRead, ids [][4]uint32) []Hit {
	q := &rd.q
	single := !q.wide()
	best := math.MaxInt
	seen := map[[2]uint32]bool{}
	var keys [][2]uint32
	at := map[[2]uint32]Hit{}
	for i, id := range ids {
		if id[3] == 0 || int(id[0]) >= len(rd.draws) {
			continue
		}
		x := rd.area.Min.X + i%rd.area.Dx()
		y := rd.area.Max.Y - 1 - i/rd.area.Dx()
		key := [2]uint32{id[0], id[1]}
		if single {
			d := (x-q.X)*(x-q.X) + (y-q.Y)*(y-q.Y)
			if d >= best {
				continue
			}
			best = d
			keys = keys[:0]
		} else if seen[key] || len(q.Lasso) > 0 && !inPolygon(q.Lasso, float64(x)+0.5, float64(y)+0.5) {
			continue
		}
		seen[key] = true
		keys = append(keys, key)
		dr := rd.draws[id[0]]
		at[key] = Hit{Layer: dr.layer, Index: dr.base + uint64(id[1]), X: x, Y: y,
			World: rd.place(x, y, math.Float32frombits(id[2]))}
	}
	slices.SortFunc(keys, func(a, b [2]uint32) int {
		if a[0] != b[0] {
			return int(a[0]) - int(b[0])
		}
		if a[1] < b[1] {
			return -1
		}
		return 1
	})
	hits := make([]Hit, len(keys))
	for i, k := range keys {
		hits[i] = at[k]
	}
	// A cloud's points and shapes are separate draws of the same particles.
	slices.SortStableFunc(hits, func(a, b Hit) int {
		if a.Layer != b.Layer || a.Index == b.Index {
			return 0
		}
		if a.Index < b.Index {
			return -1
		}
		return 1
	})
	return slices.CompactFunc(hits, func(a, b Hit) bool { return a.Layer == b.Layer && a.Index == b.Index })
}

// place is what is seen at a pixel that shows a particle.
func (rd *pickRead) place(x, y int, distance float32) Vec3 {
	for _, f := range rd.seen {
		if at := image.Pt(x, y); at.In(f.area) {
			at = at.Sub(f.area.Min)
			return f.m.At(float64(at.X)+0.5, float64(at.Y)+0.5, float64(distance)/f.m.Unit)
		}
	}
	return Vec3{}
}

// drawIDs draws the last picture's particles with their numbers as colours: all, or those that can be
// picked.
func (r *Renderer) drawIDs(all bool) error {
	p := &r.picker
	w, h := r.target.w, r.target.h
	if p.w != w || p.h != h || p.fb == 0 {
		p.freeTarget(r.dev)
		p.w, p.h = w, h
		p.fb, p.tex, p.depth = r.dev.framebuffer(), r.dev.texture(), r.dev.renderbuffer()
		gl.BindTexture(gl.TEXTURE_2D, p.tex)
		gl.TexImage2D(gl.TEXTURE_2D, 0, gl.RGBA32UI, int32(w), int32(h), 0, gl.RGBA_INTEGER, gl.UNSIGNED_INT, nil)
		gl.TexParameteri(gl.TEXTURE_2D, gl.TEXTURE_MIN_FILTER, gl.NEAREST)
		gl.TexParameteri(gl.TEXTURE_2D, gl.TEXTURE_MAG_FILTER, gl.NEAREST)
		gl.BindRenderbuffer(gl.RENDERBUFFER, p.depth)
		gl.RenderbufferStorage(gl.RENDERBUFFER, gl.DEPTH_COMPONENT24, int32(w), int32(h))
		gl.BindFramebuffer(gl.FRAMEBUFFER, p.fb)
		gl.FramebufferTexture2D(gl.FRAMEBUFFER, gl.COLOR_ATTACHMENT0, gl.TEXTURE_2D, p.tex, 0)
		gl.FramebufferRenderbuffer(gl.FRAMEBUFFER, gl.DEPTH_ATTACHMENT, gl.RENDERBUFFER, p.depth)
		if err := complete(w, h, 1); err != nil {
			p.freeTarget(r.dev)
			return err
		}
	}
	r.count++
	gl.BindFramebuffer(gl.FRAMEBUFFER, p.fb)
	gl.BindVertexArray(r.vao)
	var zero [4]uint32
	gl.ClearBufferuiv(gl.COLOR, 0, &zero[0])
	gl.DepthMask(true)
	gl.Clear(gl.DEPTH_BUFFER_BIT)
	gl.Enable(gl.DEPTH_TEST)
	gl.Enable(gl.DEPTH_CLAMP)
	gl.DepthFunc(gl.LEQUAL)
	p.draws, p.seen = nil, r.last
	first := map[*cloudDraw]uint32{} // of those that are drawn
	for _, cd := range r.drawn {
		if cd.c.Unpicked && !all {
			continue
		}
		first[cd] = uint32(len(p.draws))
		for i := range cd.chunks() {
			p.draws = append(p.draws, pickDraw{cd.c.Layer, uint64(i) * uint64(cd.chunk)})
		}
	}
	for _, f := range r.last {
		r.enter(f)
		for _, cd := range r.drawn {
			at, picked := first[cd]
			if !picked {
				continue
			}
			if err := r.drawCloudIDs(f, cd, at); err != nil {
				return err
			}
		}
	}
	p.stale = false
	return nil
}

func (r *Renderer) drawCloudIDs(f *frame, cd *cloudDraw, first uint32) error {
	if cd.hasPoints() {
		if err := r.drawPoints(f, cd, r.progs.pickPoint, first); err != nil {
			return err
		}
	}
	return r.drawShapes(f, cd, r.progs.pickMesh, r.progs.pickSphere, first)
}
