package folder

import (
	"context"
	"os"
	"path/filepath"
	"time"

	"iceexplorer/app/disk"
)

// Want is what is to be chosen.
type Want uint8

// What can be chosen.
const (
	Caches   Want = iota // sequences and sessions, and folders of them
	Sessions             // files of sessions
	Folders              // a folder
)

// Options say what a Browser is opened for.
type Options struct {
	Title  string // "Open"
	Accept string // the button; "": "Open"
	Dir    string // where to begin; "" or gone: where it was last, or home
	Want   Want
	Multi  bool // more than one
}

// Browser is a way through folders to what is wanted. It belongs to the loop; what it reads
// it reads beside it.
type Browser struct {
	disk disk.Disk
	post func(func())

	opts Options
	open bool
	done func([]string)

	list    Listing // of the folder that is shown
	asked   string  // the folder being read, "" if none is
	since   time.Time
	cancel  context.CancelFunc // of the reading and what follows it
	land    string             // name of the entry to select when the folder is there
	history []string
	visits  int // rises with each folder that is shown

	view     view
	selected map[*Entry]bool
	cursor   int // -1: none
	anchor   int
	hint     hint
}

// New makes a browser of a disk, which is closed. post carries what was read to the loop.
func New(d disk.Disk, post func(func())) *Browser {
	return &Browser{disk: d, post: post, view: view{column: ByName}, selected: map[*Entry]bool{}, cursor: -1, cancel: func() {}}
}

// Open begins to choose. done is called in the end, with no paths if nothing was chosen.
func (b *Browser) Open(o Options, done func([]string)) {
	if o.Accept == "" {
		o.Accept = "Open"
	}
	b.opts, b.open, b.done = o, true, done
	b.history = nil
	dir := o.Dir
	if dir == "" {
		dir = b.list.Dir
	}
	if dir == "" {
		dir, _ = os.UserHomeDir()
	}
	if abs, err := filepath.Abs(dir); err == nil {
		dir = abs
	}
	b.list = Listing{} // of what else was wanted
	b.show()
	b.read(dir, "", true)
}

// IsOpen reports whether something is being chosen.
func (b *Browser) IsOpen() bool { return b.open }

// Options are those of Open.
func (b *Browser) Options() Options { return b.opts }

// Cancel ends without a choice.
func (b *Browser) Cancel() { b.end(nil) }

func (b *Browser) end(paths []string) {
	if !b.open {
		return
	}
	b.cancel()
	b.asked, b.open = "", false
	b.done(paths)
}

// Dir is the folder that is shown; "" until there is one.
func (b *Browser) Dir() string { return b.list.Dir }

// Visits rises whenever another folder is shown.
func (b *Browser) Visits() int { return b.visits }

// Others is how many files of the folder are not listed.
func (b *Browser) Others() int { return b.list.Others }

// Err is why the folder is not, or not completely, known.
func (b *Browser) Err() error { return b.list.Err }

// Reading is the folder being read, and since when; dir is "" if none is.
func (b *Browser) Reading() (dir string, since time.Time) { return b.asked, b.since }

// Go shows a folder, or chooses a file: text is a path as people type it, from the folder
// that is shown.
func (b *Browser) Go(text string) {
	if path := Expand(text, b.list.Dir); path != b.list.Dir || b.list.Err != nil || b.asked != "" {
		b.enter(path, "")
	}
}

// Reveal shows the folder of a path and selects it there.
func (b *Browser) Reveal(path string) { b.enter(filepath.Dir(path), filepath.Base(path)) }

// Up shows the folder above.
func (b *Browser) Up() {
	at := b.list.Dir
	if b.asked != "" {
		at = b.asked
	}
	if up := filepath.Dir(at); up != at {
		b.enter(up, filepath.Base(at))
	}
}

// Home shows the user's folder.
func (b *Browser) Home() {
	if home, err := os.UserHomeDir(); err == nil {
		b.enter(home, "")
	}
}

// CanGoBack reports whether Back leads anywhere.
func (b *Browser) CanGoBack() bool { return len(b.history) > 0 || b.asked != "" && b.list.Dir != "" }

// Back shows the folder before, or stops reading another one.
func (b *Browser) Back() {
	if b.asked != "" && b.list.Dir != "" {
		b.cancel()
		b.asked = ""
		b.again()
		return
	}
	if n := len(b.history); n > 0 {
		dir := b.history[n-1]
		b.history = b.history[:n-1]
		b.read(dir, filepath.Base(b.list.Dir), false)
	}
}

// Refresh reads the folder again.
func (b *Browser) Refresh() {
	name := ""
	if e := b.At(b.cursor); e != nil {
		name = e.Name
	}
	b.read(b.list.Dir, name, false)
}

// SetHidden shows or leaves out what is hidden.
func (b *Browser) SetHidden(on bool) {
	b.view.hidden = on
	b.Refresh()
}

// Hidden reports whether what is hidden is shown.
func (b *Browser) Hidden() bool { return b.view.hidden }

func (b *Browser) enter(dir, land string) {
	if b.list.Dir != "" && b.list.Dir != dir {
		b.history = append(b.history, b.list.Dir)
	}
	b.read(dir, land, false)
}

// read begins to read a folder. What is shown stays until that is done.
func (b *Browser) read(dir, land string, climb bool) {
	b.cancel()
	ctx, cancel := context.WithCancel(context.Background())
	b.cancel, b.asked, b.since, b.land = cancel, dir, time.Now(), land
	d, hidden := disk.Until(ctx, b.disk), b.view.hidden
	go func() {
		l := list(d, dir, hidden, climb)
		s := newSurvey(d, l.Entries)
		b.post(func() {
			if ctx.Err() == nil {
				b.take(l)
			}
		})
		s.run(ctx, func(news func()) {
			b.post(func() {
				if ctx.Err() == nil {
					news()
					b.view.resort()
				}
			})
		})
	}()
}

// take shows a folder that was read.
func (b *Browser) take(l Listing) {
	b.asked = ""
	if l.file != "" {
		if b.opts.Want == Folders {
			b.list.Err = nil
			b.Reveal(l.file)
			return
		}
		b.end([]string{l.file})
		return
	}
	b.list = l
	b.visits++
	b.view.search = ""
	b.show()
	if b.land != "" {
		b.Select(b.find(b.land))
	}
}

// again goes on finding what was not known yet of the folder shown, as its reading was ended.
func (b *Browser) again() {
	ctx, cancel := context.WithCancel(context.Background())
	b.cancel = cancel
	s := newSurvey(disk.Until(ctx, b.disk), b.list.Entries)
	go s.run(ctx, func(news func()) {
		b.post(func() {
			if ctx.Err() == nil {
				news()
				b.view.resort()
			}
		})
	})
}

// Choose ends with paths that were chosen elsewhere.
func (b *Browser) Choose(paths []string) { b.end(paths) }
