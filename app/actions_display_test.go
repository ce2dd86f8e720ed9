package app

import (
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	"iceexplorer/app/action"
	"iceexplorer/app/look"
	"iceexplorer/app/session"
	"iceexplorer/app/settings"
	"iceexplorer/app/stage"
	"iceexplorer/cache"
	"iceexplorer/jobs"
)

// windPool answers a load at once with a frame of one point, which has Wind.
type windPool struct{ t *testing.T }

func (p windPool) Submit(r jobs.Request) jobs.ID {
	b := cache.NewBuilder(cache.Header{Version: 103, Points: 1})
	b.Float32s("PointPosition", cache.TypeVector3, []float32{1, 2, 3})
	b.Float32s("Wind", cache.TypeVector3, []float32{0, 0, 4})
	f, err := b.Frame()
	if err != nil {
		p.t.Fatal(err)
	}
	r.Done(jobs.Result{ID: 1, Request: r, Frame: f, Mapped: true})
	return 1
}
func (windPool) Cancel(jobs.ID)                       {}
func (windPool) CancelLayer(int)                      {}
func (windPool) Reprioritise(func(*jobs.Request) int) {}
func (windPool) Forgive(string)                       {}
func (windPool) Retry()                               {}
func (windPool) Stats() jobs.Stats                    { return jobs.Stats{} }

// windy is a program without a window, in which a frame with Wind is shown.
func windy(t *testing.T) *App {
	t.Helper()
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "a_1.icecache"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	var later []func()
	set, err := settings.Load(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	a := &App{look: look.NewDesk(), settings: set, keeper: settings.NewKeeper(), actions: action.NewRegistry()}
	t.Cleanup(func() {
		if err := a.keeper.Flush(10 * time.Second); err != nil {
			t.Error(err)
		}
	})
	a.session = session.New(windPool{t}, func(f func()) { later = append(later, f) }, session.Options{Budget: 1 << 30, Patience: time.Minute})
	found, err := cache.Discover(dir)
	if err != nil {
		t.Fatal(err)
	}
	a.session.Add(found.Sequences)
	for _, f := range later {
		f()
	}
	a.stage = stage.New(stage.Options{Session: a.session, Look: a.look, Wake: func() {}, Now: time.Now})
	a.makePanels()
	if err := a.actions.Add(a.list()...); err != nil {
		t.Fatal(err)
	}
	return a
}

// Every part of how things are drawn can be changed by an action: none is forgotten when
// one is added.
func TestAnActionChangesEachPartOfTheLook(t *testing.T) {
	t.Parallel()
	a := windy(t)
	changed := map[string]bool{}
	for _, words := range []string{
		"color-by constant", "color-by Wind.z", "colormap magma", "color-range all", "color-range fixed 3 -2", "color-range percent 2 98", "color-reversed on", "color-own-scales on", "color-outside on",
		"below-color 010203", "above-color 010203", "no-number-color 010203", "color-by Wind.z*2", "show-values Wind", "constant-color 102030",
		"opacity 0.5", "point-scale 2", "point-diameter 4.5", "default-diameter 6", "show-shapes on", "density on", "exposure 0.5",
		"vectors Wind", "vector-length 2", "show-strands off", "show-trails 9", "line-width 3",
		"clip-box -1 -1 -1 1 1 1", "clip-slab z 0 0.5", "shape-limit 10", "point-limit 20",
		"show-grid off", "show-axes off", "show-bounds on", "show-legend off", "show-help off", "depth-cue 1",
		"background-top 010203", "background-bottom 040506",
	} {
		before := a.look.Now()
		if err := a.actions.Run(strings.Fields(words)[0], strings.Fields(words)[1:]...); err != nil {
			t.Errorf("%s: %v", words, err)
			continue
		}
		was, is := reflect.ValueOf(before), reflect.ValueOf(a.look.Now())
		if before == a.look.Now() {
			t.Errorf("%s changes nothing", words)
		}
		for i := range is.NumField() {
			if !was.Field(i).Equal(is.Field(i)) {
				changed[is.Type().Field(i).Name] = true
			}
		}
	}
	for _, f := range reflect.VisibleFields(reflect.TypeFor[look.Look]()) {
		if !changed[f.Name] {
			t.Errorf("no action changes %s", f.Name)
		}
	}
}

func TestActionsOfTheDisplaySayWhatIsWrong(t *testing.T) {
	t.Parallel()
	a := windy(t)
	for words, want := range map[string]string{
		"color-by Fire":            `no "Fire" to colour by`,
		"color-by Wind.z+Fire":     "column 8: Fire: no such attribute",
		"color-by Wind+":           "column 6: ",
		"show-values Fire":         "column 1: Fire: no such attribute",
		"color-range percent 9 2":  "percentiles rise from 0 to 100",
		"color-range percent 9":    "write two values",
		"color-stops viridis":      "write stops such as",
		"vectors Fire":             `no vector attribute "Fire"`,
		"color-range fixed 1":      "write two values",
		"color-range all 1 2":      "write two values",
		"color-invert":             "not available now",
		"clip-box 1 2 3":           "all six numbers",
		"clip-box 1 1 1 0 2 2":     "is not a range",
		"clip-slab x 1":            "both ends",
		"clip-slab x 2 1":          "is not a range",
		"point-scale 0":            "from 0.001 to 1000",
		"point-limit 1.5":          "a whole number",
		"colormap jet":             "one of viridis",
		"constant-color red":       "RRGGBB",
		"default-diameter 1000000": "from 0.5 to 64",
	} {
		err := a.actions.Run(strings.Fields(words)[0], strings.Fields(words)[1:]...)
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %q", words, err, want)
		}
	}
	if a.look.Now() != look.Default() {
		t.Errorf("%+v", a.look.Now())
	}
}

func TestActionsOfTheDisplayOfferWhatThereIs(t *testing.T) {
	t.Parallel()
	a := windy(t)
	for id, want := range map[string]string{
		"color-by": "Color constant PointPosition.mag PointPosition.x PointPosition.y PointPosition.z Wind.mag Wind.x Wind.y Wind.z",
		"vectors":  "none Wind",
		"colormap": "viridis magma turbo coolwarm grey categorical",
	} {
		if got := strings.Join(a.actions.Find(id).Params[0].Completions(), " "); got != want {
			t.Errorf("%s offers %s, want %s", id, got, want)
		}
	}
}
