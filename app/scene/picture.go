package scene

import (
	"bufio"
	"errors"
	"fmt"
	"image"
	"image/png"
	"io/fs"
	"math"
	"os"
	"path/filepath"
	"strings"

	"iceexplorer/cache"
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
func Warning(lines []string) gfx.Text { return gfx.Text{Corner: gfx.TopLeft, Lines: lines, Warn: true} }

// TextScale is the size of text, in pictures that stand alone, against the size it
// has on a screen.
func TextScale(w, h int) float64 { return math.Max(float64(min(w, h))/720, 0.6) }

// WritePNG writes a picture, which appears under its name when it is complete. The
// folder must exist.
func WritePNG(path string, img *image.RGBA) (err error) {
	defer func() {
		if err != nil {
			var p *fs.PathError
			if errors.As(err, &p) {
				err = p.Err
			}
			err = fmt.Errorf("write the picture: %w: %s", err, path)
		}
	}()
	mode := fs.FileMode(0o666)
	if st, err := os.Stat(path); err == nil {
		if !st.Mode().IsRegular() {
			return errors.New("there is something else than a file of this name")
		}
		mode = st.Mode().Perm()
	}
	tmp := filepath.Join(filepath.Dir(path), fmt.Sprintf(".%s.%d.tmp", filepath.Base(path), os.Getpid()))
	f, err := os.OpenFile(tmp, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, mode)
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			f.Close()
			os.Remove(tmp)
		}
	}()
	w := bufio.NewWriterSize(f, 1<<16)
	// Speed before size: a tenth larger, in a third of the time.
	if err := (&png.Encoder{CompressionLevel: png.BestSpeed}).Encode(w, img); err != nil {
		return err
	}
	if err := w.Flush(); err != nil {
		return err
	}
	if err := f.Close(); err != nil {
		return err
	}
	return os.Rename(tmp, path)
}
