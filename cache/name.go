package cache

import (
	"path/filepath"
	"strings"
)

// Extensions of the files that Discover takes, longest first: a converted frame is
// named after its source, x.icecache.sih5.
var extensions = []string{".icecache.sih5", ".icecache", ".sih5", ".hdf5", ".h5"}

// splitExt cuts a known extension off a file name; ok is false if it has none.
func splitExt(base string) (stem, ext string, ok bool) {
	lower := strings.ToLower(base)
	for _, e := range extensions {
		if strings.HasSuffix(lower, e) {
			return base[:len(base)-len(e)], e, true
		}
	}
	return base, "", false
}

// IsCacheFile reports whether a file's name is one of a particle cache.
func IsCacheFile(path string) bool {
	_, _, ok := splitExt(filepath.Base(path))
	return ok
}

// splitFrame takes a stem apart at its last number: cloud_1_-5 is "cloud_1_", -5,
// "". A minus belongs to the number at the stem's start and after a separator. Runs
// of more digits than a number has are part of the name (time stamps, hashes). ok is
// false if there is no number.
func splitFrame(stem string) (prefix string, frame Number, suffix string, ok bool) {
	end := len(stem)
	for end > 0 {
		for end > 0 && !digit(stem[end-1]) {
			end--
		}
		start := end
		for start > 0 && digit(stem[start-1]) {
			start--
		}
		if start == end {
			break
		}
		if end-start > maxDigits {
			end = start
			continue
		}
		if start > 0 && stem[start-1] == '-' && signed(stem, start-1) {
			start--
		}
		n, ok := ParseNumber(stem[start:end])
		if !ok {
			break
		}
		return stem[:start], n, stem[end:], true
	}
	return stem, 0, "", false
}

// signed reports whether the minus at a place of a stem belongs to the number behind
// it: at the start, and after a separator.
func signed(stem string, at int) bool { return at == 0 || strings.IndexByte("_. ", stem[at-1]) >= 0 }

func digit(c byte) bool { return c >= '0' && c <= '9' }

// natural compares two names in the order of naturalLess.
func natural(a, b string) int {
	switch {
	case naturalLess(a, b):
		return -1
	case naturalLess(b, a):
		return 1
	}
	return 0
}

// naturalLess orders names as people do: digits by their number, letters without
// regard to case.
func naturalLess(a, b string) bool {
	x, y := strings.ToLower(a), strings.ToLower(b)
	for x != "" && y != "" {
		if digit(x[0]) && digit(y[0]) {
			nx, rx := leadingDigits(x)
			ny, ry := leadingDigits(y)
			if len(nx) != len(ny) {
				return len(nx) < len(ny)
			}
			if nx != ny {
				return nx < ny
			}
			x, y = rx, ry
			continue
		}
		if x[0] != y[0] {
			return x[0] < y[0]
		}
		x, y = x[1:], y[1:]
	}
	if len(x) != len(y) {
		return len(x) < len(y)
	}
	return a < b
}

// leadingDigits is the number s begins with, without leading zeros, and the rest.
func leadingDigits(s string) (number, rest string) {
	i := 0
	for i < len(s) && digit(s[i]) {
		i++
	}
	return strings.TrimLeft(s[:i], "0"), s[i:]
}
