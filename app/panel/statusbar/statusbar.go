// Package statusbar is the line along the lower edge of the window: progress, the latest
// message, and figures.
package statusbar

import (
	"fmt"
	"strings"
	"time"

	"github.com/AllenDang/cimgui-go/imgui"
	"github.com/AllenDang/giu"

	"iceexplorer/app/panel"
	"iceexplorer/app/session"
	"iceexplorer/app/widget"
	"iceexplorer/assets"
	"iceexplorer/cache/unit"
	"iceexplorer/jobs"
)

// Saving is the progress of saving pictures; on is false while none are being saved.
type Saving func() (part float64, text string, on bool)

// New makes the status bar.
func New(h *panel.Host, stats func() jobs.Stats, saving Saving) panel.Panel {
	b := &bar{host: h, stats: stats, saving: saving}
	return panel.Panel{Name: "status", Side: panel.BottomBar, Height: b.height, Layout: b.layout, Due: b.due}
}

type bar struct {
	host   *panel.Host
	stats  func() jobs.Stats
	saving Saving

	// The rate of loading.
	bytes uint64
	at    time.Time
	rate  float64

	left  float32   // where what stands at the left must end, in pixels
	again time.Time // when starting workers is tried again; zero: nothing to wait for
}

func (b *bar) height() float32 { return imgui.FrameHeight() + imgui.CurrentStyle().WindowPadding().Y }

func (b *bar) layout() giu.Layout {
	stats := b.stats()
	figures := b.figures(&stats)
	b.left = imgui.WindowWidth() - widget.TextWidth(figures) - imgui.CurrentStyle().WindowPadding().X - widget.Em(1)
	low := giu.Custom(func() { imgui.SetCursorPosY((b.height() - imgui.FrameHeight()) / 2) })
	return giu.Layout{low, b.progress(&stats), widget.Lazy(func() giu.Widget { return b.message(&stats) }), giu.Custom(func() { atRight(figures) })}
}

// progress is the bar for work under way, if there is any.
func (b *bar) progress(stats *jobs.Stats) giu.Widget {
	s := b.host.Session
	width := min(220*b.host.Scale(), b.left*0.45)
	if part, text, on := b.saving(); on {
		cancel := giu.Button("Cancel").OnClick(func() { b.host.Run("cancel") })
		return giu.Layout{giu.Row(widget.Progress{Fraction: part, Text: text, Width: width}, cancel), giu.Custom(imgui.SameLine)}
	}
	if text := readingText(s, time.Now()); text != "" {
		cancel := giu.Button("Cancel").OnClick(func() { b.host.Run("cancel") })
		return giu.Layout{giu.Row(
			widget.Aligned{Of: giu.Label(assets.IconFolderOpen + "  " + widget.Ellipsis(text, b.left*0.5))},
			widget.Tip{Text: b.host.Actions.Find("cancel").Tooltip(), Of: cancel},
		), giu.Custom(imgui.SameLine)}
	}
	done, total := s.Progress()
	if total == 0 || stats.Queued+stats.Running == 0 {
		return giu.Layout{}
	}
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
	return giu.Layout{widget.Progress{Fraction: part, Text: text, Width: width}, giu.Custom(imgui.SameLine)}
}

// readingSaid is how long reading a folder may take before the status bar says so: most are
// read at once.
const readingSaid = 150 * time.Millisecond

// readingText says which folder is being read, if it takes long.
func readingText(s *session.Session, now time.Time) string {
	if r := s.Readings(); len(r) == 0 || now.Before(r[0].Since.Add(readingSaid)) {
		return ""
	}
	return s.ReadingText()
}

// message is why workers do not start, or the latest message that still applies.
func (b *bar) message(stats *jobs.Stats) giu.Widget {
	b.again = time.Time{}
	if stats.Queued > 0 && stats.Trouble.Fails > 0 {
		b.again = stats.Trouble.Again
		return b.tell(session.Warning, troubleText(stats, time.Now()))
	}
	m, ok := b.host.Session.Latest()
	switch {
	case ok:
		return b.tell(m.Level, m.Text)
	case len(b.host.Session.Readings()) > 0:
		return giu.Layout{} // it is not ready
	}
	return widget.Aligned{Of: widget.Dim("Ready")}
}

// due is when the countdown changes, or when reading a folder has taken long.
func (b *bar) due(now time.Time) (time.Time, bool) {
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

// tell is one line with the icon of a level.
func (b *bar) tell(level session.Level, text string) giu.Widget {
	icon, color := panel.LevelLook(level)
	line := widget.Lazy(func() giu.Widget { return giu.Label(widget.Ellipsis(text, b.left-imgui.CursorPosX())) })
	return giu.Row(
		widget.Aligned{Of: widget.Colored{Text: icon, Color: color}},
		widget.Tip{Text: text + "\n\nClick to see all messages", Of: line},
		giu.Event().OnClick(giu.MouseButtonLeft, func() { b.host.Run("messages") }),
	)
}

// figure is a part of what stands at the right end.
type figure struct {
	text string
	rank int // where there is no room for all, those of a high one are left out
}

// apart is what lies between two figures.
const apart = "    "

// fitting joins the figures that there is room for. The first of all stays, however little there is.
func fitting(all []figure, fits func(text string) bool) string {
	for most := 3; ; most-- {
		var words []string
		for _, f := range all {
			if f.text != "" && f.rank <= most {
				words = append(words, f.text)
			}
		}
		if text := strings.Join(words, apart); most == 0 || fits(text) {
			return text
		}
	}
}

// figures are loading rate, selection, points and playback rate, as far as there is room in the
// right part of the bar.
func (b *bar) figures(stats *jobs.Stats) string {
	if now := time.Now(); now.Sub(b.at) > time.Second/2 {
		if !b.at.IsZero() && stats.Bytes >= b.bytes {
			b.rate = float64(stats.Bytes-b.bytes) / now.Sub(b.at).Seconds()
		}
		b.bytes, b.at = stats.Bytes, now
	}
	s := b.host.Session
	rate := fmt.Sprintf("%s fps", widget.Rate(s.Rate()))
	if s.Playing() {
		rate = fmt.Sprintf("%.1f of %s fps", s.PlayedRate(time.Now()), widget.Rate(s.Rate()))
	}
	loading := ""
	if stats.Queued+stats.Running > 0 && b.rate > 0 {
		loading = unit.Rate(b.rate, 1)
	}
	room := imgui.WindowWidth() * 0.6
	return fitting([]figure{{loading, 3}, {s.SelectionText(), 1}, {s.PointsText(), 0}, {rate, 2}}, func(text string) bool { return widget.TextWidth(text) <= room })
}

// atRight writes the figures at the right end.
func atRight(text string) {
	imgui.SameLineV(imgui.WindowWidth()-widget.TextWidth(text)-imgui.CurrentStyle().WindowPadding().X, -1)
	imgui.AlignTextToFramePadding()
	giu.Label(text).Build()
}
