package app

import (
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"time"

	"iceexplorer/app/disk"
	"iceexplorer/app/inspect/sheet"
	"iceexplorer/app/panel/sessions"
	"iceexplorer/app/panel/spreadsheet"
	"iceexplorer/app/reopen"
	"iceexplorer/app/session"
	"iceexplorer/app/sessionfile"
	"iceexplorer/cache"
	"iceexplorer/cache/pathname"
	"iceexplorer/cache/unit"
)

// view is the session as a file.
type view struct {
	path    string // of the file; "": it was not saved yet
	file    *sessionfile.File
	missing []sessionfile.Sequence // of the file, that were not found
	set     bool                   // file is to be taken over before the next frame
}

// moment is what a session file holds, gathered on the loop; the rest can be done beside it.
type moment struct {
	file    sessionfile.File
	layers  []sessionfile.Layer
	missing []sessionfile.Sequence // a part of the session still
}

// filled is the file.
func (m *moment) filled() *sessionfile.File {
	m.file.Put(m.layers)
	m.file.Sequences = append(m.file.Sequences, m.missing...)
	return &m.file
}

// moment is the session as it stands. The sample is not part of it, which lies in a temporary
// folder.
func (a *App) moment() *moment {
	c, rows := a.stage.Target(), a.spread.Sheet()
	order := rows.Order()
	m := &moment{missing: a.view.missing, file: sessionfile.File{
		Look: a.look.Common(), ZUp: a.settings.Preferences.ZUp, FPS: a.session.FPS(), Cameras: slices.Clone(a.settings.Cameras),
		Camera: reopen.Kept(c), Panes: a.keptPanes(),
		Rows: sessionfile.Rows{
			Shown: a.panels.Shown(spreadsheet.Name), Filter: rows.Filter(), Only: a.spread.Only(), Sort: order.By, Descending: order.Descending, Columns: slices.Clone(a.settings.Spreadsheet.Columns),
		},
	}}
	point := func(n cache.Number, ok bool) *cache.Number {
		if !ok {
			return nil
		}
		return &n
	}
	between := a.session.Interpolate()
	m.file.Interpolate = &between
	m.file.Frame, m.file.In, m.file.Out = point(a.session.Position()), point(a.session.In()), point(a.session.Out())
	sample := a.sampleFolder()
	for _, l := range a.session.Layers() {
		if sample == "" || l.Seq.Dir != sample {
			t := sessionfile.Timing(l.Timing())
			m.layers = append(m.layers, sessionfile.Layer{
				Seq: l.Seq, Hidden: l.Hidden(), Active: l == a.session.Active(), Timing: &t, Title: l.Title(), Solo: l.Solo(), Locked: l.Locked(), Look: a.ownLook(l),
			})
		}
	}
	for _, b := range a.session.Bookmarks() {
		m.file.Bookmarks = append(m.file.Bookmarks, sessionfile.Bookmark(b))
	}
	return m
}

// ownLook is the look that a layer has of its own; nil: it has none.
func (a *App) ownLook(l *session.Layer) *sessionfile.Look {
	if !a.look.HasOwn(l.ID) {
		return nil
	}
	return &sessionfile.Look{Look: a.look.Of(l.ID)}
}

// keptPanes are the four panes, if they were ever seen.
func (a *App) keptPanes() *sessionfile.Panes {
	if !a.stage.HasPanes() {
		return nil
	}
	p := &sessionfile.Panes{On: a.stage.Quad(), Active: a.stage.ActivePane()}
	for i, c := range a.stage.Targets() {
		p.Cameras[i] = *reopen.Kept(c)
	}
	return p
}

// saveSession writes the session to a file beside the loop; done, which may be nil, gets the
// error.
func (a *App) saveSession(path string, done func(error)) error {
	m := a.moment()
	if len(m.layers)+len(m.missing) == 0 {
		return errors.New("the sample lies in a temporary folder and cannot be kept in a session; open files of your own")
	}
	path = sessionfile.Named(path)
	if !filepath.IsAbs(path) {
		path = filepath.Join(a.folder, path)
	}
	a.beside("save-session", func() (func() error, error) {
		print := m.print(path)
		err := m.filled().Save(path)
		if done != nil {
			a.post(func() { done(err) })
		}
		if err != nil {
			err = mendable{err, session.Remedy{Path: filepath.Dir(path), Retry: func() { a.tell(a.saveSession(path, nil)) }}}
		}
		return func() error {
			a.savedAs(path, print)
			a.settings.AddRecent(path)
			a.saveSettings()
			a.session.Settle(session.About("save-session"))
			a.session.TellWith(session.About("save-session"), session.Info, "Saved the session: "+pathname.Display(path), session.Remedy{Path: path})
			return nil
		}, err
	})
	return nil
}

// openSession opens a session in place of what is open, once its file could be read. ended,
// which may be nil, gets the error.
func (a *App) openSession(path string, ended func(error)) {
	if !filepath.IsAbs(path) {
		path = filepath.Join(a.folder, path)
	}
	a.unlessUnsaved(func() { a.openSessionAs(path, path, ended) })
}

// openSessionAs opens the session in one file as if it were in another: one kept for the case of
// a crash as the one that it is a later state of.
func (a *App) openSessionAs(file, path string, ended func(error)) {
	var found []sessionfile.Found
	a.session.Find("session "+pathname.Display(filepath.Base(file)), func(d disk.Disk) (func() []cache.Sequence, error) {
		f, err := sessionfile.Open(file)
		if err != nil {
			return nil, err
		}
		var missing []sessionfile.Sequence
		found, missing = sessionfile.Find(d, file, f.Sequences)
		return func() []cache.Sequence {
			a.session.CloseAll()
			a.view = view{path: path, file: f, set: true}
			a.unsaved.opened()
			a.lack(missing)
			return reopen.Sequences(found)
		}, nil
	}, func(layers []*session.Layer, err error) {
		if err != nil {
			a.session.TellWith(session.About("open"), session.Error, err.Error(), session.Remedy{Path: file, Retry: func() { a.openSessionAs(file, path, ended) }})
		} else {
			a.session.Settle(session.About("open"))
			a.arrange(layers, found)
			a.entitle()
			if path != "" {
				a.settings.AddRecent(path)
				a.saveSettings()
			}
		}
		if ended != nil {
			ended(err)
		}
	})
}

// lack notes which sequences of the session were not found, and asks where they are.
func (a *App) lack(missing []sessionfile.Sequence) {
	a.view.missing = missing
	a.session.Settle(session.About("relink"))
	if len(missing) == 0 {
		return
	}
	is := "are"
	if len(missing) == 1 {
		is = "is"
	}
	a.session.TellOf(session.About("relink"), session.Warning, fmt.Sprintf("%s of the session %s not where it was saved, such as %s; File > Find missing sequences asks for their folder",
		unit.Plural(len(missing), "sequence"), is, pathname.Display(filepath.Join(string(missing[0].Was), string(missing[0].File)))))
	a.post(func() {
		if a.opt.Script == "" { // scripts say themselves where they are
			a.panels.Show(sessions.Missing)
		}
	})
}

// relink looks for what is missing below a folder.
func (a *App) relink(folder string, ended func(error)) error {
	want := a.view.missing
	if len(want) == 0 {
		return errors.New("no sequence of the session is missing")
	}
	if !filepath.IsAbs(folder) {
		folder = filepath.Join(a.folder, folder)
	}
	var found []sessionfile.Found
	a.session.Find("folder "+pathname.Display(filepath.Base(folder)), func(d disk.Disk) (func() []cache.Sequence, error) {
		if _, err := d.Stat(folder); err != nil {
			return nil, fmt.Errorf("find missing sequences: %w: %s", pathname.Reason(err), pathname.Display(folder))
		}
		var missing []sessionfile.Sequence
		found, missing = sessionfile.Relink(d, folder, want)
		if len(found) == 0 {
			return nil, fmt.Errorf("none of the %s is in the folder or below: %s", unit.Plural(len(want), "missing sequence"), pathname.Display(folder))
		}
		return func() []cache.Sequence {
			a.view.set = a.view.set || a.view.file != nil && len(a.session.Layers()) == 0
			a.view.missing = missing
			if len(missing) == 0 {
				a.session.Settle(session.About("relink"))
			}
			return reopen.Sequences(found)
		}, nil
	}, func(layers []*session.Layer, err error) {
		if err == nil {
			a.arrange(layers, found)
			a.session.TellOf(session.About("relinked"), session.Info, fmt.Sprintf("Found %s of %d missing", unit.Plural(len(layers), "sequence"), len(want)))
		}
		ended(err)
	})
	return nil
}

// arrange sets up layers, of the sequences found, as the session file says.
func (a *App) arrange(layers []*session.Layer, found []sessionfile.Found) {
	for _, err := range reopen.Layers(a.session, a.look, layers, found) {
		a.tell(err)
	}
}

// takeOver sets up display, camera and the rest as an opened session says, before a frame of
// the window.
func (a *App) takeOver() {
	if !a.view.set {
		return
	}
	a.view.set = false
	f := a.view.file
	if p := a.settings.Preferences; p.ZUp != f.ZUp {
		p.ZUp = f.ZUp
		a.preferred(a.settings.Set(p))
	}
	a.tell(a.look.PutCommon(f.Look))
	reopen.Time(a.session, f)
	for _, v := range f.Cameras {
		_, err := a.settings.KeepCamera(v)
		a.tell(err)
	}
	if f.Rows.Shown {
		a.panels.Open(spreadsheet.Name)
	}
	a.tell(a.spread.SetColumns(f.Rows.Columns))
	a.spread.SetOnly(f.Rows.Only)
	a.tell(a.spread.Filter(f.Rows.Filter))
	a.tell(a.spread.Sort(sheet.Order{By: f.Rows.Sort, Descending: f.Rows.Descending}))
	reopen.Cameras(a.stage, f)
	a.changes = changes{} // what was done before is about another session
	a.setUp()
	a.wake()
}

// clock is a time of the day, or a day too if that is another one.
func clock(t, now time.Time) string {
	if t.Local().YearDay() == now.Local().YearDay() && t.Local().Year() == now.Local().Year() {
		return t.Local().Format("15:04")
	}
	return t.Local().Format("2 January, 15:04")
}
