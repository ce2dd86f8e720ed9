package widget

import (
	"strings"

	"github.com/AllenDang/cimgui-go/imgui"

	"iceexplorer/app/action"
	"iceexplorer/app/window"
)

// IconButton draws a square button with an icon glyph. on draws it pressed in,
// for switches: with the accent colour and a line below, so that it does not
// show by colour alone. id must be unique in the window.
func IconButton(id, icon, tooltip string, on, enabled bool) (clicked bool) {
	imgui.BeginDisabledV(!enabled)
	if on {
		imgui.PushStyleColorVec4(imgui.ColText, window.ColorAccent)
		imgui.PushStyleColorVec4(imgui.ColButton, window.ColorPressed)
	}
	side := imgui.FrameHeight()
	imgui.PushStyleVarVec2(imgui.StyleVarFramePadding, vec(0, imgui.CurrentStyle().FramePadding().Y))
	clicked = imgui.ButtonV(icon+"##"+id, vec(side*1.15, side))
	imgui.PopStyleVar()
	if on {
		imgui.PopStyleColorV(2)
		lo, hi := imgui.ItemRectMin(), imgui.ItemRectMax()
		imgui.WindowDrawList().AddRectFilled(vec(lo.X+scaled(4), hi.Y-scaled(2)), vec(hi.X-scaled(4), hi.Y), color(window.ColorAccent))
	}
	imgui.EndDisabled()
	Tooltip(tooltip)
	return clicked
}

// ActionButton draws an action as an icon button, or with its label where it
// has no icon, and carries it out when clicked. The error is the action's.
func ActionButton(a *action.Action) error {
	enabled := a.Available()
	var clicked bool
	if a.Icon != "" {
		clicked = IconButton(a.ID, a.Icon, a.Tooltip(), a.On(), enabled)
	} else {
		imgui.BeginDisabledV(!enabled)
		clicked = imgui.Button(a.Label + "##" + a.ID)
		imgui.EndDisabled()
		Tooltip(a.Tooltip())
	}
	if clicked {
		return a.Do(action.Args{})
	}
	return nil
}

// MenuBar draws the main menu bar and hands the errors of actions to failed. more,
// if not nil, is called at the end of each menu, to add what is no action.
func MenuBar(menus []*action.Menu, failed func(*action.Action, error), more func(menu string)) {
	if !imgui.BeginMainMenuBar() {
		return
	}
	for _, m := range menus {
		if imgui.BeginMenu(m.Label) {
			menuItems(m, failed)
			if more != nil {
				more(m.Label)
			}
			imgui.EndMenu()
		}
	}
	imgui.EndMainMenuBar()
}

// closeOnEscape closes the popup or menu being built. ImGui does so by itself only
// where its keyboard navigation is on, which would press buttons on Space.
func closeOnEscape() {
	if imgui.IsKeyPressedBool(imgui.KeyEscape) {
		imgui.CloseCurrentPopup()
	}
}

func menuItems(m *action.Menu, failed func(*action.Action, error)) {
	closeOnEscape()
	for _, it := range m.Items {
		switch {
		case it.Separator():
			imgui.Separator()
		case it.Sub != nil:
			if imgui.BeginMenu(it.Sub.Label) {
				menuItems(it.Sub, failed)
				imgui.EndMenu()
			}
		default:
			a := it.Action
			if imgui.MenuItemBoolV(a.Label+"##"+a.ID, a.Key(), a.On(), a.Available()) {
				if err := a.Do(action.Args{}); err != nil && failed != nil {
					failed(a, err)
				}
			}
			Tooltip(a.Help)
		}
	}
}

// Separator draws a vertical line between groups of a toolbar, on its line.
func Separator() {
	imgui.SameLine()
	p, h := imgui.CursorScreenPos(), imgui.FrameHeight()
	x := p.X + scaled(2)
	imgui.WindowDrawList().AddLine(vec(x, p.Y+h*0.15), vec(x, p.Y+h*0.85), color(window.ColorPressed))
	imgui.Dummy(vec(SeparatorWidth(), h))
	imgui.SameLine()
}

// SeparatorWidth is the width of a Separator without the spacing around it.
func SeparatorWidth() float32 { return scaled(5) }

// Progress draws a bar for a fraction of 0 to 1 with text on it. Below 0 the
// end is not known: a block wanders with the time, in seconds, given as phase.
func Progress(fraction float64, text string, width float32, phase float64) {
	if width <= 0 {
		width = imgui.ContentRegionAvail().X
	}
	height := imgui.FrameHeight() - scaled(4)
	p := imgui.CursorScreenPos()
	p.Y += scaled(2)
	imgui.Dummy(vec(width, imgui.FrameHeight()))
	list := imgui.WindowDrawList()
	end, round := vec(p.X+width, p.Y+height), imgui.CurrentStyle().FrameRounding()
	list.AddRectFilledV(p, end, color(window.ColorField), round, 0)
	from, to := 0.0, min(max(fraction, 0), 1)
	if fraction < 0 {
		const block = 0.25
		t := phase/2 - float64(int(phase/2))
		if t = 2 * t; t > 1 {
			t = 2 - t
		}
		from, to = t*(1-block), t*(1-block)+block
	}
	if to > from {
		list.AddRectFilledV(vec(p.X+width*float32(from), p.Y), vec(p.X+width*float32(to), end.Y), color(alpha(window.ColorAccent, 0.55)), round, 0)
	}
	size := imgui.CalcTextSize(text)
	list.PushClipRectV(p, end, true)
	list.AddTextVec2(vec(p.X+max((width-size.X)/2, scaled(4)), p.Y+(height-size.Y)/2), color(window.ColorText), text)
	list.PopClipRect()
}

// Key draws a key or a chord, "Ctrl+O", as keycaps.
func Key(chord string) {
	for i, k := range strings.SplitAfter(chord, "+") {
		if k == "" {
			continue
		}
		if i > 0 {
			imgui.SameLineV(0, scaled(3))
		}
		if len(k) > 1 {
			k = strings.TrimSuffix(k, "+")
		}
		size, p := imgui.CalcTextSize(k), imgui.CursorScreenPos()
		pad := scaled(5)
		end := vec(p.X+size.X+2*pad, p.Y+size.Y+scaled(3))
		list := imgui.WindowDrawList()
		list.AddRectFilledV(p, end, color(window.ColorRaised), scaled(3), 0)
		list.AddRectV(p, end, color(window.ColorPressed), scaled(3), 0, 1)
		list.AddTextVec2(vec(p.X+pad, p.Y+scaled(1)), color(window.ColorText), k)
		imgui.Dummy(vec(end.X-p.X, end.Y-p.Y))
	}
}
