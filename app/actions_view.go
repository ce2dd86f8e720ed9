package app

import (
	"errors"
	"fmt"
	"strconv"
	"strings"

	"iceexplorer/app/action"
	"iceexplorer/app/panel"
	"iceexplorer/app/scene"
	"iceexplorer/app/session"
	"iceexplorer/assets"
	"iceexplorer/gfx"
)

// viewActions are what a user can do to the way things are looked at.
func (a *App) viewActions() []action.Action {
	all := a.cameraActions()
	all = append(all, a.selectActions()...)
	all = append(all, a.displayActions()...)
	for _, name := range panel.Names {
		all = append(all, action.Action{
			ID: "panel-" + strings.ToLower(name), Label: name, Menu: "View/Panels", Group: "panels", Help: "Show or hide the panel",
			Checked: func() bool { return a.panels.Shown(name) }, Do: do(func() { a.panels.Toggle(name) }),
		})
	}
	return append(all, action.Action{
		ID: "reset-layout", Label: "Reset layout", Menu: "View", Group: "layout", Help: "Put all panels back in their places",
		Do: do(func() {
			a.panels.ShowAll()
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
			Help: "Look from a fixed direction", Do: do(func() { a.panels.SetPreset(p) }),
		}
	}
	// The plain arrows step through the frames.
	orbit := func(to, key string, yaw, pitch float64) action.Action {
		return action.Action{
			ID: "orbit-" + to, Label: "Turn " + to, Menu: "View/Camera", Group: "orbit", Keys: []string{key}, Repeat: true,
			Help: "Turn the camera around the scene", Do: do(func() { a.panels.Orbit(yaw, pitch) }),
		}
	}
	tool := func(id, label, icon, key, help string, t panel.Tool) action.Action {
		return action.Action{
			ID: id, Label: label, Menu: "View/Tool", Group: "tool", Icon: icon, Keys: []string{key}, Help: help,
			Checked: func() bool { return a.panels.Tool() == t }, Do: do(func() { a.panels.SetTool(t) }),
		}
	}
	return []action.Action{
		{
			ID: "frame-all", Label: "Frame all", Menu: "View", Group: "camera", Icon: assets.IconFrameAll, Keys: []string{"A"},
			Help: "Move the camera so that everything is in view", Do: do(a.panels.FrameAll),
		},
		{
			ID: "frame-selection", Label: "Frame selection", Menu: "View", Group: "camera", Icon: assets.IconCrosshairs, Keys: []string{"F"},
			Help: "Move the camera to the selected points", Enabled: a.hasSelection,
			Do: func([]string) error { return a.panels.FrameSelection() },
		},
		preset(gfx.Perspective, "F1"), preset(gfx.Top, "F2"), preset(gfx.Front, "F3"), preset(gfx.Left, "F4"), preset(gfx.Right, "F5"),
		preset(gfx.Back, "F6"), preset(gfx.Bottom, "F7"),
		orbit("left", "Ctrl+Left", -orbitStep, 0), orbit("right", "Ctrl+Right", orbitStep, 0),
		orbit("up", "Ctrl+Up", 0, orbitStep), orbit("down", "Ctrl+Down", 0, -orbitStep),
		tool("tool-orbit", "Orbit", assets.IconOrbit, "O", "Drag to turn around the scene", panel.ToolOrbit),
		tool("tool-pan", "Pan", assets.IconPan, "P", "Drag to move across the scene", panel.ToolPan),
		tool("tool-zoom", "Zoom", assets.IconZoom, "Z", "Drag up and down to move closer and away", panel.ToolZoom),
		tool("tool-select", "Select", assets.IconSelect, "S", "Click a point or drag a rectangle. Shift adds, Ctrl removes", panel.ToolSelect),
		tool("tool-lasso", "Lasso", assets.IconLasso, "Shift+S", "Drag around points. Shift adds, Ctrl removes", panel.ToolLasso),
	}
}

func (a *App) hasSelection() bool { return a.session.SelectionSize() > 0 }

func (a *App) selectActions() []action.Action {
	return []action.Action{
		{
			ID: "select-none", Label: "Select nothing", Menu: "Edit", Group: "select", Keys: []string{"Esc"},
			Help: "Clear the selection", Enabled: a.hasSelection, Do: do(a.session.ClearSelection),
		},
		{
			ID: "select-rect", Label: "Select in rectangle", Args: "X0 Y0 X1 Y1",
			Help: "Select the points seen in a part of the scene, in fractions of its width and height",
			Do: func(args []string) error {
				var v [4]float64
				for i := range v {
					var err error
					if len(args) != len(v) {
						return errors.New("write select-rect X0 Y0 X1 Y1, such as select-rect 0 0 0.5 1")
					}
					if v[i], err = strconv.ParseFloat(args[i], 64); err != nil || !(v[i] >= 0 && v[i] <= 1) {
						return fmt.Errorf("%q is no fraction from 0 to 1", args[i])
					}
				}
				if v[0] >= v[2] || v[1] >= v[3] {
					return errors.New("the rectangle is empty: write left, top, right and bottom")
				}
				a.panels.SelectRect(v[0], v[1], v[2], v[3])
				return nil
			},
		},
	}
}

func (a *App) displayActions() []action.Action {
	view := &a.session.View
	toggle := func(id, label, group, icon, key, help string, on *bool) action.Action {
		x := action.Action{
			ID: id, Label: label, Menu: "View", Group: group, Icon: icon, Help: help,
			Checked: func() bool { return *on }, Do: do(func() { *on = !*on }),
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
			Args: "[FRAMES]", Checked: func() bool { return view.Trails > 0 },
			Do: func(args []string) error {
				if len(args) == 0 {
					view.Trails = session.DefaultTrails - min(view.Trails, 1)*session.DefaultTrails
					return nil
				}
				n, err := strconv.Atoi(args[0])
				if err != nil || n < 0 || n > session.MaxTrails {
					return fmt.Errorf("%q is no number of frames from 0 to %d", args[0], session.MaxTrails)
				}
				view.Trails = n
				return nil
			},
		},
		{
			ID: "clip-slab", Label: "Clip to a slab", Args: "x|y|z LOW HIGH", Help: "Hide what is outside a slab along an axis, in world units",
			Do: func(args []string) error {
				if len(args) != 3 || len(args[0]) != 1 || !strings.Contains("xyz", args[0]) {
					return errors.New("write clip-slab AXIS LOW HIGH, such as clip-slab y 0 2.5")
				}
				lo, errLo := strconv.ParseFloat(args[1], 64)
				hi, errHi := strconv.ParseFloat(args[2], 64)
				if errLo != nil || errHi != nil || !(lo <= hi) {
					return fmt.Errorf("%s to %s are no rising numbers", args[1], args[2])
				}
				axis := strings.Index("xyz", args[0])
				view.ClipMode, view.SlabAxis, view.ClipMin[axis], view.ClipMax[axis] = session.ClipSlab, axis, lo, hi
				return nil
			},
		},
		{
			ID: "clip-none", Label: "Clip nothing", Menu: "View", Group: "drawing", Help: "Show everything again",
			Enabled: func() bool { return view.ClipMode != session.ClipNone },
			Do:      do(func() { view.ClipMode = session.ClipNone }),
		},
		{
			ID: "reset-display", Label: "Reset display", Menu: "View", Group: "layout", Help: "Draw everything as a new window does",
			Do: do(func() { a.session.ResetView() }),
		},
		{
			ID: "color-by", Label: "Colour by attribute", Args: "NAME", Help: "Colour by Color, constant, or an attribute such as PointVelocity.mag",
			Do: func(args []string) error {
				if len(args) != 1 {
					return errors.New("write color-by NAME, such as color-by PointVelocity.mag")
				}
				return a.panels.ColorBy(args[0])
			},
		},
	}
}

// savePictures saves to a file given by a script, or asks where to.
func (a *App) savePictures(args []string, sequence bool) error {
	if len(args) == 0 {
		a.panels.AskSave(sequence)
		return nil
	}
	opt := panel.SaveOptions{Path: args[0], Sequence: sequence}
	if len(args) > 1 {
		var err error
		if opt.W, opt.H, err = scene.ParseSize(args[1]); err != nil {
			return err
		}
	}
	if sequence {
		opt.First, opt.Last, _ = a.player.Range()
	}
	return a.panels.Save(opt)
}
