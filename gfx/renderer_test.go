package gfx

import (
	"bytes"
	"errors"
	"image"
	"image/color"
	"runtime"
	"slices"
	"strings"
	"testing"
	"unsafe"

	"github.com/go-gl/gl/v3.3-core/gl"

	"iceexplorer/gfx/offscreen"
	"iceexplorer/gfx/style"
)

func draw(t *testing.T, r *Renderer, v *View, clouds ...Cloud) Stats {
	t.Helper()
	if err := r.Draw(v, clouds, 96, 64); err != nil {
		t.Fatal(err)
	}
	return r.Stats()
}

func TestAFrameAlreadyUploadedIsNotUploadedAgain(t *testing.T) {
	for _, opt := range []Options{{}, {NoPersist: true}, {ChunkPoints: 7}} {
		r := newTestRenderer(t, opt)
		r.ring = ringSlots // as on a graphics card
		f := newFountain(100)
		v := testView(f.box, 96, 64)
		c := f.cloud()
		full := 100 * (12 + 16 + 4)
		for i, want := range []struct {
			key   uint64
			bytes int
		}{{1, full}, {1, 0}, {2, full}, {3, full}, {1, 0}, {2, 0}, {4, full}, {1, full}, {0, full}, {0, full}} {
			c.Key = want.key
			if got := draw(t, r, &v, c).Uploaded; got != want.bytes {
				t.Errorf("%+v, draw %d of frame %d: %d bytes and not %d", opt, i, want.key, got, want.bytes)
			}
		}
		r.Free()
	}
}

func TestSoftwareGLHoldsOneFrame(t *testing.T) {
	r := newTestRenderer(t, Options{})
	if !r.Software() {
		t.Skip("a graphics card draws")
	}
	f := newFountain(100)
	v := testView(f.box, 96, 64)
	c := f.cloud()
	full := 100 * (12 + 16 + 4)
	buffers := 0
	for i, want := range []struct {
		key   uint64
		bytes int
	}{{1, full}, {1, 0}, {2, full}, {2, 0}, {3, full}, {1, full}} {
		c.Key = want.key
		if got := draw(t, r, &v, c).Uploaded; got != want.bytes {
			t.Errorf("draw %d of frame %d: %d bytes and not %d", i, want.key, got, want.bytes)
		}
		if n := r.Live()["buffer"]; i == 0 {
			buffers = n
		} else if n != buffers {
			t.Errorf("draw %d: %d buffers and not %d", i, n, buffers)
		}
	}
}

// Batches draw the same picture, and the ids of the same points.
func TestBatchesDrawTheSamePicture(t *testing.T) {
	const n = 1000
	f := newFountain(n)
	v := testView(f.box, 96, 64)
	for name, change := range map[string]func(*View, *Cloud){
		"points":  func(*View, *Cloud) {},
		"density": func(v *View, _ *Cloud) { v.Density.On = true },
		"thinned": func(v *View, _ *Cloud) { v.Detail.PointLimit = 300 },
		"alpha":   func(_ *View, c *Cloud) { c.Coloring.Alpha = true; c.Coloring.Constant[3] = 0.4 },
	} {
		v, c := v, f.cloud()
		change(&v, &c)
		type result struct {
			img  *image.RGBA
			hits []Hit
		}
		var want result
		for _, batch := range []int{0, 1000, 999, 64, 7} {
			r := newTestRenderer(t, Options{})
			r.batch = batch
			draw(t, r, &v, c)
			got := result{r.Image(), r.Pick(PickQuery{Rect: image.Rect(0, 0, 96, 64)})}
			switch {
			case batch == 0:
				if want = got; len(want.hits) < 50 {
					t.Fatalf("%s: only %d points are seen", name, len(want.hits))
				}
			case !bytes.Equal(got.img.Pix, want.img.Pix):
				t.Errorf("%s: batches of %d draw another picture", name, batch)
			case !slices.Equal(got.hits, want.hits):
				t.Errorf("%s: batches of %d: %v picked and not %v", name, batch, got.hits, want.hits)
			}
			r.Free()
		}
	}
}

func TestAnotherAttributeToColourByUploadsThatColumnAlone(t *testing.T) {
	r := newTestRenderer(t, Options{})
	r.ring = ringSlots
	f := newFountain(100)
	v := testView(f.box, 96, 64)
	c := f.cloud()
	c.Scalar = Attrib{F: f.vel, Comps: 3}
	c.Coloring = Coloring{Mode: style.ColorScalar, Max: 5}
	draw(t, r, &v, c)
	c.Scalar = Attrib{F: f.age, Comps: 1}
	if got := draw(t, r, &v, c).Uploaded; got != 400 {
		t.Errorf("choosing Age uploads %d bytes and not 400", got)
	}
	c.Coloring.Map, c.Coloring.Max = "magma", 2
	if got := draw(t, r, &v, c).Uploaded; got != 0 {
		t.Errorf("another map and range upload %d bytes", got)
	}
	c.Scalar = Attrib{F: f.vel, Comps: 3}
	c.Coloring.Component = style.Magnitude
	if got := draw(t, r, &v, c).Uploaded; got != 0 {
		t.Errorf("back to the first, as magnitude: %d bytes", got)
	}
}

func TestWrongLengthsAreErrorsWithBothNumbers(t *testing.T) {
	r := newTestRenderer(t, Options{})
	f := newFountain(50)
	v := testView(f.box, 96, 64)
	v.Vectors.On = true
	for name, change := range map[string]func(*Cloud){
		"49 positions for 50":        func(c *Cloud) { c.Position = c.Position[:147] },
		"Color has 3 values":         func(c *Cloud) { c.Color.F = c.Color.F[:12] },
		"Size has 49 values":         func(c *Cloud) { c.Size.F = c.Size.F[:49] },
		"no colormap is called":      func(c *Cloud) { c.Scalar = c.Size; c.Coloring = Coloring{Mode: style.ColorScalar, Map: "jet"} },
		"strand 0 goes from":         func(c *Cloud) { c.Strands = Strands{Offsets: []uint64{3, 2}, Points: make([]float32, 30)} },
		"strand 1 goes from":         func(c *Cloud) { c.Strands = Strands{Offsets: []uint64{0, 2, 11}, Points: make([]float32, 30)} },
		"51 strands for 50":          func(c *Cloud) { c.Strands = Strands{Offsets: make([]uint64, 52), Points: make([]float32, 30)} },
		"has 4 components and not 3": func(c *Cloud) { c.Vector = c.Color },
	} {
		c := f.cloud()
		change(&c)
		if err := r.Draw(&v, []Cloud{c}, 96, 64); err == nil || !strings.Contains(err.Error(), name) {
			t.Errorf("%s: %v", name, err)
		}
	}
	for _, size := range [][2]int{{0, 10}, {10, -1}, {1 << 20, 10}} {
		if err := r.Draw(&v, nil, size[0], size[1]); err == nil {
			t.Errorf("a picture of %v is drawn", size)
		}
	}
	draw(t, r, &v, f.cloud())
}

func TestOddCloudsDrawWithoutErrors(t *testing.T) {
	r := newTestRenderer(t, Options{ChunkPoints: 16})
	f := newFountain(40)
	v := testView(f.box, 96, 64)
	v.Vectors.On, v.BoundsBox = true, true
	nan := float32(0)
	nan /= nan
	bad := append([]float32(nil), f.pos...)
	bad[0], bad[4] = nan, nan
	for name, c := range map[string]Cloud{
		"nothing":              {Layer: 1},
		"one point":            {Layer: 1, Key: 1, N: 1, Position: f.pos[:3]},
		"all in one place":     {Layer: 1, Key: 1, N: 40, Position: f.pos[:3], Color: Attrib{F: f.col, Comps: 4}},
		"NaN positions":        {Layer: 1, Key: 1, N: 40, Position: bad, Vector: Attrib{F: bad, Comps: 3}},
		"colour without alpha": {Layer: 1, Key: 1, N: 13, Position: f.pos, Color: Attrib{F: f.pos, Comps: 3}},
		"bools":                {Layer: 1, Key: 1, N: 40, Position: f.pos, Scalar: Attrib{U: make([]uint8, 40), Comps: 1}, Coloring: Coloring{Mode: style.ColorScalar, Map: style.Categorical, Max: 1}},
		"matrix component":     {Layer: 1, Key: 1, N: 10, Position: f.pos, Scalar: Attrib{F: make([]float32, 160), Comps: 16}, Coloring: Coloring{Mode: style.ColorScalar, Component: 9, Max: 1}},
		"component beyond":     {Layer: 1, Key: 1, N: 40, Position: f.pos, Scalar: Attrib{F: f.age, Comps: 1}, Coloring: Coloring{Mode: style.ColorScalar, Component: 7, Max: 1}},
		"constant scalar":      {Layer: 1, Key: 1, N: 40, Position: f.pos, Scalar: Attrib{I: []int32{5}, Comps: 1}, Coloring: Coloring{Mode: style.ColorScalar, Min: 5, Max: 5}},
		"selected beyond":      {Layer: 1, Key: 1, N: 40, Position: f.pos, Selected: bitsOf(3, 17, 39, 40, 1000), SelectedKey: 1},
		"zero quaternion":      {Layer: 1, Key: 1, N: 40, Position: f.pos, Shape: Attrib{I: []int32{5}, Comps: 1}, Orientation: Attrib{F: []float32{0, 0, 0, 0}, Comps: 4}},
		"unknown shape":        {Layer: 1, Key: 1, N: 40, Position: f.pos, Shape: Attrib{I: []int32{77}, Comps: 1}},
		"alpha":                {Layer: 1, Key: 1, N: 40, Position: f.pos, Color: Attrib{F: []float32{1, 1, 1, 0.5}, Comps: 4}, Coloring: Coloring{Alpha: true}},
	} {
		if err := r.Draw(&v, []Cloud{c}, 96, 64); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		r.Pick(PickQuery{X: 40, Y: 30})
	}
}

func TestDrawLeavesTheStateItFound(t *testing.T) {
	r := newTestRenderer(t, Options{})
	f := newFountain(100)
	v := testView(f.box, 96, 64)
	v.Density.On = true
	c := f.cloud()
	d := r.dev
	fb, vao, buf, tex := d.framebuffer(), d.vertexArray(), d.buffer(), d.texture()
	gl.BindVertexArray(vao)
	gl.BindBuffer(gl.ARRAY_BUFFER, buf)
	gl.BindFramebuffer(gl.FRAMEBUFFER, fb)
	gl.ActiveTexture(gl.TEXTURE2)
	gl.BindTexture(gl.TEXTURE_2D, tex)
	gl.Viewport(3, 4, 50, 60)
	gl.Scissor(1, 2, 30, 40)
	gl.Enable(gl.SCISSOR_TEST)
	gl.Enable(gl.BLEND)
	gl.BlendFunc(gl.ONE, gl.ZERO)
	gl.ColorMask(true, false, true, false)
	gl.DepthMask(false)
	gl.DepthFunc(gl.GREATER)
	gl.ClearColor(0.1, 0.2, 0.3, 0.4)
	gl.PixelStorei(gl.UNPACK_ROW_LENGTH, 12)
	gl.PixelStorei(gl.PACK_ALIGNMENT, 8)
	read := func() *glState {
		s := saveState()
		s.restore()
		return s
	}
	before := *read()
	for range 2 {
		draw(t, r, &v, c)
		v.Density.On = false
		r.Pick(PickQuery{X: 20, Y: 20})
		r.Image()
		if _, err := r.Picture(&v, []Cloud{c}, 40, 30); err != nil {
			t.Fatal(err)
		}
	}
	if after := *read(); after != before {
		t.Errorf("state changed from\n%+v to\n%+v", before, after)
	}
	saveState()
	gl.BindFramebuffer(gl.FRAMEBUFFER, 0)
	gl.BindVertexArray(0)
	d.freeFramebuffer(&fb)
	d.freeVertexArray(&vao)
	d.freeBuffer(&buf)
	d.freeTexture(&tex)
}

func TestNoGLObjectOutlivesTheRenderer(t *testing.T) {
	ctx, err := offscreen.Open(true)
	if errors.Is(err, offscreen.ErrUnavailable) {
		t.Skip(err)
	}
	if err != nil {
		t.Fatal(err)
	}
	defer ctx.Close()
	r, err := New(ctx.Proc, Options{Debug: true, ChunkPoints: 64})
	if err != nil {
		t.Fatal(err)
	}
	steady := 0
	for round := range 3 {
		for _, s := range scenes()[:3] {
			v, clouds := s.render()
			if err := r.Draw(&v, clouds, 96, 64); err != nil {
				t.Fatal(err)
			}
			r.RequestPick(PickQuery{X: 3, Y: 3})
		}
		st := newShapeTable()
		v := st.view()
		hairs, _ := hair()
		draw(t, r, &v, st.cloud(), hairs)
		draw(t, r, &v)
		if round == 0 {
			steady = r.Stats().Objects
		} else if n := r.Stats().Objects; n != steady {
			t.Errorf("round %d: %d objects and not %d", round, n, steady)
		}
	}
	r.Free()
	r.Free()
	if left := r.Live(); len(left) > 0 {
		t.Errorf("counted as left: %v", left)
	}
	for kind, is := range map[string]func(uint32) bool{"buffer": gl.IsBuffer, "texture": gl.IsTexture, "framebuffer": gl.IsFramebuffer,
		"renderbuffer": gl.IsRenderbuffer, "vertex array": gl.IsVertexArray, "program": gl.IsProgram, "shader": gl.IsShader} {
		for id := range uint32(20_000) {
			if id > 0 && is(id) {
				t.Errorf("%s %d is still there", kind, id)
			}
		}
	}
}

func TestPictureLeavesTheShownOneAlone(t *testing.T) {
	r := newTestRenderer(t, Options{})
	f := newFountain(1000)
	v := testView(f.box, 96, 64)
	draw(t, r, &v, f.cloud())
	before, tex := r.Image(), r.Texture()
	big, err := r.Picture(&v, []Cloud{f.cloud()}, 200, 150)
	if err != nil {
		t.Fatal(err)
	}
	if big.Bounds().Dx() != 200 || big.Bounds().Dy() != 150 {
		t.Errorf("the picture is %v", big.Bounds())
	}
	if r.Texture() != tex || string(r.Image().Pix) != string(before.Pix) {
		t.Error("the shown picture changed")
	}
	if h := r.Pick(PickQuery{X: 48, Y: 32}); len(h) != 0 {
		t.Errorf("a pick before the next draw finds %v", h)
	}
}

func TestDriversWithoutOpenGL33AreToldInOneSentence(t *testing.T) {
	err := checkVersion(2, 1, "Old Card")
	if !errors.Is(err, ErrUnsupported) || !strings.Contains(err.Error(), "2.1") || !strings.Contains(err.Error(), "Old Card") || strings.Contains(err.Error(), "\n") {
		t.Errorf("OpenGL 2.1: %v", err)
	}
	for _, v := range [][2]int{{3, 3}, {4, 0}} {
		if err := checkVersion(v[0], v[1], ""); err != nil {
			t.Errorf("OpenGL %d.%d: %v", v[0], v[1], err)
		}
	}
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	if _, err := New(func(string) unsafe.Pointer { return nil }, Options{}); !errors.Is(err, ErrUnsupported) {
		t.Errorf("a driver without functions: %v", err)
	}
}

func TestGLErrorsAreReportedInDebugMode(t *testing.T) {
	r := newTestRenderer(t, Options{})
	gl.Enable(0xdead)
	if err := r.dev.check("testing"); err == nil || !strings.Contains(err.Error(), "testing") {
		t.Errorf("an invalid call gives %v", err)
	}
}

func TestThinningAndFallbackAreTold(t *testing.T) {
	r := newTestRenderer(t, Options{})
	f := newFountain(1000)
	v := testView(f.box, 96, 64)
	v.Detail = DetailOptions{PointLimit: 300, ShapeLimit: 500}
	c := f.cloud()
	c.Shape = Attrib{I: []int32{int32(ShapeBox)}, Comps: 1}
	s := draw(t, r, &v, c)
	if s.Points != 1000 || s.Drawn != 250 || !s.ShapesAsPoints || len(r.last[0].notes) != 2 {
		t.Errorf("%+v, notes %q", s, r.last[0].notes)
	}
	v.Detail = DetailOptions{Moving: true, MovingShape: 999, MovingPoint: 500}
	if s = draw(t, r, &v, c); s.Drawn != 500 || !s.ShapesAsPoints {
		t.Errorf("moving: %+v", s)
	}
	v.Detail.Moving = false
	if s = draw(t, r, &v, c); s.Drawn != 1000 || s.ShapesAsPoints || len(r.last[0].notes) != 0 {
		t.Errorf("still: %+v", s)
	}
	// Thinned points keep their own index.
	v.Detail = DetailOptions{PointLimit: 100}
	c.Shape = Attrib{}
	v.Points.Fixed = 3
	draw(t, r, &v, c)
	for _, h := range r.Pick(PickQuery{Lasso: [][2]float64{{0, 0}, {96, 0}, {96, 64}, {0, 64}}}) {
		if h.Index%10 != 0 {
			t.Errorf("point %d was left out and is picked", h.Index)
		}
	}
}

func TestColumnsOverSeveralBuffersLookAsInOne(t *testing.T) {
	f := newFountain(500)
	v := testView(f.box, 96, 64)
	var want string
	for _, chunk := range []int{0, 1, 7, 499, 500} {
		r := newTestRenderer(t, Options{ChunkPoints: chunk})
		c := f.cloud()
		c.Selected, c.SelectedKey = bitsOf(0, 6, 7, 498, 499), 1
		draw(t, r, &v, c)
		got := string(r.Image().Pix)
		if want == "" {
			want = got
		} else if got != want {
			t.Errorf("buffers of %d points look different", chunk)
		}
		r.Free()
	}
}

func TestConstantColourIsExact(t *testing.T) {
	r := newTestRenderer(t, Options{})
	v := testView(Box{Vec3{-1, -1, -1}, Vec3{1, 1, 1}}, 96, 64)
	v.Points.Flat, v.DepthCue, v.Grid = true, 0, false
	c := Cloud{Layer: 1, N: 1, Position: []float32{0, 0, 0}, Size: Attrib{F: []float32{0.4}, Comps: 1},
		Coloring: Coloring{Mode: style.ColorConstant, Constant: [4]float32{0.2, 0.4, 0.6, 1}}}
	draw(t, r, &v, c)
	if got := r.Image().RGBAAt(48, 32); got != (color.RGBA{51, 102, 153, 255}) {
		t.Errorf("the middle is %v", got)
	}
}

func TestBallsStayWhenTheirCentreLeavesThePicture(t *testing.T) {
	r := newTestRenderer(t, Options{})
	v := testView(Box{Vec3{-1, -1, -1}, Vec3{1, 1, 1}}, 96, 64)
	v.Camera.SetPreset(Front)
	v.Camera.Frame(v.Bounds, 1.5)
	v.Grid, v.DepthCue, v.Background.Transparent = false, 0, true
	// 29.6 pixels a unit: the picture ends at 1.62, the ball's radius is 17.8 pixels.
	for _, c := range []struct {
		x          float32
		from, upTo int // columns of pixels on the right that it reaches
	}{{1, 31, 38}, {1.8, 11, 14}, {2.1, 2, 5}, {2.4, 0, 0}} {
		cl := Cloud{Layer: 1, Key: uint64(c.x * 10), N: 1, Position: []float32{c.x, 0, 0}, Size: Attrib{F: []float32{0.6}, Comps: 1}}
		draw(t, r, &v, cl)
		img, seen := r.Image(), 0
		for x := range 96 {
			if img.RGBAAt(x, 32).A > 128 {
				seen++
			}
		}
		if seen < c.from || seen > c.upTo {
			t.Errorf("centre at %v: %d columns of pixels are seen, not %d to %d", c.x, seen, c.from, c.upTo)
		}
		if hits := r.Pick(PickQuery{Rect: image.Rect(48, 0, 96, 64)}); (len(hits) == 1) != (c.from > 0) {
			t.Errorf("centre at %v: picked %v", c.x, hits)
		}
	}
}

func TestTrailsUnderANewKeyAreUploadedWhereOldOnesLay(t *testing.T) {
	r := newTestRenderer(t, Options{})
	f := newFountain(20)
	v := testView(f.box, 96, 64)
	v.Trails = LineOptions{On: true, Width: 3}
	c := f.cloud()
	c.Trails = fallingTrails(f, 20)
	for _, s := range []struct {
		key  uint64
		move float32
		same bool
	}{{1, 0, false}, {1, 0, true}, {2, 1, false}} {
		before := string(r.Image().Pix)
		for i := range c.Trails.Points {
			c.Trails.Points[i] += s.move
		}
		c.Trails.Key = s.key
		uploaded := draw(t, r, &v, c).Uploaded
		if changed := string(r.Image().Pix) != before; changed == s.same || (uploaded == 0) != s.same {
			t.Errorf("key %d: changed %v, %d bytes uploaded", s.key, changed, uploaded)
		}
	}
}
