package sessionfile

import (
	"path/filepath"
	"slices"
	"strings"

	"iceexplorer/app/disk"
	"iceexplorer/cache"
)

// Found is a sequence of a session and what it is on the disk.
type Found struct {
	Seq  cache.Sequence
	Want Sequence
}

// Find looks for sequences where the session file at path says they are, or else where they
// were when it was written. It waits for the disk.
func Find(d disk.Disk, path string, want []Sequence) (found []Found, missing []Sequence) {
	h := newHunt(d)
	for _, s := range want {
		var dirs []string
		if s.Folder != "" {
			dirs = append(dirs, s.place(filepath.Dir(path)))
		}
		if was := string(s.Was); filepath.IsAbs(was) {
			dirs = append(dirs, filepath.Clean(was))
		}
		if seq, ok := h.any(&s, dirs); ok {
			found = append(found, Found{seq, s})
		} else {
			missing = append(missing, s)
		}
	}
	return found, missing
}

// place is the folder of the sequence, for a file in a folder.
func (s *Sequence) place(dir string) string {
	folder := filepath.FromSlash(string(s.Folder))
	if filepath.IsAbs(folder) {
		return filepath.Clean(folder)
	}
	return filepath.Join(dir, folder)
}

// Bounds of a search below a folder.
const (
	maxDepth   = 5
	maxFolders = 4000
)

// Relink looks for sequences below another folder: at the end of the path where they were, then
// anywhere else. It waits for the disk.
func Relink(d disk.Disk, folder string, want []Sequence) (found []Found, missing []Sequence) {
	h := newHunt(d)
	var below []string // once they are needed
	for _, s := range want {
		seq, ok := h.any(&s, ends(folder, string(s.Was)))
		if !ok {
			if below == nil {
				below = h.below(folder)
			}
			seq, ok = h.any(&s, below)
		}
		if ok {
			found = append(found, Found{seq, s})
		} else {
			missing = append(missing, s)
		}
	}
	return found, missing
}

// ends are the folder with longer and longer ends of a path behind it; those that share more
// come first, as an end of one name may be that of many folders.
func ends(folder, path string) []string {
	names := strings.FieldsFunc(filepath.ToSlash(path), func(r rune) bool { return r == '/' })
	if len(names) > 64 {
		names = names[len(names)-64:]
	}
	var out []string
	for i := range names {
		out = append(out, filepath.Join(folder, filepath.Join(names[i:]...)))
	}
	return append(out, filepath.Clean(folder))
}

// hunt looks into each folder once.
type hunt struct {
	disk    disk.Disk
	finder  cache.Finder
	folders map[string][]cache.Sequence
}

func newHunt(d disk.Disk) *hunt {
	return &hunt{disk: d, finder: cache.Finder{Disk: d}, folders: map[string][]cache.Sequence{}}
}

// any is the sequence in the first folder that has its file or, as that may be gone, a sequence
// of its name.
func (h *hunt) any(s *Sequence, dirs []string) (seq cache.Sequence, ok bool) {
	if len(s.Files) > 0 {
		for _, dir := range dirs {
			if seq, ok = h.files(s, dir); ok {
				return seq, true
			}
		}
		return seq, false
	}
	for _, dir := range dirs {
		file := filepath.Join(dir, filepath.FromSlash(string(s.File)))
		for _, q := range h.folder(dir) {
			if slices.ContainsFunc(q.Frames, func(f cache.FrameFile) bool { return f.Source == file || f.Converted == file }) {
				return q, true
			}
		}
	}
	for _, dir := range dirs {
		for _, q := range h.folder(dir) {
			if q.Numbered && q.Name == string(s.Name) {
				return q, true
			}
		}
	}
	return seq, false
}

// folder are the sequences of a folder.
func (h *hunt) folder(dir string) []cache.Sequence {
	all, looked := h.folders[dir]
	if looked {
		return all
	}
	if st, err := h.disk.Stat(dir); err == nil && st.IsDir() {
		found, _ := h.finder.Discover(dir) // without caches there are no sequences
		all = slices.DeleteFunc(found.Sequences, func(q cache.Sequence) bool { return q.Dir != dir })
	}
	h.folders[dir] = all
	return all
}

// files is the sequence of those of its files that a folder has.
func (h *hunt) files(s *Sequence, dir string) (seq cache.Sequence, ok bool) {
	if st, err := h.disk.Stat(dir); err != nil || !st.IsDir() {
		return seq, false
	}
	var paths []string
	for _, f := range s.Files {
		path := filepath.Join(dir, filepath.FromSlash(string(f)))
		if st, err := h.disk.Stat(path); err == nil && st.Mode().IsRegular() {
			paths = append(paths, path)
		}
	}
	found, _ := h.finder.Discover(paths...)
	if len(found.Sequences) == 0 {
		return seq, false
	}
	return found.Sequences[0], true
}

// below are the folders below one, the nearest first.
func (h *hunt) below(folder string) []string {
	out := []string{filepath.Clean(folder)}
	for level, from := 0, 0; level < maxDepth && from < len(out); level++ {
		to := len(out)
		for _, dir := range out[from:to] {
			entries, _ := h.disk.ReadDir(dir) // what cannot be read has nothing for us
			for _, e := range entries {
				if e.IsDir() && !strings.HasPrefix(e.Name(), ".") && len(out) < maxFolders {
					out = append(out, filepath.Join(dir, e.Name()))
				}
			}
		}
		from = to
	}
	return out
}
