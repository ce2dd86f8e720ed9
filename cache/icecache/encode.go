package icecache

import (
	"bufio"
	"compress/gzip"
	"context"
	"encoding/binary"
	"fmt"
	"io"
	"math"
	"slices"
	"strconv"
	"strings"

	"iceexplorer/cache"
)

// EncodeOptions say how a frame is written.
type EncodeOptions struct {
	Version uint32        // 100, 102 or 103; 0 is 103
	Storage cache.Storage // StorageGzip, StoragePlain or StorageText; "" is gzip
	Level   int           // of gzip, 1 to 9; 0 is gzip's own default
	Partio  bool          // as partio lays files out, see Index.Dialect: bare positions, no trailing chunk, constants once
}

// Encode writes f in the layout that Index.Dialect calls "plain": elements in chunks of
// 4000 and an empty chunk after an exact multiple, bools of four bytes. Attributes keep
// their order: Softimage does not sort them either (the one public file that looks
// written by it has PointPosition, Color, ID). Columns that store nothing although their
// context has elements keep their definition if their type allows, and are left out if
// not. It looks at ctx every flushBytes.
func Encode(ctx context.Context, w io.Writer, f *cache.Frame, opt EncodeOptions) error {
	e, err := newEncoder(f, opt)
	if err != nil {
		return fmt.Errorf("encode frame: %w", err)
	}
	switch opt.Storage {
	case cache.StoragePlain, cache.StorageText:
		buf := bufio.NewWriterSize(w, flushBytes)
		e.w = &whileWanted{ctx, buf}
		if err = e.frame(); err == nil {
			err = buf.Flush()
		}
	default:
		level := opt.Level
		if level == 0 {
			level = gzip.DefaultCompression
		}
		z, zerr := gzip.NewWriterLevel(w, level)
		if zerr != nil {
			return fmt.Errorf("encode frame: %w", zerr)
		}
		e.w = &whileWanted{ctx, z}
		err = e.frame()
		if cerr := z.Close(); err == nil {
			err = cerr
		}
	}
	if err != nil {
		return fmt.Errorf("encode frame: %w", err)
	}
	return nil
}

// flushBytes is how much is gathered before it is handed on.
const flushBytes = 256 << 10

// whileWanted is a writer that fails when its context has ended.
type whileWanted struct {
	ctx context.Context
	w   io.Writer
}

func (w *whileWanted) Write(b []byte) (int, error) {
	if err := w.ctx.Err(); err != nil {
		return 0, err
	}
	return w.w.Write(b)
}

type encoder struct {
	w       io.Writer
	text    bool
	partio  bool
	version uint32
	header  cache.Header
	stored  bool // data follow the definitions
	attrs   []*cache.Attribute
	buf     []byte
}

func newEncoder(f *cache.Frame, opt EncodeOptions) (*encoder, error) {
	e := &encoder{version: opt.Version, header: f.Header, text: opt.Storage == cache.StorageText, partio: opt.Partio}
	if e.version == 0 {
		e.version = 103
	}
	if e.version != 100 && e.version != 102 && e.version != 103 {
		return nil, unsupportedVersion(e.version)
	}
	switch opt.Storage {
	case "", cache.StorageGzip, cache.StoragePlain, cache.StorageText:
	default:
		return nil, &cache.UnsupportedError{Field: "storage", Msg: string(opt.Storage)}
	}
	e.stored = f.Header.Points > 0 || slices.ContainsFunc(f.Attributes, func(a *cache.Attribute) bool { return a.HasData() })
	for _, a := range f.Attributes {
		if len(a.Name) > cache.MaxNameLen {
			return nil, &cache.FormatError{Offset: -1, Field: "attribute name length", Msg: "too large", Value: len(a.Name)}
		}
		if e.representable(a) {
			e.attrs = append(e.attrs, a)
		}
	}
	if len(e.attrs) > cache.MaxAttributes {
		return nil, &cache.FormatError{Offset: -1, Field: "attribute count", Msg: "too large", Value: len(e.attrs)}
	}
	return e, nil
}

// representable reports whether the format can say what the column holds. A reader
// takes values of fixed size for granted where the context has elements.
func (e *encoder) representable(a *cache.Attribute) bool {
	return !e.stored || a.HasData() || e.header.Elements(a.Context) == 0 || a.Type.Elem() == cache.ElemNone ||
		a.Type == cache.TypeLocation || a.Type == cache.TypeCustom
}

func (e *encoder) frame() error {
	e.buf = append(e.buf, magic...)
	h := e.header
	fields := []uint32{e.version, uint32(h.Object), h.Points, h.Edges, h.Polygons, h.Samples}
	if e.version >= 103 {
		fields = append(fields, h.Substeps)
	}
	if e.version >= 102 {
		fields = append(fields, 0) // user data blobs
	}
	e.u32(append(fields, uint32(len(e.attrs)))...)
	e.line()
	for _, a := range e.attrs {
		e.definition(a)
	}
	if !e.stored {
		return e.flush(0)
	}
	for _, a := range e.attrs {
		if err := e.attribute(a); err != nil {
			return fmt.Errorf("attribute %s: %w", a.Name, err)
		}
	}
	return e.flush(0)
}

func (e *encoder) definition(a *cache.Attribute) {
	e.name(a.Name)
	e.u32(uint32(a.Type))
	if a.Type == cache.TypeCustom {
		e.u32(uint32(len(a.BlobTypes)))
		for _, t := range a.BlobTypes {
			e.name(t)
		}
	}
	e.u32(uint32(a.Structure), uint32(a.Context), a.DatabaseID, uint32(a.Category))
	if a.Type == cache.TypeLocation {
		e.u32(a.Locator)
	}
	e.line()
}

// attribute writes one attribute's data.
func (e *encoder) attribute(a *cache.Attribute) error {
	elements := e.header.Elements(a.Context)
	if a.Type.Elem() == cache.ElemNone || elements > 0 && !a.HasData() || !knownContext(a.Context) {
		return nil
	}
	if strings.EqualFold(cache.TrimPadding(a.Name), "PointPosition") {
		return e.position(a, elements)
	}
	for from := uint64(0); !e.partio || from < elements; from += chunkRows {
		e.flag(a.Constant)
		var err error
		switch {
		case !a.Constant:
			err = e.rows(a, min(from, a.Rows), min(from+chunkRows, a.Rows))
		case from == 0 || !e.partio:
			err = e.rows(a, 0, 1)
		}
		if err != nil {
			return err
		}
		if from+chunkRows > elements {
			return nil
		}
	}
	return nil
}

// position writes PointPosition, which is not in chunks. Without a flag there is a value for
// each element.
func (e *encoder) position(a *cache.Attribute, elements uint64) error {
	if !e.partio {
		e.flag(a.Constant)
		return e.rows(a, 0, a.Rows)
	}
	if !a.Constant {
		return e.rows(a, 0, a.Rows)
	}
	for range elements {
		if err := e.rows(a, 0, 1); err != nil {
			return err
		}
	}
	return nil
}

// rows writes the stored rows [from, to).
func (e *encoder) rows(a *cache.Attribute, from, to uint64) error {
	if a.Structure != cache.Array && !a.Type.Variable() && a.Type != cache.TypeShape {
		const step = 4096
		for ; from < to; from += step {
			n := a.Type.ValueSize()
			e.values(a.Type, a.Bytes()[from*n:min(from+step, to)*n])
			e.line()
			if err := e.flush(flushBytes); err != nil {
				return err
			}
		}
		return nil
	}
	for i := from; i < to; i++ {
		v, end := a.Row(i)
		if a.Structure == cache.Array {
			if end-v > math.MaxUint32 {
				return fmt.Errorf("array of %d values", end-v)
			}
			e.u32(uint32(end - v))
		}
		if err := e.run(a, v, end); err != nil {
			return err
		}
		if err := e.flush(flushBytes); err != nil {
			return err
		}
	}
	return nil
}

// run writes the stored values [v, end).
func (e *encoder) run(a *cache.Attribute, v, end uint64) error {
	if !a.Type.Variable() && a.Type != cache.TypeShape {
		n := a.Type.ValueSize()
		const step = 4096
		for ; v < end; v += step {
			e.values(a.Type, a.Bytes()[v*n:min(v+step, end)*n])
			if err := e.flush(flushBytes); err != nil {
				return err
			}
		}
		e.line()
		return nil
	}
	for ; v < end; v++ {
		if a.Type == cache.TypeShape {
			r, err := a.Shape(v)
			if err != nil {
				return err
			}
			e.shape(r)
			continue
		}
		b := a.Value(v)
		if len(b) > math.MaxUint32-4 {
			return fmt.Errorf("value of %d bytes", len(b))
		}
		write := e.blob
		if a.Type == cache.TypeString {
			write = e.string
		}
		if err := write(b); err != nil {
			return err
		}
	}
	return nil
}

func (e *encoder) shape(r cache.ShapeRecord) {
	e.flag(r.Trivial)
	e.u32(uint32(r.Type))
	switch r.Type {
	case cache.ShapeReference:
		e.u32(r.ObjectID)
		e.flag(r.Branch)
		e.flag(r.Remap)
		if r.Remap {
			e.name(r.Target)
			e.name(r.Model)
		}
	case cache.ShapeInstance:
		e.u32(r.Index)
	}
}

// flush hands the buffer on if it holds at least enough bytes.
func (e *encoder) flush(enough int) error {
	if len(e.buf) < enough {
		return nil
	}
	_, err := e.w.Write(e.buf)
	e.buf = e.buf[:0]
	return err
}

// line ends a line of text.
func (e *encoder) line() {
	if e.text {
		e.buf = append(e.buf, '\n')
	}
}

func (e *encoder) flag(set bool) { e.u32(uint32(flagIndex(set))) }

func (e *encoder) u32(vs ...uint32) {
	for _, v := range vs {
		if e.text {
			e.buf = strconv.AppendUint(append(e.buf, ' '), uint64(v), 10)
		} else {
			e.buf = binary.LittleEndian.AppendUint32(e.buf, v)
		}
	}
}

// name writes a short string's length and the string, padded to a multiple of 4.
func (e *encoder) name(s string) {
	e.u32(uint32(len(s)))
	if e.text {
		e.buf = append(e.buf, ' ')
	}
	e.buf = append(e.buf, s...)
	e.buf = append(e.buf, padding(len(s))...)
}

// padding is what follows a string of n bytes.
func padding(n int) string { return "___"[:(4-n%4)%4] }

// string is name for a string of any length.
func (e *encoder) string(b []byte) error {
	e.u32(uint32(len(b)))
	if e.text {
		e.buf = append(e.buf, ' ')
	}
	for piece := range slices.Chunk(b, flushBytes) {
		e.buf = append(e.buf, piece...)
		if err := e.flush(flushBytes); err != nil {
			return err
		}
	}
	e.buf = append(e.buf, padding(len(b))...)
	return e.flush(flushBytes)
}

// blob writes a size and bytes, which are numbers in text.
func (e *encoder) blob(b []byte) error {
	e.u32(uint32(len(b)))
	for piece := range slices.Chunk(b, flushBytes/4) {
		if e.text {
			for _, v := range piece {
				e.u32(uint32(v))
			}
		} else {
			e.buf = append(e.buf, piece...)
		}
		if err := e.flush(flushBytes); err != nil {
			return err
		}
	}
	return e.flush(flushBytes)
}

// values writes stored values of fixed size.
func (e *encoder) values(t cache.DataType, b []byte) {
	switch {
	case t == cache.TypeBool:
		for _, v := range b {
			e.flag(v != 0)
		}
	case !e.text:
		e.buf = append(e.buf, b...)
	case t.Elem() == cache.ElemInt32:
		for ; len(b) >= 4; b = b[4:] {
			e.buf = strconv.AppendInt(append(e.buf, ' '), int64(int32(binary.LittleEndian.Uint32(b))), 10)
		}
	default:
		for ; len(b) >= 4; b = b[4:] {
			v := math.Float32frombits(binary.LittleEndian.Uint32(b))
			e.buf = strconv.AppendFloat(append(e.buf, ' '), float64(v), 'g', -1, 32)
		}
	}
}
