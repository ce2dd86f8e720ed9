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
	c := &p.chooser
	if c.asking || c.browser.IsOpen() {
		return
	}
	title := "Open files"
	if folder {
		title = "Open folder"
	}
	c.asking, c.done = true, done
	own := widget.BrowseOptions{Title: title, Dir: p.lastDir(), Folders: folder, Multi: !folder, Endings: endings}
	opt := dialog.Options{Title: title, Dir: p.lastDir(), Folders: folder, Multi: !folder, Name: "Particle caches", Endings: endings}
	dialog.Choose(context.Background(), opt, p.window.Post, func(paths []string, err error) {
		c.asking = false
		switch {
		case errors.Is(err, dialog.ErrUnavailable):
			c.browser.Wake = p.window.Wake
			c.browser.Open(own)
		case err != nil:
			p.host.Session.Tell(session.Error, err.Error())
		case len(paths) > 0:
			done(paths)
		}
	})
}

// files draws our own file browser while it is open.
func (p *popups) files() {
	paths, done := p.chooser.browser.Draw()
	if done && len(paths) > 0 {
		p.chooser.done(paths)
	}
}
