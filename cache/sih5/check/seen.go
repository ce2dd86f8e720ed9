package check

import (
	"bytes"
	"cmp"
	"math"
	"slices"
)

// Seen is what the walk reads on its way in a file of the kind that this program writes: all that is
// needed to map the values, so that libhdf5 has nothing to say.
type Seen struct {
	Header []Value // the attributes of /HEADER
	Groups []Group // those in /ATTRIBS, as they were made if that knows, else in the order of their names
}

// Group is that of an attribute.
type Group struct {
	Link   string
	Values []Value
	Parts  Parts
}

// Kind is how this program stores numbers and texts.
type Kind uint8

// Kinds.
const (
	OtherKind Kind = iota
	Float32
	Int32
	Uint8
	Uint64
	Bool // an enumeration of FALSE and TRUE in one byte
	Int64
	Float64
	Text // of fixed length
)

// Value is an attribute's of an object of HDF5.
type Value struct {
	Name  []byte
	Kind  Kind
	Count uint64
	Bytes []byte // of all elements
}

// Parts are the datasets of an attribute's group: Data, Offsets, ValueOffsets, Records and RecordOffsets.
type Parts [5]Dataset

// Dataset is one whose values lie in one piece.
type Dataset struct {
	Present bool
	Kind    Kind
	Rank    int // 1 or 2
	Dims    [2]uint64
	Placed  bool   // it has a place
	Offset  uint64 // of that, in the file
	Size    uint64 // of that, in bytes
}

// kinds are those of data types by their messages (IV.A.2.d).
var kinds = func() map[string]Kind {
	integer := func(signed, size byte) string {
		return string([]byte{0x10, signed << 3, 0, 0, size, 0, 0, 0, 0, 0, size * 8, 0})
	}
	flag := "\x38\x02\x00\x00\x01\x00\x00\x00" + integer(1, 1) + "FALSE\x00TRUE\x00\x00\x01"
	return map[string]Kind{
		"\x11\x20\x1f\x00\x04\x00\x00\x00\x00\x00\x20\x00\x17\x08\x00\x17\x7f\x00\x00\x00": Float32,
		"\x11\x20\x3f\x00\x08\x00\x00\x00\x00\x00\x40\x00\x34\x0b\x00\x34\xff\x03\x00\x00": Float64,
		integer(1, 4): Int32,
		integer(0, 1): Uint8,
		integer(0, 8): Uint64,
		integer(1, 8): Int64,
		flag:          Bool,
	}
}()

const textClass = 3

func kindOf(typ []byte) Kind {
	if k := kinds[string(typ)]; k != OtherKind {
		return k
	}
	if len(typ) > 0 && typ[0]&0xf == textClass {
		return Text
	}
	return OtherKind
}

// notOurs has libhdf5 asked about a file that is not as this program writes it.
func (f *file) notOurs(is bool) {
	if is {
		f.seen = nil
	}
}

// repeated reports whether two links have one name: libhdf5 would take either.
func repeated(links []link) bool {
	if len(links) <= len(parts) {
		for i, l := range links {
			if slices.ContainsFunc(links[:i], func(o link) bool { return o.name == l.name }) {
				return true
			}
		}
		return false
	}
	names := make(map[string]bool, len(links))
	for _, l := range links {
		names[l.name] = true
	}
	return len(names) < len(links)
}

// mostValues are in the header of an object of this program; more would be elsewhere.
const mostValues = 256

// valuesOf are an object's attributes; ok is false if those are not all, or two have one name.
func (h *header) valuesOf() (values []Value, ok bool) {
	if len(h.attributes) > mostValues {
		return nil, false
	}
	values = make([]Value, len(h.attributes))
	for i, a := range h.attributes {
		for _, v := range values[:i] {
			if bytes.Equal(v.Name, a.name) {
				return nil, false
			}
		}
		values[i] = Value{a.name, kindOf(a.kind), a.count, a.values}
	}
	return values, !h.old && !h.dense
}

// sawHeader notes the attributes of /HEADER.
func (f *file) sawHeader(h *header) {
	values, ok := h.valuesOf()
	f.notOurs(!ok)
	if f.seen != nil {
		f.seen.Header = values
	}
}

// sawLinks looks at those of /ATTRIBS, and has them come as libhdf5 does.
func (f *file) sawLinks(h *header, links []link) {
	info := h.first(msgLinkInfo)
	f.notOurs(h.old || info == nil || repeated(links))
	if f.seen == nil {
		return
	}
	if ordered := info.all[1]&1 != 0; !ordered { // whatever the links say
		slices.SortFunc(links, func(a, b link) int { return cmp.Compare(a.name, b.name) })
		return
	}
	slices.SortFunc(links, func(a, b link) int { return cmp.Compare(a.order, b.order) })
	for i, l := range links {
		f.notOurs(l.order > math.MaxInt64 || i > 0 && l.order == links[i-1].order)
	}
}

// sawColumn notes what a link leads to, if that is the group of an attribute.
func (f *file) sawColumn(l link, is bool) {
	g := f.groups[l.to]
	switch {
	case f.seen == nil:
	case !is || g == nil:
		f.seen = nil
	default:
		f.seen.Groups = append(f.seen.Groups, Group{l.name, g.Values, g.Parts})
	}
}

// sawDataset notes one that is stored as this program does it.
func (f *file) sawDataset(at uint64, h *header, d *storage, typ *cursor) {
	kind := kindOf(typ.taken())
	if h.old || h.first(msgPipeline) != nil || h.first(msgOldFill) != nil || d.filled || !d.whole || d.at != nowhere && !f.holds(d.at, d.size) || d.space.rank < 1 || d.space.rank > 2 || kind == OtherKind || kind == Text {
		return
	}
	s := Dataset{Present: true, Kind: kind, Rank: d.space.rank, Dims: [2]uint64(d.space.dims[:2]), Placed: d.at != nowhere}
	if s.Placed {
		s.Offset, s.Size = f.base+d.at, d.size
	}
	f.facts[at] = s
}
