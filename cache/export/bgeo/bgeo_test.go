package bgeo_test

import (
	"encoding/hex"
	"fmt"
	"slices"
	"strings"
	"testing"

	"iceexplorer/cache"
	"iceexplorer/cache/export"
	"iceexplorer/cache/export/bgeo"
	"iceexplorer/cache/export/exporttest"
)

// reader reads a file as GPD.txt describes the format, and prints name, size, kind and bytes
// of each attribute, for texts those of the texts.
const reader = `
import struct, sys
b = open(sys.argv[1], 'rb').read()
at = 0
def take(form):
    global at
    v = struct.unpack_from('>' + form, b, at)
    at += struct.calcsize('>' + form)
    return v if len(v) > 1 else v[0]
def text():
    global at
    n = take('h')
    if n == -1: n = take('i')
    at += n
    assert at <= len(b)
    return b[at-n:at]
assert take('4s') == b'Bgeo' and take('c') == b'V' and take('i') == 5
points, prims, pointgroups, primgroups, pointattrs, vertexattrs, primattrs, attrs = take('8i')
assert prims == pointgroups == primgroups == vertexattrs == primattrs == attrs == 0
found, stride = [('P', 4, -1, None, 0)], 16
for _ in range(pointattrs):
    name = text().decode('ascii')
    size, kind = take('H'), take('i')
    texts = None
    if kind == 4:
        assert size == 1
        texts = [text() for _ in range(take('i'))]
    else:
        assert kind in (0, 1, 5)
        default = take('%di' % size)
    found.append((name, size, kind, texts, stride))
    stride += 4 * size
data = b[at:at+points*stride]
at += points * stride
assert take('BB') == (0, 255) and at == len(b), (at, len(b))
for name, size, kind, texts, place in found:
    values = b''.join(data[i+place:i+place+4*size] for i in range(0, len(data), stride))
    if texts is not None:
        values = b'|'.join(texts[i] for i in struct.unpack('>%di' % points, values))
    print(name, size, kind, values.hex(), sep='\t')
`

func read(t *testing.T, path string) map[string]string {
	t.Helper()
	got := map[string]string{}
	for _, line := range exporttest.Script(t, reader, path) {
		name, rest, _ := strings.Cut(line, "\t")
		if got[name] != "" {
			t.Errorf("there are two %s", name)
		}
		got[name] = rest
	}
	return got
}

// column is what a file is to have of an attribute under the name that is the i-th of its n.
func column(a *cache.Attribute, name string, i, n int, points uint64) string {
	var b []byte
	size, kind := 1, 0
	for row := range points {
		if a.Rows == 1 {
			row = 0
		}
		v := a.Value(row)
		switch {
		case a.Type == cache.TypeString:
			if kind = 4; len(b) > 0 || row > 0 {
				b = append(b, '|')
			}
			b = append(b, v...)
			continue
		case a.Type == cache.TypeBool:
			b, kind = append(b, 0, 0, 0, v[0]), 1
			continue
		case a.Type == cache.TypeLong || a.Type == cache.TypeShape:
			kind = 1
		case n == 2 && i == 0:
			v = v[:12]
		case n == 2:
			v = v[12:]
		case n > 1:
			v = v[4*i:][:4]
		case a.Type == cache.TypeQuaternion || a.Type == cache.TypeRotation:
			v = append(slices.Clone(v[4:]), v[:4]...)
		case a.Type == cache.TypeVector3 && name != "P":
			kind = 5
		}
		size = len(v) / 4
		for ; len(v) > 0; v = v[4:] {
			b = append(b, v[3], v[2], v[1], v[0])
		}
		if name == "P" {
			b, size, kind = append(b, 0x3f, 0x80, 0, 0), 4, -1
		}
	}
	return fmt.Sprintf("%d\t%d\t%s", size, kind, hex.EncodeToString(b))
}

func TestPointsAreReadBackByTheFormatsDescription(t *testing.T) {
	t.Parallel()
	f := bgeo.Format()
	for name, frame := range exporttest.Frames(t) {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := read(t, exporttest.File(t, f, frame, nil))
			v, err := f.Parse(nil)
			if err != nil {
				t.Fatal(err)
			}
			for _, p := range f.Places(frame.Index(), v) {
				a := frame.Attribute(p.Attribute)
				if p.As == nil && p.Left == "" {
					t.Errorf("%s is left out and nothing said", a.Name)
				}
				for i, name := range p.As {
					want := column(a, name, i, len(p.As), uint64(frame.Header.Points))
					if _, ok := got[name]; !ok || frame.Header.Points > 0 && got[name] != want {
						t.Errorf("%s: %.80s, want %.80s", name, got[name], want)
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

func frame(t *testing.T, fill func(b *cache.Builder), points int) *cache.Frame {
	t.Helper()
	b := cache.NewBuilder(cache.Header{Version: 103, Points: uint32(points)})
	fill(b)
	f, err := b.Frame()
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func TestAttributesHaveHoudinisNamesAndKinds(t *testing.T) {
	t.Parallel()
	f := frame(t, func(b *cache.Builder) {
		b.Float32s("v", cache.TypeFloat, []float32{9, 9})
		b.Float32s("pointvelocity", cache.TypeVector3, []float32{1, 2, 3, 4, 5, 6})
		b.Float32s("Color", cache.TypeColor4, []float32{1, 2, 3, 0.5})
		b.Float32s("Orientation", cache.TypeRotation, []float32{1, 0, 0, 0, 0, 1, 2, 4})
		b.Float32s("2 %", cache.TypeVector2, []float32{1, 2, 3, 4})
		b.Strings("Tag", []string{"b", "b"})
		b.Float32s("Size", cache.TypeFloat, []float32{1, 2})
		b.Float32s("PointPosition", cache.TypeVector3, make([]float32, 6))
		b.Float32s("Age", cache.TypeFloat, []float32{1, 2})
	}, 2)
	got := read(t, exporttest.File(t, bgeo.Format(), f, map[string]string{"map": "Age=2fast"}))
	for name, want := range map[string]string{
		"P":      "4\t-1\t0000000000000000000000003f800000" + "0000000000000000000000003f800000",
		"v":      "3\t5\t3f8000004000000040400000" + "4080000040a0000040c00000",
		"v_2":    "1\t0\t4110000041100000",
		"Cd":     "3\t0\t3f8000004000000040400000" + "3f8000004000000040400000",
		"Alpha":  "1\t0\t3f0000003f000000",
		"orient": "4\t0\t0000000000000000000000003f800000" + "3f800000400000004080000000000000",
		"_2__":   "2\t0\t3f80000040000000" + "4040000040800000",
		"Tag":    "1\t4\t" + hex.EncodeToString([]byte("b|b")),
		"pscale": "1\t0\t3f80000040000000",
		"_2fast": "1\t0\t3f80000040000000",
	} {
		if got[name] != want {
			t.Errorf("%s is %q, want %q", name, got[name], want)
		}
		delete(got, name)
	}
	if len(got) > 0 {
		t.Errorf("there is more: %v", got)
	}
}

// Texts are kept in memory up to a number, and may be as long as they like.
func TestManyAndLongTextsAreAllThere(t *testing.T) {
	t.Parallel()
	const points = 1<<16 + 3
	rows := make([]string, points)
	for i := range rows {
		rows[i] = fmt.Sprint(i)
	}
	rows[7] = strings.Repeat("long", 20_000)
	f := frame(t, func(b *cache.Builder) {
		b.Float32s("PointPosition", cache.TypeVector3, []float32{0, 0, 0})
		b.Strings("Many", rows)
		b.Strings("Same", []string{rows[7]})
	}, points)
	got := read(t, exporttest.File(t, bgeo.Format(), f, map[string]string{"attrs": "PointPosition,Many"}))
	if want := hex.EncodeToString([]byte(strings.Join(rows, "|"))); got["Many"] != "1\t4\t"+want {
		t.Errorf("%.100s, want %.100s", got["Many"], want)
	}
	few := frame(t, func(b *cache.Builder) {
		b.Float32s("PointPosition", cache.TypeVector3, []float32{0, 0, 0})
		b.Strings("Same", []string{rows[7]})
	}, 2)
	path := exporttest.File(t, bgeo.Format(), few, nil)
	if got, want := read(t, path)["Same"], hex.EncodeToString([]byte(rows[7]+"|"+rows[7])); got != "1\t4\t"+want {
		t.Errorf("%.100s", got)
	}
	if n := len(exporttest.Bytes(t, path)); n > 100_000 {
		t.Errorf("a text that all have is written again for each: %d bytes", n)
	}
}

func TestPointsWithoutAPlaceAreRefused(t *testing.T) {
	t.Parallel()
	f := bgeo.Format()
	v, err := f.Parse(nil)
	if err != nil {
		t.Fatal(err)
	}
	path := t.TempDir() + "/a.bgeo"
	one := frame(t, func(b *cache.Builder) { b.Int32s("ID", []int32{7}) }, 1)
	err = f.Do(t.Context(), export.Job{Frame: one, Path: path, Options: v})
	if err == nil || err.Error() != "cannot be written: there is no PointPosition, and points of a .bgeo must have one: "+path {
		t.Error(err)
	}
	none := frame(t, func(b *cache.Builder) { b.Int32s("ID", nil) }, 0)
	if got := read(t, exporttest.File(t, f, none, nil)); len(got) != 2 || got["id"] != "1\t1\t" {
		t.Errorf("%v", got)
	}
}
