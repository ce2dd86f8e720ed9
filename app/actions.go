package app

import (
	"fmt"
	"io"
	"strings"

	"iceexplorer/app/action"
	"iceexplorer/app/look"
	"iceexplorer/app/panel/about"
	"iceexplorer/app/panel/messages"
	"iceexplorer/app/panel/palette"
	"iceexplorer/app/panel/preferences"
	"iceexplorer/app/panel/shortcuts"
	"iceexplorer/app/session"
	"iceexplorer/app/settings"
	"iceexplorer/assets"
)

// do turns a function that cannot fail and takes no arguments into an action's Do.
func do(f func()) func(action.Args) error {
	return func(action.Args) error {
		f()
		return nil
	}
}

// show makes an action's Do that opens a dialog.
func (a *App) show(name string) func(action.Args) error { return do(func() { a.panels.Show(name) }) }

// list is everything a user can do.
func (a *App) list() []action.Action {
	var all []action.Action
	for _, part := range [][]action.Action{a.undoActions(), a.openActions(), a.sessionActions(), a.recentActions(), a.layerActions(), a.exportActions(), a.fileActions(), a.editActions(), a.viewActions(), a.layoutActions(), a.sheetActions(), a.chartActions(), a.probeActions(), a.playActions(), a.paceActions(), a.frameBookmarkActions(), a.headActions(), a.timeActions(), a.timingActions(), a.arrangeActions(), a.jobActions(), a.preferenceActions(), a.helpActions()} {
		all = append(all, part...)
	}
	return all
}

// longUsage is how many letters of an action and its parameters fit beside its keys and help.
const longUsage = 60

// PrintActions lists every action: how scripts write it, its keys, and what it does.
func PrintActions(w io.Writer) error {
	a := &App{settings: settings.Default(""), look: look.NewDesk()}
	a.session = session.New(nil, nil, session.Options{})
	a.actions = action.NewRegistry()
	a.makePanels()
	if err := a.actions.Add(a.list()...); err != nil {
		return err
	}
	var out strings.Builder
	row := func(usage, keys, help string) {
		if len(usage) > longUsage { // a line of its own, or it would move all others aside
			out.WriteString(usage + "\n")
			usage = ""
		}
		fmt.Fprintf(&out, "%-*s  %-22s  %s\n", longUsage, usage, keys, help)
	}
	for _, x := range a.actions.All() {
		var keys []string
		for _, k := range x.Shortcuts() {
			keys = append(keys, k.String())
		}
		row(x.Usage(), strings.Join(keys, " or "), x.Help)
		for _, p := range x.Params {
			if p.Help != "" {
				row("    "+p.Name, "", p.Help)
			}
		}
	}
	_, err := io.WriteString(w, out.String())
	return err
}

func (a *App) hasLayers() bool { return len(a.session.Layers()) > 0 }
func (a *App) hasFrames() bool { return len(a.session.Frames()) > 0 }

func (a *App) openActions() []action.Action {
	return []action.Action{
		{
			ID: "browse", Aliases: []string{"open-folder", "open-files"}, Label: "Open...", Menu: "File", Group: "open", Icon: assets.IconFolderOpen, Keys: []string{"Ctrl+O"},
			Help: "Open sequences, sessions or folders of caches", Params: []action.Param{{Name: "folder", Kind: action.Path, Optional: true, Help: "Where to begin; without it where something was opened last"}},
			Do: func(args action.Args) error {
				dir := ""
				if args.Has("folder") {
					dir = args.Text("folder")
				}
				a.browse(dir)
				return nil
			},
		},
		{
			ID: "open-by-system", Label: "Open by system dialog...", Icon: assets.IconFiles, Menu: "File", Group: "open", Keys: []string{"Ctrl+Shift+O"},
			Help: "Open caches with the dialog of the system", Params: []action.Param{{Name: "folders", Kind: action.Switch, Optional: true, Help: "on: a folder of caches, off: files"}},
			Do: func(args action.Args) error {
				a.openBySystem(args.Switch("folders", true))
				return nil
			},
		},
		{
			ID: "open", Also: "import load file", Label: "Open path", Help: "Open files, folders or sequences by their paths",
			Params: []action.Param{{Name: "path", Kind: action.Path, Many: true, Help: "A file, a folder, or a sequence such as name.[1..100;4].icecache"}},
			Do: func(args action.Args) error {
				a.open(func(err error) { a.doErr = err }, args.Texts("path")...)
				return nil
			},
		},
		{
			ID: "open-sample", Label: "Open sample", Menu: "File", Group: "open", Icon: assets.IconCube,
			Help: "Make an animated fountain in a temporary folder and open it", Enabled: func() bool { return !a.sampling() },
			Do: do(a.startSample),
		},
	}
}

func (a *App) fileActions() []action.Action {
	return []action.Action{
		{
			ID: "save-picture", Also: "screenshot image snapshot still render png", Label: "Save picture...", Menu: "File", Group: "export", Icon: assets.IconCamera, Keys: []string{"Ctrl+P"},
			Help: "Save the scene as a PNG picture or, for compositing, OpenEXR; of four panes the active one", Params: pictureParams("The file to write, .png or .exr; without it a dialog asks"), Enabled: a.hasLayers,
			Do: func(args action.Args) error { return a.savePictures(args, false) },
		},
		{
			ID: "save-sequence", Also: "film movie video animation render mp4 gif turntable", Label: "Save sequence...", Menu: "File", Group: "export", Icon: assets.IconExport, Keys: []string{"Ctrl+Alt+P"},
			Help: "Save a picture of every frame between the in and out points; of four panes the active one", Params: sequenceParams("The files to write, such as frame_%04d.png or frame_%04d.exr; without it a dialog asks"),
			Enabled: func() bool { return a.hasLayers() && !a.saver.Saving() },
			Do:      func(args action.Args) error { return a.savePictures(args, true) },
		},
		{
			ID: "cancel", Label: "Cancel", Menu: "File", Group: "jobs", Icon: assets.IconCancel, Keys: []string{"Ctrl+."},
			Help: "Stop reading folders, loading, converting, saving and exporting; keep what is finished", Enabled: func() bool {
				s := a.pool.Stats()
				return s.Queued+s.Running > 0 || a.saver.Saving() || a.exports.Busy() || len(a.session.Readings()) > 0
			},
			Do: do(func() {
				switch {
				case a.saver.Saving():
					a.saver.Cancel()
				case a.exports.Busy():
					a.exports.Cancel()
				case len(a.session.Readings()) > 0:
					a.session.CancelReadings()
				default:
					a.session.Stop() // it would wait for frames that never come
					a.session.Cancel()
				}
			}),
		},
		{
			ID: "quit", Also: "exit close", Label: "Quit", Menu: "File", Group: "quit", Keys: []string{"Ctrl+Q"}, Help: "Close the window",
			Do: do(func() {
				a.unsaved.leaving = a.unsaved.leaving || a.scripted()
				a.window.Close()
			}),
		},
	}
}

func (a *App) editActions() []action.Action {
	return []action.Action{
		{
			ID: "copy-frame", Label: "Copy file path", Menu: "Edit", Group: "copy", Icon: assets.IconFile, Keys: []string{"Ctrl+Shift+C"},
			Help: "Copy the path of the file being shown", Enabled: a.hasFrames,
			Do: do(func() {
				n, _ := a.session.Number()
				var paths []string
				for _, l := range a.session.Layers() {
					if i := l.Seq.Find(l.ToOwn(n)); i >= 0 {
						paths = append(paths, l.Seq.Frames[i].Path())
					}
				}
				a.window.Copy(strings.Join(paths, "\n"))
			}),
		},
		{
			ID: "preferences", Also: "settings options configuration", Label: "Preferences...", Menu: "Edit", Group: "prefs", Icon: assets.IconGear, Keys: []string{"Ctrl+,"},
			Help: "Set workers, memory, playback and appearance", Do: a.show(preferences.Name),
		},
	}
}

func (a *App) helpActions() []action.Action {
	return []action.Action{
		{
			ID: "palette", Label: "Find action...", Menu: "Help", Group: "find", Icon: assets.IconSearch, Keys: []string{"Ctrl+Shift+P"},
			Help: "Search all actions", Do: a.show(palette.Name),
		},
		{
			ID: "shortcuts", Also: "hotkeys keymap mouse", Label: "Keyboard shortcuts", Menu: "Help", Group: "find", Icon: assets.IconKeyboard,
			Help: "List all keys and what the mouse does, and change keys",
			Do: do(func() {
				a.shortcuts.Open()
				a.panels.Reveal(shortcuts.Name)
			}),
		},
		{
			ID: "messages", Label: "Messages", Menu: "Help", Group: "find", Icon: assets.IconInfo,
			Help: "Show all messages of this session", Do: a.show(messages.Name),
		},
		{
			ID: "retry", Label: "Try again what failed", Menu: "Help", Group: "find", Icon: assets.IconRefresh,
			Help: "Do again what the latest message says has failed: read frames, open, save, export", Enabled: a.session.Retriable,
			Do: do(func() { a.session.Retry() }),
		},
		{
			ID: "copy-messages", Label: "Copy messages", Help: "Copy all messages of this session",
			Do: do(func() { a.window.Copy(messages.Text(a.session.Messages())) }),
		},
		{
			ID: "about", Label: "About ICE Explorer", Menu: "Help", Group: "about", Help: "Show the version and the graphics driver",
			Do: a.show(about.Name),
		},
	}
}

// why says why an action is not available, as far as that is known.
func (a *App) why(id string) string {
	switch {
	case id == "undo" || id == "redo":
		return "nothing to " + id
	case id == "restore-session" || id == "forget-session":
		return "the program was closed the last time"
	case id == "relink":
		return "no sequence of the session is missing"
	case id == "open-recent" || id == "clear-recent":
		return "nothing was opened lately"
	case id == "cancel" || id == "cancel-job":
		return "nothing is under way"
	case !a.hasLayers():
		return "nothing is open"
	}
	return ""
}
