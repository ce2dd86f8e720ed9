package icon

import (
	"encoding/xml"
	"errors"
	"io"
	"strings"
	"testing"
)

func TestPicturesShowATileWithACrystal(t *testing.T) {
	t.Parallel()
	for _, size := range []int{16, 24, 32, 48, 64, 128, 256, 512} {
		img := Picture(size)
		if b := img.Bounds(); b.Dx() != size || b.Dy() != size {
			t.Fatalf("%d: %v", size, b)
		}
		if a := img.NRGBAAt(0, 0).A; a != 0 {
			t.Errorf("%d: the corner has alpha %d", size, a)
		}
		if c := img.NRGBAAt(size/2, size/2); c.A != 255 || c.R < 200 {
			t.Errorf("%d: the middle is %v", size, c)
		}
		// The tile's edges are opaque in their middle, and light lies on dark.
		if c := img.NRGBAAt(size/2, size-1-max(size/14, 1)); c.A != 255 || c.R > 90 && size > coarse {
			t.Errorf("%d: the tile is %v", size, c)
		}
		bright := 0
		for y := range size {
			for x := range size {
				if img.NRGBAAt(x, y).B > 160 {
					bright++
				}
			}
		}
		if part := float64(bright) / float64(size*size); part < 0.08 || part > 0.35 {
			t.Errorf("%d: %.0f %% is bright", size, 100*part)
		}
	}
}

func TestTheScalableIconIsWellFormed(t *testing.T) {
	t.Parallel()
	d := xml.NewDecoder(strings.NewReader(string(SVG())))
	circles := 0
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		if e, ok := token.(xml.StartElement); ok && e.Name.Local == "circle" {
			circles++
		}
	}
	if want := len(dots(false)); circles != want {
		t.Errorf("%d of %d dots", circles, want)
	}
}
