package app

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"iceexplorer/app/action"
	"iceexplorer/app/look"
	"iceexplorer/app/stage"
	"iceexplorer/assets"
	"iceexplorer/gfx"
)

// viewActions are what a user can do to the way things are looked at.
func (a *App) viewActions() []action.Action {
	all := a.cameraActions()
	all = append(all, a.selectActions()...)
	all = append(all, a.displayActions()...)
	all = append(all, a.ui.Actions()...)
	return append(all, action.Action{
		ID: "reset-layout", Label: "Reset layout", Menu: "View", Group: "layout", Help: "Put all panels back in their places",
		Do: do(func() {
			a.ui.ShowAll()
			a.window.ResetLayout()
		}),
	})
}

// orbitStep is how far a key turns the camera, in degrees.
const orbitStep = 7.5

func (a *App) cameraActions() []action.Action {
	preset := func(p gfx.Preset, key string) action.Action {
		return action.Action{
			ID: "view-" + p.String(), Label: strings.ToUpper(p.String()[:1]) + p.String()[1:], Menu: "View/Camera", Group: "preset", Keys: []string{key},
			Help: "Look from a fixed direction", Do: do(func() { a.stage.SetPreset(p) }),
		}
	}
	// The plain arrows step through the frames.
	orbit := func(to, key string, yaw, pitch float64) action.Action {
		return action.Action{
			ID: "orbit-" + to, Label: "Turn " + to, Menu: "View/Camera", Group: "orbit", Keys: []string{key}, Repeat: true,
			Help: "Turn the camera around the scene", Do: do(func() { a.stage.Orbit(yaw, pitch) }),
		}
	}
	tool := func(id, label, icon, key, help string, t stage.Tool) action.Action {
		return action.Action{
			ID: id, Label: label, Menu: "View/Tool", Group: "tool", Icon: icon, Keys: []string{key}, Help: help,
			Checked: func() bool { return a.stage.Tool() == t }, Do: do(func() { a.stage.SetTool(t) }),
		}
	}
	return []action.Action{
		{
			ID: "frame-all", Label: "Frame all", Menu: "View", Group: "camera", Icon: assets.IconFrameAll, Keys: []string{"A"},
			Help: "Move the camera so that everything is in view", Do: do(a.stage.FrameAll),
		},
		{
			ID: "frame-selection", Label: "Frame selection", Menu: "View", Group: "camera", Icon: assets.IconCrosshairs, Keys: []string{"F"},
			Help: "Move the camera to the selected points", Enabled: a.hasSelection,
			Do: func(action.Args) error { return a.stage.FrameSelection() },
		},
		preset(gfx.Perspective, "F1"), preset(gfx.Top, "F2"), preset(gfx.Front, "F3"), preset(gfx.Left, "F4"), preset(gfx.Right, "F5"),
		preset(gfx.Back, "F6"), preset(gfx.Bottom, "F7"),
		orbit("left", "Ctrl+Left", -orbitStep, 0), orbit("right", "Ctrl+Right", orbitStep, 0),
		orbit("up", "Ctrl+Up", 0, orbitStep), orbit("down", "Ctrl+Down", 0, -orbitStep),
		tool("tool-orbit", "Orbit", assets.IconOrbit, "O", "Drag to turn around the scene", stage.ToolOrbit),
		tool("tool-pan", "Pan", assets.IconPan, "P", "Drag to move across the scene", stage.ToolPan),
		tool("tool-zoom", "Zoom", assets.IconZoom, "Z", "Drag up and down to move closer and away", stage.ToolZoom),
		tool("tool-select", "Select", assets.IconSelect, "S", "Click a point or drag a rectangle: selects the points that are seen, and hidden ones with Select hidden points too. Shift adds, Ctrl removes", stage.ToolSelect),
		tool("tool-lasso", "Lasso", assets.IconLasso, "Shift+S", "Drag around points: selects those that are seen, and hidden ones with Select hidden points too. Shift adds, Ctrl removes", stage.ToolLasso),
	}
}

func (a *App) hasSelection() bool { return a.session.SelectionSize() > 0 }

func (a *App) selectActions() []action.Action {
	return []action.Action{
		{
			ID: "select-all", Label: "Select all", Menu: "Edit", Group: "select", Keys: []string{"Ctrl+A"},
			Help: "Select every point of the frame under the play head", Enabled: a.hasFrames, Do: do(a.session.SelectAll),
		},
		{
			ID: "select-none", Label: "Select nothing", Menu: "Edit", Group: "select", Keys: []string{"Esc"},
			Help: "Clear the selection", Enabled: a.hasSelection, Do: do(a.session.ClearSelection),
		},
		{
			ID: "select-invert", Label: "Invert selection", Menu: "Edit", Group: "select", Keys: []string{"Ctrl+I"},
			Help: "Select what is not selected, in the frame under the play head", Enabled: a.hasFrames, Do: do(a.session.InvertSelection),
		},
		{
			ID: "select-through", Label: "Select hidden points too", Menu: "Edit", Group: "select", Icon: assets.IconLayers, Keys: []string{"Ctrl+T"},
			Help: "Rectangle and lasso select all points in the area, also those hidden behind others", Params: onOff,
			Checked: a.stage.Through,
			Do: func(args action.Args) error {
				a.stage.SetThrough(args.Switch("state", a.stage.Through()))
				return nil
			},
		},
		{
			ID: "select-rect", Label: "Select in rectangle",
			Help:   "Select the points seen in a part of the scene, and hidden ones with Select hidden points too",
			Params: []action.Param{side("left"), side("top"), side("right"), side("bottom")},
			Do: func(args action.Args) error {
				x0, y0, x1, y1 := args.Number("left"), args.Number("top"), args.Number("right"), args.Number("bottom")
				if x0 >= x1 || y0 >= y1 {
					return errors.New("the rectangle is empty: write left, top, right and bottom")
				}
				a.stage.SelectRect(x0, y0, x1, y1)
				return nil
			},
		},
	}
}

// side is a side of a rectangle in the scene.
func side(name string) action.Param {
	return action.Param{Name: name, Kind: action.Number, Min: 0, Max: 1, Help: "In fractions of the scene's width or height, from its top left corner"}
}

// onOff is the parameter of switches.
var onOff = []action.Param{{Name: "state", Kind: action.Switch, Optional: true}}

func (a *App) displayActions() []action.Action {
	view := &a.session.View
	toggle := func(id, label, group, icon, key, help string, on *bool) action.Action {
		x := action.Action{
			ID: id, Label: label, Menu: "View", Group: group, Icon: icon, Help: help,
			Checked: func() bool { return *on }, Params: onOff,
			Do: func(args action.Args) error {
				*on = args.Switch("state", *on)
				return nil
			},
		}
		if key != "" {
			x.Keys = []string{key}
		}
		return x
	}
	return []action.Action{
		toggle("show-grid", "Grid", "furniture", assets.IconGrid, "G", "Show the ground grid", &view.Grid),
		toggle("show-axes", "Axes", "furniture", assets.IconAxes, "", "Show the axes at the bottom left", &view.Axes),
		toggle("show-bounds", "Bounding box", "furniture", assets.IconCube, "B", "Show the box around all points", &view.Bounds),
		toggle("show-legend", "Legend", "furniture", assets.IconPalette, "", "Show the legend of the colours", &view.Legend),
		toggle("show-help", "Help of the tool", "furniture", assets.IconHelp, "", "Show at the bottom of the scene what the mouse does", &view.Help),
		toggle("show-shapes", "Shapes", "drawing", assets.IconCubes, "", "Draw particles by their Shape instead of as points", &view.Shapes),
		toggle("show-strands", "Strands", "drawing", "", "", "Draw StrandPosition as lines", &view.Strands),
		toggle("density", "Density", "drawing", "", "", "Add the light of points up, for very large clouds", &view.Density),
		{
			ID: "show-trails", Label: "Trails", Menu: "View", Group: "drawing", Help: "Draw where points came from, by their ID",
			Params:  []action.Param{{Name: "frames", Kind: action.Integer, Optional: true, Min: 0, Max: look.MaxTrails, Help: "How many frames they reach back"}},
			Checked: func() bool { return view.Trails > 0 },
			Do: func(args action.Args) error {
				switch {
				case args.Has("frames"):
					view.Trails = args.Integer("frames")
				case view.Trails > 0:
					view.Trails = 0
				default:
					view.Trails = look.DefaultTrails
				}
				return nil
			},
		},
		{
			ID: "clip-slab", Label: "Clip to a slab", Help: "Hide what is outside a slab along an axis",
			Params: []action.Param{
				{Name: "axis", Kind: action.Choice, Choices: axes, Help: "The slab lies across this axis"},
				{Name: "low", Kind: action.Number, Help: "In world units"}, {Name: "high", Kind: action.Number, Help: "In world units"},
			},
			Do: func(args action.Args) error {
				lo, hi := args.Number("low"), args.Number("high")
				if lo > hi {
					return fmt.Errorf("%g to %g are no rising numbers", lo, hi)
				}
				axis := slices.Index(axes, args.Text("axis"))
				view.ClipMode, view.SlabAxis, view.ClipMin[axis], view.ClipMax[axis] = look.ClipSlab, axis, lo, hi
				return nil
			},
		},
		{
			ID: "clip-none", Label: "Clip nothing", Menu: "View", Group: "drawing", Help: "Show everything again",
			Enabled: func() bool { return view.ClipMode != look.ClipNone },
			Do:      do(func() { view.ClipMode = look.ClipNone }),
		},
		{
			ID: "reset-display", Label: "Reset display", Menu: "View", Group: "layout", Help: "Draw everything as a new window does",
			Do: do(func() { a.session.ResetView() }),
		},
		{
			ID: "color-by", Label: "Colour by attribute", Help: "Colour by Color, constant, or an attribute such as PointVelocity.mag",
			Params: []action.Param{{Name: "name", Suggest: a.panels.Colorings, Help: "An attribute, one of its components, or its magnitude"}},
			Do:     func(args action.Args) error { return a.panels.ColorBy(args.Text("name")) },
		},
		{
			ID: "color-range", Label: "Range of the colours", Help: "Which values the ends of the colormap stand for: those of this frame, of all frames, or two of your own",
			Params: []action.Param{
				{Name: "of", Kind: action.Choice, Choices: rangeNames, Help: "fixed takes two values"},
				{Name: "low", Kind: action.Number, Optional: true, Help: "Of the colormap's first colour"},
				{Name: "high", Kind: action.Number, Optional: true, Help: "Of its last colour; it may be less than the first"},
			},
			Do: a.colorRange,
		},
	}
}

var axes = []string{"x", "y", "z"}

// rangeNames are what scripts call the modes of look.RangeMode.
var rangeNames = []string{look.RangeFrame: "frame", look.RangeSequence: "all", look.RangeFixed: "fixed"}

func (a *App) colorRange(args action.Args) error {
	mode := look.RangeMode(slices.Index(rangeNames, args.Text("of")))
	if both := args.Has("low") && args.Has("high"); (mode == look.RangeFixed) != both || args.Has("low") != args.Has("high") {
		return errors.New("write two values after fixed, and none after frame and all")
	}
	v := &a.session.View
	if v.RangeMode = mode; mode == look.RangeFixed {
		v.Low, v.High = args.Number("low"), args.Number("high")
	}
	return nil
}
