package sample

import "math"

type vec struct{ x, y, z float64 }

func (a vec) add(b vec) vec       { return vec{a.x + b.x, a.y + b.y, a.z + b.z} }
func (a vec) sub(b vec) vec       { return vec{a.x - b.x, a.y - b.y, a.z - b.z} }
func (a vec) scale(s float64) vec { return vec{a.x * s, a.y * s, a.z * s} }
func (a vec) dot(b vec) float64   { return a.x*b.x + a.y*b.y + a.z*b.z }
func (a vec) length() float64     { return math.Sqrt(a.dot(a)) }
func (a vec) cross(b vec) vec     { return vec{a.y*b.z - a.z*b.y, a.z*b.x - a.x*b.z, a.x*b.y - a.y*b.x} }
func mix(a, b vec, t float64) vec { return a.add(b.sub(a).scale(t)) }
func smooth(from, to, x float64) float64 {
	t := min(max((x-from)/(to-from), 0), 1)
	return t * t * (3 - 2*t)
}

// wave is one plane wave of a flow. Its amplitude is perpendicular to its direction, so the
// flow has no sources or sinks: it curls.
type wave struct {
	direction vec // times the wave number
	amplitude vec
	phase     float64
	turns     float64 // per loop; a whole number
}

// flow is a curling displacement in octaves, coarse to fine.
type flow [3][3]wave

func newFlow(seed uint64) flow {
	var f flow
	r := chance{state: seed ^ 0x666c6f77}
	number := 0.55
	for o := range f {
		for i := range f[o] {
			d := r.direction()
			f[o][i] = wave{
				direction: d.scale(number * (0.8 + 0.4*r.unit())), amplitude: d.cross(r.direction()),
				phase: 2 * math.Pi * r.unit(), turns: float64(1 - 2*(i%2)),
			}
		}
		number *= 2.1
	}
	return f
}

// bend moves a point by amount along the flow at a time in loops. Each octave bends what the
// one before has bent, which curls the edges.
func (f *flow) bend(p vec, time, amount float64) vec {
	for o := range f {
		var d vec
		for i := range f[o] {
			w := &f[o][i]
			d = d.add(w.amplitude.scale(math.Sin(w.direction.dot(p) + w.phase + 2*math.Pi*w.turns*time)))
		}
		p = p.add(d.scale(amount))
		amount *= 0.5
	}
	return p
}

// chance is a generator of random numbers for one particle (SplitMix64).
type chance struct{ state uint64 }

func (c *chance) next() uint64 {
	c.state += 0x9e3779b97f4a7c15
	z := c.state
	z = (z ^ z>>30) * 0xbf58476d1ce4e5b9
	z = (z ^ z>>27) * 0x94d049bb133111eb
	return z ^ z>>31
}

// unit is in [0, 1).
func (c *chance) unit() float64 { return float64(c.next()>>11) / (1 << 53) }

// around is in (-1, 1), with numbers near zero more likely.
func (c *chance) around() float64 { return c.unit() - c.unit() }

func (c *chance) direction() vec {
	y := 2*c.unit() - 1
	a, r := 2*math.Pi*c.unit(), math.Sqrt(1-y*y)
	return vec{r * math.Cos(a), y, r * math.Sin(a)}
}
