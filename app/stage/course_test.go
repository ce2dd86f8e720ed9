package stage

import (
	"math"
	"strings"
	"testing"

	"iceexplorer/app/look"
	"iceexplorer/cache"
	"iceexplorer/gfx"
)

func threeCameras() []look.Viewpoint {
	return []look.Viewpoint{
		{Name: "front", Distance: 10, Yaw: 170, Fov: 40},
		{Name: "side, low", Distance: 20, Yaw: -170, Pitch: 10, Fov: 40, Target: [3]float64{1, 0, 0}},
		{Name: "top", Distance: 10, Yaw: -170, Pitch: 80, Fov: 20, Target: [3]float64{1, 2, 0}},
	}
}

func degrees(c gfx.Camera) float64 {
	return math.Mod(c.Yaw*180/math.Pi+720, 360)
}

func TestTheCameraPassesItsKeys(t *testing.T) {
	t.Parallel()
	for _, text := range []string{"bookmarks", "bookmarks:front@1,top@21", "bookmarks:top@1,front@3,top@21"} {
		for _, straight := range []bool{false, true} {
			m, err := ParseCourse(text, threeCameras())
			if err != nil {
				t.Fatal(err)
			}
			m.Straight = straight
			for i, k := range m.Keys {
				at := cache.Number(1 + 20*float64(i)/float64(len(m.Keys)-1))
				if k.At != nil {
					at = *k.At
				}
				c, want := m.Camera(gfx.DefaultCamera(), 0, 1, at, 1, 21), CameraAt(k.Viewpoint)
				if c.Target.Sub(want.Target).Len() > 1e-9 || math.Abs(c.Distance-want.Distance) > 1e-9 || math.Abs(c.FovY-want.FovY) > 1e-9 || math.Abs(math.Remainder(c.Yaw-want.Yaw, 2*math.Pi)) > 1e-9 {
					t.Errorf("%s at frame %v: %+v, want %+v", text, at, c, want)
				}
			}
		}
	}
}

func TestTheCameraGoesTheShortWayAndBeginsSlowly(t *testing.T) {
	t.Parallel()
	m, err := CourseThrough(threeCameras())
	if err != nil {
		t.Fatal(err)
	}
	at := func(n cache.Number) gfx.Camera { return m.Camera(gfx.DefaultCamera(), 0, 1, n, 0, 20) }
	m.Straight = true
	if y := degrees(at(5)); math.Abs(y-180) > 1e-9 {
		t.Errorf("half way from 170 to -170 degrees is %v", y)
	}
	straight := degrees(at(1)) - 170
	m.Straight = false
	if eased := degrees(at(1)) - 170; eased <= 0 || eased > straight/2 {
		t.Errorf("after a frame %v degrees, straight %v", eased, straight)
	}
	// Without a jump of its speed where it passes a key.
	before, behind := at(10).Target.Sub(at(9.99).Target).Len(), at(10.01).Target.Sub(at(10).Target).Len()
	if math.Abs(before-behind) > before/50 {
		t.Errorf("speed %v before a key, %v behind it", before, behind)
	}
}

func TestATurntableGoesRound(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]float64{"turntable": 270, "turntable:-360": 90, "turntable:90": 90, "turntable:720": 180} {
		m, err := ParseCourse(text, nil)
		if err != nil {
			t.Fatal(err)
		}
		base := gfx.DefaultCamera()
		base.Yaw = 0
		if got := degrees(m.Camera(base, 3, 4, 0, 0, 0)); math.Abs(got-want) > 1e-9 {
			t.Errorf("%s: the fourth of four pictures at %v degrees, want %v", text, got, want)
		}
	}
}

func TestAMoveThatCannotBeIsRefusedInWords(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"turntable:x":                "want degrees",
		"roll":                       "want turntable",
		"bookmarks:nobody":           `no camera is named "nobody": there are front, side, low, top`,
		"bookmarks:front@x":          "want a frame behind @",
		"bookmarks:front@3,top":      "either all cameras",
		"bookmarks:front@3,top@3":    "one after the other",
		"bookmarks:front@30,top@3.5": "one after the other",
	} {
		if _, err := ParseCourse(text, threeCameras()); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %q", text, err, want)
		}
	}
	if _, err := ParseCourse("bookmarks", nil); err == nil || !strings.Contains(err.Error(), "no camera is remembered") {
		t.Errorf("%v", err)
	}
}
