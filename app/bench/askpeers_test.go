package bench

import (
	"os"
	"path/filepath"
	"testing"

	"iceexplorer/app/inspect"
)

// A peer that is asked something else is no measure.
func TestPeersFindWhatWeFind(t *testing.T) {
	t.Parallel()
	f, err := manyPoints(10_000)
	if err != nil {
		t.Fatal(err)
	}
	filter, err := bound(f, asked)
	if err != nil {
		t.Fatal(err)
	}
	mask, err := filter.Mask(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	for name, data := range map[string][]byte{"age": f.Attribute("Age").Bytes(), "pos": f.Attribute(inspect.Position).Bytes()} {
		if err := os.WriteFile(filepath.Join(dir, name), data, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	check := func(peer string, seconds map[string]float64, err error, has ...string) {
		if err != nil || len(has) > 0 && has[0] == "filter" && seconds["found"] != float64(mask.Count()) {
			t.Errorf("%s: %v: %v, want %d", peer, err, seconds, mask.Count())
		}
		for _, what := range has {
			if seconds[what] <= 0 {
				t.Errorf("%s takes %v s for the %s", peer, seconds[what], what)
			}
		}
	}
	for module, has := range map[string][]string{"numpy": {"sort", "histogram"}, "numexpr": {"filter"}} {
		python, err := findPython(t.Context(), module)
		if err != nil {
			t.Log(err)
			continue
		}
		seconds, err := askPeer(t.Context(), "ask.py", python, "-", module, dir)
		check(module, seconds, err, has...)
	}
	if err := findDuckDB(t.Context()); err != nil {
		t.Log(err)
		return
	}
	seconds, err := askPeer(t.Context(), "ask_duckdb.js", node, "-", dir)
	check("duckdb", seconds, err, "filter", "sort", "summary")
}
