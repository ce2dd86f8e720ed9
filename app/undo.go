package app

import (
	"time"

	"iceexplorer/app/action"
	"iceexplorer/app/look"
	"iceexplorer/app/undo"
	"iceexplorer/assets"
	"iceexplorer/gfx"
)

// changes notes the user's changes to the display and the camera.
type changes struct {
	history undo.History
	camera  gfx.Camera // where it last rested
	steered int        // how often the user had moved it then
	begun   bool
}

// noteLook notes a change of the display, so that it can be undone, and has it shown; other
// attributes may be drawn for it.
func (a *App) noteLook(c look.Change) {
	if c.Label != "" {
		a.changes.history.Did(undo.Step{
			Label: c.Label, Key: c.Key, Held: a.window.MouseHeld(),
			Undo: func() { a.look.Restore(c.From) }, Redo: func() { a.look.Restore(c.To) },
		}, time.Now())
	}
	a.session.Redrawn()
	a.wake()
}

// noteCamera checks, before each frame, whether the user has moved the camera since it last
// rested. A drag of the mouse is one step, noted when the mouse is let go.
func (a *App) noteCamera(now time.Time) {
	c := &a.changes
	if !a.window.MouseHeld() {
		c.history.Release()
	}
	if !a.stage.Resting() || a.window.MouseHeld() {
		return
	}
	cur, steered, old := a.stage.Camera(), a.stage.Steered(), c.camera
	// A camera that follows what is opened moves by itself.
	moved := c.begun && steered != c.steered && old != cur
	c.camera, c.steered, c.begun = cur, steered, true
	if !moved {
		return
	}
	set := func(to gfx.Camera) func() {
		return func() {
			a.stage.SetCamera(to)
			c.steered = a.stage.Steered()
			a.wake()
		}
	}
	c.history.Did(undo.Step{Label: "Camera", Undo: set(old), Redo: set(cur)}, now)
}

func (a *App) undoActions() []action.Action {
	h := &a.changes.history
	return []action.Action{
		{
			ID: "undo", Label: "Undo", Menu: "Edit", Group: "undo", Icon: assets.IconUndo, Keys: []string{"Ctrl+Z"},
			Help: "Undo the last change to the display or the camera", Enabled: func() bool { return h.CanUndo() != "" }, Do: do(h.Undo),
		},
		{
			ID: "redo", Label: "Redo", Menu: "Edit", Group: "undo", Keys: []string{"Ctrl+Shift+Z", "Ctrl+Y"},
			Help: "Redo the change that was undone", Enabled: func() bool { return h.CanRedo() != "" }, Do: do(h.Redo),
		},
	}
}
