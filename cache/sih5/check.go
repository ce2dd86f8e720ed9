package sih5

import (
	"fmt"
	"math"
	"math/bits"
	"slices"

	"iceexplorer/cache"
)

// columnCheck makes a column of one group.
type columnCheck struct {
	raw      *rawColumn
	ours     bool
	header   cache.Header
	fileSize uint64

	col      cache.Column
	mappable bool
	warnings []string
}

func (k *columnCheck) broken(value any, format string, args ...any) error {
	return &cache.FormatError{Offset: -1, Field: k.field(), Msg: fmt.Sprintf(format, args...), Value: value}
}

func (k *columnCheck) unsupported(format string, args ...any) error {
	return &cache.UnsupportedError{Field: k.field(), Msg: fmt.Sprintf(format, args...)}
}

func (k *columnCheck) field() string { return fmt.Sprintf("attribute %.200s", k.col.Name) }

func (k *columnCheck) warn(format string, args ...any) {
	k.warnings = append(k.warnings, k.field()+": "+fmt.Sprintf(format, args...))
}

// run makes the column, as it fits the header and the file.
func (k *columnCheck) run() error {
	if err := k.describe(); err != nil {
		return err
	}
	if err := k.fit(); err != nil {
		return err
	}
	one, size := cache.Index{Header: k.header, Columns: []cache.Column{k.col}}, k.fileSize
	if !k.mappable {
		size, _ = one.Layout()
	}
	return one.Check(size)
}

func (k *columnCheck) fit() error {
	c := &k.col
	elsewhere := slices.ContainsFunc(k.raw.parts[:], func(d dataset) bool { return d.layout == linked })
	if elsewhere {
		k.warn("its data are a link to another place and were left out")
	}
	if c.Type.Elem() == cache.ElemNone || !k.anyPart() {
		if !k.ours && !elsewhere && c.Type.Elem() != cache.ElemNone && k.header.Elements(c.Context) > 0 {
			k.warn("has no data")
		}
		c.Constant = c.Constant && k.ours
		return nil
	}
	if err := k.place(); err != nil {
		return err
	}
	if err := k.count(); err != nil {
		return err
	}
	if len(k.raw.meta.ranges) == c.Type.Components() && !c.Type.Variable() && c.HasData() {
		c.Ranges = validRanges(k.raw.meta.ranges, c.Values)
		if c.Ranges != nil && c.Type.Components() > 1 {
			c.Lengths = validLengths(k.raw.meta.lengths, c.Values)
		}
	}
	return nil
}

func (k *columnCheck) anyPart() bool {
	return slices.ContainsFunc(k.raw.parts[:], func(d dataset) bool { return d.present })
}

func (k *columnCheck) describe() error {
	r, c := k.raw, &k.col
	if c.Name = k.name(); len(c.Name) > cache.MaxNameLen {
		return k.broken(len(c.Name), "name too long")
	}
	for _, f := range []struct {
		name string
		i    int
		must bool
		to   *uint32
	}{
		{"datatype", intDataType, true, (*uint32)(&c.Type)},
		{"structtype", intStructure, true, (*uint32)(&c.Structure)},
		{"contexttype", intContext, true, (*uint32)(&c.Context)},
		{"category", intCategory, false, (*uint32)(&c.Category)},
		{"objid", intObjID, false, &c.DatabaseID},
		{"ptlocator_size", intLocator, false, &c.Locator},
	} {
		if f.must && !r.meta.has(f.i) {
			return k.broken(nil, "has no %s", f.name)
		}
		v, err := r.meta.uint32(k.field()+": "+f.name, f.i, !f.must)
		if err != nil {
			return err
		}
		*f.to = v
	}
	if !c.Type.Known() {
		return k.unsupported("data %v", c.Type)
	}
	if c.Structure != cache.Single && c.Structure != cache.Array {
		return k.unsupported("%v", c.Structure)
	}
	c.Constant = r.meta.ints[intConstant] != 0
	c.NonTrivial = r.meta.ints[intNonTrivial] != 0
	c.BlobTypes = r.blobTypes
	if n := r.meta.ints[intBlobTypes]; n != int64(len(c.BlobTypes)) {
		k.warn("the names of its %d blob types were left out", n)
	}
	return nil
}

func (k *columnCheck) name() string {
	r := k.raw
	if !k.ours {
		// The attribute "name" says the same, but is a string of variable length: of
		// those, libhdf5 does not survive damaged ones.
		return cache.TrimPadding(r.link)
	}
	padded := paddedName(r.link)
	if n := r.meta.ints[intNameLength]; r.meta.has(intNameLength) && n >= 0 && n <= int64(len(padded)) {
		return padded[:n]
	}
	return cache.TrimPadding(padded)
}

// place checks each dataset and sets the length of its span, and its offset if the
// dataset can be mapped.
func (k *columnCheck) place() error {
	elems, variable := k.col.Type.Elem(), k.col.Type.Variable()
	for i, span := range k.col.Spans() {
		d := &k.raw.parts[i]
		if !d.present {
			continue
		}
		if err := k.own(d, i); err != nil {
			return err
		}
		size, comps := uint64(8), uint64(1)
		switch i {
		case partData:
			if size = elems.Size(); !variable {
				comps = uint64(k.col.Type.Components())
			}
		case partRecords:
			size = 1
		}
		n, err := k.shape(d, i, comps)
		if err != nil {
			return err
		}
		hi, bytes := bits.Mul64(n, size)
		if hi != 0 || bytes > math.MaxInt64 {
			return k.broken(nil, "%s: size overflows", partNames[i])
		}
		if bytes == 0 {
			continue
		}
		span.Len = bytes
		exact, err := k.elemType(d, i)
		if err != nil {
			return err
		}
		if err := k.stored(d, i, n); err != nil {
			return err
		}
		if exact && d.layout == contiguous && d.offset%size == 0 {
			span.Offset = d.offset
		} else {
			k.mappable = false
		}
	}
	return nil
}

var partNames = [numParts]string{"Data", "Offsets", "ValueOffsets", "Records", "RecordOffsets"}

// shape is the number of elements of a dataset of rows x comps.
func (k *columnCheck) shape(d *dataset, part int, comps uint64) (uint64, error) {
	switch {
	case d.rank == 2 && d.dims[1] == comps, d.rank == 1 && comps == 1:
	case d.rank == 2 && d.dims[0] == 0, d.rank == 1 && d.dims[0] == 0:
		return 0, nil
	case d.rank == 2 || d.rank == 1:
		return 0, k.broken(nil, "%s has %d components, not %d", partNames[part], max(d.dims[1], 1), comps)
	default:
		return 0, k.broken(d.rank, "%s has not two dimensions", partNames[part])
	}
	hi, n := bits.Mul64(d.dims[0], comps)
	if hi != 0 {
		return 0, k.broken(nil, "%s: size overflows", partNames[part])
	}
	return n, nil
}

// stored checks what the n elements of a dataset take in the file.
func (k *columnCheck) stored(d *dataset, part int, n uint64) error {
	if d.size == 0 || d.size > 16 {
		return k.broken(d.size, "%s has elements of a wrong size", partNames[part])
	}
	hi, bytes := bits.Mul64(n, d.size)
	if hi != 0 {
		return k.broken(nil, "%s: size overflows", partNames[part])
	}
	switch d.layout {
	case contiguous:
		switch {
		case d.offset == nowhere:
			return k.broken(nil, "%s was never written", partNames[part])
		case d.storage != bytes:
			return k.broken(nil, "%s takes %d bytes, its values %d", partNames[part], d.storage, bytes)
		case d.offset > k.fileSize || bytes > k.fileSize-d.offset:
			return k.broken(nil, "%s at byte %d, %d bytes long, ends past the end of the file of %d bytes", partNames[part],
				d.offset, bytes, k.fileSize)
		}
	case compact:
		if d.storage != bytes || bytes > k.fileSize {
			return k.broken(nil, "%s takes %d bytes, its values %d", partNames[part], d.storage, bytes)
		}
	case chunked:
		hi, chunk := bits.Mul64(d.chunk[0], d.size)
		if d.rank == 2 && hi == 0 {
			hi, chunk = bits.Mul64(chunk, d.chunk[1])
		}
		switch {
		case d.storage > k.fileSize:
			return k.broken(nil, "%s takes %d bytes of a file of %d", partNames[part], d.storage, k.fileSize)
		case bytes/maxRatio > d.storage:
			return k.broken(nil, "%s declares %d bytes but stores %d", partNames[part], bytes, d.storage)
		case hi != 0 || chunk == 0 || chunk > maxChunk:
			return k.unsupported("a chunk of %s of %d bytes", partNames[part], chunk)
		case d.packed:
			return k.unsupported("%s is compressed with %s, which", partNames[part], d.lacking)
		}
	}
	return nil
}

// own refuses a dataset whose values this file does not hold itself: nothing else of it was
// read.
func (k *columnCheck) own(d *dataset, part int) error {
	switch d.layout {
	case contiguous, compact, chunked:
		return nil
	case external:
		return k.unsupported("%s in another file", partNames[part])
	case virtual:
		return k.unsupported("%s put together from other files or datasets (virtual)", partNames[part])
	}
	return k.unsupported("the storage of %s", partNames[part])
}

// elemType checks a dataset's element type; exact means that its bytes can be used
// as they are.
func (k *columnCheck) elemType(d *dataset, part int) (exact bool, err error) {
	want, ok := "uint64", false
	switch {
	case part != partData && part != partRecords:
		exact, ok = d.elem == elemU64, d.elem == elemI32 || d.elem == elemInt
	case part == partRecords || k.col.Type.Variable():
		want, exact = "uint8", d.elem == elemU8
	case k.col.Type == cache.TypeBool:
		want = "bool"
		exact, ok = d.elem == elemBool || d.elem == elemU8, d.elem == elemEnum || d.elem == elemI32 || d.elem == elemInt
	case k.col.Type.Elem() == cache.ElemFloat32:
		want, exact, ok = "float32", d.elem == elemF32, d.elem == elemFloat
		if k.col.Type == cache.TypeVector2 && d.elem == elemI32 {
			ok = true
			k.warn("was stored as whole numbers by ICE Explorer 1, fractions are lost")
		}
	default:
		want, exact, ok = "int32", d.elem == elemI32, d.elem == elemInt
	}
	if (d.elem == elemInt || d.elem == elemFloat) && d.size > 8 {
		ok = false
	}
	if !exact && !ok {
		return false, k.broken(nil, "%s is %s, not %s", partNames[part], d.typeName(), want)
	}
	return exact, nil
}

func (d *dataset) typeName() string {
	switch d.elem {
	case elemF32:
		return "float32"
	case elemI32:
		return "int32"
	case elemU8:
		return "uint8"
	case elemU64:
		return "uint64"
	case elemBool:
		return "bool"
	case elemFloat:
		return fmt.Sprintf("a float of %d bytes", d.size)
	case elemInt:
		return fmt.Sprintf("an integer of %d bytes", d.size)
	case elemEnum:
		return "an enumeration"
	}
	return "of another type"
}

// count finds the numbers of rows and values from the lengths of the spans.
func (k *columnCheck) count() error {
	c := &k.col
	entries := func(s cache.Span, what string) (uint64, error) {
		if s.Len == 0 {
			return 0, k.broken(nil, "has data but no %s", what)
		}
		return s.Len/8 - 1, nil
	}
	var err error
	variable, array := c.Type.Variable(), c.Structure == cache.Array
	if c.Offsets.Len == 0 && c.Data.Len == 0 {
		return k.broken(nil, "has neither data nor offsets")
	}
	if !variable {
		c.Values = c.Data.Len / c.Type.ValueSize()
		c.Rows = c.Values
	}
	if variable || array {
		if c.Rows, err = entries(c.Offsets, "offsets"); err != nil {
			return err
		}
	} else {
		c.Offsets = cache.Span{}
	}
	switch {
	case variable && array:
		if c.Values, err = entries(c.ValueOffsets, "value offsets"); err != nil {
			return err
		}
	case variable:
		c.Values = c.Rows
		c.ValueOffsets = cache.Span{}
	default:
		c.ValueOffsets = cache.Span{}
	}
	if c.Type != cache.TypeShape {
		c.Records, c.RecordOffs = cache.Span{}, cache.Span{}
	}
	return nil
}

// validLengths are the lengths of a file if they can be true, else none.
func validLengths(l cache.Lengths, values uint64) cache.Lengths {
	if !(l.Min >= 0 && l.Min <= l.Max) || math.IsInf(l.Max, 0) || l.Finite > values || l.NonFinite != values-l.Finite {
		return cache.Lengths{}
	}
	return l
}

// validRanges are the ranges of a file if they can be true, else nil: they are to be
// sent on and drawn.
func validRanges(ranges []cache.Range, values uint64) []cache.Range {
	for _, r := range ranges {
		for _, x := range []float64{r.Min, r.Max, r.Mean} {
			if math.IsNaN(x) || math.IsInf(x, 0) {
				return nil
			}
		}
		if r.Finite > values || r.NonFinite != values-r.Finite || r.Min > r.Max {
			return nil
		}
	}
	return ranges
}
