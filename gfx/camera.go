package gfx

import (
	"math"

	"github.com/go-gl/mathgl/mgl64"
)

// Vec3 is a point or direction in world space.
type Vec3 = mgl64.Vec3

// Mat4 is a column-major 4x4 matrix.
type Mat4 = mgl64.Mat4

// Preset names a fixed direction of view.
type Preset int

// The presets. All but Perspective are orthographic.
const (
	Perspective Preset = iota
	Top
	Front
	Left
	Right
	Back
	Bottom
	presetCount
)

func (p Preset) String() string {
	if p < 0 || p >= presetCount {
		return "unknown"
	}
	return [...]string{"perspective", "top", "front", "left", "right", "back", "bottom"}[p]
}

// ParsePreset finds a preset by the name String gives it.
func ParsePreset(name string) (Preset, bool) {
	for p := range presetCount {
		if p.String() == name {
			return p, true
		}
	}
	return 0, false
}

// Camera looks at Target from Distance along yaw and pitch. It is plain data:
// copy it to remember a view. Angles are radians; yaw 0 and pitch 0 look along
// -Z (with ZUp: along +Y), a positive pitch looks down from above.
//
// Methods taking x, y, w, h expect pixels with y down and the size of the view
// in the same pixels.
type Camera struct {
	Target     Vec3
	Yaw, Pitch float64
	Distance   float64
	FovY       float64 // vertical, radians
	Ortho      bool
	KeepOrtho  bool // Ortho stays when the camera turns, as that of an axis view does not
	ZUp        bool
}

// Limits of a camera. Positions are float32, which end at 3.4e38, and so are the numbers that
// a graphics card computes with. Even for a camera at its closest, places of the grid are
// some hundred float64 steps apart.
const (
	maxPlace    = 1e37
	maxDistance = 1e36
	minDistance = 1e-30
	closest     = 1e-11 // of the target's position
)

// DefaultCamera looks at the origin from the front right, slightly from above.
func DefaultCamera() Camera {
	return Camera{Yaw: 0.61, Pitch: 0.36, Distance: 10, FovY: mgl64.DegToRad(40)}
}

// world turns a direction of the Y-up convention into this camera's world.
func (c *Camera) world(v Vec3) Vec3 {
	if c.ZUp {
		return Vec3{v[0], -v[2], v[1]}
	}
	return v
}

// Up is the world's up direction.
func (c *Camera) Up() Vec3 { return c.world(Vec3{0, 1, 0}) }

// Axes are the camera's right and up directions, and the direction from the
// target back to the eye; all of length 1.
func (c *Camera) Axes() (right, up, back Vec3) {
	sy, cy := math.Sincos(c.Yaw)
	sp, cp := math.Sincos(c.Pitch)
	right = Vec3{cy, 0, -sy}
	back = Vec3{cp * sy, sp, cp * cy}
	return c.world(right), c.world(back.Cross(right)), c.world(back)
}

// Eye is where the camera is.
func (c *Camera) Eye() Vec3 {
	_, _, back := c.Axes()
	return c.Target.Add(back.Mul(c.Distance))
}

// Normalized repairs a camera made by hand or read from a file: it has no NaN, a positive
// distance, a field of view from 5 to 120 degrees, and a pitch within a quarter turn.
func (c Camera) Normalized() Camera {
	d := DefaultCamera()
	fix := func(v *float64, def float64) {
		if math.IsNaN(*v) || math.IsInf(*v, 0) {
			*v = def
		}
	}
	for i := range c.Target {
		fix(&c.Target[i], 0)
	}
	fix(&c.Yaw, d.Yaw)
	fix(&c.Pitch, d.Pitch)
	fix(&c.Distance, d.Distance)
	fix(&c.FovY, d.FovY)
	if c.FovY == 0 {
		c.FovY = d.FovY
	}
	if c.Distance <= 0 {
		c.Distance = d.Distance
	}
	c.keep()
	c.FovY = mgl64.Clamp(c.FovY, mgl64.DegToRad(LeastFov), mgl64.DegToRad(MostFov))
	c.Pitch = mgl64.Clamp(c.Pitch, -math.Pi/2, math.Pi/2)
	c.Yaw = math.Mod(c.Yaw, 2*math.Pi)
	return c
}

// keep brings target and distance back to what can be shown.
func (c *Camera) keep() {
	far := 0.0
	for i := range c.Target {
		c.Target[i] = mgl64.Clamp(c.Target[i], -maxPlace, maxPlace)
		far = math.Max(far, math.Abs(c.Target[i]))
	}
	c.Distance = mgl64.Clamp(c.Distance, math.Max(minDistance, far*closest), maxDistance)
}

// Orbit turns around the target by a drag of dx, dy pixels: a drag over the
// view's height is half a turn. An axis view becomes a perspective one, unless KeepOrtho is
// set.
func (c *Camera) Orbit(dx, dy, h float64) {
	k := math.Pi / math.Max(h, 1)
	c.Yaw = math.Mod(c.Yaw-dx*k, 2*math.Pi)
	c.Pitch = mgl64.Clamp(c.Pitch+dy*k, -math.Pi/2, math.Pi/2)
	c.Ortho = c.Ortho && c.KeepOrtho
}

// unitsPerPixel is the world size of a pixel at the target's distance.
func (c *Camera) unitsPerPixel(h float64) float64 {
	return 2 * c.Distance * math.Tan(c.FovY/2) / math.Max(h, 1)
}

// Pan moves the target so that what lies at its distance follows the mouse.
func (c *Camera) Pan(dx, dy, h float64) {
	right, up, _ := c.Axes()
	k := c.unitsPerPixel(h)
	c.Target = c.Target.Sub(right.Mul(dx * k)).Add(up.Mul(dy * k))
	c.keep()
}

// Dolly moves towards the target (steps > 0) or away, a tenth of the way a step.
func (c *Camera) Dolly(steps float64) {
	c.Distance *= math.Pow(0.9, steps)
	c.keep()
}

// DollyTo is Dolly with the point under the cursor, at the target's distance,
// staying under the cursor.
func (c *Camera) DollyTo(x, y, w, h, steps float64) {
	before := c.Distance
	c.Dolly(steps)
	f := 1 - c.Distance/before
	right, up, _ := c.Axes()
	k := 2 * before * math.Tan(c.FovY/2) / math.Max(h, 1)
	c.Target = c.Target.Add(right.Mul((x - w/2) * k * f)).Add(up.Mul((h/2 - y) * k * f))
	c.keep()
}

// Look turns the head: the eye stays, the target moves. For flying.
func (c *Camera) Look(dx, dy, h float64) {
	eye := c.Eye()
	c.Orbit(dx, dy, h)
	_, _, back := c.Axes()
	c.Target = eye.Sub(back.Mul(c.Distance))
	c.keep()
}

// Fly moves eye and target along the camera's own right, up and forward axes,
// in world units.
func (c *Camera) Fly(rightward, upward, forward float64) {
	right, up, back := c.Axes()
	d := right.Mul(rightward).Add(up.Mul(upward)).Sub(back.Mul(forward))
	c.Target = c.Target.Add(d)
	c.SetOrtho(false)
	c.keep()
}

// Frame moves so that the box fills the view of aspect w/h, with a margin, and
// keeps the direction. An empty box is ignored; one that is too small to look at is
// shown with what is around it.
func (c *Camera) Frame(b Box, aspect float64) {
	if b.Empty() {
		return
	}
	b = b.roomy()
	c.Target = b.Center()
	r := b.Radius()
	if aspect <= 0 || math.IsNaN(aspect) {
		aspect = 1
	}
	half := math.Tan(c.FovY / 2)
	right, up, back := c.Axes()
	need := 0.0
	for _, p := range b.Corners() {
		d := p.Sub(c.Target)
		across := math.Max(math.Abs(d.Dot(right))/(half*aspect), math.Abs(d.Dot(up))/half)
		if !c.Ortho {
			across += d.Dot(back)
		}
		need = math.Max(need, across)
	}
	c.Distance = math.Max(need*1.08, r*0.25)
	c.keep()
}

// Focus moves the target to p and comes closer to it.
func (c *Camera) Focus(p Vec3) {
	c.Target = p
	c.Dolly(6) // keeps to the limits
}

// SetPreset turns to a preset's direction and projection; target and distance stay.
func (c *Camera) SetPreset(p Preset) {
	const q = math.Pi / 2
	c.Ortho = p != Perspective || c.KeepOrtho
	switch p {
	case Perspective:
		c.SetOrtho(false)
		d := DefaultCamera()
		c.Yaw, c.Pitch = d.Yaw, d.Pitch
	case Top:
		c.Yaw, c.Pitch = 0, q
	case Bottom:
		c.Yaw, c.Pitch = 0, -q
	case Front:
		c.Yaw, c.Pitch = 0, 0
	case Back:
		c.Yaw, c.Pitch = math.Pi, 0
	case Right:
		c.Yaw, c.Pitch = q, 0
	case Left:
		c.Yaw, c.Pitch = -q, 0
	}
}

// SetOrtho chooses the projection, which stays when the camera turns. What lies at the
// target's distance keeps its size.
func (c *Camera) SetOrtho(on bool) { c.Ortho, c.KeepOrtho = on, on }

// LookFrom puts the eye at a place, looking at another; it does nothing if they are one. A
// place straight above or below keeps the yaw.
func (c *Camera) LookFrom(eye, target Vec3) {
	d := eye.Sub(target)
	length := d.Len()
	if !(length > 0) || math.IsInf(length, 0) {
		return
	}
	if c.ZUp {
		d = Vec3{d[0], d[2], -d[1]}
	}
	c.Target, c.Distance = target, length
	c.Pitch = math.Asin(mgl64.Clamp(d[1]/length, -1, 1))
	if math.Hypot(d[0], d[2]) > length*1e-9 {
		c.Yaw = math.Atan2(d[0], d[2])
	}
	c.keep()
}

// film is the height of a picture of 35 mm film in millimetres, which focal lengths are about.
const film = 24

// Focal is the focal length in millimetres.
func (c *Camera) Focal() float64 { return film / 2 / math.Tan(c.FovY/2) }

// SetFocal sets the field of view by the focal length in millimetres.
func (c *Camera) SetFocal(mm float64) { c.SetFov(2 * math.Atan(film/2/mm)) }

// Limits of the vertical field of view, in degrees.
const (
	LeastFov = 5
	MostFov  = 120
)

// SetFov sets the vertical field of view in radians, within its limits.
func (c *Camera) SetFov(fov float64) {
	c.FovY = mgl64.Clamp(fov, mgl64.DegToRad(LeastFov), mgl64.DegToRad(MostFov))
}

// Turned is the camera gone round its target by a part of a full turn.
func (c Camera) Turned(part float64) Camera {
	c.Yaw = math.Mod(c.Yaw+2*math.Pi*part, 2*math.Pi)
	c.Ortho = c.Ortho && c.KeepOrtho
	return c
}

// Lerp is a camera between a and b, t from 0 to 1, for a moving change of view.
// It turns the short way round; the projection is b's.
func Lerp(a, b Camera, t float64) Camera {
	if t >= 1 {
		return b
	}
	t = mgl64.Clamp(t, 0, 1)
	t = t * t * (3 - 2*t)
	c := b
	c.Target = a.Target.Mul(1 - t).Add(b.Target.Mul(t))
	c.Yaw = a.Yaw + math.Remainder(b.Yaw-a.Yaw, 2*math.Pi)*t
	c.Pitch = a.Pitch + (b.Pitch-a.Pitch)*t
	c.Distance = math.Exp(math.Log(a.Distance)*(1-t) + math.Log(b.Distance)*t)
	c.FovY = a.FovY + (b.FovY-a.FovY)*t
	return c
}
