// Package spreadsheet is the table of the points of the frame that is shown.
package spreadsheet

import (
	"slices"
	"strconv"
	"time"

	"github.com/AllenDang/cimgui-go/imgui"
	"github.com/AllenDang/giu"

	"iceexplorer/app/inspect/spread"
	"iceexplorer/app/panel"
	"iceexplorer/app/widget"
	"iceexplorer/assets"
	"iceexplorer/cache/pathname"
)

// Name of the panel.
const Name = "Spreadsheet"

// Options are what the panel needs beside the host.
type Options struct {
	Spread *spread.Spread
	Font   func() *imgui.Font // of numbers
	Copy   func(text string)  // to the clipboard
}

// Spreadsheet is the panel with what it remembers.
type Spreadsheet struct {
	host *panel.Host
	Options
	bar    bar
	cells  cells
	choose chooser
	array  array
	grid   widget.Grid
}

// New makes the panel.
func New(h *panel.Host, opt Options) *Spreadsheet {
	s := &Spreadsheet{host: h, Options: opt}
	s.bar.s, s.cells.s, s.choose.s = s, s, s
	s.array.init(s)
	s.grid = widget.Grid{
		ID: "points", Seen: s.cells.seen, Cell: s.cells.cell, Tip: s.cells.tip, Marked: s.Spread.Marked, FootCell: s.cells.foot,
		OnOpen: s.open, OnPick: s.pick, OnHeader: s.turn, OnResize: s.cells.resize, OnMove: s.move, Context: s.rowMenu, Head: s.headMenu,
	}
	return s
}

// Panel is the panel's place in the window.
func (s *Spreadsheet) Panel() panel.Panel {
	return panel.Panel{
		Name: Name, Side: panel.Bottom, Part: "data", Icon: assets.IconTable, Share: 0.42, Least: [2]float32{0, 180}, Still: true, Hidden: true, Keys: []string{"T"},
		Layout: s.layout, Due: s.due,
	}
}

// HasKeys reports whether the rows take the arrow keys, Home and End.
func (s *Spreadsheet) HasKeys() bool { return s.grid.HasKeys() || s.array.grid.HasKeys() }

// due has the progress of a search drawn.
func (s *Spreadsheet) due(now time.Time) (time.Time, bool) {
	_, _, busy := s.Spread.Sheet().Busy()
	return now.Add(100 * time.Millisecond), busy
}

func (s *Spreadsheet) layout() giu.Layout {
	if s.Spread.Layer() == nil {
		return giu.Layout{widget.Wrapped{Text: "The points of what you open appear here."}}
	}
	if s.Spread.View() == nil {
		why := s.Spread.Shown().Why
		if why == "" {
			why = "There is no frame here."
		}
		return giu.Layout{widget.Wrapped{Text: pathname.Display(why)}}
	}
	return giu.Layout{s.bar.line(), s.bar.trouble(), giu.Custom(s.rows), s.choose.popup(), giu.Custom(s.array.popup)}
}

// rows builds the grid.
func (s *Spreadsheet) rows() {
	s.cells.refresh()
	g := &s.grid
	g.Font = s.Font()
	g.Rows = int64(s.Spread.View().Rows())
	row, reveal := s.Spread.Cursor()
	if g.Cursor = row; reveal {
		g.Center(row)
	}
	g.Build()
	if widget.Dropped(panel.DragExpression) {
		s.drop(s.host.Dragged, g.Under())
	}
	if g.Cursor != row && g.Cursor >= 0 {
		s.Spread.SetCursor(g.Cursor)
	}
	if s.Spread.View().Fault == nil && g.Rows == 0 {
		s.empty()
	}
}

// empty says, over the grid, why there is no row.
func (s *Spreadsheet) empty() {
	text := "No point of this frame passes the filter."
	switch n, of := s.Spread.View().Points(); {
	case of == 0:
		text = "This frame has no points."
	case n == 0 && s.bar.onlySelected():
		text = "No selected point is among the rows. Click points, or choose other rows."
	}
	lo, hi := s.grid.Body()
	width := widget.TextWidth(text)
	at := imgui.Vec2{X: (lo.X + hi.X - width) / 2, Y: (lo.Y + hi.Y - imgui.TextLineHeight()) / 2}
	imgui.WindowDrawList().AddTextVec2(at, imgui.ColorU32Col(imgui.ColTextDisabled), text)
}

// drop adds what was dragged here as a column, behind the one it was dropped on.
func (s *Spreadsheet) drop(text string, on int) {
	s.host.Run("column-add", "expression="+text)
	if on < 0 || on > len(s.cells.parts) {
		return
	}
	place := 0
	if on > 0 {
		place = s.cells.parts[on-1].column + 1
	}
	columns := s.Spread.Columns()
	if from := slices.Index(columns, text); from >= 0 && from < place {
		place-- // it stood before already, and is taken out of there
	}
	if place < len(columns) {
		s.host.Run("column-move", "expression="+text, strconv.Itoa(place+1))
	}
}

// open shows all values of an array.
func (s *Spreadsheet) open(row int64, col int) {
	s.host.Run("show-array", "expression="+s.Spread.Columns()[s.cells.parts[col-1].column], strconv.FormatInt(row, 10))
}

// pick selects the points of a click or a key. Where only selected points are shown it
// moves the cursor alone: else the rows would go away under the mouse.
func (s *Spreadsheet) pick(row int64, how widget.Pick) {
	if s.bar.onlySelected() && !how.Toggle {
		s.Spread.SetCursor(row)
		return
	}
	s.host.Failed(s.Spread.Select(s.Spread.Chosen(row, how.Anchor, how.Toggle, how.Extend)))
}
