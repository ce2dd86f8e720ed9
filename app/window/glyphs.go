package window

import (
	"math"
	"reflect"
	"unsafe"

	"github.com/AllenDang/cimgui-go/imgui"
)

// ImGui's lists are C arrays. cimgui-go wraps a pointer to the first element, in a struct whose one
// field is typed: that type's size is the distance between elements. The memory is
// ImGui's, and is valid until the next frame begins.

// vertex is ImDrawVert.
type vertex struct {
	x, y, u, v float32
	color      uint32
}

// box is a rectangle in pixels, or in shares of a texture.
type box struct{ x0, y0, x1, y1 float32 }

func (b box) and(o box) box {
	return box{max(b.x0, o.x0), max(b.y0, o.y0), min(b.x1, o.x1), min(b.y1, o.y1)}
}

func (b box) or(o box) box {
	return box{min(b.x0, o.x0), min(b.y0, o.y0), max(b.x1, o.x1), max(b.y1, o.y1)}
}

func (b box) empty() bool { return b.x0 >= b.x1 || b.y0 >= b.y1 }

// holds reports whether o lies in b, but for slack.
func (b box) holds(o box, slack float32) bool {
	return o.x0 >= b.x0-slack && o.y0 >= b.y0-slack && o.x1 <= b.x1+slack && o.y1 <= b.y1+slack
}

// stride is the size in C of what a wrapper of cimgui-go wraps.
func stride[T any]() uintptr { return reflect.TypeFor[T]().Field(0).Type.Elem().Size() }

// glyph is a character as a font has it in the texture, and where it lies beside the pen.
type glyph struct {
	char    rune
	uv      box
	at      box
	advance float32
}

// glyphs are the characters of the fonts in the size that text has now.
type glyphs map[box]glyph

func (w *Window) glyphs() glyphs {
	all := glyphs{}
	step := stride[imgui.FontGlyph]()
	for _, f := range []*imgui.Font{w.fonts.Text, w.fonts.Mono} {
		list := f.FontBakedV(w.textSize, -1).Glyphs()
		for i := range list.Size {
			c := imgui.NewFontGlyphFromC(unsafe.Add(unsafe.Pointer(list.Data.CData), uintptr(i)*step))
			g := glyph{char: rune(c.Codepoint()), uv: box{c.U0(), c.V0(), c.U1(), c.V1()}, at: box{c.X0(), c.Y0(), c.X1(), c.Y1()}, advance: c.AdvanceX()}
			if c.Visible() != 0 {
				all[g.uv] = g
			}
		}
	}
	return all
}

// find is the glyph of a part of the texture; whole is false if the part is less than the glyph.
func (all glyphs) find(uv box) (g glyph, whole, ok bool) {
	if g, ok := all[uv]; ok {
		return g, true, true
	}
	const slack = 1e-5 // of the texture, a tenth of its pixels
	for _, g := range all {
		if g.uv.holds(uv, slack) {
			return g, false, true
		}
	}
	return g, false, false
}

// phrase is characters in a line, drawn one after the other.
type phrase struct {
	text     []rune
	seen     box  // what is visible of it
	cut      bool // at its left or right
	cutDown  bool // at its top or bottom
	pen, row float32
}

// phrases are the texts of a window, as it drew them in the last frame.
func (all glyphs) phrases(list *imgui.DrawList) (out []phrase) {
	vs, is, cs := list.VtxBuffer(), list.IdxBuffer(), list.CmdBuffer()
	if vs.Size == 0 || is.Size == 0 {
		return nil
	}
	vertices := unsafe.Slice((*vertex)(unsafe.Pointer(vs.Data.CData)), vs.Size)
	indices := unsafe.Slice((*uint16)(unsafe.Pointer(is.Data)), is.Size)
	step := stride[imgui.DrawCmd]()
	for i := range cs.Size {
		c := imgui.NewDrawCmdFromC(unsafe.Add(unsafe.Pointer(cs.Data.CData), uintptr(i)*step))
		r := c.ClipRect()
		clip := box{r.X, r.Y, r.Z, r.W}
		part := indices[c.IdxOffset():][:c.ElemCount()]
		base := vertices[c.VtxOffset():]
		for len(part) >= 6 {
			k := part[0]
			if part[1] != k+1 || part[2] != k+2 || part[3] != k || part[4] != k+2 || part[5] != k+3 {
				part = part[3:]
				continue
			}
			a, b := base[k], base[k+2]
			uv := box{a.u, a.v, b.u, b.v}
			if g, whole, ok := all.find(uv); !uv.empty() && ok {
				out = join(out, g, box{a.x, a.y, b.x, b.y}, uv, clip, whole, a.color>>24 > 0)
			}
			part = part[6:]
		}
	}
	return out
}

// join adds a character to the last phrase, if it continues that, or begins another.
func join(out []phrase, g glyph, at, uv, clip box, whole, visible bool) []phrase {
	const bearing = 1.5 // pixels by which glyphs may reach over an edge
	if !visible {
		return out
	}
	pen := at.x0 - g.at.x0
	if uv.x0 > g.uv.x0 {
		pen = at.x1 - g.at.x1
	}
	row := at.y0 - g.at.y0
	lostX := (1 - (uv.x1-uv.x0)/(g.uv.x1-g.uv.x0)) * (g.at.x1 - g.at.x0) // pixels that ImGui has cut off
	lostY := (1 - (uv.y1-uv.y0)/(g.uv.y1-g.uv.y0)) * (g.at.y1 - g.at.y0)
	seen := at.and(clip)
	r := phrase{
		text: []rune{g.char}, seen: seen, pen: pen + g.advance, row: row,
		cut:     at.x0 < clip.x0-bearing || at.x1 > clip.x1+bearing || !whole && lostX > bearing,
		cutDown: at.y0 < clip.y0-bearing || at.y1 > clip.y1+bearing || !whole && lostY > bearing,
	}
	if seen.empty() {
		return out
	}
	if len(out) == 0 {
		return append(out, r)
	}
	last := &out[len(out)-1]
	gap := pen - last.pen
	if math.Abs(float64(row-last.row)) > 0.5 || gap < -1 || gap > g.at.y1*0.7 {
		return append(out, r)
	}
	if gap > 1.5 {
		last.text = append(last.text, ' ')
	}
	last.text = append(last.text, g.char)
	last.seen, last.pen = last.seen.or(seen), r.pen
	last.cut, last.cutDown = last.cut || r.cut, last.cutDown || r.cutDown
	return out
}
