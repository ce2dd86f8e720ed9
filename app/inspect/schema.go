package inspect

import (
	"strings"

	"iceexplorer/cache"
)

// Schema is a frame without points that has the attributes of a frame, nil for none, and
// those that only other frames have: what expressions are checked against that this frame
// cannot answer, though others can.
func Schema(f *cache.Frame, attributes []Attribute) *cache.Frame {
	ix, known := &cache.Index{}, map[string]bool{}
	add := func(name string, t cache.DataType, s cache.Structure) {
		if key := strings.ToLower(cache.TrimPadding(name)); !known[key] && len(ix.Columns) < cache.MaxAttributes {
			known[key] = true
			ix.Columns = append(ix.Columns, cache.Column{Name: name, Type: t, Structure: s, Context: cache.Context0D})
		}
	}
	if f != nil {
		for _, a := range f.Attributes {
			add(a.Name, a.Type, a.Structure)
		}
	}
	for i := range attributes {
		add(attributes[i].Name, attributes[i].Type, attributes[i].Structure)
	}
	out, err := cache.NewFrame(ix, nil, nil)
	if err != nil { // types that no frame can have; they are then not known
		return &cache.Frame{}
	}
	return out
}
