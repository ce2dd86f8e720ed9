// Package film makes films of pictures: one file, under its name when it is complete. Animated
// GIF and PNG are written here; for others ffmpeg is handed the pictures, where it is installed.
package film

import (
	"context"
	"fmt"
	"image"
	"math"
	"path/filepath"
	"strings"

	"iceexplorer/app/export"
	"iceexplorer/cache/atomicfile"
	"iceexplorer/cache/pathname"
	"iceexplorer/cache/unit"
)

// Options of a film.
type Options struct {
	Path        string
	W, H        int     // of its pictures
	Rate        float64 // pictures per second
	Pictures    int     // how many will come, at most
	Transparent bool
	Of          *atomicfile.Sources // what is shown, for who may see the film
}

// Film is one being made. Its methods are called one after the other, from any goroutine;
// Finish or Discard ends it, and leaves nothing but a film that is complete.
type Film interface {
	Add(ctx context.Context, img *image.RGBA) error
	Finish(ctx context.Context) error
	Discard()
}

// Kind is a kind of film.
type Kind struct {
	*export.Kind
	Label string // for people
	Tool  string // a program that makes it; "": none is needed

	fastest float64 // pictures a second that it has room for; 0: any number
	encoder func(*Options) []string
	open    func(*Kind, *Options) (Film, error)
}

// Kinds are those that there are.
func Kinds() []*Kind {
	return []*Kind{
		{Kind: export.Film("gif", ".gif"), Label: "Animated GIF", fastest: 50, open: openGIF},
		{Kind: export.Film("apng", ".apng"), Label: "Animated PNG", open: openAPNG},
		{Kind: export.Film("mp4", ".mp4"), Label: "MP4 (H.264)", Tool: ffmpegName, encoder: h264, open: openFfmpeg},
		{Kind: export.Film("prores", ".mov"), Label: "QuickTime (ProRes)", Tool: ffmpegName, encoder: proRes, open: openFfmpeg},
	}
}

// Find is the kind of a name.
func Find(name string) (*Kind, bool) {
	for _, k := range Kinds() {
		if k.Name == name {
			return k, true
		}
	}
	return nil, false
}

// Names lists the kinds for people.
func Names() string {
	var names []string
	for _, k := range Kinds() {
		names = append(names, k.Name)
	}
	return unit.OneOf(names)
}

// Of is the kind that a file's name asks for by its ending.
func Of(path string) (*Kind, bool) {
	for _, k := range Kinds() {
		if strings.EqualFold(filepath.Ext(path), k.Ext) {
			return k, true
		}
	}
	return nil, false
}

// Check says why a file cannot be a film of the kind. An animated PNG may be called .png.
func (k *Kind) Check(path string) error {
	ext := filepath.Ext(path)
	switch {
	case strings.EqualFold(ext, k.Ext), k.Name == "apng" && strings.EqualFold(ext, ".png"):
	default:
		return fmt.Errorf("%q: want a name that ends in %s", path, k.Ext)
	}
	if p, err := export.ParsePattern(strings.TrimSuffix(path, ext)+k.Ext, k.Kind); err == nil && p.Numbered() {
		return fmt.Errorf("%q: a film is one file and has no place for a frame's number", path)
	}
	return nil
}

// Size is how large pictures are drawn for the kind: video needs even numbers.
func (k *Kind) Size(w, h int) (int, int) {
	if k.Tool != "" {
		return w + w%2, h + h%2
	}
	return w, h
}

// Notes is what a film cannot be as it was asked for, for people.
func (k *Kind) Notes(o *Options) (notes []string) {
	if w, h := k.Size(o.W, o.H); w != o.W || h != o.H {
		notes = append(notes, fmt.Sprintf("drawn at %d x %d pixels, as video needs even numbers", w, h))
	}
	if k.fastest > 0 && o.Rate > k.fastest {
		notes = append(notes, fmt.Sprintf("a %s plays at most %g pictures a second, this one slower than at %g", strings.ToUpper(k.Name), k.fastest, o.Rate))
	}
	if o.Transparent && k.Name == "mp4" {
		notes = append(notes, "MP4 has no transparency: the background will be black")
	}
	return notes
}

// Create begins a film.
func (k *Kind) Create(o Options) (Film, error) {
	if o.W <= 0 || o.H <= 0 || !(o.Rate > 0) || math.IsInf(o.Rate, 0) {
		return nil, fmt.Errorf("a film of %d x %d pixels at %g pictures a second cannot be made", o.W, o.H, o.Rate)
	}
	return k.open(k, &o)
}

// End finishes a film, or unless ok discards it.
func End(ctx context.Context, f Film, ok bool) error {
	if !ok {
		f.Discard()
		return nil
	}
	return f.Finish(ctx)
}

// fits refuses a picture of another size.
func (o *Options) fits(img *image.RGBA) error {
	if b := img.Bounds(); b.Dx() != o.W || b.Dy() != o.H || img.Stride != 4*o.W {
		return fmt.Errorf("a picture of %d x %d pixels in a film of %d x %d", b.Dx(), b.Dy(), o.W, o.H)
	}
	return nil
}

func written(err error, path string) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("write the film: %w: %s", pathname.Reason(err), path)
}

// changed is the smallest rectangle outside of which two pictures of the same size are the
// same, in rows of width bytes per pixel. One that changes nothing has one pixel.
func changed(a, b []byte, w, h, width int) image.Rectangle {
	row := w * width
	top, bottom := 0, h
	same := func(y int) bool { return string(a[y*row:(y+1)*row]) == string(b[y*row:(y+1)*row]) }
	for top < bottom && same(top) {
		top++
	}
	for bottom > top && same(bottom-1) {
		bottom--
	}
	if top == bottom {
		return image.Rect(0, 0, 1, 1)
	}
	left, right := row, 0
	for y := top; y < bottom; y++ {
		p, q := a[y*row:(y+1)*row], b[y*row:(y+1)*row]
		i := 0
		for i < left && p[i] == q[i] {
			i++
		}
		left = i
		for i = row; i > right && p[i-1] == q[i-1]; {
			i--
		}
		right = i
	}
	return image.Rect(left/width, top, (right+width-1)/width, bottom)
}
