package npz_test

import (
	"encoding/hex"
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"iceexplorer/cache"
	"iceexplorer/cache/export"
	"iceexplorer/cache/export/exporttest"
	"iceexplorer/cache/export/npz"
)

// reader prints the name, type, shape and bytes of each array: as numpy loads it, and again
// from the mapped file, where its values begin at a multiple of 64.
const reader = `
import io, mmap, struct, sys, zipfile, numpy
path = sys.argv[1]
assert zipfile.ZipFile(path).testzip() is None
with open(path, 'rb') as f, numpy.load(path) as loaded:
    m = mmap.mmap(f.fileno(), 0, access=mmap.ACCESS_READ)
    for i in zipfile.ZipFile(path).infolist():
        assert i.compress_type == zipfile.ZIP_STORED and i.filename.endswith('.npy')
        at = i.header_offset + 30 + sum(struct.unpack_from('<HH', m, i.header_offset + 26))
        head = io.BytesIO(m[at:at+1024])
        assert numpy.lib.format.read_magic(head) == (1, 0)
        shape, fortran, dtype = numpy.lib.format.read_array_header_1_0(head)
        at += head.tell()
        assert at % 64 == 0 and not fortran, (i.filename, at)
        mapped = numpy.frombuffer(m, dtype, int(numpy.prod(shape)), at).reshape(shape)
        a = loaded[i.filename[:-4]]
        assert a.dtype == dtype and a.shape == shape and a.tobytes() == mapped.tobytes()
        print(i.filename[:-4], a.dtype.str, a.shape, a.tobytes().hex(), sep='\t')
        del mapped, a
`

func tuple(dims ...uint64) string {
	text := strings.Trim(strings.ReplaceAll(fmt.Sprint(dims), " ", ", "), "[]")
	if len(dims) == 1 {
		text += ","
	}
	return "(" + text + ")"
}

// arrays are the lines of an attribute.
func arrays(a *cache.Attribute) []string {
	line := func(name, dtype, shape string, b []byte) string {
		return strings.Join([]string{name, dtype, shape, hex.EncodeToString(b)}, "\t")
	}
	dims := []uint64{a.Values}
	switch a.Type {
	case cache.TypeMatrix33:
		dims = append(dims, 3, 3)
	case cache.TypeMatrix44:
		dims = append(dims, 4, 4)
	case cache.TypeVector2, cache.TypeVector3, cache.TypeVector4, cache.TypeQuaternion, cache.TypeRotation, cache.TypeColor4:
		dims = append(dims, uint64(len(a.Type.ComponentNames())))
	}
	dtype := map[cache.Elem]string{cache.ElemFloat32: "<f4", cache.ElemInt32: "<i4", cache.ElemUint8: "|b1"}[a.Type.Elem()]
	parts := a.Parts()
	if a.Type.Variable() {
		dtype, dims = "|u1", []uint64{uint64(len(parts[0]))}
	}
	out := []string{line(a.Name, dtype, tuple(dims...), parts[0])}
	for i, suffix := range []string{".offsets", ".value_offsets"} {
		if offsets := parts[1+i]; offsets != nil {
			out = append(out, line(a.Name+suffix, "<i8", tuple(uint64(len(offsets))/8), offsets))
		}
	}
	return out
}

func TestArraysAreReadBackByNumpy(t *testing.T) {
	t.Parallel()
	for name, frame := range exporttest.Frames(t) {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := strings.Split(strings.TrimSuffix(string(exporttest.Python(t, reader, exporttest.File(t, npz.Format(), frame, nil))), "\n"), "\n")
			var want []string
			for _, a := range frame.Attributes {
				want = append(want, arrays(a)...)
			}
			for i, w := range want {
				if i >= len(got) || got[i] != w {
					t.Fatalf("%.150q\nwant %.150q", got[min(i, len(got)-1)], w)
				}
			}
			if len(got) != len(want) {
				t.Errorf("%d arrays, want %d", len(got), len(want))
			}
		})
	}
}

func TestArraysAreNamedAndChosen(t *testing.T) {
	t.Parallel()
	b := cache.NewBuilder(cache.Header{Version: 103, Points: 2})
	b.Strings("Tags", []string{"a", "bc"})
	b.Float32s("P", cache.TypeVector3, make([]float32, 6))
	b.Int32s("Tags.offsets", []int32{1, 2})
	b.Float32s("Size", cache.TypeFloat, []float32{float32(math.NaN())})
	frame, err := b.Frame()
	if err != nil {
		t.Fatal(err)
	}
	got := strings.Split(string(exporttest.Python(t, reader, exporttest.File(t, npz.Format(), frame, map[string]string{"attrs": "Tags,Size,Tags.offsets", "map": "Size=r"}))), "\n")
	want := []string{"Tags\t|u1\t(3,)\t616263", "Tags.offsets\t<i8\t(3,)\t000000000000000001000000000000000300000000000000", "r\t<f4\t(1,)\t0000c07f", "Tags.offsets_2\t<i4\t(2,)\t0100000002000000", ""}
	if !slices.Equal(got, want) {
		t.Errorf("%q", got)
	}
}

// Who reads the file believes its offsets.
func TestOffsetsThatLeadNowhereAreRefused(t *testing.T) {
	t.Parallel()
	b := cache.NewBuilder(cache.Header{Version: 103, Points: 2})
	b.Add(cache.Column{Name: "Tags", Type: cache.TypeString}, []byte("abc"), []uint64{0, 9, 3})
	frame, err := b.Frame()
	if err != nil {
		t.Fatal(err)
	}
	f := npz.Format()
	v, err := f.Parse(nil)
	if err != nil {
		t.Fatal(err)
	}
	path := t.TempDir() + "/a.npz"
	err = f.Do(t.Context(), export.Job{Frame: frame, Path: path, Options: v})
	if err == nil || err.Error() != "cannot be written: attribute Tags: the places of its rows make no sense: "+path {
		t.Error(err)
	}
}
