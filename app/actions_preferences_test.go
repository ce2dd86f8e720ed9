package app

import (
	"testing"

	"iceexplorer/app/action"
	"iceexplorer/app/settings"
)

func TestEachPreferenceIsAnActionWithAValue(t *testing.T) {
	t.Parallel()
	a := &App{settings: settings.Default(t.TempDir())}
	r := action.NewRegistry()
	if err := r.Add(a.preferenceActions()...); err != nil {
		t.Fatal(err)
	}
	for _, item := range settings.Items() {
		x := r.Find("preference-" + item.Key)
		if x == nil || len(x.Params) != 1 {
			t.Errorf("%s: %+v", item.Key, x)
			continue
		}
		if refused := x.Params[0].Check("neither this nor that") != nil; refused == (item.Kind == settings.Text) {
			t.Errorf("%s: refused %v", item.Key, refused)
		}
	}
}
