package cache

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"iceexplorer/cache/pathname"
	"iceexplorer/cache/refusal"
	"iceexplorer/cache/regular"
)

// maxDescend is how many levels below a folder without caches Discover looks.
const maxDescend = 2

// Found is what paths lead to.
type Found struct {
	Sequences []Sequence // in natural order
	Notes     []Note     // on what was left out
	// Gone are converted frames that were left out because their sources are gone while
	// others of their sequence exist.
	Gone []string
}

// Note says what was left out of a folder.
type Note struct {
	Text, Path string // a sentence, and the folder
	Cache      bool   // it is a cache, which the user may miss
	Gone       bool   // it is about Found.Gone
}

func (n Note) String() string { return n.Text + ": " + n.Path }

// Discover turns files, folders, globs and notations of sequences into sequences,
// without opening a cache. Paths that lead to no cache are reported in the error
// (errors.Join), one sentence each with the path last; whatever the others lead to is
// returned as well.
func Discover(paths ...string) (Found, error) { return new(Finder).Discover(paths...) }

// Disk is what Discover needs of a file system.
type Disk interface {
	ReadDir(name string) ([]fs.DirEntry, error)
	Stat(name string) (fs.FileInfo, error)
	Lstat(name string) (fs.FileInfo, error)
}

// system is the machine's own file system.
type system struct{}

func (system) ReadDir(name string) ([]fs.DirEntry, error) { return os.ReadDir(name) }
func (system) Stat(name string) (fs.FileInfo, error)      { return os.Stat(name) }
func (system) Lstat(name string) (fs.FileInfo, error)     { return os.Lstat(name) }

// Finder remembers folders, for many calls of Discover in a row. The zero value is
// ready to use.
type Finder struct {
	Disk Disk // nil: the machine's own
	// Made, if not nil, reports what is made of caches, by a file's name: it is no cache, and nobody misses it.
	Made func(name string) bool

	listings map[string]*listing // by folder
}

// Discover does what the function of the same name does.
func (f *Finder) Discover(paths ...string) (Found, error) {
	d := f.begin()
	var errs []error
	for _, p := range paths {
		if err := d.add(p); err != nil {
			errs = append(errs, err)
		}
	}
	return d.found(), errors.Join(errs...)
}

func (f *Finder) begin() *discovery {
	if f.listings == nil {
		f.listings = map[string]*listing{}
	}
	if f.Disk == nil {
		f.Disk = system{}
	}
	return &discovery{Finder: f, wants: map[string]*want{}}
}

// discovery gathers files before it decides which frames they are.
type discovery struct {
	*Finder
	wants map[string]*want // by path
	notes []Note
}

// listing is what lies in a folder of sources.
type listing struct {
	entries []fs.DirEntry
	err     error
	names   map[string]*reading // of the caches, by their path from the folder
}

// want is a file that is to be opened.
type want struct {
	path  string
	of    *reading
	whole bool // it was found by its folder's name
	asked bool // it was named itself
}

// list reads a folder with its converted frames once.
func (f *Finder) list(dir string) *listing {
	if l := f.listings[pathname.Key(dir)]; l != nil {
		return l
	}
	l := &listing{names: map[string]*reading{}}
	f.listings[pathname.Key(dir)] = l
	if l.entries, l.err = f.Disk.ReadDir(dir); l.err != nil {
		return l
	}
	converted, _ := f.Disk.ReadDir(filepath.Join(dir, ConvertedDir)) // there may be none
	var all []*reading
	for i, entries := range [][]fs.DirEntry{l.entries, converted} {
		for _, e := range entries {
			if e.IsDir() || !isCacheEntry(e.Name()) {
				continue
			}
			name := e.Name()
			if i == 1 {
				name = filepath.Join(ConvertedDir, name)
			}
			r := read(dir, e.Name(), i == 1)
			l.names[pathname.Key(name)], all = r, append(all, r)
		}
	}
	readAll(all)
	return l
}

// isCacheEntry reports whether a folder's entry has a cache's name. ".5.icecache" is
// frame 5 without a name, ".x.icecache.tmp123" and other hidden files are not for us.
func isCacheEntry(name string) bool {
	stem, _, ok := splitExt(name)
	return ok && (!strings.HasPrefix(name, ".") || len(stem) > 1 && (digit(stem[1]) || stem[1] == '-'))
}

// home is the folder of the sources that a cache's folder belongs to, and the name of
// the cache from there.
func home(path string) (dir, name string) {
	dir, name = filepath.Dir(path), filepath.Base(path)
	if filepath.Base(dir) == ConvertedDir {
		return filepath.Dir(dir), filepath.Join(ConvertedDir, name)
	}
	return dir, name
}

// addFile wants one cache.
func (d *discovery) addFile(path string, whole, asked bool) *want {
	w := d.wants[pathname.Key(path)]
	if w == nil {
		dir, name := home(path)
		w = &want{path: path, of: d.list(dir).names[pathname.Key(name)]}
		if w.of == nil { // hidden, or in a folder that cannot be listed
			w.of = read(dir, filepath.Base(path), name != filepath.Base(path))
		}
		d.wants[pathname.Key(path)] = w
	}
	w.whole, w.asked = w.whole || whole, w.asked || asked
	return w
}

func (d *discovery) add(path string) error {
	if path == "" {
		return errors.New("find caches: the path is empty")
	}
	abs, err := filepath.Abs(path)
	if err != nil {
		return fmt.Errorf("find caches: %w: %s", err, path)
	}
	st, err := d.Disk.Stat(abs)
	if refusal.Nowhere(err) {
		return d.addPattern(abs)
	}
	switch {
	case err != nil:
		return fmt.Errorf("find caches: %w: %s", pathname.Reason(err), path)
	case st.IsDir():
		return d.addFolder(abs, path)
	case !st.Mode().IsRegular():
		return fmt.Errorf("%w: %s", &regular.Error{Mode: st.Mode()}, path)
	case !IsCacheFile(abs):
		return fmt.Errorf("not a particle cache (.icecache, .sih5, .h5, .hdf5): %s", path)
	}
	d.addFile(abs, false, true)
	return nil
}

func (d *discovery) addPattern(path string) error {
	if n, ok := parseNotation(path); ok {
		if err := d.addNotation(&n, path); err == nil || !n.bare {
			return err
		}
	} else if misread(path) {
		return fmt.Errorf("not a sequence such as name.[1..100;4].icecache: %s", path)
	}
	all := expand(d.Disk, path)
	if len(all) == 0 {
		return fmt.Errorf("no such file or folder: %s", path)
	}
	w := walk{d: d, seen: map[string]bool{}}
	for _, m := range all {
		st, err := d.Disk.Stat(m)
		switch {
		case err != nil:
			w.dead.add(m)
		case st.IsDir():
			_ = w.folder(m, maxDescend) // one that cannot be read is no match
		default:
			w.file(m, st.Mode(), false)
		}
	}
	if w.found == 0 {
		return fmt.Errorf("no particle caches match: %s", path)
	}
	w.tell(path)
	return nil
}

// addNotation adds the frames of a sequence.
func (d *discovery) addNotation(n *notation, path string) error {
	folders := []string{n.dir}
	if _, err := d.Disk.Lstat(n.dir); err != nil {
		folders = expand(d.Disk, n.dir)
	}
	var found []*want
	var fault error
	for _, dir := range folders {
		frames, err := d.frames(n, dir)
		if err != nil {
			fault = fmt.Errorf("find caches: %w: %s", pathname.Reason(err), path)
		}
		found = append(found, frames...)
	}
	switch {
	case len(found) > 0:
		for _, w := range found {
			d.wants[pathname.Key(w.path)] = w
		}
		return nil
	case fault != nil:
		return fault
	case len(folders) == 0:
		return fmt.Errorf("no such folder: %s", path)
	}
	return fmt.Errorf("no frames of the sequence: %s", path)
}

// frames are the files of a folder that a notation means.
func (d *discovery) frames(n *notation, dir string) ([]*want, error) {
	entries, err := d.Disk.ReadDir(dir)
	if err != nil {
		return nil, err
	}
	hidden := filepath.Base(dir) == ConvertedDir
	sources := dir
	if hidden {
		sources = filepath.Dir(dir)
	}
	names := d.list(sources).names
	var all, padded []*want
	for _, e := range entries {
		stem, ext, ok := splitExt(e.Name())
		if !ok || ext != n.ext || e.IsDir() {
			continue
		}
		path := filepath.Join(dir, e.Name())
		_, name := home(path)
		r := names[name]
		if r == nil {
			r = read(sources, e.Name(), hidden)
		}
		if r.none || r.key.prefix != n.prefix || r.key.suffix != n.suffix {
			if r = n.read(sources, stem, ext, hidden); r == nil {
				continue
			}
		}
		if !n.wants(r.number) {
			continue
		}
		// All frames that the folder has of it, so that it can be read again.
		w := &want{path: path, of: r, whole: n.spans == nil && r == names[name], asked: true}
		if all = append(all, w); r.padding == max(n.digits, 1) {
			padded = append(padded, w)
		}
	}
	if len(padded) > 0 { // there are several paddings, and this is the one
		return padded, nil
	}
	return all, nil
}

// read reads a name whose number is not the last one: fx_####_v2.icecache. It is nil
// if there is no whole number in its place.
func (n *notation) read(dir, stem, ext string, hidden bool) *reading {
	rest, ok := strings.CutPrefix(stem, n.prefix)
	if !ok || !strings.HasSuffix(rest, n.suffix) {
		return nil
	}
	number, ok := ParseNumber(strings.TrimSuffix(rest, n.suffix))
	if !ok || strings.Contains(strings.TrimSuffix(rest, n.suffix), ".") {
		return nil
	}
	r := &reading{stem: stem, ext: ext, hidden: hidden}
	r.place(dir, n.prefix, n.suffix, number)
	return r
}
