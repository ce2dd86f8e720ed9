package app

import (
	"errors"
	"path/filepath"

	"github.com/AllenDang/cimgui-go/imgui"

	"iceexplorer/app/action"
	"iceexplorer/app/dialog"
	"iceexplorer/app/export"
	"iceexplorer/app/exporting"
	"iceexplorer/app/folder"
	"iceexplorer/app/inspect/charts"
	"iceexplorer/app/inspect/probing"
	"iceexplorer/app/panel"
	"iceexplorer/app/panel/about"
	"iceexplorer/app/panel/attributes"
	"iceexplorer/app/panel/browser"
	"iceexplorer/app/panel/camera"
	"iceexplorer/app/panel/display"
	"iceexplorer/app/panel/exporter"
	"iceexplorer/app/panel/files"
	"iceexplorer/app/panel/histogram"
	"iceexplorer/app/panel/log"
	"iceexplorer/app/panel/menubar"
	"iceexplorer/app/panel/messages"
	"iceexplorer/app/panel/palette"
	"iceexplorer/app/panel/preferences"
	"iceexplorer/app/panel/probe"
	"iceexplorer/app/panel/profile"
	"iceexplorer/app/panel/save"
	"iceexplorer/app/panel/scene"
	"iceexplorer/app/panel/sessions"
	"iceexplorer/app/panel/shortcuts"
	"iceexplorer/app/panel/spreadsheet"
	"iceexplorer/app/panel/statusbar"
	"iceexplorer/app/panel/timeline"
	"iceexplorer/app/panel/toolbar"
	"iceexplorer/app/panel/work"
	"iceexplorer/app/settings"
	"iceexplorer/app/window"
	"iceexplorer/cache/export/formats"
	"iceexplorer/jobs"
)

// makePanels makes the parts of the window. A new panel takes a package below app/panel and
// a line in register: its place, its menu entry and its action follow from that.
func (a *App) makePanels() {
	h := &panel.Host{Session: a.session, Look: a.look, Actions: a.actions, Settings: a.settings, Scale: func() float32 { return a.window.Scale() }}
	a.charts = charts.New(charts.Options{Session: a.session, Post: a.post, Filter: func() string { return a.spread.Sheet().Filter() }})
	a.probe = probing.New(probing.Options{Session: a.session, Pool: a.pool, Post: a.post, Wake: a.wake, Defaults: a.probeDefaults})
	a.presence = folder.NewPresence(a.opt.Disk, a.post)
	a.files = files.New(h, files.Options{Disk: a.opt.Disk, Post: a.post, Window: func() files.Window { return a.window }, Save: a.saveSettings, Presence: a.presence})
	a.saving = save.New(h, save.Options{
		Saver: a.saver, Ask: a.files.Ask, Show: func(name string) { a.panels.Show(name) }, Exists: a.exists, Post: a.post,
	})
	a.sessions = sessions.New(h, sessions.Options{
		Save: a.saveSession, Loss: a.loss, Answer: a.answer, Lost: a.missingNames, Relink: a.relinkAsked, Folder: a.recentFolder,
		Ask: a.files.Ask, Show: func(name string) { a.panels.Show(name) }, Exists: a.exists, Post: a.post,
	})
	a.exports = exporting.New(exporting.Options{
		Session: a.session, Pool: a.pool, Kinds: export.Caches(formats.All()), Filter: func() string { return a.spread.Sheet().Filter() }, Post: a.post, Wake: a.wake,
	})
	a.exporter = exporter.New(h, exporter.Options{
		Desk: a.exports, Ask: a.files.Ask, Show: func(name string) { a.panels.Show(name) }, Reveal: a.reveal, Copy: func(text string) { a.window.Copy(text) },
	})
	a.scene = scene.New(h, a.stage, a.saver, func() uint32 { return a.renderer.Texture() })
	a.scene.Restorable, a.scene.Gone = a.restorable, a.presence.Gone
	a.points = spreadsheet.New(h, spreadsheet.Options{
		Spread: a.spread, Font: func() *imgui.Font { return a.window.Fonts().Mono }, Copy: func(text string) { a.window.Copy(text) },
	})
	a.shortcuts = shortcuts.New(h, shortcuts.Options{Keys: a.keys, Navigation: a.stage.Navigation, Pressed: window.Pressed})
	a.browser = browser.New(h)
	a.panels = panel.NewSet(a.settings, a.register(h)...)
}

// register lists the parts of the window, in the order in which they are built.
func (a *App) register(h *panel.Host) []panel.Panel {
	stats := func() jobs.Stats { return a.pool.Stats() }
	driver := func() string { return a.renderer.Driver() }
	search := palette.New(h)
	h.Ask = func(id string) {
		search.Ask(id)
		a.panels.Show(palette.Name)
	}
	told := messages.Options{Reveal: a.revealPath, Copy: func(text string) { a.window.Copy(text) }}
	return []panel.Panel{
		menubar.New(h, menubar.Recent{Look: func() { a.presence.Look(a.settings.Recent) }, Gone: a.presence.Gone, Forget: a.forgetGone}),
		toolbar.New(h),
		statusbar.New(h, stats, a.progress),
		a.scene.Panel(),
		a.browser.Panel(),
		attributes.New(h, a.charts),
		display.New(h, a.stage),
		camera.New(h, a.stage),
		histogram.New(h, a.charts.Histogram, a.numbers),
		profile.New(h, a.charts.Profile),
		timeline.New(h, profile.NewPlot(h, a.charts.Profile).Strip),
		a.points.Panel(),
		work.New(h, func() work.Pool { return a.pool }),
		log.New(a.opt.Log, func() { a.post(a.wake) }, func(text string) { a.window.Copy(text) }),
		probe.New(h, a.probe, func() *imgui.Font { return a.window.Fonts().Mono }, func(text string) { a.window.Copy(text) }),
		a.shortcuts.Panel(),
		messages.New(h, told),
		about.New(about.Facts{Version: a.opt.Version, Driver: driver, Stats: stats}),
		a.preferences(h),
		a.saving.Picture(),
		a.saving.Sequence(),
		a.sessions.SaveAs(),
		a.sessions.Missing(),
		a.sessions.Unsaved(),
		a.exporter.Panel(),
		search.Panel(),
		a.files.Panel(),
		messages.NewToast(h, told),
	}
}

// browse asks for caches, sessions or folders of them, beginning in a folder, "" in that of last.
func (a *App) browse(dir string) {
	if dir == "" {
		dir = a.recentFolder()
	}
	a.files.Open(folder.Options{Title: "Open", Dir: dir, Multi: true}, a.drop)
}

// browseSessions asks for a session.
func (a *App) browseSessions() {
	a.files.Open(folder.Options{Title: "Open session", Dir: a.recentFolder(), Want: folder.Sessions}, a.drop)
}

// openBySystem asks with the system's dialog, or with ours where it has none.
func (a *App) openBySystem(folders bool) {
	dir := a.recentFolder()
	a.files.OpenBySystem(folders, dir, func(paths []string, err error) {
		switch {
		case errors.Is(err, dialog.ErrUnavailable):
			a.browse(dir)
		case len(paths) > 0:
			a.drop(paths)
		}
	})
}

func (a *App) preferences(h *panel.Host) panel.Panel {
	return preferences.New(h, preferences.Options{
		Apply: func(old settings.Preferences) {
			a.preferred(old)
			a.playPreferred()
		},
		Preview: func(scale float64) { a.window.SetScale(float32(scale)) },
		Ask:     a.files.Ask, Show: func(name string) { a.panels.Show(name) },
		Keys: func() { h.Run("shortcuts") },
	})
}

// recentFolder is the folder that is preferred, or where files were last opened; "" if none were.
func (a *App) recentFolder() string {
	for _, dir := range []string{a.settings.Preferences.OpenDir, a.settings.Folder} {
		if dir != "" {
			return dir
		}
	}
	if r := a.settings.Recent; len(r) > 0 {
		return filepath.Dir(r[0])
	}
	return ""
}

// captured reports that a panel takes a key itself now.
func (a *App) captured(k action.Shortcut) bool {
	if a.shortcuts.Waits() {
		return true
	}
	if k.Mods == 0 && k.Key == action.KeyF2 && a.browser.HasKeys() {
		return true
	}
	if k.Mods == 0 && (k.Key == action.KeyHome || k.Key == action.KeyEnd) && a.points.HasKeys() {
		return true
	}
	return a.scene.Captured(k)
}
