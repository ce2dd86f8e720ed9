package export

import (
	"testing"

	"iceexplorer/cache"
)

func TestPatternPutsTheFrameInItsPlace(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		name, want string
		numbered   bool
	}{
		{"a.png", "a.png", false}, {"a%d.png", "a7.png", true}, {"%04d.PNG", "0007.PNG", true}, {"100%%_%3d.png", "100%_  7.png", true},
		{"100%%.png", "100%.png", false},
	} {
		n, err := ParsePattern(tc.name, Picture())
		if err != nil || n.Of(7) != tc.want || n.Numbered() != tc.numbered {
			t.Errorf("%s: %q, %v", tc.name, n.Of(7), err)
		}
	}
	for _, bad := range []string{"", "a.jpg", "a%s.png", "a%d%d.png", "%", "%d%.png", "a%-3d.png"} {
		if _, err := ParsePattern(bad, Picture()); err == nil {
			t.Errorf("%q is taken", bad)
		}
	}
}

func TestFilesOfSubFramesSortAsTheFramesDo(t *testing.T) {
	t.Parallel()
	for pattern, want := range map[string][]string{
		"f_%04d.png":    {"f_-005.50.png", "f_0000.00.png", "f_0101.00.png", "f_0101.25.png", "f_12345.50.png"},
		"%d.png":        {"-5.50.png", "0.00.png", "101.00.png", "101.25.png", "12345.50.png"},
		"%% %4d %%.png": {"%   -5.50 %.png", "%    0.00 %.png", "%  101.00 %.png", "%  101.25 %.png", "% 12345.50 %.png"},
	} {
		frames := []cache.Number{-5.5, 0, 101, 101.25, 12345.5}
		n, err := ParsePattern(pattern, Picture())
		if err != nil {
			t.Fatal(err)
		}
		for i, f := range frames {
			if got := n.For(frames).Of(f); got != want[i] {
				t.Errorf("%s of %v is %q, want %q", pattern, f, got, want[i])
			}
		}
	}
}

func TestNameOfASingleFileIsTakenAsItIs(t *testing.T) {
	t.Parallel()
	for _, path := range []string{"a.png", "100%.png", "%d/%%.png"} {
		if n := Named(path); n.Of(7) != path || n.Numbered() {
			t.Errorf("%q became %q", path, n.Of(7))
		}
	}
}
