package spreadsheet

import (
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/AllenDang/cimgui-go/imgui"

	"iceexplorer/app/inspect/column"
	"iceexplorer/app/inspect/sheet"
	"iceexplorer/app/inspect/spread"
	"iceexplorer/app/panel"
	"iceexplorer/app/session"
	"iceexplorer/app/widget"
	"iceexplorer/cache"
	"iceexplorer/cache/unit"
)

// part is a column of the grid: a component of one of the sheet's.
type part struct {
	column, component int
	title             string
	text              string // the expression that gives it
	coloring          string // what color-by calls it; "": it is not offered
	color             bool   // the first component of a colour
}

// cells is what the grid shows.
type cells struct {
	s     *Spreadsheet
	parts []part // grid column k is part k-1; the first is the index

	view    *sheet.View // that parts are of
	columns []string
	order   sheet.Order

	page    *sheet.Page
	read    sheet.Page          // what texts are of
	style   sheet.Style         //
	texts   [][]widget.GridCell // by part; nil: not written yet
	wanted  []int               // columns of the sheet
	numbers []string            // of points, by row of the page
	titles  map[string]float32  // how wide they are
}

// refresh brings the columns up to the sheet's.
func (c *cells) refresh() {
	sp := c.s.Spread
	v, o := sp.View(), sp.Sheet().Order()
	if c.s.grid.Foot = nil; c.s.host.Settings.Spreadsheet.Summary {
		c.s.grid.Foot = footTitles
	}
	for i := range c.s.grid.Columns {
		g := &c.s.grid.Columns[i]
		g.Width = c.width(g.Title, g.Width)
	}
	if v == c.view && o == c.order && len(c.columns) == len(sp.Columns()) && slices.Equal(c.columns, sp.Columns()) {
		return
	}
	fresh := added(c.columns, sp.Columns())
	c.view, c.order, c.columns = v, o, slices.Clone(sp.Columns())
	c.parts = c.parts[:0]
	g := &c.s.grid
	g.Columns = append(g.Columns[:0], widget.GridColumn{Title: "index", Tip: "The point's place in the file, from 0", Width: c.width("index", 84), Right: true, Dim: true, Sort: sorted(o, "$index")})
	g.Frozen = 1
	for i, col := range sp.Sheet().Columns() {
		if i == 0 && col.Text == "ID" {
			g.Frozen = 2
		}
		c.add(i, &col, o)
	}
	if at := slices.IndexFunc(c.parts, func(p part) bool { return p.column == fresh }); at >= 0 {
		g.ScrollToColumn(at + 1) // behind the index
	}
	c.page, c.texts, c.read = nil, nil, sheet.Page{}
}

// added is the column that was added to others, -1 if none was: it is to be seen, and not searched for at the far end.
func added(before, now []string) int {
	if len(before) == 0 || len(now) != len(before)+1 {
		return -1
	}
	return slices.IndexFunc(now, func(c string) bool { return !slices.Contains(before, c) })
}

// add adds the components of a column.
func (c *cells) add(i int, col *sheet.Column, o sheet.Order) {
	g := &c.s.grid
	if col.Bound == nil {
		c.parts = append(c.parts, part{column: i, title: col.Text, text: col.Text})
		g.Columns = append(g.Columns, widget.GridColumn{Title: col.Text, Tip: col.Text + "\n" + col.Fault.Error(), Width: c.width(col.Text, 110), Dim: true})
		return
	}
	a := col.Bound.Attribute
	for k := range max(len(col.Bound.Components()), 1) {
		p := part{column: i, component: k, text: spread.PartText(col, k)}
		title := titleOf(col, k, p.text)
		p.title = title
		if names := col.Bound.Components(); a != nil && col.Bound.Numeric() && a.Structure == cache.Single {
			if p.coloring = cache.TrimPadding(a.Name); names != nil {
				p.coloring += "." + names[k]
			}
		}
		p.color = k == 0 && a != nil && a.Type == cache.TypeColor4
		c.parts = append(c.parts, p)
		g.Columns = append(g.Columns, widget.GridColumn{Title: title, Tip: about(title, a), Width: c.width(title, c.usual(col, title, p.color)), Right: col.Bound.Numeric() && (a == nil || a.Structure != cache.Array), Sort: sorted(o, p.text)})
	}
}

// titleOf is the title of a component: the attribute's name without quotes, or the
// expression.
func titleOf(col *sheet.Column, component int, text string) string {
	names := col.Bound.Components()
	switch {
	case col.Bound.Attribute == nil:
		return text
	case names == nil:
		return strings.Trim(col.Text, "`")
	}
	return strings.Trim(col.Text, "`") + "." + names[component]
}

// about says what a column is.
func about(title string, a *cache.Attribute) string {
	if a == nil {
		return title + "\nan expression. Click to sort, drag to move"
	}
	kind := a.Type.String()
	if a.Structure == cache.Array {
		kind = "an array of " + kind
	}
	switch {
	case a.Context != cache.Context0D:
		kind += ", " + a.Context.String()
	case a.Constant:
		kind += ", the same for all points"
	}
	return title + "\n" + kind + ". Click to sort, drag to move"
}

func sorted(o sheet.Order, by string) int8 {
	switch {
	case o.By != by:
		return 0
	case o.Descending:
		return -1
	}
	return 1
}

// usual is the width of a column that was not given one.
func (c *cells) usual(col *sheet.Column, title string, color bool) float32 {
	width := c.titled(title) + 30
	if color {
		return max(width, 122)
	}
	if a := col.Bound.Attribute; a != nil && (a.Structure == cache.Array || a.Type == cache.TypeString) {
		return min(max(width, 180), 320)
	}
	return min(max(width, 110), 240)
}

// titled is the width of a title in pixels at scale 1. A frame may have thousands, which
// are measured once.
func (c *cells) titled(title string) float32 {
	w, ok := c.titles[title]
	if !ok {
		if c.titles == nil {
			c.titles = map[string]float32{}
		}
		w = widget.TextWidth(title) / c.s.host.Scale()
		c.titles[title] = w
	}
	return w
}

func (c *cells) width(title string, usual float32) float32 {
	if w, ok := c.s.host.Settings.Spreadsheet.Widths[title]; ok {
		return float32(w)
	}
	return usual
}

func (c *cells) resize(col int, width float32) {
	c.s.host.Run("column-width", "title="+c.s.grid.Columns[col].Title, strconv.FormatFloat(float64(width), 'f', 0, 32))
}

// seen has the page read that is drawn.
func (c *cells) seen(from, to int64, columns []int) {
	c.wanted = c.wanted[:0]
	for _, k := range columns {
		if k > 0 && !slices.Contains(c.wanted, c.parts[k-1].column) {
			c.wanted = append(c.wanted, c.parts[k-1].column)
		}
	}
	c.page = c.s.Spread.Sheet().Read(int(from), int(to), c.wanted, c.s.wake)
	style := c.s.Spread.Style()
	if p := c.page; c.texts == nil || style != c.style || p.View != c.read.View || p.From != c.read.From || p.To != c.read.To || !slices.Equal(p.Columns, c.read.Columns) {
		c.read, c.style = *p, style
		c.texts, c.numbers = make([][]widget.GridCell, len(c.parts)), nil
	}
}

func (s *Spreadsheet) wake() {} // what the sheet posts draws a frame

// cell is what stands in a cell of the grid.
func (c *cells) cell(row int64, col int) widget.GridCell {
	if col == 0 {
		return widget.GridCell{Text: c.number(row)}
	}
	at := int(row) - c.page.From
	if at < 0 || at >= c.page.To-c.page.From || c.page.View != c.view {
		return widget.GridCell{}
	}
	if c.texts[col-1] == nil {
		c.write(col - 1)
	}
	return c.texts[col-1][at]
}

// number is the index of a row's point.
func (c *cells) number(row int64) string {
	at := int(row) - c.page.From
	if at < 0 || at >= c.page.To-c.page.From || c.page.View != c.view {
		return strconv.FormatUint(uint64(c.view.Row(int(row))), 10)
	}
	if c.numbers == nil {
		for i := c.page.From; i < c.page.To; i++ {
			c.numbers = append(c.numbers, strconv.FormatUint(uint64(c.view.Row(i)), 10))
		}
	}
	return c.numbers[at]
}

// write writes a part's cells of the page.
func (c *cells) write(k int) {
	p := &c.parts[k]
	_, bad := panel.LevelLook(session.Error)
	for row := c.page.From; row < c.page.To; row++ {
		v := c.page.Cell(p.column, p.component, row)
		cell := widget.GridCell{}
		var odd bool
		if cell.Text, odd = c.style.Text(v); odd { // marked by a sign too, not by colour alone
			cell.Text, cell.Color = "! "+cell.Text, bad
		}
		if p.color {
			cell.Swatch = c.swatch(p.column, row)
		}
		if a, ok := v.(column.Array); ok {
			cell.Opens = a.Len > 0
		}
		c.texts[k] = append(c.texts[k], cell)
	}
}

// swatch is a point's colour, as it is drawn without light.
func (c *cells) swatch(column, row int) uint32 {
	var rgb [3]float32
	for k := range rgb {
		f, ok := c.page.Cell(column, k, row).(float32)
		if !ok || f-f != 0 {
			return 0
		}
		rgb[k] = min(max(f, 0), 1)
	}
	return imgui.ColorU32Vec4(imgui.Vec4{X: rgb[0], Y: rgb[1], Z: rgb[2], W: 1})
}

// tip says more on a cell: the whole of it, where it is cut.
func (c *cells) tip(row int64, col int) string {
	if col == 0 || c.page == nil {
		return ""
	}
	p := &c.parts[col-1]
	v := c.page.Cell(p.column, p.component, int(row))
	if v == nil {
		return ""
	}
	return p.title + "\n" + sheet.Full(v)
}

// footTitles are the lines of the summary.
var footTitles = []string{"count", "min", "max", "mean", "deviation", "median", "not finite", "distinct"}

// foot is a cell of the summary.
func (c *cells) foot(line, col int) widget.GridCell {
	p := &c.parts[col-1]
	sum := c.s.Spread.Sheet().Summary(p.column, p.component, c.s.wake)
	switch {
	case sum == nil && line == 0 && c.s.grid.Columns[col].Right:
		return widget.GridCell{Text: "..."}
	case sum != nil && sum.Err != nil && line == 0 && c.view.Fault != nil:
		return widget.GridCell{Text: "no rows"}
	case sum != nil && sum.Err != nil && line == 0:
		return widget.GridCell{Text: "unknown"}
	case sum == nil || sum.Err != nil:
		return widget.GridCell{}
	case line == 0:
		return widget.GridCell{Text: unit.Count(sum.Count)}
	case line == 7 && sum.Whole:
		return widget.GridCell{Text: unit.Count(sum.Distinct)}
	case line == 7 || !sum.Numbers:
		return widget.GridCell{}
	case line == 6:
		cell := widget.GridCell{Text: unit.Count(sum.NonFinite)}
		if sum.NonFinite > 0 {
			_, cell.Color = panel.LevelLook(session.Error)
			cell.Text = "! " + cell.Text
		}
		return cell
	}
	v := [...]float64{1: sum.Min, 2: sum.Max, 3: sum.Mean, 4: sum.Deviation, 5: sum.Median}[line]
	if math.IsNaN(v) {
		return widget.GridCell{}
	}
	if line == 3 || line == 4 {
		return widget.GridCell{Text: c.style.Number(v, 64)}
	}
	return widget.GridCell{Text: sum.Text(c.style, v)}
}
