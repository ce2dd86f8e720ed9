package app

import (
	"fmt"
	"path/filepath"
	"slices"

	"iceexplorer/app/action"
	"iceexplorer/app/panel/shortcuts"
	"iceexplorer/app/settings"
	"iceexplorer/jobs"
)

// preferenceActions set one preference each, and keys of actions.
func (a *App) preferenceActions() []action.Action {
	var all []action.Action
	for _, item := range settings.Items() {
		all = append(all, a.preferenceAction(item))
	}
	return append(all, action.Action{
		ID: "shortcut", Label: "Set keys of an action", Help: "Give an action other keys, and remember them",
		Params: []action.Param{
			{Name: "action", Suggest: a.actionNames, Help: "As scripts write it, such as browse"},
			{Name: "keys", Many: true, Help: "Such as Ctrl+O F2; none: no keys; default: the program's own"},
		},
		Do: func(args action.Args) error { return a.setKeys(args.Text("action"), args.Texts("keys")) },
	}, action.Action{
		ID: "change-shortcut", Label: "Change keys of an action", Help: "Press the keys that an action is to have",
		Params: []action.Param{{Name: "action", Suggest: a.actionNames, Help: "As scripts write it, such as open-folder"}},
		Do:     func(args action.Args) error { return a.changeKeys(args.Text("action")) },
	}, action.Action{
		ID: "reset-shortcuts", Label: "Reset all shortcuts", Help: "Give all actions the program's own keys",
		Do: func(action.Args) error { return a.keys.ResetAll() },
	})
}

func (a *App) preferenceAction(item settings.Item) action.Action {
	p := action.Param{Name: "value", Kind: action.Number, Min: item.Min, Max: item.Max, Help: item.Help}
	switch item.Kind {
	case settings.Whole:
		p.Kind = action.Integer
	case settings.Switch:
		p.Kind = action.Switch
	case settings.Choice:
		p.Kind, p.Choices = action.Choice, item.Choices
	case settings.Text:
		p.Kind = action.Path
	}
	return action.Action{
		ID: "preference-" + item.Key, Label: "Preference: " + item.Name(), Help: "Set it, and remember it", Params: []action.Param{p},
		Do: func(args action.Args) error {
			now := a.settings.Preferences
			var value any
			switch p.Kind {
			case action.Number, action.Integer:
				value = args.Number("value")
			case action.Switch:
				value = args.Switch("value", item.Get(&now) == true)
			case action.Choice:
				value = args.Text("value")
			case action.Path:
				value = args.Text("value")
				if path, err := filepath.Abs(args.Text("value")); err == nil && args.Text("value") != "" {
					value = path
				}
			}
			if err := item.Set(&now, value); err != nil {
				return err
			}
			if most := jobs.MaxWorkers(); now.Workers > most {
				return fmt.Errorf("at most %d workers run on this machine", most)
			}
			old := a.settings.Set(now)
			a.preferred(old)
			a.playPreferred()
			return nil
		},
	}
}

func (a *App) actionNames() []string {
	var names []string
	for _, x := range a.actions.All() {
		names = append(names, x.ID)
	}
	return names
}

// setKeys gives an action keys, unless others have them.
func (a *App) setKeys(id string, keys []string) error {
	switch {
	case slices.Equal(keys, []string{"default"}):
		keys = nil
	case slices.Equal(keys, []string{"none"}):
		keys = []string{}
	}
	return a.keys.Set(id, keys)
}

// keepKeys remembers the keys that are not the program's own.
func (a *App) keepKeys(changed map[string][]string) error {
	a.settings.Shortcuts = changed
	return a.settings.Save(a.keeper)
}

// changeKeys waits for the keys of an action to be pressed.
func (a *App) changeKeys(name string) error {
	of := a.actions.Find(name)
	if of == nil {
		return fmt.Errorf("%w: %q", action.ErrUnknown, name)
	}
	a.panels.Reveal(shortcuts.Name)
	a.shortcuts.Change(of)
	return nil
}
