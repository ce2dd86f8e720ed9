// Package panel holds the window's panels, one file each: it reads the session,
// draws, and asks for actions. A panel knows no other panel; what they share lies
// in the Host and in the session.
package panel

import (
	"time"

	"github.com/AllenDang/cimgui-go/imgui"

	"iceexplorer/app/action"
	"iceexplorer/app/player"
	"iceexplorer/app/session"
	"iceexplorer/app/settings"
	"iceexplorer/app/window"
	"iceexplorer/gfx"
	"iceexplorer/jobs"
)

// Host is what panels read and ask.
type Host struct {
	Session  *session.Session
	Player   *player.Player
	Actions  *action.Registry
	Settings *settings.Settings
	Stats    func() jobs.Stats
	Version  string

	// HeadMoved is called after a panel has moved the player's head.
	HeadMoved func()
	// CloseLayer closes a sequence and brings the player up to what is left.
	CloseLayer func(*session.Layer)
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

// Layout is where the panels are at first.
var Layout = window.Layout{
	Center: []string{nameScene},
	Splits: []window.Split{
		{Side: window.Bottom, Ratio: 0.15, Windows: []string{nameTimeline}},
		{Side: window.Left, Ratio: 0.21, Windows: []string{nameBrowser}},
		{Side: window.Right, Ratio: 0.2, Windows: []string{nameDisplay}},
	},
}

// Panels are all panels with what they remember.
type Panels struct {
	host   Host
	window *window.Window
	hidden map[string]bool

	scene    *scenePanel
	browser  *browserPanel
	display  *displayPanel
	timeline *timelinePanel
	bars     *bars
	popups   *popups
}

// New makes the panels; they can be drawn after Attach.
func New(h Host) *Panels {
	p := &Panels{host: h, hidden: map[string]bool{}}
	p.scene = newScenePanel(&p.host)
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

// Bars draws menu bar, toolbar and status bar.
func (p *Panels) Bars() { p.bars.draw() }

// Draw draws the docked panels and what lies above them.
func (p *Panels) Draw() {
	imgui.PushStyleVarVec2(imgui.StyleVarWindowPadding, imgui.Vec2{})
	p.panel(nameScene, imgui.WindowFlagsNoScrollbar|imgui.WindowFlagsNoScrollWithMouse, func() {
		imgui.PopStyleVar()
		p.scene.draw()
		imgui.PushStyleVarVec2(imgui.StyleVarWindowPadding, imgui.Vec2{})
	})
	imgui.PopStyleVar()
	p.panel(nameBrowser, 0, p.browser.draw)
	p.panel(nameDisplay, 0, p.display.draw)
	p.panel(nameTimeline, imgui.WindowFlagsNoScrollbar|imgui.WindowFlagsNoScrollWithMouse, p.timeline.draw)
	p.popups.draw()
}

// panel draws a window that can be hidden.
func (p *Panels) panel(name string, flags imgui.WindowFlags, draw func()) {
	if p.hidden[name] {
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
		p.hidden[name] = true
	}
}

// Shown reports whether a panel is shown.
func (p *Panels) Shown(name string) bool { return !p.hidden[name] }

// Toggle shows or hides a panel.
func (p *Panels) Toggle(name string) { p.hidden[name] = !p.hidden[name] }

// ShowAll shows every panel.
func (p *Panels) ShowAll() { clear(p.hidden) }

// NextDue is when something must be drawn without input: a message goes away.
func (p *Panels) NextDue(now time.Time) (time.Time, bool) { return p.popups.nextDue(now) }

// Copy puts text on the clipboard.
func (p *Panels) Copy(text string) { imgui.SetClipboardText(text) }

// The scene's commands.

// FrameAll moves the camera so that everything is in view.
func (p *Panels) FrameAll() { p.scene.frameAll() }

// SetPreset looks from a fixed direction.
func (p *Panels) SetPreset(preset gfx.Preset) { p.scene.setPreset(preset) }

// Tool is what dragging in the scene does.
func (p *Panels) Tool() Tool { return p.scene.tool }

// SetTool changes it.
func (p *Panels) SetTool(t Tool) { p.scene.tool = t }

// SavePicture writes the scene as a PNG file.
func (p *Panels) SavePicture(path string) error { return p.scene.savePicture(path) }

// ColorBy sets the colouring: "Color", "constant", or an attribute and component.
func (p *Panels) ColorBy(name string) error { return colorBy(p.host.Session, name) }

// The pop-ups' commands.

// ShowPreferences opens the preferences; apply is called after each change.
func (p *Panels) ShowPreferences(apply func()) { p.popups.showPreferences(apply) }

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

// AskSave asks for a file to write.
func (p *Panels) AskSave(name string, done func(path string)) { p.popups.askSave(name, done) }
