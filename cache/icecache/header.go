package icecache

import (
	"bytes"
	"encoding/binary"
	"math"
	"strings"
	"unicode/utf8"

	"iceexplorer/cache"
)

const (
	magic     = "ICECACHE"
	chunkRows = 4000 // elements of a chunk
)

// kind is how an attribute's values are stored.
type kind uint8

const (
	kindNone   kind = iota // nothing known is stored
	kindFixed              // values of one size
	kindString             // u32 length and bytes
	kindBlob               // location, custom: see the blob choices
	kindShape
)

// attr is an attribute's definition.
type attr struct {
	col      cache.Column // what the definition says
	kind     kind
	unknown  string // which part of the definition isn't known, "data type 0x80000"
	elements uint64
	position bool   // PointPosition, which is stored in another way
	inline   [2]int // bytes from and to which the block of chLocation's blobInline stands
}

func (a *attr) array() bool { return a.col.Structure == cache.Array }

// classify sets what follows from the definition.
func (a *attr) classify(h cache.Header) {
	c := &a.col
	a.elements = h.Elements(c.Context)
	a.position = strings.EqualFold(cache.TrimPadding(c.Name), "PointPosition")
	switch {
	case !c.Type.Known():
		a.unknown = "data " + c.Type.String()
	case c.Structure != cache.Single && c.Structure != cache.Array:
		a.unknown = c.Structure.String()
	case !knownContext(c.Context):
	case c.Type == cache.TypeShape:
		a.kind = kindShape
	case c.Type == cache.TypeString:
		a.kind = kindString
	case c.Type.Variable():
		a.kind = kindBlob
	case c.Type.Elem() != cache.ElemNone:
		a.kind = kindFixed
	}
}

func knownContext(c cache.Context) bool {
	switch c {
	case cache.ContextSingleton, cache.Context0D, cache.Context1D, cache.Context2D, cache.Context0D2D:
		return true
	}
	return false
}

// definitions is the part of a stream before the data.
type definitions struct {
	header     cache.Header
	attrs      []attr
	end        int // byte after the definitions
	paddedLens bool
	wide       bool     // see wide.go
	several    []string // attributes declared float that are taken for several, see several.go
	eachFloats int      // how many
}

// cursor reads the fields before the data. After the first failure it reads zeros.
type cursor struct {
	b    []byte
	pos  int
	text bool
	wide bool // numbers take 8 bytes
	err  *cache.FormatError
	eof  bool // err is that the bytes ended
}

func (c *cursor) fail(field, msg string, value any, at int) {
	if c.err == nil {
		c.err = &cache.FormatError{Offset: int64(at), Field: field, Msg: msg, Value: value}
	}
}

func (c *cursor) u32(field string) uint32 {
	if c.err != nil {
		return 0
	}
	if c.text {
		tok, end := token(c.b, c.pos)
		v, ok := textInt(tok)
		if !ok {
			c.eof = end == len(c.b)
			c.err = notNumber(tok, end-len(tok))
			c.err.Field = field
			return 0
		}
		c.pos = end
		return v
	}
	if len(c.b)-c.pos < 4 {
		c.end(field)
		return 0
	}
	v := binary.LittleEndian.Uint32(c.b[c.pos:])
	c.pos += 4
	if c.wide {
		c.high(field, v)
	}
	return v
}

func (c *cursor) end(field string) {
	c.eof = true
	c.fail(field, msgEnd, nil, len(c.b))
}

// name reads a length and the name, padded to a multiple of 4.
func (c *cursor) name(field string) []byte {
	at := c.pos
	n := c.u32(field + " length")
	if n > cache.MaxNameLen {
		c.fail(field+" length", "too large", n, at)
	}
	if c.err != nil {
		return nil
	}
	if c.text {
		v, end, ok := textString(c.b, c.pos, uint64(n), true)
		if !ok { // the name begins with space
			v, end, ok = textString(c.b, c.pos, uint64(n), false)
		}
		if !ok {
			c.eof = end == len(c.b)
			c.fail(field, "length does not fit", n, at)
		}
		c.pos = end
		return v
	}
	if padded := int(n+3) &^ 3; len(c.b)-c.pos < padded {
		c.end(field)
		return nil
	}
	v := c.b[c.pos : c.pos+int(n)]
	c.pos += int(n+3) &^ 3
	if c.wide {
		c.align(n)
	}
	return v
}

const msgEnd = "unexpected end"

// parseDefinitions reads the header and definitions of a binary stream. eof says that
// the error is only that b ends too early.
func parseDefinitions(b []byte, lay *layout) (d *definitions, eof bool, err error) {
	d = &definitions{}
	if !bytes.HasPrefix(b, []byte(magic)) {
		return nil, len(b) < len(magic) && strings.HasPrefix(magic, string(b)), errMagic(b)
	}
	c := &cursor{b: b, pos: len(magic), text: isText(b)}
	c.wide = wideHeader(b)
	h := &d.header
	h.Version = c.u32("version")
	if c.err == nil && (h.Version < 100 || h.Version > 103) {
		return nil, false, unsupportedVersion(h.Version)
	}
	h.Object = cache.ObjectType(c.u32("object type"))
	h.Points = c.u32("point count")
	h.Edges = c.u32("edge count")
	h.Polygons = c.u32("polygon count")
	h.Samples = c.u32("sample count")
	like := h.Version
	if like == 101 && c.err == nil {
		like = []uint32{100, 102, 103}[lay.get(chHeader)]
	}
	if like >= 103 {
		h.Substeps = c.u32("substep")
	}
	if like >= 102 {
		c.userData(lay)
	}
	at := c.pos
	n := c.u32("attribute count")
	if n > cache.MaxAttributes {
		c.fail("attribute count", "too large", n, at)
	}
	if c.err != nil {
		return nil, c.eof, c.err
	}
	c.wide = c.wide || n > 0 && wideName(b[c.pos:])
	d.wide = c.wide
	d.attrs = make([]attr, 0, min(int(n), (len(b)-c.pos)/24+1))
	for range n {
		a := c.attribute(lay)
		if c.err != nil {
			return nil, c.eof, c.err
		}
		d.attrs = append(d.attrs, a)
	}
	d.end = c.pos
	d.finish()
	return d, false, nil
}

// finish cleans the names and classifies the attributes.
func (d *definitions) finish() {
	d.paddedLens = paddedLengths(d.attrs)
	for i := range d.attrs {
		a := &d.attrs[i]
		if d.paddedLens {
			a.col.Name = cache.TrimPadding(a.col.Name)
		}
		a.classify(d.header)
	}
}

func unsupportedVersion(v uint32) error {
	return &cache.UnsupportedError{Field: "header", Msg: "version " + utoa(v)}
}

func errMagic(b []byte) error {
	if len(b) == 0 {
		return &cache.FormatError{Offset: -1, Msg: "file is empty"}
	}
	if strings.HasPrefix(magic, string(b)) {
		return &cache.FormatError{Offset: -1, Msg: "the file ends within its first word, " + magic}
	}
	switch c := cache.ContentOf(b); c {
	case cache.ContentUnknown:
		return &cache.FormatError{Offset: -1, Msg: "not an .icecache file: it does not begin with " + magic}
	case cache.ContentGzip:
		return &cache.FormatError{Offset: -1, Msg: "the file is compressed with gzip twice: unpack it once"}
	case cache.ContentZlib:
		return &cache.FormatError{Offset: -1, Msg: "the file is compressed with zlib instead of gzip"}
	default:
		return &cache.FormatError{Offset: -1, Msg: "not an .icecache file but " + c.String()}
	}
}

// userData reads the count of user data blobs. It was never seen other than 0.
func (c *cursor) userData(lay *layout) {
	at := c.pos
	n := c.u32("user data blob count")
	if n == 0 {
		return
	}
	how := lay.get(chUserData)
	if how == userNone {
		return
	}
	if n > cache.MaxAttributes {
		c.fail("user data blob count", "too large", n, at)
	}
	for range n {
		if c.name("user data name"); c.err != nil {
			return
		}
		if how == userBlobs {
			c.skip(c.u32("user data size"), "user data")
		}
	}
}

func (c *cursor) skip(n uint32, field string) {
	switch {
	case c.err != nil:
	case c.text:
		end, bad, ok := skipNumbers(c.b, c.pos, uint64(n))
		if !ok {
			c.eof = end == len(c.b)
			c.err = notNumber(bad, end-len(bad))
			c.err.Field = field
		}
		c.pos = end
	case uint64(n) > uint64(len(c.b)-c.pos):
		c.end(field)
	default:
		c.pos += int(n)
	}
}

func (c *cursor) attribute(lay *layout) attr {
	var a attr
	name := c.name("attribute name")
	a.col.Name = cleanName(name)
	field := "attribute " + a.col.Name
	a.col.Type = cache.DataType(c.u32(field))
	if a.col.Type == cache.TypeCustom {
		at := c.pos
		n := c.u32(field)
		if n > cache.MaxAttributes {
			c.fail(field, "too many blob types", n, at)
		}
		for range n {
			t := c.name(field + ": blob type")
			if c.err != nil {
				return a
			}
			a.col.BlobTypes = append(a.col.BlobTypes, cleanName(t))
		}
	}
	a.col.Structure = cache.Structure(c.u32(field))
	a.col.Context = cache.Context(c.u32(field))
	a.col.DatabaseID = c.u32(field)
	a.col.Category = cache.Category(c.u32(field))
	if a.col.Type == cache.TypeLocation {
		a.col.Locator = c.u32(field)
		if c.err == nil && lay.get(chLocation) == blobInline {
			a.inline[0] = c.pos
			c.skip(a.col.Locator, field+": locator")
			a.inline[1] = c.pos
		}
	}
	return a
}

// cleanName is a name as text, up to a NUL if a writer put one there. Names that are not UTF-8 come from a Windows code
// page; of those the letters of Latin-1 are right.
func cleanName(b []byte) string {
	s, _, _ := strings.Cut(string(b), "\x00")
	if utf8.ValidString(s) {
		return s
	}
	var t strings.Builder
	for i := range len(s) {
		t.WriteRune(rune(s[i]))
	}
	return t.String()
}

// paddedLengths reports whether the names' lengths count their padding: all are
// multiples of 4, and some name ends in what looks like padding.
func paddedLengths(attrs []attr) bool {
	found := false
	for i := range attrs {
		n := attrs[i].col.Name
		if len(n)%4 != 0 {
			return false
		}
		found = found || strings.HasSuffix(n, "_")
	}
	return found
}

// limits bounds the data that the definitions ask for: most is the bytes of the
// longest stream that fits them, more than anything if any length does; first is the
// least that the first attribute with data takes if it is not constant.
func (d *definitions) limits(text bool) (most, first uint64) {
	const unbounded = math.MaxUint64 / 2
	// Bytes of a number, at least and at most.
	short, long := uint64(4), uint64(4)
	switch {
	case text:
		short, long = 2, 64
	case d.wide:
		long = 8
	}
	most = uint64(d.end)
	for i := range d.attrs {
		a := &d.attrs[i]
		comps := uint64(a.col.Type.Components())
		least := short * a.elements
		if a.kind == kindFixed && !a.array() {
			least *= comps
			if a.col.Type == cache.TypeBool {
				least = a.elements
			}
			if a.col.Type == cache.TypeFloat {
				comps = 4 // see several.go
			}
			most += (a.elements+1)*comps*long + (a.elements/chunkRows+1)*(1+comps)*long
		} else {
			most = unbounded
		}
		if first == 0 && a.kind != kindNone && a.kind != kindBlob {
			first = least
		}
		most = min(most, unbounded)
	}
	return most, first
}
