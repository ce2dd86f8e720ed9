package exporter

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"github.com/AllenDang/cimgui-go/imgui"
	"github.com/AllenDang/giu"

	"iceexplorer/app/export"
	"iceexplorer/app/folder"
	"iceexplorer/app/session"
	"iceexplorer/app/settings"
	"iceexplorer/app/widget"
	"iceexplorer/cache"
	format "iceexplorer/cache/export"
	"iceexplorer/cache/pathname"
	"iceexplorer/cache/unit"
)

type kind = export.Kind

// field is a line of the form.
func field(label, help string, of giu.Widget) giu.Widget {
	return widget.Field{Label: label, Help: help, Column: widget.Em(6.5), Of: widget.Wide{Of: of}}
}

// below is a line that belongs to the field above it.
func below(of giu.Widget) giu.Widget {
	return widget.Below{Column: widget.Em(6.5), Of: widget.Wide{Of: of}}
}

// choice is a field with a choice of several values.
func choice(id, label, help string, values, names []string, now *string, chosen func()) giu.Widget {
	return field(label, help, widget.Choice{ID: id, Names: names, At: slices.Index(values, *now), Chosen: func(i int) {
		*now = values[i]
		if chosen != nil {
			chosen()
		}
	}})
}

func text(id, hint string, to *string) giu.Widget {
	return giu.InputText(to).ID(giu.ID(id)).Hint(hint).Size(widget.Rest)
}

// asking is the form.
func (d *Dialog) asking() giu.Layout {
	return giu.Layout{
		d.formats(), d.of(), d.frames(), d.points(), d.chosen(),
		d.folder(), d.names(), d.existing(),
		giu.TreeNode("Units, axes and numbers").Layout(widget.Lazy(d.units)),
		giu.TreeNode("Conditions and derived attributes").Layout(widget.Lazy(d.more)),
		giu.TreeNode("Names and options of the format##" + d.form.Format).Layout(widget.Lazy(d.options)),
	}
}

// outlookAtHand says what will come of the form, which may have been changed in this picture.
func (d *Dialog) outlookAtHand() giu.Layout {
	before := *d.form
	return giu.Layout{widget.Lazy(func() giu.Widget {
		if changed(&before, d.form) {
			d.failed = ""
		}
		return d.outlook()
	})}
}

func (d *Dialog) formats() giu.Widget {
	var values, names []string
	for _, k := range d.opt.Desk.Kinds() {
		values = append(values, k.Name)
		name := k.Name
		if k.Format.For != "" {
			name += ": " + k.Format.For
		}
		names = append(names, name)
	}
	return choice("##format", "Format", "docs/export.md tells what each format holds", values, names, &d.form.Format, nil)
}

// of asks which caches are exported.
func (d *Dialog) of() giu.Widget {
	s := d.host.Session
	active := "The active sequence"
	if l := s.Active(); l != nil {
		active += ": " + pathname.Display(s.NameOf(l))
	}
	names := []string{active, "All " + unit.Count(len(s.Layers())) + " open sequences", "A folder of caches"}
	switch len(s.Layers()) {
	case 0:
		names[0], names[1] = "The active sequence: none is open", "All open sequences: none is"
	case 1:
		names[1] = "All open sequences: only this one is"
	}
	l := giu.Layout{choice("##of", "Caches", "", settings.ExportOf, names, &d.form.Of, nil)}
	if d.form.Of == settings.OfFolder {
		source := pathname.Display(string(d.form.Source))
		if source == "" {
			source = "no folder is chosen"
		}
		button := giu.Button("Folder...##source").OnClick(func() {
			d.ask("Folder of caches", string(d.form.Source), func(dir string) { d.form.Source = pathname.Text(dir) })
		})
		l = append(l, below(giu.Row(button, widget.Lazy(func() giu.Widget {
			return widget.Tip{Text: source, Of: giu.Label(widget.Ellipsis(source, roomLeft()))}
		}))))
	}
	return l
}

// frames asks which of them.
func (d *Dialog) frames() giu.Widget {
	s := d.host.Session
	names := []string{"All", "Between the in and out points", "The frame being shown", "These:"}
	if first, last, ok := s.Range(); ok {
		names[1] += fmt.Sprintf(": %v to %v", first, last)
		if l, shifted := d.shifted(); shifted {
			if own := l.Between(first, last); len(own) > 0 {
				names[1] += fmt.Sprintf(", its frames %v to %v", own[0].Number, own[len(own)-1].Number)
			}
		}
	}
	if head, ok := s.Number(); ok {
		names[2] += ": " + head.String()
		if l, shifted := d.shifted(); shifted {
			if own := l.FrameAt(head); own != nil {
				names[2] += fmt.Sprintf(", its frame %v", own.Number)
			}
		}
	}
	l := giu.Layout{choice("##range", "Frames", "", settings.ExportRanges, names, &d.form.Range, nil)}
	if d.form.Range == settings.RangeFrames {
		l = append(l, below(text("##frames", "1-100, 1-100x5 (every fifth) or 1,3,5-9", &d.form.Frames)))
	}
	return l
}

// shifted is the sequence that alone is exported, if its frames do not lie where their numbers say.
func (d *Dialog) shifted() (l *session.Layer, ok bool) {
	l = d.host.Session.Active()
	return l, l != nil && d.form.Of == settings.OfActive && !l.Timing().Plain()
}

// points asks which of theirs.
func (d *Dialog) points() giu.Widget {
	filter := d.opt.Desk.Filter()
	names := []string{"All", "Those of the spreadsheet's filter: " + filter, "Those that are selected"}
	if filter == "" {
		names[1] = "Those of the spreadsheet's filter: none is in force"
	}
	names[2] += ": " + unit.Count(d.host.Session.SelectionSize())
	help := "A selection follows IDs from frame to frame; of a cache without IDs it is of the frames in which it was made"
	return choice("##points", "Points", help, settings.ExportPoints, names, &d.form.Points, nil)
}

// attributes are those of the sequences that are exported.
func (d *Dialog) attributes() (names []string) {
	s := d.host.Session
	for _, l := range s.Layers() {
		if d.form.Of == settings.OfFolder || d.form.Of == settings.OfActive && l != s.Active() {
			continue
		}
		for _, a := range l.Attributes() {
			if name := cache.TrimPadding(a.Name); !slices.ContainsFunc(names, func(n string) bool { return strings.EqualFold(n, name) }) {
				names = append(names, name)
			}
		}
	}
	return names
}

// chosen asks which attributes are written, in which order.
func (d *Dialog) chosen() giu.Widget {
	help := "In the order in which they are chosen"
	if d.form.Of == settings.OfFolder {
		list := strings.Join(d.form.Attrs, ", ")
		return field("Attributes", "In this order", giu.InputText(&list).ID("##attrs").Hint("all, or these: PointPosition, Mass").Size(widget.Rest).OnChange(func() {
			d.form.Attrs = nil
			for name := range strings.SplitSeq(list, ",") {
				d.form.Attrs = append(d.form.Attrs, strings.TrimLeft(name, " "))
			}
			if strings.TrimSpace(list) == "" {
				d.form.Attrs = nil
			}
		}))
	}
	known := d.attributes()
	preview := "All"
	if len(known) > 0 {
		preview += " " + unit.Count(len(known))
	}
	if n := len(d.form.Attrs); n > 0 {
		preview = unit.Count(n) + " of " + unit.Count(len(known)) + ": " + strings.Join(d.form.Attrs, ", ")
	}
	list := widget.Lazy(func() giu.Widget {
		items := giu.Layout{text("##search", "Search", &d.search), giu.Button("All##attrs").OnClick(func() { d.form.Attrs = nil })}
		for _, name := range known {
			if !strings.Contains(strings.ToLower(name), strings.ToLower(d.search)) {
				continue
			}
			on := slices.Contains(d.form.Attrs, name)
			items = append(items, giu.Checkbox(pathname.Display(name), &on).OnChange(func() {
				if without := slices.DeleteFunc(slices.Clone(d.form.Attrs), func(n string) bool { return n == name }); !on {
					d.form.Attrs = without
				} else {
					d.form.Attrs = append(without, name)
				}
			}))
		}
		return items
	})
	return field("Attributes", help, widget.Combo{ID: "##attributes", Preview: preview, Of: list})
}

// folder asks where to.
func (d *Dialog) folder() giu.Widget {
	to := string(d.form.Folder)
	return field("To", "The folder to write to, made if it is missing", widget.Lazy(func() giu.Widget {
		button := widget.Em(8)
		return giu.Row(
			giu.InputText(&to).ID("##folder").Hint("beside the caches").Size(max(roomLeft()-button-imgui.CurrentStyle().ItemSpacing().X, widget.Em(3))).OnChange(func() { d.form.Folder = pathname.Text(to) }),
			giu.Button("Folder...##to").Size(widget.Rest, 0).OnClick(func() {
				d.ask("Folder to export to", to, func(dir string) { d.form.Folder = pathname.Text(dir) })
			}),
		)
	}))
}

func (d *Dialog) names() giu.Widget {
	help := "There are " + export.Fields + ".\nA slash makes folders, {{ is a brace. The extension is added"
	return field("Names", help, text("##name", "as the caches, or such as {name}.{frame:04}", &d.form.Name))
}

func (d *Dialog) existing() giu.Widget {
	names := []string{"Begin nothing if files exist", "Leave files that exist, write the others", "Replace files that exist", "Write beside files that exist, as NAME_2"}
	return choice("##existing", "Existing", "What becomes of files that exist", settings.ExportExisting, names, &d.form.Existing, nil)
}

// units asks about lengths, axes and time.
func (d *Dialog) units() giu.Widget {
	return giu.Layout{
		field("Scale", "Positions, velocities, sizes and other lengths are multiplied by this: 0.01 makes meters of centimeters", text("##scale", "1", &d.form.Scale)),
		choice("##up", "Up", "Caches are Y-up", []string{"y", "z"}, []string{"Y, as in the caches", "Z: turn by a quarter about X"}, &d.form.Up, nil),
		field("Meaning", "What attributes mean to scale and axes: position, vector, direction, length, orientation, spin, transform or plain", text("##kinds", "such as Rest=position, Axis=direction", &d.form.Kinds)),
		field("Offset", "Added to the frames' numbers, in names and in files", text("##offset", "0", &d.form.Offset)),
		field("Rate", "Frames per second, for formats that tell and for $time", text("##fps", "24", &d.form.FPS)),
	}
}

// more asks for a condition and further attributes.
func (d *Dialog) more() giu.Widget {
	derive := strings.Join(d.form.Derive, ";")
	return giu.Layout{
		field("Only where", "Only points that meet this condition, in every frame", text("##where", "such as Age > 1", &d.form.Where)),
		field("Derive", "Further attributes, with semicolons between them", giu.InputText(&derive).ID("##derive").Hint("such as speed = v.mag; old = Age > 2").Size(widget.Rest).OnChange(func() {
			d.form.Derive = strings.Split(derive, ";")
		})),
	}
}

// options asks for those of the format.
func (d *Dialog) options() giu.Widget {
	k, ok := export.Find(d.opt.Desk.Kinds(), d.form.Format)
	if !ok {
		return nil
	}
	l := giu.Layout{}
	for i := range k.Format.Options {
		if o := &k.Format.Options[i]; o.Name != "attrs" && !o.OfOrder() {
			l = append(l, d.option(o))
		}
	}
	if len(l) == 0 {
		l = append(l, widget.Dim("The format has none."))
	}
	return l
}

// optionLabel is what people call an option: One file, Meters per unit.
func optionLabel(o *format.Option) string {
	if o.Name == "map" {
		return "Rename"
	}
	words := strings.ReplaceAll(o.Name, "-", " ")
	return strings.ToUpper(words[:1]) + words[1:]
}

func (d *Dialog) option(o *format.Option) giu.Widget {
	value := d.form.Option(o.Name)
	help := strings.ToUpper(o.Usage()[:min(1, len(o.Usage()))]) + o.Usage()[min(1, len(o.Usage())):]
	id := "##option " + o.Name
	switch {
	case o.Kind == format.Bool:
		on := value == "true" || value == "" && o.Default == "true"
		return widget.Tip{Text: help, Of: giu.Checkbox(optionLabel(o)+id, &on).OnChange(func() { d.form.SetOption(o.Name, fmt.Sprint(on)) })}
	case len(o.Choices) > 0:
		if value == "" {
			value = o.Default
		}
		return choice(id, optionLabel(o), help, o.Choices, o.Choices, &value, func() { d.form.SetOption(o.Name, value) })
	}
	hint := o.Default
	switch {
	case o.Name == "map":
		hint = "Mass=density, Color=r g b a"
	case hint == "":
		hint = o.Arg
	}
	return field(optionLabel(o), help, giu.InputText(&value).ID(giu.ID(id)).Hint(hint).Size(widget.Rest).OnChange(func() { d.form.SetOption(o.Name, value) }))
}

// ask lets the user choose a folder, and comes back.
func (d *Dialog) ask(title, now string, chosen func(dir string)) {
	giu.CloseCurrentPopup()
	if now == "" {
		now = filepath.Dir(d.recent())
	}
	d.opt.Ask(folder.Options{Title: title, Dir: now, Want: folder.Folders}, func(paths []string) {
		if len(paths) > 0 {
			chosen(paths[0])
		}
		d.opt.Show(Name)
	})
}
