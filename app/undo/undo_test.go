package undo

import (
	"fmt"
	"testing"
	"time"
)

// document is something that is changed.
type document struct {
	h     History
	value int
	now   time.Time
}

func newDocument() *document { return &document{now: time.Unix(1000, 0)} }

func (d *document) set(v int, key string, after time.Duration) {
	d.now = d.now.Add(after)
	old := d.value
	d.value = v
	d.h.Did(Step{Label: fmt.Sprint("set ", v), Key: key, Undo: func() { d.value = old }, Redo: func() { d.value = v }}, d.now)
}

func (d *document) want(t *testing.T, value int, undo, redo string) {
	t.Helper()
	if d.value != value || d.h.CanUndo() != undo || d.h.CanRedo() != redo {
		t.Errorf("%d, undo %q, redo %q; want %d, %q, %q", d.value, d.h.CanUndo(), d.h.CanRedo(), value, undo, redo)
	}
}

func TestStepsGoBackAndForth(t *testing.T) {
	t.Parallel()
	d := newDocument()
	d.h.Undo()
	d.h.Redo()
	d.want(t, 0, "", "")
	d.set(1, "", 0)
	d.set(2, "", 0)
	d.want(t, 2, "set 2", "")
	d.h.Undo()
	d.want(t, 1, "set 1", "set 2")
	d.h.Undo()
	d.h.Undo()
	d.want(t, 0, "", "set 1")
	d.h.Redo()
	d.h.Redo()
	d.h.Redo()
	d.want(t, 2, "set 2", "")
	d.h.Undo()
	d.set(7, "", 0)
	d.want(t, 7, "set 7", "")
	d.h.Undo()
	d.want(t, 1, "set 1", "set 7")
}

func TestADraggedSliderIsOneStep(t *testing.T) {
	t.Parallel()
	d := newDocument()
	d.set(1, "size", 0)
	for i := range 50 {
		d.set(2+i, "size", Pause/2)
	}
	d.set(100, "other", Pause/2)
	d.h.Undo()
	d.want(t, 51, "set 1", "set 100")
	d.h.Undo()
	d.want(t, 0, "", "set 1")
	d.h.Redo()
	d.want(t, 51, "set 1", "set 100")
	d.set(60, "size", 0)
	d.h.Undo()
	d.want(t, 51, "set 1", "set 60")
}

func TestAPauseBeginsANewStep(t *testing.T) {
	t.Parallel()
	d := newDocument()
	d.set(1, "size", 0)
	d.set(2, "size", Pause)
	d.h.Undo()
	d.want(t, 1, "set 1", "set 2")
}

func TestADragIsOneStepHoweverLongItIsHeld(t *testing.T) {
	t.Parallel()
	d := newDocument()
	hold := func(v int) {
		d.now = d.now.Add(10 * Pause)
		old := d.value
		d.value = v
		d.h.Did(Step{Label: "drag", Key: "size", Held: true, Undo: func() { d.value = old }, Redo: func() { d.value = v }}, d.now)
	}
	hold(1)
	hold(2)
	d.h.Release()
	hold(3)
	d.h.Undo()
	d.want(t, 2, "drag", "drag")
	hold(4)
	d.h.Undo()
	d.want(t, 2, "drag", "drag")
	d.h.Undo()
	d.want(t, 0, "", "drag")
}

func TestWhatUndoChangesIsNoStep(t *testing.T) {
	t.Parallel()
	d := newDocument()
	d.h.Did(Step{Label: "outer", Undo: func() { d.set(5, "", 0) }, Redo: func() {}}, d.now)
	d.h.Undo()
	d.want(t, 5, "", "outer")
}

func TestTheHistoryHasAnEnd(t *testing.T) {
	t.Parallel()
	d := newDocument()
	for i := range 3 * depth {
		d.set(i+1, "", 0)
	}
	for range 4 * depth {
		d.h.Undo()
	}
	d.want(t, 2*depth, "", fmt.Sprint("set ", 2*depth+1))
}
