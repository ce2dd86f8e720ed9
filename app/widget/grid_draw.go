package widget

import (
	"unicode/utf8"

	"github.com/AllenDang/cimgui-go/imgui"

	"iceexplorer/app/window"
)

// draw draws what is in view.
func (g *Grid) draw() {
	list := imgui.WindowDrawList()
	g.drawRows(list)
	g.withFont(func() {
		for _, c := range g.cols {
			g.drawColumn(list, c)
		}
	})
	g.drawHeader(list)
	if g.m.frozen > 0 {
		x := g.m.pos.X + g.m.frozen
		list.AddLine(vec(x, g.m.pos.Y), vec(x, g.m.pos.Y+g.m.header+g.m.body.Y), color(window.Colors().Pressed))
	}
	if g.m.lines > 0 {
		g.drawFoot(list)
	}
}

// rowsDrawn is how many rows are in view, one in part.
func (g *Grid) rowsDrawn() int64 { return min(g.visible+1, g.Rows-g.top) }

// rowY is the upper end of a row in view.
func (g *Grid) rowY(row int64) float32 {
	return g.m.pos.Y + g.m.header + float32(row-g.top)*g.m.row
}

// drawRows draws what lies behind the cells. A selected row has a bar at its left end, so
// that it does not show by colour alone.
func (g *Grid) drawRows(list *imgui.DrawList) {
	m := &g.m
	lo, hi := vec(m.pos.X, m.pos.Y+m.header), vec(m.pos.X+m.body.X, m.pos.Y+m.header+m.body.Y)
	list.PushClipRectV(lo, hi, true)
	stripe, chosen := color(alpha(window.Colors().Raised, 0.35)), color(window.Colors().Selected)
	for row := g.top; row < g.top+g.rowsDrawn(); row++ {
		y := g.rowY(row)
		a, b := vec(lo.X, y), vec(hi.X, y+m.row)
		if row%2 == 1 {
			list.AddRectFilled(a, b, stripe)
		}
		if g.Marked != nil && g.Marked(row) {
			list.AddRectFilled(a, b, chosen)
			list.AddRectFilled(a, vec(a.X+scaled(3), b.Y), color(window.Colors().Accent))
		}
		if row == g.Cursor {
			list.AddRect(vec(a.X, a.Y), vec(b.X-1, b.Y), color(window.Colors().TextDim))
		}
	}
	list.PopClipRect()
}

// span is where a column is seen from and to, below the header.
func (g *Grid) span(col int) (lo, hi float32) {
	lo, hi = g.at(col), g.end(col)
	if col >= g.frozen() {
		lo = max(lo, g.m.pos.X+g.m.frozen)
	}
	return lo, min(hi, g.m.pos.X+g.m.body.X)
}

func (g *Grid) drawColumn(list *imgui.DrawList, col int) {
	m := &g.m
	lo, hi := g.span(col)
	top := m.pos.Y + m.header
	list.PushClipRectV(vec(lo, top), vec(hi, top+m.body.Y), true)
	for row := g.top; row < g.top+g.rowsDrawn(); row++ {
		cell := g.Cell(row, col)
		g.drawCell(list, col, g.rowY(row), &cell)
	}
	list.PopClipRect()
	list.AddLine(vec(hi-1, top), vec(hi-1, top+m.body.Y), color(alpha(window.Colors().Border, 0.6)))
}

// drawCell writes a cell's text; what does not fit is cut, so that no number looks like
// another.
func (g *Grid) drawCell(list *imgui.DrawList, col int, y float32, cell *GridCell) {
	if cell.Text == "" && cell.Swatch == 0 && !cell.Opens {
		return
	}
	c := &g.Columns[col]
	pad := scaled(6)
	lo, hi := g.at(col)+pad, g.end(col)-pad
	if cell.Swatch != 0 {
		side := g.m.row * 0.7
		a := vec(lo, y+(g.m.row-side)/2)
		list.AddRectFilled(a, vec(a.X+side, a.Y+side), cell.Swatch)
		list.AddRect(a, vec(a.X+side, a.Y+side), color(window.Colors().Pressed))
		lo += side + pad/2
	}
	if cell.Opens {
		side, ink := g.m.row*0.3, window.Colors().TextDim
		if mouse := imgui.MousePos(); imgui.IsWindowHovered() && mouse.Y >= y && mouse.Y < y+g.m.row && g.onMark(col, mouse.X) {
			ink = window.Colors().Text
		}
		mid := y + g.m.row/2
		list.AddTriangleFilled(vec(lo, mid-side), vec(lo+side*1.3, mid), vec(lo, mid+side), color(ink))
		lo += g.mark() - pad
	}
	text, width := g.fitted(cell.Text, hi-lo)
	x := lo
	if c.Right {
		x = max(hi-width, lo)
	}
	ink := color(window.Colors().Text)
	switch {
	case cell.Color != (imgui.Vec4{}):
		ink = color(cell.Color)
	case c.Dim:
		ink = color(window.Colors().TextDim)
	}
	list.AddTextVec2(vec(x, y+imgui.CurrentStyle().CellPadding().Y/2), ink, text)
}

// mark is the room for the mark of a cell that opens.
func (g *Grid) mark() float32 { return scaled(6) + g.m.row*0.7 }

// onMark reports whether a place of the screen is on the marks of a column.
func (g *Grid) onMark(col int, x float32) bool { return x >= g.at(col) && x < g.at(col)+g.mark() }

// fitted is a text as far as there is room for it, and its width.
func (g *Grid) fitted(text string, room float32) (string, float32) {
	n := 0
	for i := range len(text) {
		if text[i] >= utf8.RuneSelf {
			n = -1
			break
		}
		n++
	}
	if n < 0 {
		width := TextWidth(text)
		if width <= room {
			return text, width
		}
		text = cut(text, int(room/g.m.char)-1)
		return text, TextWidth(text)
	}
	if width := float32(n) * g.m.char; width <= room {
		return text, width
	}
	fits := max(int(room/g.m.char)-1, 0)
	return text[:min(fits, n)] + "\u2026", float32(fits+1) * g.m.char
}

// cut is the first n characters and a mark that there are more.
func cut(text string, n int) string {
	for i := range text {
		if n <= 0 {
			return text[:i] + "\u2026"
		}
		n--
	}
	return text
}

// drawHeader draws the titles.
func (g *Grid) drawHeader(list *imgui.DrawList) {
	m := &g.m
	lo, hi := m.pos, vec(m.pos.X+m.size.X, m.pos.Y+m.header)
	list.AddRectFilled(lo, hi, color(window.Colors().Raised))
	pad := scaled(6)
	for _, col := range g.cols {
		c := &g.Columns[col]
		x0, x1 := g.span(col)
		list.PushClipRectV(vec(x0, lo.Y), vec(x1, hi.Y), true)
		if g.grab.moved && !g.grab.edge && g.grab.col == col+1 {
			list.AddRectFilled(vec(g.at(col), lo.Y), vec(g.end(col), hi.Y), color(window.Colors().Pressed))
		}
		arrow := ""
		switch c.Sort {
		case 1:
			arrow = "\u25b4 "
		case -1:
			arrow = "\u25be "
		}
		room := g.end(col) - g.at(col) - 2*pad
		title := arrow + c.Title
		if TextWidth(title) > room {
			title = arrow + endOf(c.Title, room-TextWidth(arrow))
		}
		x := g.at(col) + pad
		if c.Right {
			x += max(room-TextWidth(title), 0)
		}
		ink := window.Colors().Text
		if c.Dim {
			ink = window.Colors().TextDim
		}
		list.AddTextVec2(vec(x, lo.Y+imgui.CurrentStyle().CellPadding().Y), color(ink), title)
		list.PopClipRect()
		list.AddLine(vec(x1-1, lo.Y), vec(x1-1, hi.Y), color(window.Colors().Pressed))
	}
	if to, ok := g.target(); ok {
		x := g.at(to)
		list.AddRectFilled(vec(x-scaled(1), lo.Y), vec(x+scaled(2), hi.Y+m.body.Y), color(window.Colors().Accent))
	}
}

// endOf is the end of a title: of PointPosition.x and .y the beginning is the same.
func endOf(title string, room float32) string {
	r := []rune(title)
	for from := 1; from < len(r); from++ {
		if text := "\u2026" + string(r[from:]); TextWidth(text) <= room {
			return text
		}
	}
	return "\u2026"
}

// drawFoot draws the lines that stay below the rows.
func (g *Grid) drawFoot(list *imgui.DrawList) {
	m := &g.m
	top := m.pos.Y + m.header + m.body.Y
	lo, hi := vec(m.pos.X, top), vec(m.pos.X+m.body.X, top+m.foot)
	list.AddRectFilled(lo, hi, color(window.Colors().Back))
	list.AddLine(lo, vec(hi.X, lo.Y), color(window.Colors().Pressed))
	pad := imgui.CurrentStyle().CellPadding().Y
	for _, col := range g.cols {
		if col == 0 {
			continue
		}
		x0, x1 := g.span(col)
		list.PushClipRectV(vec(x0, lo.Y), vec(x1, hi.Y), true)
		g.withFont(func() {
			for i := range m.lines {
				cell := g.FootCell(i, col)
				g.drawCell(list, col, lo.Y+pad/2+float32(i)*m.row, &cell)
			}
		})
		list.PopClipRect()
	}
	if len(g.Columns) == 0 {
		return
	}
	list.PushClipRectV(lo, vec(g.end(0), hi.Y), true)
	for i, title := range g.Foot[:m.lines] {
		list.AddTextVec2(vec(lo.X+scaled(6), lo.Y+pad/2+float32(i)*m.row), color(window.Colors().TextDim), title)
	}
	list.PopClipRect()
}
