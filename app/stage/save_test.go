package stage

import (
	"errors"
	"image"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"iceexplorer/app/export"
	"iceexplorer/app/look"
	"iceexplorer/app/session"
	"iceexplorer/cache"
	"iceexplorer/cache/atomicfile"
	"iceexplorer/gfx"
)

// blank draws pictures of nothing.
type blank struct{}

func (blank) Draw(*gfx.View, []gfx.Cloud, int, int) error { return nil }
func (blank) Picture(_ *gfx.View, _ []gfx.Cloud, w, h int) (*image.RGBA, error) {
	return image.NewRGBA(image.Rect(0, 0, w, h)), nil
}
func (blank) Layers(_ *gfx.View, _ []gfx.Cloud, w, h int) (*gfx.Layers, error) {
	return &gfx.Layers{W: w, H: h, Color: make([]uint16, 4*w*h), Cloud: make([]uint32, w*h), Index: make([]uint32, w*h), Distance: make([]float32, w*h)}, nil
}
func (blank) RequestPick(gfx.PickQuery)        {}
func (blank) PollPick() (gfx.PickResult, bool) { return gfx.PickResult{}, false }
func (blank) Software() bool                   { return true }

// saving is a saver whose pictures are written when the test says how that ends.
func saving() (v *Saver, loop *export.Loop, outcome chan error) {
	loop, outcome = export.NewLoop(), make(chan error)
	s := New(Options{Session: session.New(nil, nil, session.Options{}), Look: look.NewDesk(), Post: loop.Post, Wake: func() {}, Now: time.Now})
	s.Attach(blank{})
	v = NewSaver(s)
	v.write = func(string, *atomicfile.Sources, *image.RGBA) error { return <-outcome }
	return v, loop, outcome
}

func texts(v *Saver) (out []string) {
	for _, m := range v.stage.session.Messages() {
		out = append(out, m.Text)
	}
	return out
}

// three begins a sequence of three pictures and draws the first.
func three(t *testing.T) (v *Saver, loop *export.Loop, outcome chan error) {
	t.Helper()
	v, loop, outcome = saving()
	name, err := export.ParsePattern("p_%d.png", export.Picture())
	if err != nil {
		t.Fatal(err)
	}
	order := export.Order{Kind: export.Picture(), Pattern: name}
	for n := range 3 {
		order.Inputs = append(order.Inputs, export.Input{Number: cache.Number(n + 1)})
	}
	plan, err := order.Plan()
	if err != nil {
		t.Fatal(err)
	}
	v.series = &series{opt: SaveOptions{Path: "p_%d.png"}, total: 3}
	v.start(v.series, plan, nil, func(error) {})
	draw(v)
	return v, loop, outcome
}

// draw draws the picture that is waited for.
func draw(v *Saver) {
	w := v.series.wanted
	v.series.wanted = nil
	w.ready(nil)
}

// Cancel told of two pictures where three lay in the folder: the one that was being
// written did not count.
func TestCanceledSequenceCountsThePictureOnItsWay(t *testing.T) {
	t.Parallel()
	for want, err := range map[string]error{"Canceled: 1 of 3 pictures saved: p_%d.png": nil, "Canceled: 0 of 3 pictures saved: p_%d.png": errors.New("disk full")} {
		v, loop, outcome := three(t)
		v.Cancel()
		if !v.Saving() || len(texts(v)) > 0 {
			t.Fatalf("ended before the picture was written: %q", texts(v))
		}
		v.Cancel() // again
		outcome <- err
		loop.Until(func() bool { return !v.Saving() })
		if said := texts(v); said[0] != want || slices.Contains(said, "disk full") != (err != nil) {
			t.Errorf("said %q, want %q", said, want)
		}
	}
	v, loop, outcome := three(t)
	outcome <- nil
	loop.Until(func() bool { return v.series.wanted != nil })
	v.Cancel()
	loop.Until(func() bool { return !v.Saving() })
	if said := texts(v); !slices.Equal(said, []string{"Canceled: 1 of 3 pictures saved: p_%d.png"}) {
		t.Errorf("between two pictures: %q", said)
	}
}

func TestASequenceThatIsClosedStopsSaving(t *testing.T) {
	t.Parallel()
	v, loop, outcome := three(t)
	outcome <- nil
	loop.Until(func() bool { return v.series.wanted != nil })
	v.Step() // the session has no frames
	loop.Until(func() bool { return !v.Saving() })
	if said := texts(v); !slices.Equal(said, []string{"1 of 3 pictures saved: p_%d.png", "the sequence was closed"}) {
		t.Errorf("%q", said)
	}
}

// The window stood still while a picture was encoded and written.
func TestAPictureIsWrittenBesideTheLoop(t *testing.T) {
	t.Parallel()
	v, loop, outcome := saving()
	dir := t.TempDir()
	var ended []error
	save := func(path string) {
		t.Helper()
		opt := SaveOptions{Path: path, PictureOptions: PictureOptions{W: 8, H: 8}}
		if err := v.Save(opt, func(err error) { ended = append(ended, err) }); err != nil {
			t.Fatal(err)
		}
	}
	path := filepath.Join(dir, "100%d")
	save(path)
	if !v.Writing() || v.Saving() || len(ended)+len(texts(v)) > 0 {
		t.Fatalf("writing %v, ended %v, said %q", v.Writing(), ended, texts(v))
	}
	outcome <- nil
	loop.Until(func() bool { return !v.Writing() })
	if said := texts(v); len(ended) != 1 || ended[0] != nil || !slices.Equal(said, []string{"Picture saved: " + path + ".png"}) {
		t.Errorf("ended %v, said %q", ended, said)
	}
	save(path)
	outcome <- errors.New("disk full")
	loop.Until(func() bool { return !v.Writing() })
	if m, _ := v.stage.session.Latest(); len(ended) != 2 || ended[1] == nil || m.Text != "disk full" || m.Level != session.Error {
		t.Errorf("ended %v, said %+v", ended, m)
	} else if m.Path != dir || m.Retry == nil {
		t.Errorf("nothing can be done about it: %+v", m)
	} else {
		m.Retry()
		outcome <- nil
		loop.Until(func() bool { return !v.Writing() })
		if m, _ := v.stage.session.Latest(); m.Text != "Picture saved: "+path+".png" || m.Path != path+".png" || v.stage.session.Retriable() {
			t.Errorf("tried again: %+v", m)
		}
	}
	save(filepath.Join(dir, "missing", "a.png"))
	loop.Until(func() bool { return !v.Writing() })
	if m, _ := v.stage.session.Latest(); len(ended) != 3 || !strings.HasSuffix(m.Text, filepath.Join(dir, "missing")) {
		t.Errorf("ended %v, said %+v", ended, m)
	}
	v.write = WritePNG
	save(path)
	v.Wait()
	if st, err := os.Stat(path + ".png"); err != nil || st.Size() == 0 {
		t.Errorf("not there after Wait: %v", err)
	}
}

// A script took a sequence for saved of which pictures were missing.
func TestASequenceThatIsNotSavedWholeEndsWithAReason(t *testing.T) {
	t.Parallel()
	closed := export.Fatal{Err: errors.New("the sequence was closed")}
	for _, tc := range []struct {
		name   string
		second func(v *Saver, ready func(error))
		want   string
	}{
		{"saved", func(_ *Saver, ready func(error)) { ready(nil) }, ""},
		{"closed", func(_ *Saver, ready func(error)) { ready(closed) }, "1 of 2 pictures saved: the sequence was closed"},
		{"canceled", func(v *Saver, _ func(error)) { v.Cancel() }, "1 of 2 pictures saved: saving was canceled"},
		{"unread", func(_ *Saver, ready func(error)) { ready(errUnread) }, "1 of 2 pictures saved: frames that could not be read: 2"},
	} {
		v, loop, _ := saving()
		v.write = func(string, *atomicfile.Sources, *image.RGBA) error { return nil }
		name, err := export.ParsePattern("p_%d.png", export.Picture())
		if err != nil {
			t.Fatal(err)
		}
		order := export.Order{Kind: export.Picture(), Pattern: name, Inputs: []export.Input{{Number: 1}, {Number: 2}}}
		plan, err := order.Plan()
		if err != nil {
			t.Fatal(err)
		}
		var ended []error
		v.series = &series{opt: SaveOptions{Path: "p_%d.png"}, total: 2}
		v.start(v.series, plan, nil, func(err error) { ended = append(ended, err) })
		draw(v)
		loop.Until(func() bool { return v.series.wanted != nil })
		w := v.series.wanted
		if tc.name != "canceled" {
			v.series.wanted = nil
		}
		tc.second(v, w.ready)
		loop.Until(func() bool { return !v.Saving() })
		got := ""
		if len(ended) == 1 && ended[0] != nil {
			got = ended[0].Error()
		}
		if len(ended) != 1 || got != tc.want {
			t.Errorf("%s: ended %v, want %q", tc.name, ended, tc.want)
		}
	}
}
