package stage

import (
	"iceexplorer/app/inspect/derived"
	"iceexplorer/app/look"
	"iceexplorer/app/session"
	"iceexplorer/cache"
	"iceexplorer/cache/unit"
	"iceexplorer/gfx"
	"iceexplorer/gfx/style"
)

// Part is a frame that a picture shows.
type Part struct {
	Name     string // of its sequence, as people read it
	Numbered bool   // its sequence has more than a single file without a number
	Layer    uint64
	Number   cache.Number
	Frame    *cache.Frame
	Key      uint64 // of the frame's data

	Selected    []uint64 // rows, one bit each
	SelectedKey uint64
	Only        []uint64 // rows that are drawn, one bit each; nil: all
	OnlyKey     uint64
	OnlyCount   int
	Trails      gfx.Strands

	Column *derived.Column // what it is coloured by, if that is an expression; nil: Why not
	Why    string

	Nowhere bool // no frame of its sequence has the attribute that it is coloured by
}

// Scenery is what a picture shows: clouds, and what is to be said of them.
type Scenery struct {
	Parts  []Part
	Clouds []gfx.Cloud // of the parts
	Notes  []string    // what the picture lacks, as lines
}

// Add adds a frame to those that are drawn together, looked at as l says; scale is that of
// them all.
func (sc *Scenery) Add(p Part, l *look.Look, scale Scale) {
	c := Cloud(p.Frame, p.Layer, p.Key, l, scale)
	c.Selected, c.SelectedKey = p.Selected, p.SelectedKey
	c.Only, c.OnlyKey = p.Only, p.OnlyKey
	if l.ColorMode == style.ColorScalar && l.Expression != "" {
		if c.Coloring.Missing = p.Why; p.Column != nil && c.N > 0 {
			c.Scalar, c.ScalarKey = gfx.Attrib{F: p.Column.Values, Comps: 1}, p.Column.Key
		}
	}
	if p.Nowhere && c.N > 0 && c.Coloring.Missing == "" && !c.Scalar.Present() {
		c.Coloring.Missing = "no frame has " + c.Coloring.Title
	}
	if len(p.Trails.Offsets) == c.N+1 {
		c.Trails = p.Trails
	}
	sc.Parts, sc.Clouds = append(sc.Parts, p), append(sc.Clouds, c)
	sc.Notes = append(sc.Notes, Trouble(p.Name, p.Number, p.Frame)...)
}

// apply names the legends and sets what the user chose in the renderer's view; it is done
// once, when all parts are there.
func (sc *Scenery) apply(v *gfx.View, l *look.Look) {
	var names []string
	for i := range sc.Parts {
		names = append(names, sc.Parts[i].Name)
	}
	NameLegends(sc.Clouds, names)
	Apply(l, v, sc.Clouds)
}

// PictureOptions say how a picture looks that stands alone.
type PictureOptions struct {
	W, H        int  // 0: as large as the scene
	Plain       bool // nothing but the particles
	Transparent bool // no background
}

// Compose prepares a view for a picture that stands alone: what the user chose, a caption,
// and text of a size that suits the picture. It is done once, when all parts are there.
func (sc *Scenery) Compose(v *gfx.View, l *look.Look, number cache.Number, opt PictureOptions) {
	sc.apply(v, l)
	v.Detail.Moving, v.Samples, v.Hover, v.GizmoHover, v.Clip.Bare = false, 0, nil, 0, true
	v.Background.Transparent = opt.Transparent
	if opt.W > 0 && opt.H > 0 {
		v.UIScale = TextScale(opt.W, opt.H)
	}
	v.Texts = nil
	if opt.Plain {
		v.Grid, v.GridLabels, v.Gizmo, v.Legend, v.BoundsBox, v.Labels, v.Spans = false, false, false, false, false, nil, nil
		for i := range sc.Clouds {
			sc.Clouds[i].Selected = nil
		}
		return
	}
	var names []string
	points, shown, numbered := 0, 0, false
	for i := range sc.Parts {
		names = append(names, sc.Parts[i].Name)
		numbered = numbered || sc.Parts[i].Numbered
		points += sc.Clouds[i].N
		shown += sc.points(i)
	}
	if len(names) > 0 {
		v.Texts = Caption(names, number, numbered, points)
		if shown < points {
			count := &v.Texts[len(v.Texts)-1]
			count.Lines = []string{unit.Count(shown) + " of " + unit.Plural(points, "point")}
		}
	}
	if len(sc.Notes) > 0 {
		v.Texts = append(v.Texts, Warning(sc.Notes))
	}
}

// points is how many points of a part are drawn, but for thinning.
func (sc *Scenery) points(i int) int {
	c := &sc.Clouds[i]
	if c.Only == nil {
		return c.N
	}
	return min(sc.Parts[i].OnlyCount, c.N)
}

// colorings are those of the clouds, with the texts of their legends.
func (sc *Scenery) colorings() []gfx.Coloring {
	var out []gfx.Coloring
	for i := range sc.Clouds {
		out = append(out, sc.Clouds[i].Coloring)
	}
	return out
}

// nowhere reports whether no frame of a layer has the attribute that it is coloured by: all
// of them are known, as the one that is shown is.
func nowhere(of *session.Layer, shown *cache.Frame, l *look.Look) bool {
	if l.ColorMode != style.ColorScalar || l.Expression != "" || shown.Attribute(l.Scalar) != nil {
		return false
	}
	return of.Measured() >= len(of.Seq.Frames) && of.Has(l.Scalar) == 0
}
