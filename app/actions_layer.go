package app

import (
	"fmt"
	"strings"

	"iceexplorer/app/action"
	"iceexplorer/app/session"
	"iceexplorer/assets"
	"iceexplorer/cache/pathname"
)

// layerActions are about one open sequence: the one that is named, or else the active one.
func (a *App) layerActions() []action.Action {
	several := func() bool { return len(a.session.Layers()) > 1 }
	return []action.Action{
		{
			ID: "reload", Label: "Reload", Menu: "File", Group: "layers", Icon: assets.IconRefresh, Keys: []string{"Ctrl+R"},
			Help: "Read sequences again, including files that failed", Enabled: a.hasLayers, Params: a.layerParam("if omitted, all are read again", true),
			Do: func(args action.Args) error {
				if args.Has(layerName) {
					return a.onNamed(args, a.session.Reload)
				}
				for _, l := range a.session.Layers() {
					a.session.Reload(l)
				}
				return nil
			},
		},
		{
			ID: "activate", Label: "Make sequence active", Help: "Choose the sequence that Display and the actions about one sequence work on",
			Enabled: a.hasLayers, Params: a.layerParam("", false),
			Do: func(args action.Args) error { return a.onNamed(args, a.session.SetActive) },
		},
		{
			ID: "next-layer", Label: "Next sequence", Menu: "View/Active sequence", Keys: []string{"Ctrl+PageDown"},
			Help: "Make the next sequence in the browser active", Enabled: several, Do: do(func() { a.session.StepActive(1) }),
		},
		{
			ID: "previous-layer", Label: "Previous sequence", Menu: "View/Active sequence", Keys: []string{"Ctrl+PageUp"},
			Help: "Make the previous sequence in the browser active", Enabled: several, Do: do(func() { a.session.StepActive(-1) }),
		},
		{
			ID: "show-sequence", Label: "Show or hide sequence", Help: "Show a sequence in the scene, or hide it", Enabled: a.hasLayers,
			Params: append(a.layerParam(orActive, true), onOff...),
			Do: func(args action.Args) error {
				return a.onNamed(args, func(l *session.Layer) { a.session.SetVisible(l, args.Switch("state", !l.Hidden())) })
			},
		},
		{
			ID: "copy-folder", Label: "Copy path of folder", Menu: "Edit", Group: "copy", Icon: assets.IconFolder,
			Help: "Copy the path of the folder that holds a sequence", Enabled: a.hasLayers, Params: a.layerParam(orActive, true),
			Do: func(args action.Args) error {
				return a.onNamed(args, func(l *session.Layer) { a.window.Copy(l.Seq.Dir) })
			},
		},
		{
			ID: "close", Also: "remove delete unload", Label: "Close sequence", Menu: "File", Group: "layers", Help: "Close a sequence", Enabled: a.hasLayers,
			Params: a.layerParam(orActive, true),
			Do:     func(args action.Args) error { return a.onNamed(args, a.session.CloseLayer) },
		},
		{
			ID: "close-all", Label: "Close all", Menu: "File", Group: "layers", Icon: assets.IconClose, Keys: []string{"Ctrl+W"},
			Help: "Close every sequence", Enabled: a.hasLayers,
			Do: do(a.session.CloseAll),
		},
	}
}

// layerName is the parameter of actions about a sequence.
const layerName = "sequence"

// orActive says what an action is about if no sequence is named.
const orActive = "if omitted, the active one"

// layerParam is the name of an open sequence; it may be omitted where without says what
// that means.
func (a *App) layerParam(without string, optional bool) []action.Param {
	help := "The name of an open sequence"
	if without != "" {
		help += "; " + without
	}
	return []action.Param{{Name: layerName, Optional: optional, Help: help, Suggest: func() []string {
		var names []string
		for _, l := range a.session.Layers() {
			names = append(names, a.session.NameOf(l))
		}
		return names
	}}}
}

// onNamed does something to the sequence with the given name, or to the active one.
func (a *App) onNamed(args action.Args, f func(*session.Layer)) error {
	l := a.session.Active()
	if args.Has(layerName) {
		var err error
		if l, err = theNamed(a.session, args.Text(layerName)); err != nil {
			return err
		}
	}
	f(l)
	return nil
}

// theNamed is the one open sequence with a name.
func theNamed(s *session.Session, name string) (*session.Layer, error) {
	layers := s.Named(name)
	switch len(layers) {
	case 0:
		return nil, fmt.Errorf("no sequence %q is open", pathname.Display(name))
	case 1:
		return layers[0], nil
	}
	names := make([]string, len(layers))
	for i, l := range layers {
		names[i] = pathname.Display(s.NameOf(l))
	}
	return nil, fmt.Errorf("%d sequences go by %q; choose %s", len(layers), pathname.Display(name), strings.Join(names, " or "))
}
