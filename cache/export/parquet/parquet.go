// Package parquet is points as a table of Apache Parquet, for DuckDB, pandas, polars and
// Spark: a row for each point, vectors and arrays as lists.
//
// Pages hold the values as they lie in memory, a row group and a column at a time, so that
// nothing is gathered; package format of parquet-go writes what is said about them.
package parquet

import (
	"context"
	"encoding/binary"
	"fmt"
	"io"

	"github.com/parquet-go/parquet-go/encoding/thrift"
	"github.com/parquet-go/parquet-go/format"

	"iceexplorer/cache"
	"iceexplorer/cache/export"
	"iceexplorer/cache/export/names"
)

var target = names.Target{Format: "parquet", Fits: names.PerPoint}

// compress is the option that makes files smaller and slower.
const compress = "compress"

// hive is the option that lays files out as tables in parts are.
const hive = "hive"

// Format declares it.
func Format() export.Format {
	return export.Format{
		Name: "parquet", Label: "a .parquet", Ext: ".parquet", For: "DuckDB, pandas, polars, Spark",
		Options: append(names.Options(), export.Option{
			Name: compress, Arg: "HOW", Help: "compression of its pages", Default: "none", Choices: []string{"none", "snappy", "zstd"},
		}, export.Option{
			Name: hive, Kind: export.Bool, Default: "false", Help: "a folder frame=12 for each frame, so that one\nquery spans the sequence",
		}),
		Naming: func(v export.Values) string {
			if v.Bool(hive) {
				return "frame={frame}/{name}"
			}
			return ""
		},
		Check: names.Check, Places: target.Places,
		Write: export.Stream(write),
	}
}

const (
	magic = "PAR1"
	// groupRows are those of a row group: readers give each to a core.
	groupRows = 60 * 2048
)

func write(ctx context.Context, w io.Writer, j *export.Job) error {
	f, err := newFile(w, j.Options.Text(compress))
	if err != nil {
		return err
	}
	var columns []*column
	schema := []format.SchemaElement{{Name: "points"}}
	for _, c := range target.Choose(j.Frame.Index(), j.Options) {
		if c.As == nil {
			continue
		}
		a := j.Frame.Attributes[c.Column]
		for i, name := range c.As {
			col := newColumn(name, a)
			if len(c.As) > 1 {
				col = newComponent(name, a, i)
			}
			columns = append(columns, col)
			schema = append(schema, col.schema()...)
		}
	}
	schema[0].NumChildren = thrift.New(int32(len(columns)))
	f.bytes([]byte(magic))
	rows := uint64(j.Frame.Header.Points)
	for from := uint64(0); from < rows && f.err == nil; from += groupRows {
		if err := ctx.Err(); err != nil {
			return err
		}
		f.group(columns, from, min(groupRows, rows-from))
	}
	f.footer(&format.FileMetaData{
		Version: 1, Schema: schema, NumRows: int64(rows), RowGroups: f.groups,
		CreatedBy: j.Program, ColumnOrders: orders(len(columns)),
	})
	return f.err
}

func orders(n int) []format.ColumnOrder {
	out := make([]format.ColumnOrder, n)
	for i := range out {
		out[i].Value = &format.TypeDefinedOrder{}
	}
	return out
}

// file is a file on its way. After an error nothing more is written.
type file struct {
	w      io.Writer
	n      int64 // bytes written
	err    error
	groups []format.RowGroup

	codec  format.CompressionCodec
	squash func(dst, src []byte) []byte // nil: pages are written as they are
	raw    []byte                       // a page before it is compressed
	small  []byte                       // and after it
}

func (f *file) bytes(b []byte) {
	if f.err == nil {
		var n int
		n, f.err = f.w.Write(b)
		f.n += int64(n)
	}
}

// thrift writes a structure, and says how many bytes it took.
func (f *file) thrift(v any) int64 {
	b, err := thrift.Marshal(new(thrift.CompactProtocol), v)
	if err != nil && f.err == nil {
		f.err = err
	}
	f.bytes(b)
	return int64(len(b))
}

func (f *file) footer(m *format.FileMetaData) {
	n := f.thrift(m)
	f.bytes(append(binary.LittleEndian.AppendUint32(nil, uint32(n)), magic...))
}

// group writes n rows from a row on, the columns one after the other.
func (f *file) group(columns []*column, from, n uint64) {
	g := format.RowGroup{NumRows: int64(n), FileOffset: f.n, Ordinal: int16(len(f.groups))}
	for _, c := range columns {
		m := f.chunk(c, from, n)
		g.TotalByteSize += m.TotalUncompressedSize
		g.TotalCompressedSize += m.TotalCompressedSize
		g.Columns = append(g.Columns, format.ColumnChunk{FileOffset: f.n, MetaData: m})
	}
	f.groups = append(f.groups, g)
}

// chunk writes n rows of a column.
func (f *file) chunk(c *column, from, n uint64) format.ColumnMetaData {
	m := format.ColumnMetaData{Type: c.typ, PathInSchema: c.path(), Codec: f.codec, Statistics: c.statistics(from, n)}
	encoding := format.Plain
	m.Encoding = []format.Encoding{format.RLE, encoding}
	if dictionary, values := c.dictionary(); dictionary != nil {
		encoding = format.RLEDictionary
		m.Encoding = []format.Encoding{format.Plain, format.RLE, encoding}
		m.DictionaryPageOffset = f.n
		f.page(&m, format.PageHeader{
			Type:                 format.DictionaryPage,
			DictionaryPageHeader: thrift.New(format.DictionaryPageHeader{NumValues: int32(values), Encoding: format.Plain}),
		}, dictionary)
	}
	m.DataPageOffset = f.n
	for end := from + n; from < end && f.err == nil; {
		p, err := c.page(from, end, encoding)
		if err != nil {
			f.err = fmt.Errorf("attribute %s: %w", c.a.Name, err)
			break
		}
		m.NumValues += int64(p.values)
		f.page(&m, format.PageHeader{
			Type: format.DataPage,
			DataPageHeader: thrift.New(format.DataPageHeader{
				NumValues: int32(p.values), Encoding: encoding, DefinitionLevelEncoding: format.RLE, RepetitionLevelEncoding: format.RLE,
			}),
		}, p.parts[:]...)
		from += p.rows
	}
	return m
}

// page writes the parts of a page, which are one piece to those who read it.
func (f *file) page(m *format.ColumnMetaData, h format.PageHeader, parts ...[]byte) {
	size := 0
	for _, p := range parts {
		size += len(p)
	}
	stored := size
	if f.squash != nil {
		f.raw = f.raw[:0]
		for _, p := range parts {
			f.raw = append(f.raw, p...)
		}
		f.small = f.squash(f.small, f.raw)
		parts, stored = [][]byte{f.small}, len(f.small)
	}
	h.UncompressedPageSize, h.CompressedPageSize = int32(size), int32(stored)
	head := f.thrift(&h)
	for _, p := range parts {
		f.bytes(p)
	}
	m.TotalUncompressedSize += head + int64(size)
	m.TotalCompressedSize += head + int64(stored)
}

// typeOf is how a component of an attribute is stored, and what its bytes are.
func typeOf(a *cache.Attribute) (format.Type, bool) {
	switch {
	case a.Type == cache.TypeShape, a.Type == cache.TypeString:
		return format.ByteArray, true
	case a.Type.Variable():
		return format.ByteArray, false
	case a.Type.Elem() == cache.ElemInt32:
		return format.Int32, false
	case a.Type.Elem() == cache.ElemUint8:
		return format.Boolean, false
	}
	return format.Float, false
}
