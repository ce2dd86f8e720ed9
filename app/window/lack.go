package window

import (
	"unsafe"

	"github.com/AllenDang/cimgui-go/imgui"
)

// AddFont takes characters that the window's fonts lack from a font file; index is the font's
// in a collection. The bytes must not change. Call it on the loop, before a frame, so in a
// posted function.
func (w *Window) AddFont(data []byte, index int) {
	w.added = append(w.added, data) // ImGui points into them, which Go's collector cannot see
	atlas := imgui.CurrentIO().Fonts()
	for _, f := range []*imgui.Font{w.fonts.Text, w.fonts.Mono} {
		cfg := imgui.NewFontConfig()
		cfg.SetFontDataOwnedByAtlas(false)
		cfg.SetMergeMode(true)
		cfg.SetDstFont(f)
		cfg.SetFontNo(uint32(index))
		atlas.AddFontFromMemoryTTFV(uintptr(unsafe.Pointer(&data[0])), int32(len(data)), FontSize, cfg, nil)
		cfg.Destroy()
	}
	w.Wake()
}

// tellLacking reports to OnLack the characters of this frame that our fonts do not have, each
// once, wherever the text came from.
func (w *Window) tellLacking() {
	if w.cfg.OnLack == nil {
		return
	}
	var text []rune
	for _, f := range []*imgui.Font{w.fonts.Text, w.fonts.Mono} {
		index := f.FontBakedV(imgui.FontSize(), -1).IndexLookup()
		if index.Size == 0 {
			continue
		}
		for _, r := range notFound(unsafe.Slice(index.Data, index.Size)) {
			if !w.lacked[r] {
				w.lacked[r] = true
				text = append(text, r)
			}
		}
	}
	if len(text) > 0 {
		w.cfg.OnLack(string(text))
	}
}

// notFound are the characters that were looked for in vain, of a font's index.
func notFound(index []uint16) []rune {
	const absent = 0xfffe // IM_FONTGLYPH_INDEX_NOT_FOUND; 0xffff: not looked for
	var out []rune
	for r, i := range index {
		if i == absent {
			out = append(out, rune(r))
		}
	}
	return out
}
