// Package measure sums up columns of a cache while they are copied to where they
// are kept: smallest, largest and mean value and how many are finite, for each
// component, and of vectors the smallest and largest length.
//
// The copy and the sums take one pass over the memory, in C which the compiler
// turns into vector instructions where the program is built with cgo, else in
// Go. Both give the same smallest and largest values and counts. Sums are made
// in float64, in an order that differs between the two: means agree to about
// 1e-13 of the mean absolute value.
package measure

import (
	"context"
	"fmt"
	"math"

	"iceexplorer/cache"
)

// MaxComponents is the most components that a value can have.
const MaxComponents = 16

// totals has the layout of struct totals in internal/native/measure.h.
type totals struct {
	min, max, sum [MaxComponents]float64
	finite, bad   [MaxComponents]uint64

	// Of the lengths of values of several floats, squared.
	leastSquare, mostSquare   float64
	finiteLengths, badLengths uint64
}

// Acc gathers what is known of one column over any number of calls, as its
// values come in runs. Make one with New; it isn't safe for concurrent use, but
// several can be merged.
type Acc struct {
	comps int
	t     totals
}

// New returns an empty Acc for values of comps components, 1 to 16. It panics on
// any other number.
func New(comps int) *Acc {
	a := new(Acc)
	a.Reset(comps)
	return a
}

// Reset empties the Acc, for values of comps components.
func (a *Acc) Reset(comps int) {
	if comps < 1 || comps > MaxComponents {
		panic(fmt.Sprintf("measure: %d components", comps))
	}
	*a = Acc{comps: comps}
	for i := range comps {
		a.t.min[i], a.t.max[i] = math.Inf(1), math.Inf(-1)
	}
	a.t.leastSquare = math.Inf(1)
}

// Components is the number of components of a value.
func (a *Acc) Components() int { return a.comps }

// Merge adds what b has gathered, of values with as many components.
func (a *Acc) Merge(b *Acc) {
	if a.comps != b.comps {
		panic(fmt.Sprintf("measure: merging %d components into %d", b.comps, a.comps))
	}
	for i := range a.comps {
		a.t.min[i] = min(a.t.min[i], b.t.min[i])
		a.t.max[i] = max(a.t.max[i], b.t.max[i])
		a.t.sum[i] += b.t.sum[i]
		a.t.finite[i] += b.t.finite[i]
		a.t.bad[i] += b.t.bad[i]
	}
	a.t.leastSquare = min(a.t.leastSquare, b.t.leastSquare)
	a.t.mostSquare = max(a.t.mostSquare, b.t.mostSquare)
	a.t.finiteLengths += b.t.finiteLengths
	a.t.badLengths += b.t.badLengths
}

// Range is what is known of one component. NaN and infinities are counted and
// otherwise left out; without any finite value Min, Max and Mean are 0. Zeros
// lose their sign.
func (a *Acc) Range(comp int) cache.Range {
	if comp < 0 || comp >= a.comps {
		panic(fmt.Sprintf("measure: component %d of %d", comp, a.comps))
	}
	r := cache.Range{Finite: a.t.finite[comp], NonFinite: a.t.bad[comp]}
	if r.Finite > 0 {
		// -0 + 0 is 0.
		r.Min, r.Max = a.t.min[comp]+0, a.t.max[comp]+0
		r.Mean = a.t.sum[comp]/float64(r.Finite) + 0
	}
	return r
}

// Ranges are the ranges of all components.
func (a *Acc) Ranges() []cache.Range {
	r := make([]cache.Range, a.comps)
	for i := range r {
		r[i] = a.Range(i)
	}
	return r
}

// Lengths sums up the lengths of values of several floats; of others it is zero.
func (a *Acc) Lengths() cache.Lengths {
	l := cache.Lengths{Finite: a.t.finiteLengths, NonFinite: a.t.badLengths}
	if l.Finite > 0 {
		l.Min, l.Max = math.Sqrt(a.t.leastSquare), math.Sqrt(a.t.mostSquare)
	}
	return l
}

// Column measures what is not known yet of a column, whose stored values are data.
func Column(c *cache.Column, data []byte) {
	_ = ColumnContext(context.Background(), c, data) // which never ends
}

// ColumnContext is Column until ctx ends, which is its only error. Nothing is known of
// a column then that was not known before.
func ColumnContext(ctx context.Context, c *cache.Column, data []byte) error {
	if c.Measured() || len(data) == 0 {
		return nil
	}
	acc := New(c.Type.Components())
	value := kindOf(c.Type.Elem()).size() * acc.comps
	step := max(contextStep/value, 1) * value
	for len(data) > 0 {
		if err := ctx.Err(); err != nil {
			return err
		}
		n := min(step, len(data))
		Copy(c.Type.Elem(), nil, data[:n], acc)
		data = data[n:]
	}
	c.Take(acc.Ranges(), acc.Lengths())
	return nil
}

// contextStep is about how many bytes are measured between two checks of a context: some 10 ms
// of work if memory is slow.
const contextStep = 16 << 20

// Sum is the sum of a component's finite values.
func (a *Acc) Sum(comp int) float64 { return a.t.sum[comp] }

// CopyFloat32 copies src, whole values of little-endian float32 components, to
// the start of dst and adds them to acc. Neither needs alignment; bits are kept,
// those of NaNs too. It panics if dst is shorter than src or src ends within a
// value. The two must not overlap, unless they start at the same byte.
func CopyFloat32(dst, src []byte, acc *Acc) { run(kindFloat32, dst, src, false, acc) }

// Float32 adds src to acc, like CopyFloat32.
func Float32(src []byte, acc *Acc) { run(kindFloat32, nil, src, false, acc) }

// CopyInt32 is CopyFloat32 for little-endian int32 components.
func CopyInt32(dst, src []byte, acc *Acc) { run(kindInt32, dst, src, false, acc) }

// Int32 adds src to acc, like CopyInt32.
func Int32(src []byte, acc *Acc) { run(kindInt32, nil, src, false, acc) }

// CopyUint8 is CopyFloat32 for components of one byte, such as bools. The bytes
// are copied as they are: a bool of 7 stays 7.
func CopyUint8(dst, src []byte, acc *Acc) { run(kindUint8, dst, src, false, acc) }

// Uint8 adds src to acc, like CopyUint8.
func Uint8(src []byte, acc *Acc) { run(kindUint8, nil, src, false, acc) }

// Copy is the Copy function for elem, and copies nothing if dst is nil.
func Copy(elem cache.Elem, dst, src []byte, acc *Acc) { run(kindOf(elem), dst, src, false, acc) }

// Stream is Copy past the processor's caches: faster for columns that are larger
// than those, and slower to read again for others.
func Stream(elem cache.Elem, dst, src []byte, acc *Acc) { run(kindOf(elem), dst, src, true, acc) }

func kindOf(elem cache.Elem) kind {
	switch elem {
	case cache.ElemFloat32:
		return kindFloat32
	case cache.ElemInt32:
		return kindInt32
	case cache.ElemUint8:
		return kindUint8
	}
	panic(fmt.Sprintf("measure: elements of type %v", elem))
}

type kind uint8

const (
	kindFloat32 kind = iota
	kindInt32
	kindUint8
)

func (k kind) size() int {
	if k == kindUint8 {
		return 1
	}
	return 4
}

// run checks the lengths, which the kernels trust.
func run(k kind, dst, src []byte, past bool, acc *Acc) {
	value := k.size() * acc.comps
	if len(src)%value != 0 {
		panic(fmt.Sprintf("measure: %d bytes of values of %d bytes", len(src), value))
	}
	if len(src) == 0 {
		return
	}
	if dst != nil && len(dst) < len(src) {
		panic(fmt.Sprintf("measure: %d bytes to copy to %d", len(src), len(dst)))
	}
	kernel(k, dst, src, past, acc)
}
