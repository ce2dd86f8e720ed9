package prt_test

import (
	"encoding/hex"
	"fmt"
	"slices"
	"strings"
	"testing"

	"iceexplorer/cache"
	"iceexplorer/cache/export"
	"iceexplorer/cache/export/exporttest"
	"iceexplorer/cache/export/prt"
)

// reader reads a file as Thinkbox describes the format, and prints name, type, arity and bytes
// of each channel.
const reader = `
import re, struct, sys, zlib
b = open(sys.argv[1], 'rb').read()
magic, length, signature, version, count = struct.unpack_from('<8si32siq', b)
assert magic == bytes([192, 80, 82, 84, 13, 10, 26, 10]) and length == 56 and version == 1
assert signature.rstrip(b'\0') == b'Extensible Particle Format'
reserved, channels, size = struct.unpack_from('<3i', b, length)
assert reserved == 4 and size == 44
at = length + 12
sizes = {0: 2, 1: 4, 2: 8, 3: 2, 4: 4, 5: 8, 6: 2, 7: 4, 8: 8, 9: 1, 10: 1}
found, stride = [], 0
for _ in range(channels):
    name, kind, arity, offset = struct.unpack_from('<32s3i', b, at)
    at += size
    assert name[31] == 0
    name = name.rstrip(b'\0').decode('ascii')
    assert re.fullmatch('[A-Za-z_][A-Za-z0-9_]*', name), name
    assert offset == stride
    stride += sizes[kind] * arity
    found.append((name, kind, arity, offset))
z = zlib.decompressobj()
data = z.decompress(b[at:])
assert z.eof and not z.unused_data and len(data) == count * stride
assert any(name == 'Position' and kind in (3, 4, 5) and arity == 3 for name, kind, arity, _ in found)
for name, kind, arity, offset in found:
    n = sizes[kind] * arity
    print(name, kind, arity, b''.join(data[i+offset:i+offset+n] for i in range(0, len(data), stride)).hex(), sep='\t')
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
func column(a *cache.Attribute, i, n int, points uint64) string {
	var b []byte
	kind, arity := 4, 1
	for row := range points {
		if a.Rows == 1 {
			row = 0
		}
		v := a.Value(row)
		switch {
		case a.Type == cache.TypeBool:
			kind = 10
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
		}
		arity = max(len(v)/4, 1)
		b = append(b, v...)
	}
	return fmt.Sprintf("%d\t%d\t%s", kind, arity, hex.EncodeToString(b))
}

func TestParticlesAreReadBackByTheFormatsDescription(t *testing.T) {
	t.Parallel()
	f := prt.Format()
	for name, frame := range exporttest.Frames(t) {
		for _, chosen := range []map[string]string{nil, {"level": "9"}} {
			t.Run(fmt.Sprint(name, chosen), func(t *testing.T) {
				t.Parallel()
				got := read(t, exporttest.File(t, f, frame, chosen))
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
						want := column(a, i, len(p.As), uint64(frame.Header.Points))
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

// Names are cut to what a channel has room for, which must not make two of them one.
func TestChannelsHaveKrakatoasNames(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("a name that is long ", 3)
	f := frame(t, func(b *cache.Builder) {
		b.Float32s("Color", cache.TypeColor4, []float32{1, 2, 3, 0.5})
		b.Float32s("Density", cache.TypeFloat, []float32{2})
		b.Float32s("PointVelocity", cache.TypeVector3, []float32{1, 2, 3})
		b.Float32s("Size", cache.TypeFloat, []float32{1})
		b.Float32s("PointPosition", cache.TypeVector3, []float32{0, 0, 0})
		b.Int32s("ID", []int32{7})
		b.Bools(long, []byte{1})
		b.Bools(long[:40]+"-"+long[41:], []byte{0})
		b.Strings("Tags", []string{"a"})
	}, 1)
	got := read(t, exporttest.File(t, prt.Format(), f, nil))
	for name, want := range map[string]string{
		"Position": "4\t3\t000000000000000000000000", "Velocity": "4\t3\t0000803f0000004000004040", "Color": "4\t3\t0000803f0000004000004040",
		"Density": "4\t1\t0000003f", "Density_2": "4\t1\t00000040", "Radius": "4\t1\t0000803f", "ID": "1\t1\t07000000",
		"a_name_that_is_longhat_is_long_": "10\t1\t01", "a_name_that_is_longt_is_long__2": "10\t1\t00",
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

func TestParticlesWithoutAPlaceAreRefused(t *testing.T) {
	t.Parallel()
	f := prt.Format()
	v, err := f.Parse(nil)
	if err != nil {
		t.Fatal(err)
	}
	path := t.TempDir() + "/a.prt"
	one := frame(t, func(b *cache.Builder) { b.Int32s("ID", []int32{7}) }, 1)
	err = f.Do(t.Context(), export.Job{Frame: one, Path: path, Options: v})
	if err == nil || err.Error() != "cannot be written: there is no PointPosition, and particles of a .prt must have one: "+path {
		t.Error(err)
	}
	none := frame(t, func(b *cache.Builder) { b.Int32s("ID", nil) }, 0)
	if got := read(t, exporttest.File(t, f, none, nil)); len(got) != 2 || got["Position"] != "4\t3\t" {
		t.Errorf("%v", got)
	}
}

func TestLevelsThatZlibLacksAreRefused(t *testing.T) {
	t.Parallel()
	f := prt.Format()
	for _, level := range []string{"0", "10", "-1"} {
		if _, err := f.Parse(map[string]string{"level": level}); err == nil || err.Error() != "level "+level+": want a number from 1 to 9" {
			t.Errorf("%s: %v", level, err)
		}
	}
}
