package panel

import (
	"github.com/AllenDang/cimgui-go/imgui"

	"iceexplorer/app/session"
	"iceexplorer/app/widget"
	"iceexplorer/app/window"
	"iceexplorer/assets"
	"iceexplorer/cache"
)

// LevelLook is how a message of a level is marked.
func LevelLook(l session.Level) (icon string, color imgui.Vec4) {
	c := window.Colors()
	switch l {
	case session.Error:
		return assets.IconError, c.Error
	case session.Warning:
		return assets.IconWarning, c.Warning
	}
	return assets.IconInfo, c.Info
}

// Note is wrapped text of a level, after the level's icon.
func Note(l session.Level, text string) widget.Wrapped {
	icon, color := LevelLook(l)
	return widget.Wrapped{Text: icon + " " + text, Color: color}
}

// StateLook is how a frame's state is marked: a glyph of its own beside the colour.
func StateLook(s session.State) (icon string, color imgui.Vec4) {
	c := window.Colors()
	switch s {
	case session.Queued:
		return assets.IconClock, c.Waiting
	case session.Loading:
		return assets.IconHourglass, c.Loading
	case session.Scratch:
		return assets.IconDone, c.Loaded
	case session.Mapped:
		return assets.IconDrive, c.Converted
	case session.Partial:
		return assets.IconWarning, c.Partial
	case session.Failed:
		return assets.IconError, c.Error
	}
	return "", c.Absent
}

// Trouble is why a frame is missing or not intact; "" if all is well.
func Trouble(l *session.Layer, number cache.Number) string {
	if d := l.Damage(number); d != nil {
		return d.Sentence()
	}
	return l.Failure(number)
}
