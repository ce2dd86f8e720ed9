package folder

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"iceexplorer/cache/pathname"
	"iceexplorer/cache/unit"
)

// Column is what the lines are sorted by.
type Column uint8

// The columns.
const (
	ByName Column = iota
	ByFrames
	BySize
	ByTime
)

// view is which lines are shown, and in which order.
type view struct {
	column Column
	desc   bool
	search string
	hidden bool

	want Want
	all  []*Entry
	rows []*Entry
}

// make chooses and sorts the lines.
func (v *view) make() {
	search := strings.ToLower(strings.TrimSpace(v.search))
	v.rows = v.rows[:0]
	for _, e := range v.all {
		if e.Kind == Sequence && v.want != Caches || e.Kind == Session && v.want == Folders {
			continue
		}
		if search == "" || strings.Contains(e.lower, search) {
			v.rows = append(v.rows, e)
		}
	}
	v.sort()
}

// sort orders the lines: folders come first in any order.
func (v *view) sort() {
	slices.SortFunc(v.rows, func(a, b *Entry) int {
		if c := cmp.Compare(a.Kind, b.Kind); c != 0 && (a.Kind == Folder || b.Kind == Folder || v.column == ByName) {
			return c
		}
		order := 0
		switch v.column {
		case ByFrames:
			order = cmp.Compare(a.Frames, b.Frames)
		case BySize:
			order = cmp.Compare(a.Bytes, b.Bytes)
		case ByTime:
			order = a.Time.Compare(b.Time)
		}
		if order = cmp.Or(order, cmp.Compare(a.rank, b.rank)); v.desc {
			return -order
		}
		return order
	})
}

// resort orders the lines anew, if what was found can have changed that.
func (v *view) resort() {
	if v.column == BySize || v.column == ByTime {
		v.sort()
	}
}

// show shows the folder from its beginning.
func (b *Browser) show() {
	clear(b.selected)
	b.cursor, b.anchor = -1, -1
	b.view.want, b.view.all = b.opts.Want, b.list.Entries
	b.view.make()
}

// Len is how many lines there are.
func (b *Browser) Len() int { return len(b.view.rows) }

// At is a line; nil if there is none.
func (b *Browser) At(row int) *Entry {
	if row < 0 || row >= len(b.view.rows) {
		return nil
	}
	return b.view.rows[row]
}

// Search is the text that names must hold.
func (b *Browser) Search() string { return b.view.search }

// SetSearch leaves out lines whose name does not hold a text.
func (b *Browser) SetSearch(text string) {
	at := b.At(b.cursor)
	b.view.search = text
	b.view.make()
	if b.cursor = slices.Index(b.view.rows, at); b.cursor < 0 {
		clear(b.selected) // nobody opens what is not seen
		if text != "" && b.Len() > 0 {
			b.Select(0)
		}
	}
	b.anchor = b.cursor
}

// Sorted is the column that lines are sorted by.
func (b *Browser) Sorted() (c Column, desc bool) { return b.view.column, b.view.desc }

// Sort sorts by a column, or turns its order.
func (b *Browser) Sort(c Column) {
	at := b.At(b.cursor)
	b.view.desc = b.view.column == c && !b.view.desc
	b.view.column = c
	b.view.sort()
	b.cursor = slices.Index(b.view.rows, at)
	b.anchor = b.cursor
}

// find is the line of a name, or of a path's last part; -1 if there is none.
func (b *Browser) find(name string) int {
	return slices.IndexFunc(b.view.rows, func(e *Entry) bool {
		return e.Name == name || slices.ContainsFunc(e.Paths, func(p string) bool { return strings.HasSuffix(p, "/"+name) || strings.HasSuffix(p, "\\"+name) })
	})
}

// Cursor is the line that keys move from, -1 if there is none.
func (b *Browser) Cursor() int { return b.cursor }

// Selected reports whether a line is selected.
func (b *Browser) Selected(row int) bool { return b.selected[b.At(row)] }

// Select selects a line alone.
func (b *Browser) Select(row int) { b.Pick(row, false, false) }

// Pick follows clicks and keys as file managers do: toggle is Ctrl, extend Shift.
func (b *Browser) Pick(row int, toggle, extend bool) {
	e := b.At(row)
	if e == nil {
		return
	}
	b.cursor = row
	switch {
	case b.opts.Multi && extend && b.anchor >= 0:
		if !toggle {
			clear(b.selected)
		}
		for i := min(b.anchor, row); i <= max(b.anchor, row); i++ {
			b.selected[b.At(i)] = true
		}
		return // the next one extends from the same line
	case b.opts.Multi && toggle:
		if b.selected[e] {
			delete(b.selected, e)
		} else {
			b.selected[e] = true
		}
	default:
		clear(b.selected)
		b.selected[e] = true
	}
	b.anchor = row
}

// SelectAll selects everything that is no folder; where there are only folders, those that are known to hold sequences.
func (b *Browser) SelectAll() {
	if !b.opts.Multi {
		return
	}
	clear(b.selected)
	for _, e := range b.view.rows {
		if e.Kind != Folder {
			b.selected[e] = true
		}
	}
	if len(b.selected) == 0 && b.opts.Want == Caches {
		for _, e := range b.holders() {
			b.selected[e] = true
		}
	}
}

// holders are the folders of the list that are known to hold sequences.
func (b *Browser) holders() (all []*Entry) {
	for _, e := range b.view.rows {
		if e.Kind == Folder && e.Inside.Sequences > 0 {
			all = append(all, e)
		}
	}
	return all
}

// Jump selects the next line whose name begins with a text, from the cursor on.
func (b *Browser) Jump(text string) {
	text = strings.ToLower(text)
	n := b.Len()
	for i := range n {
		row := (max(b.cursor, 0) + i) % n
		if strings.HasPrefix(b.At(row).lower, text) {
			b.Select(row)
			return
		}
	}
}

// Activate enters a folder, or chooses what is selected: a double click, or Enter.
func (b *Browser) Activate(row int) {
	e := b.At(row)
	switch {
	case e == nil:
	case e.Kind == Folder && len(b.selected) <= 1:
		b.enter(e.Paths[0], "")
	default:
		if !b.selected[e] {
			b.Select(row)
		}
		b.Accept()
	}
}

// Chosen are the paths that Accept would choose now.
func (b *Browser) Chosen() (paths []string) {
	if b.asked != "" {
		return nil
	}
	for _, e := range b.view.rows {
		if b.selected[e] && b.accepts(e) {
			paths = append(paths, e.Paths...)
		}
	}
	if len(paths) > 0 || len(b.selected) > 0 || b.list.Dir == "" || b.list.Err != nil {
		return paths
	}
	switch {
	case b.opts.Want == Folders, b.opts.Want == Caches && b.sequences() > 0:
		return []string{b.list.Dir}
	case b.opts.Want == Caches:
		for _, e := range b.holders() { // not all of the folder, which may be a whole disk
			paths = append(paths, e.Paths...)
		}
	}
	return paths
}

// accepts reports whether an entry can be chosen.
func (b *Browser) accepts(e *Entry) bool {
	switch b.opts.Want {
	case Folders:
		return e.Kind == Folder
	case Sessions:
		return e.Kind == Session
	}
	return true
}

// sequences is how many sequences the folder holds.
func (b *Browser) sequences() (n int) {
	for _, e := range b.list.Entries {
		if e.Kind == Sequence {
			n++
		}
	}
	return n
}

// Accept ends with what is chosen, if there is anything.
func (b *Browser) Accept() {
	if paths := b.Chosen(); len(paths) > 0 {
		b.end(paths)
	}
}

// Summary says what Accept would choose, or what the folder holds.
func (b *Browser) Summary() string {
	var frames, sequences, sessions, folders int
	var bytes int64
	for e := range b.selected {
		switch e.Kind {
		case Folder:
			folders++
		case Session:
			sessions++
		case Sequence:
			sequences++
			frames += e.Frames
			bytes += max(e.Bytes, 0)
		}
	}
	var parts []string
	add := func(n int, noun string) {
		if n > 0 {
			parts = append(parts, unit.Plural(n, noun))
		}
	}
	switch {
	case b.opts.Want == Folders && len(b.selected) == 0 && b.list.Dir != "":
		return "This folder: " + pathname.Display(b.list.Dir)
	case len(b.selected) > 0:
		add(sequences, "sequence")
		add(frames, "frame")
		if bytes > 0 {
			parts = append(parts, unit.Bytes(bytes))
		}
		add(sessions, "session")
		add(folders, "folder")
		return strings.Join(parts, ", ")
	case b.opts.Want == Caches && b.sequences() > 0:
		return fmt.Sprintf("All of this folder: %s", unit.Plural(b.sequences(), "sequence"))
	case b.opts.Want == Caches && len(b.holders()) > 0:
		below := 0
		for _, e := range b.holders() {
			below += e.Inside.Sequences
		}
		return fmt.Sprintf("All of the folders here: %s", unit.Plural(below, "sequence"))
	case b.list.Dir == "":
		return ""
	case b.opts.Want == Caches && b.list.Others > 0:
		return fmt.Sprintf("No caches here, and %s of other kinds", unit.Plural(b.list.Others, "file"))
	case b.opts.Want == Caches:
		return "No caches here"
	}
	return ""
}
