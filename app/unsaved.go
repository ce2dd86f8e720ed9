package app

import (
	"path/filepath"
	"strings"
	"time"

	"iceexplorer/app/panel/sessions"
	"iceexplorer/app/sessionfile"
	"iceexplorer/cache/pathname"
	"iceexplorer/cache/unit"
)

// unsaved knows whether the session differs from its file. Where the camera stands and which
// frame is shown does not count: nobody wants to be asked about that.
type unsaved struct {
	path    string // of the session that saved is about
	saved   string // the session as it was when it was saved or opened
	now     string
	known   bool
	timer   *time.Timer // until a change is looked at
	title   string      // of the window
	leaving bool        // nothing is asked any more
	then    func()      // what the answer leads to
}

// lookAfter is how long after a change the session is compared.
const lookAfter = 300 * time.Millisecond

// print is what of a session counts as changed, as text.
func (m *moment) print(path string) string {
	c := *m
	c.file.Camera, c.file.Frame, c.file.Rows.Shown, c.file.SavedAs = nil, nil, false, ""
	text, err := c.filled().Encode(path)
	if err != nil {
		return ""
	}
	return string(text)
}

// compare looks, beside the loop and a moment after a change, whether the session differs
// from its file.
func (a *App) compare() {
	u, path := &a.unsaved, a.view.path
	if u.timer != nil || path == "" {
		return
	}
	u.timer = time.AfterFunc(lookAfter, func() {
		a.post(func() {
			u.timer = nil
			if len(a.session.Readings()) > 0 || a.view.set {
				a.compare()
				return
			}
			m := a.moment()
			go func() {
				now := m.print(path)
				a.post(func() { a.compared(path, now) })
			}()
		})
	})
}

func (a *App) compared(path, now string) {
	u := &a.unsaved
	if path != a.view.path || u.path != path || !u.known {
		return
	}
	u.now = now
	a.entitle()
	a.wake()
}

// setUp notes that the session is as its file says, at this moment: what is done from now on changes it.
func (a *App) setUp() {
	path, m := a.view.path, a.moment()
	if path == "" {
		return
	}
	go func() {
		print := m.print(path)
		a.post(func() {
			if u := &a.unsaved; path == a.view.path && !u.known { // not saved meanwhile
				a.savedAs(path, print)
			}
		})
	}()
}

// savedAs notes that the session is in a file as it was at a moment.
func (a *App) savedAs(path, print string) {
	a.view.path = path
	u := &a.unsaved
	u.path, u.saved, u.now, u.known = path, print, print, true
	a.entitle()
	a.compare()
}

// opened notes that another session is open; what is saved is known once it has been set up.
func (u *unsaved) opened() { u.known, u.now, u.saved = false, "", "" }

// judged reports that it is known whether the session differs from its file.
func (a *App) judged() bool {
	u := &a.unsaved
	return a.view.path == "" || !a.view.set && u.known && u.path == a.view.path
}

// changed reports whether the session has a name and differs from its file.
func (a *App) changed() bool {
	u := &a.unsaved
	return a.view.path != "" && u.known && u.path == a.view.path && u.now != u.saved
}

// changedNow is changed, of this very moment.
func (a *App) changedNow() bool {
	if u := &a.unsaved; u.known && a.view.path != "" && len(a.session.Readings()) == 0 && !a.view.set {
		u.now = a.moment().print(a.view.path)
	}
	return a.changed()
}

// entitle gives the window the name of the session, with a mark if it has changed.
func (a *App) entitle() {
	title := "ICE Explorer"
	if a.view.path != "" {
		name := strings.TrimSuffix(pathname.Display(filepath.Base(a.view.path)), sessionfile.Ending)
		if a.changed() {
			name += "*"
		}
		title = name + " - " + title
	}
	if title != a.unsaved.title && a.window != nil {
		a.unsaved.title = title
		a.window.SetTitle(title)
	}
}

// unlessUnsaved goes on, after it has asked about a session whose changes would be lost. A
// script is not asked.
func (a *App) unlessUnsaved(then func()) {
	if a.unsaved.leaving || a.scripted() || !a.settings.Preferences.AskUnsaved || a.window == nil || !a.changedNow() {
		then()
		return
	}
	a.unsaved.then = then
	a.panels.Show(sessions.Unsaved)
	a.wake()
}

// unlessOpen is unlessUnsaved that asks about what no session has, too.
func (a *App) unlessOpen(then func()) {
	asks := !a.scripted() && a.settings.Preferences.AskUnsaved && a.window != nil
	if !asks || a.view.path != "" || len(a.moment().layers) == 0 {
		a.unlessUnsaved(then)
		return
	}
	a.unsaved.then = then
	a.panels.Show(sessions.Unsaved)
	a.wake()
}

// mayClose reports whether the window may be closed; if not, the user is asked.
func (a *App) mayClose() bool {
	may := false
	a.unlessUnsaved(func() { may = true })
	if !may {
		a.unsaved.then = func() {
			a.unsaved.leaving = true
			a.window.Close()
		}
	}
	return may
}

// answer goes on as the user wants: save says that the session is to be written first.
func (a *App) answer(save bool) {
	then := a.unsaved.then
	a.unsaved.then = nil
	if then == nil {
		return
	}
	if !save {
		then()
		return
	}
	if a.view.path == "" {
		a.sessions.Ask("") // what was to follow can be asked for again
		return
	}
	a.tell(a.saveSession(a.view.path, func(err error) {
		if err == nil {
			then()
		}
	}))
}

// loss says what would be lost, and whether a session has it in an older state.
func (a *App) loss() (text string, named bool) {
	if a.view.path == "" {
		return unit.Plural(len(a.session.Layers()), "open sequence") + " would be closed that no session keeps.", false
	}
	return pathname.Display(filepath.Base(a.view.path)) + " has changes that are not saved.", true
}
