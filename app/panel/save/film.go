package save

import (
	"fmt"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/AllenDang/cimgui-go/imgui"
	"github.com/AllenDang/giu"

	"iceexplorer/app/export"
	"iceexplorer/app/export/film"
	"iceexplorer/app/look"
	"iceexplorer/app/panel"
	"iceexplorer/app/session"
	"iceexplorer/app/stage"
	"iceexplorer/app/widget"
	"iceexplorer/cache"
	"iceexplorer/cache/lazy"
	"iceexplorer/cache/unit"
)

// pictures are the kinds of pictures, as they are called: one alone, and of each frame.
var pictures = []struct{ one, each, ext string }{
	{"PNG", "PNG of each frame", export.Picture().Ext},
	{"OpenEXR, depth and IDs", "OpenEXR of each frame", export.Layered().Ext},
}

// picture is the kind that a path asks for.
func picture(path string) int {
	kind, _ := export.PictureOf(path)
	for i := range pictures {
		if pictures[i].ext == kind.Ext {
			return i
		}
	}
	return 0
}

// kinds chooses what the picture or the sequence becomes.
func (d *Dialogs) kinds(sequence bool) giu.Widget {
	var names []string
	choice := func(at int, chosen func(i int)) giu.Widget {
		return field("Save as", widget.Wide{Width: widget.Rest, Of: widget.Choice{ID: "##film", Names: names, At: at, Why: d.lacking, Chosen: chosen}})
	}
	for _, p := range pictures {
		if sequence {
			names = append(names, p.each)
		} else {
			names = append(names, p.one)
		}
	}
	if !sequence {
		return choice(picture(d.path), func(i int) { d.turnInto(pictures[i].ext) })
	}
	at := picture(d.pattern)
	all := film.Kinds()
	for i, k := range all {
		names = append(names, k.Label)
		if k.Name == d.film {
			at = len(pictures) + i
		}
	}
	return choice(at, func(i int) {
		if i < len(pictures) {
			d.become("", pictures[i].ext)
		} else {
			k := all[i-len(pictures)]
			d.become(k.Name, k.Ext)
		}
	})
}

// turnInto gives the picture's name another ending.
func (d *form) turnInto(ext string) {
	if _, ok := export.PictureOf(d.path); ok {
		d.path = strings.TrimSuffix(d.path, filepath.Ext(d.path))
	}
	d.path += ext
}

// take takes over what is answered already.
func (d *form) take(given Given) {
	if k, ok := film.Find(given.Film); ok {
		d.become(k.Name, k.Ext)
	}
	switch how, more, _ := strings.Cut(given.Camera, ":"); how {
	case "turntable":
		if d.course.how = turntable; more != "" {
			d.course.degrees = more
		}
	case "bookmarks":
		d.course.how = bookmarks
	}
}

var numberPlace = lazy.Regexp(`[._-]?%0?[0-9]?d`)

// become changes the kind and, with it, the name.
func (d *form) become(kind, ext string) {
	dir, base := filepath.Split(d.pattern)
	dir, base = d.unescaped(dir), strings.TrimSuffix(base, filepath.Ext(base))
	switch {
	case d.film == "" && kind != "":
		if base = strings.ReplaceAll(numberPlace().ReplaceAllString(base, ""), "%%", "%"); base == "" || base == "frame" {
			base = "film"
		}
	case d.film != "" && kind == "":
		if base == "film" {
			base = "frame"
		}
		dir, base = percent(dir), percent(base)+"_%04d"
	case kind == "":
		dir = percent(dir)
	}
	d.film, d.pattern = kind, dir+base+ext
}

// unescaped is a folder of the sequence's path.
func (d *form) unescaped(dir string) string {
	if d.film == "" {
		return strings.ReplaceAll(dir, "%%", "%")
	}
	return dir
}

// lookForTools finds out, beside the loop, which films can be made here.
func (d *Dialogs) lookForTools() {
	go func() {
		missing := map[int]string{}
		for i, k := range film.Kinds() {
			if k.Missing() != "" {
				missing[len(pictures)+i] = "needs " + k.Tool + ", which is not installed"
			}
		}
		d.opt.Post(func() { d.lacking = missing })
	}()
}

// becomes says what will be written.
func (d *Dialogs) becomes(target string) string {
	if d.film == "" {
		return fmt.Sprintf("The first picture will be %s.", target)
	}
	return fmt.Sprintf("The film will be %s.", target)
}

func (d *Dialogs) others() string {
	if d.film == "" {
		return ", and further pictures with such names."
	}
	return "."
}

// filmOutlook says how long the film will be, what it cannot be, and how it is made.
func (d *Dialogs) filmOutlook() giu.Widget {
	p := &d.planned
	if p.opt.Film == nil || p.jobs == 0 {
		return giu.Layout{}
	}
	k, of := p.opt.Film, d.opt.Saver.FilmOptions(&p.opt, p.jobs)
	_, warn := panel.LevelLook(session.Warning)
	l := giu.Layout{widget.Wrapped{Text: fmt.Sprintf("%s at %s a second: %.1f s", unit.Plural(p.jobs, "picture"), strconv.FormatFloat(of.Rate, 'f', -1, 64), float64(p.jobs)/of.Rate)}}
	asked := of
	if p.opt.W > 0 && p.opt.H > 0 {
		asked.W, asked.H = p.opt.W, p.opt.H
	}
	for _, note := range k.Notes(&asked) {
		l = append(l, widget.Wrapped{Text: strings.ToUpper(note[:1]) + note[1:] + ".", Color: warn})
	}
	if k.Tool != "" {
		command := k.CommandText(&of)
		l = append(l, widget.Wrapped{Text: command}, giu.SmallButton("Copy command").OnClick(func() { imgui.SetClipboardText(command) }))
	}
	return l
}

// course is how the camera goes, as it is asked.
type course struct {
	how      int    // of courseNames
	degrees  string // of the turntable
	straight bool
	frames   string // of the bookmarks; "": evenly spread
}

const (
	stays = iota
	turntable
	bookmarks
)

var courseNames = []string{stays: "Stays", turntable: "Turntable", bookmarks: "Through the remembered cameras"}

// of is the course that the answers describe.
func (c *course) of(cameras []look.Viewpoint) (m stage.Course, err error) {
	switch c.how {
	case turntable:
		return stage.ParseCourse("turntable:"+c.degrees, nil)
	case bookmarks:
	default:
		return m, nil
	}
	if m, err = stage.CourseThrough(cameras); err != nil {
		return m, err
	}
	m.Straight = c.straight
	frames := strings.FieldsFunc(c.frames, func(r rune) bool { return r == ',' || r == ' ' || r == ';' })
	if len(frames) == 0 {
		return m, nil
	}
	if len(frames) != len(cameras) {
		return m, fmt.Errorf("%s for %s: give each one, or none", unit.Plural(len(frames), "frame"), unit.Plural(len(cameras), "camera"))
	}
	for i, text := range frames {
		n, ok := cache.ParseNumber(text)
		if !ok {
			return m, fmt.Errorf("%q is no frame", text)
		}
		m.Keys[i].At = &n
	}
	return m, m.Check()
}

// courses are the questions on the camera.
func (d *Dialogs) courses() giu.Layout {
	cameras := d.host.Settings.Cameras
	why := map[int]string{}
	if len(cameras) == 0 {
		why[bookmarks] = "none is remembered yet (Ctrl+B)"
	}
	l := giu.Layout{field("Camera", widget.Wide{Width: widget.Rest, Of: widget.Choice{ID: "##course", Names: courseNames, At: d.course.how, Why: why, Chosen: func(i int) { d.course.how = i }}})}
	switch d.course.how {
	case turntable:
		return append(l, field("", beside("degrees round the scene, over all pictures", giu.InputText(&d.course.degrees).ID("##degrees").Size(widget.Em(5.8)))))
	case bookmarks:
		var names []string
		for _, c := range cameras {
			names = append(names, c.Name)
		}
		return append(l,
			field("", widget.Wrapped{Text: strings.Join(names, ", ")}),
			field("", beside("frames of these, such as 1, 24, 48", giu.InputText(&d.course.frames).ID("##keys").Hint("evenly").Size(widget.Em(12)))),
			widget.Below{Column: widget.Em(5), Of: widget.Tip{
				Text: "At an even speed from camera to camera; otherwise on a curve that begins and ends slowly", Of: giu.Checkbox("Straight", &d.course.straight),
			}})
	}
	return l
}
