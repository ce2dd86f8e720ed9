package cli

import (
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"iceexplorer/app/look"
	"iceexplorer/app/sample"
	"iceexplorer/app/sessionfile"
	"iceexplorer/cache"
	"iceexplorer/cache/pathname"
	"iceexplorer/gfx/style"
)

// at is a number of a session file.
func at(n cache.Number) *cache.Number { return &n }

// shotOf writes two sequences of six frames and a session of them: b, called Smoke, comes two
// frames later, has a look of its own and is behind a.
func shotOf(t *testing.T, change func(*sessionfile.File)) (dir, path string) {
	t.Helper()
	dir = t.TempDir()
	for i, n := range []string{"a", "b"} {
		if err := sample.Write(t.Context(), filepath.Join(dir, n), sample.Options{Points: 200, Frames: 6, Seed: uint64(i + 1)}); err != nil {
			t.Fatal(err)
		}
	}
	file := pathname.Text(sample.FileName(1))
	own := look.Default()
	own.ColorMode, own.FixedSize = style.ColorConstant, 6
	s := &sessionfile.File{
		Look: look.Default(), FPS: 30, Camera: &sessionfile.Camera{Target: [3]float64{0, 6, 0}, Distance: 40, Yaw: 30, Pitch: 10, Fov: 40},
		Sequences: []sessionfile.Sequence{
			{Name: "fountain", Folder: "a", File: file, Active: true},
			{Name: "fountain", Folder: "b", File: file, Title: "Smoke", Timing: &sessionfile.Timing{Offset: 2, Scale: 1}, Look: &sessionfile.Look{Look: own}},
		},
	}
	if change != nil {
		change(s)
	}
	path = filepath.Join(dir, "shot.iceview")
	if err := s.Save(path); err != nil {
		t.Fatal(err)
	}
	return dir, path
}

func TestRenderDrawsASessionAsItSays(t *testing.T) {
	needEGL(t)
	draw := func(frame string, change func(*sessionfile.File), flags ...string) string {
		t.Helper()
		_, path := shotOf(t, change)
		out := filepath.Join(t.TempDir(), "p.png")
		must(t, append([]string{"render", "-o", out, "--size", "240x180", "--frames", frame, path}, flags...)...)
		return out
	}
	base := draw("4", nil)
	if n := differ(readPNG(t, base), readPNG(t, draw("4", nil))); n != 0 {
		t.Errorf("the same twice differs in %d pixels", n)
	}
	smoke := func(do func(*sessionfile.Sequence)) func(*sessionfile.File) {
		return func(f *sessionfile.File) { do(&f.Sequences[1]) }
	}
	for what, picture := range map[string]string{
		"another frame":   draw("5", nil),
		"hidden":          draw("4", smoke(func(s *sessionfile.Sequence) { s.Hidden = true })),
		"alone":           draw("4", smoke(func(s *sessionfile.Sequence) { s.Solo = true })),
		"another offset":  draw("4", smoke(func(s *sessionfile.Sequence) { s.Timing.Offset = 1 })),
		"half the speed":  draw("4", smoke(func(s *sessionfile.Sequence) { s.Timing.Scale = 0.5 })),
		"the common look": draw("4", smoke(func(s *sessionfile.Sequence) { s.Look = nil })),
		"seen through":    draw("4", smoke(func(s *sessionfile.Sequence) { s.Look.Opacity = 0.3 })),
		"without grid":    draw("4", func(f *sessionfile.File) { f.Look.Grid = false }),
		"clipped": draw("4", func(f *sessionfile.File) {
			f.Look.ClipMode, f.Look.ClipMin, f.Look.ClipMax = look.ClipBox, [3]float64{-100, -100, -100}, [3]float64{100, 5, 100}
		}),
		"filtered":           draw("4", func(f *sessionfile.File) { f.Rows.Filter, f.Rows.Only = "ID < 50", true }),
		"another camera":     draw("4", func(f *sessionfile.File) { f.Camera.Yaw = 60 }),
		"Z up":               draw("4", func(f *sessionfile.File) { f.ZUp = true }),
		"all in view":        draw("4", func(f *sessionfile.File) { f.Camera = nil }),
		"--view":             draw("4", nil, "--view", "top"),
		"--where":            draw("4", nil, "--where", "ID < 50"),
		"--color-by":         draw("4", nil, "--color-by", "PointVelocity.mag"),
		"--color-by of both": draw("4", nil, "--color-by", "PointVelocity.mag * 2"),
		"--points":           draw("4", nil, "--points", "9"),
		"--background":       draw("4", nil, "--background", "804020"),
		"--plain":            draw("4", nil, "--plain"),
	} {
		if n := differ(readPNG(t, base), readPNG(t, picture)); n < 40 {
			t.Errorf("%s: %d pixels differ", what, n)
		}
	}
	if n := differ(readPNG(t, draw("4", smoke(func(s *sessionfile.Sequence) { s.Hidden = true }))), readPNG(t, draw("4", func(f *sessionfile.File) { f.Sequences[0].Solo = true }))); n != 0 {
		t.Errorf("one alone is not as with the other hidden: %d pixels differ", n)
	}
}

func TestRenderDrawsTheRangeOfASession(t *testing.T) {
	needEGL(t)
	between := true
	for name, c := range map[string]struct {
		change func(*sessionfile.File)
		flags  string
		want   string
	}{
		"all":     {nil, "", "1.png 2.png 3.png 4.png 5.png 6.png 7.png 8.png"},
		"in, out": {func(f *sessionfile.File) { f.In, f.Out = at(3), at(5) }, "", "3.png 4.png 5.png"},
		"asked":   {func(f *sessionfile.File) { f.In, f.Out = at(3), at(5) }, "--frames 1-7x3", "1.png 4.png 7.png"},
		"between": {func(f *sessionfile.File) { f.Interpolate = &between }, "--frames 2.5", "2.500000.png"},
		"slow":    {func(f *sessionfile.File) { f.Sequences[1].Timing = &sessionfile.Timing{Scale: 0.5} }, "", "1.png 10.png 11.png 2.png 3.png 4.png 5.png 6.png 7.png 8.png 9.png"},
		"hidden":  {func(f *sessionfile.File) { f.Sequences[1].Hidden = true }, "", "1.png 2.png 3.png 4.png 5.png 6.png"},
		"of them": {func(f *sessionfile.File) { f.Sequences[0].Hidden = true }, "--frames 1-4", "3.png 4.png"},
	} {
		_, path := shotOf(t, c.change)
		to := t.TempDir()
		out := must(t, append([]string{"render", "-o", filepath.Join(to, "%d.png"), "--size", "64x48", path}, strings.Fields(c.flags)...)...)
		got := strings.Join(tree(t, to), " ")
		if name == "between" {
			if len(tree(t, to)) != 1 || !strings.HasPrefix(out, "1 picture ") {
				t.Errorf("%s: %s", name, got)
			}
			continue
		}
		if got != c.want {
			t.Errorf("%s: %s", name, got)
		}
	}
}

// What is between two frames is neither of them, and a number without a file is as asked for.
func TestRenderOfASessionDrawsWhatIsBetweenAndMissing(t *testing.T) {
	needEGL(t)
	dir, path := shotOf(t, func(f *sessionfile.File) { f.Sequences = f.Sequences[:1] })
	if err := os.Remove(filepath.Join(dir, "a", sample.FileName(4))); err != nil {
		t.Fatal(err)
	}
	draw := func(name, frames, missing string) func(string) string {
		to := filepath.Join(t.TempDir(), name)
		must(t, "render", "-o", filepath.Join(to, "%d.png"), "--size", "160x120", "--plain", "--frames", frames, "--missing", missing, path)
		return func(n string) string { return filepath.Join(to, n+".png") }
	}
	whole, half := draw("whole", "2,3", "skip"), draw("half", "2.5", "skip")
	between, err := filepath.Glob(half("*"))
	if err != nil || len(between) != 1 {
		t.Fatalf("%v, %v", between, err)
	}
	for _, n := range []string{"2", "3"} {
		if differ(readPNG(t, whole(n)), readPNG(t, between[0])) < 50 {
			t.Errorf("frame %s and what is between 2 and 3 are the same", n)
		}
	}
	hold, empty := draw("hold", "3-5", "hold"), draw("empty", "3-5", "empty")
	if differ(readPNG(t, hold("3")), readPNG(t, hold("4"))) != 0 || differ(readPNG(t, hold("5")), readPNG(t, hold("4"))) < 50 {
		t.Error("frame 4 is not held")
	}
	if differ(readPNG(t, empty("3")), readPNG(t, empty("4"))) < 50 || differ(readPNG(t, empty("3")), readPNG(t, hold("3"))) != 0 {
		t.Error("frame 4 is not empty")
	}
	if r := do(t, "render", "-o", filepath.Join(t.TempDir(), "%d.png"), "--frames", "4", path); r.status != StatusFailed || !strings.Contains(r.errors, "none of these frames exists") {
		t.Errorf("%+v", r)
	}
}

func TestRenderRefusesASessionThatCannotBeDrawn(t *testing.T) {
	needEGL(t)
	dir, path := shotOf(t, func(f *sessionfile.File) { f.Sequences[1].Folder, f.Sequences[1].Was = "gone", "" })
	_, whole := shotOf(t, nil)
	broken := filepath.Join(dir, "broken.iceview")
	if err := os.WriteFile(broken, []byte("{"), 0o600); err != nil {
		t.Fatal(err)
	}
	to := t.TempDir()
	for _, c := range []struct {
		args   []string
		status int
		want   string
	}{
		{[]string{path}, StatusFailed, "1 of 2 sequences is not where the session says, such as "},
		{[]string{broken}, StatusFailed, "this is no session, or it is damaged"},
		{[]string{filepath.Join(dir, "none.iceview")}, StatusFailed, systems(syscall.ENOENT)},
		{[]string{whole, dir}, StatusUsage, "a session is drawn alone"},
		{[]string{whole, "--measure", "all"}, StatusUsage, "--measure is for files and folders"},
		{[]string{whole, "--frames", "40-50"}, StatusFailed, "none of these frames exists, only 1 to 8"},
		{[]string{whole, "--frames", "1-8x0.0000001"}, StatusUsage, "take a larger step"},
		{[]string{whole, "--color-by", "Nope"}, StatusFailed, `there is no "Nope" to colour by`},
		{[]string{whole, "--color-by", "Age +"}, StatusUsage, "--color-by"},
	} {
		r := do(t, append([]string{"render", "-o", filepath.Join(to, "%d.png"), "--size", "64x48"}, c.args...)...)
		if r.status != c.status || !strings.Contains(r.errors, c.want) {
			t.Errorf("%v: %+v", c.args, r)
		}
	}
	if left := tree(t, to); len(left) > 0 {
		t.Errorf("left %v", left)
	}
	if r := do(t, "render", "-o", filepath.Join(to, "p.png"), whole); r.status != StatusUsage || !strings.Contains(r.errors, "need a place for the number") {
		t.Errorf("%+v", r)
	}
}

func TestRenderOfASessionNamesDamagedFramesAndGoesOn(t *testing.T) {
	needEGL(t)
	dir, path := shotOf(t, nil)
	if err := os.WriteFile(filepath.Join(dir, "a", sample.FileName(2)), []byte("ICECACHE, but not really"), 0o666); err != nil {
		t.Fatal(err)
	}
	to := t.TempDir()
	r := do(t, "render", "-o", filepath.Join(to, "%d.png"), "--size", "64x48", path)
	if r.status != StatusFailed || !strings.Contains(r.errors, sample.FileName(2)) || !strings.HasPrefix(r.out, "7 pictures") || len(tree(t, to)) != 7 {
		t.Errorf("%+v, wrote %v", r, tree(t, to))
	}
	film := filepath.Join(to, "new", "f.gif")
	if r := do(t, "render", "--dry-run", "-o", film, "--size", "64x48", path); r.status != StatusOK || !strings.HasPrefix(r.out, "would draw 8 pictures of 64x48, frames 1 to 8: "+film) {
		t.Errorf("%+v", r)
	}
}
