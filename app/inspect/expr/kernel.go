package expr

import (
	"bytes"
	"math"
)

// bit is 1 for true. It compiles to a set instruction, without a jump.
func bit(b bool) uint64 {
	var u uint64
	if b {
		u = 1
	}
	return u
}

// less sets the bits of the rows where a < b.
func less[T number](out []uint64, a, b []T) {
	b = b[:len(a)]
	for w := range out {
		var m uint64
		for i, x := range a[w*64 : min(w*64+64, len(a))] {
			m |= bit(x < b[w*64+i]) << (i & 63)
		}
		out[w] = m
	}
}

// lessEqual sets the bits of the rows where a <= b.
func lessEqual[T number](out []uint64, a, b []T) {
	b = b[:len(a)]
	for w := range out {
		var m uint64
		for i, x := range a[w*64 : min(w*64+64, len(a))] {
			m |= bit(x <= b[w*64+i]) << (i & 63)
		}
		out[w] = m
	}
}

// equal sets the bits of the rows where a == b.
func equal[T number](out []uint64, a, b []T) {
	b = b[:len(a)]
	for w := range out {
		var m uint64
		for i, x := range a[w*64 : min(w*64+64, len(a))] {
			m |= bit(x == b[w*64+i]) << (i & 63)
		}
		out[w] = m
	}
}

// below sets the bits of the rows where a < c. Filters spend their time here: eight rows
// are taken at a time. step leads from one row's value to the next one's.
func below[T element](out []uint64, a []T, step, n int, c T) {
	for w := range out {
		rows := min(64, n-w*64)
		var m uint64
		i := 0
		if step == 1 {
			for ; i+8 <= rows; i += 8 {
				p := a[w*64+i : w*64+i+8 : w*64+i+8]
				m |= (bit(p[0] < c) | bit(p[1] < c)<<1 | bit(p[2] < c)<<2 | bit(p[3] < c)<<3 |
					bit(p[4] < c)<<4 | bit(p[5] < c)<<5 | bit(p[6] < c)<<6 | bit(p[7] < c)<<7) << (i & 63)
			}
		}
		for at := (w*64 + i) * step; i < rows; i++ {
			m |= bit(a[at] < c) << (i & 63)
			at += step
		}
		out[w] = m
	}
}

// above sets the bits of the rows where a > c.
func above[T element](out []uint64, a []T, step, n int, c T) {
	for w := range out {
		rows := min(64, n-w*64)
		var m uint64
		i := 0
		if step == 1 {
			for ; i+8 <= rows; i += 8 {
				p := a[w*64+i : w*64+i+8 : w*64+i+8]
				m |= (bit(p[0] > c) | bit(p[1] > c)<<1 | bit(p[2] > c)<<2 | bit(p[3] > c)<<3 |
					bit(p[4] > c)<<4 | bit(p[5] > c)<<5 | bit(p[6] > c)<<6 | bit(p[7] > c)<<7) << (i & 63)
			}
		}
		for at := (w*64 + i) * step; i < rows; i++ {
			m |= bit(a[at] > c) << (i & 63)
			at += step
		}
		out[w] = m
	}
}

// equals sets the bits of the rows where a == c.
func equals[T element](out []uint64, a []T, step, n int, c T) {
	for w := range out {
		rows := min(64, n-w*64)
		var m uint64
		i := 0
		if step == 1 {
			for ; i+8 <= rows; i += 8 {
				p := a[w*64+i : w*64+i+8 : w*64+i+8]
				m |= (bit(p[0] == c) | bit(p[1] == c)<<1 | bit(p[2] == c)<<2 | bit(p[3] == c)<<3 |
					bit(p[4] == c)<<4 | bit(p[5] == c)<<5 | bit(p[6] == c)<<6 | bit(p[7] == c)<<7) << (i & 63)
			}
		}
		for at := (w*64 + i) * step; i < rows; i++ {
			m |= bit(a[at] == c) << (i & 63)
			at += step
		}
		out[w] = m
	}
}

// compare is a comparison of numbers of one type: < <= == != and their mirrors.
func compare[T number](slot int, op string, a, b func(*run, *block) []T) func(*run, *block) []uint64 {
	switch op {
	case ">":
		return compare(slot, "<", b, a)
	case ">=":
		return compare(slot, "<=", b, a)
	case "!=":
		return inverted(slot, compare(slot, "==", a, b))
	}
	kernel := map[string]func([]uint64, []T, []T){"<": less[T], "<=": lessEqual[T], "==": equal[T]}[op]
	return func(r *run, k *block) []uint64 {
		out := buffer(&r.bits, slot, k.words())
		kernel(out, a(r, k), b(r, k))
		return out
	}
}

// against compares a column of the frame, or computed numbers, with one number.
func against[T element](slot int, op string, a lane[T], c T) func(*run, *block) []uint64 {
	if op == "!=" {
		return inverted(slot, against(slot, "==", a, c))
	}
	kernel := map[string]func([]uint64, []T, int, int, T){"<": below[T], ">": above[T], "==": equals[T]}[op]
	var fast func(out []uint64, a []T, step, n int, c T) (words int) // compares words of 64 rows
	if f, ok := any(&fast).(*func([]uint64, []float32, int, int, float32) int); ok {
		*f = lanes(op)
	}
	return func(r *run, k *block) []uint64 {
		out := buffer(&r.bits, slot, k.words())
		values, step := a(r, k)
		done := 0
		if fast != nil {
			done = fast(out, values, step, k.n, c)
		}
		if done < len(out) {
			kernel(out[done:], values[done*64*step:], step, k.n-done*64, c)
		}
		return out
	}
}

// lane gives a block's values, one after step.
type lane[T element] func(r *run, k *block) (values []T, step int)

// dense is a lane of values that lie side by side.
func dense[T element](f func(*run, *block) []T) lane[T] {
	return func(r *run, k *block) ([]T, int) { return f(r, k), 1 }
}

// mirrored is a comparison with its sides exchanged.
func mirrored(op string) string {
	switch op {
	case "<":
		return ">"
	case ">":
		return "<"
	case "<=":
		return ">="
	case ">=":
		return "<="
	}
	return op
}

// inverted are the bits of f turned around, in place where they are the slot's.
func inverted(slot int, f func(*run, *block) []uint64) func(*run, *block) []uint64 {
	return func(r *run, k *block) []uint64 {
		in, out := f(r, k), buffer(&r.bits, slot, k.words())
		for i, w := range in {
			out[i] = ^w
		}
		return out
	}
}

// both joins bits by and, or.
func both(slot int, op string, f, g func(*run, *block) []uint64) func(*run, *block) []uint64 {
	return func(r *run, k *block) []uint64 {
		out := buffer(&r.bits, slot, k.words())
		copy(out, f(r, k))
		if op == "and" && none(out) {
			return out // whatever the other is
		}
		other := g(r, k)
		if op == "and" {
			for i := range out {
				out[i] &= other[i]
			}
		} else {
			for i := range out {
				out[i] |= other[i]
			}
		}
		return out
	}
}

func none(words []uint64) bool {
	for _, w := range words {
		if w != 0 {
			return false
		}
	}
	return true
}

// sameText sets the bits of the rows where two texts are equal.
func sameText(slot int, f, g func(*run, *block) [][]byte) func(*run, *block) []uint64 {
	return func(r *run, k *block) []uint64 {
		a, b := f(r, k), g(r, k)
		return gather(buffer(&r.bits, slot, k.words()), k.n, func(i int) bool { return bytes.Equal(a[i], b[i]) })
	}
}

// arithmetic computes + - * / of numbers of one type; whole ones are not divided.
func arithmetic[T number](op string, out, a, b []T) {
	a, b = a[:len(out)], b[:len(out)]
	switch op {
	case "+":
		for i := range out {
			out[i] = a[i] + b[i]
		}
	case "-":
		for i := range out {
			out[i] = a[i] - b[i]
		}
	case "*":
		for i := range out {
			out[i] = a[i] * b[i]
		}
	case "/":
		for i := range out {
			out[i] = a[i] / b[i]
		}
	case "min":
		for i := range out {
			out[i] = min(a[i], b[i])
		}
	case "max":
		for i := range out {
			out[i] = max(a[i], b[i])
		}
	case "%":
		for i := range out {
			out[i] = T(modulo(float64(a[i]), float64(b[i])))
		}
	case "pow":
		for i := range out {
			out[i] = T(math.Pow(float64(a[i]), float64(b[i])))
		}
	case "atan2":
		for i := range out {
			out[i] = T(math.Atan2(float64(a[i]), float64(b[i])))
		}
	}
}

// modulo has the sign of the divisor, as in Python.
func modulo(a, b float64) float64 {
	m := math.Mod(a, b)
	if m != 0 && (m < 0) != (b < 0) {
		return m + b
	}
	return math.Copysign(m, b)
}

// functions of one number, each computed in float64.
var functions = map[string]func(float64) float64{
	"abs": math.Abs, "sqrt": math.Sqrt, "floor": math.Floor, "ceil": math.Ceil, "round": math.RoundToEven,
	"exp": math.Exp, "log": math.Log, "sin": math.Sin, "cos": math.Cos, "tan": math.Tan,
	"sign": func(v float64) float64 {
		switch {
		case v > 0:
			return 1
		case v < 0:
			return -1
		}
		return v // 0 and NaN
	},
}
