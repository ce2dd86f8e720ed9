package preferences

import (
	"slices"
	"testing"

	"iceexplorer/app/panel"
	"iceexplorer/app/session"
	"iceexplorer/app/settings"
	"iceexplorer/app/stage"
	"iceexplorer/jobs"
)

func TestNavigationPresetsThatAreKeptAreThoseThatThereAre(t *testing.T) {
	t.Parallel()
	if !slices.Equal(settings.Navigations, stage.Navigations()) {
		t.Errorf("%q are kept, %q are there", settings.Navigations, stage.Navigations())
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
	d := dialog{host: &panel.Host{Settings: set, Session: s}, apply: func(settings.Preferences) {}}
	d.open()
	d.draft.Workers = 1 << 20
	d.commit()
	if set.Preferences.Workers != jobs.MaxWorkers() || d.draft.Workers != jobs.MaxWorkers() || d.bounded == "" || len(s.Messages()) != 1 {
		t.Errorf("%d workers, the field shows %d and says %q; messages %+v", set.Preferences.Workers, d.draft.Workers, d.bounded, s.Messages())
	}
	d.draft.Workers = 1
	d.commit()
	if set.Preferences.Workers != 1 || d.bounded != "" {
		t.Errorf("%d workers, still says %q", set.Preferences.Workers, d.bounded)
	}
}
