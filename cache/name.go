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

// IsCacheFile reports whether a file's name is that of a particle cache.
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
