package spreadsheet

import (
	"fmt"
	"strconv"

	"github.com/AllenDang/cimgui-go/imgui"

	"iceexplorer/app/inspect/sheet"
	"iceexplorer/app/panel"
	"iceexplorer/app/session"
	"iceexplorer/app/widget"
	"iceexplorer/cache/unit"
	"iceexplorer/cache/value"
)

// array is the pop-up with all values of an array.
type array struct {
	s     *Spreadsheet
	grid  widget.Grid
	shown *sheet.Array

	values []any // of those in view
	at     int   // the place of the first
}

const arrayPopup = "array"

func (a *array) init(s *Spreadsheet) {
	a.s = s
	a.grid = widget.Grid{ID: "values", Seen: a.seen, Cell: a.cell, Cursor: -1, Frozen: 1}
}

// popup shows what is expanded, and lets go of it when it is closed.
func (a *array) popup() {
	now := a.s.Spread.Expanded()
	if now == nil && a.shown == nil {
		return
	}
	if now != a.shown {
		if a.shown = now; now != nil {
			a.begin()
			imgui.OpenPopupStr(arrayPopup)
		}
	}
	room := imgui.MainViewport().Size()
	imgui.SetNextWindowSize(imgui.Vec2{X: min(a.width(), room.X*0.94), Y: min(widget.Em(24), room.Y*0.94)})
	if !imgui.BeginPopup(arrayPopup) {
		if a.shown != nil {
			a.shown = nil
			a.s.Spread.Collapse()
		}
		return
	}
	defer imgui.EndPopup()
	widget.CloseOnEscape{}.Build()
	if now == nil {
		imgui.CloseCurrentPopup()
		return
	}
	imgui.TextUnformatted(widget.Ellipsis(fmt.Sprintf("%s of point %d, frame %v", now.Column, now.Point, now.Frame), imgui.ContentRegionAvail().X))
	widget.Dim(unit.Plural(now.Len, "value")).Build()
	a.grid.Rows, a.grid.Font = int64(now.Len), a.s.Font()
	a.grid.Build()
}

// begin takes the columns of the array.
func (a *array) begin() {
	g := &a.grid
	g.Columns = append(g.Columns[:0], widget.GridColumn{Title: "place", Tip: "In the array, from 0", Width: 84, Right: true, Dim: true})
	names := a.shown.Type.ComponentNames()
	for _, name := range names {
		g.Columns = append(g.Columns, widget.GridColumn{Title: name, Width: 110, Right: true})
	}
	if len(names) == 0 {
		g.Columns = append(g.Columns, widget.GridColumn{Title: "value", Width: 240})
	}
	g.Cursor, a.values = -1, nil
	g.ScrollTo(0)
}

func (a *array) width() float32 {
	width := float32(0)
	for _, c := range a.grid.Columns {
		width += c.Width
	}
	return (min(max(width, 240), 760) + 40) * a.s.host.Scale()
}

func (a *array) seen(from, to int64, _ []int) {
	a.values, a.at = a.shown.Read(int(from), int(to), a.s.wake)
}

// cell is a component of a value.
func (a *array) cell(row int64, col int) widget.GridCell {
	if col == 0 {
		return widget.GridCell{Text: strconv.FormatInt(row, 10)}
	}
	i := int(row) - a.at
	if i < 0 || i >= len(a.values) {
		return widget.GridCell{}
	}
	v := a.values[i]
	if list, ok := v.([]float32); ok && col-1 < len(list) {
		v = list[col-1]
	}
	text, odd := a.s.Spread.Style().Text(v)
	if _, blob := v.([]byte); blob {
		text = value.Text(v)
	}
	cell := widget.GridCell{Text: text}
	if odd {
		_, cell.Color = panel.LevelLook(session.Error)
		cell.Text = "! " + text
	}
	return cell
}
