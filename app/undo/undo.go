// Package undo is the history of a user's changes: to how things are drawn, and to where the
// camera is. It knows neither; whoever changes something says how to undo it.
package undo

import "time"

// Step is one change.
type Step struct {
	Label string // what was done, as the menu shows it: "Point scale"
	Undo  func()
	Redo  func()

	// Key joins changes that follow one another without a pause, such as those of a slider
	// being dragged, into one step; a change with "" stands alone.
	Key string

	// Held says that the change is part of a drag that is not over: changes with its key
	// join it regardless of pauses until Release.
	Held bool
}

// depth is how many steps are kept.
const depth = 200

// Pause is the longest pause after which a change with the same key still joins.
const Pause = 800 * time.Millisecond

// History is a list of steps with a place in it. The zero value is empty. It belongs
// to one goroutine.
type History struct {
	steps []Step
	done  int // steps before the place
	last  time.Time
	held  bool // the last step belongs to a drag that is not over
	busy  bool // undo or redo is under way: its changes are not steps
}

// Did notes a change and when it was made. Changes that were undone are forgotten.
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

// CanUndo is the label of the change that Undo undoes; "" if there is none.
func (h *History) CanUndo() string {
	if h.done == 0 {
		return ""
	}
	return h.steps[h.done-1].Label
}

// CanRedo is the label of the change that Redo repeats; "" if there is none.
func (h *History) CanRedo() string {
	if h.done == len(h.steps) {
		return ""
	}
	return h.steps[h.done].Label
}

// Undo undoes the last change.
func (h *History) Undo() {
	if h.done > 0 {
		h.done--
		h.run(h.steps[h.done].Undo)
	}
}

// Redo repeats the change that was undone last.
func (h *History) Redo() {
	if h.done < len(h.steps) {
		h.done++
		h.run(h.steps[h.done-1].Redo)
	}
}

func (h *History) run(f func()) {
	h.last, h.held = time.Time{}, false // nothing joins a step reached by undo
	h.busy = true
	defer func() { h.busy = false }()
	f()
}
