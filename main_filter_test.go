package main

import (
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
	dir, of := drifting(t, 1)
	d := opened(t, t.TempDir(), "--no-convert", dir)
	d.do("wait loaded", "panel-spreadsheet on", "columns ID", "wait idle")
	d.click("Spreadsheet", "Filter, such as")
	d.types("aeg>1")
	d.sees("Spreadsheet", "no such attribute")
	d.keys("Return")
	d.frames(4) // ImGui takes the keyboard from the field, and gives it back; the cursor is behind aeg then
	d.types("\b\bge")
	d.sees("Spreadsheet", "age>1")
	d.keys("Return")
	old := of[0].count(func(i int) bool { return of[0].age[i] > 1 })
	d.until("the rows that pass the mended filter", func(s *app.State) bool { return s.Sheet.Filter == "age>1" && s.Sheet.Rows == old })

	d.click("DockSpace", "Attributes")
	onto := d.within("Spreadsheet", 0.3, 0.7)
	from := d.on("Attributes", "PointPosition")
	d.drag(leftButton, from, spot{from.x + 30, from.y + 30}, onto, spot{onto.x - 20, onto.y + 20})
	s := d.until("the column that was dragged", func(s *app.State) bool { return len(s.Sheet.Columns) > 1 })
	if !slices.Equal(s.Sheet.Columns, []string{"ID", "PointPosition"}) || s.ColorBy != "Color" {
		t.Errorf("columns %q after a drag, coloured by %s", s.Sheet.Columns, s.ColorBy)
	}
}
