package widget

import (
	"github.com/AllenDang/cimgui-go/imgui"
)

// input takes what the mouse does.
func (g *Grid) input() {
	m := &g.m
	if len(g.Columns) == 0 {
		return
	}
	imgui.SetCursorScreenPos(m.pos)
	imgui.InvisibleButton("head", vec(m.body.X, m.header))
	g.header()
	imgui.SetCursorScreenPos(vec(m.pos.X, m.pos.Y+m.header))
	imgui.InvisibleButtonV("body", m.body, imgui.ButtonFlagsMouseButtonLeft|imgui.ButtonFlagsMouseButtonRight)
	g.body()
}

// column is the one at a place of the screen, -1 if there is none.
func (g *Grid) column(x float32) int {
	for _, c := range g.cols {
		if lo, hi := g.span(c); x >= lo && x < hi {
			return c
		}
	}
	return -1
}

// Under is the column that something is dropped on, -1 if it is none.
func (g *Grid) Under() int { return g.column(imgui.MousePos().X) }

// edge is the column whose right end is near a place, -1 if there is none.
func (g *Grid) edge(x float32) int {
	near := scaled(4)
	for i := len(g.cols) - 1; i >= 0; i-- {
		c := g.cols[i]
		if end := g.end(c); end >= x-near && end <= x+near && (c < g.frozen() || end >= g.m.pos.X+g.m.frozen) {
			return c
		}
	}
	return -1
}

// header takes clicks and drags of the titles.
func (g *Grid) header() {
	mouse := imgui.MousePos()
	hovered := imgui.IsItemHovered()
	if hovered && g.grab.col == 0 && g.edge(mouse.X) >= 0 || g.grab.edge {
		imgui.SetMouseCursor(imgui.MouseCursorResizeEW)
	}
	col := g.column(mouse.X)
	if hovered && g.grab.col == 0 && col >= 0 && g.edge(mouse.X) < 0 {
		Tooltip(g.Columns[col].Tip)
	}
	if hovered && col >= 0 && imgui.IsMouseReleased(imgui.MouseButtonRight) && g.Head != nil {
		g.menu.col, g.menu.head, g.menu.open = col, true, true
	}
	if imgui.IsItemActivated() {
		g.grab = gridGrab{from: mouse.X}
		if e := g.edge(mouse.X); e >= 0 {
			g.grab.col, g.grab.edge, g.grab.width = e+1, true, g.Columns[e].Width
			if imgui.IsMouseDoubleClicked(imgui.MouseButtonLeft) {
				g.grab.width = g.widest(e)
			}
		} else {
			g.grab.col = col + 1
		}
		return
	}
	if g.grab.col == 0 {
		return
	}
	if imgui.IsItemActive() {
		g.drag(mouse.X)
		return
	}
	g.letGo()
}

func (g *Grid) drag(x float32) {
	const least, most = 30, 2000
	if by := x - g.grab.from; by != 0 {
		if g.grab.edge {
			g.grab.width = min(max(g.grab.width+by/scaled(1), least), most)
			g.grab.from = x
			g.grab.moved = true
		} else if by > scaled(5) || by < -scaled(5) {
			g.grab.moved = true
		}
	}
}

// target is the column that a dragged one would take the place of.
func (g *Grid) target() (col int, ok bool) {
	from := g.grab.col - 1
	if !g.grab.moved || g.grab.edge || from < 0 || g.OnMove == nil {
		return 0, false
	}
	x := imgui.MousePos().X
	to := g.column(x)
	if to < 0 {
		return 0, false
	}
	if x > (g.at(to)+g.end(to))/2 {
		to++
	}
	return to, to != from && to != from+1
}

// letGo ends a drag, or is a click.
func (g *Grid) letGo() {
	to, moves := g.target()
	was := g.grab
	g.grab = gridGrab{}
	switch {
	case was.edge && g.OnResize != nil:
		g.OnResize(was.col-1, was.width)
	case moves:
		g.OnMove(was.col-1, to)
	case !was.edge && !was.moved && g.OnHeader != nil:
		g.OnHeader(was.col - 1)
	}
}

// widest is the width that shows a column's title and its cells in view.
func (g *Grid) widest(col int) float32 {
	width := TextWidth("\u25be " + g.Columns[col].Title)
	g.withFont(func() {
		for row := g.top; row < g.top+g.rowsDrawn(); row++ {
			cell := g.Cell(row, col)
			w := TextWidth(cell.Text)
			if cell.Swatch != 0 {
				w += g.m.row
			}
			width = max(width, w)
		}
	})
	return width/scaled(1) + 14
}

// body takes clicks on rows.
func (g *Grid) body() {
	if !imgui.IsItemHovered() {
		return
	}
	mouse := imgui.MousePos()
	row, col := g.top+int64((mouse.Y-g.m.pos.Y-g.m.header)/g.m.row), g.column(mouse.X)
	if row >= g.Rows || row < 0 || col < 0 {
		return
	}
	switch {
	case g.OnOpen != nil && imgui.IsMouseClickedBool(imgui.MouseButtonLeft) && g.onMark(col, mouse.X) && g.Cell(row, col).Opens:
		g.OnOpen(row, col)
	case imgui.IsMouseClickedBool(imgui.MouseButtonLeft):
		g.pick(row, imgui.CurrentIO().KeyCtrl())
	case imgui.IsMouseClickedBool(imgui.MouseButtonRight) && g.Context != nil:
		if g.Marked == nil || !g.Marked(row) {
			g.pick(row, false)
		}
		g.menu.row, g.menu.col, g.menu.head, g.menu.open = row, col, false, true
	case g.Tip != nil && imgui.IsItemHoveredV(imgui.HoveredFlagsForTooltip):
		if tip := g.Tip(row, col); tip != "" {
			Tooltip(tip)
		}
	}
}
