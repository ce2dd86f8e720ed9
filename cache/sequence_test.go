package cache

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"iceexplorer/cache/pathname"
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

func TestFramesMissingBetweenWholeOnesAreNamed(t *testing.T) {
	t.Parallel()
	for want, numbers := range map[string][]Number{
		"1-3, 1 missing: 2.5":        {1, 1.25, 1.5, 1.75, 2, 2.25, 2.75, 3},
		"1-3":                        {1, 1.333, 2, 2.667, 3},
		"1-4, 1 missing: 2.333":      {1, 1.333, 1.667, 2, 2.667, 3, 3.333, 3.667, 4},
		"-1 to 1, 1 missing: 0.5":    {-1, -0.9, -0.8, -0.7, -0.6, -0.5, -0.4, -0.3, -0.2, -0.1, 0, 0.1, 0.2, 0.3, 0.4, 0.6, 0.7, 0.8, 0.9, 1},
		"1.75-4.125":                 {1.75, 1.875, 2, 2.125, 2.25, 2.75, 2.875, 3, 3.125, 3.25, 3.75, 3.875, 4, 4.125},
		"1.75-4.25":                  {1.75, 2, 2.25, 2.75, 3, 3.25, 3.75, 4, 4.25}, // about whole ones
		"0.5-5.5, 1 missing: 3":      {0.5, 1.5, 2.5, 4.5, 5.5},
		"1-9, 4 missing: 2, 4, 6, 8": {1, 3, 5, 7, 9},
		"1-3.9":                      {1, 1.0417, 1.3719, 2, 3.9},
		"0-999999999.5, 1999999993 missing: 3-999999999": {0, 0.5, 1, 1.5, 2, 2.5, 999999999.5},
	} {
		s := Sequence{Numbered: true}
		for _, n := range numbers {
			s.Frames = append(s.Frames, FrameFile{Number: n})
		}
		if got := s.Summary(); got != want {
			t.Errorf("%v: %q, want %q", numbers, got, want)
		}
	}
}

func FuzzSequenceNames(f *testing.F) {
	for _, s := range []string{"name_1.icecache", "name.[1..100;4].icecache", "-5.icecache", "a-1.h5", "_._-.icecache.sih5", "[..].icecache", "n.1-9x2####.icecache", "n.%04d.h5 1-2", "n.$F4.h5", "a.1.0/a.1.5/a.2/a.02", "n_1/n_01/n_-1/n_10"} {
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
		n, ok := parseNotation(name)
		if ok && len(n.prefix)+len(n.suffix) >= len(name) {
			t.Errorf("parseNotation(%q) = %+v", name, n)
		}
		for _, s := range n.spans {
			if s.First > s.Last || s.Step < 0 {
				t.Errorf("parseNotation(%q) = %+v", name, n)
			}
		}
		// Beside others, in whatever mixture, every file has a place of its own.
		parts := strings.Split(name, "/")
		var all []*reading
		for _, part := range parts {
			all = append(all, read("d", part+".icecache", false), read("d", part+".icecache.sih5", true))
		}
		readAll(all)
		for _, r := range all {
			if !strings.HasPrefix(r.stem, r.key.prefix) || !r.none && !strings.HasSuffix(r.stem, r.key.suffix) || r.gone {
				t.Errorf("%q among %q is read as %+v", r.stem, parts, r)
			}
		}
		if pathname.Compare(name, name) != 0 || pathname.Compare(name, stem) != -pathname.Compare(stem, name) {
			t.Errorf("there is no order of %q, %q", name, stem)
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

func TestConvertedFramesLieInOneFolderUnlessTheyAreBesideTheirSources(t *testing.T) {
	t.Parallel()
	root, to := t.TempDir(), t.TempDir()
	for _, name := range []string{"a/x.1.icecache", "a/x.2.icecache", "a/.sih5/x.2.icecache.sih5", "b/x.1.icecache"} {
		path := filepath.Join(root, name)
		if err := errors.Join(os.MkdirAll(filepath.Dir(path), 0o755), os.WriteFile(path, nil, 0o600)); err != nil {
			t.Fatal(err)
		}
	}
	found, err := Discover(filepath.Join(root, "a"), filepath.Join(root, "b"))
	if err != nil || len(found.Sequences) != 2 {
		t.Fatalf("%v: %+v", err, found)
	}
	a, b := found.Sequences[0], found.Sequences[1]
	was := a.Frames[0].Converted
	copied := a
	a.ConvertTo(to)
	b.ConvertTo(to)
	if copied.Frames[0].Converted != was {
		t.Error("the frames of a copy have changed")
	}
	one, two, other := a.Frames[0].Converted, a.Frames[1].Converted, b.Frames[0].Converted
	if filepath.Dir(filepath.Dir(one)) != to || filepath.Base(one) != "x.1.icecache.sih5" || one == other || filepath.Dir(filepath.Dir(other)) != to {
		t.Errorf("converted to %s and %s", one, other)
	}
	if two != ConvertedPath(a.Frames[1].Source) {
		t.Errorf("what lies beside its source is sought in %s", two)
	}
	b.ConvertTo("")
	if b.Frames[0].Converted != other {
		t.Error("no folder changes something")
	}
}
