package sample

import "math"

// class is a kind of particle. Its particles are born at regular intervals, live equally
// long and are born again with the same look one loop later, so that the frame after the
// last is the first one except for the IDs.
type class struct {
	kind  kind
	count int     // alive at any time
	life  float64 // in frames
	looks int     // births per loop: particle q looks like particle q+looks
	shift float64 // of the births, in births
}

type kind int

const (
	jet   kind = iota // the rotating jets
	crown             // the low arcs around them
	mist              // what floats up around both
)

// Shares of the kinds, and roughly how long each lives, in frames.
var kinds = []struct {
	kind  kind
	share float64
	life  float64
}{
	{jet, 0.62, 4 * Rate},
	{mist, 0.14, 6 * Rate},
	{crown, 0, 2 * Rate}, // takes the rest
}

// classes divides the points among the kinds. A loop of frames must hold a whole
// number of births of each class: its life is a multiple of the loop that divides
// its count, or a fraction of the loop.
func classes(points, frames int) []class {
	left := points
	var out []class
	for i, k := range kinds {
		loop := float64(frames)
		if k.life < loop {
			n := math.Round(loop / k.life)
			count := int(float64(points) * k.share)
			if k.share == 0 {
				count = left
			}
			out = append(out, class{kind: k.kind, count: count, life: loop / n, looks: count * int(n)})
			left -= count
			continue
		}
		lives := int(math.Round(k.life / loop))
		count := int(float64(points)*k.share) / lives * lives
		if k.share == 0 {
			count = left
			for count%lives != 0 {
				lives--
			}
		}
		out = append(out, class{kind: k.kind, count: count, life: loop * float64(lives), looks: count / lives})
		left -= count
		out[i].shift = 0.37 * float64(i)
	}
	return out
}

// birth is a particle that is alive at some frame.
type birth struct {
	class *class
	id    int32
	look  uint64  // seed of its random traits, within the class
	time  float64 // of birth, in loops
	age   float64 // in frames, below the class's life
}

// alive calls f for each particle alive at a frame, in order of ID. IDs are a class's births
// times the number of classes, which leaves gaps, as births are not equally frequent in
// all classes.
func (g *generator) alive(frame int, f func(birth)) {
	type cursor struct {
		class     *class
		next, end int64 // births; negative: before the first frame
		id        int64
		interval  float64 // between births, in frames
	}
	var cursors []cursor
	for i := range g.classes {
		c := &g.classes[i]
		if c.count == 0 {
			continue
		}
		interval := c.life / float64(c.count)
		last := int64(math.Floor(float64(frame)/interval - c.shift))
		first := last - int64(c.count) + 1
		// Births before frame 0 have negative numbers: all are moved up.
		cursors = append(cursors, cursor{
			class: c, next: first, end: last + 1, interval: interval,
			id: (first+int64(c.count)+1)*int64(len(g.classes)) + int64(i),
		})
	}
	for {
		var best *cursor
		for i := range cursors {
			c := &cursors[i]
			if c.next < c.end && (best == nil || c.id < best.id) {
				best = c
			}
		}
		if best == nil {
			return
		}
		c := best.class
		born := (float64(best.next) + c.shift) * best.interval
		looks := int64(c.looks)
		f(birth{
			class: c, id: int32(best.id), look: uint64((best.next%looks + looks) % looks),
			time: born / float64(g.frames), age: min(max(float64(frame)-born, 0), c.life),
		})
		best.next++
		best.id += int64(len(g.classes))
	}
}
