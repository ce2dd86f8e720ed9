// Package files asks for files and folders: for caches and sessions with a dialog of ours, in
// which a sequence is one line, for folders to write to with the system's or, if there is none,
// with ours. What is open the panel Browser lists.
package files

import (
	"context"
	"errors"

	"github.com/AllenDang/giu"

	"iceexplorer/app/dialog"
	"iceexplorer/app/disk"
	"iceexplorer/app/folder"
	"iceexplorer/app/panel"
	"iceexplorer/app/session"
	"iceexplorer/app/sessionfile"
)

// Window is what the dialogs need of the window.
type Window interface {
	Post(func()) bool
	Wake()
}

// Options are what a Chooser needs.
type Options struct {
	Disk     disk.Disk
	Post     func(func()) // to the loop
	Window   func() Window
	Save     func()              // the settings, as bookmarks or the folder have changed
	Presence *folder.Presence    // of what was opened lately
	Failed   func(message error) // of the system's dialog
}

// Chooser asks one question at a time.
type Chooser struct {
	session *session.Session
	opt     Options
	asking  bool // a dialog of the system's is open
	browser *folder.Browser
	ours    ours
}

// New makes a chooser of files on a disk.
func New(h *panel.Host, opt Options) *Chooser {
	c := &Chooser{session: h.Session, opt: opt, browser: folder.New(opt.Disk, opt.Post)}
	c.ours = ours{host: h, browser: c.browser, save: opt.Save, presence: opt.Presence, system: c.instead}
	return c
}

// Panel is our own dialog.
func (c *Chooser) Panel() panel.Panel {
	return panel.Panel{Name: "Files", Side: panel.Above, Layout: func() giu.Layout { return giu.Layout{&c.ours} }, Due: c.ours.due, Cancel: c.browser.Cancel}
}

// Browser is what our own dialog shows.
func (c *Chooser) Browser() *folder.Browser { return c.browser }

// Ask asks for a folder with the system's dialog, or else with ours. done is called when it is
// closed; with no paths if nothing was chosen.
func (c *Chooser) Ask(o folder.Options, done func([]string)) {
	if c.asking || c.browser.IsOpen() {
		return
	}
	c.system(o, o.Want == folder.Folders, func(paths []string, err error) {
		if errors.Is(err, dialog.ErrUnavailable) {
			c.open(o, done)
			return
		}
		done(paths)
	})
}

// Open asks for caches, sessions or folders of them with our dialog; done is not called if
// nothing was chosen.
func (c *Chooser) Open(o folder.Options, done func([]string)) {
	if c.asking || c.browser.IsOpen() {
		return
	}
	c.open(o, func(paths []string) {
		if len(paths) > 0 {
			done(paths)
		}
	})
}

func (c *Chooser) open(o folder.Options, done func([]string)) {
	c.ours.opening = true
	c.ours.fault = ""
	c.browser.Open(o, done)
	if c.opt.Presence != nil {
		c.opt.Presence.Look(c.ours.host.Settings.Recent)
	}
}

// OpenBySystem asks for caches and sessions, or for a folder of them, with the system's dialog;
// without one it is an error for done.
func (c *Chooser) OpenBySystem(folders bool, dir string, done func(paths []string, err error)) {
	if !c.asking && !c.browser.IsOpen() {
		c.system(folder.Options{Title: "Open", Dir: dir, Multi: !folders}, folders, done)
	}
}

// instead asks with the system's dialog for what our dialog is open for.
func (c *Chooser) instead(folders bool) {
	if c.asking {
		return
	}
	o := c.browser.Options()
	o.Dir = c.browser.Dir()
	c.system(o, folders, func(paths []string, err error) {
		if err != nil {
			c.ours.fault = err.Error()
		}
		if len(paths) > 0 {
			c.browser.Choose(paths)
		}
	})
}

// system shows the system's dialog.
func (c *Chooser) system(o folder.Options, folders bool, done func([]string, error)) {
	c.asking = true
	w := c.opt.Window()
	opt := dialog.Options{Title: o.Title, Dir: o.Dir, Folders: folders, Multi: o.Multi && !folders, Name: "Particle caches", Endings: endings(o.Want)}
	dialog.Choose(context.Background(), opt, w.Post, func(paths []string, err error) {
		c.asking = false
		if err != nil && !errors.Is(err, dialog.ErrUnavailable) {
			c.session.TellOf(session.About("dialog"), session.Error, err.Error())
		} else {
			c.session.Settle(session.About("dialog"))
		}
		done(paths, err)
	})
}

// endings of the files that are wanted.
func endings(w folder.Want) []string {
	if w == folder.Sessions {
		return []string{sessionfile.Ending}
	}
	return []string{".icecache", ".sih5", ".h5", ".hdf5", sessionfile.Ending}
}
