package widget

import (
	"github.com/AllenDang/cimgui-go/imgui"
	"github.com/AllenDang/giu"
)

// Lines is a table whose cells are widgets, each as high as a button. Those that are not seen
// are not made.
type Lines struct {
	ID      string
	Rows    int
	Columns []float32 // widths in pixels; 0: takes what is left
	Cell    func(row, col int) giu.Widget
}

// Build implements giu.Widget.
func (l Lines) Build() {
	if !imgui.BeginTableV(l.ID, int32(len(l.Columns)), imgui.TableFlagsRowBg, imgui.Vec2{}, 0) {
		return
	}
	defer imgui.EndTable()
	for _, w := range l.Columns {
		flags := imgui.TableColumnFlagsWidthFixed
		if w == 0 {
			flags = imgui.TableColumnFlagsWidthStretch
		}
		imgui.TableSetupColumnV("", flags, w, 0)
	}
	clipper := imgui.NewListClipper()
	defer clipper.Destroy()
	clipper.BeginV(int32(l.Rows), imgui.FrameHeight()+2*imgui.CurrentStyle().CellPadding().Y)
	for clipper.Step() {
		for row := int(clipper.DisplayStart()); row < int(clipper.DisplayEnd()); row++ {
			imgui.TableNextRow()
			imgui.PushIDInt(int32(row))
			for col := range l.Columns {
				imgui.TableSetColumnIndex(int32(col))
				l.Cell(row, col).Build()
			}
			imgui.PopID()
		}
	}
}

// FocusNext gives the next field the keyboard.
type FocusNext struct{}

// Build implements giu.Widget.
func (FocusNext) Build() { imgui.SetKeyboardFocusHere() }
