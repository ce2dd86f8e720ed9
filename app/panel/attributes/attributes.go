// Package attributes lists the attributes of the active sequence: those of the frame that
// is shown, with what is known of their values, and those that only other frames have.
package attributes

import (
	"strings"

	"github.com/AllenDang/cimgui-go/imgui"
	"github.com/AllenDang/giu"

	"iceexplorer/app/inspect/charts"
	"iceexplorer/app/panel"
	"iceexplorer/app/session"
	"iceexplorer/app/widget"
	"iceexplorer/assets"
	"iceexplorer/cache/unit"
)

// Name of the panel, as its tab shows it.
const Name = "Attributes"

// New makes the panel.
func New(h *panel.Host, c *charts.Charts) panel.Panel {
	v := &view{host: h, charts: c}
	v.table = widget.Table{ID: "attributes", Columns: columns, DrawCell: v.cell, OnSelect: v.picked, Context: v.menu, Drag: v.dragged, Cursor: -1}
	return panel.Panel{Name: Name, Side: panel.Left, Icon: assets.IconLayers, Share: 0.21, Least: [2]float32{220, 180}, Still: true, Layout: v.layout}
}

type view struct {
	host   *panel.Host
	charts *charts.Charts
	table  widget.Table
	search string

	shown session.Shown
	list  []*charts.Attribute // in view of the search, until the next frame
}

// The columns of the table.
const (
	colName = iota
	colSpark
	colValues
	colRows
	colContext
)

var columns = []widget.Column{
	colName:    {Title: "Name", Stretch: true},
	colSpark:   {Title: "Spread", Tooltip: "How the values spread from the least to the greatest; of vectors their lengths", Width: 44},
	colValues:  {Title: "Values", Tooltip: "The range, of vectors that of their lengths; or the one value", Width: 118},
	colRows:    {Title: "Rows", Width: 64, Right: true},
	colContext: {Title: "Of", Tooltip: "What each value belongs to", Width: 48},
}

// fitting are the columns that a width in pixels at scale 1 has room for: the others are in
// the tooltip too. Names give way to spread and values, but not until they can't be read.
func fitting(width float32) []widget.Column {
	const name, least, gap = 130, 90, 9 // usually, at least, and between two columns
	taken := float32(0)
	for i := colSpark; i < len(columns); i++ {
		taken += columns[i].Width + gap
		if i <= colValues && width < least+taken || i > colValues && width < name+taken {
			return columns[:i]
		}
	}
	return columns
}

func (v *view) layout() giu.Layout {
	if v.host.Session.Active() == nil {
		return giu.Layout{widget.Wrapped{Text: "The attributes of what you open appear here."}}
	}
	var all []charts.Attribute
	all, v.shown = v.charts.Attributes()
	v.list = v.list[:0]
	search, elsewhere := strings.ToLower(strings.TrimSpace(v.search)), 0
	for i := range all {
		a := &all[i]
		if a.Kind == charts.Elsewhere {
			elsewhere++
		}
		if search == "" || strings.Contains(strings.ToLower(a.Name+" "+a.Type+" "+a.Context), search) {
			v.list = append(v.list, a)
		}
	}
	note := unit.Plural(len(all)-elsewhere, "attribute")
	if elsewhere > 0 {
		note += ", " + unit.Count(elsewhere) + " in other frames"
	}
	l := giu.Layout{
		giu.InputText(&v.search).ID("##search").Hint("Search").Size(widget.Rest),
		widget.Dim(widget.Ellipsis(note, imgui.ContentRegionAvail().X)),
	}
	switch {
	case len(all) == 0:
		return append(l, widget.Wrapped{Text: v.why()})
	case len(v.list) == 0:
		return append(l, widget.Wrapped{Text: "No attribute is called so."})
	}
	v.table.Rows = int64(len(v.list))
	v.table.Columns = fitting(imgui.ContentRegionAvail().X / v.host.Scale())
	return append(l, &v.table)
}

// why says why nothing is listed.
func (v *view) why() string {
	switch {
	case v.shown.Why != "":
		return v.shown.Why + "."
	case v.shown.Frame == nil:
		return "No frame is shown."
	}
	return "The frame has no attributes."
}

// picked colours by what was clicked. Keys that move the cursor only move it.
func (v *view) picked(row int64, _ widget.Pick) {
	a := v.list[row]
	if imgui.IsMouseReleased(imgui.MouseButtonLeft) && a.Drawable {
		v.host.Run("color-by", name(a))
	}
}

// dragged is an attribute on its way to the spreadsheet.
func (v *view) dragged(row int64) widget.Dragged {
	a := v.list[row]
	return widget.Dragged{Kind: panel.DragExpression, Text: a.Name, Start: func() { v.host.Dragged = a.Expr }}
}

// name is what color-by and profile call an attribute by: of a vector its magnitude.
func name(a *charts.Attribute) string {
	if len(a.Parts) > 0 {
		return a.Parts[0].Title
	}
	return a.Name
}

// menu are the lines of the context menu.
func (v *view) menu(row int64) {
	if row >= int64(len(v.list)) {
		return
	}
	a := v.list[row]
	run := func(id string, word string) func() { return func() { v.host.Run(id, word) } }
	column := v.host.Actions.Find("column-add")
	items := giu.Layout{
		widget.CloseOnEscape{},
		giu.MenuItem("Colour by " + a.Name).Enabled(a.Drawable).OnClick(run("color-by", name(a))),
		giu.MenuItem("Histogram").Enabled(a.Numbers).OnClick(run("histogram", a.Expr)),
		giu.MenuItem("Profile").Enabled(a.Numbers).OnClick(run("profile", name(a))),
	}
	if len(a.Parts) > 1 {
		for _, of := range []struct{ label, id string }{{"Colour by component", "color-by"}, {"Profile of component", "profile"}} {
			var parts giu.Layout
			for _, p := range a.Parts {
				parts = append(parts, giu.MenuItem(p.Title).Enabled(a.Drawable || of.id == "profile").OnClick(run(of.id, p.Title)))
			}
			items = append(items, giu.Menu(of.label).Layout(parts...))
		}
	}
	if column != nil {
		items = append(items, giu.MenuItem("Add to the spreadsheet").OnClick(run("column-add", a.Expr)))
	}
	items = append(items, giu.Separator(), giu.MenuItem("Copy name").OnClick(func() { imgui.SetClipboardText(a.Name) }))
	items.Build()
}
