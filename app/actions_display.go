package app

import (
	"errors"
	"slices"

	"iceexplorer/app/action"
	"iceexplorer/app/inspect"
	"iceexplorer/app/look"
	"iceexplorer/app/settings"
	"iceexplorer/app/stage"
	"iceexplorer/assets"
)

// displayActions change how things are drawn and coloured: everything that the Display
// panel offers.
func (a *App) displayActions() []action.Action {
	var all []action.Action
	for _, part := range [][]action.Action{a.optionActions(), a.colorActions(), a.amountActions(), a.lineActions(), a.clipActions(), a.lookFileActions()} {
		all = append(all, part...)
	}
	return append(all, action.Action{
		ID: "reset-display", Label: "Reset display", Menu: "View", Group: "layout", Help: "Restore the display settings of a new window",
		Do: do(a.look.Reset),
	})
}

// optionActions turn things on and off.
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
		option("show-legend", "Legend", "furniture", assets.IconPalette, "", "Show the colour legend", look.Legend),
		option("show-help", "Tool help", "furniture", assets.IconHelp, "", "Show what the mouse does at the bottom of the scene", look.Help),
		option("show-shapes", "Shapes", "drawing", assets.IconCubes, "", "Draw particles by their Shape instead of as points", look.Shapes),
		option("show-strands", "Strands", "drawing", "", "", "Draw StrandPosition as lines", look.Strands),
		option("color-reversed", "Reversed colours", "drawing", "", "", "Reverse the colormap", look.Reversed),
		option("color-own-scales", "A scale for each sequence", "drawing", "", "", "Give each sequence its own colour range, instead of one for all", look.OwnScales),
		option("color-outside", "Mark values outside the range", "drawing", "", "", "Show values below and above the colour range in colours of their own", look.Outside),
		option("density", "Density", "drawing", "", "", "Add up the light of overlapping points, for very large clouds", look.Density),
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
	preferred := amount("default-diameter", "pixels", "Set the diameter of points without a Size, and remember it", "Pixels", look.DefaultDiameter)
	preferred.Params[0].Min, preferred.Params[0].Max = settings.MinPointSize, settings.MaxPointSize
	preferred.Do = func(args action.Args) error {
		old := a.settings.Preferences
		a.settings.Preferences.PointSize = args.Number("pixels")
		a.preferred(old)
		return nil
	}
	return []action.Action{
		amount("opacity", "part", "Let other sequences be seen through", "1 hides all that lies behind", look.Opacity),
		amount("point-scale", "factor", "Draw points larger or smaller than their Size", "A multiple of the attribute Size", look.PointScale),
		amount("point-diameter", "pixels", "Draw all points with one diameter, or by their Size with 0", "Pixels", look.Diameter),
		preferred,
		amount("exposure", "factor", "Set the brightness of the density display", "1 is the default", look.Exposure),
		amount("depth-cue", "strength", "Let far points fade into the background", "1 is the strongest", look.DepthCue),
		amount("point-limit", "points", "Draw at most this many points, thinned evenly", "0 draws all of them", look.PointLimit),
		amount("shape-limit", "points", "Draw clouds with more points than this as points, not shapes", "Points of one sequence in one frame", look.ShapeLimit),
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
			ID: "show-trails", Also: "path motion streak", Label: "Trails", Menu: "View", Group: "drawing", Help: "Draw the paths that points have taken, by their ID",
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

// noVectors is the name that scripts use for no attribute.
const noVectors = "none"

func (a *App) drawVectors(name string) error {
	if name == noVectors {
		a.look.DrawVectors("")
		return nil
	}
	attribute, err := stage.ParseVector(a.session.Attributes(), name)
	if err != nil {
		return a.lacking(err)
	}
	a.look.DrawVectors(attribute)
	return nil
}

// activeAttributes are the ones offered: the active layer's.
func (a *App) activeAttributes() []inspect.Attribute {
	if l := a.session.Active(); l != nil {
		return l.Attributes()
	}
	return nil
}

func (a *App) clipActions() []action.Action {
	corner := func(name string) action.Param {
		return action.Param{Name: name, Kind: action.Number, Optional: true, Help: "In world units"}
	}
	return []action.Action{
		{
			ID: "clip-box", Label: "Clip to a box", Help: "Hide everything outside a box: the one around all points, or one of your own",
			Params: []action.Param{corner("x0"), corner("y0"), corner("z0"), corner("x1"), corner("y1"), corner("z1")},
			Do:     a.clipBox,
		},
		{
			ID: "clip-slab", Label: "Clip to a slab", Help: "Hide everything outside a slab across an axis: one in the middle, or one between two places",
			Params: []action.Param{{Name: "axis", Kind: action.Choice, Choices: look.Axes, Help: "The axis that the slab is perpendicular to"}, corner("low"), corner("high")},
			Do:     a.clipSlab,
		},
		{
			ID: "clip-none", Label: "Clip nothing", Menu: "View", Group: "drawing", Help: "Stop clipping and show everything",
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
