package window

import (
	"sync"
	"time"
)

const (
	// settleFrames are drawn after input, because ImGui needs a few frames to
	// come to rest (sizes of new windows, hovering, tooltips).
	settleFrames = 3
	// minFrame keeps a flood of events from drawing more than screens show.
	minFrame = time.Second / 100
	// tooltipDelay is drawn through after input, since ImGui shows a tooltip
	// some time after the pointer came to rest, when no event comes any more.
	tooltipDelay = 700 * time.Millisecond
	// tooltipFrames are drawn for a tooltip: in the first, which does not show it, ImGui finds its size.
	tooltipFrames = 2
)

// pacer replaces the pacing of cimgui-go's loop, which never waits for events
// and so draws for ever. The loop is left free-running; wait is called after
// each frame and returns when the next one is worth drawing. Without input, a
// wake, or something due it blocks in GLFW and costs nothing.
type pacer struct {
	nextDue func(now time.Time) (time.Time, bool)

	// The system below, replaced in tests.
	inputLeft   func() bool // ImGui has not yet taken all input
	now         func() time.Time
	sleep       func(time.Duration)
	waitEvents  func()
	waitTimeout func(time.Duration) (event bool) // may end a little early without one
	postEmpty   func()

	longest time.Duration // the longest turn between two waits
	slow    time.Duration // the longest of the latest, which older ones are less and less of

	settle int
	hover  time.Time // tooltips are due then, zero: they are not
	last   time.Time

	mu     sync.Mutex
	posted []func()
	dirty  bool
	closed bool
}

func newPacer(nextDue func(time.Time) (time.Time, bool)) *pacer {
	return &pacer{
		nextDue: nextDue, settle: settleFrames,
		inputLeft: inputLeft, now: time.Now, sleep: time.Sleep,
		waitEvents: waitEvents, waitTimeout: waitTimeout, postEmpty: postEmptyEvent,
	}
}

// wake asks for a frame, from any goroutine; false: the window is gone.
func (p *pacer) wake() bool { return p.post(nil) }

// post runs f on the loop before the next frame, from any goroutine; false: the
// window is gone and f will not run. nil only wakes.
func (p *pacer) post(f func()) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.closed {
		return false
	}
	if f != nil {
		p.posted = append(p.posted, f)
	}
	if !p.dirty {
		p.dirty = true
		p.postEmpty() // under the lock: GLFW must not be ended meanwhile
	}
	return true
}

// take returns what was posted and allows the next wake to post an event.
func (p *pacer) take() []func() {
	p.mu.Lock()
	defer p.mu.Unlock()
	fs := p.posted
	p.posted, p.dirty = nil, false
	return fs
}

func (p *pacer) isDirty() bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.dirty
}

func (p *pacer) close() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.closed, p.posted = true, nil
}

// wait returns when a frame is to be drawn.
func (p *pacer) wait() {
	defer func() { p.last = p.now() }()
	now := p.now()
	if !p.last.IsZero() {
		turn := now.Sub(p.last)
		p.longest, p.slow = max(p.longest, turn), max(turn, p.slow*3/4)
	}
	if p.tooltipDue(now) {
		p.settle = max(p.settle, tooltipFrames)
	}
	if p.inputLeft() {
		p.settle = settleFrames
	}
	due, timed := p.due(now)
	if p.isDirty() || p.settle > 0 || (timed && !due.After(now)) {
		p.settle = max(p.settle-1, 0)
		p.pause(now, due, timed)
		return
	}
	if timed {
		for now.Before(due) && !p.waitTimeout(due.Sub(now)) && !p.inputLeft() && !p.isDirty() {
			now = p.now()
		}
	} else {
		p.waitEvents()
	}
	now = p.now()
	switch {
	case p.isDirty(): // news of a job, say: they come by the hundred
		p.settle = max(p.settle, 1)
	case timed && !now.Before(due):
		if p.tooltipDue(now) {
			p.settle = max(p.settle, tooltipFrames-1) // this return draws one
		}
	default:
		p.settle = settleFrames
		p.hover = now.Add(tooltipDelay)
	}
	p.pause(now, due, timed)
}

// doubleClick is the time within which a second click makes a double click: ImGui takes presses and releases frame by
// frame, and sees them as far apart as its frames are.
func (p *pacer) doubleClick() time.Duration { return 400*time.Millisecond + 3*p.slow }

// tooltipDue reports, once, that the pointer has rested long enough for a tooltip.
func (p *pacer) tooltipDue(now time.Time) bool {
	if p.hover.IsZero() || now.Before(p.hover) {
		return false
	}
	p.hover = time.Time{}
	return true
}

// due returns the earlier of what the program and the tooltips wait for.
func (p *pacer) due(now time.Time) (due time.Time, ok bool) {
	if p.nextDue != nil {
		due, ok = p.nextDue(now)
	}
	if !p.hover.IsZero() && (!ok || p.hover.Before(due)) {
		return p.hover, true
	}
	return due, ok
}

// pause sleeps until a frame may follow the last one, but not past what is due.
func (p *pacer) pause(now, due time.Time, timed bool) {
	d := minFrame - now.Sub(p.last)
	if timed && due.After(now) {
		d = min(d, due.Sub(now))
	}
	if d > 0 {
		p.sleep(d)
	}
}
