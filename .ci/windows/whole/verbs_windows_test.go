package whole

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestEveryVerbWorks(t *testing.T) {
	dir := sample(t, t.TempDir(), "3", "500")
	out := t.TempDir()
	for _, tc := range []struct {
		args []string
		want string
	}{
		{[]string{"--version"}, "iceexplorer "},
		{[]string{"info", dir}, "500"},
		{[]string{"info", "--json", filepath.Join(dir, "*.icecache")}, `"points"`},
		{[]string{"query", "--where", "ID < 3", dir}, "ID"},
		{[]string{"stats", dir}, "PointPosition"},
		{[]string{"trace", "--index", "1", dir}, "index"},
		{[]string{"convert", dir}, ""},
		{[]string{"convert", dir}, ""},
		{[]string{"export", "--to", "csv", "-o", out, dir}, ""},
		{[]string{"export", "--to", "hdf", "-o", out, dir}, ""},
		{[]string{"export", "--to", "parquet", "-o", out, dir}, ""},
		{[]string{"export", "--to", "usda", "-o", out, dir}, ""},
		{[]string{"bench", "--quick", "--only", "pool,start"}, "a worker: from exec to its hello"},
	} {
		if got := works(t, tc.args...); !strings.Contains(got, tc.want) {
			t.Errorf("%q prints %q, without %q", tc.args, got, tc.want)
		}
	}
	all := files(t, out)
	for suffix, n := range map[string]int{".csv": 3, ".parquet": 3, ".usda": 1} {
		if got := ending(all, suffix); got < n {
			t.Errorf("%d of %s: %q", got, suffix, all)
		}
	}
	if left := append(litter(t, dir), litter(t, out)...); len(left) > 0 {
		t.Errorf("left: %q", left)
	}
	if status, _, errs := run(t, "info", filepath.Join(dir, "none")); status != 1 || !strings.Contains(errs, "no such file or folder: ") {
		t.Errorf("%d: %s", status, errs)
	}
}

func TestRenderDrawsWithoutAWindow(t *testing.T) {
	dir := sample(t, t.TempDir(), "2", "2000")
	out := t.TempDir()
	works(t, "render", "-o", filepath.Join(out, "frame_%04d.png"), "--size", "320x200", dir)
	all := files(t, out)
	if ending(all, ".png") != 2 {
		t.Fatalf("%q", all)
	}
	for _, f := range all {
		if st, err := os.Stat(filepath.Join(out, f)); err != nil || st.Size() < 2000 {
			t.Errorf("%s: %v, %v", f, st, err)
		}
	}
}

// What Linux makes of the same source is in ICEEXPLORER_EXPECTED, below the source's name.
func TestFilesAreThoseOfLinux(t *testing.T) {
	expected := os.Getenv("ICEEXPLORER_EXPECTED")
	if expected == "" {
		t.Skip("ICEEXPLORER_EXPECTED names no folder")
	}
	out := t.TempDir()
	source := filepath.Join(expected, "source")
	works(t, "convert", "-o", filepath.Join(out, "sih5"), source)
	works(t, "convert", "--to", "icecache", "-o", filepath.Join(out, "icecache"), filepath.Join(out, "sih5"))
	works(t, "export", "--to", "csv", "-o", filepath.Join(out, "csv"), source)
	works(t, "export", "--to", "bgeo", "-o", filepath.Join(out, "bgeo"), source)
	compared := 0
	for _, kind := range []string{"icecache", "csv", "bgeo"} {
		for _, f := range files(t, filepath.Join(expected, kind)) {
			want, err := os.ReadFile(filepath.Join(expected, kind, f))
			if err != nil {
				t.Fatal(err)
			}
			got, err := os.ReadFile(filepath.Join(out, kind, f))
			if err != nil || !bytes.Equal(got, want) {
				t.Errorf("%s/%s differs from Linux's: %d and %d bytes, %v", kind, f, len(got), len(want), err)
			}
			compared++
		}
	}
	if compared == 0 {
		t.Error("nothing was compared")
	}
}
