package app

import (
	"path/filepath"

	"iceexplorer/app/panel"
	"iceexplorer/app/panel/about"
	"iceexplorer/app/panel/browser"
	"iceexplorer/app/panel/files"
	"iceexplorer/app/panel/menubar"
	"iceexplorer/app/panel/messages"
	"iceexplorer/app/panel/palette"
	"iceexplorer/app/panel/preferences"
	"iceexplorer/app/panel/shortcuts"
	"iceexplorer/app/panel/statusbar"
	"iceexplorer/app/panel/timeline"
	"iceexplorer/app/panel/toolbar"
	"iceexplorer/app/settings"
	"iceexplorer/app/widget"
	"iceexplorer/jobs"
)

// makePanels makes the parts of the window. A new panel is a package below app/panel and
// a line in register: its place, its menu entry and its action follow from that.
func (a *App) makePanels() {
	h := &panel.Host{
		Session: a.session, Look: a.look, Stage: a.stage, Saver: a.saver, Exists: a.exists, Post: a.post, Actions: a.actions, Settings: a.settings, Scale: func() float32 { return a.window.Scale() },
		Ask: func(opt widget.BrowseOptions, done func([]string)) { a.files.Ask(opt, done) }, Show: func(name string) { a.ui.Show(name) },
	}
	a.files = files.New(h, a.opt.Disk, func() files.Window { return a.window })
	a.panels = panel.New(h)
	a.ui = panel.NewSet(a.settings, a.register(h)...)
}

// register lists the parts of the window, in the order in which they are built.
func (a *App) register(h *panel.Host) []panel.Panel {
	stats := func() jobs.Stats { return a.pool.Stats() }
	old := a.panels.List()
	return append([]panel.Panel{
		menubar.New(h),
		toolbar.New(h),
		statusbar.New(h, stats, a.saver.Progress),
		old[0],
		browser.New(h),
		old[1],
		timeline.New(h),
		shortcuts.New(h),
		messages.New(h),
		about.New(about.Facts{Version: a.opt.Version, Driver: func() string { return a.renderer.Driver() }, Stats: stats}),
		preferences.New(h, func(old settings.Preferences) { a.preferred(old) }),
		palette.New(h),
		a.files.Panel(),
		messages.NewToast(h),
	}, old[2:]...)
}

// askOpen asks for a folder of caches, or for single ones, beside what was opened last.
func (a *App) askOpen(folder bool) {
	dir := ""
	if r := a.settings.Recent; len(r) > 0 {
		dir = filepath.Dir(r[0])
	}
	a.files.AskOpen(folder, dir, a.drop)
}
