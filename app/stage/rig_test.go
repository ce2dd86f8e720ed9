package stage

import (
	"fmt"
	"image"
	"os"
	"path/filepath"
	"testing"
	"time"

	"iceexplorer/app/look"
	"iceexplorer/app/session"
	"iceexplorer/cache"
	"iceexplorer/gfx"
)

// fakeRenderer draws nothing, and answers what a test tells it to.
type fakeRenderer struct {
	draws    int
	view     gfx.View // of the last picture
	clouds   []gfx.Cloud
	w, h     int
	fails    error
	software bool
	asked    []gfx.PickQuery
	answers  []gfx.PickResult
}

func (r *fakeRenderer) Draw(v *gfx.View, clouds []gfx.Cloud, w, h int) error {
	r.draws++
	r.view, r.clouds, r.w, r.h = *v, clouds, w, h
	return r.fails
}

func (r *fakeRenderer) Picture(v *gfx.View, clouds []gfx.Cloud, w, h int) (*image.RGBA, error) {
	r.view, r.clouds, r.w, r.h = *v, clouds, w, h
	return image.NewRGBA(image.Rect(0, 0, w, h)), r.fails
}

func (r *fakeRenderer) Layers(v *gfx.View, clouds []gfx.Cloud, w, h int) (*gfx.Layers, error) {
	r.view, r.clouds, r.w, r.h = *v, clouds, w, h
	return &gfx.Layers{W: w, H: h, Color: make([]uint16, 4*w*h), Cloud: make([]uint32, w*h), Index: make([]uint32, w*h), Distance: make([]float32, w*h)}, r.fails
}

func (r *fakeRenderer) RequestPick(q gfx.PickQuery) { r.asked = append(r.asked, q) }

func (r *fakeRenderer) PollPick() (res gfx.PickResult, ok bool) {
	if len(r.answers) == 0 {
		return res, false
	}
	res, r.answers = r.answers[0], r.answers[1:]
	return res, true
}

func (r *fakeRenderer) Software() bool { return r.software }

// rig is a stage with a session, a renderer and a clock of its own.
type rig struct {
	*Stage
	t      *testing.T
	r      *fakeRenderer
	clock  time.Time
	posted chan func()
	mouse  [2]float64
	over   bool
}

// newRig is a scene of 800 by 600 that shows the first of some frames of points, with the
// camera where it comes to rest.
func newRig(t *testing.T, frames ...[]float32) *rig {
	t.Helper()
	r := rigOf(t, &framePool{onePool{t: t}, frames, nil}, session.Options{Budget: 1 << 30, Patience: time.Minute})
	if len(frames) > 0 {
		r.open(len(frames))
	}
	r.rest()
	return r
}

// rigOf is a scene that shows nothing.
func rigOf(t *testing.T, p session.Pool, opt session.Options) *rig {
	t.Helper()
	r := &rig{t: t, r: &fakeRenderer{}, clock: time.Unix(1000, 0), posted: make(chan func(), 4096)}
	post := func(f func()) { r.posted <- f }
	desk := look.NewDesk()
	opt.Drawn = func(l *session.Layer) []string {
		v := desk.Of(l.ID)
		return v.Columns()
	}
	ss := session.New(p, post, opt)
	desk.Subscribe(func(look.Change) { ss.Redrawn() })
	r.Stage = New(Options{Session: ss, Look: desk, Post: post, Wake: func() {}, Now: func() time.Time { return r.clock }})
	r.Attach(r.r)
	return r
}

// open opens files of the first n frames, as a sequence.
func (r *rig) open(n int) *session.Layer {
	r.t.Helper()
	dir := r.t.TempDir()
	for i := range n {
		if err := os.WriteFile(filepath.Join(dir, fmt.Sprintf("a_%d.icecache", i+1)), nil, 0o600); err != nil {
			r.t.Fatal(err)
		}
	}
	found, err := cache.Discover(dir)
	if err != nil {
		r.t.Fatal(err)
	}
	return r.session.Add(found.Sequences)[0]
}

// frame is a turn of the window's loop, some time after the last one.
func (r *rig) frame(after time.Duration) {
	r.clock = r.clock.Add(after)
	for len(r.posted) > 0 {
		(<-r.posted)()
	}
	r.SetSize(Size{W: 800, H: 600, Pixels: 1, Scale: 1})
	r.Advance()
	if r.over {
		r.Hover(r.mouse[0], r.mouse[1])
	} else {
		r.Leave()
	}
	r.Draw()
}

// rest draws until nothing moves.
func (r *rig) rest() {
	r.t.Helper()
	for n := 0; n == 0 || r.Busy() || !r.Resting(); n++ {
		if n > 1000 {
			r.t.Fatal("the scene never comes to rest")
		}
		r.frame(frameTime)
		if r.framing.looking || r.through.cancel != nil {
			(<-r.posted)()
		}
	}
}

// at puts the mouse over the scene.
func (r *rig) at(x, y float64) { r.mouse, r.over = [2]float64{x, y}, true }

// drags drags the mouse with a button from one place to others, and lets go.
func (r *rig) drags(b Button, mods Mods, path ...[2]float64) {
	r.Press(b, mods, path[0][0], path[0][1])
	for i := 1; i < len(path); i++ {
		r.Drag(path[i][0]-path[i-1][0], path[i][1]-path[i-1][1])
	}
	r.Release(mods)
}

// answer has the renderer find points of the first layer, as the answer to the last
// question.
func (r *rig) answer(indexes ...uint64) {
	r.t.Helper()
	if len(r.r.asked) == 0 {
		r.t.Fatal("nothing was asked")
	}
	res := gfx.PickResult{Query: r.r.asked[len(r.r.asked)-1]}
	for _, i := range indexes {
		res.Hits = append(res.Hits, gfx.Hit{Layer: uint64(r.session.Layers()[0].ID), Index: i, World: gfx.Vec3{1, 2, 3}})
	}
	r.r.answers = append(r.r.answers, res)
	r.frame(frameTime)
}

// corners are the corners of a cube around the origin.
func corners(half float32) (pos []float32) {
	for i := range 8 {
		for k := range 3 {
			pos = append(pos, half*float32(i>>k&1*2-1))
		}
	}
	return pos
}
