package widget

import (
	"slices"
	"strconv"
	"time"

	"github.com/AllenDang/cimgui-go/imgui"

	"iceexplorer/app/window"
	"iceexplorer/assets"
)

// Level is how much a message matters.
type Level uint8

// The levels. Info, Done and Warning go by themselves, Error stays until it is closed.
const (
	Info Level = iota
	Done
	Warning
	Error
)

// Message is a sentence for the user.
type Message struct {
	Level Level
	Text  string
	Time  time.Time // of its last occurrence
	Times int
}

const (
	infoStays    = 5 * time.Second
	warningStays = 10 * time.Second
	maxToasts    = 5
	maxHistory   = 500
)

// Messages shows messages for a while in a corner and keeps them for a list.
// The zero value is ready to use.
type Messages struct {
	toasts  []Message
	history []Message
}

// Add shows a message. The same one again only counts up.
func (m *Messages) Add(level Level, text string, now time.Time) {
	msg := Message{Level: level, Text: text, Time: now, Times: 1}
	m.history = merge(m.history, msg, maxHistory)
	m.toasts = merge(m.toasts, msg, maxToasts)
}

// merge appends a message, or counts up the last one that says the same, and
// drops the oldest beyond a number; errors go last.
func merge(list []Message, msg Message, limit int) []Message {
	same := func(o Message) bool { return o.Level == msg.Level && o.Text == msg.Text }
	if i := slices.IndexFunc(list, same); i >= 0 {
		msg.Times += list[i].Times
		list = slices.Delete(list, i, i+1)
	}
	list = append(list, msg)
	if len(list) > limit {
		oldest := max(slices.IndexFunc(list, func(o Message) bool { return o.Level != Error }), 0)
		list = slices.Delete(list, oldest, oldest+1)
	}
	return list
}

// History returns all messages, the newest last.
func (m *Messages) History() []Message { return m.history }

// ends returns when a message goes by itself.
func (msg Message) ends() (time.Time, bool) {
	switch msg.Level {
	case Error:
		return time.Time{}, false
	case Warning:
		return msg.Time.Add(warningStays), true
	}
	return msg.Time.Add(infoStays), true
}

// NextDue returns when the next message goes, for the window's pacing.
func (m *Messages) NextDue() (due time.Time, ok bool) {
	for _, msg := range m.toasts {
		if end, ends := msg.ends(); ends && (!ok || end.Before(due)) {
			due, ok = end, true
		}
	}
	return due, ok
}

func (m *Messages) expire(now time.Time) {
	m.toasts = slices.DeleteFunc(m.toasts, func(msg Message) bool {
		end, ends := msg.ends()
		return ends && !now.Before(end)
	})
}

func (l Level) look() (icon string, c imgui.Vec4) {
	switch l {
	case Done:
		return assets.IconDone, window.ColorOK
	case Warning:
		return assets.IconWarning, window.ColorWarning
	case Error:
		return assets.IconError, window.ColorError
	}
	return assets.IconInfo, window.ColorBusy
}

// Draw draws the messages upwards from corner, the right lower one of the area
// they may cover, in screen coordinates.
func (m *Messages) Draw(now time.Time, corner imgui.Vec2) {
	m.expire(now)
	gap, width := scaled(8), scaled(380)
	y := corner.Y - gap
	for i := len(m.toasts) - 1; i >= 0; i-- {
		msg := m.toasts[i]
		imgui.SetNextWindowPosV(vec(corner.X-gap, y), imgui.CondAlways, vec(1, 1))
		imgui.SetNextWindowSizeConstraints(vec(scaled(160), 0), vec(width, corner.Y))
		imgui.PushStyleColorVec4(imgui.ColWindowBg, *imgui.StyleColorVec4(imgui.ColPopupBg))
		flags := imgui.WindowFlagsNoDecoration | imgui.WindowFlagsNoSavedSettings | imgui.WindowFlagsNoDocking |
			imgui.WindowFlagsNoMove | imgui.WindowFlagsAlwaysAutoResize | imgui.WindowFlagsNoFocusOnAppearing | imgui.WindowFlagsNoNav
		imgui.BeginV("##message"+strconv.Itoa(i), nil, flags)
		m.drawOne(msg, width)
		y -= imgui.WindowHeight() + gap
		imgui.End()
		imgui.PopStyleColor()
	}
}

func (m *Messages) drawOne(msg Message, width float32) {
	icon, c := msg.Level.look()
	lo, size := imgui.WindowPos(), imgui.WindowSize()
	imgui.WindowDrawList().AddRectFilledV(lo, vec(lo.X+scaled(3), lo.Y+size.Y), color(c), imgui.CurrentStyle().WindowRounding(), imgui.DrawFlagsRoundCornersLeft)
	imgui.PushStyleColorVec4(imgui.ColText, c)
	imgui.TextUnformatted(icon)
	imgui.PopStyleColor()
	imgui.SameLine()
	close := imgui.FrameHeight()
	imgui.PushTextWrapPosV(width - close - scaled(14))
	text := msg.Text
	if msg.Times > 1 {
		text += " (" + strconv.Itoa(msg.Times) + " times)"
	}
	imgui.TextUnformatted(text)
	imgui.PopTextWrapPos()
	imgui.SameLine()
	imgui.PushStyleColorVec4(imgui.ColButton, imgui.Vec4{})
	if imgui.SmallButton(assets.IconClose + "##close") {
		m.toasts = slices.DeleteFunc(slices.Clone(m.toasts), func(o Message) bool { return o.Level == msg.Level && o.Text == msg.Text })
	}
	imgui.PopStyleColor()
}

// DrawList draws the history into the current window, the newest first.
func (m *Messages) DrawList() {
	if len(m.history) == 0 {
		TextDim("No messages.")
		return
	}
	for i := len(m.history) - 1; i >= 0; i-- {
		msg := m.history[i]
		icon, c := msg.Level.look()
		TextDim(msg.Time.Format("15:04:05"))
		imgui.SameLine()
		imgui.PushStyleColorVec4(imgui.ColText, c)
		imgui.TextUnformatted(icon)
		imgui.PopStyleColor()
		imgui.SameLine()
		imgui.PushTextWrapPosV(0)
		if msg.Times > 1 {
			imgui.TextUnformatted(msg.Text + " (" + strconv.Itoa(msg.Times) + " times)")
		} else {
			imgui.TextUnformatted(msg.Text)
		}
		imgui.PopTextWrapPos()
	}
}
