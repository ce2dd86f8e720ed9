// Package log is the panel with the latest lines of the log, for reports of problems.
package log

import (
	"log/slog"

	"github.com/AllenDang/cimgui-go/imgui"
	"github.com/AllenDang/giu"

	"iceexplorer/app/logbook"
	"iceexplorer/app/panel"
	"iceexplorer/app/widget"
	"iceexplorer/assets"
)

// New makes the panel. Wake has the window drawn again, from any goroutine.
func New(book *logbook.Book, wake func(), copied func(text string)) panel.Panel {
	l := &log{book: book, copied: copied, table: widget.Table{
		ID: "lines", Cursor: -1, Columns: []widget.Column{{Title: "Time", Width: 90}, {Title: "Level", Width: 60}, {Title: "What", Stretch: true}},
	}}
	return panel.Panel{
		Name: "Log", Side: panel.Bottom, Part: "log", Icon: assets.IconTerminal, Share: 0.25, Least: [2]float32{0, 180}, Hidden: true, Still: true,
		Layout: func() giu.Layout {
			book.Watch(wake)
			return l.layout()
		},
		Unseen: func() { book.Watch(nil) },
	}
}

type log struct {
	book   *logbook.Book
	copied func(string)
	table  widget.Table
	search string
	severe bool // warnings and errors alone

	lines []logbook.Line
	known state // what they were made for
}

// state is what the lines shown depend on.
type state struct {
	count  uint64
	search string
	severe bool
}

// follow takes the lines that are to be shown, and reports whether they are others than before.
func (l *log) follow() bool {
	now := state{l.book.Count(), l.search, l.severe}
	if now == l.known {
		return false
	}
	from := slog.LevelDebug
	if l.severe {
		from = slog.LevelWarn
	}
	l.known, l.lines = now, l.book.Lines(from, l.search)
	return true
}

const severe = "Warnings and errors only"

func (l *log) layout() giu.Layout {
	t := &l.table
	end := t.Top()+t.Visible() >= t.Rows // it was scrolled to the end, and stays there
	if l.follow() {
		t.Rows = int64(len(l.lines))
		if end {
			t.ScrollTo(t.Rows - 1)
		}
	}
	t.Cell = func(row int64, col int) string {
		line := &l.lines[row]
		return [...]string{line.Time.Format("15:04:05.000"), line.Level.String(), line.Text}[col]
	}
	t.Context = func(row int64) {
		giu.Layout{widget.CloseOnEscape{}, giu.MenuItem("Copy line").OnClick(func() { l.copied(l.lines[row].String()) })}.Build()
	}
	return giu.Layout{
		widget.Flow{Gap: 8, Parts: []widget.Part{
			{Of: giu.InputText(&l.search).Hint("Search").Size(min(widget.Em(16), imgui.ContentRegionAvail().X-widget.ButtonWidth("Copy")-widget.Em(1)))},
			{Needs: widget.ButtonWidth("Copy"), Of: giu.Button("Copy").Disabled(len(l.lines) == 0).OnClick(func() { l.copied(logbook.Text(l.lines)) })},
			{Needs: widget.CheckboxWidth(severe), Of: giu.Checkbox(severe, &l.severe)},
		}},
		giu.Custom(func() {
			if len(l.lines) == 0 {
				widget.Dim("There are no such lines.").Build()
				return
			}
			t.Size = imgui.Vec2{}
			t.Build()
		}),
	}
}
