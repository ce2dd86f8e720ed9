package panel

import (
	"github.com/AllenDang/cimgui-go/imgui"

	"iceexplorer/app/session"
	"iceexplorer/app/widget"
	"iceexplorer/assets"
	"iceexplorer/cache"
)

// LevelLook is how a message of a level is marked.
func LevelLook(l session.Level) (icon string, color imgui.Vec4) {
	switch l {
	case session.Error:
		return assets.IconError, imgui.Vec4{X: 0.95, Y: 0.42, Z: 0.38, W: 1}
	case session.Warning:
		return assets.IconWarning, imgui.Vec4{X: 0.96, Y: 0.74, Z: 0.32, W: 1}
	}
	return assets.IconInfo, imgui.Vec4{X: 0.55, Y: 0.66, Z: 0.78, W: 1}
}

// Note is wrapped text of a level, after the level's icon.
func Note(l session.Level, text string) widget.Wrapped {
	icon, color := LevelLook(l)
	return widget.Wrapped{Text: icon + " " + text, Color: color}
}

// StateLook is how a frame's state is marked: a glyph of its own beside the colour.
func StateLook(s session.State) (icon string, color imgui.Vec4) {
	switch s {
	case session.Queued:
		return assets.IconClock, imgui.Vec4{X: 0.55, Y: 0.58, Z: 0.63, W: 1}
	case session.Loading:
		return assets.IconHourglass, imgui.Vec4{X: 0.95, Y: 0.76, Z: 0.35, W: 1}
	case session.Scratch:
		return assets.IconDone, imgui.Vec4{X: 0.42, Y: 0.66, Z: 0.92, W: 1}
	case session.Mapped:
		return assets.IconDrive, imgui.Vec4{X: 0.40, Y: 0.78, Z: 0.55, W: 1}
	case session.Partial:
		return assets.IconWarning, imgui.Vec4{X: 0.80, Y: 0.52, Z: 0.95, W: 1}
	case session.Failed:
		return assets.IconError, imgui.Vec4{X: 0.95, Y: 0.42, Z: 0.38, W: 1}
	}
	return "", imgui.Vec4{X: 0.35, Y: 0.37, Z: 0.40, W: 1}
}

// Trouble is why a frame is missing or not intact; "" if all is well.
func Trouble(l *session.Layer, number cache.Number) string {
	if d := l.Damage(number); d != nil {
		return "The file is damaged: " + d.String()
	}
	return l.Failure(number)
}
