package cache

import (
	"fmt"
	"io/fs"
	"path/filepath"
	"strings"

	"iceexplorer/cache/pathname"
	"iceexplorer/cache/unit"
)

// walk looks for caches in folders, for one path that was given.
type walk struct {
	d     *discovery
	seen  map[string]bool // folders by their real path, so that links that lead back are not followed
	found int
	deep  bool // there are folders that are too far below

	others, below, dead, locked tally // what is left out
}

// tally counts things and knows the first of them.
type tally struct {
	n     int
	first string
}

func (t *tally) add(path string) {
	if t.n == 0 {
		t.first = filepath.Base(path)
	}
	t.n++
}

// addFolder adds the caches of a folder. path is how it was written.
func (d *discovery) addFolder(dir, path string) error {
	w := walk{d: d, seen: map[string]bool{}}
	if err := w.folder(dir, maxDescend); err != nil {
		return fmt.Errorf("find caches: %w: %s", pathname.Reason(err), path)
	}
	switch {
	case w.found == 0 && w.deep:
		return fmt.Errorf("no particle caches in the folder and down to %d levels below: %s", maxDescend, path)
	case w.found == 0:
		return fmt.Errorf("no particle caches in the folder: %s", path)
	}
	w.tell(dir)
	return nil
}

// folder adds the caches of a folder and those in its .sih5 folder, and looks below,
// through links too, only if there are none.
func (w *walk) folder(dir string, descend int) error {
	if !w.enter(dir) {
		return nil
	}
	var entries []fs.DirEntry
	var err error
	converted := filepath.Base(dir) == ConvertedDir
	if converted { // it is not a folder of sources
		entries, err = w.d.Disk.ReadDir(dir)
	} else {
		l := w.d.list(dir)
		entries, err = l.entries, l.err
	}
	if err != nil {
		return err
	}
	before := w.found
	var below, links []string
	for _, e := range entries {
		full, mode := filepath.Join(dir, e.Name()), e.Type()
		if mode&fs.ModeSymlink != 0 {
			st, err := w.d.Disk.Stat(full)
			if err != nil {
				w.dead.add(full)
				continue
			}
			mode = st.Mode()
		}
		hidden := strings.HasPrefix(e.Name(), ".")
		switch {
		case mode.IsDir() && e.Name() == ConvertedDir:
			w.converted(full)
		case mode.IsDir() && hidden:
		case mode.IsDir() && e.Type()&fs.ModeSymlink != 0:
			links = append(links, full)
		case mode.IsDir():
			below = append(below, full)
		case !hidden || isCacheEntry(e.Name()):
			w.file(full, mode, converted)
		}
	}
	below = append(below, links...) // a folder itself rather than a link to it
	switch {
	case w.found > before:
		for _, b := range below {
			w.below.add(b)
		}
	case descend == 0:
		w.deep = w.deep || len(below) > 0
	default:
		for _, b := range below {
			if err := w.folder(b, descend-1); err != nil {
				w.locked.add(b)
			}
		}
	}
	return nil
}

// enter notes a folder, and reports whether it is entered for the first time.
func (w *walk) enter(dir string) bool {
	real, err := filepath.EvalSymlinks(dir)
	if err != nil {
		real = dir
	}
	if w.seen[real] {
		return false
	}
	w.seen[real] = true
	return true
}

// converted adds the frames of a folder of converted ones that lies beside sources.
func (w *walk) converted(dir string) {
	entries, err := w.d.Disk.ReadDir(dir)
	if err != nil {
		w.locked.add(dir)
	}
	for _, e := range entries {
		if !e.IsDir() && isCacheEntry(e.Name()) && w.d.addFile(filepath.Join(dir, e.Name()), true, false).shown() {
			w.found++
		}
	}
}

// file adds a file of a folder, or counts it as something else. asked: the folder of
// converted frames that it lies in was named itself.
func (w *walk) file(path string, mode fs.FileMode, asked bool) {
	if !IsCacheFile(path) || !mode.IsRegular() {
		if w.d.Made == nil || !w.d.Made(filepath.Base(path)) {
			w.others.add(path)
		}
		return
	}
	w.d.addFile(path, !asked, asked)
	w.found++
}

// shown reports whether the file is not among the converted frames that are left out.
func (w *want) shown() bool { return w.asked || !w.of.gone }

// tell adds notes about what was left out.
func (w *walk) tell(path string) {
	note := func(t tally, cache bool, one, more string) {
		switch {
		case t.n == 1:
			w.d.notes = append(w.d.notes, Note{Text: fmt.Sprintf(one, t.first), Path: path, Cache: cache})
		case t.n > 1:
			w.d.notes = append(w.d.notes, Note{Text: fmt.Sprintf(more, unit.Count(t.n), t.first), Path: path, Cache: cache})
		}
	}
	note(w.others, false, "1 file is not a particle cache: %s", "%s files are not particle caches, such as %s")
	note(w.below, false, "the folder %s beside the caches is not opened", "%s folders beside the caches are not opened, such as %s")
	note(w.dead, true, "the link %s leads nowhere", "%s links lead nowhere, such as %s")
	note(w.locked, true, "the folder %s cannot be read", "%s folders cannot be read, such as %s")
}
