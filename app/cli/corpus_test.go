package cli

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"iceexplorer/app/sample"
	"iceexplorer/cache"
	"iceexplorer/cache/icecache"
)

// expectation is what a file must hold, as expected.json says.
type expectation struct {
	Points     uint32                  `json:"points"`
	Attributes map[string]expectedAttr `json:"attributes"`
}

type expectedAttr struct {
	SHA256   string `json:"sha256"`
	Values   uint64 `json:"values"`
	Constant bool   `json:"constant"`
	Array    bool   `json:"array"`
}

// corpus is a folder of shared/corpus, which lies beside or above the repository.
func corpus(t *testing.T, name string) string {
	t.Helper()
	dir, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for {
		path := filepath.Join(dir, "shared", "corpus", name)
		if _, err := os.Stat(path); err == nil {
			return path
		}
		if filepath.Dir(dir) == dir {
			t.Skip("no shared/corpus")
		}
		dir = filepath.Dir(dir)
	}
}

// copyCaches copies the caches of a folder and reads its expected.json.
func copyCaches(t *testing.T, from string) (dir string, want map[string]expectation) {
	t.Helper()
	dir = t.TempDir()
	b, err := os.ReadFile(filepath.Join(from, "expected.json"))
	if err == nil {
		err = json.Unmarshal(b, &want)
	}
	if err != nil {
		t.Fatal(err)
	}
	for name := range want {
		b, err := os.ReadFile(filepath.Join(from, name))
		if err == nil {
			err = os.WriteFile(filepath.Join(dir, name), b, 0o666)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	return dir, want
}

// readInfo runs info --json --checksum and returns the objects by file name, cut
// to the name of the source.
func readInfo(t *testing.T, args ...string) map[string]infoJSON {
	t.Helper()
	out := map[string]infoJSON{}
	for _, line := range lines(must(t, append([]string{"info", "--json", "--checksum"}, args...)...)) {
		var x infoJSON
		if err := json.Unmarshal([]byte(line), &x); err != nil {
			t.Fatalf("%v: %s", err, line)
		}
		out[strings.TrimSuffix(filepath.Base(x.File), ".sih5")] = x
	}
	return out
}

func lines(s string) []string { return strings.Split(strings.TrimSuffix(s, "\n"), "\n") }

func compare(t *testing.T, when string, got map[string]infoJSON, want map[string]expectation) {
	t.Helper()
	if len(got) != len(want) {
		t.Errorf("%s: %d files, want %d", when, len(got), len(want))
	}
	for file, w := range want {
		g, ok := got[strings.TrimSuffix(file, ".sih5")]
		if !ok {
			t.Errorf("%s: %s is missing", when, file)
			continue
		}
		if g.Points != w.Points || len(g.Attributes) != len(w.Attributes) || len(g.Warnings) != 0 {
			t.Errorf("%s: %s: %d points, %d attributes, want %d, %d; %q", when, file, g.Points, len(g.Attributes), w.Points, len(w.Attributes), g.Warnings)
		}
		for name, a := range w.Attributes {
			found := false
			for _, b := range g.Attributes {
				if !strings.EqualFold(b.Name, name) {
					continue
				}
				found = true
				if b.SHA256 != a.SHA256 || b.Values != a.Values || b.Constant != a.Constant || (b.Structure == "array") != a.Array {
					t.Errorf("%s: %s: %s is %+v, want %+v", when, file, name, b, a)
				}
			}
			if !found {
				t.Errorf("%s: %s: %s is missing", when, file, name)
			}
		}
	}
}

// roundTrip checks a folder of caches as it is, as .sih5, and written back from
// those.
func roundTrip(t *testing.T, dir string, want map[string]expectation) {
	t.Helper()
	as := func(sub string) string { return filepath.Join(dir, sub) }
	first := readInfo(t, dir)
	compare(t, "as it is", first, want)
	must(t, "convert", "-o", as("sih5"), dir)
	converted := readInfo(t, as("sih5"))
	compare(t, "as .sih5", converted, want)
	must(t, "convert", "--to", "icecache", "-o", as("back"), as("sih5"))
	back := readInfo(t, as("back"))
	compare(t, "written back", back, want)
	for file, x := range converted {
		if x.Format != "sih5" || x.Storage != "mapped" {
			t.Errorf("%s is %s, %s, cannot be mapped", file, x.Format, x.Storage)
		}
	}
	for file, x := range back {
		if x.Format != "icecache" || x.Storage != "gzip" || x.Dialect != "plain" || x.Version != 103 {
			t.Errorf("%s is %s, %s, %s, %d", file, x.Format, x.Storage, x.Dialect, x.Version)
		}
		was := first[file]
		for form, y := range map[string]infoJSON{"as .sih5": converted[file], "written back": x} {
			if got, want := attributeNames(y), attributeNames(was); !slices.Equal(got, want) {
				t.Errorf("%s %s: attributes %q, want %q", file, form, got, want)
			}
		}
		for i := range x.Attributes {
			a := &x.Attributes[i]
			for _, b := range was.Attributes {
				if b.Name == a.Name && (a.Type != b.Type || a.Context != b.Context || a.Category != b.Category || a.NonFinite != b.NonFinite ||
					!same(a.Min, b.Min) || !same(a.Max, b.Max) || !same(a.Mean, b.Mean)) {
					t.Errorf("%s: %s was %+v, is %+v", file, a.Name, b, *a)
				}
			}
		}
	}
}

func attributeNames(x infoJSON) []string {
	var names []string
	for _, a := range x.Attributes {
		names = append(names, a.Name)
	}
	return names
}

func same(a, b []*float64) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if (a[i] == nil) != (b[i] == nil) || a[i] != nil && math.Abs(*a[i]-*b[i]) > 1e-9*math.Abs(*a[i]) {
			return false
		}
	}
	return true
}

func TestCorpusMatchesExpectedInEveryForm(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"dialects", "sequence_10k", "original_sih5", "foreign"} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir, want := copyCaches(t, corpus(t, name))
			if name == "foreign" {
				complete(want)
			}
			roundTrip(t, dir, want)
		})
	}
}

// complete adds what the expectations of other people's files leave out.
func complete(want map[string]expectation) {
	for _, w := range want {
		for name, a := range w.Attributes {
			a.Array = slices.Contains([]string{"StrandPosition", "Nb", "Bs", "Cs"}, name)
			if a.Values == 0 {
				a.SHA256 = ""
			}
			w.Attributes[name] = a
		}
	}
}

// TestGeneratedCachesMatchInEveryForm does for caches made here what is done for
// the corpus, which is not everywhere.
func TestGeneratedCachesMatchInEveryForm(t *testing.T) {
	t.Parallel()
	dir, want := t.TempDir(), map[string]expectation{}
	put := func(name string, f *cache.Frame, opt icecache.EncodeOptions) {
		if err := icecache.WriteFile(t.Context(), filepath.Join(dir, name), f, opt); err != nil {
			t.Fatal(err)
		}
		e := expectation{Points: f.Header.Points, Attributes: map[string]expectedAttr{}}
		for _, a := range f.Attributes {
			sum := sha256.Sum256(a.Bytes())
			e.Attributes[a.Name] = expectedAttr{hex.EncodeToString(sum[:]), a.Values, a.Constant, a.Structure == cache.Array}
		}
		want[name] = e
	}
	for n := 1; n <= 3; n++ {
		f, err := sample.Frame(sample.Options{Points: 3999 + n, Frames: 3}, n)
		if err != nil {
			t.Fatal(err)
		}
		put(sample.FileName(n), f, icecache.EncodeOptions{Level: 1})
	}
	put("odd_1.icecache", oddFrame(t), icecache.EncodeOptions{})
	put("plain_1.icecache", oddFrame(t), icecache.EncodeOptions{Storage: cache.StoragePlain})
	put("text_1.icecache", oddFrame(t), icecache.EncodeOptions{Storage: cache.StorageText})
	roundTrip(t, dir, want)
	for file, storage := range map[string]string{"odd_1.icecache": "gzip", "plain_1.icecache": "plain", "text_1.icecache": "text"} {
		if got := readInfo(t, filepath.Join(dir, file))[file].Storage; got != storage {
			t.Errorf("%s is %q", file, got)
		}
	}
}

// oddFrame has one of everything that is not a plain number per point.
func oddFrame(t *testing.T) *cache.Frame {
	t.Helper()
	nan, inf := float32(math.NaN()), float32(math.Inf(1))
	b := cache.NewBuilder(cache.Header{Version: 103, Points: 3, Substeps: 2})
	b.Float32s("PointPosition", cache.TypeVector3, []float32{1, 2, 3, 4, 5, 6, 7, 8, -9.5})
	b.Float32s("Broken", cache.TypeFloat, []float32{nan, nan, inf})
	b.Float32s("Half", cache.TypeVector2, []float32{1, nan, 2, inf, 3, 4})
	b.Float32s("Mass", cache.TypeFloat, []float32{2.5})
	b.Bools("Flag", []byte{1, 0, 1})
	b.Strings("Label", []string{"one", "", "dr\u00e9i \"x\""})
	b.Shapes("Shape", []cache.ShapeRecord{
		{Type: cache.ShapeSphere, Trivial: true},
		{Type: cache.ShapeInstance, Index: 7},
		{Type: cache.ShapeReference, ObjectID: 5, Branch: true, Remap: true, Target: "a.b", Model: "{1}"},
	})
	strands := []float32{0, 1, 2, 3, 4, 5, 6, 7, 8}
	data := make([]byte, 0, 4*len(strands))
	for _, v := range strands {
		u := math.Float32bits(v)
		data = append(data, byte(u), byte(u>>8), byte(u>>16), byte(u>>24))
	}
	b.Add(cache.Column{Name: "Strand", Type: cache.TypeVector3, Structure: cache.Array, Category: cache.CategoryCustom}, data, []uint64{0, 2, 2, 3})
	f, err := b.Frame()
	if err != nil {
		t.Fatal(err)
	}
	return f
}
