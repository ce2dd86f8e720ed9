package stage

import (
	"fmt"
	"image"
	"image/png"
	"io"
	"math"
	"strings"

	"iceexplorer/cache"
	"iceexplorer/cache/atomicfile"
	"iceexplorer/cache/pathname"
	"iceexplorer/gfx"
)

// Caption is text for a picture that stands alone: the sequences' names, the frame
// and the number of points.
func Caption(names []string, frame cache.Number, numbered bool, points int) []gfx.Text {
	name := strings.Join(names, ", ")
	if len(names) > 3 {
		name = fmt.Sprintf("%s and %d more", strings.Join(names[:2], ", "), len(names)-2)
	}
	texts := gfx.Caption(name, frame.String(), points)
	if !numbered {
		texts[0].Lines = texts[0].Lines[:1]
	}
	return texts
}

// Warning is text that says what a picture does not show, or shows in another's place.
// It stands below whatever is in its corner, so that neither hides the other.
func Warning(lines []string) gfx.Text {
	return gfx.Text{Corner: gfx.TopLeft, Lines: lines, Warn: true, Plate: true}
}

// TextScale is the size of text, in pictures that stand alone, against the size it
// has on a screen.
func TextScale(w, h int) float64 { return math.Max(float64(min(w, h))/720, 0.6) }

// WritePNG writes a picture, which appears under its name when it is complete. The
// folder must exist. of is what it shows, for who may see it.
func WritePNG(path string, of *atomicfile.Sources, img *image.RGBA) error {
	// A picture can be made again: it need not be on the disk. Speed before size: a tenth
	// larger, in a third of the time.
	err := atomicfile.Write(path, atomicfile.Options{NoSync: true, Of: of}, func(w io.Writer) error {
		return (&png.Encoder{CompressionLevel: png.BestSpeed}).Encode(w, img)
	})
	if err != nil {
		return fmt.Errorf("write the picture: %w: %s", pathname.Reason(err), path)
	}
	return nil
}

// Picture draws what the scene shows, seen from one camera, with a caption instead of the
// scene's texts.
func (s *Stage) Picture(opt PictureOptions, camera gfx.Camera) (*image.RGBA, error) {
	sc, v, w, h := s.composed(opt, camera)
	img, err := s.renderer.Picture(&v, sc.Clouds, w, h)
	s.drawn = drawn{} // picks need a Draw after it
	return img, err
}

// composed is what a picture shows, and its size.
func (s *Stage) composed(opt PictureOptions, camera gfx.Camera) (sc scene, v gfx.View, w, h int) {
	sc = s.scene()
	s.label(&sc)
	v = s.view
	if opt.W <= 0 || opt.H <= 0 {
		opt.W, opt.H = 0, 0
	}
	number, _ := s.session.Number()
	sc.Compose(&v, &sc.common, number, opt)
	v.Camera, v.Panes = camera, nil
	if w, h = opt.W, opt.H; w == 0 {
		w, h = max(s.w, 1), max(s.h, 1)
	}
	return sc, v, w, h
}

// Incomplete says why the scene does not show the frame under the play head as it is to be
// drawn; "" if it does.
func (s *Stage) Incomplete() string {
	sc := s.scene()
	for _, sh := range sc.shown {
		if sh.Held {
			return sh.Why
		}
	}
	if s.reading {
		return strings.Join(sc.Notes, "; ")
	}
	if sc.late {
		return "what is between the frames is still being made"
	}
	if s.session.Choosing() {
		return "the selected points are still being looked for"
	}
	if sc.waiting {
		return "the points that pass the filter are still being looked for"
	}
	return s.colors.note
}

// Prepare asks for what a picture of the frame under the play head takes some time to
// make, its attributes, trails and colours, values beside points and which points are drawn,
// and reports whether it is there.
func (s *Stage) Prepare() (ready bool) {
	sc := s.scene()
	s.label(&sc)
	s.keepUp(&sc)
	return !s.Preparing()
}

// Preparing reports that what was asked for is being made.
func (s *Stage) Preparing() bool {
	return s.reading || s.late || s.waiting || s.chase.busy || s.session.Choosing() || s.trails.Busy() || s.coloring() || s.values.making
}
