package app

import (
	"log/slog"
	"os"
	"path/filepath"

	"iceexplorer/app/look"
	"iceexplorer/app/player"
	"iceexplorer/app/session"
	"iceexplorer/app/settings"
	"iceexplorer/app/stage"
	"iceexplorer/app/window"
	"iceexplorer/jobs/scratch"
)

func (a *App) loadSettings(notices *[]string) {
	dir, err := settings.Dir()
	if err == nil {
		err = os.MkdirAll(dir, 0o700) // say now if it cannot be written to later
	}
	if err != nil {
		*notices = append(*notices, "preferences and layout are kept until the program ends only: "+err.Error())
		dir = a.passingFolder()
	}
	if a.settings, err = settings.Load(dir); err != nil {
		*notices = append(*notices, err.Error())
	}
	a.keeper = settings.NewKeeper()
	a.keeper.Told = func(path string, err error) { a.post(func() { a.told(path, err) }) }
}

// passingFolder is a folder for the settings of a user who has none, which nobody else can have
// made: names in the folder for temporary files are anybody's. If there is none either, it is
// one that cannot be made.
func (a *App) passingFolder() string {
	var err error
	if a.passing, err = scratch.TempFolder("settings"); err != nil {
		slog.Warn("make a folder for the settings", "error", err)
		return filepath.Join(os.DevNull, "settings")
	}
	return a.passing.Path()
}

// removeSettings removes what is not kept longer than the program runs: first what recovery
// removes, which may lie elsewhere.
func (a *App) removeSettings(recovery func()) {
	recovery()
	if a.passing == nil {
		return
	}
	if err := a.passing.Remove(); err != nil {
		slog.Warn("remove the folder of the settings", "error", err)
	}
}

// applyPreferences sets up session, look and stage as the preferences say.
func (a *App) applyPreferences() {
	p := &a.settings.Preferences
	a.session.SetFPS(p.FPS)
	a.playPreferred()
	a.look.Prefer(p.PointSize)
	a.stage.SetZUp(p.ZUp)
	a.stage.SetGridUnit(gridUnit(p.GridUnits))
	a.navigate()
	a.dress()
}

// gridUnit is what stands behind the numbers of the grid.
func gridUnit(unit string) string {
	if unit == settings.GridUnits[0] {
		return ""
	}
	return unit
}

// dress gives window and scene the colours of the theme.
func (a *App) dress() {
	sky := look.DarkSky
	if a.settings.Preferences.Theme == window.Light.Name {
		sky = look.LightSky
	}
	a.look.Follow(sky)
	if a.window != nil {
		a.window.SetTheme(window.ThemeNamed(a.settings.Preferences.Theme))
	}
}

// playPreferred sets how playing goes on.
func (a *App) playPreferred() {
	p := &a.settings.Preferences
	if m, ok := player.ParseMode(p.PlayMode); ok {
		a.session.SetMode(m)
	}
	if l, ok := player.ParseLoop(p.Loop); ok {
		a.session.SetLoop(l)
	}
	a.session.SetInterpolate(p.Interpolate)
	if g, ok := session.ParseGaps(p.Gaps); ok {
		a.session.SetGaps(g)
	}
}

// navigate sets whose mouse and keys move the camera.
func (a *App) navigate() {
	if n, ok := stage.ParseNavigation(a.settings.Preferences.Navigation); ok {
		a.stage.SetNavigation(n)
	}
}

// preferred applies preferences that have changed.
func (a *App) preferred(old settings.Preferences) {
	p := &a.settings.Preferences
	if *p == old {
		return
	}
	if p.FPS != old.FPS {
		a.session.SetFPS(p.FPS)
	}
	a.look.Prefer(p.PointSize)
	a.stage.SetZUp(p.ZUp)
	a.stage.SetGridUnit(gridUnit(p.GridUnits))
	a.navigate()
	if p.Workers != old.Workers {
		a.pool.SetWorkers(p.Workers)
	}
	if p.ScratchBytes != old.ScratchBytes {
		a.pool.SetBudget(uint64(p.ScratchBytes))
		a.session.SetBudget(a.pool.Stats().ScratchBudget)
	}
	if p.Convert != old.Convert {
		a.session.SetConvert(p.Convert && !a.opt.NoConvert)
	}
	a.session.SetConvertTo(p.ConvertTo)
	if p.Verify != old.Verify {
		a.session.SetVerify(p.Verify)
	}
	if p.ThemeScale != old.ThemeScale {
		a.window.SetScale(float32(p.ThemeScale))
	}
	if p.Theme != old.Theme {
		a.dress()
	}
	a.saveSettings()
}

// saveSettings has the settings written beside the loop.
func (a *App) saveSettings() {
	if err := a.settings.Save(a.keeper); err != nil {
		a.told(a.settings.PreferencesPath(), err)
	}
}

// layout is the layout of the panels in an earlier run, and a function that keeps it for
// the next.
func (a *App) layout() (kept string, keep func(string)) {
	kept, ok := a.settings.Layout()
	if !ok {
		return "", nil
	}
	return kept, func(text string) { a.keeper.Keep("the layout", a.settings.LayoutPath(), []byte(text)) }
}

// told reports a settings file that cannot be written, until it can.
func (a *App) told(path string, err error) {
	about := session.About("settings " + path)
	if err != nil {
		a.session.TellOf(about, session.Error, err.Error())
	} else {
		a.session.Settle(about)
	}
}
