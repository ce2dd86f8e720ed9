package probe

import (
	"fmt"

	"github.com/AllenDang/cimgui-go/imgui"
	"github.com/AllenDang/giu"

	followed "iceexplorer/app/inspect/probe"
	"iceexplorer/app/inspect/probing"
	"iceexplorer/app/inspect/rows"
	"iceexplorer/app/inspect/sheet"
	"iceexplorer/app/widget"
	"iceexplorer/app/window"
)

// table has a row for each frame, and a column for each component and point.
type table struct {
	v      *view
	grid   widget.Grid
	of     []column           // of the grid's columns but the first
	widths map[string]float32 // that the user gave
	head   int                // row of the play head when it was last brought into view
	fresh  int                // pictures in which that is in the middle: the grid knows its size in the second
}

type column struct {
	part  followed.Part
	point int
}

// columns makes the columns.
func (t *table) columns() {
	d := &t.v.data
	t.of = t.of[:0]
	t.grid.Columns = append(t.grid.Columns[:0], widget.GridColumn{Title: "frame", Width: t.widthOf("frame", 70), Right: true, Dim: true})
	t.grid.Frozen, t.fresh = 1, 2
	for _, p := range d.parts {
		for k, point := range d.trace.Points {
			title := fmt.Sprintf("%d %s", point, p.Title)
			if len(d.parts) == 1 {
				title = fmt.Sprint(point)
			}
			t.of = append(t.of, column{p, k})
			usual := min(max(widget.TextWidth(title)/t.v.host.Scale()+20, 100), 220)
			t.grid.Columns = append(t.grid.Columns, widget.GridColumn{Title: title, Tip: p.Title + "\n" + t.v.lifeText(k), Width: t.widthOf(title, usual), Right: true})
		}
	}
}

func (t *table) widthOf(title string, usual float32) float32 {
	if w, ok := t.widths[title]; ok {
		return w
	}
	return usual
}

func (t *table) resize(col int, width float32) {
	if t.widths == nil {
		t.widths = map[string]float32{}
	}
	t.widths[t.grid.Columns[col].Title], t.grid.Columns[col].Width = width, width
}

// width is how wide all columns are together, in pixels at scale 1.
func (t *table) width() float32 {
	const bar = 16
	sum := float32(bar)
	for i := range t.grid.Columns {
		sum += t.grid.Columns[i].Width
	}
	return sum
}

func (t *table) build() {
	g := &t.grid
	g.Font = t.v.font()
	g.Rows = int64(len(t.v.data.frames))
	head := t.v.head()
	g.Cursor = int64(head)
	switch {
	case head >= 0 && t.fresh > 0:
		g.Center(int64(head))
	case head >= 0 && head != t.head:
		g.ScrollTo(int64(head))
	}
	t.fresh = max(t.fresh-1, 0)
	t.head = head
	g.Size.Y = max(imgui.ContentRegionAvail().Y, 1) // as the curves beside it, however low the panel is
	g.Build()
}

// cell is a value; empty where the point is not there. The first after a birth and the
// last before a death have signs.
func (t *table) cell(row int64, col int) widget.GridCell {
	d, i := &t.v.data, int(row)
	if col == 0 {
		return widget.GridCell{Text: d.trace.Moments[i].Number.String()}
	}
	c := t.of[col-1]
	if !d.trace.Has(i, c.point) {
		return widget.GridCell{}
	}
	text, odd := sheet.Style{Decimals: t.v.host.Settings.Spreadsheet.Decimals, Hex: t.v.host.Settings.Spreadsheet.Hex}.Text(d.trace.Cell(i, c.part, c.point))
	cell := widget.GridCell{Text: text}
	if odd {
		cell.Text, cell.Color = "! "+text, window.Colors().Error
	}
	in, _ := d.lives[c.point].At(i)
	if in.Born && i == in.First {
		cell.Text = "o " + cell.Text
	}
	if in.Died && i == in.Last {
		cell.Text = "x " + cell.Text
	}
	return cell
}

// tip says more on a cell.
func (t *table) tip(row int64, col int) string {
	d, i := &t.v.data, int(row)
	if col == 0 {
		return "Click to move the play head"
	}
	c := t.of[col-1]
	text := fmt.Sprintf("%s\nFrame %v", t.v.lifeText(c.point), d.trace.Moments[i].Number)
	if v := d.trace.Cell(i, c.part, c.point); v != nil {
		return text + "\n" + c.part.Title + ": " + sheet.Full(v)
	}
	switch m := &d.trace.Moments[i]; {
	case m.Err != nil:
		return text + ": " + m.Err.Error()
	case m.Rows == nil:
		return text + ": not looked at yet"
	case m.Rows[c.point] < 0:
		return text + ": the point is not there"
	}
	return text + ": no " + c.part.Title
}

func (t *table) marked(row int64) bool { return row == t.grid.Cursor }

// pick moves the play head to the row's frame.
func (t *table) pick(row int64, _ widget.Pick) { t.v.seek(int(row)) }

// menu are the items of a cell's menu.
func (t *table) menu(row int64, col int) {
	if col > 0 {
		c := t.of[col-1]
		cell := t.v.data.trace.Cell(int(row), c.part, c.point)
		giu.MenuItem("Copy value").Enabled(cell != nil).OnClick(func() { t.v.copy(rows.Text(cell)) }).Build()
	}
	for _, format := range probing.Formats {
		giu.MenuItem("Copy all as " + map[string]string{"tsv": "TSV", "csv": "CSV", "json": "JSON"}[format]).OnClick(func() { t.v.host.Run("probe-copy", format) }).Build()
	}
}
