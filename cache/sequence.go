package cache

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"sort"
	"strings"

	"iceexplorer/cache/regular"
)

// FrameFile is one frame of a sequence as its files' names tell it.
type FrameFile struct {
	Number Number // 0 for a file without a number
	Source string // the .icecache; "" if there is only a converted file
	// Converted is the .sih5 of this frame: for frames with a Source where it lies
	// or would lie, otherwise the file itself.
	Converted string
}

// Path is the file the frame is known by: its source, else the converted file.
func (f FrameFile) Path() string {
	if f.Source != "" {
		return f.Source
	}
	return f.Converted
}

// Sequence is the frames of one object in one folder, by rising frame number.
type Sequence struct {
	Name     string // as shown: the file names without number and extension
	Dir      string
	Frames   []FrameFile
	Numbered bool // false for a single file without a number
	Whole    bool // all frames of the folder, found by the folder's name

	key groupKey
}

// ConvertedDir is the folder beside the sources that holds converted frames.
const ConvertedDir = ".sih5"

// ConvertedPath is where the converted frame of a source file lies.
func ConvertedPath(source string) string {
	return filepath.Join(filepath.Dir(source), ConvertedDir, filepath.Base(source)+".sih5")
}

// maxDescend is how many levels below a folder without caches Discover looks.
const maxDescend = 2

// Discover turns files, folders, globs and Softimage's sequence notation into
// sequences, in natural order, without opening a cache. Paths that lead to no
// cache are reported in the error (errors.Join), one sentence each with the path
// last; the sequences found elsewhere are returned all the same.
func Discover(paths ...string) ([]Sequence, error) {
	d := discovery{groups: map[groupKey]*group{}}
	var errs []error
	for _, p := range paths {
		if err := d.add(p); err != nil {
			errs = append(errs, err)
		}
	}
	return d.sequences(), errors.Join(errs...)
}

type groupKey struct{ dir, prefix, suffix string }

type group struct {
	numbered bool
	whole    bool
	frames   map[Number]FrameFile
}

type discovery struct{ groups map[groupKey]*group }

func (d *discovery) add(path string) error {
	if path == "" {
		return errors.New("find caches: the path is empty")
	}
	abs, err := filepath.Abs(path)
	if err != nil {
		return fmt.Errorf("find caches: %w: %s", err, path)
	}
	st, err := os.Stat(abs)
	if errors.Is(err, fs.ErrNotExist) {
		return d.addPattern(abs)
	}
	if err != nil {
		return fmt.Errorf("find caches: %w: %s", cause(err), path)
	}
	if !st.IsDir() {
		if !st.Mode().IsRegular() {
			return fmt.Errorf("%w: %s", &regular.Error{Mode: st.Mode()}, path)
		}
		if !IsCacheFile(abs) {
			return fmt.Errorf("not a particle cache (.icecache, .sih5, .h5, .hdf5): %s", path)
		}
		d.addFile(abs, false)
		return nil
	}
	n, err := d.addFolder(abs, maxDescend)
	if err != nil {
		return fmt.Errorf("find caches: %w: %s", cause(err), path)
	}
	if n == 0 {
		return fmt.Errorf("no particle caches in the folder: %s", path)
	}
	return nil
}

// cause strips the path a PathError carries, as ours go last.
func cause(err error) error {
	var p *fs.PathError
	if errors.As(err, &p) {
		return p.Err
	}
	return err
}

func (d *discovery) addPattern(path string) error {
	if n, ok := parseNotation(path); ok {
		entries, err := os.ReadDir(n.dir)
		if err != nil {
			return fmt.Errorf("find caches: %w: %s", cause(err), path)
		}
		found := 0
		for _, e := range entries {
			stem, ext, ok := splitExt(e.Name())
			if !ok || ext != n.ext || e.IsDir() {
				continue
			}
			prefix, frame, suffix, ok := splitFrame(stem)
			if ok && prefix == n.prefix && suffix == n.suffix && frame >= n.first && frame <= n.last {
				d.addFile(filepath.Join(n.dir, e.Name()), false)
				found++
			}
		}
		if found == 0 {
			return fmt.Errorf("no frames of the sequence: %s", path)
		}
		return nil
	}
	if misread(path) {
		return fmt.Errorf("not a sequence such as name.[1..100;4].icecache: %s", path)
	}
	matches, err := filepath.Glob(path)
	if err != nil || len(matches) == 0 {
		return fmt.Errorf("no such file or folder: %s", path)
	}
	found := 0
	for _, m := range matches {
		st, err := os.Stat(m)
		switch {
		case err != nil:
		case strings.HasPrefix(filepath.Base(m), ".") && !strings.HasPrefix(filepath.Base(path), "."):
		case st.IsDir():
			if n, err := d.addFolder(m, maxDescend); err == nil {
				found += n
			}
		case IsCacheFile(m):
			d.addFile(m, false)
			found++
		}
	}
	if found == 0 {
		return fmt.Errorf("no particle caches match: %s", path)
	}
	return nil
}

// addFolder adds the caches of a folder and those in its .sih5 folder, and looks
// below only if there are none.
func (d *discovery) addFolder(dir string, descend int) (int, error) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return 0, err
	}
	found := 0
	var below []string
	for _, e := range entries {
		full := filepath.Join(dir, e.Name())
		isDir := e.IsDir()
		if e.Type()&fs.ModeSymlink != 0 {
			st, err := os.Stat(full)
			if err != nil {
				continue // a link to nothing
			}
			isDir = st.IsDir()
		}
		switch {
		case isDir && e.Name() == ConvertedDir:
			n, err := d.addFolder(full, 0)
			if err == nil {
				found += n
			}
		case isDir:
			if e.Type()&fs.ModeSymlink == 0 && !strings.HasPrefix(e.Name(), ".") {
				below = append(below, full)
			}
		case IsCacheFile(e.Name()) && !strings.HasPrefix(e.Name(), ".") || strings.HasPrefix(e.Name(), ".") && visibleCache(e.Name()):
			d.addFile(full, true)
			found++
		}
	}
	if found == 0 && descend > 0 {
		for _, b := range below {
			n, err := d.addFolder(b, descend-1)
			if err == nil {
				found += n
			}
		}
	}
	return found, nil
}

// visibleCache reports whether a name with a leading dot is a cache all the same:
// ".5.icecache" is frame 5 without a name, ".x.icecache.tmp123" is a leftover.
func visibleCache(name string) bool {
	stem, _, ok := splitExt(name)
	return ok && len(stem) > 1 && (digit(stem[1]) || stem[1] == '-')
}

// addFile adds one file. An .icecache and its .sih5 are one frame: the .sih5 may
// lie in a .sih5 folder beside the source, or right beside it.
func (d *discovery) addFile(path string, whole bool) {
	dir, base := filepath.Split(path)
	dir = filepath.Clean(dir)
	stem, ext, _ := splitExt(base)
	f := FrameFile{}
	if ext == ".icecache" {
		f.Source, f.Converted = path, ConvertedPath(path)
	} else {
		f.Converted = path
		if filepath.Base(dir) == ConvertedDir {
			dir = filepath.Dir(dir)
		}
	}
	prefix, number, suffix, numbered := splitFrame(stem)
	key := groupKey{dir, prefix, suffix}
	if !numbered {
		key = groupKey{dir, stem, "\x00"}
	}
	g := d.groups[key]
	if g == nil {
		g = &group{numbered: numbered, frames: map[Number]FrameFile{}}
		d.groups[key] = g
	}
	f.Number = number
	g.whole = g.whole || whole
	g.frames[number] = merge(g.frames[number], f)
}

// merge joins what two files say of one frame. A source wins over a converted
// file, of two of the same kind (name_1 and name_01) the first stays.
func merge(old, f FrameFile) FrameFile {
	switch {
	case old.Path() == "":
		return f
	case old.Source == "" && f.Source != "":
		return f
	}
	return old
}

func (d *discovery) sequences() []Sequence {
	var out []Sequence
	for key, g := range d.groups {
		s := Sequence{Name: displayName(key), Dir: key.dir, Numbered: g.numbered, Whole: g.whole, key: key}
		for _, f := range g.frames {
			s.Frames = append(s.Frames, f)
		}
		slices.SortFunc(s.Frames, func(a, b FrameFile) int { return cmp.Compare(a.Number, b.Number) })
		out = append(out, s)
	}
	sort.Slice(out, func(i, j int) bool {
		if out[i].Dir != out[j].Dir {
			return naturalLess(out[i].Dir, out[j].Dir)
		}
		return naturalLess(out[i].Name, out[j].Name)
	})
	return out
}

// displayName is how a sequence is called: what its files' names share, without
// the separators around the number; the folder's name if that is nothing.
func displayName(k groupKey) string {
	suffix := strings.TrimSuffix(k.suffix, "\x00")
	name := strings.TrimRight(k.prefix, "_. -")
	if suffix != "" {
		name += "#" + suffix
	}
	if name == "" {
		name = filepath.Base(k.dir)
	}
	return name
}

// Same reports whether frames found by Discover are of one sequence, though one may
// have fewer. Sequences of one folder may have the same name: a_1 and a.1 do.
func (s *Sequence) Same(o *Sequence) bool { return s.Numbered == o.Numbered && s.key == o.key }

// Find is the position in Frames of the frame with the given number, -1 if there
// is none.
func (s *Sequence) Find(number Number) int {
	i, ok := slices.BinarySearchFunc(s.Frames, number, func(f FrameFile, n Number) int { return cmp.Compare(f.Number, n) })
	if !ok {
		return -1
	}
	return i
}

// Gap is a run of missing frame numbers, both ends missing.
type Gap struct{ First, Last Number }

// Gaps are the runs of numbers missing between the first and last frame: those of
// which there is nothing, not even a frame between them and the next.
func (s *Sequence) Gaps() []Gap {
	var gaps []Gap
	for i := 1; i < len(s.Frames); i++ {
		a, b := s.Frames[i-1].Number, s.Frames[i].Number
		gap := Gap{a.Floor() + 1, b.Floor() - 1}
		if gap.First <= gap.Last {
			gaps = append(gaps, gap)
		}
	}
	return gaps
}

// Missing is the number of frames missing between the first and the last.
func (s *Sequence) Missing() int {
	n := 0
	for _, g := range s.Gaps() {
		n += int(g.Last-g.First) + 1
	}
	return n
}

// maxListed is how many gaps Summary names.
const maxListed = 12

// Summary says which frames there are: "1-48, 3 missing: 7, 9, 31".
func (s *Sequence) Summary() string {
	if !s.Numbered || len(s.Frames) == 0 {
		return "single frame"
	}
	text := span(s.Frames[0].Number, s.Frames[len(s.Frames)-1].Number)
	gaps := s.Gaps()
	if len(gaps) == 0 {
		return text
	}
	var parts []string
	for i, g := range gaps {
		if i == maxListed {
			parts = append(parts, "...")
			break
		}
		parts = append(parts, span(g.First, g.Last))
	}
	return fmt.Sprintf("%s, %d missing: %s", text, s.Missing(), strings.Join(parts, ", "))
}

// Label is Summary as a phrase: "frames 1-48", "frame 12", "single frame".
func (s *Sequence) Label() string {
	switch text := s.Summary(); {
	case !s.Numbered || len(s.Frames) == 0:
		return text
	case len(s.Frames) == 1:
		return "frame " + text
	default:
		return "frames " + text
	}
}

func span(a, b Number) string {
	switch {
	case a == b:
		return a.String()
	case a < 0 || b < 0:
		return fmt.Sprintf("%v to %v", a, b)
	}
	return fmt.Sprintf("%v-%v", a, b)
}
