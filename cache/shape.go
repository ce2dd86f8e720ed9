package cache

import (
	"encoding/binary"
	"errors"
)

// ShapeRecord is one value of a TypeShape attribute. Its type number lies in the
// attribute's Data; the rest is stored only where some value has more to say, as
// a record per value: u8 trivial, then for ShapeReference u32 object id, u8 has
// branch, u8 has remap info and, if that is set, two u32-counted names; for
// ShapeInstance u32 shape index. All little-endian.
type ShapeRecord struct {
	Type     int32
	Trivial  bool
	ObjectID uint32 // reference
	Branch   bool   // reference
	Remap    bool   // reference: Target and Model follow
	Target   string // path of the remapped object
	Model    string // GUID of its model
	Index    uint32 // instance: which shape of the group
}

// Extra reports whether the record says more than its type and the trivial flag.
func (r ShapeRecord) Extra() bool { return r.Type == ShapeInstance || r.Type == ShapeReference }

// Append adds the stored form of the record to b.
func (r ShapeRecord) Append(b []byte) []byte {
	b = append(b, flag(r.Trivial))
	switch r.Type {
	case ShapeReference:
		b = binary.LittleEndian.AppendUint32(b, r.ObjectID)
		b = append(b, flag(r.Branch), flag(r.Remap))
		if r.Remap {
			for _, s := range []string{r.Target, r.Model} {
				b = binary.LittleEndian.AppendUint32(b, uint32(len(s)))
				b = append(b, s...)
			}
		}
	case ShapeInstance:
		b = binary.LittleEndian.AppendUint32(b, r.Index)
	}
	return b
}

func flag(b bool) byte {
	if b {
		return 1
	}
	return 0
}

var errShapeRecord = errors.New("shape record is damaged")

// ParseShapeRecord reads the stored form of a record of the given shape type.
func ParseShapeRecord(shape int32, b []byte) (ShapeRecord, error) {
	r := ShapeRecord{Type: shape}
	ok := true
	take := func(n int) []byte {
		if !ok || n > len(b) {
			ok = false
			return make([]byte, 4)
		}
		v := b[:n]
		b = b[n:]
		return v
	}
	name := func() string {
		n := binary.LittleEndian.Uint32(take(4))
		if !ok || uint64(n) > uint64(len(b)) {
			ok = false
			return ""
		}
		return string(take(int(n)))
	}
	r.Trivial = take(1)[0] != 0
	switch shape {
	case ShapeReference:
		r.ObjectID = binary.LittleEndian.Uint32(take(4))
		r.Branch = take(1)[0] != 0
		r.Remap = take(1)[0] != 0
		if r.Remap {
			r.Target = name()
			r.Model = name()
		}
	case ShapeInstance:
		r.Index = binary.LittleEndian.Uint32(take(4))
	}
	if !ok || len(b) != 0 {
		return ShapeRecord{Type: shape}, errShapeRecord
	}
	return r, nil
}

// Shape is stored value v of a TypeShape attribute, as counted by Row.
func (a *Attribute) Shape(v uint64) (ShapeRecord, error) {
	types := a.Int32s()
	if a.Type != TypeShape || v >= uint64(len(types)) {
		return ShapeRecord{}, errShapeRecord
	}
	if a.RecordOffs.Len == 0 {
		return ShapeRecord{Type: types[v], Trivial: !a.NonTrivial}, nil
	}
	from, to := between(view[uint64](a.span(a.RecordOffs)), v, a.Records.Len)
	return ParseShapeRecord(types[v], a.span(a.Records)[from:to])
}
