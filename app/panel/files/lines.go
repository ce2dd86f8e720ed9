package files

import (
	"fmt"
	"time"

	"github.com/AllenDang/cimgui-go/imgui"
	"github.com/AllenDang/giu"

	"iceexplorer/app/folder"
	"iceexplorer/app/panel"
	"iceexplorer/app/session"
	"iceexplorer/app/widget"
	"iceexplorer/app/window"
	"iceexplorer/assets"
	"iceexplorer/cache/pathname"
	"iceexplorer/cache/unit"
)

// folderColumn is a column of the list.
type folderColumn struct {
	widget.Column
	by   folder.Column
	text func(*folder.Entry) string
	draw func(d *ours, e *folder.Entry) // instead of text
}

// columnsFor are the columns that there is room for, in heights of the text.
func columnsFor(room float32) []folderColumn {
	all := []folderColumn{{Column: widget.Column{Title: "Name", Stretch: true}, by: folder.ByName, draw: (*ours).name}}
	all = append(all, folderColumn{Column: widget.Column{Title: "Frames", Tooltip: "First and last, and how many are missing between them", Width: 150}, by: folder.ByFrames, draw: (*ours).frames})
	if room > 38 {
		all = append(all, folderColumn{Column: widget.Column{Title: "Count", Width: 58, Right: true}, by: folder.ByFrames, text: count})
	}
	if room > 26 {
		all = append(all, folderColumn{Column: widget.Column{Title: "Size", Width: 76, Right: true}, by: folder.BySize, text: size})
	}
	if room > 44 {
		all = append(all, folderColumn{Column: widget.Column{Title: "Changed", Width: 124}, by: folder.ByTime, text: changed})
	}
	return all
}

func count(e *folder.Entry) string {
	if e.Kind != folder.Sequence {
		return ""
	}
	return unit.Count(e.Frames)
}

func size(e *folder.Entry) string {
	if e.Bytes < 0 {
		return ""
	}
	return unit.Bytes(e.Bytes)
}

func changed(e *folder.Entry) string {
	if e.Time.IsZero() {
		return ""
	}
	return e.Time.Format("2006-01-02 15:04")
}

// lines is the table of what the folder holds. Only those in view are built.
func (d *ours) lines(height float32) {
	b, t := d.browser, &d.table
	d.columns = columnsFor(imgui.ContentRegionAvail().X / imgui.FontSize())
	t.ID, t.Columns = "lines", t.Columns[:0]
	by, desc := b.Sorted()
	t.SortCol, t.SortDesc = 0, desc
	for i, c := range d.columns {
		t.Columns = append(t.Columns, c.Column)
		if c.by == by && t.SortCol == 0 {
			t.SortCol = i + 1
		}
	}
	t.Size, t.Rows, t.Cursor = imgui.Vec2{Y: height}, int64(b.Len()), int64(b.Cursor())
	t.OnHeader = func(col int) { b.Sort(d.columns[col].by) }
	t.Selected = func(row int64) bool { return b.Selected(int(row)) }
	t.OnSelect = func(row int64, how widget.Pick) { b.Pick(int(row), how.Toggle, how.Extend) }
	t.OnOpen = func(row int64) { b.Activate(int(row)) }
	t.DrawCell = func(row int64, col int) bool {
		c, e := d.columns[col], b.At(int(row))
		if c.draw != nil && e != nil {
			c.draw(d, e)
		}
		return c.draw != nil
	}
	t.Cell = func(row int64, col int) string {
		if e := b.At(int(row)); e != nil {
			return d.columns[col].text(e)
		}
		return "" // a click has led elsewhere
	}
	if d.list {
		d.list = false
		imgui.SetNextWindowFocus()
	}
	t.Build()
	if b.Len() == 0 && b.Dir() != "" {
		d.nothing()
	}
}

// nothing says why no line is shown, on the empty list.
func (d *ours) nothing() {
	text := "This folder is empty"
	switch {
	case d.browser.Search() != "":
		text = fmt.Sprintf("No name holds %q", d.browser.Search())
	case d.browser.Others() > 0:
		text = fmt.Sprintf("No caches here, and %s of other kinds", unit.Plural(d.browser.Others(), "file"))
	}
	at, to := imgui.ItemRectMin(), imgui.ItemRectMax()
	text = widget.Ellipsis(text, to.X-at.X)
	where := imgui.Vec2{X: (at.X + to.X - widget.TextWidth(text)) / 2, Y: at.Y + (to.Y-at.Y)*0.4}
	imgui.WindowDrawList().AddTextVec2(where, imgui.ColorU32Vec4(window.Colors().TextDim), text)
}

// name is an entry's icon and name, and all of it in a tooltip.
func (d *ours) name(e *folder.Entry) {
	icon, color := assets.IconLayers, window.Colors().Text
	switch {
	case e.Kind == folder.Session:
		icon, color = assets.IconDesktop, window.Colors().TextDim
	case e.Kind == folder.Sequence && e.Frames == 1:
		icon, color = assets.IconFile, window.Colors().TextDim
	case e.Kind == folder.Folder:
		icon, color = assets.IconFolder, window.Colors().TextDim
		if e.Inside.Sequences > 0 {
			icon, color = assets.IconFolderOpen, window.Colors().Accent
		}
	}
	room := imgui.ContentRegionAvail().X - widget.Em(1.8)
	widget.Beside{Gap: 6, Of: []giu.Widget{widget.Colored{Text: icon, Color: color}, giu.Label(widget.Ellipsis(pathname.Display(e.Name), room))}}.Build()
	widget.Tooltip(about(e))
}

// about is all that is known of an entry.
func about(e *folder.Entry) string {
	text := pathname.Display(e.Name)
	add := func(line string) {
		if line != "" {
			text += "\n" + line
		}
	}
	add(pathname.Display(e.About))
	add(e.Inside.String())
	add(size(e))
	if !e.Time.IsZero() {
		add("Changed " + e.Time.Format(time.DateTime))
	}
	return text
}

// frames are a sequence's range and gaps, or what a folder holds.
func (d *ours) frames(e *folder.Entry) {
	if text := e.Inside.String(); text != "" {
		widget.Colored{Text: text, Color: window.Colors().Accent}.Build()
		return
	}
	text := widget.Colored{Text: e.Range, Color: window.Colors().Text}
	if e.Lacks == 0 {
		text.Build()
		return
	}
	icon, color := panel.LevelLook(session.Warning)
	widget.Beside{Gap: 6, Of: []giu.Widget{text, widget.Colored{Text: icon + " " + unit.Count(e.Lacks) + " missing", Color: color}}}.Build()
	widget.Tooltip(e.About)
}
