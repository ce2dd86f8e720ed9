package attributes

import (
	"fmt"
	"math"
	"strings"

	"github.com/AllenDang/cimgui-go/imgui"

	"iceexplorer/app/inspect/charts"
	"iceexplorer/app/widget"
	"iceexplorer/app/window"
	"iceexplorer/assets"
	"iceexplorer/cache/unit"
	"iceexplorer/cache/value"
)

// cell draws a cell of the table.
func (v *view) cell(row int64, col int) bool {
	a := v.list[row]
	switch col {
	case colSpark:
		v.spark(a)
		widget.Tooltip(v.tip(a))
		return true
	case colName:
		v.name(a)
		return true
	}
	text, color := v.text(a, col)
	if room := imgui.ContentRegionAvail().X; columns[col].Right {
		if free := room - widget.TextWidth(text); free > 0 {
			imgui.SetCursorPosX(imgui.CursorPosX() + free)
		}
	} else {
		text = widget.Ellipsis(text, room)
	}
	widget.Colored{Text: text, Color: color}.Build()
	widget.Tooltip(v.tip(a))
	return true
}

// name draws the name, and the type behind it where there is room.
func (v *view) name(a *charts.Attribute) {
	text, color := v.text(a, colName)
	room := imgui.ContentRegionAvail().X
	text = widget.Ellipsis(text, room)
	widget.Colored{Text: text, Color: color}.Build()
	tip := v.tip(a)
	widget.Tooltip(tip)
	gap := imgui.CurrentStyle().ItemInnerSpacing().X
	if widget.TextWidth(text)+gap+widget.TextWidth(a.Type) > room {
		return
	}
	imgui.SameLineV(0, gap)
	widget.Dim(a.Type).Build()
	widget.Tooltip(tip)
}

func (v *view) text(a *charts.Attribute, col int) (text string, color imgui.Vec4) {
	color = window.Colors().TextDim
	switch col {
	case colName:
		if a.Kind == charts.Elsewhere {
			return assets.IconClock + " " + a.Name, color
		}
		return a.Name, window.Colors().Text
	case colValues:
		return v.values(a)
	case colRows:
		if a.Kind == charts.Elsewhere {
			return "", color
		}
		return unit.Count(a.Rows), color
	}
	if a.Kind == charts.PerObject {
		return "object", color
	}
	return a.Context, color
}

// values are the range, or the one value that there is.
func (v *view) values(a *charts.Attribute) (text string, color imgui.Vec4) {
	color = window.Colors().Text
	if a.Kind == charts.Elsewhere {
		color = window.Colors().TextDim
	}
	text = a.Values
	if text == "" && a.Kind != charts.Elsewhere && !a.Numbers {
		if s, _ := v.charts.Sparks.Of(v.shown, a.Name); s != nil {
			text = s.Text
		}
	}
	switch {
	case text == "" && a.NonFinite > 0:
		return assets.IconWarning + " not finite", window.Colors().Warning
	case a.NonFinite > 0:
		return assets.IconWarning + " " + text, color
	case a.Kind == charts.Constant && text != "":
		return "= " + text, color
	}
	return text, color
}

// spark draws the small histogram, dim while it is that of an earlier frame.
func (v *view) spark(a *charts.Attribute) {
	at, width, height := imgui.CursorScreenPos(), imgui.ContentRegionAvail().X, imgui.TextLineHeight()
	imgui.Dummy(imgui.Vec2{X: max(width, 1), Y: height})
	if !a.Numbers || a.Kind != charts.PerElement || a.Rows < 2 {
		return
	}
	s, current := v.charts.Sparks.Of(v.shown, a.Name)
	if s == nil || len(s.Bins) == 0 {
		return
	}
	most := uint64(1)
	for _, n := range s.Bins {
		most = max(most, n)
	}
	color := window.Colors().Busy
	if !current {
		color = window.Colors().Pressed
	}
	packed, step := imgui.ColorU32Vec4(color), width/float32(len(s.Bins))
	list := imgui.WindowDrawList()
	for i, n := range s.Bins {
		if n == 0 {
			continue
		}
		h := max(height*float32(float64(n)/float64(most)), 1)
		list.AddRectFilled(imgui.Vec2{X: at.X + step*float32(i), Y: at.Y + height - h}, imgui.Vec2{X: at.X + step*float32(i+1), Y: at.Y + height}, packed)
	}
}

// tip is all that is known of an attribute.
func (v *view) tip(a *charts.Attribute) string {
	lines := []string{a.Name, fmt.Sprintf("%s, %s, %s", a.Type, a.Context, a.About())}
	const most = 8
	for i, p := range a.Parts {
		if i == most {
			lines = append(lines, "...")
			break
		}
		text := charts.Range([]charts.Part{p})
		if text == "" {
			text = "no finite values"
		}
		if !math.IsNaN(p.Mean) && p.Span.Lo < p.Span.Hi {
			text += ", mean " + value.Short(p.Mean)
		}
		lines = append(lines, p.Title+": "+text)
	}
	if a.NonFinite > 0 {
		lines = append(lines, unit.Plural(a.NonFinite, "value")+" not finite")
	}
	if a.Drawable {
		lines = append(lines, "Click to colour by it, drag it to the spreadsheet, right click for more")
	} else {
		lines = append(lines, "Drag it to the spreadsheet, right click for more")
	}
	return strings.Join(lines, "\n")
}
