package files

import (
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/AllenDang/cimgui-go/imgui"
	"github.com/AllenDang/giu"

	"iceexplorer/app/folder"
	"iceexplorer/app/sessionfile"
	"iceexplorer/app/widget"
	"iceexplorer/app/window"
	"iceexplorer/assets"
	"iceexplorer/cache/pathname"
)

// pathBar is the path, which may be typed, and the filter.
type pathBar struct {
	text   string
	active bool   // it has the keyboard
	focus  bool   // it takes the keyboard in the next frame
	begun  bool   // it will have the keyboard, and takes what is typed until then
	late   string // typed in the frame in which it gets the keyboard, which ImGui drops
	fresh  bool   // what is typed first replaces the path
	filter bool   // the filter takes the keyboard
	search string
	pick   int // of the completions
	offers []string
}

// head is the line of buttons, path and filter.
func (d *ours) head(wide bool) {
	b := d.browser
	up := filepath.Dir(b.Dir())
	buttons := []giu.Widget{
		widget.Icon{ID: "back", Glyph: assets.IconLeft, Tip: "Back (Alt+Left)", Disabled: !b.CanGoBack(), Click: b.Back},
		widget.Icon{ID: "up", Glyph: assets.IconUp, Tip: "The folder above (Backspace)", Disabled: b.Dir() == "" || up == b.Dir(), Click: b.Up},
		widget.Icon{ID: "home", Glyph: assets.IconHome, Tip: "Home folder", Click: b.Home},
		widget.Icon{ID: "again", Glyph: assets.IconRefresh, Tip: "Read the folder again (F5)", Disabled: b.Dir() == "", Click: b.Refresh},
		widget.Icon{ID: "mark", Glyph: assets.IconTag, Tip: d.markTip(), On: d.marked(b.Dir()), Disabled: b.Dir() == "", Click: func() { d.mark(b.Dir()) }},
		widget.Icon{ID: "hidden", Glyph: assets.IconEye, Tip: "Show hidden folders", On: b.Hidden(), Click: func() { b.SetHidden(!b.Hidden()) }},
	}
	if !wide {
		buttons = append(buttons, d.placesButton())
	}
	giu.Row(buttons...).Build()
	filter := widget.Em(11)
	gap := imgui.CurrentStyle().ItemSpacing().X
	if left := imgui.WindowWidth() - imgui.ItemRectMax().X + imgui.WindowPos().X; left > widget.Em(26)+filter {
		imgui.SameLine()
	}
	d.path(imgui.ContentRegionAvail().X - filter - gap)
	imgui.SameLine()
	d.filter(filter)
}

// path is the field for the path. Tab completes it, Enter goes there.
func (d *ours) path(width float32) {
	bar := &d.bar
	if bar.focus {
		bar.focus = false
		imgui.SetKeyboardFocusHere()
	}
	if bar.begun {
		bar.late = window.Typed()
	}
	imgui.SetNextItemWidth(width)
	flags := imgui.InputTextFlagsEnterReturnsTrue | imgui.InputTextFlagsElideLeft | imgui.InputTextFlagsCallbackCompletion | imgui.InputTextFlagsCallbackHistory | imgui.InputTextFlagsCallbackAlways
	before := bar.text
	enter := imgui.InputTextWithHint("##path", "Path of a folder, a file or a sequence", &bar.text, flags, bar.edit)
	at, below := imgui.ItemRectMin(), imgui.ItemRectMax()
	was := bar.active
	if bar.active = imgui.IsItemActive(); bar.text != before {
		bar.pick = 0
	}
	switch {
	case enter && bar.text == folder.Shown(d.browser.Dir()):
		d.list = true
	case enter:
		d.browser.Go(bar.text)
		d.list = true
	case was && !bar.active:
		bar.text = folder.Shown(d.browser.Dir())
	case bar.begun && !bar.active:
		bar.take()
	}
	bar.offers = nil
	if bar.active && bar.text != folder.Shown(d.browser.Dir()) {
		bar.offers = d.browser.Complete(bar.text)
		bar.pick = min(bar.pick, max(len(bar.offers)-1, 0))
		bar.list(at.X, below.Y, below.X-at.X)
	}
}

// take adds what was typed before the field has the keyboard.
func (p *pathBar) take() {
	if p.late == "" {
		return
	}
	if p.fresh {
		p.text, p.fresh = "", false
	}
	p.text, p.late = p.text+p.late, ""
}

// edit takes over a completion, and moves among them.
func (p *pathBar) edit(data imgui.InputTextCallbackData) int {
	switch data.EventFlag() {
	case imgui.InputTextFlagsCallbackCompletion:
		if p.pick < len(p.offers) {
			data.DeleteChars(0, data.BufTextLen())
			data.InsertChars(0, p.offers[p.pick])
			p.pick = 0
		}
	case imgui.InputTextFlagsCallbackHistory:
		if n := len(p.offers); n > 0 {
			step := 1
			if data.EventKey() == imgui.KeyUpArrow {
				step = n - 1
			}
			p.pick = (p.pick + step) % n
		}
	case imgui.InputTextFlagsCallbackAlways:
		if p.begun {
			p.arrive(data)
		}
	}
	return 0
}

// arrive is when the field gets the keyboard: all of it is selected, unless something was
// typed already.
func (p *pathBar) arrive(data imgui.InputTextCallbackData) {
	p.begun = false
	if p.fresh && p.late == "" {
		p.fresh = false
		return
	}
	if p.fresh {
		p.fresh = false
		data.DeleteChars(0, data.BufTextLen())
	}
	data.InsertChars(data.BufTextLen(), p.late)
	p.late = ""
	data.SetCursorPos(data.BufTextLen())
	data.SetSelectionStart(data.BufTextLen())
	data.SetSelectionEnd(data.BufTextLen())
}

// list shows how the path may go on, below it.
func (p *pathBar) list(x, y, width float32) {
	if len(p.offers) == 0 {
		return
	}
	imgui.SetNextWindowPos(imgui.Vec2{X: x, Y: y})
	imgui.SetNextWindowSize(imgui.Vec2{X: width})
	flags := imgui.WindowFlagsNoDecoration | imgui.WindowFlagsNoSavedSettings | imgui.WindowFlagsNoDocking | imgui.WindowFlagsNoMove |
		imgui.WindowFlagsNoFocusOnAppearing | imgui.WindowFlagsNoInputs | imgui.WindowFlagsAlwaysAutoResize | imgui.WindowFlagsTooltip
	if imgui.BeginV("##completions", nil, flags) {
		for i, offer := range p.offers {
			name := strings.TrimSuffix(pathname.Display(offer), string(filepath.Separator))
			name = filepath.Base(name) + strings.TrimPrefix(pathname.Display(offer), name)
			imgui.SelectableBoolV(name+"##offer", i == p.pick, imgui.SelectableFlagsNone, imgui.Vec2{})
		}
		widget.Dim("Tab takes it, Enter goes there").Build()
	}
	imgui.End()
}

// filter is the field that leaves out lines.
func (d *ours) filter(width float32) {
	bar := &d.bar
	if bar.filter {
		bar.filter = false
		imgui.SetKeyboardFocusHere()
	}
	bar.search = d.browser.Search()
	imgui.SetNextItemWidth(width)
	enter := imgui.InputTextWithHint("##filter", assets.IconSearch+" Filter", &bar.search, imgui.InputTextFlagsEnterReturnsTrue|imgui.InputTextFlagsEscapeClearsAll, nil)
	if bar.search != d.browser.Search() {
		d.browser.SetSearch(bar.search)
		d.table.SetTop(0)
	}
	if enter || imgui.IsItemActive() && imgui.IsKeyPressedBoolV(imgui.KeyDownArrow, false) {
		d.list = true
	}
}

func (d *ours) marked(dir string) bool { return slices.Contains(d.host.Settings.Bookmarks, dir) }

func (d *ours) markTip() string {
	if d.marked(d.browser.Dir()) {
		return "Take the folder off the bookmarks (Ctrl+D)"
	}
	return "Keep the folder as a bookmark (Ctrl+D)"
}

// mark adds a folder to the bookmarks, or takes it off.
func (d *ours) mark(dir string) {
	if dir != "" {
		d.host.Settings.Bookmark(dir, !d.marked(dir))
		d.save()
	}
}

// placesButton offers the places in a menu, where there is no room beside the list.
func (d *ours) placesButton() giu.Widget {
	return giu.Layout{
		widget.Icon{ID: "places", Glyph: assets.IconList, Tip: "Bookmarks, and what was opened lately", Click: func() { giu.OpenPopup("places") }},
		giu.Popup("places").Layout(widget.CloseOnEscape{}, giu.Custom(func() { imgui.Dummy(imgui.Vec2{X: min(widget.Em(20), imgui.MainViewport().WorkSize().X*0.8)}) }), widget.Lazy(func() giu.Widget { return d.places() })),
	}
}

// places are where one may want to go.
func (d *ours) places() giu.Layout {
	b, s := d.browser, d.host.Settings
	l := giu.Layout{}
	home, err := os.UserHomeDir()
	if err == nil {
		l = append(l, d.place(assets.IconHome, "Home", home, b.Dir() == home, false, func() { b.Go(home) }, nil))
	}
	for _, drive := range folder.Drives() {
		l = append(l, d.place(assets.IconDrive, strings.TrimSuffix(drive, `\`), drive, b.Dir() == drive, false, func() { b.Go(drive) }, nil))
	}
	l = append(l, widget.Section("Bookmarks"))
	if len(s.Bookmarks) == 0 {
		l = append(l, widget.Wrapped{Text: "None yet: Ctrl+D keeps the folder here."})
	}
	for _, dir := range s.Bookmarks {
		l = append(l, d.place(assets.IconTag, base(dir), dir, b.Dir() == dir, false, func() { b.Go(dir) }, func() { d.mark(dir) }))
	}
	if b.Options().Want == folder.Folders {
		return l
	}
	l = append(l, widget.Section("Opened lately"))
	for _, path := range s.Recent {
		if b.Options().Want == folder.Sessions && !sessionfile.Is(path) {
			continue
		}
		gone := d.presence != nil && d.presence.Gone(path)
		l = append(l, d.place(assets.IconClock, base(path), path, false, gone, func() { b.Reveal(path) }, func() {
			s.Forget(path)
			d.save()
		}))
	}
	return l
}

func base(path string) string { return pathname.Display(filepath.Base(path)) }

// place is a line that leads to a place; drop takes it off its list.
func (d *ours) place(icon, name, path string, here, gone bool, go_, drop func()) giu.Widget {
	tip := pathname.Display(path)
	if gone {
		tip += "\nIt is not there any more"
	}
	color := window.Colors().Text
	if gone {
		color = window.Colors().TextDim
	}
	return giu.Custom(func() {
		imgui.PushIDStr(path)
		defer imgui.PopID()
		at, side := imgui.CursorPosX(), imgui.TextLineHeight()*1.4
		room := imgui.ContentRegionAvail().X
		if imgui.SelectableBoolV("##place", here, imgui.SelectableFlagsAllowOverlap, imgui.Vec2{}) {
			go_()
		}
		widget.Tooltip(tip)
		over := imgui.IsItemHovered()
		imgui.SameLineV(at, 0)
		widget.Colored{Text: icon + "  " + widget.Ellipsis(name, room-widget.Em(2)-side), Color: color}.Build()
		if drop == nil || !over && !d.overDrop(at+room-side, side) {
			return
		}
		imgui.SameLineV(at+room-side, 0)
		if imgui.SmallButton(assets.IconClose + "##drop") {
			drop()
		}
		widget.Tooltip("Take it off the list")
	})
}

// overDrop reports whether the mouse is where a line's button to drop it appears.
func (d *ours) overDrop(x, side float32) bool {
	p := imgui.ItemRectMin()
	left := imgui.WindowPos().X + x
	return imgui.IsMouseHoveringRectV(imgui.Vec2{X: left, Y: p.Y}, imgui.Vec2{X: left + side, Y: imgui.ItemRectMax().Y}, true)
}
