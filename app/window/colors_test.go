package window

import (
	"math"
	"testing"

	"github.com/AllenDang/cimgui-go/imgui"
)

// contrast is that of two opaque colours, as the WCAG defines it: 1 to 21.
func contrast(a, b imgui.Vec4) float64 {
	luminance := func(c imgui.Vec4) float64 {
		part := func(v float32) float64 {
			if v <= 0.04045 {
				return float64(v) / 12.92
			}
			return math.Pow((float64(v)+0.055)/1.055, 2.4)
		}
		return 0.2126*part(c.X) + 0.7152*part(c.Y) + 0.0722*part(c.Z)
	}
	x, y := luminance(a)+0.05, luminance(b)+0.05
	return max(x, y) / min(x, y)
}

// over lays a colour with alpha on an opaque one.
func over(c, on imgui.Vec4) imgui.Vec4 {
	mix := func(a, b float32) float32 { return a*c.W + b*(1-c.W) }
	return imgui.Vec4{X: mix(c.X, on.X), Y: mix(c.Y, on.Y), Z: mix(c.Z, on.Z), W: 1}
}

func TestTextOfEveryThemeCanBeRead(t *testing.T) {
	t.Parallel()
	for _, th := range Themes() {
		for where, back := range map[string]imgui.Vec4{
			"panel": th.Panel, "popup": th.Popup, "field": th.Field, "button": th.Raised, "hovered button": th.Hovered, "tab": th.Back, "header": th.Header, "selected": over(th.Selected, th.Panel),
		} {
			if c := contrast(th.Text, back); c < 4.5 {
				t.Errorf("%s: text on %s has a contrast of %.1f", th.Name, where, c)
			}
		}
		for what, ink := range map[string]imgui.Vec4{
			"dim text": th.TextDim, "accent": th.Accent, "ok": th.OK, "busy": th.Busy, "info": th.Info, "warning": th.Warning, "error": th.Error,
			"loaded": th.Loaded, "converted": th.Converted, "partial": th.Partial,
		} {
			for where, back := range map[string]imgui.Vec4{"panel": th.Panel, "popup": th.Popup} {
				if c := contrast(ink, back); c < 3 {
					t.Errorf("%s: %s on %s has a contrast of %.1f", th.Name, what, where, c)
				}
			}
		}
	}
}
