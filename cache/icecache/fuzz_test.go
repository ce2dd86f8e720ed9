package icecache

import (
	"bytes"
	"compress/gzip"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"iceexplorer/cache"
)

// seeds adds small files of all kinds: made ones, the bad ones, and the corpus's.
func seeds(f *testing.F) {
	for _, m := range []maker{
		{}, {noTrailing: true, bool1: true}, {constOnce: true, barePos: true, paddedLens: true}, {version: 100}, {version: 101, like: 102},
		{wide: widths{header: 8, definitions: 8, flags: 8, longs: 8, bools: 8}}, {wide: widths{definitions: 8, flags: 8}},
		{userData: "names"}, {text: true}, {text: true, bareText: true, sep: "\n", version: 102},
	} {
		for _, attrs := range subjects(3) {
			f.Add(m.file(3, append([]made{positions(3)}, attrs...)))
		}
		where, geo := madeOf("Where", 2048, 3, blobOf), made{name: "Geo", code: 0x400, noData: true}
		f.Add(m.file(3, []made{madeOf("Blob", 65536, 3, blobOf), geo, where, arrayOf(madeOf("Blobs", 65536, 3, blobOf))}))
		f.Add(m.file(0, []made{positions(0)}))
	}
	f.Add(new(maker).file(3, []made{positions(3), madeOf("Color", 4, 3, floatsOf(4)), madeOf("Size", 4, 3, floatsOf(1))}))
	flags := madeOf("Size", 1, 4002, boolOf)
	flags.flags = []bool{true, false}
	for i := range 4000 {
		flags.elems[i] = flags.elems[0]
	}
	f.Add(new(maker).file(4002, []made{flags}))
	bad, err := filepath.Glob(filepath.Join(badFolder, "*"))
	if err != nil {
		f.Fatal(err)
	}
	for _, path := range bad {
		if b, err := os.ReadFile(path); err == nil && !strings.Contains(path, "sih5_") {
			f.Add(b)
			if s := gunzip(b); s != nil {
				f.Add(s)
			}
		}
	}
}

func gunzip(b []byte) []byte {
	z, err := gzip.NewReader(bytes.NewReader(b))
	if err != nil {
		return nil
	}
	s, _ := io.ReadAll(z) // of damaged ones, what there is
	return s
}

var fuzzOptions = Options{MaxBytes: 32 << 20}

// check decodes src and, if that works, expects that what was read survives writing.
func check(t *testing.T, src []byte) {
	f, err := DecodeBytes(t.Context(), src, fuzzOptions)
	if err != nil {
		if !cache.Permanent(err) {
			t.Fatalf("%T: %v", err, err)
		}
		return
	}
	if err := sameMeasured(t, src, fuzzOptions); err != nil {
		t.Fatal(err)
	}
	if h := f.Header; max(h.Points, h.Edges, h.Polygons, h.Samples) > 1e6 {
		return // a constant is written anew for each chunk
	}
	if absentBlobs(f) {
		return
	}
	opts := []EncodeOptions{{Storage: cache.StoragePlain}, {Version: 100, Level: 1}}
	if !lostInText(f) {
		opts = append(opts, EncodeOptions{Storage: cache.StorageText, Version: 102})
	}
	for _, opt := range opts {
		var b bytes.Buffer
		if err := Encode(t.Context(), &b, f, opt); err != nil {
			t.Fatal(err)
		}
		g, err := DecodeBytes(t.Context(), b.Bytes(), Options{})
		if err != nil {
			t.Fatalf("%+v: %v", opt, err)
		}
		if err := same(f, g); err != nil {
			t.Fatalf("%+v: %v", opt, err)
		}
	}
}

// absentBlobs reports whether a blob's data is missing. Nothing in a file says that
// there is none: what is written back may be read as an attribute with data, where
// the values that follow happen to look like them.
func absentBlobs(f *cache.Frame) bool {
	for _, a := range f.Attributes {
		if (a.Type == cache.TypeCustom || a.Type == cache.TypeLocation) && a.Rows == 0 && f.Header.Elements(a.Context) > 0 {
			return true
		}
	}
	return false
}

// lostInText reports whether text can't hold the frame: it knows one NaN, and names
// that space doesn't begin.
func lostInText(f *cache.Frame) bool {
	for _, a := range f.Attributes {
		for _, r := range a.Ranges {
			if r.NonFinite > 0 {
				return true
			}
		}
		for _, name := range append([]string{a.Name}, a.BlobTypes...) {
			if strings.TrimSpace(name) != name || name == "" {
				return true
			}
		}
	}
	return false
}

func FuzzHeader(f *testing.F) {
	seeds(f)
	f.Fuzz(func(t *testing.T, src []byte) {
		h, columns, err := readHeader(bytes.NewReader(src))
		if err == nil && (h.Version < 100 || h.Version > 103 || len(columns) > cache.MaxAttributes) {
			t.Fatalf("%+v, %d columns", h, len(columns))
		}
	})
}

func FuzzFile(f *testing.F) {
	seeds(f)
	f.Fuzz(check)
}

func FuzzText(f *testing.F) {
	for _, m := range []maker{{}, {sep: "\n"}, {bareText: true, sep: "\t", noTrailing: true}, {version: 100}} {
		m.text = true
		for _, attrs := range subjects(3) {
			f.Add(string(m.file(3, append([]made{positions(3)}, attrs...))[len(magic):]))
		}
		f.Add(string(m.file(2, []made{madeOf("Blob", 65536, 2, blobOf), madeOf("Where", 2048, 2, blobOf)})[len(magic):]))
	}
	f.Add(" 103 0 3 0 0 0 1 0 1 1 A___ 4 1 2 0 2 0 nan 1.#INF -1.#IND")
	f.Fuzz(func(t *testing.T, s string) { check(t, []byte(magic+" "+s)) })
}
