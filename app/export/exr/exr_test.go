package exr

import (
	"encoding/binary"
	"encoding/hex"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"github.com/mrjoshuak/go-openexr/exr"
	"github.com/mrjoshuak/go-openexr/half"

	"iceexplorer/cache/export/exporttest"
)

// sample is a picture whose values differ everywhere, higher than several blocks of rows.
func sample() *Picture {
	const w, h = 37, 53
	p := &Picture{
		W: w, H: h, Color: make([]uint16, 4*w*h), Depth: make([]float32, w*h), ID: make([]uint32, w*h), Sequence: make([]uint32, w*h),
		Sequences: []Named{{"fire", "ID"}, {"grün 大", "index"}}, Rate: 23.976,
	}
	for i := range w * h {
		for c := range 3 {
			p.Color[4*i+c] = half.FromFloat64(float64((i*7+c*31)%256) / 255).Bits()
		}
		p.Color[4*i+3] = one
		p.Depth[i] = float32(math.Sqrt(float64(i))) - 3
		p.ID[i] = uint32(i) * 3_000_000_019
		p.Sequence[i] = uint32(i % 3)
	}
	return p
}

// stored are the bytes of each channel, little-endian.
func stored(p *Picture) map[string][]byte {
	all := map[string][]byte{}
	for i := range p.W * p.H {
		for c, name := range colors {
			all[name] = binary.LittleEndian.AppendUint16(all[name], p.Color[4*i+c])
		}
		all[Depth] = binary.LittleEndian.AppendUint32(all[Depth], math.Float32bits(p.Depth[i]))
		all[ID] = binary.LittleEndian.AppendUint32(all[ID], p.ID[i])
		all[Sequence] = binary.LittleEndian.AppendUint32(all[Sequence], p.Sequence[i])
	}
	return all
}

func TestAPictureIsReadBackAsItWasWritten(t *testing.T) {
	t.Parallel()
	path, p := filepath.Join(t.TempDir(), "a.exr"), sample()
	if err := Write(path, nil, p); err != nil {
		t.Fatal(err)
	}
	f, err := exr.OpenFile(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	h := f.Header(0)
	window := exr.Box2i{Max: exr.V2i{X: int32(p.W) - 1, Y: int32(p.H) - 1}}
	if h.DataWindow() != window || h.DisplayWindow() != window || h.Compression() != exr.CompressionZIP || h.PixelAspectRatio() != 1 {
		t.Errorf("windows %v and %v, %v, pixels of %v", h.DataWindow(), h.DisplayWindow(), h.Compression(), h.PixelAspectRatio())
	}
	for name, want := range map[string]any{
		"software": "ICE Explorer", "framesPerSecond": exr.Rational{Num: 24000, Denom: 1001},
		"layer1": "fire", "layer1ID": "ID", "layer2": "grün 大", "layer2ID": "index",
	} {
		if a := h.Get(name); a == nil || !reflect.DeepEqual(a.Value, want) {
			t.Errorf("%s is %+v, want %v", name, a, want)
		}
	}
	types := map[string]exr.PixelType{"R": exr.PixelTypeHalf, "G": exr.PixelTypeHalf, "B": exr.PixelTypeHalf, "A": exr.PixelTypeHalf, Depth: exr.PixelTypeFloat, ID: exr.PixelTypeUint, Sequence: exr.PixelTypeUint}
	fb, got := exr.AllocateChannels(h.Channels(), h.DataWindow())
	for _, c := range h.Channels().Channels() {
		if c.Type != types[c.Name] {
			t.Errorf("%s is of type %v", c.Name, c.Type)
		}
	}
	r, err := exr.NewScanlineReader(f)
	if err != nil {
		t.Fatal(err)
	}
	r.SetFrameBuffer(fb)
	if err := r.ReadPixels(0, p.H-1); err != nil {
		t.Fatal(err)
	}
	for name, want := range stored(p) {
		if string(got[name]) != string(want) {
			t.Errorf("%s is another", name)
		}
	}
	if len(got) != len(types) {
		t.Errorf("%d channels", len(got))
	}
}

// OpenImageIO reads with the library of OpenEXR itself.
func TestAPictureIsReadByOpenImageIO(t *testing.T) {
	t.Parallel()
	const python = "/usr/bin/python3"
	if exec.Command(python, "-c", "import OpenImageIO").Run() != nil {
		exporttest.Missing(t, "python3-openimageio")
	}
	path, p := filepath.Join(t.TempDir(), "a.exr"), sample()
	if err := Write(path, nil, p); err != nil {
		t.Fatal(err)
	}
	out, err := exec.CommandContext(t.Context(), python, "-X", "utf8", filepath.Join("testdata", "read.py"), path, "layer1", "layer1ID", "layer2", "framesPerSecond", "PixelAspectRatio").CombinedOutput()
	if err != nil {
		t.Fatalf("%v: %.1000s", err, out)
	}
	want := []string{
		"size\t0\t0\t37\t53\t0\t0\t37\t53\tzip",
		"attribute\tlayer1\tfire", "attribute\tlayer1ID\tID", "attribute\tlayer2\tgrün 大", "attribute\tframesPerSecond\t(24000, 1001)", "attribute\tPixelAspectRatio\t1.0",
	}
	all := stored(p)
	for _, c := range [][2]string{{"R", "half"}, {"G", "half"}, {"B", "half"}, {"A", "half"}, {Depth, "float"}, {ID, "uint"}, {Sequence, "uint"}} {
		want = append(want, "channel\t"+c[0]+"\t"+c[1]+"\t"+hex.EncodeToString(all[c[0]]))
	}
	got := strings.Split(strings.TrimSpace(string(out)), "\n")
	for i, line := range got {
		if i >= len(want) || line != want[i] {
			t.Errorf("%.120q, want %.120q", line, want[min(i, len(want)-1)])
		}
	}
	if len(got) != len(want) {
		t.Errorf("%d lines, want %d", len(got), len(want))
	}
}

// back is the light that the curve of sRGB, as the standard writes it, takes to a value.
func back(v float64) float64 {
	lo, hi := 0.0, 100.0
	for range 100 {
		if mid := (lo + hi) / 2; 1.055*math.Pow(mid, 1/2.4)-0.055 < v {
			lo = mid
		} else {
			hi = mid
		}
	}
	return lo
}

func TestColoursAreLinearLight(t *testing.T) {
	t.Parallel()
	for v, want := range map[float64]float64{0: 0, 1: 1, 0.04: 0.04 / 12.92, 0.5: back(0.5), 2: back(2), -1: 0, math.NaN(): 0} {
		if got := Linear(v); math.Abs(got-want) > 1e-6 {
			t.Errorf("%v is %v, want %v", v, got, want)
		}
	}
	of := func(v ...float64) (p []uint16) {
		for _, x := range v {
			p = append(p, half.FromFloat64(x).Bits())
		}
		return p
	}
	for what, c := range map[string]struct{ is, want [4]float64 }{
		"opaque":               {[4]float64{0.5, 0, 1, 1}, [4]float64{back(0.5), 0, 1, 1}},
		"brighter than white":  {[4]float64{2, 1.5, 4, 1}, [4]float64{back(2), back(1.5), back(4), 1}},
		"half is seen through": {[4]float64{0.25, 0.5, 0, 0.5}, [4]float64{back(0.5) / 2, 0.5, 0, 0.5}},
		"nothing":              {[4]float64{0.5, 0.5, 0.5, 0}, [4]float64{}},
	} {
		p := of(c.is[:]...)
		linear(p)
		for i, want := range c.want {
			if got := half.FromBits(p[i]).Float64(); math.Abs(got-want) > want*0.001 {
				t.Errorf("%s: %d is %v, want %v", what, i, got, want)
			}
		}
	}
}

func TestRatesAreThoseOfFilmAndTelevision(t *testing.T) {
	t.Parallel()
	for rate, want := range map[float64]exr.Rational{
		24: {Num: 24, Denom: 1}, 23.976: {Num: 24000, Denom: 1001}, 29.97: {Num: 30000, Denom: 1001}, 59.94: {Num: 60000, Denom: 1001},
		24000.0 / 1001: {Num: 24000, Denom: 1001}, 12.5: {Num: 25, Denom: 2}, 2.4: {Num: 2400, Denom: 1000}, 24.1: {Num: 24100, Denom: 1000},
	} {
		if got, ok := rational(rate); !ok || got != want {
			t.Errorf("%v is %v", rate, got)
		}
	}
	for _, rate := range []float64{0, -1, math.NaN(), math.Inf(1)} {
		if got, ok := rational(rate); ok {
			t.Errorf("%v is %v", rate, got)
		}
	}
}

// told checks that an error is one sentence with the path last.
func told(t *testing.T, err error, path string) {
	t.Helper()
	if err == nil || !strings.HasPrefix(err.Error(), "write the picture: ") || !strings.HasSuffix(err.Error(), ": "+path) || strings.Contains(err.Error(), "\n") {
		t.Errorf("%v", err)
	}
}

func TestWhatCannotBeWrittenLeavesNothingAndIsOneSentence(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	folder := filepath.Join(dir, "folder.exr")
	if err := os.Mkdir(folder, 0o700); err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{folder, filepath.Join(dir, "missing", "a.exr")} {
		told(t, Write(path, nil, sample()), path)
	}
	if all, _ := os.ReadDir(dir); len(all) != 1 {
		t.Errorf("%v is left", all)
	}
}
