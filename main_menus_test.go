package main

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"iceexplorer/app"
	"iceexplorer/assets"
)

// twoSequences is a window that shows two sequences, named Fire and Smoke.
func twoSequences(t *testing.T) *desktop {
	t.Helper()
	needDisplay(t)
	caches := filepath.Join(project(t), "caches")
	d := opened(t, t.TempDir(), "--no-convert", caches)
	d.do("wait loaded", "layer-rename Fire "+filepath.Join(caches, "fire", "fountain"), "layer-rename Smoke "+filepath.Join(caches, "smoke", "fountain"), "wait idle")
	return d
}

// Right clicks open menus, whose items do what they say: one item of each.
func TestRightClicksOpenMenus(t *testing.T) {
	d := twoSequences(t)
	d.choose(d.within("Scene", 0.2, 0.3), "Select all")
	d.until("points that are selected", func(s *app.State) bool { return s.Selected > 0 })
	d.choose(d.on("Browser", "Smoke"), "Show alone")
	d.until("Smoke alone", func(s *app.State) bool { return s.Layers[1].Solo && !s.Layers[0].Solo })
	d.choose(d.on("Timeline", "4"), "Go to frame 4")
	d.until("frame 4", func(s *app.State) bool { return s.Frame == 4 })
	d.choose(d.on("Timeline", "Fire"), "Hold the last frame after its end")
	d.until("a last frame that is held", func(s *app.State) bool { return s.Layers[0].Timing.After })
	d.click("DockSpace", "Attributes")
	d.choose(d.on("Attributes", "PointVelocity"), "Colour by PointVelocity")
	d.until("colours by velocity", func(s *app.State) bool { return strings.HasPrefix(s.ColorBy, "PointVelocity") })
}

// What Display changes of a sequence with a look of its own is that one's alone.
func TestOneSequenceIsGivenALookByTheMouse(t *testing.T) {
	d := twoSequences(t)
	d.do("activate Fire")
	d.click("Display", "Own look")
	d.until("an own look", func(s *app.State) bool { return s.Layers[0].OwnLook && !s.Layers[1].OwnLook })
	byVelocity := func() {
		t.Helper()
		d.clickAt(d.beside("Display", "Colour by"), leftButton)
		d.click("##Combo_", "PointVelocity.mag")
	}
	byVelocity()
	d.until("Fire alone by velocity", func(s *app.State) bool {
		return s.Layers[0].ColorBy == "PointVelocity.mag" && s.Layers[1].ColorBy == "Color"
	})
	d.click("Display", "Own look")
	d.until("no own look", func(s *app.State) bool { return !s.Layers[0].OwnLook && s.Layers[0].ColorBy == "Color" })
	byVelocity()
	d.until("both by velocity", func(s *app.State) bool {
		return s.Layers[0].ColorBy == "PointVelocity.mag" && s.Layers[1].ColorBy == "PointVelocity.mag"
	})
}

// A timecode that is typed in the field of the frame is a place on the timeline.
func TestATimecodeIsTypedIntoTheTimeline(t *testing.T) {
	d := twoSequences(t)
	typed := func(text string) {
		d.clickAt(d.beside("Timeline", "Frame"), leftButton)
		d.types(text)
		d.keys("Return")
	}
	for text, frame := range map[string]float64{"0:5": 5, "0.125s": 3} {
		typed(text)
		d.until("the frame of "+text, func(s *app.State) bool { return float64(s.Frame) == frame })
	}
	// What is none was refused in the words of scripts.
	typed("soon")
	d.sees("##status", `"soon" is no time`)
	typed("2")
	d.gone("##status", `"soon" is no time`)
}

// A click on most switches of a sequence's bar did nothing: they moved away from under the mouse as it was pressed.
func TestTheSwitchesOnASequencesBarAreClicked(t *testing.T) {
	d := twoSequences(t)
	for _, c := range []struct {
		icon string
		is   func(l *app.LayerState) bool
	}{
		{assets.IconPalette, func(l *app.LayerState) bool { return l.OwnLook }},
		{assets.IconCrosshairs, func(l *app.LayerState) bool { return l.Solo }},
		{assets.IconLock, func(l *app.LayerState) bool { return l.Locked }},
	} {
		for _, on := range []bool{true, false} {
			d.moveTo(d.on("Browser", "Smoke")) // those that are off are seen under the mouse alone
			d.clickAt(d.level("Browser", "Smoke", c.icon), leftButton)
			d.until(fmt.Sprintf("%+q being %v", c.icon, on), func(s *app.State) bool { return c.is(&s.Layers[1]) == on })
		}
	}
}

// Who switched something on and off again began to rename the sequence.
func TestTwoClicksOnASwitchAreNoDoubleClick(t *testing.T) {
	d := twoSequences(t)
	d.moveTo(d.on("Browser", "Smoke"))
	d.doubleClick(d.level("Browser", "Smoke", assets.IconLock))
	d.frames(3)
	if d.look().Typing || d.state().Layers[1].Locked {
		t.Errorf("typing %v, locked %v", d.seen.Typing, d.was.Layers[1].Locked)
	}
}

// The menus of the timeline stayed open, and a bookmark could not be called something else.
func TestMenusOfTheTimelineCloseByEscapeAndNameBookmarks(t *testing.T) {
	d := twoSequences(t)
	for _, c := range [][2]string{{"4", "Go to frame 4"}, {"Fire", "Set offset..."}} {
		d.clickAt(d.on("Timeline", c[0]), rightButton)
		d.sees("##Popup_", c[1])
		d.keys("Escape")
		d.gone("##Popup_", c[1])
	}
	for _, c := range [][2]string{{"Name a bookmark", "hit"}, {"hit", "miss"}} {
		d.clickAt(d.on("Timeline", "4"), rightButton)
		d.click("##Popup_", c[0])
		d.types(c[1])
		d.keys("Return")
		d.until("the bookmark "+c[1], func(s *app.State) bool {
			return len(s.Bookmarks) == 1 && s.Bookmarks[0].Name == c[1] && s.Bookmarks[0].Number == 4
		})
	}
}
