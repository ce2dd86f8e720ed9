// Package files asks for files and folders, with the system's dialog or, if there is none,
// with our own.
package files

import (
	"context"
	"errors"

	"github.com/AllenDang/giu"

	"iceexplorer/app/dialog"
	"iceexplorer/app/disk"
	"iceexplorer/app/panel"
	"iceexplorer/app/session"
	"iceexplorer/app/sessionfile"
	"iceexplorer/app/widget"
)

// Window is what the dialogs need of the window.
type Window interface {
	Post(func()) bool
	Wake()
}

// Chooser asks one question at a time.
type Chooser struct {
	session *session.Session
	window  func() Window
	browser widget.FileBrowser
	asking  bool // a native dialog is open
}

// New makes a chooser of files on a disk; window returns the window once there is one.
func New(h *panel.Host, d disk.Disk, window func() Window) *Chooser {
	return &Chooser{session: h.Session, window: window, browser: widget.FileBrowser{Disk: d}}
}

// Panel is our own dialog.
func (c *Chooser) Panel() panel.Panel {
	return panel.Panel{Name: "Files", Side: panel.Above, Layout: func() giu.Layout { return giu.Layout{&c.browser} }}
}

// Ask calls done when the dialog is closed; with no paths if nothing was chosen.
func (c *Chooser) Ask(own widget.BrowseOptions, done func([]string)) {
	if c.asking || c.browser.IsOpen() {
		return
	}
	c.asking = true
	w := c.window()
	opt := dialog.Options{Title: own.Title, Dir: own.Dir, Folders: own.Folders, Multi: own.Multi, Name: "Particle caches", Endings: own.Endings}
	dialog.Choose(context.Background(), opt, w.Post, func(paths []string, err error) {
		c.asking = false
		if errors.Is(err, dialog.ErrUnavailable) {
			c.browser.Wake, c.browser.Done = w.Wake, done
			c.browser.Open(own)
			return
		}
		if err != nil {
			c.session.TellOf(session.About("dialog"), session.Error, err.Error())
		} else {
			c.session.Settle(session.About("dialog"))
		}
		done(paths)
	})
}

// endings of the files that can be opened.
var endings = []string{".icecache", ".sih5", ".h5", ".hdf5", sessionfile.Ending}

// AskOpen asks for a folder of caches, or for files, beginning in dir; done is not called if
// nothing was chosen.
func (c *Chooser) AskOpen(folder bool, dir string, done func([]string)) {
	title := "Open files"
	if folder {
		title = "Open folder"
	}
	c.Ask(widget.BrowseOptions{Title: title, Dir: dir, Folders: folder, Multi: !folder, Endings: endings}, func(paths []string) {
		if len(paths) > 0 {
			done(paths)
		}
	})
}

// AskSession asks for the file of a session, beginning in dir; done is not called if nothing
// was chosen.
func (c *Chooser) AskSession(dir string, done func([]string)) {
	c.Ask(widget.BrowseOptions{Title: "Open session", Dir: dir, Endings: []string{sessionfile.Ending}}, func(paths []string) {
		if len(paths) > 0 {
			done(paths)
		}
	})
}
