package cache

import (
	"path/filepath"
	"regexp"
	"strconv"
	"strings"

	"iceexplorer/cache/lazy"
)

// notation is a name for a sequence: the files' name with a place for the number, possibly with
// the numbers that are meant.
type notation struct {
	dir, prefix, suffix, ext string
	spans                    []FrameSpan // nil: all
	digits                   int         // the numbers have with zeros before them; 0, 1: not said
	bare                     bool        // there are numbers but no place: it may be a file's name all the same
}

func (n *notation) wants(f Number) bool {
	for _, s := range n.spans {
		if s.Contains(f) {
			return true
		}
	}
	return n.spans == nil
}

// Places for the number as programs write them, each with the digits in a group.
var (
	bracketPlace = lazy.Regexp(`\[([^\[\]]*)\]`)                   // Softimage: [1..100;4]
	markPlace    = lazy.Regexp(`(#+)|(@+)`)                        // Nuke, RV, Katana: ####, @@@@
	percentPlace = lazy.Regexp(`%0?([0-9]?)d`)                     // printf: %04d
	dollarPlace  = lazy.Regexp(`\$(?:FF|F([0-9]?)|\{F([0-9]?)\})`) // Houdini: $F4, ${F4}, $FF
	spanBefore   = lazy.Regexp(spanText + `$`)
	spanBehind   = lazy.Regexp(`^(.*\S)\s+(\S+)$`) // Nuke: name.####.icecache 1-100
)

// parseNotation reads a sequence's name in one of the notations that programs for pictures and
// simulations use. ok is false if it is not in any of them.
func parseNotation(path string) (n notation, ok bool) {
	dir, base := filepath.Split(path)
	if m := spanBehind().FindStringSubmatch(base); m != nil && !IsCacheFile(base) {
		if n.spans, ok = ParseFrameSpans(m[2]); !ok {
			return n, false
		}
		base = m[1]
	}
	stem, ext, ok := splitExt(base)
	if !ok {
		return n, false
	}
	n.dir, n.ext = filepath.Clean(dir), ext
	if at := last(bracketPlace(), stem); at != nil {
		if n.bracket(stem, at) {
			return n, true
		}
	}
	var at []int
	for i, place := range []func() *regexp.Regexp{markPlace, percentPlace, dollarPlace} {
		if found := last(place(), stem); found != nil && (at == nil || found[1] > at[1]) {
			at = found
			n.digits = width(i == 0, stem, found)
		}
	}
	if at == nil {
		return n, n.named(stem)
	}
	n.prefix, n.suffix = stem[:at[0]], stem[at[1]:]
	n.before()
	return n, true
}

func last(r *regexp.Regexp, s string) []int {
	if all := r.FindAllStringSubmatchIndex(s, -1); all != nil {
		return all[len(all)-1]
	}
	return nil
}

// width is how many digits a place asks for, by as many marks or by a number.
func width(marks bool, stem string, at []int) int {
	if marks {
		return at[1] - at[0]
	}
	for g := 2; g+1 < len(at); g += 2 {
		if at[g] >= 0 {
			n, _ := strconv.Atoi(stem[at[g]:at[g+1]])
			return n
		}
	}
	return 0
}

// bracket reads [1..100;4] or [1-100x2]. Of brackets that may be a glob's, such as
// [1-9], it takes only those that would make no sense there.
func (n *notation) bracket(stem string, at []int) bool {
	span, digits, semicolon := strings.Cut(stem[at[2]:at[3]], ";")
	spans, ok := ParseFrameSpans(span)
	if !ok || !strings.Contains(span, "..") && !semicolon && !manyDigits().MatchString(span) {
		return false
	}
	if semicolon {
		d, err := strconv.Atoi(strings.TrimSpace(digits))
		if err != nil || d < 0 || d > maxDigits {
			return false
		}
		n.digits = d
	}
	n.spans, n.prefix, n.suffix = spans, stem[:at[0]], stem[at[1]:]
	return true
}

var manyDigits = lazy.Regexp(`[0-9]{2}|x`)

// before takes numbers that stand before the place: name.1-100x2####.icecache.
func (n *notation) before() {
	if n.spans != nil {
		return
	}
	at := spanBefore().FindStringSubmatchIndex(n.prefix)
	if at == nil || at[4] < 0 { // one number alone belongs to the name
		return
	}
	start := at[0]
	if n.prefix[start] == '-' && !signed(n.prefix, start) {
		start++
	}
	if start > 0 && digit(n.prefix[start-1]) {
		return
	}
	if spans, ok := ParseFrameSpans(n.prefix[start:]); ok {
		n.spans, n.prefix = spans, n.prefix[:start]
	}
}

// named reads name.1-100x2.icecache, which has numbers and no other place.
func (n *notation) named(stem string) bool {
	n.prefix, n.bare = stem, true
	n.before()
	return n.spans != nil && n.prefix != stem
}

// misread reports that a path looks like Softimage's notation but is not valid: as a glob its
// brackets would stand for one of their characters.
func misread(path string) bool {
	base := filepath.Base(path)
	open := strings.LastIndexByte(base, '[')
	return open >= 0 && strings.Contains(base[open:], "..") && strings.Contains(base[open:], "]")
}
