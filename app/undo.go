package app

import (
	"time"

	"iceexplorer/app/action"
	"iceexplorer/app/session"
	"iceexplorer/app/undo"
	"iceexplorer/assets"
	"iceexplorer/gfx"
)

// looks is what undo takes back: how things are drawn, and where the camera is.
type looks struct {
	view   session.View
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
	camera, steered, resting := a.panels.Camera()
	if !resting {
		return
	}
	old, cur := c.last, looks{a.session.View, camera}
	byUser := steered != c.steered
	c.last, c.steered = cur, steered
	if !c.begun || old == cur {
		c.begun = true
		return
	}
	step := undo.Step{Label: "display", Key: "display"}
	if old.view == cur.view {
		if !byUser { // what was opened was framed
			return
		}
		step = undo.Step{Label: "camera"}
	}
	step.Undo = func() { a.setLooks(old) }
	step.Redo = func() { a.setLooks(cur) }
	c.history.Did(step, now)
}

func (a *App) setLooks(l looks) {
	a.session.View = l.view
	a.panels.SetCamera(l.camera)
	a.changes.last = l
	_, a.changes.steered, _ = a.panels.Camera()
	a.wake()
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
