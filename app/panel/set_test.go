package panel

import (
	"errors"
	"reflect"
	"testing"
	"time"

	"iceexplorer/app/action"
	"iceexplorer/app/settings"
	"iceexplorer/app/window"
)

// four are panels like the window's.
func four(s *settings.Settings, more ...Panel) *Set {
	return NewSet(s, append([]Panel{
		{Name: "Tools", Side: TopBar},
		{Name: "Scene", Side: Center, Least: [2]float32{240, 160}, Fixed: true},
		{Name: "Browser", Side: Left, Share: 0.21, Least: [2]float32{220, 0}},
		{Name: "Timeline", Side: Bottom, Share: 0.15, Least: [2]float32{0, 140}},
		{Name: "About", Side: Dialog},
	}, more...)...)
}

// A panel that was closed came back with the next start.
func TestClosedPanelsStayClosedAfterARestart(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	open := func() *Set {
		s, err := settings.Load(dir)
		if err != nil {
			t.Fatal(err)
		}
		return four(s)
	}
	p := open()
	r := action.NewRegistry()
	if err := r.Add(p.Actions()...); err != nil {
		t.Fatal(err)
	}
	for _, words := range [][]string{{"panel-browser"}, {"panel-timeline", "off"}, {"panel-timeline"}} { // and back
		if err := r.Run(words[0], words[1:]...); err != nil {
			t.Fatal(err)
		}
	}
	p.settings.SetShown("Scene", false)
	k := settings.NewKeeper()
	if err := errors.Join(p.settings.Save(k), k.Flush(time.Minute)); err != nil {
		t.Fatal(err)
	}
	p = open()
	for name, want := range map[string]bool{"Browser": false, "Timeline": true, "Scene": true} {
		if p.Shown(name) != want {
			t.Errorf("%s is shown: %v", name, !want)
		}
	}
	p.Reset()
	if !p.Shown("Browser") {
		t.Error("not shown by Reset layout")
	}
}

// A panel needs nothing but its line in the list: a place in the layout, an entry in the
// menu and an action come from that.
func TestAPanelIsOneLineOfTheList(t *testing.T) {
	t.Parallel()
	toy := Panel{Name: "Toy box", Side: Right, Icon: "*", Share: 0.25, Least: [2]float32{200, 0}}
	second := Panel{Name: "Second toy", Side: Right, Share: 0.1, Least: [2]float32{300, 0}}
	set := four(settings.Default(t.TempDir()), toy, second)

	want := window.Layout{
		Center: []string{"Scene"}, Least: [2]float32{240, 160},
		Splits: []window.Split{
			{Side: window.Bottom, Ratio: 0.15, Least: 140, Windows: []string{"Timeline"}},
			{Side: window.Left, Ratio: 0.21, Least: 220, Windows: []string{"Browser"}},
			{Side: window.Right, Ratio: 0.25, Least: 300, Windows: []string{"Toy box", "Second toy"}},
		},
	}
	if got := set.Docking(); !reflect.DeepEqual(got, want) {
		t.Errorf("layout %+v", got)
	}

	r := action.NewRegistry()
	if err := r.Add(set.Actions()...); err != nil {
		t.Fatal(err)
	}
	var entries []string
	for _, item := range r.Menus()[0].Items[0].Sub.Items {
		entries = append(entries, item.Action.Label)
	}
	if want := []string{"Browser", "Timeline", "Toy box", "Second toy"}; !reflect.DeepEqual(entries, want) {
		t.Errorf("menu %q", entries)
	}
	a := r.Find("panel-toy-box")
	if a == nil || !a.On() || a.Icon != "*" {
		t.Fatalf("action %+v", a)
	}
	if err := a.Do(action.Args{}); err != nil || a.On() || set.Shown("Toy box") {
		t.Errorf("hidden by its action: %v, %v", err, set.Shown("Toy box"))
	}
}

func TestArrangementsShowTheirPanelsAndNoOthers(t *testing.T) {
	t.Parallel()
	s, err := settings.Load(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	set := four(s, Panel{Name: "Jobs", Side: Bottom, Hidden: true}, Panel{Name: "Log", Side: Bottom, Hidden: true})
	set.Open("Log")
	set.Arrange([]string{"Timeline", "Jobs"})
	for name, want := range map[string]bool{"Scene": true, "Browser": false, "Timeline": true, "Jobs": true, "Log": false} {
		if set.Shown(name) != want {
			t.Errorf("%s is shown: %v", name, !want)
		}
	}
}
