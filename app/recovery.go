package app

import (
	"bytes"
	"cmp"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"sync"
	"time"

	"iceexplorer/app/session"
	"iceexplorer/app/sessionfile"
	"iceexplorer/cache/atomicfile"
	"iceexplorer/cache/lazy"
	"iceexplorer/cache/pathname"
	"iceexplorer/cache/unit"
)

// keepAfter is how long after a change the session is kept for the case of a crash.
const keepAfter = 2 * time.Second

// recovery keeps the session in a file beside the settings while the program runs, and knows
// of those that programs which did not end in order have left there.
type recovery struct {
	path    string
	offers  []offer // of earlier runs, the newest first
	touched bool    // something has changed since moment
	steered int     // how often the user had moved the camera then

	mu     sync.Mutex
	latest *moment     // to be written
	timer  *time.Timer // nil: nothing is to be written
	kept   []byte      // what was written last
	ended  bool
}

// offer is a session that can be restored.
type offer struct {
	path string
	time time.Time
	file *sessionfile.File
}

// title names it for people.
func (o *offer) title(now time.Time) string {
	what := unit.Plural(len(o.file.Sequences), "sequence")
	switch {
	case o.file.SavedAs != "":
		what = pathname.Display(filepath.Base(string(o.file.SavedAs)))
	case len(o.file.Sequences) == 1:
		what = pathname.Display(string(o.file.Sequences[0].Name))
	}
	return fmt.Sprintf("Restore the session of %s (%s)", clock(o.time, now), what)
}

// ofRun is the name of a kept session: it says of which process on which machine, as several
// may share the folder.
var ofRun = lazy.Regexp(`^running-(.*)-([0-9]+)\.iceview$`)

func machine() string {
	host, err := os.Hostname()
	if err != nil {
		return "here"
	}
	return regexp.MustCompile(`[^A-Za-z0-9.]+`).ReplaceAllString(host, "_")
}

// findLeft finds the sessions that were not ended in order.
func (a *App) findLeft() {
	dir, host := filepath.Dir(a.settings.Path()), machine()
	r := &a.recovery
	r.path = filepath.Join(dir, fmt.Sprintf("running-%s-%d.iceview", host, os.Getpid()))
	entries, _ := os.ReadDir(dir) // there may be none yet
	for _, e := range entries {
		m := ofRun().FindStringSubmatch(e.Name())
		if m == nil || m[1] != host {
			continue
		}
		path := filepath.Join(dir, e.Name())
		if pid, err := strconv.Atoi(m[2]); err != nil || pid != os.Getpid() && atomicfile.Alive(pid) {
			continue
		}
		st, err := e.Info()
		f, fault := sessionfile.Open(path)
		if err != nil || fault != nil || len(f.Sequences) == 0 {
			os.Remove(path) // nothing can be made of it
			continue
		}
		if path == r.path { // a run that had this process' number
			moved := filepath.Join(dir, fmt.Sprintf("running-%s-0.iceview", host))
			if atomicfile.Replace(path, moved) == nil {
				path = moved
			}
		}
		r.offers = append(r.offers, offer{path, st.ModTime(), f})
	}
	slices.SortFunc(r.offers, func(x, y offer) int { return cmp.Or(y.time.Compare(x.time), cmp.Compare(x.path, y.path)) })
}

// restorable says which session can be restored; "" if none can.
func (a *App) restorable() string {
	if len(a.recovery.offers) == 0 {
		return ""
	}
	return a.recovery.offers[0].title(time.Now())
}

// restore opens the session of the run that ended last, and forgets those of all others. What
// is open is asked about.
func (a *App) restore(ended func(error)) {
	o := a.recovery.offers[0]
	a.unlessOpen(func() {
		a.openSessionAs(o.path, string(o.file.SavedAs), func(err error) {
			if err == nil {
				a.forgetLeft()
			}
			ended(err)
		})
	})
}

// forgetLeft removes the sessions of earlier runs.
func (a *App) forgetLeft() {
	left := a.recovery.offers
	a.recovery.offers = nil
	go func() {
		for _, o := range left {
			os.Remove(o.path)
		}
	}()
}

// changedSession notes that what a session file holds may have changed.
func (a *App) changedSession(c session.Change) {
	if c&session.Frames != 0 {
		a.look.Keep(func(layer int) bool {
			return slices.ContainsFunc(a.session.Layers(), func(l *session.Layer) bool { return l.ID == layer })
		})
	}
	if c&(session.Frames|session.Head|session.Play) != 0 {
		a.recovery.touched = true
	}
}

// keepSession has the session kept, a while after it has changed. The loop is not woken for
// that.
func (a *App) keepSession() {
	r := &a.recovery
	if steered := a.stage.Steered(); steered != r.steered {
		r.steered, r.touched = steered, true
	}
	if !r.touched || a.session.Playing() || a.view.set || r.path == "" {
		return
	}
	r.touched = false
	a.compare()
	m := a.moment()
	m.file.SavedAs = pathname.Text(a.view.path)
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.latest = m; r.timer == nil && !r.ended {
		r.timer = time.AfterFunc(keepAfter, a.keepLatest)
	}
}

// keepLatest writes what was gathered last. It runs beside the loop.
func (a *App) keepLatest() {
	r := &a.recovery
	r.mu.Lock()
	defer r.mu.Unlock()
	r.timer = nil
	if r.ended {
		return
	}
	text, err := r.latest.filled().Encode(r.path)
	if err != nil || bytes.Equal(text, r.kept) || r.kept == nil && len(r.latest.file.Sequences) == 0 {
		return
	}
	r.kept = text
	a.keeper.Keep("the session for after a crash", r.path, text)
}

// endKeeping keeps the session no more. What was kept goes, after an end in order; after a
// signal it stays, and is offered at the next start.
func (a *App) endKeeping() (remove func()) {
	r := &a.recovery
	r.mu.Lock()
	defer r.mu.Unlock()
	r.ended = true
	if r.timer != nil {
		r.timer.Stop()
	}
	if r.kept == nil || a.interrupted.Load() {
		return func() {}
	}
	return func() { os.Remove(r.path) }
}
