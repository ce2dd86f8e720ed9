package ply_test

import (
	"bytes"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"math"
	"strings"
	"testing"

	"iceexplorer/cache"
	"iceexplorer/cache/export"
	"iceexplorer/cache/export/exporttest"
	"iceexplorer/cache/export/names"
	"iceexplorer/cache/export/ply"
)

// reader reads the file with numpy and prints name, type and bytes of each property.
const reader = `
import sys, numpy
with open(sys.argv[1], 'rb') as f:
    props, n = [], None
    assert f.readline() == b'ply\n' and f.readline() == b'format binary_little_endian 1.0\n'
    while (line := f.readline().decode('ascii').split()) != ['end_header']:
        if line[0] == 'element': n = int(line[2]); assert line[1] == 'vertex'
        elif line[0] == 'property': props.append((line[2], {'float': '<f4', 'int': '<i4', 'uchar': 'u1'}[line[1]]))
        else: assert line[0] == 'comment'
    rows = numpy.frombuffer(f.read(), numpy.dtype(props))
    assert len(rows) == n
    for name, kind in props: print(name, kind, rows[name].tobytes().hex())
`

// column is a component of an attribute, one value for each point, as a file is to have it.
func column(a *cache.Attribute, points uint64, component int, name string, floats bool) (kind string, b []byte) {
	size := uint64(a.Type.Elem().Size())
	for row := range points {
		if names.Repeated(&a.Column) {
			row = 0
		}
		v := a.Value(row)[uint64(component)*size:][:size]
		switch {
		case strings.Contains("red green blue alpha", name):
			f := math.Float32frombits(binary.LittleEndian.Uint32(v))
			b, kind = append(b, byte(math.Round(255*float64(min(max(f, 0), 1))))), "u1"
		case a.Type.Elem() == cache.ElemFloat32:
			b, kind = append(b, v...), "<f4"
		case a.Type.Elem() == cache.ElemInt32 && floats:
			b, kind = binary.LittleEndian.AppendUint32(b, math.Float32bits(float32(int32(binary.LittleEndian.Uint32(v))))), "<f4"
		case floats:
			b, kind = binary.LittleEndian.AppendUint32(b, math.Float32bits(float32(v[0]))), "<f4"
		case a.Type.Elem() == cache.ElemInt32:
			b, kind = append(b, v...), "<i4"
		default:
			b, kind = append(b, v...), "u1"
		}
	}
	return kind, b
}

func TestPointsAreReadBackByNumpy(t *testing.T) {
	t.Parallel()
	f := ply.Format()
	for name, frame := range exporttest.Frames(t) {
		for _, chosen := range []map[string]string{nil, {"scalar": "true"}} {
			t.Run(fmt.Sprint(name, chosen), func(t *testing.T) {
				t.Parallel()
				got := map[string]string{}
				for _, line := range strings.Split(string(exporttest.Python(t, reader, exporttest.File(t, f, frame, chosen))), "\n") {
					name, rest, _ := strings.Cut(line, " ")
					got[name] = rest
				}
				delete(got, "")
				v, err := f.Parse(chosen)
				if err != nil {
					t.Fatal(err)
				}
				points := uint64(frame.Header.Points)
				for _, p := range f.Places(frame.Index(), v) {
					if a := frame.Attribute(p.Attribute); p.As == nil && p.Left == "" {
						t.Errorf("%s is left out and nothing said", a.Name)
					}
					for i, name := range p.As {
						kind, want := column(frame.Attribute(p.Attribute), points, i, name, chosen != nil)
						if points > 0 && got[name] != kind+" "+hex.EncodeToString(want) {
							t.Errorf("%s: %.80s, want %s %.80x", name, got[name], kind, want)
						}
						delete(got, name)
					}
				}
				if len(got) > 0 {
					t.Errorf("there is more: %.200v", got)
				}
			})
		}
	}
}

func TestAHeaderAsItIsWritten(t *testing.T) {
	t.Parallel()
	b := cache.NewBuilder(cache.Header{Version: 103, Points: 2})
	b.Bools("On", []byte{0, 1})
	b.Float32s("Color", cache.TypeColor4, []float32{0, 0.5, 2, -1, 1, 0.999, float32(math.NaN()), 0.25})
	b.Float32s("Größe x", cache.TypeFloat, []float32{0.5})
	b.Float32s("Gr__e x", cache.TypeFloat, []float32{0.25})
	b.Float32s("PointPosition", cache.TypeVector3, []float32{1, 2, 3, 4, 5, 6})
	b.Int32s("ID", []int32{7, 8})
	b.Strings("Tags", []string{"a", "b"})
	frame, err := b.Frame()
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		chosen map[string]string
		want   []string
		size   int // of the points
	}{
		{
			nil,
			[]string{"float x", "float y", "float z", "uchar red", "uchar green", "uchar blue", "uchar alpha", "uchar On", "float Gr__e_x", "float Gr__e_x_2", "int ID"},
			2 * (12 + 4 + 1 + 4 + 4 + 4),
		},
		{
			map[string]string{"scalar": "true", "attrs": "ID,On,PointPosition", "map": "ID=id"},
			[]string{"float x", "float y", "float z", "float scalar_id", "float scalar_On"},
			2 * (12 + 4 + 4),
		},
		{map[string]string{"attrs": "Color", "map": "Color=rgba"}, []string{"float rgba_r", "float rgba_g", "float rgba_b", "float rgba_a"}, 2 * 16},
	} {
		got := exporttest.Bytes(t, exporttest.File(t, ply.Format(), frame, c.chosen))
		want := "ply\nformat binary_little_endian 1.0\ncomment written by iceexplorer test\nelement vertex 2\n"
		for _, p := range c.want {
			want += "property " + p + "\n"
		}
		want += "end_header\n"
		if !bytes.HasPrefix(got, []byte(want)) || len(got) != len(want)+c.size {
			t.Errorf("%v: %q\nwant %q and %d bytes", c.chosen, got, want, c.size)
		}
		if c.chosen == nil && !bytes.Equal(got[len(want)+12:][:4], []byte{0, 128, 255, 0}) {
			t.Errorf("the first colour is %d", got[len(want)+12:][:4])
		}
	}
	f := export.Format(ply.Format())
	v, _ := f.Parse(nil)
	if left := fmt.Sprint(f.LeftOut(frame.Index(), v)); left != "[{strings and bytes have no place in it [Tags]}]" {
		t.Error(left)
	}
}
