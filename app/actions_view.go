package app

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"iceexplorer/app/action"
	"iceexplorer/app/session"
	"iceexplorer/assets"
)

// viewActions move the camera, choose tools and select points.
func (a *App) viewActions() []action.Action {
	all := a.cameraActions()
	all = append(all, a.selectActions()...)
	all = append(all, a.displayActions()...)
	all = append(all, a.panels.Actions()...)
	return append(all, action.Action{
		ID: "full-screen", Label: "Full screen", Menu: "View", Group: "layout", Keys: []string{"F11"}, Help: "Let the window fill the screen, or end that", Params: onOff,
		Checked: func() bool { return a.window != nil && a.window.FullScreen() },
		Do: func(args action.Args) error {
			return a.window.SetFullScreen(args.Switch("state", a.window.FullScreen()))
		},
	}, action.Action{
		ID: "window-size", Label: "Size of the window", Help: "Make the window this large, for pictures of it", Params: []action.Param{
			{Name: "width", Kind: action.Integer, Min: 320, Max: 16384, Help: "Pixels"}, {Name: "height", Kind: action.Integer, Min: 240, Max: 16384, Help: "Pixels"},
		},
		Do: func(args action.Args) error {
			if a.window.FullScreen() {
				return errors.New("the window fills the screen: end that first")
			}
			a.window.Resize(args.Integer("width"), args.Integer("height"))
			return nil
		},
	})
}

func (a *App) hasSelection() bool { return a.session.HasSelection() }

func (a *App) selectActions() []action.Action {
	return []action.Action{
		{
			ID: "select-all", Label: "Select all", Menu: "Edit", Group: "select", Keys: []string{"Ctrl+A"},
			Help: "Select every point of the frame under the play head", Enabled: a.hasFrames, Do: do(a.session.SelectAll),
		},
		{
			ID: "select-none", Also: "deselect clear", Label: "Select nothing", Menu: "Edit", Group: "select", Keys: []string{"Esc"},
			Help: "Clear the selection", Enabled: a.hasSelection, Do: do(a.session.ClearSelection),
		},
		{
			ID: "select-invert", Label: "Invert selection", Menu: "Edit", Group: "select", Keys: []string{"Ctrl+I"},
			Help: "Select the points that are not selected, in the frame under the play head", Enabled: a.hasFrames, Do: do(a.session.InvertSelection),
		},
		{
			ID: "select-through", Label: "Select hidden points too", Menu: "Edit", Group: "select", Icon: assets.IconLayers, Keys: []string{"Ctrl+T"},
			Help: "Let rectangle and lasso select all points in the area, even those hidden behind others", Params: onOff,
			Checked: a.stage.Through,
			Do: func(args action.Args) error {
				a.stage.SetThrough(args.Switch("state", a.stage.Through()))
				return nil
			},
		},
		{
			ID: "select-rect", Label: "Select in rectangle",
			Help:   "Select the visible points in a part of the scene, or all of them with Select hidden points too",
			Params: append([]action.Param{side("left"), side("top"), side("right"), side("bottom")}, selectMode(true)),
			Do: func(args action.Args) error {
				x0, y0, x1, y1 := args.Number("left"), args.Number("top"), args.Number("right"), args.Number("bottom")
				if x0 >= x1 || y0 >= y1 {
					return errors.New("the rectangle is empty: write left, top, right and bottom")
				}
				a.stage.SelectRect(modeOf(args), x0, y0, x1, y1)
				return nil
			},
		},
		{
			ID: "select-lasso", Label: "Select in lasso",
			Help:   "Select the visible points in an outline, or all of them with Select hidden points too",
			Params: []action.Param{selectMode(false), {Name: "corner", Many: true, Help: "The outline's corners, each as 0.25,0.5: from the left and from the top, in fractions of the size of the scene or, of four panes, the active one"}},
			Do: func(args action.Args) error {
				corners, err := cornersOf(args.Texts("corner"))
				if err == nil {
					a.stage.SelectLasso(modeOf(args), corners)
				}
				return err
			},
		},
		{
			ID: "select-at", Label: "Select point in the scene", Help: "Select the point seen at a place of the scene",
			Params: append([]action.Param{side("left"), side("top")}, selectMode(true)),
			Do: func(args action.Args) error {
				a.stage.SelectAt(modeOf(args), args.Number("left"), args.Number("top"))
				return nil
			},
		},
	}
}

// selectModes are what scripts call the ways in which a pick changes the selection.
var selectModes = []string{session.SelectOnly: "only", session.SelectAdd: "add", session.SelectRemove: "remove"}

func selectMode(optional bool) action.Param {
	return action.Param{Name: "mode", Kind: action.Choice, Choices: selectModes, Optional: optional, Help: "Select only these points, add them to the selection, or remove them from it"}
}

func modeOf(args action.Args) session.SelectMode {
	return session.SelectMode(max(slices.Index(selectModes, args.Text("mode")), 0))
}

// cornersOf reads 0.25,0.5 and so on.
func cornersOf(words []string) ([][2]float64, error) {
	corners := make([][2]float64, len(words))
	for i, w := range words {
		x, y, _ := strings.Cut(w, ",")
		for k, text := range []string{x, y} {
			v, err := strconv.ParseFloat(text, 64)
			if err != nil || !(v >= 0 && v <= 1) {
				return nil, fmt.Errorf("corner %q: write two numbers from 0 to 1, such as 0.25,0.5", w)
			}
			corners[i][k] = v
		}
	}
	if len(corners) < 3 {
		return nil, errors.New("an outline has at least three corners")
	}
	return corners, nil
}

// side is a side of a rectangle in the scene.
func side(name string) action.Param {
	return action.Param{Name: name, Kind: action.Number, Min: 0, Max: 1, Help: "In fractions of the width or height of the scene or, of four panes, the active one; from its top left corner"}
}

// onOff is the parameter of switches.
var onOff = []action.Param{{Name: "state", Kind: action.Switch, Optional: true}}
