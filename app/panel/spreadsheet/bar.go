package spreadsheet

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/AllenDang/cimgui-go/imgui"
	"github.com/AllenDang/giu"

	"iceexplorer/app/inspect/expr"
	"iceexplorer/app/inspect/sheet"
	"iceexplorer/app/inspect/spread"
	"iceexplorer/app/panel"
	"iceexplorer/app/session"
	"iceexplorer/app/widget"
	"iceexplorer/assets"
)

// bar is what stands above the rows.
type bar struct {
	s       *Spreadsheet
	filter  string  // as it is typed
	editing bool    // the field has the keyboard
	mend    bool    // Enter has met a fault, and the field is to have the keyboard again
	field   float32 // where the field's text begins on the screen
	number  string  // of the point to go to
	checked string  // what wrong is of
	wrong   error
	of      *sheet.View // that it was checked in
	layer   int         // that it was typed for
}

// scopes are how the scopes are called.
var scopes = []string{sheet.All: "All points", sheet.Filtered: "Filtered", sheet.Selected: "Selected"}

func (b *bar) onlySelected() bool { return b.s.Spread.Sheet().Scope() == sheet.Selected }

// line is the line of fields and buttons.
func (b *bar) line() giu.Widget {
	k := b.s.host.Scale()
	gap := imgui.CurrentStyle().ItemSpacing().X
	button := func(id string) giu.Widget {
		return widget.Action{Action: b.s.host.Actions.Find(id), Failed: b.s.host.Failed}
	}
	buttons := widget.Beside{Gap: 3, Of: []giu.Widget{
		widget.Icon{ID: "choose", Glyph: assets.IconColumns, Tip: "Columns\nChoose what stands side by side", Click: b.s.choose.open},
		button("show-only-rows"), button("sheet-summary"), button("copy-rows"), button("scroll-to-selection"),
	}}
	icon := imgui.FrameHeight() * 1.15
	rest := 2*icon + 3*gap + 120*k + gap + 82*k + gap + 5*icon + 4*3*k + 2*gap
	avail := imgui.ContentRegionAvail().X
	width := min(max(avail-rest-statusWidth*k, 240*k), 900*k, avail-2*icon-2*3*k)
	return widget.Flow{Gap: 8, Parts: []widget.Part{
		{Of: widget.Beside{Gap: 3, Of: []giu.Widget{b.filterField(width), b.history(), b.clear()}}},
		{Needs: 120 * k, Of: b.scope(120 * k)},
		{Needs: 82 * k, Of: b.goTo(82 * k)},
		{Needs: 5*icon + 12*k, Of: buttons},
		{Needs: statusWidth * k, Of: b.status()},
	}}
}

// statusWidth is the room for what the rows are, in pixels at scale 1.
const statusWidth = 330

// filterField is where the condition is typed; Enter carries it out.
func (b *bar) filterField(width float32) giu.Widget {
	b.follow(b.s.Spread.Layer().ID, b.s.Spread.Sheet().Filter())
	enter := false
	input := giu.InputText(&b.filter).ID("##filter").Hint("Filter, such as Age > 1 and P.y < 0").Size(width).
		Flags(giu.InputTextFlagsEnterReturnsTrue | giu.InputTextFlagsCallbackAlways).Callback(b.again).OnChange(func() { enter = true })
	return giu.Custom(func() {
		// Enter leaves the field, unless there is something to mend: else the keys that follow
		// would be shortcuts.
		io := imgui.CurrentIO()
		kept := io.ConfigInputTextEnterKeepActive()
		io.SetConfigInputTextEnterKeepActive(b.wrong != nil)
		input.Build()
		io.SetConfigInputTextEnterKeepActive(kept)
		b.mend = b.mend || enter && b.wrong != nil
		b.editing = imgui.IsItemActive() || b.mend
		b.field = imgui.ItemRectMin().X + imgui.CurrentStyle().FramePadding().X
		b.check()
		if enter || imgui.IsItemDeactivatedAfterEdit() && b.wrong == nil {
			b.apply(b.filter)
		}
	})
}

// follow has the field show the filter that is in force, unless another is being typed or
// mended. What is wrong is forgotten with the sequence that it was typed for.
func (b *bar) follow(layer int, now string) {
	if layer != b.layer && !b.editing {
		b.layer, b.wrong = layer, nil
	}
	if !b.editing && b.wrong == nil {
		b.filter = now
	}
}

// again puts the cursor behind the fault that Enter has met: ImGui would select all.
func (b *bar) again(data imgui.InputTextCallbackData) int {
	e := (*expr.Error)(nil)
	if !b.mend || data.EventFlag() != imgui.InputTextFlagsCallbackAlways {
		return 0
	}
	b.mend = false
	if errors.As(b.wrong, &e) {
		lead := len(b.filter) - len(strings.TrimLeft(b.filter, " \t"))
		at := min(int32(lead+e.End), data.BufTextLen())
		data.SetCursorPos(at)
		data.SetSelectionStart(at)
		data.SetSelectionEnd(at)
	}
	return 0
}

// check says what is wrong with what is typed.
func (b *bar) check() {
	if v := b.s.Spread.View(); b.filter != b.checked || v != b.of {
		b.checked, b.of = b.filter, v
		b.wrong = b.s.Spread.Check(strings.TrimSpace(b.filter), true)
	}
}

func (b *bar) apply(filter string) {
	if filter = strings.TrimSpace(filter); b.s.Spread.Check(filter, true) != nil {
		return // it is told below the field
	}
	if b.filter = filter; filter == b.s.Spread.Sheet().Filter() && b.s.Spread.Sheet().Scope() != sheet.All {
		return
	}
	if filter == "" {
		b.s.host.Run("filter-clear")
		return
	}
	b.s.host.Run("filter", filter)
}

// history are the filters that were used.
func (b *bar) history() giu.Widget {
	used := b.s.host.Settings.Spreadsheet.Filters
	return giu.Layout{
		widget.Icon{ID: "history", Glyph: assets.IconClock, Tip: "Filters that were used", Disabled: len(used) == 0, Click: func() { giu.OpenPopup("filters") }},
		giu.Popup("filters").Layout(widget.CloseOnEscape{}, widget.Lazy(func() giu.Widget {
			var l giu.Layout
			for i, f := range slices.Clone(used) {
				l = append(l, giu.Selectable(fmt.Sprintf("%s##%d", strings.ReplaceAll(f, "##", "# #"), i)).OnClick(func() { b.apply(f) }))
			}
			return l
		})),
	}
}

func (b *bar) clear() giu.Widget {
	return widget.Icon{ID: "clear", Glyph: assets.IconClose, Tip: "Filter nothing", Disabled: b.filter == "" && b.s.Spread.Sheet().Filter() == "", Click: func() {
		b.filter = ""
		b.apply("")
	}}
}

// scope chooses which rows there are.
func (b *bar) scope(width float32) giu.Widget {
	now := b.s.Spread.Sheet().Scope()
	return giu.Layout{giu.Custom(func() {
		imgui.SetNextItemWidth(width)
		if imgui.BeginCombo("##scope", scopes[now]) {
			for i, name := range scopes {
				if imgui.SelectableBoolV(name, sheet.Scope(i) == now, imgui.SelectableFlagsNone, imgui.Vec2{}) {
					b.s.host.Run("sheet-scope", spread.Scopes[i])
				}
			}
			imgui.EndCombo()
		}
		widget.Tooltip("Which rows there are: all points of the frame, those that pass the filter,\nor those of them that are selected in the scene")
	})}
}

// goTo is where the number of a point is typed.
func (b *bar) goTo(width float32) giu.Widget {
	enter := false
	return widget.Tip{
		Text: "Go to a point: type its index, or id and its ID, such as id 1234",
		Of: giu.Layout{
			giu.InputText(&b.number).ID("##goto").Hint("Go to").Size(width).Flags(giu.InputTextFlagsEnterReturnsTrue | giu.InputTextFlagsAutoSelectAll).OnChange(func() { enter = true }),
			giu.Custom(func() {
				if enter {
					b.goToTyped()
				}
			}),
		},
	}
}

func (b *bar) goToTyped() {
	words := strings.Fields(strings.ToLower(b.number))
	switch {
	case len(words) == 1:
		b.s.host.Run("goto-point", words[0], "index")
	case len(words) == 2 && words[0] == "id":
		b.s.host.Run("goto-point", words[1], "id")
	}
}

// status is what the rows are, or how far the search for them is.
func (b *bar) status() giu.Widget {
	sp := b.s.Spread
	text, part, busy := sp.Sheet().Busy()
	if busy {
		return widget.Beside{Gap: 3, Of: []giu.Widget{
			widget.Progress{Fraction: part, Text: text, Width: 220 * b.s.host.Scale()},
			widget.Icon{ID: "cancel", Glyph: assets.IconCancel, Tip: "Stop; the rows of before stay", Click: func() { b.s.host.Run("sheet-cancel") }},
		}}
	}
	return giu.Custom(func() {
		text := b.s.Spread.Told()
		short, room := text, imgui.ContentRegionAvail().X
		if widget.TextWidth(text) > room { // by what rows are sorted, that title shows too
			short = b.s.Spread.Counted()
		}
		widget.Aligned{Of: widget.Dim(widget.Ellipsis(short, room))}.Build()
		widget.Tooltip(text)
	})
}

// trouble is what is wrong with what is typed, at its place below the field, or what filter
// and sort ask for that the frame does not have.
func (b *bar) trouble() giu.Widget {
	if b.wrong != nil && b.filter != "" {
		return b.fault(b.wrong, b.inForce())
	}
	notes := b.s.Spread.Notes()
	level, texts := session.Info, []string(nil)
	for _, n := range notes {
		if texts = append(texts, n.Text); !n.Minor {
			level = session.Warning
		}
	}
	if v := b.s.Spread.View(); v.Fault != nil && (len(notes) == 0 || notes[0].Minor) {
		return b.fault(v.Fault, "")
	}
	if texts == nil {
		return giu.Layout{}
	}
	icon, color := panel.LevelLook(level)
	return giu.Custom(func() {
		line := widget.Ellipsis(icon+" "+strings.Join(texts, ". "), imgui.ContentRegionAvail().X)
		widget.Tip{Text: strings.Join(texts, "\n"), Of: widget.Aligned{Of: widget.Colored{Text: line, Color: color}}}.Build()
	})
}

// inForce says which rows there are while what is typed is wrong.
func (b *bar) inForce() string {
	sh := b.s.Spread.Sheet()
	if sh.Filter() == "" || sh.Scope() == sheet.All {
		return "nothing is filtered"
	}
	return "the filter " + sh.Filter() + " is still in force"
}

// fault is the message of an expression, below the column that it is about where that is
// in the field; more, if it is not empty, is what it does not change.
func (b *bar) fault(err error, more string) giu.Widget {
	icon, bad := panel.LevelLook(session.Error)
	if more != "" {
		more = "; " + more
	}
	e := (*expr.Error)(nil)
	if !errors.As(err, &e) {
		return widget.Aligned{Of: widget.Colored{Text: icon + " " + err.Error() + more, Color: bad}}
	}
	return giu.Custom(func() {
		lead := len(b.filter) - len(strings.TrimLeft(b.filter, " \t"))
		x := b.field
		if strings.TrimSpace(b.filter) == e.Text {
			x += widget.TextWidth(b.filter[:lead+e.Pos])
		}
		at, avail := imgui.CursorScreenPos(), imgui.ContentRegionAvail().X
		text := widget.Ellipsis("^ "+e.Msg+more, avail)
		room := at.X + avail - widget.TextWidth(text)
		imgui.SetCursorScreenPos(imgui.Vec2{X: max(min(x, room), at.X), Y: at.Y})
		widget.Tip{Text: e.Msg + more, Of: widget.Aligned{Of: widget.Colored{Text: text, Color: bad}}}.Build()
	})
}
