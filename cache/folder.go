package cache

import (
	"io/fs"
	"path/filepath"
	"slices"
	"strings"
)

// Folder is what one folder holds, without looking into those below: its sequences, and
// the entries that belong to none. An error may come with what could be read.
func (f *Finder) Folder(dir string) (found Found, others []fs.DirEntry, err error) {
	d := f.begin()
	l := d.list(dir)
	for _, e := range l.entries {
		if e.IsDir() || !isCacheEntry(e.Name()) || !d.regular(dir, e) {
			others = append(others, e)
			continue
		}
		d.addFile(filepath.Join(dir, e.Name()), true, false)
	}
	for name := range l.names {
		if strings.HasPrefix(name, ConvertedDir+string(filepath.Separator)) {
			d.addFile(filepath.Join(dir, name), true, false)
		}
	}
	return d.found(), others, l.err
}

// regular reports whether an entry is a file, or a link to one.
func (d *discovery) regular(dir string, e fs.DirEntry) bool {
	if e.Type()&fs.ModeSymlink == 0 {
		return e.Type().IsRegular()
	}
	st, err := d.Disk.Stat(filepath.Join(dir, e.Name()))
	return err == nil && st.Mode().IsRegular()
}

// Paths are what Discover finds the sequence by: a name with a place for the number, so that
// frames which are written later belong to it, or else all of its files.
func (s *Sequence) Paths() []string {
	if path, ok := s.notation(); ok {
		return []string{path}
	}
	paths := make([]string, len(s.Frames))
	for i, f := range s.Frames {
		paths[i] = f.Path()
	}
	return paths
}

// notation is the sequence's name with a place for the number; ok is false where that would
// not mean all of its files.
func (s *Sequence) notation() (path string, ok bool) {
	if !s.Numbered || len(s.Frames) < 2 {
		return "", false
	}
	dir, name := filepath.Split(s.Frames[0].Path())
	dir = filepath.Clean(dir)
	_, ext, _ := splitExt(name)
	if slices.ContainsFunc(s.Frames, func(f FrameFile) bool {
		_, e, _ := splitExt(filepath.Base(f.Path()))
		return e != ext || filepath.Dir(f.Path()) != dir
	}) {
		return "", false
	}
	written := name[len(name)-len(ext):] // .ICECACHE
	base := s.key.prefix + strings.Repeat("#", max(s.padding, 1)) + s.key.suffix + written
	path = filepath.Join(dir, base)
	n, ok := parseNotation(path)
	return path, ok && n.spans == nil && n.prefix == s.key.prefix && n.suffix == s.key.suffix && n.ext == ext && n.digits == max(s.padding, 1)
}
