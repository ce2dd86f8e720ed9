// Package app is the program behind the window: it brings session, pool, stage,
// renderer, panels and actions together, each of which is a package of its own.
package app

import (
	"context"
	"errors"
	"image"
	"log/slog"
	"os"
	"sync"
	"sync/atomic"
	"time"

	"iceexplorer/app/action"
	"iceexplorer/app/action/keymap"
	"iceexplorer/app/action/script"
	"iceexplorer/app/disk"
	"iceexplorer/app/ending"
	"iceexplorer/app/exporting"
	"iceexplorer/app/folder"
	"iceexplorer/app/inspect/charts"
	"iceexplorer/app/inspect/cores"
	"iceexplorer/app/inspect/probing"
	"iceexplorer/app/inspect/spread"
	"iceexplorer/app/logbook"
	"iceexplorer/app/look"
	"iceexplorer/app/panel"
	"iceexplorer/app/panel/browser"
	"iceexplorer/app/panel/exporter"
	"iceexplorer/app/panel/files"
	"iceexplorer/app/panel/save"
	"iceexplorer/app/panel/scene"
	"iceexplorer/app/panel/sessions"
	"iceexplorer/app/panel/shortcuts"
	"iceexplorer/app/panel/spreadsheet"
	"iceexplorer/app/session"
	"iceexplorer/app/settings"
	"iceexplorer/app/stage"
	"iceexplorer/app/window"
	"iceexplorer/assets/icon"
	"iceexplorer/cache"
	"iceexplorer/gfx"
	"iceexplorer/jobs"
	"iceexplorer/jobs/scratch"
)

// Options of Run.
type Options struct {
	Paths         []string
	Sample        bool   // open the built-in sample
	Script        string // file of actions to run; "" for none, "-" for standard input
	Hidden        bool   // no window appears
	Version       string
	Build         string        // must be the workers' too
	WorkerCommand []string      // starts a worker
	Jobs          int           // workers; 0: the preference
	NoConvert     bool          // whatever the preference says
	Debug         bool          // report OpenGL errors
	Log           *logbook.Book // what the panel Log shows; nil: nothing is kept

	Disk disk.Disk // where folders and files are looked at; nil: the machine's own
}

// App is the running program. All but post belongs to the window's loop.
type App struct {
	opt       Options
	settings  *settings.Settings
	keeper    *settings.Keeper // writes them
	passing   *scratch.Folder  // where they are kept until the program ends; nil: in the user's folder
	pool      *jobs.Pool
	session   *session.Session
	look      *look.Desk
	actions   *action.Registry
	keys      *keymap.Map
	stage     *stage.Stage
	charts    *charts.Charts
	probe     *probing.Probe
	saver     *stage.Saver
	exports   *exporting.Desk
	panels    *panel.Set
	scene     *scene.Panel
	saving    *save.Dialogs
	exporter  *exporter.Dialog
	shortcuts *shortcuts.Window
	files     *files.Chooser
	presence  *folder.Presence // of what was opened lately
	spread    *spread.Spread
	browser   *browser.Browser
	points    *spreadsheet.Spreadsheet
	renderer  *gfx.Renderer
	window    *window.Window
	runner    *script.Runner
	fonts     fontWatch
	changes   changes
	sessions  *sessions.Dialogs
	view      view
	recovery  recovery
	unsaved   unsaved

	scriptErr   error
	scriptBegun bool
	doErr       error                   // of the last action that went on beside the loop
	working     int                     // actions that go on beside the loop
	checked     time.Time               // when sources were last looked at for changes
	checking    map[*session.Layer]bool // whose source is being looked at
	folder      string                  // that relative paths begin in

	mu    sync.Mutex
	ready func(func()) bool // the window's Post, once there is a window
	early []func()          // posted before
	news  chan struct{}     // something was posted before

	interrupted atomic.Bool     // a signal ends the program
	ctx         context.Context // ends with the program
	cancel      context.CancelFunc
	samples     sync.WaitGroup  // makeSample
	making      bool            // the sample
	sample      *scratch.Folder // where it lies
}

// Run opens the window and returns when it was closed.
func Run(opt Options) error {
	if opt.Disk == nil {
		opt.Disk = disk.System{}
	}
	if opt.Log == nil {
		opt.Log = &logbook.Book{}
	}
	a := &App{opt: opt, look: look.NewDesk(), news: make(chan struct{}, 1), checking: map[*session.Layer]bool{}}
	a.folder, _ = os.Getwd() // without one relative paths are not remembered
	a.ctx, a.cancel = context.WithCancel(context.Background())
	defer ending.Watch(endsWithin, a.askedToEnd, func() { ending.Exit(statusInterrupted, endsWithin/2, a.removeSample) })()
	var notices []string
	a.loadSettings(&notices)
	a.findLeft()
	var steps *script.Script
	if opt.Script != "" && opt.Script != live {
		var err error
		if steps, err = readScript(opt.Script); err != nil {
			return err
		}
	}
	notices = a.makePool(notices)
	defer a.end()
	a.makeSession()
	a.session.Subscribe(func(c session.Change) {
		a.changedSession(c)
		a.wake()
	})
	a.stage = stage.New(stage.Options{Session: a.session, Look: a.look, Post: a.post, Wake: a.wake, Now: time.Now, Only: a.drawnOnly, Pool: a.pool})
	a.saver = stage.NewSaver(a.stage)
	if opt.Script == "" { // scripts begin with one pane
		a.stage.SetQuad(a.settings.Quad)
	}
	a.applyPreferences()
	if err := a.look.SetColormap(a.settings.Preferences.Colormap); err != nil {
		notices = append(notices, err.Error())
	}
	for _, n := range notices {
		a.session.Tell(session.Warning, n)
	}
	a.actions = action.NewRegistry()
	a.actions.Why = a.why
	a.actions.Succeeded = func(id string) {
		a.recovery.touched = true
		a.session.Settle(session.About(id))
	}
	a.keys = keymap.New(a.actions, a.keepKeys)
	a.makePanels()
	a.presence.Look(a.settings.Recent)
	a.look.Subscribe(a.noteLook)
	if err := a.actions.Add(a.list()...); err != nil {
		return err
	}
	for _, fault := range a.keys.Restore(a.settings.Shortcuts) {
		a.session.Tell(session.Warning, fault)
	}
	if err := a.makeRunner(steps); err != nil {
		return err
	}
	a.open(nil, opt.Paths...)
	a.settle(startWait)
	if opt.Sample {
		a.startSample()
	}
	kept, keepLayout := a.layout()
	err := window.Run(window.Config{
		Title: "ICE Explorer", Icons: []image.Image{icon.Picture(16), icon.Picture(32), icon.Picture(48)}, Width: a.settings.Window.Width, Height: a.settings.Window.Height,
		Maximized: a.settings.Window.Maximized, Hidden: opt.Hidden, Scale: float32(a.settings.Preferences.ThemeScale), SizedFor: float32(a.settings.Window.Scale),
		Theme: window.ThemeNamed(a.settings.Preferences.Theme),
		Kept:  kept, KeepLayout: keepLayout, Layout: a.panels.Docking(),
		OnGL: a.onGL, OnGLDestroy: a.onGLDestroy, BeforeFrame: a.beforeFrame,
		Bars: a.panels.Bars, Panels: a.panels.Build, NextDue: a.nextDue,
		Actions: a.actions, Captured: a.captured, Firing: a.stage.Aim, OnActionError: func(_ *action.Action, err error) { a.tell(err) },
		OnClose: a.mayClose, OnDrop: a.drop, OnLack: a.needFonts, OnPanic: a.panicked,
	})
	return errors.Join(err, a.scriptErr)
}

// makePool starts the pool of workers, and adds to the notices why there are fewer workers
// than asked for.
func (a *App) makePool(notices []string) []string {
	prefs := &a.settings.Preferences
	asked := a.opt.Jobs
	if asked == 0 {
		asked = prefs.Workers
	}
	workers, note := jobs.Workers(asked)
	if note != "" {
		notices = append(notices, note)
	}
	pool := jobs.Options{
		Command: a.opt.WorkerCommand, Build: a.opt.Build, Workers: workers,
		MaxBytes: uint64(prefs.CacheMaxBytes), CloseGrace: endsWithin / 2, Log: slog.Default(),
		MakeRoom:   func(need jobs.Need, r jobs.Request) bool { return a.session.AskRoom(a.ctx, need, r) },
		StartTries: -1, TroubleChanged: func() { a.post(a.wake) },
	}
	pool.Scratch.Budget = uint64(prefs.ScratchBytes)
	a.pool = jobs.New(pool)
	cores.Yield()
	return notices
}

func (a *App) makeSession() {
	a.session = session.New(a.pool, a.post, session.Options{
		Convert: a.settings.Preferences.Convert && !a.opt.NoConvert, ConvertTo: a.settings.Preferences.ConvertTo, Verify: a.settings.Preferences.Verify, Budget: a.pool.Stats().ScratchBudget, Log: slog.Default(),
		Disk: a.opt.Disk, Drawn: func(l *session.Layer) []string {
			v := a.look.Of(l.ID)
			return v.Columns()
		},
		Prepare: func(l *session.Layer, f *cache.Frame, number cache.Number, key uint64) func() {
			return a.stage.PrepareFrame(l, f, number, key)
		},
	})
	a.look.Layer = func() int {
		if l := a.session.Active(); l != nil {
			return l.ID
		}
		return 0
	}
	a.spread = spread.New(a.session, &a.settings.Spreadsheet, a.post, a.wake)
}

func (a *App) onGL(w *window.Window) error {
	r, err := gfx.New(window.ProcAddr, gfx.Options{Debug: a.opt.Debug})
	if err != nil {
		return err
	}
	if r.Software() {
		window.KeepHeap()
	}
	a.renderer, a.window = r, w
	a.stage.Attach(r)
	a.mu.Lock()
	a.ready = w.Post
	early := a.early
	a.early = nil
	a.mu.Unlock()
	for _, f := range early {
		f()
	}
	if a.opt.Script == live {
		go a.listen()
	}
	if a.ctx.Err() != nil { // asked to end before there was a window
		w.Fail(nil)
	}
	return nil
}

func (a *App) onGLDestroy() {
	if a.window == nil {
		return // onGL failed
	}
	w := &a.settings.Window
	w.Width, w.Height, w.Maximized = a.window.Size()
	w.Scale = float64(a.window.Scale())
	a.scene.Free()
	a.renderer.Free()
}

// post runs f on the loop, from any goroutine; once the window is gone f does not
// run.
func (a *App) post(f func()) {
	a.mu.Lock()
	ready := a.ready
	if ready == nil {
		a.early = append(a.early, f)
		select {
		case a.news <- struct{}{}:
		default:
		}
	}
	a.mu.Unlock()
	if ready != nil {
		ready(f)
	}
}

func (a *App) wake() {
	if a.window != nil {
		a.window.Wake()
	}
}

func (a *App) tell(err error) {
	if err != nil {
		panel.TellError(a.session, err)
		a.wake()
	}
}

// panicked reports a fault of our own, which fails a script.
func (a *App) panicked(err error) {
	a.session.Tell(session.Error, err.Error())
	if a.opt.Script != "" && a.scriptErr == nil {
		a.scriptErr = err
	}
}

func (a *App) beforeFrame(now time.Time) {
	a.session.Advance(now)
	if a.saver.Saving() {
		a.session.Resume() // frames that it waits for must come, even if loading was canceled
	}
	a.watchFonts()
	a.spread.Follow(a.panels.Shown(spreadsheet.Name))
	a.takeOver()
	a.noteCamera(now)
	a.tickScript(now)
	a.keepSession()
	a.charts.Update()
	a.probe.Update()
	if now.Sub(a.checked) > changeInterval && !a.session.Playing() {
		a.checked = now
		a.checkChanges()
	}
}

func (a *App) nextDue(now time.Time) (due time.Time, ok bool) {
	due, ok = a.session.NextDue(now)
	if a.runner != nil && !a.scriptWaits() {
		if d, has := a.runner.NextDue(now); has && (!ok || d.Before(due)) {
			due, ok = d, true
		}
	}
	if d, has := a.panels.Due(now); has && (!ok || d.Before(due)) {
		due, ok = d, true
	}
	return due, ok
}
