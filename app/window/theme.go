package window

import (
	"unsafe"

	"github.com/AllenDang/cimgui-go/imgui"

	"iceexplorer/assets"
)

// FontSize is the height of text at scale 1, in pixels.
const FontSize = 15

// Colors of the theme, sRGB with alpha. Greys are neutral so that they do not
// tint how particle colours are seen; amber is the one accent.
var (
	ColorText     = rgb(0xe2e2e2)
	ColorTextDim  = rgb(0x9a9a9a)
	ColorAccent   = rgb(0xf0a830)
	ColorOK       = rgb(0x6fbf73)
	ColorBusy     = rgb(0x5aa9e6)
	ColorWarning  = rgb(0xf2c14e)
	ColorError    = rgb(0xf0625d)
	ColorPanel    = rgb(0x262626)
	ColorBack     = rgb(0x1b1b1b)
	ColorField    = rgb(0x161616)
	ColorRaised   = rgb(0x383838)
	ColorHovered  = rgb(0x474747)
	ColorPressed  = rgb(0x575757)
	ColorBorder   = rgb(0x3a3a3a)
	ColorSelected = fade(ColorAccent, 0.28)
)

func rgb(hex uint32) imgui.Vec4 {
	c := func(shift int) float32 { return float32(hex>>shift&255) / 255 }
	return imgui.Vec4{X: c(16), Y: c(8), Z: c(0), W: 1}
}

func fade(c imgui.Vec4, alpha float32) imgui.Vec4 {
	c.W = alpha
	return c
}

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
// 96 dpi). It may be called again when the scale changes.
func applyTheme(scale float32) {
	style := imgui.CurrentStyle()
	style.SetFontSizeBase(FontSize)
	style.SetFontScaleDpi(scale)
	applySizes(style, scale)
	colors := style.Colors()
	for c, v := range theme {
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

	style.SetWindowBorderSize(1)
	style.SetPopupBorderSize(1)
	style.SetChildBorderSize(1)
	style.SetFrameBorderSize(0)
	style.SetTabBorderSize(0)
	style.SetTabBarBorderSize(1)
	style.SetWindowMenuButtonPosition(imgui.DirNone)
	style.SetWindowTitleAlign(imgui.Vec2{X: 0, Y: 0.5})
	style.SetSelectableTextAlign(imgui.Vec2{X: 0, Y: 0.5})
	style.SetDisabledAlpha(0.45)
	style.SetHoverDelayNormal(0.45)
}

// theme is the colour of each part.
var theme = map[imgui.Col]imgui.Vec4{
	imgui.ColText:                      ColorText,
	imgui.ColTextDisabled:              ColorTextDim,
	imgui.ColTextLink:                  ColorAccent,
	imgui.ColTextSelectedBg:            fade(ColorAccent, 0.35),
	imgui.ColInputTextCursor:           ColorText,
	imgui.ColWindowBg:                  ColorPanel,
	imgui.ColChildBg:                   {},
	imgui.ColPopupBg:                   rgb(0x2e2e2e),
	imgui.ColBorder:                    ColorBorder,
	imgui.ColBorderShadow:              {},
	imgui.ColFrameBg:                   ColorField,
	imgui.ColFrameBgHovered:            rgb(0x1f1f1f),
	imgui.ColFrameBgActive:             rgb(0x101010),
	imgui.ColTitleBg:                   ColorBack,
	imgui.ColTitleBgActive:             ColorBack,
	imgui.ColTitleBgCollapsed:          ColorBack,
	imgui.ColMenuBarBg:                 rgb(0x202020),
	imgui.ColScrollbarBg:               {},
	imgui.ColScrollbarGrab:             rgb(0x4a4a4a),
	imgui.ColScrollbarGrabHovered:      rgb(0x5e5e5e),
	imgui.ColScrollbarGrabActive:       rgb(0x777777),
	imgui.ColCheckMark:                 ColorAccent,
	imgui.ColSliderGrab:                rgb(0x5e5e5e),
	imgui.ColSliderGrabActive:          rgb(0x8a5f1a),
	imgui.ColButton:                    ColorRaised,
	imgui.ColButtonHovered:             ColorHovered,
	imgui.ColButtonActive:              ColorPressed,
	imgui.ColHeader:                    ColorSelected,
	imgui.ColHeaderHovered:             fade(rgb(0xffffff), 0.09),
	imgui.ColHeaderActive:              fade(ColorAccent, 0.40),
	imgui.ColSeparator:                 ColorBorder,
	imgui.ColSeparatorHovered:          fade(ColorAccent, 0.6),
	imgui.ColSeparatorActive:           ColorAccent,
	imgui.ColResizeGrip:                fade(rgb(0xffffff), 0.10),
	imgui.ColResizeGripHovered:         fade(ColorAccent, 0.6),
	imgui.ColResizeGripActive:          ColorAccent,
	imgui.ColTab:                       ColorBack,
	imgui.ColTabHovered:                ColorHovered,
	imgui.ColTabSelected:               ColorPanel,
	imgui.ColTabSelectedOverline:       ColorAccent,
	imgui.ColTabDimmed:                 ColorBack,
	imgui.ColTabDimmedSelected:         ColorPanel,
	imgui.ColTabDimmedSelectedOverline: rgb(0x5a5a5a),
	imgui.ColDockingPreview:            fade(ColorAccent, 0.4),
	imgui.ColDockingEmptyBg:            ColorBack,
	imgui.ColPlotLines:                 ColorText,
	imgui.ColPlotLinesHovered:          ColorAccent,
	imgui.ColPlotHistogram:             ColorAccent,
	imgui.ColPlotHistogramHovered:      rgb(0xffc255),
	imgui.ColTableHeaderBg:             rgb(0x333333),
	imgui.ColTableBorderStrong:         ColorBorder,
	imgui.ColTableBorderLight:          rgb(0x323232),
	imgui.ColTableRowBg:                {},
	imgui.ColTableRowBgAlt:             fade(rgb(0xffffff), 0.03),
	imgui.ColTreeLines:                 rgb(0x4a4a4a),
	imgui.ColDragDropTarget:            ColorAccent,
	imgui.ColDragDropTargetBg:          fade(ColorAccent, 0.1),
	imgui.ColUnsavedMarker:             ColorText,
	imgui.ColNavCursor:                 ColorAccent,
	imgui.ColNavWindowingHighlight:     ColorAccent,
	imgui.ColNavWindowingDimBg:         fade(rgb(0), 0.4),
	imgui.ColModalWindowDimBg:          fade(rgb(0), 0.5),
}
