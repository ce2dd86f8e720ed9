package panel

import (
	"slices"

	"github.com/AllenDang/cimgui-go/imgui"

	"iceexplorer/app/inspect"
	"iceexplorer/app/stage"
	"iceexplorer/cache/pathname"
)

// active names the sequence whose attributes are offered, where there are several.
func (d *displayPanel) active() {
	s := d.host.Session
	layers := s.Layers()
	if len(layers) < 2 {
		return
	}
	names := make([]string, len(layers))
	for i, l := range layers {
		names[i] = pathname.Display(s.NameOf(l))
	}
	i := d.combo("Sequence", "The active sequence: its attributes are offered here.\nA click on another in the browser, or on one of its points, makes that active", names, slices.Index(layers, s.Active()))
	if i >= 0 {
		d.host.Run("activate", "sequence="+s.NameOf(layers[i]))
	}
	imgui.Spacing()
}

// attributes are those of the active layer.
func (d *displayPanel) attributes() []inspect.Attribute {
	if l := d.host.Session.Active(); l != nil {
		return l.Attributes()
	}
	return nil
}

// vectors are the names of the attributes that can be drawn as arrows, and that which is
// drawn though it is another layer's.
func (d *displayPanel) vectors(drawn string) []string {
	names := stage.Vectors(d.attributes())
	if drawn != "" && !slices.Contains(names, drawn) {
		names = append(names, drawn)
	}
	return names
}
