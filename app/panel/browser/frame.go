package browser

import (
	"fmt"

	"github.com/AllenDang/giu"

	"iceexplorer/app/panel"
	"iceexplorer/app/session"
	"iceexplorer/app/widget"
	"iceexplorer/app/window"
	"iceexplorer/cache"
	"iceexplorer/cache/unit"
)

// frame is the header and the attributes of a frame.
func frame(l *session.Layer, number cache.Number) giu.Widget {
	f := l.Frame(number)
	if f == nil {
		if why := l.Failure(number); why != "" {
			icon, color := panel.StateLook(session.Failed)
			return widget.Wrapped{Text: icon + " " + why, Color: color}
		}
		why := "This sequence does not have this frame"
		if st, ok := l.State(number); ok {
			why = st.String()
		}
		return widget.Wrapped{Text: why}
	}
	var layout giu.Layout
	if why := panel.Trouble(l, number); why != "" {
		layout = append(layout, panel.Note(session.Warning, why))
	}
	return append(layout,
		widget.Tree{Label: "Header", Of: func() giu.Widget { return header(f) }},
		widget.Tree{
			Label: fmt.Sprintf("Attributes (%d)###attributes", len(f.Attributes)), Flags: giu.TreeNodeFlagsDefaultOpen,
			Of: func() giu.Widget { return attributes(f) },
		},
	)
}

func header(f *cache.Frame) giu.Widget {
	h := f.Header
	rows := [][2]string{
		{"version", fmt.Sprint(h.Version)}, {"object", h.Object.String()}, {"points", unit.Count(int64(h.Points))},
		{"edges", unit.Count(int64(h.Edges))}, {"polygons", unit.Count(int64(h.Polygons))}, {"samples", unit.Count(int64(h.Samples))},
		{"sub-steps", fmt.Sprint(h.Substeps)}, {"storage", string(f.Storage)},
	}
	if f.Dialect != "" {
		rows = append(rows, [2]string{"dialect", f.Dialect})
	}
	layout := giu.Layout{widget.Facts{Rows: rows, Wrap: true}}
	for _, w := range f.Warnings {
		layout = append(layout, panel.Note(session.Warning, w))
	}
	return layout
}

func attributes(f *cache.Frame) giu.Widget {
	var layout giu.Layout
	for _, a := range f.Attributes {
		layout = append(layout, attribute(a))
	}
	if f.Damage != nil {
		for _, name := range f.Damage.Missing {
			layout = append(layout, missing(name))
		}
	}
	return layout
}

// missing stands for an attribute that a damaged file declares but does not hold.
func missing(name string) giu.Widget {
	icon, color := panel.LevelLook(session.Warning)
	return widget.Tree{
		Label: "##missing " + name, Flags: giu.TreeNodeFlagsLeaf | giu.TreeNodeFlagsNoTreePushOnOpen | giu.TreeNodeFlagsSpanAvailWidth,
		Beside: widget.OnLine{widget.Dim(cache.TrimPadding(name)), widget.Colored{Text: icon + " missing", Color: color}},
	}
}

func attribute(a *cache.Attribute) giu.Widget {
	kind := a.Type.String()
	if a.Structure == cache.Array {
		kind += "[]"
	}
	if a.Constant {
		kind += ", constant"
	}
	return widget.Tree{
		Label: "##" + a.Name, Flags: giu.TreeNodeFlagsSpanAvailWidth,
		Beside: giu.Layout{widget.OnLine{widget.Short{Text: a.Name, Color: window.Colors().Text}}, widget.Behind(kind)},
		Of:     func() giu.Widget { return widget.Facts{Rows: facts(a), Wrap: true} },
	}
}

// facts are what is known about an attribute.
func facts(a *cache.Attribute) [][2]string {
	rows := [][2]string{
		{"context", a.Context.String()}, {"category", a.Category.String()},
		{"rows", unit.Count(int64(a.NumRows()))}, {"values", unit.Count(int64(a.Values))},
	}
	names := a.Type.ComponentNames()
	for i, r := range a.Ranges {
		name := "range"
		if i < len(names) {
			name = names[i]
		}
		text := "no finite values"
		if r.Finite > 0 {
			text = fmt.Sprintf("%.5g to %.5g, mean %.5g", r.Min, r.Max, r.Mean)
		}
		if r.NonFinite > 0 {
			text += fmt.Sprintf(", %s not finite", unit.Count(int64(r.NonFinite)))
		}
		rows = append(rows, [2]string{name, text})
	}
	return rows
}
