package main

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"iceexplorer/app"
)

// text looks for a label in the windows whose ImGui name has a part. A text that is nothing but the label is taken
// rather than one that has it as a part, and the one on top.
func (d *desktop) text(in, label string) (found app.DrawnText, ok bool) {
	d.t.Helper()
	whole := false
	for _, t := range d.look().Texts {
		if !strings.Contains(t.Window, in) || whole && t.Text != label {
			continue
		}
		if at, is := labelled(t, label); is {
			found, ok, whole = at, true, t.Text == label
		}
	}
	return found, ok
}

// labelled is the part of a text that is a label. Beside it may stand icons, and what is drawn close to it in
// the same line.
func labelled(t app.DrawnText, label string) (app.DrawnText, bool) {
	if t.Text == label {
		return t, true
	}
	before, after, ok := strings.Cut(t.Text, label)
	part := func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) } // of the same word
	last, _ := utf8.DecodeLastRuneInString(before)
	next, _ := utf8.DecodeRuneInString(after)
	if !ok || before != "" && part(last) || after != "" && part(next) {
		return t, false
	}
	wide, all := t.At[2]-t.At[0], len([]rune(t.Text))
	share := func(s string) int { return wide * len([]rune(s)) / all }
	t.Text, t.At[0], t.At[2] = label, t.At[0]+share(before), t.At[2]-share(after)
	return t, true
}

// sees waits until a label stands in a window, and no longer moves.
func (d *desktop) sees(in, label string) app.DrawnText {
	d.t.Helper()
	var at app.DrawnText
	d.wait(fmt.Sprintf("%q in %q", label, in), func() bool {
		before, ok := d.text(in, label)
		if !ok {
			return false
		}
		at, ok = d.text(in, label)
		return ok && at == before
	})
	return at
}

// gone waits until a label does not stand in a window any more.
func (d *desktop) gone(in, label string) {
	d.t.Helper()
	d.wait(fmt.Sprintf("the end of %q in %q", label, in), func() bool { _, ok := d.text(in, label); return !ok })
}

// middle is the middle of a text.
func middle(t app.DrawnText) spot { return spot{(t.At[0] + t.At[2]) / 2, (t.At[1] + t.At[3]) / 2} }

// on is the middle of a label.
func (d *desktop) on(in, label string) spot { d.t.Helper(); return middle(d.sees(in, label)) }

// beside is what is written next to the right of a label, in its line: the value of a field.
func (d *desktop) beside(in, label string) spot {
	d.t.Helper()
	of := d.sees(in, label)
	var best app.DrawnText
	for _, t := range d.seen.Texts {
		if y := middle(t).y; t.Window == of.Window && t.At[0] > of.At[2] && y > of.At[1] && y < of.At[3] && (best.Text == "" || t.At[0] < best.At[0]) {
			best = t
		}
	}
	if best.Text == "" {
		d.fail("nothing is beside %q", label)
	}
	return middle(best)
}

// level is a label in the line of another one of the same window.
func (d *desktop) level(in, of, label string) (at spot) {
	d.t.Helper()
	d.wait(fmt.Sprintf("%+q in the line of %q in %q", label, of, in), func() bool {
		line, ok := d.text(in, of)
		for _, t := range d.seen.Texts {
			if part, is := labelled(t, label); ok && is && t.Window == line.Window && middle(line).y > t.At[1] && middle(line).y < t.At[3] {
				at = middle(part)
				return true
			}
		}
		return false
	})
	return at
}

// within is a place in a panel, dialog or menu, in shares of its width and height.
func (d *desktop) within(pane string, x, y float64) (at spot) {
	d.t.Helper()
	d.wait("the panel "+pane, func() bool {
		for _, p := range d.look().Panes {
			if p.Name == pane {
				at = spot{p.At[0] + int(x*float64(p.At[2]-p.At[0])), p.At[1] + int(y*float64(p.At[3]-p.At[1]))}
				return true
			}
		}
		return false
	})
	return at
}

// The buttons of the mouse and its wheel forward, as X numbers them.
const (
	leftButton = iota + 1
	middleButton
	rightButton
	up
)

// buttonPlaces are the places of buttons in app.Drawn.
var buttonPlaces = map[byte]int{leftButton: 0, rightButton: 1, middleButton: 2}

// moveTo moves the mouse, and waits until what lies there knows of it.
func (d *desktop) moveTo(at spot) {
	d.t.Helper()
	d.move(at.x, at.y)
	d.wait(fmt.Sprintf("the mouse at %v", at), func() bool { return d.look().Mouse == [2]int{at.x, at.y} })
	d.look() // what it is over is known in the next frame
}

// hold presses a button, and waits until the window knows of it.
func (d *desktop) hold(button byte) {
	d.t.Helper()
	d.button(buttonDown, button)
	d.wait("a button that is pressed", func() bool { return d.look().Pressed[buttonPlaces[button]] })
}

// release lets go of a button. That may end the window.
func (d *desktop) release(button byte) {
	d.t.Helper()
	d.button(buttonUp, button)
	d.wait("a button that is let go", func() bool { return !d.there() || !d.seen.Pressed[buttonPlaces[button]] })
}

// there looks at what is drawn, and reports whether there still is a window.
func (d *desktop) there() bool {
	d.t.Helper()
	d.seen = app.Drawn{}
	return d.answers(&d.seen, "print drawn")
}

// clickAt clicks somewhere.
func (d *desktop) clickAt(at spot, button byte) {
	d.t.Helper()
	d.moveTo(at)
	d.hold(button)
	d.release(button)
}

// doubleClick clicks twice at once. On a machine that is slow enough it is taken for two clicks.
func (d *desktop) doubleClick(at spot) {
	d.t.Helper()
	d.moveTo(at)
	for range 2 {
		d.button(buttonDown, leftButton)
		d.button(buttonUp, leftButton)
	}
	d.taken()
}

// click clicks on a label.
func (d *desktop) click(in, label string) { d.t.Helper(); d.clickAt(d.on(in, label), leftButton) }

// choose opens the menu of a place, and takes the item of it.
func (d *desktop) choose(at spot, item string) {
	d.t.Helper()
	d.clickAt(at, rightButton)
	d.click("##Popup_", item)
}

// drag moves the mouse from one place to others with a button held.
func (d *desktop) drag(button byte, from spot, to ...spot) {
	d.t.Helper()
	d.moveTo(from)
	d.hold(button)
	for _, at := range to {
		d.moveTo(at)
	}
	d.release(button)
}

// wheel turns the wheel by one notch.
func (d *desktop) wheel(at spot, way byte) {
	d.t.Helper()
	d.moveTo(at)
	d.button(buttonDown, way)
	d.button(buttonUp, way)
}

// keys strikes keys, one chord after the other: "ctrl+o", "Return". When it returns they have had their effect on what
// answers in the same frame.
func (d *desktop) keys(chords ...string) {
	d.t.Helper()
	for _, c := range chords {
		d.strike(c)
	}
	d.taken()
}

// types waits until a field has the keyboard, and types; \b takes a character back.
func (d *desktop) types(text string) {
	d.t.Helper()
	d.wait("a field to type in", func() bool { return d.look().Typing })
	for _, r := range text {
		switch r {
		case ' ':
			d.strike("space")
		case '\b':
			d.keys("BackSpace") // one after the other: two at once look like one that is held
		default:
			d.strike(string(r))
		}
	}
	d.taken()
}

// taken waits until the window has taken all input, of which it may end: of much that comes at once it takes a part
// in each frame.
func (d *desktop) taken() {
	d.t.Helper()
	d.there() // there, the window has it from X
	d.wait("a window that takes its input", func() bool { return !d.there() || !d.seen.Queued })
	d.there()
}

// frames waits for further frames of the window.
func (d *desktop) frames(n int) {
	d.t.Helper()
	for range n {
		d.look()
	}
}
