package gfx

import (
	"fmt"
	"image"
	"math"

	"github.com/go-gl/gl/v3.3-core/gl"
	"golang.org/x/image/font"
	"golang.org/x/image/font/gofont/goregular"
	"golang.org/x/image/font/opentype"
	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"

	"iceexplorer/assets"
)

const atlasSize = 1024

// glyphs is an atlas of characters, baked when first used at a size.
type glyphs struct {
	fonts []*sfnt.Font // a character is of the first that has it
	faces map[faceKey]font.Face
	buf   sfnt.Buffer
	at    map[glyphKey]glyph
	pix   []uint8
	x, y  int // where the next glyph goes
	row   int // height of the row of glyphs
	dirty bool
	full  bool // to be emptied before the next picture
	tex   uint32
}

type faceKey struct{ font, px int }

type glyphKey struct {
	r  rune
	px int
}

type glyph struct {
	x, y, w, h int // in the atlas
	dx, dy     int // of the left upper corner from the pen on the base line
	advance    float64
}

func newGlyphs(d *device, ttf []byte) (*glyphs, error) {
	if ttf == nil {
		ttf = goregular.TTF
	}
	f, err := opentype.Parse(ttf)
	if err != nil {
		return nil, fmt.Errorf("reading the font of the view: %w", err)
	}
	wide, err := opentype.Parse(assets.FontText) // has more scripts
	if err != nil {
		return nil, fmt.Errorf("reading the font of the view: %w", err)
	}
	g := &glyphs{fonts: []*sfnt.Font{f, wide}, tex: d.texture()}
	g.reset()
	gl.BindTexture(gl.TEXTURE_2D, g.tex)
	gl.TexImage2D(gl.TEXTURE_2D, 0, gl.R8, atlasSize, atlasSize, 0, gl.RED, gl.UNSIGNED_BYTE, nil)
	gl.TexParameteri(gl.TEXTURE_2D, gl.TEXTURE_MIN_FILTER, gl.NEAREST)
	gl.TexParameteri(gl.TEXTURE_2D, gl.TEXTURE_MAG_FILTER, gl.NEAREST)
	return g, nil
}

func (g *glyphs) reset() {
	for _, f := range g.faces {
		f.Close()
	}
	g.faces, g.at = map[faceKey]font.Face{}, map[glyphKey]glyph{}
	g.pix = make([]uint8, atlasSize*atlasSize)
	g.x, g.y, g.row, g.dirty, g.full = 1, 1, 0, true, false
}

func (g *glyphs) free(d *device) {
	g.reset()
	d.freeTexture(&g.tex)
}

// AddFont takes characters that the other fonts lack from a font file; index is the font's in
// a collection.
func (r *Renderer) AddFont(data []byte, index int) error {
	c, err := opentype.ParseCollection(data)
	if err != nil {
		return fmt.Errorf("read a font: %w", err)
	}
	f, err := c.Font(index)
	if err != nil {
		return fmt.Errorf("read a font: %w", err)
	}
	g := r.canvas.text
	g.fonts = append(g.fonts, f)
	g.full = true // glyphs baked without it are baked anew
	return nil
}

// fontOf is the first font that has a character, the first of all if none has.
func (g *glyphs) fontOf(r rune) int {
	for i, f := range g.fonts {
		if id, err := f.GlyphIndex(&g.buf, r); err == nil && id != 0 {
			return i
		}
	}
	return 0
}

func (g *glyphs) face(key faceKey) font.Face {
	f := g.faces[key]
	if f == nil {
		var err error
		f, err = opentype.NewFace(g.fonts[key.font], &opentype.FaceOptions{Size: float64(key.px), DPI: 72, Hinting: font.HintingNone})
		if err != nil {
			return nil
		}
		g.faces[key] = f
	}
	return f
}

// glyph bakes a character; one that all fonts lack shows the font's box for it.
func (g *glyphs) glyph(r rune, px int) glyph {
	k := glyphKey{r, px}
	if a, ok := g.at[k]; ok {
		return a
	}
	face := g.face(faceKey{g.fontOf(r), px})
	if face == nil {
		return glyph{}
	}
	dr, mask, mp, adv, ok := face.Glyph(fixed.P(0, 0), r)
	if !ok {
		return glyph{}
	}
	a := glyph{w: dr.Dx(), h: dr.Dy(), dx: dr.Min.X, dy: dr.Min.Y, advance: float64(adv) / 64}
	if a.w > 0 && a.h > 0 {
		if g.x+a.w+1 > atlasSize {
			g.x, g.y, g.row = 1, g.y+g.row+1, 0
		}
		if g.y+a.h+1 > atlasSize || a.w+2 > atlasSize {
			// Full, after many sizes: the letters already laid out this frame
			// stay where they were; new ones are left out until the next.
			g.full = true
			return glyph{advance: a.advance}
		}
		a.x, a.y = g.x, g.y
		alpha, _ := mask.(*image.Alpha)
		for y := range a.h {
			for x := range a.w {
				if alpha != nil {
					g.pix[(a.y+y)*atlasSize+a.x+x] = alpha.AlphaAt(mp.X+x, mp.Y+y).A
				}
			}
		}
		g.x += a.w + 1
		g.row = max(g.row, a.h)
		g.dirty = true
	}
	g.at[k] = a
	return a
}

// draw lays text out, the middle of its lower-case-and-digits height at y, and
// returns its width. With a nil canvas it only measures.
func (g *glyphs) draw(c *canvas, x, y, px float64, s string, col rgba) float64 {
	size := max(int(math.Round(px)), 6)
	pen := math.Round(x)
	base := math.Round(y + px*0.36)
	start := pen
	for _, r := range s {
		a := g.glyph(r, size)
		if c != nil && a.w > 0 {
			x0, y0 := math.Round(pen)+float64(a.dx), base+float64(a.dy)
			x1, y1 := x0+float64(a.w), y0+float64(a.h)
			u0, v0 := float32(a.x)/atlasSize, float32(a.y)/atlasSize
			u1, v1 := float32(a.x+a.w)/atlasSize, float32(a.y+a.h)/atlasSize
			p := [4]vertex{
				{float32(x0), float32(y0), u0, v0, col}, {float32(x1), float32(y0), u1, v0, col},
				{float32(x1), float32(y1), u1, v1, col}, {float32(x0), float32(y1), u0, v1, col},
			}
			c.v = append(c.v, p[0], p[1], p[2], p[0], p[2], p[3])
		}
		pen += a.advance
	}
	return pen - start
}

// update sends new glyphs to GL.
func (g *glyphs) update(*device) {
	if !g.dirty {
		return
	}
	gl.ActiveTexture(gl.TEXTURE0)
	gl.BindTexture(gl.TEXTURE_2D, g.tex)
	gl.TexSubImage2D(gl.TEXTURE_2D, 0, 0, 0, atlasSize, atlasSize, gl.RED, gl.UNSIGNED_BYTE, gl.Ptr(g.pix))
	g.dirty = false
}
