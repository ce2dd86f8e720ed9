package window

import (
	"sync/atomic"

	"github.com/AllenDang/cimgui-go/imgui"
)

// Theme is the colours of the window, sRGB with alpha. Greys are neutral so that they do not
// tint how particle colours are seen; amber is the one accent.
type Theme struct {
	Name string

	Text, TextDim                      imgui.Vec4
	Accent, AccentPressed              imgui.Vec4
	AccentBright                       imgui.Vec4 // of what is pointed at
	OK, Busy, Info, Warning, Error     imgui.Vec4
	Panel, Popup, Back, Field, MenuBar imgui.Vec4
	FieldHovered, FieldPressed         imgui.Vec4
	Raised, Hovered, Pressed, Border   imgui.Vec4 // of buttons
	Grab, GrabHovered, GrabPressed     imgui.Vec4 // of bars and sliders
	Header, Lines                      imgui.Vec4 // of tables
	Selected                           imgui.Vec4 // behind text
	Over                               imgui.Vec4 // laid thinly over what is pointed at, or over every second row
	Shade                              imgui.Vec4 // laid over what does not count

	Absent, Waiting, Loading, Loaded, Converted, Partial imgui.Vec4 // states of frames; those that failed have Error

	Frame float32    // width of the lines around fields and buttons, in pixels
	Curve [2]float32 // saturation and value of curves that are told apart by their hue
}

// Dark is the theme that the program starts with.
var Dark = Theme{
	Name: "dark",
	Text: rgb(0xe2e2e2), TextDim: rgb(0x9a9a9a), Accent: rgb(0xf0a830), AccentPressed: rgb(0x8a5f1a), AccentBright: rgb(0xffc255),
	OK: rgb(0x6fbf73), Busy: rgb(0x5aa9e6), Info: rgb(0x8ca8c7), Warning: rgb(0xf2c14e), Error: rgb(0xf0625d),
	Panel: rgb(0x262626), Popup: rgb(0x2e2e2e), Back: rgb(0x1b1b1b), Field: rgb(0x161616), MenuBar: rgb(0x202020),
	FieldHovered: rgb(0x1f1f1f), FieldPressed: rgb(0x101010),
	Raised: rgb(0x383838), Hovered: rgb(0x474747), Pressed: rgb(0x575757), Border: rgb(0x3a3a3a),
	Grab: rgb(0x4a4a4a), GrabHovered: rgb(0x5e5e5e), GrabPressed: rgb(0x777777),
	Header: rgb(0x333333), Lines: rgb(0x323232), Selected: fade(rgb(0xf0a830), 0.28), Over: rgb(0xffffff), Shade: fade(rgb(0), 0.5),
	Absent: rgb(0x595e66), Waiting: rgb(0x8c94a1), Loading: rgb(0xf2c259), Loaded: rgb(0x6ba8eb), Converted: rgb(0x66c78c), Partial: rgb(0xcc85f2),
	Curve: [2]float32{0.6, 0.95},
}

// Light is for bright rooms. Colours that mean something are darker, so that text in them can be read.
var Light = Theme{
	Name: "light",
	Text: rgb(0x1c1c1c), TextDim: rgb(0x5f5f5f), Accent: rgb(0xb86e00), AccentPressed: rgb(0xe0a650), AccentBright: rgb(0x8f5500),
	OK: rgb(0x2c7a32), Busy: rgb(0x1f6fb2), Info: rgb(0x3f6288), Warning: rgb(0x8a5c00), Error: rgb(0xc0292b),
	Panel: rgb(0xececec), Popup: rgb(0xf6f6f6), Back: rgb(0xd6d6d6), Field: rgb(0xfcfcfc), MenuBar: rgb(0xe4e4e4),
	FieldHovered: rgb(0xf4f4f4), FieldPressed: rgb(0xe6e6e6),
	Raised: rgb(0xd2d2d2), Hovered: rgb(0xc3c3c3), Pressed: rgb(0xaeaeae), Border: rgb(0xbcbcbc),
	Grab: rgb(0xb2b2b2), GrabHovered: rgb(0x9c9c9c), GrabPressed: rgb(0x848484),
	Header: rgb(0xdadada), Lines: rgb(0xcfcfcf), Selected: fade(rgb(0xf0a830), 0.42), Over: rgb(0), Shade: fade(rgb(0x808080), 0.45),
	Absent: rgb(0xb4b7bc), Waiting: rgb(0x7d8590), Loading: rgb(0xb07d0a), Loaded: rgb(0x2f74c0), Converted: rgb(0x2e8a55), Partial: rgb(0x8b3fbf),
	Frame: 1,
	Curve: [2]float32{0.85, 0.65},
}

// Themes are all there are, the one that the program starts with first.
func Themes() []*Theme { return []*Theme{&Dark, &Light} }

// applied is the theme of ImGui's one context, as its style is.
var applied atomic.Pointer[Theme]

// Colors are those of the theme that is drawn with.
func Colors() *Theme {
	if t := applied.Load(); t != nil {
		return t
	}
	return &Dark
}

// ThemeNamed finds a theme, the first one if there is none with the name.
func ThemeNamed(name string) *Theme {
	for _, t := range Themes() {
		if t.Name == name {
			return t
		}
	}
	return Themes()[0]
}

func rgb(hex uint32) imgui.Vec4 {
	c := func(shift int) float32 { return float32(hex>>shift&255) / 255 }
	return imgui.Vec4{X: c(16), Y: c(8), Z: c(0), W: 1}
}

func fade(c imgui.Vec4, alpha float32) imgui.Vec4 {
	c.W = alpha
	return c
}

// parts are the colours of ImGui's own parts.
func (t *Theme) parts() map[imgui.Col]imgui.Vec4 {
	return map[imgui.Col]imgui.Vec4{
		imgui.ColText:                      t.Text,
		imgui.ColTextDisabled:              t.TextDim,
		imgui.ColTextLink:                  t.Accent,
		imgui.ColTextSelectedBg:            fade(t.Accent, 0.35),
		imgui.ColInputTextCursor:           t.Text,
		imgui.ColWindowBg:                  t.Panel,
		imgui.ColChildBg:                   {},
		imgui.ColPopupBg:                   t.Popup,
		imgui.ColBorder:                    t.Border,
		imgui.ColBorderShadow:              {},
		imgui.ColFrameBg:                   t.Field,
		imgui.ColFrameBgHovered:            t.FieldHovered,
		imgui.ColFrameBgActive:             t.FieldPressed,
		imgui.ColTitleBg:                   t.Back,
		imgui.ColTitleBgActive:             t.Back,
		imgui.ColTitleBgCollapsed:          t.Back,
		imgui.ColMenuBarBg:                 t.MenuBar,
		imgui.ColScrollbarBg:               {},
		imgui.ColScrollbarGrab:             t.Grab,
		imgui.ColScrollbarGrabHovered:      t.GrabHovered,
		imgui.ColScrollbarGrabActive:       t.GrabPressed,
		imgui.ColCheckMark:                 t.Accent,
		imgui.ColSliderGrab:                t.GrabHovered,
		imgui.ColSliderGrabActive:          t.AccentPressed,
		imgui.ColButton:                    t.Raised,
		imgui.ColButtonHovered:             t.Hovered,
		imgui.ColButtonActive:              t.Pressed,
		imgui.ColHeader:                    t.Selected,
		imgui.ColHeaderHovered:             fade(t.Over, 0.09),
		imgui.ColHeaderActive:              fade(t.Accent, 0.40),
		imgui.ColSeparator:                 t.Border,
		imgui.ColSeparatorHovered:          fade(t.Accent, 0.6),
		imgui.ColSeparatorActive:           t.Accent,
		imgui.ColResizeGrip:                fade(t.Over, 0.10),
		imgui.ColResizeGripHovered:         fade(t.Accent, 0.6),
		imgui.ColResizeGripActive:          t.Accent,
		imgui.ColTab:                       t.Back,
		imgui.ColTabHovered:                t.Hovered,
		imgui.ColTabSelected:               t.Panel,
		imgui.ColTabSelectedOverline:       t.Accent,
		imgui.ColTabDimmed:                 t.Back,
		imgui.ColTabDimmedSelected:         t.Panel,
		imgui.ColTabDimmedSelectedOverline: t.Pressed,
		imgui.ColDockingPreview:            fade(t.Accent, 0.4),
		imgui.ColDockingEmptyBg:            t.Back,
		imgui.ColPlotLines:                 t.Text,
		imgui.ColPlotLinesHovered:          t.Accent,
		imgui.ColPlotHistogram:             t.Accent,
		imgui.ColPlotHistogramHovered:      t.AccentBright,
		imgui.ColTableHeaderBg:             t.Header,
		imgui.ColTableBorderStrong:         t.Border,
		imgui.ColTableBorderLight:          t.Lines,
		imgui.ColTableRowBg:                {},
		imgui.ColTableRowBgAlt:             fade(t.Over, 0.03),
		imgui.ColTreeLines:                 t.Grab,
		imgui.ColDragDropTarget:            t.Accent,
		imgui.ColDragDropTargetBg:          fade(t.Accent, 0.1),
		imgui.ColUnsavedMarker:             t.Text,
		imgui.ColNavCursor:                 t.Accent,
		imgui.ColNavWindowingHighlight:     t.Accent,
		imgui.ColNavWindowingDimBg:         fade(rgb(0), 0.4),
		imgui.ColModalWindowDimBg:          fade(rgb(0), 0.5),
	}
}
