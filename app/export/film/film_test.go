package film

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"image"
	"image/color"
	"image/gif"
	"image/png"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// scene is picture i of a film: a square that moves over a sky with a smooth gradient.
func scene(i, w, h int, transparent bool) *image.RGBA {
	img := image.NewRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			c := color.RGBA{uint8(20 + 40*y/h), uint8(30 + 50*y/h), uint8(60 + 90*y/h), 255}
			if transparent {
				c = color.RGBA{}
			}
			if x >= 4*i && x < 4*i+8 && y >= 10 && y < 18 {
				c = color.RGBA{250, uint8(40 * (i % 4)), 10, 255}
			}
			img.SetRGBA(x, y, c)
		}
	}
	return img
}

// make makes a film of pictures of scene.
func makeFilm(t *testing.T, name, path string, o Options) error {
	t.Helper()
	k, ok := Find(name)
	if !ok {
		t.Fatal(name)
	}
	o.Path = path
	f, err := k.Create(o)
	if err != nil {
		return err
	}
	for i := range o.Pictures {
		if err := f.Add(t.Context(), scene(i, o.W, o.H, o.Transparent)); err != nil {
			f.Discard()
			return err
		}
	}
	return f.Finish(t.Context())
}

// left is what lies in a folder.
func left(t *testing.T, dir string) string {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, e := range entries {
		names = append(names, e.Name())
	}
	return strings.Join(names, " ")
}

// frames are a GIF's pictures as they are seen.
func frames(t *testing.T, path string) (seen []*image.RGBA, g *gif.GIF) {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if g, err = gif.DecodeAll(f); err != nil {
		t.Fatalf("%v: %s", err, path)
	}
	canvas := image.NewRGBA(image.Rect(0, 0, g.Config.Width, g.Config.Height))
	for i, p := range g.Image {
		for y := p.Rect.Min.Y; y < p.Rect.Max.Y; y++ {
			for x := p.Rect.Min.X; x < p.Rect.Max.X; x++ {
				if c := p.At(x, y).(color.RGBA); c.A > 0 {
					canvas.SetRGBA(x, y, c)
				}
			}
		}
		now := image.NewRGBA(canvas.Rect)
		copy(now.Pix, canvas.Pix)
		seen = append(seen, now)
		if g.Disposal[i] == gif.DisposalBackground {
			clear(canvas.Pix)
		}
	}
	return seen, g
}

// distance is how far two pictures are apart, on the average of a pixel's channels.
func distance(a, b *image.RGBA) float64 {
	sum := 0.0
	for i := range a.Pix {
		sum += math.Abs(float64(a.Pix[i]) - float64(b.Pix[i]))
	}
	return sum / float64(len(a.Pix))
}

func TestAnAnimatedGIFShowsEachPictureForItsTime(t *testing.T) {
	t.Parallel()
	for _, transparent := range []bool{false, true} {
		dir := t.TempDir()
		path := filepath.Join(dir, "film.gif")
		if err := makeFilm(t, "gif", path, Options{W: 97, H: 51, Rate: 24, Pictures: 12, Transparent: transparent}); err != nil {
			t.Fatal(err)
		}
		seen, g := frames(t, path)
		if len(seen) != 12 || g.LoopCount != 0 || left(t, dir) != "film.gif" {
			t.Fatalf("%d pictures, %d rounds, %q in the folder", len(seen), g.LoopCount, left(t, dir))
		}
		total := 0
		for i, got := range seen {
			total += g.Delay[i]
			if d := distance(got, scene(i, 97, 51, transparent)); d > 2.5 {
				t.Errorf("transparent %v: picture %d is %.2f away", transparent, i, d)
			}
		}
		if total != 50 { // 12 pictures at 24 a second
			t.Errorf("lasts %d hundredths of a second", total)
		}
	}
}

// What stands still has the same colours in every picture.
func TestAnAnimatedGIFDoesNotFlicker(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "film.gif")
	if err := makeFilm(t, "gif", path, Options{W: 96, H: 50, Rate: 25, Pictures: 9}); err != nil {
		t.Fatal(err)
	}
	seen, g := frames(t, path)
	for i := 1; i < len(seen); i++ {
		for y := 20; y < 50; y++ {
			for x := range 96 {
				if seen[i].RGBAAt(x, y) != seen[0].RGBAAt(x, y) {
					t.Fatalf("picture %d: the sky changes at %d, %d", i, x, y)
				}
			}
		}
	}
	if b := g.Image[5].Bounds(); b.Dx() > 16 || b.Dy() > 8 {
		t.Errorf("picture 5 draws %v anew, where two squares change", b)
	}
}

// chunks are those of a PNG, by name, with their data.
func chunks(t *testing.T, path string) (names []string, data [][]byte) {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for b = b[8:]; len(b) > 0; {
		n := binary.BigEndian.Uint32(b)
		names, data = append(names, string(b[4:8])), append(data, b[8:8+n])
		if string(chunk(string(b[4:8]), b[8:8+n])) != string(b[:12+n]) {
			t.Fatalf("the chunk %s has a wrong checksum", b[4:8])
		}
		b = b[12+n:]
	}
	return names, data
}

// playPNG shows an animated PNG as a player does.
func playPNG(t *testing.T, path string, w, h int) (seen []*image.RGBA, delays []string) {
	t.Helper()
	file, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	names, data := chunks(t, path)
	canvas := image.NewNRGBA(image.Rect(0, 0, w, h))
	seq := uint32(0)
	var at image.Rectangle
	var idat []byte
	show := func() {
		if idat == nil {
			return
		}
		head := append([]byte(nil), data[0]...)
		binary.BigEndian.PutUint32(head, uint32(at.Dx()))
		binary.BigEndian.PutUint32(head[4:], uint32(at.Dy()))
		one := append([]byte(nil), file[:8]...)
		one = append(append(append(one, chunk("IHDR", head)...), chunk("IDAT", idat)...), chunk("IEND", nil)...)
		img, err := png.Decode(strings.NewReader(string(one)))
		if err != nil {
			t.Fatal(err)
		}
		now := image.NewRGBA(canvas.Rect)
		for y := range at.Dy() {
			for x := range at.Dx() {
				canvas.Set(at.Min.X+x, at.Min.Y+y, img.At(x, y))
			}
		}
		for y := range h {
			for x := range w {
				now.Set(x, y, canvas.At(x, y))
			}
		}
		seen, idat = append(seen, now), nil
	}
	number := func(b []byte) {
		if got := binary.BigEndian.Uint32(b); got != seq {
			t.Fatalf("chunk %d of the animation is numbered %d", seq, got)
		}
		seq++
	}
	for i, name := range names {
		d := data[i]
		switch name {
		case "acTL":
			if n := binary.BigEndian.Uint32(d); i != 1 || int(n) != strings.Count(strings.Join(names, " "), "fcTL") {
				t.Errorf("chunk %d says that there are %d pictures", i, n)
			}
		case "fcTL":
			show()
			number(d)
			v := func(i int) int { return int(binary.BigEndian.Uint32(d[4*i:])) }
			at = image.Rect(v(3), v(4), v(3)+v(1), v(4)+v(2))
			delays = append(delays, fmt.Sprintf("%d/%d", binary.BigEndian.Uint16(d[20:]), binary.BigEndian.Uint16(d[22:])))
		case "IDAT":
			idat = append(idat, d...)
		case "fdAT":
			number(d)
			idat = append(idat, d[4:]...)
		}
	}
	show()
	return seen, delays
}

func TestAnAnimatedPNGIsExact(t *testing.T) {
	t.Parallel()
	for _, transparent := range []bool{false, true} {
		dir := t.TempDir()
		path := filepath.Join(dir, "film.apng")
		if err := makeFilm(t, "apng", path, Options{W: 97, H: 51, Rate: 23.976, Pictures: 7, Transparent: transparent}); err != nil {
			t.Fatal(err)
		}
		seen, delays := playPNG(t, path, 97, 51)
		if len(seen) != 7 || delays[3] != "1000/23976" || left(t, dir) != "film.apng" {
			t.Fatalf("%d pictures, each stands %s s; %q", len(seen), delays[3], left(t, dir))
		}
		for i, got := range seen {
			if d := distance(got, scene(i, 97, 51, transparent)); d != 0 {
				t.Errorf("transparent %v: picture %d is %.3f away", transparent, i, d)
			}
		}
		f, err := os.Open(path)
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		if still, err := png.Decode(f); err != nil || still.Bounds() != image.Rect(0, 0, 97, 51) {
			t.Errorf("as a plain PNG: %v", err)
		}
	}
}

// Frames that cannot be read are left out: a film of fewer pictures than were to come says so.
func TestAFilmThatLacksPicturesIsWhole(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	k, _ := Find("apng")
	path := filepath.Join(dir, "a.apng")
	f, err := k.Create(Options{Path: path, W: 40, H: 30, Rate: 24, Pictures: 9})
	if err != nil {
		t.Fatal(err)
	}
	for range 2 { // the same picture twice
		if err := f.Add(t.Context(), scene(1, 40, 30, false)); err != nil {
			t.Fatal(err)
		}
	}
	if err := f.Finish(t.Context()); err != nil {
		t.Fatal(err)
	}
	if seen, _ := playPNG(t, path, 40, 30); len(seen) != 2 || distance(seen[1], scene(1, 40, 30, false)) != 0 {
		t.Errorf("%d pictures", len(seen))
	}
}

func TestNothingIsLeftOfAFilmThatIsNotFinished(t *testing.T) {
	for _, name := range []string{"gif", "apng", "mp4"} {
		if name == "mp4" {
			fakeTool(t, "takes all and hangs")
		}
		for what, end := range map[string]func(Film) error{
			"discarded": func(f Film) error { f.Discard(); f.Discard(); return nil },
			"canceled": func(f Film) error {
				ctx, cancel := context.WithCancel(t.Context())
				cancel()
				if err := f.Finish(ctx); !errors.Is(err, context.Canceled) {
					return fmt.Errorf("finished with %w", err)
				}
				return nil
			},
			"canceled between": func(f Film) error {
				ctx, cancel := context.WithCancel(t.Context())
				cancel()
				if err := f.Add(ctx, scene(1, 40, 30, false)); !errors.Is(err, context.Canceled) {
					return fmt.Errorf("added with %w", err)
				}
				f.Discard()
				return nil
			},
			"of another size": func(f Film) error {
				if err := f.Add(t.Context(), scene(1, 42, 30, false)); err == nil {
					return errors.New("a picture of another size was taken")
				}
				f.Discard()
				return nil
			},
		} {
			dir := t.TempDir()
			k, _ := Find(name)
			path := filepath.Join(dir, "film"+k.Ext)
			if err := os.WriteFile(path, []byte("old"), 0o600); err != nil {
				t.Fatal(err)
			}
			f, err := k.Create(Options{Path: path, W: 40, H: 30, Rate: 24, Pictures: 3})
			if err == nil {
				err = f.Add(t.Context(), scene(0, 40, 30, false))
			}
			if err == nil {
				err = end(f)
			}
			if err != nil {
				t.Errorf("%s %s: %v", name, what, err)
			}
			if text, err := os.ReadFile(path); err != nil || string(text) != "old" || left(t, dir) != filepath.Base(path) {
				t.Errorf("%s %s: %v, %q is left", name, what, err, left(t, dir))
			}
		}
	}
}

func TestTheNameSaysWhichFilm(t *testing.T) {
	t.Parallel()
	for path, want := range map[string]string{"a.gif": "gif", "b.c.MP4": "mp4", "d.mov": "prores", "e.apng": "apng", "f.png": "", "gif": ""} {
		k, ok := Of(path)
		if ok != (want != "") || ok && k.Name != want {
			t.Errorf("%s: %v", path, ok)
		}
	}
	for _, tc := range []struct{ kind, path, want string }{
		{"gif", "a.gif", ""}, {"apng", "a.png", ""}, {"gif", "a.png", "want a name that ends in .gif"},
		{"gif", "a_%04d.gif", "no place for a frame's number"}, {"mp4", "100%%.mp4", ""}, {"mp4", "100%.mp4", ""},
	} {
		k, _ := Find(tc.kind)
		err := k.Check(tc.path)
		if (err == nil) != (tc.want == "") || err != nil && !strings.Contains(err.Error(), tc.want) {
			t.Errorf("%s as %s: %v", tc.path, tc.kind, err)
		}
	}
}
