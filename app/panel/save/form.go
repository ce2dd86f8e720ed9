package save

import (
	"errors"

	"github.com/AllenDang/cimgui-go/imgui"
	"github.com/AllenDang/giu"

	"iceexplorer/app/export/film"
	"iceexplorer/app/look"
	"iceexplorer/app/stage"
	"iceexplorer/app/widget"
	"iceexplorer/cache"
	"iceexplorer/cache/unit"
)

// form holds the answers.
type form struct {
	path        string
	pattern     string // of a sequence
	size        int    // of sizes
	w, h        int32  // of the last, any size
	plain       bool
	transparent bool
	first, last string // frames of a sequence
	film        string // name of its kind; "": a picture of each frame
	course      course
	missing     stage.Missing // frames of a sequence
}

// sizes are offered; the first is the scene's, the last any.
var sizes = [...]struct {
	name string
	w, h int
}{
	{"Size of the scene", 0, 0}, {"1280 x 720", 1280, 720}, {"1920 x 1080", 1920, 1080},
	{"2560 x 1440", 2560, 1440}, {"3840 x 2160", 3840, 2160}, {"other", 0, 0},
}

// largest is the greatest width or height of a picture, in pixels.
const largest = 16384

// field is a line of the form.
func field(label string, of giu.Widget) giu.Widget {
	return widget.Field{Label: label, Column: widget.Em(5), Of: of}
}

// fields are the questions; enter is called when Enter answers the first.
func (d *Dialogs) fields(sequence bool, enter func()) giu.Layout {
	path, hint := &d.path, "Path of a .png or .exr file"
	if sequence {
		path, hint = &d.pattern, "Path of .png or .exr files, with %04d for the frame"
	}
	var l giu.Layout
	if sequence {
		if d.film != "" {
			hint = "Path of the film"
		}
	}
	l = append(l, d.kinds(sequence))
	file := func(width float32) giu.Widget { // it has the keyboard, so that Enter saves at once
		return giu.InputText(path).ID("##path").Hint(hint).Size(width).Focus(giu.IsWindowAppearing()).Flags(giu.InputTextFlagsEnterReturnsTrue).OnChange(enter)
	}
	l = append(l, field("File", widget.FieldAndButton{Field: file, Label: "Folder...", Click: func() { d.folder(sequence) }}))
	if sequence {
		number := func(id giu.ID, text *string) giu.Widget {
			return giu.InputText(text).ID(id).Hint("frame").Size(widget.Em(5.8)).Flags(giu.InputTextFlagsCharsDecimal)
		}
		l = append(l, field("Frames", beside("first and last", number("##first", &d.first), number("##last", &d.last))), d.gaps())
	}
	names := make([]string, len(sizes))
	for i, s := range sizes {
		names[i] = s.name
	}
	l = append(l, field("Size", widget.Wide{Width: widget.Em(13), Of: widget.Choice{ID: "##size", Names: names, At: d.size, Chosen: func(i int) { d.size = i }}}))
	if d.size == len(sizes)-1 {
		l = append(l, d.anySize())
	}
	if sequence {
		l = append(l, d.courses()...)
	}
	const alone, clear = "Particles alone", "Transparent background"
	return append(l, widget.Below{Column: widget.Em(5), Of: widget.Flow{Gap: 8, Parts: []widget.Part{
		{Of: widget.Tip{Text: "No grid, axes, legend or text", Of: giu.Checkbox(alone, &d.plain)}},
		{Needs: widget.CheckboxWidth(clear), Of: giu.Checkbox(clear, &d.transparent)},
	}}})
}

// beside is fields, and what they mean behind them or, where there is no room, below.
func beside(means string, of ...giu.Widget) giu.Widget {
	return widget.Flow{Gap: 4, Parts: []widget.Part{{Of: widget.Beside{Gap: 4, Of: of}}, {Needs: widget.TextWidth(means), Of: widget.Wrapped{Text: means}}}}
}

// missings are what numbers that no frame has may give.
var missings = []string{stage.SkipMissing: "Left out", stage.HoldMissing: "Pictures of the frame before", stage.EmptyMissing: "Pictures without points"}

// gaps asks, where frames are missing, what becomes of them.
func (d *Dialogs) gaps() giu.Widget {
	first, okFirst := cache.ParseNumber(d.first)
	last, okLast := cache.ParseNumber(d.last)
	if !okFirst || !okLast {
		return giu.Layout{}
	}
	n := d.host.Session.ShownTrack().Missing(first, last)
	if n == 0 {
		return giu.Layout{}
	}
	choice := widget.Choice{ID: "##missing", Names: missings, At: int(d.form.missing), Chosen: func(i int) { d.form.missing = stage.Missing(i) }}
	return field("Missing", beside(unit.Plural(n, "frame")+" without a file", widget.Wide{Width: min(widget.Em(16), imgui.ContentRegionAvail().X-widget.Em(5)), Of: choice}))
}

// anySize asks for a width and a height. giu has no field for two numbers.
func (d *Dialogs) anySize() giu.Widget {
	pair := giu.Custom(func() {
		v := [2]int32{d.w, d.h}
		if imgui.InputInt2("##pixels", &v) {
			d.w, d.h = v[0], v[1]
		}
		d.w, d.h = min(max(d.w, 1), largest), min(max(d.h, 1), largest)
	})
	return field("", beside("width and height in pixels", widget.Wide{Width: widget.Em(12), Of: pair}))
}

// options are the answers.
func (d *form) options(sequence bool, cameras []look.Viewpoint) (stage.SaveOptions, error) {
	size := sizes[d.size]
	opt := stage.SaveOptions{Path: d.path, PictureOptions: stage.PictureOptions{W: size.w, H: size.h, Plain: d.plain, Transparent: d.transparent}}
	if d.size == len(sizes)-1 {
		opt.W, opt.H = int(d.w), int(d.h)
	}
	if sequence {
		first, okFirst := cache.ParseNumber(d.first)
		last, okLast := cache.ParseNumber(d.last)
		if !okFirst || !okLast {
			return opt, errors.New("the first and last frame must be numbers such as 12 or 101.25")
		}
		opt.Path, opt.Sequence, opt.First, opt.Last = d.pattern, true, first, last
		opt.Missing = d.missing
		opt.Film, _ = film.Find(d.film)
		var err error
		if opt.Course, err = d.course.of(cameras); err != nil {
			return opt, err
		}
	}
	return opt, nil
}
