package cache

import (
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"testing"
)

// fill makes empty files, and folders of those that end in a slash.
func fill(t *testing.T, dir string, names ...string) {
	t.Helper()
	for _, n := range names {
		path := filepath.Join(dir, n)
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, nil, 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

func TestAFolderIsItsSequencesAndTheRest(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	fill(t, dir, "a_1.icecache", "a_3.icecache", "single.icecache", "notes.txt", "below/b_1.icecache", ".sih5/c_1.icecache.sih5", ".sih5/a_1.icecache.sih5", "day.iceview")
	if runtime.GOOS == "windows" { // where links take a privilege
		fill(t, dir, "a_4.icecache/inside")
	} else if err := os.Symlink("nowhere", filepath.Join(dir, "a_4.icecache")); err != nil {
		t.Fatal(err)
	}
	found, others, err := new(Finder).Folder(dir)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, s := range found.Sequences {
		got = append(got, fmt.Sprintf("%s %s", s.Name, s.Summary()))
	}
	for _, e := range others {
		got = append(got, e.Name())
	}
	want := []string{"a 1-3, 1 missing: 2", "c 1", "single single frame", ".sih5", "a_4.icecache", "below", "day.iceview", "notes.txt"}
	if !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
	if _, _, err := new(Finder).Folder(filepath.Join(dir, "gone")); err == nil {
		t.Error("a folder that is gone is no error")
	}
}

// What a sequence is found by leads to all of its frames, and to no others.
func TestTheNameOfASequenceLeadsToItAgain(t *testing.T) {
	t.Parallel()
	for _, names := range [][]string{
		{"a_1.icecache", "a_2.icecache", "b_1.icecache", "b_2.icecache"},
		{"a_001.icecache", "a_002.icecache", "a_1.icecache", "a_2.icecache"},
		{"a_[1..2;4]_1.icecache", "a_[1..2;4]_2.icecache"},
		{"a_#_1_x.icecache", "a_#_2_x.icecache"},
		{"a_1_#.icecache", "a_2_#.icecache"},
		{"a_1.icecache", "a_2.sih5", "a_3.icecache"},
		{".sih5/a_1.icecache.sih5", ".sih5/a_2.icecache.sih5"},
		{"a_101.icecache", "a_101.5.icecache", "a_102.icecache"},
		{"A_1.ICECACHE", "A_2.ICECACHE"},
		{"x 1-5_1.icecache", "x 1-5_2.icecache"},
		{"-1.icecache", "0.icecache", "1.icecache"},
		{"alone.icecache", "other.icecache"},
	} {
		dir := t.TempDir()
		fill(t, dir, names...)
		found, _, err := new(Finder).Folder(dir)
		if err != nil {
			t.Fatal(err)
		}
		for _, s := range found.Sequences {
			paths := s.Paths()
			again, err := Discover(paths...)
			if err != nil || len(again.Sequences) != 1 || !again.Sequences[0].Same(&s) || fmt.Sprint(again.Sequences[0].Frames) != fmt.Sprint(s.Frames) {
				t.Errorf("%q: %s by %q: %v, %v", names, s.Name, paths, again.Sequences, err)
			}
		}
	}
}

// A sequence that was opened by its name and not by its folder gets, on reload, the frames that
// were written since.
func TestANameWithoutNumbersMeansTheWholeSequence(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	fill(t, dir, "a_1.icecache", "a_2.icecache")
	for name, want := range map[string]bool{"a_#.icecache": true, "a_[1..2;1].icecache": false, "a_1.icecache": false} {
		found, err := Discover(filepath.Join(dir, name))
		if err != nil || len(found.Sequences) != 1 || found.Sequences[0].Whole != want {
			t.Errorf("%s: %v, %+v", name, err, found.Sequences)
		}
	}
}
