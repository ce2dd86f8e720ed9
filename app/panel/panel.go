// Package panel holds the window's panels, one file each: it reads the session,
// draws, and asks for actions. A panel knows no other panel; what they share lies
// in the Host and in the session.
package panel

import (
	"slices"
	"time"

	"github.com/AllenDang/cimgui-go/imgui"

	"iceexplorer/app/action"
	"iceexplorer/app/disk"
	"iceexplorer/app/session"
	"iceexplorer/app/settings"
	"iceexplorer/app/window"
	"iceexplorer/gfx"
	"iceexplorer/jobs"
)

// Host is what panels read and ask.
type Host struct {
	Session  *session.Session
	Actions  *action.Registry
	Settings *settings.Settings
	Stats    func() jobs.Stats
	Version  string
	Disk     disk.Disk // for file dialogs

	// What the scene offers to dialogs and bars.
	save     func(SaveOptions) error
	progress func() (part float64, text string, on bool)
	bounds   func() gfx.Box // of the points of all frames, without strays
}

// Names of the panels, as their tabs show them.
const (
	nameScene    = "Scene"
	nameBrowser  = "Browser"
	nameDisplay  = "Display"
	nameTimeline = "Timeline"
)

// Names lists the panels that can be hidden.
var Names = []string{nameBrowser, nameDisplay, nameTimeline}

// Layout is where the panels are at first. What each needs is enough for its
// controls with their values.
var Layout = window.Layout{
	Center: []string{nameScene}, Least: [2]float32{240, 160},
	Splits: []window.Split{
		{Side: window.Bottom, Ratio: 0.15, Least: 140, Windows: []string{nameTimeline}},
		{Side: window.Left, Ratio: 0.21, Least: 220, Windows: []string{nameBrowser}},
		{Side: window.Right, Ratio: 0.2, Least: 290, Windows: []string{nameDisplay}},
	},
}

// Panels are all panels with what they remember.
type Panels struct {
	host   Host
	window *window.Window

	scene    *scenePanel
	browser  *browserPanel
	display  *displayPanel
	timeline *timelinePanel
	bars     *bars
	popups   *popups
}

// New makes the panels; they can be drawn after Attach.
func New(h Host) *Panels {
	p := &Panels{host: h}
	p.scene = newScenePanel(&p.host)
	p.host.save, p.host.progress = p.scene.save, p.scene.saver.progress
	p.host.bounds = func() gfx.Box { return p.scene.view.Bounds }
	p.browser = &browserPanel{host: &p.host}
	p.display = &displayPanel{host: &p.host}
	p.timeline = newTimelinePanel(&p.host)
	p.bars = &bars{host: &p.host}
	p.popups = &popups{host: &p.host}
	return p
}

// Attach gives the panels their window and renderer, once both are there.
func (p *Panels) Attach(w *window.Window, r *gfx.Renderer) {
	p.window = w
	p.scene.renderer = r
	p.popups.window, p.popups.driver = w, r.Driver()
	p.browser.window, p.display.window, p.timeline.window, p.bars.window, p.scene.window = w, w, w, w, w
}

// Detach lets go of what belongs to the window's OpenGL context.
func (p *Panels) Detach() { p.scene.free() }

// Redraw makes the scene's picture anew.
func (p *Panels) Redraw() { p.scene.drawn = drawn{} }

// Bars draws menu bar, toolbar and status bar.
func (p *Panels) Bars() { p.bars.draw() }

// Draw draws the docked panels and what lies above them.
func (p *Panels) Draw() {
	imgui.PushStyleVarVec2(imgui.StyleVarWindowPadding, imgui.Vec2{})
	seen := false
	p.panel(nameScene, imgui.WindowFlagsNoScrollbar|imgui.WindowFlagsNoScrollWithMouse, func() {
		imgui.PopStyleVar()
		seen = p.scene.draw()
		imgui.PushStyleVarVec2(imgui.StyleVarWindowPadding, imgui.Vec2{})
	})
	imgui.PopStyleVar()
	if !seen {
		p.scene.unseen()
	}
	p.panel(nameBrowser, 0, p.browser.draw)
	p.panel(nameDisplay, 0, p.display.draw)
	p.panel(nameTimeline, imgui.WindowFlagsNoScrollbar|imgui.WindowFlagsNoScrollWithMouse, p.timeline.draw)
	p.popups.draw()
}

// panel draws a window that can be hidden.
func (p *Panels) panel(name string, flags imgui.WindowFlags, draw func()) {
	if !p.Shown(name) {
		return
	}
	open := true
	closable := &open
	if name == nameScene {
		closable = nil
	}
	if imgui.BeginV(name, closable, flags|imgui.WindowFlagsNoCollapse) {
		draw()
	}
	imgui.End()
	if !open {
		p.host.Settings.SetClosed(name, true)
	}
}

// Shown reports whether a panel is shown.
func (p *Panels) Shown(name string) bool {
	return !slices.Contains(Names, name) || !slices.Contains(p.host.Settings.Closed, name)
}

// Toggle shows or hides a panel.
func (p *Panels) Toggle(name string) { p.host.Settings.SetClosed(name, p.Shown(name)) }

// ShowAll shows every panel.
func (p *Panels) ShowAll() { p.host.Settings.Closed = nil }

// NextDue is when something must be drawn without input: a message goes away, the
// camera is on its way, seconds are counted.
func (p *Panels) NextDue(now time.Time) (due time.Time, ok bool) {
	sources := []func(time.Time) (time.Time, bool){p.popups.nextDue, p.bars.nextDue}
	if p.scene.window != nil {
		sources = append(sources, p.scene.nextDue)
	}
	for _, next := range sources {
		if t, has := next(now); has && (!ok || t.Before(due)) {
			due, ok = t, true
		}
	}
	return due, ok
}

// Busy reports that something asked of the scene is not done: the camera is on its
// way, points are being looked for, pictures saved.
func (p *Panels) Busy() bool { return p.scene.busy() }

// Captured reports that a panel takes a key itself now.
func (p *Panels) Captured(s action.Shortcut) bool { return p.scene.captured(s) }

// Copy puts text on the clipboard.
func (p *Panels) Copy(text string) { imgui.SetClipboardText(text) }

// The scene's commands.

// FrameAll moves the camera so that everything is in view.
func (p *Panels) FrameAll() { p.scene.frameAll() }

// FrameSelection moves the camera to the selected points.
func (p *Panels) FrameSelection() error { return p.scene.frameSelection() }

// Orbit turns the camera by angles in degrees.
func (p *Panels) Orbit(yaw, pitch float64) { p.scene.orbit(yaw, pitch) }

// SelectRect selects the points seen in a part of the scene, given in fractions of
// its width and height; the answer comes some frames later.
func (p *Panels) SelectRect(x0, y0, x1, y1 float64) { p.scene.selectRect(x0, y0, x1, y1) }

// SetPreset looks from a fixed direction.
func (p *Panels) SetPreset(preset gfx.Preset) { p.scene.setPreset(preset) }

// Tool is what dragging in the scene does.
func (p *Panels) Tool() Tool { return p.scene.tool }

// SetTool changes it.
func (p *Panels) SetTool(t Tool) { p.scene.tool = t }

// Through tells whether areas select hidden points too.
func (p *Panels) Through() bool { return p.scene.through.on }

// SetThrough changes it.
func (p *Panels) SetThrough(on bool) { p.scene.through.on = on }

// Camera is where the camera is, how often the user has moved it, and whether it and
// the mouse rest.
func (p *Panels) Camera() (c gfx.Camera, steered int, resting bool) {
	s := p.scene
	resting = s.window != nil && s.renderer != nil && !s.glide.on && !s.fly.on && s.drag.kind == dragNone &&
		time.Since(s.moved) > restTime && !imgui.IsAnyMouseDown()
	return s.view.Camera, s.steered, resting
}

// SetCamera moves the camera, with a glide.
func (p *Panels) SetCamera(c gfx.Camera) {
	if c != p.scene.target() {
		p.scene.glideTo(c)
	}
}

// Save writes the scene as a PNG file, or begins to write several.
func (p *Panels) Save(opt SaveOptions) error { return p.scene.save(opt) }

// Saving reports that a sequence of pictures is being saved.
func (p *Panels) Saving() bool { return p.scene.saver.on() }

// CancelSave ends it; what is saved stays.
func (p *Panels) CancelSave() { p.scene.saver.cancel() }

// ColorBy sets the colouring: "Color", "constant", or an attribute and component.
func (p *Panels) ColorBy(name string) error { return colorBy(p.host.Session, name) }

// Colorings are the names that ColorBy knows now.
func (p *Panels) Colorings() []string { return p.display.colorings() }

// The pop-ups' commands.

// ShowPreferences opens the preferences; apply is called after each change.
func (p *Panels) ShowPreferences(apply func(old settings.Preferences)) {
	p.popups.showPreferences(apply)
}

// ShowPalette opens the search over all actions.
func (p *Panels) ShowPalette() { p.popups.showPalette() }

// ShowShortcuts opens the list of keys.
func (p *Panels) ShowShortcuts() { p.popups.show(popupShortcuts) }

// ShowMessages opens the list of messages.
func (p *Panels) ShowMessages() { p.popups.show(popupMessages) }

// ShowAbout opens the box about the program.
func (p *Panels) ShowAbout() { p.popups.show(popupAbout) }

// AskOpen asks for a folder or files.
func (p *Panels) AskOpen(folder bool, done func(paths []string)) { p.popups.askOpen(folder, done) }

// AskSave asks how to save a picture or a sequence of them, and saves it.
func (p *Panels) AskSave(sequence bool) { p.popups.askSave(sequence) }
