package widget

import (
	"os"
	"path/filepath"
	"strings"
	"sync"

	"github.com/AllenDang/cimgui-go/imgui"
	"github.com/AllenDang/giu"

	"iceexplorer/app/disk"
	"iceexplorer/app/window"
	"iceexplorer/assets"
	"iceexplorer/cache/pathname"
	"iceexplorer/cache/unit"
)

// BrowseOptions says what a FileBrowser is opened for.
type BrowseOptions struct {
	Title   string   // "Open files"
	Accept  string   // the button; empty: "Open"
	Dir     string   // where to begin; empty or missing: where it was last, or home
	Folders bool     // choose a folder instead of files
	Multi   bool     // more than one file
	Endings []string // ".icecache"; none: all files
}

// FileBrowser is a dialog to choose files or a folder, for systems without a
// native one. Folders are read in the background.
type FileBrowser struct {
	// Wake asks for a frame, from any goroutine, when a folder was read.
	Wake func()
	// Disk is what is browsed; nil: the machine's own.
	Disk disk.Disk
	// Done is called when it closes: with absolute paths, or with none when it was
	// cancelled.
	Done func(paths []string)

	opts    BrowseOptions
	opening bool
	isOpen  bool

	dir      string // the folder being listed
	asked    string // what is being read, or dir
	path     string // the text of the path field
	search   string
	hidden   bool
	shown    []entry
	selected map[string]bool
	err      error
	loading  bool
	focus    bool // the list takes the keyboard in the next frame
	history  []string
	result   []string
	table    Table

	mu   sync.Mutex
	read *listing // a folder that was read, to be taken by the loop
	all  []entry
}

// Open opens the dialog in the next frame.
func (b *FileBrowser) Open(opts BrowseOptions) {
	if opts.Accept == "" {
		opts.Accept = "Open"
	}
	b.opts, b.opening, b.result = opts, true, nil
	b.search, b.history = "", nil
	dir := opts.Dir
	if dir == "" {
		dir = b.dir
	}
	if dir == "" {
		dir, _ = os.UserHomeDir()
	}
	if abs, err := filepath.Abs(dir); err == nil {
		dir = abs
	}
	b.load(dir, true)
}

// IsOpen reports whether the dialog is shown.
func (b *FileBrowser) IsOpen() bool { return b.isOpen || b.opening }

// goTo begins to read a folder; what is shown stays until that is done.
func (b *FileBrowser) goTo(dir string) { b.load(dir, false) }

func (b *FileBrowser) load(dir string, climb bool) {
	b.asked, b.path, b.loading = dir, dir, true
	d, hidden := b.Disk, b.hidden
	if d == nil {
		d = disk.System{}
	}
	go func() {
		l := readFolder(d, dir, hidden, climb)
		b.mu.Lock()
		b.read = &l
		b.mu.Unlock()
		if b.Wake != nil {
			b.Wake()
		}
	}()
}

func (b *FileBrowser) enter(dir string) {
	if b.dir != "" { // otherwise the first folder is still being read
		b.history = append(b.history, b.dir)
	}
	b.goTo(dir)
}

func (b *FileBrowser) back() {
	if n := len(b.history); n > 0 {
		dir := b.history[n-1]
		b.history = b.history[:n-1]
		b.goTo(dir)
	}
}

// take shows a folder that has been read.
func (b *FileBrowser) take() {
	b.mu.Lock()
	l := b.read
	b.read = nil
	b.mu.Unlock()
	if l == nil || l.asked != b.asked { // the user has moved on
		return
	}
	b.loading = false
	if l.file {
		if b.path = b.dir; !b.opts.Folders {
			b.result = []string{l.asked}
		}
		return
	}
	if b.err = l.err; l.err != nil && l.entries == nil {
		b.path = b.dir
		return
	}
	b.all, b.dir, b.path, b.search = l.entries, l.dir, l.dir, ""
	b.selected = map[string]bool{}
	b.table.Cursor = -1
	b.table.SetTop(0)
	b.focus = true
	b.filter()
}

func (b *FileBrowser) filter() {
	b.shown = filtered(b.all, b.opts.Endings, b.opts.Folders, b.search, max(b.table.SortCol-1, 0), b.table.SortDesc)
	if b.table.Cursor >= int64(len(b.shown)) {
		b.table.Cursor = -1
	}
}

// Build implements giu.Widget: the dialog while it is open.
func (b *FileBrowser) Build() {
	if !b.opening && !b.isOpen {
		return
	}
	name := b.opts.Title + "###filebrowser"
	if b.opening {
		b.opening, b.isOpen = false, true
		imgui.OpenPopupStr(name)
		b.setTable()
	}
	b.take()
	view := imgui.MainViewport()
	area := view.WorkSize()
	imgui.SetNextWindowPosV(vec(view.WorkPos().X+area.X/2, view.WorkPos().Y+area.Y/2), imgui.CondAppearing, vec(0.5, 0.5))
	imgui.SetNextWindowSizeV(vec(min(area.X*0.9, scaled(820)), min(area.Y*0.9, scaled(560))), imgui.CondAppearing)
	open := true
	if !imgui.BeginPopupModalV(name, &open, imgui.WindowFlagsNoSavedSettings|imgui.WindowFlagsNoDocking) {
		b.isOpen = false
		b.Done(nil)
		return
	}
	b.bar().Build()
	footer := imgui.FrameHeightWithSpacing() + imgui.CurrentStyle().ItemSpacing().Y
	if b.err != nil {
		footer += imgui.TextLineHeightWithSpacing()
	}
	if b.focus {
		b.focus = false
		imgui.SetNextWindowFocus()
	}
	b.table.Size, b.table.Rows = vec(0, -footer), int64(len(b.shown))
	giu.Layout{&b.table, giu.Custom(b.foot), giu.Custom(b.keys)}.Build()
	paths, done := b.result, b.result != nil || !open
	if done {
		b.result, b.isOpen = nil, false
		imgui.CloseCurrentPopup()
	}
	imgui.EndPopup()
	if done {
		b.Done(paths)
	}
}

func (b *FileBrowser) setTable() {
	b.table.ID = "files"
	b.table.Columns = []Column{{Title: "Name", Stretch: true}, {Title: "Size", Width: 90, Right: true}, {Title: "Changed", Width: 140}}
	if b.table.SortCol == 0 {
		b.table.SortCol = byName + 1
	}
	b.table.OnHeader = func(col int) {
		b.table.SortDesc = b.table.SortCol == col+1 && !b.table.SortDesc
		b.table.SortCol = col + 1
		b.filter()
	}
	b.table.DrawCell = b.drawName
	b.table.Cell = b.cell
	b.table.Selected = func(row int64) bool { return b.selected[b.shown[row].name] }
	b.table.OnSelect = b.pick
	b.table.OnOpen = b.openRow
}

func (b *FileBrowser) drawName(row int64, col int) bool {
	if col != byName {
		return false
	}
	e := b.shown[row]
	icon, c := assets.IconFile, window.Colors().TextDim
	if e.dir {
		icon, c = assets.IconFolder, window.Colors().Accent
	}
	Beside{6, []giu.Widget{Colored{icon, c}, giu.Label(pathname.Display(e.name))}}.Build()
	return true
}

func (b *FileBrowser) cell(row int64, col int) string {
	e := b.shown[row]
	switch {
	case col == bySize && !e.dir:
		return unit.Bytes(e.bytes)
	case col == byTime && !e.time.IsZero():
		return e.time.Format("2006-01-02 15:04")
	}
	return ""
}

// pick follows clicks and keys: plain, Ctrl and Shift as in any file manager.
func (b *FileBrowser) pick(row int64, how Pick) {
	name := b.shown[row].name
	multi := b.opts.Multi && !b.opts.Folders
	switch {
	case multi && how.Extend:
		if !how.Toggle {
			b.selected = map[string]bool{}
		}
		lo, hi := min(how.Anchor, row), max(how.Anchor, row)
		for i := max(lo, 0); i <= hi; i++ {
			b.selected[b.shown[i].name] = true
		}
		b.table.Cursor = how.Anchor // the next Shift extends from the same row
	case multi && how.Toggle:
		if b.selected[name] {
			delete(b.selected, name)
		} else {
			b.selected[name] = true
		}
	default:
		b.selected = map[string]bool{name: true}
	}
}

func (b *FileBrowser) openRow(row int64) {
	if e := b.shown[row]; e.dir {
		b.enter(filepath.Join(b.dir, e.name))
	} else {
		b.accept()
	}
}

// chosen returns what Open would return now.
func (b *FileBrowser) chosen() (paths []string) {
	for _, e := range b.shown {
		if b.selected[e.name] && e.dir == b.opts.Folders {
			paths = append(paths, filepath.Join(b.dir, e.name))
		}
	}
	if b.opts.Folders && len(paths) == 0 && !b.loading && b.err == nil {
		paths = []string{b.dir}
	}
	return paths
}

func (b *FileBrowser) accept() {
	if paths := b.chosen(); len(paths) > 0 {
		b.result = paths
	}
}

// bar is the buttons, the path and the search field.
func (b *FileBrowser) bar() giu.Widget {
	up := filepath.Dir(b.dir)
	home, err := os.UserHomeDir()
	search := scaled(180)
	return giu.Row(
		Icon{ID: "back", Glyph: assets.IconLeft, Tip: "Back", Disabled: len(b.history) == 0, Click: b.back},
		Icon{ID: "up", Glyph: assets.IconUp, Tip: "Go to the parent folder (Backspace)", Disabled: b.dir == "" || up == b.dir, Click: func() { b.enter(up) }},
		Icon{ID: "home", Glyph: assets.IconHome, Tip: "Home folder", Disabled: err != nil, Click: func() { b.enter(home) }},
		Icon{ID: "hidden", Glyph: assets.IconEye, Tip: "Show hidden files", On: b.hidden, Click: func() {
			b.hidden = !b.hidden
			b.goTo(b.asked)
		}},
		giu.InputText(&b.path).ID("##path").Hint("Path").Size(-search-imgui.CurrentStyle().ItemSpacing().X).
			Flags(giu.InputTextFlagsEnterReturnsTrue|giu.InputTextFlags(imgui.InputTextFlagsElideLeft)).OnChange(b.typed),
		giu.InputText(&b.search).ID("##search").Hint(assets.IconSearch+" Filter").Size(search).OnChange(b.filter),
	)
}

// typed goes to a folder whose path was entered; take takes a file.
func (b *FileBrowser) typed() {
	b.enter(expand(b.path, b.dir))
}

// foot shows what is chosen, and the buttons that close the dialog.
func (b *FileBrowser) foot() {
	if b.err != nil {
		Colored{assets.IconError + " " + b.err.Error(), window.Colors().Error}.Build()
	}
	chosen := b.chosen()
	width := scaled(110)
	accept := giu.Style().SetColorVec4(giu.StyleColorButton, alpha(window.Colors().Accent, 0.55)).
		SetColorVec4(giu.StyleColorButtonHovered, alpha(window.Colors().Accent, 0.7)).
		To(giu.Button(b.opts.Accept).Size(width, 0).Disabled(len(chosen) == 0).OnClick(b.accept))
	Aligned{Dim(b.summary(chosen))}.Build()
	imgui.SameLine()
	imgui.SetCursorPosX(imgui.CursorPosX() + max(imgui.ContentRegionAvail().X-2*width-imgui.CurrentStyle().ItemSpacing().X, 0))
	giu.Row(giu.Button("Cancel").Size(width, 0).OnClick(b.cancel), accept).Build()
}

func (b *FileBrowser) summary(chosen []string) string {
	switch {
	case b.loading:
		return "Reading the folder..."
	case b.opts.Folders && len(chosen) == 1:
		return "Folder " + filepath.Base(chosen[0])
	case len(chosen) > 0:
		return unit.Count(len(chosen)) + " of " + unit.Count(len(b.shown)) + " selected"
	case len(b.shown) == 0 && len(b.opts.Endings) > 0 && b.search == "":
		return "There are no files ending in " + strings.Join(b.opts.Endings, ", ")
	}
	return entries(len(b.shown))
}

// cancel closes without paths: an empty, not nil, result.
func (b *FileBrowser) cancel() { b.result = []string{} }

func (b *FileBrowser) keys() {
	if imgui.IsKeyPressedBoolV(imgui.KeyEscape, false) && !imgui.CurrentIO().WantTextInput() {
		b.cancel()
	}
	if !b.table.HasKeys() {
		return
	}
	if imgui.IsKeyPressedBoolV(imgui.KeyBackspace, false) && b.dir != "" && filepath.Dir(b.dir) != b.dir {
		b.enter(filepath.Dir(b.dir))
	}
	if b.opts.Multi && imgui.CurrentIO().KeyCtrl() && imgui.IsKeyPressedBoolV(imgui.KeyA, false) {
		for _, e := range b.shown {
			if !e.dir {
				b.selected[e.name] = true
			}
		}
	}
}

func entries(n int) string {
	if n == 1 {
		return "1 entry"
	}
	return unit.Count(n) + " entries"
}
