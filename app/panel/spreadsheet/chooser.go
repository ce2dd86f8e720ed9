package spreadsheet

import (
	"slices"
	"strings"

	"github.com/AllenDang/cimgui-go/imgui"
	"github.com/AllenDang/giu"

	"iceexplorer/app/inspect/expr"
	"iceexplorer/app/widget"
	"iceexplorer/assets"
	"iceexplorer/cache"
)

// chooser is the list of what can be a column.
type chooser struct {
	s      *Spreadsheet
	search string
	typed  string // expression
	wrong  error
	top    int
	opened bool
}

const columnsPopup = "columns"

func (c *chooser) open() { c.opened = true }

// choice is a line of the list.
type choice struct {
	text, kind string
	on         bool
}

// choices are the columns, and the attributes that are none, as far as they match what is
// searched.
func (c *chooser) choices() []choice {
	columns := c.s.Spread.Columns()
	var out []choice
	add := func(text, kind string, on bool) {
		if strings.Contains(strings.ToLower(text), strings.ToLower(strings.TrimSpace(c.search))) {
			out = append(out, choice{text, kind, on})
		}
	}
	kinds := map[string]string{}
	var rest []string
	for _, a := range c.s.Spread.Layer().Attributes() {
		text := expr.Quote(cache.TrimPadding(a.Name))
		if kinds[text] == "" && !slices.Contains(columns, text) {
			rest = append(rest, text)
		}
		if kinds[text] = a.Type.String(); a.Structure == cache.Array {
			kinds[text] += "[]"
		}
	}
	for _, text := range columns {
		kind := kinds[text]
		if kind == "" {
			kind = "expression"
		}
		add(text, kind, true)
	}
	for _, text := range rest {
		add(text, kinds[text], false)
	}
	return out
}

// shownChoices are in view at a time.
const shownChoices = 14

func (c *chooser) popup() giu.Widget {
	return giu.Layout{
		giu.Custom(func() {
			if c.opened {
				c.opened, c.search, c.typed, c.wrong, c.top = false, "", "", nil, 0
				giu.OpenPopup(columnsPopup)
			}
		}),
		giu.Popup(columnsPopup).Flags(giu.WindowFlagsNoSavedSettings).Layout(widget.CloseOnEscape{}, widget.Lazy(c.inside)),
	}
}

func (c *chooser) inside() giu.Widget {
	width := min(widget.Em(24), imgui.MainViewport().Size().X*0.9)
	kinds := width * 0.72 / c.s.host.Scale() // where they begin
	list := c.choices()
	text, dim := *imgui.StyleColorVec4(imgui.ColText), *imgui.StyleColorVec4(imgui.ColTextDisabled)
	enter := false
	l := giu.Layout{
		giu.InputText(&c.search).ID("##search").Hint("Search").Size(width).Focus(giu.IsWindowAppearing()),
		giu.Custom(func() {
			if imgui.IsItemEdited() {
				c.top = 0
			}
		}),
		widget.List{Rows: len(list), View: shownChoices, Top: &c.top, Row: func(i int) widget.Row {
			x, mark := list[i], ""
			if x.on {
				mark = assets.IconTick
			}
			return widget.Row{
				Tip:   x.text + ", " + x.kind,
				Cells: []widget.Cell{{Text: mark, Color: text}, {X: 24, Text: widget.Ellipsis(x.text, width*0.62), Color: text}, {X: kinds, Text: x.kind, Color: dim}},
				Click: func() { c.toggle(x) },
			}
		}},
		giu.Separator(),
		giu.InputText(&c.typed).ID("##expression").Hint("An expression, such as v.mag").Size(width).Flags(giu.InputTextFlagsEnterReturnsTrue).OnChange(func() { enter = true }),
		giu.Custom(func() {
			if enter {
				c.add()
			}
		}),
	}
	if len(list) == 0 {
		l[2] = widget.Dim("Nothing found")
	}
	if c.wrong != nil {
		l = append(l, giu.Custom(func() { c.s.bar.fault(c.wrong, "").Build() }))
	}
	all := c.s.host.Actions.Find("columns-default")
	return append(l, widget.Tip{Text: all.Help, Of: giu.Button("All attributes").OnClick(func() { c.s.host.Run(all.ID) })})
}

func (c *chooser) toggle(x choice) {
	if x.on {
		c.s.host.Run("column-remove", "expression="+x.text)
		return
	}
	c.s.host.Run("column-add", "expression="+x.text)
}

// add adds the expression that was typed.
func (c *chooser) add() {
	if text := strings.TrimSpace(c.typed); text != "" {
		if c.wrong = c.s.Spread.AddColumn(text); c.wrong == nil {
			c.typed = ""
		}
	}
}
