package main

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"iceexplorer/app"
	"iceexplorer/app/sample"
	"iceexplorer/assets"
)

// touch is something that the mouse opens in a window of 800x600 at twice the scale.
type touch struct {
	name  string
	begin []string // lines of a script
	open  func(d *desktop)
	above string // what it is called
}

func touches() (all []touch) {
	const menus, popups, tooltips = "##Menu_", "##Popup_", "##Tooltip_"
	for _, name := range []string{"File", "Edit", "View", "Playback", "Help"} {
		all = append(all, touch{name, nil, func(d *desktop) { d.click("##MainMenuBar", name) }, menus})
	}
	front := func(panel string) []string { return []string{"panel-" + panel + " off", "panel-" + panel + " on"} }
	point := func(in, label string) func(d *desktop) { return func(d *desktop) { d.moveTo(d.on(in, label)) } }
	menu := func(in, label string) func(d *desktop) {
		return func(d *desktop) { d.clickAt(d.on(in, label), rightButton) }
	}
	return append(all,
		touch{"point", nil, func(d *desktop) { d.clickAt(d.within("Scene", 0.5, 0.6), rightButton) }, popups},
		touch{"tool", nil, point("##toolbar", assets.IconFolderOpen), tooltips},
		touch{"last tool", nil, point("##toolbar", assets.IconCancel), tooltips},
		touch{"sequence", front("browser"), menu("Browser", "fountain"), popups},
		touch{"line of a sequence", front("browser"), point("Browser", "fountain"), tooltips},
		touch{"ruler", front("timeline"), menu("Timeline", "6"), popups},
		touch{"frame", front("timeline"), point("Timeline", "6"), tooltips},
		touch{"title of a column", []string{"panel-spreadsheet on"}, menu("Spreadsheet", "ID"), popups},
	)
}

// Menus are as long as their words, and tooltips were one line however long.
func TestMenusAndTooltipsAreWholeInASmallWindow(t *testing.T) {
	needDisplay(t)
	dir := t.TempDir()
	if err := sample.Write(t.Context(), dir, sample.Options{Points: 5000, Frames: 12}); err != nil {
		t.Fatal(err)
	}
	d := opened(t, t.TempDir(), "--no-convert", dir)
	d.do("wait loaded", "wait idle", "window-size 800 600", "preference-ui-scale 2")
	above := func(name string) int {
		return slices.IndexFunc(d.look().Panes, func(p app.DrawnPane) bool { return strings.Contains(p.Name, name) })
	}
	for _, c := range touches() {
		d.do(c.begin...)
		c.open(d)
		var before app.DrawnPane
		d.wait(c.name+" that opens, and has found its place", func() bool {
			i := above(c.above)
			if i < 0 {
				return false
			}
			now := d.seen.Panes[i]
			rests := now == before
			before = now
			return rests
		})
		var l app.Legibility
		d.ask(&l, "print faults")
		for _, f := range l.Faults {
			if !scrolls(f) {
				t.Errorf("%s: %s", c.name, fmt.Sprintf("%s in %s: %q at %v", f.Kind, f.Window, f.Text, f.At))
			}
		}
		if c.above != "##Tooltip_" {
			d.keys("Escape")
		}
		d.moveTo(spot{790, 590})
		d.wait("the end of "+c.name, func() bool { return above(c.above) < 0 })
	}
}
