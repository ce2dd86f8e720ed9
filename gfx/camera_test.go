package gfx

import (
	"math"
	"testing"
)

func near(a, b Vec3, eps float64) bool { return a.Sub(b).Len() <= eps }

func TestPresetsLookAlongTheirAxis(t *testing.T) {
	for _, c := range []struct {
		p           Preset
		zUp         bool
		right, back Vec3
	}{
		{Front, false, Vec3{1, 0, 0}, Vec3{0, 0, 1}},
		{Back, false, Vec3{-1, 0, 0}, Vec3{0, 0, -1}},
		{Right, false, Vec3{0, 0, -1}, Vec3{1, 0, 0}},
		{Left, false, Vec3{0, 0, 1}, Vec3{-1, 0, 0}},
		{Top, false, Vec3{1, 0, 0}, Vec3{0, 1, 0}},
		{Bottom, false, Vec3{1, 0, 0}, Vec3{0, -1, 0}},
		{Front, true, Vec3{1, 0, 0}, Vec3{0, -1, 0}},
		{Top, true, Vec3{1, 0, 0}, Vec3{0, 0, 1}},
		{Right, true, Vec3{0, 1, 0}, Vec3{1, 0, 0}},
	} {
		cam := DefaultCamera()
		cam.ZUp = c.zUp
		cam.SetPreset(c.p)
		right, up, back := cam.Axes()
		if !near(right, c.right, 1e-9) || !near(back, c.back, 1e-9) || !near(up, back.Cross(right), 1e-9) || !cam.Ortho {
			t.Errorf("%v, z up %v: right %v, up %v, back %v", c.p, c.zUp, right, up, back)
		}
	}
	for p := range presetCount {
		if q, ok := ParsePreset(p.String()); !ok || q != p {
			t.Errorf("%v is parsed as %v", p, q)
		}
	}
	if _, ok := ParsePreset("sideways"); ok {
		t.Error("sideways is a preset")
	}
}

func TestGizmoArmLeadsToTheViewFromThatSide(t *testing.T) {
	for _, zUp := range []bool{false, true} {
		for arm := 1; arm <= 6; arm++ {
			p, ok := GizmoPreset(arm, zUp)
			cam := DefaultCamera()
			cam.ZUp = zUp
			cam.SetPreset(p)
			_, _, back := cam.Axes()
			var want Vec3
			want[(arm-1)%3] = 1
			if arm > 3 {
				want = want.Mul(-1)
			}
			if !ok || !near(back, want, 1e-9) {
				t.Errorf("arm %d, z up %v: %v looks from %v", arm, zUp, p, back)
			}
		}
	}
	if _, ok := GizmoPreset(0, false); ok {
		t.Error("no arm has a preset")
	}
}

func TestGizmoHitFindsEachArmWhereItIsDrawn(t *testing.T) {
	cam := DefaultCamera()
	for _, scale := range []float64{1, 2} {
		_, _, arms := gizmoArms(&cam, 400, scale)
		for _, a := range arms {
			if got := GizmoHit(cam, 400, scale, a.x, a.y); got != a.arm {
				t.Errorf("scale %v: arm %d is hit as %d", scale, a.arm, got)
			}
		}
	}
	if got := GizmoHit(cam, 400, 1, 300, 20); got != 0 {
		t.Errorf("far from the axes: arm %d", got)
	}
}

func TestProjectAndUnprojectAreInverse(t *testing.T) {
	for p := range presetCount {
		cam := DefaultCamera()
		cam.Target = Vec3{3, -2, 5}
		cam.SetPreset(p)
		m := cam.Matrices(Box{Vec3{0, -4, 2}, Vec3{6, 1, 9}}, 640, 480)
		q := Vec3{4, -1, 6.5}
		x, y, d, ok := m.Project(q)
		if !ok || d < 0 || d > 1 {
			t.Fatalf("%v: %v is at depth %v", p, q, d)
		}
		if got := m.Unproject(x, y, d); !near(got, q, 1e-6) {
			t.Errorf("%v: %v comes back as %v", p, q, got)
		}
		o, dir := m.Ray(x, y)
		if off := q.Sub(o).Cross(dir).Len(); off > 1e-6 {
			t.Errorf("%v: the ray misses by %v", p, off)
		}
	}
}

func TestFrameShowsEveryCornerWithLittleAround(t *testing.T) {
	b := Box{Vec3{-1, 0, -4}, Vec3{12, 3, 2}}
	for p := range presetCount {
		for _, aspect := range []float64{0.4, 1, 2.5} {
			cam := DefaultCamera()
			cam.SetPreset(p)
			cam.Frame(b, aspect)
			w, h := 400*aspect, 400.0
			m := cam.Matrices(b, w, h)
			reach := 0.0
			for _, c := range b.Corners() {
				x, y, d, ok := m.Project(c)
				if !ok || d < 0 || d > 1 {
					t.Fatalf("%v: corner %v is cut, depth %v", p, c, d)
				}
				reach = math.Max(reach, math.Max(math.Abs(x/w-0.5), math.Abs(y/h-0.5))*2)
			}
			if reach > 1 || reach < 0.6 {
				t.Errorf("%v, aspect %v: the box reaches %.2f of the way to the edge", p, aspect, reach)
			}
		}
	}
	cam := DefaultCamera()
	cam.Frame(EmptyBox(), 1)
	if cam != DefaultCamera() {
		t.Error("an empty box moves the camera")
	}
}

func TestDollyKeepsThePointUnderTheCursor(t *testing.T) {
	for _, ortho := range []bool{false, true} {
		cam := DefaultCamera()
		cam.Ortho = ortho
		m := cam.Matrices(EmptyBox(), 800, 600)
		right, up, _ := cam.Axes()
		p := cam.Target.Add(right.Mul(1.7)).Add(up.Mul(-0.9))
		x, y, _, _ := m.Project(p)
		cam.DollyTo(x, y, 800, 600, 5)
		m = cam.Matrices(EmptyBox(), 800, 600)
		x1, y1, _, _ := m.Project(p)
		if math.Hypot(x1-x, y1-y) > 1e-6 {
			t.Errorf("ortho %v: the point went from %v,%v to %v,%v", ortho, x, y, x1, y1)
		}
	}
}

func TestPanMovesTheTargetWithTheMouse(t *testing.T) {
	cam := DefaultCamera()
	p := cam.Target
	cam.Pan(40, -25, 600)
	m := cam.Matrices(EmptyBox(), 800, 600)
	x, y, _, _ := m.Project(p)
	if math.Abs(x-440) > 1e-6 || math.Abs(y-275) > 1e-6 {
		t.Errorf("the point grabbed in the middle is at %v,%v", x, y)
	}
}

func TestOrbitStopsAtThePoles(t *testing.T) {
	cam := DefaultCamera()
	cam.Orbit(0, 1e6, 600)
	if cam.Pitch != math.Pi/2 {
		t.Errorf("pitch is %v", cam.Pitch)
	}
	right, up, back := cam.Axes()
	for _, v := range []Vec3{right, up, back} {
		if math.Abs(v.Len()-1) > 1e-9 {
			t.Errorf("an axis at the pole is %v", v)
		}
	}
}

func TestLookKeepsTheEyeAndFlyMovesIt(t *testing.T) {
	cam := DefaultCamera()
	eye := cam.Eye()
	cam.Look(120, -40, 600)
	if !near(cam.Eye(), eye, 1e-9) {
		t.Errorf("the eye went from %v to %v", eye, cam.Eye())
	}
	_, _, back := cam.Axes()
	cam.Fly(0, 0, 2)
	if !near(cam.Eye(), eye.Sub(back.Mul(2)), 1e-9) {
		t.Errorf("two units forward lead to %v", cam.Eye())
	}
}

func TestNearAndFarHoldTheBounds(t *testing.T) {
	for _, dist := range []float64{0.001, 1, 50, 1e5} {
		cam := DefaultCamera()
		cam.Distance = dist
		b := Box{Vec3{-1, -1, -1}, Vec3{1, 1, 1}}
		m := cam.Matrices(b, 100, 100)
		if !(m.Near > 0) || !(m.Far > m.Near) {
			t.Errorf("distance %v: near %v, far %v", dist, m.Near, m.Far)
		}
		if dist > 10 && (m.Near < (dist-2)*0.5 || m.Far > (dist+2)*1.2) {
			t.Errorf("distance %v: near %v and far %v waste depth", dist, m.Near, m.Far)
		}
	}
}

func TestNormalizedRepairsABrokenCamera(t *testing.T) {
	nan := math.NaN()
	c := Camera{Target: Vec3{nan, math.Inf(1), 2}, Yaw: nan, Pitch: 99, Distance: -1, FovY: 0}.Normalized()
	m := c.Matrices(EmptyBox(), 0, -3)
	for i, v := range m.Proj.Mul4(m.Rotation) {
		if math.IsNaN(v) || math.IsInf(v, 0) {
			t.Fatalf("entry %d of the matrices is %v", i, v)
		}
	}
	if c.Pitch > math.Pi/2 || c.Distance <= 0 || c.Target[2] != 2 {
		t.Errorf("repaired to %+v", c)
	}
}

func TestLerpTurnsTheShortWay(t *testing.T) {
	a, b := DefaultCamera(), DefaultCamera()
	a.Yaw, b.Yaw = 3, -3
	m := Lerp(a, b, 0.5)
	if math.Abs(math.Abs(m.Yaw)-math.Pi) > 1e-9 {
		t.Errorf("half way is yaw %v", m.Yaw)
	}
	if Lerp(a, b, 1) != b || Lerp(a, b, 0).Yaw != a.Yaw {
		t.Error("the ends are not the cameras themselves")
	}
}

func TestEmptyBoxes(t *testing.T) {
	nan := math.NaN()
	for _, b := range []Box{EmptyBox(), {Vec3{nan, 0, 0}, Vec3{1, 1, 1}}, {Vec3{2, 0, 0}, Vec3{1, 1, 1}}, {Vec3{}, Vec3{inf, 1, 1}}} {
		if !b.Empty() {
			t.Errorf("%v is not empty", b)
		}
	}
	one := Box{Vec3{1, 2, 3}, Vec3{1, 2, 3}}
	if one.Empty() || EmptyBox().Union(one) != one || one.Union(EmptyBox()) != one {
		t.Error("a box of one point is lost")
	}
}
