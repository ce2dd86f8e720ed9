package timeline

import (
	"fmt"
	"math"
	"slices"
	"strconv"

	"github.com/AllenDang/cimgui-go/imgui"
	"github.com/AllenDang/giu"

	"iceexplorer/app/session"
	"iceexplorer/app/widget"
	"iceexplorer/cache/pathname"
)

// mostBars is how many layers' bars are seen at a time; more scroll.
const mostBars = 4

// leastRuler is the height that is left to the ruler, at a scale of 1.
const leastRuler = 40

// barRows is how many of some bars have room beside the ruler, to which they leave what it needs
// to draw anything in.
func barRows(bars int, room, least float32, height func(rows int) float32) int {
	for bars > 0 && room-height(bars) < least {
		bars--
	}
	return bars
}

// barCount is how many bars are to be seen at a time: there are some if there are several layers
// or one was moved.
func (t *timeline) barCount() int {
	layers := t.host.Session.Layers()
	if len(layers) < 2 && layers[0].Timing().Plain() {
		return 0
	}
	return min(len(layers), mostBars)
}

// layerBars are the stretches of time of the layers.
func (t *timeline) layerBars(height float32) giu.Widget {
	layers, b := t.host.Session.Layers(), &t.bars
	b.ID, b.Width, b.Show = "bar", t.ruler.Size.X, b.Show[:0]
	if len(t.marks) > len(layers) { // some were closed
		clear(t.marks)
	}
	for _, l := range layers {
		first, last := l.Span()
		m := t.marksOf(l)
		b.Show = append(b.Show, widget.Stretch{
			Name: pathname.Display(t.host.Session.Called(l)), Note: timingNote(l.Timing()), First: float64(first), Last: float64(last),
			Active: l == t.host.Session.Active() && len(layers) > 1, Dim: !l.Visible,
			Holes: m.holes, Faults: m.faults,
			Tip: pathname.Display(l.Seq.Label()) + "\nDrag to move the sequence in time, drag its end to make it slower or faster. Right click for more",
		})
	}
	b.Act = func(i int, ev widget.StretchEvent) { t.drag(layers[i], ev) }
	return giu.Custom(func() {
		b.From, b.To = t.ruler.View()
		if imgui.BeginChildStrV("bars", imgui.Vec2{Y: height}, imgui.ChildFlagsNone, imgui.WindowFlagsNone) {
			t.followActive(height)
			b.Build()
		}
		imgui.EndChild()
		t.barMenu()
	})
}

// followActive scrolls to the bar of the layer that has become active.
func (t *timeline) followActive(height float32) {
	l := t.host.Session.Active()
	if l == t.active {
		return
	}
	t.active = l
	at := slices.Index(t.host.Session.Layers(), l)
	switch y, top, end := imgui.ScrollY(), t.bars.Height(at), t.bars.Height(at+1); {
	case top < y:
		imgui.SetScrollYFloat(top)
	case end > y+height:
		imgui.SetScrollYFloat(end - height)
	}
}

// timingNote says how a layer was moved.
func timingNote(t session.Timing) string {
	text := ""
	if t.Offset != 0 {
		text = fmt.Sprintf("%+g", float64(t.Offset))
	}
	if t.Scale != 1 {
		text += fmt.Sprintf(" %.4gx", t.Scale)
	}
	return text
}

// drag carries out what the user does to a layer's bar.
func (t *timeline) drag(l *session.Layer, ev widget.StretchEvent) {
	name := "sequence=" + t.host.Session.NameOf(l)
	number := func(v float64) string { return strconv.FormatFloat(v, 'f', -1, 64) }
	was := t.dragged
	switch {
	case ev.Begin:
		t.dragged, t.refused = l.Timing(), false
		t.host.Run("activate", name)
	case ev.Context:
		t.host.Run("activate", name)
		t.menu = true
	case l.Locked() && (ev.Moved != 0 || ev.Longer != 0):
		if !t.refused { // it is said once, not as often as the mouse moves
			t.refused = true
			t.host.Run("layer-offset", "0", name)
		}
	case ev.Moved != 0:
		if offset := math.Round(float64(was.Offset) + ev.Moved); offset != float64(l.Timing().Offset) {
			t.host.Run("layer-offset", number(offset), name)
		}
	case ev.Longer != 0:
		if scale := stretched(l, was, ev.Longer); scale != l.Timing().Scale {
			t.host.Run("layer-scale", number(scale), name)
		}
	}
}

// stretched is the scale of a layer whose end was dragged to a whole number.
func stretched(l *session.Layer, was session.Timing, longer float64) float64 {
	own := float64(l.Seq.Frames[len(l.Seq.Frames)-1].Number - l.Seq.Frames[0].Number)
	if own == 0 {
		return was.Scale
	}
	length := max(math.Round(own/was.Scale+longer), 1)
	return min(max(own/length, session.MinScale), session.MaxScale)
}

// barMenu is what a right click on a bar offers.
func (t *timeline) barMenu() {
	if t.menu {
		t.menu = false
		imgui.OpenPopupStr("bar menu")
	}
	if !imgui.BeginPopup("bar menu") {
		return
	}
	widget.CloseOnEscape{}.Build()
	if l := t.host.Session.Active(); l != nil {
		hold := l.Timing()
		for _, item := range []struct {
			label         string
			on            bool
			before, after bool
		}{
			{"Hold the first frame before it begins", hold.Before, !hold.Before, hold.After},
			{"Hold the last frame after its end", hold.After, hold.Before, !hold.After},
		} {
			if imgui.MenuItemBoolV(item.label, "", item.on, true) {
				where := map[[2]bool]string{{false, false}: "none", {true, false}: "before", {false, true}: "after", {true, true}: "both"}
				t.host.Run("layer-hold", where[[2]bool{item.before, item.after}])
			}
		}
		imgui.Separator()
		for id, label := range []string{"Set offset...", "Set time scale..."} {
			if imgui.MenuItemBoolV(label, "", false, !l.Locked()) {
				t.host.Ask([]string{"layer-offset", "layer-scale"}[id])
			}
		}
		if imgui.MenuItemBoolV("Reset its time", "", false, !hold.Plain() || hold.Before || hold.After) {
			t.host.Run("layer-time-reset")
		}
	}
	imgui.EndPopup()
}
