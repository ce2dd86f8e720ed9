package export

import (
	"slices"
	"strings"

	"iceexplorer/app/export/reshape"
	"iceexplorer/cache"
	"iceexplorer/cache/export"
	"iceexplorer/cache/unit"
)

// Left is what is told of attributes of files for one reason.
type Left struct {
	Why        string   `json:"why"`
	Attributes []string `json:"attributes"`
	More       int      `json:"more,omitempty"` // attributes that are not named, in one file
	Files      int      `json:"files"`
}

// addLeft adds what another file leaves out.
func addLeft(all, more []Left) []Left {
	for _, m := range more {
		i := slices.IndexFunc(all, func(l Left) bool { return l.Why == m.Why })
		if i < 0 {
			i = len(all)
			all = append(all, Left{Why: m.Why})
		}
		l := &all[i]
		for _, name := range m.Attributes {
			if !slices.Contains(l.Attributes, name) {
				l.Attributes = append(l.Attributes, name)
			}
		}
		l.More = max(l.More, m.More)
		l.Files++
	}
	return all
}

// namedLeft is how many attributes a line names.
const namedLeft = 8

// Lacks says which frames there are not, what the files leave out, and what they do not hold as it was asked for, a line for
// each reason.
func (r *Report) Lacks() (out []string) {
	if r.Absent != "" {
		out = []string{"these frames do not exist: " + r.Absent}
	}
	out = append(out, lines("left out of", r.noun, r.LeftOut)...)
	return append(out, lines("not as asked for in", r.noun, r.AsIs)...)
}

func lines(what, noun string, left []Left) (out []string) {
	for _, l := range left {
		n := min(len(l.Attributes), namedLeft)
		text := strings.Join(l.Attributes[:n], ", ")
		if more := len(l.Attributes) - n + l.More; more > 0 {
			text += " and " + unit.Plural(more, "more attribute")
		}
		of := "files of this kind"
		if l.Files > 0 {
			of = unit.Plural(l.Files, noun)
		}
		out = append(out, what+" "+of+": "+text+": "+l.Why)
	}
	return out
}

// Foretell says what the file of a frame will leave out, or not hold as it was asked for, a line for each reason.
func (o *Order) Foretell(f *cache.Frame, selected bool) (lacks []string, err error) {
	of := o.Kind.Format
	v, err := of.Parse(o.Options.chosen(of))
	if err != nil {
		return nil, err
	}
	c := o.Options.Change
	if selected {
		c.Selected = "some"
	}
	ix, told := reshape.Foretell(f, &c)
	told.Add(of.Tell(ix, v))
	return append(lines("left out of", o.Kind.Noun, foretold(told.LeftOut)), lines("not as asked for in", o.Kind.Noun, foretold(told.AsIs))...), nil
}

func foretold(told []export.Left) (out []Left) {
	for _, l := range told {
		why := l.Why
		if why == export.NoSuch { // of the others it is not known here
			why = "the frame being shown has no such attribute"
		}
		out = append(out, Left{Why: why, Attributes: l.Attributes})
	}
	return out
}
