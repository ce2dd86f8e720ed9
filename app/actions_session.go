package app

import (
	"fmt"
	"slices"

	"iceexplorer/app/action"
	"iceexplorer/app/panel/sessions"
	"iceexplorer/app/settings"
	"iceexplorer/assets"
)

// sessionActions keep what is open in files, and open it again.
func (a *App) sessionActions() []action.Action {
	file := func(help string) []action.Param {
		return []action.Param{{Name: "file", Kind: action.Path, Optional: true, Help: help}}
	}
	return []action.Action{
		{
			ID: "open-session", Label: "Open session...", Menu: "File", Group: "open", Icon: assets.IconFolderOpen,
			Help: "Open a session in place of what is open: sequences, camera, display, filter and the rest", Params: file("An .iceview file; without it a dialog asks"),
			Do: func(args action.Args) error {
				if !args.Has("file") {
					a.browseSessions()
					return nil
				}
				a.openSession(args.Text("file"), func(err error) { a.doErr = err })
				return nil
			},
		},
		{
			ID: "save-session", Also: "project scene workspace", Label: "Save session", Menu: "File", Group: "session", Icon: assets.IconSave, Keys: []string{"Ctrl+S"}, Enabled: a.hasSession,
			Help: "Save what is open and how it is looked at, for another day", Params: file("The .iceview file to write; without it that of the session, or a dialog asks"),
			Do: func(args action.Args) error {
				switch {
				case args.Has("file"):
					return a.saveSession(args.Text("file"), nil)
				case a.view.path != "":
					return a.saveSession(a.view.path, nil)
				}
				a.sessions.Ask(a.view.path)
				return nil
			},
		},
		{
			ID: "save-session-as", Label: "Save session as...", Menu: "File", Group: "session", Keys: []string{"Ctrl+Shift+S"}, Enabled: a.hasSession,
			Help: "Save the session under another name", Do: do(func() { a.sessions.Ask(a.view.path) }),
		},
		{
			ID: "relink", Also: "lost moved repath", Label: "Find missing sequences...", Menu: "File", Group: "session", Enabled: func() bool { return len(a.view.missing) > 0 },
			Help:   "Look in a folder and below for the sequences of the session that are not where it says",
			Params: []action.Param{{Name: "folder", Kind: action.Path, Optional: true, Help: "Where they are now; without it a dialog asks"}},
			Do: func(args action.Args) error {
				if !args.Has("folder") {
					a.panels.Show(sessions.Missing)
					return nil
				}
				return a.relink(args.Text("folder"), func(err error) {
					if err != nil {
						a.failedBeside("relink", err)
					}
				})
			},
		},
		{
			ID: "restore-session", Label: "Restore session", Menu: "File", Group: "session", Enabled: func() bool { return a.restorable() != "" },
			Help: "Open what was open when the program ended without being closed",
			Do:   do(func() { a.restore(func(err error) { a.doErr = err }) }),
		},
		{
			ID: "forget-session", Label: "Do not restore", Help: "Forget what was open when the program ended without being closed",
			Enabled: func() bool { return a.restorable() != "" }, Do: do(a.forgetLeft),
		},
	}
}

// recentActions open what was opened lately.
func (a *App) recentActions() []action.Action {
	return []action.Action{
		{
			ID: "open-recent", Label: "Open recent", Help: "Open what was opened lately",
			Enabled: func() bool { return len(a.settings.Recent) > 0 },
			Params:  []action.Param{{Name: "number", Kind: action.Integer, Min: 1, Max: settings.MaxRecent, Help: "1 is what was opened last"}},
			Do: func(args action.Args) error {
				n := args.Integer("number")
				if have := len(a.settings.Recent); n > have {
					were := "were"
					if have == 1 {
						were = "was"
					}
					return fmt.Errorf("only %d %s opened lately", have, were)
				}
				a.open(func(err error) { a.doErr = err }, a.settings.Recent[n-1])
				return nil
			},
		},
		{
			ID: "clear-recent", Label: "Forget recent files", Help: "Empty the list of what was opened lately",
			Enabled: func() bool { return len(a.settings.Recent) > 0 },
			Do: func(action.Args) error {
				a.settings.Recent = slices.Delete(a.settings.Recent, 0, len(a.settings.Recent))
				return a.settings.Save(a.keeper)
			},
		},
	}
}

// hasSession reports that there is something to save.
func (a *App) hasSession() bool { return a.hasLayers() || len(a.view.missing) > 0 }

// missingNames are the sequences of the session that were not found, and where they were.
func (a *App) missingNames() (names, folders []string) {
	for _, s := range a.view.missing {
		names, folders = append(names, string(s.Name)), append(folders, string(s.Was))
	}
	return names, folders
}

// relinkAsked is relink for the dialog.
func (a *App) relinkAsked(folder string, done func(error)) {
	if err := a.relink(folder, done); err != nil {
		done(err)
	}
}

// forgetGone takes what is not there any more off the recent files.
func (a *App) forgetGone() {
	for _, path := range a.settings.Recent {
		if a.presence.Gone(path) {
			a.settings.Forget(path)
		}
	}
	a.saveSettings()
}
