// Package palette is the search over everything the program can do.
package palette

import (
	"github.com/AllenDang/cimgui-go/imgui"
	"github.com/AllenDang/giu"

	"iceexplorer/app/action"
	"iceexplorer/app/action/palette"
	"iceexplorer/app/panel"
	"iceexplorer/app/session"
	"iceexplorer/app/widget"
	"iceexplorer/assets"
)

// Name of the popup.
const Name = "Find action"

// Popup is the search.
type Popup struct {
	host   *panel.Host
	next   string // action whose values are asked for when it is opened; "": it is looked for
	search *palette.Palette
	asked  string // its title when the field last took the keyboard
}

// New makes the popup.
func New(h *panel.Host) *Popup { return &Popup{host: h} }

// Panel is the popup.
func (p *Popup) Panel() panel.Panel {
	return panel.Panel{Name: Name, Side: panel.Popup, Icon: assets.IconSearch, Opened: p.open, Layout: p.layout}
}

// Ask has the popup ask, when it is opened next, for the values that an action needs.
func (p *Popup) Ask(id string) { p.next = id }

func (p *Popup) open() {
	p.search = palette.New(p.host.Actions)
	if a := p.host.Actions.Find(p.next); a != nil {
		p.search.Ask(a)
	}
	p.next, p.asked = "", ""
}

// rows is how many rows are in view.
const rows = 12

// width of the popup's contents, in pixels.
func width() float32 {
	style := imgui.CurrentStyle()
	return min(widget.Em(36), imgui.MainViewport().Size().X*0.98-2*style.WindowPadding().X-style.ScrollbarSize())
}

func (p *Popup) layout() giu.Layout {
	var run *action.Action
	var words []string
	chosen := func(a *action.Action, more []string) {
		if a != nil {
			run, words = a, more
		}
	}
	return giu.Layout{
		widget.Lazy(func() giu.Widget { return p.field(chosen) }),
		widget.Lazy(func() giu.Widget { return p.list(chosen) }),
		giu.Custom(func() {
			if giu.IsKeyPressed(giu.KeyEscape) && !p.search.Back() {
				giu.CloseCurrentPopup()
			}
			if run != nil {
				giu.CloseCurrentPopup()
				p.host.Run(run.ID, words...)
			}
		}),
	}
}

// field is the text field; Enter chooses an action.
func (p *Popup) field(chosen func(*action.Action, []string)) giu.Widget {
	s := p.search
	var l giu.Layout
	title := s.Title()
	if title != "" {
		l = append(l, giu.Label(title))
	}
	focus := giu.IsWindowAppearing() || p.asked != title
	p.asked = title
	query, enter := s.Query(), false
	// A field of its own for every question, so that it begins empty.
	input := giu.InputText(&query).ID(giu.ID("##query " + title)).Hint(s.Prompt()).Size(width()).Focus(focus).
		Flags(giu.InputTextFlagsEnterReturnsTrue).OnChange(func() { enter = true })
	l = append(l, input, giu.Custom(func() {
		s.SetQuery(query)
		if why := s.Wrong(); why != "" {
			_, bad := panel.LevelLook(session.Error)
			widget.Wrapped{Text: why, Color: bad}.Build()
		}
		if enter {
			chosen(s.Enter())
			imgui.SetKeyboardFocusHereV(-1) // Enter has taken it away
		}
	}))
	return l
}

// list shows what was found; a click chooses an action.
func (p *Popup) list(chosen func(*action.Action, []string)) giu.Widget {
	s := p.search
	if giu.IsKeyPressed(giu.KeyDown) {
		s.Move(1)
	}
	if giu.IsKeyPressed(giu.KeyUp) {
		s.Move(-1)
	}
	found, pick := s.Rows(), s.Pick()
	if len(found) == 0 && s.Title() == "" {
		return widget.Dim("Nothing found")
	}
	var l giu.Layout
	top := max(pick-rows+1, 0)
	for i := top; i < min(top+rows, len(found)); i++ {
		r := found[i]
		label, key := r.Icon+"  "+r.Label, r.Key
		room := width() - widget.TextWidth(key) - widget.Em(1)
		if widget.TextWidth(label) > room { // what it does is more than by which keys
			key, room = "", width()
		}
		line := giu.Selectable(widget.Ellipsis(label, room)).Selected(i == pick).Flags(giu.SelectableFlags(imgui.SelectableFlagsNoAutoClosePopups)).
			OnClick(func() { chosen(s.Choose(r)) })
		l = append(l, widget.Tip{Text: r.Help, Of: line})
		if key != "" {
			l = append(l, giu.Custom(func() {
				imgui.SameLineV(imgui.CurrentStyle().WindowPadding().X+width()-max(widget.TextWidth(key), widget.Em(6)), -1)
			}), widget.Dim(key))
		}
	}
	return l
}
