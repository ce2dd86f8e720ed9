package app

import (
	"time"

	"iceexplorer/app/action"
	"iceexplorer/app/look"
	"iceexplorer/app/undo"
	"iceexplorer/assets"
	"iceexplorer/gfx"
)

// looks is what undo takes back: how things are drawn, and where the camera is.
type looks struct {
	view   look.Look
	camera gfx.Camera
}

// changes notes what the user changes of the looks.
type changes struct {
	history undo.History
	last    looks
	steered int // how often the user had moved the camera then
	begun   bool
}

// noteChanges looks, before each frame, what has changed since the last one. What a
// slider or a drag of the mouse does is one step, noted when it is let go.
func (a *App) noteChanges(now time.Time) {
	c := &a.changes
	if !a.stage.Resting() || a.window.MouseHeld() {
		return
	}
	camera, steered := a.stage.Camera(), a.stage.Steered()
	old, cur := c.last, looks{a.session.View, camera}
	byUser := steered != c.steered
	c.last, c.steered = cur, steered
	if !c.begun || old == cur {
		c.begun = true
		return
	}
	// A camera that follows what is opened moves by itself.
	display, moved := old.view != cur.view, byUser && old.camera != cur.camera
	if !display && !moved {
		return
	}
	step := undo.Step{Label: "camera"}
	if display {
		step = undo.Step{Label: "display", Key: "display"}
	}
	set := func(l looks) func() {
		return func() {
			if display {
				a.session.View = l.view
			}
			if moved {
				a.stage.SetCamera(l.camera)
			}
			a.changes.last.view = a.session.View
			a.changes.steered = a.stage.Steered()
			a.wake()
		}
	}
	step.Undo, step.Redo = set(old), set(cur)
	c.history.Did(step, now)
}

func (a *App) undoActions() []action.Action {
	h := &a.changes.history
	return []action.Action{
		{
			ID: "undo", Label: "Undo", Menu: "Edit", Group: "undo", Icon: assets.IconUndo, Keys: []string{"Ctrl+Z"},
			Help: "Take back the last change of the display or the camera", Enabled: func() bool { return h.CanUndo() != "" }, Do: do(h.Undo),
		},
		{
			ID: "redo", Label: "Redo", Menu: "Edit", Group: "undo", Keys: []string{"Ctrl+Shift+Z", "Ctrl+Y"},
			Help: "Make the change again that was taken back", Enabled: func() bool { return h.CanRedo() != "" }, Do: do(h.Redo),
		},
	}
}
