package app

import (
	"errors"
	"fmt"
	"slices"

	"iceexplorer/app/action"
	"iceexplorer/app/inspect"
	"iceexplorer/app/look"
	"iceexplorer/app/settings"
	"iceexplorer/app/stage"
	"iceexplorer/assets"
	"iceexplorer/gfx/style"
)

// displayActions are what a user can do to how things are drawn and coloured: all
// that the Display panel has.
func (a *App) displayActions() []action.Action {
	var all []action.Action
	for _, part := range [][]action.Action{a.optionActions(), a.colorActions(), a.amountActions(), a.lineActions(), a.clipActions(), a.lookFileActions()} {
		all = append(all, part...)
	}
	return append(all, action.Action{
		ID: "reset-display", Label: "Reset display", Menu: "View", Group: "layout", Help: "Draw everything as a new window does",
		Do: do(a.look.Reset),
	})
}

// optionActions turn what is on or off.
func (a *App) optionActions() []action.Action {
	option := func(id, label, group, icon, key, help string, o look.Option) action.Action {
		on := func() bool {
			l := a.look.Now()
			return l.On(o)
		}
		x := action.Action{
			ID: id, Label: label, Menu: "View", Group: group, Icon: icon, Help: help, Checked: on, Params: onOff,
			Do: func(args action.Args) error {
				a.look.Turn(o, args.Switch("state", on()))
				return nil
			},
		}
		if key != "" {
			x.Keys = []string{key}
		}
		return x
	}
	return []action.Action{
		option("show-grid", "Grid", "furniture", assets.IconGrid, "G", "Show the ground grid", look.Grid),
		option("show-axes", "Axes", "furniture", assets.IconAxes, "", "Show the axes at the bottom left", look.CornerAxes),
		option("show-bounds", "Bounding box", "furniture", assets.IconCube, "B", "Show the box around all points", look.BoundingBox),
		option("show-legend", "Legend", "furniture", assets.IconPalette, "", "Show the legend of the colours", look.Legend),
		option("show-help", "Help of the tool", "furniture", assets.IconHelp, "", "Show at the bottom of the scene what the mouse does", look.Help),
		option("show-shapes", "Shapes", "drawing", assets.IconCubes, "", "Draw particles by their Shape instead of as points", look.Shapes),
		option("show-strands", "Strands", "drawing", "", "", "Draw StrandPosition as lines", look.Strands),
		option("density", "Density", "drawing", "", "", "Add the light of points up, for very large clouds", look.Density),
	}
}

// amountActions set numbers.
func (a *App) amountActions() []action.Action {
	amount := func(id, param, help, unit string, n look.Amount) action.Action {
		p := action.Param{Name: param, Kind: action.Number, Help: unit}
		if p.Min, p.Max = n.Bounds(); n.Whole() {
			p.Kind = action.Integer
		}
		return action.Action{
			ID: id, Label: n.String(), Help: help, Params: []action.Param{p},
			Do: func(args action.Args) error {
				a.look.Set(n, args.Number(param))
				return nil
			},
		}
	}
	preferred := amount("default-diameter", "pixels", "Draw points without a Size with a diameter; it is remembered", "Pixels", look.DefaultDiameter)
	preferred.Params[0].Min, preferred.Params[0].Max = settings.MinPointSize, settings.MaxPointSize
	preferred.Do = func(args action.Args) error {
		old := a.settings.Preferences
		a.settings.Preferences.PointSize = args.Number("pixels")
		a.preferred(old)
		return nil
	}
	return []action.Action{
		amount("point-scale", "factor", "Draw points larger or smaller than their Size", "Times the attribute Size", look.PointScale),
		amount("point-diameter", "pixels", "Draw all points with one diameter, or with 0 by their Size", "Pixels", look.Diameter),
		preferred,
		amount("exposure", "factor", "Set the brightness of the density", "1 is as it is at first", look.Exposure),
		amount("depth-cue", "strength", "Let far points fade into the background", "1 is the most", look.DepthCue),
		amount("point-limit", "points", "Draw at most as many points, thinned evenly", "0 draws all", look.PointLimit),
		amount("shape-limit", "points", "Draw the shapes of larger clouds as points", "Of a sequence in a frame", look.ShapeLimit),
		amount("vector-length", "factor", "Set how long vectors are drawn", "World units per unit of the vector", look.VectorLength),
		amount("line-width", "pixels", "Set the width of vectors, trails and strands", "Pixels", look.LineWidth),
	}
}

func (a *App) lineActions() []action.Action {
	trails := func() int {
		l := a.look.Now()
		return l.Trails
	}
	lo, hi := look.Trails.Bounds()
	return []action.Action{
		{
			ID: "show-trails", Label: "Trails", Menu: "View", Group: "drawing", Help: "Draw where points came from, by their ID",
			Params:  []action.Param{{Name: "frames", Kind: action.Integer, Optional: true, Min: lo, Max: hi, Help: "How many frames they reach back"}},
			Checked: func() bool { return trails() > 0 },
			Do: func(args action.Args) error {
				n := 0
				switch {
				case args.Has("frames"):
					n = args.Integer("frames")
				case trails() == 0:
					n = look.DefaultTrails
				}
				a.look.Set(look.Trails, float64(n))
				return nil
			},
		},
		{
			ID: "vectors", Label: "Vectors", Help: "Draw a vector attribute as lines",
			Params: []action.Param{{Name: "name", Suggest: func() []string {
				return append([]string{noVectors}, stage.Vectors(a.activeAttributes())...)
			}, Help: "An attribute such as PointVelocity, or none"}},
			Do: func(args action.Args) error { return a.drawVectors(args.Text("name")) },
		},
	}
}

// noVectors is what scripts call no attribute.
const noVectors = "none"

func (a *App) drawVectors(name string) error {
	if name == noVectors {
		a.look.DrawVectors("")
		return nil
	}
	have := stage.Vectors(a.session.Attributes())
	if !slices.Contains(have, name) {
		return a.lacking(fmt.Errorf("there is no vector attribute %q", name))
	}
	a.look.DrawVectors(name)
	return nil
}

func (a *App) colorActions() []action.Action {
	tint := func(id, help string, t look.Tint) action.Action {
		return action.Action{
			ID: id, Label: t.String(), Help: help, Params: []action.Param{{Name: "color", Kind: action.Color, Help: "RRGGBB, such as ff8800"}},
			Do: func(args action.Args) error {
				a.look.Paint(t, args.Color("color"))
				return nil
			},
		}
	}
	return []action.Action{
		{
			ID: "color-by", Label: "Colour by attribute", Help: "Colour by Color, constant, or an attribute such as PointVelocity.mag",
			Params: []action.Param{{Name: "name", Suggest: func() []string { return stage.Colorings(a.activeAttributes()) }, Help: "An attribute, one of its components, or its magnitude"}},
			Do:     func(args action.Args) error { return a.colorBy(args.Text("name")) },
		},
		{
			ID: "colormap", Label: "Colormap", Help: "Choose the colours that numbers have",
			Params: []action.Param{{Name: "name", Kind: action.Choice, Choices: style.Colormaps(), Help: "categorical is for whole numbers such as IDs"}},
			Do:     func(args action.Args) error { return a.look.SetColormap(args.Text("name")) },
		},
		{
			ID: "color-range", Label: "Range of the colours", Help: "Which values the ends of the colormap stand for: those of this frame, of all frames, or two of your own",
			Params: []action.Param{
				{Name: "of", Kind: action.Choice, Choices: look.RangeModes, Help: "fixed takes two values"},
				{Name: "low", Kind: action.Number, Optional: true, Help: "Of the colormap's first colour"},
				{Name: "high", Kind: action.Number, Optional: true, Help: "Of its last colour; it may be less than the first"},
			},
			Do: a.colorRange,
		},
		{
			ID: "color-invert", Label: "Invert the colours", Help: "Swap the ends of a fixed range of the colours",
			Enabled: func() bool { return a.look.Now().RangeMode == look.RangeFixed }, Do: func(action.Args) error { return a.look.Invert() },
		},
		tint("constant-color", "Set the colour of points that have none of their own", look.Points),
		tint("background-top", "Set the colour of the background at the top", look.BackgroundTop),
		tint("background-bottom", "Set the colour of the background at the bottom", look.BackgroundBottom),
	}
}

// activeAttributes are those that are offered: the active layer's.
func (a *App) activeAttributes() []inspect.Attribute {
	if l := a.session.Active(); l != nil {
		return l.Attributes()
	}
	return nil
}

// colorBy sets the colouring by its name. The active layer's attributes come first, and
// those of the others are known too.
func (a *App) colorBy(name string) error {
	switch name {
	case stage.OwnColor:
		a.look.ColorByAttribute()
		return nil
	case stage.OneColor:
		a.look.ColorByConstant()
		return nil
	}
	if !a.hasLayers() {
		return fmt.Errorf("nothing is open that could be coloured by %q", name)
	}
	sc, err := stage.ParseScalar(a.session.Attributes(), name)
	if err != nil {
		return a.lacking(err)
	}
	a.look.ColorByScalar(sc)
	return nil
}

// lacking adds to an error of an attribute that is missing how much is known so far.
func (a *App) lacking(err error) error {
	if text := a.session.MeasuredText(); text != "" {
		return fmt.Errorf("%w; %s so far", err, text)
	}
	return err
}

func (a *App) colorRange(args action.Args) error {
	mode := look.RangeMode(slices.Index(look.RangeModes, args.Text("of")))
	if both := args.Has("low") && args.Has("high"); (mode == look.RangeFixed) != both || args.Has("low") != args.Has("high") {
		return errors.New("write two values after fixed, and none after frame and all")
	}
	if mode == look.RangeFixed {
		return a.look.Fix(args.Number("low"), args.Number("high"))
	}
	a.look.RangeOf(mode == look.RangeSequence)
	return nil
}

func (a *App) clipActions() []action.Action {
	corner := func(name string) action.Param {
		return action.Param{Name: name, Kind: action.Number, Optional: true, Help: "In world units"}
	}
	return []action.Action{
		{
			ID: "clip-box", Label: "Clip to a box", Help: "Hide what is outside a box: the one around all points, or one of your own",
			Params: []action.Param{corner("x0"), corner("y0"), corner("z0"), corner("x1"), corner("y1"), corner("z1")},
			Do:     a.clipBox,
		},
		{
			ID: "clip-slab", Label: "Clip to a slab", Help: "Hide what is outside a slab along an axis: one in the middle, or from a place to another",
			Params: []action.Param{{Name: "axis", Kind: action.Choice, Choices: look.Axes, Help: "The slab lies across this axis"}, corner("low"), corner("high")},
			Do:     a.clipSlab,
		},
		{
			ID: "clip-none", Label: "Clip nothing", Menu: "View", Group: "drawing", Help: "Show everything again",
			Enabled: func() bool { return a.look.Now().ClipMode != look.ClipNone }, Do: do(a.look.ClipNothing),
		},
	}
}

func (a *App) clipBox(args action.Args) error {
	var corners [2][3]float64
	given := 0
	for i, name := range []string{"x0", "y0", "z0", "x1", "y1", "z1"} {
		if args.Has(name) {
			given++
		}
		corners[i/3][i%3] = args.Number(name)
	}
	switch given {
	case 0:
		all := a.stage.Bounds()
		a.look.ClipIn(all.Min, all.Max)
		return nil
	case 6:
		return a.look.ClipTo(corners[0], corners[1])
	}
	return errors.New("write all six numbers of the box's two corners, or none")
}

func (a *App) clipSlab(args action.Args) error {
	axis := look.Axis(slices.Index(look.Axes, args.Text("axis")))
	if args.Has("low") != args.Has("high") {
		return errors.New("write both ends of the slab, or none")
	}
	if args.Has("low") {
		return a.look.ClipToSlab(axis, args.Number("low"), args.Number("high"))
	}
	all := a.stage.Bounds()
	a.look.ClipAcross(axis, all.Min, all.Max)
	return nil
}
