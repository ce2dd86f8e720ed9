package spread

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"iceexplorer/app/inspect/sheet"
)

func TestColumnsAreChosen(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	all := []string{"ID", "PointPosition", "Age"}
	for _, c := range []struct {
		do   func() error
		want []string
		err  string
	}{
		{func() error { return nil }, all, ""},
		{func() error { return r.AddColumn("Age * 2") }, append(slices.Clone(all), "Age * 2"), ""},
		{func() error { return r.AddColumn("Aeg") }, append(slices.Clone(all), "Age * 2"), "did you mean Age?"},
		{func() error { return r.MoveColumn("Age * 2", 0) }, []string{"Age * 2", "ID", "PointPosition", "Age"}, ""},
		{func() error { return r.MoveColumn("ID", 99) }, []string{"Age * 2", "PointPosition", "Age", "ID"}, ""},
		{func() error { return r.RemoveColumn("PointPosition") }, []string{"Age * 2", "Age", "ID"}, ""},
		{func() error { return r.RemoveColumn("Heat") }, []string{"Age * 2", "Age", "ID"}, "there is no column Heat"},
		{func() error { return r.ListColumns("ID, P.x") }, []string{"ID", "P.x"}, ""},
		{func() error { return r.ListColumns("ID,") }, []string{"ID", "P.x"}, "missing"},
		{func() error { return r.ListColumns("ID, Cold") }, []string{"ID", "P.x"}, "column 1: Cold: no such attribute"},
		{func() error { return r.ListColumns("ID, P.x, ID") }, []string{"ID", "P.x"}, ""},
		{func() error { return r.SetColumns([]string{"Cold"}) }, all, ""},              // no frame has it
		{func() error { return r.SetColumns([]string{"Heat"}) }, []string{"Heat"}, ""}, // another frame has it
		{func() error { return r.SetColumns(nil) }, all, ""},
	} {
		err := c.do()
		r.rest()
		if !slices.Equal(r.Columns(), c.want) || (err == nil) != (c.err == "") || err != nil && !strings.Contains(err.Error(), c.err) {
			t.Errorf("%v, want %v: %v", r.Columns(), c.want, err)
		}
	}
}

// All other columns went, for good, where one was added as the spreadsheet opened.
func TestAColumnIsAddedBesideTheOthersBeforeThereAreRows(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	r.Spread = New(r.s, r.keep, func(f func()) { r.posted <- f }, func() {})
	r.must(r.Filter("Age > 0"))
	r.Follow(true)
	if r.View() != nil {
		t.Fatal("there are rows already")
	}
	r.must(r.AddColumn("P.mag"))
	r.must(r.MoveColumn("P.mag", 1))
	r.rest()
	if want := []string{"ID", "P.mag", "PointPosition", "Age"}; !slices.Equal(r.Columns(), want) {
		t.Errorf("%v, want %v", r.Columns(), want)
	}
}

func TestPartsCanBeSortedBy(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	r.must(r.ListColumns("ID, P, P * 2, Age"))
	r.rest()
	var got []string
	for _, c := range r.Sheet().Columns() {
		for k := range c.Bound.Titles() {
			got = append(got, PartText(&c, k))
		}
	}
	if want := "ID P.x P.y P.z (P * 2).x (P * 2).y (P * 2).z Age"; strings.Join(got, " ") != want {
		t.Error(got)
	}
	for _, by := range got {
		if err := r.Check(by, false); err != nil {
			t.Errorf("%s: %v", by, err)
		}
	}
}

func TestTheSceneDrawsOnlyTheRowsWhereAsked(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	l := r.s.Active()
	drawn := func() string {
		sh := r.s.Shown(l)
		d := r.Drawn(l, sh)
		for d.Waiting {
			(<-r.posted)()
			d = r.Drawn(l, sh)
		}
		var out []string
		for i := range 5 {
			if d.Some && d.Words[0]>>i&1 != 0 {
				out = append(out, fmt.Sprint(i))
			}
		}
		if d.Some && d.Count != len(out) {
			t.Errorf("%d are counted, %v drawn", d.Count, out)
		}
		return fmt.Sprint(d.Some, out)
	}
	r.must(r.Filter("Age > 2"))
	r.rest()
	if got := drawn(); got != "false []" {
		t.Error("not asked for:", got)
	}
	r.SetOnly(true)
	if r.rest(); drawn() != "true [2 3]" {
		t.Error("frame 1:", drawn())
	}
	r.s.Seek(2)
	if got := drawn(); got != "true [1 2]" { // before the loop has turned
		t.Error("frame 2:", got)
	}
	r.Follow(false)
	if got := drawn(); got != "true [1 2]" || r.View() != nil {
		t.Error("the panel is closed:", got)
	}
	r.SetScope(sheet.All)
	if r.rest(); drawn() != "false []" {
		t.Error("all points:", drawn())
	}
	r.must(r.Select(Pick{From: 4, To: 4}))
	r.SetScope(sheet.Selected)
	if r.rest(); drawn() != "true []" {
		t.Error("none of the selected passes the filter:", drawn())
	}
	r.s.Seek(3)
	r.rest()
	r.must(r.Filter("Heat > 1"))
	r.s.Seek(1)
	r.rest()
	if d := r.Drawn(l, r.s.Shown(l)); !d.Some || d.Words != nil || d.Why == "" {
		t.Errorf("a frame without the attribute: %+v", d)
	}
}
