package bench

import (
	"crypto/sha256"
	"encoding/hex"
	"os"
	"path/filepath"
	"testing"

	"iceexplorer/app/sample"
	"iceexplorer/cache"
	"iceexplorer/cache/icecache"
)

// corpusFiles are files of other programs, of which the scripts read those without
// arrays, shapes and strings; none where the corpus is not at hand.
func corpusFiles(t *testing.T) []string {
	t.Helper()
	dir, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for ; filepath.Dir(dir) != dir; dir = filepath.Dir(dir) {
		files, err := filepath.Glob(filepath.Join(dir, "shared", "corpus", "sequence_10k", "*.icecache"))
		if err == nil && len(files) > 0 {
			return files[:1]
		}
	}
	return nil
}

func TestPythonReadersReadWhatWeRead(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), sample.FileName(1))
	f, err := sample.Frame(sample.Options{Points: 8000}, 1) // two full chunks and an empty one
	if err != nil {
		t.Fatal(err)
	}
	if err := icecache.WriteFile(t.Context(), path, f, icecache.EncodeOptions{Version: 103}); err != nil {
		t.Fatal(err)
	}
	files := append(corpusFiles(t), path)
	for script, module := range map[string]string{"per_value.py": "struct", "numpy_gzip.py": "numpy"} {
		python, err := findPython(t.Context(), module)
		if err != nil {
			t.Log(err)
			continue
		}
		for _, path := range files {
			r, err := runPeer(t.Context(), python, script, path, 1)
			if err != nil {
				t.Fatal(err)
			}
			want, err := icecache.Decode(t.Context(), path, icecache.Options{})
			if err != nil {
				t.Fatal(err)
			}
			if len(r.SHA256) != len(want.Attributes) || r.Seconds <= 0 {
				t.Errorf("%s reads %d of %d attributes in %v s: %s", script, len(r.SHA256), len(want.Attributes), r.Seconds, path)
			}
			for _, a := range want.Attributes {
				if got := r.SHA256[a.Name]; got != sum(a) {
					t.Errorf("%s: values of %s differ: %s", script, a.Name, path)
				}
			}
		}
	}
}

func sum(a *cache.Attribute) string {
	s := sha256.Sum256(a.Bytes())
	return hex.EncodeToString(s[:])
}
