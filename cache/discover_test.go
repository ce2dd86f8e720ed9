package cache

import (
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

// folder makes empty files; Discover must not open them.
func folder(t *testing.T, names ...string) string {
	t.Helper()
	dir := t.TempDir()
	for _, n := range names {
		p := filepath.Join(dir, filepath.FromSlash(n))
		if err := os.MkdirAll(filepath.Dir(p), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(p, nil, 0o200); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func TestDiscover(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		name  string
		files []string
		args  []string // relative to the folder; none: the folder itself
		want  []string // "name: summary"
	}{
		{name: "orders by number and keeps gaps", files: []string{"a_10.icecache", "a_9.icecache", "a_2.icecache"}, want: []string{"a: 2-10, 6 missing: 3-8"}},
		{name: "gaps as in the issue", files: seq("s_", 1, 48, 7, 9, 31), want: []string{"s: 1-48, 3 missing: 7, 9, 31"}},
		{name: "negative numbers", files: []string{"a_-5.icecache", "a_-4.icecache", "a_0.icecache"}, want: []string{"a: -5 to 0, 3 missing: -3 to -1"}},
		{name: "several sequences in natural order", files: []string{"b10_1.icecache", "b9_1.icecache", "A_1.icecache"}, want: []string{"A: 1", "b9: 1", "b10: 1"}},
		{name: "source and converted are one frame", files: []string{"a_1.icecache", ".sih5/a_1.icecache.sih5", "a_2.icecache"}, want: []string{"a: 1-2"}},
		{name: "converted beside the source", files: []string{"a_1.icecache", "a_1.icecache.sih5"}, want: []string{"a: 1"}},
		{name: "a .sih5 folder alone", files: []string{".sih5/a_1.icecache.sih5", ".sih5/a_2.icecache.sih5"}, args: []string{".sih5"}, want: []string{"a: 1-2"}},
		{name: "converted whose sources are gone", files: []string{".sih5/a_1.icecache.sih5"}, want: []string{"a: 1"}},
		{name: "no number", files: []string{"lonely.icecache"}, want: []string{"lonely: single frame"}},
		{name: "number alone is named after the folder", files: []string{"shot/1.icecache", "shot/2.icecache"}, want: []string{"shot: 1-2"}},
		{name: "hdf5 endings", files: []string{"x_1.h5", "x_2.HDF5", "x_3.sih5"}, want: []string{"x: 1-3"}},
		{name: "leftovers and other files are passed over", files: []string{"a_1.icecache", ".a_2.icecache.sih5", "a_3.icecache.tmp", "notes.txt"}, want: []string{"a: 1"}},
		{name: "folders below when there is none here", files: []string{"sim/v1/a_1.icecache"}, want: []string{"a: 1"}},
		{name: "notation", files: seq("n.", 1, 20), args: []string{"n.[5..100;4].icecache"}, want: []string{"n: 5-20"}},
		{name: "glob", files: seq("n.", 1, 20), args: []string{"n.1?.icecache"}, want: []string{"n: 10-19"}},
		{name: "one file is one frame", files: seq("n.", 1, 20), args: []string{"n.7.icecache", "n.7.icecache"}, want: []string{"n: 7"}},
		{name: "name with brackets is a file first", files: []string{"n[1..2].3.icecache"}, args: []string{"n[1..2].3.icecache"}, want: []string{"n[1..2]: 3"}},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			dir := folder(t, tc.files...)
			args := []string{dir}
			if tc.args != nil {
				args = nil
				for _, a := range tc.args {
					args = append(args, filepath.Join(dir, a))
				}
			}
			found, err := Discover(args...)
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, s := range found.Sequences {
				got = append(got, s.Name+": "+s.Summary())
			}
			if strings.Join(got, "\n") != strings.Join(tc.want, "\n") {
				t.Errorf("got %q, want %q", got, tc.want)
			}
		})
	}
}

// seq names the frames first to last of a sequence but for those left out.
func seq(prefix string, first, last int, without ...int) []string {
	var out []string
next:
	for i := first; i <= last; i++ {
		for _, w := range without {
			if i == w {
				continue next
			}
		}
		out = append(out, prefix+strconv.Itoa(i)+".icecache")
	}
	return out
}

func TestDiscoverReportsWhatLeadsNowhere(t *testing.T) {
	t.Parallel()
	dir := folder(t, "a_1.icecache", "notes.txt", "empty/readme.md")
	found, err := Discover(filepath.Join(dir, "a_1.icecache"), filepath.Join(dir, "gone.icecache"),
		filepath.Join(dir, "notes.txt"), filepath.Join(dir, "empty"), filepath.Join(dir, "z.[1..3].icecache"))
	if n := len(found.Sequences); n != 1 {
		t.Errorf("got %d sequences, want the one that exists", n)
	}
	if err == nil {
		t.Fatal("no error")
	}
	for _, want := range []string{"no such file or folder: ", "not a particle cache", "no particle caches in the folder: ", "no frames of the sequence: "} {
		if !strings.Contains(err.Error(), want) {
			t.Errorf("error %q lacks %q", err, want)
		}
	}
}

func TestGlobsOfFoldersAndNotationsThatAreWrong(t *testing.T) {
	t.Parallel()
	dir := folder(t, "e1/a_1.icecache", "e2/b_1.icecache", ".e3/c_1.icecache", "d_1.icecache", "d_2.icecache")
	if found, err := Discover(filepath.Join(dir, "e?")); err != nil || len(found.Sequences) != 2 {
		t.Errorf("folders: %v, %v", found, err)
	}
	if found, err := Discover(filepath.Join(dir, "*")); err != nil || len(found.Sequences) != 3 {
		t.Errorf("all: %v, %v", found, err)
	}
	for _, name := range []string{"d_[2..1].icecache", "d_[1..2;x].icecache", "d_[1..2x0].icecache", "d_[..2].icecache"} {
		if _, err := Discover(filepath.Join(dir, name)); err == nil || !strings.HasPrefix(err.Error(), "not a sequence such as ") {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := Discover(""); err == nil {
		t.Error("an empty path was taken")
	}
}
