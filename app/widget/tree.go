package widget

import (
	"github.com/AllenDang/cimgui-go/imgui"
	"github.com/AllenDang/giu"
)

// Tree is a node that can be opened. giu.TreeNode has no room for widgets beside it.
type Tree struct {
	Label  string // the part after ### is its ID alone
	Flags  giu.TreeNodeFlags
	Muted  bool       // a framed node has the colour of fields
	Beside giu.Widget // built right after the node, open or not
	Of     Lazy       // what is in it
}

// Build implements giu.Widget.
func (t Tree) Build() {
	if t.Muted {
		imgui.PushStyleColorVec4(imgui.ColHeader, *imgui.StyleColorVec4(imgui.ColFrameBg))
	}
	open := imgui.TreeNodeExStrV(t.Label, imgui.TreeNodeFlags(t.Flags))
	if t.Muted {
		imgui.PopStyleColor()
	}
	if t.Beside != nil {
		t.Beside.Build()
	}
	if open && t.Flags&giu.TreeNodeFlagsNoTreePushOnOpen == 0 {
		t.Of.Build()
		imgui.TreePop()
	}
}

// Cell is a text in a column of a Row.
type Cell struct {
	X     float32 // in pixels at scale 1
	Text  string
	Color imgui.Vec4
}

// Row is a line of a List that can be clicked.
type Row struct {
	Selected bool
	Tip      string
	Cells    []Cell
	Click    func()
}

func (r Row) build(width float32) {
	pos := imgui.CursorScreenPos()
	if imgui.SelectableBoolV("##row", r.Selected, imgui.SelectableFlagsNone, vec(width, 0)) {
		r.Click()
	}
	Tooltip(r.Tip)
	for _, c := range r.Cells {
		imgui.WindowDrawList().AddTextVec2(vec(pos.X+scaled(c.X), pos.Y), color(c.Color), c.Text)
	}
}

// List is a part of a panel that shows View rows of many: it scrolls by rows, so that
// their number costs nothing.
type List struct {
	Rows, View int
	Top        *int // the first row in view
	Row        func(i int) Row
}

// Build implements giu.Widget.
func (l List) Build() {
	view := min(l.Rows, l.View)
	avail, at := imgui.ContentRegionAvail(), imgui.CursorScreenPos()
	height, bar := imgui.TextLineHeightWithSpacing()*float32(view), imgui.CurrentStyle().ScrollbarSize()
	top := int64(min(max(*l.Top, 0), l.Rows-view))
	for i := int(top); i < int(top)+view; i++ {
		imgui.PushIDInt(int32(i))
		l.Row(i).build(avail.X - bar - 4)
		imgui.PopID()
	}
	if l.Rows > view {
		box := imgui.Rect{Min: vec(at.X+avail.X-bar, at.Y), Max: vec(at.X+avail.X, at.Y+height)}
		imgui.InternalScrollbarEx(box, imgui.IDStr("##bar"), imgui.AxisY, &top, int64(view), int64(l.Rows))
		if imgui.IsMouseHoveringRect(at, vec(at.X+avail.X, at.Y+height)) && imgui.IsWindowHovered() {
			top -= int64(3 * imgui.CurrentIO().MouseWheel())
		}
	}
	*l.Top = int(top)
}
