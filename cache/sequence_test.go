package cache

import (
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

func TestSplitFrame(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		stem, prefix string
		frame        Number
		suffix       string
		ok           bool
	}{
		{"name.12", "name.", 12, "", true},
		{"name_0012", "name_", 12, "", true},
		{"12", "", 12, "", true},
		{"name_-5", "name_", -5, "", true},
		{"-5", "", -5, "", true},
		{"name-5", "name-", 5, "", true},
		{"cloud_2_17", "cloud_2_", 17, "", true},
		{"a1b", "a", 1, "b", true},
		{"fx_12_final", "fx_", 12, "_final", true},
		{"name", "name", 0, "", false},
		{"", "", 0, "", false},
		{"shot_20240131120000123456", "shot_20240131120000123456", 0, "", false},
		{"v7_20240131120000123456", "v", 7, "_20240131120000123456", true},
	} {
		prefix, frame, suffix, ok := splitFrame(tc.stem)
		if prefix != tc.prefix || frame != tc.frame || suffix != tc.suffix || ok != tc.ok {
			t.Errorf("splitFrame(%q) = %q %v %q %v", tc.stem, prefix, frame, suffix, ok)
		}
	}
}

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
		{name: "padded and bare number of one frame", files: []string{"a_1.icecache", "a_01.icecache"}, want: []string{"a: 1"}},
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
			seqs, err := Discover(args...)
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, s := range seqs {
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
	seqs, err := Discover(filepath.Join(dir, "a_1.icecache"), filepath.Join(dir, "gone.icecache"),
		filepath.Join(dir, "notes.txt"), filepath.Join(dir, "empty"), filepath.Join(dir, "z.[1..3].icecache"))
	if len(seqs) != 1 {
		t.Errorf("got %d sequences, want the one that exists", len(seqs))
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

func TestMissingOfFarApartNumbersIsCheap(t *testing.T) {
	t.Parallel()
	s := Sequence{Numbered: true, Frames: []FrameFile{{Number: 0}, {Number: 999_999_999_999}}}
	if got := s.Missing(); got != 999_999_999_998 {
		t.Errorf("Missing() = %d", got)
	}
	if got := s.Summary(); got != "0-999999999999, 999999999998 missing: 1-999999999998" {
		t.Errorf("Summary() = %q", got)
	}
}

func FuzzSequenceNames(f *testing.F) {
	for _, s := range []string{"name_1.icecache", "name.[1..100;4].icecache", "-5.icecache", "a-1.h5", "_._-.icecache.sih5", "[..].icecache"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, name string) {
		stem, ext, ok := splitExt(name)
		if ok && !strings.EqualFold(stem+ext, name) {
			t.Errorf("splitExt(%q) = %q %q", name, stem, ext)
		}
		prefix, _, suffix, numbered := splitFrame(stem)
		if !strings.HasPrefix(stem, prefix) || !strings.HasSuffix(stem, suffix) || numbered && len(prefix)+len(suffix) >= len(stem) {
			t.Errorf("splitFrame(%q) = %q %q", stem, prefix, suffix)
		}
		if n, ok := parseNotation(name); ok && n.first > n.last {
			t.Errorf("parseNotation(%q) = %+v", name, n)
		}
		if naturalLess(name, name) || naturalLess(name, stem) && naturalLess(stem, name) {
			t.Errorf("naturalLess is no order on %q, %q", name, stem)
		}
	})
}

func TestSequenceLabels(t *testing.T) {
	t.Parallel()
	for want, s := range map[string]Sequence{
		"single frame":             {Frames: []FrameFile{{}}},
		"frame 12":                 {Numbered: true, Frames: []FrameFile{{Number: 12}}},
		"frames 3-4":               {Numbered: true, Frames: []FrameFile{{Number: 3}, {Number: 4}}},
		"frames 3-5, 1 missing: 4": {Numbered: true, Frames: []FrameFile{{Number: 3}, {Number: 5}}},
	} {
		if got := s.Label(); got != want {
			t.Errorf("Label() = %q, want %q", got, want)
		}
	}
}

func TestGlobsOfFoldersAndNotationsThatAreWrong(t *testing.T) {
	t.Parallel()
	dir := folder(t, "e1/a_1.icecache", "e2/b_1.icecache", ".e3/c_1.icecache", "d_1.icecache", "d_2.icecache")
	if seqs, err := Discover(filepath.Join(dir, "e?")); err != nil || len(seqs) != 2 {
		t.Errorf("folders: %v, %v", seqs, err)
	}
	if seqs, err := Discover(filepath.Join(dir, "*")); err != nil || len(seqs) != 3 {
		t.Errorf("all: %v, %v", seqs, err)
	}
	for _, name := range []string{"d_[2..1].icecache", "d_[1..2,2].icecache", "d_[..2].icecache"} {
		if _, err := Discover(filepath.Join(dir, name)); err == nil || !strings.HasPrefix(err.Error(), "not a sequence such as ") {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := Discover(""); err == nil {
		t.Error("an empty path was taken")
	}
}
