package mc_test

import (
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"iceexplorer/cache"
	"iceexplorer/cache/export"
	"iceexplorer/cache/export/exporttest"
	"iceexplorer/cache/export/mc"
)

// reader reads the files of a description as Autodesk describes them, and prints time, name,
// type and bytes of each channel; what the description says of it must be so.
const reader = `
import glob, os, re, struct, sys, xml.etree.ElementTree as tree
path = sys.argv[1]
root = tree.parse(path).getroot()
assert root.tag == 'Autodesk_Cache_File' and root.find('cacheVersion').get('Version') == '2.0'
kind = root.find('cacheType')
assert kind.get('Format') == 'mcc'
ticks = int(root.find('cacheTimePerFrame').get('TimePerFrame'))
first, last = map(int, re.fullmatch('(-?[0-9]+)-(-?[0-9]+)', root.find('time').get('Range')).groups())
known = {}
for i, c in enumerate(root.find('Channels')):
    assert c.tag == 'channel%d' % i and int(c.get('StartTime')) == first and int(c.get('EndTime')) == last
    assert c.get('ChannelName').endswith('_' + c.get('ChannelInterpretation'))
    known[c.get('ChannelName')] = c.get('ChannelType')
    print('sampling', c.get('SamplingType'), c.get('SamplingRate'), sep='\t') if i == 0 else None
print('description', kind.get('Type'), first, last, ticks, sep='\t')
def chunks(b, at, end):
    while at < end:
        tag, n = struct.unpack_from('>4sI', b, at)
        assert at + 8 + n <= end
        yield tag.decode(), b[at+8:at+8+n], at + 8
        at += 8 + (n + 3) // 4 * 4
    assert at == end
def read(name):
    b = open(name, 'rb').read()
    groups = list(chunks(b, 0, len(b)))
    assert all(tag == 'FOR4' for tag, _, _ in groups) and groups[0][1][:4] == b'CACH'
    head = {tag: data for tag, data, _ in chunks(b, groups[0][2] + 4, groups[0][2] + len(groups[0][1]))}
    assert head['VRSN'] == b'0.1\0'
    yield struct.unpack('>i', head['STIM'])[0], struct.unpack('>i', head['ETIM'])[0]
    for _, block, at in groups[1:]:
        assert block[:4] == b'MYCH'
        time, name, size = None, None, None
        for tag, data, _ in chunks(b, at + 4, at + len(block)):
            if tag == 'TIME': time = struct.unpack('>i', data)[0]
            elif tag == 'CHNM':
                assert data[-1] == 0
                name = data[:-1].decode('ascii')
            elif tag == 'SIZE': size = struct.unpack('>i', data)[0]
            else:
                each, typ = {'DBLA': (8, 'DoubleArray'), 'FVCA': (12, 'FloatVectorArray')}[tag]
                assert len(data) == each * size and known[name] == typ
                yield time, name, typ, data.hex()
base = path[:-len('.xml')]
if kind.get('Type') == 'OneFile':
    found = read(base + '.mc')
    assert next(found) == (first, last)
    for line in found: print(*line, sep='\t')
else:
    for name in sorted(glob.glob(glob.escape(base) + 'Frame*.mc')):
        n, tick = re.fullmatch('(-?[0-9]+)(?:Tick([0-9]+))?', name[len(base)+5:-3]).groups()
        at = int(n) * ticks + int(tick or 0)
        found = read(name)
        assert next(found) == (at, at)
        for time, *line in found:
            assert time is None
            print(at, *line, sep='\t')
`

// of is a sequence of frames.
func of(frames ...export.Numbered) export.Frames {
	return func(yield func(export.Numbered, error) bool) {
		for _, f := range frames {
			if !yield(f, nil) {
				return
			}
		}
	}
}

func file(t *testing.T, frames export.Frames, chosen map[string]string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "grün 大.xml")
	if err := do(t, frames, chosen, path); err != nil {
		t.Fatal(err)
	}
	return path
}

func do(t *testing.T, frames export.Frames, chosen map[string]string, path string) error {
	t.Helper()
	f := mc.Format()
	v, err := f.Parse(chosen)
	if err != nil {
		t.Fatal(err)
	}
	return f.Do(t.Context(), export.Job{Frames: frames, Number: 1, Path: path, Options: v, Program: "iceexplorer <test>"})
}

func read(t *testing.T, path string) map[string]string {
	t.Helper()
	got := map[string]string{}
	for _, line := range exporttest.Script(t, reader, path) {
		fields := strings.Split(line, "\t")
		if fields[0] == "description" || fields[0] == "sampling" {
			got[fields[0]] = strings.Join(fields[1:], " ")
			continue
		}
		key := fields[0] + " " + strings.TrimPrefix(fields[1], "nParticleShape1_")
		if got[key] != "" {
			t.Errorf("there are two %s", key)
		}
		got[key] = strings.Join(fields[2:], " ")
	}
	return got
}

// column is what a channel is to have of an attribute, the i-th of its n.
func column(a *cache.Attribute, i, n int, points uint64) string {
	var b []byte
	typ := "DoubleArray"
	for row := range points {
		if a.Rows == 1 {
			row = 0
		}
		v := a.Value(row)
		switch {
		case a.Type == cache.TypeColor4 && i == 1:
			v = v[12:]
		case a.Type == cache.TypeColor4:
			v = v[:12]
		case n > 1:
			v = v[4*i:][:4]
		}
		if len(v) == 12 {
			typ = "FloatVectorArray"
			for ; len(v) > 0; v = v[4:] {
				b = append(b, v[3], v[2], v[1], v[0])
			}
			continue
		}
		number := 0.0
		switch a.Type {
		case cache.TypeBool:
			number = float64(v[0])
		case cache.TypeLong, cache.TypeShape:
			number = float64(int32(binary.LittleEndian.Uint32(v)))
		default:
			number = float64(math.Float32frombits(binary.LittleEndian.Uint32(v)))
		}
		b = binary.BigEndian.AppendUint64(b, math.Float64bits(number))
	}
	return typ + " " + hex.EncodeToString(b)
}

func TestChannelsAreReadBackByTheFormatsDescription(t *testing.T) {
	t.Parallel()
	f := mc.Format()
	for name, frame := range exporttest.Frames(t) {
		for _, chosen := range []map[string]string{nil, {"one-file": "true"}} {
			t.Run(fmt.Sprint(name, chosen), func(t *testing.T) {
				t.Parallel()
				got := read(t, file(t, of(export.Numbered{Frame: frame, Number: -1}, export.Numbered{Frame: frame, Number: 3.5}), chosen))
				kind := map[bool]string{false: "OneFilePerFrame", true: "OneFile"}[chosen != nil]
				if got["description"] != kind+" -250 875 250" || got["sampling"] != "Regular 1125" {
					t.Errorf("%q, %q", got["description"], got["sampling"])
				}
				delete(got, "description")
				delete(got, "sampling")
				v, err := f.Parse(chosen)
				if err != nil {
					t.Fatal(err)
				}
				points := uint64(frame.Header.Points)
				for _, ticks := range []string{"-250 ", "875 "} {
					if want := "DoubleArray " + hex.EncodeToString(binary.BigEndian.AppendUint64(nil, math.Float64bits(float64(points)))); got[ticks+"count"] != want {
						t.Errorf("%s points, want %s", got[ticks+"count"], want)
					}
					delete(got, ticks+"count")
					for _, p := range f.Places(frame.Index(), v) {
						a := frame.Attribute(p.Attribute)
						if p.As == nil && p.Left == "" {
							t.Errorf("%s is left out and nothing said", a.Name)
						}
						for i, name := range p.As {
							want := column(a, i, len(p.As), points)
							if have, ok := got[ticks+name]; !ok || points > 0 && have != want {
								t.Errorf("%s: %.80s, want %.80s", name, have, want)
							}
							delete(got, ticks+name)
						}
					}
				}
				if len(got) > 0 {
					t.Errorf("there is more: %.200v", got)
				}
			})
		}
	}
}

func frame(t *testing.T, points int, fill func(b *cache.Builder)) *cache.Frame {
	t.Helper()
	b := cache.NewBuilder(cache.Header{Version: 103, Points: uint32(points)})
	fill(b)
	f, err := b.Frame()
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func hexOf(v ...float64) string {
	var b []byte
	for _, x := range v {
		b = binary.BigEndian.AppendUint64(b, math.Float64bits(x))
	}
	return "DoubleArray " + hex.EncodeToString(b)
}

func vectorOf(v ...float32) string {
	var b []byte
	for _, x := range v {
		b = binary.BigEndian.AppendUint32(b, math.Float32bits(x))
	}
	return "FloatVectorArray " + hex.EncodeToString(b)
}

// The names are those that Softimage's own way to Maya used.
func TestChannelsHaveMayasNamesAndUnits(t *testing.T) {
	t.Parallel()
	half := float32(math.Sqrt(0.5))
	f := frame(t, 2, func(b *cache.Builder) {
		b.Float32s("PointPosition", cache.TypeVector3, []float32{1, 2, 3, 4, 5, 6})
		b.Float32s("PointVelocity", cache.TypeVector3, []float32{1, 2, 3})
		b.Float32s("Color", cache.TypeColor4, []float32{1, 2, 3, 0.5})
		b.Float32s("Size", cache.TypeFloat, []float32{0.5})
		b.Float32s("Mass", cache.TypeFloat, []float32{1, 2})
		b.Float32s("Age", cache.TypeFloat, []float32{0.5, 0.25})
		b.Float32s("AgeLimit", cache.TypeFloat, []float32{7})
		b.Float32s("Orientation", cache.TypeRotation, []float32{half, half, 0, 0, half, 0, 0, half})
		b.Float32s("AngularVelocity", cache.TypeRotation, []float32{half, 0, half, 0, 1, 0, 0, 0})
		b.Int32s("ID", []int32{7, 8})
		b.Float32s("count", cache.TypeFloat, []float32{9, 9})
	})
	got := read(t, file(t, of(export.Numbered{Frame: f, Number: 12}), nil))
	for name, want := range map[string]string{
		"position": vectorOf(1, 2, 3, 4, 5, 6), "velocity": vectorOf(1, 2, 3, 1, 2, 3), "rgbPP": vectorOf(1, 2, 3, 1, 2, 3), "opacityPP": hexOf(0.5, 0.5),
		"radiusPP": hexOf(0.5, 0.5), "mass": hexOf(1, 2), "birthTime": hexOf(0, 0.25), "lifespanPP": hexOf(7, 7),
		"rotationPP": vectorOf(90, 0, 0, 0, 0, 90), "angularVelocityPP": vectorOf(0, 90, 0, 0, 0, 0), "id": hexOf(7, 8), "count": hexOf(2), "count_": hexOf(9, 9),
	} {
		if got["3000 "+name] != want {
			t.Errorf("%s is %s, want %s", name, got["3000 "+name], want)
		}
	}
	thirty := read(t, file(t, of(export.Numbered{Frame: f, Number: 15}, export.Numbered{Frame: f, Number: 16}, export.Numbered{Frame: f, Number: 18}), map[string]string{"fps": "30", "attrs": "PointPosition,Age"}))
	if thirty["description"] != "OneFilePerFrame 3000 3600 200" || thirty["sampling"] != "Irregular 200" || thirty["3000 birthTime"] != hexOf(0, 0.25) {
		t.Errorf("%q", thirty)
	}
	b, err := os.ReadFile(file(t, of(export.Numbered{Frame: f, Number: 1}), map[string]string{"shape": "sparks"}))
	if err != nil || !strings.Contains(string(b), `ChannelName="sparks_position" ChannelType="FloatVectorArray" ChannelInterpretation="position"`) {
		t.Errorf("%s, %v", b, err)
	}
}

// The angles turn a vector as the quaternion does, also where two axes are one.
func TestRotationsAreTheSameInDegrees(t *testing.T) {
	t.Parallel()
	h := math.Sqrt(0.5)
	all := [][4]float64{{1, 0, 0, 0}, {0.5, 0.5, 0.5, 0.5}, {0.2, -0.4, 0.1, 0.9}, {h, 0, h, 0}, {h, 0, -h, 0}, {0.5, 0.5, -0.5, 0.5}, {2, 4, -1, 3}, {-0.3, 0.1, 0.9, -0.2}}
	var data []float32
	for _, q := range all {
		data = append(data, float32(q[0]), float32(q[1]), float32(q[2]), float32(q[3]))
	}
	f := frame(t, len(all), func(b *cache.Builder) {
		b.Float32s("PointPosition", cache.TypeVector3, []float32{0, 0, 0})
		b.Float32s("Orientation", cache.TypeQuaternion, data)
	})
	got := read(t, file(t, of(export.Numbered{Frame: f, Number: 0}), nil))["0 rotationPP"]
	b, err := hex.DecodeString(strings.TrimPrefix(got, "FloatVectorArray "))
	if err != nil || len(b) != 12*len(all) {
		t.Fatalf("%s, %v", got, err)
	}
	for i, q := range all {
		var angles [3]float64
		for k := range angles {
			angles[k] = float64(math.Float32frombits(binary.BigEndian.Uint32(b[12*i+4*k:]))) * math.Pi / 180
		}
		for _, v := range [][3]float64{{1, 0, 0}, {0, 1, 0}, {0, 0, 1}} {
			want, have := byQuaternion(q, v), v
			for axis, angle := range angles { // about x, then y, then z
				have = about(axis, angle, have)
			}
			for k := range want {
				if math.Abs(want[k]-have[k]) > 1e-3 {
					t.Errorf("%v turns %v to %v, want %v", q, v, have, want)
				}
			}
		}
	}
}

// about turns a vector about an axis.
func about(axis int, angle float64, v [3]float64) [3]float64 {
	a, b := (axis+1)%3, (axis+2)%3
	sin, cos := math.Sincos(angle)
	v[a], v[b] = v[a]*cos-v[b]*sin, v[a]*sin+v[b]*cos
	return v
}

// byQuaternion turns a vector: v + 2w(u x v) + 2u x (u x v).
func byQuaternion(p [4]float64, v [3]float64) [3]float64 {
	length := math.Sqrt(p[0]*p[0] + p[1]*p[1] + p[2]*p[2] + p[3]*p[3])
	w, u := p[0]/length, [3]float64{p[1] / length, p[2] / length, p[3] / length}
	cross := func(a, b [3]float64) [3]float64 {
		return [3]float64{a[1]*b[2] - a[2]*b[1], a[2]*b[0] - a[0]*b[2], a[0]*b[1] - a[1]*b[0]}
	}
	uv := cross(u, v)
	uuv := cross(u, uv)
	for k := range v {
		v[k] += 2 * (w*uv[k] + uuv[k])
	}
	return v
}

// A sequence of which a frame cannot be read leaves what was there before.
func TestABrokenFrameLeavesTheOldSequence(t *testing.T) {
	t.Parallel()
	f := exporttest.Cloud(t, 10)
	path := file(t, of(export.Numbered{Frame: f, Number: 1}, export.Numbered{Frame: f, Number: 2}), nil)
	before := read(t, path)
	broken := errors.New("frame 2 is broken")
	g := exporttest.Cloud(t, 20)
	err := do(t, func(yield func(export.Numbered, error) bool) {
		_ = yield(export.Numbered{Frame: g, Number: 1}, nil) && yield(export.Numbered{}, broken)
	}, nil, path)
	if !errors.Is(err, broken) {
		t.Error(err)
	}
	if after := read(t, path); len(after) != len(before) || after["250 position"] != before["250 position"] {
		t.Errorf("%d channels, %.80s", len(after), after["250 position"])
	}
	entries, err := os.ReadDir(filepath.Dir(path))
	var left []string
	for _, e := range entries {
		left = append(left, e.Name())
	}
	if want := []string{"grün 大.xml", "grün 大Frame1.mc", "grün 大Frame2.mc"}; err != nil || !slices.Equal(left, want) {
		t.Errorf("left are %q, %v", left, err)
	}
}

func TestWhatAnNCacheCannotTellIsRefused(t *testing.T) {
	t.Parallel()
	f := mc.Format()
	for _, chosen := range []map[string]string{{"fps": "0"}, {"fps": "-1"}, {"fps": "NaN"}, {"fps": "6001"}, {"shape": "a b"}, {"shape": ""}, {"map": "Mass"}} {
		if _, err := f.Parse(chosen); err == nil {
			t.Errorf("%v is taken", chosen)
		}
	}
	path := filepath.Join(t.TempDir(), "a.xml")
	one := frame(t, 1, func(b *cache.Builder) { b.Int32s("ID", []int32{7}) })
	err := do(t, of(export.Numbered{Frame: one, Number: 1}), nil, path)
	if err == nil || err.Error() != "cannot be written: there is no PointPosition, and points of an nCache must have one: "+path {
		t.Error(err)
	}
	err = do(t, of(export.Numbered{Frame: exporttest.Cloud(t, 1), Number: 1e9}), nil, path)
	if err == nil || err.Error() != "cannot be written: frame 1000000000: an .mc cannot tell the time of such a frame: "+path {
		t.Error(err)
	}
}
