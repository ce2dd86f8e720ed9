package messages

import (
	"time"

	"github.com/AllenDang/cimgui-go/imgui"
	"github.com/AllenDang/giu"

	"iceexplorer/app/panel"
	"iceexplorer/app/session"
	"iceexplorer/app/widget"
)

// toastTime is how long a warning or error stays in view.
const toastTime = 6 * time.Second

// toastLeft is how long it stays after the mouse has left it.
const toastLeft = 2 * time.Second

// NewToast makes the panel that shows the latest warning or error for a while.
func NewToast(h *panel.Host, opt Options) panel.Panel {
	t := &toast{session: h.Session, opt: opt}
	return panel.Panel{Name: "Latest message", Side: panel.Above, Layout: t.layout, Due: t.due}
}

type toast struct {
	session *session.Session
	opt     Options
	shown   session.Message
	expire  time.Time
}

// due is when the message goes away.
func (t *toast) due(now time.Time) (time.Time, bool) {
	if now.After(t.expire) {
		return time.Time{}, false
	}
	return t.expire.Add(time.Millisecond), true
}

func (t *toast) layout() giu.Layout {
	if !t.follow(time.Now()) {
		return nil
	}
	return giu.Layout{giu.Custom(t.window)}
}

// follow takes the latest message, or what has become of the one that is shown, and reports
// whether there is one to show.
func (t *toast) follow(now time.Time) bool {
	for _, m := range t.session.Messages() {
		withdrawable := m.About != (session.Subject{})
		switch {
		case withdrawable && m.About == t.shown.About && m.Time.Equal(t.shown.Time):
			t.shown.Text = m.Text // it may count more frames than before
			if m.Past {
				t.expire = time.Time{}
			}
		case !m.Past && m.Level > session.Info && m.Time.After(t.shown.Time) && now.Sub(m.Time) < toastTime:
			t.shown, t.expire = m, m.Time.Add(toastTime)
		}
	}
	return !now.After(t.expire)
}

// window lies in the lower right corner. giu.Window cannot be placed relative to that corner.
func (t *toast) window() {
	vp := imgui.MainViewport()
	pad := imgui.FontSize()
	imgui.SetNextWindowPosV(imgui.Vec2{X: vp.WorkPos().X + vp.WorkSize().X - pad, Y: vp.WorkPos().Y + vp.WorkSize().Y - pad}, imgui.CondAlways, imgui.Vec2{X: 1, Y: 1})
	flags := imgui.WindowFlagsNoDecoration | imgui.WindowFlagsNoSavedSettings | imgui.WindowFlagsNoDocking | imgui.WindowFlagsNoFocusOnAppearing |
		imgui.WindowFlagsNoNav | imgui.WindowFlagsAlwaysAutoResize
	if imgui.BeginV("##toast", nil, flags) {
		icon, color := panel.LevelLook(t.shown.Level)
		wrap, style := min(widget.Em(34), vp.WorkSize().X-4*pad), imgui.CurrentStyle()
		beside := widget.TextWidth(icon) + style.ItemSpacing().X + style.WindowPadding().X
		room := vp.WorkSize().Y - pad - 2*style.WindowPadding().Y - imgui.FrameHeightWithSpacing()
		imgui.PushTextWrapPosV(wrap)
		giu.Row(widget.Colored{Text: icon, Color: color}, giu.Label(fitted(t.shown.Text, wrap-beside, room))).Build()
		imgui.PopTextWrapPos()
		t.opt.buttons(&t.shown, func() { t.expire = time.Time{} }).Build()
		switch now := time.Now(); {
		case t.expire.IsZero() || !imgui.IsWindowHovered():
		case imgui.IsMouseClickedBool(imgui.MouseButtonLeft) && !imgui.IsAnyItemHovered():
			t.expire = time.Time{}
		case t.expire.Before(now.Add(toastLeft)):
			t.expire = now.Add(toastLeft) // somebody is about to click
		}
	}
	imgui.End()
}

// fitted is a text whose middle gives way to dots until it is no higher than the room that it has, as
// wide as that is. All of it stands among the messages.
func fitted(text string, width, height float32) string {
	short := text
	for room := widget.TextWidth(text); room > width && imgui.CalcTextSizeV(short, false, width).Y > height; room *= 0.9 {
		short = widget.Ellipsis(text, room)
	}
	return short
}
