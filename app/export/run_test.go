package export

import (
	"context"
	"errors"
	"fmt"
	"image"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"iceexplorer/cache"
)

// held is a doer whose jobs end when the test says so.
type held struct {
	begun []*Job
	done  []func(Outcome)
}

func (h *held) Do(_ context.Context, j *Job, done func(Outcome)) {
	h.begun, h.done = append(h.begun, j), append(h.done, done)
}

func planOf(t *testing.T, n int) *Plan {
	t.Helper()
	order := Order{Kind: Picture(), Pattern: pattern(t, "p_%d.png")}
	for i := range n {
		order.Inputs = append(order.Inputs, Input{Name: fmt.Sprint(i + 1), Number: cache.Number(i + 1)})
	}
	p, err := order.Plan()
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func TestOutcomesAreToldInOrderAndFewJobsAreUnderWay(t *testing.T) {
	t.Parallel()
	var h held
	var told []int
	p := planOf(t, 5)
	p.Jobs[1].Skip = SkipExists
	ended := 0
	r := Start(t.Context(), p, &h, RunOptions{Width: 3, Told: func(_ *Report, i int, _ *Job, _ *Outcome) { told = append(told, i) }, Ended: func(*Report) { ended++ }})
	if len(h.begun) != 2 || len(told) != 0 {
		t.Fatalf("begun %d, told %v", len(h.begun), told)
	}
	h.done[1](Outcome{})
	if len(h.begun) != 2 || len(told) != 0 {
		t.Fatalf("the third is told of first: %v", told)
	}
	h.done[0](Outcome{Damaged: true})
	if !slices.Equal(told, []int{0, 1, 2}) || len(h.begun) != 4 {
		t.Fatalf("begun %d, told %v", len(h.begun), told)
	}
	if g := r.Progress(); g.Done != 3 || g.Total != 5 || r.Ended() {
		t.Errorf("%+v", g)
	}
	h.done[2](Outcome{Err: errors.New("it is broken: 4")})
	h.done[3](Outcome{Notes: []string{"odd"}})
	if got := r.Report().Text(); !r.Ended() || ended != 1 || !strings.HasPrefix(got, "5 pictures: 3 saved (1 damaged, 1 with warnings), 1 skipped (exists), 1 failed; in ") {
		t.Errorf("ended %d times: %q", ended, got)
	}
	if r.Report().OK() || r.Report().Canceled {
		t.Errorf("%+v", r.Report())
	}
}

// The line of progress stood still until a file was done that holds all frames of a sequence.
func TestProgressCountsFramesOfAFileThatIsBeingWritten(t *testing.T) {
	t.Parallel()
	p := &Plan{Order: Order{Kind: &Kind{Holds: AllFrames, Did: "converted", Noun: "file"}}, Jobs: []Job{
		{Inputs: make([]Input, 3), Target: "a"}, {Inputs: make([]Input, 5), Target: "b"}, {Inputs: make([]Input, 4), Target: "c", Skip: SkipExists},
	}}
	var h held
	stepped := 0
	r := Start(t.Context(), p, &h, RunOptions{Width: 3, Stepped: func() { stepped++ }})
	for i, c := range []struct {
		do               func()
		done, idle, told int
		bytes            uint64
	}{
		{func() {}, 0, 0, 0, 0},
		{func() { h.begun[1].stepped(2, 20) }, 2, 0, 1, 20},
		{func() { h.begun[0].stepped(1, 7) }, 3, 0, 2, 27},
		{func() { h.begun[1].stepped(1, 10) }, 2, 0, 3, 17}, // it was begun anew
		{func() { h.begun[1].stepped(99, 50) }, 6, 0, 4, 57},
		{func() { h.done[0](Outcome{Bytes: 21}) }, 8, 0, 4, 71},
		{func() { h.begun[0].stepped(1, 7) }, 8, 0, 4, 71}, // too late
		{func() { h.done[1](Outcome{Bytes: 50}) }, 12, 4, 4, 71},
	} {
		c.do()
		g := r.Progress()
		if g.Done != c.done || g.Idle != c.idle || g.Total != 12 || g.Bytes != c.bytes || stepped != c.told {
			t.Errorf("%d: %+v, told %d times", i, g, stepped)
		}
	}
}

// Files that were there made the rest look as fast.
func TestFilesThatWereThereAreNoSpeed(t *testing.T) {
	t.Parallel()
	p := Progress{Done: 95, Idle: 90, Total: 100, Took: 10 * time.Second}
	if left, ok := p.Left(); !ok || left != 10*time.Second || p.Rate() != 0.5 {
		t.Errorf("%v left, %v, %v frames/s", left, ok, p.Rate())
	}
	p.Done = 90
	if _, ok := p.Left(); ok || p.Rate() != 0 {
		t.Error("there is a speed and nothing was done")
	}
}

func TestWhatFilesLeaveOutIsToldOnce(t *testing.T) {
	t.Parallel()
	var h held
	r := Start(t.Context(), planOf(t, 3), &h, RunOptions{Width: 3})
	many := []string{"A1", "A2", "A3", "A4", "A5", "A6", "A7", "A8", "A9"}
	h.done[0](Outcome{LeftOut: []Left{{Why: "no strings", Attributes: []string{"Tag"}}, {Why: "no arrays", Attributes: many}}})
	h.done[1](Outcome{LeftOut: []Left{{Why: "no strings", Attributes: []string{"Tag", "Label"}}}})
	h.done[2](Outcome{Err: errors.New("it is broken: 3"), LeftOut: []Left{{Why: "no file", Attributes: []string{"Tag"}}}})
	want := []string{
		"left out of 2 pictures: Tag, Label: no strings",
		"left out of 1 picture: A1, A2, A3, A4, A5, A6, A7, A8 and 1 more attribute: no arrays",
	}
	if got := r.Report().Lacks(); !slices.Equal(got, want) {
		t.Errorf("%q", got)
	}
}

func TestCancelEndsWhenWhatIsOnItsWayHasEnded(t *testing.T) {
	t.Parallel()
	var h held
	r := Start(t.Context(), planOf(t, 5), &h, RunOptions{Width: 2})
	r.Cancel()
	r.Cancel()
	if r.Ended() {
		t.Fatal("ended with two files on their way")
	}
	h.done[0](Outcome{})
	h.done[1](Outcome{Err: errCanceled, Canceled: true})
	rep := r.Report()
	if !r.Ended() || len(h.begun) != 2 || !rep.Canceled || !rep.OK() || rep.Line("p.png") != "Canceled: 1 of 5 pictures saved: p.png" || !strings.HasPrefix(rep.Text(), "5 pictures: 1 saved, 4 not done") {
		t.Errorf("%q, %q", rep.Line("p.png"), rep.Text())
	}
}

func TestAFullDiskIsToldOnce(t *testing.T) {
	t.Parallel()
	var h held
	again := 0
	full := Outcome{Err: errors.New("disk full"), Alike: "full"}
	r := Start(t.Context(), planOf(t, 4), &h, RunOptions{Width: 4, Told: func(r *Report, _ int, j *Job, o *Outcome) {
		if r.Again(j, o) {
			again++
		}
	}})
	h.done[0](full)
	h.done[1](Outcome{Err: errors.New("broken")})
	h.done[2](full)
	h.done[3](full)
	if got := r.Report().Repeats(); again != 2 || !slices.Equal(got, []string{"2 more pictures failed in the same way: ."}) {
		t.Errorf("%d times, then %q", again, got)
	}
}

// Pictures are drawn on the loop, and written beside it; after one that cannot be written
// there is no use in going on.
func TestPicturesStopAtOneThatCannotBeWritten(t *testing.T) {
	t.Parallel()
	loop := NewLoop()
	release := make(chan struct{})
	var drawn []cache.Number
	var written []string
	p := &Pictures{
		Fetch: func(_ context.Context, j *Job, ready func(error)) {
			if j.Number == 2 {
				ready(errors.New("frame 2 is broken"))
				return
			}
			go loop.Post(func() { ready(nil) })
		},
		Draw: func(j *Job) (Drawn, error) {
			drawn = append(drawn, j.Number)
			if j.Number == 3 {
				close(release) // the first was on its way all this time
			}
			return Drawn{Image: image.NewRGBA(image.Rect(0, 0, 1, 1))}, nil
		},
		Write: func(_ context.Context, path string, _ *image.RGBA) error {
			<-release
			written = append(written, path)
			if len(written) == 2 {
				return errors.New("disk full")
			}
			return nil
		},
	}
	r := Start(t.Context(), planOf(t, 9), p, RunOptions{Width: 3, Post: loop.Post})
	loop.Until(r.Ended)
	rep := r.Report()
	if rep.Written != 1 || rep.Stopped() == nil || rep.Stopped().Error() != "disk full" || rep.Canceled || len(written) != 2 || len(drawn) > 4 {
		t.Errorf("%q, stopped by %v, wrote %q, drew %v", rep.Text(), rep.Stopped(), written, drawn)
	}
}

func TestProgressTellsRateAndTimeLeft(t *testing.T) {
	t.Parallel()
	for want, p := range map[string]Progress{
		"0 of 4 frames, 0 %":                                    {Total: 4, Took: time.Second},
		"1 of 4 frames, 25 %, 0.5 frames/s, 6 s left":           {Done: 1, Total: 4, Took: 2 * time.Second},
		"1 of 1 frame, 100 %, 1.0 frames/s, 2.0 MB/s, 0 s left": {Done: 1, Total: 1, Took: time.Second, Bytes: 2_000_000},
	} {
		if got := p.String(); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

// What a picture needs is let go of once, whether it is written or canceled on its way.
func TestPicturesLetGoOfWhatTheyNeed(t *testing.T) {
	t.Parallel()
	for _, fails := range []error{nil, errors.New("disk full")} {
		pattern, err := ParsePattern(filepath.Join(t.TempDir(), "p_%d.exr"), Layered())
		if err != nil {
			t.Fatal(err)
		}
		order := Order{Kind: Layered(), Pattern: pattern}
		for n := range 3 {
			order.Inputs = append(order.Inputs, Input{Number: cache.Number(n + 1)})
		}
		plan, err := order.Plan()
		if err != nil {
			t.Fatal(err)
		}
		var drawn, dropped atomic.Int32
		var written []string
		loop := NewLoop()
		run := Start(t.Context(), plan, &Pictures{
			Fetch: func(_ context.Context, _ *Job, ready func(error)) { ready(nil) },
			Draw: func(*Job) (Drawn, error) {
				drawn.Add(1)
				return Drawn{Drop: func() { dropped.Add(1) }, Write: func(path string) error {
					written = append(written, filepath.Base(path))
					return fails
				}}, nil
			},
		}, RunOptions{Post: loop.Post})
		loop.Until(run.Ended)
		want := "p_1.exr p_2.exr p_3.exr"
		if fails != nil {
			want = "p_1.exr"
		}
		if got := strings.Join(written, " "); got != want || drawn.Load() != dropped.Load() || (run.Report().Stopped() != nil) != (fails != nil) {
			t.Errorf("wrote %q, drew %d, let go of %d, stopped by %v", got, drawn.Load(), dropped.Load(), run.Report().Stopped())
		}
	}
}
