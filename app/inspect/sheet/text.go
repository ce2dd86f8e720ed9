package sheet

import (
	"fmt"
	"math"
	"strconv"
	"strings"

	"iceexplorer/app/inspect/column"
	"iceexplorer/app/inspect/rows"
	"iceexplorer/cache/printable"
	"iceexplorer/cache/unit"
	"iceexplorer/cache/value"
)

// Style is how cells are written.
type Style struct {
	Decimals int  // of numbers; less than 0: as many as it takes
	Hex      bool // whole numbers in hexadecimal
}

// MaxDecimals is how many there may be.
const MaxDecimals = 12

// Number writes a number.
func (st Style) Number(v float64, bits int) string {
	switch {
	case math.IsNaN(v):
		return "NaN"
	case math.IsInf(v, 1):
		return "inf"
	case math.IsInf(v, -1):
		return "-inf"
	case st.Decimals >= 0 && math.Abs(v) < 1e15:
		return strconv.FormatFloat(v, 'f', st.Decimals, bits)
	case v == math.Trunc(v) && math.Abs(v) < 1e10: // all that 32 bits hold
		return strconv.FormatFloat(v+0, 'f', 0, 64)
	}
	return strconv.FormatFloat(v, 'g', 6, 64)
}

// Text writes a cell of column.Glance; odd tells that it is no finite number.
func (st Style) Text(v any) (text string, odd bool) {
	switch v := v.(type) {
	case float32:
		return st.Number(float64(v), 32), v-v != 0
	case float64:
		return st.Number(v, 64), v-v != 0
	case int32: // in an array
		return st.Text(int64(v))
	case int64:
		if !st.Hex {
			return strconv.FormatInt(v, 10), false
		}
		if v >= math.MinInt32 && v <= math.MaxUint32 { // as it lies in 32 bits
			return fmt.Sprintf("0x%08x", uint32(v)), false
		}
		return fmt.Sprintf("0x%016x", uint64(v)), false
	case column.Array:
		return st.list(v)
	case []float32: // in an array
		return st.vector(v)
	}
	return printable.Line(rows.Text(v)), false
}

// listed is how many values of an array stand in its cell.
const listed = 4

func (st Style) list(v column.Array) (text string, odd bool) {
	var b strings.Builder
	fmt.Fprintf(&b, "[%d]", v.Len)
	for i, x := range v.First[:min(len(v.First), listed)] {
		t, bad := st.Text(x)
		odd = odd || bad
		if b.WriteByte(' '); i > 0 {
			b.WriteString(" ")
		}
		b.WriteString(t)
	}
	if v.Len > listed {
		b.WriteString("  ...")
	}
	return b.String(), odd
}

func (st Style) vector(v []float32) (text string, odd bool) {
	parts := make([]string, len(v))
	for i, x := range v {
		parts[i], odd = st.Number(float64(x), 32), odd || x-x != 0
	}
	return "(" + strings.Join(parts, ", ") + ")", odd
}

// told is how many values of an array are told at a time.
const told = 32

// Full is a cell of column.Glance exactly, over several lines if it is an array.
func Full(v any) string {
	list, ok := v.(column.Array)
	if !ok {
		return printable.Line(rows.Text(v))
	}
	var b strings.Builder
	b.WriteString(unit.Plural(list.Len, "value"))
	first := list.First[:min(len(list.First), told)]
	for i, x := range first {
		fmt.Fprintf(&b, "\n[%d]  %s", i, printable.Line(value.Text(x)))
	}
	if n := list.Len - len(first); n > 0 {
		fmt.Fprintf(&b, "\nand %s more", unit.Count(int64(n)))
	}
	return b.String()
}
