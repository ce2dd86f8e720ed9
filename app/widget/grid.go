package widget

import (
	"github.com/AllenDang/cimgui-go/imgui"
)

// Grid shows cells of any number of rows and columns by drawing those in view. ImGui's
// own tables end at 512 columns, and their scrolling, in float32 pixels, at some 880,000
// rows; here the first row in view is an int64.
type Grid struct {
	ID      string
	Size    imgui.Vec2  // zero or negative: what is left
	Font    *imgui.Font // of cells; its characters are of one width. nil: the current one
	Rows    int64       // may change from frame to frame
	Columns []GridColumn
	Frozen  int // columns that stay at the left

	// Seen is told which rows and columns are drawn, before Cell is asked for them.
	Seen func(from, to int64, columns []int)
	// Cell is what stands in a cell.
	Cell func(row int64, col int) GridCell
	// Tip says more on a cell the mouse is over; may be nil.
	Tip func(row int64, col int) string
	// Marked reports whether a row is selected.
	Marked func(row int64) bool
	// Foot are the titles of lines below the rows, which stay there.
	Foot     []string
	FootCell func(line, col int) GridCell

	OnOpen   func(row int64, col int) // a click on the mark of a cell that opens
	OnPick   func(row int64, how Pick)
	OnHeader func(col int)                // a click on a title
	OnResize func(col int, width float32) // in pixels at scale 1, when it is let go
	OnMove   func(col, to int)            // a title was dragged to another's place
	Context  func(row int64, col int)     // draws the items of a cell's menu
	Head     func(col int)                // draws the items of a title's menu

	Cursor int64 // the row the keys move from, -1: none

	top, visible int64
	left         int64 // pixels that the columns are scrolled by
	reveal       int   // the column that is to be brought into view, counted from 1; 0: none
	keys         bool  // it had the keyboard in the last frame
	grab         gridGrab
	menu         struct {
		row  int64
		col  int
		head bool
		open bool
	}
	m    gridMetrics
	cols []int // in view
}

// GridColumn is a column of a Grid.
type GridColumn struct {
	Title, Tip string
	Width      float32 // in pixels at scale 1
	Right      bool    // numbers: aligned to the right
	Dim        bool    // there is nothing in it
	Sort       int8    // it is sorted by: 1 up, -1 down
}

// GridCell is what stands in a cell.
type GridCell struct {
	Text   string
	Color  imgui.Vec4 // zero: the text's
	Swatch uint32     // a colour shown before the text; 0: none
	Opens  bool       // there is more to it: it has a mark at the left that can be clicked
}

// gridGrab is a title, or the edge behind it, that the mouse holds.
type gridGrab struct {
	col   int // counted from 1; 0: none
	edge  bool
	moved bool
	from  float32 // where the mouse was
	width float32 // of the column then, or while it is dragged; pixels at scale 1
}

// gridMetrics are places of the present frame, in pixels of the screen.
type gridMetrics struct {
	pos, size        imgui.Vec2
	row, header, bar float32 // heights, and the scrollbars' width
	char             float32 // width of a character of Font
	body             imgui.Vec2
	frozen           float32   // width of the frozen columns
	x                []float32 // where columns begin, without scrolling; one more than columns
	sideways         bool      // there is a horizontal scrollbar
	foot             float32
	lines            int // of the foot that there is room for
}

// leastRows are shown at least: lines of the foot give way to them.
const leastRows = 3

// ScrollTo brings a row into view, with as little movement as it takes.
func (g *Grid) ScrollTo(row int64) {
	if row < g.top {
		g.top = row
	} else if n := max(g.visible, 1); row >= g.top+n {
		g.top = row - n + 1
	}
}

// ScrollToColumn brings a column into view, with as little movement as it takes.
func (g *Grid) ScrollToColumn(col int) { g.reveal = col + 1 }

// Center brings a row to the middle of the view.
func (g *Grid) Center(row int64) { g.top = max(row-g.visible/2, 0) }

// Top is the first row in view.
func (g *Grid) Top() int64 { return g.top }

// Body is where the rows are on the screen, between the titles and the foot.
func (g *Grid) Body() (lo, hi imgui.Vec2) {
	lo = vec(g.m.pos.X, g.m.pos.Y+g.m.header)
	return lo, vec(lo.X+g.m.body.X, lo.Y+g.m.body.Y)
}

// HasKeys reports whether the grid takes the arrow keys, Home and End: shortcuts on them
// should not fire then.
func (g *Grid) HasKeys() bool { return g.keys }

// Build implements giu.Widget.
func (g *Grid) Build() {
	size, avail := g.Size, imgui.ContentRegionAvail()
	if size.X <= 0 {
		size.X += avail.X
	}
	if size.Y <= 0 {
		size.Y = max(size.Y+avail.Y, Em(leastHeight)) // with less it is scrolled to as a whole
	}
	if bar := imgui.CurrentStyle().ScrollbarSize(); size.X < 4*bar || size.Y < 2*bar {
		imgui.Dummy(vec(max(size.X, 1), max(size.Y, 1)))
		return
	}
	imgui.PushIDStr(g.ID)
	defer imgui.PopID()
	imgui.BeginChildStrV("grid", size, imgui.ChildFlagsNone, imgui.WindowFlagsNoScrollbar|imgui.WindowFlagsNoScrollWithMouse)
	defer imgui.EndChild()
	g.measure(size)
	g.scroll()
	g.find()
	if g.Seen != nil {
		g.Seen(g.top, min(g.top+g.visible+1, g.Rows), g.cols)
	}
	g.input()
	g.draw()
	g.bars()
	g.menus()
}

// measure finds where everything is.
func (g *Grid) measure(size imgui.Vec2) {
	m := &g.m
	style := imgui.CurrentStyle()
	m.pos, m.size, m.bar = imgui.CursorScreenPos(), size, style.ScrollbarSize()
	pad := style.CellPadding().Y
	m.header = imgui.TextLineHeight() + 2*pad
	g.withFont(func() {
		m.row = imgui.TextLineHeight() + pad
		m.char = imgui.CalcTextSize("0000000000").X / 10
	})
	m.foot, m.lines = 0, min(len(g.Foot), int((size.Y-m.header-m.bar-leastRows*m.row-pad)/m.row))
	if m.lines > 0 {
		m.foot = float32(m.lines)*m.row + pad
	}
	m.x = append(m.x[:0], 0)
	for i := range g.Columns {
		w := g.Columns[i].Width
		if g.grab.edge && g.grab.col == i+1 {
			w = g.grab.width
		}
		m.x = append(m.x, m.x[i]+scaled(w))
	}
	g.Frozen = min(g.Frozen, len(g.Columns))
	m.frozen = m.x[g.Frozen]
	m.body = vec(size.X, size.Y-m.header-m.foot)
	m.sideways = m.x[len(g.Columns)] > m.body.X-m.bar
	if m.sideways {
		m.body.Y -= m.bar
	}
	g.visible = max(int64(m.body.Y/m.row), 1)
	if g.Rows > g.visible {
		m.body.X -= m.bar
	}
	if m.frozen > m.body.X/2 { // nothing else would be seen
		m.frozen = 0
	}
}

func (g *Grid) withFont(f func()) {
	if g.Font == nil {
		f()
		return
	}
	imgui.PushFont(g.Font, 0)
	f()
	imgui.PopFont()
}

// frozen is how many columns stay at the left now.
func (g *Grid) frozen() int {
	if g.m.frozen == 0 {
		return 0
	}
	return g.Frozen
}

// at is where a column begins on the screen.
func (g *Grid) at(col int) float32 {
	x := g.m.pos.X + g.m.x[col]
	if col >= g.frozen() {
		x -= float32(g.left)
	}
	return x
}

// end is where a column ends on the screen: frozen ones do not give way to those behind them.
func (g *Grid) end(col int) float32 { return g.at(col) + g.m.x[col+1] - g.m.x[col] }

// find finds the columns in view.
func (g *Grid) find() {
	g.cols = g.cols[:0]
	left, right := g.m.pos.X+g.m.frozen, g.m.pos.X+g.m.body.X
	for i := range g.Columns {
		switch {
		case i < g.frozen():
			g.cols = append(g.cols, i)
		case g.end(i) > left && g.at(i) < right:
			g.cols = append(g.cols, i)
		}
	}
}

// scroll follows wheel and keys, before the rows are drawn.
func (g *Grid) scroll() {
	if last := max(g.Rows-1, 0); g.Cursor > last {
		g.Cursor = last
	}
	io := imgui.CurrentIO()
	if imgui.IsWindowHoveredV(imgui.HoveredFlagsChildWindows) {
		wheel, aside := io.MouseWheel(), io.MouseWheelH()
		if io.KeyShift() && aside == 0 {
			wheel, aside = 0, wheel
		}
		g.top -= wheelRows(wheel)
		g.left -= int64(aside * 12 * g.m.char)
	}
	g.keys = imgui.IsWindowFocusedV(imgui.FocusedFlagsChildWindows) && !io.WantTextInput()
	if g.keys && g.Rows > 0 {
		if to, ok := cursorTo(g.Cursor, g.visible, g.Rows-1); ok {
			g.pick(to, false)
			g.ScrollTo(g.Cursor)
		}
	}
	if col := g.reveal - 1; col >= g.frozen() && col < len(g.Columns) {
		g.left = min(max(g.left, int64(g.m.x[col+1]-g.m.body.X)+1), int64(g.m.x[col]-g.m.frozen))
	}
	g.reveal = 0
	g.top = min(max(g.top, 0), max(g.Rows-g.visible, 0))
	g.left = min(max(g.left, 0), max(int64(g.m.x[len(g.Columns)]-g.m.body.X)+1, 0))
}

func (g *Grid) pick(row int64, toggle bool) {
	how := pickOf(g.Cursor, toggle)
	g.Cursor = row
	if g.OnPick != nil {
		g.OnPick(row, how)
	}
}

// bars are the scrollbars.
func (g *Grid) bars() {
	m := &g.m
	if g.Rows > g.visible {
		box := imgui.Rect{Min: vec(m.pos.X+m.body.X, m.pos.Y+m.header), Max: vec(m.pos.X+m.size.X, m.pos.Y+m.header+m.body.Y)}
		imgui.InternalScrollbarEx(box, imgui.IDStr("rows"), imgui.AxisY, &g.top, g.visible, g.Rows)
	}
	if m.sideways {
		box := imgui.Rect{Min: vec(m.pos.X+m.frozen, m.pos.Y+m.size.Y-m.bar), Max: vec(m.pos.X+m.body.X, m.pos.Y+m.size.Y)}
		imgui.InternalScrollbarEx(box, imgui.IDStr("columns"), imgui.AxisX, &g.left, int64(m.body.X-m.frozen), int64(m.x[len(g.Columns)]-m.frozen))
	}
}

// menus are the pop-up menus of cells and titles.
func (g *Grid) menus() {
	if g.menu.open {
		g.menu.open = false
		imgui.OpenPopupStr("menu")
	}
	if !imgui.BeginPopup("menu") {
		return
	}
	CloseOnEscape{}.Build()
	switch {
	case g.menu.col >= len(g.Columns) || !g.menu.head && g.menu.row >= g.Rows:
		imgui.CloseCurrentPopup()
	case g.menu.head:
		g.Head(g.menu.col)
	default:
		g.Context(g.menu.row, g.menu.col)
	}
	imgui.EndPopup()
}
