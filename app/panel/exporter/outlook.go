package exporter

import (
	"fmt"
	"reflect"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/AllenDang/cimgui-go/imgui"
	"github.com/AllenDang/giu"

	"iceexplorer/app/export"
	"iceexplorer/app/exporting"
	"iceexplorer/app/panel"
	"iceexplorer/app/session"
	"iceexplorer/app/settings"
	"iceexplorer/app/widget"
	"iceexplorer/cache/pathname"
	"iceexplorer/cache/printable"
	"iceexplorer/cache/unit"
)

// roomLeft is how wide the rest of the line is, in pixels.
func roomLeft() float32 { return imgui.ContentRegionAvail().X }

// shownLine is text with names of files and attributes in one line.
func shownLine(s string) string { return printable.Line(pathname.Display(s)) }

// sentence begins a line with a capital.
func sentence(s string) string {
	r, n := utf8.DecodeRuneInString(s)
	return string(unicode.ToUpper(r)) + shownLine(s[n:])
}

func changed(a, b *settings.Export) bool { return !reflect.DeepEqual(a, b) }

// outlook says what will be written, and what will not be in it.
func (d *Dialog) outlook() giu.Widget {
	if d.failed != "" {
		return panel.Note(session.Error, shownLine(d.failed))
	}
	o, known := d.opt.Desk.Outlook(*d.form)
	if !known && o.Files == 0 && o.Err == nil {
		return widget.Dim("Looking at what will be written...")
	}
	if o.Err != nil {
		return panel.Note(session.Warning, shownLine(o.Err.Error()))
	}
	l := giu.Layout{widget.Wrapped{Text: expected(&o), Color: *imgui.StyleColorVec4(imgui.ColText)}}
	if text := d.existText(&o); text != "" {
		l = append(l, panel.Note(session.Warning, text))
	}
	for _, text := range o.Lacks {
		l = append(l, panel.Note(session.Warning, sentence(text)))
	}
	return l
}

// expected says how many files there will be.
func expected(o *exporting.Outlook) string {
	first := shownLine(o.First)
	switch {
	case o.Files == 0:
		return "There is nothing to be written."
	case o.Noun == "sequence" && o.Files == 1:
		return fmt.Sprintf("One sequence of %s, which is opened as %s", unit.Plural(o.Frames, "frame"), first)
	case o.Noun == "sequence":
		return fmt.Sprintf("%s of %s. The first is opened as %s", unit.Plural(o.Files, o.Noun), unit.Plural(o.Frames, "frame"), first)
	case o.Files == 1:
		return "One file: " + first
	}
	return fmt.Sprintf("%s. The first one: %s", unit.Plural(o.Files, o.Noun), first)
}

// existText says what becomes of files that exist.
func (d *Dialog) existText(o *exporting.Outlook) string {
	if o.Exist == 0 {
		return ""
	}
	text := unit.Count(o.Exist) + " of them exist"
	if o.Exist == 1 {
		text = "One of them exists"
	}
	if o.Files == 1 {
		text = "It exists"
	}
	switch d.form.Existing {
	case "skip":
		return text + ", and will be left as it is."
	case "overwrite":
		return text + ", and will be replaced."
	case "rename":
		return text + ": the new one will be called NAME_2."
	}
	return text + ": choose above what becomes of that."
}

// ready reports that it can begin.
func (d *Dialog) ready() bool {
	o, known := d.opt.Desk.Outlook(*d.form)
	return known && o.Err == nil && o.Files > 0 && (o.Exist == 0 || d.form.Existing != "refuse")
}

func (d *Dialog) askButtons() giu.Layout {
	return giu.Layout{widget.Lazy(func() giu.Widget {
		start := giu.Button("Export").OnClick(func() {
			if err := d.opt.Desk.Start(*d.form, nil); err != nil {
				d.failed = err.Error()
			}
		})
		row := []giu.Widget{widget.Disabled{Off: !d.ready(), Of: start}, giu.Button("Close").OnClick(giu.CloseCurrentPopup)}
		if text := shownLine(d.brief()); text != "" {
			row = append(row, widget.Lazy(func() giu.Widget {
				return widget.Tip{Text: text, Of: widget.Dim(widget.Ellipsis(text, roomLeft()))}
			}))
		}
		return giu.Row(row...)
	})}
}

// brief says beside the buttons how many files there will be, or why there is none: in small windows the
// outlook is out of sight.
func (d *Dialog) brief() string {
	o, known := d.opt.Desk.Outlook(*d.form)
	switch {
	case d.failed != "":
		return d.failed
	case !known:
		return ""
	case o.Err != nil:
		return o.Err.Error()
	case o.Exist > 0 && d.form.Existing == "refuse":
		return d.existText(&o)
	}
	return unit.Plural(o.Files, o.Noun)
}

// running shows how far it is.
func (d *Dialog) running(st *exporting.State) giu.Layout {
	if !st.Begun {
		return giu.Layout{widget.Dim("Looking at the folder...")}
	}
	p := st.Progress
	l := giu.Layout{
		widget.Progress{Fraction: float64(p.Done) / float64(max(p.Total, 1)), Text: fmt.Sprintf("%s of %s", unit.Count(p.Done), unit.Plural(p.Total, "frame"))},
		widget.Dim(rest(p)),
		widget.Wrapped{Text: "To " + shownLine(st.Target)},
	}
	return append(l, failures(st)...)
}

// rest is rate and time left.
func rest(p export.Progress) string {
	left, known := p.Left()
	if !known {
		return "The first frame is being written"
	}
	text := fmt.Sprintf("%.1f frames/s", p.Rate())
	if p.Bytes > 0 {
		text += ", " + unit.Rate(float64(p.Bytes), p.Took.Seconds())
	}
	return text + ", " + unit.Duration(max(left.Round(time.Second), time.Second)) + " left"
}

// shownFailures is how many are listed; Copy has all.
const shownFailures = 200

func failures(st *exporting.State) giu.Layout {
	files := st.Failures
	if len(files) == 0 {
		return nil
	}
	l := giu.Layout{widget.Section(unit.Plural(len(files), st.Format.Noun) + " failed")}
	for i := range files[:min(len(files), shownFailures)] {
		l = append(l, panel.Note(session.Error, shownLine(files[i].Why)))
	}
	if more := len(files) - shownFailures; more > 0 {
		l = append(l, widget.Dim("and "+unit.Count(more)+" more, which Copy has"))
	}
	return l
}

// over shows what came of it.
func (d *Dialog) over(st *exporting.State) giu.Layout {
	r := st.Report
	head := r.Text()
	if r.Canceled {
		head = "Canceled. " + head
	}
	level := session.Info
	if !r.OK() {
		level = session.Warning
	}
	l := giu.Layout{panel.Note(level, head), widget.Wrapped{Text: "In " + shownLine(st.Target)}}
	if lacks := r.Lacks(); len(lacks) > 0 {
		l = append(l, widget.Section("Not as in the caches"))
		for _, text := range lacks {
			l = append(l, panel.Note(session.Warning, sentence(text)))
		}
	}
	return append(l, failures(st)...)
}

func (d *Dialog) overButtons(st *exporting.State) giu.Layout {
	copied := "Copy"
	if d.copied {
		copied = "Copied"
	}
	return giu.Layout{giu.Row(
		widget.Tip{Text: "Show the folder in the file manager", Of: giu.Button("Reveal").OnClick(func() { d.opt.Reveal(st.Target) })},
		widget.Tip{Text: "Copy the report", Of: giu.Button(copied + "##copy").OnClick(func() {
			d.opt.Copy(reportText(st))
			d.copied = true
		})},
		giu.Button("Export more...").OnClick(func() {
			d.opt.Desk.Dismiss()
			d.opt.Desk.Look()
			d.copied = false
		}),
		giu.Button("Close").OnClick(giu.CloseCurrentPopup),
	)}
}

// reportText is the report as text.
func reportText(st *exporting.State) string {
	lines := []string{st.Report.Text(), st.Target}
	lines = append(lines, st.Report.Lacks()...)
	for _, f := range st.Failures {
		lines = append(lines, f.Why)
	}
	for i, l := range lines {
		lines[i] = shownLine(l)
	}
	return strings.Join(lines, "\n") + "\n"
}
