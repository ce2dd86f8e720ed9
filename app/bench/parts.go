package bench

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"iceexplorer/cache/unit"
)

// part is what can be measured without the others.
type part struct {
	name     string // as a command line takes it
	doing    string // what is done, for a line on a terminal
	run      func(*bench, context.Context) error
	small    bool     // it decodes smaller frames, too
	large    int      // of the largest frames it needs so many; -1: all that are different
	sections []string // of the results, up to the first comma
}

// parts are all of them, in the order in which they are measured and printed.
func parts() []part {
	return []part{
		{"decode", "decoding", (*bench).decoding, true, 1, []string{"Decoding one file on one core"}},
		{"pool", "workers", (*bench).workers, false, -1, []string{"Workers"}},
		{"convert", "converting", (*bench).converting, false, 1, []string{"Converting"}},
		{"open", "converted frames", (*bench).converted, true, 1, []string{"Converted frames"}},
		{"export", "exporting", (*bench).exporting, false, exportFrames, []string{exports}},
		{"sequence", "a long sequence", (*bench).sequence, false, -1, []string{"A long converted sequence"}},
		{"ask", "asking", (*bench).inspecting, false, -1, []string{asking, "Asking sequences"}},
		{"start", "starting", (*bench).starting, false, 0, []string{"Starting"}},
		{"draw", "drawing", (*bench).drawing, false, 0, []string{"Drawing"}},
		{"peers", "peers", (*bench).peers, false, 1, []string{"Readers in Python"}},
	}
}

// PartNames lists what can be measured by itself, for people.
func PartNames() string {
	var names []string
	for _, p := range parts() {
		names = append(names, p.name)
	}
	return unit.OneOf(names)
}

// ParseParts reads a list of parts: decode,export.
func ParseParts(list string) ([]string, error) {
	var out []string
	for name := range strings.SplitSeq(list, ",") {
		if name = strings.TrimSpace(name); name == "" {
			continue
		}
		if !slices.ContainsFunc(parts(), func(p part) bool { return p.name == name }) {
			return nil, fmt.Errorf("%q: want %s", name, PartNames())
		}
		out = append(out, name)
	}
	if len(out) == 0 {
		return nil, fmt.Errorf("%q: want %s", list, PartNames())
	}
	return out, nil
}

// wanted are the parts that are measured.
func (o *Options) wanted() []part {
	return slices.DeleteFunc(parts(), func(p part) bool { return len(o.Only) > 0 && !slices.Contains(o.Only, p.name) })
}
