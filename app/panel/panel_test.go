package panel

import (
	"errors"
	"testing"
	"time"

	"iceexplorer/app/session"
	"iceexplorer/app/settings"
	"iceexplorer/jobs"
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
	k := settings.NewKeeper()
	if err := errors.Join(p.host.Settings.Save(k), k.Flush(time.Minute)); err != nil {
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

// 9,999 workers were taken for 256 without a word.
func TestPreferencesSayWhenFewerWorkersAreUsed(t *testing.T) {
	t.Parallel()
	set, err := settings.Load(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	s := session.New(nil, nil, session.Options{})
	p := popups{host: &Host{Settings: set, Session: s}}
	p.showPreferences(func(settings.Preferences) {})
	p.draft.Workers = 1 << 20
	p.commit()
	if set.Preferences.Workers != jobs.MaxWorkers() || p.draft.Workers != jobs.MaxWorkers() || p.bounded == "" || len(s.Messages()) != 1 {
		t.Errorf("%d workers, the field shows %d and says %q; messages %+v", set.Preferences.Workers, p.draft.Workers, p.bounded, s.Messages())
	}
	p.draft.Workers = 1
	p.commit()
	if set.Preferences.Workers != 1 || p.bounded != "" {
		t.Errorf("%d workers, still says %q", set.Preferences.Workers, p.bounded)
	}
}
