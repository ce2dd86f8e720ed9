package stats

import (
	"context"
	"math"

	"github.com/bits-and-blooms/bitset"

	"iceexplorer/app/inspect/expr"
)

// Sketch counts values so that their quantiles are found without the values, and so that
// those of several frames are added up. Values count as float32, by the upper bits of their
// order: a quantile is that of the values but for one part in 32,768, and it is exact for
// values that need no more than 16 bits, such as whole numbers up to 65,536. The zero value
// counts nothing.
type Sketch struct {
	n      uint64
	fine   map[uint16]*[sketchPart]uint64 // by the upper 16 bits
	coarse map[uint16]uint64              // those for which there was no room
}

const (
	sketchBits = 8 // below the upper 16
	sketchPart = 1 << sketchBits
	// mostFine bounds the memory of a sketch to some 8 MB: no more of values of noise in all
	// magnitudes.
	mostFine = 1 << 12
)

// SketchOf counts the values of a program's component of the points in mask; nil: of all.
func SketchOf(ctx context.Context, p *expr.Program, component int, mask *bitset.BitSet) (*Sketch, error) {
	type local struct {
		Sketch
		at [1 << 16]*[sketchPart]uint64
	}
	parts := make([]*local, expr.Workers())
	err := expr.Each(ctx, p, component, mask, func(w int, values []float32) {
		s := parts[w]
		if s == nil {
			s = &local{}
			parts[w] = s
		}
		for _, v := range values {
			if v-v != 0 {
				continue
			}
			k := key32(v) >> 32
			up := uint16(k >> 16)
			part := s.at[up]
			if part == nil {
				if part = s.part(up); part == nil {
					s.coarse[up]++
					continue
				}
				s.at[up] = part
			}
			part[uint8(k>>(16-sketchBits))]++
		}
	})
	out := &Sketch{}
	for _, s := range parts {
		if s != nil {
			out.Add(&s.Sketch)
		}
	}
	out.n = 0
	for _, part := range out.fine {
		for _, c := range part {
			out.n += c
		}
	}
	for _, c := range out.coarse {
		out.n += c
	}
	return out, err
}

// part is where values with some upper bits are counted; nil if there is no room.
func (s *Sketch) part(up uint16) *[sketchPart]uint64 {
	part := s.fine[up]
	switch {
	case part != nil:
	case len(s.fine) < mostFine:
		if s.fine == nil {
			s.fine = map[uint16]*[sketchPart]uint64{}
		}
		part = new([sketchPart]uint64)
		s.fine[up] = part
	case s.coarse == nil:
		s.coarse = map[uint16]uint64{}
	}
	return part
}

// Add adds the counts of another one.
func (s *Sketch) Add(o *Sketch) {
	s.n += o.n
	for up, counts := range o.fine {
		part := s.part(up)
		for i, c := range counts {
			if part != nil {
				part[i] += c
			} else {
				s.coarse[up] += c
			}
		}
	}
	for up, c := range o.coarse {
		if s.coarse == nil {
			s.coarse = map[uint16]uint64{}
		}
		s.coarse[up] += c
	}
}

// Count is how many finite values were counted.
func (s *Sketch) Count() uint64 { return s.n }

// Quantiles are those of the parts, 0 to 1, NaN if there are no values. Between two values
// they lie on a line, as those of numpy.
func (s *Sketch) Quantiles(parts ...float64) []float64 {
	out := make([]float64, len(parts))
	for i, part := range parts {
		if s.n == 0 {
			out[i] = math.NaN()
			continue
		}
		at := min(max(part, 0), 1) * float64(s.n-1)
		lo, hi := s.ranked(uint64(math.Floor(at))), s.ranked(uint64(math.Ceil(at)))
		if out[i] = lo; hi != lo {
			out[i] = lo + (hi-lo)*(at-math.Floor(at))
		}
	}
	return out
}

// ranked is the value with a rank among all, counted from 0.
func (s *Sketch) ranked(rank uint64) float64 {
	for up := range 1 << 16 {
		part := s.fine[uint16(up)]
		n := s.coarse[uint16(up)]
		if part != nil {
			for i, c := range part {
				if rank < c {
					return sketched(uint16(up), uint32(i))
				}
				rank -= c
			}
		}
		if rank < n {
			return sketched(uint16(up), sketchPart/2)
		}
		rank -= n
	}
	return math.NaN()
}

// sketched is the value that those with the same upper bits count as: the one of them that
// needs the fewest bits.
func sketched(up uint16, low uint32) float64 {
	k := uint64(up)<<48 | uint64(low)<<(48-sketchBits)
	if up < 1<<15 { // negative: the bits of the order are turned around
		k |= 1<<(48-sketchBits) - 1
	}
	return valueOf[float32](k)
}
