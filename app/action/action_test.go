package action

import (
	"errors"
	"slices"
	"strings"
	"testing"
)

func nothing(Args) error { return nil }

func registry(t *testing.T, actions ...Action) *Registry {
	t.Helper()
	r := NewRegistry()
	for i := range actions {
		if actions[i].Do == nil {
			actions[i].Do = nothing
		}
		if actions[i].Label == "" {
			actions[i].Label = actions[i].ID
		}
	}
	if err := r.Add(actions...); err != nil {
		t.Fatal(err)
	}
	return r
}

func TestShortcutsParseAndFormat(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"Ctrl+Shift+O": "Ctrl+Shift+O", "shift+ctrl+o": "Ctrl+Shift+O", "Space": "Space", "HOME": "Home",
		"F1": "F1", "f12": "F12", "Ctrl+-": "Ctrl+-", "Alt+F": "Alt+F", "[": "[", "7": "7", "Ctrl+Alt+Shift+PageDown": "Ctrl+Shift+Alt+PageDown",
	} {
		s, err := ParseShortcut(text)
		if err != nil || s.String() != want {
			t.Errorf("%q: %v, %v; want %s", text, s, err, want)
		}
	}
	for _, text := range []string{"", "Ctrl", "Ctrl+", "+", "Ctrl+Ctrl+A", "Hyper+A", "A+Ctrl", "AB", "F13", "Ctrl+O "} {
		if s, err := ParseShortcut(text); err == nil {
			t.Errorf("%q parsed as %v", text, s)
		}
	}
}

func TestEveryKeyHasANameOfItsOwn(t *testing.T) {
	t.Parallel()
	for _, k := range Keys() {
		s, err := ParseShortcut("Ctrl+" + k.String())
		if err != nil || s != (Shortcut{Ctrl, k}) {
			t.Errorf("key %d %q: %v, %v", k, k, s, err)
		}
	}
	if KeyNone.String() != "" || Key(250).String() != "" {
		t.Error("no key has a name")
	}
}

func TestFaultyActionsAreNamedAndLeftOut(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		a    Action
		want string
	}{
		{Action{ID: "open", Label: "X", Do: nothing}, `name "open" is used twice`},
		{Action{ID: "x", Aliases: []string{"open"}, Label: "X", Do: nothing}, `name "open" is used twice`},
		{Action{ID: "x", Aliases: []string{"x"}, Label: "X", Do: nothing}, `name "x" is used twice`},
		{Action{ID: "load", Label: "X", Do: nothing}, `name "load" is used twice`},
		{Action{ID: "", Label: "X", Do: nothing}, "bad name"},
		{Action{ID: "Big", Label: "X", Do: nothing}, "bad name"},
		{Action{ID: "a b", Label: "X", Do: nothing}, "bad name"},
		{Action{ID: "-x", Label: "X", Do: nothing}, "bad name"},
		{Action{ID: "x", Do: nothing}, "no label"},
		{Action{ID: "x", Label: "X"}, "does nothing"},
		{Action{ID: "x", Label: "X", Do: nothing, Keys: []string{"Ctrl+O"}}, `used by "open"`},
		{Action{ID: "x", Label: "X", Do: nothing, Keys: []string{"ctrl+o"}}, `used by "open"`},
		{Action{ID: "x", Label: "X", Do: nothing, Keys: []string{"F2", "F2"}}, "used twice"},
		{Action{ID: "x", Label: "X", Do: nothing, Keys: []string{"Strg+O"}}, "no known key"},
	} {
		r := registry(t, Action{ID: "open", Aliases: []string{"load"}, Keys: []string{"Ctrl+O"}})
		err := r.Add(c.a)
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%+v: %v, want %q", c.a, err, c.want)
		}
		if len(r.All()) != 1 || r.Find("x") != nil || r.ByShortcut(Shortcut{0, KeyF2}) != nil {
			t.Errorf("%+v was added in part", c.a)
		}
	}
}

func TestActionsAreFoundByNameAndKey(t *testing.T) {
	t.Parallel()
	r := registry(t, Action{ID: "frame-all", Aliases: []string{"fit"}, Keys: []string{"A", "Ctrl+Home"}})
	a := r.Find("frame-all")
	if a == nil || r.Find("fit") != a || r.ByShortcut(Shortcut{0, KeyA}) != a || r.ByShortcut(Shortcut{Ctrl, KeyHome}) != a {
		t.Error("not found")
	}
	if r.Find("") != nil || r.ByShortcut(Shortcut{Ctrl, KeyA}) != nil {
		t.Error("found what is not there")
	}
	if a.Key() != "A" {
		t.Errorf("shows %q", a.Key())
	}
}

func TestRunRefusesUnknownUnavailableAndStrayArguments(t *testing.T) {
	t.Parallel()
	var got []string
	on := false
	fail := errors.New("disk is full")
	r := registry(t,
		Action{ID: "open", Label: "Open...", Params: []Param{{Name: "path", Kind: Path, Many: true}}, Enabled: func() bool { return on }, Do: func(args Args) error { got = args.Texts("path"); return nil }},
		Action{ID: "stop"},
		Action{ID: "fail", Do: func(Args) error { return fail }},
	)
	if err := r.Run("open", "a"); !errors.Is(err, ErrUnavailable) || got != nil || !strings.HasPrefix(err.Error(), "Open:") {
		t.Errorf("%v, ran with %q", err, got)
	}
	on = true
	if err := r.Run("open", "a", "b c"); err != nil || !slices.Equal(got, []string{"a", "b c"}) {
		t.Errorf("%v, ran with %q", err, got)
	}
	if err := r.Run("stop", "now"); err == nil {
		t.Error("an argument was swallowed")
	}
	if err := r.Run("nope"); !errors.Is(err, ErrUnknown) {
		t.Error(err)
	}
	if err := r.Run("fail"); !errors.Is(err, fail) || err.Error() != fail.Error() {
		t.Error(err)
	}
}

func TestErrorsAndSuccessNameTheirAction(t *testing.T) {
	t.Parallel()
	broken, on := true, true
	r := registry(t, Action{
		ID: "save", Aliases: []string{"keep"}, Enabled: func() bool { return on },
		Do: func(Args) error {
			if broken {
				return errors.New("disk is full")
			}
			return nil
		},
	})
	var done []string
	r.Succeeded = func(id string) { done = append(done, id) }
	named := func(err error) bool {
		var e *Error
		return errors.As(err, &e) && e.ID == "save"
	}
	if err := r.Run("keep", "stray"); !named(err) {
		t.Errorf("bad arguments: %v", err)
	}
	if err := r.Find("save").Do(Args{}); !named(err) {
		t.Errorf("failed: %v", err)
	}
	on = false
	if err := r.Run("save"); !named(err) {
		t.Errorf("unavailable: %v", err)
	}
	if len(done) > 0 {
		t.Errorf("%q succeeded", done)
	}
	on, broken = true, false
	if err := r.Run("keep"); err != nil || !slices.Equal(done, []string{"save"}) {
		t.Errorf("%v; %q succeeded", err, done)
	}
}

func TestMenusFollowTheOrderWithSeparatorsBetweenGroups(t *testing.T) {
	t.Parallel()
	r := registry(t,
		Action{ID: "undo", Menu: "Edit"},
		Action{ID: "open", Menu: "File", Group: "open"},
		Action{ID: "recent", Menu: "File/Recent", Group: "open"},
		Action{ID: "hidden"},
		Action{ID: "quit", Menu: "File", Group: "quit"},
		Action{ID: "clear", Menu: "File/Recent", Group: "clear"},
		Action{ID: "about", Menu: "Help"},
	)
	var dump func(m *Menu) string
	dump = func(m *Menu) string {
		s := m.Label + "("
		for _, it := range m.Items {
			switch {
			case it.Separator():
				s += "| "
			case it.Sub != nil:
				s += dump(it.Sub) + " "
			default:
				s += it.Action.ID + " "
			}
		}
		return strings.TrimSpace(s) + ")"
	}
	var got []string
	for _, m := range r.Menus("File", "Edit", "View") {
		got = append(got, dump(m))
	}
	want := []string{"File(open Recent(recent | clear) | quit)", "Edit(undo)", "Help(about)"}
	if !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
	if r := NewRegistry(); len(r.Menus("File")) != 0 {
		t.Error("an empty registry has menus")
	}
}

func TestSearchRanksLabelsFirst(t *testing.T) {
	t.Parallel()
	r := registry(t,
		Action{ID: "b", Label: "Go to frame", Help: "Opens a field"},
		Action{ID: "a", Label: "Open folder..."},
		Action{ID: "c", Label: "Quick open"},
	)
	ids := func(q string) (s string) {
		for _, a := range r.Search(q) {
			s += a.ID
		}
		return s
	}
	for q, want := range map[string]string{"open": "acb", "": "bac", "frame go": "b", "zzz": "", " OPEN fol": "a"} {
		if got := ids(q); got != want {
			t.Errorf("%q: %s, want %s", q, got, want)
		}
	}
}

// "select rect" found the tool whose help tells of a rectangle.
func TestAllWordsInTheLabelComeBeforeWordsInTheHelp(t *testing.T) {
	t.Parallel()
	r := registry(t,
		Action{ID: "tool-select", Label: "Select", Help: "Click a point or drag a rectangle"},
		Action{ID: "select-rect", Label: "Select in rectangle"},
	)
	if found := r.Search("select rect"); len(found) != 2 || found[0].ID != "select-rect" {
		t.Errorf("found %v", found)
	}
}

func TestTooltipNamesTheShortcut(t *testing.T) {
	t.Parallel()
	r := registry(t, Action{ID: "open", Label: "Open folder...", Help: "Opens all caches of a folder", Keys: []string{"Ctrl+Shift+O"}}, Action{ID: "x", Label: "Plain"})
	if got := r.Find("open").Tooltip(); got != "Open folder (Ctrl+Shift+O)\nOpens all caches of a folder" {
		t.Errorf("%q", got)
	}
	if got := r.Find("x").Tooltip(); got != "Plain" {
		t.Errorf("%q", got)
	}
}

func TestSwitchesAndAvailability(t *testing.T) {
	t.Parallel()
	var on bool
	a := Action{Checked: func() bool { return on }}
	b := Action{Enabled: func() bool { return on }}
	if a.On() || !a.Available() || b.Available() || b.On() {
		t.Error("wrong when off")
	}
	on = true
	if !a.On() || !b.Available() || b.On() {
		t.Error("wrong when on")
	}
}

func TestActionsAreFoundByFurtherWords(t *testing.T) {
	t.Parallel()
	r := NewRegistry()
	do := func(Args) error { return nil }
	if err := r.Add(Action{ID: "save", Label: "Save sequence...", Also: "film movie", Do: do}, Action{ID: "open", Label: "Open the movie list", Do: do}); err != nil {
		t.Fatal(err)
	}
	var ids []string
	for _, a := range r.Search("Movie") {
		ids = append(ids, a.ID)
	}
	if !slices.Equal(ids, []string{"open", "save"}) || len(r.Search("movie film save")) != 1 || len(r.Search("movies")) != 0 {
		t.Errorf("found %v", ids)
	}
}
