package settings

import (
	"reflect"
	"testing"
)

func TestLayoutsAreKeptOverRestartsWithThePanelsShown(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	s := Default(dir)
	s.SetShown("Browser", false)
	s.SetShown("Jobs", true)
	for _, want := range []string{"Layout 1", "Layout 2"} {
		if name, err := s.KeepLayout(NamedLayout{Text: "[Docking]", Scale: 2}); err != nil || name != want {
			t.Errorf("%q, %v", name, err)
		}
	}
	s.SetShown("Browser", true)
	if _, err := s.KeepLayout(NamedLayout{Name: "Layout 2", Text: "[Other]", Scale: 1}); err != nil || len(s.Layouts) != 2 {
		t.Errorf("%v: %+v", err, s.Layouts)
	}
	if err := save(s); err != nil {
		t.Fatal(err)
	}
	got, err := Load(dir)
	if err != nil || !reflect.DeepEqual(got.Layouts, s.Layouts) {
		t.Fatalf("%v: %+v", err, got.Layouts)
	}
	l, ok := got.NamedLayout("Layout 1")
	got.Closed, got.Opened = nil, nil
	got.TakeLayout(l)
	if !ok || !reflect.DeepEqual(got.Closed, []string{"Browser"}) || !reflect.DeepEqual(got.Opened, []string{"Jobs"}) || l.Scale != 2 {
		t.Errorf("%+v: %q closed, %q opened", l, got.Closed, got.Opened)
	}
	if !got.DropLayout("Layout 1") || got.DropLayout("Layout 1") || len(got.Layouts) != 1 {
		t.Errorf("%+v are left", got.Layouts)
	}
}

func TestDamagedLayoutsAreLeftOut(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	write(t, dir, `{"layouts":[{"name":"a","text":"x","scale":-3},{"name":"a","text":"y"},{"name":"b"},{"text":"z"}]}`)
	s, err := Load(dir)
	if err != nil || len(s.Layouts) != 1 || s.Layouts[0].Text != "x" || s.Layouts[0].Scale != 0.25 {
		t.Errorf("%v: %+v", err, s.Layouts)
	}
}
