package preferences

import (
	"runtime"
	"slices"
	"testing"
	"time"

	"iceexplorer/app/folder"
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

// rig is a dialog over preferences of a first start, and the scale that it shows.
func rig(t *testing.T) (d *dialog, set *settings.Settings, s *session.Session, shown *float64) {
	t.Helper()
	set, err := settings.Load(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	s, shown = session.New(nil, nil, session.Options{}), new(float64)
	opt := Options{Apply: func(settings.Preferences) {}, Preview: func(x float64) { *shown = x }}
	d = &dialog{host: &panel.Host{Settings: set, Session: s}, opt: opt, items: settings.Items(), typed: map[string]any{}}
	d.open()
	return d, set, s, shown
}

// 9,999 workers were taken for 256 without a word.
func TestPreferencesSayWhenFewerWorkersAreUsed(t *testing.T) {
	t.Parallel()
	d, set, s, _ := rig(t)
	workers := d.item("workers")
	d.set(workers, int64(1<<20))
	if d.bounded == "" || len(s.Messages()) != 1 || d.many != jobs.MaxWorkers() || set.Preferences.Workers != 0 {
		t.Errorf("%d workers, asks about %d and says %q; messages %+v", set.Preferences.Workers, d.many, d.bounded, s.Messages())
	}
	d.set(workers, int64(d.many))
	if set.Preferences.Workers != jobs.MaxWorkers() || d.many != 0 {
		t.Errorf("%d workers, asks about %d", set.Preferences.Workers, d.many)
	}
	d.set(workers, int64(1))
	if set.Preferences.Workers != 1 || d.bounded != "" {
		t.Errorf("%d workers, still says %q", set.Preferences.Workers, d.bounded)
	}
}

func TestMoreThanTwiceAsManyWorkersAsCoresAreAskedAbout(t *testing.T) {
	t.Parallel()
	d, set, _, _ := rig(t)
	workers, twice := d.item("workers"), int64(2*runtime.NumCPU())
	d.set(workers, twice)
	if set.Preferences.Workers != int(twice) || d.many != 0 {
		t.Errorf("%d workers, asks about %d", set.Preferences.Workers, d.many)
	}
	d.set(workers, twice+1)
	if set.Preferences.Workers != int(twice) || d.many != int(twice)+1 {
		t.Errorf("%d workers, asks about %d", set.Preferences.Workers, d.many)
	}
	d.set(workers, twice+2) // another number is another question
	if set.Preferences.Workers != int(twice) || d.many != int(twice)+2 {
		t.Errorf("%d workers, asks about %d", set.Preferences.Workers, d.many)
	}
	d.set(workers, twice+2)
	if set.Preferences.Workers != int(twice)+2 || d.many != 0 {
		t.Errorf("%d workers, asks about %d", set.Preferences.Workers, d.many)
	}
}

func TestAScaleThatIsNotKeptGoesBack(t *testing.T) {
	t.Parallel()
	d, set, s, shown := rig(t)
	scale := d.item("ui-scale")
	d.set(scale, 3.0)
	if *shown != 3 || set.Preferences.ThemeScale != 1 || d.value(scale) != 3.0 {
		t.Errorf("shows %g, keeps %g", *shown, set.Preferences.ThemeScale)
	}
	d.close()
	if *shown != 1 || set.Preferences.ThemeScale != 1 || len(s.Messages()) != 1 {
		t.Errorf("closed it shows %g, keeps %g and says %+v", *shown, set.Preferences.ThemeScale, s.Messages())
	}
	d.set(scale, 2.0)
	d.keep()
	if set.Preferences.ThemeScale != 2 || d.trial.on() {
		t.Errorf("kept: %g", set.Preferences.ThemeScale)
	}
}

func TestTrialOfAScaleEndsAfterTenSeconds(t *testing.T) {
	t.Parallel()
	var tr trial
	now := time.Unix(100, 0)
	if _, ok := tr.due(now); ok || tr.over(now) {
		t.Error("there is a trial of nothing")
	}
	tr.begin(1, 2, now)
	later := now.Add(2500 * time.Millisecond)
	if due, ok := tr.due(later); !ok || due != now.Add(3*time.Second) || tr.left(later) != 8 || tr.over(later) {
		t.Errorf("due %v, %d s left", due, tr.left(later))
	}
	if !tr.over(now.Add(10 * time.Second)) {
		t.Error("it does not end")
	}
	tr.begin(1, 1, now)
	if tr.on() {
		t.Error("the kept scale is on trial")
	}
}

func TestConversionHasThreePlaces(t *testing.T) {
	t.Parallel()
	d, set, _, _ := rig(t)
	d.opt.Ask = func(_ folder.Options, done func([]string)) { t.Error("a folder that is known is asked for") }
	p := &set.Preferences
	d.convert(convertNever)
	if p.Convert {
		t.Error("it converts")
	}
	d.set(d.item("convert-to"), "/fast")
	d.convert(convertFolder)
	if !p.Convert || p.ConvertTo != "/fast" {
		t.Errorf("in one folder: %+v", p)
	}
	d.convert(convertBeside)
	if !p.Convert || p.ConvertTo != "" {
		t.Errorf("beside: %+v", p)
	}
}

func TestHalfTypedValuesCountWhenTheDialogIsClosed(t *testing.T) {
	t.Parallel()
	d, set, _, _ := rig(t)
	d.typed["rate"] = 30.0
	d.close()
	if set.Preferences.FPS != 30 || len(d.typed) != 0 {
		t.Errorf("%g fps; %v", set.Preferences.FPS, d.typed)
	}
}
