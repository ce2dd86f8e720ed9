package app

import (
	"fmt"
	"strings"

	"iceexplorer/app/action"
	"iceexplorer/app/panel"
	"iceexplorer/app/settings"
)

// layoutActions put panels into places for a kind of work, and remember places of one's own.
func (a *App) layoutActions() []action.Action {
	var all []action.Action
	for _, l := range panel.Arrangements() {
		all = append(all, action.Action{
			ID: "layout-" + strings.ToLower(l.Name), Label: l.Name, Menu: "View/Layout", Group: "layouts", Help: l.Help,
			Do: do(func() {
				a.panels.Arrange(l.Shown)
				a.window.ResetLayout()
			}),
		})
	}
	name := func(optional bool) []action.Param {
		return []action.Param{{Name: "name", Optional: optional, Suggest: a.layoutNames, Help: "Of a layout that was saved"}}
	}
	return append(all, action.Action{
		ID: "save-layout", Label: "Save layout", Menu: "View/Layout", Group: "own", Help: "Remember which panels are shown, and where", Params: name(true),
		Do: func(args action.Args) error { return a.saveLayout(args.Text("name")) },
	}, action.Action{
		ID: "reset-layout", Label: "Reset layout", Menu: "View/Layout", Group: "own", Help: "Put all panels back in their places",
		Do: do(func() {
			a.panels.Reset()
			a.window.ResetLayout()
		}),
	}, action.Action{
		ID: "layout", Label: "Go to layout", Help: "Put the panels where they were when the layout was saved", Params: name(false),
		Do: func(args action.Args) error { return a.goToLayout(args.Text("name")) },
	}, action.Action{
		ID: "remove-layout", Label: "Remove layout", Help: "Forget a layout that was saved", Params: name(false),
		Do: func(args action.Args) error {
			if !a.settings.DropLayout(args.Text("name")) {
				return noLayout(args.Text("name"))
			}
			return a.settings.Save(a.keeper)
		},
	})
}

func noLayout(name string) error { return fmt.Errorf("no layout is called %q", name) }

func (a *App) layoutNames() (names []string) {
	for _, l := range a.settings.Layouts {
		names = append(names, l.Name)
	}
	return names
}

func (a *App) saveLayout(name string) error {
	text, scale := a.window.LayoutText()
	if _, err := a.settings.KeepLayout(settings.NamedLayout{Name: name, Text: text, Scale: float64(scale)}); err != nil {
		return err
	}
	return a.settings.Save(a.keeper)
}

func (a *App) goToLayout(name string) error {
	l, ok := a.settings.NamedLayout(name)
	if !ok {
		return noLayout(name)
	}
	a.settings.TakeLayout(l)
	a.window.LoadLayout(l.Text, float32(l.Scale))
	return nil
}
