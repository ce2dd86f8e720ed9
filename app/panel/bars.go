package panel

import (
	"errors"
	"fmt"
	"time"

	"github.com/AllenDang/cimgui-go/imgui"
	"github.com/AllenDang/giu"

	"iceexplorer/app/action"
	"iceexplorer/app/session"
	"iceexplorer/app/widget"
	"iceexplorer/app/window"
	"iceexplorer/assets"
	"iceexplorer/cache/pathname"
	"iceexplorer/cache/unit"
	"iceexplorer/jobs"
)

// bars are what lies around the panels: menus, toolbar and status.
type bars struct {
	host   *Host
	window *window.Window

	// The rate of loading, for the status bar.
	bytes uint64
	at    time.Time
	rate  float64

	again time.Time // when workers that do not start are tried again; zero: not waited for
}

const barFlags = imgui.WindowFlagsNoScrollbar | imgui.WindowFlagsNoScrollWithMouse | imgui.WindowFlagsNoSavedSettings | imgui.WindowFlagsNoDocking | imgui.WindowFlagsNoTitleBar | imgui.WindowFlagsNoMove

func (b *bars) draw() {
	widget.MenuBar{
		Menus: b.host.Actions.Menus("File", "Edit", "View", "Playback", "Help"), Failed: b.host.failed,
		More: func(menu string) giu.Widget { return giu.Custom(func() { b.recent(menu) }) },
	}.Build()
	pad := imgui.CurrentStyle().WindowPadding()
	vp := imgui.MainViewport()
	fresh, rows := toolbarRows(vp.WorkSize().X - 2*pad.X)
	height := float32(rows)*imgui.FrameHeightWithSpacing() - imgui.CurrentStyle().ItemSpacing().Y
	if imgui.InternalBeginViewportSideBar("##toolbar", vp, imgui.DirUp, height+2*pad.Y, barFlags) {
		b.toolbar(fresh)
	}
	imgui.End()
	if imgui.InternalBeginViewportSideBar("##status", vp, imgui.DirDown, imgui.FrameHeight()+pad.Y, barFlags) {
		b.status()
	}
	imgui.End()
}

// recent lists, in the File menu, what was opened last.
func (b *bars) recent(menu string) {
	if menu != "File" || len(b.host.Settings.Recent) == 0 {
		return
	}
	imgui.Separator()
	if !imgui.BeginMenu("Open recent") {
		return
	}
	for i, path := range b.host.Settings.Recent {
		if imgui.MenuItemBool(fmt.Sprintf("%s##%d", ellipsis(pathname.Display(path), 40*imgui.FontSize()), i)) {
			tellError(b.host, b.host.Actions.Run("open", path))
		}
		widget.Tooltip(pathname.Display(path))
	}
	imgui.EndMenu()
}

// wideButton is a button of an action's icon and label.
func wideButton(h *Host, id string, width float32) {
	a := h.Actions.Find(id)
	imgui.BeginDisabledV(!a.Available())
	if imgui.ButtonV(a.Icon+"  "+a.Label+"##wide", imgui.Vec2{X: width}) {
		tellError(h, h.Actions.Run(id))
	}
	imgui.EndDisabled()
	widget.Tooltip(a.Tooltip())
}

// failed tells of an error of an action.
func (h *Host) failed(err error) { tellError(h, err) }

func tellError(h *Host, err error) {
	if err != nil {
		TellError(h.Session, err)
	}
}

// TellError tells of an error; that of an action holds until the action succeeds.
func TellError(s *session.Session, err error) {
	about := session.Subject{}
	if failed := (*action.Error)(nil); errors.As(err, &failed) {
		about = session.About(failed.ID)
	}
	s.TellOf(about, session.Error, err.Error())
}

func (b *bars) status() {
	s := b.host.Session
	stats := b.host.Stats()
	done, total := s.Progress()
	busy := stats.Queued + stats.Running
	if part, text, on := b.host.progress(); on {
		widget.Progress{Fraction: part, Text: text, Width: 220 * b.window.Scale()}.Build()
		imgui.SameLine()
		if imgui.Button("Cancel") {
			tellError(b.host, b.host.Actions.Run("cancel"))
		}
		imgui.SameLine()
	} else if text := readingText(s, time.Now()); text != "" {
		imgui.AlignTextToFramePadding()
		imgui.TextUnformatted(assets.IconFolderOpen + "  " + ellipsis(text, imgui.ContentRegionAvail().X*0.4))
		imgui.SameLine()
		if imgui.Button("Cancel") {
			tellError(b.host, b.host.Actions.Run("cancel"))
		}
		widget.Tooltip(b.host.Actions.Find("cancel").Tooltip())
		imgui.SameLine()
	} else if total > 0 && busy > 0 {
		text := fmt.Sprintf("loading %d of %d", done, total)
		part := float64(done) / float64(total)
		if done == total {
			mapped := 0
			for _, l := range s.Layers() {
				mapped += l.Count(session.Mapped) + l.Count(session.Partial) + l.Count(session.Failed)
			}
			text, part = fmt.Sprintf("converting %d of %d", mapped, total), float64(mapped)/float64(total)
		}
		if s.Measuring() && s.Settled(false) {
			known, _, all := s.Measured()
			text, part = fmt.Sprintf("measuring %d of %d", known, all), float64(known)/float64(max(all, 1))
		}
		widget.Progress{Fraction: part, Text: text, Width: 220 * b.window.Scale()}.Build()
		imgui.SameLine()
	}
	imgui.AlignTextToFramePadding()
	b.again = time.Time{}
	if stats.Queued > 0 && stats.Trouble.Fails > 0 {
		b.again = stats.Trouble.Again
		b.tell(session.Warning, troubleText(&stats, time.Now()))
	} else {
		b.message()
	}
	b.figures(stats.Bytes, busy)
}

// readingSaid is how long a folder is read before the status bar says so: most are
// read at once.
const readingSaid = 150 * time.Millisecond

// readingText says which folder is being read, if it takes long.
func readingText(s *session.Session, now time.Time) string {
	if r := s.Readings(); len(r) == 0 || now.Before(r[0].Since.Add(readingSaid)) {
		return ""
	}
	return s.ReadingText()
}

// message is the latest message that still holds.
func (b *bars) message() {
	m, ok := b.host.Session.Latest()
	if !ok {
		widget.TextDim("Ready")
		return
	}
	b.tell(m.Level, m.Text)
}

// nextDue is when the status bar's count of seconds changes, or a folder has been read
// for long.
func (b *bars) nextDue(now time.Time) (time.Time, bool) {
	if r := b.host.Session.Readings(); len(r) > 0 {
		if due := r[0].Since.Add(readingSaid); now.Before(due) {
			return due, true
		}
	}
	left := b.again.Sub(now)
	if left <= 0 {
		return time.Time{}, false
	}
	return now.Add((left-1)%time.Second + 1), true
}

// troubleText says why there are no workers, or fewer than there should be.
func troubleText(s *jobs.Stats, now time.Time) string {
	what := "Workers cannot be started"
	for _, w := range s.Workers {
		if w.State.Living() {
			what = "Some workers cannot be started"
		}
	}
	again := "trying again"
	if left := s.Trouble.Again.Sub(now); left > 0 {
		again += fmt.Sprintf(" in %d s", (left+time.Second-1)/time.Second)
	}
	return fmt.Sprintf("%s: %s; %s", what, s.Trouble.Reason, again)
}

// tell shows one line of a level.
func (b *bars) tell(level session.Level, text string) {
	icon, color := levelLook(level)
	imgui.PushStyleColorVec4(imgui.ColText, color)
	imgui.TextUnformatted(icon)
	imgui.PopStyleColor()
	imgui.SameLine()
	imgui.TextUnformatted(ellipsis(text, imgui.ContentRegionAvail().X*0.62))
	widget.Tooltip(text + "\n\nClick to see all messages")
	if imgui.IsItemClicked() {
		tellError(b.host, b.host.Actions.Run("messages"))
	}
}

// levelLook is how a message of a level is marked.
func levelLook(l session.Level) (icon string, color imgui.Vec4) {
	switch l {
	case session.Error:
		return assets.IconError, imgui.Vec4{X: 0.95, Y: 0.42, Z: 0.38, W: 1}
	case session.Warning:
		return assets.IconWarning, imgui.Vec4{X: 0.96, Y: 0.74, Z: 0.32, W: 1}
	}
	return assets.IconInfo, imgui.Vec4{X: 0.55, Y: 0.66, Z: 0.78, W: 1}
}

// ellipsis cuts text in its middle so that it fits width pixels: the beginning says
// what happened, the end which file.
func ellipsis(text string, width float32) string {
	if imgui.CalcTextSizeV(text, false, -1).X <= width {
		return text
	}
	r := []rune(text)
	for keep := len(r) - 1; keep > 8; keep -= max(1, keep/16) {
		short := string(r[:keep/2]) + "..." + string(r[len(r)-keep/2:])
		if imgui.CalcTextSizeV(short, false, -1).X <= width {
			return short
		}
	}
	return "..."
}

// selectedText says how much is selected.
func selectedText(n int) string {
	return unit.Plural(n, "point") + " selected"
}

// figures are at the right end: points, playback rate, loading rate.
func (b *bars) figures(bytes uint64, busy int) {
	if now := time.Now(); now.Sub(b.at) > time.Second/2 {
		if !b.at.IsZero() && bytes >= b.bytes {
			b.rate = float64(bytes-b.bytes) / now.Sub(b.at).Seconds()
		}
		b.bytes, b.at = bytes, now
	}
	text := unit.Plural(int64(b.host.Session.Points()), "point")
	if n := b.host.Session.SelectionSize(); n > 0 {
		text = selectedText(n) + "    " + text
	}
	if p := b.host.Session; p.Playing() {
		text += fmt.Sprintf("    %.1f of %s fps", p.PlayedRate(time.Now()), widget.Rate(p.Rate()))
	} else {
		text += fmt.Sprintf("    %s fps", widget.Rate(p.Rate()))
	}
	if busy > 0 && b.rate > 0 {
		text = unit.Rate(b.rate, 1) + "    " + text
	}
	width := imgui.CalcTextSizeV(text, false, -1).X
	imgui.SameLineV(imgui.WindowWidth()-width-imgui.CurrentStyle().WindowPadding().X, -1)
	imgui.TextUnformatted(text)
}
