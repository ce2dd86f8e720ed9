// Package work is the panel of jobs: what each worker does, what waits, and how fast it goes.
package work

import (
	"strconv"
	"time"

	"github.com/AllenDang/cimgui-go/imgui"
	"github.com/AllenDang/giu"

	"iceexplorer/app/panel"
	"iceexplorer/app/widget"
	"iceexplorer/app/window"
	"iceexplorer/assets"
	"iceexplorer/jobs"
)

// Pool is what does the jobs.
type Pool interface {
	Stats() jobs.Stats
	Waiting(n int) []jobs.Waiting
}

// New makes the panel.
func New(h *panel.Host, pool func() Pool) panel.Panel {
	w := &work{host: h, pool: pool, table: widget.Table{ID: "jobs", Cursor: -1, Columns: []widget.Column{
		{Title: "Worker", Width: 80}, {Title: "Does", Width: 90}, {Title: "Frame", Width: 60, Right: true},
		{Title: "For", Width: 70, Right: true}, {Title: "Speed", Width: 90, Right: true, Tooltip: "Of the worker's last job: bytes of decoded columns each second"},
		{Title: "Memory", Width: 80, Right: true, Tooltip: "Private memory of the worker's process"}, {Title: "File", Stretch: true},
	}}}
	return panel.Panel{
		Name: "Jobs", Side: panel.Bottom, Part: "log", Icon: assets.IconWorkers, Share: 0.25, Least: [2]float32{0, 180}, Hidden: true, Still: true,
		Layout: w.layout, Unseen: func() { w.seen = false }, Due: w.due,
	}
}

type work struct {
	host  *panel.Host
	pool  func() Pool
	table widget.Table
	seen  bool
	busy  bool // something changes while it is seen
	rows  []row
}

// shownWaiting is how many jobs that wait are listed: each picture asks for them.
const shownWaiting = 100

// refresh is how often times and memory are shown anew while workers are busy.
const refresh = 250 * time.Millisecond

func (w *work) due(now time.Time) (time.Time, bool) { return now.Add(refresh), w.seen && w.busy }

func (w *work) layout() giu.Layout {
	pool := w.pool()
	stats := pool.Stats()
	w.seen, w.busy = true, busy(&stats)
	chosen := jobs.ID(0)
	if c := w.table.Cursor; c >= 0 && c < int64(len(w.rows)) {
		chosen = w.rows[c].job
	}
	w.rows = list(&stats, pool.Waiting(shownWaiting), time.Now())
	w.table.Rows, w.table.Cursor = int64(len(w.rows)), find(w.rows, chosen, w.table.Cursor)
	if w.table.Cursor < 0 {
		chosen = 0
	}
	w.table.Cell = func(r int64, col int) string { return w.rows[r].cells[col] }
	w.table.Context = func(r int64) {
		job := w.rows[r].job
		giu.Layout{widget.CloseOnEscape{}, giu.MenuItem("Cancel job").Enabled(job != 0).OnClick(func() { w.cancel(job) })}.Build()
	}
	says := summary(&stats)
	return giu.Layout{
		widget.Flow{Gap: 8, Parts: []widget.Part{
			{Of: widget.Tip{Text: "Cancel the job of the chosen row", Of: giu.Button("Cancel job").Disabled(chosen == 0).OnClick(func() { w.cancel(chosen) })}},
			{Needs: widget.ButtonWidth("Cancel all"), Of: widget.Tip{Text: w.host.Actions.Find("cancel").Tooltip(), Of: giu.Button("Cancel all").Disabled(!w.host.Actions.Find("cancel").Available()).OnClick(func() { w.host.Run("cancel") })}},
			{Needs: widget.TextWidth(says), Of: widget.Aligned{Of: widget.Wrapped{Text: says, Color: window.Colors().Text}}},
		}},
		giu.Custom(func() {
			w.table.Size = imgui.Vec2{}
			w.table.Build()
		}),
	}
}

func (w *work) cancel(job jobs.ID) { w.host.Run("cancel-job", strconv.FormatUint(uint64(job), 10)) }
