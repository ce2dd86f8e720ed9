package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"iceexplorer/app"
	"iceexplorer/app/settings"
)

const (
	prefs       = "Preferences"
	sizeOfText  = "Size of text and buttons"
	keepButton  = "Keep it"
	lostOnes    = "Missing sequences"
	lostChanges = "Unsaved changes"
)

// search leaves the preferences that are called so.
func (d *desktop) search(words string) {
	d.t.Helper()
	d.do("close-dialog", "preferences")
	d.click(prefs, "Search preferences")
	d.types(words)
	d.sees(prefs, words)
}

// control is where the value of a preference stands: beside its name or, where there is no room, below it.
func (d *desktop) control(name string) spot {
	d.t.Helper()
	of := d.sees(prefs, name)
	var beside, below app.DrawnText
	for _, t := range d.seen.Texts {
		switch y := middle(t).y; {
		case t.Window != of.Window || y < of.At[1]:
		case y < of.At[3] && t.At[0] > of.At[2] && (beside.Text == "" || t.At[0] < beside.At[0]):
			beside = t
		case y > of.At[3] && (below.Text == "" || t.At[1] < below.At[1]):
			below = t
		}
	}
	if beside.Text != "" {
		return middle(beside)
	}
	return middle(below)
}

// height is that of the text of a preference.
func (d *desktop) height() int {
	d.t.Helper()
	at := d.sees(prefs, sizeOfText).At
	return at[3] - at[1]
}

// A new size of text is shown, and goes back unless it is kept.
func TestANewSizeOfTextIsTriedOut(t *testing.T) {
	needDisplay(t)
	config := t.TempDir()
	d := opened(t, config)
	kept := func() float64 {
		s, err := settings.Load(config)
		if err != nil {
			t.Fatal(err)
		}
		return s.Preferences.ThemeScale
	}
	// slide begins a trial, by the mouse.
	slide := func(by int) {
		at := d.control(sizeOfText)
		d.drag(leftButton, at, spot{at.x + by, at.y})
	}
	d.search("size of text")
	before := d.height()
	// The time for an answer may be over before a busy machine gives it.
	d.wait("a size that is kept", func() bool {
		at, asked := d.text(prefs, keepButton)
		if asked && d.height() > before*5/4 {
			d.clickAt(middle(at), leftButton)
		} else if !asked {
			slide(-10)
		}
		return kept() > 1.25
	})
	d.gone(prefs, keepButton)
	scale, now := kept(), d.height()

	slide(-50)
	d.sees(prefs, keepButton)
	d.wait("smaller text", func() bool { return d.height() < now })
	d.gone(prefs, keepButton) // nobody answers
	d.wait("the size that was kept", func() bool { return d.height() == now })
	if got := kept(); got != scale {
		t.Errorf("%g is kept, not %g", got, scale)
	}
}

// legible reports what cannot be read now.
func (d *desktop) legible(what string, seen map[string]bool) {
	d.t.Helper()
	d.do(strings.Split(strings.TrimSpace(settled), "\n")...)
	var l app.Legibility
	lines := []string{"print faults"}
	if shots := os.Getenv("ICEEXPLORER_LOOKS"); shots != "" {
		lines = []string{"screenshot " + filepath.Join(shots, strings.ReplaceAll(what, " ", "-")+".png"), "print faults"}
	}
	d.ask(&l, lines...)
	for _, f := range l.Faults {
		text := fmt.Sprintf("%s in %s: %q", f.Kind, f.Window, f.Text)
		if !scrolls(f) && !seen[text] {
			d.t.Errorf("%s: %s at %v", what, text, f.At)
		}
		seen[text] = true
	}
}

// The walk through panels and dialogs meets no question, as a script is asked none.
func TestQuestionsAreLegibleAtAnySize(t *testing.T) {
	needDisplay(t)
	for _, s := range sizes() {
		if s.width > 800 && os.Getenv("ICEEXPLORER_LOOKS") == "" {
			continue // the least room is what they have to fit
		}
		t.Run(s.String(), func(t *testing.T) { askAll(t, s) })
	}
}

// askAll has the window ask all that it asks.
func askAll(t *testing.T, s size) {
	dir, seen := project(t), map[string]bool{}
	fire, smoke, shot := filepath.Join(dir, "caches", "fire"), filepath.Join(dir, "caches", "smoke"), filepath.Join(dir, "shot.iceview")
	d := opened(t, t.TempDir(), "--no-convert", fire, smoke)
	look := func(name string) { t.Helper(); d.legible(s.String()+" "+name, seen) }
	d.do("wait loaded", "wait idle", "save-session '"+shot+"'", "show-grid off")
	d.do(fmt.Sprintf("window-size %d %d", s.width, s.height), fmt.Sprintf("preference-ui-scale %g", s.scale), "preference-theme "+s.theme)

	d.until("changes", func(s *app.State) bool { return s.Changed })
	d.keys("ctrl+q")
	d.sees(lostChanges, "Don't save")
	look("unsaved")
	d.click(lostChanges, "Cancel")
	d.gone(lostChanges, "Cancel")

	if err := os.Rename(smoke, filepath.Join(dir, "moved")); err != nil {
		t.Fatal(err)
	}
	d.do("open-session '"+shot+"'", "wait loaded", "relink")
	d.sees(lostOnes, "Leave them out")
	look("missing")
	d.click(lostOnes, "Leave them out")
	d.gone(lostOnes, "Leave them out")

	d.do("preferences")
	for _, page := range settings.Pages() {
		if at, ok := d.text(prefs, page.String()); ok { // its tab is in sight
			d.clickAt(middle(at), leftButton)
			look("page " + page.String())
		}
	}
	d.search("worker processes")
	d.clickAt(d.control("Worker processes"), leftButton)
	d.keys("ctrl+a")
	d.types("500")
	d.keys("Return")
	d.sees(prefs, "Leave it")
	look("workers")
	d.click(prefs, "Leave it")
	d.gone(prefs, "Leave it")
	d.search("size of text")
	at := d.control(sizeOfText)
	d.drag(leftButton, at, spot{at.x + int(3*s.scale), at.y})
	d.sees(prefs, keepButton)
	look("trial")
}
