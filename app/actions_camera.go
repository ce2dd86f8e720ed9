package app

import (
	"math"
	"strings"

	"iceexplorer/app/action"
	"iceexplorer/app/stage"
	"iceexplorer/assets"
	"iceexplorer/gfx"
)

// orbitStep is how far a key turns the camera, in degrees.
const orbitStep = 7.5

// cameraActions look at the scene from somewhere else, and choose tools.
func (a *App) cameraActions() []action.Action {
	all := []action.Action{
		{
			ID: "frame-all", Also: "zoom fit home center", Label: "Frame all", Menu: "View", Group: "camera", Icon: assets.IconFrameAll, Keys: []string{"A"},
			Help: "Move the camera so that everything is in view", Do: do(a.stage.FrameAll),
		},
		{
			ID: "frame-selection", Also: "zoom fit focus", Label: "Frame selection", Menu: "View", Group: "camera", Icon: assets.IconCrosshairs, Keys: []string{"F"},
			Help: "Move the camera to the selected points", Enabled: a.hasSelection,
			Do: func(action.Args) error { return a.stage.FrameSelection() },
		},
	}
	all = append(all, a.quadActions()...)
	all = append(all, a.directionActions()...)
	all = append(all, a.lensActions()...)
	all = append(all, a.toolActions()...)
	return append(all, a.viewpointActions()...)
}

// quadActions look at the scene from several sides at once.
func (a *App) quadActions() []action.Action {
	return []action.Action{
		{
			ID: "view-quad", Also: "viewport split", Label: "Four panes", Menu: "View", Group: "camera", Icon: assets.IconGrid, Keys: []string{"Shift+Space"}, Params: onOff,
			Help:    "Split the scene in four panes with cameras of their own: top, perspective, front and right at first. Off, the active pane fills the scene: the one used last or, by the key, the one under the mouse",
			Checked: a.stage.Quad,
			Do: func(args action.Args) error {
				on := args.Switch("state", a.stage.Quad())
				a.stage.SetQuad(on)
				if a.opt.Script != "" || a.settings.Quad == on {
					return nil
				}
				a.settings.Quad = on
				return a.settings.Save(a.keeper)
			},
		},
		{
			ID: "frame-all-panes", Label: "Frame all in every pane", Menu: "View", Group: "camera", Keys: []string{"Shift+A"},
			Help: "Move the cameras of the four panes so that everything is in view", Enabled: a.stage.Quad, Do: do(a.stage.FrameAllPanes),
		},
		{
			ID: "view-pane", Label: "Make a pane active", Help: "Choose the pane of the four on which camera and selection act that no mouse points at", Enabled: a.stage.Quad,
			Params: []action.Param{{Name: "pane", Kind: action.Integer, Min: 1, Max: stage.PaneCount, Help: "1 and 2 above, 3 and 4 below"}},
			Do: func(args action.Args) error {
				a.stage.SetPane(int(args.Number("pane")) - 1)
				return nil
			},
		},
	}
}

// directionActions look along the axes and turn the camera. Their digits are those of the
// numeric pad in other programs.
func (a *App) directionActions() []action.Action {
	preset := func(p gfx.Preset, keys ...string) action.Action {
		return action.Action{
			ID: "view-" + p.String(), Label: strings.ToUpper(p.String()[:1]) + p.String()[1:], Menu: "View/Camera", Group: "preset", Keys: keys,
			Help: "Look at the scene from a fixed direction", Do: do(func() { a.stage.SetPreset(p) }),
		}
	}
	// The plain arrows step through the frames.
	orbit := func(to, key, digit string, yaw, pitch float64) action.Action {
		return action.Action{
			ID: "orbit-" + to, Label: "Turn " + to, Menu: "View/Camera", Group: "orbit", Keys: []string{key, digit}, Repeat: true,
			Help: "Turn the camera around the scene", Do: do(func() { a.stage.Orbit(yaw, pitch) }),
		}
	}
	return []action.Action{
		preset(gfx.Perspective, "F1", "0"), preset(gfx.Top, "F2", "7"), preset(gfx.Front, "F3", "1"), preset(gfx.Left, "F4", "Ctrl+3"),
		preset(gfx.Right, "F5", "3"), preset(gfx.Back, "F6", "Ctrl+1"), preset(gfx.Bottom, "F7", "Ctrl+7"),
		{
			ID: "view-orthographic", Label: "Orthographic", Menu: "View/Camera", Group: "lens", Keys: []string{"5"}, Params: onOff,
			Help: "Look without perspective, from any direction", Checked: func() bool { return a.stage.Target().Ortho },
			Do: func(args action.Args) error {
				a.moveCamera(func(c *gfx.Camera) { c.SetOrtho(args.Switch("state", c.Ortho)) })
				return nil
			},
		},
		orbit("left", "Ctrl+Left", "4", -orbitStep, 0), orbit("right", "Ctrl+Right", "6", orbitStep, 0),
		orbit("up", "Ctrl+Up", "8", 0, orbitStep), orbit("down", "Ctrl+Down", "2", 0, -orbitStep),
	}
}

// moveCamera changes where the camera is, or is on its way to.
func (a *App) moveCamera(move func(*gfx.Camera)) {
	c := a.stage.Target()
	move(&c)
	a.stage.SetCamera(c.Normalized())
	a.wake()
}

// lensActions take the camera's numbers.
func (a *App) lensActions() []action.Action {
	place := func(id, label, help string, move func(*gfx.Camera, gfx.Vec3)) action.Action {
		var params []action.Param
		for _, axis := range []string{"x", "y", "z"} {
			params = append(params, action.Param{Name: axis, Kind: action.Number, Help: "World units"})
		}
		return action.Action{
			ID: id, Label: label, Help: help, Params: params,
			Do: func(args action.Args) error {
				at := gfx.Vec3{args.Number("x"), args.Number("y"), args.Number("z")}
				a.moveCamera(func(c *gfx.Camera) { move(c, at) })
				return nil
			},
		}
	}
	widest, longest := gfx.Camera{FovY: gfx.MostFov * math.Pi / 180}, gfx.Camera{FovY: gfx.LeastFov * math.Pi / 180}
	return []action.Action{
		place("camera-position", "Place the camera", "Put the camera at a place; it still looks at its target", func(c *gfx.Camera, at gfx.Vec3) { c.LookFrom(at, c.Target) }),
		place("camera-target", "Point the camera", "Look at a place from where the camera is", func(c *gfx.Camera, at gfx.Vec3) { c.LookFrom(c.Eye(), at) }),
		{
			ID: "camera-fov", Label: "Set field of view", Help: "Set the camera's vertical field of view",
			Params: []action.Param{{Name: "degrees", Kind: action.Number, Min: gfx.LeastFov, Max: gfx.MostFov, Help: "From the lower to the upper edge"}},
			Do: func(args action.Args) error {
				a.moveCamera(func(c *gfx.Camera) { c.SetFov(args.Number("degrees") * math.Pi / 180) })
				return nil
			},
		},
		{
			ID: "camera-focal", Label: "Set focal length", Help: "Set the camera's focal length, for film 24 mm high",
			Params: []action.Param{{Name: "mm", Kind: action.Number, Min: math.Ceil(widest.Focal()*10) / 10, Max: math.Floor(longest.Focal()*10) / 10, Help: "Millimetres"}},
			Do: func(args action.Args) error {
				a.moveCamera(func(c *gfx.Camera) { c.SetFocal(args.Number("mm")) })
				return nil
			},
		},
		{
			ID: "navigation", Label: "Navigate as in", Help: "Move the camera with the mouse and keys of another program; Alt+drag works in all of them",
			Params: []action.Param{{Name: "preset", Kind: action.Choice, Choices: stage.Navigations()}},
			Do: func(args action.Args) error {
				old := a.settings.Preferences
				a.settings.Preferences.Navigation = args.Text("preset")
				a.preferred(old)
				return nil
			},
		},
	}
}

func (a *App) toolActions() []action.Action {
	tool := func(id, label, icon, key, help string, t stage.Tool) action.Action {
		return action.Action{
			ID: id, Label: label, Menu: "View/Tool", Group: "tool", Icon: icon, Keys: []string{key}, Help: help,
			Checked: func() bool { return a.stage.Tool() == t }, Do: do(func() { a.stage.SetTool(t) }),
		}
	}
	return []action.Action{
		tool("tool-orbit", "Orbit", assets.IconOrbit, "O", "Drag to turn around the scene", stage.ToolOrbit),
		tool("tool-pan", "Pan", assets.IconPan, "P", "Drag to move across the scene", stage.ToolPan),
		tool("tool-zoom", "Zoom", assets.IconZoom, "Z", "Drag up and down to move closer and away", stage.ToolZoom),
		tool("tool-select", "Select", assets.IconSelect, "S", "Click a point or drag a rectangle to select visible points, or all of them with Select hidden points too. Shift adds, Ctrl removes", stage.ToolSelect),
		tool("tool-lasso", "Lasso", assets.IconLasso, "Shift+S", "Drag around points to select the visible ones, or all of them with Select hidden points too. Shift adds, Ctrl removes", stage.ToolLasso),
	}
}
