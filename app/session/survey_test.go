package session

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"iceexplorer/app/inspect"
	"iceexplorer/cache"
	"iceexplorer/gfx/style"
	"iceexplorer/jobs"
)

// "All frames" were those visited so far: the colours of a film changed in its middle.
func TestTheRangeOfAllFramesIsNotOfThoseThatWereLoaded(t *testing.T) {
	t.Parallel()
	s, p, l := open(t, Options{Budget: 3 << 16, Window: 1}, 1, 10)
	for p.loads() > 0 {
		p.serve(false)
	}
	if got := s.MeasuredText(); got != "3 of 10 frames measured" {
		t.Errorf("note %q", got)
	}
	for len(p.waiting) > 0 {
		if r := p.serve(false); r.Task != jobs.Measure {
			t.Errorf("%v of frame %v, which there is no room for", r.Task, r.Frame)
		}
	}
	if got := s.ValueRange("PointPosition", style.Magnitude, true); got != (inspect.Span{Lo: 0, Hi: 100}) || s.MeasuredText() != "" {
		t.Errorf("%v, note %q", got, s.MeasuredText())
	}
	if lo, hi, ok := l.Bounds(10); !ok || lo != [3]float64{0, 100, 0} || hi != lo {
		t.Errorf("bounds of a frame that was only measured: %v to %v, %v", lo, hi, ok)
	}
	if l.Count(Scratch) != 3 {
		t.Errorf("counts %v: measuring cost frames", l.Counts())
	}
	// It stays so when other frames take their place.
	s.Seek(8)
	for len(p.waiting) > 0 {
		if r := p.serve(false); r.Task == jobs.Measure {
			t.Errorf("frame %v is measured again", r.Frame)
		}
	}
	if done, failed, total := s.Measured(); done != 10 || failed != 0 || total != 10 {
		t.Errorf("%d and %d of %d", done, failed, total)
	}
}

func TestMeasuringComesAfterLoadingUnlessSomebodyWaits(t *testing.T) {
	t.Parallel()
	s, p, _ := open(t, Options{Budget: 3 << 16, Window: 1}, 1, 10)
	p.serve(false)
	if n := len(p.waiting) - p.loads(); n != 0 {
		t.Errorf("%d frames are measured while some are loaded", n)
	}
	s.Hurry(true)
	if n := len(p.waiting) - p.loads(); n != 8 {
		t.Errorf("%d frames are measured in a hurry, not 8", n)
	}
	s.Hurry(false)
	s.Cancel()
	if len(p.waiting) != 0 {
		t.Error("measuring went on after Cancel")
	}
	s.Resume()
	for p.loads() > 0 {
		p.serve(false)
	}
	if n := len(p.waiting); n != 7 {
		t.Errorf("%d frames are measured after Resume, not 7", n)
	}
	if s.MakeRoom(jobs.Need{Bytes: 1 << 16}, jobs.Request{Task: jobs.Measure, Frame: 9}) {
		t.Error("a frame went for a measurement")
	}
}

// While conversion is on, every frame is decoded and measured anyway.
func TestFramesThatAreConvertedAreNotMeasuredTwice(t *testing.T) {
	t.Parallel()
	s, p, l := open(t, Options{Budget: 3 << 16, Window: 4, Convert: true}, 1, 10)
	for len(p.waiting) > 0 {
		if r := p.serve(false); r.Task == jobs.Measure {
			t.Errorf("frame %v is measured", r.Frame)
		}
	}
	if done, _, total := s.Measured(); done != total || l.Count(Mapped) != 10 {
		t.Errorf("%d of %d measured, %v", done, total, l.Counts())
	}
}

func TestFramesThatCannotBeMeasuredAreToldAndNotAskedForAgain(t *testing.T) {
	t.Parallel()
	s, p, _ := open(t, Options{Budget: 1 << 16, Window: 1}, 1, 4)
	p.serve(false)
	for range 3 {
		p.fail(0, "format")
	}
	if len(p.waiting) != 0 {
		t.Errorf("%d are asked for again", len(p.waiting))
	}
	if done, failed, total := s.Measured(); done != 1 || failed != 3 || total != 4 {
		t.Errorf("%d and %d of %d", done, failed, total)
	}
	if got := s.MeasuredText(); got != "1 of 4 frames measured, the rest could not be read" {
		t.Errorf("note %q", got)
	}
	if m := s.Messages(); len(m) == 0 || !strings.HasPrefix(m[0].Text, "Not measured: ") {
		t.Errorf("messages %+v", m)
	}
	reload(s, s.Layers()[0])
	p.serve(false)
	if len(p.waiting) != 3 {
		t.Errorf("%d are asked for after Reload, not 3", len(p.waiting))
	}
}

// A converted file of 0.1.0 knows no lengths: they are measured by a worker, and no
// value is looked at in the window meanwhile.
func TestLengthsThatAFileLacksAreMeasuredByAWorker(t *testing.T) {
	t.Parallel()
	s, p, l := open(t, Options{}, 1, 1)
	r, id := p.take(0)
	old := p.frame()
	for _, a := range old.Attributes {
		a.Lengths = cache.Lengths{}
	}
	r.Done(jobs.Result{ID: id, Request: r, Frame: old, Mapped: true})
	s.Shown(l)
	for _, all := range []bool{false, true} {
		if got := s.ValueRange("PointPosition", style.Magnitude, all); !got.Empty() {
			t.Errorf("all %v: %v, though nobody has measured it", all, got)
		}
	}
	if got := s.MeasuredText(); got != "0 of 1 frames measured" {
		t.Errorf("note %q", got)
	}
	if len(p.waiting) != 1 || p.serve(true).Task != jobs.Measure {
		t.Fatal("the frame is not measured")
	}
	if got := s.ValueRange("PointPosition", style.Magnitude, true); got != (inspect.Span{Lo: 10, Hi: 10}) {
		t.Errorf("%v", got)
	}
}

// two opens two sequences of frames 1 to 3 in one folder.
func two(t *testing.T) (s *Session, p *fakePool, a, b *Layer) {
	t.Helper()
	dir := t.TempDir()
	for n := 1; n <= 3; n++ {
		for _, name := range []string{"a", "b"} {
			if err := os.WriteFile(filepath.Join(dir, fmt.Sprintf("%s_%d.icecache", name, n)), nil, 0o600); err != nil {
				t.Fatal(err)
			}
		}
	}
	p = &fakePool{t: t}
	s = New(p, func(f func()) { f() }, Options{Patience: patience, Budget: 1 << 40})
	layers := s.Open(dir)
	return s, p, layers[0], layers[1]
}

// give answers the request for a layer's frame.
func (p *fakePool) give(l *Layer, number int, add func(*cache.Builder)) {
	p.t.Helper()
	i := slices.IndexFunc(p.waiting, func(r jobs.Request) bool {
		return r.Layer == l.ID && r.Frame == l.Seq.Frames[number-1].Number && r.Task == jobs.Load
	})
	if i < 0 {
		p.t.Fatalf("frame %d was not asked for", number)
	}
	b := cache.NewBuilder(cache.Header{Version: 103, Points: 2})
	add(b)
	f, err := b.Frame()
	if err != nil {
		p.t.Fatal(err)
	}
	r, id := p.take(i)
	r.Done(jobs.Result{ID: id, Request: r, Frame: measured(f), Mapped: true})
}

func floats(name string, v ...float32) func(*cache.Builder) {
	return func(b *cache.Builder) { b.Float32s(name, cache.TypeFloat, v) }
}

// Two sequences had a range each: equal values had two colours.
func TestAllLayersShareOneRange(t *testing.T) {
	t.Parallel()
	s, p, a, b := two(t)
	p.give(a, 1, floats("Heat", 0, 3))
	p.give(b, 1, floats("heat", 10, 13))
	p.give(a, 2, floats("Heat", -7, 3))
	s.Shown(a)
	s.Shown(b)
	if got := s.ValueRange("Heat", 0, true); got != (inspect.Span{Lo: -7, Hi: 13}) {
		t.Errorf("all frames: %v", got)
	}
	if got := s.ValueRange("Heat", 0, false); got != (inspect.Span{Lo: 0, Hi: 13}) {
		t.Errorf("this frame: %v", got)
	}
	s.SetVisible(b, false)
	if got := s.ValueRange("Heat", 0, false); got != (inspect.Span{Lo: 0, Hi: 3}) {
		t.Errorf("one hidden: %v", got)
	}
}

// The list was that of the first layer's frame under the play head.
func TestAttributesAreThoseOfAllLayersAndFrames(t *testing.T) {
	t.Parallel()
	s, p, a, b := two(t)
	p.give(a, 1, floats("Age", 0, 1))
	p.give(a, 2, floats("Heat", 0, 1))
	p.give(b, 1, floats("age", 0, 1))
	p.give(b, 3, floats("Humidity", 0, 1))
	var names []string
	for _, at := range s.Attributes() {
		names = append(names, at.Name)
	}
	if !slices.Equal(names, []string{"Age", "Heat", "Humidity"}) {
		t.Errorf("attributes %q", names)
	}
	if !s.HasAttribute("HEAT") || s.HasAttribute("Color") {
		t.Error("HasAttribute")
	}
}

func TestWhatAFrameLacksIsSaid(t *testing.T) {
	t.Parallel()
	s, p, a, b := two(t)
	none := func(bl *cache.Builder) { bl.Int32s("ID", []int32{1, 2}) }
	p.give(a, 1, none)
	p.give(a, 2, floats("Heat___", 0, 1))
	s.Shown(a)
	expect := func(name string, want ...string) {
		t.Helper()
		if got := s.Lack(name); !slices.Equal(got, want) {
			t.Errorf("%q, want %q", got, want)
		}
	}
	expect("Heat", "Heat is not in this frame, but in 1 of 3")
	expect("Color", "Color is not in this frame")
	expect("ID")
	p.give(a, 3, none)
	expect("Color", "No frame has Color")
	for n := 1; n <= 3; n++ {
		p.give(b, n, none)
	}
	s.Shown(b)
	expect("Heat", "Heat is not in this frame of a, but in 1 of 3", "No frame of b has Heat")
	s.SetVisible(a, false)
	expect("Heat", "No frame has Heat")
}
