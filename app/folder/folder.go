// Package folder is what people choose files from: what folders hold, with a sequence in one
// line, and the way through them. Folders are read beside the loop, and one that does not
// answer can be left. It knows no window.
package folder

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"iceexplorer/app/disk"
	"iceexplorer/app/sessionfile"
	"iceexplorer/cache"
	"iceexplorer/cache/pathname"
	"iceexplorer/cache/refusal"
	"iceexplorer/cache/unit"
)

// Kind is what an entry is.
type Kind uint8

// The kinds, in the order in which they are listed.
const (
	Folder Kind = iota
	Session
	Sequence // of one file too
)

// Entry is a line of a folder.
type Entry struct {
	Name   string
	Kind   Kind
	Paths  []string  // what opens it
	Bytes  int64     // of all files; below 0: not known yet
	Time   time.Time // when it was changed last; zero: not known yet
	Range  string    // of a sequence: "1-100"
	Frames int
	Lacks  int    // frames missing
	About  string // a sequence's frames in words: "frames 1-100, 2 missing: 7, 9"
	Inside Inside // a folder

	files []string // whose sizes are its own
	lower string
	rank  int // by name
}

// String is the entry in words.
func (e *Entry) String() string {
	text := e.Name
	if e.Inside.Sequences > 0 {
		text += ", " + e.Inside.String()
	}
	if e.About != "" {
		text += ", " + e.About
	}
	return text
}

// Inside is what is known of a folder before it is entered.
type Inside struct {
	Sequences int
	Below     bool // they are in a folder of the folder
}

// String says what a folder holds; "" if that is nothing, or not known.
func (in Inside) String() string {
	if in.Sequences == 0 {
		return ""
	}
	text := unit.Plural(in.Sequences, "sequence")
	if in.Below {
		text += " below"
	}
	return text
}

// Listing is what a folder held when it was read.
type Listing struct {
	Dir     string
	Entries []*Entry
	Others  int   // files that are neither caches nor sessions
	Err     error // why it is not, or not completely, known

	file string // it is a file, or the name of a sequence, and no folder
}

// list reads a folder; for a file it only says so. With climb it goes up from a path that
// does not lead to a folder to the first that does. It waits for the disk.
func list(d disk.Disk, dir string, hidden, climb bool) Listing {
	l := Listing{Dir: dir}
	st, err := d.Stat(dir)
	for climb && (err != nil || !st.IsDir()) && filepath.Dir(l.Dir) != l.Dir {
		l.Dir = filepath.Dir(l.Dir)
		st, err = d.Stat(l.Dir)
	}
	finder := cache.Finder{Disk: d}
	switch {
	case refusal.Nowhere(err):
		if found, _ := finder.Discover(dir); len(found.Sequences) > 0 {
			l.file = dir
			return l
		}
	case err == nil && !st.IsDir():
		l.file = l.Dir
		return l
	}
	if err != nil {
		l.Err = fmt.Errorf("%w: %s", pathname.Reason(err), pathname.Display(l.Dir))
		return l
	}
	found, others, err := finder.Folder(l.Dir)
	if err != nil {
		l.Err = fmt.Errorf("%w: %s", pathname.Reason(err), pathname.Display(l.Dir))
	}
	for i := range found.Sequences {
		l.Entries = append(l.Entries, sequence(&found.Sequences[i]))
	}
	for _, e := range others {
		l.add(d, e, hidden)
	}
	slices.SortFunc(l.Entries, func(a, b *Entry) int { return pathname.Compare(a.Name, b.Name) })
	for i, e := range l.Entries {
		e.rank, e.lower = i, strings.ToLower(pathname.Display(e.Name))
	}
	return l
}

// add takes an entry that is no cache.
func (l *Listing) add(d disk.Disk, e fs.DirEntry, hidden bool) {
	path, mode := filepath.Join(l.Dir, e.Name()), e.Type()
	if strings.HasPrefix(e.Name(), ".") && !hidden {
		return
	}
	if mode&fs.ModeSymlink != 0 {
		if st, err := d.Stat(path); err == nil {
			mode = st.Mode()
		}
	}
	x := &Entry{Name: e.Name(), Paths: []string{path}, Bytes: -1}
	switch {
	case mode.IsDir():
		x.Kind = Folder
	case mode.IsRegular() && sessionfile.Is(path):
		x.Kind, x.files = Session, x.Paths
	default:
		l.Others++
		return
	}
	l.Entries = append(l.Entries, x)
}

func sequence(s *cache.Sequence) *Entry {
	e := &Entry{Name: s.Name, Kind: Sequence, Paths: s.Paths(), Bytes: -1, Frames: len(s.Frames), About: s.Label()}
	if s.Numbered {
		bare := *s
		bare.Frames = []cache.FrameFile{s.Frames[0], s.Frames[len(s.Frames)-1]}
		e.Range, _, _ = strings.Cut(bare.Summary(), ",")
		e.Lacks = s.Missing()
	}
	if len(s.Frames) == 1 { // by its file's name, as there is nothing to join
		e.Name = filepath.Base(s.Frames[0].Path())
	}
	for _, f := range s.Frames {
		e.files = append(e.files, f.Path())
	}
	return e
}

// measure finds size and time of an entry. It waits for the disk.
func (e *Entry) measure(d disk.Disk) (bytes int64, last time.Time) {
	files := e.files
	if e.Kind == Folder {
		files = e.Paths
	}
	for _, f := range files {
		st, err := d.Stat(f)
		if err != nil {
			continue
		}
		if bytes += st.Size(); st.ModTime().After(last) {
			last = st.ModTime()
		}
	}
	if e.Kind == Folder {
		bytes = -1
	}
	return bytes, last
}

// mostBelow is how many folders of a folder are looked into for caches.
const mostBelow = 64

// inside counts the sequences of a folder, or else those of the folders in it. It waits for
// the disk.
func inside(d disk.Disk, dir string) Inside {
	finder := cache.Finder{Disk: d}
	found, others, _ := finder.Folder(dir) // what cannot be read has nothing for us
	in := Inside{Sequences: len(found.Sequences)}
	if in.Sequences > 0 {
		return in
	}
	looked := 0
	for _, e := range others {
		if !e.IsDir() || strings.HasPrefix(e.Name(), ".") {
			continue
		}
		if looked++; looked > mostBelow {
			break
		}
		found, _, _ := finder.Folder(filepath.Join(dir, e.Name()))
		in.Sequences += len(found.Sequences)
	}
	in.Below = in.Sequences > 0
	return in
}

// Expand turns what was typed into an absolute path: ~ is the home folder, and relative paths
// begin in dir.
func Expand(text, dir string) string {
	text = strings.Trim(strings.TrimSpace(text), `"`) // Explorer copies paths in quotes
	if v := filepath.VolumeName(text); v != "" && v == text {
		text += string(filepath.Separator) // a drive alone is its root, whatever folder a console has been in
	}
	if home, err := os.UserHomeDir(); err == nil {
		if text == "~" {
			return home
		}
		if rest, ok := strings.CutPrefix(filepath.FromSlash(text), "~"+string(filepath.Separator)); ok {
			return filepath.Join(home, rest)
		}
	}
	if !filepath.IsAbs(text) {
		text = filepath.Join(dir, text)
	}
	return filepath.Clean(text)
}
