package statusbar

import (
	"testing"
	"time"

	"iceexplorer/app/panel"
	"iceexplorer/app/session"
	"iceexplorer/jobs"
)

// Workers that could not be started for a moment ended all loading without a word of
// what is waited for.
func TestTheStatusBarSaysWhenWorkersAreTriedAgain(t *testing.T) {
	t.Parallel()
	now := time.Unix(1000, 0)
	const reason = "worker 7 ended (signal SIGKILL)"
	for _, tc := range []struct {
		left    time.Duration
		workers []jobs.WorkerStats
		want    string
		next    time.Duration // 0: nothing is counted
	}{
		{4 * time.Second, nil, "Workers cannot be started: " + reason + "; trying again in 4 s", time.Second},
		{3001 * time.Millisecond, nil, "Workers cannot be started: " + reason + "; trying again in 4 s", time.Millisecond},
		{300 * time.Millisecond, []jobs.WorkerStats{{State: "starting"}}, "Workers cannot be started: " + reason + "; trying again in 1 s", 300 * time.Millisecond},
		{-time.Second, nil, "Workers cannot be started: " + reason + "; trying again", 0},
		{time.Second, []jobs.WorkerStats{{State: "busy"}}, "Some workers cannot be started: " + reason + "; trying again in 1 s", time.Second},
	} {
		s := jobs.Stats{Workers: tc.workers, Trouble: jobs.Trouble{Reason: reason, Again: now.Add(tc.left), Fails: 2}}
		if got := troubleText(&s, now); got != tc.want {
			t.Errorf("%v left: %q, want %q", tc.left, got, tc.want)
		}
		b := bar{host: &panel.Host{Session: session.New(nil, nil, session.Options{})}, again: s.Trouble.Again}
		due, ok := b.due(now)
		if ok != (tc.next > 0) || ok && due.Sub(now) != tc.next {
			t.Errorf("%v left: drawn again after %v, %v, want %v", tc.left, due.Sub(now), ok, tc.next)
		}
	}
}

// Most folders are read within a frame or two, in which text would flicker.
func TestTheStatusBarSaysWhatIsReadOnceItTakesLong(t *testing.T) {
	t.Parallel()
	s := session.New(nil, func(func()) {}, session.Options{})
	s.Discover(nil, t.TempDir())
	b := bar{host: &panel.Host{Session: s}}
	begun := s.Readings()[0].Since
	due, ok := b.due(begun)
	if !ok || readingText(s, due.Add(-1)) != "" {
		t.Errorf("drawn again %v, %v; before: %q", due.Sub(begun), ok, readingText(s, due.Add(-1)))
	}
	if got := readingText(s, due); got != s.ReadingText() || got == "" {
		t.Errorf("%q", got)
	}
	if _, ok := b.due(due); ok {
		t.Error("drawn again though nothing changes")
	}
}

// At 800x600 and twice the scale the selection was written over the message.
func TestFiguresThatFindNoRoomAreLeftOut(t *testing.T) {
	t.Parallel()
	all := []figure{{"3 MB/s", 3}, {"12 selected", 1}, {"1,000 points", 0}, {"24 fps", 2}, {"", 0}}
	for _, tc := range []struct {
		room int // in characters
		want string
	}{
		{80, "3 MB/s    12 selected    1,000 points    24 fps"}, {40, "12 selected    1,000 points    24 fps"},
		{30, "12 selected    1,000 points"}, {15, "1,000 points"}, {1, "1,000 points"},
	} {
		if got := fitting(all, func(text string) bool { return len(text) <= tc.room }); got != tc.want {
			t.Errorf("in %d characters: %q, want %q", tc.room, got, tc.want)
		}
	}
}
