package window

import (
	"testing"
	"time"
)

// fakePacer runs a pacer against a clock of its own. events holds what wakes
// each wait: a function that posts, or nil for plain input.
type fakePacer struct {
	*pacer
	t       time.Time
	blocked int // waits without a limit
	slept   time.Duration
	events  []event
	posts   int
	input   int           // events that ImGui takes, one a frame
	tick    time.Duration // waits with a limit end at the clock's ticks of this length; 0: when they should
}

type event struct {
	after time.Duration
	post  bool // a wake from elsewhere instead of input
}

func newFakePacer(due func(now time.Time) (time.Time, bool), events ...event) *fakePacer {
	f := &fakePacer{t: time.Unix(1000, 0), events: events}
	f.pacer = newPacer(due)
	f.now = func() time.Time { return f.t }
	f.inputLeft = func() bool { f.input = max(f.input-1, 0); return f.input > 0 }
	f.sleep = func(d time.Duration) { f.t, f.slept = f.t.Add(d), f.slept+d }
	f.postEmpty = func() { f.posts++ }
	take := func(limit time.Duration) bool {
		if len(f.events) > 0 && (limit < 0 || f.events[0].after < limit) {
			e := f.events[0]
			f.events = f.events[1:]
			f.t = f.t.Add(e.after)
			if e.post {
				f.wake()
			}
			return true
		}
		if limit < 0 {
			f.blocked++
			f.t = f.t.Add(time.Hour)
			return false
		}
		if f.tick > 0 {
			limit = max(f.tick, limit.Truncate(f.tick))
		}
		f.t = f.t.Add(limit)
		return false
	}
	f.waitEvents = func() { take(-1) }
	f.waitTimeout = take
	return f
}

// frame draws a frame that takes no time and returns how long the wait was.
func (f *fakePacer) frame() time.Duration {
	f.take()
	from := f.t
	f.wait()
	return f.t.Sub(from)
}

func TestPacerSettlesThenBlocks(t *testing.T) {
	t.Parallel()
	f := newFakePacer(nil)
	for i := range settleFrames {
		if d := f.frame(); d > minFrame || f.blocked != 0 {
			t.Fatalf("frame %d took %v, blocked %d", i, d, f.blocked)
		}
	}
	f.frame()
	if f.blocked != 1 {
		t.Error("an idle window does not block")
	}
}

func TestPacerDrawsAfterInputAndTwiceMoreForTooltips(t *testing.T) {
	t.Parallel()
	f := newFakePacer(nil, event{after: time.Second})
	for f.blocked == 0 && f.settle > 0 {
		f.frame()
	}
	if d := f.frame(); d != time.Second { // the input
		t.Fatalf("woke after %v", d)
	}
	input, frames, late := f.t, 0, 0
	var last time.Duration
	for f.blocked == 0 && frames < 100 {
		if last = f.t.Sub(input); last >= tooltipDelay {
			late++
		}
		f.frame()
		frames++
	}
	if frames < settleFrames+2 || frames > settleFrames+4 || last < tooltipDelay || last > tooltipDelay+5*minFrame {
		t.Errorf("%d frames, the last %v after the input", frames, last)
	}
	if late != tooltipFrames { // ImGui does not show a tooltip in the frame that begins it: it came with the next event
		t.Errorf("%d frames are drawn for a tooltip", late)
	}
}

func TestPacerDrawsWhenDueAndNotBefore(t *testing.T) {
	t.Parallel()
	const period = time.Second / 24
	var due time.Time
	f := newFakePacer(func(time.Time) (time.Time, bool) { return due, true })
	start := f.t
	due = start.Add(period)
	shown := 0
	for f.t.Sub(start) < 10*time.Second {
		f.frame()
		if !f.t.Before(due) {
			shown++
			due = due.Add(period)
		}
	}
	if shown < 239 || shown > 241 {
		t.Errorf("%d frames in 10 s, want 240", shown)
	}
	if f.blocked != 0 {
		t.Error("blocked while playing")
	}
}

// Windows ends waits up to a tick of its clock too early: that was taken for input, which is drawn in several frames.
func TestAWaitThatEndsTooEarlyIsNoInput(t *testing.T) {
	t.Parallel()
	const period = time.Second / 24
	for _, tick := range []time.Duration{time.Millisecond, 15625 * time.Microsecond} {
		var due time.Time
		f := newFakePacer(func(time.Time) (time.Time, bool) { return due, true })
		f.tick = tick
		start := f.t
		due = start.Add(period)
		frames, shown := 0, 0
		for ; f.t.Sub(start) < 10*time.Second; frames++ {
			f.frame()
			for ; !f.t.Before(due); due = due.Add(period) {
				shown++
			}
		}
		if shown < 239 || shown > 241 || frames > shown+settleFrames {
			t.Errorf("ticks of %v: %d frames are drawn in 10 s, %d are due", tick, frames, shown)
		}
	}
}

func TestInputWhileWaitingForWhatIsDueIsDrawnAtOnce(t *testing.T) {
	t.Parallel()
	var due time.Time
	f := newFakePacer(func(time.Time) (time.Time, bool) { return due, true }, event{after: 300 * time.Millisecond})
	due = f.t.Add(time.Hour)
	for f.settle > 0 {
		f.frame()
	}
	if d := f.frame(); d != 300*time.Millisecond || f.settle != settleFrames {
		t.Errorf("drawn after %v, and %d frames more", d, f.settle)
	}
}

func TestPacerDrawsAFewFramesForAWakeAndPostsOneEvent(t *testing.T) {
	t.Parallel()
	f := newFakePacer(nil)
	for f.blocked == 0 {
		f.frame()
	}
	ran := 0
	for range 5 {
		if !f.post(func() { ran++ }) {
			t.Fatal("refused")
		}
	}
	if f.posts != 1 {
		t.Errorf("%d events for one frame", f.posts)
	}
	for _, g := range f.take() {
		g()
	}
	if ran != 5 {
		t.Errorf("ran %d of 5", ran)
	}
	f.wake()
	if d := f.frame(); d > minFrame || f.posts != 2 {
		t.Errorf("a wake waits %v, %d events", d, f.posts)
	}
}

func TestPacerCapsAFloodOfEvents(t *testing.T) {
	t.Parallel()
	events := make([]event, 5000)
	for i := range events {
		events[i].after = time.Millisecond / 10
	}
	f := newFakePacer(nil, events...)
	start, frames := f.t, 0
	for f.blocked == 0 && f.t.Sub(start) < 200*time.Millisecond {
		f.frame()
		frames++
	}
	if frames > 22 {
		t.Errorf("%d frames in 200 ms", frames)
	}
}

// A window that had played with the mouse over it drew for ever after: the time of
// its tooltip had passed while frames were drawn without a wait, which alone forgot it.
func TestTooltipTimeThatPassesWhilePlayingKeepsNoWindowAwake(t *testing.T) {
	t.Parallel()
	for _, frame := range []time.Duration{time.Millisecond, 20 * time.Millisecond, 80 * time.Millisecond, tooltipDelay, 3 * tooltipDelay} {
		var start time.Time
		// Frames are late all the time, and end some time after the tooltip's.
		f := newFakePacer(func(now time.Time) (time.Time, bool) {
			return now, now.Sub(start) < 4*tooltipDelay
		}, event{after: time.Millisecond})
		start = f.t
		f.hover = start.Add(tooltipDelay)
		n := 0
		for ; f.blocked == 0 && n < 100_000; n++ {
			f.t = f.t.Add(frame) // what drawing takes
			f.frame()
		}
		if f.blocked == 0 {
			t.Errorf("frames of %v: still drawing after %d, %v", frame, n, f.t.Sub(start))
		}
	}
}

func TestPacerRefusesWorkOnceClosed(t *testing.T) {
	t.Parallel()
	f := newFakePacer(nil)
	f.close()
	if f.post(func() { t.Error("ran") }) || f.wake() || f.posts != 0 || len(f.take()) != 0 {
		t.Error("a closed pacer takes work")
	}
}

// Typing faster than frames are drawn left letters out until the mouse moved:
// ImGui takes one change of a key a frame and keeps the rest.
func TestFramesAreDrawnUntilAllInputIsTaken(t *testing.T) {
	f := newFakePacer(nil)
	f.input = 40
	n := 0
	for ; f.blocked == 0; n++ {
		f.frame()
	}
	if n < 40 || n > 40+settleFrames || f.input != 0 {
		t.Errorf("%d frames for 40 events, %d left", n, f.input)
	}
}
