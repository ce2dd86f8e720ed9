package interop_test

import (
	"math"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"iceexplorer/cache"
	"iceexplorer/cache/export"
)

// stage writes frames, numbered from 1, and returns the folder.
func stage(t *testing.T, chosen map[string]string, frames ...*cache.Frame) string {
	t.Helper()
	f := format(t, "usda")
	v, err := f.Parse(chosen)
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	err = f.Do(t.Context(), export.Job{Number: 1, Path: filepath.Join(dir, "a.usda"), Options: v, Frames: func(yield func(export.Numbered, error) bool) {
		for i, frame := range frames {
			if !yield(export.Numbered{Frame: frame, Number: cache.Number(i + 1)}, nil) {
				return
			}
		}
	}})
	if err != nil {
		t.Fatal(err)
	}
	return dir
}

// points are what a layer is to have of a frame, by name.
func points(t *testing.T, frame *cache.Frame) map[string]string {
	t.Helper()
	f := format(t, "usda")
	v, err := f.Parse(nil)
	if err != nil {
		t.Fatal(err)
	}
	own := regexp.MustCompile("^(points|velocities|normals|ids|widths)$")
	want := map[string]string{}
	for _, p := range f.Places(frame.Index(), v) {
		if p.As == nil {
			continue
		}
		values := rows(frame.Attribute(p.Attribute), uint64(frame.Header.Points))
		if len(p.As) == 2 { // colours have their alpha apart
			color, alpha := "", ""
			for _, c := range strings.Split(strings.TrimSuffix(values, "],"), "],") {
				if at := strings.LastIndexByte(strings.TrimSuffix(c, ","), ','); at >= 0 {
					color, alpha = color+c[:at+1]+"],", alpha+c[at+1:]
				}
			}
			want["primvars:"+p.As[0]], want["primvars:"+p.As[1]] = color, alpha
			continue
		}
		name := p.As[0]
		if !own.MatchString(name) {
			name = "primvars:" + name
		}
		if name == "widths" { // twice the radius
			values = regexp.MustCompile("[0-9a-f]{8}").ReplaceAllStringFunc(values, func(s string) string {
				n, _ := strconv.ParseUint(s, 16, 32)
				return bits(2 * math.Float32frombits(uint32(n)))
			})
		}
		want[name] = values
	}
	return want
}

// alike reports that values are the same but for a rounding error, and that what is no number
// is 3.
func alike(got, want string) bool {
	a, b := strings.Split(got, ","), strings.Split(want, ",")
	if len(a) != len(b) {
		return false
	}
	float := func(s string) (float64, bool) {
		n, err := strconv.ParseUint(strings.TrimPrefix(s, "["), 16, 32)
		return float64(math.Float32frombits(uint32(n))), err == nil && len(strings.TrimPrefix(s, "[")) == 8
	}
	for i := range a {
		if a[i] == b[i] {
			continue
		}
		x, isFloat := float(a[i])
		y, number := float(b[i])
		if y-y != 0 || !number {
			y = 3
		}
		if !isFloat || math.Abs(x-y) > 1e-6*math.Abs(y)+1e-37 {
			return false
		}
	}
	return true
}

func check(t *testing.T, got, want map[string]string, same func(got, want string) bool) {
	t.Helper()
	for name, w := range want {
		if g, ok := got[name]; !ok || !same(g, w) {
			t.Errorf("%s: %.150q, want %.150q (there is one: %v)", name, g, w, ok)
		}
		delete(got, name)
	}
	if len(want) == 0 || len(got) > 0 {
		t.Errorf("of %d there are more: %.200q", len(want), got)
	}
}

func TestLayersOfUSDHaveAllValues(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, frame *cache.Frame) {
		layer := filepath.Join(stage(t, nil, frame), "a.1.usda")
		check(t, columns(t, python(t, "re", "usda.py", layer)), points(t, frame), func(got, want string) bool { return got == want })
	})
}

func TestLayersOfUSDAreReadByTinyUSDZ(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, frame *cache.Frame) {
		layer := filepath.Join(stage(t, nil, frame), "a.1.usda")
		read := filepath.Join(t.TempDir(), "read.usda")
		text := strings.Join(node(t, "tinyusdz", "tinyusdz.mjs", layer), "\n") + "\n"
		if err := os.WriteFile(read, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		want := points(t, frame)
		got := columns(t, python(t, "re", "usda.py", read))
		for _, name := range []string{"primvars:Strings", "ids"} { // it shows escapes in its own way, and of int64 the first digit
			_, wanted := want[name]
			if _, ok := got[name]; ok != wanted {
				t.Errorf("%s is there: %v", name, ok)
			}
			delete(want, name)
			delete(got, name)
		}
		check(t, got, want, alike)
	})
}
