package app

import (
	"fmt"
	"math"
	"strings"
	"time"

	"iceexplorer/app/action"
	"iceexplorer/app/look"
	"iceexplorer/app/session"
	"iceexplorer/app/stage"
	"iceexplorer/assets"
	"iceexplorer/gfx"
)

// viewpointActions remember cameras, move them by themselves and measure.
func (a *App) viewpointActions() []action.Action {
	return append(a.bookmarkActions(), a.motionActions()...)
}

func (a *App) bookmarkActions() []action.Action {
	names := func() (all []string) {
		for _, v := range a.settings.Cameras {
			all = append(all, v.Name)
		}
		return all
	}
	name := action.Param{Name: "name", Suggest: names, Help: "The name it was given"}
	some := func() bool { return len(a.settings.Cameras) > 0 }
	return []action.Action{
		{
			ID: "camera-add", Label: "Remember camera", Menu: "View/Camera", Group: "bookmarks", Keys: []string{"Ctrl+B"},
			Help:   "Remember where the camera is, under a name",
			Params: []action.Param{{Name: "name", Optional: true, Suggest: names, Help: "A new name, or that of a camera to replace; without one it is numbered"}},
			Do: func(args action.Args) error {
				if args.Has("name") {
					if err := look.CheckViewpointName(args.Text("name")); err != nil {
						return err
					}
				}
				kept, err := a.settings.KeepCamera(stage.Viewpoint(args.Text("name"), a.stage.Target()))
				if err != nil {
					return err
				}
				a.session.Tell(session.Info, "Camera remembered: "+kept)
				return a.settings.Save(a.keeper)
			},
		},
		{
			ID: "camera-go", Label: "Go to camera", Help: "Look from where a camera was remembered", Params: []action.Param{name}, Enabled: some,
			Do: func(args action.Args) error {
				v, ok := a.settings.Camera(args.Text("name"))
				if !ok {
					return noCamera(args.Text("name"), names())
				}
				a.moveCamera(func(c *gfx.Camera) { *c = stage.CameraAt(v) })
				return nil
			},
		},
		{
			ID: "camera-remove", Label: "Forget camera", Help: "Forget a camera that was remembered", Params: []action.Param{name}, Enabled: some,
			Do: func(args action.Args) error {
				if !a.settings.DropCamera(args.Text("name")) {
					return noCamera(args.Text("name"), names())
				}
				return a.settings.Save(a.keeper)
			},
		},
	}
}

func noCamera(name string, have []string) error {
	return fmt.Errorf("no camera is named %q: there are %s", name, strings.Join(have, ", "))
}

// defaultTurn is how many seconds a turn of the turntable takes.
const defaultTurn = 10

func (a *App) motionActions() []action.Action {
	return []action.Action{
		{
			ID: "turntable", Label: "Turntable", Menu: "View/Camera", Group: "motion", Help: "Turn the camera round the scene until it is moved by hand",
			Params:  []action.Param{{Name: "seconds", Kind: action.Number, Optional: true, Max: 3600, Help: "How long a full turn takes; 0 stops"}},
			Checked: func() bool { return a.stage.Turning() > 0 },
			Do: func(args action.Args) error {
				seconds := args.Number("seconds")
				if !args.Has("seconds") && a.stage.Turning() == 0 {
					seconds = defaultTurn
				}
				a.stage.Turn(time.Duration(seconds * float64(time.Second)))
				return nil
			},
		},
		{
			ID: "follow", Also: "track lock particle camera chase", Label: "Follow the selected point", Menu: "View/Camera", Group: "motion", Help: "Let the camera go with a point from frame to frame, or stay where it is",
			Params:  []action.Param{{Name: "id", Kind: action.Integer, Optional: true, Min: math.MinInt32, Max: math.MaxInt32, Help: "The point's ID; without it the selected point, or an end of following"}},
			Checked: func() bool { return a.stage.Chased() != "" }, Enabled: a.hasLayers,
			Do: func(args action.Args) error {
				switch {
				case args.Has("id"):
					return a.stage.Chase(int32(args.Number("id")))
				case a.stage.Chased() != "":
					a.stage.Free()
					return nil
				}
				return a.stage.ChaseSelected()
			},
		},
		{
			ID: "measure", Label: "Measure between two points", Menu: "View/Tool", Group: "tool", Icon: assets.IconRuler, Keys: []string{"M"},
			Help: "Click two points to see how far apart they are", Checked: func() bool { return a.stage.Tool() == stage.ToolMeasure },
			Params: []action.Param{
				{Name: "from", Optional: true, Help: "A place x,y,z, the index of a point of the active sequence, or id: and its ID"},
				{Name: "to", Optional: true, Help: "The same; without both the mouse measures"},
			},
			Do: func(args action.Args) error {
				if !args.Has("from") {
					a.stage.SetTool(stage.ToolMeasure)
					return nil
				}
				from, err := a.stage.Place(args.Text("from"))
				if err != nil {
					return err
				}
				if !args.Has("to") {
					a.stage.Lay(from)
					return nil
				}
				to, err := a.stage.Place(args.Text("to"))
				if err == nil {
					a.stage.Lay(from, to)
				}
				return err
			},
		},
		{
			ID: "measure-clear", Label: "Clear measurement", Menu: "View/Tool", Group: "tool", Keys: []string{"Shift+M"}, Help: "Remove the line between two measured points",
			Enabled: func() bool { return len(a.stage.Tape().Places) > 0 }, Do: do(func() { a.stage.Lay() }),
		},
	}
}
