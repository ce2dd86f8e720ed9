package main

import (
	"strings"
	"testing"
)

// tooltip is where one lies; ok is false if there is none.
func (d *desktop) tooltip() (at [4]int, ok bool) {
	d.t.Helper()
	for _, p := range d.look().Panes {
		if strings.HasPrefix(p.Name, "##Tooltip") {
			return p.At, true
		}
	}
	return at, false
}

// The tooltip of Own look lay over what comes below it.
func TestTooltipsLeaveTheNextControlInSight(t *testing.T) {
	needDisplay(t)
	d := opened(t, t.TempDir(), "--no-convert", writeBalls(t, "a", "b"))
	d.do("wait loaded", "wait idle")
	for _, c := range []struct{ in, label string }{
		{"Display", "Own look"}, {"Display", "Opacity"}, {"Display", "Grid"}, {"Browser", "b"}, {"Timeline", "every frame"}, {"Timeline/bars", "b"},
	} {
		at := d.on(c.in, c.label)
		d.moveTo(spot{at.x - 3, at.y})
		d.moveTo(at)
		var tip [4]int
		d.wait("the tooltip of "+c.label, func() (ok bool) { tip, ok = d.tooltip(); return ok })
		of := d.sees(c.in, c.label)
		if tip[0] <= at.x && at.x <= tip[2] && tip[1] <= at.y && at.y <= tip[3] {
			t.Errorf("%s: the tooltip at %v lies over it", c.label, tip)
		}
		for _, other := range d.seen.Texts {
			if m := middle(other); other.Window == of.Window && m.y > of.At[3] && m.x > tip[0] && m.x < tip[2] && m.y > tip[1] && m.y < tip[3] {
				t.Errorf("the tooltip of %s hides %q", c.label, other.Text)
			}
		}
		d.moveTo(d.within("Scene", 0.1, 0.9))
		d.wait("the end of the tooltip", func() bool { _, ok := d.tooltip(); return !ok })
	}
}

// Two sequences had one bar in sight.
func TestTheTimelineHasRoomForItsBars(t *testing.T) {
	needDisplay(t)
	d := opened(t, t.TempDir(), "--no-convert", writeBalls(t, "a", "b"))
	d.do("wait loaded", "wait idle")
	height := func() int {
		top := d.within("Timeline", 0, 0).y
		return d.within("Timeline", 0, 1).y - top
	}
	for _, scale := range []string{"1", "1.5", "2"} {
		d.do("preference-ui-scale "+scale, "reset-layout")
		d.sees("Timeline/bars", "a")
		d.sees("Timeline/bars", "b")
	}
	two := height()
	d.do("close b")
	d.wait("the height of before", func() bool { return height() < two })
}
