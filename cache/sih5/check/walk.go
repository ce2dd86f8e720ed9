package check

import (
	"errors"
	"slices"
	"strings"

	"iceexplorer/cache"
)

// parts are the datasets that are read of an attribute's group; what else lies there is let
// alone.
var parts = []string{"Data", "Offsets", "ValueOffsets", "Records", "RecordOffsets"}

// Left is what is left out of a file, as libhdf5 must not be handed it.
type Left struct {
	// Attributes are those of the links in /ATTRIBS, with what is wrong; nil for what is no group, and so
	// no attribute.
	Attributes map[string]error
	Checksums  error // of what is wrong with them
}

// walk checks all that is on the way to what is read.
func (f *file) walk(root uint64) (*Left, error) {
	left := &Left{Attributes: map[string]error{}}
	_, links, ok, err := f.group(root)
	if err == nil && !ok {
		err = f.broken(root, "there is no group")
	}
	if err != nil {
		return nil, err
	}
	if repeated(links) {
		f.seen = nil
	}
	for _, l := range links {
		switch l.name {
		case "HEADER", "ATTRIBS":
			err = f.room(l, left)
		case "CHECKSUMS":
			if l.hard && left.Checksums == nil {
				left.Checksums, err = f.leave(f.dataset(l.to, l.name))
			}
		}
		if err != nil {
			return nil, err
		}
	}
	return left, nil
}

// room checks one of the two groups that everything is in.
func (f *file) room(l link, left *Left) error {
	if !l.hard {
		return unsupported("the group %s as a link to another place", l.name)
	}
	h, inside, ok, err := f.group(l.to)
	if err == nil && !ok {
		err = f.broken(l.to, "there is no group")
	}
	if err != nil {
		return err
	}
	if l.name == "HEADER" {
		f.sawHeader(h)
		return nil
	}
	f.sawLinks(h, inside)
	for _, l := range inside {
		// By a name with a slash libhdf5 would find what lies in other groups.
		if strings.Contains(l.name, "/") || l.name == "." {
			left.Attributes[l.name] = unsupported("such a name")
			f.seen = nil
			continue
		}
		if !l.hard {
			f.seen = nil
			continue // left out, with a warning
		}
		is, err := f.column(l)
		why, err := f.leave(err)
		if err != nil {
			return err
		}
		if why != nil || !is {
			left.Attributes[l.name] = why
		}
		f.sawColumn(l, why == nil && is)
	}
	return nil
}

// leave tells what is wrong with a part of a file from what ends the walk: errors of reading, and more
// structure than there may be in all.
func (f *file) leave(err error) (why, fatal error) {
	if err != nil && (f.spent || !cache.Permanent(err)) {
		return nil, err
	}
	return err, nil
}

// column checks the group of an attribute, and names it in errors; is is false if it is no group.
func (f *file) column(l link) (is bool, err error) {
	err = f.once(l.to, "attribute", func() error { return f.parts(l.to) })
	if errors.Is(err, errNoGroup) {
		return false, nil
	}
	field := "attribute " + cache.TrimPadding(l.name)
	var format *cache.FormatError
	var other *cache.UnsupportedError
	switch {
	case errors.As(err, &format):
		named := *format
		named.Field = field
		err = &named
	case errors.As(err, &other):
		named := *other
		named.Field = field
		err = &named
	}
	return true, err
}

var errNoGroup = errors.New("there is no group")

func (f *file) parts(at uint64) error {
	h, links, ok, err := f.group(at)
	if err == nil && !ok {
		err = errNoGroup
	}
	if err != nil {
		return err
	}
	if len(h.attributes)+h.others+len(links) > maxFacts {
		return unsupported("a group of more than %d facts and datasets", maxFacts)
	}
	values, known := h.valuesOf()
	known = known && !repeated(links)
	var p Parts
	for _, l := range links {
		i := slices.Index(parts, l.name)
		if i < 0 {
			continue
		}
		if !l.hard {
			known = false
			continue
		}
		if err := f.dataset(l.to, l.name); err != nil {
			return err
		}
		d, ok := f.facts[l.to]
		p[i], known = d, known && ok
	}
	if known {
		f.groups[at] = &Group{Values: values, Parts: p}
	}
	return nil
}

// once checks an object as what it is used as. Several links may lead to it: what one of them is
// refused, all are.
func (f *file) once(at uint64, as string, check func() error) error {
	key := use{at, as}
	err, ok := f.checked[key]
	if !ok {
		err = check()
		f.checked[key] = err
	}
	return err
}

// use is an object and what it is used as.
type use struct {
	at uint64
	as string
}

// group checks an object with its attributes and gives its links; ok is false if it is no group.
func (f *file) group(at uint64) (h *header, list []link, ok bool, err error) {
	if h, err = f.object(at); err != nil {
		return nil, nil, false, err
	}
	list, ok, err = f.links(h)
	return h, list, ok, err
}

// object is the header of an object whose attributes are checked too.
func (f *file) object(at uint64) (*header, error) {
	if f.objects++; f.objects > maxObjects {
		f.spent = true
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
