package widget

import (
	"github.com/AllenDang/cimgui-go/imgui"
)

// Column describes a column of a Table.
type Column struct {
	Title   string
	Tooltip string
	Width   float32 // in pixels at scale 1; 0: as wide as its contents
	Stretch bool    // takes what is left; Width is then its weight, 0: 1
	Right   bool    // numbers: aligned to the right
}

// Table shows any number of rows by drawing only those in view. ImGui's own
// scrolling is in float32 pixels and ends at some 880,000 rows; here the top
// row is an int64 and the scrollbar ImGui's own for int64.
type Table struct {
	ID      string
	Size    imgui.Vec2 // zero or negative: what is left
	Rows    int64      // may change from frame to frame
	Columns []Column
	Font    *imgui.Font // of the rows; nil: the current one

	// Cell returns the text of a cell. Required unless DrawCell is set.
	Cell func(row int64, col int) string
	// DrawCell draws a cell by itself instead, when it returns true.
	DrawCell func(row int64, col int) bool
	// Selected reports whether a row is drawn as selected; nil: the cursor is.
	Selected func(row int64) bool
	// OnSelect is told of a click on a row or of the cursor's move by keys.
	OnSelect func(row int64, how Pick)
	// OnOpen is told of a double click or Enter.
	OnOpen func(row int64)
	// Context draws the items of the pop-up menu of a right click.
	Context func(row int64)
	// Drag says what of a row is dragged with the mouse; nil: rows stay where they are.
	Drag func(row int64) Dragged
	// OnHeader is told of a click on a column's title, for sorting.
	OnHeader func(col int)
	// SortCol shows an arrow in that column's title, down when SortDesc. It
	// counts from 1; 0 shows none.
	SortCol  int
	SortDesc bool

	Cursor int64 // the row the keys move from, -1: none

	top     int64
	visible int64
	// sideways: the last frame had a horizontal scrollbar of ImGui's.
	sideways bool
	context  int64
	open     bool // the pop-up is to be opened, outside of the rows' IDs
	keys     bool // the table had the keyboard in the last frame
}

// Pick says how a row was chosen.
type Pick struct {
	Toggle bool // Ctrl: add to or take from the selection
	Extend bool // Shift: from the cursor's old row to this one
	Anchor int64
}

// ScrollTo brings a row into view, with as little movement as it takes.
func (t *Table) ScrollTo(row int64) {
	if row < t.top {
		t.top = row
	} else if n := max(t.visible, 1); row >= t.top+n {
		t.top = row - n + 1
	}
}

// Top returns the first row in view.
func (t *Table) Top() int64 { return t.top }

// SetTop scrolls so that row is the first in view.
func (t *Table) SetTop(row int64) { t.top = row }

// Visible returns how many whole rows the last frame had room for.
func (t *Table) Visible() int64 { return t.visible }

// leastHeight is that of a table that fills its panel, in heights of the text.
const leastHeight = 5

// Build implements giu.Widget.
func (t *Table) Build() {
	size, rows := t.Size, t.Rows
	avail := imgui.ContentRegionAvail()
	if size.X <= 0 {
		size.X += avail.X
	}
	if size.Y <= 0 {
		size.Y = max(size.Y+avail.Y, Em(leastHeight))
	}
	bar := imgui.CurrentStyle().ScrollbarSize()
	if size.X < 4*bar || size.Y < 2*bar || len(t.Columns) == 0 {
		imgui.Dummy(vec(max(size.X, 1), max(size.Y, 1)))
		return
	}
	imgui.PushIDStr(t.ID)
	defer imgui.PopID()
	imgui.BeginChildStrV("table", size, imgui.ChildFlagsNone, imgui.WindowFlagsNoScrollbar|imgui.WindowFlagsNoScrollWithMouse)
	defer imgui.EndChild()

	if t.Font != nil {
		imgui.PushFont(t.Font, 0)
	}
	rowHeight := imgui.TextLineHeight() + 2*imgui.CurrentStyle().CellPadding().Y
	if t.Font != nil {
		imgui.PopFont()
	}
	header := imgui.TextLineHeight() + 2*imgui.CurrentStyle().CellPadding().Y
	room := size.Y - header - 2
	if t.sideways {
		room -= bar
	}
	t.visible = max(int64(room/rowHeight), 1)
	t.scroll(rows)

	width := size.X
	if rows > t.visible {
		width -= bar
	}
	pos := imgui.CursorScreenPos()
	flags := imgui.TableFlagsRowBg | imgui.TableFlagsBordersInnerV | imgui.TableFlagsResizable |
		imgui.TableFlagsScrollX | imgui.TableFlagsSizingFixedFit | imgui.TableFlagsHideable
	if imgui.BeginTableV("rows", int32(len(t.Columns)), flags, vec(width, size.Y), 0) {
		t.header()
		if t.Font != nil {
			imgui.PushFont(t.Font, 0)
		}
		// A partly visible row would make ImGui scroll the table by itself.
		for row := t.top; row < min(t.top+t.visible, rows); row++ {
			t.row(row, rowHeight)
		}
		if t.Font != nil {
			imgui.PopFont()
		}
		t.sideways = imgui.ScrollMaxX() > 0
		imgui.EndTable()
	}
	if rows > t.visible {
		box := imgui.Rect{Min: vec(pos.X+width, pos.Y+header), Max: vec(pos.X+size.X, pos.Y+size.Y)}
		imgui.InternalScrollbarEx(box, imgui.IDStr("bar"), imgui.AxisY, &t.top, t.visible, rows)
	}
	t.top = min(max(t.top, 0), max(rows-t.visible, 0))
	if t.open {
		t.open = false
		imgui.OpenPopupStr("context")
	}
	if t.Context != nil && imgui.BeginPopup("context") {
		if t.context < rows {
			t.Context(t.context)
		} else {
			imgui.CloseCurrentPopup()
		}
		imgui.EndPopup()
	}
}

// scroll follows wheel and keys, before the rows are drawn.
func (t *Table) scroll(rows int64) {
	last := max(rows-1, 0)
	if t.Cursor > last {
		t.Cursor = last
	}
	if imgui.IsWindowHoveredV(imgui.HoveredFlagsChildWindows) && !imgui.CurrentIO().KeyShift() {
		t.top -= wheelRows(imgui.CurrentIO().MouseWheel())
	}
	t.keys = imgui.IsWindowFocusedV(imgui.FocusedFlagsChildWindows) && !imgui.CurrentIO().WantTextInput()
	if t.keys && rows > 0 {
		t.cursorKeys(last)
	}
	t.top = min(max(t.top, 0), max(rows-t.visible, 0))
}

func (t *Table) cursorKeys(last int64) {
	if t.Cursor >= 0 && (imgui.IsKeyPressedBoolV(imgui.KeyEnter, false) || imgui.IsKeyPressedBoolV(imgui.KeyKeypadEnter, false)) && t.OnOpen != nil {
		t.OnOpen(t.Cursor)
		return
	}
	if to, ok := cursorTo(t.Cursor, t.visible, last); ok {
		t.pick(to, false)
		t.ScrollTo(t.Cursor)
	}
}

// HasKeys reports whether the table takes the arrow keys, Home, End and Enter:
// shortcuts on them should not fire then.
func (t *Table) HasKeys() bool { return t.keys }

func (t *Table) pick(row int64, toggle bool) {
	how := pickOf(t.Cursor, toggle)
	t.Cursor = row
	if t.OnSelect != nil {
		t.OnSelect(row, how)
	}
}

func (t *Table) header() {
	imgui.TableSetupScrollFreeze(0, 1)
	for _, c := range t.Columns {
		switch {
		case c.Stretch && c.Width == 0:
			imgui.TableSetupColumnV(c.Title, imgui.TableColumnFlagsWidthStretch, 1, 0)
		case c.Stretch:
			imgui.TableSetupColumnV(c.Title, imgui.TableColumnFlagsWidthStretch, c.Width, 0)
		default:
			imgui.TableSetupColumnV(c.Title, imgui.TableColumnFlagsWidthFixed, scaled(c.Width), 0)
		}
	}
	imgui.TableNextRowV(imgui.TableRowFlagsHeaders, 0)
	for i, c := range t.Columns {
		if !imgui.TableSetColumnIndex(int32(i)) {
			continue
		}
		title := c.Title
		if t.SortCol == i+1 {
			if t.SortDesc {
				title += " \u25be"
			} else {
				title += " \u25b4"
			}
		}
		if c.Right {
			indent(title)
		}
		imgui.PushIDInt(int32(i))
		imgui.TableHeader(title)
		if t.OnHeader != nil && imgui.IsItemClicked() {
			t.OnHeader(i)
		}
		Tooltip(c.Tooltip)
		imgui.PopID()
	}
}

// indent moves the cursor so that text ends at the right end of its cell.
func indent(text string) {
	if free := imgui.ContentRegionAvail().X - imgui.CalcTextSize(text).X; free > 0 {
		imgui.SetCursorPosX(imgui.CursorPosX() + free)
	}
}

func (t *Table) row(row int64, height float32) {
	imgui.TableNextRowV(imgui.TableRowFlagsNone, height)
	// The low bits are enough: only rows in view need IDs of their own.
	imgui.PushIDInt(int32(row))
	defer imgui.PopID()
	selected := row == t.Cursor
	if t.Selected != nil {
		selected = t.Selected(row)
	}
	first := true
	for i, c := range t.Columns {
		if !imgui.TableSetColumnIndex(int32(i)) {
			continue
		}
		if first { // one selectable under all cells
			first = false
			x := imgui.CursorPosX()
			flags := imgui.SelectableFlagsSpanAllColumns | imgui.SelectableFlagsAllowOverlap | imgui.SelectableFlagsAllowDoubleClick
			if imgui.SelectableBoolV("##row", selected, flags, vec(0, height-2*imgui.CurrentStyle().CellPadding().Y)) {
				t.pick(row, imgui.CurrentIO().KeyCtrl())
				if t.OnOpen != nil && imgui.IsMouseDoubleClicked(imgui.MouseButtonLeft) {
					t.OnOpen(row)
				}
			}
			if t.Drag != nil {
				t.Drag(row).source()
			}
			if t.Context != nil && imgui.IsItemHovered() && imgui.IsMouseReleased(imgui.MouseButtonRight) {
				t.context = row
				if !selected {
					t.pick(row, false)
				}
				t.open = true
			}
			imgui.SameLineV(0, 0)
			imgui.SetCursorPosX(x)
		}
		if t.DrawCell != nil && t.DrawCell(row, i) {
			continue
		}
		text := t.Cell(row, i)
		if c.Right {
			indent(text)
		}
		if !c.Stretch {
			imgui.TextUnformatted(text)
			continue
		}
		short := Ellipsis(text, imgui.ContentRegionAvail().X)
		imgui.TextUnformatted(short)
		if short != text {
			Tooltip(text)
		}
	}
}
