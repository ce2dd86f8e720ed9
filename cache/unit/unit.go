// Package unit writes counts, sizes, rates and durations for people, in one way
// everywhere: thousands separators, decimal units (1 MB is 1,000,000 bytes), few
// digits.
package unit

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"
)

// Integer is any number that counts something.
type Integer interface {
	~int | ~int32 | ~int64 | ~uint | ~uint32 | ~uint64
}

// Count is a number with thousands separators: 1,234,567.
func Count[T Integer](n T) string {
	s := fmt.Sprint(n)
	for i := len(s) - 3; i > 0 && s[i-1] != '-'; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}

// Plural is a count and what is counted: 1 point, 20,000 points. The noun takes an s.
func Plural[T Integer](n T, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return Count(n) + " " + noun + "s"
}

// Bytes is a size: 12 B, 3.4 kB, 120.0 MB.
func Bytes[T Integer](n T) string {
	v, unit := scaled(float64(n))
	if unit == "" {
		return strconv.FormatFloat(v, 'f', 0, 64) + " B"
	}
	return strconv.FormatFloat(v, 'f', 1, 64) + " " + unit + "B"
}

// Rate is a number of bytes a second: 560 MB/s, 1.2 GB/s.
func Rate(bytes, seconds float64) string {
	v, unit := scaled(bytes / math.Max(seconds, 1e-9))
	digits := 0
	if v < 10 && unit != "" {
		digits = 1
	}
	return strconv.FormatFloat(v, 'f', digits, 64) + " " + unit + "B/s"
}

// scaled brings a number below 1,000.
func scaled(v float64) (float64, string) {
	units := []string{"", "k", "M", "G", "T", "P", "E"}
	for len(units) > 1 && math.Abs(v) >= 999.95 {
		v, units = v/1000, units[1:]
	}
	return v, units[0]
}

// Duration is a time in the unit that leaves few digits: 1.24 s, 17.3 ms, 8.0 us.
func Duration(d time.Duration) string {
	s := d.Seconds()
	switch {
	case s >= 120:
		return fmt.Sprintf("%d min %02d s", int(s)/60, int(s)%60)
	case s >= 10:
		return fmt.Sprintf("%.1f s", s)
	case s >= 1:
		return fmt.Sprintf("%.2f s", s)
	case s >= 0.1:
		return fmt.Sprintf("%.0f ms", s*1e3)
	case s >= 1e-3:
		return fmt.Sprintf("%.2f ms", s*1e3)
	}
	return fmt.Sprintf("%.1f us", s*1e6)
}

// ParseBytes reads 4096, 500M, 1.5GB, 16GiB: K, M, G and T are powers of 1000, with
// an i (KiB) of 1024.
func ParseBytes(s string) (n uint64, ok bool) {
	digits := strings.TrimRight(s, "kKmMgGtTiIbB")
	base, power := 1000.0, 0
	switch suffix := strings.TrimSuffix(strings.ToUpper(s[len(digits):]), "B"); {
	case suffix == "":
	case len(suffix) == 1:
		power = strings.Index("KMGT", suffix) + 1
	case len(suffix) == 2 && suffix[1] == 'I':
		base, power = 1024, strings.Index("KMGT", suffix[:1])+1
	default:
		return 0, false
	}
	v, err := strconv.ParseFloat(digits, 64)
	if bad := len(digits) < len(s) && power == 0 && !strings.EqualFold(s[len(digits):], "b"); bad || err != nil || !(v >= 0) || v*math.Pow(base, float64(power)) >= 1<<62 {
		return 0, false
	}
	return uint64(v * math.Pow(base, float64(power))), true
}

// OneOf is a choice: 100, 102 or 103.
func OneOf[T any](choice []T) string {
	var text strings.Builder
	for i, c := range choice {
		switch {
		case i > 0 && i == len(choice)-1:
			text.WriteString(" or ")
		case i > 0:
			text.WriteString(", ")
		}
		fmt.Fprint(&text, c)
	}
	return text.String()
}
