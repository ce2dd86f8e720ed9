package look

import (
	"math"
	"strings"
	"testing"
)

func TestViewpointsThatAreNowhereAreRefused(t *testing.T) {
	t.Parallel()
	good := Viewpoint{Name: "front", Distance: 3, Fov: 40, Pitch: -90}
	if err := good.Check(); err != nil {
		t.Error(err)
	}
	for what, change := range map[string]func(*Viewpoint){
		"no name":       func(v *Viewpoint) { v.Name = "  " },
		"two lines":     func(v *Viewpoint) { v.Name = "a\nb" },
		"long":          func(v *Viewpoint) { v.Name = strings.Repeat("a", 1000) },
		"no text":       func(v *Viewpoint) { v.Name = "\xff" },
		"no distance":   func(v *Viewpoint) { v.Distance = 0 },
		"no number":     func(v *Viewpoint) { v.Target[1] = math.NaN() },
		"infinite":      func(v *Viewpoint) { v.Yaw = math.Inf(1) },
		"upside down":   func(v *Viewpoint) { v.Pitch = 91 },
		"no lens":       func(v *Viewpoint) { v.Fov = 0 },
		"sees backward": func(v *Viewpoint) { v.Fov = 180 },
	} {
		v := good
		if change(&v); v.Check() == nil {
			t.Errorf("%s: %+v is taken", what, v)
		}
	}
}
