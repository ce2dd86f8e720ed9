package look

import (
	"reflect"
	"testing"

	"iceexplorer/gfx/style"
)

// Commands change the look of the active layer, if it has one of its own, and what sets up the
// scene for all.
func TestCommandsChangeTheLookOfTheActiveLayer(t *testing.T) {
	t.Parallel()
	d := newNoted()
	active := 7
	d.Layer = func() int { return active }
	d.Set(PointScale, 2)
	d.SetOwn(7, true)
	d.SetOwn(7, true)
	if d.Edited() != 7 || d.Now().PointScale != 2 {
		t.Errorf("layer %d is edited, %+v", d.Edited(), d.Now())
	}
	d.Set(PointScale, 3)
	d.ColorByConstant()
	d.Turn(Grid, false)
	if l := d.Of(7); l.PointScale != 3 || l.ColorMode != style.ColorConstant || l.Grid {
		t.Errorf("its own: %+v", l)
	}
	if l := d.Of(8); l != d.Common() || l.PointScale != 2 || l.ColorMode != style.ColorAttribute || l.Grid {
		t.Errorf("another: %+v", l)
	}
	if c := d.changes[2]; c.Key == "" || c.Key == d.changes[0].Key {
		t.Errorf("keys %q and %q: a slider of one look joins that of another", d.changes[0].Key, c.Key)
	}
	active = 8
	if d.Set(Trails, 5); d.Of(7).Trails != 0 || d.Common().Trails != 5 {
		t.Error("a layer without its own look changes that of another")
	}
	var labels []string
	for _, c := range d.changes {
		labels = append(labels, c.Label)
	}
	if want := []string{"Point scale", "Own look", "Point scale", "Colour by", "Grid", "Trails"}; !reflect.DeepEqual(labels, want) {
		t.Errorf("told of %q", labels)
	}
	for i := len(labels) - 1; i >= 0; i-- {
		d.Restore(d.changes[i].From)
	}
	if d.HasOwn(7) || d.Common() != Default() {
		t.Errorf("all undone: %+v", d.Common())
	}
	for i := range labels {
		d.Restore(d.changes[i].To)
	}
	if l := d.Of(7); l.PointScale != 3 || l.ColorMode != style.ColorConstant || l.Grid || l.Trails != 0 || d.Common().Trails != 5 {
		t.Errorf("all redone: %+v", l)
	}
}

func TestAnOwnLookIsResetAloneAndForgottenWithItsLayer(t *testing.T) {
	t.Parallel()
	d := NewDesk()
	d.Layer = func() int { return 1 }
	d.Set(PointScale, 2)
	d.Turn(Grid, false)
	d.SetOwn(1, true)
	d.Reset()
	if l := d.Now(); l.PointScale != 1 || l.Grid || d.Common().PointScale != 2 {
		t.Errorf("%+v", l)
	}
	if err := d.PutOwn(2, Look{}); err == nil || d.HasOwn(2) {
		t.Error("an impossible look is taken")
	}
	d.Keep(func(layer int) bool { return layer != 1 })
	if d.HasOwn(1) || d.Edited() != 0 || d.Now() != d.Common() {
		t.Error("it is kept")
	}
	d.SetOwn(1, true)
	if d.SetOwn(1, false); d.HasOwn(1) {
		t.Error("it is not taken away")
	}
}

// Each setting belongs to the scene or to a layer.
func TestALayerInASceneHasTheSettingsOfEither(t *testing.T) {
	t.Parallel()
	own, scene := odd(t), Default()
	in := own.In(&scene)
	got, a, b := reflect.ValueOf(in), reflect.ValueOf(own), reflect.ValueOf(scene)
	fromScene := map[string]bool{}
	for i := range got.NumField() {
		name, v := got.Type().Field(i).Name, got.Field(i).Interface()
		switch {
		case reflect.DeepEqual(v, a.Field(i).Interface()):
		case reflect.DeepEqual(v, b.Field(i).Interface()):
			fromScene[name] = true
		default:
			t.Errorf("%s is of neither", name)
		}
	}
	for _, name := range []string{"Grid", "ClipMin", "PointLimit", "Density", "Top"} {
		if same := reflect.DeepEqual(a.FieldByName(name).Interface(), b.FieldByName(name).Interface()); !same && !fromScene[name] {
			t.Errorf("%s is the layer's", name)
		}
	}
	for _, name := range []string{"ColorMode", "Colormap", "Trails", "PointScale", "Opacity", "Low", "Constant", "Vectors"} {
		if fromScene[name] {
			t.Errorf("%s is the scene's", name)
		}
	}
}
