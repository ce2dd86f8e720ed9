package sample

import "math"

// state is a particle at one moment.
type state struct {
	pos, vel    vec // units, units per second
	color       [4]float32
	size        float32
	orientation [4]float32 // w x y z
	resting     bool
}

// traits are a particle's properties that chance and its birth decide.
type traits struct {
	kind    kind
	life    float64 // seconds
	angle   float64 // around the y axis, at birth
	swirl   float64 // turns of it, radians per second
	radius  float64 // at birth
	outward float64 // units per second
	rise    float64 // at birth, units per second
	curl    float64 // how far the flow carries it, units at the end of its life
	size    float64
	warmth  float64 // moves its colour along the gradient
	axis    vec
	spin    float64 // radians per second
}

const (
	gravity = 5.2 // units per second squared: a slow, large fountain
	jets    = 5
	arcs    = 14
	slide   = 0.35 // seconds in which a landed particle comes to rest
)

func (g *generator) traits(b birth) traits {
	r := chance{state: g.seed*0x9e3779b97f4a7c15 ^ uint64(b.class.kind)<<60 ^ b.look}
	r.next()
	t := traits{kind: b.class.kind, life: b.class.life / Rate}
	switch b.class.kind {
	case jet:
		arm := float64(b.look % jets)
		spread := r.around()
		t.angle = 2*math.Pi*(arm/jets+g.turns*b.time) + 0.16*spread
		t.swirl = 0.28 + 0.05*r.around()
		t.radius = 0.10 + 0.06*r.unit()
		t.outward = 1.08 + 0.13*r.around() - 0.1*spread*spread
		t.rise = 9.2 + 0.45*r.around()
		t.curl = 0.42 + 0.25*r.unit()
	case crown:
		arc := float64(b.look % arcs)
		t.angle = 2*math.Pi/arcs*arc + 0.05*r.around()
		t.swirl = -0.35
		t.radius = 0.35
		t.outward = 2.05 + 0.14*r.around()
		t.rise = 4.2 + 0.15*r.around()
		t.curl = 0.10
	case mist:
		t.angle = 2 * math.Pi * r.unit()
		t.swirl = 0.45 + 0.35*r.unit()
		t.radius = 0.4 + 3.4*math.Sqrt(r.unit())
		t.outward = 0.12 * r.around()
		t.rise = 0.25 + 0.9*r.unit()*r.unit()
		t.curl = 0.9
	}
	heavy := math.Pow(r.unit(), 12)
	t.size = 0.020 + 0.016*r.unit() + 0.055*heavy
	t.warmth = r.around()
	t.axis = r.direction()
	t.spin = 4 * r.around()
	return t
}

// at is where a particle is when it is age seconds old, at a time in loops, and how long
// ago, in seconds, it landed; negative while it flies.
func (t *traits) at(f *flow, age, time float64) (p vec, landed float64) {
	ground := t.size
	flight := age
	landed = -1
	fall := 0.0
	if t.kind != mist {
		// The flow bends the path, but does not change when it ends.
		down := (t.rise + math.Sqrt(t.rise*t.rise+2*gravity*(0.1-ground))) / gravity
		if age > down {
			landed = age - down
			flight = down
			fall = slide * (1 - math.Exp(-landed/slide))
		}
	}
	radius := t.radius + t.outward*(flight+fall)
	angle := t.angle + t.swirl*(flight+fall)
	y := 0.1 + t.rise*flight
	if t.kind != mist {
		y -= gravity / 2 * flight * flight
	}
	p = vec{radius * math.Cos(angle), y, radius * math.Sin(angle)}
	u := (flight + fall) / t.life
	bent := f.bend(p, time, t.curl*smooth(0, 1, u)*1.6)
	if t.kind != mist {
		// Near the ground the flow runs along it.
		bent.y = p.y + (bent.y-p.y)*smooth(0, 1.2, p.y)
	}
	bent.y = max(bent.y, ground)
	return bent, landed
}

func (g *generator) particle(b birth) state {
	t := g.traits(b)
	age := b.age / Rate
	time := b.time + b.age/float64(g.frames)
	var s state
	var landed float64
	s.pos, landed = t.at(&g.flow, age, time)
	const step = 1.0 / 480
	before, _ := t.at(&g.flow, age-step, time-step*Rate/float64(g.frames))
	s.vel = s.pos.sub(before).scale(1 / step)
	s.resting = landed >= 0
	u := age / t.life
	s.size = float32(t.size * smooth(0, 0.03, u) * (1 - smooth(0.9, 1, u)))
	s.color = t.shade(u, s.vel.length(), landed)
	half := t.spin * age / 2
	sin, cos := math.Sincos(half)
	s.orientation = [4]float32{float32(cos), float32(t.axis.x * sin), float32(t.axis.y * sin), float32(t.axis.z * sin)}
	return s
}

// The gradients of the kinds, young to old, in linear steps.
var gradients = [...][]vec{
	jet: {
		{1.00, 0.93, 0.72}, {1.00, 0.72, 0.30}, {1.00, 0.42, 0.22}, {0.93, 0.20, 0.38},
		{0.62, 0.16, 0.62}, {0.30, 0.20, 0.78}, {0.14, 0.34, 0.88}, {0.10, 0.55, 0.90},
	},
	crown: {{0.80, 1.00, 0.98}, {0.30, 0.88, 0.95}, {0.12, 0.62, 0.92}, {0.10, 0.38, 0.80}, {0.12, 0.24, 0.62}},
	mist:  {{0.10, 0.14, 0.40}, {0.22, 0.20, 0.62}, {0.20, 0.42, 0.75}, {0.16, 0.22, 0.50}},
}

// shade is a particle's colour: its gradient by life, brighter the faster it is,
// darker once it has landed.
func (t *traits) shade(u, speed, landed float64) [4]float32 {
	stops := gradients[t.kind]
	x := min(max(u+0.05*t.warmth, 0), 1) * float64(len(stops)-1)
	i := min(int(x), len(stops)-2)
	c := mix(stops[i], stops[i+1], x-float64(i))
	c = mix(c, vec{1, 1, 1}, 0.30*smooth(5, 10, speed))
	if landed > 0 {
		c = c.scale(1 - 0.35*smooth(0, 1.5, landed))
	}
	return [4]float32{float32(c.x), float32(c.y), float32(c.z), 1}
}
