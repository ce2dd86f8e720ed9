package display

import (
	"slices"

	"github.com/AllenDang/giu"

	"iceexplorer/app/inspect"
	"iceexplorer/app/stage"
	"iceexplorer/app/widget"
	"iceexplorer/cache/pathname"
)

// active names the sequence whose attributes are offered, if several are open.
func (d *display) active() giu.Layout {
	s := d.host.Session
	layers := s.Layers()
	if len(layers) == 1 && d.host.Look.Edited() != 0 {
		return giu.Layout{d.edits(), giu.Spacing()}
	}
	if len(layers) < 2 {
		return nil
	}
	names := make([]string, len(layers))
	for i, l := range layers {
		names[i] = pathname.Display(s.Called(l))
	}
	const help = "The active sequence, whose attributes are offered here.\nClick another one in the browser, or one of its points, to make it active"
	return giu.Layout{
		combo("Sequence", help, names, slices.Index(layers, s.Active()), func(i int) { d.host.Run("activate", "sequence="+s.NameOf(layers[i])) }),
		d.edits(),
		giu.Spacing(),
	}
}

// edits says whose look the panel changes, and lets the active sequence have one of its own.
func (d *display) edits() giu.Widget {
	own := d.host.Look.Edited() != 0
	text := "Changes all sequences"
	if own {
		text = "Changes this one alone"
	}
	const help = "Draw and colour this sequence in its own way.\nWithout it, changes are for all sequences that have no look of their own"
	box := widget.Tip{Text: help, Of: giu.Checkbox("Own look", &own).OnChange(func() { d.host.Run("layer-own-look") })}
	return giu.Layout{below(box), below(widget.Dim(text))}
}

// forAll says of a section that it is not about the active sequence, where the panel changes
// that alone.
func (d *display) forAll() giu.Layout {
	if d.host.Look.Edited() == 0 {
		return nil
	}
	return giu.Layout{widget.Wrapped{Text: "Changes all sequences."}}
}

// attributes are those of the active layer.
func (d *display) attributes() []inspect.Attribute {
	if l := d.host.Session.Active(); l != nil {
		return l.Attributes()
	}
	return nil
}

// vectors are the names of the attributes that can be drawn as arrows, including one that is
// being drawn but belongs to another layer.
func (d *display) vectors(drawn string) []string {
	names := stage.Vectors(d.attributes())
	if drawn != "" && !slices.Contains(names, drawn) {
		names = append(names, drawn)
	}
	return names
}
