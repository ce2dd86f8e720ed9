// Package panel holds the window's panels, one file each: it reads the session,
// draws, and asks for actions. A panel knows no other panel; what they share lies
// in the Host and in the session.
package panel

import (
	"time"

	"github.com/AllenDang/giu"

	"iceexplorer/app/action"
	"iceexplorer/app/export"
	"iceexplorer/app/look"
	"iceexplorer/app/session"
	"iceexplorer/app/settings"
	"iceexplorer/app/stage"
	"iceexplorer/app/widget"
	"iceexplorer/app/window"
	"iceexplorer/gfx"
)

// Host is what panels read and ask.
type Host struct {
	Session  *session.Session
	Stage    *stage.Stage
	Saver    *stage.Saver
	Look     *look.Desk
	Actions  *action.Registry
	Settings *settings.Settings
	Scale    func() float32 // of pixels, the window's

	// Ask lets the user choose files, or a folder; done gets none if nothing was chosen.
	Ask func(opt widget.BrowseOptions, done func(paths []string))
	// Show opens a dialog.
	Show func(name string)
	// Exists reports whether there is a file of a name. It may take its time.
	Exists func(path string) bool
	// Post has a function called on the window's loop.
	Post func(func())
}

// Panels are all panels with what they remember.
type Panels struct {
	host   *Host
	window *window.Window

	scene   *scenePanel
	display *displayPanel
	saving  saveDialog
}

// New makes the panels; they can be drawn after Attach.
func New(h *Host) *Panels {
	p := &Panels{host: h}
	p.scene = newScenePanel(p.host)
	p.display = &displayPanel{host: p.host}
	p.saving.host = p.host
	p.saving.glance = export.Glance{Exists: h.Exists, Post: h.Post}
	return p
}

// Attach gives the panels their window and renderer, once both are there.
func (p *Panels) Attach(w *window.Window, r *gfx.Renderer) {
	p.window = w
	p.scene.renderer = r
	p.display.window, p.scene.window = w, w
}

// Detach lets go of what belongs to the window's OpenGL context.
func (p *Panels) Detach() { p.scene.free() }

// List is the panels that this package has.
func (p *Panels) List() []Panel {
	layout := func(draw func()) func() giu.Layout { return func() giu.Layout { return giu.Layout{giu.Custom(draw)} } }
	dialog := func(name string, draw func()) Panel {
		return Panel{Name: name, Side: Dialog, Width: 38, Layout: layout(draw)}
	}
	due := func(now time.Time) (time.Time, bool) {
		if p.scene.window == nil {
			return time.Time{}, false
		}
		return p.scene.nextDue(now)
	}
	return []Panel{
		{Name: "Scene", Side: Center, Least: [2]float32{240, 160}, Canvas: true, Fixed: true, Still: true, Layout: layout(p.scene.draw), Unseen: p.scene.unseen, Due: due},
		{Name: "Display", Side: Right, Share: 0.2, Least: [2]float32{290, 0}, Layout: layout(p.display.draw)},
		dialog(PopupSave, p.saving.savePicture), dialog(PopupSequence, p.saving.saveSequence),
	}
}

// Captured reports that a panel takes a key itself now.
func (p *Panels) Captured(s action.Shortcut) bool { return p.scene.captured(s) }

// AskSave asks how to save a picture or a sequence of them, and saves it.
func (p *Panels) AskSave(sequence bool) { p.saving.ask(sequence) }
