package window

import (
	"unsafe"

	"github.com/AllenDang/cimgui-go/imgui"

	"iceexplorer/assets"
)

// FontSize is the height of text at scale 1, in pixels.
const FontSize = 15

// Fonts are the window's fonts; push one with imgui.PushFont(f, 0).
type Fonts struct {
	Text *imgui.Font // with the icons of assets merged in
	Mono *imgui.Font // for tables of numbers, icons too
}

// iconRange is the private use area, a pair and a final zero, which ImGui reads
// as long as the fonts live. DejaVu has glyphs of its own there, which would
// hide some of the icons.
var iconRange = [...]imgui.Wchar{0xe000, 0xf8ff, 0}

// otherRange is all else: the font of icons has some emoji too, in which names should
// not be shown.
var otherRange = [...]imgui.Wchar{0x1, 0xdfff, 0xf900, 0x10ffff, 0}

// loadFonts fills ImGui's atlas with the embedded fonts. giu's own way is not
// taken: it ignores embedded fonts where it finds none of its system fonts.
func loadFonts() Fonts {
	atlas := imgui.CurrentIO().Fonts()
	atlas.Clear()
	add := func(ttf []byte, merge bool) *imgui.Font {
		cfg := imgui.NewFontConfig()
		defer cfg.Destroy()
		// The bytes are the program's own read-only data: they neither move nor
		// are they ImGui's to free.
		cfg.SetFontDataOwnedByAtlas(false)
		cfg.SetMergeMode(merge)
		if merge {
			cfg.SetGlyphMinAdvanceX(FontSize * 1.1)
			cfg.SetGlyphOffset(imgui.Vec2{Y: 1})
			cfg.SetGlyphExcludeRanges(&otherRange[0])
		} else {
			cfg.SetGlyphExcludeRanges(&iconRange[0])
		}
		return atlas.AddFontFromMemoryTTFV(uintptr(unsafe.Pointer(&ttf[0])), int32(len(ttf)), FontSize, cfg, nil)
	}
	var f Fonts
	f.Text = add(assets.FontText, false)
	add(assets.FontIcons, true)
	f.Mono = add(assets.FontMono, false)
	add(assets.FontIcons, true)
	return f
}

// applyTheme sets every colour, and every size that the theme changes, for a scale (1 is
// 96 dpi). It may be called again when either changes.
func applyTheme(t *Theme, scale float32) {
	style := imgui.CurrentStyle()
	style.SetFontSizeBase(FontSize)
	style.SetFontScaleDpi(scale)
	applySizes(style, scale)
	style.SetFrameBorderSize(t.Frame)
	colors := style.Colors()
	for c, v := range t.parts() {
		colors[c] = v
	}
	style.SetColors(&colors)
}

func applySizes(style *imgui.Style, scale float32) {
	px := func(v float32) float32 { return float32(int(v*scale + 0.5)) }
	v2 := func(x, y float32) imgui.Vec2 { return imgui.Vec2{X: px(x), Y: px(y)} }

	style.SetWindowPadding(v2(8, 8))
	style.SetFramePadding(v2(8, 4))
	style.SetItemSpacing(v2(8, 6))
	style.SetItemInnerSpacing(v2(6, 4))
	style.SetCellPadding(v2(6, 3))
	style.SetIndentSpacing(px(18))
	style.SetScrollbarSize(px(13))
	style.SetScrollbarPadding(px(2))
	style.SetGrabMinSize(px(11))
	style.SetWindowMinSize(v2(32, 32))
	style.SetSeparatorTextPadding(v2(16, 4))
	style.SetTabBarOverlineSize(px(2))
	style.SetDockingSeparatorSize(px(3))

	style.SetWindowRounding(px(4))
	style.SetChildRounding(px(3))
	style.SetPopupRounding(px(4))
	style.SetFrameRounding(px(3))
	style.SetScrollbarRounding(px(4))
	style.SetGrabRounding(px(3))
	style.SetTabRounding(px(3))
	style.SetTabMinWidthShrink(px(200)) // names stay readable; tabs without room are scrolled to

	style.SetWindowBorderSize(1)
	style.SetPopupBorderSize(1)
	style.SetChildBorderSize(1)
	style.SetTabBorderSize(0)
	style.SetTabBarBorderSize(1)
	style.SetWindowMenuButtonPosition(imgui.DirNone)
	style.SetWindowTitleAlign(imgui.Vec2{X: 0, Y: 0.5})
	style.SetSelectableTextAlign(imgui.Vec2{X: 0, Y: 0.5})
	style.SetDisabledAlpha(0.45)
	style.SetHoverDelayNormal(0.45)
}
