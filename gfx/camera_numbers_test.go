package gfx

import (
	"math"
	"testing"
)

func TestLookFromPutsTheEyeWhereItSays(t *testing.T) {
	t.Parallel()
	for _, zUp := range []bool{false, true} {
		for _, eye := range []Vec3{{3, 4, 5}, {-3, -4, 5}, {0, 0, -2}, {1, 9, 1}, {0, 7, 0}, {0, 0, 7}} {
			c := DefaultCamera()
			c.ZUp = zUp
			target := Vec3{1, 0.5, -2}
			c.LookFrom(eye, target)
			if d := c.Eye().Sub(eye).Len(); d > 1e-6 || c.Target != target {
				t.Errorf("z up %v: asked for %v, the eye is %g away, looking at %v", zUp, eye, d, c.Target)
			}
		}
	}
	c := DefaultCamera()
	was := c
	c.LookFrom(Vec3{1, 1, 1}, Vec3{1, 1, 1})
	if c != was {
		t.Error("a camera on its own target looks somewhere")
	}
}

func TestFocalLengthsAreThoseOfFilm(t *testing.T) {
	t.Parallel()
	c := DefaultCamera()
	for _, mm := range []float64{18, 35, 50, 85} {
		c.SetFocal(mm)
		if math.Abs(c.Focal()-mm) > 1e-9 {
			t.Errorf("%g mm became %g", mm, c.Focal())
		}
	}
	c.SetFocal(35) // 24 mm high
	if got := c.FovY * 180 / math.Pi; math.Abs(got-37.849) > 0.001 {
		t.Errorf("35 mm see %g degrees", got)
	}
	c.SetFocal(1e-9)
	if got := c.FovY * 180 / math.Pi; math.Abs(got-MostFov) > 1e-9 {
		t.Errorf("beyond the limits: %g degrees", got)
	}
}

// An axis view becomes a perspective one when it is turned; one that was asked for stays.
func TestAChosenProjectionStaysWhenTheCameraTurns(t *testing.T) {
	t.Parallel()
	c := DefaultCamera()
	c.SetPreset(Front)
	c.Orbit(10, 10, 100)
	if c.Ortho {
		t.Error("a turned axis view is orthographic")
	}
	c.SetOrtho(true)
	c.Orbit(10, 10, 100)
	c.SetPreset(Top)
	c.Orbit(10, 10, 100)
	if !c.Ortho {
		t.Error("the projection chosen was lost")
	}
	c.SetPreset(Perspective)
	if c.Ortho || c.KeepOrtho {
		t.Error("the perspective preset is orthographic")
	}
	c.SetOrtho(true)
	c.Fly(0, 0, 1)
	if c.Ortho {
		t.Error("flies without perspective")
	}
}

func TestAFullTurnEndsWhereItBegan(t *testing.T) {
	t.Parallel()
	c := DefaultCamera()
	whole, half := c.Turned(1), c.Turned(0.5)
	if d := whole.Eye().Sub(c.Eye()).Len(); d > 1e-9 {
		t.Errorf("a turn ends %g away", d)
	}
	eye := half.Eye()
	if math.Abs(eye.Sub(c.Target).Len()-c.Distance) > 1e-9 || math.Abs(eye[0]+c.Eye()[0]) > 1e-9 {
		t.Errorf("half a turn is at %v, from %v", eye, c.Eye())
	}
}
