package settings

import (
	"reflect"
	"testing"

	"iceexplorer/app/look"
)

func TestCamerasAreKeptOverRestarts(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	s := Default(dir)
	v := look.Viewpoint{Distance: 3, Fov: 40, Target: [3]float64{1, 2, 3}, Ortho: true}
	for _, want := range []string{"Camera 1", "Camera 2"} {
		if name, err := s.KeepCamera(v); err != nil || name != want {
			t.Errorf("%q, %v", name, err)
		}
	}
	v.Name, v.Yaw = "Camera 1", 45
	if _, err := s.KeepCamera(v); err != nil || len(s.Cameras) != 2 {
		t.Errorf("%v: %+v", err, s.Cameras)
	}
	if err := save(s); err != nil {
		t.Fatal(err)
	}
	got, err := Load(dir)
	if err != nil || !reflect.DeepEqual(got.Cameras, s.Cameras) {
		t.Fatalf("%v: %+v", err, got.Cameras)
	}
	if c, ok := got.Camera("Camera 1"); !ok || c != v {
		t.Errorf("%+v", c)
	}
	if !got.DropCamera("Camera 1") || got.DropCamera("Camera 1") || len(got.Cameras) != 1 {
		t.Errorf("%+v are left", got.Cameras)
	}
	if _, err := got.KeepCamera(look.Viewpoint{Name: "flat", Fov: 40}); err == nil {
		t.Error("a camera without a distance is kept")
	}
}

func TestDamagedCamerasAreLeftOut(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	write(t, dir, `{"cameras":[{"name":"a","distance":1,"fov":40},{"name":"a","distance":2,"fov":40},{"name":"b"},{"distance":1,"fov":40}]}`)
	s, err := Load(dir)
	if err != nil || len(s.Cameras) != 1 || s.Cameras[0].Distance != 1 {
		t.Errorf("%v: %+v", err, s.Cameras)
	}
}
