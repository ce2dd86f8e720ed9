package files

import (
	"fmt"
	"path/filepath"
	"strings"
	"time"

	"github.com/AllenDang/cimgui-go/imgui"
	"github.com/AllenDang/giu"

	"iceexplorer/app/action"
	"iceexplorer/app/folder"
	"iceexplorer/app/panel"
	"iceexplorer/app/session"
	"iceexplorer/app/widget"
	"iceexplorer/app/window"
	"iceexplorer/cache/pathname"
)

// ours is our own dialog: the folder's lines, places to go to at its left, and the path above.
type ours struct {
	host     *panel.Host
	browser  *folder.Browser
	save     func()
	presence *folder.Presence
	system   func(folders bool)

	opening bool
	shown   bool
	area    imgui.Vec2 // of the window, that the dialog was placed in
	visit   int        // of the browser, that the list shows
	fault   string     // why the system's dialog was not shown
	table   widget.Table
	columns []folderColumn
	list    bool // it takes the keyboard in the next frame
	jump    string
	jumped  time.Time
	bar     pathBar
}

// said is how long a folder may take before the dialog says so: most are there at once.
const said = 200 * time.Millisecond

// due is when the dialog changes without input: a folder takes long.
func (d *ours) due(now time.Time) (time.Time, bool) {
	dir, since := d.browser.Reading()
	switch {
	case dir == "" || !d.shown:
		return time.Time{}, false
	case now.Before(since.Add(said)):
		return since.Add(said), true
	}
	return now.Add(time.Second - now.Sub(since)%time.Second), true
}

// Build implements giu.Widget: the dialog while it is open.
func (d *ours) Build() {
	b := d.browser
	if !b.IsOpen() && !d.shown {
		return
	}
	name := b.Options().Title + "###files"
	if d.opening {
		d.opening, d.shown = false, true
		d.visit, d.list = -1, true
		d.bar = pathBar{}
		imgui.OpenPopupStr(name)
	}
	d.center()
	open := true
	if !imgui.BeginPopupModalV(name, &open, imgui.WindowFlagsNoSavedSettings|imgui.WindowFlagsNoDocking|imgui.WindowFlagsNoScrollbar|imgui.WindowFlagsNoScrollWithMouse) {
		d.shown = false
		b.Cancel()
		return
	}
	d.follow()
	wide := imgui.ContentRegionAvail().X > widget.Em(50)
	d.head(wide)
	foot := imgui.FrameHeightWithSpacing()
	if d.fault != "" {
		foot += imgui.TextLineHeightWithSpacing()
	}
	if wide {
		imgui.BeginChildStrV("places", imgui.Vec2{X: widget.Em(15), Y: -foot}, imgui.ChildFlagsNone, imgui.WindowFlagsNone)
		d.places().Build()
		imgui.EndChild()
		imgui.SameLine()
	}
	d.body(-foot)
	d.foot()
	d.keys()
	if !open {
		b.Cancel()
	}
	if !b.IsOpen() {
		d.shown = false
		imgui.CloseCurrentPopup()
	}
	imgui.EndPopup()
	if !d.shown {
		d.closed()
	}
}

// center puts the dialog into the middle of the window, again whenever that has another size or
// scale. ImGui keeps titles below the bars along the upper edge.
func (d *ours) center() {
	view, when := imgui.MainViewport(), imgui.CondAppearing
	if area := view.WorkSize(); area != d.area {
		d.area, when = area, imgui.CondAlways
	}
	at, size, top := view.Pos(), view.Size(), view.WorkPos().Y
	edge := widget.Em(0.5)
	if at.Y+size.Y-top < widget.Em(18) { // over the bars then, where it stays only if it is put there each time
		top, when = at.Y+edge, imgui.CondAlways
	}
	wide, high := min(size.X-2*edge, widget.Em(66)), min(at.Y+size.Y-top-edge, widget.Em(40))
	imgui.SetNextWindowPosV(imgui.Vec2{X: at.X + (size.X-wide)/2, Y: max(top, at.Y+(size.Y-high)/2)}, when, imgui.Vec2{})
	imgui.SetNextWindowSizeV(imgui.Vec2{X: wide, Y: high}, when)
}

// follow takes up a folder that was not shown before.
func (d *ours) follow() {
	if v := d.browser.Visits(); v != d.visit {
		d.visit = v
		d.table.SetTop(0)
		if c := d.browser.Cursor(); c >= 0 {
			d.table.ScrollTo(int64(c))
		}
		d.bar.text = folder.Shown(d.browser.Dir())
		d.list = d.list || !d.bar.active
	}
}

// closed remembers where something was looked for last.
func (d *ours) closed() {
	if dir := d.browser.Dir(); dir != "" && d.browser.Err() == nil && d.browser.Options().Want != folder.Folders && dir != d.host.Settings.Folder {
		d.host.Settings.Folder = dir
		d.save()
	}
}

// body is the list, or why there is none.
func (d *ours) body(height float32) {
	b := d.browser
	dir, since := b.Reading()
	text := ""
	var back giu.Widget = giu.Layout{}
	switch waits := time.Since(since); {
	case dir != "" && waits > said:
		text = fmt.Sprintf("Reading %s...", pathname.Display(dir))
		if waits > 3*time.Second {
			text = fmt.Sprintf("%s has not answered for %d s. Its disk may be slow, or gone.", pathname.Display(dir), int(waits.Seconds()))
		}
		if b.CanGoBack() {
			back = giu.Button("Go back").OnClick(b.Back)
		}
	case dir == "" && b.Err() != nil && b.Len() == 0:
		imgui.BeginChildStrV("none", imgui.Vec2{Y: height}, imgui.ChildFlagsNone, imgui.WindowFlagsNone)
		giu.Layout{
			panel.Note(session.Error, b.Err().Error()),
			giu.Row(giu.Button("Try again").OnClick(b.Refresh), giu.Button("Go up").OnClick(b.Up)),
		}.Build()
		imgui.EndChild()
		return
	}
	if text != "" {
		imgui.BeginChildStrV("none", imgui.Vec2{Y: height}, imgui.ChildFlagsNone, imgui.WindowFlagsNone)
		giu.Layout{widget.Wrapped{Text: text}, back}.Build()
		imgui.EndChild()
		return
	}
	d.lines(height)
}

// foot says what would be opened, and has the buttons that close the dialog.
func (d *ours) foot() {
	b := d.browser
	if d.fault != "" {
		icon, color := panel.LevelLook(session.Error)
		widget.Colored{Text: icon + " " + d.fault, Color: color}.Build()
	}
	chosen, accept := b.Chosen(), b.Options().Accept
	text := b.Summary()
	if err := b.Err(); err != nil && b.Len() > 0 {
		text = "Some of the folder cannot be read: " + err.Error()
	}
	gap, pad := imgui.CurrentStyle().ItemSpacing().X, 2*imgui.CurrentStyle().FramePadding().X
	system := "System dialog..."
	width := max(widget.TextWidth(accept), widget.TextWidth("Cancel")) + pad + widget.Em(1.5)
	buttons := 2*width + gap
	var theirs giu.Widget
	if d.system != nil && imgui.ContentRegionAvail().X > widget.Em(34) {
		buttons += gap + widget.TextWidth(system) + pad
		theirs = d.theirs(system)
	}
	widget.Aligned{Of: widget.Tip{Text: text, Of: widget.Dim(widget.Ellipsis(text, imgui.ContentRegionAvail().X-buttons-gap))}}.Build()
	imgui.SameLine()
	imgui.SetCursorPosX(imgui.CursorPosX() + max(imgui.ContentRegionAvail().X-buttons, 0))
	row := []giu.Widget{
		giu.Button("Cancel").Size(width, 0).OnClick(b.Cancel),
		giu.Style().SetColorVec4(giu.StyleColorButton, window.Colors().Selected).To(giu.Button(accept).Size(width, 0).Disabled(len(chosen) == 0).OnClick(b.Accept)),
	}
	if theirs != nil {
		row = append([]giu.Widget{theirs}, row...)
	}
	giu.Row(row...).Build()
}

// theirs offers the system's dialog, which asks either for files or for a folder.
func (d *ours) theirs(label string) giu.Widget {
	button := widget.Tip{Text: "Choose with the dialog of the system", Of: giu.Button(label).OnClick(func() {
		if d.browser.Options().Want == folder.Caches {
			giu.OpenPopup("system")
			return
		}
		d.system(d.browser.Options().Want == folder.Folders)
	})}
	return giu.Layout{button, giu.Popup("system").Layout(
		widget.CloseOnEscape{},
		giu.MenuItem("Files...").OnClick(func() { d.system(false) }), giu.MenuItem("A folder...").OnClick(func() { d.system(true) }),
	)}
}

// Keys of the whole dialog.
var (
	keyPath   = action.Shortcut{Key: action.KeyL, Mods: action.Ctrl}
	keyFilter = action.Shortcut{Key: action.KeyF, Mods: action.Ctrl}
	keyMark   = action.Shortcut{Key: action.KeyD, Mods: action.Ctrl}
	keyAll    = action.Shortcut{Key: action.KeyA, Mods: action.Ctrl}
	keyAgain  = action.Shortcut{Key: action.KeyF5}
	keyBack   = action.Shortcut{Key: action.KeyLeft, Mods: action.Alt}
	keyUp     = action.Shortcut{Key: action.KeyUp, Mods: action.Alt}
	keyAbove  = action.Shortcut{Key: action.KeyBackspace}
	keyClose  = action.Shortcut{Key: action.KeyEscape}
)

// keys are those of the whole dialog, and those of the list.
func (d *ours) keys() {
	b, writing := d.browser, imgui.CurrentIO().WantTextInput()
	if !imgui.IsWindowFocusedV(imgui.FocusedFlagsChildWindows) {
		return // a menu is open
	}
	key, ok := window.Pressed()
	if !ok {
		key = action.Shortcut{}
	}
	switch {
	case key == keyClose && !writing:
		b.Cancel()
	case key == keyPath:
		d.bar.focus, d.bar.begun, d.bar.fresh = true, true, true
	case key == keyFilter:
		d.bar.filter = true
	case key == keyMark:
		d.mark(b.Dir())
	case key == keyAgain:
		b.Refresh()
	case key == keyBack:
		b.Back()
	case key == keyUp:
		b.Up()
	case d.bar.begun:
	case !d.table.HasKeys() || writing:
	case key == keyAbove:
		b.Up()
	case key == keyAll:
		b.SelectAll()
	default:
		d.typed(window.Typed())
	}
}

// typed jumps to the line that begins with what is typed, or begins to type a path.
func (d *ours) typed(text string) {
	if text == "" || text == " " && d.jump == "" {
		return
	}
	if time.Since(d.jumped) > time.Second {
		d.jump = ""
	}
	if d.jump == "" && (strings.HasPrefix(text, "~") || strings.HasPrefix(text, string(filepath.Separator))) {
		d.bar.text, d.bar.focus, d.bar.begun, d.bar.fresh = text, true, true, false
		return
	}
	d.jump, d.jumped = d.jump+text, time.Now()
	d.browser.Jump(d.jump)
	if c := d.browser.Cursor(); c >= 0 {
		d.table.ScrollTo(int64(c))
	}
}
