package panel

import (
	"context"
	"errors"
	"path/filepath"

	"iceexplorer/app/dialog"
	"iceexplorer/app/session"
	"iceexplorer/app/widget"
)

// endings of the files that can be opened.
var endings = []string{".icecache", ".sih5", ".h5", ".hdf5"}

// chooser asks for files: with the system's dialog, and where there is none with
// our own.
type chooser struct {
	browser widget.FileBrowser
	done    func(paths []string)
	asking  bool // a native dialog is open
}

// lastDir is where a dialog begins: beside what was opened last.
func (p *popups) lastDir() string {
	if r := p.host.Settings.Recent; len(r) > 0 {
		return filepath.Dir(r[0])
	}
	return ""
}

func (p *popups) askOpen(folder bool, done func([]string)) {
	title := "Open files"
	if folder {
		title = "Open folder"
	}
	p.ask(widget.BrowseOptions{Title: title, Dir: p.lastDir(), Folders: folder, Multi: !folder, Endings: endings}, func(paths []string) {
		if len(paths) > 0 {
			done(paths)
		}
	})
}

// ask calls done when the dialog is closed; with no paths if nothing was chosen.
func (p *popups) ask(own widget.BrowseOptions, done func([]string)) {
	c := &p.chooser
	if c.asking || c.browser.IsOpen() {
		return
	}
	c.asking, c.done = true, done
	opt := dialog.Options{Title: own.Title, Dir: own.Dir, Folders: own.Folders, Multi: own.Multi, Name: "Particle caches", Endings: own.Endings}
	dialog.Choose(context.Background(), opt, p.window.Post, func(paths []string, err error) {
		c.asking = false
		if errors.Is(err, dialog.ErrUnavailable) {
			c.browser.Wake, c.browser.Done, c.browser.Disk = p.window.Wake, c.done, p.host.Disk
			c.browser.Open(own)
			return
		}
		if err != nil {
			p.host.Session.TellOf(session.About("dialog"), session.Error, err.Error())
		} else {
			p.host.Session.Settle(session.About("dialog"))
		}
		done(paths)
	})
}
