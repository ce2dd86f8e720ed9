package vtp_test

import (
	"encoding/hex"
	"fmt"
	"strings"
	"testing"

	"iceexplorer/cache"
	"iceexplorer/cache/export"
	"iceexplorer/cache/export/exporttest"
	"iceexplorer/cache/export/names"
	"iceexplorer/cache/export/vtp"
)

// reader reads the file with Python's parser of XML and prints name, type, components and
// bytes of each array. Where VTK is installed it must read the same.
const reader = `
import base64, struct, sys, xml.etree.ElementTree as tree
path = sys.argv[1]
root = tree.parse(path).getroot()
assert root.attrib == {'type': 'PolyData', 'version': '1.0', 'byte_order': 'LittleEndian', 'header_type': 'UInt64'}
piece = root.find('PolyData/Piece')
assert piece.get('NumberOfPoints') == piece.get('NumberOfVerts')
found = []
for part in ('PointData', 'Points', 'Verts'):
    for a in piece.find(part):
        assert a.tag == 'DataArray' and a.get('format') == 'binary'
        b = base64.b64decode(a.text.strip(), validate=True)
        assert struct.unpack('<Q', b[:8])[0] == len(b) - 8
        found.append((part + '/' + a.get('Name'), a.get('type'), a.get('NumberOfComponents'), b[8:].hex()))
for f in found: print(*f, sep='\t')
try:
    from vtk import vtkXMLPolyDataReader
    from vtk.util.numpy_support import vtk_to_numpy
except ImportError:
    sys.exit()
r = vtkXMLPolyDataReader()
r.SetFileName(path)
r.Update()
assert r.GetErrorCode() == 0
d = r.GetOutput()
n = int(piece.get('NumberOfPoints'))
assert d.GetNumberOfPoints() == d.GetNumberOfVerts() == n
for name, kind, components, b in found:
    part, name = name.split('/', 1)
    a = d.GetPoints().GetData() if part == 'Points' else d.GetPointData().GetArray(name)
    if part != 'Verts' and n > 0: assert vtk_to_numpy(a).tobytes().hex() == b, name
`

// want is what the file is to have of an attribute.
func want(a *cache.Attribute, points uint64) string {
	var b []byte
	typ := map[cache.Elem]string{cache.ElemFloat32: "Float32", cache.ElemInt32: "Int32", cache.ElemUint8: "Int32"}[a.Type.Elem()]
	for row := range points {
		if names.Repeated(&a.Column) {
			row = 0
		}
		b = append(b, a.Value(row)...)
		if a.Type == cache.TypeBool {
			b = append(b, 0, 0, 0)
		}
	}
	return fmt.Sprintf("%s\t%d\t%s", typ, a.Type.Components(), hex.EncodeToString(b))
}

func read(t *testing.T, path string) map[string]string {
	t.Helper()
	got := map[string]string{}
	for _, line := range strings.Split(strings.TrimSuffix(string(exporttest.Python(t, reader, path)), "\n"), "\n") {
		name, rest, _ := strings.Cut(line, "\t")
		got[name] = rest
	}
	return got
}

func TestArraysAreReadBackByPython(t *testing.T) {
	t.Parallel()
	f := vtp.Format()
	for name, frame := range exporttest.Frames(t) {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := read(t, exporttest.File(t, f, frame, nil))
			v, err := f.Parse(nil)
			if err != nil {
				t.Fatal(err)
			}
			points := uint64(frame.Header.Points)
			for _, p := range f.Places(frame.Index(), v) {
				if p.As == nil {
					continue
				}
				name := "PointData/" + p.As[0]
				if p.As[0] == "Points" {
					name = "Points/Points"
				}
				if w := want(frame.Attribute(p.Attribute), points); got[name] != w {
					t.Errorf("%s: %.100q, want %.100q", name, got[name], w)
				}
				delete(got, name)
			}
			if len(got) != 2 || points == 3 && got["Verts/offsets"] != "Int64\t1\t010000000000000002000000000000000300000000000000" ||
				points == 3 && got["Verts/connectivity"] != "Int64\t1\t000000000000000001000000000000000200000000000000" {
				t.Errorf("there is more, or other vertices: %.200q", got)
			}
		})
	}
}

func TestArraysHaveTheNamesThatOVITOMaps(t *testing.T) {
	t.Parallel()
	b := cache.NewBuilder(cache.Header{Version: 103, Points: 1})
	b.Float32s("mass", cache.TypeFloat, []float32{1})
	b.Float32s("size", cache.TypeFloat, []float32{1})
	b.Float32s("pointposition", cache.TypeVector3, []float32{1, 2, 3})
	b.Float32s("pointvelocity", cache.TypeVector3, []float32{1, 2, 3})
	b.Int32s("id", []int32{1})
	b.Int32s("<a & \"b\">\x01ä", []int32{1})
	frame, err := b.Frame()
	if err != nil {
		t.Fatal(err)
	}
	got := read(t, exporttest.File(t, vtp.Format(), frame, nil))
	for _, name := range []string{"Points/Points", "PointData/mass", "PointData/radius", "PointData/v", "PointData/id", "PointData/<a & \"b\">_ä"} {
		if got[name] == "" {
			t.Errorf("there is no %s: %q", name, got)
		}
	}
	f := vtp.Format()
	v, err := f.Parse(map[string]string{"attrs": "mass"})
	if err != nil {
		t.Fatal(err)
	}
	path := t.TempDir() + "/a.vtp"
	err = f.Do(t.Context(), export.Job{Frame: frame, Path: path, Options: v})
	if err == nil || err.Error() != "cannot be written: there is no PointPosition, and points of a .vtp must have one: "+path {
		t.Error(err)
	}
}
