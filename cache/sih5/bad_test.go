package sih5

import (
	"encoding/binary"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"gonum.org/v1/hdf5"

	"iceexplorer/cache"
)

var update = flag.Bool("update", false, "make the files sih5_* in testdata/bad again")

type badFile struct {
	path string
	want string // the error without "cannot be read: " and the path
}

// badFiles are the committed ones with the error of each.
func badFiles(t testing.TB) []badFile {
	t.Helper()
	dir := filepath.Join("..", "..", "testdata", "bad")
	var out []badFile
	for _, b := range bad {
		out = append(out, badFile{filepath.Join(dir, "sih5_"+b.name), b.want})
	}
	return out
}

// bad says how each file is made and what is said of it.
var bad = []struct {
	name string
	make func(t *testing.T, path string)
	want string
}{
	{"empty", rawBytes(""), "not an HDF5 file"},
	{"not_hdf5", rawBytes("ICECACHE is something else"), "not an HDF5 file but an .icecache"},
	{"signature_only", rawBytes(string(signature)), "the HDF5 structure is damaged (superblock ends early) at byte 0"},
	{"truncated", ours(func(b []byte) []byte { return b[:len(b)/2] }), "the file is cut short: it should have 69,640 bytes, and has 34,820 bytes"},
	{"checksum", ours(func(b []byte) []byte { b[60]++; return b }), "the HDF5 structure is damaged (object header: its checksum is wrong) at byte 48"},
	{"zeros_inside", ours(func(b []byte) []byte { clear(b[1000:3000]); return b }), "the HDF5 structure is damaged (object header: its checksum is wrong) at byte 195"},
	{"offset_past_end", pastEnd,
		"attribute PointPosition: Data at byte 4584, 240 bytes long, ends past the end of the file of 4724 bytes"},
	{"no_header", plain(nil, nil), "not a particle cache: there is no group HEADER"},
	{"no_points", plain(ints{"version": 103}, nil), "header: has no particle_count"},
	{"points_negative", plain(ints{"version": 103, "particle_count": -1}, nil), "header: particle_count: out of range (-1)"},
	{"points_4g", plain(ints{"version": 103, "particle_count": 1 << 32}, nil), "header: particle_count: out of range (4294967296)"},
	{"wrong_type", plain(header(2), column("Size", 4, hdf5.T_STD_I32LE, 2, 1)), "attribute Size: Data is int32, not float32"},
	{"wrong_type_long", plain(header(2), column("ID__", 2, hdf5.T_IEEE_F32LE, 2, 1)), "attribute ID: Data is float32, not int32"},
	{"wrong_components", plain(header(2), column("PointPosition___", 16, hdf5.T_IEEE_F32LE, 2, 4)),
		"attribute PointPosition: Data has 4 components, not 3"},
	{"wrong_rank", plain(header(2), column("Size", 4, hdf5.T_IEEE_F32LE, 2, 1, 1)), "attribute Size: Data has not two dimensions (3)"},
	{"wrong_rows", plain(header(3), column("Size", 4, hdf5.T_IEEE_F32LE, 2, 1)), "attribute Size: 2 rows for 3 elements"},
	{"data_type_3", plain(header(2), column("Size", 3, hdf5.T_IEEE_F32LE, 2, 1)), "attribute Size: data type 0x3 is not supported"},
	{"no_data_type", plain(header(2), column("Size", -1, hdf5.T_IEEE_F32LE, 2, 1)), "attribute Size: has no datatype"},
	{"no_offsets", plain(header(2), column("Text", 0x20000, hdf5.T_STD_U8LE, 2, 1)), "attribute Text: has data but no offsets"},
	{"huge_chunked", plain(header(1<<32-1), column("Size", 4, hdf5.T_IEEE_F32LE, 1<<32-1, 1)),
		"attribute Size: Data declares 17179869180 bytes but stores 0"},
	{"shared_messages", shared, "objects of the HDF5 file share parts of their descriptions, which is not supported: write it anew without shared messages (h5repack shares only if --ssize is given)"},
	{"dims_overflow", plain(header(2), column("Color___", 0x200, hdf5.T_IEEE_F32LE, 1<<62, 4)), "attribute Color: the HDF5 structure is damaged (a dataspace that is too large) at byte 4024"},
}

type ints map[string]int64

func header(points int64) ints { return ints{"version": 103, "type": 0, "particle_count": points} }

func rawBytes(s string) func(*testing.T, string) {
	return func(t *testing.T, path string) {
		if err := os.WriteFile(path, []byte(s), 0o666); err != nil {
			t.Fatal(err)
		}
	}
}

// ours damages a file of this program.
func ours(damage func([]byte) []byte) func(*testing.T, string) {
	return func(t *testing.T, path string) {
		b := cache.NewBuilder(cache.Header{Version: 103, Points: 2})
		b.Float32s("Size", cache.TypeFloat, []float32{1, 2})
		f, err := b.Frame()
		if err != nil {
			t.Fatal(err)
		}
		from, _ := mustWrite(t, f, cache.Stamp{})
		data, err := os.ReadFile(from)
		if err != nil {
			t.Fatal(err)
		}
		rawBytes(string(damage(data)))(t, path)
	}
}

type columnSpec struct {
	name     string
	datatype int64
	elem     *hdf5.Datatype
	dims     []uint
}

func column(name string, datatype int64, elem *hdf5.Datatype, dims ...uint) *columnSpec {
	return &columnSpec{name, datatype, elem, dims}
}

// plain makes a file in libhdf5's default format through gonum alone. More rows than
// fit a test are chunked and never written.
func plain(h ints, c *columnSpec) func(*testing.T, string) {
	return func(t *testing.T, path string) {
		err := exclusive(func() error {
			f, err := hdf5.CreateFile(path, hdf5.F_ACC_TRUNC)
			if err != nil {
				return err
			}
			defer f.Close()
			if h != nil {
				g, err := f.CreateGroup("HEADER")
				if err != nil {
					return err
				}
				defer g.Close()
				if err := h.write(g); err != nil {
					return err
				}
			}
			a, err := f.CreateGroup("ATTRIBS")
			if err != nil {
				return err
			}
			defer a.Close()
			if c == nil {
				return nil
			}
			return c.write(a)
		})
		if err != nil {
			t.Fatal(err)
		}
	}
}

func (h ints) write(g *hdf5.Group) error {
	space, err := hdf5.CreateDataspace(hdf5.S_SCALAR)
	if err != nil {
		return err
	}
	defer space.Close()
	for k, v := range h {
		a, err := g.CreateAttribute(k, hdf5.T_STD_I64LE, space)
		if err != nil {
			return err
		}
		defer a.Close()
		if err := a.Write(&v, hdf5.T_NATIVE_INT64); err != nil {
			return err
		}
	}
	return nil
}

func (c *columnSpec) write(attribs *hdf5.Group) error {
	g, err := attribs.CreateGroup(c.name)
	if err != nil {
		return err
	}
	defer g.Close()
	h := ints{"structtype": 1, "contexttype": 2}
	if c.datatype >= 0 {
		h["datatype"] = c.datatype
	}
	if err := h.write(g); err != nil {
		return err
	}
	space, err := hdf5.CreateSimpleDataspace(c.dims, nil)
	if err != nil {
		return err
	}
	defer space.Close()
	list, err := hdf5.NewPropList(hdf5.P_DATASET_CREATE)
	if err != nil {
		return err
	}
	defer list.Close()
	if c.dims[0] > 100 {
		if err := list.SetChunk([]uint{16, c.dims[1]}); err != nil {
			return err
		}
	}
	d, err := g.CreateDatasetWith("Data", c.elem, space, list)
	if err != nil {
		return err
	}
	defer d.Close()
	if c.dims[0] > 100 {
		return nil
	}
	values := make([]uint32, 64)
	return d.Write(&values)
}

// shared has objects share parts of their headers.
func shared(t *testing.T, path string) {
	tool(t, "h5repack", "--ssize=20:dtype", filepath.Join(foreign, "plain_1.sih5"), path)
}

// pastEnd cuts a file within its data and corrects the size that the superblock of
// the default format gives without a checksum.
func pastEnd(t *testing.T, path string) {
	plain(header(20), column("PointPosition___", 16, hdf5.T_IEEE_F32LE, 20, 3))(t, path)
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	b = b[:len(b)-100]
	const endOfFile = 40 // in superblock version 0
	binary.LittleEndian.PutUint64(b[endOfFile:], uint64(len(b)))
	rawBytes(string(b))(t, path)
}

func TestBadFilesAreExplained(t *testing.T) {
	if *update {
		for i, f := range badFiles(t) {
			if err := os.MkdirAll(filepath.Dir(f.path), 0o777); err != nil {
				t.Fatal(err)
			}
			bad[i].make(t, f.path)
		}
	}
	for _, f := range badFiles(t) {
		t.Run(filepath.Base(f.path), func(t *testing.T) {
			got, err := Open(f.path, Options{})
			if err == nil {
				got.Close()
				t.Fatal("opened")
			}
			if text := "cannot be read: " + f.want + ": " + f.path; err.Error() != text || !cache.Permanent(err) {
				t.Errorf("permanent %v\ngot  %v\nwant %s", cache.Permanent(err), err, text)
			}
		})
	}
}

func TestErrorsOfTheSystemAreNotTheFilesFault(t *testing.T) {
	t.Parallel()
	for _, path := range []string{filepath.Join(t.TempDir(), "missing"), "a\x00b"} {
		_, err := Open(path, Options{})
		if err == nil || cache.Permanent(err) || !strings.HasSuffix(err.Error(), path) {
			t.Errorf("%q: %v", path, err)
		}
	}
	if _, err := Open(t.TempDir(), Options{}); !cache.Permanent(err) {
		t.Errorf("folder: %v", err)
	}
}
