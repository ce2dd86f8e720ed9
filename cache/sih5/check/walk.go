package check

import (
	"errors"
	"slices"

	"iceexplorer/cache"
)

// parts are the datasets that are read of an attribute's group; what else lies there is let
// alone.
var parts = []string{"Data", "Offsets", "ValueOffsets", "Records", "RecordOffsets"}

// walk checks all that is on the way to what is read.
func (f *file) walk(root uint64) error {
	links, err := f.group(root, true)
	if err != nil {
		return err
	}
	for _, l := range links {
		if l.name != "HEADER" && l.name != "ATTRIBS" {
			continue
		}
		if !l.hard {
			return unsupported("the group %s as a link to another place", l.name)
		}
		inside, err := f.group(l.to, true)
		if err != nil {
			return err
		}
		if l.name == "HEADER" {
			continue
		}
		for _, l := range inside {
			if err := f.column(l); err != nil {
				return err
			}
		}
	}
	return nil
}

// column checks the group of an attribute, and names it in errors.
func (f *file) column(l link) error {
	if !l.hard {
		return nil // left out, with a warning
	}
	err := f.parts(l.to)
	field := "attribute " + cache.TrimPadding(l.name)
	var format *cache.FormatError
	var other *cache.UnsupportedError
	switch {
	case errors.As(err, &format):
		format.Field = field
	case errors.As(err, &other):
		other.Field = field
	}
	return err
}

func (f *file) parts(at uint64) error {
	links, err := f.group(at, false)
	if err != nil {
		return err
	}
	for _, l := range links {
		if l.hard && slices.Contains(parts, l.name) {
			if err := f.dataset(l.to, l.name); err != nil {
				return err
			}
		}
	}
	return nil
}

// group checks an object with its attributes and gives its links; none if it is no group,
// which libhdf5 will say, unless it must be one. It is empty if it was checked before.
func (f *file) group(at uint64, must bool) ([]link, error) {
	h, err := f.object(at)
	if h == nil || err != nil {
		return nil, err
	}
	links, ok, err := f.links(h)
	if err == nil && !ok && must {
		err = f.broken(at, "there is no group")
	}
	return links, err
}

// object is the header of an object whose attributes are checked too; nil if it was
// before.
func (f *file) object(at uint64) (*header, error) {
	if f.seen[at] {
		return nil, nil
	}
	f.seen[at] = true
	if f.objects++; f.objects > maxObjects {
		return nil, unsupported("an HDF5 file of more than %d objects", maxObjects)
	}
	h, err := f.header(at)
	if err != nil {
		return nil, err
	}
	var seen uint64
	for i := range h.messages {
		kind := h.messages[i].kind
		switch kind {
		case msgNil, msgLink, msgAttribute, msgContinuation, msgComment:
			continue
		case msgSpace, msgLinkInfo, msgType, msgOldFill, msgFill, msgExternal, msgLayout, msgGroupInfo, msgPipeline, msgOldTime, msgSymbols,
			msgTime, msgAttrInfo, msgReferences:
		default:
			return nil, f.broken(at, "an object with a message of kind %#x", kind)
		}
		if seen>>kind&1 != 0 {
			return nil, f.broken(at, "an object with two messages of kind %#x", kind)
		}
		seen |= 1 << kind
	}
	return h, f.attributes(h)
}
