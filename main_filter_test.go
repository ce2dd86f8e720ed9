package main

import (
	"encoding/json"
	"os/exec"
	"slices"
	"strings"
	"testing"

	"iceexplorer/app"
)

// Quotes were taken out of expressions, and those of several words were too many values.
func TestScriptsTakeExpressionsAsTheyAreWritten(t *testing.T) {
	needDisplay(t)
	dir, of := drifting(t, 1)
	states, err := play(t, strings.Join([]string{
		"wait loaded", `filter Age > 1 && "x  y" == 'x  y'  # of two blanks`, "sort Age / Mass down", "color-by Age / Mass", "profile v.mag", "vectors v", "print state",
		"show-values Age * 2", "histogram Age * 2", "probe-columns Age, v.mag * 2", "columns ID, Age / Mass", "column-move Age / Mass 1", "print state", "quit",
	}, "\n"), dir)
	if err != nil || len(states) != 2 {
		t.Fatalf("%v; %d states", err, len(states))
	}
	old := of[0].count(func(i int) bool { return of[0].age[i] > 1 })
	if s := states[0].Sheet; s.Rows != old || s.Filter != `Age > 1 && "x  y" == 'x  y'` || s.Sort != "Age / Mass" || !s.Descending || states[0].ColorBy != "Age / Mass" {
		t.Errorf("%+v, coloured by %s; want %d rows", s, states[0].ColorBy, old)
	}
	if s := states[1].Sheet; !slices.Equal(s.Columns, []string{"Age / Mass", "ID"}) {
		t.Errorf("columns %q", s.Columns)
	}
}

// What was typed after a wrong filter went to the shortcuts; attributes could not be dragged.
func TestTheSpreadsheetTakesKeysAndDrags(t *testing.T) {
	needDisplay(t)
	if _, err := exec.LookPath("xdotool"); err != nil {
		t.Skip("no xdotool: make deps installs it")
	}
	dir, of := drifting(t, 1)
	_, out := startWindow(t, strings.Join([]string{
		"wait loaded", "panel-spreadsheet on", "columns ID", "wait idle", "wait 1s", "print state",
		"wait 9s", "wait idle", "print state", "wait 7s", "wait idle", "print state", "quit",
	}, "\n"), "--no-convert", dir)
	next := func() (s app.State) {
		if !out.Scan() {
			t.Fatal("the window is gone")
		}
		if err := json.Unmarshal(out.Bytes(), &s); err != nil {
			t.Fatal(err)
		}
		return s
	}
	input := func(words string) {
		if b, err := exec.Command("xdotool", strings.Fields(words)...).CombinedOutput(); err != nil {
			t.Fatalf("%v: %s", err, b)
		}
	}
	next()
	input("mousemove 300 503 sleep 0.3 click 1 sleep 0.5 type --delay 80 aeg>1")
	input("sleep 0.5 key Return sleep 0.7") // the cursor is behind aeg now
	input("key BackSpace sleep 0.1 key BackSpace sleep 0.1 type --delay 80 ge")
	input("sleep 0.3 key Return")
	old := of[0].count(func(i int) bool { return of[0].age[i] > 1 })
	if s := next().Sheet; s.Filter != "age>1" || s.Rows != old {
		t.Errorf("mended to %q with %d rows, want %d", s.Filter, s.Rows, old)
	}
	input("mousemove 137 71 sleep 0.3 click 1 sleep 1 mousemove 60 168 sleep 0.3 mousedown 1 sleep 0.2 mousemove 90 200 sleep 0.2 mousemove 200 500 sleep 0.2 mousemove 150 600 sleep 0.4 mouseup 1")
	if s := next(); !slices.Equal(s.Sheet.Columns, []string{"ID", "PointPosition"}) || s.ColorBy != "Color" {
		t.Errorf("columns %q after a drag, coloured by %s", s.Sheet.Columns, s.ColorBy)
	}
}
