package export

import (
	"slices"

	"iceexplorer/cache"
)

// Place is what becomes of an attribute in a file.
type Place struct {
	Attribute string
	As        []string // its names there, in the order of its components; none: it is left out
	Left      string   // what is left out of it, and why; "": nothing
	AsIs      string   // why it is there in another way than it was asked for; "": it is not
}

// NoSuch is why an attribute that is asked for is left out of the file of a frame that lacks it.
const NoSuch = "some frames have no such attribute"

// Told is what people are told of the file of a frame.
type Told struct {
	LeftOut []Left // what the file has no place for
	AsIs    []Left // what is there, but not as it was asked for
}

// Add adds what is told of another one.
func (t *Told) Add(more Told) {
	t.LeftOut, t.AsIs = AddLeft(t.LeftOut, more.LeftOut...), AddLeft(t.AsIs, more.AsIs...)
}

// Tell is what the file of a frame is to be told of.
func (f *Format) Tell(ix *cache.Index, v Values) Told {
	told := Told{LeftOut: f.LeftOut(ix, v)}
	if f.Places == nil {
		return told
	}
	for _, p := range f.Places(ix, v) {
		if p.AsIs != "" {
			told.AsIs = AddLeft(told.AsIs, Left{p.AsIs, []string{p.Attribute}})
		}
	}
	return told
}

// Left is what is told of attributes for one reason: that a file leaves them out, say.
type Left struct {
	Why        string   `json:"why"`
	Attributes []string `json:"attributes"`
}

// LeftOut is what the file of a frame leaves out, of which people are told.
func (f *Format) LeftOut(ix *cache.Index, v Values) []Left {
	if f.Places == nil {
		return nil
	}
	var left []Left
	for _, p := range f.Places(ix, v) {
		if p.Left != "" {
			left = AddLeft(left, Left{p.Left, []string{p.Attribute}})
		}
	}
	return left
}

// AddLeft adds to what is left out.
func AddLeft(left []Left, more ...Left) []Left {
	for _, m := range more {
		i := slices.IndexFunc(left, func(l Left) bool { return l.Why == m.Why })
		if i < 0 {
			left = append(left, Left{m.Why, slices.Clone(m.Attributes)})
			continue
		}
		for _, name := range m.Attributes {
			if !slices.Contains(left[i].Attributes, name) {
				left[i].Attributes = append(left[i].Attributes, name)
			}
		}
	}
	return left
}
