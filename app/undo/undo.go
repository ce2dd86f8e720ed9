// Package undo is the history of what a user changed: how things are drawn, and
// where the camera is. It knows neither; whoever changes something says how it is
// taken back.
package undo

import "time"

// Step is one change.
type Step struct {
	Label string // what was done, as the menu shows it: "Point scale"
	Undo  func()
	Redo  func()

	// Key joins changes that follow one another without a pause, such as those of a
	// slider that is dragged, to one step; "" joins with nothing.
	Key string

	// Held tells that the change is part of a drag that goes on: those with its key join
	// it without regard to pauses until Release.
	Held bool
}

// depth is how many steps are kept.
const depth = 200

// Pause is how long a change with the same key may keep away and still join.
const Pause = 800 * time.Millisecond

// History is a list of steps with a place in it. The zero value is empty. It belongs
// to one goroutine.
type History struct {
	steps []Step
	done  int // steps before the place
	last  time.Time
	held  bool // the last step is of a drag that is not over
	busy  bool // undo or redo is under way: what they change is no step
}

// Did notes a change that was made at a time. What had been undone is forgotten.
func (h *History) Did(s Step, now time.Time) {
	if h.busy {
		return
	}
	h.steps = h.steps[:h.done]
	if n := h.done; n > 0 && s.Key != "" && h.steps[n-1].Key == s.Key && (h.held || now.Sub(h.last) < Pause) {
		h.steps[n-1].Redo = s.Redo
	} else {
		h.steps = append(h.steps, s)
		if len(h.steps) > depth {
			h.steps = append([]Step(nil), h.steps[1:]...)
		}
		h.done = len(h.steps)
	}
	h.last, h.held = now, s.Held
}

// Release ends the drag that the last step may be part of.
func (h *History) Release() { h.held = false }

// CanUndo is the label of the change that Undo takes back, "" if there is none.
func (h *History) CanUndo() string {
	if h.done == 0 {
		return ""
	}
	return h.steps[h.done-1].Label
}

// CanRedo is the label of the change that Redo makes again, "" if there is none.
func (h *History) CanRedo() string {
	if h.done == len(h.steps) {
		return ""
	}
	return h.steps[h.done].Label
}

// Undo takes the last change back.
func (h *History) Undo() {
	if h.done > 0 {
		h.done--
		h.run(h.steps[h.done].Undo)
	}
}

// Redo makes the change again that was taken back last.
func (h *History) Redo() {
	if h.done < len(h.steps) {
		h.done++
		h.run(h.steps[h.done-1].Redo)
	}
}

func (h *History) run(f func()) {
	h.last, h.held = time.Time{}, false // nothing joins a step that was gone back to
	h.busy = true
	defer func() { h.busy = false }()
	f()
}
