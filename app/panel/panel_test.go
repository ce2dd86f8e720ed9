package panel

import (
	"testing"

	"iceexplorer/app/settings"
)

// A panel that was closed came back with the next start.
func TestClosedPanelsStayClosedAfterARestart(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	open := func() *Panels {
		s, err := settings.Load(dir)
		if err != nil {
			t.Fatal(err)
		}
		return New(Host{Settings: s})
	}
	p := open()
	p.Toggle(nameBrowser)
	p.Toggle(nameDisplay)
	p.Toggle(nameDisplay) // and back
	p.host.Settings.SetClosed(nameScene, true)
	if err := p.host.Settings.Save(); err != nil {
		t.Fatal(err)
	}
	p = open()
	for name, want := range map[string]bool{nameBrowser: false, nameDisplay: true, nameTimeline: true, nameScene: true} {
		if p.Shown(name) != want {
			t.Errorf("%s is shown: %v", name, !want)
		}
	}
	p.ShowAll()
	if !p.Shown(nameBrowser) {
		t.Error("not shown by Reset layout")
	}
}
