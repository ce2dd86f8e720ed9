package cache

import (
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
