package cache

import (
	"cmp"
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"iceexplorer/cache/pathname"
	"iceexplorer/cache/unit"
)

type groupKey struct {
	dir, prefix, suffix string
	padding             int // 0 except for sequences that differ from another only in their zeros
}

// found groups the wanted files into sequences.
func (d *discovery) found() Found {
	groups := map[groupKey][]*want{}
	for _, w := range d.wants {
		groups[w.of.key] = append(groups[w.of.key], w)
	}
	out := Found{Notes: d.notes}
	for key, files := range groups {
		slices.SortFunc(files, byPath)
		g := group{key: key, frames: map[Number]FrameFile{}}
		for _, w := range files {
			g.add(w)
		}
		out.Gone = append(out.Gone, g.gone...)
		out.Notes = append(out.Notes, g.notes()...)
		if len(g.frames) > 0 {
			seq := g.sequence()
			d.seen(seq.Frames)
			out.Sequences = append(out.Sequences, seq)
		}
	}
	slices.Sort(out.Gone)
	slices.SortStableFunc(out.Notes[len(d.notes):], func(a, b Note) int { return strings.Compare(a.Text, b.Text) })
	slices.SortFunc(out.Sequences, func(a, b Sequence) int {
		return cmp.Or(pathname.Compare(a.Dir, b.Dir), pathname.Compare(a.Name, b.Name), cmp.Compare(a.key.prefix, b.key.prefix), cmp.Compare(a.key.padding, b.key.padding))
	})
	return out
}

// seen notes which frames lie converted beside their sources.
func (d *discovery) seen(frames []FrameFile) {
	for i := range frames {
		f := &frames[i]
		if l := d.listings[pathname.Key(filepath.Dir(f.Source))]; f.Source != "" && l != nil {
			f.beside = l.names[pathname.Key(filepath.Join(ConvertedDir, filepath.Base(f.Converted)))] != nil
		}
	}
}

// byPath orders sources before converted frames, and both by their numbers,
// those of one number by their names, short ones first.
func byPath(a, b *want) int {
	if a.of.source() != b.of.source() {
		if a.of.source() {
			return -1
		}
		return 1
	}
	if a.of.number != b.of.number {
		return cmp.Compare(a.of.number, b.of.number)
	}
	return cmp.Or(cmp.Compare(len(a.path), len(b.path)), pathname.Compare(a.path, b.path))
}

// group is the files of one sequence.
type group struct {
	key     groupKey
	frames  map[Number]FrameFile
	whole   bool
	none    bool
	padding int

	doubles int    // files whose frame another one is
	double  string // the first of them
	other   string // and the file that is opened
	gone    []string
	lost    []FrameFile // frames of gone
}

// add takes a file. A source and its converted frame are one frame; of several files
// of one frame the first is opened.
func (g *group) add(w *want) {
	r := w.of
	if !w.shown() {
		g.gone = append(g.gone, w.path)
		g.lost = append(g.lost, FrameFile{Number: r.number})
		return
	}
	g.whole, g.none, g.padding = g.whole || w.whole, r.none, r.padding
	f := FrameFile{Number: r.number, Converted: w.path}
	if r.source() {
		f.Source, f.Converted = w.path, ConvertedPath(w.path)
	}
	was, ok := g.frames[r.number]
	switch {
	case !ok:
		g.frames[r.number] = f
	case was.Converted == f.Converted: // a source and what it became
	default:
		if g.doubles++; g.doubles == 1 {
			g.double, g.other = filepath.Base(w.path), filepath.Base(was.Path())
		}
	}
}

func (g *group) sequence() Sequence {
	s := Sequence{Name: displayName(g.key), Dir: g.key.dir, Numbered: !g.none, Whole: g.whole, key: g.key, padding: g.padding}
	switch {
	case g.key.padding == 1:
		s.Name += " (without zeros)"
	case g.key.padding > 1:
		s.Name += fmt.Sprintf(" (%d digits)", g.padding)
	}
	for _, f := range g.frames {
		s.Frames = append(s.Frames, f)
	}
	slices.SortFunc(s.Frames, byNumber)
	return s
}

func byNumber(a, b FrameFile) int { return cmp.Compare(a.Number, b.Number) }

// notes says which files are not opened.
func (g *group) notes() (notes []Note) {
	note := Note{Path: g.key.dir, Cache: true}
	switch {
	case g.doubles == 1:
		note.Text = fmt.Sprintf("%s is not opened, as %s is the same frame", g.double, g.other)
		notes = append(notes, note)
	case g.doubles > 1:
		note.Text = fmt.Sprintf("%s files are not opened, as others are the same frames, such as %s beside %s", unit.Count(g.doubles), g.double, g.other)
		notes = append(notes, note)
	}
	if len(g.lost) == 0 {
		return notes
	}
	slices.SortFunc(g.lost, byNumber)
	s := Sequence{Numbered: true, Frames: slices.CompactFunc(g.lost, func(a, b FrameFile) bool { return a.Number == b.Number })}
	are := "are"
	if len(g.lost) == 1 {
		are = "is"
	}
	note.Text = fmt.Sprintf("%s: %s %s left out, as the sources are gone (%s); convert --prune removes them",
		displayName(g.key), unit.Plural(len(g.lost), "converted frame"), are, s.Label())
	note.Gone = true
	return append(notes, note)
}

// displayName is the name of a sequence: what its files' names share, without the separators
// around the number, or the folder's name if that is empty.
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
