package film

import (
	"context"
	"errors"
	"fmt"
	"image"
	"image/draw"
	"image/png"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"
)

// envTool has the test binary be an ffmpeg that does as one of fakes says.
const envTool = "ICEEXPLORER_TEST_FFMPEG"

func TestMain(m *testing.M) {
	name := os.Getenv(envTool)
	if name == "" {
		os.Exit(m.Run())
	}
	os.Exit(fakes[name](strings.TrimPrefix(os.Args[len(os.Args)-1], "file:")))
}

// unknown is what an ffmpeg without that encoder says.
const unknown = "Unknown encoder 'libx264'"

// fakes are ffmpegs that are to write the file out.
var fakes = map[string]func(out string) (status int){
	"writes what it is given": func(out string) int {
		data, err := io.ReadAll(os.Stdin)
		if err == nil {
			err = errors.Join(os.WriteFile(out, data, 0o600), os.WriteFile(filepath.Join(filepath.Dir(out), "args"), []byte(strings.Join(os.Args[1:], " ")), 0o600))
		}
		if err != nil {
			fmt.Fprintln(os.Stderr, err)
			return 1
		}
		return 0
	},
	"fails at once": func(string) int {
		fmt.Fprintln(os.Stderr, unknown)
		return 1
	},
	"fails at the end": func(string) int {
		io.Copy(io.Discard, os.Stdin)
		fmt.Fprintf(os.Stderr, "one\n%s\n", unknown)
		return 1
	},
	"fails and hangs": func(string) int {
		fmt.Fprintln(os.Stderr, unknown)
		os.Stdin.Close()
		time.Sleep(100 * time.Second)
		return 1
	},
	"writes nothing": func(string) int {
		io.Copy(io.Discard, os.Stdin)
		fmt.Fprintln(os.Stderr, unknown)
		return 0
	},
	"takes all and hangs": func(string) int {
		io.Copy(io.Discard, os.Stdin)
		time.Sleep(100 * time.Second)
		return 1
	},
	"hangs": func(string) int {
		time.Sleep(100 * time.Second)
		return 1
	},
}

// fakeTool puts one of fakes on the PATH.
func fakeTool(t *testing.T, name string) {
	t.Helper()
	exe, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	tool := filepath.Join(dir, ffmpegName)
	if runtime.GOOS == "windows" { // where links take a privilege
		var program []byte
		if program, err = os.ReadFile(exe); err == nil {
			err = os.WriteFile(tool+".exe", program, 0o700)
		}
	} else {
		err = os.Symlink(exe, tool)
	}
	if err != nil {
		t.Fatal(err)
	}
	t.Setenv(envTool, name)
	t.Setenv("PATH", dir+string(os.PathListSeparator)+os.Getenv("PATH"))
}

func TestPicturesAreHandedToFfmpeg(t *testing.T) {
	fakeTool(t, "writes what it is given")
	dir := t.TempDir()
	path := filepath.Join(dir, "film 1.mp4")
	if err := makeFilm(t, "mp4", path, Options{W: 40, H: 30, Rate: 23.976, Pictures: 3}); err != nil {
		t.Fatal(err)
	}
	got, err := os.ReadFile(path)
	if err != nil || len(got) != 3*40*30*4 || string(got[2*4800:]) != string(scene(2, 40, 30, false).Pix) {
		t.Errorf("%d bytes: %v", len(got), err)
	}
	args, err := os.ReadFile(filepath.Join(dir, "args"))
	if err != nil || !strings.Contains(string(args), "-video_size 40x30 -framerate 23.976") || left(t, dir) != "args film 1.mp4" {
		t.Errorf("%q, %v; %q is left", args, err, left(t, dir))
	}
	k, _ := Find("mp4")
	text := k.CommandText(&Options{Path: path, W: 40, H: 30, Rate: 23.976})
	if !strings.HasPrefix(text, "ffmpeg ") || !strings.HasSuffix(text, " 'file:"+path+"'") {
		t.Errorf("the command is shown as %s", text)
	}
}

// What the program says is told, with an end to a picture that it does not take.
func TestWhatFfmpegSaysIsTold(t *testing.T) {
	for _, what := range []string{"fails at once", "fails at the end", "fails and hangs", "writes nothing"} {
		fakeTool(t, what)
		dir := t.TempDir()
		path := filepath.Join(dir, "a.mp4")
		err := makeFilm(t, "mp4", path, Options{W: 400, H: 300, Rate: 24, Pictures: 3})
		if err == nil || !strings.Contains(err.Error(), unknown) || !strings.HasSuffix(err.Error(), path) {
			t.Errorf("%s: %v", what, err)
		}
		if left(t, dir) != "" {
			t.Errorf("%s: %q is left", what, left(t, dir))
		}
	}
}

func TestAnFfmpegThatHangsIsEndedByCancel(t *testing.T) {
	fakeTool(t, "hangs")
	k, _ := Find("prores")
	path := filepath.Join(t.TempDir(), "a.mov")
	f, err := k.Create(Options{Path: path, W: 400, H: 300, Rate: 24, Pictures: 3})
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 200*time.Millisecond) // it does not take a whole picture
	defer cancel()
	if err := f.Add(ctx, scene(0, 400, 300, false)); err == nil {
		t.Error("the picture was taken")
	}
	f.Discard()
	if left(t, filepath.Dir(path)) != "" {
		t.Errorf("%q is left", left(t, filepath.Dir(path)))
	}
}

func TestWithoutFfmpegItIsSaidWhatIsMissing(t *testing.T) {
	t.Setenv("PATH", t.TempDir())
	for _, k := range Kinds() {
		why := k.Missing()
		if (why != "") != (k.Tool != "") {
			t.Errorf("%s: %q", k.Name, why)
		}
		f, err := k.Create(Options{Path: filepath.Join(t.TempDir(), "a"+k.Ext), W: 2, H: 2, Rate: 24})
		if k.Tool != "" && (err == nil || err.Error() != why) {
			t.Errorf("%s: %v", k.Name, err)
		}
		if err == nil {
			f.Discard()
		}
	}
}

func TestOddSizesAreDrawnEven(t *testing.T) {
	t.Parallel()
	k, _ := Find("mp4")
	if w, h := k.Size(641, 360); w != 642 || h != 360 {
		t.Errorf("%d x %d", w, h)
	}
	if n := k.Notes(&Options{W: 641, H: 361}); len(n) != 1 || !strings.Contains(n[0], "642 x 362") {
		t.Errorf("%q", n)
	}
}

// Where the program is installed, what it makes is a film of so many pictures, of the colours
// that were handed over.
func TestFfmpegMakesFilms(t *testing.T) {
	probe, err := exec.LookPath("ffprobe")
	if _, err2 := exec.LookPath(ffmpegName); errors.Join(err, err2) != nil {
		t.Skip("ffmpeg is not installed")
	}
	for name, want := range map[string]string{"mp4": "h264,64,48,yuv420p,bt709", "prores": "prores,64,48,yuv422p10le,bt709"} {
		dir := t.TempDir()
		k, _ := Find(name)
		path := filepath.Join(dir, "film"+k.Ext)
		if err := makeFilm(t, name, path, Options{W: 64, H: 48, Rate: 24, Pictures: 10}); err != nil {
			t.Fatal(err)
		}
		out, err := exec.Command(probe, "-v", "error", "-count_frames", "-select_streams", "v", "-show_entries", "stream=codec_name,width,height,pix_fmt,color_space,avg_frame_rate,nb_read_frames", "-of", "csv=p=0", path).Output()
		if err != nil || strings.TrimSpace(string(out)) != want+",24/1,10" || left(t, dir) != filepath.Base(path) {
			t.Errorf("%s: %s, %v; %q", name, out, err, left(t, dir))
		}
		still := filepath.Join(dir, "still.png")
		if out, err := exec.Command(ffmpegName, "-v", "error", "-i", path, "-frames:v", "1", still).CombinedOutput(); err != nil {
			t.Fatalf("%v: %s", err, out)
		}
		img := readPNG(t, still)
		if d := distance(img, scene(0, 64, 48, false)); d > 3 {
			t.Errorf("%s: the first picture is %.2f away", name, d)
		}
	}
}

func readPNG(t *testing.T, path string) *image.RGBA {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	img, err := png.Decode(f)
	if err != nil {
		t.Fatal(err)
	}
	out := image.NewRGBA(img.Bounds())
	draw.Draw(out, out.Rect, img, image.Point{}, draw.Src)
	return out
}
