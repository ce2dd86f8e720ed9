package window

import "testing"

// letter is a glyph 10 pixels wide and high.
func letter(r rune) glyph {
	return glyph{char: r, uv: box{0.1, 0.1, 0.2, 0.2}, at: box{0, 0, 10, 10}, advance: 10}
}

func TestTextsAreReadFromWhatIsDrawn(t *testing.T) {
	t.Parallel()
	whole := letter('a').uv
	left, low := box{0.1, 0.1, 0.15, 0.2}, box{0.1, 0.1, 0.2, 0.15}
	wide := box{0, 0, 1000, 1000}
	type drawn struct {
		x, y  float32
		uv    box
		clip  box
		color bool
	}
	for _, tc := range []struct {
		name         string
		all          []drawn
		want         []string
		cut, cutDown bool // of the last
	}{
		{"a word", []drawn{{5, 5, whole, wide, true}, {15, 5, whole, wide, true}}, []string{"aa"}, false, false},
		{"two words", []drawn{{5, 5, whole, wide, true}, {19, 5, whole, wide, true}}, []string{"a a"}, false, false},
		{"two columns", []drawn{{5, 5, whole, wide, true}, {60, 5, whole, wide, true}}, []string{"a", "a"}, false, false},
		{"two lines", []drawn{{5, 5, whole, wide, true}, {15, 25, whole, wide, true}}, []string{"a", "a"}, false, false},
		{"at an edge", []drawn{{5, 5, whole, box{0, 0, 9, 100}, true}}, []string{"a"}, true, false},
		{"reaches over an edge by its bearing", []drawn{{5, 5, whole, box{0, 0, 14, 100}, true}}, []string{"a"}, false, false},
		{"below an edge", []drawn{{5, 5, whole, box{0, 8, 100, 100}, true}}, []string{"a"}, false, true},
		{"cut by ImGui", []drawn{{5, 5, left, wide, true}}, []string{"a"}, true, false},
		{"cut by ImGui below", []drawn{{5, 5, low, wide, true}}, []string{"a"}, false, true},
		{"a descender that ImGui cuts by a pixel", []drawn{{5, 5, box{0.1, 0.1, 0.2, 0.19}, wide, true}}, []string{"a"}, false, false},
		{"out of sight", []drawn{{5, 5, whole, box{200, 0, 300, 100}, true}}, nil, false, false},
		{"invisible", []drawn{{5, 5, whole, wide, false}}, nil, false, false},
	} {
		var out []phrase
		for _, d := range tc.all {
			size := box{0, 0, 100 * (d.uv.x1 - d.uv.x0), 100 * (d.uv.y1 - d.uv.y0)}
			at := box{d.x, d.y, d.x + size.x1, d.y + size.y1}
			out = join(out, letter('a'), at, d.uv, d.clip, d.uv == whole, d.color)
		}
		var got []string
		for _, p := range out {
			got = append(got, string(p.text))
		}
		if len(got) != len(tc.want) {
			t.Errorf("%s: %q, want %q", tc.name, got, tc.want)
			continue
		}
		for i := range got {
			if got[i] != tc.want[i] {
				t.Errorf("%s: %q, want %q", tc.name, got, tc.want)
			}
		}
		if n := len(out); n > 0 && (out[n-1].cut != tc.cut || out[n-1].cutDown != tc.cutDown) {
			t.Errorf("%s: cut %v, below %v", tc.name, out[n-1].cut, out[n-1].cutDown)
		}
	}
}

func TestPartsOfTheTextureAreGlyphsOrLessThanThem(t *testing.T) {
	t.Parallel()
	a := letter('a')
	all := glyphs{a.uv: a}
	if g, whole, ok := all.find(a.uv); !ok || !whole || g.char != 'a' {
		t.Errorf("a glyph: %v %v %v", g, whole, ok)
	}
	if _, whole, ok := all.find(box{0.12, 0.1, 0.2, 0.2}); !ok || whole {
		t.Errorf("a part of a glyph: whole %v, found %v", whole, ok)
	}
	if _, _, ok := all.find(box{0.5, 0.5, 0.6, 0.6}); ok {
		t.Error("a part of a picture is taken for a glyph")
	}
}

func TestMenusAreMovedIntoTheWindow(t *testing.T) {
	t.Parallel()
	room := box{0, 0, 800, 600}
	for _, tc := range [][2]box{
		{{10, 10, 200, 300}, {10, 10, 200, 300}}, {{700, 10, 900, 300}, {600, 10, 800, 300}}, {{-5, 500, 100, 700}, {0, 400, 105, 600}},
		{{10, 10, 900, 300}, {0, 10, 890, 300}}, // it begins in sight
	} {
		if got := tc[0].into(room); got != tc[1] {
			t.Errorf("%v: %v, want %v", tc[0], got, tc[1])
		}
	}
}

func TestDotsThatStandForAPartOfATextAreFound(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]bool{
		"": false, "fountain": false, "Export...": false, "Open files... Ctrl+O": false, "Reading... 3 s": false, "...": true, "..": true, "\uf06e ..": true,
		"foun...tain": true, "/tmp/a...2.icecache": true, "1.5": false, ".sih5": false, "a..b": false,
	} {
		if shortened(text) != want {
			t.Errorf("%q: %v", text, !want)
		}
	}
}
