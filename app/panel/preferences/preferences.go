// Package preferences is the dialog for choices that last.
package preferences

import (
	"fmt"
	"runtime"

	"github.com/AllenDang/giu"

	"iceexplorer/app/panel"
	"iceexplorer/app/session"
	"iceexplorer/app/settings"
	"iceexplorer/app/stage"
	"iceexplorer/app/widget"
	"iceexplorer/assets"
	"iceexplorer/jobs"
)

// Name of the dialog, as its title bar shows it.
const Name = "Preferences"

// New makes the dialog; apply is called after each change.
func New(h *panel.Host, apply func(old settings.Preferences)) panel.Panel {
	d := &dialog{host: h, apply: apply}
	// Closed, maybe with a number half typed.
	return panel.Panel{Name: Name, Side: panel.Dialog, Icon: assets.IconGear, Width: 38, Opened: d.open, Layout: d.layout, Closed: d.commit}
}

// dialog edits a draft: a number being typed, or a slider being dragged, counts only when it
// is let go.
type dialog struct {
	host    *panel.Host
	apply   func(old settings.Preferences)
	draft   settings.Preferences
	bounded string // why fewer workers are used than were typed
}

func (d *dialog) open() {
	d.draft = d.host.Settings.Preferences
	_, d.bounded = jobs.Workers(d.draft.Workers) // it may have been set on a larger machine
}

func (d *dialog) layout() giu.Layout {
	p := &d.draft
	l := giu.Layout{widget.Section("Loading")}
	workers := fmt.Sprintf("0 means one per core, which is %d on this machine. At most %d", runtime.NumCPU(), jobs.MaxWorkers())
	l = append(l, d.number("Worker processes", workers, p.Workers, func(n int32) { p.Workers = int(n) }))
	if d.bounded != "" {
		l = append(l, panel.Note(session.Warning, d.bounded))
	}
	memory := d.number("Scratch memory", "For frames that are not converted yet. 0 means a quarter of memory", int(p.ScratchBytes/1e6), func(n int32) { p.ScratchBytes = int64(n) * 1e6 })
	l = append(l,
		giu.Row(memory, widget.Dim("MB")),
		widget.Tip{
			Text: "Converted frames are kept in a folder named .sih5 beside their sources, and open at once",
			Of:   giu.Checkbox("Convert frames to .sih5 in the background", &p.Convert).OnChange(d.commit),
		},
		widget.Section("Playback"),
		widget.RateInput{Label: "Frame rate", FPS: p.FPS, Change: func(fps float64) { p.FPS = fps }}, widget.After(d.commit),
		d.gaps(),
		widget.Section("View"),
		d.navigation(),
		giu.Checkbox("Z is up", &p.ZUp).OnChange(d.commit),
		widget.Tip{Text: "Only of a session that has a name", Of: giu.Checkbox("Ask before changes of a session are lost", &p.AskUnsaved).OnChange(d.commit)},
		widget.Tip{Text: "Diameter of points without a Size", Of: d.slider("Point size", settings.MinPointSize, 16, "%.1f px", &p.PointSize)},
		d.slider("Size of text and buttons", settings.MinThemeScale, settings.MaxThemeScale, "%.2f x", &p.ThemeScale),
	)
	return giu.Layout{widget.Wide{Width: widget.Em(12), Of: l}}
}

// navigation chooses whose mouse and keys move the camera.
func (d *dialog) navigation() giu.Widget {
	now, _ := stage.ParseNavigation(d.draft.Navigation)
	names := stage.Navigations()
	labels := make([]string, len(names))
	for i := range names {
		labels[i] = stage.Navigation(i).Label()
	}
	return widget.Tip{
		Text: "Alt+drag moves the camera in all of them; Help > Keyboard shortcuts lists the rest",
		Of: widget.Choice{ID: "Navigate as in", Names: labels, At: int(now), Chosen: func(i int) {
			d.draft.Navigation = names[i]
			d.commit()
		}},
	}
}

// number is a field for a whole number from 0.
func (d *dialog) number(label, help string, v int, set func(int32)) giu.Widget {
	n := int32(v)
	input := giu.InputInt(&n).ID(giu.ID(label)).StepSize(1).StepSizeFast(4).OnChange(func() { set(max(n, 0)) })
	return widget.Tip{Text: help, Of: giu.Layout{input, widget.After(d.commit)}}
}

func (d *dialog) slider(label string, lo, hi float32, format string, to *float64) giu.Widget {
	return giu.Layout{widget.Slider{Label: label, Value: float32(*to), Min: lo, Max: hi, Format: format, Change: func(x float32) { *to = float64(x) }}, widget.After(d.commit)}
}

// gaps says what missing frames show.
func (d *dialog) gaps() giu.Widget {
	empty := d.host.Session.Gaps() == session.EmptyGaps
	return widget.Tip{
		Text: "Where a sequence lacks frames, the scene is empty. Otherwise it holds the frame before, and says so",
		Of: giu.Checkbox("Show nothing where frames are missing", &empty).OnChange(func() {
			g := session.HoldGaps
			if empty {
				g = session.EmptyGaps
			}
			d.host.Run("gaps", g.String())
			d.commit()
		}),
	}
}

// commit makes the draft the preferences. Loop, play mode, gaps and units may have been changed
// by their actions meanwhile.
func (d *dialog) commit() {
	now := &d.host.Settings.Preferences
	d.draft.Loop, d.draft.PlayMode, d.draft.Gaps, d.draft.Units = now.Loop, now.PlayMode, now.Gaps, now.Units
	if workers, note := jobs.Workers(d.draft.Workers); note != "" {
		d.draft.Workers, d.bounded = workers, note
		d.host.Session.TellOf(session.About("workers"), session.Warning, note)
	} else if d.draft.Workers != now.Workers {
		d.bounded = ""
		d.host.Session.Settle(session.About("workers"))
	}
	old := d.host.Settings.Set(d.draft)
	d.draft = *now
	d.apply(old)
}
