package icecache

import (
	"bytes"
	"compress/gzip"
	"encoding/binary"
	"fmt"
	"math"
	"math/rand/v2"
	"strings"
	"testing"

	"iceexplorer/cache"
)

// maker writes files in any dialect. It is made after the format's description and
// shares nothing with Encode. The zero value writes plain files of version 103.
type maker struct {
	version     uint32
	noTrailing  bool
	bool1       bool
	constOnce   bool
	barePos     bool
	chunkedPos  bool
	paddedLens  bool
	flagOnly    bool   // empty chunks of constants have no value
	constArray1 bool   // constant arrays: values in the first chunk alone
	unchunkedCA bool   // constant arrays: not in chunks
	shapeBool   int    // bytes of bools in shapes; 0: like others
	unpadded    bool   // strings
	like        uint32 // version 101: the header's layout
	userData    string // "names", "none", "blobs"
	noDataFlags bool   // types without data have flags
	blocks      string // of locations and custom values
	zeroFlags   bool   // a file of 0 points has blocks
	text        bool
	sep         string // of text
	bareText    bool   // text strings without padding
	wide        widths

	now int // bytes of a number; 0: 4
	out bytes.Buffer
}

// widths are the bytes of the numbers of a file, 0 where they are 4.
type widths struct {
	header, definitions, flags, longs, bools int
	aligned                                  bool // zeros after names, up to a multiple of 8
}

// Values of a made attribute: []float32, int32, bool, string, blob, cache.ShapeRecord.
type blob []byte

type made struct {
	name      string
	code      uint32
	array     bool
	context   uint32 // 0 is points
	constant  bool
	noData    bool    // of a type or context without
	flags     []bool  // chunks that are constant each for itself
	elems     [][]any // one if constant
	blobTypes []string
	size      uint32 // of a location
}

func (m *maker) u(vs ...uint32) {
	for _, v := range vs {
		if m.text {
			if m.sep == "" {
				m.sep = " "
			}
			fmt.Fprintf(&m.out, "%s%d", m.sep, v)
		} else {
			m.out.Write([]byte{byte(v), byte(v >> 8), byte(v >> 16), byte(v >> 24)})
			if m.now == 8 {
				m.out.Write(make([]byte, 4))
			}
		}
	}
}

// write4 writes a number of 4 bytes, whatever others take.
func (m *maker) write4(v uint32) {
	defer func(was int) { m.now = was }(m.now)
	m.now = 4
	m.u(v)
}

func (m *maker) str(s string, padded bool) {
	n := len(s)
	if padded {
		for len(s)%4 != 0 {
			s += "_"
		}
	}
	if m.paddedLens {
		n = len(s)
	}
	m.u(uint32(n))
	if m.text {
		if len(s) > 0 {
			m.out.WriteString(m.sep)
		}
		if m.bareText {
			s = s[:n]
		}
	}
	m.out.WriteString(s)
}

func (m *maker) bool(v bool, width int) {
	n := uint32(0)
	if v {
		n = 1
	}
	if m.wide.bools == 8 || m.wide.longs == 8 || m.wide.flags == 8 {
		defer func(was int) { m.now = was }(m.now)
		m.now = m.wide.bools
	}
	if width == 1 && !m.text {
		m.out.WriteByte(byte(n))
	} else {
		m.u(n)
	}
}

func (m *maker) boolWidth() int {
	if m.bool1 {
		return 1
	}
	return 4
}

func (m *maker) blob(b []byte, sized bool) {
	if sized {
		m.u(uint32(len(b)))
	}
	if m.text {
		for _, c := range b {
			m.u(uint32(c))
		}
		return
	}
	m.out.Write(b)
	if m.blocks == "padded" {
		m.out.Write(make([]byte, (4-len(b)%4)%4))
	}
}

func (m *maker) value(v any) {
	switch v := v.(type) {
	case []float32:
		for _, x := range v {
			if m.text {
				fmt.Fprintf(&m.out, "%s%v", m.sep, x)
			} else {
				m.write4(math.Float32bits(x))
			}
		}
	case int32:
		if m.text {
			fmt.Fprintf(&m.out, "%s%d", m.sep, v)
			break
		}
		m.write4(uint32(v))
		if m.wide.longs == 8 {
			m.write4(uint32(v >> 31))
		}
	case bool:
		m.bool(v, m.boolWidth())
	case string:
		lens := m.paddedLens
		m.paddedLens = false
		m.str(v, !m.unpadded)
		m.paddedLens = lens
	case blob:
		m.blob(v, m.blocks != "raws")
	case cache.ShapeRecord:
		w := m.shapeBool
		if w == 0 {
			w = m.boolWidth()
		}
		m.bool(v.Trivial, w)
		m.u(uint32(v.Type))
		if v.Type == 129 {
			m.u(v.ObjectID)
			m.bool(v.Branch, w)
			m.bool(v.Remap, w)
			if v.Remap {
				lens := m.paddedLens
				m.paddedLens = false
				m.str(v.Target, true)
				m.str(v.Model, true)
				m.paddedLens = lens
			}
		}
		if v.Type == 128 {
			m.u(v.Index)
		}
	default:
		panic(v)
	}
}

func (m *maker) element(a *made, e []any) {
	if a.array {
		m.u(uint32(len(e)))
	}
	for _, v := range e {
		m.value(v)
	}
}

// file is the stream of a file of n points, 6 edges, 4 polygons and 8001 samples (none
// of each if it has no points).
func (m *maker) file(n int, attrs []made) []byte {
	m.out.Reset()
	if m.version == 0 {
		m.version = 103
	}
	like := m.version
	if m.like != 0 {
		like = m.like
	}
	m.out.WriteString("ICECACHE")
	m.now = m.wide.header
	counts := map[uint32]int{1: 1, 2: n, 4: 6, 8: 4, 16: 8001}
	if n == 0 {
		counts = map[uint32]int{1: 1}
	}
	m.u(m.version, 1, uint32(n), uint32(counts[4]), uint32(counts[8]), uint32(counts[16]))
	if like >= 103 {
		m.u(3)
	}
	if like >= 102 {
		switch m.userData {
		case "":
			m.u(0)
		case "none":
			m.u(1)
		case "names":
			m.u(2)
			m.str("some", true)
			m.str("thing", true)
		case "blobs":
			m.u(1)
			m.str("thing", true)
			m.u(5)
			m.out.WriteString("bytes")
		}
	}
	m.u(uint32(len(attrs)))
	m.now = m.wide.definitions
	for i := range attrs {
		a := &attrs[i]
		m.str(a.name, true)
		if m.wide.aligned && len(cache.PadName(a.name))%8 != 0 {
			m.out.Write(make([]byte, 4))
		}
		m.u(a.code)
		if a.code == 65536 {
			m.u(uint32(len(a.blobTypes)))
			for _, t := range a.blobTypes {
				m.str(t, true)
			}
		}
		if a.context == 0 {
			a.context = 2
		}
		m.u(map[bool]uint32{false: 1, true: 2}[a.array], a.context, 7, 2)
		if a.code == 2048 {
			m.u(a.size)
			if m.blocks == "inline" {
				m.out.Write(a.elems[0][0].(blob))
			}
		}
	}
	m.now = m.wide.flags
	if n > 0 || m.zeroFlags {
		for i := range attrs {
			m.data(&attrs[i], counts[attrs[i].context])
		}
	}
	return bytes.Clone(m.out.Bytes())
}

func (m *maker) data(a *made, n int) {
	if a.noData {
		if m.noDataFlags {
			for i := 0; i <= n/4000; i++ {
				m.u(0)
			}
		}
		return
	}
	if a.code == 2048 || a.code == 65536 {
		switch m.blocks {
		case "none", "inline":
			return
		case "once":
			m.blob(a.elems[0][0].(blob), true)
			return
		case "flagonce":
			m.u(1)
			m.blob(a.elems[0][0].(blob), true)
			return
		case "raw":
			m.blob(a.elems[0][0].(blob), false)
			return
		case "flagraw":
			m.u(0)
			m.blob(a.elems[0][0].(blob), false)
			return
		}
	}
	flag := map[bool]uint32{false: 0, true: 1}[a.constant]
	if strings.EqualFold(a.name, "PointPosition") && !m.chunkedPos {
		if !m.barePos {
			m.u(flag)
		}
		for _, e := range a.elems {
			m.element(a, e)
		}
		return
	}
	chunks := (n + 3999) / 4000
	if n%4000 == 0 && !m.noTrailing {
		chunks++
	}
	for i := range chunks {
		f := a.constant
		if a.flags != nil && i < len(a.flags) {
			f = a.flags[i]
		}
		m.u(map[bool]uint32{false: 0, true: 1}[f])
		empty := i == n/4000 && n%4000 == 0
		switch {
		case a.flags != nil && f:
			m.element(a, a.elems[i*4000])
		case f:
			if i == 0 || !m.constOnce && !(m.constArray1 && a.array) && !(empty && m.flagOnly) {
				m.element(a, a.elems[0])
			}
			if a.array && m.unchunkedCA {
				return
			}
		default:
			for _, e := range a.elems[min(i*4000, n):min((i+1)*4000, n)] {
				m.element(a, e)
			}
		}
	}
}

// pack is stream as a gzip file of several members.
func pack(t testing.TB, stream []byte, members int) []byte {
	t.Helper()
	var out bytes.Buffer
	for i := range members {
		z, err := gzip.NewWriterLevel(&out, 1)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := z.Write(stream[i*len(stream)/members : (i+1)*len(stream)/members]); err != nil {
			t.Fatal(err)
		}
		if err := z.Close(); err != nil {
			t.Fatal(err)
		}
	}
	return out.Bytes()
}

// Makers of values.

func rng(seed int) *rand.Rand { return rand.New(rand.NewPCG(7, uint64(seed))) }

func madeOf(name string, code uint32, n int, value func(r *rand.Rand, i int) any) made {
	r := rng(n)
	a := made{name: name, code: code}
	for i := range n {
		a.elems = append(a.elems, []any{value(r, i)})
	}
	return a
}

func floatsOf(comps int) func(*rand.Rand, int) any {
	return func(r *rand.Rand, _ int) any {
		v := make([]float32, comps)
		for i := range v {
			v[i] = float32(r.NormFloat64())
		}
		return v
	}
}

func boolOf(r *rand.Rand, _ int) any     { return r.IntN(2) == 1 }
func longOf(r *rand.Rand, _ int) any     { return int32(r.Uint32()) }
func stringOf(r *rand.Rand, i int) any   { return strings.Repeat("añ x"[:r.IntN(5)], r.IntN(3)) }
func blobOf(r *rand.Rand, i int) any     { return blob(fmt.Sprint("blob", r.IntN(9999)*i)) }
func shapeOf(r *rand.Rand, i int) any    { return shapes(r, i, 5) }
func shapeFewOf(r *rand.Rand, i int) any { return shapes(r, i, 1) }

func shapes(r *rand.Rand, i, kinds int) cache.ShapeRecord {
	switch r.IntN(kinds) {
	case 1:
		return cache.ShapeRecord{Type: 129, ObjectID: r.Uint32(), Branch: true}
	case 2:
		return cache.ShapeRecord{Type: 129, ObjectID: 5, Trivial: true, Remap: true, Target: "a.b", Model: "{12-3}"}
	case 3:
		return cache.ShapeRecord{Type: 128, Index: r.Uint32(), Trivial: r.IntN(2) == 1}
	}
	return cache.ShapeRecord{Type: int32(r.IntN(10)), Trivial: true}
}

// arrayOf makes an element of 0 to 3 values of each of a's.
func arrayOf(a made) made {
	r := rng(99)
	a.array = true
	for i := range a.elems {
		v := a.elems[i][0]
		a.elems[i] = []any{v, v, v}[:r.IntN(4)]
	}
	return a
}

func constantOf(a made) made {
	a.constant = true
	a.elems = a.elems[:min(1, len(a.elems))]
	return a
}

// stored is a made value as a column stores it, shapes aside.
func stored(v any) []byte {
	switch v := v.(type) {
	case []float32:
		var b []byte
		for _, x := range v {
			b = binary.LittleEndian.AppendUint32(b, math.Float32bits(x))
		}
		return b
	case int32:
		return binary.LittleEndian.AppendUint32(nil, uint32(v))
	case bool:
		if v {
			return []byte{1}
		}
		return []byte{0}
	case string:
		return []byte(v)
	case blob:
		return v
	}
	panic(v)
}

// compare checks f against what was made.
func compare(t *testing.T, f *cache.Frame, n int, attrs []made) {
	t.Helper()
	if int(f.Header.Points) != n || len(f.Attributes) != len(attrs) {
		t.Fatalf("%d points, %d attributes; want %d, %d", f.Header.Points, len(f.Attributes), n, len(attrs))
	}
	for i, m := range attrs {
		a := f.Attributes[i]
		if a.Name != m.name || uint32(a.Type) != m.code || uint32(a.Context) != m.context || (a.Structure == cache.Array) != m.array {
			t.Fatalf("attribute %d is %s %v %v %v, want %+v", i, a.Name, a.Type, a.Context, a.Structure, m.name)
		}
		rows := len(m.elems)
		if n == 0 {
			rows = 0
		}
		if int(a.Rows) != rows || rows > 0 && a.Constant != m.constant {
			t.Fatalf("%s: %d rows, constant %v; want %d, %v", m.name, a.Rows, a.Constant, rows, m.constant)
		}
		values := 0
		for j, e := range m.elems[:rows] {
			from, to := a.Row(uint64(j))
			if int(to-from) != len(e) {
				t.Fatalf("%s[%d]: %d values, want %d", m.name, j, to-from, len(e))
			}
			for k, v := range e {
				if s, ok := v.(cache.ShapeRecord); ok {
					if got, err := a.Shape(from + uint64(k)); err != nil || got != s {
						t.Fatalf("%s[%d][%d] is %+v, %v; want %+v", m.name, j, k, got, err, s)
					}
				} else if got := a.Value(from + uint64(k)); !bytes.Equal(got, stored(v)) {
					t.Fatalf("%s[%d][%d] is %x, want %x", m.name, j, k, got, stored(v))
				}
			}
			values += len(e)
		}
		if int(a.Values) != values {
			t.Fatalf("%s: %d values, want %d", m.name, a.Values, values)
		}
	}
}

// roundTrip checks that f survives being written in every form.
func roundTrip(t *testing.T, f *cache.Frame, opts ...EncodeOptions) {
	t.Helper()
	for _, opt := range opts {
		var b bytes.Buffer
		if err := Encode(t.Context(), &b, f, opt); err != nil {
			t.Fatal(err)
		}
		g, err := DecodeBytes(t.Context(), b.Bytes(), Options{})
		if err != nil {
			t.Fatalf("written as %+v: %v", opt, err)
		}
		if err := same(f, g); err != nil {
			t.Fatalf("written as %+v: %v", opt, err)
		}
	}
}

// same reports in what two frames differ, the order of their attributes aside.
func same(f, g *cache.Frame) error {
	h := g.Header
	h.Version, h.Substeps = f.Header.Version, f.Header.Substeps
	if f.Header != h {
		return fmt.Errorf("headers %+v and %+v", f.Header, g.Header)
	}
	if len(f.Attributes) != len(g.Attributes) {
		return fmt.Errorf("%d and %d attributes", len(f.Attributes), len(g.Attributes))
	}
	taken := map[*cache.Attribute]bool{}
	for _, a := range f.Attributes {
		var err error
		found := false
		for _, b := range g.Attributes {
			if !taken[b] && cache.TrimPadding(a.Name) == cache.TrimPadding(b.Name) {
				if err = sameColumn(a, b); err == nil {
					taken[b], found = true, true
					break
				}
			}
		}
		if !found {
			return fmt.Errorf("attribute %q: %w", a.Name, err)
		}
	}
	return nil
}

func sameColumn(a, b *cache.Attribute) error {
	x, y := a.Column, b.Column
	for _, c := range []*cache.Column{&x, &y} {
		for _, s := range c.Spans() {
			s.Offset = 0
		}
		c.Name, c.Ranges = "", nil
	}
	if fmt.Sprintf("%+v", x) != fmt.Sprintf("%+v", y) {
		return fmt.Errorf("columns %+v and %+v", x, y)
	}
	if !bytes.Equal(a.Bytes(), b.Bytes()) {
		return fmt.Errorf("values differ")
	}
	if fmt.Sprint(a.RowOffsets()) != fmt.Sprint(b.RowOffsets()) {
		return fmt.Errorf("offsets differ")
	}
	if fmt.Sprint(a.Ranges) != fmt.Sprint(b.Ranges) {
		return fmt.Errorf("ranges %v and %v", a.Ranges, b.Ranges)
	}
	for v := range a.Values {
		if a.Type == cache.TypeShape {
			r, err := a.Shape(v)
			s, err2 := b.Shape(v)
			if r != s || err != nil || err2 != nil {
				return fmt.Errorf("shape %d: %+v and %+v, %v, %v", v, r, s, err, err2)
			}
		} else if !bytes.Equal(a.Value(v), b.Value(v)) {
			return fmt.Errorf("value %d differs", v)
		}
	}
	return nil
}
