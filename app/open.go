package app

import (
	"path/filepath"
	"slices"
	"time"

	"iceexplorer/app/session"
	"iceexplorer/app/sessionfile"
	"iceexplorer/cache"
)

// startWait is how long the window may be delayed for reading folders: then frames are
// decoded while the window is being made.
const startWait = 200 * time.Millisecond

// open begins to read what paths lead to: the first session among them in place of what is
// open, and the others. ended, which may be nil, gets the error if they lead to nothing.
func (a *App) open(ended func(error), paths ...string) {
	if i := slices.IndexFunc(paths, sessionfile.Is); i >= 0 {
		rest := slices.DeleteFunc(slices.Clone(paths), sessionfile.Is)
		a.openSession(paths[i], func(err error) {
			switch {
			case err == nil && len(rest) > 0:
				a.open(ended, rest...)
			case ended != nil:
				ended(err)
			}
		})
		return
	}
	if len(paths) == 0 {
		return
	}
	a.session.Discover(func(layers []*session.Layer, err error) {
		if len(layers) > 0 {
			for _, p := range paths {
				if !filepath.IsAbs(p) {
					p = filepath.Join(a.folder, p)
				}
				a.settings.AddRecent(p)
			}
			a.saveSettings()
		}
		if ended != nil {
			ended(err)
		}
	}, paths...)
}

func (a *App) drop(paths []string) { a.open(nil, paths...) }

// settle waits, before there is a window, until folders are read, but no longer than limit.
func (a *App) settle(limit time.Duration) {
	late := time.After(limit)
	for len(a.session.Readings()) > 0 {
		select {
		case <-a.news:
		case <-late:
			return
		}
		a.mu.Lock()
		early := a.early
		a.early = nil
		a.mu.Unlock()
		for _, f := range early {
			f()
		}
	}
}

// changeInterval is how often the shown sources are checked for changes while frames are
// drawn: an idle window checks nothing.
const changeInterval = 2 * time.Second

// checkChanges checks, beside the loop, whether the sources of the shown frames have changed.
// A disk that does not answer is asked only once.
func (a *App) checkChanges() {
	number, ok := a.session.Number()
	if !ok {
		return
	}
	for _, l := range a.session.Layers() {
		i := l.Seq.Find(number)
		if i < 0 || l.Seq.Frames[i].Source == "" || a.checking[l] {
			continue
		}
		a.checking[l] = true
		source := l.Seq.Frames[i].Source // a layer's frames may change meanwhile
		go func() {
			st, err := a.opt.Disk.Stat(source)
			a.post(func() {
				delete(a.checking, l)
				if err == nil {
					a.session.Changed(l, number, cache.StampOf(st))
				}
			})
		}()
	}
}
