package cli

import (
	"image/gif"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"testing"

	"iceexplorer/app/look"
	"iceexplorer/app/sessionfile"
)

func gifOf(t *testing.T, path string) *gif.GIF {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	g, err := gif.DecodeAll(f)
	if err != nil {
		t.Fatal(err)
	}
	return g
}

func TestRenderMakesAFilmOfAllFrames(t *testing.T) {
	needEGL(t)
	dir, to := smallSequence(t, 6), t.TempDir()
	path := filepath.Join(to, "film.gif")
	out := must(t, "render", "-o", path, "--frames", "1-3x0.5", "--fps", "25", "--size", "161x91", dir)
	if !strings.HasPrefix(out, "5 pictures of 161x91 in ") || !strings.HasSuffix(out, ": "+path+"\n") {
		t.Errorf("printed %q", out)
	}
	g := gifOf(t, path)
	if len(g.Image) != 5 || g.Delay[0] != 4 || g.Config.Width != 161 || strings.Join(tree(t, to), " ") != "film.gif" {
		t.Errorf("%d pictures of %d pixels, each for %d hundredths of a second; %q", len(g.Image), g.Config.Width, g.Delay[0], tree(t, to))
	}
	must(t, "render", "-o", filepath.Join(to, "film.png"), "--film", "apng", "--size", "160x90", dir)
	b, err := os.ReadFile(filepath.Join(to, "film.png"))
	if err != nil || strings.Count(string(b), "fcTL") != 6 {
		t.Errorf("%d pictures in the animated PNG, %v", strings.Count(string(b), "fcTL"), err)
	}
}

// A frame that cannot be read is missing in the film, which is there all the same, with an exit
// status that says so.
func TestAFilmLacksOnlyWhatCannotBeRead(t *testing.T) {
	needEGL(t)
	dir, to := smallSequence(t, 4), t.TempDir()
	frames, _ := filepath.Glob(filepath.Join(dir, "*.icecache"))
	if err := os.WriteFile(frames[1], []byte("no cache"), 0o600); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(to, "film.gif")
	if r := do(t, "render", "-o", path, "--size", "80x60", dir); r.status != StatusFailed {
		t.Errorf("%+v", r)
	}
	if n := len(gifOf(t, path).Image); n != 3 {
		t.Errorf("%d pictures", n)
	}
}

// The camera is that of the session, and passes those that it remembers.
func TestRenderGoesThroughTheCamerasOfASession(t *testing.T) {
	needEGL(t)
	dir, to := smallSequence(t, 3), t.TempDir()
	view := filepath.Join(to, "a.iceview")
	s := &sessionfile.File{
		Sequences: []sessionfile.Sequence{{Name: "a", Folder: ".", File: "a"}}, Look: look.Default(),
		Camera:  &sessionfile.Camera{Distance: 40, Yaw: 30, Fov: 40},
		Cameras: []look.Viewpoint{{Name: "near", Distance: 15, Yaw: 10, Fov: 40}, {Name: "far", Distance: 60, Yaw: 80, Fov: 40}},
	}
	if err := s.Save(view); err != nil {
		t.Fatal(err)
	}
	draw := func(name string, flags ...string) func(string) string {
		must(t, append([]string{"render", "-o", filepath.Join(to, name+"_%d.png"), "--size", "160x120", "--plain"}, append(flags, dir)...)...)
		return func(frame string) string { return filepath.Join(to, name+"_"+frame+".png") }
	}
	stays, goes, back := draw("stays", "--view", view), draw("goes", "--view", view, "--camera", "bookmarks"), draw("back", "--view", view, "--camera", "bookmarks:far@1,near@3", "--straight")
	if differ(readPNG(t, goes("2")), readPNG(t, back("2"))) > 1000 || differ(readPNG(t, goes("1")), readPNG(t, stays("1"))) < 50 {
		t.Error("the camera is not between the two in the middle, or not at the first at the beginning")
	}
	if differ(readPNG(t, goes("1")), readPNG(t, goes("3"))) < 50 {
		t.Error("the camera stays")
	}
}

func TestADryRunOfRenderShowsTheCommandAndWritesNothing(t *testing.T) {
	dir, to, bin := smallSequence(t, 2), t.TempDir(), t.TempDir()
	tool := "ffmpeg"
	if runtime.GOOS == "windows" {
		tool += ".exe"
	}
	if err := os.WriteFile(filepath.Join(bin, tool), []byte("#!/bin/sh\n"), 0o700); err != nil {
		t.Fatal(err)
	}
	t.Setenv("PATH", bin)
	path := filepath.Join(to, "new", "film.mov")
	r := do(t, "render", "--dry-run", "-o", path, "--size", "641x360", "--fps", "23.976", dir)
	if r.status != 0 || !strings.HasPrefix(r.out, "would draw 2 pictures of 642x360, frames 1 to 2: "+path+"\nffmpeg ") ||
		!strings.Contains(r.out, "-framerate 23.976") || !strings.Contains(r.errors, "even numbers") {
		t.Errorf("%+v", r)
	}
	t.Setenv("PATH", to)
	if r := do(t, "render", "-o", path, dir); r.status != StatusFailed || !strings.Contains(r.errors, "needs the program ffmpeg, which is not installed") {
		t.Errorf("without ffmpeg: %+v", r)
	}
	if left := tree(t, to); len(left) > 0 {
		t.Errorf("%q was written", left)
	}
}

func TestRenderRefusesFilmsThatCannotBe(t *testing.T) {
	t.Parallel()
	for want, args := range map[string][]string{
		"no place for a frame's number":         {"-o", "a_%d.gif"},
		"want gif, apng, mp4 or prores":         {"-o", "a.gif", "--film", "avi"},
		"want a name that ends in .gif":         {"-o", "a.mp4", "--film", "gif"},
		"want a name that ends in .png or .exr": {"-o", "a.jpg"},
		"want turntable, turntable:180":         {"-o", "a.gif", "--camera", "fly"},
		"add --view FILE.iceview":               {"-o", "a.gif", "--camera", "bookmarks"},
		"or become a film: -o film.mp4":         {"-o", "a.png"},
		"want degrees such as 180":              {"-o", "a.gif", "--camera", "turntable:once"},
		systems(syscall.ENOENT) + ": b.iceview": {"-o", "a.gif", "--view", "b.iceview"},
	} {
		r := do(t, append(append([]string{"render"}, args...), smallSequence(t, 2))...)
		if r.status == 0 || !strings.Contains(r.errors, want) {
			t.Errorf("%q: %+v", args, r)
		}
	}
}
