package parquet_test

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"math"
	"runtime"
	"strings"
	"testing"

	"github.com/parquet-go/parquet-go/encoding/thrift"
	"github.com/parquet-go/parquet-go/format"

	"iceexplorer/cache"
	"iceexplorer/cache/export"
	"iceexplorer/cache/export/exporttest"
	"iceexplorer/cache/export/parquet"
)

// footer is what a file says of itself. Values are read back in package interop.
func footer(t *testing.T, b []byte) *format.FileMetaData {
	t.Helper()
	if !bytes.HasPrefix(b, []byte("PAR1")) || !bytes.HasSuffix(b, []byte("PAR1")) {
		t.Fatalf("it begins and ends with %q", b[:4])
	}
	end := len(b) - 8
	from := end - int(binary.LittleEndian.Uint32(b[end:]))
	m := &format.FileMetaData{}
	if err := thrift.Unmarshal(new(thrift.CompactProtocol), b[from:end], m); err != nil {
		t.Fatal(err)
	}
	return m
}

func frame(t *testing.T, n int, add func(*cache.Builder)) *cache.Frame {
	t.Helper()
	b := cache.NewBuilder(cache.Header{Version: 103, Points: uint32(n)})
	add(b)
	f, err := b.Frame()
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func TestRowGroupsSayWhatTheyHold(t *testing.T) {
	t.Parallel()
	const n = 122_881 // one more than a row group has
	f := frame(t, n, func(b *cache.Builder) {
		ids, ages, odd := make([]int32, n), make([]float32, n), make([]float32, n)
		for i := range ids {
			ids[i], ages[i] = int32(i)-5, float32(i)
		}
		odd[0] = float32(math.NaN())
		b.Int32s("ID", ids)
		b.Float32s("Age", cache.TypeFloat, ages)
		b.Float32s("Odd", cache.TypeFloat, odd)
		b.Float32s("Size", cache.TypeFloat, []float32{0.5})
		b.Float32s("PointPosition", cache.TypeVector3, make([]float32, 3*n))
	})
	m := footer(t, exporttest.Bytes(t, exporttest.File(t, parquet.Format(), f, nil)))
	float := func(v float32) string {
		return string(binary.LittleEndian.AppendUint32(nil, math.Float32bits(v)))
	}
	long := func(v int32) string { return string(binary.LittleEndian.AppendUint32(nil, uint32(v))) }
	want := [][][2]string{
		{{long(-5), long(n - 7)}, {float(float32(math.Copysign(0, -1))), float(n - 2)}, {}, {float(0.5), float(0.5)}, {}},
		{{long(n - 6), long(n - 6)}, {float(n - 1), float(n - 1)}, {float(float32(math.Copysign(0, -1))), float(0)}, {float(0.5), float(0.5)}, {}},
	}
	if m.NumRows != n || len(m.RowGroups) != 2 || m.RowGroups[0].NumRows != n-1 || m.RowGroups[1].NumRows != 1 {
		t.Fatalf("%d rows, %d row groups", m.NumRows, len(m.RowGroups))
	}
	for g, group := range m.RowGroups {
		for c, column := range group.Columns {
			s := column.MetaData.Statistics
			if got := [2]string{string(s.MinValue), string(s.MaxValue)}; got != want[g][c] {
				t.Errorf("group %d, %v: %x, want %x", g, column.MetaData.PathInSchema, got, want[g][c])
			}
		}
	}
	if c := m.RowGroups[0].Columns[3].MetaData; c.TotalCompressedSize > 400 {
		t.Errorf("a value that all points have takes %d bytes", c.TotalCompressedSize)
	}
}

func TestColumnsAreNamedAndChosen(t *testing.T) {
	t.Parallel()
	f := frame(t, 2, func(b *cache.Builder) {
		b.Float32s("Color", cache.TypeColor4, make([]float32, 8))
		b.Float32s("Scale", cache.TypeVector3, make([]float32, 6))
		b.Strings("Größe", []string{"a", "b"})
		b.Float32s("Mass", cache.TypeFloat, make([]float32, 2))
	})
	path := exporttest.File(t, parquet.Format(), f, map[string]string{"attrs": "Größe,Scale,Color", "map": "Color=r g b a"})
	var got []string
	for _, e := range footer(t, exporttest.Bytes(t, path)).Schema {
		got = append(got, fmt.Sprint(e.Name, " ", e.LogicalType.String()))
	}
	if text := strings.Join(got, ","); text != "points ,Größe STRING,Scale LIST,list ,element ,r ,g ,b ,a " {
		t.Error(text)
	}
}

// A worker has the frame in memory, and not much more.
func TestNothingOfAFrameIsGathered(t *testing.T) {
	f := exporttest.Cloud(t, 300_000)
	for _, how := range []string{"none", "snappy", "zstd"} {
		format := parquet.Format()
		v, err := format.Parse(map[string]string{"compress": how})
		if err != nil {
			t.Fatal(err)
		}
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		if err := format.Do(t.Context(), export.Job{Frame: f, Path: t.TempDir() + "/a.parquet", Options: v, Threads: 1}); err != nil {
			t.Fatal(err)
		}
		runtime.ReadMemStats(&after)
		const most = 6 << 20 // half of the frame, and much of it is the compressor's own
		if got := after.TotalAlloc - before.TotalAlloc; got > most {
			t.Errorf("%s: %d bytes were allocated", how, got)
		}
	}
}
