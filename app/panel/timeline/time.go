package timeline

import (
	"fmt"
	"iter"
	"strings"

	"github.com/AllenDang/cimgui-go/imgui"
	"github.com/AllenDang/giu"

	"iceexplorer/app/action"
	"iceexplorer/app/player"
	"iceexplorer/app/widget"
	"iceexplorer/cache"
	"iceexplorer/cache/unit"
)

// tellTime fills in how the ruler tells time, and what is marked in it.
func (t *timeline) tellTime(in *widget.RulerInput) {
	s := t.host.Session
	if u, _ := player.ParseUnit(t.host.Settings.Preferences.Units); u != player.Frames {
		fps := s.FPS()
		in.Text = func(n float64) string { return u.Text(cache.Number(n), fps) }
		in.Steps = u.Steps(fps)
		in.Lines = func(step, from, to float64) iter.Seq[float64] { return u.Ticks(fps, step, from, to) }
	}
	for _, b := range s.Bookmarks() {
		in.Flags = append(in.Flags, widget.RulerFlag{At: float64(b.Number), Name: b.Name})
	}
	if s.Playing() {
		in.Playing = s.Dir()
	}
}

// rulerMenu is what a right click in the ruler offers, about the number that was clicked.
func (t *timeline) rulerMenu() {
	if t.openMenu {
		t.openMenu, t.name = false, t.bookmarkAt(t.at)
		imgui.OpenPopupStr("ruler menu")
	}
	if !imgui.BeginPopup("ruler menu") {
		return
	}
	widget.CloseOnEscape{}.Build()
	number := t.at.String()
	item := func(label, id string, words ...string) {
		if imgui.MenuItemBoolV(label, "", false, t.host.Actions.Find(id).Available()) {
			t.host.Run(id, words...)
		}
	}
	item("Go to frame "+number, "goto", number)
	item("Begin playback here", "set-in", number)
	item("End playback here", "set-out", number)
	item("Play all frames", "clear-range")
	if imgui.MenuItemBoolV("Show all of the ruler", "", false, true) {
		t.ruler.Fit()
	}
	imgui.Separator()
	there := t.bookmarkAt(t.at)
	imgui.SetNextItemWidth(widget.Em(12))
	if imgui.InputTextWithHint("##bookmark", "Name a bookmark", &t.name, imgui.InputTextFlagsEnterReturnsTrue|imgui.InputTextFlagsAutoSelectAll, nil) {
		if there == "" {
			t.host.Run("bookmark-add", "name="+t.name, "frame="+number)
		} else {
			t.host.Run("bookmark-rename", there, t.name)
		}
		imgui.CloseCurrentPopup()
	}
	if there != "" {
		item("Remove bookmark", "bookmark-remove", there)
	}
	imgui.Separator()
	for _, menu := range []string{"Units of time", "Where frames are missing", "Speed", "Frame rate"} {
		t.choice(menu)
	}
	imgui.EndPopup()
}

// choice is a submenu of Playback.
func (t *timeline) choice(menu string) {
	if !imgui.BeginMenu(menu) {
		return
	}
	for _, a := range t.host.Actions.All() {
		if a.Menu == "Playback/"+menu && imgui.MenuItemBoolV(a.Label, "", a.On(), a.Available()) {
			t.host.Failed(a.Do(action.Args{}))
		}
	}
	imgui.EndMenu()
}

func (t *timeline) bookmarkAt(number cache.Number) string {
	for _, b := range t.host.Session.Bookmarks() {
		if b.Number == number {
			return b.Name
		}
	}
	return ""
}

// notes are what is played, and how that goes.
func (t *timeline) notes() string {
	s := t.host.Session
	first, last, ok := s.Range()
	if !ok {
		return ""
	}
	u, _ := player.ParseUnit(t.host.Settings.Preferences.Units)
	parts := []string{u.Text(first, s.FPS()) + " to " + u.Text(last, s.FPS())}
	if s.Playing() && s.Dir() < 0 {
		parts = append(parts, "backward")
	}
	if factor := s.Speed() * s.Boost(); factor != 1 {
		parts = append(parts, fmt.Sprintf("%gx", factor))
	}
	if s.Waiting() {
		parts = append(parts, "waiting for a frame")
	}
	if n := s.Dropped(); n > 0 {
		parts = append(parts, unit.Plural(n, "frame")+" dropped")
	}
	return strings.Join(parts, ", ")
}

// numberField is a field for a frame's number.
type numberField struct {
	editing bool   // it has the keyboard
	text    string // as it is typed
}

// show makes the field of a number. run takes what was typed.
func (f *numberField) show(id, tip string, number cache.Number, off bool, width float32, run func(text string)) giu.Widget {
	if !f.editing {
		f.text = number.String()
	}
	field := giu.Layout{
		giu.InputText(&f.text).ID(giu.ID(id)).Size(width).Flags(giu.InputTextFlagsAutoSelectAll),
		giu.Custom(func() { f.editing = imgui.IsItemActive() }),
		widget.After(func() { run(f.text) }),
	}
	return widget.Tip{Text: tip, Of: widget.Disabled{Off: off, Of: field}}
}

// typed runs an action with a frame's number, of what was typed in any unit.
func (t *timeline) typed(id, text string) {
	n, ok := player.ParseTime(text, t.host.Session.FPS())
	if !ok {
		t.host.Failed(&action.Error{ID: id, Err: fmt.Errorf("%q is no time: type a frame's number, seconds (1.5s) or a timecode (00:00:01:12)", text)})
		return
	}
	t.host.Run(id, n.String())
}

// headField shows the frame under the play head, and takes another.
func (t *timeline) headField(width float32) giu.Widget {
	head, ok := t.host.Session.Position()
	head = head.Round(2)
	return t.frame.show("##frame", "The frame under the play head. Type a number to go there, seconds such as 1.5s or a timecode", head, !ok, width, func(text string) { t.typed("goto", text) })
}

// rangeFields show the first and last frame that are played, and take others.
func (t *timeline) rangeFields(width float32) giu.Widget {
	first, last, ok := t.host.Session.Range()
	set := func(id string) func(string) {
		return func(text string) {
			if text == "" {
				t.host.Run("clear-range")
				return
			}
			t.typed(id, text)
		}
	}
	return giu.Row(
		widget.Aligned{Of: widget.Dim("Play")},
		t.first.show("##first", "The first frame that is played. Type a number, seconds, a timecode, or nothing to play all", first, !ok, width, set("set-in")),
		widget.Aligned{Of: widget.Dim("to")},
		t.last.show("##last", "The last frame that is played. Type a number, seconds, a timecode, or nothing to play all", last, !ok, width, set("set-out")),
	)
}
