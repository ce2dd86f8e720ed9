package icecache

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"os"
	"path/filepath"
	"testing"

	"iceexplorer/cache"
)

// corpus finds shared/corpus beside or above the repository.
func corpus(t testing.TB) string {
	t.Helper()
	dir, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for {
		p := filepath.Join(dir, "shared", "corpus")
		if _, err := os.Stat(p); err == nil {
			return p
		}
		up := filepath.Dir(dir)
		if up == dir {
			t.Skip("no corpus here")
		}
		dir = up
	}
}

// expectation is a file's entry in expected.json.
type expectation struct {
	Points     uint32
	ASCII      int
	Attributes map[string]struct {
		SHA256   string
		Values   uint64
		Constant bool
	}
}

func expectations(t testing.TB, dir string) map[string]expectation {
	t.Helper()
	b, err := os.ReadFile(filepath.Join(dir, "expected.json"))
	if err != nil {
		t.Fatal(err)
	}
	var all map[string]expectation
	if err := json.Unmarshal(b, &all); err != nil {
		t.Fatal(err)
	}
	return all
}

func (e expectation) check(t *testing.T, f *cache.Frame) {
	t.Helper()
	if f.Header.Points != e.Points {
		t.Errorf("%d points, want %d", f.Header.Points, e.Points)
	}
	if len(f.Attributes) != len(e.Attributes) {
		t.Errorf("%d attributes, want %d", len(f.Attributes), len(e.Attributes))
	}
	for name, want := range e.Attributes {
		a := f.Attribute(name)
		if a == nil {
			t.Errorf("no attribute %s", name)
			continue
		}
		if a.Values != want.Values || a.Constant != want.Constant && want.Values > 0 {
			t.Errorf("%s: %d values, constant %v; want %d, %v", name, a.Values, a.Constant, want.Values, want.Constant)
		}
		if sum := sha256.Sum256(a.Bytes()); want.SHA256 != "" && hex.EncodeToString(sum[:]) != want.SHA256 {
			t.Errorf("%s: values differ", name)
		}
	}
}

func TestCorpusHasExpectedValues(t *testing.T) {
	t.Parallel()
	dialects := map[string]string{
		"dialect_plain_0.icecache":         "plain",
		"dialect_plain_2.icecache":         "plain",
		"dialect_plain_4000.icecache":      "plain",
		"dialect_lower_4001.icecache":      "plain",
		"dialect_v100_3.icecache":          "plain",
		"dialect_v102_4001.icecache":       "plain",
		"gabe_alltypes_5.icecache":         "plain",
		"gabe_alltypes_4003.icecache":      "plain",
		"dialect_notrailing_4000.icecache": "no trailing chunk",
		"dialect_bool1_3999.icecache":      "1-byte bools",
		"dialect_constonce_4001.icecache":  "constants once",
		"dialect_padlen_4001.icecache":     "padded name lengths",
		"dialect_partio_4001.icecache":     "bare positions",
	}
	var d Decoder
	for _, folder := range []string{"dialects", "sequence_10k", "foreign"} {
		dir := filepath.Join(corpus(t), folder)
		for name, want := range expectations(t, dir) {
			t.Run(name, func(t *testing.T) {
				file, err := d.Open(t.Context(), filepath.Join(dir, name), Options{})
				if err != nil {
					t.Fatal(err)
				}
				f, err := file.frame(t.Context())
				if err != nil {
					t.Fatal(err)
				}
				if w, ok := dialects[name]; ok && f.Dialect != w {
					t.Errorf("dialect is %q, want %q", f.Dialect, w)
				}
				storage := cache.StorageGzip
				if want.ASCII == 1 {
					storage = cache.StorageText
				}
				if f.Storage != storage || len(f.Warnings) > 0 {
					t.Errorf("storage %s, warnings %q", f.Storage, f.Warnings)
				}
				want.check(t, f)
				for _, opt := range []EncodeOptions{
					{}, {Version: 102, Storage: cache.StoragePlain}, {Version: 100, Level: 1}, {Storage: cache.StorageText},
				} {
					var b bytes.Buffer
					if err := Encode(t.Context(), &b, f, opt); err != nil {
						t.Fatal(err)
					}
					g, err := DecodeBytes(t.Context(), b.Bytes(), Options{})
					if err != nil {
						t.Fatalf("%+v: %v", opt, err)
					}
					if g.Dialect != "plain" {
						t.Errorf("%+v: dialect is %q", opt, g.Dialect)
					}
					want.check(t, g)
				}
			})
		}
	}
}
