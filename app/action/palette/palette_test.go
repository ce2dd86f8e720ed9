package palette

import (
	"slices"
	"strings"
	"testing"

	"iceexplorer/app/action"
)

func does(id string, params ...action.Param) action.Action {
	return action.Action{ID: id, Label: strings.ToUpper(id[:1]) + id[1:], Params: params, Do: func(action.Args) error { return nil }}
}

func newPalette(t *testing.T) *Palette {
	t.Helper()
	reg := action.NewRegistry()
	off := does("off")
	off.Enabled = func() bool { return false }
	err := reg.Add(
		does("stop"), off,
		does("goto", action.Param{Name: "frame", Kind: action.Frame}),
		does("colour", action.Param{Name: "name", Suggest: func() []string { return []string{"Age", "Size", "PointVelocity.mag"} }}),
		does("clip", action.Param{Name: "axis", Kind: action.Choice, Choices: []string{"x", "y"}}, action.Param{Name: "low", Kind: action.Number}, action.Param{Name: "high", Kind: action.Number, Optional: true}),
		does("filter", action.Param{Name: "expression", Kind: action.Expression, Suggest: func() []string { return []string{"Age > 1 and ID == 3", "Age"} }}),
		does("picture", action.Param{Name: "file", Kind: action.Path, Optional: true}),
	)
	if err != nil {
		t.Fatal(err)
	}
	return New(reg)
}

func TestThePaletteAsksForEveryValue(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		typed []string // each followed by Enter
		want  string
	}{
		{[]string{"stop"}, "stop"},
		{[]string{"picture"}, "picture"},
		{[]string{"goto", "12"}, "goto frame=12"},
		{[]string{"goto 7"}, "goto 7"},
		{[]string{"goto frame=7"}, "goto frame=7"},
		{[]string{"goto seven"}, ""},
		{[]string{`picture "a b.png"`}, "picture a b.png"},
		{[]string{"off 1"}, ""},
		{[]string{"goto", "twelve"}, ""},
		{[]string{"goto", "twelve", "12"}, "goto frame=12"},
		{[]string{"goto", ""}, ""},
		{[]string{"colour", "velo"}, "colour name=PointVelocity.mag"},
		{[]string{"colour", "Age"}, "colour name=Age"},
		{[]string{"colour", "Heat"}, "colour name=Heat"},
		{[]string{"clip", "y", "1.5", ""}, "clip axis=y low=1.5"},
		{[]string{"clip", "y", "1.5", "2"}, "clip axis=y low=1.5 high=2"},
		{[]string{"clip", "z"}, ""},
		{[]string{`filter Name == "ash" && Age > 1`}, `filter expression=Name == "ash" && Age > 1`},
		{[]string{"filter", `Name == "ash"`}, `filter expression=Name == "ash"`},
		{[]string{"filter", "Age > 1"}, "filter expression=Age > 1"},
		{[]string{"filter", "Ag"}, "filter expression=Age > 1 and ID == 3"},
		{[]string{"off"}, ""},
		{[]string{"no such thing"}, ""},
	} {
		p := newPalette(t)
		got := ""
		for _, text := range c.typed {
			p.SetQuery(text)
			if a, words := p.Enter(); a != nil {
				got = strings.Join(append([]string{a.ID}, words...), " ")
				if _, err := a.Parse(words); err != nil {
					t.Errorf("%q: %v", c.typed, err)
				}
			}
		}
		if got != c.want {
			t.Errorf("%q: %q, want %q", c.typed, got, c.want)
		}
	}
}

func TestAWrongValueIsToldAndKept(t *testing.T) {
	t.Parallel()
	p := newPalette(t)
	p.SetQuery("goto")
	p.Enter()
	p.SetQuery("x")
	p.Enter()
	if !strings.Contains(p.Wrong(), "the number of a frame") || p.Query() != "x" || p.Title() != "Goto" {
		t.Errorf("%q, query %q, title %q", p.Wrong(), p.Query(), p.Title())
	}
	p.SetQuery("1")
	if p.Wrong() != "" {
		t.Error("told of a value that is no longer there")
	}
}

func TestBackTakesValuesAndTheActionBack(t *testing.T) {
	t.Parallel()
	p := newPalette(t)
	if p.Back() {
		t.Error("nothing to take back")
	}
	for _, text := range []string{"clip", "x"} {
		p.SetQuery(text)
		p.Enter()
	}
	if p.Title() != "Clip  axis=x" || !p.Back() || p.Title() != "Clip" || !p.Back() || p.Title() != "" || p.Back() {
		t.Errorf("at %q", p.Title())
	}
}

func TestRowsCanBeMovedThroughAndChosen(t *testing.T) {
	t.Parallel()
	p := newPalette(t)
	p.SetQuery("colour")
	p.Enter()
	var labels []string
	for _, r := range p.Rows() {
		labels = append(labels, r.Label)
	}
	if !slices.Equal(labels, []string{"Age", "Size", "PointVelocity.mag"}) {
		t.Fatalf("%q", labels)
	}
	p.Move(-1)
	p.Move(5)
	if p.Pick() != 2 {
		t.Errorf("at row %d", p.Pick())
	}
	p.Move(-1)
	if a, words := p.Choose(p.Rows()[p.Pick()]); a == nil || !slices.Equal(words, []string{"name=Size"}) {
		t.Errorf("%v %q", a, words)
	}
	p.SetQuery("zzz")
	if p.Pick() != -1 {
		t.Errorf("row %d of none is picked", p.Pick())
	}
}

// "Close all" is an action, not the sequence "all" that is closed.
func TestTheNameOfAnActionComesBeforeAnotherWithValues(t *testing.T) {
	t.Parallel()
	reg := action.NewRegistry()
	all := does("close-all")
	all.Label = "Close all"
	if err := reg.Add(does("close", action.Param{Name: "sequence", Optional: true}), all); err != nil {
		t.Fatal(err)
	}
	for query, want := range map[string]string{"close all": "close-all", "close a": "close-all", "close wind": "close wind"} {
		p := New(reg)
		p.SetQuery(query)
		a, words := p.Enter()
		if a == nil || strings.Join(append([]string{a.ID}, words...), " ") != want {
			t.Errorf("%q: %v %q, want %s", query, a, words, want)
		}
	}
}

// An action that was chosen elsewhere is asked for what it needs alone.
func TestThePaletteAsksBrieflyForAnActionThatIsGiven(t *testing.T) {
	t.Parallel()
	p := newPalette(t)
	p.Ask(p.actions.Find("clip"))
	if p.Title() != "Clip" {
		t.Errorf("asks for %q", p.Title())
	}
	for i, text := range []string{"y", "1.5"} {
		p.SetQuery(text)
		run, words := p.Enter()
		if done := i == 1; (run != nil) != done || done && strings.Join(words, " ") != "axis=y low=1.5" {
			t.Errorf("after %q: %v %q", text, run, words)
		}
	}
}
