package widget

import (
	"github.com/AllenDang/cimgui-go/imgui"
	"github.com/AllenDang/giu"

	"iceexplorer/app/action"
	"iceexplorer/app/window"
)

// Icon is a square button with an icon glyph.
type Icon struct {
	ID       string // unique in the window
	Glyph    string
	Tip      string
	On       bool // pressed in, for switches: with the accent colour and a line below, so that it does not show by colour alone
	Disabled bool
	Click    func()
}

// Build implements giu.Widget.
func (b Icon) Build() {
	imgui.BeginDisabledV(b.Disabled)
	if b.On {
		imgui.PushStyleColorVec4(imgui.ColText, window.Colors().Accent)
		imgui.PushStyleColorVec4(imgui.ColButton, window.Colors().Pressed)
	}
	side := imgui.FrameHeight()
	imgui.PushStyleVarVec2(imgui.StyleVarFramePadding, vec(0, imgui.CurrentStyle().FramePadding().Y))
	clicked := imgui.ButtonV(b.Glyph+"##"+b.ID, vec(side*1.15, side))
	imgui.PopStyleVar()
	if b.On {
		imgui.PopStyleColorV(2)
		lo, hi := imgui.ItemRectMin(), imgui.ItemRectMax()
		imgui.WindowDrawList().AddRectFilled(vec(lo.X+scaled(4), hi.Y-scaled(2)), vec(hi.X-scaled(4), hi.Y), color(window.Colors().Accent))
	}
	imgui.EndDisabled()
	Tooltip(b.Tip)
	if clicked {
		b.Click()
	}
}

// Small is a button with an icon glyph that is no higher than text. One that is off is faint.
type Small struct {
	ID    string // unique in the window
	Glyph string
	Tip   string
	On    bool
	Click func()
}

// smallPadding is the room on both sides of the glyph, in pixels at scale 1.
const smallPadding = 3

// Width is the width of the button in pixels.
func (b Small) Width() float32 { return TextWidth(b.Glyph) + 2*scaled(smallPadding) }

// Build implements giu.Widget.
func (b Small) Build() {
	ink := *imgui.StyleColorVec4(imgui.ColText)
	if !b.On {
		ink = *imgui.StyleColorVec4(imgui.ColTextDisabled)
	}
	imgui.PushStyleColorVec4(imgui.ColText, ink)
	imgui.PushStyleVarVec2(imgui.StyleVarFramePadding, vec(scaled(smallPadding), 0))
	clicked := imgui.SmallButton(b.Glyph + "##" + b.ID)
	imgui.PopStyleVar()
	imgui.PopStyleColor()
	Tooltip(b.Tip)
	if clicked {
		b.Click()
	}
}

// Action is the button of an action: its icon, or its label where it has none.
type Action struct {
	Action *action.Action
	Failed func(error) // is told of the action's error
}

// Build implements giu.Widget.
func (b Action) Build() {
	a := b.Action
	if a.Icon == "" {
		Tip{a.Tooltip(), giu.Button(a.Label).ID(giu.ID(a.Label + "##" + a.ID)).Disabled(!a.Available()).OnClick(b.click)}.Build()
		return
	}
	Icon{ID: a.ID, Glyph: a.Icon, Tip: a.Tooltip(), On: a.On(), Disabled: !a.Available(), Click: b.click}.Build()
}

// WideAction is the button of an action with its icon and its label.
type WideAction struct {
	Action *action.Action
	Width  float32 // in pixels
	Failed func(error)
}

// Build implements giu.Widget.
func (b WideAction) Build() {
	a := b.Action
	button := giu.Button(a.Icon+"  "+a.Label).Size(b.Width, 0).Disabled(!a.Available()).OnClick(func() { do(a, b.Failed) })
	Tip{a.Tooltip(), button}.Build()
}

func (b Action) click() { do(b.Action, b.Failed) }

func do(a *action.Action, failed func(error)) {
	if err := a.Do(action.Args{}); err != nil && failed != nil {
		failed(err)
	}
}

// MenuBar is the main menu bar of actions.
type MenuBar struct {
	Menus  []*action.Menu
	Failed func(error)                  // is told of the actions' errors
	First  func(menu string) giu.Widget // what is no action, at the top of a menu; may be nil
	More   func(menu string) giu.Widget // and at its end
}

// Build implements giu.Widget.
func (b MenuBar) Build() {
	var menus giu.Layout
	for _, m := range b.Menus {
		menus = append(menus, giu.Menu(m.Label).Layout(Lazy(func() giu.Widget {
			items := giu.Layout{CloseOnEscape{}}
			if b.First != nil {
				items = append(items, b.First(m.Label))
			}
			items = append(items, b.items(m)...)
			if b.More != nil {
				items = append(items, b.More(m.Label))
			}
			return items
		})))
	}
	giu.MainMenuBar().Layout(menus...).Build()
}

// items are the lines of a menu.
func (b MenuBar) items(m *action.Menu) (items giu.Layout) {
	for _, it := range m.Items {
		switch a := it.Action; {
		case it.Separator():
			items = append(items, giu.Separator())
		case it.Sub != nil:
			items = append(items, giu.Menu(it.Sub.Label).Layout(CloseOnEscape{}, Lazy(func() giu.Widget { return b.items(it.Sub) })))
		default:
			item := giu.MenuItem(a.Label).Shortcut(a.Key()).Selected(a.On()).Enabled(a.Available()).OnClick(func() { do(a, b.Failed) })
			items = append(items, Tip{a.Help, item})
		}
	}
	return items
}

// CloseOnEscape stands in the layout of a popup or menu that Escape closes. ImGui does so
// by itself only where its keyboard navigation is on, which would press buttons on Space.
type CloseOnEscape struct{}

// Build implements giu.Widget.
func (CloseOnEscape) Build() {
	switch {
	case !imgui.IsKeyPressedBool(imgui.KeyEscape):
	case imgui.IsPopupOpenStrV("", imgui.PopupFlagsAnyPopupId): // a list that has dropped down in a dialog goes first
		imgui.InternalClosePopupsExceptModals()
	default:
		imgui.CloseCurrentPopup()
	}
}

// Entered reports that Enter was pressed in the dialog that is being built, and is not about one of its lists: it is to
// do what the dialog is for, wherever in it somebody has clicked before.
func Entered() bool {
	pressed := imgui.IsKeyPressedBoolV(imgui.KeyEnter, false) || imgui.IsKeyPressedBoolV(imgui.KeyKeypadEnter, false)
	return pressed && !imgui.IsWindowAppearing() && imgui.IsWindowFocusedV(imgui.FocusedFlagsRootAndChildWindows) && !imgui.IsPopupOpenStrV("", imgui.PopupFlagsAnyPopupId)
}

// Separator is a vertical line between groups of a toolbar, on its line.
type Separator struct{}

// Build implements giu.Widget.
func (Separator) Build() {
	imgui.SameLine()
	p, h := imgui.CursorScreenPos(), imgui.FrameHeight()
	x := p.X + scaled(2)
	imgui.WindowDrawList().AddLine(vec(x, p.Y+h*0.15), vec(x, p.Y+h*0.85), color(window.Colors().Pressed))
	imgui.Dummy(vec(SeparatorWidth(), h))
	imgui.SameLine()
}

// SeparatorWidth is the width of a Separator without the spacing around it.
func SeparatorWidth() float32 { return scaled(5) }

// Progress is a bar with text on it.
type Progress struct {
	Fraction float64 // 0 to 1; below 0 the end is not known: a block wanders
	Text     string
	Width    float32 // in pixels; 0: what is left
	Phase    float64 // the time in seconds, by which the block wanders
}

// Build implements giu.Widget.
func (b Progress) Build() {
	width := b.Width
	if width <= 0 {
		width = imgui.ContentRegionAvail().X
	}
	height := imgui.FrameHeight() - scaled(4)
	p := imgui.CursorScreenPos()
	p.Y += scaled(2)
	imgui.Dummy(vec(width, imgui.FrameHeight()))
	list := imgui.WindowDrawList()
	end, round := vec(p.X+width, p.Y+height), imgui.CurrentStyle().FrameRounding()
	list.AddRectFilledV(p, end, color(window.Colors().Field), round, 0)
	from, to := 0.0, min(max(b.Fraction, 0), 1)
	if b.Fraction < 0 {
		const block = 0.25
		t := b.Phase/2 - float64(int(b.Phase/2))
		if t = 2 * t; t > 1 {
			t = 2 - t
		}
		from, to = t*(1-block), t*(1-block)+block
	}
	if to > from {
		list.AddRectFilledV(vec(p.X+width*float32(from), p.Y), vec(p.X+width*float32(to), end.Y), color(alpha(window.Colors().Accent, 0.55)), round, 0)
	}
	size := imgui.CalcTextSize(b.Text)
	list.PushClipRectV(p, end, true)
	list.AddTextVec2(vec(p.X+max((width-size.X)/2, scaled(4)), p.Y+(height-size.Y)/2), color(window.Colors().Text), b.Text)
	list.PopClipRect()
}
