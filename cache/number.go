package cache

import (
	"math"
	"strconv"
	"strings"
)

// Number is the number of a frame. Frames between whole ones have fractions. It is a decimal
// with at most 15 significant digits, which a float64 tells apart: equal numbers that are
// written differently (101.5 and 101.50) are equal.
type Number float64

// maxDigits bounds the digits of a Number.
const maxDigits = 15

// ParseNumber reads a frame's number as files, scripts and flags write it: 12, -5,
// 0101.25. ok is false for anything else.
func ParseNumber(s string) (n Number, ok bool) {
	digits := strings.TrimPrefix(s, "-")
	whole, fraction, dot := strings.Cut(digits, ".")
	significant := len(strings.TrimLeft(whole, "0")) + len(strings.TrimRight(fraction, "0"))
	if whole == "" || dot && fraction == "" || significant > maxDigits || !allDigits(whole) || !allDigits(fraction) {
		return 0, false
	}
	v, err := strconv.ParseFloat(s, 64)
	if err != nil {
		return 0, false
	}
	if v == 0 {
		return 0, true // not -0
	}
	return Number(v), true
}

func allDigits(s string) bool {
	for i := range len(s) {
		if !digit(s[i]) {
			return false
		}
	}
	return true
}

// String is the number as people write it: 12, -5, 101.25.
func (n Number) String() string { return strconv.FormatFloat(float64(n), 'f', -1, 64) }

// Whole reports whether the number has no fraction.
func (n Number) Whole() bool { return n == n.Floor() }

// Floor is the whole number at or below n.
func (n Number) Floor() Number { return Number(math.Floor(float64(n))) }

// Round is the number with at most n decimals.
func (n Number) Round(decimals int) Number {
	r, _ := ParseNumber(strconv.FormatFloat(float64(n), 'f', decimals, 64))
	return r
}

// Decimals is how many digits the number has after the decimal point.
func (n Number) Decimals() int {
	_, fraction, _ := strings.Cut(n.String(), ".")
	return len(fraction)
}
