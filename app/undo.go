package app

import (
	"time"

	"iceexplorer/app/action"
	"iceexplorer/app/look"
	"iceexplorer/app/stage"
	"iceexplorer/app/undo"
	"iceexplorer/assets"
)

// changes notes the user's changes to the display and the camera.
type changes struct {
	history undo.History
	cameras stage.Cameras // where they were before the user's last move
	steered int           // how often the user had moved it then
	begun   bool
}

// noteLook notes a change of the display, so that it can be undone, and has it shown; other
// attributes may be drawn for it.
func (a *App) noteLook(c look.Change) {
	a.recovery.touched = true
	if c.Label != "" {
		a.noteMove(time.Now())
		a.changes.history.Did(undo.Step{
			Label: c.Label, Key: c.Key, Held: a.window.MouseHeld(),
			Undo: func() { a.look.Restore(c.From) }, Redo: func() { a.look.Restore(c.To) },
		}, time.Now())
	}
	a.session.Redrawn()
	a.wake()
}

// noteCamera checks, before each frame, whether the user has moved the camera. Where the
// camera glides to is known at once; other moves are noted when the camera rests. A drag of the mouse is one step, noted when the mouse is let go.
func (a *App) noteCamera(now time.Time) {
	c := &a.changes
	if !a.window.MouseHeld() {
		c.history.Release()
	}
	if steered := a.stage.Steered(); !c.begun || steered == c.steered {
		// A camera that follows what is opened moves by itself.
		c.cameras, c.steered, c.begun = a.stage.Targets(), steered, true
		return
	}
	if gliding := a.stage.Targets() != a.stage.Cameras(); gliding || a.stage.Resting() {
		a.noteMove(now)
	}
}

// moving reports that the user has moved the camera since it last rested, and drags nothing.
func (a *App) moving() bool {
	c := &a.changes
	return c.begun && a.stage.Steered() != c.steered && a.stage.Targets() != c.cameras && !a.window.MouseHeld()
}

// noteMove notes a move of the camera, which may still be on its way.
func (a *App) noteMove(now time.Time) {
	c := &a.changes
	if !a.moving() {
		return
	}
	set := func(to stage.Cameras) func() {
		return func() {
			a.stage.SetCameras(to)
			c.cameras, c.steered = to, a.stage.Steered()
			a.wake()
		}
	}
	old, cur := c.cameras, a.stage.Targets()
	c.cameras, c.steered = cur, a.stage.Steered()
	c.history.Did(undo.Step{Label: "Camera", Undo: set(old), Redo: set(cur)}, now)
}

func (a *App) undoActions() []action.Action {
	h := &a.changes.history
	return []action.Action{
		{
			ID: "undo", Label: "Undo", Menu: "Edit", Group: "undo", Icon: assets.IconUndo, Keys: []string{"Ctrl+Z"},
			Help: "Undo the last change to the display, the camera or the time of a sequence", Enabled: func() bool { return h.CanUndo() != "" || a.moving() },
			Do: do(func() {
				a.noteMove(time.Now())
				h.Undo()
			}),
		},
		{
			ID: "redo", Label: "Redo", Menu: "Edit", Group: "undo", Keys: []string{"Ctrl+Shift+Z", "Ctrl+Y"},
			Help: "Redo the change that was undone", Enabled: func() bool { return h.CanRedo() != "" && !a.moving() }, Do: do(h.Redo),
		},
	}
}
