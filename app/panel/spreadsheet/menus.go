package spreadsheet

import (
	"math"
	"slices"
	"strconv"

	"github.com/AllenDang/cimgui-go/imgui"
	"github.com/AllenDang/giu"

	"iceexplorer/app/inspect/column"
	"iceexplorer/app/inspect/rows"
	"iceexplorer/app/inspect/spread"
)

// turn sorts by a column: up, down, and no more.
func (s *Spreadsheet) turn(col int) {
	o := s.Spread.Turn(s.cells.by(col))
	if o.By == "" {
		s.host.Run("sort-clear")
		return
	}
	s.sort(o.By, o.Descending)
}

func (s *Spreadsheet) sort(by string, down bool) {
	direction := "up"
	if down {
		direction = "down"
	}
	s.host.Run("sort", "expression="+by, direction)
}

// by is what a column of the grid is sorted by.
func (c *cells) by(col int) string {
	if col == 0 {
		return "$index"
	}
	return c.parts[col-1].text
}

// move puts a dragged column at another's place.
func (s *Spreadsheet) move(col, to int) {
	if col == 0 {
		return
	}
	place := len(s.Spread.Columns())
	if to-1 < len(s.cells.parts) {
		place = s.cells.parts[max(to-1, 0)].column
	}
	from := s.cells.parts[col-1].column
	if place > from {
		place-- // the columns behind it have moved up
	}
	if place != from {
		s.host.Run("column-move", "expression="+s.Spread.Columns()[from], strconv.Itoa(place+1))
	}
}

func item(label string, on bool, do func()) {
	giu.MenuItem(label).Enabled(on).OnClick(do).Build()
}

// headMenu are the items of a title's menu.
func (s *Spreadsheet) headMenu(col int) {
	by := s.cells.by(col)
	item("Sort up", true, func() { s.sort(by, false) })
	item("Sort down", true, func() { s.sort(by, true) })
	item("Sort nothing", s.Spread.Sheet().Order().By != "", func() { s.host.Run("sort-clear") })
	if col == 0 {
		return
	}
	p := s.cells.parts[col-1]
	of := s.Spread.Columns()[p.column]
	if length := of + ".mag"; slices.Contains([]string{of + ".x", of + ".y", of + ".z"}, p.text) {
		item("Sort by length, longest first", true, func() { s.sort(length, true) })
		item("Add the length as a column", !slices.Contains(s.Spread.Columns(), length), func() { s.host.Run("column-add", "expression="+length) })
	}
	text := "expression=" + of
	giu.Separator().Build()
	item("Filter what is not finite", s.grid.Columns[col].Right, func() { s.host.Run("filter", "not isfinite("+by+")") })
	item("Colour by it", p.coloring != "", func() { s.host.Run("color-by", "name="+p.coloring) })
	giu.Separator().Build()
	item("Move left", p.column > 0, func() { s.host.Run("column-move", text, strconv.Itoa(p.column)) })
	item("Move right", p.column < len(s.Spread.Columns())-1, func() { s.host.Run("column-move", text, strconv.Itoa(p.column+2)) })
	item("Remove column", len(s.Spread.Columns()) > 1, func() { s.host.Run("column-remove", text) })
	giu.Separator().Build()
	s.numbersMenu()
}

// numbersMenu is how numbers are written.
func (s *Spreadsheet) numbersMenu() {
	keep := &s.host.Settings.Spreadsheet
	if imgui.BeginMenu("Decimals") {
		giu.MenuItem("As many as it takes").Selected(keep.Decimals < 0).OnClick(func() { s.host.Run("sheet-decimals") }).Build()
		for _, n := range []int{0, 1, 2, 3, 4, 6, 9} {
			giu.MenuItem(strconv.Itoa(n)).Selected(keep.Decimals == n).OnClick(func() { s.host.Run("sheet-decimals", strconv.Itoa(n)) }).Build()
		}
		imgui.EndMenu()
	}
	giu.MenuItem(s.host.Actions.Find("sheet-hex").Label).Selected(keep.Hex).OnClick(func() { s.host.Run("sheet-hex") }).Build()
}

// rowMenu are the items of a cell's menu.
func (s *Spreadsheet) rowMenu(row int64, col int) {
	if col > 0 {
		s.cellItems(row, s.cells.parts[col-1])
		giu.Separator().Build()
	}
	for _, format := range spread.Formats {
		item("Copy rows as "+map[string]string{"tsv": "TSV", "csv": "CSV", "json": "JSON"}[format], true, func() { s.host.Run("copy-rows", format) })
	}
	item("Copy rows without titles", true, func() { s.host.Run("copy-rows", "tsv", "off") })
	giu.Separator().Build()
	for _, id := range []string{"select-rows", "select-none", "frame-selection", "scroll-to-selection", "follow", "probe"} {
		a := s.host.Actions.Find(id)
		label := a.Label
		if id == "select-rows" {
			label = "Select all rows"
		}
		item(label, a.Available(), func() { s.host.Run(id) })
	}
}

// cellItems are about the value of a cell.
func (s *Spreadsheet) cellItems(row int64, p part) {
	v := s.cells.page.Cell(p.column, p.component, int(row))
	if a, ok := v.(column.Array); ok {
		item("Show all values", a.Len > 0, func() {
			s.host.Run("show-array", "expression="+s.Spread.Columns()[p.column], strconv.FormatInt(row, 10))
		})
		return
	}
	item("Copy value", v != nil, func() { s.Copy(rows.Text(v)) })
	same := sameAs(p.text, v)
	item("Show only rows with this value", same != "", func() { s.host.Run("filter", same) })
	item("Leave out rows with this value", same != "", func() { s.host.Run("filter", "not ("+same+")") })
}

// sameAs is the condition that an expression has a value; "" of what there is none for.
func sameAs(text string, v any) string {
	switch v := v.(type) {
	case float32:
		return sameNumber(text, float64(v), v)
	case float64:
		return sameNumber(text, v, v)
	case int64:
		return text + " == " + rows.Text(v)
	case bool:
		if v {
			return text
		}
		return "not " + text
	case string:
		return text + " == " + strconv.Quote(v)
	}
	return ""
}

func sameNumber(text string, f float64, v any) string {
	switch {
	case math.IsNaN(f):
		return "isnan(" + text + ")"
	case math.IsInf(f, 0):
		return "not isfinite(" + text + ") and not isnan(" + text + ")"
	}
	return text + " == " + rows.Text(v)
}
