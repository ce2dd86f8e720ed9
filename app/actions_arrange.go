package app

import (
	"slices"

	"iceexplorer/app/action"
	"iceexplorer/app/panel/browser"
	"iceexplorer/app/session"
	"iceexplorer/assets"
)

// arrangeActions say how sequences lie beside each other: their looks, names and order, and which
// of them are seen and can be changed.
func (a *App) arrangeActions() []action.Action {
	of := func(is func(*session.Layer) bool) func() bool {
		return func() bool {
			l := a.session.Active()
			return l != nil && is(l)
		}
	}
	toggle := func(x action.Action, is func(*session.Layer) bool, set func(l *session.Layer, on bool)) action.Action {
		x.Menu, x.Group, x.Enabled, x.Checked = "View/Active sequence", "arrange", a.hasLayers, of(is)
		x.Params = append(slices.Clone(onOff), a.layerParam(orActive, true)...)
		x.Do = func(args action.Args) error {
			return a.onNamed(args, func(l *session.Layer) { set(l, args.Switch("state", is(l))) })
		}
		return x
	}
	return []action.Action{
		toggle(action.Action{ID: "layer-own-look", Also: "override material display", Label: "Own look", Icon: assets.IconPalette, Help: "Draw and colour a sequence in its own way, which Display and its actions change while it is active"},
			func(l *session.Layer) bool { return a.look.HasOwn(l.ID) }, func(l *session.Layer, on bool) { a.look.SetOwn(l.ID, on) }),
		toggle(action.Action{ID: "layer-solo", Also: "isolate only", Label: "Show alone", Icon: assets.IconEye, Help: "Show a sequence alone, with others of which that holds, whatever is visible else"},
			(*session.Layer).Solo, a.session.SetSolo),
		toggle(action.Action{ID: "layer-lock", Label: "Lock", Icon: assets.IconLock, Help: "Have a sequence stay where it lies in time, and clicks and areas select what is behind its points"},
			(*session.Layer).Locked, a.session.SetLocked),
		{
			ID: "layer-rename", Label: "Rename", Menu: "View/Active sequence", Group: "arrange",
			Help: "Call a sequence by a name of your own, in lists, legends and the timeline", Enabled: a.hasLayers,
			Params: append([]action.Param{{Name: "name", Optional: true, Help: "Without it the browser asks; \"\" is the name of its files"}}, a.layerParam(orActive, true)...),
			Do:     a.rename,
		},
		{
			ID: "layer-move", Label: "Move in the list", Help: "Move a sequence among the others in the browser, the timeline and legends", Enabled: a.hasLayers,
			Params: append([]action.Param{{Name: "where", Kind: action.Choice, Choices: []string{"up", "down", "top", "bottom"}}}, a.layerParam(orActive, true)...),
			Do: func(args action.Args) error {
				return a.onNamed(args, func(l *session.Layer) {
					at := slices.Index(a.session.Layers(), l)
					to := map[string]int{"up": at - 1, "down": at + 1, "top": 0, "bottom": len(a.session.Layers()) - 1}
					a.session.MoveLayer(l, to[args.Text("where")])
				})
			},
		},
		{
			ID: "layer-frame", Label: "Frame this sequence", Menu: "View/Active sequence", Group: "arrange", Icon: assets.IconFrameAll,
			Help: "Show all points of one sequence", Enabled: a.hasLayers, Params: a.layerParam(orActive, true),
			Do: func(args action.Args) error {
				var err error
				if named := a.onNamed(args, func(l *session.Layer) { err = a.stage.FrameLayer(l) }); named != nil {
					return named
				}
				return err
			},
		},
		{
			ID: "layer-reveal", Label: "Show in file manager", Menu: "View/Active sequence", Group: "arrange", Icon: assets.IconFolderOpen,
			Help: "Open the folder that holds a sequence", Enabled: a.hasLayers, Params: a.layerParam(orActive, true),
			Do: func(args action.Args) error {
				return a.onNamed(args, func(l *session.Layer) { a.reveal(l.Seq.Dir) })
			},
		},
	}
}

func (a *App) rename(args action.Args) error {
	var err error
	named := a.onNamed(args, func(l *session.Layer) {
		if !args.Has("name") {
			a.panels.Open(browser.Name)
			a.browser.Rename(l)
			return
		}
		err = a.session.Rename(l, args.Text("name"))
	})
	if named != nil {
		return named
	}
	return err
}
