package sih5

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"iceexplorer/cache"
)

// corpus finds a folder of shared/corpus above or beside the repository.
func corpus(t testing.TB, name string) string {
	t.Helper()
	dir, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for {
		p := filepath.Join(dir, "shared", "corpus", name)
		if _, err := os.Stat(p); err == nil {
			return p
		}
		parent := filepath.Dir(dir)
		if parent == dir {
			t.Skip("shared/corpus is not there")
		}
		dir = parent
	}
}

func TestOriginalFilesAreCopiedOut(t *testing.T) {
	t.Parallel()
	dir := corpus(t, "original_sih5")
	text, err := os.ReadFile(filepath.Join(dir, "expected.json"))
	if err != nil {
		t.Fatal(err)
	}
	var files map[string]struct {
		Points     uint32
		Attributes map[string]struct {
			SHA256   string
			Values   uint64
			Constant bool
		}
	}
	if err := json.Unmarshal(text, &files); err != nil {
		t.Fatal(err)
	}
	for name, want := range files {
		f, err := Open(filepath.Join(dir, name), Options{})
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		if f.Mappable() || f.Index().Storage != cache.StorageChunked {
			t.Errorf("%s: mappable %v, storage %s", name, f.Mappable(), f.Index().Storage)
		}
		if _, ok := f.Source(); ok {
			t.Errorf("%s: has a source", name)
		}
		dst := make([]byte, f.Need())
		ix, err := f.Fill(context.Background(), dst)
		if err != nil {
			t.Fatal(err)
		}
		frame, err := cache.NewFrame(ix, dst, nil)
		if err != nil {
			t.Fatal(err)
		}
		if frame.Header.Points != want.Points || len(frame.Attributes) != len(want.Attributes) || len(frame.Warnings) > 0 {
			t.Errorf("%s: %+v, %d attributes, warnings %q", name, frame.Header, len(frame.Attributes), frame.Warnings)
		}
		for _, a := range frame.Attributes {
			w := want.Attributes[a.Name]
			sum := sha256.Sum256(a.Bytes())
			if hex.EncodeToString(sum[:]) != w.SHA256 || a.Values != w.Values || a.Constant != w.Constant {
				t.Errorf("%s: attribute %s: %d values, constant %v, sha256 %x; want %+v", name, a.Name, a.Values, a.Constant, sum, w)
			}
			if len(a.Ranges) != a.Type.Components() {
				t.Errorf("%s: attribute %s: %d ranges", name, a.Name, len(a.Ranges))
			}
		}
	}
}

func TestCancelledFillStops(t *testing.T) {
	t.Parallel()
	f, err := Open(filepath.Join(corpus(t, "original_sih5"), "original_1200.icecache.sih5"), Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := f.Fill(ctx, make([]byte, f.Need())); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
	if _, err := f.Fill(context.Background(), nil); err == nil {
		t.Error("filled too small a buffer")
	}
}

func TestLimitHoldsBeforeAnythingIsReserved(t *testing.T) {
	t.Parallel()
	for _, path := range []string{
		filepath.Join(corpus(t, "original_sih5"), "original_1200.icecache.sih5"),
		func() string { p, _ := mustWrite(t, everything(t, 1000), cache.Stamp{}); return p }(),
	} {
		var e *cache.FormatError
		if _, err := Open(path, Options{MaxBytes: 4096}); !errors.As(err, &e) || !strings.HasSuffix(err.Error(), path) {
			t.Errorf("%v", err)
		}
	}
}

// python runs a script of testdata under the system's Python with h5py, or skips.
func python(t *testing.T, script string, args ...string) []byte {
	t.Helper()
	exe := "/usr/bin/python3"
	if exec.Command(exe, "-c", "import h5py").Run() != nil {
		t.Skip("python3-h5py is not installed")
	}
	out, err := exec.Command(exe, append([]string{filepath.Join("testdata", script)}, args...)...).CombinedOutput()
	if err != nil {
		t.Fatalf("%s: %v\n%s", script, err, out)
	}
	return out
}

type h5pyAttribute struct {
	Name, Link string
	Constant   any
	Datatype   cache.DataType
	Ints       map[string]int64
	Blobs      []string
	Data       map[string]struct {
		Dtype  string
		Shape  []uint64
		Offset uint64
		SHA256 string
	}
	Vectors map[string][]float64
}

func TestH5pyReadsEveryAttribute(t *testing.T) {
	t.Parallel()
	want := everything(t, 7)
	path, ix := mustWrite(t, want, cache.Stamp{Size: 3, MTime: 4})
	var got struct {
		Header     map[string]any
		Attributes map[string]h5pyAttribute // by link
	}
	if err := json.Unmarshal(python(t, "dump.py", path), &got); err != nil {
		t.Fatal(err)
	}
	for k, v := range map[string]any{"name": "ICECACHE", "writer": "iceexplorer", "version": 103.0, "type": 1.0, "particle_count": 7.0,
		"edge_count": 5.0, "polygon_count": 2.0, "sample_count": 8.0, "blob_count": 0.0, "substeps_count": 3.0, "layout": 2.0,
		"source_size": 3.0, "source_mtime_ns": 4.0, "attribute_count": float64(len(want.Attributes))} {
		if got.Header[k] != v {
			t.Errorf("header: %s is %v, want %v", k, got.Header[k], v)
		}
	}
	taken := map[string]int{}
	for i, a := range want.Attributes {
		link := linkName(a.Name, taken)
		g, ok := got.Attributes[link]
		if !ok {
			t.Errorf("no group %s", link)
			continue
		}
		if g.Name != cache.PadName(a.Name) || g.Constant != a.Constant || g.Datatype != a.Type ||
			g.Ints["structtype"] != int64(a.Structure) || g.Ints["contexttype"] != int64(a.Context) ||
			g.Ints["category"] != int64(a.Category) || g.Ints["objid"] != int64(a.DatabaseID) ||
			g.Ints["ptlocator_size"] != int64(a.Locator) || g.Ints["blobtype_count"] != int64(len(a.BlobTypes)) {
			t.Errorf("attribute %s: %+v", a.Name, g)
		}
		parts, spans := a.Parts(), ix.Columns[i].Spans()
		for p, name := range partNames {
			d, ok := g.Data[name]
			if !a.HasData() || len(parts[p]) == 0 {
				if ok {
					t.Errorf("attribute %s: has %s", a.Name, name)
				}
				continue
			}
			sum := sha256.Sum256(parts[p])
			if d.SHA256 != hex.EncodeToString(sum[:]) || d.Offset != spans[p].Offset {
				t.Errorf("attribute %s: %s at %d: %+v", a.Name, name, spans[p].Offset, d)
			}
			dtype := map[cache.Elem]string{cache.ElemFloat32: "<f4", cache.ElemInt32: "<i4", cache.ElemUint8: "|u1"}[a.Type.Elem()]
			if a.Type == cache.TypeBool {
				dtype = "|b1"
			}
			if p == partData && (d.Dtype != dtype || len(d.Shape) != 2 || d.Shape[1] != uint64(max(1, a.Type.Components()))) ||
				(p == partOffsets || p == partValueOffsets || p == partRecordOffs) && d.Dtype != "<u8" {
				t.Errorf("attribute %s: %s is %s %v", a.Name, name, d.Dtype, d.Shape)
			}
		}
		for c, r := range ix.Columns[i].Ranges {
			v := g.Vectors
			if v["min"][c] != r.Min || v["max"][c] != r.Max || v["mean"][c] != r.Mean || v["finite"][c] != float64(r.Finite) ||
				v["nonfinite"][c] != float64(r.NonFinite) {
				t.Errorf("attribute %s: ranges %v, want %+v", a.Name, v, r)
			}
		}
	}
	if len(got.Attributes) != len(want.Attributes) {
		t.Errorf("%d attributes, want %d", len(got.Attributes), len(want.Attributes))
	}
}

// The groups of a file that notes in which order they were made came by name.
func TestGroupsComeAsTheyWereMade(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	python(t, "make.py", dir)
	f, err := Open(filepath.Join(dir, "made_in_order.h5"), Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var names []string
	for _, c := range f.Index().Columns {
		names = append(names, c.Name)
	}
	if !slices.Equal(names, []string{"Size", "ID", "Age"}) {
		t.Errorf("%q", names)
	}
}

// Links and attributes lie in heaps, or links in a tree of two levels.
func TestGroupsOfManyAttributes(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	python(t, "make.py", dir)
	for file, want := range map[string]int{"dense.h5": 40, "many.h5": 300} {
		f, err := Open(filepath.Join(dir, file), Options{})
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		if n := len(f.Index().Columns); n != want {
			t.Errorf("%s: %d attributes", file, n)
		}
	}
}

// Files of other writers: each is made by h5py and opened.
func TestFilesOfH5py(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	python(t, "make.py", dir)
	for _, tt := range []struct {
		file     string
		mappable bool
		warning  string // part of the only one
		err      string // part of the error
		want     map[string]string
	}{
		{file: "contiguous.h5", mappable: true, want: map[string]string{"PointPosition": "0001020304050607", "Flag": "0001"}},
		{file: "vector2_int.h5", warning: "fractions are lost", want: map[string]string{"UV": "0000803f000000c0"}},
		{file: "wide.h5", want: map[string]string{"Size": "0000803f000000c0", "ID": "01000000feffffff", "Flag": "0001"}},
		{file: "big_endian.h5", want: map[string]string{"Size": "0000803f000000c0"}},
		{file: "flat.h5", mappable: true, want: map[string]string{"Size": "0000803f000000c0"}},
		{file: "compact.h5", want: map[string]string{"Size": "0000803f000000c0"}},
		{file: "no_data.h5", mappable: true, warning: "has no data", want: map[string]string{"Size": ""}},
		{file: "latest.h5", want: map[string]string{"Size": "0000803f000000c0"}},
		{file: "attributes_as_arrays.h5", mappable: true, want: map[string]string{"Size": "0000803f000000c0"}},
		// Its Offsets do not begin at a multiple of 8.
		{file: "blob_names.h5", warning: "2 blob types were left out", want: map[string]string{"Blob": "010203"}},
		{file: "soft_links.h5", mappable: true, warning: "links to other places", want: map[string]string{"Size": "0000803f000000c0"}},
		{file: "external_data.h5", err: "Data in another file is not supported"},
		{file: "external_link.h5", err: "", mappable: true, warning: "its data are a link to another place and were left out", want: map[string]string{"Size": ""}},
		{file: "virtual.h5", err: "Data put together from other files or datasets (virtual) is not supported"},
		{file: "text.h5", err: "Data is of another type"},
		{file: "dataset_as_group.h5", mappable: true, warning: "Size is among the attributes but is none, and was left out"},
		{file: "chunked.h5", want: map[string]string{"PointPosition": "000000002549123e", "Size": "00000000b76ddb3e"}},
		{file: "chunked_latest.h5", want: map[string]string{"PointPosition": "000000002549123e", "Size": "00000000b76ddb3e"}},
		{file: "growing.h5", want: map[string]string{"PointPosition": "000000002549123e", "Velocity": "000000002549123e", "Size": "00000000b76ddb3e"}},
		{file: "user_block.h5", mappable: true, want: map[string]string{"Size": "0000803f000000c0"}},
	} {
		t.Run(tt.file, func(t *testing.T) {
			f, err := Open(filepath.Join(dir, tt.file), Options{})
			if tt.err != "" {
				if err == nil || !strings.Contains(err.Error(), tt.err) || !cache.Permanent(err) {
					t.Fatalf("error %v, want %q", err, tt.err)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			defer f.Close()
			if f.Mappable() != tt.mappable {
				t.Errorf("mappable %v", f.Mappable())
			}
			warnings := f.Index().Warnings
			if (tt.warning == "") != (len(warnings) == 0) || len(warnings) > 0 && !strings.Contains(warnings[0], tt.warning) {
				t.Errorf("warnings %q", warnings)
			}
			dst := make([]byte, f.Need())
			ix, err := f.Fill(context.Background(), dst)
			if err != nil {
				t.Fatal(err)
			}
			frames := make([]*cache.Frame, 1, 2)
			if frames[0], err = cache.NewFrame(ix, dst, nil); err != nil {
				t.Fatal(err)
			}
			if f.Mappable() {
				frames = append(frames, mapped(t, filepath.Join(dir, tt.file), f.Index()))
			}
			for _, frame := range frames {
				if len(frame.Attributes) != len(tt.want) {
					t.Errorf("%d attributes", len(frame.Attributes))
				}
				for name, want := range tt.want {
					a := frame.Attribute(name)
					if a == nil {
						t.Errorf("no attribute %s", name)
						continue
					}
					if got := hex.EncodeToString(a.Bytes()); !strings.HasPrefix(got, want) || want == "" && got != "" {
						t.Errorf("attribute %s: %s, want %s", name, got, want)
					}
				}
			}
		})
	}
}
