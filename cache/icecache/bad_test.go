package icecache

import (
	"bytes"
	"compress/flate"
	"compress/zlib"
	"context"
	"encoding/binary"
	"errors"
	"flag"
	"hash/crc32"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"iceexplorer/cache"
)

var update = flag.Bool("update", false, "write the files of testdata/bad anew")

const badFolder = "../../testdata/bad"

// bad is a broken file and what is said of it: an error, or the warning with which as
// many attributes are read as are whole.
type bad struct {
	err         string
	unsupported bool
	warning     string
	attributes  int
	make        func(t *testing.T) []byte
}

// simple is a stream of 5 points with three attributes, and where their data begin.
func simple(t *testing.T) (src []byte, at [3]int) {
	m := maker{}
	src = m.file(5, []made{positions(5), madeOf("ID", 2, 5, longOf), madeOf("Size", 4, 5, floatsOf(1))})
	end := len(src)
	return src, [3]int{end - 4 - 60 - 24 - 24, end - 24 - 24, end - 24}
}

func words(vs ...uint32) []byte {
	var b []byte
	for _, v := range vs {
		b = binary.LittleEndian.AppendUint32(b, v)
	}
	return b
}

func header(vs ...uint32) []byte { return append([]byte("ICECACHE"), words(vs...)...) }

// definition is that of a single attribute of points with data type code.
func definition(name string, code uint32) []byte {
	b := append(words(uint32(len(name))), cache.PadName(name)...)
	return append(b, words(code, 1, 2, 0, 1)...)
}

// patched is simple with a word changed.
func patched(at func([3]int) int, v uint32) func(*testing.T) []byte {
	return func(t *testing.T) []byte {
		src, starts := simple(t)
		binary.LittleEndian.PutUint32(src[at(starts):], v)
		return src
	}
}

func join(parts ...[]byte) func(*testing.T) []byte {
	return func(*testing.T) []byte { return slices.Concat(parts...) }
}

func zipped(f func(*testing.T) []byte) func(*testing.T) []byte {
	return func(t *testing.T) []byte { return pack(t, f(t), 1) }
}

func simpleCut(from func(src []byte, at [3]int) int) func(*testing.T) []byte {
	return func(t *testing.T) []byte {
		src, at := simple(t)
		return src[:from(src, at)]
	}
}

func text(s string) func(*testing.T) []byte {
	return func(*testing.T) []byte { return []byte(s) }
}

func one(n uint32) []byte { return header(103, 0, n, 0, 0, 0, 1, 0, 1) }

var badFiles = map[string]bad{
	"empty":            {err: "file is empty", make: text("")},
	"not_gzip":         {err: "cannot be read: not an .icecache file: it does not begin with ICECACHE: ", make: text("\x89PNG\r\n\x1a\n0123456789")},
	"not_a_cache":      {err: "cannot be read: not an .icecache file: it does not begin with ICECACHE: ", make: zipped(text("ICECREAM is not a cache"))},
	"zlib":             {err: "cannot be read: the file is compressed with zlib instead of gzip: ", make: func(t *testing.T) []byte { src, _ := simple(t); return zlibbed(src) }},
	"gzip_twice":       {err: "cannot be read: the file is compressed with gzip twice: unpack it once: ", make: zipped(zipped(func(t *testing.T) []byte { src, _ := simple(t); return src }))},
	"zip_archive":      {err: "cannot be read: not an .icecache file but a zip archive: ", make: text("PK\x03\x04\x14\x00\x00\x00\x08\x00")},
	"gzip_of_hdf5":     {err: "cannot be read: not an .icecache file but an HDF5 file: ", make: zipped(text("\x89HDF\r\n\x1a\n\x00\x00"))},
	"truncated_magic":  {err: "cannot be read: the file ends within its first word, ICECACHE: ", make: text("ICECA")},
	"truncated_header": {err: "edge count: unexpected end at byte 22", make: simpleCut(func([]byte, [3]int) int { return 22 })},
	"truncated_definitions": {err: "attribute PointPosition: unexpected end at byte 70",
		make: simpleCut(func([]byte, [3]int) int { return 70 })},
	"version_99":           {err: "header: version 99 is not supported", unsupported: true, make: join(header(99, 0, 0, 0, 0, 0, 0))},
	"version_104":          {err: "header: version 104 is not supported", unsupported: true, make: join(header(104, 0, 0, 0, 0, 0, 0, 0, 0))},
	"huge_attribute_count": {err: "attribute count: too large (4294967295) at byte 40", make: join(header(103, 0, 5, 0, 0, 0, 1, 0, 1<<32-1))},
	"huge_user_data_count": {err: "user data blob count: too large (4294967295) at byte 36", make: join(header(103, 0, 5, 0, 0, 0, 1, 1<<32-1, 1))},
	"name_len_4g":          {err: "attribute name length: too large (4294967295) at byte 44", make: join(one(5), words(1<<32-1), []byte("Size"))},
	"name_past_end":        {err: "attribute name: unexpected end at byte 52", make: join(one(5), words(100), []byte("Size"))},
	"blob_types_4g":        {err: "attribute Blob: too many blob types (4294967295) at byte 56", make: join(one(5), words(4), []byte("Blob"), words(65536, 1<<32-1))},
	"huge_count":           {err: "attribute PointPosition: unexpected end at byte 96 (best of 3 layouts: plain)", make: zipped(join(one(1<<32-1), definition("PointPosition", 16), words(0, 1, 2, 3, 4, 5)[:12]))},
	"huge_constant":        {err: "attribute Size: chunk 2: unexpected end at byte 80", make: zipped(join(one(1<<32-1), definition("Size", 4), words(1, 2)))},
	"flag_2":               {err: "attribute ID: chunk 1: constant flag is neither 0 nor 1 (2) at byte 204 (best of 3 layouts: plain)", make: patched(func(at [3]int) int { return at[1] }, 2)},
	"left_over":            {err: "data: 4 bytes left over after the last attribute at byte 252 (best of 3 layouts: plain)", make: func(t *testing.T) []byte { src, _ := simple(t); return append(src, 0, 0, 0, 0) }},
	"truncated_first":      {err: "attribute PointPosition: unexpected end at byte 192 (best of 3 layouts: plain)", make: simpleCut(func(_ []byte, at [3]int) int { return at[1] - 12 })},
	// What is left fits positions without a flag: that must not be taken for whole.
	"truncated_like_bare":   {err: "attribute ID: chunk 1: unexpected end at byte 200 (best of 3 layouts: bare positions)", make: simpleCut(func(_ []byte, at [3]int) int { return at[1] - 4 })},
	"array_count_4g":        {err: "attribute Size: chunk 1: unexpected end", make: join(one(5), patchArray(definition("Size", 4)), words(0, 1<<32-1, 0, 0, 0, 0, 0, 0))},
	"string_len_4g":         {err: "attribute Text: chunk 1: unexpected end", make: join(one(2), definition("Text", 0x20000), words(0, 1<<32-1, 0, 0, 0))},
	"custom_size_4g":        {err: "attribute Blob: chunk 1: unexpected end", make: join(one(2), words(4), []byte("Blob"), words(65536, 0, 1, 2, 0, 1), words(0, 1<<32-1, 0, 0))},
	"shape_bool_2":          {err: "attribute Shape: chunk 1: bool is neither 0 nor 1 (2) at byte 80", make: join(one(1), definition("Shape", 0x8000), words(0, 2, 1))},
	"shape_unknown":         {err: "attribute Shape: chunk 1: unknown shape type (4096) at byte 84", make: join(one(1), definition("Shape", 0x8000), words(0, 1, 4096))},
	"unknown_type":          {err: "attribute New: data type 0x80000 is not supported", unsupported: true, make: join(one(1), definition("New", 0x80000), words(0, 1))},
	"unknown_structure":     {err: "attribute New: structure 4 is not supported", unsupported: true, make: join(one(1), words(4), []byte("New_"), words(4, 4, 2, 0, 1), words(0, 1))},
	"gzip_truncated_header": {err: "gzip: gzip header cut short", make: join([]byte{0x1f, 0x8b, 8, 0, 0})},
	"text_not_a_number":     {err: "attribute count: not a number (\"many\") at byte 27", make: text("ICECACHE 103 0 1 0 0 0 1 0 many")},
	"text_truncated":        {err: "attribute A: chunk 1: unexpected end", make: text("ICECACHE 103 0 3 0 0 0 1 0 1\n1 A___ 4 1 2 0 1\n0 1.5 2.5")},
	"text_bad_value":        {err: "attribute A: not a number (\"1.5x\") at byte 48", make: text("ICECACHE 103 0 3 0 0 0 1 0 1\n1 A___ 4 1 2 0 1\n0 1.5x 2.5 3")},
	"text_string_len":       {err: "attribute A: chunk 1: length does not fit (2)", make: text("ICECACHE 103 0 1 0 0 0 1 0 1\n1 A___ 131072 1 2 0 1\n0 2 abcdef")},

	"truncated_mid_attribute": {attributes: 2, warning: "The file is damaged. Size is missing: the file ends at byte 242.",
		make: simpleCut(func(src []byte, _ [3]int) int { return len(src) - 10 })},
	"crc_wrong": {attributes: 3, warning: "The file is damaged. Values may be wrong: the compressed data are damaged (checksum is wrong) at byte", make: func(t *testing.T) []byte {
		src, _ := simple(t)
		z := pack(t, src, 1)
		z[len(z)-8] ^= 1
		return z
	}},
	"gzip_truncated": {attributes: 1, warning: "ID and Size are missing: the file ends at byte", make: func(t *testing.T) []byte {
		src, _ := simple(t)
		z := pack(t, src, 1)
		return z[:len(z)-20]
	}},
	"two_caches": {attributes: 3, warning: "Another cache follows in the same file: the first was read.", make: func(t *testing.T) []byte {
		src, _ := simple(t)
		return append(pack(t, src, 1), pack(t, src, 1)...)
	}},
	"gzip_garbage_after": {attributes: 3, warning: "7 bytes of garbage follow the data.", make: func(t *testing.T) []byte {
		src, _ := simple(t)
		return append(pack(t, src, 1), "garbage"...)
	}},
}

func zlibbed(src []byte) []byte {
	var b bytes.Buffer
	z := zlib.NewWriter(&b)
	z.Write(src)
	z.Close()
	return b.Bytes()
}

func patchArray(def []byte) []byte {
	def = slices.Clone(def)
	binary.LittleEndian.PutUint32(def[len(def)-16:], 2)
	return def
}

func TestBadFilesAreNamed(t *testing.T) {
	t.Parallel()
	for name, b := range badFiles {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join(badFolder, name)
			if *update {
				if err := os.WriteFile(path, b.make(t), 0o666); err != nil {
					t.Fatal(err)
				}
			}
			f, err := Decode(t.Context(), path, Options{})
			if b.err == "" {
				if err != nil {
					t.Fatal(err)
				}
				notes := f.Index().Notes()
				if len(f.Attributes) != b.attributes || len(notes) != 1 || !strings.Contains(notes[0], b.warning) {
					t.Errorf("%d attributes, notes %q", len(f.Attributes), notes)
				}
				roundTrip(t, f, EncodeOptions{})
				var d Decoder
				opened, err := d.Open(t.Context(), path, Options{})
				if err != nil {
					t.Fatal(err)
				}
				ix, err := opened.Measure(t.Context())
				if err != nil || !slices.Equal(ix.Notes(), notes) {
					t.Errorf("measured: notes %q, error %v", ix.Notes(), err)
				}
				return
			}
			var format *cache.FormatError
			var unsupported *cache.UnsupportedError
			if err == nil || !strings.Contains(err.Error(), b.err) || b.err == "" {
				t.Fatalf("error %q, want %q", err, b.err)
			}
			if !strings.HasPrefix(err.Error(), "cannot be read: ") || !strings.HasSuffix(err.Error(), ": "+path) {
				t.Errorf("error %q", err)
			}
			if errors.As(err, &unsupported) != b.unsupported || errors.As(err, &format) == b.unsupported || !cache.Permanent(err) {
				t.Errorf("%T", err)
			}
		})
	}
}

// TestEveryBadFileIsInTheTable keeps the folder and the table together. Files of other
// formats have names of their own.
func TestEveryBadFileIsInTheTable(t *testing.T) {
	t.Parallel()
	files, err := os.ReadDir(badFolder)
	if err != nil {
		t.Fatal(err)
	}
	mine := 0
	for _, f := range files {
		if strings.HasPrefix(f.Name(), "sih5_") {
			continue
		}
		mine++
		if _, ok := badFiles[f.Name()]; !ok {
			t.Errorf("%s is not in the table", f.Name())
		}
	}
	if mine != len(badFiles) && !*update {
		t.Errorf("%d files, %d in the table", mine, len(badFiles))
	}
}

// zeros is a gzip member of start and a gibibyte of zeros, in a megabyte.
func zeros(t *testing.T, start []byte) []byte {
	t.Helper()
	const part = 16 << 20
	zero := make([]byte, part)
	var b bytes.Buffer
	z, err := flate.NewWriter(&b, flate.BestCompression)
	if err != nil {
		t.Fatal(err)
	}
	deflate := func(p []byte) []byte {
		b.Reset()
		if _, err := z.Write(p); err != nil {
			t.Fatal(err)
		}
		if err := z.Flush(); err != nil {
			t.Fatal(err)
		}
		return bytes.Clone(b.Bytes())
	}
	src := []byte{0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0xff}
	sum := crc32.ChecksumIEEE(start)
	if len(start) > 0 {
		src = append(src, deflate(start)...)
	}
	src = append(src, deflate(zero)...)
	later := deflate(zero)
	for i := range 64 {
		if i > 0 {
			src = append(src, later...)
		}
		sum = crc32.Update(sum, crc32.IEEETable, zero)
	}
	src = append(src, 3, 0) // the last block, empty
	return append(src, words(sum, uint32(len(start)+64*part))...)
}

// TestBombsFailAtOnce must not run beside other tests: it looks at what is allocated.
func TestBombsFailAtOnce(t *testing.T) {
	pos := definition("PointPosition", 16)
	for _, c := range []struct {
		name, err, plain string
		start            []byte
	}{
		{"zeros", "not an .icecache file", "not an .icecache file", nil},
		{"few points", "more than the attributes declare", "left over", slices.Concat(one(5), pos)},
		{"4 billion points", "a frame of 51.5 GB is more than the limit of 17.2 GB (--max-bytes): ", "a frame of 51.5 GB", slices.Concat(one(1<<32-1), pos)},
		{"more points than fit", "the first attribute alone needs 12000000000", "the first attribute alone needs 12000000000", slices.Concat(one(1_000_000_000), pos)},
		{"text", "a frame of 25.8 GB is more than the limit", "a frame of 25.8 GB is more than the limit", []byte("ICECACHE 103 0 4294967295 0 0 0 1 0 1 13 PointPosition 16 1 2 0 1 0 ")},
	} {
		single := zeros(t, c.start)
		many := slices.Concat(pack(t, c.start, 1), single) // the last trailer says less than all
		for i, src := range [][]byte{single, many, c.start} {
			path := filepath.Join(t.TempDir(), "bomb.icecache")
			if err := os.WriteFile(path, src, 0o666); err != nil {
				t.Fatal(err)
			}
			if i == 2 { // not compressed: a file of which only the start takes room
				if err := os.Truncate(path, 1<<30); err != nil {
					t.Fatal(err)
				}
			}
			var before, after runtime.MemStats
			runtime.GC()
			runtime.ReadMemStats(&before)
			start := time.Now()
			_, err := Decode(t.Context(), path, Options{})
			took := time.Since(start)
			runtime.ReadMemStats(&after)
			if want := []string{c.err, c.err, c.plain}[i]; err == nil || !strings.Contains(err.Error(), want) {
				t.Errorf("%s: error %v, want %q", c.name, err, c.err)
			}
			if grown := after.TotalAlloc - before.TotalAlloc; grown > 100<<20 || took > time.Second {
				t.Errorf("%s: %d bytes, %v", c.name, grown, took)
			}
		}
	}
}

func TestLimitIsKept(t *testing.T) {
	t.Parallel()
	src, _ := simple(t)
	if _, err := DecodeBytes(t.Context(), pack(t, src, 1), Options{MaxBytes: 100}); err == nil || !cache.Permanent(err) {
		t.Errorf("error %v", err)
	}
	f, err := DecodeBytes(t.Context(), src, Options{MaxBytes: 64 + 64 + 20})
	if err != nil || len(f.Attributes) != 3 {
		t.Errorf("error %v", err)
	}
}

func TestFillNeedsItsMemory(t *testing.T) {
	t.Parallel()
	src, _ := simple(t)
	var d Decoder
	f, err := d.OpenBytes(t.Context(), src, Options{})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := f.Fill(t.Context(), make([]byte, f.Need()-1)); err == nil {
		t.Error("filled too little memory")
	}
}

func TestCancelledReadingStops(t *testing.T) {
	t.Parallel()
	src, _ := simple(t)
	ctx, cancel := context.WithCancel(t.Context())
	var d Decoder
	f, err := d.OpenBytes(ctx, src, Options{})
	if err != nil {
		t.Fatal(err)
	}
	cancel()
	if _, err := f.Fill(ctx, make([]byte, f.Need())); !errors.Is(err, context.Canceled) {
		t.Errorf("fill: %v", err)
	}
	if _, err := d.OpenBytes(ctx, pack(t, src, 1), Options{}); !errors.Is(err, context.Canceled) {
		t.Errorf("open: %v", err)
	}
}

func TestOpenTakesOnlyRegularFiles(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	var d Decoder
	for _, path := range []string{dir, filepath.Join(dir, "none.icecache")} {
		_, err := d.Open(t.Context(), path, Options{})
		if err == nil || !strings.HasSuffix(err.Error(), ": "+path) || strings.Count(err.Error(), path) != 1 {
			t.Errorf("error %v", err)
		}
	}
}

// failing is a writer that fails after n bytes.
type failing struct{ n int }

func (w *failing) Write(p []byte) (int, error) {
	if w.n -= len(p); w.n < 0 {
		return 0, io.ErrShortWrite
	}
	return len(p), nil
}

func TestEncodeReportsFailedWrites(t *testing.T) {
	t.Parallel()
	src, _ := simple(t)
	f := decodeMade(t, src)
	for _, s := range []cache.Storage{cache.StorageGzip, cache.StoragePlain, cache.StorageText} {
		if err := Encode(t.Context(), &failing{20}, f, EncodeOptions{Storage: s}); !errors.Is(err, io.ErrShortWrite) {
			t.Errorf("%s: %v", s, err)
		}
	}
	for _, opt := range []EncodeOptions{{Version: 101}, {Version: 7}, {Storage: cache.StorageMapped}, {Level: 77}} {
		if err := Encode(t.Context(), io.Discard, f, opt); err == nil {
			t.Errorf("%+v was written", opt)
		}
	}
}

func TestWriteFileLeavesNothingBehind(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	path := filepath.Join(dir, "a_1.icecache")
	src, _ := simple(t)
	f := decodeMade(t, src)
	if err := WriteFile(t.Context(), path, f, EncodeOptions{}); err != nil {
		t.Fatal(err)
	}
	if err := WriteFile(t.Context(), path, f, EncodeOptions{Level: 77}); err == nil || !strings.HasSuffix(err.Error(), ": "+path) {
		t.Errorf("error %v", err)
	}
	if err := os.Mkdir(filepath.Join(dir, "folder"), 0o777); err != nil {
		t.Fatal(err)
	}
	if err := WriteFile(t.Context(), filepath.Join(dir, "folder"), f, EncodeOptions{}); err == nil {
		t.Error("a folder was replaced")
	}
	g, err := Decode(t.Context(), path, Options{})
	if err != nil {
		t.Fatal(err)
	}
	if err := same(f, g); err != nil {
		t.Error(err)
	}
	if all, err := os.ReadDir(dir); err != nil || len(all) != 2 {
		t.Errorf("%v, %v", all, err)
	}
}

func TestReadHeaderReadsTheDefinitionsAlone(t *testing.T) {
	t.Parallel()
	m := maker{}
	attrs := []made{positions(200_000)}
	for i := range 300 {
		attrs = append(attrs, made{name: strings.Repeat("Name", 100) + string(rune('A'+i%26)), code: 0x400, noData: true})
	}
	src := m.file(200_000, attrs)
	for name, b := range map[string][]byte{
		"plain": src, "gzip": pack(t, src, 1), "damaged": pack(t, src, 1)[:1<<20], "text": []byte("ICECACHE 103 0 200000 0 0 0 1 0 1 13 PointPosition 16 1 2 0 1"),
	} {
		path := filepath.Join(t.TempDir(), name)
		if err := os.WriteFile(path, b, 0o666); err != nil {
			t.Fatal(err)
		}
		h, columns, err := ReadHeader(path)
		if err != nil || h.Points != 200_000 || len(columns) == 0 || columns[0].Name != "PointPosition" || name != "text" && len(columns) != 301 {
			t.Errorf("%s: %+v, %d columns, %v", name, h, len(columns), err)
		}
	}
	for _, name := range []string{"not_gzip", "truncated_header", "gzip_truncated_header", "version_104"} {
		if _, _, err := ReadHeader(filepath.Join(badFolder, name)); err == nil {
			t.Errorf("%s has a header", name)
		}
	}
}
