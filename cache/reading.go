package cache

import (
	"cmp"
	"maps"
	"math"
	"slices"
	"strings"
)

// reading is what the name of a cache's file says.
type reading struct {
	stem, ext string
	hidden    bool // it lies in the folder of converted frames

	key    groupKey
	number Number
	digits int  // of the whole number, as written
	zeros  bool // there are zeros before it
	none   bool // it has no number

	padding int  // if frames of one number differ by their zeros: the digits of these; 1 for none
	gone    bool // a converted frame whose source is gone while sources of others exist
}

// read takes a file's name apart by its last number.
func read(dir, base string, hidden bool) *reading {
	stem, ext, _ := splitExt(base)
	r := &reading{stem: stem, ext: ext, hidden: hidden}
	prefix, number, suffix, ok := splitFrame(stem)
	if !ok {
		r.key, r.none = groupKey{dir: dir, prefix: stem, suffix: "\x00"}, true
		return r
	}
	r.place(dir, prefix, suffix, number)
	return r
}

// place says where in the stem the number is.
func (r *reading) place(dir, prefix, suffix string, number Number) {
	text := strings.TrimPrefix(r.stem[len(prefix):len(r.stem)-len(suffix)], "-")
	whole, _, _ := strings.Cut(text, ".")
	r.key, r.number, r.none = groupKey{dir: dir, prefix: prefix, suffix: suffix}, number, false
	r.digits, r.zeros = len(whole), len(whole) > 1 && whole[0] == '0'
}

// source reports whether the file is the source of a frame.
func (r *reading) source() bool { return r.ext == ".icecache" }

// readAll reads the names of a folder's caches together, as the meaning of some depends on
// others.
func readAll(all []*reading) {
	subframes(all)
	families := map[groupKey][]*reading{}
	for _, r := range all {
		families[r.key] = append(families[r.key], r)
	}
	for _, family := range families {
		sources := map[string]bool{}
		for _, r := range family {
			if r.source() {
				sources[r.stem] = true
			}
		}
		for _, r := range family {
			r.gone = len(sources) > 0 && r.hidden && r.ext == ".icecache.sih5" && !sources[r.stem]
		}
		split(slices.DeleteFunc(family, func(r *reading) bool { return r.gone }))
	}
}

// fraction is a name whose last number may be the decimals of the one before it.
type fraction struct {
	*reading
	prefix string
	number Number  // with the decimals
	whole  string  // the number before them
	part   float64 // the decimals, and how exact they are
	exact  float64
}

// fractionOf reads name.101.25 as 101.25; ok is false where that cannot be.
func fractionOf(r *reading) (f fraction, ok bool) {
	before, found := strings.CutSuffix(r.key.prefix, ".")
	if r.none || !found {
		return f, false
	}
	decimals := r.stem[len(r.key.prefix) : len(r.stem)-len(r.key.suffix)]
	start := len(before)
	for start > 0 && digit(before[start-1]) {
		start--
	}
	if start == len(before) || start > 0 && strings.IndexByte("vV", before[start-1]) >= 0 {
		return f, false // v1.25 is a version
	}
	if start > 0 && before[start-1] == '-' && signed(before, start-1) {
		start--
	}
	f = fraction{reading: r, prefix: before[:start], whole: before[start:], exact: math.Pow10(-len(decimals))}
	part, ok := ParseNumber("0." + decimals) // false for a negative number
	if !ok {
		return f, false
	}
	f.part = float64(part)
	f.number, ok = ParseNumber(f.whole + "." + decimals)
	return f, ok
}

// subframes finds frames between whole ones: those whose number is followed by
// decimals. That may as well be a number of the name (a version, an object) before the
// frame's, so it takes them only where the folder tells that they are: there are whole
// frames beside, or the decimals divide a frame evenly.
func subframes(all []*reading) {
	families := map[groupKey][]fraction{}
	for _, r := range all {
		if f, ok := fractionOf(r); ok {
			key := groupKey{dir: r.key.dir, prefix: f.prefix, suffix: r.key.suffix}
			families[key] = append(families[key], f)
		}
	}
	if len(families) == 0 {
		return
	}
	whole := map[groupKey]bool{}
	for _, r := range all {
		whole[r.key] = true
	}
	for key, family := range families {
		if parts(family, whole[key]) {
			for _, f := range family {
				f.place(key.dir, key.prefix, key.suffix, f.number)
			}
		}
	}
}

const (
	mostParts  = 64       // that a frame is divided into evenly
	leastApart = 1. / 200 // frames between whole ones
)

// parts reports whether decimals are parts of a frame; beside says that there are whole frames.
func parts(family []fraction, beside bool) bool {
	type place struct {
		whole string
		part  float64
	}
	stems := map[place]string{}
	wholes := map[string]bool{}
	exact := map[float64]float64{} // of every part of a frame
	for _, f := range family {
		at := place{f.whole, f.part}
		if s, taken := stems[at]; taken && s != f.stem {
			return false // .1 and .10 are two frames
		}
		stems[at], wholes[f.whole], exact[f.part] = f.stem, true, f.exact
	}
	single := len(exact) == 1
	exact[0] = 0
	values := slices.Sorted(maps.Keys(exact))
	if beside {
		for i := range values[1:] {
			if values[i+1]-values[i] < leastApart {
				return false
			}
		}
		return true
	}
	if n := len(values); n > mostParts || len(wholes) < 2 || single && len(wholes) < 3 {
		return false
	}
	for i, v := range values {
		off := exact[v]
		if off > 0.05 {
			off /= 2 // one digit is a rounded one
		}
		if math.Abs(v-float64(i)/float64(len(values))) > off+1e-9 {
			return false
		}
	}
	return true
}

// split tells frames of one number apart that have different zeros before it: they
// are of different sequences, each with zeros up to as many digits as its numbers have.
func split(family []*reading) {
	if !doubled(family) {
		return
	}
	files := map[int]int{} // that can be of one padding alone
	for _, r := range family {
		if r.zeros {
			files[r.digits]++
		}
	}
	padded := slices.Sorted(maps.Keys(files))
	for _, r := range family {
		if !r.zeros && r.digits < padded[0] {
			files[1]++
		}
	}
	total := map[int]int{}
	for _, r := range family {
		r.padding = 1
		for _, p := range padded {
			if r.zeros && p == r.digits || !r.zeros && p <= r.digits && files[p] > files[r.padding] {
				r.padding = p
			}
		}
		total[r.padding]++
	}
	main := slices.MaxFunc(slices.Sorted(maps.Keys(total)), func(a, b int) int { return cmp.Or(cmp.Compare(total[a], total[b]), b-a) })
	for _, r := range family {
		if r.padding != main {
			r.key.padding = r.padding
		}
	}
}

// doubled reports whether frames of one number are there with different digits.
func doubled(family []*reading) bool {
	digits := map[Number]int{}
	for _, r := range family {
		if d, ok := digits[r.number]; ok && d != r.digits {
			return !r.none
		}
		digits[r.number] = r.digits
	}
	return false
}
