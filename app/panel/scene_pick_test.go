package panel

import (
	"slices"
	"testing"
	"time"
)

// A question that the driver never answered kept the loop awake for ever.
func TestAnAnswerThatNeverComesIsGivenUp(t *testing.T) {
	t.Parallel()
	var p picks
	start := time.Unix(1000, 0)
	p.note(tagHover, nil, start)
	p.note(tagSelect, nil, start)
	looks := 0
	var gaveUp []string
	now := start
	for {
		due, ok := p.nextDue(now)
		if !ok {
			break
		}
		if !due.After(now) {
			t.Fatalf("due at once, %v after the question", now.Sub(start))
		}
		if looks++; looks > 200 {
			t.Fatalf("still looking after %v", now.Sub(start))
		}
		now = due
		gaveUp = append(gaveUp, p.giveUp(now)...)
	}
	if waited := now.Sub(start); p.waiting() || waited < patience || waited > 2*patience {
		t.Errorf("waiting: %v, after %v", p.waiting(), waited)
	}
	slices.Sort(gaveUp)
	if !slices.Equal(gaveUp, []string{tagHover, tagSelect}) {
		t.Errorf("gave up %q", gaveUp)
	}
}
