package sih5

import "iceexplorer/cache"

// libhdf5 makes an object's header as large as it is told, and adds a block of some 30 bytes
// more than it holds for each thing that does not fit. The sizes here are those of the format
// at version 1.8 (HDF5 File Format Specification 3.0, IV.A.2): what is too much stays empty.
const (
	roomMessage = 4
	roomInfo    = roomMessage + 18 // that there are attributes

	roomInt    = 12 // types
	roomFloat  = 20
	roomBool   = 8 + roomInt + len("FALSE\x00TRUE\x00") + 2
	roomString = 20

	roomScalar = 4 // numbers of values
	roomVector = 4 + 8
)

// roomAttribute is what an attribute takes whose values take n bytes.
func roomAttribute(name string, typ, shape, n int) int {
	return roomMessage + 9 + len(name) + 1 + typ + shape + n
}

// roomLink is what a link takes.
func roomLink(name string) int { return roomMessage + 4 + 2*(len(name)>>8&1) + len(name) + 8 + 8 }

// roomMeta is what writeMeta writes.
func roomMeta(m *meta) int {
	n := roomInfo
	for i, name := range intNames() {
		switch {
		case !m.has(i):
		case i == intConstant || i == intNonTrivial:
			n += roomAttribute(name, roomBool, roomScalar, 1)
		default:
			n += roomAttribute(name, roomInt, roomScalar, 8)
		}
	}
	if k := 8 * len(m.ranges); k > 0 {
		for _, name := range []string{"min", "max", "mean"} {
			n += roomAttribute(name, roomFloat, roomVector, k)
		}
		for _, name := range []string{"finite", "nonfinite"} {
			n += roomAttribute(name, roomInt, roomVector, k)
		}
	}
	if m.lengths != (cache.Lengths{}) {
		n += roomAttribute("lengths", roomFloat, roomVector, 4*8)
	}
	return n
}

// roomColumn is what the group of a column takes.
func roomColumn(c *cache.Column, m *meta, blobs []byte) int {
	n := roomMeta(m) + roomAttribute("name", roomString, roomScalar, 16)
	if len(blobs) == 0 {
		n += roomAttribute("blobtype_names", roomString, roomScalar, 16)
	} else {
		n += roomAttribute("blobtype_names", roomString, roomVector, 16*len(c.BlobTypes)) +
			roomAttribute("blobtype_bytes", roomInt, roomVector, len(blobs))
	}
	for i, s := range c.Spans() {
		if s.Len > 0 {
			n += roomLink(partNames[i]) - 8 // without its place in the order
		}
	}
	return n
}
